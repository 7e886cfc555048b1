"""Every kind of payload that the workspace delivers, to an unmodified Bolt app that takes all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Workspace
from tests.workspace.bolt import connecting
from tests.workspace.broken_blocks import GOOD
from tests.workspace.test_interactions import BUTTONS, VIEW

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.contracts.conftest import Wires
    from tests.workspace.sdk import App, Client

EVENTS = {"app_home_opened", "app_mention", "member_joined_channel", "message", "reaction_added", "reaction_removed"}
MODAL = {**VIEW, "close": {"type": "plain_text", "text": "Close"}, "notify_on_close": True}


@pytest.fixture
async def workspace() -> AsyncGenerator[Workspace]:
    async with Workspace() as running:
        yield running


@pytest.fixture
async def bot(workspace: Workspace) -> AsyncGenerator[Client]:
    """The Web API as a bot that is connected and takes whatever comes."""
    client: Client = AsyncWebClient(token=workspace.team.bot.token, base_url=workspace.api_url)
    app: App = AsyncApp(client=client)

    @app.middleware
    async def take(ack: Any) -> Any:
        return await ack()

    async with connecting(app, workspace) as connect:
        await connect()
        yield client


async def test_events_about_messages_people_and_reactions(wires: Wires, workspace: Workspace, bot: Client) -> None:
    for channel in ("#drafts", "@dana"):
        ts = workspace.post(channel, "<@U0CANDOR> *Hi* :tada: <https://a.example|there>\n• <#C0BRAND> `x`\n> quote")
        workspace.post(channel, "A reply.", thread_ts=ts)
        workspace.react(channel, ts, "tada")
        workspace.edit(channel, ts, "Hello")
        workspace.unfurl(channel, ts, {"title": "There", "title_link": "https://a.example", "id": 1})
        workspace.delete(channel, ts)
    ts = workspace.post("#drafts", "Once.")
    workspace.react("#drafts", ts, "tada")
    token = workspace.person("dana").token
    workspace.call("reactions.remove", token, channel="C0DRAFTS", timestamp=ts, name="tada")
    workspace.delete("#drafts", ts)
    general = workspace.channel("#general")
    workspace.hub.talk.join(general, workspace.team.bot.user_id, "U0DANA")
    workspace.hub.talk.leave(general, "U0MIKA")
    workspace.hub.talk.join(general, "U0MIKA")
    workspace.open_home(tab="messages")
    workspace.open_home()
    await bot.chat_postMessage(channel="C0DRAFTS", text="x", blocks=GOOD)
    await workspace.delivered()
    events = [payload["event"] for payload in wires.deliveries]
    assert {event["type"] for event in events} == EVENTS
    assert {event.get("subtype", "") for event in events} == {"", "message_changed", "message_deleted"}
    assert wires.faults() == []


@pytest.mark.usefixtures("bot")
async def test_a_reply_that_the_channel_sees_too(wires: Wires, workspace: Workspace) -> None:
    ts = workspace.post("#drafts", "Once.")
    token = workspace.person("dana").token
    workspace.call("chat.postMessage", token, channel="C0DRAFTS", text="All", thread_ts=ts, reply_broadcast=True)
    await workspace.delivered()
    assert wires.deliveries[-1]["event"]["subtype"] == "thread_broadcast"
    assert wires.faults() == []


async def test_files(wires: Wires, workspace: Workspace, bot: Client) -> None:
    await bot.files_upload_v2(channel="C0DRAFTS", content="a,b", filename="digest.csv", title="Digest")
    await workspace.delivered()
    assert wires.deliveries[-1]["event"]["subtype"] == "file_share"
    assert wires.faults() == []


async def test_clicks_in_messages_and_commands(wires: Wires, workspace: Workspace, bot: Client) -> None:
    answer = await bot.chat_postMessage(channel="C0DRAFTS", text="Paid?", blocks=[*GOOD, *BUTTONS])
    for action_id, value in (("paid", ""), ("more", "a"), ("feedback", "1")):
        await workspace.click("#drafts", answer["ts"], action_id, value=value)
    await bot.chat_postEphemeral(channel="C0DRAFTS", user="U0DANA", text="Paid?", blocks=BUTTONS)
    (whisper,) = workspace.ephemerals("#drafts")
    await workspace.click("#drafts", whisper["ts"], "paid")
    await workspace.command("#drafts", "/candor help")
    await workspace.command("@dana", "/candor")
    assert {payload.get("type") for payload in wires.deliveries} == {"event_callback", "block_actions", None}
    assert wires.faults() == []


@pytest.mark.usefixtures("bot")
async def test_shortcuts_on_messages(wires: Wires, workspace: Workspace) -> None:
    ts = workspace.post("#general", "Act *now* :tada:")
    for channel, message in (("#general", ts), ("#general", workspace.post("#general", "Hm.", thread_ts=ts))):
        await workspace.shortcut("review", channel, message, by="mika")
    await workspace.shortcut("review", "@dana", workspace.post("@dana", "Hi"))
    await workspace.delivered()
    asked = [payload for payload in wires.deliveries if payload["type"] == "message_action"]
    assert [payload["channel"]["name"] for payload in asked] == ["general", "general", "directmessage"]
    assert wires.faults() == []


async def test_clicks_in_windows_and_their_submission(wires: Wires, workspace: Workspace, bot: Client) -> None:
    await opened(workspace, bot, {**VIEW, "blocks": [*VIEW["blocks"], *BUTTONS]})
    view_id = await opened(workspace, bot, {**MODAL, "blocks": [*VIEW["blocks"], *BUTTONS]})
    dana = workspace.person("dana")
    await workspace.interactions.click_in_view(workspace.team, dana, view_id, wanted={"action_id": "paid"})
    await workspace.submit({"draft": {"text": "Hi"}, "where": {"platform": "li"}, "facts": {"which": ["ai"]}})
    assert {payload["type"] for payload in wires.deliveries} == {"block_actions", "view_submission"}
    assert wires.faults() == []


async def test_a_closed_window(wires: Wires, workspace: Workspace, bot: Client) -> None:
    view_id = await opened(workspace, bot, MODAL)
    await workspace.interactions.close(workspace.team, workspace.person("dana"), view_id)
    assert [payload["type"] for payload in wires.deliveries] == ["view_closed"]
    assert wires.faults() == []


async def test_a_home_tab(wires: Wires, workspace: Workspace, bot: Client) -> None:
    await bot.views_publish(user_id="U0DANA", view={"type": "home", "blocks": BUTTONS})
    workspace.open_home()
    home = workspace.home()
    assert home
    await workspace.interactions.click_in_view(
        workspace.team, workspace.person("dana"), home["id"], wanted={"action_id": "paid"}
    )
    await workspace.delivered()
    assert {payload["type"] for payload in wires.deliveries} == {"event_callback", "block_actions"}
    assert wires.faults() == []


async def opened(workspace: Workspace, bot: Client, view: dict[str, Any]) -> str:
    """The id of a window that the bot opens for Dana."""
    trigger = workspace.hub.triggers.issue("T0HARBOR", "U0DANA")
    answer = await bot.views_open(trigger_id=trigger, view=view)
    return str(answer["view"]["id"])
