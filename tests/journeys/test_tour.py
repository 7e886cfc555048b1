"""The tour of README in a real browser, as a newcomer would click it: `candor try`, no key, recorded answers."""

from __future__ import annotations

import asyncio
import socket
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Page, async_playwright, expect

from bot.core.words.workspace import SAMPLES
from tests.workspace.page.conftest import PATIENCE, chromium

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

SUBSCRIPTION = dict(SAMPLES)["A subscription"]
LABEL = "Recorded answer from a language model"
ASKED = "@Candor why is 1 a problem?"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def trying(folder: Path) -> AsyncGenerator[str]:
    """`candor try` as a process of its own; gives the page's address."""
    environment = {"PATH": "/usr/bin:/bin"}
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

    async def goto(self, person: str, channel: str) -> None:
        await self.page.goto(f"{self.address}/?as={person}&channel={channel}")

    async def post(self, sample: str, *, attached: str = "") -> None:
        """Post a sample and open its thread."""
        before = await self.messages.count()
        await self.page.get_by_role("button", name=sample, exact=True).click()
        await expect(self.page.locator("#composer")).to_contain_text(attached)
        await self.page.get_by_role("button", name="Post", exact=True).click()
        await expect(self.messages).to_have_count(before + 1)
        await self.messages.last.locator(".thread-link").click()

    async def write(self, text: str) -> None:
        await expect(self.window).to_have_count(0)  # nobody can type beside an open window
        await self.page.locator("#composer-text").fill(text)
        await self.page.get_by_role("button", name="Post", exact=True).click()

    async def choose(self, entry: str) -> None:
        """From the menu beside the reply's headline."""
        await self.thread.locator(".content details.overflow summary").first.click()
        await self.thread.get_by_role("button", name=entry, exact=True).first.click()

    async def press(self, name: str) -> None:
        """A button in the window that is open."""
        await self.window.get_by_role("button", name=name, exact=True).last.click()


async def _critique(tour: Tour) -> None:
    """One draft, read by a recorded model and by fixed checks."""
    await tour.goto("U0DANA", "C0DRAFTS")
    await tour.post("A subscription")
    await expect(tour.thread).to_contain_text("3 changes")
    await expect(tour.thread).to_contain_text(LABEL)
    await tour.page.get_by_role("button", name="Fixed checks").click()
    await expect(tour.thread).to_contain_text("Not reviewed: no language model is connected.")
    await expect(tour.thread).not_to_contain_text(LABEL)
    await tour.page.get_by_role("button", name="Language model (recorded)").click()
    await expect(tour.thread).to_contain_text("3 changes")


async def _ask_back(tour: Tour) -> None:
    await tour.page.locator("#reply-text").fill(ASKED)
    await tour.page.get_by_role("button", name="Reply", exact=True).click()
    answer = tour.thread.locator("article").last
    await expect(answer).to_contain_text("“Conditions up front”")
    await expect(answer).to_contain_text(LABEL)


async def _use(tour: Tour) -> None:
    await tour.thread.get_by_role("button", name="Use this").first.click()
    await expect(tour.thread.locator("pre")).to_contain_text("after that each costs [price] until you cancel")


async def _edit(tour: Tour) -> None:
    await tour.messages.first.hover()
    await tour.messages.first.get_by_role("button", name="Edit").click()
    box = tour.page.locator("#messages textarea").first
    lines = [line for line in SUBSCRIPTION.splitlines() if not line.startswith("If you love your family")]
    await box.fill("\n".join(lines))
    await box.press("Enter")
    await expect(tour.thread).to_contain_text("Since the edit: 1 fixed (Sells with fear or shame")
    await expect(tour.thread).to_contain_text(LABEL)


async def _question(tour: Tour) -> None:
    await tour.post("A gifted product")
    await tour.thread.get_by_role("button", name="It was a gift").click()
    await expect(tour.thread).to_contain_text("Add at the start: Ad (gifted):")


