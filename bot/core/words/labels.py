"""What people read about pictures made with AI: what their Content Credentials say, and what markets ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.judging import Signature, UseOfAI

if TYPE_CHECKING:
    from bot.core.judging import Credentials


# What Content Credentials say, beside the question.

_SLACK = "Slack changes some photos when they're uploaded, which can be why."
_SAID = {
    (UseOfAI.MADE, True): "{picture}'s Content Credentials say it was made with AI (“{program}”).",
    (UseOfAI.MADE, False): "{picture}'s Content Credentials say it was made with AI.",
    (UseOfAI.EDITED, True): "{picture}'s Content Credentials say it was edited with AI (“{program}”).",
    (UseOfAI.EDITED, False): "{picture}'s Content Credentials say it was edited with AI.",
}
_HOW_SURE = {
    Signature.BROKEN: f"But they no longer fit the picture, so don't rely on them. {_SLACK}",
    Signature.UNKNOWN: "The signature fits the picture, but I can't tell whose it is.",
    Signature.TRUSTED: "The signature is verified.",
}
_BROKEN = f"{{picture}}'s Content Credentials no longer fit it, so they prove nothing. {_SLACK}"
_ABSENT = "{picture} has no Content Credentials, which proves nothing either way."


def credentials(number: int, said: Credentials, pictures: int) -> str:
    """What those of one of so many pictures say, and how far that can be believed."""
    picture = "This picture" if pictures == 1 else f"Picture {number}"
    if said.ai is UseOfAI.NONE:
        return (_ABSENT if said.signature is Signature.ABSENT else _BROKEN).format(picture=picture)
    claim = _SAID[said.ai, bool(said.program)].format(picture=picture, program=said.program)
    return f"{claim} {_HOW_SURE[said.signature]}"


# What a market asks for beside the label in the text, in a line each.

IN_MARKETS = {
    "EU": "EU: if it could pass for real, mark the picture, film or sound too, with words or the EU's AI icon.",
    "New York": "New York: an ad has to say plainly if a person in it was made with AI.",
    "UK": "UK: no rule asks for an AI label as such, but an ad mustn't mislead, and it may without one.",
    "China": "China: say that it's AI with the platform's own label, too.",
}
"""By the market's name in `bot.core.labels`."""
