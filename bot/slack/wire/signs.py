"""Signs in Slack's messages: emoji by their short names, and the marks of bold words and the like."""

from __future__ import annotations

_TONES = {"2": "🏻", "3": "🏼", "4": "🏽", "5": "🏾", "6": "🏿"}
"""The skin tones by Slack's numbers."""
_TONE = "skin-tone-"
_LONGEST_NAME = 60
"""Letters of an emoji's short name."""


def emoji(name: str) -> str:
    """The sign that a short name stands for (``wave::skin-tone-4`` too); the name itself where it is unknown."""
    from rich.emoji import Emoji, NoEmoji  # noqa: PLC0415 - not at a start

    plain, _, tone = name.partition("::")
    try:
        return str(Emoji(plain)) + (_TONES[tone.removeprefix(_TONE)] if tone else "")
    except (NoEmoji, KeyError):
        return f":{name}:"


def sign(codes: str, name: str) -> str:
    """The sign with these codes, as Slack writes them (``1f44b-1f3fd``); without codes the one of that name."""
    try:
        return "".join(chr(int(code, 16)) for code in codes.split("-")) if codes else emoji(name)
    except (OverflowError, ValueError):  # no code of a character: the rest of the message is read all the same
        return emoji(name)


def with_signs(words: str) -> str:
    """Short names of emoji as the signs that they stand for."""
    out, rest = "", words
    while rest:
        before, colon, after = rest.partition(":")
        out += before
        if not colon:
            break
        name, rest = _name_in(after) if not out[-1:].isalnum() else ("", after)
        out += emoji(name) if name else colon
    return out


def _name_in(words: str) -> tuple[str, str]:
    """The short name of an emoji that begins here and ends with a colon, and what stands behind it."""
    name, colon, rest = words.partition(":")
    if not colon or not 0 < len(name) <= _LONGEST_NAME or not all(c.isalnum() or c in "+-_" for c in name):
        return "", words
    tone = rest[1:].partition(":")[0] if rest.startswith(f":{_TONE}") else ""
    return (f"{name}::{tone}", rest[len(tone) + 2 :]) if tone else (name, rest)


_MARKS = "*_`"


def without_marks(text: str) -> str:
    """Without the signs for bold, italics and code that stand at a word's edge. What is struck keeps its own."""
    kept: list[str] = []
    alone = {mark for mark in _MARKS if text.count(mark) == 1}
    for i, c in enumerate(text):
        inside = text[i - 1 : i].isalnum() and text[i + 1 : i + 2].isalnum()
        if c not in _MARKS or inside or c in alone:
            kept.append(c)
    return "".join(kept)


def struck(words: str) -> str:
    """Struck words with their signs: a post has no such style, and they would look as if they held."""
    bare = words.strip()
    return words.replace(bare, f"~{bare}~", 1) if bare else words


_LOCAL = 6
"""Digits at the end of a telephone number by which two spellings of it are the same."""


def is_same_number(one: str, other: str) -> bool:
    """Whether two spellings, with an area code or without, are of one telephone number."""
    ends = ["".join(c for c in words if c.isdecimal())[-_LOCAL:] for words in (one, other)]
    return ends[0] == ends[1]
