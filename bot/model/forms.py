"""The forms of a model's answers, checked before anybody looks at their content.

Loaded when the first answer comes, as are the libraries that models are asked with: a start needs neither.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar, cast

import regex
from pydantic import BaseModel, BeforeValidator, ValidationError, model_validator

from bot.core.brand.facts import FactKind
from bot.core.guidelines import Severity
from bot.core.judging import Hint  # noqa: TC001 - pydantic reads the annotations
from bot.model.answers import Unusable, items, load, objects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_FAULTS = 5
_Shape = TypeVar("_Shape", bound=BaseModel)


def _as_word(parting: str) -> BeforeValidator:
    """Reads “Should Fix” and “should_fix” as one word; small models are free with capitals and what parts words."""
    return BeforeValidator(lambda value: _word(value, parting) if isinstance(value, str) else value)


def _word(value: str, parting: str) -> str:
    return parting.join(regex.split(r"[\s_-]+", value.strip().lower()))


def _line(value: object) -> object:
    """Words where a list of them, a number or nothing was given."""
    if isinstance(value, str):
        return value
    lines = (_line(one) for one in items(value))
    return " … ".join(line for line in lines if isinstance(line, str) and line.strip())


def _suggested(value: object) -> object:
    """None where several words, or none, were given in the place of some."""
    return None if value in ("null", "None") or not isinstance(value, str) else value


def _strings(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [one for one in items(value) if isinstance(one, str)]


def _entries(value: object) -> list[object]:
    """The entries of a list that hold something, also of one that was given as an object by guideline."""
    fields = _fields(value)
    if "guideline" in fields:
        return [fields]
    rows = [{"guideline": name, **_fields(one)} for name, one in _given(value).items()] if fields else items(value)
    return [entry for one in rows if any((entry := _entry(one)).values())]


def _entry(value: object) -> dict[str, object]:
    """What was given for an entry; words alone are taken for its quote, so that it is counted at least."""
    return _fields(value) or {"quote": _line(value)}


def _given(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _fields(value: object) -> dict[str, object]:
    """The fields of an object with their names in lower case; two of one name are left as they are."""
    named = {_word(str(name), "_"): one for name, one in _given(value).items()}
    return named if len(named) == len(_given(value)) else _given(value)


# Words that models use for what has other names here. What is none of them counts as the middle.
_SEVERITIES = {
    Severity.MUST_FIX: ("must", "critical", "blocker", "blocking", "high", "severe", "major", "error"),
    Severity.CONSIDER: ("consider", "low", "minor", "info", "suggestion", "nit", "optional"),
}
_SURE, _UNSURE = 0.67, 0.34
_PERCENT = 100
_VERDICTS = {
    "issue": ("issue", "fail", "violat", "problem"),
    "question": ("question", "ask", "unclear", "unsure"),
    "not_applicable": ("not_app", "n/a", "na", "inapplicable", "irrelevant"),
    "clear": ("clear", "ok", "okay", "pass", "fine", "no_issue", "none", "compliant"),
}


def _how_severe(value: object) -> Severity:
    word = _word(value, "-") if isinstance(value, str) else ""
    named = (severity for severity, words in _SEVERITIES.items() if word.startswith(words))
    return next(named, Severity.SHOULD_FIX)


def _how_sure(value: object) -> str:
    """Also of a share or of percents; a point of which nobody says that it is doubtful is none."""
    if isinstance(value, str):
        word = value.strip().lower()
        number = word.removesuffix("%").strip()
        if not number.replace(".", "", 1).isdecimal():
            return "low" if "low" in word else "high" if "high" in word else "medium"
        value = float(number) / (_PERCENT if word != number else 1)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "medium"
    share = value if value <= 1 else value / _PERCENT
    return "high" if share >= _SURE else "medium" if share >= _UNSURE else "low"


def _verdicts(value: object) -> dict[str, str]:
    """The verdicts by guideline, also out of a list; one that says nothing known is as good as missing."""
    listed = {_line(row.get("guideline")): row.get("verdict") for row in map(_fields, items(value))}
    said = {str(name): _verdict(one) for name, one in (_given(value) or listed).items()}
    return {name: verdict for name, verdict in said.items() if verdict}


def _verdict(value: object) -> str:
    word = _word(value, "_") if isinstance(value, str) else ""
    return next((verdict for verdict, words in _VERDICTS.items() if word.startswith(words)), "")


def _each(shape: type[BaseModel]) -> BeforeValidator:
    """Leaves out what of a list has not the shape, so that one slip doesn't cost the others."""

    def readable(value: object) -> object:
        kept: list[object] = []
        for one in items(value):
            with suppress(ValidationError):
                kept.append(shape.model_validate(one))
        return kept if isinstance(value, list) else value

    return BeforeValidator(readable)


class _Answer(BaseModel):
    """Names in capitals are read as well."""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        return _fields(value) or value


