"""Without a key `candor try` shows what a model adds, with recorded answers to the drafts that the page offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.assemble.trying import Trial, local_workspace, rehearsed, settings_for
from bot.core.words.workspace import SAMPLES
from bot.settings import read_settings
from bot.workspace.switching import Spot
from tests.journeys.test_buttons import said

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from bot.workspace import Workspace

LABEL = "Recorded answer of a language model, "
OWN = "Instagram\n\nLAST CHANCE!!! Only 3 left, act now before it's gone."


class Room:
    """A workspace in which somebody tries Candor out."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def words(self, ts: str) -> str:
        """What Candor's first reply in the thread says."""
        replies = [message for message in self.workspace.channel("#drafts").thread(ts) if message.get("bot_id")]
        return said(replies[0]) if replies else ""

    async def reads(self, ts: str, words: str, *, without: str = "") -> str:
        """The reply once it holds these words, and others no longer."""

        def there() -> bool:
            text = self.words(ts)
            return words in text and not (without and without in text)

        await self.workspace.until(there, 60, f"a reply with “{words}”")
        return self.words(ts)

    async def switch(self, name: str, ts: str = "") -> None:
        assert self.workspace.hub.switch
        spot = Spot(self.workspace.channel("#drafts"), ts)
        await self.workspace.hub.switch.turn(name, spot, self.workspace.hub.changes)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncGenerator[Room]:
    workspace = local_workspace(tmp_path)
    await workspace.start()
    trial = Trial(workspace, rehearsed(workspace, settings_for(workspace, tmp_path, read_settings({}))))
    try:
        await trial.start()
        yield Room(workspace)
    finally:
        await trial.stop()
        await workspace.stop()


async def test_an_own_draft_and_an_edited_sample_are_read_by_fixed_checks_and_say_so(room: Room) -> None:
    own = room.workspace.post("#drafts", OWN)
    assert LABEL not in await room.reads(own, "Automated reply by Candor.")
    edited = room.workspace.post("#drafts", f"{SAMPLES[0][1]} Yes!")
    assert LABEL not in await room.reads(edited, "Automated reply by Candor.")
