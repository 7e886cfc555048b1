"""What models cost, on both databases."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.deciding import Decision, Verdict
from bot.core.judging import Usage
from bot.core.spending import EVERYBODY, Account, Amount, Ceiling, Hold, Purpose, Span, Spent
from bot.store.database import Database
from bot.store.deciding import VerdictStore
from bot.store.settings import WorkspaceStore
from bot.store.spending import SpendingLedger
from bot.store.tables import SPENDING
from tests.store.samples import PLACE, message

if TYPE_CHECKING:
    from bot.store.drafts import DraftStore

MOST = Amount(400, 4000)
COST, PAID = Usage(2, 300, 100, 50), Amount(350, 900)


def accounts(limits: Ceiling, team: str = "T1") -> tuple[Account, ...]:
    overall = Account(EVERYBODY, Span.MONTH, "2026-11")
    return (overall, Account(team, Span.MONTH, "2026-11", limits), Account(team, Span.DAY, "2026-11-29"))


def hold(limits: Ceiling, team: str = "T1") -> Hold:
    return Hold(accounts(limits, team), Purpose.REVIEW, MOST)


async def test_the_most_is_set_aside_and_the_cost_takes_its_place(database: Database) -> None:
    ledger, one = SpendingLedger(database), hold(Ceiling())
    assert await ledger.hold(one) is None
    assert await ledger.spent(one.accounts[1]) == Spent(400, 4000)
    settled = await ledger.settle(one, COST, PAID)
    assert settled == (Spent(350, 900, 2, 300, 100),) * 3
    await ledger.reviewed(one.accounts)
    assert (await ledger.spent(one.accounts[1])).reviews == 1
    assert await ledger.spent(one.accounts[1], Purpose.REVIEW) == settled[0]
    assert await ledger.spent(one.accounts[1], Purpose.PICTURES) == Spent()


async def test_a_call_that_was_never_made_leaves_nothing(database: Database) -> None:
    ledger, one = SpendingLedger(database), hold(Ceiling())
    await ledger.hold(one)
    assert await ledger.settle(one, None, Amount(0, 0)) == (Spent(),) * 3


async def test_what_one_account_refuses_is_set_aside_on_none(database: Database) -> None:
    ledger = SpendingLedger(database)
    for limits in (Ceiling(tokens=399), Ceiling(dollars=0.0000039)):
        one = hold(limits)
        assert await ledger.hold(one) == one.accounts[1]
        assert [await ledger.spent(account) for account in one.accounts] == [Spent()] * 3


async def test_two_processes_that_race_to_the_limit_make_no_call_after_it(url: str, database: Database) -> None:
    """Each has connections of its own; ten calls fit, whoever makes them."""
    others = [Database(url), Database(url)]
    one, made = hold(Ceiling(tokens=10 * MOST.tokens)), list[int]()

    async def work(number: int) -> None:
        ledger = SpendingLedger(others[number % 2])
        if await ledger.hold(one) is None:
            made.append(number)
            await ledger.settle(one, Usage(1, MOST.tokens, 0, 0), MOST)

    try:
        await asyncio.gather(*(work(number) for number in range(24)))
    finally:
        await asyncio.gather(*(other.close() for other in others))
    assert len(made) == 10
    assert (await SpendingLedger(database).spent(one.accounts[1])).tokens == 10 * MOST.tokens


async def test_old_days_go_by_any_clock_and_an_erased_workspace_leaves_only_the_sum(database: Database) -> None:
    ledger = SpendingLedger(database)
    await ledger.hold(hold(Ceiling()))
    await ledger.hold(Hold((Account("T1", Span.DAY, "2026-09-30"),), Purpose.REVIEW, MOST))
    await ledger.forget(2)
    assert len(await _periods(database)) == 4
    await ledger.forget(1)
    assert await _periods(database) == {("", "2026-11"), ("T1", "2026-11"), ("T1", "2026-11-29")}
    await WorkspaceStore(database).erase("T1")
    assert await _periods(database) == {("", "2026-11")}


async def _periods(database: Database) -> set[tuple[str, str]]:
    async with database.read() as connection:
        return {
            (row.team, row.period) for row in await connection.execute(sa.select(SPENDING.c.team, SPENDING.c.period))
        }


async def test_changes_that_people_used_are_counted_from_the_first_of_the_month(
    database: Database, drafts: DraftStore
) -> None:
    await drafts.add(message())
    verdicts = VerdictStore(database)
    for number, decision in enumerate((Decision.USED, Decision.USED, Decision.DISMISSED)):
        at = f"{1_700_000_000 + number}.000100"
        await verdicts.record(PLACE.draft_id, Verdict(f"f{number}", decision, "U1", at, "0"))
    ledger = SpendingLedger(database)
    assert [await ledger.accepted("T1", since) for since in (1_700_000_000.0, 1_700_000_001.0, 1_800_000_000.0)] == [
        2,
        1,
        0,
    ]
    assert await ledger.accepted("T2", 0.0) == 0
