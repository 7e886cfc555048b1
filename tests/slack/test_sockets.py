"""What a stop does to events that just came over the socket."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.slack.app import SocketReceiver, bolt_app
from bot.slack.listeners import Listener, register
from bot.workspace.server import Workspace

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.slack.wire.clients import Clients


@pytest.fixture
async def workspace() -> AsyncGenerator[Workspace]:
    """Nothing is sent again, so what nobody acknowledged is lost."""
    async with Workspace(retries=()) as made:
        yield made


class Slow:
    """Takes an event once it may."""

    def __init__(self) -> None:
        self.begun, self.may, self.ended = asyncio.Event(), asyncio.Event(), 0

    async def take(self, _: Any) -> None:
        self.begun.set()
        await self.may.wait()
        self.ended += 1


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
async def receiver(workspace: Workspace, clients: Clients, slow: Slow) -> SocketReceiver:
    app = bolt_app(clients, "")
    register(app, [Listener("event", "message", slow.take)])

    async def again() -> None:
        raise AssertionError

    made = SocketReceiver(app, workspace.team.bot.app_token, workspace.api_url, again)
    await made.start()
    return made


async def test_a_stop_acknowledges_what_is_being_taken_and_leaves_the_rest_to_another_process(
    workspace: Workspace, receiver: SocketReceiver, slow: Slow
) -> None:
    workspace.post("#drafts", "First")
    await slow.begun.wait()
    stop = asyncio.create_task(receiver.stop())
    await asyncio.sleep(0)
    workspace.post("#drafts", "Second")
    await workspace.until(lambda: len(workspace.courier.sent) == 2, 5, "both to be sent")
    slow.may.set()
    await stop
    await workspace.delivered()
    assert slow.ended == 1
    assert [one.payload["event"]["text"] for one in workspace.courier.lost] == ["Second"]


async def test_what_takes_too_long_is_given_up_before_the_database_closes(
    monkeypatch: pytest.MonkeyPatch, workspace: Workspace, receiver: SocketReceiver, slow: Slow
) -> None:
    monkeypatch.setattr("bot.slack.app._STOPPING", 0.05)
    workspace.post("#drafts", "First")
    await slow.begun.wait()
    await receiver.stop()
    slow.may.set()
    await workspace.delivered()
    assert slow.ended == 0
