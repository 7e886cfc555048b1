"""From the model's questions to those that an author is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.critique import Question
from bot.model.wording import accuses_of_ai, cleaned, guideline_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.core.guideline import Guideline
    from bot.model.answers import QuestionAnswer
    from bot.model.brief import Brief

MOST = 2
_LONGEST_QUESTION = 200
_LONGEST_ANSWER = 60
_ANSWERS = range(2, 5)


class Asking:
    """Makes questions for one draft. ``usual`` are the answers where the model offers too few."""

    def __init__(self, brief: Brief, guidelines: Mapping[str, Guideline], usual: tuple[str, ...]) -> None:
        self._brief = brief
        self._guidelines = guidelines
        self._usual = usual
        self._answered = {guideline for guideline, _ in brief.case.answers}

    def asked(self, questions: Iterable[QuestionAnswer]) -> list[Question]:
        """The model's questions that may be asked; after them the guideline's own for one that lost its words."""
        given = list(questions)
        made = [self.question(q.guideline, q.question, q.answers) for q in given]
        own = [self._own(q.guideline) for q in given if not cleaned(q.question, _LONGEST_QUESTION)]
        return [question for question in (*made, *own) if question]

    def _own(self, name: str) -> Question | None:
        guideline = guideline_named(name, self._guidelines)
        return self.question(name, guideline.question) if guideline else None

    def question(self, name: str, text: str, answers: Sequence[str] = ()) -> Question | None:
        """The question, or None where it is empty, unknown, answered already or a hint at a machine's hand."""
        guideline = guideline_named(name, self._guidelines)
        if not guideline or guideline.id in self._answered:
            return None
        unmask = self._brief.masks.unmask
        asked = cleaned(unmask(text), _LONGEST_QUESTION)
        if not asked or accuses_of_ai(asked, self._brief.folded):
            return None
        offered = dict.fromkeys(cleaned(unmask(answer), _LONGEST_ANSWER + 1) for answer in answers)
        fitting = [answer for answer in offered if 0 < len(answer) <= _LONGEST_ANSWER][: _ANSWERS[-1]]
        return Question(guideline.id, asked, tuple(fitting) if len(fitting) in _ANSWERS else self._usual)


def first_of_each(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The first question of each guideline, two at most."""
    first: dict[str, Question] = {}
    for question in questions:
        first.setdefault(question.guideline, question)
    return tuple(first.values())[:MOST]
