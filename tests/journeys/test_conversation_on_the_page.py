"""A conversation in a real browser: a suggested prompt, the answer as it comes, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import async_playwright, expect

from tests.journeys.test_conversation import model, settings
from tests.model.sse import Stream
from tests.workspace.page.conftest import PATIENCE, chromium

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage
    from tests.model.server import ScriptedModel

__all__ = ["model"]


async def test_a_suggested_prompt_is_clicked_and_the_answer_streams_until_it_is_stopped(
    stage: Stage, model: ScriptedModel
) -> None:
    stream = Stream("Drafts are read before the audience sees them, and more.", hold=6)
    model.will(stream)
    path = chromium()
    await stage.start(**settings(model))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(PATIENCE)
        await page.goto(stage.workspace.url)
        await page.get_by_role("link", name="Candor AI app").click()
        await page.get_by_role("button", name="What can you do?").click()
        thread = page.locator("#thread")
        await expect(thread.get_by_text("What can you do for me")).to_be_visible()
        await expect(thread.get_by_text("Drafts are read before")).to_be_visible()
        assert stream.said == 6
        await thread.get_by_role("button", name="Stop").click()
        await expect(thread.get_by_text("Stopped.")).to_be_visible()
        await expect(thread.get_by_text("AI reply from Candor")).to_be_visible()
        await expect(thread.get_by_role("button", name="Stop")).to_have_count(0)
        await browser.close()
