from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from slack_sdk.errors import SlackApiError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.workspace.server import Workspace
    from tests.workspace.sdk import App, Client

METADATA = {"event_type": "review", "event_payload": {"key": "k1"}}
STANDING = pytest.mark.parametrize("workspace", [{"clock": lambda: 1_700_000_000.75}], indirect=True)
"""Time that only the test moves."""


async def error(call: Awaitable[Any]) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


async def test_a_bot_reads_a_draft_and_answers_in_its_thread(
    workspace: Workspace, app: App, connect: Callable[[], Awaitable[object]]
) -> None:
    @app.event("message")
    async def review(event: dict[str, Any], client: Client) -> None:
        await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="Read it.")

    await connect()
    ts = workspace.post("#drafts", "Our towels dry in *no* time.")
    (reply,) = await workspace.replies("#drafts", ts)
    assert reply["text"] == "Read it."
    assert reply["bot_id"] == "B0CANDOR"
    await workspace.delivered()
    assert not workspace.courier.lost


async def test_a_persons_message_arrives_as_slack_sends_it(
    workspace: Workspace, events: list[dict[str, Any]], connect: Callable[[], Awaitable[object]]
) -> None:
    await connect()
    workspace.post("#drafts", "Soft & <new>\n> see https://x.org/?a=1&b=2.\n:tada: 10:30:45", by="mika")
    await workspace.delivered()
    (event,) = events
    assert event["text"] == "Soft &amp; &lt;new&gt;\n&gt; see <https://x.org/?a=1&amp;b=2>.\n:tada: 10:30:45"
    first, quote, last = event["blocks"][0]["elements"]
    assert first["elements"] == [{"type": "text", "text": "Soft & <new>\n"}]
    assert quote["type"] == "rich_text_quote"
    assert quote["elements"][1] == {"type": "link", "url": "https://x.org/?a=1&b=2"}
    assert last["elements"] == [
        {"type": "emoji", "name": "tada", "unicode": "1f389"},
        {"type": "text", "text": " 10:30:45"},
    ]
    assert event["user"] == "U0MIKA"
    assert event["channel_type"] == "channel"
    assert {"client_msg_id", "event_ts", "team"} <= event.keys()
    (envelope,) = workspace.traffic.envelopes()
    assert envelope["payload"]["authorizations"][0]["user_id"] == "U0CANDOR"
    assert envelope["payload"]["is_ext_shared_channel"] is False


async def test_a_mention_comes_as_two_events_with_one_ts(
    workspace: Workspace, events: list[dict[str, Any]], connect: Callable[[], Awaitable[object]]
) -> None:
    await connect()
    workspace.post("#drafts", "@candor what do you think?")
    await workspace.delivered()
    assert sorted(event["type"] for event in events) == ["app_mention", "message"]
    assert len({event["ts"] for event in events}) == 1


async def test_the_bot_hears_only_channels_it_is_in(workspace: Workspace, bot: Client) -> None:
    workspace.post("#general", "Lunch?")
    assert len(workspace.courier.sent) == 0
    assert await error(bot.chat_postMessage(channel="C0GENERAL", text="No")) == "not_in_channel"
    await bot.conversations_join(channel="C0GENERAL")
    await bot.chat_postMessage(channel="#general", text="Yes")
    types = [parcel.payload["event"]["type"] for parcel in workspace.courier.sent]
    assert types == ["member_joined_channel", "message"]


async def test_an_edit_and_the_bots_own_update_are_changes(workspace: Workspace, bot: Client) -> None:
    ts = workspace.post("#drafts", "First.")
    workspace.edit("#drafts", ts, "Second.")
    answer = await bot.chat_postMessage(channel="C0DRAFTS", thread_ts=ts, text="One.", metadata=METADATA)
    await bot.chat_update(channel="C0DRAFTS", ts=str(answer["ts"]), text="Two.")
    sent = [parcel.payload["event"] for parcel in workspace.courier.sent]
    edited = sent[1]
    assert edited["subtype"] == "message_changed"
    assert (edited["previous_message"]["text"], edited["message"]["text"]) == ("First.", "Second.")
    assert edited["message"]["edited"]["user"] == "U0DANA"
    assert edited["message"]["blocks"][0]["elements"][0]["elements"][0]["text"] == "Second."
    assert edited["ts"] != ts
    assert sent[3]["message"]["bot_id"] == "B0CANDOR"
    assert workspace.message("#drafts", str(answer["ts"]))["metadata"] == METADATA


