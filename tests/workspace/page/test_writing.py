"""Writing, reading and moving about on the page: nothing typed is lost, and what one reads stays where it is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from bot.core.words.workspace import CHANGED_SAMPLE, SAMPLES
from bot.workspace.switching import Spot, Switch
from tests.workspace.broken_blocks import actions, button, mrkdwn, option, plain, section
from tests.workspace.test_interactions import VIEW

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Locator, Page, Route

    from bot.workspace.server import Workspace
    from tests.workspace.sdk import App, Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

LABEL, SAMPLE = SAMPLES[0]
MANIFEST: dict[str, Any] = {
    "features": {
        "slash_commands": [{"command": "/candor", "description": "Reviews", "usage_hint": "review TEXT, digest, help"}]
    }
}


def radios(name: str, *values: str) -> dict[str, Any]:
    """One of a few; each has the same action id, as apps like to give it."""
    element = {"type": "radio_buttons", "action_id": "value", "options": [option(value) for value in values]}
    return {"type": "input", "block_id": name, "label": plain(name), "element": element, "optional": True}


def one_channel() -> dict[str, Any]:
    """A list of channels that takes one."""
    element: dict[str, Any] = {"type": "multi_conversations_select", "action_id": "value", "max_selected_items": 1}
    element["initial_conversations"] = ["C0BRAND"]
    return {"type": "input", "block_id": "where", "label": plain("Where"), "element": element, "optional": True}


def asking(app: App, *blocks: dict[str, Any]) -> list[dict[str, Any]]:
    """A bot whose command opens a window with these inputs; gives what is submitted."""
    submitted: list[dict[str, Any]] = []

    @app.command("/candor")
    async def command(ack: Any, body: dict[str, Any], client: Client) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view={**VIEW, "blocks": list(blocks)})
        await ack()

    @app.view("review")
    async def submit(ack: Any, view: dict[str, Any], client: Client) -> None:
        submitted.append(view["state"]["values"])
        await ack()
        await client.chat_postMessage(channel="C0DRAFTS", text="Here it is.")

    return submitted


async def opened(page: Page, text: str = "/candor go") -> None:
    await page.get_by_label("Message as Dana").fill(text)
    await page.keyboard.press("Enter")
    await expect(page.locator("#modal")).to_be_visible()


async def test_radio_buttons_of_several_inputs_leave_each_other_alone(
    app: App, connect: Callable[[], Awaitable[object]], page: Page
) -> None:
    submitted = asking(app, radios("ai", "none", "pictures"), radios("paid", "gift", "money"))
    await connect()
    await opened(page)
    window = page.locator("#modal")
    await window.get_by_label("gift").check()
    await window.get_by_label("none").check()
    await window.get_by_label("pictures").check()
    await expect(window.get_by_label("gift")).to_be_checked()
    await expect(window.get_by_label("none")).not_to_be_checked()
    await window.get_by_role("button", name="Go").click()
    await expect(window).to_have_count(0)
    chosen = {name: values["value"]["selected_option"]["value"] for name, values in submitted[0].items()}
    assert chosen == {"ai": "pictures", "paid": "gift"}


async def test_a_list_that_takes_one_is_a_menu_and_what_was_set_can_be_chosen_again(
    app: App, connect: Callable[[], Awaitable[object]], page: Page
) -> None:
    submitted = asking(app, one_channel())
    await connect()
    menu = page.locator("#modal").get_by_label("Where")
    for choices in (["C0DRAFTS", "C0BRAND"], [""]):
        await opened(page)
        await expect(menu).to_have_value("C0BRAND")
        for choice in choices:
            await menu.select_option(choice)
        await page.locator("#modal").get_by_role("button", name="Go").click()
        await expect(page.locator("#modal")).to_have_count(0)
    assert [given["where"]["value"]["selected_conversations"] or [] for given in submitted] == [["C0BRAND"], []]


async def test_a_window_that_posts_somewhere_else_says_where(
    app: App, connect: Callable[[], Awaitable[object]], page: Page
) -> None:
    asking(app, radios("ai", "none"))
    await connect()
    await page.get_by_role("link", name="# general").click()
    await opened(page)
    await page.locator("#modal").get_by_role("button", name="Go").click()
    await expect(page.locator("#toast")).to_contain_text("Posted in #drafts.")
    await page.get_by_role("link", name="Show it").click()
    await expect(page.locator("#thread")).to_contain_text("Here it is.")


async def test_a_sample_asks_before_it_takes_the_place_of_own_words(page: Page) -> None:
    box, sample = page.get_by_label("Message as Dana"), page.get_by_role("button", name=LABEL)
    await sample.click()
    await page.get_by_role("button", name=SAMPLES[1][0]).click()
    await expect(box).to_have_value(SAMPLES[1][1])
    await box.fill("Half a draft of my own")
    await sample.click()
    await page.get_by_role("button", name="Keep mine").click()
    await expect(box).to_have_value("Half a draft of my own")
    await sample.click()
    await page.get_by_role("button", name="Replace").click()
    await expect(box).to_have_value(SAMPLE)


async def test_a_changed_sample_is_called_one_while_answers_are_recorded(workspace: Workspace, page: Page) -> None:
    box, hint = page.get_by_label("Message as Dana"), page.locator("#changed-sample")
    changed = SAMPLE.replace("six", "seven")
    await box.fill(changed)
    await expect(hint).to_be_hidden()  # nobody recorded anything
    await box.fill("")

    async def choose(_name: str, _spot: Spot) -> None: ...

    workspace.hub.switch = Switch("Run by", (("fixed", "F"), ("recorded", "R")), "recorded", choose=choose)
    await page.reload()
    await page.get_by_role("button", name=LABEL).click()
    await expect(hint).to_be_hidden()
    await box.fill(changed)
    await expect(hint).to_be_visible()
    await expect(hint).to_have_text(CHANGED_SAMPLE)
    await box.fill("Fresh bread at six. Come and smell it.")
    await expect(hint).to_be_hidden()
    await box.fill("")


async def test_what_is_typed_waits_for_its_person_and_place(workspace: Workspace, page: Page) -> None:
    first, second = workspace.post("#drafts", "First."), workspace.post("#drafts", "Second.")
    await page.get_by_label("Message as Dana").fill("Dana's half")
    messages = page.locator("#messages article")
    await messages.first.get_by_label("Reply in a thread").click()
    await page.get_by_label("Reply as Dana").fill("To the first")
    await messages.last.get_by_label("Reply in a thread").click()
    await expect(page.get_by_label("Reply as Dana")).to_have_value("")
    await page.get_by_role("link", name="Mika").click()
    box = page.get_by_label("Message as Mika")
    await expect(box).to_have_value("")
    await box.fill("Mika's half")
    await page.get_by_role("link", name="# brand").click()
    await expect(box).to_have_value("")
    await page.get_by_role("link", name="# drafts").click()
    await expect(box).to_have_value("Mika's half")
    await page.get_by_role("link", name="Dana").click()
    await expect(page.get_by_label("Message as Dana")).to_have_value("Dana's half")
    await messages.first.get_by_label("Reply in a thread").click()
    await expect(page.get_by_label("Reply as Dana")).to_have_value("To the first")
    await page.get_by_label("Reply as Dana").press("Enter")
    await expect(page.locator("#thread article")).to_have_count(2)
    await page.reload()
    await expect(page.get_by_label("Reply as Dana")).to_have_value("")
    assert [m["text"] for m in workspace.messages("#drafts") if m.get("thread_ts") == first] == ["To the first"]
    assert second


async def test_a_thread_opens_at_its_start_and_keeps_the_head_of_what_comes_in_view(
    workspace: Workspace, page: Page
) -> None:
    ts = workspace.post("#drafts", "A draft.")
    workspace.post("#drafts", "Headline\n" + "a line\n" * 60, by="mika", thread_ts=ts)
    await page.get_by_role("button", name="1 reply").click()
    articles, scroll = page.locator("#thread article"), page.locator("#thread-scroll")
    await expect(articles.first).to_be_in_viewport()
    assert await scroll.evaluate("box => box.scrollTop") == 0
    workspace.post("#drafts", "A word while one reads", by="mika", thread_ts=ts)
    await expect(articles).to_have_count(3)
    assert await scroll.evaluate("box => box.scrollTop") == 0
    await scroll.evaluate("box => { box.scrollTop = box.scrollHeight; }")
    workspace.post("#drafts", "Headline again\n" + "a line\n" * 60, by="mika", thread_ts=ts)
    await expect(articles).to_have_count(4)
    await expect(articles.last.locator("header")).to_be_in_viewport(ratio=1)


async def test_the_page_says_what_time_it_is_there(workspace: Workspace, page: Page) -> None:
    now, toast = page.locator("#now"), page.locator("#toast")
    before = workspace.hub.clock.now()
    await page.get_by_text("Developer", exact=True).click()
    await expect(now).to_contain_text("20")
    await page.get_by_role("button", name="Monday, 09:00 UTC").click()
    await expect(toast).to_contain_text("It is now Monday, ")
    await expect(toast).to_contain_text("09:00")
    await expect(now).to_contain_text("Monday, ")
    assert workspace.hub.clock.now() > before
    await page.get_by_label("Move the clock ahead to").fill("2001-01-01T08:30")
    await page.get_by_role("button", name="Go there").click()
    await expect(toast).to_contain_text("only goes forward")
    await page.get_by_label("Move the clock ahead to").fill("2091-01-01T08:30")
    await page.get_by_role("button", name="Go there").click()
    await expect(now).to_contain_text("1 January 2091")
    await expect(now).to_contain_text("08:30")


async def test_whether_the_bot_is_in_a_channel_is_said_as_it_is(page: Page) -> None:
    await page.get_by_role("link", name="# general").click()
    await expect(page.locator(".main .channel-head")).to_contain_text("Everything else; Candor isn't in this channel")
    await page.get_by_role("button", name="Add Candor").click()
    await expect(page.get_by_role("button", name="Add Candor")).to_have_count(0)
    await expect(page.locator(".main .channel-head")).not_to_contain_text("not here")


async def test_keys_move_inside_a_menu_and_escape_closes_the_innermost_thing(
    workspace: Workspace, app: App, connect: Callable[[], Awaitable[object]], page: Page
) -> None:
    menu: Any = {"type": "overflow", "action_id": "more", "options": [option("hold"), option("approve")]}

    @app.event("message")
    async def review(event: dict[str, Any], client: Client) -> None:
        if not event.get("thread_ts"):
            blocks = [section(text=mrkdwn("Read")), actions(button(), menu)]
            await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="Read", blocks=blocks)

    await connect()
    workspace.post("#drafts", "A draft.")
    message = page.locator("#messages article")
    await message.get_by_role("button", name="1 reply").click()
    await page.locator("#thread summary").click()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(page.locator("#thread .overflow button").last).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#thread .overflow button").last).to_be_hidden()
    await expect(page.locator("#thread summary")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#thread-pane")).to_be_hidden()
    await expect(message.locator(".thread-link")).to_be_focused()
    tools = message.locator(".tools button")
    assert await tools.evaluate_all("all => all.filter(one => one.tabIndex === 0).length") == 1
    await tools.first.focus()
    await page.keyboard.press("ArrowLeft")
    await expect(tools.last).to_be_focused()
    assert await tools.evaluate_all("all => all.filter(one => one.tabIndex === 0).length") == 1


async def test_what_one_presses_keeps_the_focus_while_its_words_change(workspace: Workspace, page: Page) -> None:
    ts = workspace.post("#drafts", "A draft.")
    workspace.post("#drafts", "Read.", thread_ts=ts)
    link = page.locator("#messages .thread-link")
    await expect(link).to_contain_text("1 reply")
    await link.focus()
    workspace.post("#drafts", "Read again.", thread_ts=ts)
    await expect(link).to_contain_text("2 replies")
    await expect(link).to_be_focused()


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
async def test_a_press_is_a_click_though_its_part_changes_meanwhile(workspace: Workspace, page: Page, by: str) -> None:
    ts = workspace.post("#drafts", "A draft.")
    workspace.post("#drafts", "Read.", thread_ts=ts)
    place, thread = page.get_by_role("link", name="# general"), page.locator("#messages .thread-link")
    await expect(thread).to_contain_text("1 reply")

    async def press(part: str, pressed: Locator, channel: str, thread_ts: str = "") -> None:
        asked, down = asyncio.Event(), asyncio.Event()

        async def hold(route: Route) -> None:
            asked.set()
            await down.wait()
            await route.continue_()

        await page.route(f"**/page/{part}?*", hold)
        workspace.post(channel, "News.", thread_ts=thread_ts)
        await asked.wait()
        await (pressed.focus() if by == "keyboard" else pressed.hover())
        await (page.keyboard.down("Space") if by == "keyboard" else page.mouse.down())
        async with page.expect_response(f"**/page/{part}?*") as answer:
            down.set()
        await (await answer.value).finished()
        await page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        await (page.keyboard.up("Space") if by == "keyboard" else page.mouse.up())

    await press("messages", thread, "#drafts", ts)
    await expect(page.locator("#thread article").last).to_contain_text("News.")
    await expect(thread).to_contain_text("2 replies")
    if by == "mouse":  # The space bar presses no links.
        await press("places", place, "#general")
        await expect(page.locator(".main .channel-head")).to_contain_text("Everything else")


async def test_the_tools_of_a_message_cover_none_of_its_words(workspace: Workspace, page: Page) -> None:
    ts = workspace.post("#drafts", "A draft.")
    workspace.edit("#drafts", ts, "A draft, edited.")
    message = page.locator("#messages article")
    await message.get_by_label("Reply in a thread").click()
    thread = page.locator("#thread article")
    await thread.hover()
    words = await thread.get_by_text("(edited)").bounding_box()
    tools = await thread.get_by_role("toolbar").bounding_box()
    pane = await page.locator("#thread-scroll").bounding_box()
    assert words
    assert tools
    assert pane
    assert words["x"] + words["width"] <= tools["x"]
    assert tools["y"] >= pane["y"]


async def test_the_commands_are_one_a_line_and_tab_or_enter_completes(workspace: Workspace, page: Page) -> None:
    workspace.hub.manifest = type(workspace.hub.manifest)(MANIFEST)
    await page.reload()
    box, lines = page.get_by_label("Message as Dana"), page.locator(".commands button:visible")
    await box.fill("/")
    await expect(lines).to_have_text(["/candor review TEXT", "/candor digest", "/candor help"])
    await box.press("ArrowDown")
    await box.press("Enter")
    await expect(box).to_have_value("/candor digest")
    await expect(lines).to_have_count(0)
    await box.fill("/candor re")
    await box.press("Tab")
    await expect(box).to_have_value("/candor review ")
    await box.fill("/candor he")
    await box.press("Escape")
    await expect(lines).to_have_count(0)
    await box.press("Enter")
    await expect(page.locator("#toast")).to_contain_text("Candor isn't connected")
