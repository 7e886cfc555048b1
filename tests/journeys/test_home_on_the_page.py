"""The Home tab in a real browser: change a setting there, and see that it is in force."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from tests.journeys.conftest import BAD, Stage
from tests.workspace.page.conftest import PATIENCE, chromium

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from playwright.async_api import Page

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)


@pytest_asyncio.fixture
async def page(played: Stage) -> AsyncGenerator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        opened = await browser.new_page(viewport={"width": 1280, "height": 900})
        opened.set_default_timeout(PATIENCE)
        await opened.goto(f"{played.workspace.url}/?as=U0MIKA")
        await opened.get_by_role("link", name="Candor's Home").click()
        yield opened
        await browser.close()


async def test_a_setting_is_changed_and_is_in_force(played: Stage, page: Page) -> None:
    home, window = page.locator("#home"), page.locator("#modal")
    await home.get_by_role("button", name="Settings").click()
    await window.locator("[data-block=channels]").get_by_role("button", name="Change").click()
    await window.get_by_label("#brand").check()
    await window.get_by_role("button", name="Save").click()
    await expect(window.locator("[data-block=channels]")).to_contain_text("#brand")
    await window.locator("[data-block=digest]").get_by_role("button", name="Change").click()
    await window.get_by_label("Digest time zone").fill("Europe/Nowhere")
    await window.get_by_role("button", name="Save").click()
    await expect(window.get_by_text("that isn't a time zone")).to_be_visible()
    await expect(window.get_by_label("Digest time zone")).to_have_value("Europe/Nowhere")
    await window.get_by_role("button", name="Cancel").click()
    await page.locator("#ask").get_by_role("button", name="Discard", exact=True).click()
    await window.get_by_role("button", name="Close").last.click()
    await expect(home).to_contain_text("@Mika changed Draft channels")
    await played.reply(played.workspace.post("#brand", BAD), channel="#brand")


async def test_what_stands_in_a_window_stays_while_another_lies_on_top(page: Page) -> None:
    window = page.locator("#modal")
    await page.locator("#home").get_by_role("button", name="Settings").click()
    await window.locator("[data-block=guidelines]").get_by_role("button", name="Change").click()
    await window.get_by_label("access-for-all").check()
    await window.locator("[data-block='family:user-control']").get_by_role("button", name="Change").click()
    await window.get_by_label("No false pressure").select_option("off")
    await window.get_by_role("button", name="Save").click()
    await expect(window.get_by_label("access-for-all")).to_be_checked()
    await window.get_by_role("button", name="Save").click()
    await expect(window).to_contain_text("1 switched off; packs: access-for-all")


async def test_a_draft_is_written_in_the_window(page: Page) -> None:
    window = page.locator("#modal")
    await page.get_by_role("button", name="New draft").last.click()
    await window.get_by_label("The post").fill(BAD)
    await window.get_by_label("Platform").select_option("instagram")
    await window.get_by_label("Partly").check()
    await window.get_by_label("Gifted").check()
    await expect(window.get_by_label("Partly")).to_be_checked()
    await window.get_by_role("button", name="Post for review").click()
    await expect(window).to_have_count(0)
    await expect(page.locator("#toast")).to_contain_text("Posted in #drafts.")
    await page.get_by_role("link", name="Show it").click()
    message, thread = page.locator("#messages article").first, page.locator("#thread")
    await expect(message).to_contain_text("Draft by @Mika for Instagram")
    await expect(message).to_contain_text("Made with AI: Partly · Paid or gifted: Gifted")
    await expect(thread).to_contain_text("Pressure without reason")
    await expect(thread).to_contain_text("The product or service was a gift")
    await message.get_by_role("button", name="Edit draft").click()
    await expect(window.get_by_label("Partly")).to_be_checked()
    await expect(window.get_by_label("Gifted")).to_be_checked()
    await window.get_by_label("The post").fill("We bake bread on Elm Street. Come and smell it.")
    await window.get_by_label("Neither").check()
    await window.get_by_role("button", name="Save").click()
    await expect(message).to_contain_text("We bake bread on Elm Street.")
    await expect(message).to_contain_text("Made with AI: Partly · Paid or gifted: Neither")
    await expect(thread).to_contain_text("Neither paid nor gifted")
    await expect(thread).not_to_contain_text("was a gift")
    await message.get_by_role("button", name="Remove draft").click()
    await page.locator("#ask").get_by_role("button", name="Remove draft").click()
    await expect(page.locator("#messages article")).to_have_count(0)


async def test_a_workflow_step_is_run_and_shows_its_outputs(page: Page) -> None:
    await page.get_by_role("button", name="Critique a draft").click()
    step = page.locator("#step-critique_draft")
    await step.get_by_label("Draft").fill(BAD)
    await step.get_by_role("button", name="Run the step").click()
    await expect(step.locator("article")).to_contain_text("Completed")
    await expect(step.locator("article")).to_contain_text("LAST CHANCE!!!")
