"""The fact sheets, and what was said before, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.brand.facts import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.brand.facts import Fact, FactChange
    from bot.core.brand.posts import EarlierPost


@dataclass
class FakeFacts:
    sheets: dict[str, dict[str, Fact]] = field(default_factory=dict[str, "dict[str, Fact]"])
    audit: dict[str, list[FactChange]] = field(default_factory=dict[str, "list[FactChange]"])

    async def of(self, team: str) -> tuple[Fact, ...]:
        return in_order(self.sheets.get(team, {}).values())

    async def save(self, team: str, facts: Sequence[Fact], gone: Sequence[str], changes: Sequence[FactChange]) -> None:
        sheet = self.sheets.setdefault(team, {})
        sheet |= {fact.id: fact for fact in facts}
        for fact_id in gone:
            sheet.pop(fact_id, None)
        self.audit.setdefault(team, []).extend(changes)

    async def changes(self, team: str, most: int) -> tuple[FactChange, ...]:
        return tuple(self.audit.get(team, [])[::-1][:most])


@dataclass
class FakePosts:
    lacking: set[str] = field(default_factory=set[str])
    links: dict[str, str] = field(default_factory=dict[str, str])
    known: tuple[EarlierPost, ...] = ()
    quotes: dict[str, tuple[str, ...]] = field(default_factory=dict[str, "tuple[str, ...]"])

    async def near(self, team: str, text: str, draft_id: str = "") -> tuple[EarlierPost, ...]:
        assert team or text or draft_id
        return self.known

    async def alike(self, team: str, text: str) -> tuple[EarlierPost, ...]:
        return await self.near(team, text)

    async def of_channel(self, team: str, channel: str, most: int) -> tuple[EarlierPost, ...]:
        assert (team, channel) != ("", "")
        return self.known[:most]

    async def bring(self, team: str, posts: Sequence[EarlierPost]) -> int:
        assert team
        self.known += tuple(posts)
        return len(posts)

    async def quoting(self, draft_id: str) -> tuple[str, ...]:
        return self.quotes.get(draft_id, ())

    async def unquoted(self, draft_id: str) -> None:
        self.quotes.pop(draft_id)

    async def lacks_link(self, draft_id: str) -> bool:
        return draft_id in self.lacking

    async def link(self, draft_id: str, link: str) -> None:
        self.lacking.discard(draft_id)
        self.links[draft_id] = link
