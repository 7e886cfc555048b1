from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.workspace.switching import Spot, Switch
from tests.workspace.broken_blocks import actions, button, mrkdwn, option, plain, section

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from bot.workspace.server import Workspace
    from tests.workspace.sdk import App, Client

MENU = {"type": "multi_static_select", "action_id": "menu", "options": [option("a"), option("b")]}
BLOCKS = [actions(button(action_id="go", value="1"), MENU, block_id="b")]
MODAL = {"type": "modal", "callback_id": "m", "title": plain("M"), "notify_on_close": True, "blocks": BLOCKS}
HOME = {"type": "home", "blocks": [section(text=mrkdwn("Hi")), *BLOCKS]}


class Remote:
    """The control interface, over HTTP."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session

    async def act(self, what: str, **body: Any) -> dict[str, Any]:
        async with self._session.post(f"{self._url}/local/{what}", json=body) as answer:
            return dict(await answer.json())

    async def look(self, what: str) -> dict[str, Any]:
        async with self._session.get(f"{self._url}/local/{what}") as answer:
            return dict(await answer.json())


@pytest.fixture
async def control(workspace: Workspace) -> AsyncGenerator[Remote]:
    async with aiohttp.ClientSession() as session:
        yield Remote(workspace.url, session)


async def test_people_post_files_with_words_beside_them(workspace: Workspace, control: Remote) -> None:
    said = {"channel": "#drafts", "text": "Bread.", "name": "loaf.png", "alt_text": "A loaf", "by": "mika"}
    ts = (await control.act("share", **said, content="aGVsbG8="))["ts"]
    message = workspace.message("#drafts", ts)
    (file,) = message["files"]
    assert (message["text"], message["user"], message["subtype"]) == ("Bread.", "U0MIKA", "file_share")
    assert (file["name"], file["size"], file["alt_txt"]) == ("loaf.png", 5, "A loaf")
    assert (await control.act("share", **said, content="?"))["error"] == "invalid_content"


async def test_whoever_started_the_workspace_can_offer_another_way_to_run_the_app(
    workspace: Workspace, control: Remote
) -> None:
    assert (await control.act("switch", channel="#drafts", choice="b"))["error"] == "no_switch"
    chosen: list[tuple[str, str, str]] = []

    async def choose(name: str, spot: Spot) -> None:
        chosen.append((name, spot.channel.name, spot.ts))

    workspace.hub.switch = Switch("Run by", (("a", "A"), ("b", "B")), "a", choose=choose)
    assert (await control.act("switch", channel="#drafts", choice="c"))["error"] == "no_such_choice"
    assert (await control.act("switch", channel="#drafts", choice="b"))["chosen"] == "b"
    assert (await control.act("switch", channel="#brand", choice="a", ts="1.0"))["ok"]
    assert chosen == [("b", "drafts", ""), ("a", "brand", "1.0")]
    assert workspace.hub.switch.chosen == "a"


async def test_people_post_edit_and_react(workspace: Workspace, control: Remote) -> None:
    ts = (await control.act("post", channel="#drafts", text="Hello", by="mika"))["ts"]
    assert (await control.act("edit", channel="#drafts", ts=ts, text="Hi", by="dana"))["error"] == "cant_update_message"
    assert (await control.act("edit", channel="#drafts", ts=ts, text="Hi", by="mika"))["ok"]
    assert (await control.act("react", channel="#drafts", ts=ts, name="eyes"))["added"]
    assert not (await control.act("react", channel="#drafts", ts=ts, name="eyes"))["added"]
    assert (await control.act("unfurl", channel="#drafts", ts=ts, attachments=[{"title": "x"}]))["ok"]
    assert (await control.act("event", event={"type": "app_uninstalled"}))["ok"]
    assert workspace.courier.sent[-1].payload["event"] == {"type": "app_uninstalled"}
    assert len((await control.act("redeliver", last=2))["events"]) == 2
    assert (await control.act("redeliver", event_id="EvNONE"))["error"] == "no_such_event"
    assert (await control.act("join", channel="#general"))["joined"]
    assert (await control.act("leave", channel="#general"))["left"]
    assert (await control.act("faults", method="chat.postMessage", status=500))["ok"]
    assert (await control.act("faults", hold_acks=2, refuse_tickets=1))["ok"]
    faults = await control.look("faults")
    assert (faults["hold_acks"], faults["calls"][0]["status"]) == (2, 500)
    assert (await control.act("faults", colour="red"))["error"] == "invalid_arguments"
    assert (await control.act("faults/clear"))["ok"]
    assert (await control.act("clock", advance=60))["ok"]
    assert (await control.act("post", channel="#nowhere", text="x"))["name"] == "#nowhere"
    assert (await control.look("state"))["teams"][0]["channels"][0]["messages"][0]["text"] == "Hi"
    assert (await control.look("views?by=mika"))["views"] == []
    assert (await control.look("traffic"))["ok"]
    assert (await control.act("delete", channel="#drafts", ts=ts, by="mika"))["ok"]


async def test_people_click_command_and_close(
    workspace: Workspace, app: App, control: Remote, connect: Callable[[], Awaitable[object]]
) -> None:
    done: list[dict[str, Any]] = []

    @app.command("/candor")
    async def command(ack: Any, body: dict[str, Any], client: Client) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        await ack(response_type="in_channel", text="Here it is.")

    @app.shortcut("global")
    async def shortcut(ack: Any, body: dict[str, Any], client: Client) -> None:
        done.append(body)
        await client.views_publish(user_id=body["user"]["id"], view=HOME)
        await ack()

    async def note(ack: Any, body: dict[str, Any]) -> None:
        done.append(body)
        await ack()

    app.action("go")(note)
    app.action("menu")(note)
    app.view_closed("m")(note)
    await connect()
    assert (await control.act("command", channel="#drafts", text="/candor", by="dana"))["ok"]
    assert workspace.messages("#drafts")[0]["text"] == "Here it is."
    (view,) = (await control.look("views?by=dana"))["views"]
    assert (await control.act("click", view_id=view["id"], action_id="menu", value=["b"]))["ok"]
    assert (await control.act("close", view_id=view["id"]))["ok"]
    assert (await control.look("views"))["views"] == []
    assert (await control.act("shortcut", callback_id="global", by="mika"))["ok"]
    home = (await control.look("home?by=mika"))["view"]
    assert (await control.act("click", view_id=home["id"], action_id="go", by="mika"))["ok"]
    assert [body["type"] for body in done] == ["block_actions", "view_closed", "shortcut", "block_actions"]
    assert done[0]["actions"][0]["selected_options"] == [option("b")]
    assert done[0]["container"] == {"type": "view", "view_id": view["id"]}
    assert (await control.act("home", by="mika"))["ok"]
    assert workspace.courier.sent[-1].payload["event"]["view"]["id"] == home["id"]
    assert (await control.act("close", view_id="V0"))["error"] == "not_found"


async def test_sockets_break_on_demand(
    workspace: Workspace, control: Remote, events: list[dict[str, Any]], connect: Callable[[], Awaitable[object]]
) -> None:
    await connect()
    assert (await control.act("faults", refresh_sockets=True))["ok"]
    await workspace.until(lambda: len([e for e in workspace.traffic if e.get("what") == "connected"]) == 2)
    workspace.post("#drafts", "Out of order 1")
    workspace.post("#drafts", "Out of order 2")
    assert (await control.act("redeliver", last=2))["ok"]
    await workspace.delivered()
    assert [event["text"][-1] for event in events] == ["1", "2", "2", "1"]
    assert (await control.act("faults", drop_sockets=True))["dropped"] == 1
    assert (await control.act("traffic/clear"))["ok"]
