"""Find what a click is about, as the draft stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.standing import standing_in

if TYPE_CHECKING:
    from bot.core.click import Target
    from bot.core.finding import Finding
    from bot.core.record import DraftState
    from bot.core.standing import Point


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
