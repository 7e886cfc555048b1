"""Keep the one clean text of a draft: posted with the first edit that is used, removed with the last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from bot.core.clean_text import CleanText, clean_text
from bot.core.critique import Outcome
from bot.core.standing import standing_in
from bot.core.variants import split_variants
from bot.core.verdict import Decision
from bot.flows.keep_message import Instead, KeepMessage

if TYPE_CHECKING:
    from bot.core.ports import CleanTexts
    from bot.core.record import DraftState, Reply

_READ = frozenset({Outcome.FINDINGS, Outcome.NOTHING_TO_FLAG})
"""Of these the points are all there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepCleanText(KeepMessage[CleanText]):
    """After an author's edit it keeps the old words and says so, until somebody uses an edit again.

    Where the review of the new words leaves no edit to use, the old ones go.
    """

    kind: ClassVar[str] = "clean"
    texts: CleanTexts

    def noted(self, state: DraftState) -> Reply | None:
        """Where the clean text stands, as far as is noted."""
        return state.clean

    async def wanted(self, state: DraftState) -> CleanText | Instead:
        """The text to copy. It is kept, because of an edited draft the old words are needed."""
        if state.record.erased or not any(verdict.decision is Decision.USED for verdict in state.verdicts):
            return Instead.REMOVE
        if state.record.mute and state.clean is None:
            return Instead.LEAVE
        made = _made_from(state)
        if not _is_of_today(state) and not _is_as_before(state, made):
            return _outdated(state)
        if made is None:
            return Instead.REMOVE if state.review else Instead.LEAVE
        await self.texts.save(state.record.id, made)
        return made


def _outdated(state: DraftState) -> CleanText | Instead:
    """The old words, as long as they stand in the thread and there is an edit that would bring new ones."""
    if state.made is None or state.clean is None:
        return Instead.LEAVE
    standing = standing_in(state)
    read = standing is not None and standing.critique.outcome in _READ
    can_be_new = standing is not None and any(point.usable for point in standing.points)
    return Instead.REMOVE if read and not can_be_new else replace(state.made, outdated=True)


def _made_from(state: DraftState) -> CleanText | None:
    standing = standing_in(state)
    used = standing.used if standing else ()
    draft = state.record.draft
    posts = split_variants(draft.text, draft.zones, draft.platform)
    return clean_text(state.record.revision, draft.text, used, posts) if used else None


def _is_as_before(state: DraftState, made: CleanText | None) -> bool:
    """True where the author came back to the words that the clean text was made from."""
    return bool(made and state.made and made.text == state.made.text)


def _is_of_today(state: DraftState) -> bool:
    """True where somebody used an edit, or took one back, since the author last edited the draft."""
    chosen = {verdict.revision for verdict in state.verdicts if verdict.decision is not Decision.DISMISSED}
    made = {state.made.revision} if state.made else set[str]()
    return state.record.revision in chosen | made
