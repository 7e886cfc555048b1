"""``candor try``: the real bot and a local workspace, in one process on this machine."""

from __future__ import annotations

import asyncio
import errno
import os
import shlex
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from bot.assemble.judging import with_model
from bot.assemble.trying import Trial, local_workspace, settings_for
from bot.core.errors import PersonCanFix
from bot.core.words import installing as installing_words
from bot.core.words import terminal as terminal_words
from bot.model.opening import look_around
from bot.settings import forget_proxies, read_settings
from bot.terminal.files import called
from bot.terminal.log import log_to_standard_error
from bot.terminal.serving import say, until_told_to_stop_beside

if TYPE_CHECKING:
    import argparse

    from bot.core.installing import ModelServer
    from bot.settings import Settings
    from bot.workspace.server import Workspace


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
    settings = read_settings()
    if arguments.model:
        settings = await with_model(settings, arguments.model)
    workspace = local_workspace(folder)
    await workspace.start()
    trial = Trial(workspace, settings_for(workspace, folder, settings))
    try:
        await trial.start()
        url = await _open_door(workspace, arguments.port)
        say(terminal_words.trying(url, arguments.data))
        if not arguments.no_browser:
            await asyncio.to_thread(webbrowser.open, url)
        await until_told_to_stop_beside(_tell_servers(settings))
    finally:
        await trial.stop()
        await workspace.stop()
    return 0


async def _tell_servers(settings: Settings) -> None:
    """Name the model servers on this machine, and how to use them; nothing is used unasked."""
    for server in () if settings.model.is_configured else await look_around():
        say(_offer(server))


def _offer(server: ModelServer) -> str:
    if not server.for_text:
        return installing_words.has_no_models(server)
    name = shlex.quote(server.for_text[0])
    by_make = Path("Makefile").is_file() and called() != "candor"
    return installing_words.found(server, f"make try MODEL={name}" if by_make else f"{called()} try --model {name}")


def _folder(name: str) -> Path:
    """The folder of that name, made where there is none. Raises `PersonCanFix`."""
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PersonCanFix(terminal_words.folder_unusable(name, os.strerror(error.errno or errno.EIO))) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PersonCanFix(terminal_words.folder_unusable(name, os.strerror(errno.EACCES)))
    return folder


async def _open_door(workspace: Workspace, port: int | None) -> str:
    """People's address answers only from now on, when the bot is connected. Raises `PersonCanFix`."""
    for wanted in _USUAL_PORTS if port is None else (port,):
        try:
            return await workspace.listen(wanted)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise PersonCanFix(terminal_words.port_refused(wanted, os.strerror(error.errno or errno.EIO))) from None
    raise PersonCanFix(terminal_words.port_taken(_USUAL_PORTS[-1] if port is None else port))
