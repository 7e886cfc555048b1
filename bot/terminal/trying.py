"""``candor try``: the real bot and a local workspace, in one process on this machine."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from bot.assemble.trying import Trial, local_workspace, rehearsed, settings_for
from bot.core.errors import PersonCanFix
from bot.core.words import terminal as words
from bot.settings import forget_proxies, read_settings
from bot.terminal.serving import log_to_standard_error, until_told_to_stop

if TYPE_CHECKING:
    import argparse

    from bot.workspace import Workspace


def try_out(arguments: argparse.Namespace) -> int:
    """Run until stopped. Without ``--data`` everything lives in a folder that is removed afterwards."""
    forget_proxies()
    log_to_standard_error()
    if arguments.data:
        folder = Path(arguments.data)
        folder.mkdir(parents=True, exist_ok=True)
        return asyncio.run(_run(arguments, folder))
    with tempfile.TemporaryDirectory(prefix="candor-") as temporary:
        return asyncio.run(_run(arguments, Path(temporary)))


async def _run(arguments: argparse.Namespace, folder: Path) -> int:
    workspace = local_workspace(folder)
    await workspace.start()
    trial = Trial(workspace, rehearsed(workspace, settings_for(workspace, folder, read_settings())))
    try:
        await trial.start()
        url = await _open_door(workspace, arguments.port)
        sys.stdout.write(f"{words.trying(url, arguments.data)}\n")
        sys.stdout.flush()
        if not arguments.no_browser:
            await asyncio.to_thread(webbrowser.open, url)
        await until_told_to_stop()
    finally:
        await trial.stop()
        await workspace.stop()
    return 0


async def _open_door(workspace: Workspace, port: int) -> str:
    """People's address answers only from now on, when the bot is connected."""
    try:
        return await workspace.listen(port)
    except OSError:
        raise PersonCanFix(words.port_taken(port)) from None
