"""Judges that are the same for every workspace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.ports import Judges

if TYPE_CHECKING:
    from bot.core.brand.posts import EarlierPost
    from bot.core.ports import Critic, Rules


@dataclass
class FakeJudges:
    """Judges by the rules and the critic it was made with."""

    rules: Rules
    critic: Critic | None = None
    brand: str = ""
    own_contacts: tuple[str, ...] = ()

    said_before: tuple[EarlierPost, ...] = ()

    async def of(self, team: str, text: str = "", draft_id: str = "") -> Judges:
        del team, text, draft_id
        made = Judges(self.rules, self.critic, self.brand, own_contacts=self.own_contacts)
        return replace(made, said_before=self.said_before, beside=self.said_before)
