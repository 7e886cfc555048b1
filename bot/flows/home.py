"""Somebody wrote a draft in Candor's window: post it, keep it, review it. And what its author does with it later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.answer import Answer
from bot.core.composing import Composed, Composition, Sheet
from bot.core.errors import Unreadable
from bot.core.message import FIRST_REVISION, Author, Message, Place
from bot.core.presence import Notice, Trouble

if TYPE_CHECKING:
    from bot.core.composing_ports import DraftBoard
    from bot.core.lead_ports import Notices
    from bot.core.ports import Answers, Clock, Drafts, Jobs
    from bot.core.record import DraftRecord, DraftState

_LOOKS, _PAUSE = 4, 0.5
"""How often, and after how many seconds each, a second submission asks whether the first one is done."""
_NOT_POSTED = {Trouble.LATER: Composed.LATER}


@dataclass(frozen=True, slots=True)
class ComposeDraft:
    """Posts a window's draft once, however often it is submitted; until that is done the words stay in the window."""

    board: DraftBoard
    drafts: Drafts
    answers: Answers
    jobs: Jobs
    notices: Notices
    clock: Clock

    async def __call__(self, sheet: Sheet) -> Composed:
        """Post, keep and review it."""
        once = Notice(sheet.team, sheet.user, f"composed:{sheet.key};")
        if not await self.notices.reserve(once):
            return await self._wait(once)
        try:
            ts = await self.board.find(sheet) or await self.board.post(sheet)
        except Unreadable as error:
            # Nothing stands there: the next attempt need not wait.
            await self.notices.forget(once.team, once.key, ())
            return _NOT_POSTED.get(error.trouble, Composed.ABSENT)
        await self._keep(sheet, Place(sheet.team, sheet.channel, ts))
        await self.notices.told(once)
        return Composed.DONE

    async def _wait(self, once: Notice) -> Composed:
        for _ in range(_LOOKS):
            if await self.notices.is_told(once):
                return Composed.DONE
            await self.clock.sleep(_PAUSE)
        return Composed.BUSY

    async def _keep(self, sheet: Sheet, place: Place) -> None:
        message = _message(place, sheet.user, sheet.composition, FIRST_REVISION)
        record = await self.drafts.add(message, asked=place.ts) or await self.drafts.find(place.draft_id)
        if record and not record.erased:
            for guideline, answer in sheet.composition.answers:
                await self.answers.record(record.id, Answer(guideline, answer, sheet.user, place.ts))
            await self.jobs.review(record.job)


@dataclass(frozen=True, slots=True)
class EditComposed:
    """The author changes a composed draft. Safe to repeat."""

    board: DraftBoard
    drafts: Drafts
    answers: Answers
    jobs: Jobs
    clock: Clock

    async def begin(self, draft_id: str, user: str) -> Composition | Composed:
        """What the window shows at first, or why there is none."""
        state = await self.drafts.state(draft_id)
        if state is None:
            return Composed.GONE
        return _refusal(state.record, user) or _composition(state)

    async def __call__(self, draft_id: str, user: str, composition: Composition) -> Composed:
        """Show and keep what it says now, then review it."""
        state = await self.drafts.state(draft_id)
        if state is None:
            return Composed.GONE
        if refusal := _refusal(state.record, user):
            return refusal
        if composition == _composition(state):
            return Composed.DONE
        try:
            # Slack first: a crash then leaves the old draft kept, and the words in the window.
            if not await self.board.update(state.record.place, user, composition):
                return Composed.GONE
        except Unreadable as error:
            return _NOT_POSTED.get(error.trouble, Composed.ABSENT)
        await self._keep(state, user, composition)
        return Composed.DONE

    async def _keep(self, state: DraftState, user: str, composition: Composition) -> None:
        at, record = f"{self.clock.now():.6f}", state.record
        known = {answer.guideline: answer.answer for answer in state.answers}
        new = [(guideline, answer) for guideline, answer in composition.answers if known.get(guideline) != answer]
        for guideline, answer in new:
            await self.answers.record(record.id, Answer(guideline, answer, user, at))
        if revised := await self.drafts.revise(_message(record.place, user, composition, at)):
            await self.jobs.review(revised.job)
            await self.jobs.refresh(record.id, at)
        elif job := await self.drafts.next_round(record.job):
            await self.jobs.review(job)


@dataclass(frozen=True, slots=True)
class RemoveComposed:
    """The author removes a composed draft: its text, its reviews and what was said about it. Safe to repeat."""

    board: DraftBoard
    drafts: Drafts
    jobs: Jobs

    async def __call__(self, draft_id: str, user: str) -> Composed:
        """Delete it for good."""
        record = await self.drafts.find(draft_id)
        if record is None:
            return Composed.GONE
        if record.author_id != user:
            return Composed.NOT_YOURS
        await self.drafts.erase(record.place)
        await self.jobs.remove_reply(draft_id)
        try:
            await self.board.remove(record.place)
        except Unreadable as error:
            return _NOT_POSTED.get(error.trouble, Composed.ABSENT)
        return Composed.DONE


def _refusal(record: DraftRecord, user: str) -> Composed | None:
    if record.erased:
        return Composed.GONE
    return None if record.author_id == user else Composed.NOT_YOURS


def _composition(state: DraftState) -> Composition:
    draft = state.record.draft
    return Composition.of(draft.text, draft.platform, draft.context, state.answers)


def _message(place: Place, user: str, composition: Composition, revision: str) -> Message:
    return Message(
        place,
        Author.PERSON,
        user,
        composition.text,
        revision,
        platform=composition.platform,
        context=composition.context,
    )
