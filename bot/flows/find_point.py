"""Find what a click is about, as the draft stands now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.delta import same_words
from bot.core.standing import standing_in

if TYPE_CHECKING:
    from bot.core.click import Target
    from bot.core.finding import Finding
    from bot.core.ports import Drafts
    from bot.core.record import DraftState
    from bot.core.standing import Point


async def find_point(drafts: Drafts, target: Target) -> tuple[DraftState | None, Point | None]:
    """The draft, and the point that a button belongs to, as its reply shows it or as the newest review has it.

    A reply is behind while a new review is under way and until that is shown. Its points can be asked about and
    dismissed all the same; no edit of them is usable, as the words that it would change may be others by now.
    """
    state = await drafts.state(target.draft_id)
    point = point_in(state, target)
    if point or state is None or state.record.erased:
        return state, point
    behind = point_in(_as_shown(state), target) or point_in(state, await _renamed(drafts, state, target))
    return state, replace(behind, usable=False) if behind else None


def is_read_anew(state: DraftState | None) -> bool:
    """True while a review is on its way that will change the reply."""
    return state is not None and state.is_unread and not (state.record.erased or state.record.mute)


def _as_shown(state: DraftState) -> DraftState | None:
    """The draft before its edit while its new words are being read; None if they were read."""
    if state.review or state.earlier is None:
        return None
    record = replace(state.record, draft=replace(state.record.draft, text=state.earlier.text))
    return replace(state, record=record, review=state.earlier.review, earlier=None)


async def _renamed(drafts: Drafts, state: DraftState, target: Target) -> Target:
    """The same point as a new review of the same words quotes it."""
    before = await drafts.previous_review(state.review.job) if state.review else None
    if state.review is None or before is None:
        return target
    text = state.record.draft.text
    pairs = same_words(before.critique, state.review.critique, text, text)
    return next((replace(target, ref=new.ref) for old, new in pairs if old.ref == target.ref), target)


def point_in(state: DraftState | None, target: Target) -> Point | None:
    """The point that a button belongs to, None where it is gone."""
    standing = standing_in(state)
    points = (*standing.points, *(point for _, point in standing.pictured)) if standing else ()
    found = [point for point in points if point.finding.ref == target.ref]
    # The same words may stand in a draft twice; the one that offers more answers for both.
    return max(found, key=lambda point: point.usable, default=None)


def lead_in(state: DraftState | None, target: Target) -> Finding | None:
    """What is only worth a look and has that button beside it, None where it is gone."""
    standing = standing_in(state)
    leads = standing.critique.leads if standing else ()
    return next((lead for lead in leads if lead.ref == target.ref), None)
