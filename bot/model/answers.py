"""The model's answers, checked for their form before anybody looks at their content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from bot.core.severity import Severity  # noqa: TC001 - pydantic reads the annotations
from bot.model.plain_json import load, objects

if TYPE_CHECKING:
    from collections.abc import Iterable

_FAULTS = 5
_Shape = TypeVar("_Shape", bound=BaseModel)


class Unusable(Exception):
    """The answer breaks its form. The message is for the model; it may quote the answer."""


class IssueAnswer(BaseModel):
    """One issue as the model states it."""

    quote: str
    why: str
    guideline: str
    severity: Severity
    replacement: str | None
    confidence: Literal["low", "medium", "high"]


class QuestionAnswer(BaseModel):
    """One question as the model states it."""

    guideline: str
    question: str
    answers: list[str]


class CritiqueAnswer(BaseModel):
    """The model's critique of a draft. Servers without strict schemas may add fields; those are not read."""

    issues: list[IssueAnswer]
    questions: list[QuestionAnswer]
    checklist: dict[str, Literal["clear", "issue", "question", "not_applicable"]]
    not_a_draft: bool


class Opinion(BaseModel):
    """The second opinion on one finding."""

    number: int
    reason: str
    verdict: Literal["keep", "drop", "unsure"]
    question: str


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

    Where another one of that shape begins behind it and is not complete, the answer is that one.
    """
    whole = load(text) if text.lstrip().startswith("{") else None
    found = objects(text) if whole is None else [(whole, "")]
    faults = ["it holds no JSON object"]
    for value, rest in reversed(found):
        try:
            answer = shape.model_validate(value)
        except ValidationError as error:
            faults.append(_faults(error))
            continue
        if f'"{next(iter(shape.model_fields))}"' not in rest:
            return answer
        faults.append("it breaks off")
        break
    raise Unusable(faults[-1])


def _faults(error: ValidationError) -> str:
    faults: Iterable[str] = (
        f"{'.'.join(map(str, fault['loc'])) or 'the answer'}: {fault['msg']}" for fault in error.errors()[:_FAULTS]
    )
    return "; ".join(faults)
