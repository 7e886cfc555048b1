"""The fact sheets, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.facts import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.facts import Fact, FactChange


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
