"""What belongs to people, what is kept for a time, and where Candor introduces itself, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.errors import TryLater, Unreadable
from bot.core.privacy import DataKind
from bot.core.watching import Trust

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.drafts import Place
    from bot.core.errors import Trouble
    from bot.core.privacy import Introduction, Readable
    from tests.flows.fakes import FakeDrafts


@dataclass
class FakePersonalData:
    """``turns`` are the ids of conversations' turns by (team, user)."""

    of_drafts: FakeDrafts
    turns: dict[tuple[str, str], list[str]] = field(default_factory=dict[tuple[str, str], list[str]])
    quoted: tuple[str, ...] = ()
    """Channels that words of others are from."""
    signs: tuple[str, ...] = ()
    """Drafts of others that hold their name."""
    known: dict[DataKind, int] = field(default_factory=dict[DataKind, int])

    async def counts(self, team: str, user: str) -> dict[DataKind, int]:
        return self.known

    async def gather(self, team: str, user: str, may_read: Readable) -> dict[str, list[dict[str, object]]]:
        texts = [self.of_drafts.rows[draft_id].draft.text for draft_id in await self.drafts(team, user)]
        said: list[dict[str, object]] = [{"quote": quote} for quote in sorted(await may_read(frozenset(self.quoted)))]
        found: dict[str, list[dict[str, object]]] = {"drafts": [{"text": text} for text in texts]}
        return found | ({"exceptions": said} if said else {})

    async def drafts(self, team: str, user: str) -> tuple[str, ...]:
        rows = self.of_drafts.rows.values()
        return tuple(r.id for r in rows if (r.place.team, r.author_id) == (team, user) and not r.erased)

    async def signed(self, team: str, user: str) -> tuple[str, ...]:
        return self.signs

    async def forget(self, team: str, user: str) -> tuple[str, ...]:
        return tuple(self.turns.pop((team, user), []))


class FakeHushing:
    """Each turn's answer is removed once, however often it is asked for."""

    def __init__(self) -> None:
        self.hushed: list[str] = []

    async def hush(self, turn_id: str) -> None:
        if turn_id not in self.hushed:
            self.hushed.append(turn_id)


class FakeFileMessages:
    """``fails`` is how many attempts Slack does not answer."""

    def __init__(self) -> None:
        self.files: dict[tuple[str, str, str], str] = {}
        self.fails = 0

    async def send(self, team: str, user: str, name: str, content: str) -> None:
        if self.fails:
            self.fails -= 1
            raise TryLater(60)
        self.files.setdefault((team, user, name), content)


class FakeRetention:
    def __init__(self, drafts: FakeDrafts) -> None:
        self.drafts = drafts
        self.older: list[tuple[str, float]] = []
        self.clocks: dict[str, Trust] = {}

    async def trusting(self, teams: Iterable[str], now: float) -> frozenset[str]:
        self.clocks |= {team: Trust.at(now, self.clocks.get(team)) for team in teams}
        return frozenset(team for team, trust in self.clocks.items() if trust.holds)

    async def due(self, team: str, before: float, most: int) -> tuple[str, ...]:
        old = [r for r in self.drafts.rows.values() if self._is_old(r.id, before) and r.place.team == team]
        return tuple(r.id for r in old if not r.erased)[:most]

    async def expire(self, draft_id: str, before: float) -> bool:
        if not self._is_old(draft_id, before):
            return False
        await self.drafts.erase(self.drafts.rows[draft_id].place)
        self.drafts.replies.rows.pop(draft_id, None)
        return True

    async def forget_older(self, team: str, before: float) -> int:
        self.older.append((team, before))
        return 0

    def _is_old(self, draft_id: str, before: float) -> bool:
        return self.drafts.changed_at[draft_id] < before


class FakeExpiryNotices:
    def __init__(self) -> None:
        self.said: list[tuple[Place, str, int]] = []
        self.fails = 0

    async def say(self, place: Place, ts: str, days: int) -> None:
        if self.fails:
            self.fails -= 1
            raise TryLater(60)
        self.said.append((place, ts, days))


class FakeIntroductions:
    """``finding`` and ``posting`` are why the channel cannot be read or written to."""

    def __init__(self) -> None:
        self.standing: list[Introduction] = []
        self.finding: Trouble | None = None
        self.posting: Trouble | None = None

    async def find(self, team: str, channel: str) -> str:
        if self.finding:
            raise Unreadable(self.finding)
        return "1.0" if any((one.team, one.channel) == (team, channel) for one in self.standing) else ""

    async def post(self, introduction: Introduction) -> None:
        if self.posting:
            raise Unreadable(self.posting)
        self.standing.append(introduction)


class FakeExpiring:
    def __init__(self) -> None:
        self.asked: list[str] = []

    async def expire(self, draft_id: str) -> None:
        self.asked.append(draft_id)


class FakeJoined:
    """The names of the channels that Candor is in, by id."""

    def __init__(self) -> None:
        self.names = {"C1": "drafts", "C2": "press"}
        self.trouble: Trouble | None = None

    async def of(self, team: str) -> dict[str, str]:
        if self.trouble:
            raise Unreadable(self.trouble)
        return self.names
