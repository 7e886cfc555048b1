"""What flows need from the outside, as small protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.core.draft import Draft
    from bot.core.finding import Finding


@runtime_checkable
class Rules(Protocol):
    """The fixed rules of the guidelines in force."""

    @property
    def guidelines(self) -> int:
        """How many guidelines are in force."""
        ...

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the rules find in the draft: exact spans, no overlaps within a family."""
        ...
