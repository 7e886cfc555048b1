"""The commands that run Candor, as real processes."""

from __future__ import annotations

import asyncio
import json
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from bot.assemble.memory import migrate_database
from bot.core.words import terminal as words
from bot.model.opening import look_around
from bot.settings import read_settings
from bot.store import database as sqlite
from bot.terminal import serving, trying
from bot.terminal.commands import run
from bot.workspace.server import Workspace
from tests.databases import fresh_postgresql
from tests.model.server import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "http://127.0.0.1:9/api/"}
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
    assert " fixed checks ran and found " in messages[1]["text"]


def test_the_page_is_there(address: str) -> None:
    with urllib.request.urlopen(address, timeout=10) as page:
        assert "Local workspace" in page.read().decode()


def test_a_taken_port_is_told_with_another_one(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(["try", "--port", str(port), "--no-browser"]) == 2
    said = f"Another program is using port {port}. Choose a different one, such as {port + 1}.\n"
    assert capsys.readouterr().err == said


async def test_a_server_on_this_machine_is_named_with_the_command_that_uses_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = read_settings({"PROMPTS_DIR": str(root / "prompts")})
    async with ScriptedModel() as model:
        model.models = ("my-embeddings", "llama3.2:latest")
        port = int(model.url.rpartition(":")[2].removesuffix("/v1"))
        looking = partial(look_around, (port, 9), 5.0)
        monkeypatch.setattr(trying, "look_around", looking)
        monkeypatch.setattr("bot.model.opening.look_around", looking)
        for module in (trying, serving):
            await module._tell_servers(settings)  # pyright: ignore[reportPrivateUsage]
        configured = replace(settings, model=replace(settings.model, url=model.url))
        await trying._tell_servers(configured)  # pyright: ignore[reportPrivateUsage]
    asked, running = capsys.readouterr().out.splitlines()
    assert asked.startswith(f"There's a language model at {model.url} (llama3.2:latest). To use it: ")
    assert asked.endswith(" try --model llama3.2:latest")
    assert running.endswith(f"To use it: set OPENAI_BASE_URL={model.url} and OPENAI_MODEL=llama3.2:latest")


def test_without_a_command_it_says_what_one_can_do_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    told = capsys.readouterr().out
    for command in ("try", "review post.txt", "doctor", "serve", "--help"):
        assert f"python -m bot {command}" in told
    assert len(told.splitlines()) < 20


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            "gate --workspace T1 a.txt",
            "--workspace does nothing without --signed-off: add that, or leave --workspace out",
        ),
        ("gate --write-baseline b.json --report json=r.json a.txt", "not allowed with argument --write-baseline"),
        ("gate --signed-off --report json=r.json a.txt", "not allowed with argument --signed-off"),
        ("facts --yes", "--yes does nothing without --import"),
        ("facts --export a.csv --end-missing", "--end-missing does nothing without --import"),
        ("guidelines --yes", "--yes does nothing without --import"),
        ("audit --yes a.csv", "--yes does nothing without --model"),
        ("doctor --new-key --json", "not allowed with argument --new-key"),
    ],
)
def test_options_that_do_nothing_together_are_told_before_anything_is_done(
    arguments: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(arguments.split())
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.startswith(f"usage: candor {arguments.split(maxsplit=1)[0]} ")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "closed"])
def test_what_a_terminal_cannot_show_or_nobody_reads_stops_no_command(encoding: str) -> None:
    draft = "Read by 10.000 people 😀. Tag three friends to win a cup!"
    command = shlex.join([sys.executable, "-m", "bot", "review", draft])
    closed = encoding == "closed"
    script = f"PYTHONIOENCODING={'utf-8' if closed else encoding} exec {command} {'>&- 2>&-' if closed else ''}"
    ended = subprocess.run(["/bin/sh", "-c", script], capture_output=True, check=False)
    assert (ended.returncode, b"Traceback" in ended.stderr) == (1, False)
    assert (b"Tag three friends" in ended.stdout) is not closed


