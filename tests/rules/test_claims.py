"""Drafts beside claims: what evidence covers, and what none covers that holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from bot.core.brand.facts import Fact, FactKind
from bot.core.drafts import Draft
from bot.core.findings import CLAIM_EVIDENCE, Finding, fact_behind, merge
from bot.core.guidelines import Severity
from bot.core.judging import Case, Judgement
from bot.core.ports import CriticOnTop
from bot.core.words import workspace
from bot.rules.claims import Claims, CriticWithClaims, RulesWithClaims, leans_on, makes
from bot.rules.engine import RuleEngine
from bot.rules.facts import RulesWithFacts
from bot.rules.posts import CriticWithStatements
from tests.rules.test_facts import GUIDELINE, NoRules

if TYPE_CHECKING:
    from bot.core.guidelines import Library

TODAY = "2026-12-01"
ORDER = Fact("94% of customers would order again", FactKind.CLAIM, "survey.example/2025", id="c1")
LAPSED = replace(ORDER, until="2026-11-30")
GUIDELINE_OF_CLAIMS = replace(GUIDELINE, id=CLAIM_EVIDENCE)


def claim(value: str) -> Fact:
    return replace(ORDER, value=value)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("94% of customers would order again", "In our survey, 94 percent of our customers would order from us again!"),
        ("9 in 10 dog owners would choose Brackle again", "Nine out of ten dog owners would choose us again."),
        ("Clinically proven to reduce wrinkles", "Our serum is clinically proven to reduce wrinkles."),
        ("The greenest tariff in the country", "Switch today: Verdigo is the greenest tariff in the country."),
        ("Trusted by over 2 million learners", "Trusted by over 2,000,000 learners."),
        ("Cuts energy use by 20%", "It will cut your energy use by 20%."),
        ("No added sugar", "No added sugar, ever."),
    ],
)
def test_a_sentence_makes_a_claim_by_its_figures_and_words(value: str, sentence: str) -> None:
    assert makes(sentence, claim(value))


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("94% of customers would order again", "96% of customers would order again."),
        ("94% of customers would order again", "94% less plastic."),
        ("94% of customers would order again", "94% of customers would not order again."),
        ("94% of customers would order again", "Would 94% of customers order again?"),
        ("94% of customers would order again", "“94% of customers would order again,” says a rival."),
        ("9 in 10 dog owners would choose Brackle again", "8 in 10 dog owners would choose Brackle again."),
        ("Clinically proven to reduce wrinkles", "Clinically proven to reduce redness."),
        ("No added sugar", "With added sugar."),
        ("Made from 80% recycled card", "Made from 80 recycled cards."),
    ],
)
def test_what_only_looks_like_the_claim_is_not_it(value: str, sentence: str) -> None:
    assert not makes(sentence, claim(value))


def test_a_text_leans_on_a_claim_by_any_of_its_sentences() -> None:
    assert leans_on("Hello.\nOur customers are back! 94% of customers would order again", ORDER)
    assert not leans_on("94% of customers! They'd order again.", ORDER)
    assert not leans_on("", ORDER)


def asking(text: str, quote: str, guideline: str = CLAIM_EVIDENCE) -> Finding:
    start = text.index(quote)
    return Finding(guideline, Severity.SHOULD_FIX, start, start + len(quote), quote, "Say how you know.", lead=True)


def told(text: str, *sheet: Fact, quote: str = "", context: str = "", markets: tuple[str, ...] = ()) -> list[Finding]:
    """What is said of a text in which the rules ask for evidence of the quote."""
    rules = NoRules((asking(text, quote),) if quote else ())
    beside = RulesWithClaims(rules, GUIDELINE_OF_CLAIMS, Claims(sheet, TODAY, markets))
    return list(beside.findings(Draft(text, context=context)))


AGAIN = "Good news, everyone. 94% of customers would order again. Bye."
SHARE = "94% of customers would"


def test_a_covered_claim_is_not_asked_about_again() -> None:
    assert told(AGAIN, quote=SHARE) == [asking(AGAIN, SHARE)]
    assert told(AGAIN, ORDER, quote=SHARE) == []
    assert told(AGAIN, replace(ORDER, until=TODAY), quote=SHARE) == []
    spelled = AGAIN.replace("94%", "94 percent")
    assert told(spelled, ORDER, quote="94 percent of customers would") == []
    assert told(AGAIN, replace(ORDER, kind=FactKind.QUANTITY), quote=SHARE) == []
    assert told(AGAIN, replace(ORDER, kind=FactKind.QUANTITY, source=""), quote=SHARE) == [asking(AGAIN, SHARE)]


@pytest.mark.parametrize(
    ("value", "text", "quote"),
    [
        (
            "Clinically proven to reduce wrinkles",
            "Clinically proven to reduce wrinkles in 7 days.",
            "Clinically proven",
        ),
        ("Clinically proven to help", "Clinically proven to help and cures colds.", "cures colds"),
        (ORDER.value, "94% of customers would order again and 71% more often.", "71% more often"),
    ],
)
def test_evidence_covers_no_more_than_it_says(value: str, text: str, quote: str) -> None:
    assert told(text, claim(value), quote=quote) == [asking(text, quote)]


def test_another_clause_needs_evidence_of_its_own_and_takes_none_away() -> None:
    text = "94% of customers would order again, now for £29."
    assert told(text, ORDER, quote=SHARE) == []
    other = asking(AGAIN, SHARE, "transparency/ai-content-label")
    rules = RulesWithClaims(NoRules((other,)), GUIDELINE_OF_CLAIMS, Claims((ORDER,), TODAY))
    assert rules.findings(Draft(AGAIN)) == (other,)


def test_lapsed_evidence_is_shown_beside_the_draft_in_place_of_the_question() -> None:
    (found,) = told(AGAIN, LAPSED, quote=SHARE)
    assert AGAIN[found.start : found.end] == found.quote == "94% of customers would order again"
    assert (found.guideline, fact_behind(found), found.lead, found.edit) == (CLAIM_EVIDENCE, "c1", False, None)
    assert found.why.startswith(
        "The fact sheet says: “94% of customers would order again” (survey.example/2025), but this evidence lapsed on "
        "30 November 2026."
    )
    assert merge([found], [replace(asking(AGAIN, SHARE), lead=False)]) == (found,)
    (early,) = told(AGAIN, replace(ORDER, since="2027-01-02"))
    assert "only holds from 2 January 2027" in early.why
    assert told(AGAIN, LAPSED, replace(ORDER, value="94% of our customers would order again", id="c2")) == []
    assert told("Nothing of the kind.", LAPSED) == []
    assert told(AGAIN, replace(LAPSED, kind=FactKind.QUANTITY)) == []


def test_evidence_without_figures_can_lapse_too() -> None:
    text = "Night Serum, new: clinically proven to reduce wrinkles!"
    (found,) = told(text, replace(LAPSED, value="Clinically proven to reduce wrinkles"))
    assert found.quote == "clinically proven to reduce wrinkles"


def test_evidence_for_other_markets_covers_nothing_where_the_draft_is_surely_seen_elsewhere() -> None:
    local = replace(ORDER, markets=("UK", "Ireland"))
    assert told(AGAIN, local, quote=SHARE) == []
    assert told(AGAIN, local, quote=SHARE, context="Market: ireland") == []
    (found,) = told(AGAIN, local, quote=SHARE, context="Market: France, UK")
    assert "but this evidence only covers UK, Ireland." in found.why
    assert len(told(AGAIN, local, markets=("france",))) == 1


def test_evidence_for_another_product_covers_nothing_where_the_draft_names_its_own() -> None:
    night, day = replace(ORDER, about="Night Serum"), Fact("Smells of mint", about="Day Cream")
    assert told(f"Night Serum. {AGAIN}", night, day, quote=SHARE) == []
    assert told(AGAIN, night, day, quote=SHARE) == []
    (found,) = told(f"Day Cream. {AGAIN}", night, day, quote=SHARE)
    assert "but this evidence only covers Night Serum." in found.why


@pytest.mark.parametrize(
    ("own", "named"), [("Serum A", "Serum B"), ("Model 3", "Model 5"), ("Lumo", "Lumo Pro"), ("Model 3", "Model 3.5")]
)
def test_of_two_names_the_longer_one_is_meant_and_figures_and_letters_count(own: str, named: str) -> None:
    claimed, other = replace(ORDER, about=own), Fact("Smells of mint", about=named)
    (found,) = told(f"{named} is here. {AGAIN}", claimed, other, quote=SHARE)
    assert f"but this evidence only covers {own}." in found.why
    assert told(f"{own} is here. {AGAIN}", claimed, other, quote=SHARE) == []
    assert told(f"{own.upper()}s are here. {AGAIN}", claimed, other, quote=SHARE) == []
    assert told(f"{named} and {own} are here. {AGAIN}", claimed, other, quote=SHARE) == []


@pytest.mark.parametrize(
    ("recorded", "market"),
    [
        ("UK", "United Kingdom"),
        ("UK", "Great Britain"),
        ("EU", "Germany"),
        ("Europe", "France"),
        ("DACH", "Germany"),
        ("worldwide", "France"),
    ],
)
def test_evidence_covers_every_part_of_its_market_by_any_name(recorded: str, market: str) -> None:
    local = replace(ORDER, markets=(recorded,))
    assert told(AGAIN, local, quote=SHARE, context=f"Market: {market}") == []
    assert told(AGAIN, local, quote=SHARE, markets=(market,)) == []
    assert len(told(AGAIN, local, quote=SHARE, context="Market: Japan")) == (recorded != "worldwide")


def test_another_figure_than_the_evidence_contradicts_the_sheet() -> None:
    (found,) = RulesWithFacts(NoRules(), GUIDELINE, (ORDER,)).findings(Draft("97% of customers would order again."))
    assert (found.replacement, fact_behind(found)) == ("94% of customers would order again", "c1")


@dataclass
class Judging:
    judgement: Judgement
    asked: list[Case] = field(default_factory=list[Case])
    fingerprint: str = "m"

    async def judge(self, case: Case) -> Judgement:
        self.asked.append(case)
        return self.judgement


async def test_a_model_does_not_ask_for_evidence_that_is_on_the_sheet() -> None:
    found = replace(asking(AGAIN, SHARE), lead=False)
    judging, case = Judging(Judgement((found,))), Case("T1", "U1", Draft(AGAIN))
    assert (await CriticWithClaims(judging, Claims((LAPSED,), TODAY)).judge(case)).findings == (found,)
    covered = CriticWithClaims(judging, Claims((ORDER,), TODAY))
    assert (await covered.judge(case)).findings == ()
    recorded = CriticWithClaims(judging, Claims((ORDER,), TODAY), NoRules((found,)))
    assert (await recorded.judge(case)).findings == ()
    assert [one.found for one in judging.asked] == [(), (), (found,)]
    assert (
        len({judging.fingerprint, covered.fingerprint, CriticWithClaims(judging, Claims((), TODAY)).fingerprint}) == 3
    )


async def test_what_compares_a_judgement_goes_on_top_of_another_critic_unchanged() -> None:
    found = replace(asking(AGAIN, SHARE), lead=False)
    here, elsewhere = Judging(Judgement()), Judging(Judgement((found,)))
    claims = Claims((ORDER,), TODAY)
    on_top = CriticWithStatements(CriticWithClaims(here, claims), claims, (ORDER,))
    both: tuple[CriticOnTop, ...] = (on_top, CriticWithClaims(here, claims))
    assert all(isinstance(one, CriticOnTop) for one in both)
    assert not isinstance(here, CriticOnTop)
    for one in both:
        moved = one.on(elsewhere)
        assert type(moved) is type(one)
        await moved.judge(Case("T1", "U1", Draft(AGAIN)))
    assert (len(here.asked), len(elsewhere.asked)) == (0, 2)


def test_of_the_local_workspaces_claims_the_sample_shows_the_one_whose_evidence_lapsed(library: Library) -> None:
    rules, (_, text) = RuleEngine(library), workspace.LAPSED
    assert len(rules.findings(Draft(text))) == 2
    claims = Claims(workspace.sheet_on(1_796_000_000.0), TODAY)
    beside = RulesWithClaims(rules, GUIDELINE_OF_CLAIMS, claims)
    assert [fact_behind(one) for one in beside.findings(Draft(text))] == ["demo-94"]
    for _, others in (*workspace.SAMPLES, workspace.CONTRADICTING, workspace.DIFFERING, workspace.VARIANTS):
        assert beside.findings(Draft(others)) == rules.findings(Draft(others))
