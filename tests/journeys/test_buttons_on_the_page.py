"""The buttons in a real browser: post, open the thread, use a change, copy the clean text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import async_playwright, expect

from tests.journeys.conftest import BAD
from tests.workspace.page.conftest import PATIENCE, chromium

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))


async def test_a_change_is_used_on_the_page_and_the_clean_text_appears(played: Stage) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(PATIENCE)
        await page.goto(played.workspace.url)
        await page.get_by_label("Message as Dana").fill(BAD)
        await page.get_by_role("button", name="Post", exact=True).click()
        await page.locator("#messages article").get_by_role("button", name="1 reply").click()
        thread = page.locator("#thread")
        await thread.get_by_role("button", name="Use this").first.click()
        await expect(thread.locator("pre")).to_contain_text("Until [offer end date]: Only 3 left")
        await expect(thread.get_by_text("Gaps to fill: [offer end date].")).to_be_visible()
        await thread.get_by_role("button", name="Why").first.click()
        await expect(page.locator("#modal")).to_contain_text("Why it matters")
        await browser.close()


async def test_what_was_typed_is_asked_for_also_in_a_window_that_candor_drew_anew(played: Stage) -> None:
    await played.reply(played.workspace.post("#drafts", BAD))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(PATIENCE)
        await page.goto(f"{played.workspace.url}/?as=U0MIKA&channel=C0DRAFTS")
        await page.locator("#messages article").get_by_role("button", name="1 reply").click()
        await page.locator("#thread").get_by_role("button", name="Dismiss").first.click()
        window, ask, note = page.locator("#modal"), page.locator("#ask"), page.get_by_label("In your own words")
        await window.get_by_role("button", name="Add a note").click()
        await note.fill("Half a thought")
        await window.get_by_label("In all drafts").check()
        await expect(window).to_contain_text("For how long?")
        await window.get_by_role("button", name="Cancel").click()
        await ask.get_by_role("button", name="Keep editing").click()
        await expect(note).to_have_value("Half a thought")
        await browser.close()


@pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)
async def test_the_menu_of_a_message_offers_the_review_that_only_one_person_sees(played: Stage) -> None:
    played.workspace.post("#general", BAD)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(PATIENCE)
        for person, seen in (("U0MIKA", 2), ("U0DANA", 1)):
            await page.goto(f"{played.workspace.url}/?channel=C0GENERAL&as={person}")
            messages = page.locator("#messages article")
            if person == "U0MIKA":
                await messages.first.hover()
                more = messages.first.get_by_label("More actions")
                await messages.first.get_by_role("toolbar").get_by_role("button").first.focus()
                await page.keyboard.press("ArrowLeft")
                await expect(more).to_be_focused()
                await page.keyboard.press("Enter")
                entries = messages.first.locator(".tools details button")
                await expect(entries).to_have_text(
                    [
                        *("Review this draft", "Add a fact from this", "Audit this file"),
                        *("Compare variants", "Read as a brand book"),
                    ]
                )
                await page.keyboard.press("ArrowDown")
                await expect(entries.first).to_be_focused()
                await page.keyboard.press("Enter")
                await expect(more).to_be_focused()
                await expect(entries.first).to_be_hidden()
                await expect(messages.last).to_contain_text("Only you see this.")
                await expect(messages.last).to_contain_text("LAST CHANCE!!!")
            await expect(messages).to_have_count(seen)
        await browser.close()


@pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)
async def test_what_was_taken_for_talk_is_offered_for_review_to_its_author_alone(played: Stage) -> None:
    silent = played.workspace.post("#drafts", "The second loaf is free, says the sign.")
    played.workspace.post("#drafts", "👍")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(PATIENCE)
        offer = page.locator(".left-alone")
        await page.goto(f"{played.workspace.url}/?channel=C0DRAFTS&as=U0MIKA")
        await expect(page.locator("#messages article")).to_have_count(2)
        await expect(offer).to_have_count(0)
        await page.goto(f"{played.workspace.url}/?channel=C0DRAFTS&as=U0DANA")
        await expect(offer).to_have_text("Treated as chat · Review this draft")
        await expect(offer).to_be_hidden()
        await expect(offer).to_be_visible(timeout=20_000)
        assert played.replies(silent) == []
        await offer.get_by_role("button").click()
        await played.reply(silent, "Not reviewed")
        await expect(offer).to_have_count(0)
        await browser.close()
