from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from bot.core.drafts import Author, Changed, Posted
from bot.core.settings import WorkspaceSettings
from bot.flows.receiving import AdmitOutsiders, ReceiveMessage
from tests.flows.fakes import POST, message
from tests.flows.world import World


@dataclass
class FakeSettings:
    """Which teams want to hear people of other organisations."""

    wanted: frozenset[str] = frozenset()

    async def of(self, team: str) -> WorkspaceSettings:
        return WorkspaceSettings(external_authors=team in self.wanted)


@pytest.mark.parametrize(("wanted", "reviewed"), [(frozenset({"T1"}), 1), (frozenset({"T2"}), 0)])
@pytest.mark.parametrize("event", [Posted, Changed])
async def test_drafts_by_outsiders_are_reviewed_only_where_the_workspace_wants_it(
    wanted: frozenset[str], reviewed: int, event: type[Posted | Changed]
) -> None:
    world = World()
    admit = AdmitOutsiders(FakeSettings(wanted))
    receive = ReceiveMessage(world.drafts, world.jobs, world.channels, watermarks=world.watermarks, admit=admit)
    await receive(event(replace(message(POST), author=Author.OUTSIDER)))
    assert len(world.jobs.reviews) == reviewed


@pytest.mark.parametrize("author", [Author.PERSON, Author.BOT])
async def test_everybody_else_is_who_they_are(author: Author) -> None:
    said = replace(message(POST), author=author)
    assert await AdmitOutsiders(FakeSettings(frozenset({"T1"})))(said) == said
