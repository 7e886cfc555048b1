"""The local workspace, and the settings with which the unmodified bot runs in it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.assemble.bot import Bot
from bot.assemble.manifest import manifest_file
from bot.core.errors import PersonCanFix
from bot.core.message import Place
from bot.core.words import terminal as terminal_words
from bot.core.words import workspace as words
from bot.model.recordings import Recordings
from bot.settings import InstallSettings
from bot.workspace import Workspace
from bot.workspace.switching import Switch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.model.recordings import Call
    from bot.settings import Settings
    from bot.workspace.switching import Spot

FIXED, MODEL, RECORDED = "fixed", "model", "recorded"
"""Who reads drafts: fixed checks alone, the model of the settings, or a model's recorded answers."""
RECORDINGS = "recorded.jsonl"
"""The file of recorded answers, beside the prompts."""


def local_workspace(folder: Path) -> Workspace:
    """A workspace that keeps its messages in the folder and gives the bot what its manifest asks for.

    Raises `PersonCanFix` where the folder holds another kind of file under that name.
    """
    manifest, kept = json.loads(manifest_file().read_text(encoding="utf-8")), folder / "workspace.json"
    try:
        return Workspace(save_to=kept, manifest=manifest)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PersonCanFix(terminal_words.folder_holds_something_else(str(kept))) from None


def settings_for(workspace: Workspace, folder: Path, settings: Settings) -> Settings:
    """The person's settings, but for what ties the bot to this workspace."""
    bots = [team.bot for team in workspace.state.teams.values()]
    return replace(
        settings,
        bot_tokens=tuple(bot.token for bot in bots),
        app_token=bots[0].app_token,
        api_url=workspace.api_url,
        draft_channels=settings.draft_channels or frozenset({"drafts"}),
        database_url="",
        data_dir=folder,
        port=None,
        install=InstallSettings(),
    )


def rehearsed(workspace: Workspace, settings: Settings) -> Settings:
    """The same, by the workspace's clock, and with a digest: a newcomer need not wait for Monday."""
    digest = settings.digest if settings.digest.channel else replace(settings.digest, channel="brand")
    return replace(settings, digest=digest, clock_url=f"{workspace.url}/local/clock")


def recorded_answers(settings: Settings, told: Callable[[Call], object] | None = None) -> Recordings:
    """The answers that come with the prompts; ``told`` hears of every request."""
    kept = settings.prompts / RECORDINGS
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    return Recordings(lines, told)


class Trial:
    """The bot in a local workspace. Who reads drafts there is a switch on its page, and turning it starts the bot anew.

    Without a model in the settings a model's recorded answers take its place; drafts that they are not about are read
    by fixed checks.
    """

    def __init__(self, workspace: Workspace, settings: Settings, recordings: Recordings | None = None) -> None:
        self._workspace, self._settings = workspace, settings
        self._recordings = recordings or recorded_answers(settings)
        self._bot: Bot | None = None

    async def start(self) -> None:
        """Start with the most that there is. Raises `PersonCanFix`."""
        most, label = MODEL, self._settings.model.name
        if not self._settings.model.is_configured:
            most, label = RECORDED, words.RECORDED_MODEL
        await self._run(most)
        choices = ((FIXED, words.FIXED_CHECKS), (most, label))
        self._workspace.hub.switch = Switch(words.READ_BY, choices, most, self._choose)

    async def stop(self) -> None:
        """Stop the bot."""
        await self._leave()
        await self._recordings.aclose()

    async def _choose(self, name: str, spot: Spot) -> None:
        """Let somebody else read drafts, beginning with the one that people look at."""
        await self._leave()
        bot = await self._run(name)
        if spot.ts:
            await bot.review_again(Place(spot.channel.team, spot.channel.id, spot.ts).draft_id)

    async def _run(self, name: str) -> Bot:
        settings = self._settings
        if name == FIXED:
            settings = replace(settings, model=replace(settings.model, key="", url=""))
        self._bot = bot = Bot(settings, recordings=self._recordings if name == RECORDED else None)
        await bot.start()
        return bot

    async def _leave(self) -> None:
        bot, self._bot = self._bot, None
        if bot:
            await bot.stop()
