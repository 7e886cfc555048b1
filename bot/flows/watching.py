"""What was missed is caught up: sweeps, channels that cannot be read, jobs put aside, and leads who are told."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from bot.core.drafts import Changed, Deleted, Posted
from bot.core.errors import ARCHIVED, LEFT, Trouble, TryLater, Unreadable
from bot.core.judging import ReviewState
from bot.core.watching import LONGEST, MODEL_FAILS, SILENCED, UNREAD, Gap, Notice, SeenChannels, Undelivered, Unread
from bot.core.words import watching as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.core.drafts import MessageEvent, Place
    from bot.core.judging import ModelPart
    from bot.core.ports import Clock, Drafts, Jobs, Watermarks
    from bot.core.reviewing import DraftRecord, ReviewJob
    from bot.core.settings import WorkspaceSettingsOf
    from bot.core.watching import BrandLeads, Channels, DirectMessages, Notices, Presence
    from bot.flows.audience import WhoSees
    from bot.flows.muting import IsMuted
    from bot.flows.receiving import ReceiveMessage


# Who the brand leads are: whom the workspace named, or else whoever Slack says is in charge.


@dataclass(frozen=True, slots=True)
class NamedLeads:
    """The `BrandLeads` port. Where the installation names them (``overridden``), no workspace does."""

    settings: WorkspaceSettingsOf
    otherwise: BrandLeads
    overridden: bool

    async def of(self, team: str) -> tuple[str, ...]:
        """Their user ids. Raises `TryLater` where Slack does not answer."""
        named = () if self.overridden else (await self.settings.of(team)).brand_leads
        return named or await self.otherwise.of(team)

    async def includes(self, team: str, user: str) -> bool:
        named = () if self.overridden else (await self.settings.of(team)).brand_leads
        return user in named if named else await self.otherwise.includes(team, user)


# Tell every brand lead of a workspace something, each once.

_WEEK = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class TellLeads:
    """Sends direct messages. Whatever fails, dies or runs twice in between, asking again tells only who is left."""

    leads: BrandLeads
    notices: Notices
    messages: DirectMessages
    sees: WhoSees

    async def __call__(
        self, team: str, key: str, text: Callable[[SeenChannels], str], channels: Iterable[str] = (), *, offer: str = ""
    ) -> bool:
        """True when all of them have it; False while somebody else is at it. Raises `TryLater`.

        ``text`` says it to somebody who may see those of the ``channels`` (ids or names) that it is given; "" where
        there is nothing to say to that person.
        """
        about = tuple(channels)
        notices = [Notice(team, user, key) for user in await self.leads.of(team)]
        for notice in notices:
            if await self.notices.reserve(notice):
                seen = await self.sees.named(team, notice.user, about) if about else SeenChannels()
                if said := text(seen):
                    await self.messages.tell(notice, said, offer)
                await self.notices.told(notice)
        return all([await self.notices.is_told(notice) for notice in notices])

    async def may_not_post(self, record: DraftRecord, code: str) -> None:
        """They and whoever wrote the draft hear that it cannot be answered in its channel: once a week.

        Of a channel that is archived, or that Candor was removed from, `CheckChannels` tells them.
        """
        place, author = record.place, record.author_id
        key = f"{SILENCED}{place.channel}:{float(place.ts) // _WEEK:.0f}"
        with suppress(TryLater):
            if code not in (LEFT, ARCHIVED):
                await self(place.team, key, partial(words.may_not_post, place.channel, code), channels=[place.channel])
            theirs = Notice(place.team, author, key)  # who leads the brand, too, has just been told
            if await self.sees.audience.is_ours(place.team, author) and await self.notices.reserve(theirs):
                await self.messages.tell(theirs, words.unanswered(place.channel, code))
                await self.notices.told(theirs)

    async def model_fails(self, team: str, trouble: ModelPart) -> None:
        """They hear once of what waiting doesn't cure, or with the next draft; and anew after an answer."""
        with suppress(TryLater):
            await self(team, f"{MODEL_FAILS}{trouble}", partial(words.model_fails, trouble))


# Tell brand leads of channels that the settings name and that Candor is not in: after a change, and when one is gone.

_LOOK_AGAIN = 300.0
"""Seconds between two looks at channels that nobody changed in the settings: they are archived, deleted, left."""


