"""Variants for several audiences, held beside one another in Slack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.words.brand import variants as words
from bot.slack.commands import DELETE
from bot.workspace.state import Channel
from tests.journeys.test_commands import typed
from tests.journeys.test_conversation import answered, said
from tests.journeys.test_on_request import answers
from tests.journeys.test_privacy import ask_for_deletion, direct
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


TOP = "Students:\nThe Brio box is £5 a month. Free delivery, and every box is baked in Leeds."
MORNINGS = "For parents:\nSchool mornings sorted: our Brio box costs £7 a month. Every box is baked in Leeds."


@pytest.mark.both_databases
async def test_replies_that_are_variants_are_compared_with_the_draft_above_them(played: Stage) -> None:
    workspace = played.workspace
    draft = workspace.post("#drafts", TOP)
    await played.reply(draft)
    for _ in range(230):  # more than Slack gives at once
        workspace.post("#drafts", "Looks good to me, thanks!", thread_ts=draft, by="mika")
    mornings = workspace.post("#drafts", MORNINGS.replace("£7", "£6"), thread_ts=draft, by="mika")
    workspace.edit("#drafts", mornings, MORNINGS, by="mika")
    gone = workspace.post("#drafts", "For teachers:\nThe Brio box is £9 a month.", thread_ts=draft)
    workspace.delete("#drafts", gone)
    workspace.post("#drafts", "@candor compare", thread_ts=draft)
    there = await answered(played, draft, "Students: “£5 a month”; parents: “£7 a month”", "#drafts")
    assert "2 variants for 2 audiences: 1 contradiction" in there
    read = "I read 1 variant in the draft at the top and 1 variant in 1 reply (reply 1: “School mornings sorted: our"
    assert read in there
    assert "I left out 230 replies that read like talk." in there
    assert "£9" not in there
    link = f"<https://kestrel.slack.com/archives/C0DRAFTS/p{mornings.replace('.', '')}?thread_ts={draft}>"
    assert read in await typed(played, f"compare {link}")
    await workspace.shortcut("compare_file", "#drafts", mornings)
    (alone,) = await answers(played, "#drafts")
    assert read in alone["text"]
    workspace.delete("#drafts", mornings, by="mika")
    left = await answered(played, draft, "There's only one variant in this thread", "#drafts")
    assert "£7" not in left
    await played.until_kept("School mornings sorted", kept=False)


@pytest.mark.both_databases
@pytest.mark.parametrize("is_known", [True, False])
async def test_a_comparison_goes_when_somebody_it_quotes_has_their_data_deleted(
    played: Stage, *, is_known: bool
) -> None:
    workspace = played.workspace
    draft = workspace.post("#drafts", TOP)
    await played.reply(draft)
    workspace.post("#drafts", MORNINGS, thread_ts=draft, by="mika")
    workspace.post("#drafts", "@candor compare", thread_ts=draft)
    await answered(played, draft, "£7 a month", "#drafts")
    if not is_known:  # as it was kept before that was noted
        await played.until_kept("£7 a month", kept=True)
        played.run("UPDATE turns SET quoted_authors = '?'")
    await ask_for_deletion(played, DELETE, by="mika")
    await played.until(lambda: [m for m in direct(played, by="mika") if m["text"].startswith("Done:")], "the receipt")
    await played.until(lambda: not [one for one in said(played, draft, "#drafts") if "£7" in one], "it to be gone")
    await played.until_kept("School mornings sorted", kept=False)
    assert ("1 comparison" in direct(played, by="mika")[-1]["text"]) == is_known
    assert played.reply_to(draft)
    workspace.post("#drafts", "@candor compare", thread_ts=draft)  # the reply stays in Slack, and somebody asks anew
    await answered(played, draft, "£7 a month", "#drafts")


async def test_a_thread_that_candor_cannot_read_says_so(played: Stage) -> None:
    workspace = played.workspace
    workspace.team.channels["C0OTHER"] = Channel("C0OTHER", workspace.team.id, "other", members=["U0MIKA"])
    note = workspace.post("#other", "Variants for spring, please add yours", by="mika")
    await workspace.shortcut("compare_file", "#other", note, by="mika")
    assert (await answers(played, "#other", by="mika"))[-1]["text"] == words.NOT_READ


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
