"""What is recorded of what a brand says: its fact sheet, and what it said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.drafts import Place

if TYPE_CHECKING:
    from bot.core.brand.posts import KeptPosts
    from bot.core.home import Links
    from bot.flows.brand.facts import FactSheets


@dataclass(frozen=True, slots=True)
class Records:
    """What drafts are compared with."""

    sheets: FactSheets
    posts: KeptPosts


@dataclass(frozen=True, slots=True)
class LinkPost:
    """Done once, behind the click that approved it, so that nobody waits for Slack. Safe to repeat."""

    posts: KeptPosts
    links: Links

    async def __call__(self, draft_id: str) -> None:
        """Note the address of an approved post that has none. Where Slack gives none, the next click tries again."""
        if await self.posts.lacks_link(draft_id) and (link := await self.links.to(Place.of(draft_id))):
            await self.posts.link(draft_id, link)