class IssueAnswer(_Answer):
    """One issue as the model states it. What is missing has a mild default: one slip never costs a point."""

    quote: Annotated[str, BeforeValidator(_line)] = ""
    why: Annotated[str, BeforeValidator(_line)] = ""
    guideline: Annotated[str, BeforeValidator(_line)] = ""
    severity: Annotated[Severity, BeforeValidator(_how_severe)] = Severity.SHOULD_FIX
    replacement: Annotated[str | None, BeforeValidator(_suggested)] = None
    confidence: Annotated[Literal["low", "medium", "high"], BeforeValidator(_how_sure)] = "medium"


class QuestionAnswer(_Answer):
    """One question as the model states it. Without words of its own it is asked in the guideline's."""

    guideline: Annotated[str, BeforeValidator(_line)] = ""
    question: Annotated[str, BeforeValidator(_line)] = ""
    answers: Annotated[list[str], BeforeValidator(_strings)] = []


class CritiqueAnswer(_Answer):
    """The model's critique of a draft. Servers without strict schemas may add fields; those are not read."""

    issues: Annotated[list[IssueAnswer], BeforeValidator(_entries)]
    questions: Annotated[list[QuestionAnswer], BeforeValidator(_entries)] = []
    checklist: Annotated[dict[str, str], BeforeValidator(_verdicts)] = {}
    not_a_draft: Annotated[bool, BeforeValidator(lambda value: value in (True, "true", "True"))] = False

    @property
    def says_something(self) -> bool:
        """True where it holds a point or a question."""
        return bool(self.issues or self.questions)


class Opinion(_Answer):
    """The second opinion on one finding."""

    number: int
    reason: Annotated[str, BeforeValidator(_line)] = ""
    verdict: Annotated[Literal["keep", "drop", "unsure"], _as_word("-")]
    question: Annotated[str, BeforeValidator(_line)] = ""


class OpinionsAnswer(_Answer):
    """The second opinion on all findings."""

    points: Annotated[list[Opinion], _each(Opinion)]


# Answers to the smaller questions.


class OrdersAnswer(_Answer):
    """What speaks to a reviewer, as the model states it."""

    quotes: Annotated[list[str], BeforeValidator(_strings)]


class PairAnswer(_Answer):
    """Whether later words are the point that was left alone."""

    number: int
    difference: str
    verdict: Annotated[Literal["same", "another", "unsure"], _as_word("-")]


class PairsAnswer(_Answer):
    """The same for all pairs that were asked about."""

    pairs: Annotated[list[PairAnswer], _each(PairAnswer)]


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


def read_critique(
    text: str, names: Mapping[str, str], *, last: bool, named: Callable[[str], str] = str
) -> CritiqueAnswer:
    """The critique in an answer. ``names`` are the short names of the guidelines in force by their ids.

    Every guideline needs its slot, and a verdict "issue" needs an issue that shows it: an answer that lacks either
    has not done its work. When it is the ``last`` attempt its issues are taken all the same; without any it is
    unusable, as it would look like a clean draft. ``named`` gives the id or short name that other spellings mean.
    Raises `Unusable`.
    """
    answer = _one_of(_whole_ones(text, CritiqueAnswer), last=last)
    checklist = {_short(name, names, named): verdict for name, verdict in answer.checklist.items()}
    shown = {_short(issue.guideline, names, named) for issue in answer.issues}
    asked = {_short(question.guideline, names, named) for question in answer.questions}
    missing = [name for name in names.values() if name not in checklist]
    bare = [name for name, verdict in checklist.items() if verdict == "issue" and name not in shown]
    faults = [f"the checklist lacks {', '.join(missing)}"] if missing else []
    faults += [f"the checklist says issue without an entry under issues for {', '.join(bare)}"] if bare else []
    if faults and not (last and answer.issues):
        raise Unusable("; ".join(faults))
    doubts = [name for name, verdict in checklist.items() if verdict == "question" and name not in shown | asked]
    return answer.model_copy(
        update={
            "issues": [*answer.issues, *(IssueAnswer(guideline=name) for name in bare)],
            "questions": [*answer.questions, *(QuestionAnswer(guideline=name) for name in doubts)],
        }
    )


def _short(name: str, names: Mapping[str, str], named: Callable[[str], str]) -> str:
    return names.get(known := named(name), known)


def _one_of(answers: Sequence[CritiqueAnswer], *, last: bool) -> CritiqueAnswer:
    """The last one. A clean one behind one with points may be an example, so the model has to say which it means.

    Raises `Unusable`; if it is the ``last`` attempt, the one with points counts.
    """
    meant = answers[-1]
    earlier = next((one for one in reversed(answers) if one.says_something), meant)
    if meant.says_something or earlier is meant:
        return meant
    if not last:
        raise Unusable(_TWO)
    return earlier


