"""How many drafts wait for a brand lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.sign_off_ports import SignOffs


@dataclass(frozen=True, slots=True)
class CountedSignOffs:
    """The `SignOffs` port of the digest, which takes the number alone."""

    sign_offs: SignOffs

    async def waiting(self, team: str) -> int:
        """How many drafts wait for a brand lead at this moment."""
        return len(await self.sign_offs.waiting(team))
