from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from bot.core.words.workspace import SAMPLES
from tests.workspace.broken_blocks import GOOD, actions, button, mrkdwn, option, plain, section
from tests.workspace.test_interactions import VIEW

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page

    from bot.workspace.server import Workspace
    from tests.workspace.sdk import App, Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

DOT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
CONFIRM = {"title": plain("Sure?"), "text": plain("It goes."), "confirm": plain("Do it"), "deny": plain("Stop")}
CARD = [
    *GOOD[:5],
    actions(
        button(action_id="paid", text=plain("It was paid"), value="yes"),
        button(action_id="remove", text=plain("Remove"), confirm=CONFIRM),
        {"type": "static_select", "action_id": "campaign", "options": [option("spring"), option("autumn")]},
    ),
]


def answering_in_thread(app: App) -> list[dict[str, Any]]:
    """A bot that answers each draft with a card and notes what is done with it."""
    done: list[dict[str, Any]] = []

    @app.event("message")
    async def review(event: dict[str, Any], client: Client) -> None:
        if not event.get("subtype") and not event.get("thread_ts"):
            await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="Read.", blocks=CARD)

    async def act(ack: Any, action: dict[str, Any], body: dict[str, Any], client: Client) -> None:
        done.append(action)
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**place, text="Noted.", blocks=[section(text=mrkdwn("*Noted*"))])
        await ack()

    for name in ("paid", "remove", "campaign"):
        app.action(name)(act)
    return done


async def test_a_draft_is_posted_read_and_answered(
    workspace: Workspace, app: App, connect: Callable[[], Awaitable[object]], page: Page
) -> None:
    done = answering_in_thread(app)
    await connect()
    await page.get_by_label("Message as Dana").fill("Our *towels* dry <fast>.")
    await page.get_by_role("button", name="Post", exact=True).click()
    message = page.locator("#messages article")
    await expect(message.locator(".content")).to_have_text("Our towels dry <fast>.")
    await expect(message.locator("strong", has_text="towels")).to_be_visible()
    await message.get_by_role("button", name="1 reply").click()
    thread = page.locator("#thread")
    await thread.get_by_role("button", name="It was paid").click()
    await expect(thread.get_by_text("Noted")).to_be_visible()
    assert (done[0]["action_id"], done[0]["value"]) == ("paid", "yes")
    await page.get_by_label("Reply as Dana").fill("Thank you")
    await page.keyboard.press("Enter")
    await expect(thread.locator("article")).to_have_count(3)
    await expect(message.get_by_role("button", name="2 replies")).to_be_visible()
    await workspace.delivered()


async def test_a_button_may_ask_first_and_a_menu_sends_its_choice(
    workspace: Workspace, app: App, connect: Callable[[], Awaitable[object]], page: Page
) -> None:
    done = answering_in_thread(app)
    await connect()
    workspace.post("#drafts", "First.")
    await page.get_by_role("button", name="1 reply").click()
    thread = page.locator("#thread")
    await thread.get_by_role("button", name="Remove").click()
    await page.get_by_role("button", name="Stop").click()
    assert done == []
    await thread.locator("select").select_option("autumn")
    await expect(thread.get_by_text("Noted")).to_be_visible()
    assert done[0]["selected_option"]["value"] == "autumn"
    await workspace.delivered()


async def test_own_messages_can_be_edited_and_deleted(workspace: Workspace, page: Page) -> None:
    ts = workspace.post("#drafts", "Frist & https://example.org.\nTwo lines")
    workspace.post("#drafts", "Mika's", by="mika")
    message = page.locator("#messages article").first
    await message.hover()
    await message.get_by_role("button", name="Edit").click()
    box = page.get_by_label("Edit the message")
    await expect(box).to_have_value("Frist & https://example.org.\nTwo lines")
    await box.fill("First")
    await page.get_by_role("button", name="Save").click()
    await expect(message.get_by_text("(edited)")).to_be_visible()
    assert workspace.message("#drafts", ts)["text"] == "First"
    assert await page.locator("#messages article").last.get_by_role("button", name="Edit").count() == 0
    await message.hover()
    await message.get_by_role("button", name="React with eyes").click()
    await expect(message.get_by_role("button", name="eyes, 1: Dana")).to_be_visible()
    await message.get_by_role("button", name="Delete").click()
    await page.locator("#ask").get_by_role("button", name="Delete").click()
    await expect(page.locator("#messages article")).to_have_count(1)


