"""What people read about pictures made with AI: what their Content Credentials say, and what markets ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.judging import Signature, UseOfAI
from bot.core.words.people import Phrase, day_of, platform, say

if TYPE_CHECKING:
    from bot.core.judging import Credentials


# What Content Credentials say, beside the question.

_SLACK = Phrase("Slack changes some photos when they're uploaded, so that may be why.")
_SAID = {
    (UseOfAI.MADE, True): Phrase("{picture}'s Content Credentials say it was made with AI (“{program}”)."),
    (UseOfAI.MADE, False): Phrase("{picture}'s Content Credentials say it was made with AI."),
    (UseOfAI.EDITED, True): Phrase("{picture}'s Content Credentials say it was edited with AI (“{program}”)."),
    (UseOfAI.EDITED, False): Phrase("{picture}'s Content Credentials say it was edited with AI."),
}
_HOW_SURE = {
    Signature.BROKEN: Phrase("But they no longer match the picture, so don't rely on them."),
    Signature.UNKNOWN: Phrase("The signature matches the picture, but I can't tell whose it is."),
    Signature.TRUSTED: Phrase("The signature is verified."),
}
_BROKEN = Phrase("{picture}'s Content Credentials no longer match it, so they prove nothing.")
_ABSENT = Phrase("{picture} has no Content Credentials, which proves nothing either way.")


def credentials(number: int, said: Credentials, pictures: int) -> str:
    """What those of one of so many pictures say, and how far that can be believed."""
    picture = say("This picture") if pictures == 1 else say("Picture {number}", number=number)
    if said.ai is UseOfAI.NONE:
        if said.signature is Signature.ABSENT:
            return say(_ABSENT, picture=picture)
        return f"{say(_BROKEN, picture=picture)} {say(_SLACK)}"
    claim = say(_SAID[said.ai, bool(said.program)], picture=picture, program=said.program)
    sure = say(_HOW_SURE[said.signature])
    return f"{claim} {sure} {say(_SLACK)}" if said.signature is Signature.BROKEN else f"{claim} {sure}"


# What a market asks for beside the label in the text, in a line each.

IN_MARKETS = {
    "EU": Phrase(
        "EU: if it could pass for real, label the picture, video or audio too, in words or with the EU's AI icon."
    ),
    "New York": Phrase("New York: an ad has to say plainly if a person in it was made with AI."),
    "UK": Phrase("UK: no rule asks for an AI label as such, but an ad mustn't mislead, and without a label it might."),
    "China": Phrase("China: switch on the platform's own AI label, too."),
}
"""By the market's name in `bot.core.labels`."""


# What people read about a label that an answer calls for.


def why(answer: str) -> str:
    """The reason for the label."""
    said = Phrase("You answered “{answer}”. Tell readers in the first few words, so they know before they read on.")
    return say(said, answer=answer)


def switch(place: str, name: str) -> str:
    """The platform's own label, "" where there is none."""
    own = Phrase("On {platform}, switch on its own label as well (“{name}”).")
    return say(own, platform=platform(place), name=name) if name else ""


def source(named: str, checked: str) -> str:
    """Where a label's words come from, "" where nobody asks for any."""
    said = Phrase("Source: {source}, checked {day}. This isn't legal advice.")
    return say(said, source=named, day=day_of(checked)) if named else ""
