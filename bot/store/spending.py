"""What language models cost, in the database."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.deciding import Decision
from bot.core.spending import Ceiling, Span, Spent
from bot.store.tables import SPENDING, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.core.judging import Usage
    from bot.core.spending import Account, Amount, Hold, Purpose
    from bot.store.database import Connection, Database

_ALL = ""
"""Stands for every purpose."""
_DAY = len("2026-11-29")
_KEY = ("team", "period", "purpose")
_NAMES = ("tokens", "nano", "calls", "input_tokens", "cached_tokens", "reviews")
_AMOUNTS = tuple(SPENDING.c[name] for name in _NAMES)
_LIMITED = ("tokens", "nano")
_NO_LIMIT = 2**62
"""More than anybody spends."""


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
                limits = {_key(account): account.limits for account in hold.accounts}
                done = await self._add(connection, changes, limits if limited else None)
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
        limits: Mapping[tuple[str, str, str], Ceiling] | None = None,
    ) -> dict[tuple[str, str, str], Spent]:
        """Add to many rows at once, those within ``limits``, and what they hold then; missing ones are made."""
        rows = sorted(changes.items())
        values = {
            f"{name}{at}": part
            for at, (key, change) in enumerate(rows)
            for name, part in (*zip(_KEY, key, strict=True), *((name, change.get(name, 0)) for name in _NAMES))
        }
        for at, (key, _) in enumerate(rows if limits else ()):
            values |= {f"most_{name}{at}": most for name, most in _most((limits or {}).get(key, Ceiling()))}
        done = (await connection.execute(_adding(len(rows), limited=bool(limits)), values)).mappings()
        return {tuple(row[name] for name in _KEY): Spent(**{name: row[name] for name in _NAMES}) for row in done}


@cache
def _adding(rows: int, *, limited: bool) -> sa.TextClause:
    """The statement that adds to so many rows.

    Written out, because SQLAlchemy compiles an INSERT of many rows anew each time, which takes longer than to run it.
    """
    names = (*_KEY, *_NAMES)
    values = ", ".join(f"({', '.join(f':{name}{at}' for name in names)})" for at in range(rows))
    added = ", ".join(f"{name} = spending.{name} + excluded.{name}" for name in _NAMES)
    room = " AND ".join(map(_room, range(rows))) if limited else "TRUE"
    return sa.text(
        f"INSERT INTO spending ({', '.join(names)}) VALUES {values} "  # noqa: S608 - names from here
        f"ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET {added} WHERE {room} RETURNING {', '.join(names)}"
    )


def _room(at: int) -> str:
    """That the row is another one, or has room for what is added."""
    other = " OR ".join(f"spending.{name} <> :{name}{at}" for name in _KEY)
    left = " AND ".join(f"spending.{name} + excluded.{name} <= :most_{name}{at}" for name in _LIMITED)
    return f"({other} OR ({left}))"


def _most(limits: Ceiling) -> Iterator[tuple[str, int]]:
    for name, most in (("tokens", limits.tokens), ("nano", limits.nano)):
        yield name, _NO_LIMIT if most is None else most


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
