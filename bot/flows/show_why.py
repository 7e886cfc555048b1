"""Somebody asked why: find the guideline behind a finding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.flows.find_point import find_point

if TYPE_CHECKING:
    from bot.core.click import Click
    from bot.core.guideline import Guideline, Library
    from bot.core.ports import Drafts


@dataclass(frozen=True, slots=True)
class ShowWhy:
    """Answers with the guideline as it is in force now, as severe as the point that was asked about."""

    drafts: Drafts
    library: Library

    async def __call__(self, click: Click) -> Guideline | None:
        """The guideline, None where the finding or the guideline is gone."""
        _, point = await find_point(self.drafts, click.target)
        cited = self.library.cited(point.finding.guideline) if point else None
        return replace(cited, severity=point.finding.severity) if point and cited else None
