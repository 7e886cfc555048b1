"""Slack's side of the flows, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.core.errors import CannotEdit, MayNotPost
from tests.flows.fakes import NOW, Crash

if TYPE_CHECKING:
    from bot.core.drafts import Place
    from bot.core.reviewing import DraftRecord, Reply, ReviewJob
    from tests.flows.fakes import Pause


RESTRICTED = "restricted_action_read_only_channel"


class FakeThread:
    """Slack's side: what stands in the thread, by ts: the message's key and the review that it shows."""

    def __init__(self, pause: Pause) -> None:
        self.pause = pause
        self.standing: dict[str, tuple[str, ReviewJob]] = {}
        self.says: dict[str, Any] = {}
        """What each message says, by its key."""
        self.calls: list[str] = []
        self.closed: set[str] = set()
        """Messages that can't be edited any more."""
        self.news: dict[str, int] = {}
        self.working: list[bool] = []
        self.restricted = ""
        """Slack's word for why it takes no message of Candor's in the channel; "" where it takes them."""
        self.crash_after = ""
        """The call after which the process dies once: Slack has done it, nobody notes it."""

    async def find(self, record: DraftRecord, reply: Reply) -> list[str]:
        await self._arrives("find")
        found = sorted(ts for ts, (key, _) in self.standing.items() if key == reply.key)
        await self._returns("find")
        assert record.id == reply.draft_id
        return found

    async def post(self, record: DraftRecord, reply: Reply, content: object) -> str:
        await self._arrives("post")
        if self.restricted:
            raise MayNotPost(self.restricted)
        ts = f"{NOW + len(self.calls):.6f}"
        self.standing[ts] = (reply.key, record.job)
        self.says[reply.key] = content
        await self._returns("post")
        return ts

    async def update(self, record: DraftRecord, reply: Reply, content: object) -> bool:
        await self._arrives("update")
        if reply.ts in self.closed:
            raise CannotEdit
        kept = reply.ts in self.standing
        if kept:
            self.says[reply.key] = content
            self.standing[reply.ts] = (reply.key, record.job)
        await self._returns("update")
        return kept

    async def delete(self, place: Place, ts: str) -> None:
        await self._arrives("delete")
        assert place.channel
        self.standing.pop(ts, None)
        await self._returns("delete")

    async def retire(self, place: Place, ts: str) -> None:
        await self.delete(place, ts)

    async def announce(self, record: DraftRecord, key: str, must_fix: int) -> None:
        self.news.setdefault(key, must_fix)

    async def clear(self, place: Place) -> None:
        self.news.clear()

    async def show_working(self, record: DraftRecord, *, working: bool) -> None:
        self.working.append(working)

    async def _arrives(self, call: str) -> None:
        await self.pause()
        self.calls.append(call)

    async def _returns(self, call: str) -> None:
        if self.crash_after == call:
            self.crash_after = ""
            raise Crash
        await self.pause()
