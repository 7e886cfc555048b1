"""Answers of a model, read without trusting them."""

from __future__ import annotations

import json
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated, Literal, Protocol, TypeVar, cast

import regex
from pydantic import BaseModel, BeforeValidator, ValidationError

from bot.core.findings import Edit
from bot.core.guidelines import Severity  # noqa: TC001 - pydantic reads the annotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


# JSON of unknown shape, read without trusting it: compatible servers leave out what they like.

_TRIES = 50
"""Braces that open no object, before a text is given up."""
THOUGHTS = (
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("<seed:think>", "</seed:think>"),
    ("[THINK]", "[/THINK]"),
    ("◁think▷", "◁/think▷"),
    ("<|channel|>analysis", "<|channel|>final<|message|>"),
)
"""How models begin and end what they think aloud. Some servers put the beginning into the prompt, so that only the
end is seen."""


def load(text: str) -> object:
    """The value, or None for what is no JSON at all."""
    try:
        return cast("object", json.loads(text))
    except (ValueError, RecursionError):
        return None


def objects(text: str) -> list[tuple[object, str]]:
    """The JSON objects in a text that may say more around them, in order, each with what follows it.

    What a model thought aloud before it answered does not count.
    """
    text = text[max(text.rfind(end) + len(end) if end in text else 0 for _, end in THOUGHTS) :]
    decoder = json.JSONDecoder()
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


def count(value: object) -> int:
    """The number of something, or 0."""
    return value if isinstance(value, int) and value > 0 else 0


def items(value: object) -> list[object]:
    """The list, or an empty one."""
    return cast("list[object]", value) if isinstance(value, list) else []


# The model's answers, checked for their form before anybody looks at their content.

_FAULTS = 5
_Shape = TypeVar("_Shape", bound=BaseModel)
_T_co = TypeVar("_T_co", covariant=True)


class Unusable(Exception):
    """The answer breaks its form. The message is for the model; it may quote the answer."""


def _as_word(parting: str) -> BeforeValidator:
    """Reads “Should Fix” and “should_fix” as one word; small models are free with capitals and what parts words."""

    def read(value: object) -> object:
        return parting.join(regex.split(r"[\s_-]+", value.strip().lower())) if isinstance(value, str) else value

    return BeforeValidator(read)


def _or_none(value: object) -> object:
    return None if value in ("null", "None") else value


_Verdict = Annotated[Literal["clear", "issue", "question", "not_applicable"], _as_word("_")]


class AnswerReader(Protocol[_T_co]):
    """Reads an answer. Raises `Unusable`, less readily where no other will come."""

    def __call__(self, text: str, *, last: bool) -> _T_co:
        """What the text says."""
        ...


class IssueAnswer(BaseModel):
    """One issue as the model states it. Without a replacement it is as good as with null."""

    quote: str
    why: str
    guideline: str
    severity: Annotated[Severity, _as_word("-")]
    replacement: Annotated[str | None, BeforeValidator(_or_none)] = None
    confidence: Annotated[Literal["low", "medium", "high"], _as_word("-")]


class QuestionAnswer(BaseModel):
    """One question as the model states it."""

    guideline: str
    question: str
    answers: list[str] = []


class CritiqueAnswer(BaseModel):
    """The model's critique of a draft. Servers without strict schemas may add fields; those are not read."""

    issues: list[IssueAnswer]
    questions: list[QuestionAnswer] = []
    checklist: dict[str, _Verdict]
    not_a_draft: bool = False


class Opinion(BaseModel):
    """The second opinion on one finding."""

    number: int
    reason: str = ""
    verdict: Annotated[Literal["keep", "drop", "unsure"], _as_word("-")]
    question: str = ""


class OpinionsAnswer(BaseModel):
    """The second opinion on all findings."""

    points: list[Opinion]


def read_critique(text: str, names: dict[str, str], *, last: bool) -> CritiqueAnswer:
    """The critique in an answer. ``names`` are the short names of the guidelines in force by their ids.

    Every guideline needs its slot, and a verdict "issue" needs an issue that shows it: an answer that lacks either
    has not done its work. When it is the ``last`` attempt its issues are taken all the same; without any it is
    unusable, as it would look like a clean draft. Raises `Unusable`.
    """
    answer = read_as(text, CritiqueAnswer)
    checklist = {names.get(name, name): verdict for name, verdict in answer.checklist.items()}
    shown = {names.get(issue.guideline, issue.guideline) for issue in answer.issues}
    missing = [name for name in names.values() if name not in checklist]
    bare = [name for name, verdict in checklist.items() if verdict == "issue" and name not in shown]
    faults = [f"the checklist lacks {', '.join(missing)}"] if missing else []
    faults += [f"the checklist says issue without an entry under issues for {', '.join(bare)}"] if bare else []
    if faults and not (last and answer.issues):
        raise Unusable("; ".join(faults))
    return answer


def read_opinions(text: str, *, last: bool) -> OpinionsAnswer:  # noqa: ARG001 - an opinion is readable or not
    """The second opinion in an answer. Raises `Unusable`."""
    return read_as(text, OpinionsAnswer)


def read_as(text: str, shape: type[_Shape]) -> _Shape:
    """The last object in an answer that has the shape: an example may stand before it. Raises `Unusable`.

    Where another one of that shape begins behind it and is not complete, the answer is that one. What is nearly right
    is read: wrapped in one more object, in a list or in a string, or with commas before closing brackets.
    """
    try:
        return _read_as(text, shape)
    except Unusable:
        cleaned = _without_commas(text)
        if cleaned == text:
            raise
    return _read_as(cleaned, shape)


def _read_as(text: str, shape: type[_Shape]) -> _Shape:
    whole = load(text)
    alone: list[tuple[object, str]] = [(cast("object", whole), "")] if isinstance(whole, dict | str) else []
    found = alone or objects(text)
    faults = ["it holds no JSON object"]
    for value, rest in reversed(found):
        for inner in _within(value):
            try:
                answer = shape.model_validate(inner)
            except ValidationError as error:
                faults.append(_faults(error))
                continue
            if f'"{next(iter(shape.model_fields))}"' not in rest:
                return answer
            raise Unusable(_BROKEN_OFF)
    raise Unusable(faults[min(1, len(faults) - 1)])


_BROKEN_OFF = "it breaks off"
_DEPTH = 3
_COMMAS = regex.compile(r'"(?:[^"\\]|\\.)*+"|,(?=\s*+[}\]])')


def _without_commas(text: str) -> str:
    """JSON without commas before a closing bracket; those in strings stay."""
    return _COMMAS.sub(lambda found: found[0] if found[0] != "," else "", text)


def _within(value: object, depth: int = 0) -> Iterator[object]:
    """The value and what is wrapped in it, the outermost first."""
    if isinstance(value, str):
        value = load(value)
    if isinstance(value, dict):
        yield cast("object", value)
    inner: Iterable[object] = cast("dict[str, object]", value).values() if isinstance(value, dict) else items(value)
    if depth < _DEPTH:
        for one in inner:
            if isinstance(one, dict | list | str):
                yield from _within(cast("object", one), depth + 1)


def _faults(error: ValidationError) -> str:
    faults: Iterable[str] = (
        f"{'.'.join(map(str, fault['loc'])) or 'the answer'}: {fault['msg']}" for fault in error.errors()[:_FAULTS]
    )
    return "; ".join(faults)


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
