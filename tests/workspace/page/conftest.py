"""A browser. Without one the tests of the page are skipped, loudly; REQUIRE_BROWSER=1 lets them fail instead."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from bot.workspace.server import Workspace
from tests.workspace.bolt import connecting

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from playwright.async_api import Browser, Page

    from tests.workspace.sdk import App


PATIENCE = 30_000
"""Milliseconds for what a page does: beside other work a browser may stand still for seconds."""
expect.set_options(timeout=PATIENCE)


def chromium() -> str:
    """The browser's path: the one without windows if it's here, which takes half the processor time.

    Skips or fails the test without any.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = next((path for name in names if (path := shutil.which(name))), "")
    if not path:
        if os.environ.get("REQUIRE_BROWSER") == "1":  # noqa: TID251 - a switch of the test run, no setting of the bot
            pytest.fail("the tests of the page need chromium, and REQUIRE_BROWSER=1 says that it must be here")
        pytest.skip("NO BROWSER: the page is not tested; install chromium to test it")
    return path


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncGenerator[Browser]:
    path = chromium()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        await launched.close()


# One browser serves all these tests, so they and what they use share one event loop.
@pytest_asyncio.fixture(loop_scope="module")
async def workspace() -> AsyncGenerator[Workspace]:
    async with Workspace(patience=0.3) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def connect(app: App, workspace: Workspace) -> AsyncGenerator[Callable[[], Awaitable[object]]]:
    async with connecting(app, workspace) as start:
        yield start


@pytest_asyncio.fixture(loop_scope="module")
async def page(workspace: Workspace, browser: Browser) -> AsyncGenerator[Page]:
    opened = await browser.new_page(viewport={"width": 1280, "height": 860})
    opened.set_default_timeout(PATIENCE)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    await opened.goto(workspace.url)
    yield opened
    await opened.close()
    assert faults == []
