"""Messages that come piece by piece, and what a bot shows beside a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.workspace.server import Workspace
    from tests.workspace.sdk import Client

Json = dict[str, Any]


async def refused(call: Awaitable[object]) -> str:
    with pytest.raises(SlackApiError) as raised:
        await call
    error: Any = raised.value
    return str(error.response["error"])


@pytest.fixture
async def place(workspace: Workspace) -> Json:
    ts = workspace.post("@dana", "What can you do?")
    return {"channel": workspace.channel("@dana").id, "thread_ts": ts}


async def begun(bot: Client, place: Json, text: str = "One ") -> Json:
    started = await bot.chat_startStream(**place, markdown_text=text)
    return {"channel": started["channel"], "ts": started["ts"]}


async def test_pieces_add_up_and_the_end_brings_blocks_and_metadata(
    workspace: Workspace, bot: Client, place: Json, events: list[Json], connect: Callable[[], Awaitable[object]]
) -> None:
    await connect()
    stream = await begun(bot, place)
    await bot.chat_appendStream(**stream, markdown_text="*two* ")
    await bot.chat_appendStream(**stream, chunks=[{"type": "markdown_text", "text": "three"}])
    assert workspace.message("@dana", stream["ts"])["streaming_state"] == "in_progress"
    metadata = {"event_type": "e", "event_payload": {"key": "k"}}
    below = [{"type": "context", "elements": [{"type": "plain_text", "text": "By a bot."}]}]
    await bot.chat_stopStream(**stream, markdown_text=".", blocks=below, metadata=metadata)
    message = workspace.message("@dana", stream["ts"])
    assert message["blocks"][0] == {"type": "markdown", "text": "One *two* three."}
    assert [block["type"] for block in message["blocks"]] == ["markdown", "context"]
    assert (message["text"], message["metadata"]) == ("One *two* three.", metadata)
    assert (message["streaming_state"], "edited" in message) == ("completed", False)
    assert message["thread_ts"] == place["thread_ts"]
    await workspace.delivered()
    told = [event.get("subtype") for event in workspace.traffic.events("message")]
    assert told == [None, None, "message_changed"]
    assert len(events) == 1, "the bot is not told of its own messages"


async def test_after_its_end_or_five_minutes_it_takes_nothing_but_edits(
    workspace: Workspace, bot: Client, place: Json
) -> None:
    ended, expired = await begun(bot, place), await begun(bot, place)
    assert await refused(bot.chat_update(**ended, text="x")) == "streaming_state_conflict"
    await bot.chat_stopStream(**ended)
    workspace.advance(301)
    for stream in (ended, expired):
        for call in (bot.chat_appendStream(**stream, markdown_text="x"), bot.chat_stopStream(**stream)):
            assert await refused(call) == "message_not_in_streaming_state"
        await bot.chat_update(**stream, text="edited")
        assert workspace.message("@dana", stream["ts"])["text"] == "edited"


async def test_in_a_channel_it_must_say_for_whom_it_is(workspace: Workspace, bot: Client) -> None:
    place = {"channel": workspace.channel("#drafts").id, "thread_ts": workspace.post("#drafts", "Hello")}
    assert await refused(bot.chat_startStream(**place)) == "missing_recipient_user_id"
    assert await refused(bot.chat_startStream(**place, recipient_user_id="U0DANA")) == "missing_recipient_team_id"
    await bot.chat_startStream(**place, recipient_user_id="U0DANA", recipient_team_id=workspace.team.id)


async def test_what_slack_would_refuse_is_refused(workspace: Workspace, bot: Client, dana: Client, place: Json) -> None:
    assert await refused(bot.chat_startStream(channel=place["channel"], thread_ts="")) == "invalid_arguments"
    assert await refused(bot.chat_startStream(**place, markdown_text="x" * 12_001)) == "msg_too_long"
    stream = await begun(bot, place)
    assert await refused(bot.chat_appendStream(**stream)) == "no_text"
    assert await refused(dana.chat_appendStream(**stream, markdown_text="x")) == "message_not_owned_by_app"
    gone = {**stream, "ts": "1.000000"}
    assert await refused(bot.chat_appendStream(**gone, markdown_text="x")) == "message_not_found"
    assert await refused(bot.chat_stopStream(**stream, blocks=[{"type": "no_such"}])) == "invalid_blocks"
    workspace.faults.on("chat.startStream", retry_after=30)
    with pytest.raises(SlackApiError) as raised:
        await begun(bot, place)
    error: Any = raised.value
    assert (error.response.status_code, error.response.headers["Retry-After"]) == (429, "30")


async def test_a_status_goes_when_the_answer_begins(workspace: Workspace, bot: Client, place: Json) -> None:
    where = {"channel_id": place["channel"], "thread_ts": place["thread_ts"]}
    await bot.assistant_threads_setStatus(**where, status="is thinking …")
    assert list(workspace.hub.statuses.values()) == ["is thinking …"]
    await begun(bot, place)
    assert workspace.hub.statuses == {}
