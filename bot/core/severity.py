"""How much a finding matters to the reader of the post."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """The three levels, by harm to the reader. The words are part of every file and message."""

    MUST_FIX = "must-fix"
    SHOULD_FIX = "should-fix"
    CONSIDER = "consider"

    @property
    def rank(self) -> int:
        """0 for the most severe; sorting by it puts what matters first."""
        return list(Severity).index(self)
