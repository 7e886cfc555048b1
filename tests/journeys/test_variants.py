"""Variants for several audiences, held beside one another in Slack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.core.words.brand import variants as words
from tests.journeys.test_commands import typed
from tests.journeys.test_conversation import answered

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)
VARIANTS = """\
Students:
The Brio box is £5 a month. Free delivery, and every box is baked in Leeds. See <!channel>
---
Parents:
School mornings sorted: our Brio box costs £7 a month. Every box is baked in Leeds.
"""
CONTRADICTS = "Price: The Brio box is … Students: “£5 a month”; Parents: “£7 a month”"


async def test_contradictions_are_shown_to_one_person_or_in_the_drafts_thread(played: Stage) -> None:
    alone = await typed(played, f"compare {VARIANTS}")
    assert alone.startswith("2 variants for 2 audiences: 1 contradiction.")
    assert CONTRADICTS in alone
    assert "Promise: free delivery (Students)" in alone
    assert words.swap("Students", "Parents") in alone
    assert words.NO_VARIANTS in await typed(played, "compare")
    assert played.workspace.messages("#drafts") == []
    draft = played.workspace.post("#drafts", VARIANTS)
    await played.reply(draft)
    played.workspace.post("#drafts", "@candor compare", thread_ts=draft)
    there = await answered(played, draft, CONTRADICTS, "#drafts")
    assert words.BY_CODE in there
    assert "Automated reply from Candor." in there
    assert "<!channel>" not in there