@pytest.mark.parametrize("port", ["80000", "-1", "many", "²"])
def test_what_is_no_port_is_told_in_a_line(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["try", f"--port={port}"])
    assert ended.value.code == 2
    assert f"“{port}” isn't a port" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("file", "Can't save anything in file (File exists). Choose another folder with --data.\n"),
        ("file/in", "Can't save anything in file/in (Not a directory). Choose another folder with --data.\n"),
        ("kept", "kept/workspace.json isn't a workspace saved by Candor. Choose another folder with --data.\n"),
    ],
)
def test_a_place_where_nothing_can_be_kept_is_told_in_a_line(
    data: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _file_and_folder(tmp_path)
    assert run(["try", "--no-browser", "--data", data]) == 2
    assert capsys.readouterr().err == says


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_a_file_in_the_place_of_the_folder_is_told_in_a_line(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _file_and_folder(tmp_path)
    for name, value in {**TOKENS, "DATA_DIR": "file"}.items():
        monkeypatch.setenv(name, value)
    assert run([command]) == 2
    told = capsys.readouterr().err
    assert "(File exists)" in told
    assert told.count("\n") == 1


def _file_and_folder(here: Path) -> None:
    (here / "file").write_text("Not a folder.", encoding="utf-8")
    (here / "kept").mkdir()
    (here / "kept" / "workspace.json").write_text('{"format": 1}', encoding="utf-8")


def test_a_full_disk_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # SQLite's own limit stands in for the disk's: both end in "database or disk is full".
    monkeypatch.setattr(sqlite, "_PRAGMAS", (*sqlite._PRAGMAS, "max_page_count=4"))  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert run(["migrate"]) == 2
    assert capsys.readouterr().err.startswith("Candor couldn't use the database (No space left on device).")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS_PROXY", "me:geheim@proxy.corp.example:8080"),
        ("http_proxy", "proxy.corp.example:8080"),
        ("ALL_PROXY", "socks5://me:geheim@localhost:1080"),
        ("HTTP_PROXY", "ftp://x:1"),
        ("HTTPS_PROXY", "http://[::1"),
        ("HTTPS_PROXY", "http://proxy.corp.example:eighty"),
        ("HTTPS_PROXY", "://x"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_told_and_its_password_is_not(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable, one in {**TOKENS, name: value}.items():
        monkeypatch.setenv(variable, one)
    for command, status in ((["serve"], 2), (["doctor"], 1), (["review", "A draft."], 2)):
        assert run(command) == status
        captured = capsys.readouterr()
        assert f"{name}: a proxy's address starts with http:// or https://" in captured.out + captured.err
        assert "geheim" not in captured.out + captured.err


@pytest.mark.parametrize(
    ("command", "environment", "names"),
    [
        (["serve"], {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}, ["PORT"]),
        (["serve", "--receive-only"], {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, ["DATABASE_URL"]),
        (["work"], {"SLACK_BOT_TOKEN": "xoxb-1"}, ["DATABASE_URL"]),
        (["serve"], {"SLACK_BOT_TOKEN": "xoxp-1", "PORT": "many"}, ["SLACK_BOT_TOKEN", "PORT"]),
    ],
)
def test_each_missing_or_wrong_setting_gets_one_sentence_with_an_example(
    command: list[str],
    environment: dict[str, str],
    names: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("PORT", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run(command) == 2
    assert _named(capsys.readouterr().err) == names


def test_so_they_do_where_a_process_of_its_own_ends() -> None:
    done = candor("serve")
    assert (done.returncode, _named(done.stderr)) == (2, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])


def _named(told: str) -> list[str]:
    """The settings that are told of, one in a line, each with an example."""
    lines = told.splitlines()
    names = [line.split()[0].rstrip(":") for line in lines]
    assert all(f"{name}=" in line for name, line in zip(names, lines, strict=True))
    return names


def test_an_address_nobody_answers_at_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {**TOKENS, "DATA_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    assert run(["serve"]) == 2
    assert f"SLACK_API_URL: can't reach {TOKENS['SLACK_API_URL']}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"PORT": "{taken}"}, "PORT={taken}: another program is using that port."),
        ({"METRICS_PORT": "{taken}"}, "METRICS_PORT={taken}: another program is using that port."),
        ({"HOST": "203.0.113.7", "PORT": "0"}, "HOST=203.0.113.7: this machine has no such address."),
        ({"HOST": "203.0.113.7", "METRICS_PORT": "0"}, "HOST=203.0.113.7: this machine has no such address."),
        ({"HOST": "nowhere.invalid", "PORT": "0"}, "HOST=nowhere.invalid: this machine has no such address."),
    ],
)
async def test_where_it_cannot_listen_the_setting_that_is_wrong_is_named(
    environment: dict[str, str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async with Workspace() as workspace:
        bot, taken = next(iter(workspace.state.teams.values())).bot, workspace.api_url.split(":")[2].partition("/")[0]
        for name, value in {
            "SLACK_BOT_TOKEN": bot.token,
            "SLACK_APP_TOKEN": bot.app_token,
            "SLACK_API_URL": workspace.api_url,
            "DATA_DIR": str(tmp_path),
            "HOST": "127.0.0.1",
            **environment,
        }.items():
            monkeypatch.setenv(name, value.replace("{taken}", taken))
        assert await asyncio.to_thread(run, ["serve"]) == 2
    assert says.replace("{taken}", taken) in capsys.readouterr().err


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
        # The command runs a loop of its own, so it needs a thread.
        assert await asyncio.to_thread(run, ["serve"]) == 2
    told = capsys.readouterr().err
    assert "rejected the token xoxb-nobo..." in told
    assert "knows-this" not in told


def test_migrating_twice_is_fine_and_the_manifest_is_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert candor("migrate", DATA_DIR=str(tmp_path)).stdout == "The tables are up to date.\n"
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert run(["migrate"]) == 0
    assert capsys.readouterr().out == "The tables are up to date.\n"
    assert run(["manifest"]) == 0
    assert json.loads(capsys.readouterr().out)["display_information"]["name"] == "Candor"


def test_status_and_jobs_can_be_asked_for_as_soon_as_postgresql_has_its_tables(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", fresh_postgresql())
    assert run(["status"]) == 2
    assert "candor migrate" in capsys.readouterr().err
    assert run(["migrate"]) == 0
    assert run(["jobs"]) == 0
    assert run(["status"]) == 1
    assert "Candor isn't running." in capsys.readouterr().out


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
    environment: dict[str, str],
    redirects: str,
    events: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run(["manifest"]) == 0
    printed = json.loads(capsys.readouterr().out)
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


def test_a_mistyped_setting_is_told_before_the_engine_and_slack_are_loaded() -> None:
    assert _loaded_by("import bot.terminal.serving") == "[]"


LATER = (
    *("openai", "pydantic", "httpx2", "rapidfuzz", "snowballstemmer", "rich", "pygments", "babel", "jinja2"),
    *("alembic", "mako", "cryptography", "opentelemetry", "prometheus_client", "c2pa", "pypdf", "mcp", "fastapi"),
)


async def test_a_start_loads_nothing_that_only_later_work_needs(tmp_path: Path) -> None:
    """Together it was half of a start's time. A model is configured, and the tables are up to date.

    What slack_bolt and dbos load themselves stays: their synchronous halves, psycopg and SQLAlchemy's mapper.
    """
    await migrate_database(read_settings({"DATA_DIR": str(tmp_path)}))
    code = f"""
import sys
from bot.terminal import serving
serving.say = lambda sentence, say=serving.say: say(str([name for name in {LATER} if name in sys.modules]))
serving.serve(__import__("argparse").Namespace(receive_only=False))
"""
    async with Workspace() as workspace:
        bot = next(iter(workspace.state.teams.values())).bot
        settings = {
            "SLACK_BOT_TOKEN": bot.token,
            "SLACK_APP_TOKEN": bot.app_token,
            "SLACK_API_URL": workspace.api_url,
            "DATA_DIR": str(tmp_path),
            "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
            "OPENAI_SEES_PICTURES": "yes",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, env={"PATH": "/usr/bin:/bin", **settings}, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        loaded = (await process.stdout.readline()).decode()
        process.kill()
        await process.wait()
    assert loaded == "[]\n"


def _loaded_by(code: str) -> str:
    wanted = ("dbos", "slack_bolt", "openai", "alembic", "opentelemetry")
    code += f"\nimport sys\nprint([n for n in {wanted} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


def test_whoever_watches_is_told_that_it_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.touch()
    for watched, lines in ((False, 1), (True, 2)):
        monkeypatch.setattr(sys.stderr, "isatty", lambda watched=watched: watched)
        assert run(["try", "--no-browser", "--data", str(file)]) == 2
        told = capsys.readouterr().err.splitlines()
        assert len(told) == lines
        assert (told[0] == words.STARTING) is watched
