"""Drafts beside earlier posts, by code alone: what contradicts them, and what only looks so.

Code and cases are by the same author. Posts speak of what passes, so most of the cases are for silence.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.assemble.bench import bench
from bot.assemble.evaluating import brands_beside
from bot.core.brand.facts import Fact, FactKind
from bot.core.brand.posts import EarlierPost, approved
from bot.core.drafts import Draft
from bot.core.findings import CLAIM_EVIDENCE, Finding, Origin, fact_behind, is_recorded, joined, merge
from bot.core.guidelines import Severity
from bot.core.judging import Case, Judgement
from bot.core.words import workspace
from bot.core.words.brand.facts import DOUBT
from bot.evaluation.cases import read_brands, read_cases
from bot.evaluation.running import Evaluate
from bot.evaluation.scores import pair_scores
from bot.rules.claims import Claims
from bot.rules.facts import RulesWithFacts
from bot.rules.posts import CriticWithStatements, RulesWithPosts, differing, proposed_from
from bot.rules.values import terms_of
from bot.settings import read_settings
from bot.terminal.files import read_text
from tests.flows.model_fakes import FakeCritic
from tests.rules.test_facts import GUIDELINE, NoRules

TODAY = "2026-11-29"


def post(text: str, day: str = "2026-10-01", name: str = "p1") -> EarlierPost:
    return EarlierPost(text, day, id=name)


def found_in(draft: str, *posts: EarlierPost, facts: tuple[Fact, ...] = ()) -> list[tuple[str, str]]:
    return [(draft[slice(*one.said.sentence)], one.sentence) for one in differing(draft, posts, facts, today=TODAY)]


@pytest.mark.parametrize(
    ("draft", "before", "sentence"),
    [
        ("Hello! Delivery costs just £3.", "News 🚲\nDelivery costs £4. See you soon.", "Delivery costs £4"),
        (
            "10% of profits go to reefs.",
            "5% of profits go to reefs, every year.",
            "5% of profits go to reefs, every year",
        ),
        ("Returns within 60 days.", "Not right? Returns within 30 days.", "Returns within 30 days"),
        ("The box holds twelve bottles.", "The box holds 10 bottles", "The box holds 10 bottles"),
        ("Our café opens on 15 January.", "Our café opens on 14 January 2027!", "Our café opens on 14 January 2027"),
        ("Our café opens on 15 January.", "Our café opens on 14 January!", "Our café opens on 14 January"),
        ("Founded in 2014, and still here.", "We were founded in 2016 in Leeds.", "We were founded in 2016 in Leeds"),
    ],
)
def test_another_value_of_the_same_thing_is_found(draft: str, before: str, sentence: str) -> None:
    assert [one for _, one in found_in(draft, post(before))] == [sentence]


@pytest.mark.parametrize(
    ("draft", "before"),
    [
        ("Delivery costs £3.", "Delivery costs £4 this weekend."),
        ("This week delivery costs £3.", "Delivery costs £4."),
        ("Delivery costs £3.", "Members get it sooner. Delivery costs £4."),
        ("Delivery costs £3.", "Delivery used to cost £4."),
        ("Delivery costs £3.", "“Delivery costs £4.”"),
        ("Delivery costs £3.", "Delivery to Rome costs £4."),
        ("Delivery to Rome costs £3.", "Delivery costs £4."),
        ("Delivery costs £3.", "Delivery costs £4 or £5."),
        ("Delivery costs £3.", "Delivery costs £3."),
        ("The sale ends on 30 December.", "The sale ends on 30 October."),
        ("The sale ended on 30 October.", "The sale ends on 30 December."),
        ("Our café opens on 31 February.", "Our café opens on 14 January."),
        ("Our café opens on 15 March 2025.", "Our café opens on 14 January."),
        ("Our app has 3 million learners.", "Our app has 2 million learners."),
        ("5 tips for better coffee.", "7 tips for better coffee."),
        ("We turn 11 years old.", "We turn 10 years old."),
        ("Founded in 1975, the Leeds Marathon is our hero.", "Founded in 2016."),
        ("Founded in 2016.", "Founded in 1975, the Leeds Marathon is our hero."),
        ("Founded in 2016.", "The mill that we buy from was founded in 1958."),
        ("Delivery costs £3.", "x " + "1 day 2 hours " * 200),
        ("Nothing with a value.", "Delivery costs £4."),
    ],
)
def test_it_is_silent_where_it_may_only_have_passed_or_is_another_thing(draft: str, before: str) -> None:
    assert found_in(draft, post(before)) == []


def test_the_latest_post_counts_and_what_is_said_again_is_no_contradiction() -> None:
    old, new = post("Delivery costs £4.", "2026-01-01", "old"), post("Delivery costs £5.", "2026-06-01", "new")
    assert found_in("Delivery costs £5.", old, new) == []
    assert found_in("Delivery costs £4.", old, new) == [("Delivery costs £4", "Delivery costs £5")]
    assert found_in("Delivery costs £3.", old, new) == [("Delivery costs £3", "Delivery costs £5")]
    assert found_in("Delivery costs £3.", new, post("Delivery costs £4.", "2026-06-01")) == []
    assert found_in("Delivery costs £3.", new, post("We say it again: delivery costs £3.", "2026-07-01")) == []


def test_what_the_fact_sheet_bears_out_is_no_contradiction() -> None:
    facts = (Fact("Delivery costs £3"),)
    assert found_in("Delivery costs £3.", post("Delivery costs £4."), facts=facts) == []
    assert found_in("Delivery costs £2.", post("Delivery costs £4."), facts=facts) != []


def beside(*posts: EarlierPost, facts: tuple[Fact, ...] = ()) -> RulesWithPosts:
    rules = RulesWithFacts(NoRules(), GUIDELINE, facts)
    return RulesWithPosts(rules, GUIDELINE, posts, facts=facts, today=TODAY)


def test_the_point_shows_both_statements_with_source_date_and_link() -> None:
    before = EarlierPost("Delivery costs £4.", "2026-03-01", "instagram", link="https://social.example/1", id="p1")
    rules, draft = beside(before), Draft("Hello.\n Delivery costs just £3. Bye.")
    (found,) = rules.findings(draft)
    assert (found.quote, found.severity) == ("Delivery costs just £3", Severity.MUST_FIX)
    assert found.replacement == "Delivery costs just £4"
    said = "A post published on Instagram on 1 March 2026 says: “Delivery costs £4” https://social.example/1\n"
    assert found.why.startswith(said)
    assert (found.rule, fact_behind(found), is_recorded(found)) == ("post:p1", "", True)
    assert (rules.guidelines, rules.own_set, rules.checks(draft).ran) == (24, 0, 1)
    assert merge([found], [found])[0] == found
    assert joined([found], draft.text).rule == found.rule


def test_what_is_dated_in_the_future_was_not_said_before() -> None:
    said, planned = post("Delivery costs £4."), post("Delivery costs £3.", "2999-01-01", "p2")
    assert found_in("Delivery costs just £3.", said, planned) == [("Delivery costs just £3", "Delivery costs £4")]
    assert found_in("Delivery costs just £4.", said, planned) == []
    assert found_in("Delivery costs just £5.", post("Delivery costs £4.", "2026-11-30"))
    assert differing("Delivery costs just £5.", [planned], (), today="")


def test_a_very_long_sentence_is_not_quoted_whole() -> None:
    words = "and delivery every delivery " * 10
    (found,) = beside(post("Delivery takes 4 days")).findings(Draft(f"Delivery {words} takes 3 days"))
    assert (found.quote, found.severity) == ("3", Severity.SHOULD_FIX)


def test_what_differs_from_a_fact_is_not_told_twice() -> None:
    facts = (Fact("Delivery costs £4", FactKind.PRICE, id="f1"),)
    (found,) = beside(post("Delivery costs £4."), facts=facts).findings(Draft("Delivery costs £3."))
    assert fact_behind(found) == "f1"


def test_a_text_is_found_by_its_values_names_and_words() -> None:
    assert terms_of("Founded in 2016. Our friends at Kestrel pay £4 a month!") == {
        **dict.fromkeys(("found", "friend", "kestrel", "month"), 1),
        "name kestrel": 2,
        **dict.fromkeys(("value year found 2016", "value money £/month 4"), 3),
        **dict.fromkeys(("year found of found", "year found of it"), 4),
        **dict.fromkeys((f"money £/month of {word}" for word in ("kestrel", "friend")), 4),
    }
    assert "money £ of it" in terms_of("Just £4!")
    common = terms_of("Delivery costs £3.").items() & terms_of("Delivery costs £4.").items()
    assert sum(weight for _, weight in common) == 5


def test_facts_are_proposed_from_the_statements_of_a_text() -> None:
    made = proposed_from("Hi!\nDelivery costs £3 or  £4. We open on 4 May.\nFounded in 2016. A day has 24 hours. Bye.")
    assert [(one.value, one.kind) for one in made] == [
        ("Delivery costs £3 or £4", FactKind.PRICE),
        ("We open on 4 May", FactKind.DATE),
        ("Founded in 2016", FactKind.ORIGIN),
        ("A day has 24 hours", FactKind.QUANTITY),
    ]
    assert proposed_from("A day with £4 " + "and more " * 60) == ()


def test_the_local_workspaces_history_is_contradicted_by_one_sample_alone() -> None:
    drafts = (*workspace.SAMPLES, workspace.CONTRADICTING, workspace.DIFFERING, workspace.LAPSED, workspace.VARIANTS)
    found = [name for name, text in drafts for _ in found_in(text, *workspace.HISTORY, facts=workspace.SHEET)]
    assert found == [workspace.DIFFERING[0]]


def test_an_approved_post_has_one_place() -> None:
    assert approved("a", TODAY, "", draft_id="T1:C1:1.0").id == approved("b", TODAY, "", draft_id="T1:C1:1.0").id


BAG = Fact(
    "Cabin bag included in every fare", FactKind.PROMISE, "https://kite.example/bags", since="2026-01-01", id="b"
)
SURVEY = Fact("94% would order again", FactKind.CLAIM, "survey.pdf", until="2026-06-30", id="s")
LAST_YEAR = EarlierPost(
    "Good news! Bags fly free, all of them. More soon.",
    "2025-05-01",
    "instagram",
    link="https://kite.example/1",
    id="p",
)
DRAFT = Draft("Cabin bags from £12 extra, as always.")


async def shown(why: str, guideline: str = GUIDELINE.id, post: EarlierPost = LAST_YEAR) -> Finding:
    """What people see where a model gives that reason."""
    point = Finding(guideline, Severity.SHOULD_FIX, 0, end=25, quote=DRAFT.text[:25], why=why, origin=Origin.MODEL)
    claims = Claims((BAG, SURVEY), TODAY)
    critic = CriticWithStatements(FakeCritic(Judgement((point,))), claims, facts=(BAG,))
    assert critic.fingerprint == "f1"
    (found,) = (await critic.judge(Case("", "", DRAFT, said_before=(post,)))).findings
    return found


async def test_a_fact_that_a_model_names_stands_in_its_own_words_with_its_source() -> None:
    found = await shown("Readers were told that it costs nothing. [F1]")
    assert found.why == (
        "The fact sheet says: “Cabin bag included in every fare” (https://kite.example/bags; from 1 January 2026). "
        "Readers were told that it costs nothing."
    )
    assert (fact_behind(found), found.origin) == ("b", Origin.MODEL)
    assert (await shown("[F1]")).why.endswith(f"1 January 2026). {DOUBT}")


async def test_an_earlier_post_stands_with_the_sentence_that_is_meant_and_with_a_fact_both_do() -> None:
    found = await shown("They were free [P1].")
    assert found.why == (
        "A post published on Instagram on 1 May 2025 says: “Bags fly free, all of them.” https://kite.example/1\n"
        "They were free."
    )
    assert found.rule == "post:p"
    assert "“Good news!” https" in (await shown("Good news was told before [P1].")).why
    both = await shown("Bags were free [P1, F1, P1].")
    assert both.why.startswith("A post published on Instagram on 1 May 2025 says: “Bags fly free")
    assert both.why.endswith("from 1 January 2026). Bags were free.")


async def test_of_a_post_the_sentence_with_the_figure_of_the_reason_is_shown() -> None:
    post = replace(LAST_YEAR, text="The Christmas tin is back, robin and all. It costs £26.")
    found = await shown("Readers saw £26 for the Christmas tin with the robin [P1].", post=post)
    assert "says: “It costs £26.”" in found.why


async def test_a_claim_whose_evidence_lapsed_says_so_and_other_guidelines_get_no_button() -> None:
    found = await shown("Nobody asked them since [F2].", CLAIM_EVIDENCE)
    assert "“94% would order again” (survey.pdf), but this evidence lapsed on 30 June 2026." in found.why
    assert found.rule == "fact:s"
    assert (await shown("It hides the price [F1].", "transparency/terms-up-front")).rule == ""


async def test_a_number_that_nothing_has_is_left_out_and_a_reason_without_one_stays() -> None:
    assert (await shown("It was free [F9].")).why == "It was free."
    assert (await shown("[P2]")).why == DOUBT
    assert (await shown("See “https://evil.example” [F1].")).why.endswith(f"from 1 January 2026). {DOUBT}")
    plain = "In the F1 race (F1),  as [1] says."
    assert (await shown(plain)).why == plain


MEMORY = Path(__file__).parent.parent / "quality" / "memory"


@pytest.mark.parametrize(
    ("drafts", "brands", "scores"),
    [
        ("drafts.jsonl", "brands.json", (60, 20, 0, 60, 0)),
        ("second_drafts.jsonl", "second_brands.json", (31, 21, 0, 30, 0)),
        ("third_drafts.jsonl", "third_brands.json", (50, 32, 0, 50, 0)),
        ("fourth_drafts.jsonl", "fourth_brands.json", (50, 31, 0, 50, 0)),
        ("fifth_drafts.jsonl", "fifth_brands.json", (40, 29, 1, 40, 0)),
        ("sixth_drafts.jsonl", "sixth_brands.json", (50, 22, 0, 50, 0)),
        ("seventh_drafts.jsonl", "seventh_brands.json", (50, 17, 1, 50, 0)),
        ("eighth_drafts.jsonl", "eighth_brands.json", (40, 13, 0, 40, 1)),  # not learned from
    ],
)
async def test_by_code_alone_contradictions_on_strangers_sheets_are_found_and_none_is_made_up(
    drafts: str, brands: str, scores: tuple[int, ...]
) -> None:
    """docs/quality.md has the figures, and those of the first runs."""
    parts = bench(read_settings({"PROMPTS_DIR": str(MEMORY.parents[2] / "prompts")}), {})
    drafts, brands = (str(MEMORY / name) for name in (drafts, brands))
    cases = read_cases({drafts: read_text(drafts)}, read_brands(brands, read_text(brands)))
    async with brands_beside(parts.library, cases) as beside:
        answered = await Evaluate(parts.rules, parts.severities, beside=beside)(cases)
    whole = pair_scores(answered)[-1]
    assert (whole.contradicting, whole.both, whole.one, whole.fine, whole.false) == scores
