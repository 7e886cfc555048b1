"""Keep the one clean text of a draft: posted with the first edit that is used, removed with the last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from bot.core.clean_text import CleanText, clean_text
from bot.core.standing import standing_of
from bot.core.verdict import Decision
from bot.flows.keep_message import Instead, KeepMessage

if TYPE_CHECKING:
    from bot.core.ports import CleanTexts
    from bot.core.record import DraftState, Reply, Review


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepCleanText(KeepMessage[CleanText]):
    """After an author's edit it keeps the old words and says so, until somebody uses an edit again."""

    kind: ClassVar[str] = "clean"
    texts: CleanTexts

    def noted(self, state: DraftState) -> Reply | None:
        """Where the clean text stands, as far as is noted."""
        return state.clean

    async def wanted(self, state: DraftState) -> CleanText | Instead:
        """The text to copy. It is kept, because of an edited draft the old words are needed."""
        if state.record.erased or not any(verdict.decision is Decision.USED for verdict in state.verdicts):
            return Instead.REMOVE
        if not _is_of_today(state):
            return replace(state.made, outdated=True) if state.made else Instead.LEAVE
        return await self._make(state, state.review) if state.review else Instead.LEAVE

    async def _make(self, state: DraftState, review: Review) -> CleanText | Instead:
        used = standing_of(review.critique, state.verdicts).used
        if not used:
            return Instead.REMOVE
        made = clean_text(state.record.revision, state.record.draft.text, used)
        await self.texts.save(state.record.id, made)
        return made


def _is_of_today(state: DraftState) -> bool:
    """True where somebody used an edit, or took one back, since the author last edited the draft."""
    chosen = {verdict.revision for verdict in state.verdicts if verdict.decision is not Decision.DISMISSED}
    made = {state.made.revision} if state.made else set[str]()
    return state.record.revision in chosen | made
