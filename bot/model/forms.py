"""The forms of a model's answers, checked before anybody looks at their content.

Loaded when the first answer comes, as are the libraries that models are asked with: a start needs neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeVar, cast

import regex
from pydantic import BaseModel, BeforeValidator, ValidationError

from bot.core.brand.facts import FactKind
from bot.core.guidelines import Severity
from bot.core.judging import Hint  # noqa: TC001 - pydantic reads the annotations
from bot.model.answers import Unusable, items, load, objects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FAULTS = 5
_Shape = TypeVar("_Shape", bound=BaseModel)


def _as_word(parting: str) -> BeforeValidator:
    """Reads “Should Fix” and “should_fix” as one word; small models are free with capitals and what parts words."""

    def read(value: object) -> object:
        return parting.join(regex.split(r"[\s_-]+", value.strip().lower())) if isinstance(value, str) else value

    return BeforeValidator(read)


def _or_none(value: object) -> object:
    return None if value in ("null", "None") else value


_Verdict = Annotated[Literal["clear", "issue", "question", "not_applicable"], _as_word("_")]


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


# Answers to the smaller questions.


class OrdersAnswer(BaseModel):
    """What speaks to a reviewer, as the model states it."""

    quotes: list[str]


class PairAnswer(BaseModel):
    """Whether later words are the point that was left alone."""

    number: int
    difference: str
    verdict: Literal["same", "another", "unsure"]


class PairsAnswer(BaseModel):
    """The same for all pairs that were asked about."""

    pairs: list[PairAnswer]


class PictureEntry(BaseModel):
    """One picture as the model describes it."""

    number: int
    description: str
    text_in_picture: str
    alt_text: str
    made_with_ai: Hint


class PicturesAnswer(BaseModel):
    """All of them."""

    pictures: list[PictureEntry]


def _severity(value: object) -> object:
    """Small models are free with it, and a lead sees and changes it anyway."""
    known = [one for one in Severity if isinstance(value, str) and one.value == value.strip().lower().replace(" ", "-")]
    return known[0] if known else Severity.SHOULD_FIX


class ProposalAnswer(BaseModel):
    """A guideline that the model proposes, and the words of the book that it rests on."""

    page: int
    quote: str
    title: str
    problem: str = ""
    question: str
    why: str
    fix: str = ""
    severity: Annotated[Severity, BeforeValidator(_severity)] = Severity.SHOULD_FIX
    not_when: list[str] = []
    bad: list[str] = []
    good: list[str] = []
    words: list[str] = []


def _kind(value: object) -> object:
    """The same of kinds."""
    known = [one for one in FactKind if isinstance(value, str) and one.value == value.strip().lower().replace(" ", "-")]
    return known[0] if known else FactKind.OTHER


class FactAnswer(BaseModel):
    """A fact that the model proposes for the sheet, and the words of the book that it rests on."""

    page: int
    quote: str
    kind: Annotated[FactKind, BeforeValidator(_kind)] = FactKind.OTHER
    value: str
    about: str = ""


class BookAnswer(BaseModel):
    """All of a part of a book."""

    proposals: list[ProposalAnswer]
    facts: list[FactAnswer] = []


# Reading them.


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
