"""A draft that holds several variants of one campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Draft
from bot.core.findings import ONE_STORY
from bot.flows.reviewing import rule_findings
from bot.rules.variants import RulesWithVariants

if TYPE_CHECKING:
    from bot.core.guidelines import Library
    from bot.rules.engine import RuleEngine

TWO = "Students:\nThe herb box costs €15 a month. Cancel any time.\n---\nParents:\nThe  herb box costs €18 a month."


@pytest.fixture
def beside(rules: RuleEngine, library: Library) -> RulesWithVariants:
    return RulesWithVariants(rules, next(one for one in library.guidelines if one.id == ONE_STORY))


def test_another_price_for_another_group_is_worth_a_look_with_both_sentences(beside: RulesWithVariants) -> None:
    (found,) = [one for one in rule_findings(Draft(TWO), beside) if one.guideline == ONE_STORY]
    assert TWO[found.start : found.end] == found.quote == "The  herb box costs €18 a month"
    assert found.lead
    assert found.why.startswith("The variant for Students says “The herb box costs €15 a month”. Would each group be")
    (unnamed,) = rule_findings(Draft("Tea costs £3.\n---\nTea costs £4."), beside)
    assert unnamed.why.startswith("Variant 1 says “Tea costs £3”.")


@pytest.mark.parametrize(
    "text",
    [
        TWO.replace("€18", "€15"),
        TWO.replace("\n---", ""),
        "Small:\nThe herb box costs €15.\n\nLarge:\nThe herb box costs €18.",
        "The herb box costs €15.\n---\nThe wine box costs €18.",
        "---",
        "One post.\n---\n#hashtag",
    ],
)
def test_what_agrees_or_is_a_price_list_is_not(beside: RulesWithVariants, text: str) -> None:
    assert not [one for one in rule_findings(Draft(text), beside) if one.guideline == ONE_STORY]


def test_the_rest_is_as_the_rules_have_it(beside: RulesWithVariants, rules: RuleEngine) -> None:
    draft = Draft("Tag three friends to win!")
    assert beside.findings(draft) == rules.findings(draft)
    assert beside.across(draft) == rules.across(draft) == ()
    assert beside.checks(draft) == rules.checks(draft)
    assert (beside.guidelines, beside.own_set) == (rules.guidelines, rules.own_set)
