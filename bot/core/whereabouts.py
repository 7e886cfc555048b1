"""Where in a message with several posts a point stands: its platform, its variant, its part of a thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.variants import Variant


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The numbers count from 1; 0 where there is only one variant for the platform, or no thread.

    ``platform`` is "" where nothing tells it. ``part`` is one of ``parts``.
    """

    platform: str = ""
    variant: int = 0
    part: int = 0
    parts: int = 0


def whereabouts(variants: Sequence[Variant], offset: int) -> Whereabouts:
    """Where the code point ``offset`` of the message is; nothing is told of what stands outside its posts."""
    for variant in variants:
        at = offset - variant.start
        if 0 <= at <= len(variant.text):
            siblings = [other for other in variants if other.platform == variant.platform]
            number = siblings.index(variant) + 1 if len(siblings) > 1 else 0
            part = next((n for n, (_, end) in enumerate(variant.parts, 1) if at < end), len(variant.parts))
            return Whereabouts(variant.platform, number, part, len(variant.parts))
    return Whereabouts()
