"""A process with an engine, to be killed. Arguments: the database's URL, a folder, a name, and how long a step hangs.

A step writes its beginning and its end into the folder; the second one hangs in between.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.engine.jobs import Engine, EngineLimits, Flows

if TYPE_CHECKING:
    from bot.core.ports import Step


async def main(url: str, folder: Path, name: str, hang: float) -> None:
    """Work until killed."""

    def note(what: str) -> None:
        with (folder / "log").open("a", encoding="utf-8") as file:
            file.write(f"{name} {what}\n")

    async def review(step: Step, draft_id: str, revision: str, round_: int) -> str:
        async def work(key: str) -> str:
            note(f"begins {key}")
            await asyncio.sleep(hang if key == "second" else 0)
            note(f"ends {key}")
            return key

        del draft_id, revision, round_
        await step("first", work, "first")
        return await step("second", work, "second")

    async def remove(step: Step, draft_id: str) -> str:
        del step
        return draft_id

    async def refresh(step: Step, draft_id: str, cause: str) -> str:
        del step, cause
        return draft_id

    limits = replace(EngineLimits(), poll=0.05, poll_alone=0.05, turn_poll=0.05, beat=0.2, dead=1.0)
    await Engine(url, limits).start(Flows(review=review, remove_reply=remove, refresh=refresh))
    note("is ready")
    await asyncio.Event().wait()


asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], hang=float(sys.argv[4])))
