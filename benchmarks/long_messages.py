"""How long one message keeps everybody else waiting: pathological drafts of 40,000 characters, each with 40 points.

    python benchmarks/long_messages.py [--texts 100]

Every draft is reviewed as in Slack, by fixed rules and a scripted model on loopback that answers at once with 40
points, each with a rewording. Beside it a ticker measures how long the event loop stands still, and a client asks a
health check over HTTP every 20 ms. Prints the worst stop, the slowest review and the 99th percentile of the health
check, and the same for harmless drafts of 500 characters, in one run.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import statistics
import sys
import time
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot.assemble.critic import fixed_rules, library_in_force
from bot.assemble.model import sensitive
from bot.core.draft import Draft
from bot.core.judgement import Case
from bot.flows.review_text import found_by_rules, review_case
from bot.model.critic import ModelCritic
from bot.model.language_model import Limits
from bot.model.opening import open_model
from bot.model.prompts import load_prompts
from bot.settings import read_settings
from tests.model.server import ScriptedModel, critique, issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.ports import Rules

LENGTH, POINTS = 40_000, 40
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


def texts(number: int) -> Iterator[str]:
    """Drafts of one piece over and over, then mixtures of pieces."""
    dice = random.Random(7)
    for at in range(number):
        pieces = [PIECES[at]] if at < len(PIECES) else dice.sample(PIECES, 3)
        said = "".join(piece.format(n=n) for n, piece in zip(range(LENGTH), itertools.cycle(pieces), strict=False))
        yield said[:LENGTH]


class Beside:
    """What others see meanwhile: stops of the event loop and answers of a health check, in seconds."""

    def __init__(self) -> None:
        self.worst_stop = 0.0
        self.health: list[float] = []

    async def tick(self) -> None:
        """Notice when the loop comes back late."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            self.worst_stop = max(self.worst_stop, time.perf_counter() - before - 0.005)

    async def ask(self, url: str) -> None:
        """Ask the health check again and again."""
        async with aiohttp.ClientSession() as session:
            while True:
                before = time.perf_counter()
                async with session.get(url) as answer:
                    await answer.read()
                self.health.append(time.perf_counter() - before)
                await asyncio.sleep(0.02)


async def reviewed(drafts: list[str], rules: Rules, critic: ModelCritic, model: ScriptedModel) -> tuple[Beside, float]:
    """Review the drafts one after the other; the slowest review in seconds."""
    runner, url = await _health()
    beside, slowest = Beside(), 0.0
    others = [asyncio.create_task(beside.tick()), asyncio.create_task(beside.ask(url))]
    for text in drafts:
        step = max(1, len(text) // POINTS)
        quotes = [text[at : at + 40] for at in range(0, len(text), step)][:POINTS]
        model.otherwise = critique(
            *(issue(q, "user-control/no-false-pressure", replacement="Bread is back.") for q in quotes)
        )
        began = time.perf_counter()
        draft = Draft(text)
        await review_case(Case("T1", "U1", draft, await found_by_rules(draft, rules)), rules, critic)
        slowest = max(slowest, time.perf_counter() - began)
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await runner.cleanup()
    return beside, slowest


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


async def main(number: int) -> None:
    """Measure both kinds and print them side by side."""
    settings = read_settings()
    rules, library = fixed_rules(settings), library_in_force(settings)
    limits = Limits(total=60.0)
    async with ScriptedModel() as model:
        client = open_model(base_url=model.url, api_key="k", model="m", effort="", limits=limits)
        critic = ModelCritic(client, library, rules, load_prompts(settings.prompts), b"s", limits, sensitive=sensitive)
        usual = [f"Loaf {n} is out of the oven. Come and smell it on Monday. " * 9 for n in range(20)]
        plain = await reviewed(usual, rules, critic, model)
        worst = await reviewed(list(texts(number)), rules, critic, model)
    _print("20 harmless drafts of 500 characters", *plain)
    _print(f"{number} pathological drafts of {LENGTH:,} characters, {POINTS} points", *worst)


def _print(name: str, beside: Beside, slowest: float) -> None:
    p99 = statistics.quantiles(beside.health, n=100)[98]
    sys.stdout.write(
        f"{name}: worst stop {beside.worst_stop * 1000:.0f} ms, slowest review {slowest:.2f} s, "
        f"health check p99 {p99 * 1000:.0f} ms of {len(beside.health)}\n"
    )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--texts", type=int, default=100)
    asyncio.run(main(arguments.parse_args().texts))
