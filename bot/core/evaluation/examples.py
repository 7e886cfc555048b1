"""The example posts of the guideline files as cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.draft import Draft
from bot.core.evaluation.cases import ACCEPTABLE, VIOLATING, Gold, GoldCase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.guideline import Example, Guideline, Library


def examples_of(library: Library) -> tuple[GoldCase, ...]:
    """Two kinds of cases for each guideline that a model is asked about.

    A Bad example is judged for its own guideline only: its file says nothing about the others. A Good one is a post
    that nobody should object to, whatever the guideline.
    """
    return tuple(case for g in library.guidelines if not g.fixed_rules_only for case in _of(g))


def _of(guideline: Guideline) -> Iterator[GoldCase]:
    own = frozenset((guideline.id,))
    for number, example in enumerate(guideline.bad, 1):
        gold = (Gold(guideline.id, example.quote),)
        yield GoldCase(f"{guideline.id}/bad-{number}", _draft(example), gold, own, kind=VIOLATING)
    for number, example in enumerate(guideline.good, 1):
        yield GoldCase(f"{guideline.id}/good-{number}", _draft(example), kind=ACCEPTABLE)


def _draft(example: Example) -> Draft:
    return Draft(example.text, example.platform, example.context)
