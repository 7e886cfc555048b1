"""What language models cost, in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.deciding import Decision
from bot.core.spending import Span, Spent
from bot.store.tables import SPENDING, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.core.judging import Usage
    from bot.core.spending import Account, Amount, Hold, Purpose
    from bot.store.database import Connection, Database

_ALL = ""
"""Stands for every purpose."""
_DAY = len("2026-11-29")
_KEY = ("team", "period", "purpose")
_AMOUNTS = tuple(SPENDING.c[name] for name in ("tokens", "nano", "calls", "input_tokens", "cached_tokens", "reviews"))


class _FullError(Exception):
    """Takes back what was set aside on the other accounts."""

    def __init__(self, account: Account) -> None:
        super().__init__(account.period)
        self.account = account


class SpendingLedger:
    """The `Ledger` port. Rows are always taken in the same order, so that no two calls wait for each other."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def hold(self, hold: Hold) -> Account | None:
        most, limited = hold.most, any(account.limits for account in hold.accounts)
        change = {"tokens": most.tokens, "nano": most.nano}
        for account in _in_order(hold.accounts):
            if not account.can_hold(most):  # a new row is not compared with anything
                return account
        try:
            async with self._database.write(alone=not limited) as connection:
                changes = {_key(account): change for account in hold.accounts}
                room = sa.and_(*(~_is(account) | _has_room(account, most) for account in hold.accounts))
                done = await self._add(connection, changes, room if limited else None)
                _raise_where_full([one for one in _in_order(hold.accounts) if _key(one) not in done])
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
        changes = {_key(account): change for account in hold.accounts}
        if usage:
            months = (account for account in hold.accounts if account.span is Span.MONTH)
            changes |= {_key(account, hold.purpose): made for account in months}
        async with self._database.write(alone=True) as connection:
            done = await self._add(connection, changes)
        return tuple(done[_key(account)] for account in hold.accounts)

    async def reviewed(self, accounts: Sequence[Account]) -> None:
        async with self._database.write(alone=True) as connection:
            await self._add(connection, {_key(account): {"reviews": 1} for account in accounts})

    async def spent(self, account: Account, purpose: Purpose | None = None) -> Spent:
        query = sa.select(*_AMOUNTS).where(_is(account, purpose or _ALL))
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(query)).mappings().first()
            return Spent(**row) if row else Spent()

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

    async def _add(
        self,
        connection: Connection,
        changes: Mapping[tuple[str, str, str], Mapping[str, int]],
        room: sa.ColumnElement[bool] | None = None,
    ) -> dict[tuple[str, str, str], Spent]:
        """Add to many rows in one statement, those with ``room``, and what they hold then; missing ones are made."""
        rows = [dict(zip(_KEY, key, strict=True)) | {**change} for key, change in sorted(changes.items())]
        insert = self._database.insert(SPENDING).values(rows)
        added = {name: SPENDING.c[name] + insert.excluded[name] for name in rows[0] if name not in _KEY}
        upsert = insert.on_conflict_do_update(index_elements=_KEY, set_=added, where=room)
        done = (await connection.execute(upsert.returning(SPENDING))).mappings()
        return {tuple(row[name] for name in _KEY): Spent(**{of.name: row[of.name] for of in _AMOUNTS}) for row in done}


def _in_order(accounts: Iterable[Account]) -> list[Account]:
    return sorted(accounts, key=lambda one: (one.team, one.period))


def _raise_where_full(accounts: Sequence[Account]) -> None:
    """So that the transaction is taken back."""
    if accounts:
        raise _FullError(accounts[0])


def _key(account: Account, purpose: str = _ALL) -> tuple[str, str, str]:
    return account.team, account.period, purpose


def _is(account: Account, purpose: str = _ALL) -> sa.ColumnElement[bool]:
    return sa.and_(*(SPENDING.c[name] == part for name, part in zip(_KEY, _key(account, purpose), strict=True)))


def _has_room(account: Account, most: Amount) -> sa.ColumnElement[bool]:
    limits, room = account.limits, sa.true()
    if limits.tokens is not None:
        room &= SPENDING.c.tokens + most.tokens <= limits.tokens
    if limits.nano is not None:
        room &= SPENDING.c.nano + most.nano <= limits.nano
    return room
