"""What came of the reviews, for brand leads and for whoever runs Candor."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from bot.core.digesting import Period
from bot.core.proof import MONTHS, Proof, months_until
from bot.core.spending import Account, Span, Spent

if TYPE_CHECKING:
    from bot.core.proof import ProofFigures
    from bot.core.spending import Ledger
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
