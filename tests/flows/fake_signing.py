"""Sign-offs, mutes and thumbs in memory, beside the drafts that they belong to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.drafts import Place
from bot.core.sign_off import WaitingSignOff, fingerprint
from tests.flows.fakes import Crash

if TYPE_CHECKING:
    from bot.core.deciding import Feedback, Mute, Rated
    from bot.core.sign_off import SignOffAct
    from tests.flows.fakes import FakeDrafts


class FakeSignOffs:
    def __init__(self, drafts: FakeDrafts) -> None:
        self.drafts = drafts
        self.waits: list[WaitingSignOff] = []

    async def record(self, draft_id: str, act: SignOffAct) -> None:
        await self.drafts.pause()
        known = self.drafts.acts.get(draft_id, {})
        kept = None if self.drafts.rows[draft_id].erased else act.following(known.values())
        if kept is not None:
            self.drafts.acts.setdefault(draft_id, {}).setdefault(kept.key, kept)

    async def waiting(self, team: str) -> tuple[WaitingSignOff, ...]:
        return tuple(one for one in self.waits if one.place.team == team)

    async def with_text(self, team: str, text: str) -> list[str]:
        return [one for one, row in self.drafts.rows.items() if row.place.team == team and row.draft.text == text]

    async def with_hash(self, team: str, sha256: str) -> str:
        texts = [row.draft.text for row in self.drafts.rows.values() if row.place.team == team]
        return next((text for text in texts if fingerprint(text) == sha256), "")

    def wait(self, number: int, author_id: str) -> None:
        self.waits.append(WaitingSignOff(Place("T1", "C1", f"{number}.0"), author_id, float(number), stale=False))


class FakeThreadMutes:
    """``crash_after`` lets the process die once when that is done."""

    def __init__(self, drafts: FakeDrafts) -> None:
        self.drafts = drafts
        self.crash_after = ""

    async def mute(self, draft_id: str, mute: Mute) -> bool:
        return await self._set(draft_id, mute, "mute")

    async def unmute(self, draft_id: str) -> bool:
        return await self._set(draft_id, None, "unmute")

    async def _set(self, draft_id: str, mute: Mute | None, what: str) -> bool:
        await self.drafts.pause()
        known = self.drafts.rows.get(draft_id)
        if known is None or known.erased:
            return False
        self.drafts.rows[draft_id] = replace(known, mute=mute and (known.mute or mute))
        if self.crash_after == what:
            self.crash_after = ""
            raise Crash
        return True


class FakeOptOuts:
    def __init__(self) -> None:
        self.out: dict[tuple[str, str], float] = {}

    async def add(self, team: str, user: str, at: float) -> bool:
        new = (team, user) not in self.out
        self.out.setdefault((team, user), at)
        return new

    async def remove(self, team: str, user: str) -> bool:
        return self.out.pop((team, user), None) is not None

    async def is_out(self, team: str, user: str) -> bool:
        return (team, user) in self.out


class FakeFeedbacks:
    def __init__(self) -> None:
        self.rows: dict[tuple[Rated, str], Feedback] = {}
        self.gone = False

    async def find(self, rated: Rated, user: str) -> Feedback | None:
        return self.rows.get((rated, user))

    async def save(self, rated: Rated, feedback: Feedback) -> bool:
        self.rows[rated, feedback.user] = feedback
        return not self.gone
