"""What came of the reviews, for brand leads: behind the command, and in a window."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.core.errors import TryLater
from bot.core.words import proof as words
from bot.core.words.commands import LATER, WAIT
from bot.slack.blocks import bold, context, parts_of, section, window
from bot.slack.clicks import Afterwards, open_window, replace_window, who
from bot.slack.settings import told
from bot.slack.wire.payloads import escaped

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from bot.core.ports import ProblemsOf
    from bot.core.proof import Proof, ProofSoFar
    from bot.core.watching import BrandLeads
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json

PROOF = "candor_home_proof"
_PATIENCE = 1.2
"""Seconds that counting may take before the window is opened without the figures."""
_MOST = 9_000
"""Characters of guidelines: Slack counts all texts of a message together."""


def proof_blocks(proof: Proof, titles: Mapping[str, str]) -> list[Json]:
    """The figures. Pure."""
    lines = words.guidelines(proof, {name: escaped(title) for name, title in titles.items()})
    ends = accumulate(map(len, lines))
    shown = [line for line, end in zip(lines, ends, strict=True) if end <= _MOST]
    listed = [section(one) for one in parts_of("\n".join(shown)) if one] or [context(words.NOTHING)]
    if shown != lines:
        listed.append(context(words.not_shown(len(lines) - len(shown))))
    heading = section(bold(words.BY_GUIDELINE))
    return [section("\n".join(words.figures(proof))), heading, *listed, context(words.below(proof))]


@dataclass(frozen=True, slots=True)
class ProofWindows:
    """The same figures in both places, for brand leads alone."""

    show: ProofSoFar
    leads: BrandLeads
    problems: ProblemsOf
    clients: Clients
    afterwards: Afterwards = field(default_factory=Afterwards)

    async def blocks(self, team: str, user: str) -> list[Json] | None:
        """For this person; None where they are no brand lead. Raises `TryLater` where Slack does not say."""
        if not await self.leads.includes(team, user):
            return None
        return proof_blocks(await self.show(team), await self.problems(team))

    async def open(self, body: Json) -> None:
        """Open them in a window; of many reviews they follow there, as Slack lets a window be opened for 3 seconds."""
        team, user = who(body)
        counting = self.afterwards.go_on(self._view(team, user))
        done, _ = await asyncio.wait({counting}, timeout=_PATIENCE)
        shown = counting.result() if done else told(WAIT, words.TITLE)
        view_id = await open_window(self.clients, body, shown)
        if not done:
            self.afterwards.go_on(self._follow(body, view_id, counting))

    async def _view(self, team: str, user: str) -> Json:
        try:
            blocks = await self.blocks(team, user)
        except TryLater:
            return told(LATER, words.TITLE)
        return told(words.ONLY_LEADS, words.TITLE) if blocks is None else window(words.TITLE, blocks)

    async def _follow(self, body: Json, view_id: str, counting: Awaitable[Json]) -> None:
        await replace_window(self.clients, body, view_id, view=await counting)
