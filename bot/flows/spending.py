"""Calls to language models are paid out of budgets, and people see what was spent."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from bot.core.errors import TryLater
from bot.core.judging import Failure, ModelFailed, Usage
from bot.core.spending import (
    DAYS_KEPT,
    EVERYBODY,
    SPENT,
    Account,
    Amount,
    Budgets,
    Ceiling,
    Hold,
    Purpose,
    Span,
    UsageReport,
    begins,
    mark_reached,
    period,
)
from bot.core.words import spending as words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.core.ports import Clock
    from bot.core.settings import WorkspaceSettingsOf
    from bot.core.spending import Ledger, ModelPrices, Spent
    from bot.core.watching import SeenChannels

    Tell = Callable[[str, str, Callable[[SeenChannels], str]], Awaitable[bool]]
    """Tells the brand leads of a workspace something, each once."""

_ZONE = "UTC"
"""In which all workspaces together have their days and months."""
_PATIENCE = 5.0
"""Seconds that a call waits for what others have set aside: most of it comes back, as few calls cost what they may."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Which accounts a workspace's calls are paid from, with the limits that can be watched.

    ``overall`` are the budgets of all workspaces together; without ``prices`` only tokens are counted.
    """

    settings: WorkspaceSettingsOf
    clock: Clock
    overall: Budgets
    prices: ModelPrices | None

    async def of(self, team: str) -> tuple[Account, ...]:
        """Those of all workspaces first, then the workspace's own."""
        settings, now = await self.settings.of(team), self.clock.now()
        payers = ((EVERYBODY, self.overall, _ZONE), (team, settings.budgets, settings.digest.zone))
        return tuple(
            Account(payer, span, period(span, now, zone), limits=self.watched(budgets.of(span)))
            for payer, budgets, zone in payers
            for span in Span
        )

    def watched(self, limits: Ceiling) -> Ceiling:
        """The limits that can be watched: money only where prices are known."""
        return limits if self.prices else Ceiling(tokens=limits.tokens)


class _CallsUnderWay:
    """What calls of this process have set aside and not settled yet."""

    def __init__(self) -> None:
        self._holds: list[Hold] = []
        self.ended = asyncio.Event()
        """Set as soon as one more has ended; then there is another one."""

    def begin(self, hold: Hold) -> None:
        self._holds.append(hold)

    def end(self, hold: Hold) -> None:
        if hold in self._holds:
            self._holds.remove(hold)
            self.ended.set()
            self.ended = asyncio.Event()

    def may_leave_room(self, account: Account, spent: Spent, most: Amount) -> bool:
        """True if so much would fit in case none of them costs anything."""
        place = (account.team, account.period)  # its limits may have changed meanwhile
        held = [one.most for one in self._holds if any((a.team, a.period) == place for a in one.accounts)]
        tokens, nano = sum(one.tokens for one in held), sum(one.nano for one in held)
        return bool(held) and account.can_hold(
            Amount(spent.tokens - tokens + most.tokens, spent.nano - nano + most.nano)
        )


@dataclass(frozen=True, slots=True)
class SpendBudget:
    """The `Budget` port. What a call costs at most is set aside before it and settled after it.

    A call whose process dies counts as much as it could have cost: nobody knows better. Without a budget nothing is set
    aside, and a call whose process dies isn't counted.
    """

    ledger: Ledger
    accounts: Accounts
    tell: Tell
    under_way: _CallsUnderWay = field(default_factory=_CallsUnderWay)

    async def begin(self, team: str, purpose: Purpose, most: Usage, share: float = 1.0) -> Hold:
        accounts = await self.accounts.of(team)
        if share == 1 and not any(account.limits for account in accounts):
            return Hold(accounts, purpose, Amount(0, 0))
        hold = Hold(accounts, purpose, Amount.of(most, self.accounts.prices, share), share=share)
        if refused := await self._without_room(hold):
            full, spent = refused
            if self.under_way.may_leave_room(full, spent, hold.most):
                raise ModelFailed(Failure.BUSY)  # nothing of it is spent yet
            # A budget that was changed is another one: what was told of the old one says nothing of it.
            said = partial(words.used, full, spent, hold.most)
            await self._tell(team, f"budget:{full.team}:{full.period}:{full.limits}:used", said)
            raise ModelFailed(SPENT[full.span])
        if share == 1:  # the others last a night, and none of them is waited for
            self.under_way.begin(hold)
        return hold

    async def _without_room(self, hold: Hold) -> tuple[Account, Spent] | None:
        """The account that has no room for it, also if others under way cost less than they may, and what it holds."""
        now = asyncio.get_running_loop().time
        until = now() + _PATIENCE
        while True:
            ended = self.under_way.ended
            full = await self.ledger.hold(hold)
            if full is None:
                return None
            spent = await self.ledger.spent(full)
            if not (self.under_way.may_leave_room(full, spent, hold.most) or ended.is_set()):
                return full, spent
            waiting = asyncio.ensure_future(ended.wait())
            await asyncio.wait({waiting}, timeout=max(0.0, until - now()))
            waiting.cancel()
            if not ended.is_set():
                return full, spent

    async def end(self, hold: Hold, usage: Usage | None) -> None:
        try:
            await self._settle(hold, usage)
        finally:
            self.under_way.end(hold)

    async def _settle(self, hold: Hold, usage: Usage | None) -> None:
        amount = Amount.of(usage or Usage(), self.accounts.prices, hold.share)
        spent = await self.ledger.settle(hold, usage, amount)
        for account, now in zip(hold.accounts, spent, strict=True):
            mark = mark_reached(account, now)
            # What all workspaces spend together is no one's business in any of them.
            if mark and account.team != EVERYBODY:
                key = f"budget:{account.period}:{account.limits}:{mark}"
                await self._tell(account.team, key, partial(words.mark, account, now, mark))

    async def reviewed(self, team: str) -> None:
        await self.ledger.reviewed(await self.accounts.of(team))

    async def _tell(self, team: str, key: str, text: partial[str]) -> None:
        """Each brand lead once; if not now, with the next call."""
        with suppress(TryLater):
            await self.tell(team, key, lambda _: text())

    async def forget_old(self) -> None:
        """Delete the days that nobody asks about any more."""
        await self.ledger.forget(DAYS_KEPT)


@dataclass(frozen=True, slots=True)
class ShowUsage:
    """What a workspace spent this month, and what is left."""

    ledger: Ledger
    accounts: Accounts

    async def __call__(self, team: str) -> UsageReport:
        """At this moment."""
        settings, now = await self.accounts.settings.of(team), self.accounts.clock.now()
        month, today = (one for one in await self.accounts.of(team) if one.team == team)
        zone = settings.digest.zone
        by_purpose = [(purpose, await self.ledger.spent(month, purpose)) for purpose in Purpose]
        return UsageReport(
            month=replace(month, limits=settings.budgets.month),
            spent=await self.ledger.spent(month),
            today=replace(today, limits=settings.budgets.day),
            spent_today=await self.ledger.spent(today),
            by_purpose=tuple((purpose, spent) for purpose, spent in by_purpose if spent.calls),
            accepted=await self.ledger.accepted(team, begins(Span.MONTH, now, zone)),
            priced=self.accounts.prices is not None,
        )
