"""The commands that run Candor, as real processes."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from bot.terminal.commands import run
from bot.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

OAUTH = {"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "2"}
BAD = "Hurry! Only 3 left, act now before it is gone."


def candor(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """Where `candor try` says that it runs."""
    command = [sys.executable, "-m", "bot", "try", "--port", "0", "--no-browser"]
    with subprocess.Popen(
        [*command, "--data", str(tmp_path_factory.mktemp("data") / "kept")], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def call(address: str, method: str, **arguments: str) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{address}/api/{method}",
        data=json.dumps(arguments).encode(),
        headers={"Authorization": "Bearer xoxp-dana", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def test_try_answers_once_the_bot_is_connected_and_reviews_a_draft_within_a_second(address: str) -> None:
    started = time.monotonic()
    ts = call(address, "chat.postMessage", channel="#drafts", text=BAD)["ts"]
    messages: list[dict[str, Any]] = []
    while len(messages) < 2 and time.monotonic() - started < 10:
        messages = call(address, "conversations.replies", channel="C0DRAFTS", ts=ts)["messages"]
    assert "changes" in messages[1]["text"]


def test_the_page_is_there(address: str) -> None:
    with urllib.request.urlopen(address, timeout=10) as page:
        assert "Local workspace" in page.read().decode()


def test_a_taken_port_is_told_with_another_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = candor("try", "--port", str(port), "--no-browser")
    assert (done.returncode, done.stderr) == (
        2,
        f"Port {port} is taken; choose another one: candor try --port {port + 1}\n",
    )


@pytest.mark.parametrize(
    ("command", "environment", "names"),
    [
        (["serve"], {}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        (["serve"], {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}, ["PORT"]),
        (["serve", "--receive-only"], {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, ["DATABASE_URL"]),
        (["work"], {"SLACK_BOT_TOKEN": "xoxb-1"}, ["DATABASE_URL"]),
        (["serve"], {"SLACK_BOT_TOKEN": "xoxp-1", "PORT": "many"}, ["SLACK_BOT_TOKEN", "PORT"]),
    ],
)
def test_each_missing_or_wrong_setting_gets_one_sentence_with_an_example(
    command: list[str], environment: dict[str, str], names: list[str]
) -> None:
    done = candor(*command, **environment)
    lines = done.stderr.splitlines()
    assert done.returncode == 2
    assert [line.split()[0].rstrip(":") for line in lines] == names
    assert all(f"{name}=" in line for name, line in zip(names, lines, strict=True))


def test_an_address_nobody_answers_at_is_named(tmp_path: Path) -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "DATA_DIR": str(tmp_path)}
    done = candor("serve", SLACK_API_URL="http://127.0.0.1:9/api/", **tokens)
    assert done.returncode == 2
    assert done.stderr.startswith("SLACK_API_URL: http://127.0.0.1:9/api/ cannot be reached")


async def test_a_refused_token_is_named_by_its_beginning_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Workspace() as workspace:
        for name, value in {
            "SLACK_BOT_TOKEN": "xoxb-nobody-knows-this",
            "SLACK_APP_TOKEN": "xapp-1",
            "SLACK_API_URL": workspace.api_url,
            "DATA_DIR": str(tmp_path),
        }.items():
            monkeypatch.setenv(name, value)
        import asyncio  # noqa: PLC0415 - the command runs a loop of its own, so it needs a thread

        assert await asyncio.to_thread(run, ["serve"]) == 2
    told = capsys.readouterr().err
    assert "refuses the token xoxb-nobo..." in told
    assert "knows-this" not in told


def test_migrating_twice_is_fine_and_the_manifest_is_json(tmp_path: Path) -> None:
    for _ in range(2):
        assert candor("migrate", DATA_DIR=str(tmp_path)).stdout == "The tables are up to date.\n"
    assert json.loads(candor("manifest").stdout)["display_information"]["name"] == "Candor"


@pytest.mark.parametrize(
    ("environment", "redirects", "events"),
    [
        ({}, "", ""),
        ({"PUBLIC_URL": "https://a.example/"}, "", "/slack/events"),
        ({"PUBLIC_URL": "https://a.example", **OAUTH}, "/slack/oauth_redirect", "/slack/events"),
        ({"PUBLIC_URL": "https://a.example", "SLACK_APP_TOKEN": "xapp-1"}, "", ""),
    ],
)
def test_the_manifest_names_the_public_addresses_that_are_set(
    environment: dict[str, str], redirects: str, events: str
) -> None:
    printed = json.loads(candor("manifest", **environment).stdout)
    settings, address = printed["settings"], f"https://a.example{events}" if events else None
    assert printed["oauth_config"].get("redirect_urls") == ([f"https://a.example{redirects}"] if redirects else None)
    assert settings["socket_mode_enabled"] is (events == "")
    for name in ("event_subscriptions", "interactivity"):
        assert settings[name].get("request_url") == address
    assert {command.get("url") for command in _commands(printed)} <= {address}


def _commands(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    return list(manifest["features"].get("slash_commands", []))


@pytest.mark.parametrize("command", [["check"], ["review", "-"], ["eval", "--rules"]])
def test_judging_a_text_loads_neither_the_engine_nor_slack_nor_the_model(command: list[str]) -> None:
    code = (
        "import sys\nfrom bot.terminal.commands import run\n"
        f"run({command!r})\n"
        "print([n for n in ('dbos', 'slack_bolt', 'openai', 'sqlalchemy', 'aiohttp') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input="Bread is back.", capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
