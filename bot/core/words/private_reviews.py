"""What people read who ask for a review that only they see, and in their workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.reviewing import RequestOutcome
from bot.core.words.people import Phrase, again, say
from bot.core.words.reviewing import SEVERITIES, WORTH_A_LOOK, WORTH_WHY

if TYPE_CHECKING:
    from bot.core.guidelines import Severity
    from bot.core.judging import Question

# What people read who ask for a review with the shortcut.

NAME = "Review this draft"
"""As it stands in a message's menu, and in the manifest."""
READING = Phrase("Reading. The answer will appear here, and only you will see it.")
TOLD = {
    RequestOutcome.NO_TEXT: Phrase(
        "There's no text in this message to review. If it's in a file, paste it into a message."
    ),
    RequestOutcome.NOT_BY_A_PERSON: Phrase("Candor reviews what people write, and this message comes from an app."),
    RequestOutcome.OUTSIDER: Phrase(
        "Its author is from another organisation. Candor reviews only what your own people write."
    ),
    RequestOutcome.OPTED_OUT: Phrase("Its author has asked Candor to review only when they ask."),
}
"""The private line in answer to a request. A review is an answer in itself, and nothing takes such a line away."""
KEPT = Phrase("Only you see this. I keep the text only while I read it, and delete it within 30 minutes.")
MORE = Phrase("More points")
LEFT_OUT = Phrase("There are more than will fit here.")


def smaller(severity: Severity, title: str) -> str:
    """A point that is only named."""
    return f"{say('{severity}: {problem}:', severity=SEVERITIES[severity], problem=title)} "


def question(asked: Question) -> str:
    """A question for the author to think about; there is nothing that the answer could be kept with."""
    return f"{again(asked.question)} ({' / '.join(map(again, asked.answers))})"


# What people read about the step *Critique a draft* in their workflows.

NO_TEXT = Phrase("There's no text in the draft to review.")
"""Shown by Slack as the reason why the step failed."""
TOO_LATE = Phrase("I couldn't review the draft in time. Please run the workflow again.")


def workflow_summary(headline: str, points: list[str], looks: list[str], footer: str) -> str:
    """What the step hands on to the next one."""
    worth = [f"{say(WORTH_A_LOOK)}. {say(WORTH_WHY)}"] if looks else []
    lines = [*(f"• {point}" for point in points), *worth, *(f"• {look}" for look in looks)]
    return "\n".join([say("Candor: {headline}", headline=headline), *lines, footer])
