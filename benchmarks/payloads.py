"""Feed other people's recordings of what Slack sends to the bot by signed HTTP, and tell what became of each.

    python -m benchmarks.payloads FOLDER [--show]

FOLDER holds checkouts of Slack's SDKs: JSON files, and sources with payloads in them as JSON, as a form or as a literal
of Python or JavaScript. Nothing of it is kept here. Each is sent twice: as it is, from a workspace that isn't ours, and
as if it had happened in ours. Every one must be acknowledged within three seconds, and the bot must live.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import json
import re
import signal
import socket
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bot.workspace.server import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Json = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
SOURCES = {".py", ".go", ".java", ".kt", ".ts", ".js", ".rs", ".rb", ".md"}
INTERACTIONS = {
    *("block_actions", "view_submission", "view_closed", "shortcut", "message_action", "block_suggestion"),
    *("interactive_message", "dialog_submission", "dialog_cancellation", "dialog_suggestion", "workflow_step_edit"),
}
EVENTS = (
    *("app_", "assistant_", "channel_", "dnd_", "emoji_", "file_", "group_", "im_", "link_", "member_", "message"),
    *("pin_", "reaction_", "star_", "subteam_", "team_", "tokens_", "user_"),
)
"""How the types of events begin that a test suite holds without their wrapping."""
OTHERS = {"url_verification", "app_rate_limited"}
FAREWELLS = {"event app_uninstalled", "event tokens_revoked"}
QUOTED = re.compile(r'"((?:\\.|[^"\\\n])*)"|\'((?:\\.|[^\'\\\n])*)\'|`([^`]*)`|"""(.*?)"""', re.DOTALL)  # noqa: TID251 - sources, not what people write
JOINED = re.compile(r'"\s*\+\s*"')  # noqa: TID251 - sources, not what people write
KEY = re.compile(r"([{,]\s*)([A-Za-z_]\w*)(\s*:)")  # noqa: TID251 - sources, not what people write
LATEST = 3.0
"""Seconds in which Slack wants its answer."""


# Where deliveries are in other people's files.


def harvest(folder: Path) -> list[Json]:
    """Every delivery in the folder, each once."""
    found: dict[str, Json] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".json", *SOURCES} and path.stat().st_size < 2**21:
            for candidate in _in_file(path):
                for one in _deliveries(candidate):
                    found.setdefault(json.dumps(one, sort_keys=True), one)
    return list(found.values())


def _in_file(path: Path) -> Iterator[object]:
    text = path.read_text("utf-8", "replace")
    if path.suffix == ".json":
        yield from _parsed(text)
    elif path.suffix == ".py":
        yield from _in_python(text)
    else:
        yield from _in_source(text)


def _in_python(text: str) -> Iterator[object]:
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            try:
                yield ast.literal_eval(node)
            except (ValueError, TypeError):
                continue
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _parsed(node.value)


def _in_source(text: str) -> Iterator[object]:
    for match in QUOTED.finditer(JOINED.sub("", text)):
        double, single, raw, block = match.groups()
        yield from _parsed(raw or block or "")
        for escaped in (double, single):
            if escaped and len(escaped) > len('{"type":"a"}'):
                try:
                    yield from _parsed(str(json.loads(f'"{escaped}"')))
                except ValueError:
                    continue
    for start in (match.start() for match in re.finditer(r"\{\s*['\"]?(?:token|type|team_id|event)\b", text)):
        yield from _parsed(KEY.sub(r'\1"\2"\3', _balanced(text, start)).replace("'", '"'))


def _balanced(text: str, start: int) -> str:
    depth = 0
    for at in range(start, min(len(text), start + 20_000)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return re.sub(r",(\s*[}\]])", r"\1", text[start : at + 1])
    return ""


def _parsed(text: str) -> Iterator[object]:
    text = text.strip()
    if text[:1] in "{[" and text:
        try:
            yield json.loads(text)
        except ValueError:
            return
    elif "command=%2F" in text or "payload=%7B" in text or "team_id=" in text:
        form = {name: values[0] for name, values in parse_qs(text, keep_blank_values=True).items()}
        yield from _parsed(form["payload"]) if "payload" in form else iter([form])


def _deliveries(value: object) -> Iterator[Json]:
    if isinstance(value, list):
        for one in cast("list[object]", value):
            yield from _deliveries(one)
    if not isinstance(value, dict):
        return
    item = cast("Json", value)
    if "envelope_id" in item:
        yield from _deliveries(item.get("payload"))
    elif "body" in item and isinstance(item["body"], str):
        yield from (one for parsed in _parsed(item["body"]) for one in _deliveries(parsed))
    elif kind_of(item):
        yield item
    elif isinstance(item.get("event"), dict) and "event_id" in item:  # a sample with blank values
        yield from _deliveries({**item, "type": "event_callback"})
    elif str(item.get("type")).startswith(EVENTS) and {"user", "channel", "event_ts", "file_id"} & item.keys():
        yield {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event_time": 1, "event": item}


def kind_of(item: Json) -> str:
    """What kind of delivery it is, "" for anything else."""
    kind, event = item.get("type"), item.get("event")
    if kind == "event_callback" and isinstance(event, dict):
        inner = cast("Json", event)
        return f"event {inner.get('type')}" + (f" {inner['subtype']}" if inner.get("subtype") else "")
    if kind in INTERACTIONS and isinstance(item.get("user"), dict | str | None):
        return f"interaction {kind}"
    if kind in OTHERS and "token" in item:
        return str(kind)
    return "command" if str(item.get("command", "")).startswith("/") and "team_id" in item else ""


# How a delivery is made to come from our workspace, and how it is sent.


def ours(item: Json, workspace: Workspace) -> Json:
    """The same as if it had happened in our workspace, in a channel that Candor reads, just now."""
    team = workspace.team
    changed = cast("Json", _with_ids(item, team.id, workspace.channel("#drafts").id, user=team.people["U0DANA"].id))
    changed |= {"team_id": team.id} if "team_id" in changed or kind_of(item).startswith("event") else {}
    changed |= {name: False for name in ("is_enterprise_install",) if isinstance(changed.get(name), bool)}
    for name in ("enterprise_id", "enterprise", "authorizations", "authed_users"):
        changed.pop(name, None)
    return changed


def _with_ids(value: object, team: str, channel: str, user: str, key: str = "") -> object:
    if isinstance(value, dict):
        items = cast("dict[str, object]", value).items()
        named = {name: f"{key}.id" if name == "id" else name for name, _ in items}
        return {name: _with_ids(inner, team, channel, user=user, key=named[name]) for name, inner in items}
    if isinstance(value, list):
        return [_with_ids(inner, team, channel, user=user, key=key) for inner in cast("list[object]", value)]
    if isinstance(value, str) and value:
        named = {"team": team, "team_id": team, "team.id": team, "user_team": team, "source_team": team}
        named |= {"channel": channel, "channel_id": channel, "channel.id": channel}
        named |= {"user": user, "user_id": user, "user.id": user}
        return named.get(key, value)
    return value


def on_loopback(item: Json, url: str) -> Json:
    """No address of a recording leaves this machine: they all lead to the local workspace."""
    return cast("Json", json.loads(re.sub(r"https?://[^\"\\ ]*slack[^\"\\/ ]*", url, json.dumps(item))))


class Run:
    """One bot process, and everything that is sent to it."""

    def __init__(self, workspace: Workspace, address: str) -> None:
        self.workspace, self.address = workspace, address
        self.signer = SignatureVerifier(workspace.team.bot.signing_secret)
        self.outcomes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.wrong: list[tuple[str, str, Json]] = []

    async def send(self, session: aiohttp.ClientSession, item: Json, way: str) -> None:
        """Send one and note how it was answered."""
        kind = kind_of(item)
        item = on_loopback(item, self.workspace.url)
        as_json = kind.startswith("event") or kind in OTHERS
        form = {"payload": json.dumps(item)} if kind != "command" else {name: str(v) for name, v in item.items()}
        body = json.dumps(item) if as_json else urlencode(form)
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json" if as_json else "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": self.signer.generate_signature(timestamp=stamp, body=body) or "",
        }
        began = time.perf_counter()
        try:
            async with session.post(self.address, data=body.encode(), headers=headers) as response:
                await response.read()
                outcome = "acknowledged" if response.ok else str(response.status)
        except (aiohttp.ClientError, TimeoutError) as error:
            outcome = type(error).__name__
        outcome = "late" if outcome == "acknowledged" and time.perf_counter() - began > LATEST else outcome
        self.outcomes[kind][f"{way}: {outcome}"] += 1
        if outcome != "acknowledged":
            self.wrong.append((f"{kind} ({way})", outcome, item))


async def main(folder: Path, *, show: bool) -> int:
    """Run; 0 where the bot lives and has acknowledged all."""
    items = harvest(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/slack/events"
    with tempfile.TemporaryDirectory() as data:
        async with Workspace(delivery="http", request_url=address, limits=False) as workspace:
            process = await _serve(workspace, data, port)
            run = Run(workspace, address)
            timeout = aiohttp.ClientTimeout(total=30)
            async with aiohttp.ClientSession(timeout=timeout) as session:
                for item in items:
                    await run.send(session, item, "theirs")
                for item in sorted(items, key=lambda one: kind_of(one) in FAREWELLS):
                    await run.send(session, ours(item, workspace), "ours")
            await asyncio.sleep(2)
            lives = process.returncode is None
            if lives:
                process.send_signal(signal.SIGTERM)
            _, log = await process.communicate()
    return _report(run, log.decode(), lives=lives, show=show)


async def _serve(workspace: Workspace, data: str, port: int) -> asyncio.subprocess.Process:
    environment = {
        "PATH": "/usr/bin:/bin",
        "SLACK_BOT_TOKEN": workspace.team.bot.token,
        "SLACK_SIGNING_SECRET": workspace.team.bot.signing_secret,
        "SLACK_API_URL": workspace.api_url,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DRAFT_CHANNELS": "drafts",
        "DATA_DIR": data,
        "PROMPTS_DIR": str(ROOT / "prompts"),
        "PYTHONPATH": str(ROOT),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "serve"),
        env=environment,
        cwd=data,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=2**26,
    )
    assert process.stdout is not None
    await process.stdout.readline()
    return process


def _report(run: Run, log: str, *, lives: bool, show: bool) -> int:
    lines = [line for line in log.splitlines() if line.strip()]
    for kind, outcomes in sorted(run.outcomes.items()):
        said = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items()))
        sys.stdout.write(f"{sum(outcomes.values()) // 2:4}  {kind}: {said}\n")
    sent = sum(sum(outcomes.values()) for outcomes in run.outcomes.values())
    sys.stdout.write(f"{sent} deliveries of {sent // 2} recordings in {len(run.outcomes)} kinds, {len(run.wrong)} not ")
    sys.stdout.write(f"acknowledged, {log.count('Traceback')} tracebacks, {len(lines)} lines of log\n")
    sys.stdout.write(f"the bot {'lived' if lives else 'died'}\n")
    for kind, outcome, item in run.wrong:
        sys.stdout.write(f"{outcome}  {kind}  {json.dumps(item)[:600] if show else ''}\n")
    for line, count in _counted(lines):
        sys.stdout.write(f"log {count:4} x {line[:300]}\n" if show else "")
    return int(bool(run.wrong) or not lives)


def _counted(lines: Iterable[str]) -> list[tuple[str, int]]:
    return Counter(re.sub(r"[0-9T:.,+-]{8,}", "", line) for line in lines).most_common(60)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="show what was not acknowledged, and the log")
    arguments = parser.parse_args()
    sys.exit(asyncio.run(main(arguments.folder, show=arguments.show)))