@dataclass(slots=True)
class CheckChannels:
    """Runs at start and every minute. Slack is asked where the settings have changed since, or some minutes later."""

    channels: Channels
    tell: TellLeads
    clock: Clock
    _checked: dict[str, tuple[frozenset[str], float]] = field(
        default_factory=dict[str, tuple[frozenset[str], float]], init=False
    )
    _there: dict[str, set[str]] = field(default_factory=dict[str, set[str]], init=False)
    """What was found in each workspace once."""

    async def __call__(self) -> None:
        for team in self.channels.teams:
            wanted, now = await self.channels.wanted(team), self.clock.now()
            before, looked_at = self._checked.get(team, (None, 0.0))
            is_recent = wanted == before and 0 <= now - looked_at < _LOOK_AGAIN
            if not is_recent and await self._check(team, wanted):
                self._checked[team] = (wanted, now)

    async def _check(self, team: str, wanted: frozenset[str]) -> bool:
        """True where every brand lead knows what there is to know."""
        before = self._there.setdefault(team, set())
        try:
            on = await self.channels.switched_on(team)
        except Unreadable as error:
            return await self._told(Unread(team, "", error.trouble, code=error.code))
        there = frozenset[str]().union(*on.values())
        # A name that the installation gives for every workspace need not be in each: the catch-up knows better.
        everywhere = wanted == self.channels.shared and len(self.channels.teams) > 1
        absent = (wanted & before if everywhere else wanted) - there
        before |= there
        return all([await self._told(Unread(team, name, Trouble.ABSENT)) for name in sorted(absent)])

    async def _told(self, one: Unread) -> bool:
        if one.trouble is Trouble.LATER:
            return False
        try:
            return await self.tell(
                one.team, one.key, partial(words.unread, one), channels=[one.channel] if one.channel else []
            )
        except TryLater:
            return False


# Over HTTP nobody says that Slack cannot get through, so what it could not deliver is looked for.

_SOONEST, _LATEST = 300.0, 3600.0
"""Seconds between two looks at a channel: the longer it has been silent, the rarer."""
_OF_THE_SILENCE = 0.25
_GRACE = 60.0
"""Seconds for which a message may be on its way."""
_CHECK_DELIVERY_MOST = 20
"""Channels of one workspace in one pass; each is a call to Slack, which allows about 50 a minute."""


@dataclass(slots=True)
class CheckDelivery:
    """Runs every few minutes. What it finds goes through the same door as live events, which know each draft once."""

    channels: Channels
    drafts: Drafts
    watermarks: Watermarks
    receive: ReceiveMessage
    tell: TellLeads
    clock: Clock
    is_behind: bool = field(default=False, init=False)
    """True from when something was found until Slack gets through again."""
    _began: float = field(init=False)
    _checked: dict[tuple[str, str], float] = field(default_factory=dict[tuple[str, str], float], init=False)
    _untold: list[Undelivered] = field(default_factory=list[Undelivered], init=False)
    _retried: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """What came before is the catch-up's."""
        self._began = self.clock.now()

    def arrived(self, *, retried: bool) -> None:
        """Slack got through; ``retried`` says that it did not at first, so that other things may be lost."""
        self.is_behind = False
        self._retried = self._retried or retried

    async def __call__(self) -> list[Undelivered] | None:
        """What was found; None where there is no sign that anything was lost, edits and deletions included."""
        retried, self._retried = self._retried, False
        found: list[Undelivered] = []
        for team in self.channels.teams:
            channels = await self._team(team)
            if count := sum(channels.values()):
                self.is_behind = True
                found.append(Undelivered(team, tuple(channels), count, found_at=self.clock.now()))
        self._untold = [one for one in [*self._untold, *found] if not await self._told(one)]
        return found if found or retried else None

    async def _team(self, team: str) -> dict[str, int]:
        """How many drafts each channel had that nobody delivered; only those that had any."""
        found: dict[str, int] = {}
        with suppress(Unreadable):  # the next pass looks again; to insist would use up what Slack allows
            due = [channel for channel in await self.channels.switched_on(team) if await self._is_due(team, channel)]
            for channel in sorted(due, key=lambda one: self._last_look(team, one))[:_CHECK_DELIVERY_MOST]:
                if count := await self._channel(team, channel):
                    found[channel] = count
        return found

    def _last_look(self, team: str, channel: str) -> float:
        return self._checked.get((team, channel), self._began)

    async def _is_due(self, team: str, channel: str) -> bool:
        seen = await self.watermarks.seen_between(team, channel)
        now = self.clock.now()
        if seen is None:  # a channel that is new to Candor
            await self.watermarks.seen(team, channel, f"{now:.6f}")
            return False
        pause = min(max(_SOONEST, _OF_THE_SILENCE * (now - float(seen[1]))), _LATEST)
        return now - self._last_look(team, channel) >= pause

    async def _channel(self, team: str, channel: str) -> int:
        now, first = self.clock.now(), await self.watermarks.seen_between(team, channel)
        since = max(self._last_look(team, channel) - 2 * _GRACE, float(first[0]) if first else now)
        count = 0
        async for event in self.channels.history(team, channel, since):
            count += await self._was_missed(event, since, now - _GRACE)
        self._checked[team, channel] = now
        return count

    async def _was_missed(self, event: MessageEvent, since: float, until: float) -> bool:
        """True for a draft that is known only now."""
        if isinstance(event, Deleted):
            return False
        place = event.message.place
        if not since < float(place.ts) <= until or await self.drafts.find(place.draft_id):
            return False
        await self.receive(event)
        return await self.drafts.find(place.draft_id) is not None

    async def _told(self, one: Undelivered) -> bool:
        try:
            return await self.tell(one.team, one.key, partial(words.undelivered, one), channels=one.channels)
        except TryLater:
            return False


