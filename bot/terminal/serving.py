"""``candor serve`` and ``candor work``: run until told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from typing import TYPE_CHECKING

from bot.assemble.bot import Bot
from bot.core.words import connecting as model_words
from bot.core.words import terminal as words
from bot.model.connecting import look_around
from bot.settings import check_proxies, read_settings

if TYPE_CHECKING:
    import argparse


def serve(arguments: argparse.Namespace) -> int:
    """Receive from Slack and, unless told otherwise, work as well."""
    return asyncio.run(_run(receives=True, works=not arguments.receive_only))


def work(_: argparse.Namespace) -> int:
    """Work on what other processes receive."""
    return asyncio.run(_run(receives=False, works=True))


async def until_told_to_stop() -> None:
    """Wait for SIGINT or SIGTERM."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    await stopping.wait()


def log_to_standard_error() -> None:
    """Warnings and errors, one line each."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


async def _run(*, receives: bool, works: bool) -> int:
    log_to_standard_error()
    check_proxies()
    settings = read_settings()
    bot = Bot(settings, receives=receives, works=works)
    looking = None if settings.model.is_configured else asyncio.create_task(look_around())
    await bot.start()
    found = [model_words.offered(server) for server in await looking] if looking else []
    sys.stdout.write("\n".join([words.RUNNING, *found, ""]))
    sys.stdout.flush()
    await until_told_to_stop()
    await bot.stop()
    return 0
