"""Somebody asked for the review of one message: in its thread where Candor is at home, else in private."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.draft import Draft
from bot.core.notes import without_notes
from bot.core.private_review import PrivateReview
from bot.core.reading import refusal_of
from bot.core.request import Taken

if TYPE_CHECKING:
    from bot.core.message import Message
    from bot.core.mute_ports import OptOuts
    from bot.core.ports import Clock, Drafts
    from bot.core.private_ports import Homes, PrivateJobs, PrivateReviews
    from bot.core.request import Request
    from bot.flows.admit_outsiders import AdmitOutsiders


@dataclass(frozen=True, slots=True)
class ReviewOnRequest:
    """Talk becomes a draft, a known draft gets a new round. Safe to repeat."""

    drafts: Drafts
    private: PrivateReviews
    jobs: PrivateJobs
    channels: Homes
    clock: Clock
    opt_outs: OptOuts | None = None
    admit: AdmitOutsiders | None = None

    async def __call__(self, request: Request) -> Taken:
        """Take the request; it is durable when this returns."""
        if self.admit:
            request = replace(request, message=await self.admit(request.message))
        if refusal := refusal_of(request.message):
            return refusal
        if await self._is_unwanted(request):
            return Taken.OPTED_OUT
        if await self._is_at_home(request.message) and await self._in_thread(request):
            return Taken.IN_THREAD
        return await self._in_private(request)

    async def _is_at_home(self, message: Message) -> bool:
        """A reply inside a thread is never a draft of its own: people answer it there. A muted thread stays quiet."""
        place = message.place
        known = await self.drafts.find(place.draft_id)
        if message.thread or (known and (known.erased or known.mute)):
            return False
        here = known is not None or await self.channels.is_switched_on(place.team, place.channel)
        return here and (message.direct or await self.channels.is_member(place.team, place.channel))

    async def _is_unwanted(self, request: Request) -> bool:
        """True where somebody asks about the words of a person who wants reviews only on their own request."""
        author, team = request.message.author_id, request.message.place.team
        return bool(self.opt_outs and request.user != author and await self.opt_outs.is_out(team, author))

    async def _in_thread(self, request: Request) -> bool:
        message = without_notes(request.message)
        # What the person sees may be newer than what the events have told so far.
        if await self.drafts.add(message, asked=request.at) is None:
            await self.drafts.revise(message)
        record = await self.drafts.ask(message.place.draft_id, request.at)
        if record:
            await self.jobs.review(record.job)
        return record is not None

    async def _in_private(self, request: Request) -> Taken:
        message = without_notes(request.message)
        review = PrivateReview(
            message.place,
            request.user,
            request.at,
            self.clock.now(),
            message.author_id,
            Draft(
                message.text,
                message.platform or "",
                pictures=message.pictures,
                zones=message.zones,
                unread=message.unread,
            ),
            request.answer_to,
            message.thread,
        )
        await self.private.add(review)
        await self.jobs.review_in_private(review.id)
        return Taken.IN_PRIVATE
