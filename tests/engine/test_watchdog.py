"""What holds the event loop is named: the place in the code, and nothing of what it works on."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Draft
from bot.engine.watchdog import Watchdog
from bot.flows.reviewing import review_text
from tests.flows.fakes import FakeRules

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.core.findings import Finding

MARKER = "zebra-merger"


class SlowRules(FakeRules):
    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        until = time.monotonic() + float(draft.context)
        while time.monotonic() < until:
            pass
        return super().findings(draft)


@pytest.fixture
async def watchdog() -> AsyncGenerator[Watchdog]:
    watchdog = Watchdog(longest=0.2)
    watchdog.start()
    await asyncio.sleep(0.1)
    yield watchdog
    await watchdog.stop()


async def hold(seconds: float) -> None:
    review_text(Draft(MARKER, context=str(seconds)), SlowRules())
    await asyncio.sleep(0.1)


def named(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The lines about it; a busy machine may stop the loop elsewhere."""
    return [line for line in caplog.messages if "review_text" in line]


async def test_what_holds_the_loop_is_named_without_its_words(
    watchdog: Watchdog, caplog: pytest.LogCaptureFixture
) -> None:
    await hold(0.5)
    (line,) = named(caplog)
    assert line.startswith("the event loop stood still for ")
    assert "bot/flows/reviewing.py" in line
    assert MARKER not in caplog.text
    assert 0.3 < watchdog.worst < 5


@pytest.mark.usefixtures("watchdog")
async def test_a_place_is_named_once_in_a_while(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        await hold(0.4)
    assert len(named(caplog)) == 1


@pytest.mark.usefixtures("watchdog")
async def test_a_loop_that_goes_on_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    await asyncio.to_thread(review_text, Draft(MARKER, context="0.5"), SlowRules())
    assert not named(caplog)


async def test_after_a_stop_nothing_is_watched(caplog: pytest.LogCaptureFixture) -> None:
    watchdog = Watchdog(longest=0.05)
    watchdog.start()
    await watchdog.stop()
    await hold(0.3)
    assert not named(caplog)


async def test_a_stop_that_lasts_longer_than_the_watch_is_not_told(
    watchdog: Watchdog, caplog: pytest.LogCaptureFixture
) -> None:
    threading.Timer(0.3, watchdog._over.set).start()  # pyright: ignore[reportPrivateUsage]
    await hold(0.6)
    await watchdog.stop()
    assert not named(caplog)
