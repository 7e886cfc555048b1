"""``candor try``: the real bot and a local workspace, in one process on this machine."""

from __future__ import annotations

import asyncio
import errno
import os
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


_USUAL_PORTS = range(4200, 4220)
"""Where the page is where nobody names a port: the first one that is free."""


def try_out(arguments: argparse.Namespace) -> int:
    """Run until stopped. Without ``--data`` everything lives in a folder that is removed afterwards."""
    forget_proxies()
    log_to_standard_error()
    if arguments.data:
        return asyncio.run(_run(arguments, _folder(arguments.data)))
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


def _folder(name: str) -> Path:
    """The folder of that name, made where there is none. Raises `PersonCanFix`."""
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PersonCanFix(words.folder_unusable(name, os.strerror(error.errno or errno.EIO))) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PersonCanFix(words.folder_unusable(name, os.strerror(errno.EACCES)))
    return folder


async def _open_door(workspace: Workspace, port: int | None) -> str:
    """People's address answers only from now on, when the bot is connected. Raises `PersonCanFix`."""
    for wanted in _USUAL_PORTS if port is None else (port,):
        try:
            return await workspace.listen(wanted)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise PersonCanFix(words.port_refused(wanted, os.strerror(error.errno or errno.EIO))) from None
    raise PersonCanFix(words.port_taken(_USUAL_PORTS[-1] if port is None else port))
