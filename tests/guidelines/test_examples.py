"""Every example in every guideline file comes out as the file says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Draft
from bot.core.guidelines import FAMILIES, Library, Severity
from bot.rules.engine import check_examples
from bot.rules.files import load_library

if TYPE_CHECKING:
    from bot.rules.engine import RuleEngine

ROOT = Path(__file__).resolve().parent.parent.parent
LIBRARY = load_library(ROOT / "prompts")
IDS = [guideline.id for guideline in LIBRARY.guidelines]


def test_every_shipped_guideline_names_its_problem_beside_its_title() -> None:
    assert [g.id for g in LIBRARY.guidelines if g.problem in ("", g.title)] == []


@pytest.mark.parametrize("guideline_id", IDS)
def test_the_examples_of_a_file_come_out_as_it_says(guideline_id: str) -> None:
    guideline = LIBRARY.find(guideline_id)
    assert guideline is not None
    assert [str(fault) for fault in check_examples(guideline, f"{guideline_id}.md")] == []


def test_the_24_guidelines_stand_in_three_families_with_150_posts() -> None:
    written = [g for g in LIBRARY.guidelines if not g.fixed_rules_only]
    assert len([g for g in written if not g.pack]) == 24
    assert {g.family for g in written} == set(FAMILIES)
    assert sum(len(g.bad) + len(g.good) for g in written) == 150
    assert len(LIBRARY.references) == 60


def test_no_reason_refers_to_an_article_that_readers_do_not_know() -> None:
    assert [g.id for g in LIBRARY.guidelines if "article 0" in f"{g.question} {g.why} {g.fix}".lower()] == []


def test_every_slot_is_named_after_the_fact_that_is_missing() -> None:
    said = [(g.id, r.words) for g in LIBRARY.guidelines for rule in g.rules for r in rule.say_instead]
    assert said
    assert [one for one in said if any(slot in one[1] for slot in ("[date]", "[number]", "[name]", "[link]"))] == []


def test_optional_packs_are_off_until_switched_on() -> None:
    assert LIBRARY.packs == {"access-for-all"}
    assert LIBRARY.in_force(frozenset()).find("user-control/access-for-all") is None
    assert LIBRARY.in_force(LIBRARY.packs).find("user-control/access-for-all") is not None


def test_hardly_any_acceptable_post_is_flagged_by_any_rule(rules: RuleEngine, library: Library) -> None:
    flagged = [
        (guideline.id, example.text, finding.rule)
        for guideline in library.in_force(frozenset()).guidelines
        for example in guideline.good
        for finding in rules.findings(Draft(example.text, example.platform, example.context))
        if finding.severity is not Severity.CONSIDER
    ]
    assert len(flagged) <= 1, flagged
