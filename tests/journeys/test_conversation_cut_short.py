"""Answers that are stopped, outlive Slack's limits, or are caught in the middle by a restart or a deletion."""

from __future__ import annotations

import asyncio
import json
from functools import partialmethod
from typing import TYPE_CHECKING

import pytest

from bot.engine.jobs import Engine
from bot.workspace.state import another_team
from tests.journeys.test_conversation import answered, kind, model, said, settings
from tests.model.sse import Stream

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage
    from tests.model.server import ScriptedModel

__all__ = ["model"]
LONG = "Hello. One two three four five six seven eight nine ten."
MARK = "zebra-marker"


@pytest.fixture
def _abrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stop waits for nothing, as a crash does."""
    monkeypatch.setattr(Engine, "stop", partialmethod(Engine.stop, grace=0))


async def half_said(
    stage: Stage, model: ScriptedModel, *, text: str = LONG, channel: str = "@dana"
) -> tuple[str, Stream]:
    """A question whose answer is under way: some words stand there, and no more come."""
    stream = Stream(text, hold=4)
    model.will(stream)
    await stage.start(**settings(model))
    asked = "What can you do?" if channel == "@dana" else "@candor what can you do?"
    root = stage.workspace.post("#brand", "Hello all") if channel != "@dana" else ""
    ts = stage.workspace.post(channel, asked, **({"thread_ts": root} if root else {}))
    root = root or ts
    await stage.until(lambda: [t for t in said(stage, root, channel) if "three" in t], "the first words")
    return root, stream


def buttons(stage: Stage, root: str, channel: str = "@dana") -> list[str]:
    return [m["ts"] for m in stage.workspace.channel(channel).thread(root) if kind(m) == "stop"]


@pytest.mark.parametrize("channel", ["@dana", "#brand"])
async def test_stop_ends_the_answer_and_the_model_and_keeps_what_was_said(
    stage: Stage, model: ScriptedModel, channel: str
) -> None:
    root, stream = await half_said(stage, model, channel=channel)
    await stage.until(lambda: buttons(stage, root, channel), "the button")
    await stage.workspace.click(
        channel, buttons(stage, root, channel)[0], "candor_stop", by="mika" if channel == "#brand" else "dana"
    )
    answer = await answered(stage, root, "Stopped.", channel)
    assert answer.startswith("Hello. One two three")
    assert len(said(stage, root, channel)) == 1
    await stage.until(lambda: stream.gone, "the model to be left alone")
    assert buttons(stage, root, channel) == []


async def test_the_word_stop_stops_too_and_is_no_question(stage: Stage, model: ScriptedModel) -> None:
    ts, _ = await half_said(stage, model)
    stage.workspace.post("@dana", "Stop!", thread_ts=ts)
    await answered(stage, ts, "Stopped.")
    stage.workspace.post("@dana", "stop", thread_ts=ts)
    await stage.workspace.delivered()
    assert len(model.requests) == len(said(stage, ts)) == 1


@pytest.mark.both_databases
async def test_an_answer_outlives_the_five_minutes_of_a_stream(stage: Stage, model: ScriptedModel) -> None:
    ts, stream = await half_said(stage, model)
    stage.workspace.advance(301)
    stream.pause = 0.3
    stream.go.set()
    answer = await answered(stage, ts, LONG)
    assert answer.startswith(LONG)
    assert len(said(stage, ts)) == 1
    errors = [call["answer"].get("error") for call in stage.workspace.traffic.calls()]
    assert "message_not_in_streaming_state" in errors
    assert stage.workspace.traffic.calls("chat.update")


async def test_a_long_answer_in_japanese_that_ends_by_an_edit_is_whole_and_says_who_wrote_it(
    stage: Stage, model: ScriptedModel
) -> None:
    text = f"{LONG} {' '.join(['値段は三十円です。'] * 300)}"
    ts, stream = await half_said(stage, model, text=text)
    stage.workspace.advance(301)
    stream.pause = 0.0
    stream.go.set()
    assert (await answered(stage, ts, LONG)).startswith(text)
    (edit,) = [call for call in stage.workspace.traffic.calls("chat.update") if "blocks" in call["args"]][-1:]
    assert edit["answer"]["ok"]
    assert len(edit["args"]["text"].encode()) <= 4_000 < len(text.encode())


async def test_where_slack_takes_no_stream_the_answer_comes_as_one_post(stage: Stage, model: ScriptedModel) -> None:
    stage.workspace.faults.on("chat.startStream", retry_after=30)
    model.will(Stream(LONG, pause=0.2))
    await stage.start(**settings(model))
    ts = stage.workspace.post("@dana", "What can you do?")
    assert (await answered(stage, ts, LONG)).startswith(LONG)
    assert len(said(stage, ts)) == len(stage.workspace.traffic.calls("chat.startStream")) == 1
    assert stage.workspace.traffic.calls("chat.appendStream") == []


async def test_slack_asking_to_wait_delays_words_and_loses_none(stage: Stage, model: ScriptedModel) -> None:
    stage.workspace.faults.on("chat.appendStream", retry_after=1)
    model.will(Stream(LONG, pause=0.2))
    await stage.start(**settings(model))
    ts = stage.workspace.post("@dana", "What can you do?")
    assert (await answered(stage, ts, LONG)).startswith(LONG)
    assert len(said(stage, ts)) == 1


@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream", "chat.postMessage"])
async def test_an_answer_of_slacks_that_is_lost_doubles_nothing(
    stage: Stage, model: ScriptedModel, method: str
) -> None:
    stage.workspace.faults.on(method, drop=True)
    model.will(Stream(LONG, pause=0.2))
    await stage.start(**settings(model))
    ts = stage.workspace.post("@dana", "What can you do?")
    assert (await answered(stage, ts, LONG)).split(" | ")[0] == LONG
    assert len(said(stage, ts)) == 1


async def test_an_answer_too_long_for_one_message_comes_in_several(stage: Stage, model: ScriptedModel) -> None:
    text = "\n".join(f"Line {number} of a long answer about bread." for number in range(400))
    model.will(text)
    await stage.start(**settings(model))
    ts = stage.workspace.post("@dana", "What can you do?")
    await answered(stage, ts, "Line 399 of")
    parts = [part.split(" | ")[0] for part in said(stage, ts)]
    assert len(parts) == 2
    assert "\n".join(parts) == text


@pytest.mark.usefixtures("_abrupt")
async def test_a_restart_in_the_middle_of_a_stream_ends_that_same_message(stage: Stage, model: ScriptedModel) -> None:
    ts, _ = await half_said(stage, model)
    await stage.stop()
    assert len(said(stage, ts)) == 1
    model.will(Stream(LONG, pause=0.2))
    await stage.start(**settings(model))
    assert (await answered(stage, ts, LONG)).startswith(LONG)
    assert len(said(stage, ts)) == 1
    assert buttons(stage, ts) == []


@pytest.mark.usefixtures("_abrupt")
async def test_a_restart_before_slack_had_told_where_the_stream_stands_finds_it(
    stage: Stage, model: ScriptedModel
) -> None:
    stage.workspace.faults.on("chat.startStream", drop=True)
    stream = Stream(LONG, hold=4)
    model.will(stream)
    await stage.start(**settings(model))
    ts = stage.workspace.post("@dana", "What can you do?")
    await stage.until(lambda: said(stage, ts), "the first words")
    await stage.stop()
    model.will(LONG)
    await stage.start(**settings(model))
    assert (await answered(stage, ts, LONG)).startswith(LONG)
    assert len(said(stage, ts)) == 1


@pytest.mark.usefixtures("_abrupt")
async def test_a_restart_between_answer_and_post_asks_no_model_again(stage: Stage, model: ScriptedModel) -> None:
    stage.workspace.faults.on("chat.postMessage", status=500, times=99)
    model.will(LONG)
    await stage.start(**settings(model))
    ts = stage.workspace.post("@dana", "What can you do?")
    await stage.until(lambda: stage.workspace.traffic.calls("chat.postMessage"), "the first attempt to post")
    await stage.stop()
    stage.workspace.faults.clear()
    await stage.start(**settings(model))
    assert (await answered(stage, ts, LONG)).startswith(LONG)
    assert len(model.requests) == len(said(stage, ts)) == 1


async def test_the_same_event_delivered_again_is_answered_once(stage: Stage, model: ScriptedModel) -> None:
    stage.workspace.faults.hold_acks = 1
    await stage.start(**settings(model))
    ts = stage.workspace.post("@dana", "What can you do?")
    await answered(stage, ts, "I read drafts")
    await stage.workspace.delivered(15)
    await asyncio.sleep(0.3)
    assert len(model.requests) == len(said(stage, ts)) == 1


async def test_a_deleted_question_takes_its_answer_along_also_while_it_is_written(
    stage: Stage, model: ScriptedModel
) -> None:
    ts, stream = await half_said(stage, model)
    again = stage.workspace.post("@dana", "and again?", thread_ts=ts)
    stage.workspace.delete("@dana", again)
    stage.workspace.delete("@dana", ts)
    await stage.until(lambda: stream.gone, "the model to be left alone")
    await stage.until(lambda: stage.workspace.messages("@dana") == [], "everything to be gone")
    await stage.workspace.delivered()
    assert len(model.requests) == 1


async def test_what_was_said_about_a_draft_goes_with_it_out_of_every_file_and_was_never_in_the_engine(
    stage: Stage, model: ScriptedModel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await stage.start(**settings(model))
    ts = stage.workspace.post("#drafts", f"Our bakery opens on Saturday {MARK}.\nCome by.")
    await stage.reply(ts, "Nothing to flag")
    model.will(f"Because {MARK}.")
    stage.workspace.post("#drafts", f"@candor why {MARK}?", thread_ts=ts)
    await answered(stage, ts, f"Because {MARK}.", "#drafts")
    assert stage.places_with(MARK) == {"store"}
    stage.workspace.delete("#drafts", ts)
    await stage.until(lambda: not said(stage, ts, "#drafts"), "the answer to be gone")
    await stage.until_kept(MARK, kept=False)
    ours = [record for record in caplog.records if record.name.startswith(("bot", "dbos"))]
    assert not any(MARK in record.getMessage() for record in ours)


async def test_two_workspaces_do_not_mix(stage: Stage, model: ScriptedModel) -> None:
    other = stage.workspace.state.add_team(another_team("T0NORTH", "Northlight", stage.workspace.team)).id
    await stage.start(**settings(model))
    model.will("First here.")
    here = stage.workspace.post("@dana", f"What can you do? {MARK}")
    await answered(stage, here, "First here.")
    model.will("Second there.")
    there = stage.workspace.post("@ola", "What can you do?", by="ola", team=other)
    await answered(stage, there, "Second there.", "@ola", other)
    assert MARK not in json.dumps(model.requests[1].body)
    assert model.requests[1].talk["conversation"] == []
