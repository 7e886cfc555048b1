"""The shortcut *Review this draft*: in the thread where Candor is at home, elsewhere for one person alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.core.words import commands
from bot.workspace.delivery.envelope import Parcel
from tests.journeys.conftest import BAD
from tests.journeys.test_buttons import said
from tests.model.server import ScriptedModel, critique, issue

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

MARK = "Zanzibarmarker"
ALONE = "Only you see this."


async def ask(stage: Stage, channel: str, ts: str, by: str = "dana") -> None:
    await stage.workspace.shortcut("review_this_draft", channel, ts, by=by)


async def answers(stage: Stage, channel: str, count: int = 1, by: str = "dana") -> list[dict[str, Any]]:
    """What only that person sees, once there is so much of it; a busy machine may announce a command's answer first."""

    def told() -> list[dict[str, Any]]:
        return [m for m in stage.workspace.ephemerals(channel, by=by) if m["text"] != commands.WAIT]

    await stage.until(lambda: len(told()) >= count, f"{count} private answers")
    return told()


async def test_talk_in_a_switched_on_channel_gets_the_reply_it_was_asked_for(played: Stage) -> None:
    ts = played.workspace.post("#drafts", "Thanks Mika, act now!")
    await played.quiet()
    assert played.replies(ts) == []
    await ask(played, "#drafts", ts, by="mika")
    assert "act now" in said(await played.reply(ts))
    assert played.workspace.ephemerals("#drafts") == played.workspace.ephemerals("#drafts", by="mika") == []


