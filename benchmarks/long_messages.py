"""How long one message keeps everybody else waiting: pathological drafts of 40,000 characters, each with 40 points.

    python -m benchmarks.long_messages [--texts 100]

Every draft is reviewed as in Slack, by fixed rules alone and with a scripted model on loopback that answers at once
with 40 points, each with a rewording. Beside it a ticker measures how long the event loop stands still, and a client
asks a health check over HTTP every 20 ms. The same is measured in one run for harmless drafts of 500 characters and for
no draft at all: on a machine that others use as well, that line says what is not ours. A stop "at work" counts only
what the loop's own thread computed meanwhile, and so does not depend on others.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import statistics
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from benchmarks.bench import Row, measured
from bot.assemble.rules import fixed_rules, library_in_force
from bot.core.drafts import Draft
from bot.core.judging import Case
from bot.engine.watchdog import Watchdog
from bot.flows.reviewing import critique_beside, found_by_rules, review_case
from bot.model.brief import load_prompts
from bot.model.critic import ModelCritic
from bot.model.language_model import ModelLimits
from bot.model.opening import open_model
from bot.rules.private_data import sensitive
from bot.settings import read_settings
from tests.model.server import ScriptedModel, critique, issue

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator

    from bot.core.ports import Rules

LENGTH, POINTS = 40_000, 40
_TICK, _NOTHING = 0.005, 5.0
"""Seconds."""
PRESSURE = "user-control/no-false-pressure"
PIECES = (
    "u{n}@mail{n}.example ",
    "+44 20 7946 {n:04d} ",
    "Only 3 left, act now before it's gone! ",
    "We bake bread {n} and it smells of cardamom. ",
    "1/ ",
    "#tag{n} ",
    "https://shop.example/{n}?x=only-3-left ",
    "!",
    "\n",
    "[EMAIL_{n}] ",
    "\u200b\u200ba",
    "👩\u200d👩\u200d👧",
    "4111 1111 1111 {n:04d} ",
    "“Everyone you know has one”, said nobody. ",
    "🎁 Win {n}! tag 3 friends ",
    "a",
)


def pathological(number: int) -> Iterator[str]:
    """Drafts of one piece over and over, then mixtures of pieces."""
    dice = random.Random(7)
    for at in range(number):
        pieces = [PIECES[at]] if at < len(PIECES) else dice.sample(PIECES, 3)
        said = "".join(piece.format(n=n) for n, piece in zip(range(LENGTH), itertools.cycle(pieces), strict=False))
        yield said[:LENGTH]


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A scripted model, and the critic that asks it."""

    model: ScriptedModel
    critic: ModelCritic


class Beside:
    """What others see meanwhile: stops of the event loop and answers of a health check, in seconds."""

    def __init__(self) -> None:
        self.worst_stop = self.worst_work = 0.0
        self.stops: list[float] = []
        self.health: list[float] = []

    async def tick(self) -> None:
        """Notice when the loop comes back late, and how much of that its own thread was at work."""
        while True:
            before, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(_TICK)
            self.stops.append(time.perf_counter() - before - _TICK)
            self.worst_stop = max(self.worst_stop, self.stops[-1])
            self.worst_work = max(self.worst_work, time.thread_time() - worked)

    async def ask(self, url: str) -> None:
        """Ask the health check again and again."""
        async with aiohttp.ClientSession() as session:
            while True:
                before = time.perf_counter()
                async with session.get(url) as answer:
                    await answer.read()
                self.health.append(time.perf_counter() - before)
                await asyncio.sleep(0.02)


@asynccontextmanager
async def beside_it() -> AsyncGenerator[Beside]:
    """Measure while the block runs."""
    runner, url = await _health()
    beside = Beside()
    others = [asyncio.create_task(beside.tick()), asyncio.create_task(beside.ask(url))]
    yield beside
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await runner.cleanup()


async def reviewed(drafts: list[str], rules: Rules, reviewer: Reviewer | None) -> tuple[Beside, float]:
    """Review the drafts one after the other; the slowest review in seconds."""
    slowest = 0.0
    async with beside_it() as beside:
        for text in drafts:
            began = time.perf_counter()
            draft = Draft(text)
            found = await found_by_rules(draft, rules)
            if reviewer:
                _script(reviewer.model, text)
                await review_case(Case("T1", "U1", draft, found=found), rules, reviewer.critic)
            else:
                await critique_beside(draft, found, None, rules=rules)
            slowest = max(slowest, time.perf_counter() - began)
    return beside, slowest


def _script(model: ScriptedModel, text: str) -> None:
    """Let it answer with as many points, spread over the text."""
    step = max(1, len(text) // POINTS)
    quotes = [text[at : at + 40] for at in range(0, len(text), step)][:POINTS]
    model.otherwise = critique(*(issue(q, PRESSURE, replacement="Bread is back.") for q in quotes))


async def _health() -> tuple[web.AppRunner, str]:
    async def well(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_get("/healthz", well)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    return runner, f"http://{host}:{port}/healthz"


async def main(texts: int) -> list[Row]:
    """Measure nothing at all, harmless drafts, and both kinds of long ones."""
    watchdog = Watchdog()  # as in `bot.assemble.bot`
    watchdog.start()
    settings = read_settings()
    rules, library = fixed_rules(settings), library_in_force(settings)
    limits = ModelLimits(total=60.0)
    usual = [f"Loaf {n} is out of the oven. Come and smell it on Monday. " * 9 for n in range(20)]
    async with beside_it() as nothing:
        await asyncio.sleep(_NOTHING)
    async with ScriptedModel() as model:
        client = open_model(base_url=model.url, api_key="k", model="m", effort="", limits=limits)
        critic = ModelCritic(
            client,
            library,
            rules,
            prompts=load_prompts(settings.prompts),
            secret=b"s",
            limits=limits,
            sensitive=sensitive,
        )
        reviewer = Reviewer(model, critic)
        bad = list(pathological(texts))
        return [
            *_rows("20 harmless drafts", nothing, *await reviewed(usual, rules, reviewer)),
            *_rows("fixed rules alone", nothing, *await reviewed(bad, rules, None), aim=50),
            *_rows(f"a model with {POINTS} points", nothing, *await reviewed(bad, rules, reviewer), aim=50),
        ]


def _rows(name: str, nothing: Beside, beside: Beside, slowest: float, *, aim: float | None = None) -> list[Row]:
    """Against a loop that has nothing to do."""

    def percentile(of: list[float], which: int) -> float:
        return statistics.quantiles(of, n=100)[which - 1] * 1000

    def row(what: str, of: Callable[[Beside], float], aim: float | None = None) -> Row:
        return Row(f"{name}: {what}", of(beside), of(nothing), "ms", aim)

    return [
        row("longest work in the loop", lambda one: one.worst_work * 1000, aim),
        row("loop late, 99th percentile", lambda one: percentile(one.stops, 99)),
        row("loop late, worst", lambda one: one.worst_stop * 1000),
        row("health check, 99th percentile", lambda one: percentile(one.health, 99)),
        Row(f"{name}: slowest review", slowest),
    ]


if __name__ == "__main__":
    measured(main, __doc__, texts=(100, 2))
