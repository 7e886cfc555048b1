"""``candor migrate`` and ``candor manifest``."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from bot.assemble.manifest import manifest_for
from bot.assemble.memory import migrate_database
from bot.core.words import terminal as words
from bot.settings import read_settings

if TYPE_CHECKING:
    import argparse


def migrate(_: argparse.Namespace) -> int:
    """Bring the database's tables up to date."""
    asyncio.run(migrate_database(read_settings()))
    sys.stdout.write(f"{words.MIGRATED}\n")
    return 0


def manifest(_: argparse.Namespace) -> int:
    """Print the manifest to paste into Slack's app page."""
    sys.stdout.write(manifest_for(read_settings()))
    return 0
