"""What a workspace made of the guidelines: which are in force, and how severe they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.guideline import Guideline, Library
    from bot.core.severity import Severity


@dataclass(frozen=True, slots=True)
class Policy:
    """Equal policies give equal reviews, so it also says which reviews may be shared."""

    off: frozenset[str] = frozenset()
    """Ids of guidelines that are switched off."""
    packs: frozenset[str] = frozenset()
    """Names of the optional packs that are switched on."""
    severities: tuple[tuple[str, Severity], ...] = ()
    """Guideline ids with a severity of the workspace's own, in the order of the ids."""

    def apply(self, library: Library) -> Library:
        """The guidelines in force, each with the severity that it has here."""
        own = dict(self.severities)
        in_force = library.in_force(self.packs).guidelines
        return replace(library, guidelines=tuple(_with(g, own.get(g.id)) for g in in_force if g.id not in self.off))


def _with(guideline: Guideline, severity: Severity | None) -> Guideline:
    """A severity of one's own replaces the escalated one too: nobody is overruled by a file."""
    return guideline if severity is None else replace(guideline, severity=severity, escalates_to=None)