# Read what happened while nobody listened: in the switched-on channels, and to the drafts elsewhere.

_FOLLOWED = 7 * LONGEST
"""Seconds for which a draft that no history shows is looked at by itself."""
_SHORT = 600.0
"""Seconds of absence in which no older draft is looked at by itself."""
_FRESH = 3600.0
"""Seconds for which one is, even then: most edits and deletions come soon."""
_CATCH_UP_MOST = 100
"""Such looks in one workspace; each is a call to Slack."""


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Runs after a start or a reconnect and hands everything to the same door as live events.

    That door knows each draft only once, so what had arrived before changes nothing. A channel or a workspace that
    cannot be read does not stop the others.
    """

    channels: Channels
    drafts: Drafts
    watermarks: Watermarks
    receive: ReceiveMessage
    clock: Clock
    late: Callable[[str], float] = lambda _: 0.0
    """When Slack was first asked for a workspace that joined late; 0 for every other."""

    async def __call__(self, since: float | None = None) -> list[Unread]:
        """Read everything since then (seconds since 1970; a day at most), and say what could not be read.

        After a short break, only drafts of the last hour are looked at by themselves: Slack delivers again for minutes.
        """
        longest = self.clock.now() - LONGEST
        since = longest if since is None else max(since, longest)
        unread: list[Unread] = []
        absent: dict[str, frozenset[str]] = {}
        named: set[str] = set()
        for team in self.channels.teams:
            wanted = await self.channels.wanted(team)
            try:
                on = await self.channels.switched_on(team)
            except Unreadable as error:
                unread.append(Unread(team, "", error.trouble, code=error.code))
                named |= wanted  # any of them may be here
                continue
            here = frozenset[str]().union(*on.values())
            named |= here
            absent[team] = wanted - here
            unread += await self._team(team, list(on), since)
        return unread + [u for team, names in absent.items() for u in await self._absent(team, names, named)]

    async def _absent(self, team: str, names: frozenset[str], named: set[str]) -> list[Unread]:
        """A name that holds for every workspace need not be in each."""
        if await self.channels.wanted(team) == self.channels.shared:
            names -= named
        return [Unread(team, name, Trouble.ABSENT) for name in sorted(names)]

    async def _team(self, team: str, on: list[str], since: float) -> list[Unread]:
        # Asked for before the histories, so that what is posted meanwhile needs no look of its own.
        now = self.clock.now()
        drafts = await self.drafts.live(team, now - (_FOLLOWED if now - since > _SHORT else _FRESH))
        known = frozenset(record.id for record in drafts)
        unread: dict[str, Unread] = {}
        there: set[str] = set()
        for channel in on:
            try:
                there |= await self._channel(team, channel, known, since=since)
            except Unreadable as error:
                unread[channel] = Unread(team, channel, error.trouble, code=error.code)
        await self._follow([r for r in drafts if r.id not in there and r.place.channel not in unread])
        return list(unread.values())

    async def _channel(self, team: str, channel: str, known: frozenset[str], since: float) -> set[str]:
        """Read back one channel; the ids of what stands there."""
        seen = await self.watermarks.seen_between(team, channel)
        if seen is None:
            late = self.late(team)
            await self.watermarks.seen(team, channel, f"{late or self.clock.now():.6f}")
            if not late:
                return set()
            seen = (f"{late:.6f}", "")
        there: set[str] = set()
        async for event in self.channels.history(team, channel, since):
            place = _place(event)
            there.add(place.draft_id)
            if place.draft_id in known or float(place.ts) > float(seen[0]):
                await self.receive(event)
        return there

    async def _follow(self, drafts: list[DraftRecord]) -> None:
        """Look at drafts that no history showed: of direct messages, other channels, threads, or older than a day."""
        closed: set[str] = set()
        for record in drafts[:_CATCH_UP_MOST]:
            if record.place.channel in closed:
                continue
            try:
                event = await self.channels.look(record.place)
            except Unreadable as error:
                if error.trouble is Trouble.LATER:
                    return  # the next catch-up looks again; to insist would use up what Slack allows
                closed.add(record.place.channel)
                continue
            if not isinstance(event, Posted):
                await self.receive(event)


def _place(event: MessageEvent) -> Place:
    match event:
        case Posted(message) | Changed(message):
            return message.place
        case _:
            return event.place


# Find drafts whose review got lost, and replies that outlived their draft, and ask again.

_SETTLED = 30.0
"""Seconds that the way from event to job may take before the sweep looks at a draft."""
_FAILED = 900.0
"""Seconds after which a job that ended without an outcome gets another round; doubled with every round."""
_CARRIED_OUT, _LATE = 60.0, 660.0
"""Seconds after which it is looked what became of a call to Slack that was never answered, and looked again."""
_GIVEN_UP, _MOST_ROUNDS = 24 * 3600.0, 6
_PROMISE_ENDS, _MOST_PROMISED = 2 * _GIVEN_UP, 40
"""The same where a reply says that a review is still to come: after a day and many rounds, its own job says the end."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Runs at start and every minute. Asking twice for a job that runs or waits changes nothing."""

    drafts: Drafts
    jobs: Jobs
    clock: Clock
    is_muted: IsMuted | None = None

    async def __call__(self) -> int:
        """Ask again for what has no outcome; how many drafts that were."""
        now = self.clock.now()
        unanswered = await self.drafts.unanswered(now - _SETTLED, since=now - _PROMISE_ENDS, awaited=now - _FAILED)
        waiting = [
            (job, now - changed_at) for job, changed_at in unanswered if await self._waits(job, now - changed_at)
        ]
        for job, age in waiting:
            late = await self._is_late(job, age)
            if late and await self._is_put_aside(job):  # to be shown, and not to be reviewed
                await self.jobs.refresh(job.draft_id, f"aside:{job.revision}:{job.round}:{now // _FAILED:.0f}")
            elif late and await self.jobs.has_ended(job):  # a draft may be old and its round new
                await self.jobs.review(await self.drafts.next_round(job) or job)
            else:
                await self.jobs.review(job)
        orphans = await self.drafts.orphans()
        for draft_id in orphans:
            await self.jobs.remove_reply(draft_id)
        await self._look_again(now)
        return len(waiting) + len(orphans)

    async def _look_again(self, now: float) -> None:
        """Calls that were never answered may have been carried out since: what stands there is put right, twice."""
        for draft_id, began in await self.drafts.doubtful(now - _CARRIED_OUT, since=now - _GIVEN_UP):
            late = "late" if now - began > _LATE else "soon"
            await self.jobs.refresh(draft_id, f"unanswered:{began:.0f}:{late}")

    async def _waits(self, job: ReviewJob, age: float) -> bool:
        return not await self._is_quiet(job.draft_id) and (age <= _GIVEN_UP or await self._is_promised(job))

    async def _is_late(self, job: ReviewJob, age: float) -> bool:
        if age > _FAILED * 2**job.round and job.round < _MOST_ROUNDS:
            return True
        return age > _FAILED and job.round < _MOST_PROMISED and await self._is_promised(job)

    async def _is_promised(self, job: ReviewJob) -> bool:
        """True where the reply says that the review by the model is still to come."""
        kept = await self.drafts.find_review(job) or await self.drafts.previous_review(job)
        return kept is not None and kept.critique.awaits_model

    async def _is_put_aside(self, job: ReviewJob) -> bool:
        kept = await self.drafts.find_review(job)
        return kept is not None and kept.critique.state is ReviewState.PUT_ASIDE

    async def _is_quiet(self, draft_id: str) -> bool:
        """True where the author wants no reviews: nobody waits for an answer there."""
        record = await self.drafts.find(draft_id) if self.is_muted else None
        return bool(self.is_muted and record and await self.is_muted(record))


