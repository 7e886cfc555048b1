"""Keep what Candor says in a draft's thread in line with the draft: the reply, its clean text, its sign-off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from bot.core.critique import Outcome
from bot.core.mute import Mute
from bot.core.sign_off import open_points
from bot.core.standing import Standing, standing_in
from bot.flows.keep_message import Instead, KeepMessage

if TYPE_CHECKING:
    from bot.core.record import DraftState, Reply, Review
    from bot.flows.keep_clean_text import KeepCleanText
    from bot.flows.keep_sign_off import KeepSignOff


@dataclass(frozen=True, slots=True)
class KeepReply(KeepMessage[Standing | Mute]):
    """The reply shows the review of what the draft says now, and what people decided about its points.

    In a muted thread it shows that instead.
    """

    kind: ClassVar[str] = "reply"
    clean_text: KeepCleanText | None = None
    sign_off: KeepSignOff | None = None

    async def __call__(self, draft_id: str, *, owner: str) -> str:
        """Bring all up to date; what was done last with the reply. Raises `TryLater` where it cannot settle."""
        done = await self.keep(draft_id, owner)
        if self.clean_text:
            await self.clean_text.keep(draft_id, owner)
        if self.sign_off:  # after the clean text, which it may be about
            await self.sign_off.keep(draft_id, owner)
        return done

    def noted(self, state: DraftState) -> Reply | None:
        """Where the reply stands, as far as is noted."""
        return state.reply

    async def wanted(self, state: DraftState) -> Standing | Mute | Instead:
        """The review with what people decided; the reply stays as it is while a new review is under way."""
        if state.record.erased:
            return Instead.REMOVE
        if state.record.mute:
            return _muted(state.record.mute, state) if state.reply else Instead.LEAVE
        if state.review is None or _is_talk(state.review, state.reply):
            return Instead.LEAVE
        return standing_in(state) or Instead.LEAVE


def _muted(mute: Mute, state: DraftState) -> Mute:
    """With what nobody has handled: a mute ends the messages, not the points."""
    standing = standing_in(state)
    return replace(mute, left=open_points(standing)) if standing else mute


def _is_talk(review: Review, reply: Reply | None) -> bool:
    """True where the review says that nobody asked: then nobody is answered."""
    return review.critique.outcome is Outcome.NOT_A_DRAFT and reply is None
