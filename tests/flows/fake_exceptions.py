"""Exceptions, in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.flows.fakes import NOW

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.core.deciding import GuidelineException, Repeat, VerdictReason
    from tests.flows.fakes import FakeDrafts


class FakeExceptions:
    """Beside the drafts, whose states carry them."""

    def __init__(self, drafts: FakeDrafts) -> None:
        self.drafts = drafts

    async def add(self, exception: GuidelineException) -> bool:
        draft = self.drafts.rows.get(exception.draft_id)
        if draft and draft.erased:
            return False
        if await self.find(exception.team, exception.id) is None:
            self.drafts.exceptions.insert(0, exception)
        return True

    async def of(self, team: str) -> tuple[GuidelineException, ...]:
        return tuple(one for one in self.drafts.exceptions if one.team == team and one.in_force(NOW))

    async def find(self, team: str, exception_id: str) -> GuidelineException | None:
        return next((one for one in self.drafts.exceptions if (one.team, one.id) == (team, exception_id)), None)

    async def lift(self, team: str, exception_id: str, user: str) -> bool:
        found = await self.find(team, exception_id)
        if found is None or not found.in_force(NOW):
            return False
        self._put(found, replace(found, lifted_at=NOW, lifted_by=user))
        return True

    async def forget(self, team: str, user: str) -> int:
        own = [one for one in self.drafts.exceptions if (one.team, one.author) == (team, user)]
        for one in own:
            self._put(one, replace(one, author="", note=""))
        return len(own)

    def _put(self, old: GuidelineException, new: GuidelineException) -> None:
        self.drafts.exceptions[self.drafts.exceptions.index(old)] = new


class FakeSamePoints:
    """What was told of pairs of points, beside the drafts."""

    def __init__(self, drafts: FakeDrafts) -> None:
        self.drafts = drafts

    async def told(self, team: str, refs: Collection[tuple[str, str]]) -> dict[tuple[str, str], bool]:
        here = [rows for draft_id, rows in self.drafts.same.items() if draft_id.startswith(f"{team}:")]
        return {pair: same for rows in here for pair, same in rows.items() if pair in refs}

    async def keep(self, draft_id: str, told: Mapping[tuple[str, str], bool]) -> None:
        self.drafts.same.setdefault(draft_id, {}).update(told)


class FakeRepeats:
    """Dismissals as (reason, moment, which), the latest first."""

    def __init__(self) -> None:
        self.rows: list[tuple[VerdictReason, float, Repeat]] = []

    async def dismissed(self, team: str, channel: str, reason: VerdictReason, since: float) -> tuple[Repeat, ...]:
        here = f"{team}:{channel}:"
        found = [one for why, at, one in self.rows if why is reason and at >= since]
        return tuple(one for one in found if one.draft_id.startswith(here))
