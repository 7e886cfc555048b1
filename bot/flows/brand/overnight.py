"""An audit's posts are read overnight: handed in as batches, waited for, and read from what came back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.brand.audit import AuditShown, AuditState, draft_of
from bot.core.brand.overnight import BatchFile, BatchResults, Night
from bot.core.deciding import DAY
from bot.core.drafts import reference
from bot.core.errors import TryLater
from bot.core.judging import Failure, ModelFailed, Usage
from bot.core.ports import CriticOnTop
from bot.core.spending import HALF, Hold, Purpose
from bot.core.words.brand import audit as words

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence

    from bot.core.brand.audit import Audit, AuditBoard, AuditedPost, AuditResult, Audits
    from bot.core.brand.overnight import Batches, OtherCritic
    from bot.core.ports import Clock, Critic, Judges, JudgesOf
    from bot.core.spending import Budget
    from bot.flows.private_reviews import ReviewAlone

    Through = Callable[[Sequence[AuditedPost], ReviewAlone | None], Awaitable[bool]]
    """Reads posts that are not done; False where somebody stopped it."""

_LOOK, POLL, _AFTER = 15.0, 300.0, 60.0
"""Seconds between two looks whether somebody stopped it, and between two questions to the server."""
LONGEST = 2 * DAY
"""A server ends a batch after a day. One that doesn't is not waited for."""
_ENDING = 40
"""Looks until a cancelled batch has come to its end: a server takes ten minutes at most."""
_SPARE, _SHARE = 20, 10
"""Requests without an answer that are asked in the ordinary way: so many, or one in so many."""
_TRIED, FEWEST = 2, 10
"""Posts that are read before a night, to see whether the model reads at all; and how few a night is offered for."""
_PASSING = frozenset({Failure.UNREACHABLE, Failure.BUSY})


@dataclass(frozen=True, slots=True)
class _OtherJudges:
    """The `JudgesOf` port: the same judges with another critic."""

    judges: JudgesOf
    other: OtherCritic

    async def of(self, team: str, text: str = "", draft_id: str = "") -> Judges:
        judges = await self.judges.of(team, text, draft_id)
        return replace(judges, critic=_below(judges.critic, self.other)) if judges.critic else judges


def _below(critic: Critic, other: OtherCritic) -> Critic:
    """Another critic in the place of the lowest one, below those that compare its judgements."""
    return critic.on(_below(critic.critic, other)) if isinstance(critic, CriticOnTop) else other(critic)


