"""Kill the bot between the model's answer and the post, again and again, and count replies and model calls.

    python benchmarks/kills.py [--times 20]

The local workspace and a scripted model run here; `candor serve` is a process of its own that is ended
with SIGKILL at a random moment after the model has answered, and started again on the same data. Every draft
must end with exactly one reply, and no draft's model call may be made twice.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import signal
import sys
import tempfile
from pathlib import Path

from bot.workspace.server import Workspace
from tests.model.server import ScriptedModel

ROOT = Path(__file__).resolve().parent.parent
SETTLED = 60.0


async def main(times: int) -> int:
    """Run; 0 where nothing was lost, doubled or paid twice."""
    async with Workspace() as workspace, ScriptedModel(delay=0.2) as model:
        with tempfile.TemporaryDirectory() as folder:
            drafts = [await _kill_once(workspace, model, folder, number=number) for number in range(times)]
            process = await _serve(workspace, model, folder)
            replies = await _settle(workspace, drafts)
            process.terminate()
            await process.wait()
    calls = len(model.requests)
    right = sum(count == 1 for count in replies)
    sys.stdout.write(f"{times} kills: {right} drafts with exactly one reply, {calls} model calls for {times} drafts\n")
    return int(right != times or calls != times)


async def _kill_once(workspace: Workspace, model: ScriptedModel, folder: str, number: int) -> str:
    process = await _serve(workspace, model, folder)
    calls = len(model.requests)
    workspace.faults.on("chat.postMessage", delay=random.uniform(0.0, 0.4))
    ts = workspace.post("#drafts", f"Loaf number {number} is out of the oven.\nCome and smell it on Monday.")
    while len(model.requests) == calls:
        await asyncio.sleep(0.01)
    # The answer takes 0.2 s to come and a few milliseconds to be kept; the post comes after that.
    await asyncio.sleep(model.delay + random.uniform(0.06, 0.4))
    process.send_signal(signal.SIGKILL)
    await process.wait()
    workspace.faults.calls.clear()
    return ts


async def _serve(workspace: Workspace, model: ScriptedModel, folder: str) -> asyncio.subprocess.Process:
    bot = workspace.team.bot
    environment = {
        "PATH": "/usr/bin:/bin",
        "SLACK_BOT_TOKEN": bot.token,
        "SLACK_APP_TOKEN": bot.app_token,
        "SLACK_API_URL": workspace.api_url,
        "DRAFT_CHANNELS": "drafts",
        "DATA_DIR": folder,
        "OPENAI_BASE_URL": model.url,
        "PROMPTS_DIR": str(ROOT / "prompts"),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", env=environment, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    await process.stdout.readline()
    return process


async def _settle(workspace: Workspace, drafts: list[str]) -> list[int]:
    """Replies by draft, once every draft has one or a minute has passed."""

    def counts() -> list[int]:
        threads = [workspace.channel("#drafts").thread(ts) for ts in drafts]
        return [sum(bool(message.get("bot_id")) for message in thread) for thread in threads]

    for _ in range(int(SETTLED)):
        if all(counts()):
            await asyncio.sleep(3)
            break
        await asyncio.sleep(1)
    return counts()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    sys.exit(asyncio.run(main(parser.parse_args().times)))
