"""Reading on the page: what is unread, threads that stay open, and what comes too early or twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from bot.core.words.workspace import FAILED
from tests.workspace.broken_blocks import actions, button, mrkdwn, plain, section
from tests.workspace.test_interactions import VIEW

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page, Route

    from bot.workspace.server import Workspace
    from tests.workspace.sdk import App, Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

LONG = "\n".join(f"Line {n} of a long draft." for n in range(40))
CODE = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "Two lines\nto copy"}]}


async def test_a_channel_shows_what_came_since_one_looked(workspace: Workspace, page: Page) -> None:
    brand, drafts = page.get_by_role("link", name="# brand"), page.get_by_role("link", name="# drafts")
    ts = workspace.post("#drafts", "A draft.")
    await expect(page.locator("#messages article")).to_have_count(1)
    workspace.post("#brand", "One", by="mika")
    workspace.post("#brand", "Two", by="mika")
    workspace.post("#brand", "Mine")
    await expect(brand).to_contain_text("2 unread")
    await brand.click()
    await expect(brand).not_to_contain_text("unread")
    workspace.post("#drafts", "Looks fine.", by="mika", thread_ts=ts)
    await expect(drafts).to_contain_text("1 unread")
    await drafts.click()
    reply = page.locator(".thread-link")
    await expect(reply).to_have_text("1 reply New")
    await reply.click()
    await expect(reply).to_have_text("1 reply")
    await expect(drafts).not_to_contain_text("unread")
    await page.get_by_role("link", name="Mika").click()
    await expect(drafts).not_to_contain_text("unread")
    await expect(brand).to_contain_text("1 unread")


async def test_a_thread_stays_open_for_another_person_and_back_closes_it(workspace: Workspace, page: Page) -> None:
    for n in range(12):
        workspace.post("#drafts", f"Draft {n}.\n{LONG[:300]}")
    await expect(page.locator("#messages article")).to_have_count(12)
    draft, pane = page.locator("#messages article").nth(3), page.locator("#thread-pane")
    await draft.scroll_into_view_if_needed()
    await draft.hover()
    before = await draft.evaluate("one => one.getBoundingClientRect().top")
    await draft.get_by_label("Reply in a thread").click()
    await expect(page.locator("#thread")).to_contain_text("Draft 3.")
    assert abs(await draft.evaluate("one => one.getBoundingClientRect().top") - before) < 2
    await page.get_by_role("link", name="Mika").click()
    await expect(page.get_by_label("Reply as Mika")).to_be_visible()
    await expect(page.locator("#thread")).to_contain_text("Draft 3.")
    await page.get_by_label("Close the thread").click()
    await expect(pane).to_be_hidden()
    await page.set_viewport_size({"width": 390, "height": 780})
    opener = page.locator("#messages article").last
    await opener.hover()
    await opener.get_by_label("Reply in a thread").click()
    await expect(page.locator("#thread")).to_contain_text("Draft 11.")
    await page.go_back()
    await expect(pane).to_be_hidden()
    await expect(page.locator("h1")).to_have_text("#drafts")
    await page.go_forward()
    await expect(page.locator("#thread")).to_contain_text("Draft 11.")
    await page.get_by_label("Back to #drafts").click()
    await expect(pane).to_be_hidden()
    await opener.hover()
    await opener.get_by_label("Reply in a thread").click()
    await expect(pane).to_be_visible()


async def test_a_long_draft_leaves_room_for_its_answer(workspace: Workspace, page: Page) -> None:
    ts = workspace.post("#drafts", LONG)
    workspace.post("#drafts", "The answer", by="mika", thread_ts=ts)
    await page.get_by_role("button", name="1 reply").click()
    thread = page.locator("#thread")
    await expect(thread.get_by_text("The answer")).to_be_in_viewport()
    await expect(thread.get_by_text("Line 0 of")).to_be_in_viewport()
    await thread.get_by_role("button", name="Show all of it").click()
    await thread.get_by_text("Line 39 of").scroll_into_view_if_needed()
    await expect(thread.get_by_text("Line 39 of")).to_be_in_viewport()
    workspace.edit("#drafts", ts, LONG + "\nOne more.")
    await expect(thread.get_by_text("One more.")).to_be_visible()
    assert await thread.get_by_role("button", name="Show all of it").count() == 0


async def test_what_is_done_before_the_page_is_ready_is_done_when_it_is(workspace: Workspace, page: Page) -> None:
    held: list[Route] = []
    ts = workspace.post("#drafts", "A draft.")
    workspace.post("#drafts", "An answer.", by="mika", thread_ts=ts)

    async def hold(route: Route) -> None:
        held.append(route)

    await page.route("**/asset/keys.js", hold)
    await page.route("**/asset/composer.js", hold)
    await page.goto(workspace.url, wait_until="commit")
    await page.get_by_role("button", name="1 reply").click()
    await page.get_by_label("Message as Dana").fill("Written at once")
    await page.get_by_role("button", name="Post", exact=True).click()
    for route in held:
        await route.continue_()
    await expect(page.locator("#messages article").last).to_contain_text("Written at once")
    await expect(page.locator("#thread")).to_contain_text("An answer.")
    assert [m["text"] for m in workspace.messages("#drafts") if not m.get("thread_ts")][1:] == ["Written at once"]


async def test_what_is_typed_before_the_page_is_ready_is_kept_though_a_link_leads_away(
    workspace: Workspace, page: Page
) -> None:
    held: list[Route] = []

    async def hold(route: Route) -> None:
        held.append(route)

    await page.route("**/asset/composer.js", hold, times=1)
    await page.goto(workspace.url, wait_until="commit")
    await page.get_by_label("Message as Dana").fill("Half a thought")
    await page.get_by_role("link", name="# brand").dispatch_event("click")
    for route in held:
        await route.continue_()
    await expect(page.get_by_label("Message as Dana")).to_have_attribute("placeholder", "Write to #brand as Dana")
    await page.get_by_role("link", name="# drafts").click()
    await expect(page.get_by_label("Message as Dana")).to_have_value("Half a thought")


async def test_an_answer_that_comes_too_late_is_not_shown_in_another_thread(workspace: Workspace, page: Page) -> None:
    first, second = workspace.post("#drafts", "First."), workspace.post("#drafts", "Second.")
    for ts, text in ((first, "To the first"), (second, "To the second")):
        workspace.post("#drafts", text, by="mika", thread_ts=ts)
    late: list[Route] = []

    async def slow(route: Route) -> None:
        if first in route.request.url and not late:
            late.append(route)
        else:
            await route.continue_()

    await page.route("**/page/thread?*", slow)
    openers = page.locator(".thread-link")
    await expect(openers).to_have_count(2)
    await openers.first.click()
    await expect(page.locator("#thread-pane")).to_be_visible()
    await openers.last.click()
    thread = page.locator("#thread")
    await expect(thread).to_contain_text("To the second")
    await late[0].continue_()
    await page.evaluate("() => fetch('/page/places').then(answer => answer.text())")
    await expect(thread).not_to_contain_text("To the first")
    await expect(thread).to_contain_text("To the second")


async def test_a_double_click_sends_once(
    workspace: Workspace, app: App, connect: Callable[[], Awaitable[object]], page: Page
) -> None:
    done: list[str] = []

    @app.event("message")
    async def review(event: dict[str, Any], client: Client) -> None:
        if not event.get("thread_ts"):
            blocks = [actions(button(action_id="first"), button(action_id="second"))]
            await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="Read", blocks=blocks)

    async def act(ack: Any, action: dict[str, Any], body: dict[str, Any], client: Client) -> None:
        done.append(action["action_id"])
        await ack()
        # The button that was pressed makes way for another one, in the same place.
        left = [actions(button(action_id="second"))]
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Done", blocks=left)

    for name in ("first", "second"):
        app.action(name)(act)
    await connect()
    workspace.post("#drafts", "A draft.")
    await page.get_by_role("button", name="1 reply").click()
    buttons = page.locator("#thread .block-actions button")
    await buttons.first.dblclick()
    await expect(buttons).to_have_count(1)
    await workspace.delivered()
    assert done == ["first"]
    box = page.get_by_label("Message as Dana")
    await box.fill("Only once")
    await page.get_by_role("button", name="Post", exact=True).dblclick()
    await expect(page.locator("#messages article")).to_have_count(2)
    await workspace.delivered()
    assert [m["text"] for m in workspace.messages("#drafts")].count("Only once") == 1


async def test_text_to_copy_has_a_button_for_it(workspace: Workspace, page: Page) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=workspace.url)
    bot = workspace.team.bot
    blocks = [{"type": "rich_text", "elements": [CODE]}]
    workspace.call("chat.postMessage", bot.token, channel="C0DRAFTS", text="x", blocks=blocks)
    copy = page.get_by_role("button", name="Copy", exact=True)
    await copy.click()
    await expect(page.locator(".copy")).to_have_text("Copied")
    assert await page.evaluate("navigator.clipboard.readText()") == "Two lines\nto copy"


async def test_escape_keeps_what_was_typed(
    app: App, connect: Callable[[], Awaitable[object]], workspace: Workspace, page: Page
) -> None:
    @app.command("/candor")
    async def command(ack: Any, body: dict[str, Any], client: Client) -> None:
        element = {"type": "plain_text_input", "action_id": "text", "multiline": True}
        post = {"type": "input", "block_id": "post", "label": plain("The post"), "element": element}
        await client.views_open(trigger_id=body["trigger_id"], view={**VIEW, "blocks": [post]})
        await ack()

    await connect()
    workspace.post("#drafts", "As it was.")
    message = page.locator("#messages article")
    await message.hover()
    await message.get_by_role("button", name="Edit").click()
    await page.get_by_label("Edit the message").fill("Dropped")
    await page.keyboard.press("Escape")
    await expect(page.get_by_label("Edit the message")).to_have_count(0)
    await expect(message).to_be_focused()
    await message.get_by_role("button", name="Edit").click()
    await expect(page.get_by_label("Edit the message")).to_have_value("As it was.")
    await page.get_by_label("Edit the message").fill("Half a thought")
    await page.reload()
    await message.hover()
    await message.get_by_role("button", name="Edit").click()
    await expect(page.get_by_label("Edit the message")).to_have_value("Half a thought")
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_label("Message as Dana").fill("/candor go")
    await page.keyboard.press("Enter")
    window, ask = page.locator("#modal"), page.locator("#ask")
    await window.get_by_label("The post").fill("A whole draft")
    await page.keyboard.press("Escape")
    await ask.get_by_role("button", name="Keep editing").click()
    await expect(window.get_by_label("The post")).to_have_value("A whole draft")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(ask).to_be_hidden()
    await expect(window.get_by_label("The post")).to_have_value("A whole draft")
    # Whoever is quicker than the browser's own event is asked again all the same, and answered.
    await page.keyboard.press("Escape")
    await expect(ask).to_be_visible()
    await page.evaluate(
        """() => { document.getElementById("ask-no").click();
        const escape = new KeyboardEvent("keydown", { key: "Escape", cancelable: true });
        document.getElementById("modal").dispatchEvent(escape); }"""
    )
    await expect(ask).to_be_visible()
    await ask.get_by_role("button", name="Keep editing").click()
    # A button's words say nothing about what was typed, and no more does a window that the app draws anew with it.
    await window.get_by_role("button", name="Cancel").click()
    await ask.get_by_role("button", name="Keep editing").click()
    await expect(window.get_by_label("The post")).to_have_value("A whole draft")
    await window.get_by_role("button", name="Close", exact=True).first.click()
    await ask.get_by_role("button", name="Discard").click()
    await expect(window).to_have_count(0)
    assert workspace.views() == []


async def test_a_message_that_does_not_arrive_comes_back_to_where_it_was_written(
    workspace: Workspace, page: Page
) -> None:
    first, second = workspace.post("#drafts", "First."), workspace.post("#drafts", "Second.")
    messages, reply = page.locator("#messages article"), page.get_by_label("Reply as Dana")
    await expect(messages).to_have_count(2)
    await messages.first.get_by_label("Reply in a thread").click()
    waiting: list[Route] = []

    async def hold(route: Route) -> None:
        waiting.append(route)

    await page.route("**/local/post", hold)
    await reply.fill("To the first")
    await reply.press("Enter")
    await expect(reply).to_have_value("")
    await messages.last.get_by_label("Reply in a thread").click()
    await expect(page.locator("#thread")).to_contain_text("Second.")
    await reply.fill("To the second")
    await waiting[0].fulfill(json={"ok": False, "error": "fatal_error"})
    await expect(page.locator("#toast")).to_contain_text(FAILED)
    await expect(reply).to_have_value("To the second")
    await messages.first.get_by_label("Reply in a thread").click()
    await expect(reply).to_have_value("To the first")
    assert [m for m in workspace.messages("#drafts") if m["ts"] not in {first, second}] == []


async def test_a_picture_alone_is_posted_once(workspace: Workspace, page: Page) -> None:
    picture = {"name": "dot.gif", "mimeType": "image/gif", "buffer": b"GIF89a"}
    await page.get_by_label("Attach a file").set_input_files(picture)  # pyright: ignore[reportArgumentType]
    await page.get_by_role("button", name="Post", exact=True).dblclick()
    await expect(page.locator("#messages article img.file")).to_have_count(1)
    await expect(page.get_by_label("Attach a file")).to_have_value("")
    assert [len(m["files"]) for m in workspace.messages("#drafts")] == [1]


async def test_a_section_of_a_message_is_named_after_its_author(workspace: Workspace, page: Page) -> None:
    workspace.post("#drafts", "Mika's", by="mika")
    message = page.locator("#messages article")
    await expect(message).to_have_count(1)
    await expect(message.get_by_role("toolbar", name="the message by Mika")).to_have_count(1)
    workspace.call(
        "chat.postMessage",
        workspace.team.bot.token,
        channel="C0DRAFTS",
        text="x",
        blocks=[section(text=mrkdwn("Read")), actions(button(accessibility_label="Use point 1"))],
    )
    await expect(page.get_by_role("button", name="Use point 1")).to_be_visible()
