"""Threads that are muted, and people who want no reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.deciding import Mute
from bot.core.guidelines import Severity
from bot.core.reviewing import open_points, standing_in

if TYPE_CHECKING:
    from bot.core.deciding import OptOuts, ThreadMutes
    from bot.core.drafts import Click, Message
    from bot.core.ports import Clock, Drafts, Jobs, Step
    from bot.core.reviewing import DraftRecord
    from bot.flows.conversing import Converse


# Whether Candor keeps quiet about a draft.


@dataclass(frozen=True, slots=True)
class IsMuted:
    """A thread is muted for everybody; a person is muted wherever nobody asked."""

    opt_outs: OptOuts

    async def __call__(self, record: DraftRecord) -> bool:
        """True where a stored draft is not to be reviewed."""
        if record.mute:
            return True
        place = record.place
        return not (record.asked or place.is_direct) and await self.opt_outs.is_out(place.team, record.author_id)

    async def opted_out(self, message: Message) -> bool:
        """True for a new message that is no request and whose author wants no reviews."""
        asks = message.mentions_us or message.direct
        return not asks and await self.opt_outs.is_out(message.place.team, message.author_id)


# Remove what was said in answer to a message that was deleted.


@dataclass(frozen=True, slots=True)
class Hush:
    """The job behind a deletion in a conversation: one step."""

    converse: Converse

    async def __call__(self, step: Step, turn_id: str) -> str:
        """Run it; the result says what was done."""
        return await step("hush", self.converse.hush, turn_id)


# Somebody wants no reviews unless they ask.


@dataclass(frozen=True, slots=True)
class MutePerson:
    """Counts at once, in every channel. Direct messages, mentions and the shortcut are requests and go on working."""

    opt_outs: OptOuts
    clock: Clock

    async def __call__(self, team: str, user: str) -> bool:
        """Note it; False where it was so already."""
        return await self.opt_outs.add(team, user, self.clock.now())


# Somebody wants their drafts reviewed again.


@dataclass(frozen=True, slots=True)
class UnmutePerson:
    """Counts from the next draft on; what was posted meanwhile was not kept."""

    opt_outs: OptOuts

    async def __call__(self, team: str, user: str) -> bool:
        """Forget it; False where it was not so."""
        return await self.opt_outs.remove(team, user)


# Somebody mutes a draft's thread: no more reviews and no more messages there. Safe to repeat.


@dataclass(frozen=True, slots=True)
class MuteThread:
    """Edits are still stored, so that an unmuted thread shows the words of then."""

    drafts: Drafts
    mutes: ThreadMutes
    jobs: Jobs
    clock: Clock

    async def hides(self, click: Click) -> int:
        """How many open points that must be fixed nobody would see any more: whoever mutes it is asked first."""
        standing = standing_in(await self.drafts.state(click.target.draft_id))
        left = open_points(standing) if standing else ()
        return sum(point.severity is Severity.MUST_FIX for point in left)

    async def __call__(self, click: Click) -> bool:
        """Mute it, and let the reply say so; False where the draft is gone."""
        draft_id = click.target.draft_id
        if not await self.mutes.mute(draft_id, Mute(click.user, self.clock.now())):
            return False
        await self.jobs.refresh(draft_id, click.cause)
        return True


# Somebody unmutes a draft's thread: what was written meanwhile is reviewed. Safe to repeat.


@dataclass(frozen=True, slots=True)
class UnmuteThread:
    """The reply shows the review again, or a new round of it where the draft was edited meanwhile."""

    drafts: Drafts
    mutes: ThreadMutes
    jobs: Jobs

    async def __call__(self, click: Click) -> bool:
        """Unmute it; False where the draft is gone."""
        draft_id = click.target.draft_id
        before = await self.drafts.state(draft_id)
        if before and before.record.mute and before.awaits_review:
            # A job that found the thread muted has ended for good, so the words need another one.
            await self.drafts.next_round(before.record.job)
        if not await self.mutes.unmute(draft_id):
            return False
        state = await self.drafts.state(draft_id)
        if state and state.is_unread:
            await self.jobs.review(state.record.job)
        await self.jobs.refresh(draft_id, click.cause)
        return True
