"""Variants for several audiences, held beside one another in Slack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.words.brand import variants as words
from tests.journeys.test_commands import typed
from tests.journeys.test_conversation import answered
from tests.model.server import ScriptedModel, critique, issue

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


HEADED = """\
Instagram:
The herb fair in the old mill opens on 12 June. Bring a pot and a friend.

LinkedIn:
The herb fair in the old mill opens on 13 June. Forty growers, one mill, no plastic.
"""


async def test_a_review_shows_both_statements_where_variants_of_the_draft_differ(played: Stage) -> None:
    draft = played.workspace.post("#drafts", HEADED)
    reply = shown(await played.reply(draft))
    assert "found 1 point" in reply
    assert "The herb fair in the old mill opens on 13 June" in reply
    assert "The variant for Instagram says “The herb fair in the old mill opens on 12 June”." in reply
    meant = HEADED.replace("Instagram:", "Leeds:").replace("LinkedIn:", "York:")
    assert "found nothing" in shown(await played.reply(played.workspace.post("#drafts", meant)))


async def test_what_the_model_says_of_the_same_statements_is_not_said_twice(stage: Stage) -> None:
    quote = "The herb fair in the old mill opens on 12 June."
    async with ScriptedModel() as model:
        model.otherwise = critique(issue(quote, "authenticity/one-story", why="LinkedIn readers are told 13 June."))
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up", OPENAI_API="chat")
        reply = shown(await stage.reply(stage.workspace.post("#drafts", HEADED), "1 change"))
    assert reply.count("opens on 13 June") == reply.count("opens on 12 June") == 1
    assert "The variant for Instagram says" in reply
    assert "LinkedIn readers are told" not in reply


def shown(reply: dict[str, Any]) -> str:
    return json.dumps(reply["blocks"], ensure_ascii=False)
