"""A guided tour of everything in a real browser, as a newcomer would click it, from `candor try` on.

With TOUR_PICTURES=FOLDER it leaves a picture of every stop there; those in docs/pictures were made so.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.model.server import ScriptedModel, critique, issue
from tests.workspace.page.conftest import chromium

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.model.server import Answer, Asked

CURE = "cures every cold within a day"
POST = f"Our tonic {CURE}.\nLAST CHANCE!!! Only 3 bottles left.\nCome and taste it on Saturday."
CLAIM = issue(CURE, "authenticity/claim-evidence", why="Readers may rely on a cure.", replacement="warms you up")
SAID = "Point 1 is about *Claims come with evidence*: a reader with a cold may rely on that line."


def _answer(asked: Asked) -> Answer:
    if asked.streams:
        return SAID
    return critique(CLAIM)(asked) if CURE in asked.turns[-1] else critique()(asked)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def trying(model: ScriptedModel, folder: Path) -> AsyncGenerator[str]:
    """`candor try` as a process of its own; gives the page's address."""
    environment = {"PATH": "/usr/bin:/bin", "OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "sk-made-up"}
    options = ["--port", str(_free_port()), "--no-browser", "--data", str(folder)]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "try", *options), env=environment, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    try:
        line = (await process.stdout.readline()).decode()
        yield line[line.index("http") :].strip()
    finally:
        process.terminate()
        await process.wait()


class Tour:
    """What a person does on the page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.thread, self.window = page.locator("#thread"), page.locator("#modal")
        self.messages = page.locator("#messages article")
        pictures = os.environ.get("TOUR_PICTURES")  # noqa: TID251 - a switch of the test run, no setting of the bot
        self._folder = Path(pictures) if pictures else None

    async def picture(self, name: str) -> None:
        if self._folder:
            await self.page.wait_for_timeout(600)
            await self.page.screenshot(path=self._folder / f"{name}.png")

    async def goto(self, person: str, channel: str) -> None:
        await self.page.goto(f"{self.address}/?as={person}&channel={channel}")

    async def write(self, text: str) -> None:
        await self.page.locator("#composer-text").fill(text)
        await self.page.get_by_role("button", name="Post", exact=True).click()

    async def choose(self, entry: str) -> None:
        """From the menu beside the reply's headline."""
        await self.thread.locator("details.overflow summary").first.click()
        await self.thread.get_by_role("button", name=entry, exact=True).first.click()

    async def press(self, name: str) -> None:
        """A button in the window that is open."""
        await self.window.get_by_role("button", name=name, exact=True).last.click()


async def _critique(tour: Tour) -> None:
    await tour.goto("U0DANA", "C0DRAFTS")
    await tour.write(POST)
    await tour.messages.get_by_role("button", name="1 reply").click()
    await expect(tour.thread).to_contain_text("3 changes")
    await expect(tour.thread).to_contain_text("warms you up")
    await tour.picture("critique")
    await tour.thread.get_by_role("button", name="Use this").first.click()
    await expect(tour.thread.locator("pre")).to_contain_text("Our tonic warms you up.")
    await tour.picture("clean-text")


async def _exception(tour: Tour) -> None:
    """A brand lead dismisses a point for good; the list of exceptions shows it."""
    await tour.goto("U0MIKA", "C0DRAFTS")
    await tour.messages.first.locator(".thread-link").click()
    await tour.thread.get_by_role("button", name="Dismiss").last.click()
    await tour.window.get_by_role("button", name="Add a note").click()
    await tour.window.get_by_label("Always").check()
    await expect(tour.window).to_contain_text("For how long?")
    await tour.picture("dismissal")
    await tour.press("Dismiss")
    await expect(tour.thread).to_contain_text("Dismissed: “")
    await tour.write("/candor exceptions")
    await expect(tour.messages.last.get_by_role("button", name="Lift")).to_be_visible()
    await tour.picture("exceptions")


async def _delta(tour: Tour) -> None:
    await tour.goto("U0DANA", "C0DRAFTS")
    await tour.messages.first.locator(".thread-link").click()
    await tour.messages.first.hover()
    await tour.messages.first.get_by_role("button", name="Edit").click()
    box = tour.page.locator("#messages textarea").first
    await box.fill(POST.replace(CURE, "warms you up"))
    await box.press("Enter")
    await expect(tour.thread).to_contain_text("Since the edit: fixed: Claim without evidence")
    await tour.picture("delta")


async def _sign_off(tour: Tour) -> None:
    await tour.choose("Ask for sign-off")
    await expect(tour.thread).to_contain_text("Sign-off requested by @Dana")
    await tour.goto("U0MIKA", "C0DRAFTS")
    await tour.messages.first.locator(".thread-link").click()
    await tour.choose("Approve (brand leads)")
    await expect(tour.window).to_contain_text("Approve")
    await tour.press("Approve")
    await expect(tour.thread).to_contain_text("Approved by @Mika")
    await tour.thread.get_by_text("Approved by").scroll_into_view_if_needed()
    await tour.picture("sign-off")


async def _direct_message(tour: Tour) -> None:
    await tour.page.goto(f"{tour.address}/?as=U0DANA")
    await tour.page.get_by_role("link", name="Candor AI app").click()
    await tour.write(POST)
    await expect(tour.thread).to_contain_text("1 point left out because of an exception.")
    await tour.page.locator("#reply-text").fill("why is 1 a problem?")
    await tour.page.get_by_role("button", name="Reply", exact=True).click()
    await expect(tour.thread).to_contain_text("may rely on that line")
    await expect(tour.thread).to_contain_text("It can be wrong")
    await tour.picture("direct-message")


async def _help_and_composer(tour: Tour) -> None:
    await tour.goto("U0DANA", "C0DRAFTS")
    await tour.write("/candor help")
    await expect(tour.messages.last).to_contain_text("/candor privacy")
    await tour.picture("help")
    await tour.page.get_by_role("button", name="New draft").click()
    await expect(tour.window).to_contain_text("Made with AI")
    await tour.picture("composer")
    await tour.press("Cancel")


async def _home_and_digest(tour: Tour) -> None:
    await tour.page.goto(f"{tour.address}/?as=U0MIKA")
    await tour.page.get_by_text("Candor's Home").click()
    await expect(tour.page.locator("#home")).to_contain_text("This week")
    await tour.page.locator("#home").get_by_role("button", name="Settings").click()
    await expect(tour.window).to_contain_text("Weekly digest")
    await tour.picture("settings")
    await tour.press("Close")
    await tour.picture("home")
    await tour.page.get_by_text("Developer", exact=True).click()
    await tour.page.get_by_role("button", name="Next Monday, 09:00 UTC").click()
    await tour.goto("U0MIKA", "C0BRAND")
    await expect(tour.messages.last).to_contain_text("Weekly digest", timeout=75_000)
    await expect(tour.messages.last).to_contain_text("Points by family")
    await tour.picture("digest")


@pytest.mark.timeout(300)
async def test_everything_is_found_and_works_on_the_page(tmp_path: Path) -> None:
    async with ScriptedModel() as model, trying(model, tmp_path / "data") as address, async_playwright() as playwright:
        model.otherwise = _answer
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1360, "height": 900})
        page.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)
        tour = Tour(page, address)
        stops = (_critique, _exception, _delta, _sign_off, _direct_message, _help_and_composer, _home_and_digest)
        for stop in stops:
            await stop(tour)
        await browser.close()
