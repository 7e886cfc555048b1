"""What an edit changes, word by word."""

from __future__ import annotations

from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

import regex

_TOKEN = regex.compile(r"[\p{L}\p{N}](?:[\p{L}\p{N}]|['’\-.%](?=[\p{L}\p{N}]))*|\s+|\X")
"""A word, white space, or one grapheme, so that no emoji is ever cut. Nothing in it can backtrack far."""
_ALIKE = 0.35
"""Below this similarity old and new stand apart as wholes: word by word nobody could read them."""


class Change(StrEnum):
    """What happens to a piece of text."""

    SAME = "same"
    OLD = "old"
    NEW = "new"


def word_diff(old: str, new: str) -> list[tuple[Change, str]]:
    """The pieces in reading order: the SAME and OLD ones make ``old``, the SAME and NEW ones ``new``."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    # The first look costs nothing; the second grows with both texts.
    if matcher.real_quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return [(change, text) for change, text in ((Change.OLD, old), (Change.NEW, new)) if text]
    pieces: list[tuple[Change, str]] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            pieces.append((Change.SAME, "".join(before[i1:i2])))
        else:
            pieces += [(Change.OLD, "".join(before[i1:i2])), (Change.NEW, "".join(after[j1:j2]))]
    return _joined([piece for piece in pieces if piece[1]])


def _joined(pieces: list[tuple[Change, str]]) -> list[tuple[Change, str]]:
    """A lone space between two changes belongs to both, so that a rewording reads as one."""
    absorbed: list[tuple[Change, str]] = []
    for at, (change, text) in enumerate(pieces):
        if change is Change.SAME and text.isspace() and 0 < at < len(pieces) - 1:
            absorbed += [(Change.OLD, text), (Change.NEW, text)]
        else:
            absorbed.append((change, text))
    ordered: list[tuple[Change, str]] = []
    for same, run in groupby(absorbed, key=lambda piece: piece[0] is Change.SAME):
        group = list(run)
        kinds = (Change.SAME,) if same else (Change.OLD, Change.NEW)
        ordered += [(kind, "".join(text for change, text in group if change is kind)) for kind in kinds]
    return [piece for piece in ordered if piece[1]]