async def test_an_unfurl_is_a_change_that_nobody_edited(workspace: Workspace) -> None:
    ts = workspace.post("#drafts", "https://example.org")
    workspace.unfurl("#drafts", ts, {"title": "Example"})
    event = workspace.courier.sent[-1].payload["event"]
    assert event["subtype"] == "message_changed"
    assert event["message"]["text"] == event["previous_message"]["text"]
    assert "edited" not in event["message"]


async def test_a_deleted_parent_leaves_a_tombstone_until_its_last_reply_goes(workspace: Workspace, bot: Client) -> None:
    ts = workspace.post("#drafts", "A draft.")
    reply = await bot.chat_postMessage(channel="C0DRAFTS", thread_ts=ts, text="A reply.")
    workspace.delete("#drafts", ts)
    buried = workspace.courier.sent[-1].payload["event"]
    assert buried["subtype"] == "message_changed"
    assert buried["message"]["subtype"] == "tombstone"
    assert (buried["message"]["user"], buried["message"]["text"]) == ("USLACKBOT", "This message was deleted.")
    assert buried["previous_message"]["text"] == "A draft."
    shown: list[dict[str, Any]] = (await bot.conversations_history(channel="C0DRAFTS"))["messages"]
    assert shown[0]["subtype"] == "tombstone"
    assert shown[0]["reply_count"] == 1
    await bot.chat_delete(channel="C0DRAFTS", ts=str(reply["ts"]))
    kinds = [parcel.payload["event"]["subtype"] for parcel in workspace.courier.sent[-2:]]
    assert kinds == ["message_deleted", "message_deleted"]
    assert workspace.courier.sent[-1].payload["event"]["deleted_ts"] == ts
    assert workspace.messages("#drafts") == []


async def test_a_message_without_replies_is_simply_deleted(workspace: Workspace) -> None:
    ts = workspace.post("#drafts", "Oops.")
    workspace.delete("#drafts", ts)
    event = workspace.courier.sent[-1].payload["event"]
    assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", ts)
    assert event["previous_message"]["text"] == "Oops."


async def test_people_change_only_what_is_theirs(workspace: Workspace, bot: Client, dana: Client) -> None:
    theirs = workspace.post("#drafts", "Mika's.", by="mika")
    assert await error(dana.chat_update(channel="C0DRAFTS", ts=theirs, text="x")) == "cant_update_message"
    assert await error(dana.chat_delete(channel="C0DRAFTS", ts=theirs)) == "cant_delete_message"
    assert await error(bot.chat_delete(channel="C0DRAFTS", ts=theirs)) == "cant_delete_message"
    assert await error(dana.chat_update(channel="C0DRAFTS", ts="1.000000", text="x")) == "message_not_found"
    workspace.delete("#drafts", theirs, by="mika")
    assert await error(dana.chat_delete(channel="C0DRAFTS", ts=theirs)) == "message_not_found"


async def test_metadata_is_shown_only_to_those_who_ask(workspace: Workspace, bot: Client) -> None:
    ts = workspace.post("#drafts", "A draft.")
    await bot.chat_postMessage(channel="C0DRAFTS", thread_ts=ts, text="Key inside.", metadata=METADATA)
    plain = await bot.conversations_replies(channel="C0DRAFTS", ts=ts)
    asked = await bot.conversations_replies(channel="C0DRAFTS", ts=ts, include_all_metadata=True)
    assert "metadata" not in plain["messages"][1]
    assert asked["messages"][1]["metadata"] == METADATA
    broken: dict[str, Any] = {"event_type": "review", "payload": {}}
    assert await error(bot.chat_postMessage(channel="C0DRAFTS", text="x", metadata=broken)) == "invalid_metadata_format"


