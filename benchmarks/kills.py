"""Kill the bot between the model's answer and the post, again and again, and count replies and model calls.

    python -m benchmarks.kills [--times 20]

The local workspace and a scripted model run here; Candor, and then the plain app, is a process of its own that is ended
with SIGKILL at a random moment after the model has answered, and started again on the same data. Every draft
must end with exactly one reply, and no draft's model call may be made twice.
"""

from __future__ import annotations

import asyncio
import random
import signal
import tempfile
from typing import TYPE_CHECKING

from benchmarks.bench import CANDOR, PLAIN, POST, Bench, Row, ended, measured, workspaces
from tests.model.server import ScriptedModel

if TYPE_CHECKING:
    from bot.workspace.server import Workspace

CHANNEL = "#drafts0"
SETTLED = 60


async def measure(command: list[str], times: int) -> tuple[list[int], int]:
    """The replies to each draft, and the calls of the model."""
    async with workspaces() as workspace, ScriptedModel(delay=0.2) as model:
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(command, workspace, model, folder)
            drafts = [await _kill_once(bench, number) for number in range(times)]
            process = await bench.start()
            replies = await _settle(workspace, drafts, SETTLED if command == CANDOR else 5)
            await ended(process)
    return replies, len(model.requests)


async def _kill_once(bench: Bench, number: int) -> str:
    process, model, workspace = await bench.start(), bench.model, bench.workspace
    calls = len(model.requests)
    workspace.faults.on("chat.postMessage", delay=random.uniform(0.0, 0.4))
    ts = workspace.post(CHANNEL, POST.format(number))
    while len(model.requests) == calls:
        await asyncio.sleep(0.01)
    # The answer takes 0.2 s to come and a few milliseconds to be kept; the post comes after that.
    await asyncio.sleep(model.delay + random.uniform(0.06, 0.4))
    process.send_signal(signal.SIGKILL)
    await process.wait()
    workspace.faults.calls.clear()
    return ts


async def _settle(workspace: Workspace, drafts: list[str], seconds: int) -> list[int]:
    """Replies by draft, once every draft has one or the time is over."""

    def counts() -> list[int]:
        threads = [workspace.channel(CHANNEL).thread(ts) for ts in drafts]
        return [sum(bool(message.get("bot_id")) for message in thread) for thread in threads]

    for _ in range(seconds):
        if all(counts()):
            await asyncio.sleep(3)
            break
        await asyncio.sleep(1)
    return counts()


async def main(times: int) -> list[Row]:
    """Both, one after the other."""
    (plain, plain_calls), (candor, calls) = await measure(PLAIN, times), await measure(CANDOR, times)
    what = f"{times} kill -9 between answer and post"
    return [
        Row(f"{what}: drafts with exactly one reply", candor.count(1), plain.count(1), "", aim=times, at_least=True),
        Row(f"{what}: model calls", calls, plain_calls, "", aim=times),
    ]


if __name__ == "__main__":
    measured(main, __doc__, times=(20, 1))
