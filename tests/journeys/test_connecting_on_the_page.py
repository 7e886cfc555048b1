"""A language model is connected in the browser, as a newcomer would do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import async_playwright, expect

from bot.assemble.trying import Trial, settings_for
from bot.settings import read_settings
from bot.workspace.server import Workspace
from tests.model.server import Fault, ScriptedModel, critique, issue
from tests.workspace.page.conftest import PATIENCE, chromium

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Page

POST = "Our tonic cures every cold within a day.\nCome and taste it on Saturday."
CLAIM = issue("cures every cold within a day", "authenticity/claim-evidence", replacement="warms you up")
KEY = "sk-made-up-0123456789"


async def test_a_newcomer_connects_a_model_and_the_next_draft_is_read_by_it(tmp_path: Path, root: Path) -> None:
    path = chromium()
    async with ScriptedModel() as model, Workspace() as workspace, async_playwright() as playwright:
        model.models = ("m-1", "m-2", "my-embeddings")
        settings = settings_for(workspace, tmp_path / "data", read_settings({"PROMPTS_DIR": str(root / "prompts")}))
        trial = Trial(workspace, settings)
        await trial.start()
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(workspace.url)
        await connect(page, model)
        model.will(critique(CLAIM))
        ts = workspace.post("#drafts", POST)
        await workspace.until(lambda: "1 change" in str(workspace.channel("#drafts").thread(ts)), 30, "the review")
        assert not any(KEY in url for url in asked)
        await browser.close()
        await trial.stop()


async def connect(page: Page, model: ScriptedModel) -> None:
    bar, window = page.locator("#model"), page.locator("#connecting")
    await expect(bar).to_contain_text("No language model")
    await bar.get_by_role("button", name="Connect a model").click()
    await expect(window).to_contain_text("For OpenAI it's https://api.openai.com/v1")
    await window.get_by_label("Address").fill(model.url.removeprefix("http://").removesuffix("/v1"))
    await window.get_by_role("button", name="m-2").click()
    await expect(window.get_by_label("Model", exact=True)).to_have_value("m-2")
    await expect(window.get_by_role("button", name="my-embeddings")).to_have_count(0)
    await window.get_by_label("Key").fill("sk-wrong")
    model.will(Fault(status=401), '{"ready": true}')
    await window.get_by_role("button", name="Try it").click()
    await expect(window.locator("#model-outcome")).to_contain_text("refused this key")
    await window.get_by_label("Key").fill(KEY)
    await window.get_by_role("button", name="Try it").click()
    await expect(window.locator("#model-outcome")).to_contain_text("m-2 answers.", timeout=60_000)
    await expect(window.get_by_label("Key")).to_have_value("")
    await window.get_by_role("button", name="Close").last.click()
    await expect(bar).to_contain_text("Language model: m-2 at 127.0.0.1")
    assert KEY not in await page.content()
    # On a phone the bar takes as many lines as that needs.
    await page.set_viewport_size({"width": 390, "height": 800})
    await expect(bar).to_be_in_viewport(ratio=1)
    await expect(bar.get_by_role("button", name="Change")).to_be_in_viewport(ratio=1)
    await expect(bar.get_by_text("Language model: m-2")).to_be_visible()
