"""Answers of a model, read without trusting them."""

from __future__ import annotations

import html
import json
import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

import regex

from bot.core.findings import Edit, sentence_around
from bot.core.reading.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Container

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


# What a model puts around its words, and words of its that stand beside the quote already: no post shall hold either.

_ENTITY = _pattern(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});")
_LABEL = _pattern(
    r"^(?:replace(?:d)? (?:it |this |that )?(?:with|by)|replacement|reword(?:ing|ed)|rewrit(?:e|ten)|change (?:it )?to"
    r"|suggest(?:ion|ed(?: \w+)?)|new (?:text|words|wording|version)|ersetzen? durch|ersatz|vorschlag|remplace[rz] par"
    r"|(?:re[em]+plazar|sustituir) por|propuesta|sugerencia) ?: ?"
)
_BULLET = regex.compile(r"^[-–•*] ")
_EMPHASIS = ("****", "____", "**", "__", "``")
_QUOTED = ('""', "''", "“”", "„“", "‘’", "«»", "‹›")
"""Marks around a text, each half of what is named here."""
_THE = "(?: (?:this|that|these|the|it|entire|whole|sentence|line|phrase|words?|part|claim|passage|hashtag|emoji|quote))"
_ORDER = _pattern(
    rf"(?:delete|remove|omit|leave{_THE}? out|löschen|streichen|entfernen|weglassen|supprimer|retirer|eliminar|borrar"
    rf"|n/a){_THE}*[.!]?"
    r"|[(<{]\W*\w+\W*[)>}]|\[\W*(?:deleted?|removed?|omit(?:ted)?|left out|none|empty|blank|nothing)?\W*\]"
)
"""Words that tell the author what to do, and one word in brackets that is no ``[slot]``."""
_DOTS = ("…", "...")
_END_MARKS = (".", "!", "?")
_NEXT_MARKS = (".", "!", "?", "…", ",", ";", ":")
_GOES_ON = regex.compile(r" +\p{Ll}")
_BESIDE = 700
"""Characters on each side of a quote that its rewording may repeat: more than the longest one has."""
_REPEATED = 3
"""Words in a row that are no coincidence."""
_LARGE_NOUNS = "de"
"""The language whose nouns all have a capital."""


def plain_words(words: str, quote: str) -> str | None:
    """The words without the marks, labels and codes around them that the quote has not.

    None where they are an order to the author or no words, or leave something out that the quote says.
    """
    if not _ENTITY.search(quote):
        words = _ENTITY.sub(lambda entity: html.unescape(entity[0]), words)
    if "\\n" not in quote:
        words = words.replace("\\n", "\n")
    words, said = _peeled(words, quote), quote.strip()
    bare = words.strip()
    leaves_out = any(dots in bare for dots in _DOTS) and not any(dots in quote for dots in _DOTS)
    is_order = _ORDER.fullmatch(bare) and (bare[0].isalnum() or bare[0] != said[:1])
    says_nothing = bare and not any(map(_says, bare)) and any(map(_says, said))
    is_end = not said[:1].isalnum() and said.endswith(bare)
    return None if leaves_out or is_order or (says_nothing and not is_end) else words


def _says(character: str) -> bool:
    """True for letters, digits and emoji."""
    return character.isalnum() or unicodedata.category(character) == "So"


def _peeled(words: str, quote: str) -> str:
    """The words without marks and labels around all of them."""
    bare, said = words.strip(), quote.strip()
    for lead in (_LABEL, _BULLET):
        if (found := lead.match(bare)) and found.end() < len(bare) and not lead.match(said):
            return _peeled(bare[found.end() :], quote)
    for pairs in (_EMPHASIS, _QUOTED):
        for pair in () if said[:1] in "".join(pairs) else pairs:
            half = len(pair) // 2
            inner = bare.removeprefix(pair[:half]).removesuffix(pair[half:])
            is_around = inner and len(inner) == len(bare) - len(pair)
            if is_around and not regex.search(rf"(?<!\w)[{pair}]|[{pair}](?!\w)", inner):
                return _peeled(inner, quote)
    return words


