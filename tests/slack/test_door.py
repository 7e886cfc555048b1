"""The HTTP endpoint against strangers: each guard of docs/security.md, "The door", with the attack that it stops."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import json
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.core.ports import SystemClock
from bot.slack.app import WebReceiver, bolt_app
from bot.slack.channels import SlackNames
from bot.slack.listeners import Listener, Messages, register
from bot.slack.wire import door
from bot.slack.wire.clients import Clients, Late, WorkspaceClient, client_for
from bot.slack.wire.door import NotSigned, OpenConnections, Refusals
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.watching import SeenRequestStore
from tests.databases import fresh

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence
    from pathlib import Path

    from slack_bolt.async_app import AsyncApp

    from bot.core.drafts import MessageEvent

SECRET = "8f742231b10e8888abcd99"
FORGED = "message\n2026-01-01 00:00:00 CRITICAL bot.security: admin password reset"


class Door:
    """A receiver on loopback, and what it took."""

    def __init__(self, port: int, session: aiohttp.ClientSession) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}/slack/events"
        self.session = session
        self.writers: list[asyncio.StreamWriter] = []

    async def post(self, body: bytes, headers: dict[str, str] | None = None, *, url: str = "") -> int:
        sent = {"Content-Type": "application/json"} | (signed(body) if headers is None else headers)
        async with self.session.post(url or self.url, data=io.BytesIO(body), headers=sent) as response:
            return response.status

    async def half(self, sent: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writers.append(writer)
        writer.write(sent)
        await writer.drain()
        return reader, writer

    async def close(self) -> None:
        for writer in self.writers:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def healthy(self) -> bool:
        async with self.session.get(f"http://127.0.0.1:{self.port}/healthz") as response:
            return response.status == 200


class Moving:
    """A clock that a test moves."""

    moment = 1_800_000_000.0

    def now(self) -> float:
        return self.moment

    async def sleep(self, seconds: float) -> None:
        raise NotImplementedError


def signed(body: bytes, *, at: str = "", secret: str = SECRET) -> dict[str, str]:
    stamp = at or str(int(SystemClock().now()))
    digest = hmac.new(secret.encode(), b"v0:%s:%s" % (stamp.encode(), body), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def head(length: int, headers: dict[str, str]) -> bytes:
    """The headers of a request whose body is still to come."""
    lines = [f"{name}: {value}\r\n" for name, value in headers.items()]
    return f"POST /slack/events HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n{''.join(lines)}\r\n".encode()


def message(text: str = "hello") -> bytes:
    event = {"type": "message", "channel": "C1", "user": "U1", "ts": "1700000000.000100", "text": text}
    return json.dumps({"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}).encode()


def did(payload: dict[str, Any]) -> bytes:
    """As Slack sends what people do."""
    who = {"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}, "trigger_id": "t"}
    return urlencode({"payload": json.dumps({**payload, **who})}).encode()


def clients() -> Clients:
    return Clients(
        [WorkspaceClient("T1", "", "U0BOT", bot_id="B1", client=client_for("xoxb-1", "http://127.0.0.1:9/api/"))]
    )


@pytest.fixture
def taken() -> list[MessageEvent]:
    return []


@pytest.fixture
def app(taken: list[MessageEvent]) -> AsyncApp:
    known = clients()
    app = bolt_app(known, SECRET)

    async def receive(event: MessageEvent) -> None:
        taken.append(event)

    take = Messages(receive, SlackNames(known, SystemClock()), known).take
    register(app, [Listener("event", "message", take)])
    return app


@pytest.fixture
async def receiver(app: AsyncApp) -> AsyncGenerator[WebReceiver]:
    async def ready() -> bool:
        return True

    receiver = WebReceiver((app, SECRET), ("127.0.0.1", 0), ready, clock=SystemClock())
    yield receiver
    await receiver.stop()


@pytest.fixture
async def opened(receiver: WebReceiver) -> AsyncGenerator[Door]:
    async with aiohttp.ClientSession() as session:
        opened = Door(await receiver.start(), session)
        yield opened
        await opened.close()


async def is_cut_off(reader: asyncio.StreamReader) -> bool:
    """Without an answer."""
    async with asyncio.timeout(2):
        with suppress(ConnectionError):
            return await reader.read() == b""
        return True


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Request-Timestamp": "x", "X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Request-Timestamp": "١٧٠٠٠٠٠٠٠٠", "X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Request-Timestamp": "9" * 30, "X-Slack-Signature": "v0=" + "0" * 64},
        signed(message(FORGED), secret="another"),
        signed(message(FORGED), at="1700000000"),
        signed(message("other words")),
        {name: value.replace("v0=", "v1=") for name, value in signed(message(FORGED)).items()},
    ],
)
async def test_what_is_not_signed_is_sent_away_without_a_word_of_it_in_the_log(
    opened: Door, taken: list[MessageEvent], caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    forged = json.dumps({"type": FORGED, "event": {"type": FORGED}}).encode()
    for body in (message(FORGED), forged, b"{", b"\xff\xfe", b""):
        assert await opened.post(body, headers) == 401
    assert taken == []
    assert "admin password" not in caplog.text
    assert len(caplog.text.splitlines()) == 1


@pytest.mark.parametrize(
    ("timestamp", "signature"),
    [
        ("x", "v0=" + "0" * 64),
        ("", "v0=" + "0" * 64),
        ("-1800000000", "v0=" + "0" * 64),
        ("١٨٠٠٠٠٠٠٠٠", "v0=" + "0" * 64),
        ("9" * 5000, "v0=" + "0" * 64),
        ("1799999699", "v0=" + "0" * 64),
        ("1800000301", "v0=" + "0" * 64),
        ("1800000000", "v1=" + "0" * 64),
        ("1800000000", "0" * 64),
        ("1800000000", "v0=" + "0" * 63),
        ("1800000000", "v0=" + "é" * 64),
        ("1800000000", "v0=" + "A" * 64),
    ],
)
def test_timestamp_and_signature_have_a_form_before_a_body_is_read(timestamp: str, signature: str) -> None:
    signatures = door.Signatures(SECRET, Moving())
    names = ("X-Slack-Request-Timestamp", "X-Slack-Signature")
    right = ("1800000000", "v0=" + "0" * 64)
    assert signatures.claimed({name: [value] for name, value in zip(names, right, strict=True)}) == right
    given: dict[str, list[str]] = dict(zip(names, ([timestamp], [signature]), strict=True))
    for wrong in (given, {names[0]: [right[0]] * 2, names[1]: [right[1]]}, {names[0]: [right[0]]}):
        with pytest.raises(NotSigned):
            signatures.claimed(wrong)


async def test_thousands_of_strangers_are_one_line_a_minute(
    opened: Door, receiver: WebReceiver, caplog: pytest.LogCaptureFixture
) -> None:
    big = json.dumps({"type": "A" * 100_000}).encode()
    stranger = {"X-Slack-Request-Timestamp": "x"}
    for _ in range(50):
        assert await opened.post(big, stranger) == 401
    for _ in range(20):
        reader, _ = await opened.half(b"GET / HTTP/1.1\r\nno header at all\r\n\r\n")
        await reader.read()
    assert len(caplog.text) < 300
    await receiver.stop()
    said = [record.getMessage() for record in caplog.records]
    assert said[0] == "the door refused 1 unsigned or wrongly signed requests"
    assert "49 unsigned or wrongly signed requests" in said[1]
    assert "requests that were not HTTP" in said[1]
    assert len(said) == 2


async def test_slack_is_heard_and_its_words_arrive(opened: Door, taken: list[MessageEvent]) -> None:
    assert await opened.post(message()) == 200
    assert len(taken) == 1


@pytest.mark.parametrize("body", [b"{", b"[1]", b"null", b'"x"', b"\xff", b"[" * 100_000, b'{"authorizations": 7}'])
async def test_what_is_signed_and_unreadable_is_refused_with_one_line_without_its_words(
    opened: Door, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    assert await opened.post(body) == 400
    assert len(caplog.text.splitlines()) == 1
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("kind", [FORGED, "A" * 100_000, "x y", "é"])
async def test_a_signed_request_with_an_odd_name_cannot_write_a_line_of_the_log(
    opened: Door, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    body = {"type": kind, "team_id": "T1", "event": {"type": "message", "ts": 5, "user": "U1", "channel": kind}}
    assert await opened.post(json.dumps(body).encode()) in {200, 400, 500}
    assert "CRITICAL" not in caplog.text
    assert len(caplog.text) < 500


async def test_the_name_of_what_failed_is_a_name(opened: Door, app: AsyncApp, caplog: pytest.LogCaptureFixture) -> None:
    async def on_forged() -> None:
        raise OSError

    listening: Any = app
    listening.event(FORGED)(on_forged)
    body = json.dumps({"type": "event_callback", "team_id": "T1", "event": {"type": FORGED}}).encode()
    assert await opened.post(body) == 500
    assert "a request from Slack could not be taken: OSError" in caplog.text
    assert "CRITICAL" not in caplog.text


async def test_a_body_above_two_megabytes_is_not_read(opened: Door) -> None:
    reader, _ = await opened.half(head(door.LARGEST + 1, signed(b"")))
    async with asyncio.timeout(2):
        assert b" 413 " in await reader.readline(), "told by its length, before it is sent"

    async def in_pieces() -> AsyncGenerator[bytes]:
        for _ in range(40):
            yield b"a" * 65_536

    async with opened.session.post(opened.url, data=in_pieces(), headers=signed(b"")) as response:
        assert response.status == 413


async def test_bodies_that_are_not_believed_yet_have_one_limit_together_and_the_largest_gives_way(
    opened: Door, taken: list[MessageEvent], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "_HELD", 1000)
    reader, _ = await opened.half(head(5000, signed(b"")) + b"a" * 900)
    await asyncio.sleep(0.05)
    assert await opened.post(b"b" * 990, signed(b"")) == 413
    assert not reader.at_eof()
    assert await opened.post(message(), signed(message())) == 200
    assert len(taken) == 1
    assert await is_cut_off(reader)


async def test_a_packed_body_is_not_unpacked(opened: Door, taken: list[MessageEvent]) -> None:
    packed = zlib.compress(message())
    assert await opened.post(packed, signed(packed) | {"Content-Encoding": "deflate"}) == 400
    assert taken == []


@pytest.mark.parametrize(
    "sent", [b"", b"POST /slack/events HTTP/1.1\r\nHost: a\r\nX-A: ", b"GET /healthz HTTP/1.1\r\n"]
)
async def test_who_does_not_finish_the_headers_is_cut_off(
    opened: Door, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(door, "PATIENCE", 0.2)
    reader, writer = await opened.half(sent)
    cut = asyncio.create_task(is_cut_off(reader))
    for _ in range(12):
        writer.write(b"b" if sent else b"")  # a byte now and then buys no time
        await asyncio.sleep(0.05)
    assert cut.done()
    assert await cut


async def test_who_does_not_finish_the_body_is_cut_off(opened: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "PATIENCE", 0.2)
    reader, _ = await opened.half(head(50, signed(b"")) + b"{")
    assert await is_cut_off(reader)


async def test_a_body_has_a_time_of_its_own(
    opened: Door, taken: list[MessageEvent], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "PATIENCE", 1.0)
    start, rest = head(len(message()), signed(message()))[:9], head(len(message()), signed(message()))[9:]
    reader, writer = await opened.half(start)
    await asyncio.sleep(0.7)
    writer.write(rest)
    await asyncio.sleep(0.7)
    writer.write(message())
    async with asyncio.timeout(2):
        assert b" 200 " in await reader.readline()
    assert len(taken) == 1


async def test_however_many_half_requests_stand_open_slack_gets_in(
    receiver: WebReceiver, taken: list[MessageEvent]
) -> None:
    connections = vars(receiver)["_connections"]
    connections.places, vars(connections)["_of_one"] = 16, 12
    async with aiohttp.ClientSession() as session:
        opened = Door(await receiver.start(), session)
        halves = [await opened.half(b"POST /slack/events HTTP/1.1\r\n") for _ in range(60)]
        assert await opened.post(message()) == 200
        assert await opened.healthy()
        assert len(connections) <= 12
        assert len(halves) == 60
        await opened.close()
    assert len(taken) == 1


async def test_who_has_one_address_leaves_room_for_the_others() -> None:
    class Somebody:
        is_busy = True

        def __init__(self, address: str) -> None:
            self.address = address

        def end(self) -> None:
            raise AssertionError

    connections = OpenConnections(Refusals(), 8)
    admit: Any = connections.admit
    assert [admit(Somebody("1.1.1.1")) for _ in range(7)] == [True] * 6 + [False]
    assert [admit(Somebody("2.2.2.2")) for _ in range(3)] == [True] * 2 + [False]


async def test_a_stop_beside_half_requests_takes_a_moment(opened: Door, receiver: WebReceiver) -> None:
    for sent in (b"POST /slack/events HTTP/1.1\r\n", head(9, signed(b"")) + b"{"):
        for _ in range(3):
            await opened.half(sent)
    await asyncio.sleep(0.05)
    async with asyncio.timeout(2):
        await receiver.stop()


async def test_a_stop_waits_a_few_seconds_for_what_is_being_answered(
    app: AsyncApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.app._STOPPING", 0.2)
    begun = asyncio.Event()

    async def on_open() -> None:
        begun.set()
        await asyncio.sleep(30)

    async def ready() -> bool:
        return True

    listening: Any = app
    listening.event("app_home_opened")(on_open)
    receiver = WebReceiver((app, SECRET), ("127.0.0.1", 0), ready, clock=SystemClock())
    body = json.dumps({"type": "event_callback", "team_id": "T1", "event": {"type": "app_home_opened"}}).encode()
    async with aiohttp.ClientSession() as session:
        opened = Door(await receiver.start(), session)
        await opened.half(head(len(body), signed(body)) + body)
        async with asyncio.timeout(3):
            await begun.wait()
            await receiver.stop()
        await opened.close()


async def test_a_request_too_long_or_with_too_many_headers_is_refused(opened: Door) -> None:
    for headers in ({f"X-{number}": "a" for number in range(80)}, {"X-A": "a" * 5000}):
        assert await opened.post(message(), signed(message()) | headers) == 400
    assert await opened.post(message(), None, url=f"{opened.url}?{'q' * 5000}") == 400


async def test_the_same_request_again_has_no_effect(opened: Door, taken: list[MessageEvent]) -> None:
    headers = signed(message())
    assert [await opened.post(message(), headers) for _ in range(3)] == [200] * 3
    assert len(taken) == 1
    later = signed(message(), at=str(int(SystemClock().now()) + 1))
    assert await opened.post(message(), later) == 200
    assert len(taken) == 2, "Slack's own repetition is signed anew"


KINDS = {
    "event": message(),
    "click": did({"type": "block_actions", "actions": [{"type": "button", "action_id": "a", "block_id": "b"}]}),
    "window": did({"type": "view_submission", "view": {"callback_id": "a", "type": "modal"}}),
    "menu": did({"type": "message_action", "callback_id": "a"}),
    "shortcut": did({"type": "shortcut", "callback_id": "a"}),
    "command": urlencode({"command": "/candor", "team_id": "T1", "user_id": "U1"}).encode(),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_copy_of_a_request_has_no_effect_at_another_receiver_either(kind: str, tmp_path: Path) -> None:
    database = Database(fresh("sqlite", tmp_path))
    await migrate(database)
    reached: list[str] = []

    async def ready() -> bool:
        return True

    def receiver() -> WebReceiver:
        app = bolt_app(clients(), SECRET)

        async def take(body: dict[str, Any], next_: Any) -> BoltResponse:
            assert next_
            reached.append(str(body))
            return BoltResponse(status=200 if len(reached) > 1 else 500)

        listening: Any = app
        listening.middleware(take)
        made = WebReceiver((app, SECRET), ("127.0.0.1", 0), ready, clock=SystemClock())
        made.shared_by(SeenRequestStore(database, SystemClock()))
        return made

    one, other = receiver(), receiver()
    body = KINDS[kind]
    headers = signed(body) | ({} if kind == "event" else {"Content-Type": "application/x-www-form-urlencoded"})
    async with aiohttp.ClientSession() as session:
        doors = [Door(await each.start(), session) for each in (one, other)]
        answers = [await opened.post(body, headers) for opened in (doors[0], doors[1], *doors, *doors)]
        assert answers == [500, 200, 200, 200, 200, 200], "what failed may come again"
        assert len(reached) == 2
        for opened in doors:
            await opened.close()
    for each in (one, other):
        await each.stop()
    await database.close()


async def test_a_request_that_failed_may_come_again(receiver: WebReceiver, app: AsyncApp) -> None:
    tries: list[int] = []

    async def on_open() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OSError

    listening: Any = app
    listening.event("app_home_opened")(on_open)

    async with aiohttp.ClientSession() as session:
        opened = Door(await receiver.start(), session)
        body = json.dumps({"type": "event_callback", "team_id": "T1", "event": {"type": "app_home_opened"}}).encode()
        headers = signed(body)
        assert [await opened.post(body, headers) for _ in range(3)] == [500, 200, 200]
    assert len(tries) == 2


async def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Moving()
    signatures = door.Signatures(SECRET, clock)
    seen = vars(signatures)["_seen"]
    for number in range(5):
        assert signatures.before(str(number)) is None
    assert signatures.before("3") is not None
    clock.moment += 601
    assert signatures.before("late") is None
    assert len(seen) == 1
    monkeypatch.setattr(door, "_REMEMBERED", 3)
    for number in range(9):
        signatures.before(f"more{number}")
    assert len(seen) == 3


async def test_the_server_does_not_say_what_it_is_made_of(opened: Door) -> None:
    async with opened.session.get(f"http://127.0.0.1:{opened.port}/nothing") as response:
        assert (response.status, response.headers["Server"]) == (404, "Candor")


def form(payload: dict[str, Any]) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"type": "event_callback", "team_id": "T1", "event": {"type": "message", **fields}}).encode()
        for fields in (
            {"user": "U1", "channel": "C1", "text": "without a time"},
            {"user": "U1", "ts": "1.0", "text": "without a channel"},
            {"user": "", "channel": "", "ts": "", "text": "blank"},
            {"subtype": "message_changed", "channel": "C1", "ts": "1.0"},
            {"subtype": "message_deleted", "channel": "C1", "ts": "1.0"},
            {"user": "U1", "channel": "C1", "ts": "1.0", "blocks": "no list"},
        )
    ]
    + [form({"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1"}, "actions": []})],
)
async def test_what_has_another_shape_than_slacks_is_acknowledged_and_logged_once(
    opened: Door, taken: list[MessageEvent], caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body.startswith(b"payload") else {}
    assert await opened.post(body, signed(body) | headers) == 200
    assert taken == []
    assert len(caplog.text.splitlines()) == 1
    assert "could not be read and was passed over" in caplog.text


@pytest.mark.parametrize("team", ["T1", "T9"])
@pytest.mark.parametrize("event", [None, [], "message", 7])
async def test_an_event_that_is_none_is_one_line(
    opened: Door, app: AsyncApp, caplog: pytest.LogCaptureFixture, event: object, team: str
) -> None:
    async def never() -> None:
        raise AssertionError

    listening: Any = app
    listening.event("app_home_opened")(never)
    listening.function("critique_draft", auto_acknowledge=False)(never)
    body = json.dumps({"type": "event_callback", "team_id": team, "event": event}).encode()
    assert await opened.post(body) in (200, 400)
    assert len(caplog.text.splitlines()) <= 1
    assert "Traceback" not in caplog.text


async def test_a_click_in_a_workspace_without_candor_is_acknowledged_though_its_address_leads_nowhere(
    opened: Door, caplog: pytest.LogCaptureFixture
) -> None:
    click = {"type": "block_actions", "team": {"id": "T2"}, "user": {"id": "U1"}, "actions": [{"action_id": "x"}]}
    for address in ("http://127.0.0.1:9/respond", ""):
        body = form({**click, "response_url": address})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        assert await opened.post(body, signed(body) | headers) == 200
    assert "Traceback" not in caplog.text


async def test_what_comes_from_an_unknown_workspace_is_not_taken_while_some_token_is_unanswered(
    taken: list[MessageEvent],
) -> None:
    late = Late("http://127.0.0.1:9/api/", SystemClock())
    late.tokens.append("xoxb-2")
    known = Clients(clients(), late)
    app = bolt_app(known, SECRET)

    async def receive(event: MessageEvent) -> None:
        taken.append(event)

    register(app, [Listener("event", "message", Messages(receive, SlackNames(known, SystemClock()), known).take)])
    theirs = message().replace(b'"T1"', b'"T2"').decode()

    async def status(body: str) -> int:
        return (await app.async_dispatch(AsyncBoltRequest(body=body, headers=signed_for_bolt(body)))).status

    assert await status(theirs) == 503
    assert await status(message().decode()) == 200
    assert len(taken) == 1
    late.tokens.clear()
    assert await status(theirs) == 200, "nobody awaits it: Candor is not installed there"


def signed_for_bolt(body: str) -> dict[str, str | Sequence[str]]:
    return {**signed(body.encode()), "content-type": "application/json"}
