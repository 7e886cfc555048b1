"""``candor serve`` and ``candor work``: run until told to stop."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.errors import PersonCanFix
from bot.core.words import installing as installing_words
from bot.core.words import mcp as mcp_words
from bot.core.words import terminal as terminal_words
from bot.settings import ENV, check_settings, read_settings, says_where
from bot.terminal.log import log_to_standard_error

if TYPE_CHECKING:
    import argparse
    from collections.abc import Coroutine

    from bot.assemble.bot import Bot
    from bot.assemble.mcp import OpenTools
    from bot.settings import Settings


def serve(arguments: argparse.Namespace) -> int:
    """Receive from Slack and, unless told otherwise, work as well."""
    return asyncio.run(_run(receives=True, works=not arguments.receive_only))


def work(_: argparse.Namespace) -> int:
    """Work on what other processes receive."""
    return asyncio.run(_run(receives=False, works=True))


def mcp(arguments: argparse.Namespace) -> int:
    """Serve the tools for other programs until they close standard input or until told to stop."""
    log_to_standard_error()
    asyncio.run(_tools(_mcp_settings(arguments), arguments))
    return 0


def _mcp_settings(arguments: argparse.Namespace) -> Settings:
    """A client starts the command wherever its user works: nothing in somebody else's project has a say."""
    file = arguments.env_file or (ENV if arguments.http else "")
    if not file and Path(ENV).exists():
        _note(mcp_words.ENV_LEFT_OUT)
    settings = read_settings(file=file)
    if not (arguments.http or says_where(("DATA_DIR", "DATABASE_URL"), file)) and settings.data_dir.exists():
        raise PersonCanFix(mcp_words.whose_database(str(settings.data_dir.absolute())))
    return settings


async def _tools(settings: Settings, arguments: argparse.Namespace) -> None:
    from bot.assemble.mcp import open_tools  # noqa: PLC0415 - an optional part

    async with open_tools(settings, arguments.workspace) as tools:
        if not tools.team:
            _note(mcp_words.remembers_nothing(str(settings.data_dir.absolute())))
        if arguments.http:
            await _over_http(tools, settings, arguments)
            return
        asked = asyncio.create_task(tools.server.run_stdio_async())
        await asyncio.wait((asked, asyncio.create_task(until_told_to_stop())), return_when=asyncio.FIRST_COMPLETED)
        if asked.done():
            try:
                asked.result()
            except* BrokenPipeError:  # the client has gone without a word
                raise BrokenPipeError from None
            return
        asked.cancel()
    os._exit(0)  # else the thread that waits for the client's next line would keep this process


async def _over_http(tools: OpenTools, settings: Settings, arguments: argparse.Namespace) -> None:
    host, port = arguments.host or _LOOPBACK[0], _MCP_PORT if arguments.port is None else arguments.port
    async with tools.over_http(settings, host, port) as url:
        say(mcp_words.listening(url))
        if host not in _LOOPBACK and not settings.install.public_url:
            own = () if host in _EVERYWHERE else (host,)
            _note(mcp_words.answers_only((*_LOOPBACK[:2], *own)))
        await until_told_to_stop()


def _note(sentence: str) -> None:
    """Beside standard output, which a client may be reading."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


_LOOPBACK, _EVERYWHERE = ("127.0.0.1", "localhost", "::1"), ("0.0.0.0", "::")  # noqa: S104 - not to listen there
_MCP_PORT = 4300


async def until_told_to_stop() -> None:
    """Wait for SIGINT or SIGTERM."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    await stopping.wait()


def say(sentence: str) -> None:
    """Print it at once, also where nobody watches."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


async def until_told_to_stop_beside(beside: Coroutine[None, None, None]) -> None:
    """Wait for SIGINT or SIGTERM while something else is done that may as well come to nothing."""
    task = asyncio.create_task(beside)
    try:
        await until_told_to_stop()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _tell_servers(settings: Settings) -> None:
    """Name the model servers on this machine; nothing is used unasked, and nobody's start waits for it."""
    from bot.model.opening import look_around  # noqa: PLC0415 - see `_run`

    if not settings.model.is_configured:
        for server in await look_around():
            say(installing_words.offered(server))


async def _afterwards(bot: Bot, settings: Settings) -> None:
    """What a start leaves for the time when Candor is connected."""
    await bot.prepare()
    gc.freeze()  # as the watchdog does with what was loaded before
    await _tell_servers(settings)


def _keep_little() -> None:
    """Let the C library keep one heap for all threads, and give back what is freed: where it is glibc, 7 MB less."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(_HEAPS, 1)
        library.mallopt(_TRIM, _FREE)


_HEAPS, _TRIM = -8, -1
"""M_ARENA_MAX and M_TRIM_THRESHOLD, as malloc.h has them."""
_FREE = 128 * 1024
"""Bytes: its own beginning, which it would else raise."""
_SELDOM = 50_000
"""Objects after which garbage is looked for. What a start loads stays: to look it through each time took a sixth of the
start, and without any look what does not stay took 4 MB."""


async def _run(*, receives: bool, works: bool) -> int:
    log_to_standard_error()
    settings = read_settings()
    check_settings(settings, receives=receives, works=works)
    gc.set_threshold(_SELDOM)
    _keep_little()
    # Only now: whoever has mistyped a setting hears of it before seconds of libraries are loaded.
    from bot.assemble.bot import Bot  # noqa: PLC0415
    from bot.engine.watchdog import Watchdog  # noqa: PLC0415

    if (seen := settings.operating).logs_reviews or seen.as_json:
        log_to_standard_error(reviews=seen.logs_reviews, as_json=seen.as_json)
    bot = Bot(settings, receives=receives, works=works)
    await bot.start()
    watchdog = Watchdog()  # not before: during a start nobody waits for the loop
    watchdog.start()
    say(terminal_words.RUNNING)
    await until_told_to_stop_beside(_afterwards(bot, settings))
    await watchdog.stop()
    await bot.stop()
    return 0