@dataclass(frozen=True, slots=True)
class ReadOvernight:
    """Safe to repeat: a batch that was handed in is known by its key, also to the server."""

    audits: Audits
    board: AuditBoard
    batches: Batches
    alone: ReviewAlone
    clock: Clock
    budget: Budget

    async def read(
        self,
        team: str,
        audit: Audit,
        posts: Sequence[AuditedPost],
        *,
        done: Mapping[str, AuditResult],
        through: Through,
    ) -> tuple[Audit, bool]:
        """The audit as it then is; False where somebody stopped it. Raises `TryLater`.

        A few are read at once, and nothing is handed in where the model reads none of them.
        """
        first = posts[:_TRIED]
        if not await through(first, self.alone):
            return audit, False
        if all(done[one.key].unread for one in first):
            return audit, await through(posts, None)
        audit, goes_on = await self._handed_in(team, audit, left_of(posts, done))
        if not goes_on or not await self._waited(team, audit):
            return audit, False
        alone, usage = await self._answered(audit)
        if not await through(posts, alone):
            return audit, False
        return await self._over(team, audit, usage), True

    async def _answered(self, audit: Audit) -> tuple[ReviewAlone, Usage]:
        """What reads by the answers, and what they cost."""
        ids = _ids(audit)
        try:
            results = await self.batches.results(ids) if ids else BatchResults()
            spare = max(_SPARE, (await self.batches.look(ids)).total // _SHARE) if ids else 0
            return self._with(await self.batches.reading(results, spare)), results.usage
        except ModelFailed:
            raise TryLater(_AFTER) from None

    async def _over(self, team: str, audit: Audit, usage: Usage) -> Audit:
        """Everything is read: count what it cost, and leave nothing at the server. Raises `TryLater`."""
        await self._settle(team, audit, usage)
        try:
            await self.batches.drop(_ids(audit))
        except ModelFailed:
            raise TryLater(_AFTER) from None
        await self._end(team, audit.id)
        return replace(audit, night=None)

    async def stop(self, team: str, audit: Audit) -> None:
        """Cancel what is under way, and take what came of it out of the server once it's counted."""
        ids = _ids(audit)
        with suppress(ModelFailed):
            await self.batches.cancel(ids)
            for _ in range(_ENDING):
                if (await self.batches.look(ids)).is_over:
                    break
                await self.clock.sleep(_LOOK)
            await self._settle(team, audit, (await self.batches.results(ids)).usage)
        with suppress(ModelFailed):
            await self.batches.drop(ids)
        await self._end(team, audit.id)

    async def _end(self, team: str, audit_id: str) -> None:
        """Nothing is at the server any more."""
        if current := await self.audits.find(team, audit_id):
            await self.audits.note(team, replace(current, night=None), current)

    def _with(self, other: OtherCritic) -> ReviewAlone:
        return replace(self.alone, judges=_OtherJudges(self.alone.judges, other))

    async def _handed_in(self, team: str, audit: Audit, left: Sequence[AuditedPost]) -> tuple[Audit, bool]:
        """The audit with its batches; False where somebody stopped it. What server or budget refuse stays out."""
        night, number = audit.night or Night(), 0
        if night.whole:
            return audit, True
        night = night if night.at else replace(night, at=self.clock.now())
        try:
            async for file in self._files(team, audit.user, left):
                number += 1
                if number <= len(night.batches):
                    continue
                if number > len(night.holds):  # else one is kept from a time when the server took nothing
                    before, night = audit, replace(night, holds=(*night.holds, await self._hold(team, file)))
                    audit = replace(audit, night=night)
                    if not await self.audits.note(team, audit, before):
                        return audit, False
                key = reference(f"{team}:{audit.id}:{audit.round}:{number}")
                made = await self.batches.hand_in(key, file.lines, night.at - DAY)
                night = replace(night, batches=(*night.batches, made))
                before, audit = audit, replace(audit, night=night)
                if not await self.audits.note(team, audit, before):
                    return audit, False
        except ModelFailed as failed:
            if failed.failure in _PASSING:
                raise TryLater(_AFTER) from None
        noted = replace(audit, night=replace(night, whole=True))
        return noted, await self.audits.note(team, noted, audit)

    async def _files(self, team: str, user: str, left: Sequence[AuditedPost]) -> AsyncGenerator[BatchFile]:
        """What is asked first about the posts, but for those whose answer is known."""
        file = BatchFile()
        alone = self._with(await self.batches.gathering(file))
        for one in left:
            await alone(team, draft_of(one.post), user)
            if file.is_full:
                yield file
                file = BatchFile()
                alone = self._with(await self.batches.gathering(file))
        if file.requests:
            yield file

    async def _hold(self, team: str, file: BatchFile) -> str:
        """Set aside the most that it may cost. Raises `ModelFailed` where the budget is used."""
        return (await self.budget.begin(team, Purpose.REVIEW, file.most, share=HALF)).written()

    async def _settle(self, team: str, audit: Audit, usage: Usage) -> None:
        """All of the costs in place of the first, and nothing in place of the others: once, as it's noted before.

        What is left by a death or a deletion counts as much as it could have cost: nobody knows better.
        """
        while current := await self.audits.find(team, audit.id):
            night = replace(current.night, holds=()) if current.night else None
            if await self.audits.note(team, replace(current, night=night), current):
                for number, hold in enumerate(audit.night.holds if audit.night else ()):
                    await self.budget.end(Hold.read(hold), None if number else usage)
                return

    async def _waited(self, team: str, audit: Audit) -> bool:
        """True once nothing more comes; False where somebody stopped it."""
        night, asked = audit.night or Night(), 0.0
        while True:
            current = await self.audits.find(team, audit.id)
            if current is None or current.state is not AuditState.RUNNING:
                return False
            if self.clock.now() - asked >= POLL:
                asked = self.clock.now()
                if asked > night.at + LONGEST or await self._is_over(team, audit):
                    return True
            await self.clock.sleep(_LOOK)

    async def _is_over(self, team: str, audit: Audit) -> bool:
        """It is said how far it is; a server that can't be asked now is asked later."""
        try:
            seen = await self.batches.look(_ids(audit))
        except ModelFailed:
            return False
        if not seen.is_over:
            await self.board.show(team, audit, AuditShown(waits=words.waiting(seen.done, seen.total)))
        return seen.is_over


def left_of(posts: Sequence[AuditedPost], done: Mapping[str, AuditResult]) -> list[AuditedPost]:
    """What is not done, each text once."""
    return [*{one.key: one for one in posts if one.key not in done}.values()]


def _ids(audit: Audit) -> tuple[str, ...]:
    return audit.night.batches if audit.night else ()


@dataclass(frozen=True, slots=True)
class DropNights:
    """What audits have at the model's server goes with them. Never raises: what is left there goes by itself."""

    audits: Audits
    batches: Batches | None = None

    async def of(self, audit: Audit) -> None:
        if self.batches and _ids(audit):
            with suppress(ModelFailed):
                await self.batches.drop(_ids(audit))

    async def __call__(self, team: str) -> None:
        for audit in await self.audits.overnight(team):
            await self.of(audit)
