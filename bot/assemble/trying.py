"""The local workspace, and the settings with which the unmodified bot runs in it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.assemble.manifest import manifest_file
from bot.settings import InstallSettings
from bot.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings


def local_workspace(folder: Path) -> Workspace:
    """A workspace that keeps its messages in the folder and gives the bot what its manifest asks for."""
    manifest = json.loads(manifest_file().read_text(encoding="utf-8"))
    return Workspace(save_to=folder / "workspace.json", manifest=manifest)


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
