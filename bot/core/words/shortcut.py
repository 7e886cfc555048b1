"""What people read who ask for a review with the shortcut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.request import Taken
from bot.core.words.reply import SEVERITIES

if TYPE_CHECKING:
    from bot.core.critique import Question
    from bot.core.severity import Severity

NAME = "Review this draft"
"""As it stands in a message's menu, and in the manifest."""
READING = "Reading. The answer will appear here, and only you will see it."
TOLD = {
    Taken.IN_THREAD: "Reviewing. The answer will be in the message's thread.",
    Taken.NO_TEXT: "There's no text in this message to review.",
    Taken.NOT_BY_A_PERSON: "Candor reviews what people write, and this message comes from an app.",
    Taken.OUTSIDER: "Its author is from another organisation. Candor reviews only what your own people write.",
    Taken.OPTED_OUT: "Its author has asked Candor to review only when they ask.",
}
"""The private line in answer to a request; a private review is an answer in itself."""
KEPT = "Only you see this. I keep the text only while I read it, and delete it within 30 minutes."
MORE = "More points"
LEFT_OUT = "There are more than will fit here."


def smaller(severity: Severity, title: str) -> str:
    """A point that is only named."""
    return f"{SEVERITIES[severity]}: {title}: "


def question(asked: Question) -> str:
    """A question for the author to think about; there is nothing that the answer could be kept with."""
    return f"{asked.question} ({' / '.join(asked.answers)})"
