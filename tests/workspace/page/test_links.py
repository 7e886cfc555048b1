"""Links to messages on the page: they lead to the message, in the same window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from bot.core.words.workspace import MESSAGE_GONE
from tests.workspace.broken_blocks import actions, button, mrkdwn, plain, section

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page

    from bot.workspace.server import Workspace
    from tests.workspace.sdk import App, Client

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_link_in_a_message_opens_that_thread_in_the_same_window(
    workspace: Workspace, bot: Client, page: Page
) -> None:
    draft = workspace.post("#drafts", "The draft it is about.")
    reply = workspace.post("#drafts", "Said below it.", by="mika", thread_ts=draft)
    link = (await bot.chat_getPermalink(channel="C0DRAFTS", message_ts=reply))["permalink"]
    # A link of an earlier start: the same message at another port, and at the machine's other name.
    link = link.replace(workspace.url, "http://localhost:1")
    workspace.post("#brand", f"Have a look: <{link}|Open it>")
    await page.get_by_role("link", name="# brand").click()
    await page.get_by_role("link", name="Mika").click()
    await page.locator("#messages").get_by_role("link", name="Open it").click()
    await expect(page.locator("h1")).to_have_text("#drafts")
    await expect(page.locator("#thread")).to_contain_text("Said below it.")
    await expect(page.get_by_label("Reply as Mika")).to_be_visible()
    assert len(page.context.pages) == 1
    await page.go_back()
    await expect(page.locator("h1")).to_have_text("#brand")


async def test_a_button_that_leads_to_a_message_tells_the_app_and_goes_there(
    workspace: Workspace, app: App, connect: Callable[[], Awaitable[object]], bot: Client, page: Page
) -> None:
    pressed: list[str] = []

    @app.action("open")
    async def told(ack: Any, action: dict[str, Any]) -> None:
        pressed.append(action["action_id"])
        await ack()

    await connect()
    draft = workspace.post("#drafts", "Waiting for sign-off.")
    link = (await bot.chat_getPermalink(channel="C0DRAFTS", message_ts=draft))["permalink"]
    opens = button(action_id="open", text=plain("Open"), url=link)
    blocks = [section(text=mrkdwn("Waiting")), actions(opens)]
    await bot.views_publish(user_id="U0DANA", view={"type": "home", "blocks": blocks})
    await page.get_by_role("link", name="Candor's Home").click()
    await page.locator("#home").get_by_role("link", name="Open").click()
    await expect(page.locator("#thread")).to_contain_text("Waiting for sign-off.")
    assert pressed == ["open"]
    assert len(page.context.pages) == 1


async def test_a_link_to_another_page_of_this_machine_is_left_alone(workspace: Workspace, page: Page) -> None:
    for link in ("http://localhost:1/archives/2026/report", "http://127.0.0.1:1/archives/C0DRAFTS"):
        workspace.post("#brand", f"<{link}|{link[-9:]}>")
    await page.get_by_role("link", name="# brand").click()
    for name in ("6/report", "/C0DRAFTS"):
        async with page.context.expect_page() as opened:
            await page.locator("#messages").get_by_role("link", name=name).click()
        await (await opened.value).close()
    await expect(page.locator("h1")).to_have_text("#brand")


async def test_a_link_to_what_is_gone_says_so_once(workspace: Workspace, bot: Client, page: Page) -> None:
    draft = workspace.post("#brand", "Soon gone.")
    link = (await bot.chat_getPermalink(channel="C0BRAND", message_ts=draft))["permalink"]
    workspace.delete("#brand", draft)
    workspace.post("#drafts", f"<{link}|Open it>")
    await page.locator("#messages").get_by_role("link", name="Open it").click()
    await expect(page.get_by_text(MESSAGE_GONE)).to_be_visible()
    await expect(page.locator("h1")).to_have_text("#brand")
    await page.reload()
    await expect(page.locator("h1")).to_have_text("#brand")
    await expect(page.get_by_text(MESSAGE_GONE)).to_be_hidden()