async def test_a_command_opens_a_window_that_shows_what_is_wrong(
    workspace: Workspace, app: App, connect: Callable[[], Awaitable[object]], page: Page
) -> None:
    values: list[dict[str, Any]] = []

    @app.command("/candor")
    async def command(ack: Any, body: dict[str, Any], client: Client) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=VIEW)
        await ack()

    @app.view("review")
    async def submit(ack: Any, view: dict[str, Any]) -> None:
        values.append(view["state"]["values"])
        await (ack(response_action="errors", errors={"draft": "Too short."}) if len(values) == 1 else ack())

    await connect()
    await page.get_by_label("Message as Dana").fill("/candor review")
    await page.keyboard.press("Enter")
    window = page.locator("#modal")
    await window.get_by_role("textbox").fill("Hi")
    await window.get_by_role("combobox").select_option("li")
    await window.get_by_label("ai", exact=True).check()
    await window.get_by_role("button", name="Go").click()
    await expect(window.get_by_text("Too short.")).to_be_visible()
    await window.get_by_role("button", name="Go").click()
    await expect(window).to_have_count(0)
    assert values[1]["draft"]["text"]["value"] == "Hi"
    assert values[1]["facts"]["which"]["selected_options"] == [option("ai")]
    assert workspace.views() == []


async def test_a_failure_is_told_in_words(page: Page) -> None:
    box = page.get_by_label("Message as Dana")
    await box.fill("/candor help")
    await page.keyboard.press("Enter")
    await expect(page.locator("#toast")).to_contain_text("Candor isn't connected")
    await expect(box).to_have_value("/candor help")


async def test_home_direct_messages_people_and_traffic(
    workspace: Workspace, app: App, connect: Callable[[], Awaitable[object]], page: Page
) -> None:
    @app.event("app_home_opened")
    async def home(event: dict[str, Any], client: Client) -> None:
        blocks = [section(text=mrkdwn(f"Hello <@{event['user']}>"))]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    app.event("message")(home)
    await connect()
    await page.get_by_role("link", name="Mika").click()
    await page.get_by_role("link", name="Candor's Home").click()
    await expect(page.get_by_text("Hello @Mika")).to_be_visible()
    await page.get_by_role("link", name="Candor AI app").click()
    await page.get_by_label("Message as Mika").fill("Are you there?")
    await page.keyboard.press("Enter")
    await expect(page.locator("#messages article")).to_have_count(1)
    assert workspace.messages("@mika")[0]["user"] == "U0MIKA"
    await page.get_by_text("Developer", exact=True).click()
    await page.get_by_role("button", name="Raw traffic").click()
    await expect(page.locator("#traffic-list details").first).to_be_visible()
    await page.locator("#traffic-list summary", has_text="views.publish").last.click()
    await expect(page.locator("#traffic-list pre").last).to_contain_text("blocks")


async def test_a_sample_draft_fills_the_composer(page: Page) -> None:
    label, text = SAMPLES[0]
    await page.get_by_role("button", name=label).click()
    await expect(page.get_by_label("Message as Dana")).to_have_value(text)


async def test_on_a_small_screen_nothing_is_wider_than_the_screen(workspace: Workspace, page: Page) -> None:
    workspace.post("#drafts", "word" * 60 + "\n" + "https://example.org/" + "x" * 200)
    await page.set_viewport_size({"width": 400, "height": 800})
    await expect(page.locator("#messages article")).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 400
    await page.get_by_role("button", name="Channels").click()
    await page.get_by_role("link", name="# brand").click()
    await expect(page.locator("h1")).to_contain_text("brand")


async def test_a_picture_is_attached_and_shown(workspace: Workspace, page: Page) -> None:
    await page.get_by_label("Message as Dana").fill("Our bread is back.")
    picture = {"name": "loaf.gif", "mimeType": "image/gif", "buffer": DOT}
    await page.get_by_label("Attach a file").set_input_files(picture)  # pyright: ignore[reportArgumentType]
    await page.get_by_role("button", name="Post", exact=True).click()
    shown = page.locator("#messages article img.file")
    await expect(shown).to_be_visible()
    assert await shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    (message,) = [message for message in workspace.messages("#drafts") if message.get("files")]
    assert message["text"] == "Our bread is back."
    await expect(page.get_by_label("Attach a file")).to_have_value("")
