"""The weekly digest: when it is due, what it says, and that it is sent once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from bot.core.digesting import (
    ON_TIME,
    WEEK,
    Digest,
    Edition,
    EditionState,
    Period,
    due,
    latest_slot,
    period_until,
    schedule,
    week_of,
)
from bot.core.errors import Trouble, TryLater, Unreadable
from bot.core.settings import QuietWeek
from bot.core.words import digesting as words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.core.brand.facts import EvidenceLapse
    from bot.core.digesting import (
        Board,
        DigestFigures,
        DigestJobs,
        DigestWorkspaces,
        Due,
        Editions,
        Exceptions,
        SignOffsUnderWay,
    )
    from bot.core.ports import Clock, Step
    from bot.core.settings import WorkspaceSettingsOf
    from bot.core.watching import Audience, SeenChannels
    from bot.flows.watching import TellLeads


# Put a digest together: what was counted, what waits, and what changed since the week before.


@dataclass(frozen=True, slots=True)
class ComposeDigest:
    """Counts anew each time: what was erased meanwhile is not in it."""

    settings: WorkspaceSettingsOf
    figures: DigestFigures
    sign_offs: SignOffsUnderWay
    exceptions: Exceptions
    evidence: Callable[[str], Awaitable[tuple[EvidenceLapse, ...]]]
    """What leans on evidence that lapses, for a workspace."""
    clock: Clock

    async def __call__(self, team: str, period: Period, missed: tuple[float, ...] = ()) -> Digest:
        now = self.clock.now()
        counts = await self.figures.of(team, period, now)
        return Digest(
            period,
            (await self.settings.of(team)).digest.zone,
            counts.figures,
            before=counts.before if counts.has_before(period) else None,
            must_fix_open=counts.must_fix_open,
            health=counts.health,
            waiting=await self.sign_offs.waiting(team),
            lapsing=await self.exceptions.lapsing(team, now + WEEK),
            evidence=await self.evidence(team),
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


# Send a week's digest: one post, and nothing twice.

_LEFT_BEHIND = 60.0
"""Seconds after which a week that another job took and did not post counts as left behind."""
_SOON, _LATER = 5.0, 10.0


@dataclass(frozen=True, slots=True)
class SendDigest:
    """The job behind it."""

    editions: Editions
    compose: ComposeDigest
    board: Board
    tell: TellLeads
    clock: Clock
    audience: Audience

    async def __call__(self, step: Step, team: str, week: str, attempt: int) -> str:
        """Run the steps; the result says in a word how it ended."""
        key = f"{team}:{week}:{attempt}"

        async def post(team: str, week: str) -> str:
            return await self.post(team, week, key)

        return await step("post", _for(team, week, post), key)

    async def post(self, team: str, week: str, owner: str) -> str:
        """Post it once, whoever else tries. Raises `TryLater` while Slack, or another job, stands in the way."""
        edition = await self._current(team, week)
        if edition is None:
            return "superseded"
        if edition.owner not in ("", owner) and abs(self.clock.now() - edition.reserved_at) < _LEFT_BEHIND:
            raise TryLater(_SOON)
        fresh = edition.owner == ""
        mine = await self.editions.claim(edition, owner)
        if mine is None:
            raise TryLater(_SOON)
        try:
            return await self._post(mine, fresh=fresh)
        except Unreadable as error:
            if error.trouble is Trouble.LATER:
                raise TryLater(_LATER) from None
        return await self._give_up(mine, words.undelivered)

    async def _current(self, team: str, week: str) -> Edition | None:
        """The week's digest where it is still to be posted. One that is a week old never is."""
        edition = await self.editions.find(team, week)
        if edition is None or edition.state is not EditionState.RESERVED:
            return None
        settings = await self._settings.of(team)
        if settings.digest.channel and latest_slot(settings.digest, self.clock.now()).moment < edition.slot + WEEK / 2:
            return edition
        await self.editions.settle(edition, EditionState.SKIPPED)
        return None

    async def _digest(self, edition: Edition) -> Digest:
        missed = await self.editions.missed(edition.team, edition.week)
        return await self.compose(edition.team, edition.period, missed)

    async def _post(self, mine: Edition, *, fresh: bool) -> str:
        settings = (await self._settings.of(mine.team)).digest
        mine = replace(mine, channel=await self.board.place(mine.team, settings.channel))
        if not fresh and (known := await self.board.find(mine)):
            await self.editions.settle(mine, EditionState.POSTED, mine.channel, ts=known)
            return "posted"
        if await self.audience.has_outsiders(mine.team, mine.channel):
            return await self._give_up(mine, words.with_outsiders)
        digest = await self._digest(mine)
        is_asked_for = latest_slot(settings, mine.slot).moment != mine.slot  # by hand, and not by the schedule
        if digest.is_quiet and settings.quiet_week is QuietWeek.NOTHING and not is_asked_for:
            await self.editions.settle(mine, EditionState.QUIET)
            return "quiet"
        now = self.clock.now()
        late = mine.slot if now - mine.slot > ON_TIME else None
        ts = await self.board.post(mine, replace(digest, late=late))
        if not (fresh and await self.editions.posted(mine, mine.channel, ts)):
            # Somebody slow may have posted beside this one: the first one stays.
            first = await self.board.find(mine) or ts
            if first != ts:
                await self.board.remove(mine.team, mine.channel, ts)
            await self.editions.settle(mine, EditionState.POSTED, mine.channel, ts=first)
        return "posted"

    async def _give_up(self, mine: Edition, why: Callable[[str, SeenChannels], str]) -> str:
        """Candor cannot post there, or should not: a person has to change that."""
        channel = (await self._settings.of(mine.team)).digest.channel
        key = f"digest:{mine.week}:{mine.slot}"  # the week may be sent by hand, and fail anew
        await self.tell(mine.team, key, partial(why, channel), channels=[channel])
        await self.editions.settle(mine, EditionState.SKIPPED)
        return "undelivered"

    @property
    def _settings(self) -> WorkspaceSettingsOf:
        return self.compose.settings