# Note that messages arrive, catch up after an absence, and tell brand leads what could not be made good.

_MARGIN = 300.0
"""Seconds before the last sign of this process for which a message may have been on its way."""
_NO_BREAK = 180.0
"""Seconds between two turns that are no break: they come every minute."""


@dataclass(slots=True)
class KeepWatch:
    """Runs after every start and reconnect, and every minute while messages can arrive and be kept."""

    catch_up: CatchUp
    channels: Channels
    presence: Presence
    notices: Notices
    tell: TellLeads
    clock: Clock
    _since: float | None = field(default=None, init=False)
    """From when on (seconds since 1970) is still to be read; None if nothing is."""
    _seen: float | None = field(default=None, init=False)
    """When this process last noted that messages arrive."""

    async def __call__(self, *, back: bool = False, whole: bool = True) -> list[Gap | Unread]:
        """What is to be known of it. ``back`` says that Candor was away, so that what happened meanwhile is read.

        ``whole`` reads all that can be caught up. Without it only the time since this process was last there is read:
        Slack renews its connections many times a day.
        """
        now = self.clock.now()
        unread: list[Unread] = []
        if not back and self._seen is not None and now - self._seen > _NO_BREAK:
            # Connected all the while, maybe, but nothing could be kept: no reconnect comes, and Slack has given up.
            back, whole = True, False
        if back:
            missed = now - LONGEST if whole or self._seen is None else self._seen - _MARGIN
            self._since = missed if self._since is None else min(missed, self._since)
        if self._since is not None:
            unread = await self.catch_up(self._since)
            if await self._tell_unread(unread):
                self._since = None
        # Only now: had the catch-up died, the absence would go on.
        for team in self.channels.teams:
            await self.presence.present(team, now, LONGEST)
        self._seen = now
        return [*unread, *[gap for team in self.channels.teams for gap in await self._tell_gaps(team)]]

    async def _tell_unread(self, unread: list[Unread]) -> bool:
        """True when nothing of it is left to be done."""
        for team in self.channels.teams:
            here = [one for one in unread if one.team == team]
            if not any(one.channel == "" for one in here):
                await self.notices.forget(team, UNREAD, {one.key for one in here})
        done = True
        for one in unread:
            done = one.trouble is not Trouble.LATER and await self._told_unread(one) and done
        return done

    async def _tell_gaps(self, team: str) -> list[Gap]:
        """The gaps that were told of only now."""
        told: list[Gap] = []
        for gap in await self.presence.gaps(team):
            read = await self._read(team)
            if await self._told(team, gap.key, partial(words.gap, gap, read), channels=read):
                await self.presence.told(gap)
                told.append(gap)
        return told

    async def _read(self, team: str) -> list[str]:
        """The channels that were caught up."""
        try:
            return list(await self.channels.switched_on(team))
        except Unreadable:
            return []

    async def _told_unread(self, one: Unread) -> bool:
        return await self._told(
            one.team, one.key, partial(words.unread, one), channels=[one.channel] if one.channel else []
        )

    async def _told(self, team: str, key: str, text: Callable[[SeenChannels], str], channels: list[str]) -> bool:
        try:
            return await self.tell(team, key, text, channels=channels)
        except TryLater:
            return False
