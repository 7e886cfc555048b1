"""What looking at pictures needs from the outside. Nothing of a picture is kept but what was said about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.judgement import Usage
    from bot.core.pictures import Image, LeftOut, Look
    from bot.core.record import ReviewJob


@runtime_checkable
class PictureFiles(Protocol):
    """The bytes of pictures."""

    async def fetch(self, team: str, file: str) -> Image | LeftOut:
        """The picture behind a file's id, or why there is none to look at. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Viewed:
    """What a model saw: one look for each picture, in their order."""

    looks: tuple[Look, ...]
    model: str
    usage: Usage


@runtime_checkable
class Viewer(Protocol):
    """A language model that can see."""

    @property
    def sight(self) -> str:
        """Changes with the model and with what it is asked."""
        ...

    async def view(self, team: str, author_id: str, images: Sequence[Image]) -> Viewed:
        """A look at each. Raises `ModelFailed`."""
        ...


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a draft's pictures, by file id, and the model that looked at them."""

    by_file: Mapping[str, Look | LeftOut] = field(default_factory=dict[str, "Look | LeftOut"])
    model: str = ""


@runtime_checkable
class Looks(Protocol):
    """What was said about pictures. Goes with the draft."""

    async def of(self, job: ReviewJob, sight: str) -> Seen:
        """What is known. What only failed counts for the revision in which it did."""
        ...

    async def save(self, job: ReviewJob, sight: str, seen: Seen) -> None:
        """Keep it, unless its draft was erased meanwhile."""
        ...