async def _picture(tour: Tour) -> None:
    await tour.post("A picture", attached="raffle.png")
    await expect(tour.thread).to_contain_text("Tag 3 friends")
    await expect(tour.thread).to_contain_text("A plant in a pot. Win the big planter")


async def _clean(tour: Tour) -> None:
    await tour.post("A clean one")
    await expect(tour.thread).to_contain_text("Nothing to flag.")


async def _exception(tour: Tour) -> None:
    """A brand lead dismisses a point for good; the list of exceptions shows it."""
    await tour.goto("U0MIKA", "C0DRAFTS")
    await tour.messages.first.locator(".thread-link").click()
    await tour.thread.get_by_role("button", name="Dismiss").last.click()
    await tour.window.get_by_label("House style").check()
    await tour.window.get_by_role("button", name="Add a note").click()
    await tour.window.get_by_label("In all drafts").check()
    await expect(tour.window).to_contain_text("For how long?")
    await tour.press("Dismiss")
    await expect(tour.thread).to_contain_text("Dismissed: “")
    await tour.write("/candor exceptions")
    await expect(tour.messages.last.get_by_role("button", name="Lift")).to_have_count(2)  # one is there from the start


async def _sign_off(tour: Tour) -> None:
    await tour.goto("U0DANA", "C0DRAFTS")
    await tour.messages.first.locator(".thread-link").click()
    await tour.choose("Ask for sign-off")
    await expect(tour.thread).to_contain_text("Sign-off requested by @Dana")
    await tour.goto("U0MIKA", "C0DRAFTS")
    await tour.messages.first.locator(".thread-link").click()
    await tour.choose("Approve (brand leads)")
    await expect(tour.window).to_contain_text("Approve")
    await tour.press("Approve")
    await expect(tour.thread).to_contain_text("Approved by @Mika")
    await tour.thread.get_by_text("Approved by").scroll_into_view_if_needed()


async def _direct_message(tour: Tour) -> None:
    await tour.page.goto(f"{tour.address}/?as=U0DANA")
    await tour.page.get_by_role("link", name="Candor AI app").click()
    await tour.page.get_by_role("button", name="How do I label an ad?").click()
    await expect(tour.thread).to_contain_text("Ad (gifted by [brand])")
    await expect(tour.thread).to_contain_text(LABEL)


async def _help_and_composer(tour: Tour) -> None:
    await tour.goto("U0DANA", "C0DRAFTS")
    await tour.write("/candor help")
    await expect(tour.messages.last).to_contain_text("/candor privacy")
    await tour.page.get_by_role("button", name="New draft").click()
    await expect(tour.window).to_contain_text("Made with AI")
    await tour.press("Cancel")


async def _home_and_digest(tour: Tour) -> None:
    await tour.page.goto(f"{tour.address}/?as=U0MIKA")
    await tour.page.get_by_text("Candor's Home").click()
    await expect(tour.page.locator("#home")).to_contain_text("This week")
    await tour.page.locator("#home").get_by_role("button", name="Settings").click()
    await expect(tour.window).to_contain_text("Weekly digest")
    await tour.press("Close")
    await tour.page.get_by_text("Developer", exact=True).click()
    await tour.page.get_by_role("button", name="Next Monday, 09:00 UTC").click()
    # A page that is left before its request is on its way takes it along.
    await expect(tour.page.locator("#now")).to_contain_text("09:00")
    await tour.goto("U0MIKA", "C0BRAND")
    await expect(tour.messages.last).to_contain_text("Weekly digest", timeout=75_000)
    await expect(tour.messages.last).to_contain_text("Points by family")


@pytest.mark.timeout(300)
async def test_everything_is_found_and_works_on_the_page(tmp_path: Path) -> None:
    async with trying(tmp_path / "data") as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1360, "height": 900})
        page.set_default_timeout(PATIENCE)
        tour = Tour(page, address)
        told = (_critique, _ask_back, _use, _edit, _question, _picture, _clean)
        for stop in (*told, _exception, _sign_off, _direct_message, _help_and_composer, _home_and_digest):
            await stop(tour)
        await browser.close()
