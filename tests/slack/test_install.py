"""The way of a visitor through an installation, with a real store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from slack_bolt.oauth.async_callback_options import AsyncSuccessArgs
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.oauth.installation_store import Installation as Given

from bot.core.words import installing as words
from bot.slack.installing import install_flow
from bot.slack.wire.installed import Renewal, StoredClients
from bot.store.database import Database, Vault, new_key
from bot.store.installing import InstallationStore
from bot.store.migrate import migrate
from tests.store.samples import FixedClock

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from slack_bolt.response import BoltResponse

    from bot.slack.installing import InstallFlow

ADDRESSES = ("https://candor.example.com", "http://127.0.0.1:1/api/")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[InstallationStore]:
    database = Database(f"sqlite:///{tmp_path / 'candor.db'}")
    await migrate(database)
    yield InstallationStore(database, Vault((new_key(),)), FixedClock())
    await database.close()


@pytest.fixture
def flow(store: InstallationStore) -> InstallFlow:
    return install_flow(
        ("1111.2222", "a client secret"), ["chat:write"], ADDRESSES, installations=store, clock=FixedClock()
    )


async def begun(flow: InstallFlow) -> BoltResponse:
    return await flow.handle_installation(AsyncBoltRequest(body=""))


async def test_two_visitors_of_one_second_get_different_states_and_the_cookie_stays_on_the_way_back(
    flow: InstallFlow,
) -> None:
    cookies = [(await begun(flow)).headers["set-cookie"][0] for _ in range(9)]
    states = {cookie.partition(";")[0].partition("=")[2] for cookie in cookies}
    assert len(states) == 9
    assert all("; SameSite=Lax" in cookie for cookie in cookies)
    store = flow.settings.state_store
    header, payload, signature = (kept := states.pop()).split(".")
    assert [await store.async_consume(state) for state in states] == [True] * 8
    assert [await store.async_consume(state) for state in states] == [False] * 8, "each is good once"
    assert not await store.async_consume(f"{header}.{payload[:-2]}AA.{signature}")
    assert [await store.async_consume(kept) for _ in "12"] == [True, False]


@pytest.mark.parametrize("reason", ["x" * 41, "x" * 100_000, "a\nCRITICAL: forged", "<b>"])
async def test_a_reason_that_is_long_or_no_name_is_not_logged(
    flow: InstallFlow, caplog: pytest.LogCaptureFixture, reason: str
) -> None:
    await flow.handle_callback(AsyncBoltRequest(body="", query={"error": reason}))
    assert [record.getMessage() for record in caplog.records] == [
        "an installation failed: unknown reason (1 since the last such line)"
    ]


async def test_a_reason_of_slack_is_logged_and_the_next_ones_of_that_minute_are_only_counted(
    flow: InstallFlow, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        await flow.handle_callback(AsyncBoltRequest(body="", query={"error": "access_denied"}))
    said = [record.getMessage() for record in caplog.records]
    assert said == ["an installation failed: access_denied (1 since the last such line)"]


def given(team: str = "T1") -> Given:
    return Given(user_id="U9", team_id=team, team_name="A & B", bot_token="xoxb-1", bot_user_id="U1", bot_id="B1")


async def page(flow: InstallFlow) -> str:
    """What the person reads who installed it."""
    installation, request = given(), AsyncBoltRequest(body="")
    await flow.store_installation(request, installation)
    args = AsyncSuccessArgs(
        request=request, installation=installation, settings=flow.settings, default=flow.default_callback_options
    )
    return (await flow.success_handler(args)).body


async def test_a_strange_workspace_reads_that_it_waits_the_operator_is_told_once_and_nothing_runs_before_the_yes(
    flow: InstallFlow, store: InstallationStore, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = await page(flow), await page(flow)
    for read in (first, second):
        assert words.WAITING in read
        assert "T1" in read
        assert f"<h1>{words.DONE}" not in read
    told = [record.getMessage() for record in caplog.records]
    assert told == ["T1 installed Candor and waits for your yes: candor workspaces --allow T1"]
    clock = FixedClock()
    renewal = Renewal(store, "1111.2222", "a client secret", api_url=ADDRESSES[1], clock=clock)
    clients = StoredClients([], store, renewal, api_url=ADDRESSES[1], clock=clock)
    assert not await clients.ready("T1")
    assert await store.allow(frozenset({"T1"})) == 1
    assert await clients.ready("T1")
    assert f"<h1>{words.DONE}" in await page(flow)