def fitted(words: str, text: str, span: tuple[int, int]) -> str | None:
    """The words without those that the text has right before or behind the span, and without a second end mark.

    A model may quote a few words and write the whole sentence anew. None where nothing is left of the words, or where
    they still repeat what the rest of the sentence says.
    """
    start, end = span
    before, quote, behind = text[max(0, start - _BESIDE) : start], text[start:end], text[end : end + _BESIDE]
    tokens = [found for found in _TOKEN.finditer(words) if not found[0].isspace()]
    news, olds = _named(words), _named(quote)
    head, tail = _shared(_named(before), news), _shared(news, _named(behind))
    if olds[:head] == news[:head] or (head < _REPEATED and "\n" in before[len(before.rstrip()) :]):
        head = 0
    if olds[-tail:] == news[-tail:] or (tail < _REPEATED and "\n" in behind[: len(behind) - len(behind.lstrip())]):
        tail = 0
    if head + tail and head + tail >= len(news):
        return None
    words = words[tokens[head].start() if head else 0 : tokens[-tail - 1].end() if tail else len(words)]
    words = _without_end(words, quote, behind)
    return None if _runs(words) & _runs_beside(before, quote, behind) - _runs(quote) else words


_ARTICLES_AND_PRONOUNS = """
a an the this that these those our your his her its their we you he she it they there here every each some any
der die das den dem des ein eine einen einem einer eines unser unsere unseren unserem unserer dies diese dieser dieses
diesen diesem wir er es man jede jeder jedes
le la les un une du ce cet cette ces notre nos votre vos nous vous il elle ils elles on chaque
el los las una unos unas este esta estos estas nuestro nuestra nuestros nuestras nosotros cada
"""
_OPENERS = frozenset(_ARTICLES_AND_PRONOUNS.split())
"""Words with which a noun or a sentence begins."""
_LINKS = """
and but so or because since although while if when that than as with without for of to from in on at by about
und aber denn oder weil dass wenn als mit ohne für von zu aus bei über
et mais donc ou car parce que si quand avec sans pour de à dans sur par
y pero pues o porque cuando con sin para en sobre por
"""
_JOINING = frozenset(_LINKS.split())
"""Words behind which either of them may begin."""
_WORDS = regex.compile(r"\w+")
_OPENING = regex.compile(r"\p{Lu}\p{Ll}*(?!\w)")
_BEHIND_WORDS = regex.compile(r"(?<=\w,? )\p{Lu}\p{Ll}*")


def continuing(words: str, text: str, span: tuple[int, int], source: str, known: Container[str]) -> str | None:
    """The words as they go on in the sentence in whose middle the quote begins: a model may write one of its own.

    A capital goes from an article, a pronoun or a ``known`` word, unless the ``source`` writes it so inside a sentence.
    None where they begin anew what the sentence has begun already: "Our tonic [A tonic that eases colds]".
    """
    start, end = span
    before, quote = text[sentence_around(text, start, start)[0] : start].rstrip(), text[start:end]
    opening = _OPENING.match(words)
    if not opening or not quote[:1].islower() or not (before[-1:].isalnum() or before.endswith(",")):
        return words
    first, opens = opening[0].lower(), opening[0].lower() in _OPENERS
    if opens and not (before.endswith(",") or _named(before)[-1] in _JOINING or _named(quote)[0] in _OPENERS):
        return None
    is_word = opens or (language_of(text) != _LARGE_NOUNS and (first in known or first in _WORDS.findall(source)))
    return first + words[opening.end() :] if is_word and opening[0] not in _BEHIND_WORDS.findall(source) else words


def _named(text: str) -> list[str]:
    return [token.casefold() for token in _TOKEN.findall(text) if not token.isspace()]


def _shared(one: list[str], other: list[str]) -> int:
    """How many tokens at the end of the one stand at the beginning of the other."""
    return next((n for n in range(min(len(one), len(other)), 0, -1) if one[-n:] == other[:n]), 0)


def _without_end(words: str, quote: str, behind: str) -> str:
    """The words without their end mark where the sentence has its own or goes on, unless the quote has one, too."""
    bare = words.rstrip()
    if not bare.endswith(_END_MARKS) or quote.rstrip().endswith(_END_MARKS):
        return words
    goes_on = bare.endswith(".") and "." not in bare.split()[-1][:-1] and _GOES_ON.match(behind)
    return bare.rstrip("".join(_END_MARKS)) if goes_on or behind.startswith(_NEXT_MARKS) else words


def _runs_beside(before: str, quote: str, behind: str) -> set[tuple[str, ...]]:
    """The runs of words in the rest of the sentence."""
    start, end = len(before), len(before) + len(quote)
    first, last = sentence_around(before + quote + behind, start, end)
    return _runs(before[first:]) | _runs(behind[: last - end])


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [token for token in _named(text) if token[0].isalnum()]
    return {tuple(words[at : at + _REPEATED]) for at in range(len(words) - _REPEATED + 1)}


def _common(olds: list[str], news: list[str]) -> int:
    pairs = zip(olds, news, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_word(token: str) -> bool:
    return not token.isspace()
