"""Connects the local workspace to model servers that others wrote, one after the other, and says what came of each.

    npx -p @copilotkit/aimock llmock -p 8000 -f answers.json &      # fixtures: see `--answers`
    pip install llmock && llmock serve --port 1234 &
    python -m benchmarks.foreign_models --answers > answers.json
    python -m benchmarks.foreign_models http://127.0.0.1:8000/v1=gpt-4o http://127.0.0.1:1234/v1=gpt-4o-mini

Each address goes through what a person does in *Connect a model*: the list of models, the try, a draft, its review.
``--answers`` prints fixtures for aimock: ready for the try, one point for the draft. Not part of `make test`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.assemble.rules import library_in_force
from bot.assemble.trying import Trial, local_workspace, settings_for
from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.workspace.server import Workspace

DRAFT = "Our tonic cures every cold within a day.\nCome and taste it on Saturday, in batch {number}."
CLAIM = "authenticity/claim-evidence"
PATIENCE = 40.0
"""Seconds for a review."""


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description="Connect to model servers that others wrote.")
    parser.add_argument("servers", nargs="*", metavar="ADDRESS=MODEL")
    parser.add_argument("--key", default="", help="sent to every server")
    parser.add_argument("--answers", action="store_true", help="print fixtures for aimock")
    arguments = parser.parse_args()
    if arguments.answers:
        sys.stdout.write(json.dumps(answers(), indent=1) + "\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder), arguments.servers, arguments.key))


def answers() -> dict[str, Any]:
    """What aimock says: ready, and a critique with one point."""
    names = [guideline.id.rpartition("/")[2] for guideline in library_in_force(read_settings({})).guidelines]
    point = {
        "quote": "cures every cold within a day",
        "guideline": CLAIM.rpartition("/")[2],
        "why": "Readers may rely on a cure that nobody has shown.",
        "severity": "should-fix",
        "replacement": "warms you up",
        "confidence": "high",
    }
    checklist = dict.fromkeys(names, "clear") | {point["guideline"]: "issue"}
    critique = {"issues": [point], "questions": [], "checklist": checklist, "not_a_draft": False}
    return {
        "fixtures": [
            {"match": {"userMessage": "Are you ready?"}, "response": {"content": json.dumps({"ready": True})}},
            {"match": {}, "response": {"content": json.dumps(critique)}},
        ]
    }


async def play(folder: Path, servers: list[str], key: str) -> None:
    """Go through the servers in one run of the workspace."""
    workspace = local_workspace(folder)
    await workspace.start()
    trial = Trial(workspace, settings_for(workspace, folder, read_settings({})))
    await trial.start()
    async with aiohttp.ClientSession(f"{workspace.url}/") as session:
        for number, server in enumerate(servers, 1):
            address, _, model = server.rpartition("=")
            listed = await ask(session, "list", address=address, key=key)
            say(f"\n{server}", f"lists {', '.join(listed['models']) or listed['says']}")
            began = time.monotonic()
            made = await ask(session, "connect", address=address, key=key, model=model)
            say(f"after {time.monotonic() - began:.1f} s: {made['says']}")
            if made["done"]:
                say(f"reply: {await reply(workspace, number)}")
    await trial.stop()
    await workspace.stop()


async def ask(session: aiohttp.ClientSession, what: str, **body: str) -> dict[str, Any]:
    """Call the part of the control interface behind the dialog."""
    async with session.post(f"local/model/{what}", json=body) as answer:
        return dict(await answer.json())


async def reply(workspace: Workspace, number: int) -> str:
    """What Candor says of a draft; the fixed checks' part where the model's does not come."""
    channel, ts = workspace.channel("#drafts"), workspace.post("#drafts", DRAFT.format(number=number))
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        said = [str(message["text"]) for message in channel.thread(ts)]
        if said and "Not reviewed yet" not in said[0]:
            break
        await asyncio.sleep(0.2)
    return " ".join(str(channel.thread(ts)[0]["text"]).split()) if channel.thread(ts) else "none"


def say(*lines: str) -> None:
    """Print."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
