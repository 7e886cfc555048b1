"""A draft written in Candor's window: posted for its author, reviewed, edited and removed."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.workspace.delivery.envelope import Parcel
from tests.journeys.conftest import BAD, CLEAN, Stage
from tests.journeys.test_home import home, press, texts
from tests.model.server import ScriptedModel, critique, question

if TYPE_CHECKING:
    from bot.workspace.server import Workspace

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)
AI, PAID = "transparency/ai-content-label", "transparency/commercial-disclosure"


async def write(workspace: Workspace, **values: object) -> dict[str, Any]:
    """Submit the window on top."""
    return await workspace.submit({name: {"value": value} for name, value in values.items()})


async def posted(stage: Stage, text: str = BAD, channel: str = "#drafts", **values: object) -> str:
    """Write and post a draft; its ts."""
    workspace = stage.workspace
    await workspace.shortcut("new_draft")
    where = workspace.channel(channel)
    answer = await write(workspace, text=text, channel=where.id, **values)
    assert answer.get("errors") is None
    assert workspace.views() == []
    return str(where.top_level()[-1]["ts"])


@pytest.mark.both_databases
async def test_a_draft_is_posted_for_its_author_and_reviewed_with_what_was_said(played: Stage) -> None:
    workspace = played.workspace
    text = "Act now before it's gone! <!channel> & *more*"
    ts = await posted(
        played, text, platform="instagram", ai="partly", paid="no", audience="Gardeners", market="Ireland"
    )
    message = workspace.message("#drafts", ts)
    assert message["user"] == workspace.team.bot.user_id
    assert message["blocks"][0]["text"]["text"] == "Draft by <@U0DANA> for Instagram"
    assert message["blocks"][1]["elements"][0]["elements"] == [{"type": "text", "text": text}]
    assert "Who it's for: Gardeners" in texts(message["blocks"])
    reply = await played.reply(ts)
    assert f"{len(text)} characters read for Instagram" in texts(reply["blocks"])
    assert "before it's gone" in texts(reply["blocks"])
    assert "Act now before" in await home(played, "dana", "Act now before")


async def test_the_home_tab_offers_it_too_and_suggests_the_channel(played: Stage) -> None:
    await home(played, "dana", "New draft")
    await press(played, "candor_home_new", "new", "dana")
    (window,) = played.workspace.views()
    channel = next(block for block in window["blocks"] if block["block_id"] == "channel")
    assert channel["element"]["initial_conversation"] == "C0DRAFTS"
    await write(played.workspace, text=BAD)
    await played.reply(played.workspace.messages("#drafts")[0]["ts"])


async def test_a_channel_that_refuses_keeps_what_was_typed(played: Stage) -> None:
    workspace = played.workspace
    await workspace.shortcut("new_draft")
    answer = await write(workspace, text=BAD, channel="C0GENERAL")
    assert "Invite it with /invite @Candor" in answer["errors"]["channel"]
    (window,) = workspace.views()
    assert window["state"]["values"]["text"]["value"]["value"] == BAD
    assert (await write(workspace, text="🎉", channel="C0DRAFTS"))["errors"] == {
        "text": "There's no text to review yet."
    }
    strange = await write(workspace, text=BAD, channel="C0DRAFTS", market="Atlantis")
    assert strange["errors"]["market"].startswith("“Atlantis” isn't a country or region that I know.")
    assert "Choose a channel" in (await write(workspace, text=BAD, channel=""))["errors"]["channel"]
    await write(workspace, text=BAD, channel="C0DRAFTS")
    await played.reply(workspace.messages("#drafts")[0]["ts"])
    assert workspace.messages("#general") == []


async def test_a_slack_that_fails_keeps_what_was_typed(played: Stage) -> None:
    workspace = played.workspace
    await workspace.shortcut("new_draft")
    workspace.faults.on("chat.postMessage", error="internal_error")
    answer = await write(workspace, text=BAD, channel="C0DRAFTS")
    assert "Your words are still here" in answer["errors"]["text"]
    await write(workspace, text=BAD, channel="C0DRAFTS")
    await played.reply(workspace.messages("#drafts")[0]["ts"])
    assert len(workspace.channel("#drafts").top_level()) == 1


async def test_a_window_submitted_twice_is_one_draft(played: Stage) -> None:
    workspace = played.workspace
    await workspace.shortcut("new_draft")
    view_id = workspace.views()[0]["id"]
    values = {"text": {"value": BAD}, "channel": {"value": "C0DRAFTS"}}
    team, dana = workspace.team, workspace.person("dana")
    both = [workspace.interactions.submit(team, dana, view_id, values=values) for _ in range(2)]
    await asyncio.gather(*both, return_exceptions=True)
    await played.reply(workspace.messages("#drafts")[0]["ts"])
    sent = [
        e["payload"] for e in workspace.traffic.envelopes("interactive") if e["payload"]["type"] == "view_submission"
    ]
    await workspace.courier.ask(Parcel(team.bot.app_id, "interactive", sent[0]))
    await played.quiet()
    assert len([m for m in workspace.channel("#drafts").top_level() if m.get("bot_id")]) == 1


async def test_a_post_whose_answer_was_lost_is_found_again(played: Stage) -> None:
    workspace = played.workspace
    await workspace.shortcut("new_draft")
    workspace.faults.on("chat.postMessage", drop=True)
    answer = await write(workspace, text=BAD, channel="C0DRAFTS")
    assert answer["errors"]
    await write(workspace, text=BAD, channel="C0DRAFTS")
    (message,) = workspace.channel("#drafts").top_level()
    await played.reply(message["ts"])


async def test_its_author_edits_it_and_the_reply_follows(played: Stage) -> None:
    workspace = played.workspace
    ts = await posted(played, platform="instagram", audience="Gardeners", ai="no", paid="no")
    await played.reply(ts, "found 2 points")
    await workspace.click("#drafts", ts, "candor_composed_edit")
    (window,) = workspace.views()
    first = {block["block_id"]: block["element"] for block in window["blocks"]}
    assert first["text"]["initial_value"] == BAD
    assert first["audience"]["initial_value"] == "Gardeners"
    chosen = {name: first[name]["initial_option"]["value"] for name in ("platform", "ai", "paid")}
    assert chosen == {"platform": "instagram", "ai": "no", "paid": "no"}
    await write(workspace, text=CLEAN, platform="linkedin")
    assert workspace.views() == []
    await played.reply(ts, "found nothing")
    assert "for LinkedIn" in texts(workspace.message("#drafts", ts)["blocks"])


async def test_nobody_else_edits_or_removes_it(played: Stage) -> None:
    workspace = played.workspace
    ts = await posted(played)
    await played.reply(ts)
    for button in ("candor_composed_edit", "candor_composed_remove"):
        await workspace.click("#drafts", ts, button, by="mika")
    told = [message["text"] for message in workspace.ephemerals("#drafts", by="mika")]
    assert told == ["Only the author can change or remove this draft."] * 2
    assert workspace.views(by="mika") == []
    assert played.reply_to(ts)


async def test_its_author_removes_it_with_the_reply_and_the_text(played: Stage) -> None:
    workspace = played.workspace
    ts = await posted(played, f"{BAD} Zanzibarmarker", audience="Zanzibarmarker fans")
    await played.reply(ts)
    assert played.places_with("Zanzibarmarker") == {"store"}
    await workspace.click("#drafts", ts, "candor_composed_remove")
    await played.until(lambda: workspace.messages("#drafts") == [], "draft and reply to be gone")
    await played.until_kept("Zanzibarmarker", kept=False)


async def test_an_edit_of_a_draft_that_is_gone_keeps_the_words_in_the_window(played: Stage) -> None:
    workspace = played.workspace
    ts = await posted(played)
    await played.reply(ts)
    await workspace.click("#drafts", ts, "candor_composed_edit")
    await workspace.click("#drafts", ts, "candor_composed_remove")
    answer = await write(workspace, text=CLEAN)
    assert "Copy your words" in answer["errors"]["text"]


async def test_a_restart_reads_the_channel_and_leaves_the_draft_as_it_is(played: Stage) -> None:
    workspace = played.workspace
    await played.quiet()
    ts = await posted(played)
    await played.reply(ts, "found 2 points")
    await workspace.click("#drafts", ts, "candor_composed_edit")
    await write(workspace, text=f"{BAD} And more.")
    await played.reply(ts, "found 2 points")
    await played.stop()
    await played.start()
    await played.quiet()
    await workspace.click("#drafts", ts, "candor_composed_edit")
    assert workspace.views()[-1]["blocks"][0]["element"]["initial_value"] == f"{BAD} And more."
    assert len(played.replies(ts)) == 1


async def test_what_the_author_said_is_not_asked_again(stage: Stage) -> None:
    asked = critique(
        questions=(question(PAID, "Was it paid for?", "Yes", "No"), question(AI, "Made with AI?", "Yes", "No"))
    )
    async with ScriptedModel() as model:
        model.otherwise = asked
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up", OPENAI_API="chat")
        ts = await posted(stage, CLEAN, paid="paid", market="Ireland")
        reply = await stage.reply(ts, "question")
        assert "Made with AI?" in texts(reply["blocks"])
        assert "Was it paid for?" not in texts(reply["blocks"])
        sent = json.dumps(model.requests[0].body)
        assert "Paid partnership" in sent
        assert "Market: Ireland" in sent
        await stage.stop()
