"""Signs in Slack's messages: emoji by their short names, and the marks of bold words and the like."""

from __future__ import annotations

from datetime import UTC, datetime

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


def day(seconds: int) -> str:
    """The day of a moment, given in seconds since 1970; "" for one that no calendar has."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%-d %B %Y") if seconds else ""
    except (OverflowError, ValueError, OSError):
        return ""


_MARKS, _CODE, _FENCE = "*_`", "`", "```"


def without_marks(text: str) -> str:
    """Without the pairs of signs for bold, italics and code. What is struck keeps its own.

    A sign inside of a word marks nothing, nor does one with a space where its words would be; in code all signs stay.
    """
    kept, at = "", 0
    unpaired = {_FENCE}  # it begins or ends code of several lines
    while at < len(text):
        run = _run(text, at)
        end = _end_of_marked(text, at, run) if run and run not in unpaired else -1
        if end >= 0:
            inner = text[at + len(run) : end]
            kept += inner if run[0] == _CODE else without_marks(inner)
            at = end + len(run)
            continue
        if _begins(text, at, run):
            unpaired.add(run)  # no later one has an end either
        kept += "" if run == _FENCE else run or text[at]
        at += len(run) or 1
    return kept


def _run(text: str, at: int) -> str:
    """The same sign for marks once or several times, "" where none stands."""
    rest = text[at : at + 1]
    end = at
    while rest in _MARKS and rest and text[end : end + 1] == rest:
        end += 1
    return text[at:end]


def _begins(text: str, at: int, run: str) -> bool:
    before, after = text[max(0, at - 1) : at], text[at + len(run) : at + len(run) + 1]
    is_mark = 0 < len(run) <= len(_FENCE)  # a longer row is a line that somebody drew
    return bool(is_mark and after) and not before.isalnum() and not after.isspace()


def _end_of_marked(text: str, at: int, run: str) -> int:
    """Where the run stands that ends what this one begins; -1 where this one begins nothing."""
    if not _begins(text, at, run):
        return -1
    end = text.find(run, at + len(run) + 1)
    while end >= 0:
        behind = text[end + len(run) : end + len(run) + 1]
        before = text[end - 1]
        if not before.isspace() and before != run[0] and not behind.isalnum() and behind != run[0]:
            return end
        end = text.find(run, end + 1)
    return -1


def struck(words: str) -> str:
    """Struck words with their signs: a post has no such style, and they would look as if they held."""
    bare = words.strip()
    return words.replace(bare, f"~{bare}~", 1) if bare else words


_LOCAL = 6
"""Digits at the end of a telephone number by which two spellings of it are the same."""
_SHORTENED = ("[…]", "[...]", "…", "...")


def linked(label: str, url: str) -> str:
    """How a link reads: its label with the address behind it, or only one of them where the label says the address."""
    address = url.removeprefix("mailto:").removeprefix("tel:")
    if not label:
        return address
    if not _says_address(label, url):
        return f"{label} ({address})"
    return address if _shortening(label) else label


def _says_address(label: str, url: str) -> bool:
    """Whether a label says only where the link leads, as people write it: also a number, or a shortened address."""
    bare = url.partition("://")[2].rstrip("/") or url.removeprefix("mailto:").removeprefix("tel:")
    spellings = (url.rstrip("/"), bare, bare.removeprefix("www."))
    if label.rstrip("/") in spellings:
        return True
    if url.startswith("tel:"):
        return _local(label) == _local(url)
    head, gap, tail = label.partition(_shortening(label) or "\0")
    return bool(gap and head) and any(one.startswith(head) and one.endswith(tail.rstrip("/")) for one in spellings)


def _shortening(label: str) -> str:
    """The sign for what was left out of a label, as Slack shows long addresses; "" where nothing was."""
    return next((sign for sign in _SHORTENED if sign in label), "")


def _local(number: str) -> str:
    return "".join(c for c in number if c.isdecimal())[-_LOCAL:]
