"""What language models cost, in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.deciding import Decision
from bot.core.spending import NANO, Span, Spent
from bot.store.tables import SPENDING, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.core.judging import Usage
    from bot.core.spending import Account, Amount, Hold, Purpose
    from bot.store.database import Connection, Database

_ALL = ""
"""Stands for every purpose."""
_DAY = len("2026-11-29")


class _FullError(Exception):
    """Takes back what was set aside on the accounts before this one."""

    def __init__(self, account: Account) -> None:
        super().__init__(account.period)
        self.account = account


class SpendingLedger:
    """The `Ledger` port. Accounts are always taken in the same order, so that no two calls wait for each other."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def hold(self, hold: Hold) -> Account | None:
        try:
            async with self._database.write() as connection:
                for account in _in_order(hold.accounts):
                    await self._there(connection, account, _ALL)
                    await _set_aside(connection, account, hold.most)
        except _FullError as full:
            return full.account
        return None

    async def settle(self, hold: Hold, usage: Usage | None, amount: Amount) -> tuple[Spent, ...]:
        most = hold.most
        change = {"tokens": amount.tokens - most.tokens, "nano": amount.nano - most.nano}
        made = {"tokens": amount.tokens, "nano": amount.nano}
        if usage:
            read = {"input_tokens": usage.input_tokens, "cached_tokens": usage.cached_tokens}
            change, made = ({**one, **read, "calls": max(1, usage.calls)} for one in (change, made))
        async with self._database.write() as connection:
            for account in _in_order(hold.accounts):
                await _add(connection, account, change)
                if usage and account.span is Span.MONTH:
                    await self._there(connection, account, hold.purpose)
                    await _add(connection, account, made, purpose=hold.purpose)
            return tuple([await _spent(connection, account, _ALL) for account in hold.accounts])

    async def reviewed(self, accounts: Sequence[Account]) -> None:
        async with self._database.write() as connection:
            for account in _in_order(accounts):
                await self._there(connection, account, _ALL)
                await _add(connection, account, {"reviews": 1})

    async def spent(self, account: Account, purpose: Purpose | None = None) -> Spent:
        async with self._database.read() as connection:
            return await _spent(connection, account, purpose or _ALL)

    async def accepted(self, team: str, since: float) -> int:
        """How many suggested changes people have used since then, in drafts that are still there."""
        used = (VERDICTS.c.team == team) & (VERDICTS.c.decision == Decision.USED.value)
        later = used & (sa.cast(VERDICTS.c.at, sa.Float) >= since)
        query = sa.select(sa.func.count()).select_from(VERDICTS).where(later)
        async with self._database.read(alone=True) as connection:
            return int((await connection.execute(query)).scalar() or 0)

    async def forget(self, days: int) -> None:
        is_day = sa.func.length(SPENDING.c.period) == _DAY
        latest = sa.select(SPENDING.c.period).where(is_day).distinct().order_by(SPENDING.c.period.desc())
        oldest_kept = latest.offset(days - 1).limit(1).scalar_subquery()
        async with self._database.write(alone=True) as connection:
            await connection.execute(sa.delete(SPENDING).where(is_day & (SPENDING.c.period < oldest_kept)))

    async def _there(self, connection: Connection, account: Account, purpose: str) -> None:
        key = {"team": account.team, "period": account.period, "purpose": purpose}
        await connection.execute(self._database.insert(SPENDING).values(key).on_conflict_do_nothing())


def _in_order(accounts: Iterable[Account]) -> list[Account]:
    return sorted(accounts, key=lambda one: (one.team, one.period))


def _is(account: Account, purpose: str) -> sa.ColumnElement[bool]:
    here = (SPENDING.c.team == account.team) & (SPENDING.c.period == account.period)
    return here & (SPENDING.c.purpose == purpose)


async def _set_aside(connection: Connection, account: Account, most: Amount) -> None:
    """In the one statement that also looks whether there is room. Raises `_FullError` where there is none."""
    room, limits = _is(account, _ALL), account.limits
    if limits.tokens is not None:
        room &= SPENDING.c.tokens + most.tokens <= limits.tokens
    if limits.dollars is not None:
        room &= SPENDING.c.nano + most.nano <= int(limits.dollars * NANO)
    added = {"tokens": SPENDING.c.tokens + most.tokens, "nano": SPENDING.c.nano + most.nano}
    if not (await connection.execute(sa.update(SPENDING).where(room).values(added))).rowcount:
        raise _FullError(account)


async def _add(connection: Connection, account: Account, change: dict[str, int], *, purpose: str = _ALL) -> None:
    values = {name: SPENDING.c[name] + number for name, number in change.items()}
    await connection.execute(sa.update(SPENDING).where(_is(account, purpose)).values(values))


async def _spent(connection: Connection, account: Account, purpose: str) -> Spent:
    columns = (SPENDING.c[name] for name in ("tokens", "nano", "calls", "input_tokens", "cached_tokens", "reviews"))
    row = (await connection.execute(sa.select(*columns).where(_is(account, purpose)))).mappings().first()
    return Spent(**row) if row else Spent()
