"""When Candor was there, and what brand leads were told, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.errors import TryLater
from bot.core.watching import Gap
from bot.flows.audience import WhoSees
from tests.flows.fakes import Crash

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.core.drafts import Place
    from bot.core.home import JoinedChannels
    from bot.core.watching import BrandLeads, Notice
    from tests.flows.fakes import FakeClock


class FakeLeads:
    def __init__(self) -> None:
        self.users: dict[str, tuple[str, ...]] = {"T1": ("U1", "U2")}
        self.demoted: set[str] = set()
        """Whom Slack's list still names, and Slack itself no longer."""
        self.silent = False

    async def of(self, team: str) -> tuple[str, ...]:
        return self.users.get(team, ())

    async def includes(self, team: str, user: str) -> bool:
        if self.silent:
            raise TryLater(1)
        return user in await self.of(team) and user not in self.demoted


class FakePresence:
    def __init__(self) -> None:
        self.alive: dict[str, float] = {}
        self.open: list[Gap] = []

    async def present(self, team: str, now: float, longest: float) -> None:
        last = self.alive.get(team, now)
        if now - last > longest:
            self.open.append(Gap(team, last, now))
        self.alive[team] = max(now, last)

    async def gaps(self, team: str) -> list[Gap]:
        return [gap for gap in self.open if gap.team == team]

    async def told(self, gap: Gap) -> None:
        self.open.remove(gap)


class FakeNotices:
    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.reserved: dict[Notice, float] = {}
        self.done: set[Notice] = set()

    async def reserve(self, notice: Notice) -> bool:
        left_behind = self.reserved.get(notice, 0.0) <= self.clock.now() - 60
        if notice in self.done or not left_behind:
            return False
        self.reserved[notice] = self.clock.now()
        return True

    async def told(self, notice: Notice) -> None:
        self.done.add(notice)

    async def is_told(self, notice: Notice) -> bool:
        return notice in self.done

    async def forget(self, team: str, prefix: str, but: Collection[str]) -> None:
        known = self.done | set(self.reserved)
        gone = {n for n in known if n.team == team and n.key.startswith(prefix) and n.key not in but}
        self.done -= gone
        self.reserved = {notice: at for notice, at in self.reserved.items() if notice not in gone}


class FakeMessages:
    """Direct messages as they stand. ``fails`` is how many attempts Slack does not answer."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.says: dict[str, str] = {}
        self.offers: dict[str, str] = {}
        self.fails = 0
        self.crash_after_next = False

    async def tell(self, notice: Notice, text: str, offer: str = "") -> None:
        if self.fails:
            self.fails -= 1
            raise TryLater(60)
        if (notice.user, notice.key) not in self.sent:
            self.sent.append((notice.user, notice.key))
        self.says[notice.key] = text
        self.offers[notice.key] = offer
        if self.crash_after_next:
            self.crash_after_next = False
            raise Crash


class FakeLinks:
    gives = "https://slack.example/"

    async def to(self, place: Place) -> str:
        return f"{self.gives}{place.ts}" if self.gives else ""


class FakeAudience:
    """Everybody reads everything, but for ``closed`` channels: those only the people that they name."""

    def __init__(self) -> None:
        self.closed: dict[str, tuple[str, ...]] = {}
        self.outsiders: set[str] = set()
        self.asleep = False

    async def of(self, team: str, user: str, channels: Collection[str]) -> frozenset[str]:
        self._wake(team)
        return frozenset(one for one in channels if user in self.closed.get(one, (user,)))

    async def is_ours(self, team: str, user: str, home: str = "") -> bool:
        self._wake(team)
        return home in {"", team} and not user.startswith("X")

    async def has_outsiders(self, team: str, channel: str) -> bool:
        self._wake(team)
        return channel in self.outsiders

    def _wake(self, team: str) -> None:
        assert team
        if self.asleep:
            raise TryLater(60)


class FakeJoinedChannels:
    def __init__(self, names: dict[str, str] | None = None) -> None:
        self.names = names or {}

    async def of(self, team: str) -> dict[str, str]:
        assert team
        return self.names


def seeing(leads: BrandLeads, joined: JoinedChannels | None = None) -> tuple[WhoSees, FakeAudience]:
    """What people see, and the audience behind it."""
    audience = FakeAudience()
    return WhoSees(audience, joined or FakeJoinedChannels(), leads), audience
