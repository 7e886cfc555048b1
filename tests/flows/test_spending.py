"""Calls are paid out of budgets: set aside before, settled after, told of once."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.judging import Failure, ModelFailed, Usage
from bot.core.settings import WorkspaceSettings
from bot.core.spending import HALF, Amount, Budgets, Ceiling, Hold, ModelPrices, Purpose, Span, Spent
from bot.core.words import spending as words
from bot.flows import spending
from bot.flows.spending import Accounts, ShowUsage, SpendBudget
from bot.flows.watching import TellLeads
from tests.flows.fake_leads import FakeLeads, FakeMessages, FakeNotices, seeing
from tests.flows.fake_settings import FakeSettings
from tests.flows.fake_spending import FakeLedger
from tests.flows.fakes import FakeClock, straight_on

MOST = Usage(1, 300, 0, 100)
"""What a call may cost."""
COST = Usage(1, 300, 100, 50)
PRICES = ModelPrices(1.0, 0.1, 10.0)
MONTH = 31 * 24 * 3600.0


class House:
    """A workspace with a budget."""

    def __init__(self, budgets: Budgets, overall: Budgets | None = None, prices: ModelPrices | None = PRICES) -> None:
        self.clock, self.ledger, self.leads, self.messages = (
            FakeClock(straight_on),
            FakeLedger(),
            FakeLeads(),
            FakeMessages(),
        )
        self.settings = FakeSettings({"T1": WorkspaceSettings(budgets=budgets)})
        tell = TellLeads(self.leads, FakeNotices(self.clock), self.messages, seeing(self.leads)[0])
        self.accounts = Accounts(self.settings, self.clock, overall or Budgets(), prices)
        self.spend = SpendBudget(self.ledger, self.accounts, tell)

    async def call(self, usage: Usage | None = COST, team: str = "T1", purpose: Purpose = Purpose.REVIEW) -> None:
        await self.spend.end(await self.spend.begin(team, purpose, MOST), usage)

    @property
    def told(self) -> list[str]:
        return [text.partition(" ")[0] for text in self.messages.says.values()]


def month(tokens: int) -> Budgets:
    return Budgets(month=Ceiling(tokens=tokens))


async def test_a_call_that_may_cost_more_than_is_left_is_never_made() -> None:
    house = House(month(1000))
    await house.call()
    await house.call()
    with pytest.raises(ModelFailed) as failed:
        await house.call()
    assert failed.value.failure is Failure.MONTH_SPENT


async def test_a_call_waits_for_what_another_one_sets_aside_and_does_not_spend() -> None:
    house = House(month(1000))
    await house.call()
    first = await house.spend.begin("T1", Purpose.REVIEW, MOST)
    second = asyncio.create_task(house.call())
    await asyncio.sleep(0.01)
    assert not second.done()
    await house.spend.end(first, None)
    await second
    assert house.told == ["50%"]


async def test_it_does_not_wait_where_nothing_that_comes_back_would_do() -> None:
    house = House(month(1000))
    await house.call(MOST)
    await house.call(MOST)
    night = await house.spend.begin("T1", Purpose.REVIEW, Usage(1, 100), share=HALF)
    with pytest.raises(ModelFailed):
        await house.call()
    await house.spend.end(night, None)
    little = await house.spend.begin("T1", Purpose.REVIEW, Usage(1, 100))
    with pytest.raises(ModelFailed):
        await house.call()
    await house.spend.end(little, None)


async def test_what_others_set_aside_for_longer_is_no_used_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spending, "_PATIENCE", 0.01)
    house = House(month(1000))
    for _ in range(2):
        await house.spend.begin("T1", Purpose.REVIEW, MOST)
    with pytest.raises(ModelFailed) as failed:
        await house.call()
    assert (failed.value.failure, house.told) == (Failure.BUSY, [])
    house.settings.own["T1"] = WorkspaceSettings(budgets=month(1001))
    with pytest.raises(ModelFailed) as failed:
        await house.call()
    assert (failed.value.failure, house.told) == (Failure.BUSY, []), (
        "what is set aside counts for the changed budget too"
    )


async def test_what_nobody_spent_is_given_back_and_the_rest_counts_by_purpose() -> None:
    house = House(Budgets())
    await house.call()
    await house.call(None)
    await house.call(purpose=Purpose.CONVERSATION)
    await house.spend.reviewed("T1")
    house.ledger.used = 2
    report = await ShowUsage(house.ledger, house.accounts)("T1")
    assert report.spent == Spent(700, 2 * 710_000, 2, 600, 200, 1)
    assert [purpose for purpose, _ in report.by_purpose] == [Purpose.REVIEW, Purpose.CONVERSATION]
    assert (report.accepted, report.priced) == (2, True)


async def test_without_a_budget_nothing_is_set_aside_and_what_was_spent_counts() -> None:
    house = House(Budgets())
    hold = await house.spend.begin("T1", Purpose.REVIEW, MOST)
    assert not house.ledger.rows
    await house.spend.end(hold, COST)
    assert (await ShowUsage(house.ledger, house.accounts)("T1")).spent.tokens == 350
    night = await house.spend.begin("T1", Purpose.REVIEW, MOST, share=HALF)
    assert night.most.tokens == 400, "what lasts a night is set aside, as a budget may come meanwhile"


async def test_brand_leads_are_told_once_at_each_mark_and_when_it_is_used() -> None:
    house = House(month(2000))
    for _ in range(4):
        await house.call(MOST)
    assert house.told == ["50%", "75%"]
    await house.call(MOST)
    assert house.told == ["50%", "75%", "90%"]
    for _ in range(2):
        with pytest.raises(ModelFailed):
            await house.call()
    assert house.told == ["50%", "75%", "90%", "This"]
    assert len(house.messages.sent) == 4 * len(house.leads.users["T1"])


async def test_a_budget_that_was_changed_is_told_of_anew() -> None:
    house = House(month(800))
    for _ in range(2):
        await house.call(MOST)
    with pytest.raises(ModelFailed):
        await house.call(MOST)
    before = ["50%", "90%", "This"]
    assert house.told == before
    house.settings.own["T1"] = WorkspaceSettings(budgets=month(1600))
    await house.call(None)
    assert house.told == [*before, "50%"]
    for _ in range(2):
        await house.call(MOST)
    with pytest.raises(ModelFailed):
        await house.call(MOST)
    assert house.told == [*before, "50%", "75%", "90%", "This"]
    house.settings.own["T1"] = WorkspaceSettings(budgets=month(800))
    with pytest.raises(ModelFailed):
        await house.call(MOST)
    assert house.told == [*before, "50%", "75%", "90%", "This"]


async def test_a_message_that_slack_does_not_take_stops_no_call_and_comes_with_the_next() -> None:
    house = House(month(800))
    house.messages.fails = 1
    await house.call(MOST)
    assert house.told == []
    house.clock.time += 61
    await house.call(None)
    assert house.told == ["50%"]


async def test_on_the_first_of_the_month_there_is_a_new_budget() -> None:
    house = House(month(500))
    await house.call()
    with pytest.raises(ModelFailed):
        await house.call()
    house.clock.time += MONTH
    await house.call()


async def test_a_day_has_a_budget_of_its_own() -> None:
    house = House(Budgets(month=Ceiling(tokens=10_000), day=Ceiling(dollars=0.002)))
    await house.call()
    with pytest.raises(ModelFailed) as failed:
        await house.call()
    assert failed.value.failure is Failure.DAY_SPENT
    house.clock.time += MONTH / 31
    await house.call()
    await house.spend.forget_old()
    assert len([key for key in house.ledger.rows if len(key[1]) == len("2026-11-29")]) > 0


async def test_the_budget_of_all_workspaces_holds_for_each_and_is_told_nobody_before_it_is_used() -> None:
    house = House(Budgets(), overall=month(800))
    house.leads.users["T2"] = ("U9",)
    await house.call(team="T2")
    await house.call()
    assert house.told == []
    with pytest.raises(ModelFailed):
        await house.call()
    assert [user for user, _ in house.messages.sent] == ["U1", "U2"]
    assert "the whole installation" in next(iter(house.messages.says.values()))


async def test_without_prices_money_is_not_watched_and_the_report_says_so() -> None:
    house = House(Budgets(month=Ceiling(dollars=0.0001)), prices=None)
    await house.call()
    report = await ShowUsage(house.ledger, house.accounts)("T1")
    assert report.month.limits == Ceiling(dollars=0.0001)
    assert words.UNWATCHED in words.lines(report)
    assert all(account.limits == Ceiling() for account in await house.accounts.of("T1"))
    assert [account.span for account in await house.accounts.of("T1")] == [Span.MONTH, Span.DAY] * 2


async def test_a_batch_is_paid_at_half_the_price() -> None:
    house = House(Budgets(month=Ceiling(dollars=1.0)))
    hold = await house.spend.begin("T1", Purpose.REVIEW, MOST, HALF)
    await house.spend.end(Hold.read(hold.written()), COST)
    (month, *_) = [one for one in await house.accounts.of("T1") if one.team == "T1" and one.span is Span.MONTH]
    assert (await house.ledger.spent(month)).nano == Amount.of(COST, PRICES).nano // 2
