"""The model is asked about a draft: once for equal cases, and no more at once than it can take."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import TYPE_CHECKING

from bot.core.drafts import FIRST_REVISION
from bot.core.judging import Asked, Case, Judgement, ModelFailed, ModelPart

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from bot.core.judging import Usage
    from bot.core.operating import Journal
    from bot.core.ports import Clock, Critic, Drafts, Judgements
    from bot.core.reviewing import ReviewJob
    from bot.core.spending import Budget
    from bot.flows.pictures import LookAtPictures


# Ask the model about a draft: once for equal cases, no longer than people wait, and never for old words.

_LOOK = 4.0
"""Seconds between two looks whether the draft has moved on."""
IN_LINE = 4.0
"""Seconds after which people see what the fixed checks found if the call has not begun: there are many before it."""


AT_ONCE, PER_TEAM = 256, 128
"""Calls of a process. What waits for its turn waits here and not for a job's place: the first words of the fixed
checks come in time however many drafts there are, and no workspace takes every turn."""


class Turnstile:
    """So many at once. Who waits stands in line, the urgent ahead of the others.

    The next one goes when somebody has left, or so many seconds ``later``.
    """

    def __init__(self, number: int, later: float = 0.0) -> None:
        self._free, self._numbers, self._later = number, count(), later
        self._line: list[tuple[bool, int, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def one(self, *, urgent: bool) -> AsyncGenerator[None]:
        if self._free:
            self._free -= 1
        else:
            await self._wait(urgent=urgent)
        try:
            yield
        finally:
            if self._later:
                asyncio.get_running_loop().call_later(self._later, self._next)
            else:
                self._next()

    async def _wait(self, *, urgent: bool) -> None:
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._line, (not urgent, next(self._numbers), mine))
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._next()
            raise

    def _next(self) -> None:
        while self._line:
            *_, waiting = heappop(self._line)
            if not waiting.done():
                waiting.set_result(None)
                return
        self._free += 1


class CallTurns:
    """Lets so many calls through at once, those of one workspace in the order in which they came, the urgent first."""

    def __init__(self, at_once: int = AT_ONCE, per_team: int = PER_TEAM) -> None:
        self._all, self._per_team = Turnstile(at_once), per_team
        self._teams: dict[str, Turnstile] = {}
        self._here: Counter[str] = Counter()
        self._closed = False

    @asynccontextmanager
    async def of(self, team: str, *, urgent: bool = False) -> AsyncGenerator[None]:
        """A turn, waited for. Cancels who waits for one when there are none any more."""
        own = self._teams.setdefault(team, Turnstile(self._per_team))
        self._here[team] += 1
        try:
            async with own.one(urgent=urgent), self._all.one(urgent=urgent):
                if self._closed:
                    raise asyncio.CancelledError
                yield
        finally:
            self._here[team] -= 1
            if not self._here[team]:
                del self._here[team], self._teams[team]

    def close(self) -> None:
        """Let nobody begin any more: a stop waits for calls that are under way, and pays for no new ones."""
        self._closed = True


@dataclass(frozen=True, slots=True)
class AskModel:
    """Keeps the calls that are under way, so that a job that stopped waiting can go on with the same call.

    Without ``look`` no picture is looked at.
    """

    drafts: Drafts
    judgements: Judgements
    clock: Clock
    look: LookAtPictures | None = None
    journal: Journal | None = None
    budget: Budget | None = None
    turns: CallTurns = field(default_factory=CallTurns)
    mended: Callable[[str], Awaitable[None]] | None = None
    """Hears of each workspace that a model has answered."""
    _calls: dict[str, asyncio.Task[Asked]] = field(default_factory=dict[str, "asyncio.Task[Asked]"])
    _in_line: set[str] = field(default_factory=set[str])

    async def known(self, case: Case, critic: Critic, job: ReviewJob | None = None) -> Judgement | None:
        """The judgement on an equal case, if there is one already; for a ``job`` with equal pictures."""
        if self.look and job:
            case, complete = await self.look.recall(job, case)
            if not complete:
                return None
        return await self.judgements.find(case.team, case.digest(critic.fingerprint))

    def begin(self, job: ReviewJob, case: Case, critic: Critic) -> tuple[asyncio.Task[Asked], bool]:
        """The call for a case that is not `known`; True where it begins only now."""
        call = self._calls.get(job.key)
        if call:
            return call, False
        call = self._calls[job.key] = asyncio.create_task(self._ask(job, case, critic))
        call.add_done_callback(lambda _: self._calls.pop(job.key, None))
        return call, True

    async def wait(
        self, job: ReviewJob, call: asyncio.Task[Asked], patience: float, *, in_line: float = inf
    ) -> Asked | None:
        """What the model says within ``patience`` seconds, or ``in_line`` for a call that hasn't begun by then.

        None where it has not answered, or where the draft has moved on and the call was stopped.
        """
        began = self.clock.now()
        until = began + patience
        while not call.done() and self.clock.now() < until:
            pause = asyncio.ensure_future(self.clock.sleep(min(_LOOK, until - self.clock.now())))
            await asyncio.wait({call, pause}, return_when=asyncio.FIRST_COMPLETED)
            pause.cancel()
            if not call.done() and not await self._is_current(job) and not call.done():
                call.cancel()
                return None
            if job.key in self._in_line and self.clock.now() - began >= in_line:
                return None
        return call.result() if call.done() else None

    async def apart(self, job: ReviewJob, case: Case, critic: Critic) -> Asked:
        """The same for a case that no review waits for; its answer is `known` from then on."""
        return await self._ask(job, case, critic)

    async def close(self) -> None:
        calls = list(self._calls.values())
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    async def _is_current(self, job: ReviewJob) -> bool:
        record = await self.drafts.find(job.draft_id)
        return record is not None and not record.erased and record.revision == job.revision

    async def _ask(self, job: ReviewJob, case: Case, critic: Critic) -> Asked:
        # People look at a draft that they have just edited; the first words about a new one are there already.
        self._in_line.add(job.key)
        try:
            async with self.turns.of(job.team, urgent=job.revision != FIRST_REVISION):
                self._in_line.discard(job.key)
                return await self._ask_now(job, case, critic)
        finally:
            self._in_line.discard(job.key)

    async def _ask_now(self, job: ReviewJob, case: Case, critic: Critic) -> Asked:
        """Ask and keep the answer at once, so that a crash after this point costs no second call."""
        if self.look:
            case = await self.look(job, case)
        began = self.clock.now()
        try:
            judgement = await critic.judge(case)
        except ModelFailed as error:
            self._note(job, error.failure.value, began, usage=None)
            return error.failure
        self._note(job, ModelPart.ANSWERED.value, began, usage=judgement.usage)
        await self.judgements.save(job, case.digest(critic.fingerprint), judgement, beside=case.said_before)
        await self.reviewed(job.team)
        return judgement

    async def reviewed(self, team: str) -> None:
        if self.mended:
            await self.mended(team)
        if self.budget:
            await self.budget.reviewed(team)

    def _note(self, job: ReviewJob, outcome: str, began: float, usage: Usage | None) -> None:
        if self.journal:
            self.journal.asked(job, outcome, self.clock.now() - began, usage=usage)
