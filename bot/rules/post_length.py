"""How long a post may be, counted as its platform counts."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import regex

from bot.rules.folding import EncodedText
from bot.rules.matcher import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.draft import Draft

LIMITS = {
    "bluesky": 300,
    "facebook": 63_206,
    "instagram": 2_200,
    "linkedin": 3_000,
    "mastodon": 500,
    "pinterest": 500,
    "threads": 500,
    "x": 280,
}
"""Characters in one post, as the platforms' help pages stated them in November 2026."""

_LINK = Pattern(
    r"(?i)https?://[^\s]+|\b[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,4}"
    r"\.(?:com|org|net|io|co|uk|de|fr|es|it|nl|eu|app|dev|shop|info|me|tv|ly|gov|edu)\b(?:/[^\s]*)?"
)
_X_LINK = 23
_X_EMOJI = 2
_X_SINGLE = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that count once on X; all others count twice (twitter-text, configuration v3)."""
_EMOJI = regex.compile(r"(?=\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F?|\p{RI}{2}|[0-9#*]\uFE0F?\u20E3)\X")


def length_on(platform: str, text: str) -> int:
    """The length of a post as the platform counts it: weighted on X, graphemes on Bluesky."""
    if platform == "x":
        return _length_on_x(unicodedata.normalize("NFC", text))
    if platform == "bluesky":
        return len(text) if text.isascii() else sum(1 for _ in regex.finditer(r"\X", text))
    return len(text)


def over_length(draft: Draft) -> Iterator[tuple[int, int]]:
    """The words that no longer fit, where the post, or a part of a thread, is too long for its platform."""
    most = LIMITS.get(draft.platform)
    if most is None:
        return
    for start, end in draft.parts or ((0, len(draft.text)),):
        part = draft.text[start:end].rstrip()
        over = length_on(draft.platform, part) - most if len(part) * _X_EMOJI > most else 0
        if over > 0:
            yield start + max(0, len(part) - over), start + len(part)


def _length_on_x(text: str) -> int:
    encoded = EncodedText(text, folded=False)
    links = [encoded.span(*span) for span in _LINK.spans(encoded.bytes)]
    kept: list[str] = []
    end = 0
    for start, stop in links:
        kept.append(text[end:start])
        end = stop
    rest = "".join([*kept, text[end:]])
    rest, emoji = (rest, 0) if rest.isascii() else _EMOJI.subn("", rest)
    letters = sum(1 if any(a <= ord(c) <= b for a, b in _X_SINGLE) else 2 for c in rest)
    return _X_LINK * len(links) + _X_EMOJI * emoji + letters
