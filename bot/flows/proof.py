"""What came of the reviews, for brand leads and for whoever runs Candor."""

from __future__ import annotations

import asyncio
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from bot.core.digesting import Period
from bot.core.proof import MONTHS, FlaggedDraft, Proof, WouldFlag, months_until, would_flag
from bot.core.spending import Account, Span, Spent

if TYPE_CHECKING:
    from bot.core.ports import Drafts
    from bot.core.proof import ProofFigures
    from bot.core.spending import Ledger
    from bot.flows.audience import WhoSees
    from bot.flows.spending import Accounts


@dataclass(frozen=True, slots=True)
class ShowProof:
    """Counts anew each time: what was erased meanwhile is not in it."""

    figures: ProofFigures
    ledger: Ledger
    accounts: Accounts

    async def __call__(self, team: str, months: int = MONTHS) -> Proof:
        """In the current month and those before it."""
        period, zone, names = await self.period(team, months)
        spent = [astuple(await self.ledger.spent(Account(team, Span.MONTH, name))) for name in names]
        return Proof(
            period,
            zone,
            await self.figures.of(team, period),
            spent=Spent(*map(sum, zip(*spent, strict=True))),
            accepted=await self.ledger.accepted(team, period.since),
            priced=self.accounts.prices is not None,
        )

    async def period(self, team: str, months: int) -> tuple[Period, str, tuple[str, ...]]:
        """What is counted, in which time zone, and the months in it."""
        now = self.accounts.clock.now()
        zone = (await self.accounts.settings.of(team)).digest.zone
        since, names = months_until(now, zone, months)
        return Period(since, now), zone, names


# What each strictness would have flagged.

_DRAFTS = 100
_PATIENCE = 1.0
"""Seconds: a window must be opened within three."""


@dataclass(frozen=True, slots=True)
class CountFlagged:
    """Of the latest drafts of a channel, or of all that the person may read; fewer where counting takes long."""

    drafts: Drafts
    sees: WhoSees

    async def __call__(self, team: str, user: str, channel: str = "") -> WouldFlag:
        """For brand leads; without a ``channel``, of all of them."""
        asked = {channel} if channel else await self.drafts.channels(team)
        seen = await self.sees.channels(team, user, asked)
        loop = asyncio.get_running_loop()
        until = loop.time() + _PATIENCE
        counted: list[FlaggedDraft] = []
        for record in await self.drafts.latest(team, seen.channels, _DRAFTS):
            if loop.time() > until:
                break
            state = await self.drafts.state(record.id)
            one = FlaggedDraft.of(state) if state else None
            counted += [one] if one else []
        return would_flag(counted)
