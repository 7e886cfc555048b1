"""Connects the local workspace to model servers that others wrote, one after the other, and says what came of each.

    npx -p @copilotkit/aimock llmock -p 8000 -f answers.json &      # fixtures: see `--answers`
    pip install llmock && llmock serve --port 1234 &
    python -m benchmarks.foreign_models --answers > answers.json
    python -m benchmarks.foreign_models http://127.0.0.1:8000/v1=gpt-4o http://127.0.0.1:1234/v1=gpt-4o-mini

With ``--context 8000`` a proxy in front of each refuses longer requests, as llama.cpp does.

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
from aiohttp import web

from bot.assemble.rules import library_in_force
from bot.assemble.trying import Trial, local_workspace, settings_for
from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.workspace.server import Workspace

DRAFT = "Our tonic cures every cold within a day.\nCome and taste it on Saturday, in batch {number}."
CLAIM = "authenticity/claim-evidence"
PATIENCE = 40.0
"""Seconds for a review."""
CHARACTERS = 4.4
"""Of an English prompt in one token."""


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description="Connect to model servers that others wrote.")
    parser.add_argument("servers", nargs="*", metavar="ADDRESS=MODEL")
    parser.add_argument("--key", default="", help="sent to every server")
    parser.add_argument("--context", type=int, default=0, help="put a context of so many tokens in front of each")
    parser.add_argument("--answers", action="store_true", help="print fixtures for aimock")
    arguments = parser.parse_args()
    if arguments.answers:
        sys.stdout.write(json.dumps(answers(), indent=1) + "\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder), arguments.servers, arguments.key, context=arguments.context))


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


async def play(folder: Path, servers: list[str], key: str, context: int) -> None:
    """Go through the servers in one run of the workspace."""
    workspace = local_workspace(folder)
    await workspace.start()
    trial = Trial(workspace, settings_for(workspace, folder, read_settings({})))
    await trial.start()
    async with aiohttp.ClientSession(f"{workspace.url}/") as session:
        for number, server in enumerate(servers, 1):
            address, _, model = server.rpartition("=")
            narrow = Narrow(address, context)
            address = await narrow.start() if context else address
            listed = await ask(session, "list", address=address, key=key)
            say(f"\n{server}", f"lists {', '.join(listed['models']) or listed['says']}")
            began = time.monotonic()
            made = await ask(session, "connect", address=address, key=key, model=model)
            say(f"after {time.monotonic() - began:.1f} s: {made['says']}")
            if made["done"]:
                say(f"reply: {await reply(workspace, number)}")
            if context:
                say(f"of a context of {context}: {narrow.refused} calls refused, {narrow.passed} passed")
                await narrow.stop()
    await trial.stop()
    await workspace.stop()


class Narrow:
    """A proxy that refuses what is more than its context, in the words of llama.cpp, and passes on the rest."""

    def __init__(self, address: str, context: int) -> None:
        self.address, self.context = address, context
        self.refused = self.passed = 0
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/v1/{path:.*}", self._pass_on)
        self._runner = web.AppRunner(app)

    async def start(self) -> str:
        """Its own address."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"

    async def stop(self) -> None:
        """End it."""
        await self._runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        asked: dict[str, Any] = json.loads(body) if body else {}
        tokens = int(sum(len(str(message["content"])) for message in asked.get("messages", [])) / CHARACTERS)
        if tokens + asked.get("max_tokens", 0) > self.context:
            self.refused += 1
            said = f"request ({tokens} tokens) exceeds the available context size ({self.context} tokens)"
            error = {"code": 400, "message": said, "type": "exceed_context_size_error", "n_ctx": self.context}
            return web.json_response({"error": error}, status=400)
        self.passed += bool(asked)
        kept = {name: request.headers[name] for name in ("Authorization", "Content-Type") if name in request.headers}
        url = f"{self.address}/{request.match_info['path']}"
        async with (
            aiohttp.ClientSession(headers=kept) as session,
            session.request(request.method, url, data=body) as answer,
        ):
            return web.Response(body=await answer.read(), status=answer.status, content_type=answer.content_type)


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
