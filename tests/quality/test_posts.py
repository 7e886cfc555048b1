"""The fixed rules on our own posts: hardly ever loud on a fine one, and no blinder than today.

These posts were written beside the rules, so they guard what stays and measure nothing: docs/quality.md does that on
posts by others.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.core.findings import PERSONAL
from bot.core.guidelines import Severity
from bot.evaluation.cases import read_cases

if TYPE_CHECKING:
    from bot.core.guidelines import Library
    from bot.evaluation.cases import GoldCase
    from bot.rules.engine import RuleEngine

HERE = Path(__file__).parent
ALARMS = {"posts": 0, "unseen": 0, "traps": 0, "subtle": 0}
"""How many fine posts of a file may carry a must-fix or should-fix of a rule that speaks by itself."""
LEADS = {"posts": 2, "unseen": 2, "traps": 4, "subtle": 2}
"""How many fine posts may hold a place that is worth a look."""
FOUND = {"posts": 30, "unseen": 13}
"""How many marked guidelines the rules point at, leads included: a change must not lose one unseen."""


def _cases(name: str) -> tuple[GoldCase, ...]:
    path = HERE / f"{name}.jsonl"
    return read_cases({path.name: path.read_text(encoding="utf-8")})


@pytest.mark.parametrize("name", list(ALARMS))
def test_hardly_any_fine_post_gets_an_alarm(name: str, rules: RuleEngine) -> None:
    fine = [case for case in _cases(name) if not case.expected]
    found = [
        (case.id, finding.guideline, finding.quote, finding.lead)
        for case in fine
        for finding in rules.findings(case.draft)
        if finding.severity is not Severity.CONSIDER
    ]
    assert len({post for post, *_, lead in found if not lead}) <= ALARMS[name], found
    assert len({post for post, *_, lead in found if lead}) <= LEADS[name], found


@pytest.mark.parametrize("name", list(FOUND))
def test_the_rules_find_no_less_than_they_did(name: str, rules: RuleEngine) -> None:
    missed: list[tuple[str, str]] = []
    found = 0
    for case in _cases(name):
        labels = {finding.guideline for finding in rules.findings(case.draft)}
        found += len(case.labels & labels)
        missed += [(case.id, label) for label in sorted(case.labels - labels)]
    assert found >= FOUND[name], missed


@pytest.mark.parametrize("name", list(FOUND))
def test_what_is_found_is_found_where_it_is_marked(name: str, rules: RuleEngine) -> None:
    """Eight times in ten the quoted words and the marked ones share something; the rest is a point about the whole."""
    near: list[bool] = []
    for case in _cases(name):
        for finding in rules.findings(case.draft):
            marked = case.quotes(finding.guideline)
            if marked:
                near.append(any(_touch(case.draft.text, finding.start, finding.end, quote=quote) for quote in marked))
    assert sum(near) >= 0.8 * len(near)


def test_the_posts_are_as_many_and_as_mixed_as_the_report_says(library: Library) -> None:
    cases = _cases("posts")
    fine = [case for case in cases if not case.expected]
    assert len(cases) >= 150
    assert 2 * len(fine) >= len(cases)
    assert len({case.draft.platform for case in cases}) >= 9
    known = {guideline.id for guideline in library.guidelines}
    assert {label for case in (*cases, *_cases("unseen"), *_cases("subtle")) for label in case.labels} <= known


def _touch(text: str, start: int, end: int, quote: str) -> bool:
    at = text.index(quote)
    return start < at + len(quote) and at < end


def test_of_posts_by_an_editor_who_had_not_seen_the_rules_no_fine_one_is_touched(rules: RuleEngine) -> None:
    """But for the brand's own telephone numbers, which are worth a look at most."""
    fine = [case for case in _cases("blind") if not case.expected]
    assert len(fine) == 30
    found = [finding for case in fine for finding in rules.findings(case.draft)]
    assert [finding.quote for finding in found if not (finding.lead and finding.guideline == PERSONAL)] == []
