"""What came of the reviews, for brand leads: behind the command, and in a window."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.core.errors import TryLater
from bot.core.words import proof as words
from bot.core.words.commands import LATER
from bot.slack.blocks import LONGEST, bold, context, plain, section
from bot.slack.clicks import team_of
from bot.slack.settings import told
from bot.slack.wire.payloads import escaped, part, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.core.ports import ProblemsOf
    from bot.core.proof import Proof, ProofSoFar
    from bot.core.watching import BrandLeads
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json

PROOF = "candor_home_proof"
_MOST = 9_000
"""Characters of guidelines: Slack counts all texts of a message together."""


def proof_blocks(proof: Proof, titles: Mapping[str, str]) -> list[Json]:
    """The figures. Pure."""
    lines = words.guidelines(proof, {name: escaped(title) for name, title in titles.items()})
    ends = accumulate(map(len, lines))
    shown = [line for line, end in zip(lines, ends, strict=True) if end <= _MOST]
    listed = [section(one) for one in _pieces(shown)] or [context(words.NOTHING)]
    if shown != lines:
        listed.append(context(words.not_shown(len(lines) - len(shown))))
    heading = section(bold(words.BY_GUIDELINE))
    return [section("\n".join(words.figures(proof))), heading, *listed, context(words.RANGE)]


def _window(blocks: list[Json]) -> Json:
    return {"type": "modal", "title": plain(words.BUTTON), "close": plain(words.CLOSE), "blocks": blocks}


def _pieces(lines: list[str]) -> Iterator[str]:
    """As many lines in one text as Slack takes."""
    held: list[str] = []
    for line in lines:
        if held and sum(map(len, held)) + len(held) + len(line) > LONGEST:
            yield "\n".join(held)
            held = []
        held.append(line)
    if held:
        yield "\n".join(held)


@dataclass(frozen=True, slots=True)
class ProofWindows:
    """The same figures in both places, for brand leads alone."""

    show: ProofSoFar
    leads: BrandLeads
    problems: ProblemsOf
    clients: Clients

    async def blocks(self, team: str, user: str) -> list[Json] | None:
        """For this person; None where they are no brand lead. Raises `TryLater` where Slack does not say."""
        if not await self.leads.includes(team, user):
            return None
        return proof_blocks(await self.show(team), await self.problems(team))

    async def open(self, body: Json) -> None:
        """Open them in a window."""
        team, user = team_of(body), text(part(body, "user"), "id")
        try:
            blocks = await self.blocks(team, user)
            view = told(words.ONLY_LEADS) if blocks is None else _window(blocks)
        except TryLater:
            view = told(LATER)
        await self.clients.of(team).client.views_open(trigger_id=text(body, "trigger_id"), view=view)
