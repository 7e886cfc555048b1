from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Workspace
from bot.workspace.state import another_team, default_state

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from tests.workspace.sdk import App, Client


async def test_a_ticket_is_good_once(workspace: Workspace, client_of: Callable[[Workspace, str], Client]) -> None:
    opened = await client_of(workspace, "xapp-harbor-candor").apps_connections_open(app_token="xapp-harbor-candor")
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(str(opened["url"])) as socket:
            assert (await socket.receive_json())["type"] == "hello"
        async with session.get(str(opened["url"])) as again:
            assert again.status == 404


async def test_a_ticket_is_too_old_after_half_a_minute(
    workspace: Workspace, client_of: Callable[[Workspace, str], Client]
) -> None:
    opened = await client_of(workspace, "xapp-harbor-candor").apps_connections_open(app_token="xapp-harbor-candor")
    workspace.advance(31)
    async with aiohttp.ClientSession() as session, session.get(str(opened["url"])) as answer:
        assert answer.status == 404


@pytest.mark.parametrize("workspace", [{"ack_seconds": 0.3}], indirect=True)
async def test_an_event_that_nobody_acknowledges_comes_again(
    workspace: Workspace, app: App, connect: Callable[[], Awaitable[object]]
) -> None:
    attempts: list[tuple[object, object]] = []

    @app.event("message")
    async def fail_twice(body: dict[str, Any], request: Any) -> None:
        attempts.append((body["event_id"], request.headers.get("x-slack-retry-num")))
        if len(attempts) < 3:
            message = "broken for now"
            raise RuntimeError(message)

    await connect()
    workspace.post("#drafts", "Patience.")
    await workspace.delivered()
    assert len({event_id for event_id, _ in attempts}) == 1
    assert [number for _, number in attempts] == [["0"], ["1"], ["2"]]
    assert not workspace.courier.lost


async def test_a_held_acknowledgement_counts_as_none(
    workspace: Workspace, events: list[dict[str, Any]], connect: Callable[[], Awaitable[object]]
) -> None:
    await connect()
    workspace.faults.hold_acks = 1
    workspace.post("#drafts", "Twice.")
    await workspace.delivered()
    assert len(events) == 2
    envelopes = workspace.traffic.envelopes("events_api")
    assert [(envelope["retry_attempt"], envelope["retry_reason"]) for envelope in envelopes] == [
        (0, ""),
        (1, "timeout"),
    ]


async def test_events_wait_in_order_for_a_socket(
    workspace: Workspace, events: list[dict[str, Any]], connect: Callable[[], Awaitable[object]]
) -> None:
    for number in range(5):
        workspace.post("#drafts", f"{number}")
    await connect()
    await workspace.delivered()
    assert [event["text"] for event in events] == ["0", "1", "2", "3", "4"]


async def test_what_nobody_fetched_is_lost() -> None:
    async with Workspace(retries=(0, 0, 0), patience=0.01) as workspace:
        workspace.post("#drafts", "Anybody?")
        await workspace.delivered()
        assert [parcel.payload["event"]["text"] for parcel in workspace.courier.lost] == ["Anybody?"]


async def test_the_clock_brings_the_later_attempts_forward() -> None:
    async with Workspace(patience=0.01) as slow:
        slow.post("#drafts", "Hello?")
        await slow.until(lambda: len([e for e in slow.traffic if "not ack" in e.get("what", "")]) == 2)
        slow.advance(60)
        await slow.until(lambda: len([e for e in slow.traffic if "not ack" in e.get("what", "")]) == 3)
        slow.advance(300)
        await slow.delivered()
        assert len(slow.courier.lost) == 1


async def test_two_sockets_share_the_events(
    workspace: Workspace, events: list[dict[str, Any]], connect: Callable[[], Awaitable[object]]
) -> None:
    await connect()
    await connect()
    assert workspace.sockets.count() == 2
    for number in range(6):
        workspace.post("#drafts", f"{number}")
    await workspace.delivered()
    assert len(events) == 6


