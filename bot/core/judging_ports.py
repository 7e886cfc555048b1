"""Who judges a workspace's drafts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.core.draft import Draft
    from bot.core.ports import Critic, Rules


@dataclass(frozen=True, slots=True)
class Judges:
    """The fixed rules of the guidelines in force, and the language model where there is one.

    ``brand`` is what the workspace says about itself; the model reads it before every draft. ``own_contacts`` is
    the contact data that it publishes as its own, which nobody flags.
    """

    rules: Rules
    critic: Critic | None = None
    brand: str = ""
    own_contacts: tuple[str, ...] = ()

    def told(self, draft: Draft) -> Draft:
        """The draft with what the brand says before what its author says about it."""
        context = "\n\n".join(filter(None, (self.brand, draft.context)))
        return replace(draft, context=context, own_contacts=self.own_contacts)


@runtime_checkable
class JudgesOf(Protocol):
    """The judges under a workspace's own policy."""

    async def of(self, team: str) -> Judges:
        """The judges at this moment; ask each time, a changed setting counts at once."""
        ...
