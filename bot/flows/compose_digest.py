"""Put a digest together: what was counted, what waits, and what changed since the week before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.digest import HORIZON, WEEK, Digest, Period, period_until
from bot.core.digest_counting import figures_of, has_before, health_of, must_fix_open
from bot.core.digest_schedule import latest_slot, week_of

if TYPE_CHECKING:
    from bot.core.digest_ports import DigestFigures, Editions, Exceptions, SignOffs
    from bot.core.ports import Clock
    from bot.core.settings_ports import WorkspaceSettingsOf


@dataclass(frozen=True, slots=True)
class ComposeDigest:
    """Counts anew each time: what was erased meanwhile is not in it."""

    settings: WorkspaceSettingsOf
    figures: DigestFigures
    sign_offs: SignOffs
    exceptions: Exceptions
    clock: Clock

    async def __call__(self, team: str, period: Period, missed: tuple[float, ...] = ()) -> Digest:
        """The digest of a period."""
        now = self.clock.now()
        facts = await self.figures.facts(team, Period(period.until - HORIZON, max(period.until, now)))
        return Digest(
            period,
            (await self.settings.of(team)).digest.zone,
            figures_of(facts, period),
            before=figures_of(facts, period.before) if has_before(facts, period) else None,
            must_fix_open=must_fix_open(facts, period),
            health=health_of(facts),
            waiting=await self.sign_offs.waiting(team),
            lapsing=await self.exceptions.lapsing(team, now + WEEK),
            missed=missed,
        )


@dataclass(frozen=True, slots=True)
class PreviewDigest:
    """This week's digest as it would be at this moment. Nothing is kept or posted."""

    compose: ComposeDigest
    editions: Editions
    clock: Clock

    async def __call__(self, team: str) -> Digest:
        """The digest; show it to whoever asked for it alone."""
        now = self.clock.now()
        digest = (await self.compose.settings.of(team)).digest
        period = period_until(now, now - WEEK, await self.editions.last(team))
        if now - period.since < WEEK / 7:  # one was sent just now: then show that one's days
            period = Period(latest_slot(digest, now - WEEK / 7).moment, now)
        return await self.compose(team, period, await self.editions.missed(team, week_of(digest, now)))