async def test_a_dropped_socket_comes_back(
    workspace: Workspace, events: list[dict[str, Any]], connect: Callable[[], Awaitable[Any]]
) -> None:
    await connect()
    await workspace.sockets.refresh()
    await workspace.until(lambda: len([e for e in workspace.traffic if e.get("what") == "connected"]) == 2)
    workspace.post("#drafts", "Still there?")
    await workspace.until(lambda: bool(events))
    assert workspace.sockets.drop() >= 1
    assert workspace.sockets.count() == 0


async def test_a_second_team_shares_the_socket_but_not_the_messages() -> None:
    state = default_state()
    state.add_team(another_team("T0NORTH", "Northlight", state.first))
    async with Workspace(state) as workspace:
        workspace.post("#drafts", "Ours.")
        workspace.post("#drafts", "Theirs.", by="ola", team="T0NORTH")
        teams = [parcel.payload["team_id"] for parcel in workspace.courier.sent]
        assert teams == ["T0HARBOR", "T0NORTH"]
        assert {parcel.app_id for parcel in workspace.courier.sent} == {"A0CANDOR"}
        north: Client = AsyncWebClient(token="xoxb-north-candor", base_url=workspace.api_url)
        assert (await north.auth_test())["team_id"] == "T0NORTH"
        history = await north.conversations_history(channel="C0NORTHDRAFTS")
        assert [message["text"] for message in history["messages"]] == ["Theirs."]
        assert [message["text"] for message in workspace.messages("#drafts")] == ["Ours."]


@asynccontextmanager
async def listening(app: Callable[[], App], statuses: list[int]) -> AsyncGenerator[str]:
    """A web server with a bot behind it."""

    async def receive(request: web.Request) -> web.StreamResponse:
        answer = await to_aiohttp_response(await app().async_dispatch(await to_bolt_request(request)))
        statuses.append(answer.status)
        return answer

    server = web.Application()
    server.router.add_post("/slack/events", receive)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await runner.cleanup()


def bot_for(workspace: Workspace, secret: str, seen: list[dict[str, Any]]) -> App:
    client = AsyncWebClient(token=workspace.team.bot.token, base_url=workspace.api_url)
    app: App = AsyncApp(client=client, signing_secret=secret, process_before_response=True)

    @app.event("message")
    async def listen(event: dict[str, Any], request: Any) -> None:
        seen.append({**event, "retry": request.headers.get("x-slack-retry-num")})
        if len(seen) == 1:
            message = "broken for now"
            raise RuntimeError(message)

    @app.command("/candor")
    async def command(ack: Any) -> None:
        await ack("At your service.")

    return app


async def test_over_http_requests_are_signed_so_that_bolt_takes_them() -> None:
    seen: list[dict[str, Any]] = []
    statuses: list[int] = []
    apps: list[App] = []
    async with (
        listening(lambda: apps[0], statuses) as url,
        Workspace(delivery="http", request_url=url, retries=(0, 0)) as workspace,
    ):
        apps.append(bot_for(workspace, workspace.team.bot.signing_secret, seen))
        workspace.post("#drafts", "Signed.")
        await workspace.delivered()
        assert [event["text"] for event in seen] == ["Signed.", "Signed."]
        assert seen[1]["retry"] == ["1"]
        assert statuses == [500, 200]
        assert await workspace.command("#drafts", "/candor help") == {"text": "At your service."}


async def test_over_http_another_secret_is_refused() -> None:
    seen: list[dict[str, Any]] = []
    statuses: list[int] = []
    apps: list[App] = []
    async with (
        listening(lambda: apps[0], statuses) as url,
        Workspace(delivery="http", request_url=url, retries=(0,)) as workspace,
    ):
        apps.append(bot_for(workspace, "another secret", seen))
        workspace.post("#drafts", "Forged.")
        await workspace.delivered()
    assert statuses == [401, 401]
    assert not seen