class Sent(Enum):
    """What becomes of a wish to send this week's digest at once."""

    NOW = "now"
    ALREADY = "already"
    """This week's was sent, or is just being sent."""
    NO_CHANNEL = "no_channel"


@dataclass(frozen=True, slots=True)
class SendDigestNow:
    """Sends this week's digest before its time, and counts as this week's. The caller asks who may do that."""

    editions: Editions
    settings: WorkspaceSettingsOf
    jobs: DigestJobs
    clock: Clock

    async def __call__(self, team: str) -> Sent:
        """It is durable when this returns."""
        now = self.clock.now()
        digest = (await self.settings.of(team)).digest
        if not digest.channel:
            return Sent.NO_CHANNEL
        week = week_of(digest, now)
        period = period_until(now, now - WEEK, await self.editions.last(team))
        if not await self.editions.reopen(Edition(team, week, now, period=period)):
            return Sent.ALREADY
        await self.jobs.send_digest(team, week, -int(now))
        return Sent.NOW


def _for(team: str, week: str, work: Callable[[str, str], Awaitable[str]]) -> Callable[[str], Awaitable[str]]:
    """The work on a week as a step, which is given a key only."""

    async def step(_: str) -> str:
        return await work(team, week)

    return step


# Find the digests that are due, reserve their week, and ask for each; note those that nobody sent in time.

_DAY = 24 * 3600.0
_GRACE = 120.0
"""Seconds by which a new schedule counts earlier than it was noticed."""


@dataclass(frozen=True, slots=True)
class SweepDigests:
    """Runs at start and every minute, in every process. The week's row in the store decides who was first."""

    workspaces: DigestWorkspaces
    settings: WorkspaceSettingsOf
    editions: Editions
    jobs: DigestJobs
    clock: Clock

    async def __call__(self) -> int:
        """Ask for what is due; how many digests that were."""
        return sum([await self._team(team) for team in self.workspaces.teams])

    async def _team(self, team: str) -> bool:
        now = self.clock.now()
        digest = (await self.settings.of(team)).digest
        begun = await self.editions.begun(team, schedule(digest), now) - _GRACE
        last = await self.editions.last(team)
        if found := due(digest, now, begun, last=last.week if last else ""):
            last = await self._open(team, found, last)
        if last is None or last.state is not EditionState.RESERVED:
            return False
        await self.jobs.send_digest(team, last.week, int((now - last.slot) // _DAY))
        return True

    async def _open(self, team: str, found: Due, last: Edition | None) -> Edition | None:
        await self.editions.skip(team, found.slot.week, found.missed)
        if found.missed:
            last = None
        period = period_until(found.slot.moment, found.previous.moment, last)
        edition = Edition(team, found.slot.week, found.slot.moment, period=period)
        return edition if await self.editions.open(edition) else await self.editions.find(team, edition.week)
