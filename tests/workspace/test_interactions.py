from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.workspace.shapes import ApiRefusal
from tests.workspace.broken_blocks import actions, button, mrkdwn, option, plain, section
from tests.workspace.test_messages import error

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.workspace.server import Workspace
    from tests.workspace.sdk import App, Client

VIEW: dict[str, Any] = {
    "type": "modal",
    "callback_id": "review",
    "title": plain("Review"),
    "submit": plain("Go"),
    "blocks": [
        {
            "type": "input",
            "block_id": "draft",
            "label": plain(),
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
        {
            "type": "input",
            "block_id": "where",
            "label": plain(),
            "element": {"type": "static_select", "action_id": "platform", "options": [option("ig"), option("li")]},
        },
        {
            "type": "input",
            "block_id": "facts",
            "optional": True,
            "label": plain(),
            "element": {"type": "checkboxes", "action_id": "which", "options": [option("paid"), option("ai")]},
        },
    ],
}
BUTTONS = [section(text=mrkdwn("Paid?")), actions(button(value="yes", action_id="paid"), block_id="question")]


async def asked(bot: Client) -> str:
    """A message of the bot with a button."""
    answer = await bot.chat_postMessage(channel="C0DRAFTS", text="Paid?", blocks=BUTTONS)
    return str(answer["ts"])


async def test_a_click_carries_what_slack_sends(
    workspace: Workspace, app: App, bot: Client, connect: Callable[[], Awaitable[object]]
) -> None:
    bodies: list[dict[str, Any]] = []

    @app.action("paid")
    async def clicked(ack: Any, body: dict[str, Any], respond: Any) -> None:
        bodies.append(body)
        await respond(text="Noted.", replace_original=True)
        await ack()

    ts = await asked(bot)
    await connect()
    await workspace.click("#drafts", ts, "paid", by="mika")
    (body,) = bodies
    assert body["user"] == {"id": "U0MIKA", "username": "mika", "name": "mika", "team_id": "T0HARBOR"}
    assert body["container"] == {"type": "message", "message_ts": ts, "channel_id": "C0DRAFTS", "is_ephemeral": False}
    assert body["message"]["blocks"][1]["elements"][0]["value"] == "yes"
    (action,) = body["actions"]
    assert (action["block_id"], action["value"], action["type"]) == ("question", "yes", "button")
    assert workspace.message("#drafts", ts)["text"] == "Noted."
    assert "blocks" not in workspace.message("#drafts", ts)


async def test_a_click_that_nobody_acknowledges_fails(workspace: Workspace, bot: Client) -> None:
    ts = await asked(bot)
    with pytest.raises(ApiRefusal, match="dispatch_failed"):
        await workspace.click("#drafts", ts, "paid")
    with pytest.raises(ApiRefusal, match="no_such_action"):
        await workspace.click("#drafts", ts, "unpaid")


async def test_a_command_is_answered_by_its_acknowledgement(
    workspace: Workspace, app: App, connect: Callable[[], Awaitable[object]]
) -> None:
    @app.command("/candor")
    async def help_(ack: Any, body: dict[str, Any]) -> None:
        assert (body["text"], body["channel_name"], body["is_enterprise_install"]) == ("help", "drafts", "false")
        await ack("At your service.")

    await connect()
    await workspace.command("#drafts", "/candor help")
    (whisper,) = workspace.ephemerals("#drafts")
    assert whisper["text"] == "At your service."
    assert workspace.ephemerals("#drafts", by="mika") == []


async def test_a_window_opens_shows_errors_and_closes(
    workspace: Workspace, app: App, connect: Callable[[], Awaitable[object]]
) -> None:
    submitted: list[dict[str, Any]] = []

    @app.shortcut("review")
    async def open_(ack: Any, body: dict[str, Any], client: Client) -> None:
        assert body["message"]["text"] == "A draft."
        await client.views_open(trigger_id=body["trigger_id"], view=VIEW)
        await ack()

    @app.view("review")
    async def submit(ack: Any, view: dict[str, Any]) -> None:
        submitted.append(view)
        good = view["state"]["values"]["draft"]["text"]["value"]
        await (ack() if good else ack(response_action="errors", errors={"draft": "Say something."}))

    await connect()
    ts = workspace.post("#drafts", "A draft.")
    await workspace.shortcut("review", "#drafts", ts)
    answer = await workspace.submit({})
    assert answer["errors"] == {"draft": "Say something."}
    assert len(workspace.views()) == 1
    chosen = {"draft": {"text": "Hi"}, "where": {"platform": "li"}, "facts": {"which": ["ai"]}}
    await workspace.submit(chosen)
    assert workspace.views() == []
    values = submitted[1]["state"]["values"]
    assert values["where"]["platform"]["selected_option"] == option("li")
    assert values["facts"]["which"]["selected_options"] == [option("ai")]


async def test_trigger_ids_live_for_three_seconds_and_once(workspace: Workspace, bot: Client) -> None:
    def trigger() -> str:
        return workspace.hub.triggers.issue("T0HARBOR", "U0DANA")

    late = trigger()
    workspace.advance(3.1)
    assert await error(bot.views_open(trigger_id=late, view=VIEW)) == "expired_trigger_id"
    assert await error(bot.views_open(trigger_id="nonsense", view=VIEW)) == "invalid_trigger_id"
    once = trigger()
    opened = await bot.views_open(trigger_id=once, view=VIEW)
    assert await error(bot.views_open(trigger_id=once, view=VIEW)) == "exchanged_trigger_id"
    view = opened["view"]
    changed = await bot.views_update(view_id=view["id"], hash=view["hash"], view={**VIEW, "title": plain("Again")})
    assert changed["view"]["title"]["text"] == "Again"
    assert await error(bot.views_update(view_id=view["id"], hash=view["hash"], view=VIEW)) == "hash_conflict"
    await bot.views_push(trigger_id=trigger(), view=VIEW)
    await bot.views_push(trigger_id=trigger(), view=VIEW)
    assert await error(bot.views_push(trigger_id=trigger(), view=VIEW)) == "push_limit_reached"


async def test_the_home_tab_is_published_when_it_is_opened(
    workspace: Workspace, app: App, connect: Callable[[], Awaitable[object]]
) -> None:
    @app.event("app_home_opened")
    async def home(event: dict[str, Any], client: Client) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": BUTTONS})

    await connect()
    workspace.open_home(by="mika")
    view = await workspace.until(lambda: workspace.home(by="mika"))
    assert view
    assert view["type"] == "home"
    await workspace.delivered()


async def test_a_response_url_is_good_for_five_answers_in_half_an_hour(workspace: Workspace, bot: Client) -> None:
    ts = await asked(bot)
    with pytest.raises(ApiRefusal):
        await workspace.click("#drafts", ts, "paid")
    key, target = workspace.hub.responses.issue("T0HARBOR", "C0DRAFTS", "U0DANA")
    target.ts = ts
    url = f"{workspace.url}/respond/{key}"
    bodies: list[dict[str, Any]] = [
        {"text": "Only you."},
        {"text": "Everybody.", "response_type": "in_channel"},
        {"text": "Instead.", "replace_original": True},
        {"blocks": [{"type": "nonsense"}]},
        {"delete_original": True},
    ]
    async with aiohttp.ClientSession() as session:
        statuses = [(await session.post(url, json=body)).status for body in bodies]
        used = await session.post(url, json={"text": "Once more."})
        assert (used.status, await used.text()) == (404, "used_url")
        late, _ = workspace.hub.responses.issue("T0HARBOR", "C0DRAFTS", "U0DANA")
        workspace.advance(1801)
        expired = await session.post(f"{workspace.url}/respond/{late}", json={"text": "Late."})
        assert (expired.status, await expired.text()) == (404, "expired_url")
    assert statuses == [200, 200, 200, 400, 200]
    assert [message["text"] for message in workspace.ephemerals("#drafts")] == ["Only you."]
    assert [message["text"] for message in workspace.messages("#drafts")] == ["Everybody."]


async def test_an_ephemeral_message_is_replaced_in_place(
    workspace: Workspace, app: App, bot: Client, connect: Callable[[], Awaitable[object]]
) -> None:
    @app.action("paid")
    async def clicked(ack: Any, body: dict[str, Any], respond: Any) -> None:
        assert "message" not in body
        assert body["container"]["is_ephemeral"] is True
        await respond(text="Thanks.", replace_original=True)
        await ack()

    await connect()
    await bot.chat_postEphemeral(channel="C0DRAFTS", user="U0DANA", text="Paid?", blocks=BUTTONS)
    (whisper,) = workspace.ephemerals("#drafts")
    await workspace.click("#drafts", whisper["ts"], "paid")
    assert [message["text"] for message in workspace.ephemerals("#drafts")] == ["Thanks."]
    assert await error(bot.chat_postEphemeral(channel="C0DRAFTS", user="U0NOBODY", text="x")) == "user_not_in_channel"


async def test_files_come_in_three_steps(workspace: Workspace, bot: Client) -> None:
    await bot.files_upload_v2(channel="C0DRAFTS", content="a,b", filename="digest.csv", title="Digest")
    (message,) = workspace.messages("#drafts")
    (file,) = message["files"]
    assert (file["title"], file["size"]) == ("Digest", 3)
    rights = {"Authorization": f"Bearer {bot.token}"}
    async with aiohttp.ClientSession() as session, session.get(file["url_private"], headers=rights) as answer:
        assert await answer.text() == "a,b"
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''digest.csv"
    async with aiohttp.ClientSession() as session:
        for others in ({}, {"Authorization": "Bearer xoxb-wrong"}):
            async with session.get(file["url_private"], headers=others, allow_redirects=False) as answer:
                assert (answer.status, await answer.text()) == (302, "")
    await bot.files_delete(file=file["id"])
    assert workspace.messages("#drafts")[0]["files"] == [{"id": file["id"], "mode": "tombstone"}]
    assert await error(bot.files_info(file=file["id"])) == "file_not_found"


async def test_a_status_goes_when_the_bot_answers(workspace: Workspace, bot: Client) -> None:
    ts = workspace.post("#drafts", "A draft.")
    await bot.assistant_threads_setStatus(channel_id="C0DRAFTS", thread_ts=ts, status="is reading …")
    assert workspace.hub.statuses == {("C0DRAFTS", ts): "is reading …"}
    await bot.chat_postMessage(channel="C0DRAFTS", thread_ts=ts, text="Done.")
    assert workspace.hub.statuses == {}
