"""``candor doctor``: what is well, what is not, and what to do about it."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from typing import TYPE_CHECKING

from bot.assemble.doctor import examine
from bot.core.errors import PersonCanFix
from bot.core.words import doctor as words
from bot.settings import check_proxies, read_settings
from bot.store.encryption import new_key

if TYPE_CHECKING:
    import argparse

    from bot.core.diagnosis import Diagnosis

WELL, UNWELL = 0, 1


def doctor(arguments: argparse.Namespace) -> int:
    """0 when all is well, 1 when something is to be mended."""
    if arguments.new_key:
        sys.stdout.write(f"{new_key()}\n")
        return WELL
    logging.disable(logging.CRITICAL)  # what libraries log is said here in sentences
    try:
        lines = asyncio.run(_examine(show=not arguments.json))
    finally:
        logging.disable(logging.NOTSET)
    faults = sum(not line.is_well for line in lines)
    if arguments.json:
        sys.stdout.write(json.dumps(_as_json(lines), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(f"{words.summary(faults)}\n")
    return UNWELL if faults else WELL


async def _examine(*, show: bool) -> list[Diagnosis]:
    lines: list[Diagnosis] = []

    def note(line: Diagnosis) -> None:
        lines.append(line)
        if show:
            sys.stdout.write(_shown(line))
            sys.stdout.flush()

    try:
        settings = read_settings()
        check_proxies()
    except PersonCanFix as error:
        for line in [*map(words.setting_fault, str(error).splitlines()), words.not_looked_at()]:
            note(line)
        return lines
    async for line in examine(settings):
        note(line)
    return lines


def _shown(line: Diagnosis) -> str:
    if line.is_well:
        return f"{words.WELL}  {line.says}\n"
    return f"{words.UNWELL}  {line.says}\n    {line.remedy}\n"


def _as_json(lines: list[Diagnosis]) -> dict[str, object]:
    checks = [{"area": one.area, "ok": one.is_well, "says": one.says, "remedy": one.remedy} for one in lines]
    return {"ok": all(one.is_well for one in lines), "checks": checks}
