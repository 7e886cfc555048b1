"""Answers of a model, read without trusting them."""

from __future__ import annotations

import json
from itertools import takewhile
from typing import Protocol, TypeVar, cast

import regex

from bot.core.findings import Edit

# JSON of unknown shape, read without trusting it: compatible servers leave out what they like.

_TRIES = 50
"""Braces that open no object, before a text is given up."""


def _pattern(words: str) -> regex.Pattern[str]:
    return regex.compile(words, regex.IGNORECASE)


_NAME = (
    r"(?:[a-z]+:)?(?:ant)?"
    r"(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflection|analysis|scratchpad|inner_monologue|chain_of_thought|cot)"
)
_KIND = r"(?:think(?:ing)?|thoughts?|reasoning)"
_MORE = r"[^<]{0,40}"
_FAMILIES = (
    (rf"<\s*{_NAME}(?:\s[^<>]{{0,60}})?>", rf"<\s*/\s*{_NAME}\s*>"),
    (r"\[think\]", r"\[/think\]"),
    (r"◁think▷", r"◁/think▷"),
    (rf"<\|(?:(?:start|begin)_(?:of_)?)?{_KIND}\|>", rf"<\|(?:end_(?:of_)?|/){_KIND}\|>"),
    (r"<\|inner_prefix\|>", r"<\|inner_suffix\|>"),
    (r"<(?:\|channel|unused94)>\s*thought", r"<(?:channel\||unused95)>"),
    (
        r"<\|channel\|>\s*(?:analysis|commentary)",
        r"<\|channel\|>\s*final\b[^<]{0,40}(?:<\|constrain\|>[^<]{0,40})?<\|message\|>",
    ),
)
THOUGHTS = tuple((_pattern(opening), _pattern(end)) for opening, end in _FAMILIES)
"""How models begin and end what they think aloud. Some servers put the beginning into the prompt, so that only the
end is seen."""


def load(text: str) -> object:
    """The value, or None for what is no JSON at all. Line breaks in strings may stand there as they are."""
    try:
        return cast("object", json.loads(text, strict=False))
    except (ValueError, RecursionError):
        return None


def events(text: str) -> list[object]:
    """What a body holds that was streamed, as some servers answer although nobody asked them to stream."""
    lines = (line.removeprefix("data:") for line in text.split("\n") if line.startswith("data:"))
    return [value for line in lines if (value := load(line)) is not None]


def objects(text: str) -> list[tuple[object, str]]:
    """The JSON objects in a text that may say more around them, in order, each with what follows it.

    What a model thought aloud before it answered does not count.
    """
    text = text[max((found.end() for _, end in THOUGHTS for found in end.finditer(text)), default=0) :]
    decoder = json.JSONDecoder(strict=False)
    found: list[tuple[object, str]] = []
    at, failed = text.find("{"), 0
    while at >= 0 and failed < _TRIES:
        try:
            value, end = cast("tuple[object, int]", decoder.raw_decode(text, at))
        except (ValueError, RecursionError):
            failed, end = failed + 1, at + 1
        else:
            found.append((value, text[end:]))
        at = text.find("{", end)
    return found


def at(value: object, *path: str) -> object:
    """What stands at the path, or None."""
    for name in path:
        value = cast("dict[str, object]", value).get(name) if isinstance(value, dict) else None
    return value


def string(value: object) -> str:
    """The string, or "" for anything else. Half characters, which no request could carry, become "?"."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def words(content: object) -> str:
    """The words of a message: a string, or a list of parts. Parts that are no text, such as thoughts, do not count."""
    parts = (part for part in items(content) if at(part, "type") in (None, "text", "output_text"))
    return string(content) or "".join(string(part) or string(at(part, "text")) for part in parts)


def refuses(content: object) -> bool:
    """True where a part of a message says that the model declines."""
    return any(at(part, "type") == "refusal" for part in items(content))


def called(name: str, arguments: object) -> str:
    """The JSON that was handed to a tool: so a server answers that keeps to a form by one. "" where none was called."""
    if isinstance(arguments, dict):
        return json.dumps(arguments, ensure_ascii=False)
    return string(arguments) if name else ""


def count(value: object) -> int:
    """The number of something, or 0."""
    return value if isinstance(value, int) and value > 0 else 0


def items(value: object) -> list[object]:
    """The list, or an empty one."""
    return cast("list[object]", value) if isinstance(value, list) else []


# What reads an answer. The forms of answers are in `bot.model.forms`.

_T_co = TypeVar("_T_co", covariant=True)


class Unusable(Exception):
    """The answer breaks its form. The message is for the model; it may quote the answer."""


class AnswerReader(Protocol[_T_co]):
    """Reads an answer. Raises `Unusable`, less readily where no other will come."""

    def __call__(self, text: str, *, last: bool) -> _T_co:
        """What the text says."""
        ...


# The smallest edit: what a rewording leaves as it was at its start and at its end is no part of it.

_TOKEN = regex.compile(
    r"\[[^\[\]\n]{1,60}\]|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’\-.%](?=[\p{L}\p{N}])[\p{L}\p{N}\p{M}]+)*|\s+|\X"
)
"""A slot, a word with its accents, white space, or one grapheme, so that none of them is ever cut."""


def trimmed(edit: Edit, quote: str) -> Edit:
    """The edit without what the quote and the new words have in common at both ends.

    At least one word of the quote stays part of it, as equal offsets would mean words that are added at that place.
    """
    olds, news = _TOKEN.findall(quote), _TOKEN.findall(edit.text)
    head = _common(olds, news)
    tail = _common(olds[head:][::-1], news[head:][::-1])
    while head + tail and not any(map(_is_word, olds[head : len(olds) - tail])):
        head, tail = (head - 1, tail) if head else (head, tail - 1)
    start, end = len("".join(olds[:head])), len("".join(olds[len(olds) - tail :]))
    return Edit(edit.start + start, edit.end - end, edit.text[start : len(edit.text) - end])


def _common(olds: list[str], news: list[str]) -> int:
    pairs = zip(olds, news, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_word(token: str) -> bool:
    return not token.isspace()
