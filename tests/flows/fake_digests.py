"""Everything outside the digest's flows, in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.digesting import DigestCounts, Edition, EditionState, Lapse, Period
from bot.core.errors import Unreadable
from bot.core.settings import DigestSettings, WorkspaceSettings
from tests.flows.fakes import Crash

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.core.digesting import Digest, Slot
    from bot.core.errors import Trouble
    from tests.flows.fakes import FakeClock


class FakeWorkspaces:
    teams: tuple[str, ...] = ("T1",)


class FakeSettings:
    def __init__(self) -> None:
        self.digest = DigestSettings("brand")

    async def of(self, team: str) -> WorkspaceSettings:
        return WorkspaceSettings(digest=self.digest)


class FakeEditions:
    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.schedules: dict[str, tuple[str, float]] = {}
        self.rows: dict[tuple[str, str], Edition] = {}
        self.before_claim: Callable[[], Awaitable[None]] | None = None

    async def begun(self, team: str, schedule: str, now: float) -> float:
        known = self.schedules.get(team)
        if known is None or known[0] != schedule:
            self.schedules[team] = (schedule, now)
        return self.schedules[team][1]

    async def last(self, team: str) -> Edition | None:
        return max((e for e in self.rows.values() if e.team == team), key=lambda e: e.week, default=None)

    async def open(self, edition: Edition) -> bool:
        return self.rows.setdefault((edition.team, edition.week), edition) is edition

    async def reopen(self, edition: Edition) -> bool:
        known = self.rows.get((edition.team, edition.week))
        if known and known.state not in (EditionState.SKIPPED, EditionState.QUIET):
            return False
        self.rows[edition.team, edition.week] = edition
        return True

    async def skip(self, team: str, week: str, slots: tuple[Slot, ...]) -> None:
        for key, one in self.rows.items():
            if one.team == team and one.week < week and one.state is EditionState.RESERVED:
                self.rows[key] = replace(one, state=EditionState.SKIPPED)
        for slot in slots:
            missed = Edition(
                team, slot.week, slot.moment, period=Period(slot.moment, slot.moment), state=EditionState.SKIPPED
            )
            self.rows.setdefault((team, slot.week), missed)

    async def missed(self, team: str, week: str) -> tuple[float, ...]:
        earlier = sorted((e for e in self.rows.values() if e.team == team and e.week < week), key=lambda e: e.week)
        posted = max((e.week for e in earlier if e.state is EditionState.POSTED), default="")
        return tuple(e.slot for e in earlier if e.state is EditionState.SKIPPED and e.week > posted)

    async def find(self, team: str, week: str) -> Edition | None:
        return self.rows.get((team, week))

    async def claim(self, edition: Edition, owner: str) -> Edition | None:
        if self.before_claim:
            act, self.before_claim = self.before_claim, None
            await act()
        if not self._unchanged(edition):
            return None
        return self._keep(edition, owner=owner, reserved_at=self.clock.now())

    async def posted(self, edition: Edition, channel: str, ts: str) -> bool:
        if not self._unchanged(edition):
            return False
        self._keep(edition, state=EditionState.POSTED, channel=channel, ts=ts)
        return True

    async def settle(self, edition: Edition, state: EditionState, channel: str = "", ts: str = "") -> None:
        self._keep(edition, state=state, channel=channel, ts=ts)

    def _unchanged(self, edition: Edition) -> bool:
        known = self.rows[edition.team, edition.week]
        same = (known.owner, known.reserved_at) == (edition.owner, edition.reserved_at)
        return known.state is EditionState.RESERVED and same

    def _keep(self, edition: Edition, **changes: object) -> Edition:
        key = (edition.team, edition.week)
        self.rows[key] = replace(self.rows[key], **changes)  # type: ignore[arg-type]
        return self.rows[key]


class FakeFigures:
    def __init__(self) -> None:
        self.known = DigestCounts()
        self.asked: list[Period] = []

    async def of(self, team: str, period: Period, now: float) -> DigestCounts:
        self.asked.append(period)
        return self.known


class FakeSignOffs:
    number = 0

    async def waiting(self, team: str) -> int:
        return self.number


class FakeExceptions:
    lapses: tuple[Lapse, ...] = ()

    async def lapsing(self, team: str, until: float) -> tuple[Lapse, ...]:
        return tuple(lapse for lapse in self.lapses if lapse.at < until)


class FakeBoard:
    """A channel. ``crash`` dies after the next post; ``trouble`` is what the next calls meet."""

    def __init__(self) -> None:
        self.posts: dict[str, tuple[str, Digest]] = {}
        self.trouble: Trouble | None = None
        self.crash = False
        self.after_post: Callable[[], Awaitable[None]] | None = None

    async def place(self, team: str, channel: str) -> str:
        if self.trouble:
            raise Unreadable(self.trouble)
        return f"C-{channel}"

    async def find(self, edition: Edition) -> str:
        return min((ts for ts, (key, _) in self.posts.items() if key == edition.key), key=float, default="")

    async def post(self, edition: Edition, digest: Digest) -> str:
        ts = f"{len(self.posts) + 1}.0"
        self.posts[ts] = (edition.key, digest)
        if self.after_post:
            act, self.after_post = self.after_post, None
            await act()
        if self.crash:
            self.crash = False
            raise Crash
        return ts

    async def remove(self, team: str, channel: str, ts: str) -> None:
        if self.trouble:
            raise Unreadable(self.trouble)
        self.posts.pop(ts, None)


class FakeDigestJobs:
    def __init__(self) -> None:
        self.asked: list[tuple[str, str, int]] = []

    async def send_digest(self, team: str, week: str, attempt: int) -> None:
        if (team, week, attempt) not in self.asked:
            self.asked.append((team, week, attempt))
