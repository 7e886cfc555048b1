"""Candor's tools, asked by the protocol's own client: in the process, over HTTP, and over standard input and output."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import logging
import os
import signal
import socket
import sys
import time
from asyncio.subprocess import PIPE
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from slack_sdk.signature import SignatureVerifier

from bot.assemble.mcp import open_tools
from bot.core.brand.facts import Fact, FactKind
from bot.core.drafts import Author, Message, Place
from bot.core.errors import PersonCanFix
from bot.core.reviewing import subject_of
from bot.core.sign_off import Act, SignOffAct
from bot.core.words import mcp as words
from bot.mcp.door import PATH, DoorSettings, served
from bot.settings import read_settings
from bot.store.brand.facts import FactStore
from bot.store.database import Database
from bot.store.drafts import DraftStore
from bot.store.migrate import migrate
from bot.store.sign_off import SignOffStore
from bot.terminal.commands import run
from tests.databases import everything_in
from tests.databases import run as run_sql
from tests.model.server import ScriptedModel, critique, issue
from tests.store.samples import FixedClock

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable
    from pathlib import Path

    from mcp.types import CallToolResult

    from bot.core.guidelines import Library

BAIT = "Our new oven is here.\nTag three friends to win!"
APPROVED = "The bakery opens at six."
EVERYWHERE = "0.0.0.0"  # noqa: S104 - behind a token
TOKEN, SECRET, MARK = "a-token-that-nobody-can-guess", "5" * 32, "zebra-marker"


def first(answer: CallToolResult) -> str:
    """What it says in words."""
    return str(getattr(answer.content[0], "text", ""))


def data(answer: CallToolResult) -> dict[str, Any]:
    assert not answer.is_error, first(answer)
    assert answer.structured_content is not None
    return answer.structured_content


@asynccontextmanager
async def asked(workspace: str = "") -> AsyncGenerator[Client]:
    async with open_tools(read_settings(), workspace) as tools, Client(tools.server) as client:
        yield client


@pytest.fixture
async def remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with an approved text and a fact of workspace T1, and nothing of T2."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    (tmp_path / "engine.db").touch()
    url = f"sqlite:///{tmp_path / 'candor.db'}"
    database, clock, place = Database(url), FixedClock(), Place("T1", "C1", "1.0")
    await migrate(database)
    drafts = DraftStore(database, clock)
    await drafts.add(Message(place, Author.PERSON, "U1", APPROVED))
    state = await drafts.state(place.draft_id)
    assert state
    act = SignOffAct("k", Act.APPROVED, "U2", at=clock.now(), subject=subject_of(state))
    await SignOffStore(database).record(place.draft_id, act)
    fact = Fact("Delivery costs £4.", FactKind.PRICE, "price list", owner="U2", id="f1")
    await FactStore(database).save("T1", (fact,), (), changes=())
    await database.close()
    for team in ("T1", "T2"):
        run_sql(url, "INSERT INTO presence VALUES (:team, 1.0)", team=team)
    return url


async def test_without_a_database_or_a_model_drafts_get_fixed_checks_and_are_not_called_reviewed(
    tmp_path: Path, library: Library
) -> None:
    async with asked() as client:
        await _guidelines_are_listed_and_explained(client, len(library.in_force(frozenset()).guidelines))
        await _every_tool_says_what_it_takes_and_gives_and_only_reads(client)
        answer = await client.call_tool("review_draft", {"text": BAIT, "platform": "Instagram"})
        said = data(answer)
        assert (said["reviewed"], said["says"].startswith("Not reviewed: no language model")) == (False, True)
        assert first(answer).startswith(said["says"])
        assert (said["points"][0]["severity"], said["points"][0]["line"]) == ("must-fix", 2)
        assert said["points"][0]["quote"] == "Tag three friends to win"
        for wrong in ({"text": " "}, {"text": BAIT, "platform": "fax"}, {"text": "a" * 40_001}):
            assert (await client.call_tool("review_draft", wrong)).is_error
        for head, fault in (
            (": a: b", "Line 2: the front matter isn't valid YAML"),
            (": [x, ig]", "names 2 platforms (x, i"),
        ):
            refused = await client.call_tool("review_draft", {"text": f"---\nplatform{head}\n---\n{BAIT}"})
            assert (refused.is_error, fault in first(refused)) == (True, True)
        for tool, arguments in (("facts", {}), ("sign_off_status", {"text": APPROVED})):
            refused = await client.call_tool(tool, arguments)
            assert (refused.is_error, first(refused)) == (True, words.NO_WORKSPACE)
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a test may block


async def _guidelines_are_listed_and_explained(client: Client, number: int) -> None:
    assert len(data(await client.call_tool("guidelines"))["guidelines"]) == number
    named = await client.call_tool("why", {"guideline": "commercial disclosure"})
    one = data(named)
    assert (one["id"], bool(one["why"] and one["bad_examples"])) == ("transparency/commercial-disclosure", True)
    assert one["question"] in first(named)
    absent = await client.call_tool("why", {"guideline": "commercial disclosures"})
    assert (absent.is_error, "transparency/commercial-disclosure" in first(absent)) == (True, True)


async def _every_tool_says_what_it_takes_and_gives_and_only_reads(client: Client) -> None:
    tools = (await client.list_tools()).tools
    assert {tool.name for tool in tools} == words.TOOLS.keys() == words.TITLES.keys()
    for tool in tools:
        assert tool.output_schema
        assert tool.annotations
        assert (tool.annotations.read_only_hint, "ctx" in tool.input_schema["properties"]) == (True, False)
        assert all("description" in one for one in tool.input_schema["properties"].values())


@pytest.mark.usefixtures("remembered")
async def test_facts_and_sign_offs_are_those_of_one_workspace(tmp_path: Path) -> None:
    digest = hashlib.sha256(APPROVED.encode()).hexdigest()
    async with asked("T1") as client:
        (fact,) = data(await client.call_tool("facts"))["facts"]
        assert (fact["value"], fact["source"], "owner" in fact) == ("Delivery costs £4.", "price list", False)
        for question in ({"text": APPROVED}, {"sha256": digest.upper()}):
            answer = await client.call_tool("sign_off_status", question)
            assert data(answer) == {"signed_off": True, "at": "2023-11-14T22:13:20+00:00"}
            assert first(answer) == "Signed off on 14 November 2023: exactly this text."
        for other in ({"text": f"{APPROVED} "}, {"sha256": "0" * 64}):
            assert not data(await client.call_tool("sign_off_status", other))["signed_off"]
        for wrong in ({}, {"text": APPROVED, "sha256": digest}, {"sha256": "abc"}):
            assert first(await client.call_tool("sign_off_status", wrong)) == words.ONE_OF_BOTH
    async with asked("T2") as client:
        assert data(await client.call_tool("facts"))["facts"] == []
        for question in ({"text": APPROVED}, {"sha256": digest}):
            assert not data(await client.call_tool("sign_off_status", question))["signed_off"]
    with pytest.raises(PersonCanFix, match="--workspace: T1, T2"):
        async with asked():
            pass
    (tmp_path / "engine.db").unlink()
    async with asked("T1") as client:  # the sheet is in the other one
        assert data(await client.call_tool("facts"))["facts"]
    (tmp_path / "candor.db").unlink()
    with pytest.raises(PersonCanFix):
        async with asked("T1"):
            pass


async def test_a_model_reviews_within_the_budget_and_nothing_of_the_text_is_kept(
    remembered: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    text = f"{BAIT} {MARK}"
    monkeypatch.setattr("bot.store.settings._GOOD", -1.0)  # so that a table that is gone is missed at once
    async with ScriptedModel() as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        monkeypatch.setenv("OPENAI_MODEL", "m")
        model.will(critique(issue("Our new oven", "authenticity/one-story", why="It isn't new.")))
        model.will(critique())
        with caplog.at_level(logging.WARNING):
            async with asked("T1") as client:
                answer = await client.call_tool("review_draft", {"text": text})
                assert (data(answer)["reviewed"], first(answer)[:9]) == (True, f"{len(data(answer)['points'])} changes")
                quotes = {point["quote"] for point in data(answer)["points"]}
                assert {"Our new oven", "Tag three friends to win"} <= quotes
        spent = run_sql(remembered, "SELECT reviews FROM spending WHERE team = 'T1' AND purpose = ''")
        assert spent == [(1,), (1,)]
        monkeypatch.setenv("MONTHLY_BUDGET", "1 token")
        async with asked("T1") as client:
            calls = len(model.requests)
            answer = await client.call_tool("review_draft", {"text": BAIT})
            assert data(answer)["says"].startswith("Not reviewed: Candor's budget for this month is used up")
            assert len(model.requests) == calls
            run_sql(remembered, "DROP TABLE workspace_settings")
            failed = await client.call_tool("review_draft", {"text": text})
            assert (failed.is_error, first(failed)) == (True, words.FAILED)
    assert MARK.encode() not in everything_in(remembered, tmp_path)
    assert ("a tool failed" in caplog.text, MARK in caplog.text) == (True, False)


# Over HTTP.


@asynccontextmanager
async def over_http(monkeypatch: pytest.MonkeyPatch, **environment: str) -> AsyncGenerator[str]:
    for name, value in ({"MCP_TOKEN": TOKEN} | environment).items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    async with open_tools(settings, "T1") as tools, tools.over_http(settings, "127.0.0.1", 0) as url:
        yield url


def listing(**meta: Any) -> bytes:
    return json.dumps(
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "facts", "arguments": {}, "_meta": meta}}
    ).encode()


JSON = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def signed(body: bytes, secret: str = SECRET, at: float = 0.0) -> dict[str, str]:
    stamp = str(int(at or time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": str(signature)}


@pytest.mark.usefixtures("remembered")
async def test_whoever_has_the_token_is_answered_and_everybody_else_turned_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with over_http(monkeypatch) as url, httpx2.AsyncClient(headers=JSON) as http:
        async with httpx2.AsyncClient(headers=BEARER) as known:
            for mode in ("auto", "legacy"):
                async with Client(streamable_http_client(url, http_client=known), mode=mode) as client:
                    status = await client.call_tool("sign_off_status", {"text": APPROVED})
                    assert data(status)["signed_off"] is True

        async def code(headers: dict[str, str], body: bytes = b"{}", path: str = "") -> int:
            return (await http.post(path or url, content=body, headers=headers)).status_code

        wrong: tuple[dict[str, str], ...] = ({}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": TOKEN})
        assert [await code(one) for one in wrong] == [401, 401, 401]
        assert await code(signed(listing()), listing()) == 401  # no signing secret is set
        assert await code(BEARER | {"Host": "evil.example"}, listing()) == 421
        assert await code(BEARER | {"Origin": "http://evil.example"}, listing()) == 403
        assert await code(BEARER, b"x" * (512 * 1024 + 1)) == 413
        assert await code(BEARER, listing(), url.replace(PATH, "/elsewhere")) == 404
        assert (await http.get(url, headers=BEARER)).status_code == 405
        for right in (BEARER, {"Authorization": f"bearer {TOKEN}"}):
            assert await code(right, listing()) == 200


@pytest.mark.usefixtures("remembered")
async def test_slackbot_asks_for_the_workspace_that_slack_signed_and_for_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with over_http(monkeypatch, SLACK_SIGNING_SECRET=SECRET) as url, httpx2.AsyncClient(headers=JSON) as http:

        async def ask(body: bytes, headers: dict[str, str]) -> tuple[int, str]:
            answer = await http.post(url, content=body, headers=headers)
            return answer.status_code, answer.text

        ours, other, unknown = (listing(slack={"team_id": team, "user_id": "U1"}) for team in ("T1", "T2", "T9"))
        code, said = await ask(ours, signed(ours))
        assert (code, "Delivery costs" in said) == (200, True)
        code, said = await ask(other, signed(other))
        assert (code, "Delivery costs" in said) == (200, False)
        code, said = await ask(listing(), signed(listing()))
        assert (code, words.NO_WORKSPACE in said) == (200, True)
        forged = ((unknown, signed(unknown)), (ours, signed(other)), (ours, signed(ours, "6" * 32)))
        assert [(await ask(*one))[0] for one in forged] == [401, 401, 401]
        assert (await ask(ours, signed(ours, at=time.time() - 400)))[0] == 401
        wrong: tuple[tuple[bytes, dict[str, bytes]], ...] = (
            (ours, {"X-Slack-Request-Timestamp": b"soon"}),
            (ours, {"X-Slack-Request-Timestamp": b"9" * 5000}),
            (ours, {"X-Slack-Signature": b"v0=\xe9"}),
            (b"\xff", {}),
        )
        for body, headers in wrong:
            given = {name: value.encode() for name, value in signed(ours).items()} | headers
            sent = [(name.encode(), value) for name, value in given.items()]
            assert (await http.post(url, content=body, headers=sent)).status_code == 401
        deep = b"[" * 100_000
        assert (await ask(deep, signed(deep)))[0] == 400


async def test_whoever_sends_or_asks_too_slowly_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.mcp.door._BODY", 0.05)

    async def slowly() -> AsyncGenerator[bytes]:
        yield b"{"
        await asyncio.sleep(0.5)

    async def nobody(_: str) -> bool:
        return False

    async with open_tools(read_settings()) as tools:
        for longest, status in ((5.0, 408), (0.01, 504)):
            door = DoorSettings(TOKEN, "", longest=longest)
            async with served(tools.server, door, nobody) as port, httpx2.AsyncClient(headers=BEARER) as http:
                answer = await http.post(f"http://127.0.0.1:{port}{PATH}", content=slowly())
                assert answer.status_code == status


async def test_connections_that_only_stay_open_keep_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.mcp.door._BODY", 0.05)
    monkeypatch.setattr("bot.mcp.door._CONNECTIONS", 3)

    async def nobody(_: str) -> bool:
        return False

    async with open_tools(read_settings()) as tools, served(tools.server, DoorSettings(TOKEN, ""), nobody) as port:
        silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        silent[0][1].write(b"POST /mcp HTTP/1.1\r\nX: ")
        for reader, writer in silent:
            assert await asyncio.wait_for(reader.read(), 5) == b""
            writer.close()
        async with httpx2.AsyncClient(headers=BEARER | JSON) as http:
            assert (await http.post(f"http://127.0.0.1:{port}{PATH}", content=listing())).status_code == 200


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a machine is 127.0.0.1 alone")
async def test_whoever_takes_all_places_or_never_reads_leaves_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.mcp.door._CONNECTIONS", 2)  # so one address has one
    monkeypatch.setattr("bot.mcp.door._BODY", 1.0)
    asking, loop = b"POST /mcp HTTP/1.1\r\nHost: x\r\n\r\n", asyncio.get_running_loop()

    async def nobody(_: str) -> bool:
        return False

    def connected(address: str) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", port), source_address=(address, 0))
        made.settimeout(0)
        return made

    async def is_answered(address: str, of: socket.socket | None = None) -> bool:
        with of or connected(address) as one, suppress(ConnectionError):
            await loop.sock_sendall(one, asking)
            return await loop.sock_recv(one, 12) == b"HTTP/1.1 401"
        return False

    async def answered_at_last(address: str) -> bool:
        while not await is_answered(address):
            await asyncio.sleep(0.02)
        return True

    async with open_tools(read_settings()) as tools, served(tools.server, DoorSettings(TOKEN, ""), nobody) as port:
        with connected("127.0.0.1") as idle:
            assert await is_answered("127.0.0.1")  # in place of the one before
            assert await is_answered("127.0.0.1", of=idle) is False
        with connected("127.0.0.1") as silent:
            silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            await loop.sock_sendall(silent, asking * 4_000)  # and nobody reads the answers
            assert await is_answered("127.0.0.2")
            assert await asyncio.wait_for(answered_at_last("127.0.0.1"), 20)


async def test_without_a_token_or_a_free_port_nothing_listens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await asyncio.to_thread(run, ["mcp", "--http"]) == 2
    assert "MCP_TOKEN isn't set." in capsys.readouterr().err
    monkeypatch.setenv("MCP_TOKEN", "short")
    assert await asyncio.to_thread(run, ["mcp", "--http"]) == 2
    assert "at least 24" in capsys.readouterr().err
    monkeypatch.setenv("MCP_TOKEN", TOKEN)
    settings = read_settings()
    async with open_tools(settings) as tools, tools.over_http(settings, "127.0.0.1", 0) as url:
        taken = url.partition(PATH)[0].rpartition(":")[2]
        assert await asyncio.to_thread(run, ["mcp", "--http", "--port", taken]) == 2
    assert f"--port {taken}: another program is using that port." in capsys.readouterr().err
    for host in ("203.0.113.7", "nowhere.invalid", "a" * 64):
        assert await asyncio.to_thread(run, ["mcp", "--http", "--host", host, "--port", "0"]) == 2
        assert f"--host {host}: this machine has no such address." in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--host", "127.0.0.1"], ["--port", "0"]])
def test_options_of_http_are_refused_without_it(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["mcp", *option])
    assert ended.value.code == 2
    assert f"{option[0]} does nothing without --http" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"candor.db": b""}, "The database tables are out of date."),
        ({"engine.db": b""}, "The database tables are out of date."),
        ({"candor.db": b"no database " * 100, "engine.db": b""}, "its file is damaged"),
    ],
)
def test_half_or_damaged_databases_are_told_and_nothing_is_served_in_their_place(
    files: dict[str, bytes],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    for name, holds in files.items():
        (tmp_path / name).write_bytes(holds)
    assert run(["mcp"]) == 2
    assert says in capsys.readouterr().err


def process_of(
    folder: Path, *arguments: str, stdout: int = PIPE, **environment: str
) -> Awaitable[asyncio.subprocess.Process]:
    return asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "mcp", *arguments),
        stdin=PIPE,
        stdout=stdout,
        stderr=PIPE,
        env={"PATH": "/usr/bin:/bin", "DATA_DIR": str(folder), "TMPDIR": str(folder), **environment},
    )


def begin(process: asyncio.subprocess.Process) -> None:
    """What a client says first; it keeps standard input open."""
    client = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "c", "version": "1"}}
    said = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": client})
    assert process.stdin
    process.stdin.write(f"{said}\n".encode())


async def printed(stream: asyncio.StreamReader | None) -> str:
    assert stream
    return (await asyncio.wait_for(stream.readline(), 60)).decode()


@pytest.mark.parametrize(
    ("host", "public", "told"),
    [
        ("127.0.0.1", "", ""),
        (EVERYWHERE, "", words.answers_only(["127.0.0.1", "localhost"])),
        ("127.1", "", words.answers_only(["127.0.0.1", "localhost", "127.1"])),
        (EVERYWHERE, "https://candor.example.com", ""),
    ],
)
async def test_whom_it_answers_is_told_at_the_start(host: str, public: str, told: str, tmp_path: Path) -> None:
    given = {"MCP_TOKEN": TOKEN, "PUBLIC_URL": public}
    process = await process_of(tmp_path, "--http", "--host", host, "--port", "0", stdout=PIPE, **given)
    address = (await printed(process.stdout)).split()[4].replace(host, "127.0.0.1").rstrip(".")
    ours = public.removeprefix("https://") or host
    async with httpx2.AsyncClient(headers=BEARER | JSON) as http:
        for name, code in ((ours, 200), ("127.0.0.1", 200), ("a.example", 421)):
            assert (await http.post(address, content=listing(), headers={"Host": name})).status_code == code
    process.send_signal(signal.SIGINT)
    _, errors = await asyncio.wait_for(process.communicate(), 60)
    assert errors.decode().splitlines()[1:] == ([told] if told else [])
    assert process.returncode == 0


def test_a_client_that_starts_it_in_somebody_elses_project_gets_nothing_of_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    (tmp_path / ".env").write_text("DATABASE_URL=mysql://shop\nMCP_TOKEN=short\n", encoding="utf-8")
    assert run(["mcp"]) == 0
    nothing = words.remembers_nothing(str(tmp_path / ".candor"))
    assert capsys.readouterr().err == f"{words.ENV_LEFT_OUT}\n{nothing}\n"
    for named in (["--env-file", ".env"], ["--http"]):
        assert run(["mcp", *named]) == 2
        assert "DATABASE_URL: this isn't a PostgreSQL address" in capsys.readouterr().err
    (tmp_path / ".env").unlink()
    (tmp_path / ".candor").mkdir()
    assert run(["mcp"]) == 2
    assert capsys.readouterr().err == f"{words.whose_database(str(tmp_path / '.candor'))}\n"
    monkeypatch.setenv("DATA_DIR", ".candor")
    assert run(["mcp"]) == 0


async def test_it_ends_without_a_traceback_when_its_client_no_longer_reads(tmp_path: Path) -> None:
    nobody_reads, write = os.pipe()
    os.close(nobody_reads)
    process = await process_of(tmp_path, stdout=write)
    os.close(write)

    async def asked_until_it_ends() -> None:
        while process.returncode is None:
            begin(process)
            await asyncio.sleep(0.05)

    await asyncio.wait_for(asked_until_it_ends(), 60)
    assert process.stderr
    errors = await process.stderr.read()
    assert errors.decode() == f"{words.remembers_nothing(str(tmp_path))}\n"
    assert process.returncode == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_ends_when_told_to_though_its_client_keeps_standard_input_open(
    number: signal.Signals, tmp_path: Path
) -> None:
    process = await process_of(tmp_path)
    begin(process)
    assert "Candor reviews draft posts" in await printed(process.stdout)
    assert await printed(process.stderr) == f"{words.remembers_nothing(str(tmp_path))}\n"
    process.send_signal(number)
    assert await asyncio.wait_for(process.wait(), 60) == 0
    assert process.stdout
    assert process.stderr
    assert (await process.stdout.read(), await process.stderr.read()) == (b"", b"")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a test may block


async def test_over_standard_input_and_output_it_is_a_process_of_its_own(tmp_path: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "bot", "mcp"], env={"DATA_DIR": str(tmp_path)}, cwd=str(tmp_path)
    )
    async with Client(command) as client:
        assert data(await client.call_tool("review_draft", {"text": BAIT}))["reviewed"] is False
