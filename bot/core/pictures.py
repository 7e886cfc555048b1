"""The pictures of a draft: what a model saw in them, and what a review says of that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.finding import Finding, Origin

if TYPE_CHECKING:
    from bot.core.severity import Severity

MOST = 4
"""Pictures of a draft that are looked at, the first ones."""
LARGEST = 5 * 2**20
"""Bytes of a picture that is looked at."""
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_RIFF, _WEBP = slice(0, 4), slice(8, 12)


def kind_of(content: bytes) -> str:
    """The media type that the first bytes tell: PNG, JPEG, GIF or WebP; "" for anything else."""
    if (content[_RIFF], content[_WEBP]) == (b"RIFF", b"WEBP"):
        return "image/webp"
    return next((kind for start, kind in _KINDS if content.startswith(start)), "")


@dataclass(frozen=True, slots=True)
class Image:
    """A picture's bytes with their media type."""

    content: bytes
    kind: str


class Hint(StrEnum):
    """Whether something in a picture speaks for it that AI made it. It leads to a question at most."""

    UNCLEAR = "unclear"
    NOTHING = "nothing"
    SOMETHING = "something"


class LeftOut(StrEnum):
    """Why a picture was not looked at."""

    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    OTHER_KIND = "other_kind"
    UNSEEN = "unseen"
    """Slack did not give it, or the model did not answer. A later revision tries again."""
    NO_MODEL = "no_model"
    """Nothing is connected that could look at it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a model said about one picture. ``text`` is what stands in it; each may be ""."""

    description: str = ""
    text: str = ""
    alt_text: str = ""
    made_with_ai: Hint = Hint.UNCLEAR


@dataclass(frozen=True, slots=True)
class PicturePoint:
    """A point about words that stand in a picture: nothing that an edit of the draft could cure."""

    number: int
    """Which picture of the draft, from 1."""
    guideline: str
    severity: Severity
    quote: str
    why: str
    dismissable: bool = True

    @property
    def finding(self) -> Finding:
        """The same as a finding, so that people can decide about it. Its quote stands nowhere in the draft's text."""
        return Finding(
            self.guideline, self.severity, 0, 0, self.quote, self.why, origin=Origin.MODEL, dismissable=self.dismissable
        )


@dataclass(frozen=True, slots=True)
class PictureReview:
    """What a review says about pictures: how many a model looked at, and which it did not."""

    looked: int = 0
    model: str = ""
    left_out: tuple[LeftOut, ...] = ()
    """A reason for each picture that was left out."""
    points: tuple[PicturePoint, ...] = ()
    alt_texts: tuple[tuple[int, str], ...] = ()
    """(number of the picture, proposal) for each that has none."""