async def test_a_draft_is_read_again_and_keeps_its_one_reply(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    first = await played.reply(ts)
    for number in (1, 2):
        await ask(played, "#drafts", ts)
        shown = f"SELECT 1 FROM replies WHERE shown_round = {number}"  # noqa: S608 - no input
        await played.until(lambda query=shown: played.run(query), "the next round to be shown")
    assert played.reply_to(ts)["ts"] == first["ts"]
    assert played.run("SELECT round FROM reviews ORDER BY round") == [(0,), (1,), (2,)]


@pytest.mark.parametrize("channel", ["#brand", "#general"], ids=["not switched on", "not a member"])
async def test_elsewhere_only_the_person_who_asked_gets_the_answer(played: Stage, channel: str) -> None:
    ts = played.workspace.post(channel, f"{BAD} {MARK}")
    await ask(played, channel, ts, by="mika")
    (answer,) = await answers(played, channel, by="mika")
    assert "LAST CHANCE!!!" in said(answer)
    assert "1. Should fix: Pressure without reason" in said(answer)
    assert "Not reviewed: no language model is connected" in said(answer)
    assert ALONE in said(answer)
    assert "actions" not in {block["type"] for block in answer["blocks"]}
    assert played.workspace.ephemerals(channel) == []
    await played.quiet()
    assert [message["ts"] for message in played.workspace.messages(channel)] == [ts]
    await played.until_kept(MARK, kept=False)
    assert played.places_with("/respond/") == set()


async def test_a_reply_in_a_thread_is_answered_in_private_where_it_stands(played: Stage) -> None:
    first = played.workspace.post("#drafts", BAD)
    await played.reply(first)
    ts = played.workspace.post("#drafts", "Act now before it's gone", thread_ts=first)
    await ask(played, "#drafts", ts)
    (answer,) = await answers(played, "#drafts")
    assert answer["thread_ts"] == first
    assert ALONE in said(answer)
    assert len(played.replies(first)) == 1


async def test_a_direct_message_is_answered_in_its_thread(played: Stage) -> None:
    ts = played.workspace.post("@dana", "Act now before it's gone")
    await played.reply(ts, channel="@dana")
    before = len(played.workspace.traffic.calls("chat.update"))
    await ask(played, "@dana", ts)
    await played.until(lambda: len(played.workspace.traffic.calls("chat.update")) > before, "an update")
    assert played.workspace.ephemerals("@dana") == []


async def test_what_cannot_be_reviewed_gets_one_private_sentence(played: Stage) -> None:
    draft = played.workspace.post("#drafts", BAD)
    reply = await played.reply(draft)
    emoji = played.workspace.post("#drafts", ":tada:")
    await ask(played, "#drafts", emoji)
    await ask(played, "#drafts", reply["ts"])
    told = [message["text"] for message in await answers(played, "#drafts", 2)]
    assert told == [
        "There's no text in this message to review. If it's in a file, paste it into a message.",
        "Candor reviews what people write, and this message comes from an app.",
    ]


async def test_a_request_delivered_twice_is_one_review(played: Stage) -> None:
    workspace = played.workspace
    ts = workspace.post("#general", BAD)
    await ask(played, "#general", ts)
    await answers(played, "#general")
    (envelope,) = workspace.traffic.envelopes("interactive")
    await workspace.courier.ask(Parcel(workspace.team.bot.app_id, "interactive", envelope["payload"]))
    other = workspace.post("#brand", BAD)
    await ask(played, "#brand", other)
    await answers(played, "#brand")
    await played.quiet()
    assert len(workspace.ephemerals("#general")) == 1


async def test_a_slack_that_fails_for_a_while_is_asked_again(played: Stage) -> None:
    played.workspace.faults.on("response_url", status=500, times=2)
    ts = played.workspace.post("#general", BAD)
    await ask(played, "#general", ts)
    (answer,) = await answers(played, "#general")
    assert ALONE in said(answer)


async def test_a_crash_in_between_loses_nothing_and_half_an_hour_deletes_everything(stage: Stage) -> None:
    await stage.start()
    stage.workspace.faults.on("response_url", status=500, times=99)
    kept, old = (stage.workspace.post("#general", f"{BAD} {MARK} {n}") for n in ("kept", "old"))
    for ts in (kept, old):
        await ask(stage, "#general", ts)
    await stage.until_kept(f"{MARK} old", kept=True)
    await stage.stop()
    assert stage.places_with(MARK) == stage.places_with("/respond/") == {"store"}
    stage.run("UPDATE private_reviews SET asked_at = asked_at - 1801 WHERE ts = :ts", ts=old)
    stage.workspace.faults.clear()
    await stage.start()
    (answer,) = await answers(stage, "#general")
    assert "LAST CHANCE" in said(answer)
    await stage.until_kept(MARK, kept=False)
    await stage.quiet()
    assert len(stage.workspace.ephemerals("#general")) == 1
    assert stage.places_with("/respond/") == set()


async def test_with_a_model_the_wait_is_announced_and_the_answer_is_the_full_one(stage: Stage) -> None:
    text = "Our tonic cures every cold within a day.\nCome and taste it on Saturday."
    claim = issue("cures every cold within a day", "authenticity/claim-evidence", replacement="warms you up")
    async with ScriptedModel() as model:
        model.will(critique(claim))
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up", OPENAI_API="chat")
        ts = stage.workspace.post("#general", text)
        await ask(stage, "#general", ts)
        progress, answer = await answers(stage, "#general", 2)
        await stage.stop()
    assert progress["text"] == "Reading. The answer will appear here, and only you will see it."
    assert "warms you up" in said(answer)
    assert "AI reply from Candor" in said(answer)


async def test_what_was_asked_for_is_answered_although_the_model_takes_it_for_talk(stage: Stage) -> None:
    talk = "The second loaf is free, says the sign."
    async with ScriptedModel() as model:
        model.otherwise = critique(not_a_draft=True)
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up", OPENAI_API="chat")
        silent, asked = (stage.workspace.post("#drafts", f"{talk} {n}?") for n in ("One", "Two"))
        called = stage.workspace.post("#drafts", f"<@U0CANDOR> {talk} Three.")
        await stage.reply(called, "Nothing to flag")
        await stage.until(lambda: len(model.requests) >= 3, "the model to be asked about all of them")
        await ask(stage, "#drafts", asked)
        await stage.reply(asked, "Nothing to flag")
        assert stage.replies(silent) == []
        await stage.stop()