async def test_history_comes_in_pages_newest_first(workspace: Workspace, bot: Client) -> None:
    stamps = [workspace.post("#drafts", f"Number {number}.") for number in range(7)]
    workspace.post("#drafts", "A reply.", thread_ts=stamps[3])
    pages = [page["messages"] async for page in await bot.conversations_history(channel="C0DRAFTS", limit=3)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [message["ts"] for page in pages for message in page] == stamps[::-1]
    since = await bot.conversations_history(channel="C0DRAFTS", oldest=stamps[4])
    assert [message["ts"] for message in since["messages"]] == [stamps[6], stamps[5]]
    exact = await bot.conversations_history(channel="C0DRAFTS", oldest=stamps[4], latest=stamps[4], inclusive=True)
    assert [message["ts"] for message in exact["messages"]] == [stamps[4]]
    assert await error(bot.conversations_history(channel="C0DRAFTS", cursor="nonsense")) == "invalid_cursor"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "C0DRAFTS", "text": ""}, "no_text"),
        ({"channel": "C0DRAFTS", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C0DRAFTS", "markdown_text": "x", "text": "y"}, "markdown_text_conflict"),
        ({"channel": "C0DRAFTS", "text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
    ],
)
async def test_a_post_is_refused_by_slacks_names(bot: Client, arguments: dict[str, Any], expected: str) -> None:
    assert await error(bot.api_call("chat.postMessage", json=arguments)) == expected


async def test_a_reply_to_a_parent_that_is_gone_is_taken(workspace: Workspace, bot: Client) -> None:
    ts = workspace.post("#drafts", "Soon gone.")
    workspace.delete("#drafts", ts)
    answer = await bot.chat_postMessage(channel="C0DRAFTS", thread_ts=ts, text="Too late.")
    assert answer["message"]["thread_ts"] == ts


async def test_a_direct_message_reaches_the_bot_and_back(workspace: Workspace, bot: Client) -> None:
    workspace.post("@dana", "Is this fine?")
    event = workspace.courier.sent[-1].payload["event"]
    assert event["channel_type"] == "im"
    assert event["channel"] == "D0DANA"
    opened = await bot.conversations_open(users="U0DANA")
    assert opened["channel"]["id"] == "D0DANA"
    await bot.chat_postMessage(channel="U0DANA", text="It is.")
    assert [message["text"] for message in workspace.messages("@dana")] == ["Is this fine?", "It is."]


async def test_reactions_come_and_go(workspace: Workspace, bot: Client) -> None:
    ts = workspace.post("#drafts", "Nice.")
    workspace.react("#drafts", ts, "eyes")
    assert workspace.courier.sent[-1].payload["event"]["type"] == "reaction_added"
    await bot.reactions_add(channel="C0DRAFTS", timestamp=ts, name="eyes")
    assert await error(bot.reactions_add(channel="C0DRAFTS", timestamp=ts, name="eyes")) == "already_reacted"
    shown = await bot.reactions_get(channel="C0DRAFTS", timestamp=ts)
    assert shown["message"]["reactions"] == [{"name": "eyes", "users": ["U0DANA", "U0CANDOR"], "count": 2}]
    await bot.reactions_remove(channel="C0DRAFTS", timestamp=ts, name="eyes")
    assert await error(bot.reactions_remove(channel="C0DRAFTS", timestamp=ts, name="eyes")) == "no_reaction"


async def test_a_reply_may_go_to_the_channel_too(workspace: Workspace, bot: Client) -> None:
    ts = workspace.post("#drafts", "A draft.")
    await bot.chat_postMessage(channel="C0DRAFTS", thread_ts=ts, text="For all.", reply_broadcast=True)
    history = await bot.conversations_history(channel="C0DRAFTS")
    assert history["messages"][0]["subtype"] == "thread_broadcast"
    reply = str(history["messages"][0]["ts"])
    below = workspace.post("#drafts", "Me too.", thread_ts=reply)
    assert workspace.message("#drafts", below)["thread_ts"] == ts


async def test_closed_and_private_channels_answer_as_slacks_do(workspace: Workspace, bot: Client, dana: Client) -> None:
    workspace.channel("#brand").is_archived = True
    assert await error(bot.chat_postMessage(channel="C0BRAND", text="x")) == "is_archived"
    workspace.team.add_channel("C0SECRET", "secret", ["U0MIKA"], kind="group")
    assert await error(dana.conversations_info(channel="C0SECRET")) == "channel_not_found"
    assert (await dana.conversations_join(channel="C0DRAFTS"))["warning"] == "already_in_channel"
    direct = await dana.conversations_open(users="U0MIKA", return_im=True)
    assert direct["channel"]["user"] == "U0MIKA"
    assert await error(dana.conversations_open(users="U0NOBODY")) == "user_not_found"
    assert await error(dana.conversations_replies(channel="C0DRAFTS", ts="1.0")) == "thread_not_found"
    assert await error(bot.api_call("reactions.add", params={"channel": "C0DRAFTS"})) == "invalid_arguments"
    assert await error(bot.conversations_history(channel="C0DRAFTS", limit=-1)) == "invalid_limit"


async def test_an_apps_edit_takes_4000_bytes_of_text_and_people_write_more(workspace: Workspace, bot: Client) -> None:
    ts = str((await bot.chat_postMessage(channel="C0DRAFTS", text="値" * 2_000))["ts"])
    longer = [{"type": "markdown", "text": "値" * 2_000}]
    await bot.chat_update(channel="C0DRAFTS", ts=ts, text="x" + "値" * 1_333, blocks=longer)
    refusal = await error(bot.chat_update(channel="C0DRAFTS", ts=ts, text="xx" + "値" * 1_333, blocks=longer))
    assert refusal == "msg_too_long"
    draft = workspace.post("#drafts", "Short.")
    workspace.edit("#drafts", draft, "値" * 2_000)
    assert workspace.message("#drafts", draft)["text"] == "値" * 2_000


@STANDING
async def test_two_quick_edits_share_the_whole_second_that_slack_gives(workspace: Workspace) -> None:
    ts = workspace.post("#drafts", "One.")
    for words in ("Two.", "Three."):
        workspace.edit("#drafts", ts, words)
    sent = [parcel.payload["event"] for parcel in workspace.courier.sent][1:]
    assert {event["message"]["edited"]["ts"] for event in sent} == {"1700000000.000000"}
    assert sent[0]["event_ts"] < sent[1]["event_ts"]


@STANDING
async def test_a_channel_takes_a_short_burst_of_an_apps_messages_and_then_one_a_second(
    workspace: Workspace, bot: Client, dana: Client
) -> None:
    for number in range(10):
        await bot.chat_postMessage(channel="C0DRAFTS", text=f"Number {number}.")
    with pytest.raises(SlackApiError) as refused:
        await bot.chat_postMessage(channel="C0DRAFTS", text="Too soon.")
    answer: Any = cast("Any", refused.value).response
    assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "1")
    await bot.chat_postMessage(channel="C0BRAND", text="Another channel.")
    await dana.chat_postMessage(channel="C0DRAFTS", text="A person.")
    workspace.advance(1)
    await bot.chat_postMessage(channel="C0DRAFTS", text="A second later.")
    assert await error(bot.chat_postMessage(channel="C0DRAFTS", text="At once.")) == "ratelimited"
    assert [message["text"] for message in workspace.messages("#drafts")][-2:] == ["A person.", "A second later."]


@STANDING
async def test_a_method_is_taken_as_often_in_a_minute_as_its_tier_says(workspace: Workspace, bot: Client) -> None:
    ts = workspace.post("#drafts", "A draft.")
    place: dict[str, Any] = {"channel": "C0DRAFTS", "timestamp": ts, "name": "eyes"}
    for _ in range(20):
        await bot.reactions_add(**place)
        await bot.reactions_remove(**place)
    await bot.reactions_add(**place)
    assert await error(bot.reactions_remove(**place)) == "ratelimited"
    workspace.advance(61)
    await bot.reactions_remove(**place)
    reply = str((await bot.chat_postMessage(channel="C0DRAFTS", text="One."))["ts"])
    for number in range(50):
        await bot.chat_update(channel="C0DRAFTS", ts=reply, text=f"Edit {number}.")
    assert await error(bot.chat_update(channel="C0DRAFTS", ts=reply, text="Too many.")) == "ratelimited"
    workspace.hub.limits.on = False
    await bot.chat_update(channel="C0DRAFTS", ts=reply, text="Without limits.")
