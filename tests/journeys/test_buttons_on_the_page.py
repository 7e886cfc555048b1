"""The buttons in a real browser: post, open the thread, use a change, copy the clean text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import async_playwright, expect

from tests.journeys.conftest import BAD
from tests.workspace.page.conftest import chromium

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage


async def test_a_change_is_used_on_the_page_and_the_clean_text_appears(played: Stage) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(5000)
        await page.goto(played.workspace.url)
        await page.get_by_label("Message as Dana").fill(BAD)
        await page.get_by_role("button", name="Post", exact=True).click()
        await page.locator("#messages article").get_by_role("button", name="1 reply").click()
        thread = page.locator("#thread")
        await thread.get_by_role("button", name="Use this").first.click()
        await expect(thread.locator("pre")).to_contain_text("Until [date]: Only 3 left")
        await expect(thread.get_by_text("Still to fill in: [date].")).to_be_visible()
        await thread.get_by_role("button", name="Why").first.click()
        await expect(page.locator("#modal")).to_contain_text("Why it matters")
        await browser.close()
