"""Ask the model about a draft: once for equal cases, no longer than people wait, and never for old words."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.judgement import ModelFailed

if TYPE_CHECKING:
    from bot.core.judgement import Asked, Case, Judgement
    from bot.core.ports import Clock, Critic, Drafts, Judgements
    from bot.core.record import ReviewJob
    from bot.flows.look_at_pictures import LookAtPictures

_LOOK = 4.0
"""Seconds between two looks whether the draft has moved on."""


@dataclass(frozen=True, slots=True)
class AskModel:
    """Keeps the calls that are under way, so that a job that stopped waiting can go on with the same call.

    Without ``look`` no picture is looked at.
    """

    drafts: Drafts
    judgements: Judgements
    clock: Clock
    look: LookAtPictures | None = None
    _calls: dict[str, asyncio.Task[Asked]] = field(default_factory=dict[str, "asyncio.Task[Asked]"])

    async def known(self, case: Case, critic: Critic, job: ReviewJob | None = None) -> Judgement | None:
        """The judgement on an equal case, if there is one already; for a ``job`` with equal pictures."""
        if self.look and job:
            case, complete = await self.look.recall(job, case)
            if not complete:
                return None
        return await self.judgements.find(case.team, case.digest(critic.fingerprint))

    def is_new(self, job: ReviewJob) -> bool:
        """True while no call for the job is under way."""
        return job.key not in self._calls

    async def __call__(self, job: ReviewJob, case: Case, critic: Critic, patience: float) -> Asked | None:
        """What the model says within ``patience`` seconds to a case that is not `known`.

        None where it has not answered, or where the draft has moved on and the call was stopped.
        """
        call = self._calls.get(job.key)
        if call is None:
            call = self._calls[job.key] = asyncio.create_task(self._ask(job, case, critic))
            call.add_done_callback(lambda _: self._calls.pop(job.key, None))
        return await self._wait(job, call, patience)

    async def close(self) -> None:
        """Stop every call that is under way."""
        calls = list(self._calls.values())
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    async def _wait(self, job: ReviewJob, call: asyncio.Task[Asked], patience: float) -> Asked | None:
        until = self.clock.now() + patience
        while not call.done() and self.clock.now() < until:
            pause = asyncio.ensure_future(self.clock.sleep(min(_LOOK, until - self.clock.now())))
            await asyncio.wait({call, pause}, return_when=asyncio.FIRST_COMPLETED)
            pause.cancel()
            record = await self.drafts.find(job.draft_id)
            if not call.done() and (record is None or record.erased or record.revision != job.revision):
                call.cancel()
                return None
        return call.result() if call.done() else None

    async def _ask(self, job: ReviewJob, case: Case, critic: Critic) -> Asked:
        """Ask and keep the answer at once, so that a crash after this point costs no second call."""
        if self.look:
            case = await self.look(job, case)
        try:
            judgement = await critic.judge(case)
        except ModelFailed as error:
            return error.failure
        await self.judgements.save(job, case.digest(critic.fingerprint), judgement)
        return judgement
