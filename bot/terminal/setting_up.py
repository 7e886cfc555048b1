"""``candor migrate``, ``candor jobs``, ``candor workspaces`` and ``candor manifest``."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.assemble.installing import allow, guests
from bot.assemble.manifest import manifest_for
from bot.assemble.memory import migrate_database, put_aside, retry
from bot.core.errors import PersonCanFix
from bot.core.words import install as install_words
from bot.core.words import terminal as words
from bot.settings import read_settings

if TYPE_CHECKING:
    import argparse


def migrate(_: argparse.Namespace) -> int:
    """Bring the database's tables up to date."""
    asyncio.run(migrate_database(read_settings()))
    sys.stdout.write(f"{words.MIGRATED}\n")
    return 0


def jobs(arguments: argparse.Namespace) -> int:
    """List the drafts that are put aside, or let them be reviewed again."""
    settings = read_settings()
    if arguments.retry:
        sys.stdout.write(f"{words.retried(asyncio.run(retry(settings, arguments.retry)))}\n")
        return 0
    lines = [words.put_aside(*one) for one in asyncio.run(put_aside(settings))]
    sys.stdout.write("".join(f"{line}\n" for line in lines or [words.NO_JOBS]))
    return 0


def workspaces(arguments: argparse.Namespace) -> int:
    """List who installed Candor by OAuth, or let one of them use it."""
    settings = read_settings()
    if key := arguments.allow:
        count = asyncio.run(allow(settings, key))
        if not count:
            raise PersonCanFix(install_words.not_waiting(key))
        sys.stdout.write(f"{install_words.allowed(key, count)}\n")
        return 0
    lines = [
        install_words.guest(one, f"{datetime.fromtimestamp(one.installed_at, UTC):%d %B %Y}")
        for one in asyncio.run(guests(settings))
    ]
    sys.stdout.write("".join(f"{line}\n" for line in lines or [install_words.NO_GUESTS]))
    return 0


def manifest(_: argparse.Namespace) -> int:
    """Print the manifest to paste into Slack's app page."""
    sys.stdout.write(manifest_for(read_settings()))
    return 0
