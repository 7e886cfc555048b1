"""The pictures in README and docs, from `candor try` without a key: anybody gets the same.

    python benchmarks/pictures.py            # all of docs/pictures, within two minutes; needs Chromium
    python benchmarks/pictures.py --sample   # the picture that one of the sample drafts comes with

A picture of the sample that is not the same to the byte asks a model anew (benchmarks/recordings.py).
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import ViewportSize, async_playwright, expect

from bot.assemble.trying import Trial, local_workspace, settings_for
from bot.core.words.workspace import FIXED_CHECKS, RECORDED_MODEL, SAMPLES
from bot.settings import forget_proxies, read_settings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from playwright.async_api import Browser, Locator, Page

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs/pictures"
RAFFLE = ROOT / "bot/workspace/page/raffle.png"
_WHOLE: ViewportSize = {"width": 1100, "height": 720}
_HIGH: ViewportSize = {"width": 1100, "height": 1500}
"""Of a window in which a whole thread can be seen at once."""
_SECONDS = 60_000
_LABEL = "Recorded answer from a language model"
_DRAWN = """<!doctype html><meta charset="utf-8"><style>
* { margin: 0; box-sizing: border-box } h1 { font-size: 34px; padding-top: 26px } h1, p { text-align: center }
body { width: 480px; height: 360px; background: #f4efe4; color: #23402f; font-family: serif; overflow: hidden }
p { font: 700 21px sans-serif; margin-top: 10px } p + p { font-size: 17px; font-weight: 400 }
i { position: absolute } .pot { left: 190px; bottom: 20px; width: 100px; height: 76px; background: #b5623e;
clip-path: polygon(0 0, 100% 0, 84% 100%, 16% 100%) }
.rim { left: 182px; bottom: 92px; width: 116px; height: 15px; background: #9b5133; border-radius: 3px }
.leaf { bottom: 104px; width: 26px; height: 56px; background: #4c8a57; border-radius: 50% / 70% 70% 30% 30% }
</style><h1>Win the big planter</h1><p>Tag 3 friends and share to enter</p><p>Open until Sunday, 20:00</p>
<i class="leaf" style="left: 200px; rotate: -24deg"></i><i class="leaf" style="left: 227px"></i>
<i class="leaf" style="left: 254px; rotate: 24deg"></i><i class="rim"></i><i class="pot"></i>"""


class Visit:
    """What a visitor does on the page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self._address = page, address
        self.thread, self.window = page.locator("#thread"), page.locator("#modal")
        self._messages = page.locator("#messages article")

    async def go(self, person: str, channel: str) -> None:
        """Be somebody, somewhere."""
        await self.page.goto(f"{self._address}/?as={person}&channel={channel}")

    async def post(self, label: str) -> None:
        """Post a sample and open its thread."""
        before = await self._messages.count()
        await self.page.get_by_role("button", name=label, exact=True).click()
        if label == "A picture":
            await expect(self.page.locator("#composer")).to_contain_text(RAFFLE.name)
        await self.page.get_by_role("button", name="Post", exact=True).click()
        await expect(self._messages).to_have_count(before + 1)
        await self._messages.last.locator(".thread-link").click()
        await expect(self.thread).to_contain_text(_LABEL)

    async def read_by(self, label: str, says: str) -> None:
        """Let somebody else read the draft."""
        await self.page.get_by_role("button", name=label, exact=True).click()
        await expect(self.thread).to_contain_text(says)

    async def choose(self, entry: str) -> None:
        """From the menu beside the reply's headline."""
        await self.thread.locator(".content details.overflow summary").first.click()
        await self.thread.get_by_role("button", name=entry, exact=True).first.click()

    async def first_thread(self) -> None:
        """Open the thread of the first message."""
        await self._messages.first.locator(".thread-link").click()


async def main() -> None:
    """Make the pictures that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", action="store_true")
    arguments = parser.parse_args()
    forget_proxies()
    async with async_playwright() as playwright:
        path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        await (_draw_sample(browser) if arguments.sample else _all(browser))
        await browser.close()


async def _draw_sample(browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 480, "height": 360})
    await page.set_content(_DRAWN)
    await page.screenshot(path=RAFFLE)


async def _all(browser: Browser) -> None:
    async with _trying() as address:
        page = await browser.new_page(viewport=_WHOLE, reduced_motion="reduce")
        page.set_default_timeout(_SECONDS)
        expect.set_options(timeout=_SECONDS)
        visit = Visit(page, address)
        for stop in (
            _two_replies,
            _conversation,
            _clean_text,
            _question,
            _picture,
            _dismissal,
            _sign_off,
            _home,
            _digest,
        ):
            await stop(visit)


@asynccontextmanager
async def _trying() -> AsyncGenerator[str]:
    with tempfile.TemporaryDirectory(prefix="candor-") as name:
        folder = Path(name)
        workspace = local_workspace(folder)
        await workspace.start()
        trial = Trial(workspace, settings_for(workspace, folder, read_settings({})))
        try:
            await trial.start()
            yield workspace.url
        finally:
            await trial.stop()
            await workspace.stop()


async def _take(visit: Visit, name: str, part: Locator | None = None) -> None:
    """A picture of the whole page or of a part of it, once nothing moves any more."""
    await visit.page.mouse.move(0, 0)
    if part:
        await visit.page.set_viewport_size(_HIGH)
        await part.scroll_into_view_if_needed()
    await asyncio.sleep(0.6)
    await (part or visit.page).screenshot(path=PICTURES / f"{name}.png")
    await visit.page.set_viewport_size(_WHOLE)
    sys.stdout.write(f"{name}.png\n")


async def _two_replies(visit: Visit) -> None:
    """One draft, read by fixed checks and by a language model."""
    await visit.go("U0DANA", "C0DRAFTS")
    await visit.post(SAMPLES[0][0])
    await _take(visit, "critique")
    reply = visit.thread.locator("article").last
    await _take(visit, "language-model", reply)
    await visit.read_by(FIXED_CHECKS, "Not reviewed")
    await _take(visit, "fixed-checks", reply)
    await visit.read_by(RECORDED_MODEL, _LABEL)


async def _conversation(visit: Visit) -> None:
    await visit.page.locator("#reply-text").fill("@Candor why is 1 a problem?")
    await visit.page.get_by_role("button", name="Reply", exact=True).click()
    answer = visit.thread.locator("article").last
    await expect(answer).to_contain_text("reply from Candor")
    await expect(answer).to_contain_text(_LABEL)
    await _take(visit, "conversation", answer)


async def _clean_text(visit: Visit) -> None:
    use = visit.thread.get_by_role("button", name="Use this")
    for left in range(await use.count() - 1, -1, -1):
        await use.first.click()
        await expect(use).to_have_count(left)
    clean = visit.thread.locator("article", has=visit.page.locator("pre"))
    await expect(clean).to_contain_text("[price]")
    await _take(visit, "clean-text", clean)


async def _question(visit: Visit) -> None:
    await visit.go("U0DANA", "C0DRAFTS")
    await visit.post(SAMPLES[1][0])
    reply = visit.thread.locator("article").last
    await _take(visit, "question", reply)


async def _picture(visit: Visit) -> None:
    await visit.go("U0DANA", "C0DRAFTS")
    await visit.post("A picture")
    await visit.thread.get_by_role("button", name="Show all of it").click()
    await _take(visit, "picture", visit.thread)


async def _dismissal(visit: Visit) -> None:
    await visit.go("U0MIKA", "C0DRAFTS")
    await visit.post(SAMPLES[2][0])
    await visit.thread.get_by_role("button", name="Dismiss").first.click()
    await expect(visit.window).to_be_visible()
    await _take(visit, "dismissal", visit.window)
    await visit.window.get_by_role("button", name="Cancel", exact=True).last.click()


async def _sign_off(visit: Visit) -> None:
    await visit.go("U0DANA", "C0DRAFTS")
    await visit.first_thread()
    await visit.choose("Ask for sign-off")
    await expect(visit.thread).to_contain_text("by @Dana")
    await visit.go("U0MIKA", "C0DRAFTS")
    await visit.first_thread()
    await visit.choose("Approve (brand leads)")
    await visit.window.get_by_role("button", name="Approve", exact=True).last.click()
    await expect(visit.thread).to_contain_text("Approved by @Mika")
    signed = visit.thread.locator("article", has_text="Approved by @Mika").first
    await signed.scroll_into_view_if_needed()
    await _take(visit, "sign-off", signed)


async def _home(visit: Visit) -> None:
    await visit.page.get_by_text("Candor's Home").click()
    await expect(visit.page.locator("#home")).to_contain_text("This week")
    await _take(visit, "home")


async def _digest(visit: Visit) -> None:
    await visit.page.locator(".developer summary").click()
    await visit.page.get_by_role("button", name="Next Monday, 09:00 UTC").click()
    await visit.go("U0MIKA", "C0BRAND")
    digest = visit.page.locator("#messages article").last
    await expect(digest).to_contain_text("Points by family")
    await _take(visit, "digest", digest)


if __name__ == "__main__":
    asyncio.run(main())