def read_opinions(text: str, *, last: bool) -> OpinionsAnswer:  # noqa: ARG001 - an opinion is readable or not
    """The second opinion in an answer. Raises `Unusable`."""
    return read_as(text, OpinionsAnswer)


def read_as(text: str, shape: type[_Shape]) -> _Shape:
    """The last object in an answer that has the shape: an example may stand before it. Raises `Unusable`.

    Where another one of that shape begins behind it and is not complete, the answer is that one. What is nearly right
    is read: wrapped in one more object, in a list or in a string, with comments, Python's words, or commas at an end.
    """
    return _whole_ones(text, shape)[-1]


def _whole_ones(text: str, shape: type[_Shape]) -> list[_Shape]:
    """All such objects, at least one."""
    try:
        return _found(text, shape)
    except Unusable:
        cleaned = _without_slips(text)
        with suppress(Unusable):
            return _found(cleaned, shape)
        mended = _without_slips(_with_sound_strings(text))
        if mended in (text, cleaned):
            raise
    return _found(mended, shape)


def _found(text: str, shape: type[_Shape]) -> list[_Shape]:
    whole = load(text)
    alone: list[tuple[object, str]] = [(cast("object", whole), "")] if isinstance(whole, dict | str) else []
    faults, found = ["it holds no JSON object"], list[_Shape]()
    for value, rest in reversed(alone or objects(text)):
        for inner in _within(value):
            try:
                answer = shape.model_validate(inner)
            except ValidationError as error:
                faults.append(_faults(error))
                continue
            if not found and f'"{next(iter(shape.model_fields))}"' in rest:
                raise Unusable(_BROKEN_OFF)
            found.append(answer)
            break
    if not found:
        raise Unusable(faults[min(1, len(faults) - 1)])
    return found[::-1]


_BROKEN_OFF = "it breaks off"
_TWO = "it holds two answers, one with points and one without"
_DEPTH = 3
_SLIPS = regex.compile(
    r'"(?:[^"\\]|\\.)*+"|[{\[]|[}\]]|,(?=(?:\s|(?://|\#)[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?+)*+[}\]])'
    r"|(?:(?<![:\w])//|\#)[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?+|\b(?:True|False|None)\b"
)
"""A string, a bracket, a comma before a closing one, a comment (the rest, if it's never closed), a word of Python's."""
_PYTHONS = {"True": "true", "False": "false", "None": "null"}


def _without_slips(text: str) -> str:
    """JSON without comments, without commas before a closing bracket and with JSON's own words for Python's.

    What stands in strings stays, and so does what is said around the objects: "#1: {…}" begins with no comment.
    """
    kept, begun, end, depth = list[str](), text.find("{"), 0, 0
    while begun >= 0 and (found := _SLIPS.search(text, begun)):
        sign = found[0]
        depth = max(0, depth + (sign in "{[") - (sign in "}]"))
        stays = sign[0] in '"{}[]'
        kept += text[end : found.start()], sign if stays else _PYTHONS.get(sign, "")
        end = found.end()
        begun = end if depth else text.find("{", end)
    return "".join((*kept, text[end:]))


_IN_STRINGS = regex.compile(r'"|\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])|\\[^\w\s]|\\')
"""What stands in a string: a quotation mark, an escape of JSON's, a sign that needs none, a backslash."""
_ENDS_VALUE = regex.compile(r'\s*+(?:[}\]]|,\s*+(?:["{\[}\]\d/#-]|(?:[Tt]rue|[Ff]alse|null|None)\b))')
_ENDS_NAME = regex.compile(rf"\s*+:|{_ENDS_VALUE.pattern}")
"""What follows a string that ends: any other quotation mark stands inside of it."""


def _with_sound_strings(text: str) -> str:
    """JSON whose strings hold quotation marks, backslashes and signs escaped without need as they were meant."""
    at = max(0, text.find("{"))
    kept, before = [text[:at]], ""
    while (opening := text.find('"', at)) >= 0:
        between = text[at:opening]
        before = between.rstrip()[-1:] or before
        said, at = _string_from(text, opening + 1, _ENDS_VALUE if before in ":[" else _ENDS_NAME)
        kept += between, '"', said
    return "".join((*kept, text[at:]))


def _string_from(text: str, at: int, ending: regex.Pattern[str]) -> tuple[str, int]:
    """The string with its last quotation mark, and where it ends."""
    kept = list[str]()
    while found := _IN_STRINGS.search(text, at):
        kept.append(text[at : found.start()])
        sign, at = found[0], found.end()
        if sign == '"' and ending.match(text, at):
            return "".join((*kept, sign)), at
        if sign in '"\\':
            sign = f"\\{sign}"
        elif sign[1:] not in _ESCAPED and not sign.startswith("\\u"):
            sign = sign[1:]
        kept.append(sign)
    return "".join((*kept, text[at:])), len(text)


_ESCAPED = frozenset('"\\/bfnrt')


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
