"""Prices, budgets as people type them, and the days and months that they are for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.judging import Critique, Failure, ModelFailed, ModelPart, Outcome, Usage
from bot.core.settings import Known, WorkspaceSettings, changed
from bot.core.spending import (
    EVERYBODY,
    HALF,
    NANO,
    Account,
    Amount,
    Budgets,
    Ceiling,
    Hold,
    ModelPrices,
    Purpose,
    Span,
    Spent,
    UsageReport,
    begins,
    mark_reached,
    period,
)
from bot.core.words import conversing, home, reviewing, settings, spending
from bot.core.words.settings import NO_BUDGET, NO_PRICES

PRICES = ModelPrices(1.0, 0.1, 10.0)
USAGE = Usage(1, 1000, 600, 100)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("50 USD", "$50.00"),
        ("$50", "$50.00"),
        ("$0.016", "$0.016"),
        ("$1,250.50", "$1,250.50"),
        ("50 US dollars and 2M tokens", "$50.00, 2,000,000 tokens"),
        ("20,000,000 tokens, 0.25 usd", "$0.25, 20,000,000 tokens"),
        ("300k tokens", "300,000 tokens"),
        ("", ""),
    ],
)
def test_a_budget_is_read_as_people_type_it_and_reads_the_same_again(typed: str, kept: str) -> None:
    limits = Ceiling.read(typed)
    assert str(limits) == kept
    assert Ceiling.read(kept) == limits
    assert bool(limits) is bool(kept)


@pytest.mark.parametrize(
    "typed",
    [
        "50",
        "50 EUR",
        "a lot",
        "-5 USD",
        "0 USD",
        "5 USD 6 USD",
        "1e9 tokens",
        "nan USD",
        "$",
        "5,00 USD",
        "0,5 USD",
        "1,5 USD",
    ],
)
def test_anything_else_is_no_budget(typed: str) -> None:
    with pytest.raises(ValueError, match=NO_BUDGET):
        Ceiling.read(typed)


def test_a_budget_in_dollars_needs_prices_and_one_in_tokens_does_not() -> None:
    for priced, wanted, fault in ((False, "50 USD", True), (False, "9000 tokens", False), (True, "50 USD", False)):
        known = Known(frozenset(), frozenset(), priced=priced)
        new, faults = changed(WorkspaceSettings(), {"monthly_budget": wanted, "daily_budget": ""}, known)
        assert bool(faults) is fault
        assert bool(new) is not fault
        assert not fault or faults["monthly_budget"] == f"Monthly budget: {NO_PRICES}."


def test_a_budget_that_no_review_fits_in_is_refused_with_what_one_takes() -> None:
    known = Known(frozenset(), frozenset(), review=lambda: Amount(15_700, 15_700_000))
    for wanted, need in (
        ("12k tokens", "15,700 tokens"),
        ("0.01 USD", "$0.0157"),
        ("1 USD, 15000 tokens", "$0.0157, 15,700 tokens"),
    ):
        new, faults = changed(WorkspaceSettings(), {"daily_budget": wanted}, known)
        assert new == {}
        assert f"too little for a single review, which can take {need} or more." in faults["daily_budget"]
    for wanted in ("16k tokens", "0.02 USD", ""):
        assert changed(WorkspaceSettings(), {"daily_budget": wanted}, known)[1] == {}


def test_brand_leads_are_told_what_is_left_and_what_a_call_takes() -> None:
    spent, most = Spent(tokens=8_000, nano=NANO // 100), Amount(15_700, 15_700_000)
    month = Account("T1", Span.MONTH, "2026-11", Ceiling(0.02, 20_000))
    said = spending.used(month, spent, most)
    assert said.startswith(
        "This month's budget for the language model is used up: $0.01 of $0.02 and 8,000 of 20,000 tokens spent, and "
        "one more call can take up to $0.0157, 15,700 tokens."
    )
    said = spending.used(Account("T1", Span.DAY, "2026-11-29", Ceiling(tokens=12_000)), Spent(), most)
    assert said.startswith("Today's budget for the language model is too small: it's 12,000 tokens, and one call can")
    said = spending.used(Account(EVERYBODY, Span.DAY, "2026-11-29", Ceiling(tokens=12_000)), spent, most)
    assert "12,000" not in said


def test_what_tokens_cost_is_counted_in_whole_parts_rounded_up() -> None:
    assert PRICES.of(USAGE) == pytest.approx(0.00146)
    assert Amount.of(USAGE, PRICES) == Amount(1100, 1_460_000)
    assert Amount.of(Usage(1, 1, 0, 0), ModelPrices(0.0001, 0, 0)) == Amount(1, 1)
    assert Amount.of(USAGE, None) == Amount(1100, 0)
    assert ModelPrices.read("0.25,0.025,2") == ModelPrices(0.25, 0.025, 2)
    for wrong in ("0.25", "nan,0,0", "0,inf,0", "0,0,-1", "1e400,0,0"):
        with pytest.raises(ValueError, match="three prices"):
            ModelPrices.read(wrong)


def test_a_day_and_a_month_are_those_of_the_workspaces_own_calendar() -> None:
    midnight = datetime(2026, 12, 1, 0, 30, tzinfo=ZoneInfo("Europe/Berlin")).timestamp()
    assert period(Span.MONTH, midnight, "Europe/Berlin") == "2026-12"
    assert period(Span.DAY, midnight, "Europe/Berlin") == "2026-12-01"
    assert period(Span.MONTH, midnight, "UTC") == "2026-11"
    assert begins(Span.MONTH, midnight, "Europe/Berlin") == midnight - 1800
    assert begins(Span.DAY, midnight, "UTC") == midnight - 23.5 * 3600


@pytest.mark.parametrize(
    ("limits", "holds"),
    [(Ceiling(), True), (Ceiling(0.25, 1000), True), (Ceiling(tokens=999), False), (Ceiling(dollars=0.24), False)],
)
def test_a_call_that_costs_more_than_a_whole_budget_is_not_made(limits: Ceiling, holds: bool) -> None:  # noqa: FBT001
    assert Account("T1", Span.DAY, "2026-11-29", limits).can_hold(Amount(1000, NANO // 4)) is holds


def test_a_month_is_told_of_three_times_and_a_day_once() -> None:
    month = Account("T1", Span.MONTH, "2026-11", Ceiling(dollars=10.0, tokens=1000))
    day = Account("T1", Span.DAY, "2026-11-29", Ceiling(tokens=1000))
    reached = [mark_reached(month, Spent(tokens=tokens)) for tokens in (0, 499, 500, 749, 750, 900, 1000)]
    assert reached == [0, 0, 50, 50, 75, 90, 90]
    assert mark_reached(month, Spent(nano=8 * NANO)) == 75
    assert [mark_reached(day, Spent(tokens=tokens)) for tokens in (899, 900)] == [0, 90]
    assert mark_reached(Account("T1", Span.DAY, "2026-11-29"), Spent(tokens=10**9)) == 0


def test_a_review_without_budget_says_so_and_is_never_nothing_to_flag() -> None:
    for part, says in ((ModelPart.MONTH_SPENT, "for this month"), (ModelPart.DAY_SPENT, "for today")):
        critique = Critique(Outcome.NOTHING_TO_FLAG, model_part=part)
        assert reviewing.reason(critique).startswith(f"Not reviewed: Candor's budget {says} is used up, or too little")
        assert not critique.awaits_model
        assert not critique.state.is_whole
    assert "budget for this month is used up, or too little is left" in conversing.note(
        conversing.Ending("month_spent")
    )


def test_only_what_may_have_been_paid_counts_where_a_call_failed() -> None:
    assert not ModelFailed(Failure.UNREACHABLE).may_cost
    assert ModelFailed(Failure.UNREACHABLE, lost=True).may_cost
    assert ModelFailed(Failure.REFUSED).may_cost
    assert not ModelFailed(Failure.MONTH_SPENT).may_cost
    assert not ModelFailed(Failure.DAY_SPENT).passing


def report(spent: Spent, limits: Ceiling, *, priced: bool = True, accepted: int = 0) -> UsageReport:
    month, today = Account("T1", Span.MONTH, "2026-11", limits), Account("T1", Span.DAY, "2026-11-29")
    return UsageReport(
        month,
        spent,
        today,
        spent_today=Spent(),
        by_purpose=((Purpose.REVIEW, spent),),
        accepted=accepted,
        priced=priced,
    )


SPENT = Spent(tokens=50_000, nano=int(0.5 * NANO), calls=12, input_tokens=40_000, cached_tokens=10_000, reviews=10)


def test_usage_says_what_a_review_and_an_accepted_change_cost_and_what_is_left() -> None:
    said = "\n".join(spending.lines(report(SPENT, Ceiling(dollars=2.0, tokens=200_000), accepted=4)))
    assert said == (
        "This month: $0.50 (50,000 tokens) in 12 calls to the model\n"
        "• Reviews: $0.50 (50,000 tokens)\n"
        "Per review: $0.05 (10 this month)\n"
        "Per accepted change: $0.12 (4 this month)\n"
        "From the provider's cache, which costs less: 25% of the input\n"
        "This month's budget: $1.50 of $2.00 left, 150,000 of 200,000 tokens left"
    )
    dollars_alone = spending.lines(report(SPENT, Ceiling(dollars=2.0)))
    assert dollars_alone[-1] == "This month's budget: $1.50 of $2.00 left"
    tokens_alone = spending.lines(report(SPENT, Ceiling(tokens=200_000)))
    assert tokens_alone[-1] == "This month's budget: 150,000 of 200,000 tokens left"
    assert "Per accepted change" not in spending.in_short(report(SPENT, Ceiling()))
    assert spending.NO_BUDGET in spending.in_short(report(SPENT, Ceiling()))
    assert "\nFrom the provider's cache, which costs less: 25% of the input\n" in spending.in_short(
        report(SPENT, Ceiling())
    )
    assert "cache" not in spending.in_short(report(Spent(tokens=5), Ceiling()))
    assert spending.lines(report(Spent(), Ceiling()))[0] == spending.NOT_YET
    assert spending.in_short(report(Spent(), Ceiling())) == f"{spending.NOT_YET}\n{spending.NO_BUDGET}"
    none = replace(SPENT, cached_tokens=0)
    assert "Nothing came from the provider's cache, which costs less" in spending.lines(report(none, Ceiling()))
    hardly = replace(SPENT, cached_tokens=3)
    assert "From the provider's cache, which costs less: less than 1% of the input" in "\n".join(
        spending.lines(report(hardly, Ceiling()))
    )
    assert Spent().cached_share == 0


def test_without_prices_only_tokens_are_told_and_a_budget_in_dollars_is_said_not_to_hold() -> None:
    said = "\n".join(spending.lines(report(SPENT, Ceiling(dollars=2.0), priced=False)))
    assert "This month: 50,000 tokens in 12 calls" in said
    assert "Per review: 5,000 tokens" in said
    assert spending.NO_PRICES in said
    assert spending.UNWATCHED in said
    assert spending.UNWATCHED not in "\n".join(spending.lines(report(SPENT, Ceiling(), priced=False)))


def test_brand_leads_hear_how_much_is_used_and_what_that_means() -> None:
    month = Account("T1", Span.MONTH, "2026-11", Ceiling(dollars=2.0, tokens=200_000))
    told = spending.mark(month, SPENT, 50)
    assert told.startswith(
        "50% of this month's budget for the language model has been used: $0.50 of $2.00 and 50,000 of"
    )
    assert "until the first of next month" in spending.used(month, SPENT, Amount(1, 1)).lower()
    assert "/candor settings" in spending.used(month, SPENT, Amount(1, 1))
    assert "the whole installation" in spending.used(Account(EVERYBODY, Span.DAY, "2026-11-29"), SPENT, Amount(1, 1))
    assert spending.money(0.0042) == "$0.0042"
    assert spending.money(0.00000012) == "less than $0.0001"
    assert spending.tokens(1) == "1 token"
    assert home.budgets(WorkspaceSettings()) == "no budget"
    assert home.unused(WorkspaceSettings()) == ""
    budgets = Budgets(Ceiling(tokens=20_000_000))
    assert home.unused(WorkspaceSettings(budgets=budgets)) == "*Budget*: 20,000,000 tokens a month, none used yet"
    assert set(settings.PAGES) == {"channels", "digest", "guidelines", "brand", "people", "costs"}


def test_what_is_set_aside_for_a_batch_outlives_its_process() -> None:
    accounts = (Account("T1", Span.DAY, "2026-11-29", Ceiling(tokens=5)), Account(EVERYBODY, Span.MONTH, "2026-11"))
    hold = Hold(accounts, Purpose.REVIEW, Amount(5, 7), share=HALF)
    again = Hold.read(hold.written())
    assert (again.purpose, again.most, again.share) == (hold.purpose, hold.most, HALF)
    assert [(one.team, one.span, one.period) for one in again.accounts] == [
        (one.team, one.span, one.period) for one in accounts
    ]
    usage, prices = Usage(1, 1000, 0, 100), ModelPrices(1.0, 0.1, 10.0)
    assert Amount.of(usage, prices, HALF) == Amount(1100, Amount.of(usage, prices).nano // 2)
