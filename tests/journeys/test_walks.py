"""How many files somebody opens who follows one story through the running bot, post to reply.

Traced, because reading stops at every port. With ``-s`` it prints the figures of docs/architecture.md. The local
workspace is another server and does not count, nor does a chore that happens to run meanwhile.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.journeys.test_a_model import CLAIM, POST, settings
from tests.model.server import ScriptedModel, critique

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import FrameType

    import pytest

    from tests.journeys.conftest import Stage

BOT = Path(__file__).resolve().parents[2] / "bot"
CHORES = {"again_and_again", "_keep_watch", "_logged"}
UNTOLD = CHORES | {"<genexpr>", "<listcomp>", "<dictcomp>", "<setcomp>", "<lambda>", "<module>"}


@dataclass
class Walk:
    """The files that were entered, and the calls that led from one into another."""

    files: Counter[str] = field(default_factory=Counter[str])
    crossings: int = 0

    @property
    def rooms(self) -> int:
        """How many rooms they stand in."""
        return len({name.partition("/")[0] for name in self.files})

    def enter(self, frame: FrameType, event: str, _: object) -> None:
        """Takes one event of `sys.setprofile`. A coroutine that goes on is entered again; that changes no file."""
        if event != "call" or not (name := _file(frame.f_code.co_filename)) or frame.f_code.co_name in UNTOLD:
            return
        before, caller = "", frame.f_back
        while caller is not None:
            if caller.f_code.co_name in CHORES:
                return
            before, caller = before or _file(caller.f_code.co_filename), caller.f_back
        self.files[name] += 1
        self.crossings += bool(before) and before != name


@cache
def _file(filename: str) -> str:
    path = Path(filename)
    if not path.is_relative_to(BOT):
        return ""
    name = path.relative_to(BOT).as_posix()
    return "" if name.startswith("workspace/") else name


@contextmanager
def walked(story: str) -> Generator[Walk]:
    """Traces this thread, in which the whole bot runs but for what it hands to others."""
    walk = Walk()
    sys.setprofile(walk.enter)
    try:
        yield walk
    finally:
        sys.setprofile(None)
        lines = [f"| {story} | {len(walk.files)} | {walk.rooms} | {walk.crossings} |"]
        lines += [f"    {name} {count}" for name, count in sorted(walk.files.items())]
        sys.stdout.write("\n".join(lines) + "\n")


MOST_FOR_A_DRAFT, MOST_FOR_A_CLICK = 77, 37
"""77 and 36 are usual; a reconnection meanwhile may enter one or two more. To be lowered, never raised."""


async def test_a_story_opens_few_files(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.settings._GOOD", float("inf"))  # however slow the machine: read once
    async with ScriptedModel() as model:
        model.will(critique(CLAIM))
        await stage.start(**settings(model))
        with walked("a draft with a model, post to reply") as draft:
            ts = stage.workspace.post("#drafts", POST)
            await stage.reply(ts, "1 change")
        reply = stage.reply_to(ts)
        value = next(
            element["value"]
            for block in reply["blocks"]
            for element in block.get("elements", [])
            if element.get("action_id") == "candor_use"
        )
        await stage.workspace.delivered()
        await stage.settled()
        with walked("a click on Use this, to the reply and the clean text") as click:
            await stage.workspace.click("#drafts", reply["ts"], "candor_use", value=value)
            await stage.until(lambda: bool(stage.clean_texts(ts)), "the clean text")
        assert len(draft.files) <= MOST_FOR_A_DRAFT
        assert len(click.files) <= MOST_FOR_A_CLICK
        assert "core/judging.py" in draft.files
        assert "slack/clicks.py" in click.files
