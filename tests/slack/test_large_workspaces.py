"""Clicks in a workspace with thousands of people and channels, over HTTP, with a Slack that takes its time."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Target
from bot.core.errors import TryLater
from bot.core.ports import SystemClock
from bot.core.words import watching as words
from bot.slack.audience import Guard, SlackAudience
from bot.slack.channels import SlackBrandLeads
from bot.slack.wire.clients import Clients, Late, connect
from bot.workspace.server import Workspace
from bot.workspace.state import HARBOR, Person

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.slack.wire.payloads import Json

_CHANNELS, _SHUT, _PEOPLE = 3_000, 5, 5_000
_DELAY = 0.3
"""Seconds that each of Slack's answers takes."""
_MOST_CALLS = 5
"""One after the other, they take half of the 3 s that Slack waits for an answer to a click."""


@pytest.fixture
async def workspace() -> AsyncGenerator[Workspace]:
    async with Workspace() as made:
        team = made.team
        for number in range(_PEOPLE):
            team.people[f"U{number}"] = Person(f"U{number}", f"p{number}", f"Person {number}", f"xoxp-{number}")
        for number in range(_CHANNELS):
            team.add_channel(f"C{number}", f"c{number}", ["U0DANA", team.bot.user_id])
        for number in range(_SHUT):
            team.add_channel(f"G{number}", f"g{number}", ["U0DANA", team.bot.user_id], kind="group")
        yield made


@pytest.fixture
async def clients(workspace: Workspace) -> Clients:
    late = Late(workspace.api_url, SystemClock())
    return Clients(await connect([workspace.team.bot.token], workspace.api_url, late))


def _slow(workspace: Workspace, *methods: str) -> None:
    for method in methods:
        workspace.faults.on(method, delay=_DELAY, times=99)


def _click(channel: str, user: str = "U0DANA") -> Json:
    value, person = Target(f"{HARBOR}:{channel}:1.5", "x").value, {"id": user, "team_id": HARBOR}
    return {
        "type": "block_actions",
        "team": {"id": HARBOR},
        "user": person,
        "container": {"channel_id": channel, "message_ts": "1.6"},
        "actions": [{"value": value}],
    }


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers are waited for on a busy machine as well: how many there are tells how long it takes."""
    monkeypatch.setattr("bot.slack.audience._PATIENCE", 60.0)


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("channel", [f"C{_CHANNELS - 1}", f"G{_SHUT - 1}"])
async def test_somebody_in_thousands_of_channels_clicks(workspace: Workspace, clients: Clients, channel: str) -> None:
    _slow(workspace, "users.conversations", "users.info", "conversations.info")
    guard = Guard(SlackAudience(clients, SystemClock()), clients)
    assert await guard.refusal(_click(channel)) == ""
    assert len(workspace.traffic.calls()) <= _MOST_CALLS


@pytest.mark.usefixtures("patient")
async def test_who_is_not_in_a_private_channel_learns_it_just_as_soon(workspace: Workspace, clients: Clients) -> None:
    _slow(workspace, "users.conversations", "users.info", "conversations.info")
    guard = Guard(SlackAudience(clients, SystemClock()), clients)
    assert await guard.refusal(_click("G0", "U7")) == words.NOT_INSIDE
    assert await guard.refusal(_click("C0", "U7")) == ""


async def test_an_answer_that_comes_too_late_for_one_click_serves_the_next(
    workspace: Workspace, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.audience._PATIENCE", 0.5)
    workspace.faults.on("users.conversations", delay=1.0)
    guard = Guard(SlackAudience(clients, SystemClock()), clients)
    both = await asyncio.gather(*(guard.refusal(_click("G0")) for _ in range(2)))
    assert set(both) == {words.NOT_SURE}, "what Slack has not said is never taken for granted"
    async with asyncio.timeout(60):
        while await guard.refusal(_click("G0")):
            await asyncio.sleep(0.1)
    assert len(workspace.traffic.calls("users.conversations")) == 1


async def test_nobody_waits_for_a_question_that_failed(workspace: Workspace, clients: Clients) -> None:
    workspace.faults.on("users.info", error="internal_error")
    guard = Guard(SlackAudience(clients, SystemClock()), clients)
    assert await guard.refusal(_click("G0")) == words.NOT_SURE
    assert await guard.refusal(_click("G0")) == ""


class _Paced(SystemClock):
    """Notes for how long it was to sleep, and sleeps a hundredth of it."""

    slept = 0.0

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds
        await super().sleep(seconds / 100)


async def _once_read(leads: SlackBrandLeads) -> tuple[str, ...]:
    async with asyncio.timeout(60):
        while True:
            with suppress(TryLater):
                return await leads.of(HARBOR)


async def test_a_click_learns_at_once_who_leads_among_thousands(
    workspace: Workspace, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.channels._LEADS_PATIENCE", _DELAY)
    clock = _Paced()
    leads = SlackBrandLeads(clients, (), clock)
    _slow(workspace, "users.info", "users.list")
    assert await leads.includes(HARBOR, "U0MIKA")
    assert not await leads.includes(HARBOR, "U7")
    assert not workspace.traffic.calls("users.list"), "nobody waits for the list"
    with pytest.raises(TryLater):  # it takes longer than anybody waits for it
        await leads.of(HARBOR)
    assert await _once_read(leads) == ("U0MIKA",)
    pages = len(workspace.traffic.calls("users.list"))
    assert pages == 6
    assert clock.slept / (pages - 1) >= 60 / 20, "Slack allows 20 pages a minute"
