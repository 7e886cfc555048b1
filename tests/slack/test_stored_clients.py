"""Clients of workspaces that installed Candor by OAuth, with a real store and the local workspace."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.errors import SlackApiError

from bot.core.deciding import Mute
from bot.core.drafts import Draft, Place
from bot.core.errors import NotInstalled, TryLater
from bot.core.installing import ANYBODY, Home, Installation
from bot.core.ports import SystemClock
from bot.core.reviewing import DraftRecord, Reply
from bot.core.words import installing as setup_words
from bot.engine.jobs import where_installed
from bot.slack.app import WebReceiver, kept_connections
from bot.slack.channels import SlackJoinedChannels
from bot.slack.installing import home_of
from bot.slack.threads import SlackThread
from bot.slack.wire import clients
from bot.slack.wire.clients import Clients, Late, PatientClient, WorkspaceClient, client_for, connect, hasty
from bot.slack.wire.installed import Renewal, StoredClients
from bot.slack.wire.payloads import reason
from bot.store.database import Database, Vault, new_key
from bot.store.installing import InstallationStore
from bot.store.migrate import migrate
from bot.workspace.oauth import Consent
from bot.workspace.server import Workspace
from bot.workspace.state import another_team, default_state
from tests.flows.fake_guidelines import problems
from tests.store.samples import FixedClock

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from slack_bolt.authorization import AuthorizeResult

    from tests.workspace.sdk import Client


@dataclass
class Setup:
    workspace: Workspace
    store: InstallationStore
    clock: FixedClock
    database: Database

    def process(self) -> StoredClients:
        """The clients of one more process."""
        renewal = Renewal(
            self.store, "1111.2222", "local-client-secret", api_url=self.workspace.api_url, clock=self.clock
        )
        return StoredClients([], self.store, renewal, api_url=self.workspace.api_url, clock=self.clock)

    def installation(self, team: str, **more: str | float) -> Installation:
        bot = self.workspace.state.team(team).bot
        given = Installation(
            Home(team), bot.user_id, bot.bot_id, token=bot.token, user="U0DANA", installed_at=self.clock.now()
        )
        return replace(given, **more)  # pyright: ignore[reportArgumentType]


def client_of(clients: StoredClients, team: str) -> Client:
    return clients.of(team).client


@pytest.fixture
async def setup(tmp_path: Path) -> AsyncGenerator[Setup]:
    state, clock = default_state(), FixedClock()
    state.add_team(another_team("T0NORTH", "Northlight", state.first))
    database = Database(f"sqlite:///{tmp_path / 'candor.db'}")
    await migrate(database)
    async with Workspace(state) as workspace:
        yield Setup(
            workspace,
            InstallationStore(database, Vault((new_key(),)), clock, allowed=frozenset({ANYBODY})),
            clock,
            database=database,
        )
    await database.close()


async def test_an_installation_is_known_in_every_process_at_once_and_gone_within_seconds(setup: Setup) -> None:
    one, other = setup.process(), setup.process()
    assert not await one.ready("T0HARBOR")
    with pytest.raises(NotInstalled):
        one.of("T0HARBOR")
    await setup.store.save(setup.installation("T0HARBOR"))
    for process in (one, other):
        assert await process.ready("T0HARBOR")
        assert (await client_of(process, "T0HARBOR").auth_test())["team_id"] == "T0HARBOR"
        assert [known.team for known in process] == ["T0HARBOR"]
    client = one.of("T0HARBOR").client
    await setup.store.remove(Home("T0HARBOR"), setup.clock.now())
    one.forget(Home("T0HARBOR"))
    assert not await one.ready("T0HARBOR")
    assert other.of("T0HARBOR").client.token == client.token
    setup.clock.moment += 5
    assert not await other.ready("T0HARBOR")


async def test_a_known_workspace_costs_no_question_for_some_seconds(setup: Setup) -> None:
    await setup.store.save(setup.installation("T0HARBOR"))
    process = setup.process()
    assert await process.ready("T0HARBOR")
    client = process.of("T0HARBOR").client
    await setup.store.save(setup.installation("T0HARBOR", token="xoxb-second"))
    assert await process.ready("T0HARBOR")
    assert process.of("T0HARBOR").client is client
    setup.clock.moment += 5
    assert await process.ready("T0HARBOR")
    assert process.of("T0HARBOR").client.token == "xoxb-second"


async def test_a_new_installation_is_served_though_the_clock_was_set_back(setup: Setup) -> None:
    process = setup.process()
    await process.renew(0)
    setup.clock.moment -= 3600
    await setup.store.save(setup.installation("T0HARBOR"))
    await process.renew()
    assert [known.team for known in process] == ["T0HARBOR"]
    assert await process.ready("T0NORTH") is False
    await setup.store.save(setup.installation("T0NORTH"))
    assert await process.ready("T0NORTH")


async def test_channels_that_candor_joins_are_listed_though_the_clock_was_set_back(setup: Setup) -> None:
    await setup.store.save(setup.installation("T0HARBOR"))
    clients = setup.process()
    assert await clients.ready("T0HARBOR")
    joined = SlackJoinedChannels(clients, setup.clock)
    known = await joined.of("T0HARBOR")
    team = setup.workspace.state.team("T0HARBOR")
    setup.workspace.hub.talk.leave(team.channels[next(iter(known))], team.bot.user_id)
    assert await joined.of("T0HARBOR") == known
    setup.clock.moment -= 3600
    assert len(await joined.of("T0HARBOR")) == len(known) - 1


async def test_what_slack_says_of_a_token_tells_which_installation_has_ended(setup: Setup) -> None:
    process, home = setup.process(), Home("T0HARBOR")
    assert await process.ended(home) == float("-inf")
    await setup.store.save(setup.installation("T0HARBOR", installed_at=setup.clock.now() + 3600))
    assert await process.ended(home) is None
    for fault in ({"error": "internal_error"}, {"error": "token_expired"}, {"drop": True}):
        setup.workspace.faults.on("auth.test", **fault)
        with pytest.raises(TryLater):
            await process.ended(home)
    setup.workspace.faults.clear()
    setup.workspace.uninstall("T0HARBOR")
    assert await process.ended(home) == setup.clock.now() + 3600
    foreign = InstallationStore(setup.database, Vault((new_key(),)), setup.clock, allowed=frozenset({ANYBODY}))
    assert await replace(setup, store=foreign).process().ended(home) == float("inf")
    assert await Clients([]).ended(home) == float("inf")


async def test_one_that_cannot_be_opened_does_not_keep_the_others_away(
    setup: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    foreign = InstallationStore(setup.database, Vault((new_key(),)), setup.clock, allowed=frozenset({ANYBODY}))
    await foreign.save(setup.installation("T0NORTH"))
    await setup.store.save(setup.installation("T0HARBOR"))
    process = setup.process()
    for _ in range(3):
        assert await process.ready("T0HARBOR")
        assert not await process.ready("T0NORTH")
    assert caplog.text.count("the installation in T0NORTH cannot be opened") == 1
    await setup.store.save(setup.installation("T0NORTH", installed_at=setup.clock.now() + 1))
    setup.clock.moment += 9
    await setup.store.save(setup.installation("T0NORTH"))
    assert await process.ready("T0NORTH")


async def test_a_token_of_the_settings_and_an_installation_live_side_by_side(setup: Setup) -> None:
    plain = await connect(["xoxb-north-candor"], setup.workspace.api_url, Late(setup.workspace.api_url, setup.clock))
    renewal = Renewal(setup.store, "", "", api_url=setup.workspace.api_url, clock=setup.clock)
    clients = StoredClients(plain, setup.store, renewal, api_url=setup.workspace.api_url, clock=setup.clock)
    await setup.store.save(setup.installation("T0HARBOR"))
    assert [await clients.ready(team) for team in ("T0NORTH", "T0HARBOR", "T0NOBODY")] == [True, True, False]
    clients.forget(Home("T0NORTH"))
    assert not await clients.ready("T0NORTH")
    assert await clients.ready("T0HARBOR")


async def test_an_organisation_covers_what_slack_lists_and_what_slack_sends(setup: Setup) -> None:
    first, second = setup.workspace.state.teams.values()
    second.bot = first.bot
    first.bot.org_wide, first.enterprise, second.enterprise = True, "E1", "E1"
    whole = setup.installation("T0HARBOR")
    await setup.store.save(replace(whole, home=Home("", "E1")))
    process, other = setup.process(), setup.process()
    assert not await process.ready("T0HARBOR"), "nobody said yet which workspaces it covers"
    assert await process.ready("T0HARBOR", "E1")
    assert _bot(await process.authorization("E1", None)) == _bot(await process.authorization("E1", "T0HARBOR")) != ""
    assert await process.authorization("E2", None) is None
    assert await process.authorization(None, None) is None
    await other.renew(0)
    await other.list_organisations()
    assert await other.ready("T0NORTH")
    assert {one.team for one in other} == {"T0HARBOR", "T0NORTH"}
    listed = await client_of(other, "T0NORTH").conversations_list()
    assert [channel["name"] for channel in listed["channels"]] == ["drafts"]


def _bot(result: AuthorizeResult | None) -> str:
    return str(result.bot_user_id) if result else ""


async def test_a_list_that_slack_refuses_changes_nothing(setup: Setup, caplog: pytest.LogCaptureFixture) -> None:
    await setup.store.save(replace(setup.installation("T0HARBOR"), home=Home("", "E1")))
    process = setup.process()
    await process.renew(0)
    setup.workspace.faults.on("auth.teams.list", error="fatal_error")
    await process.list_organisations()
    setup.workspace.faults.on("auth.teams.list", times=2, drop=True)
    await process.list_organisations()
    assert caplog.text.count("Slack does not list the workspaces of E1") == 2
    assert list(process) == []


async def test_a_token_that_ends_soon_is_exchanged_once_by_however_many_processes(setup: Setup) -> None:
    oauth, team = setup.workspace.hub.oauth, setup.workspace.team
    oauth.rotates = True
    asked = Consent(team, "U0DANA", "http://127.0.0.1/")
    app = {"client_id": "1111.2222", "client_secret": "local-client-secret"}
    got = oauth.access({**app, "code": oauth.code(asked), "redirect_uri": asked.redirect_uri})
    ends = setup.clock.now() + 3600
    rotating = {"token": got["access_token"], "refresh_token": got["refresh_token"], "expires_at": ends}
    await setup.store.save(setup.installation("T0HARBOR", **rotating))
    one, other = setup.process(), setup.process()
    for process in (one, other):
        await process.renew(0)
    for process in (one, other, one):
        await process.exchange_tokens()
    assert len(setup.workspace.traffic.calls("oauth.v2.access")) == 1
    assert one.of("T0HARBOR").client.token == other.of("T0HARBOR").client.token == team.bot.token
    assert (await client_of(other, "T0HARBOR").auth_test())["ok"]


async def test_an_exchange_that_fails_is_tried_again_later(setup: Setup, caplog: pytest.LogCaptureFixture) -> None:
    rotating = {"refresh_token": "xoxe-unknown", "expires_at": setup.clock.now() + 60}
    await setup.store.save(setup.installation("T0HARBOR", **rotating))
    process = setup.process()
    await process.renew(0)
    await process.exchange_tokens()
    setup.clock.moment += 61
    setup.workspace.faults.on("oauth.v2.access", drop=True)
    await process.exchange_tokens()
    assert "the token of T0HARBOR cannot be renewed: invalid_refresh_token" in caplog.text
    assert "the token of T0HARBOR cannot be renewed yet" in caplog.text
    assert await process.ready("T0HARBOR")


@pytest.mark.parametrize(
    ("body", "home"),
    [
        ({"team_id": "T1"}, Home("T1")),
        ({"team_id": "T1", "enterprise_id": "E1"}, Home("T1", "E1")),
        ({"team_id": "T1", "authorizations": [{"enterprise_id": "E1", "is_enterprise_install": True}]}, Home("", "E1")),
        ({"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": True}, Home("", "E1")),
        ({"team_id": "T1", "is_enterprise_install": True}, Home("T1")),
    ],
)
def test_an_event_says_which_installation_it_is_about(body: dict[str, object], home: Home) -> None:
    assert home_of(body) == home


async def test_of_several_tokens_one_that_is_refused_keeps_nobody_waiting(
    setup: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    found = await connect(
        ["xoxb-nobody-knows-this", "xoxb-north-candor"],
        setup.workspace.api_url,
        Late(setup.workspace.api_url, setup.clock),
    )
    assert [one.team for one in found] == ["T0NORTH"]
    assert "rejected the token xoxb-nobo..." in caplog.text
    assert "knows-this" not in caplog.text


PASSING = [{"error": "internal_error"}, {"error": "fatal_error"}, {"error": "ratelimited"}, {"status": 500}]


@pytest.mark.parametrize("fault", [*PASSING, {"status": 503}, {"drop": True}])
async def test_a_token_that_slack_had_no_answer_for_is_asked_for_again_and_its_jobs_wait(
    setup: Setup, caplog: pytest.LogCaptureFixture, fault: dict[str, object]
) -> None:
    late = Late(setup.workspace.api_url, setup.clock)
    setup.workspace.faults.on("auth.test", **fault, times=2)
    found = await connect(["xoxb-north-candor"], setup.workspace.api_url, late)
    assert found == []
    assert "couldn't answer for one token" in caplog.text
    assert "copy it again" not in caplog.text
    began = setup.clock.now()
    clients = Clients(found, late)

    async def done(*_: object) -> str:
        return "reviewed"

    review = where_installed(clients.settled, done)(done, "T0NORTH:C1:1.0", "0", 0)
    job = asyncio.ensure_future(review)
    assert not await clients.ask_again()
    assert setup.workspace.faults.calls  # not asked before it is time
    setup.clock.moment += 3
    assert not await clients.ask_again()
    assert not setup.workspace.faults.calls
    assert not job.done()
    setup.clock.moment += 3
    assert not await clients.ask_again()  # the pause has grown
    setup.clock.moment += 3
    assert await clients.ask_again()
    assert await job == "reviewed"
    assert (clients.since("T0NORTH"), clients.since("T0HARBOR")) == (began, 0.0)
    assert not await clients.ask_again()
    assert not clients.awaits


async def test_a_token_that_turns_out_to_be_refused_lets_go_of_jobs_that_waited(
    setup: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    late = Late(setup.workspace.api_url, setup.clock)
    setup.workspace.faults.on("auth.test", error="internal_error")
    clients = Clients(await connect(["xoxb-nobody-knows-this"], setup.workspace.api_url, late), late)
    waiting = asyncio.create_task(clients.settled("T0NORTH"))
    setup.clock.moment += 3
    assert not await clients.ask_again()
    assert not await waiting
    assert "rejected the token" in caplog.text


async def test_a_stop_lets_go_of_jobs_that_wait_for_a_workspace(setup: Setup) -> None:
    late = Late(setup.workspace.api_url, setup.clock)
    setup.workspace.faults.on("auth.test", error="internal_error")
    clients = Clients(await connect(["xoxb-north-candor"], setup.workspace.api_url, late), late)
    waiting = asyncio.create_task(clients.settled("T0NORTH"))
    await asyncio.sleep(0)
    clients.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting


# Connections that calls share.


async def test_calls_one_after_the_other_share_a_connection_and_no_cookie_where_there_are_kept_ones() -> None:
    seen: list[tuple[object, str]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(
            (request.transport and request.transport.get_extra_info("peername"), request.headers.get("Cookie", ""))
        )
        return web.json_response({"ok": True}, headers={"Set-Cookie": "d=north; Path=/"})

    slack = web.Application()
    slack.router.add_post("/api/{method}", answer)
    async with TestServer(slack) as server, kept_connections() as session:
        workspaces = [
            WorkspaceClient(
                team, "", "U0BOT", bot_id="B1", client=client_for(f"xoxb-{team}", str(server.make_url("/api/")))
            )
            for team in ("T1", "T2")
        ]
        shared = Clients(workspaces)
        for apart in (True, False):
            for team in ("T1", "T2"):
                both: list[Client] = [shared.of(team).client, hasty(shared.of(team).client)]
                for client in both:
                    await client.auth_test()
            shared.share(session)
            assert len({connection for connection, _ in seen}) == (4 if apart else 1)
            assert {cookie for _, cookie in seen} == {""}
            seen.clear()


# What Slack says about too many calls.


async def test_a_post_that_came_too_early_is_repeated_and_those_behind_it_wait_in_a_line(setup: Setup) -> None:
    workspace = setup.workspace
    client: Client = client_for(workspace.team.bot.token, workspace.api_url)
    workspace.faults.on("chat.postMessage", retry_after=1)
    first = asyncio.create_task(client.chat_postMessage(channel="C0DRAFTS", text="0"))
    await in_line(client, "chat.postMessage", "C0DRAFTS")
    await asyncio.gather(first, *(client.chat_postMessage(channel="C0DRAFTS", text=f"{n}") for n in range(1, 5)))
    assert [message["text"] for message in workspace.messages("#drafts")] == ["0", "1", "2", "3", "4"]
    assert [call["status"] for call in workspace.traffic.calls("chat.postMessage")] == [429, 200, 200, 200, 200, 200]


async def in_line(client: Client, api_method: str, channel: str = "") -> None:
    """Until a call waits because Slack said that it came too early."""
    assert isinstance(client, PatientClient)
    while not client.line_of(api_method, channel).locked():
        await asyncio.sleep(0.01)


async def test_an_edit_that_came_too_early_puts_no_older_text_in_place_of_one_made_meanwhile(setup: Setup) -> None:
    workspace = setup.workspace
    client: Client = client_for(workspace.team.bot.token, workspace.api_url)
    ts = str((await client.chat_postMessage(channel="C0DRAFTS", text="x"))["ts"])
    workspace.faults.on("chat.update", retry_after=1, delay=0.5)
    early = asyncio.create_task(client.chat_update(channel="C0DRAFTS", ts=ts, text="1"))
    await workspace.until(lambda: not workspace.faults.calls, 5, "the first call")
    await client.chat_update(channel="C0DRAFTS", ts=ts, text="2")
    assert workspace.message("#drafts", ts)["text"] == "2"
    await early
    assert workspace.message("#drafts", ts)["text"] == "2"


async def test_of_the_edits_that_wait_only_the_last_is_made(setup: Setup) -> None:
    workspace = setup.workspace
    client: Client = client_for(workspace.team.bot.token, workspace.api_url)
    ts, other = [str((await client.chat_postMessage(channel="C0DRAFTS", text="x"))["ts"]) for _ in range(2)]
    workspace.faults.on("chat.update", retry_after=1)
    first = asyncio.create_task(client.chat_update(channel="C0DRAFTS", ts=ts, text="1"))
    await in_line(client, "chat.update")
    later = (client.chat_update(channel="C0DRAFTS", ts=ts, text=f"{n}") for n in range(2, 9))
    answers = await asyncio.gather(first, client.chat_update(channel="C0DRAFTS", ts=other, text="y"), *later)
    assert all(answer["ok"] for answer in answers)
    assert [workspace.message("#drafts", one)["text"] for one in (ts, other)] == ["8", "y"]
    assert len(workspace.traffic.calls("chat.update")) == 3


async def test_whoever_shares_a_waiting_edit_hears_why_it_failed(setup: Setup) -> None:
    workspace = setup.workspace
    client: Client = client_for(workspace.team.bot.token, workspace.api_url)
    workspace.faults.on("chat.update", retry_after=1)
    edits = [asyncio.create_task(client.chat_update(channel="C0DRAFTS", ts="1.0", text="1"))]
    await workspace.until(lambda: workspace.traffic.calls("chat.update"), 5, "the first call")
    await asyncio.sleep(0.05)
    edits += [asyncio.create_task(client.chat_update(channel="C0DRAFTS", ts="1.0", text="2"))]
    outcomes = await asyncio.gather(*edits, return_exceptions=True)
    assert [reason(error) for error in outcomes if isinstance(error, SlackApiError)] == ["message_not_found"] * 2


async def test_who_has_waited_long_enough_hears_that_there_were_too_many(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clients, "_PATIENCE", 0.5)
    workspace = setup.workspace
    workspace.faults.on("chat.postMessage", retry_after=1, times=9)
    client: Client = client_for(workspace.team.bot.token, workspace.api_url)
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C0DRAFTS", text="x")
    assert reason(refused.value) == "ratelimited"
    assert len(workspace.traffic.calls("chat.postMessage")) == 2


async def test_no_eyes_are_put_where_taking_them_away_would_have_to_wait(setup: Setup) -> None:
    workspace = setup.workspace
    ts = workspace.post("#drafts", "A draft.")
    thread = SlackThread(
        Clients(await connect([workspace.team.bot.token], workspace.api_url, Late(workspace.api_url, setup.clock))),
        problems(),
    )
    record = DraftRecord(Place(workspace.team.id, "C0DRAFTS", ts), "U0DANA", Draft("A draft."), revision="0")
    workspace.faults.on("reactions.remove", retry_after=1)
    await thread.show_working(record, working=True)
    taking = asyncio.create_task(thread.show_working(record, working=False))
    await workspace.until(lambda: workspace.traffic.calls("reactions.remove"), 5, "the first call")
    await asyncio.sleep(0.05)
    await thread.show_working(record, working=True)
    await taking
    assert len(workspace.traffic.calls("reactions.add")) == 1
    assert not workspace.message("#drafts", ts).get("reactions")


async def test_an_announcement_that_was_not_answered_is_looked_for_a_minute_later(setup: Setup) -> None:
    workspace = setup.workspace
    ts = workspace.post("#drafts", "A draft.")
    thread = SlackThread(
        Clients(await connect([workspace.team.bot.token], workspace.api_url, Late(workspace.api_url, setup.clock))),
        problems(),
    )
    record = DraftRecord(Place(workspace.team.id, "C0DRAFTS", ts), "U0DANA", Draft("A draft."), revision="0")
    workspace.faults.on("chat.postMessage", drop=True)
    with pytest.raises(TryLater) as later:
        await thread.announce(record, "news:1", 1)
    assert later.value.after == 60.0
    await thread.announce(record, "news:1", 1)
    assert len(workspace.channel("#drafts").thread(ts)) == 1


async def test_a_cut_connection_is_no_answer_and_eyes_may_fail(setup: Setup) -> None:
    workspace = setup.workspace
    ts = workspace.post("#drafts", "A draft.")
    thread = SlackThread(
        Clients(await connect([workspace.team.bot.token], workspace.api_url, Late(workspace.api_url, setup.clock))),
        problems(),
    )
    record = DraftRecord(Place(workspace.team.id, "C0DRAFTS", ts), "U0DANA", Draft("A draft."), revision="0")
    reply, muted = Reply(record.id, "", "me", reserved_at=0.0), Mute("U0DANA", 0.0)
    workspace.faults.on("chat.postMessage", drop=True)
    with pytest.raises(OSError, match="ServerDisconnectedError"):
        await thread.post(record, reply, muted)
    (there,) = await thread.find(record, reply)
    workspace.faults.on("chat.update", drop=True)
    with pytest.raises(OSError, match="ServerDisconnectedError"):
        await thread.update(record, replace(reply, ts=there), muted)
    for method, working in (("reactions.add", True), ("reactions.remove", False)):
        workspace.faults.on(method, drop=True)
        await thread.show_working(record, working=working)


async def test_ready_says_that_slack_has_not_answered_for_a_token_yet() -> None:
    async def is_ready() -> bool:
        return True

    receiver = WebReceiver(None, ("127.0.0.1", 0), is_ready, clock=SystemClock())
    late = Late("https://slack.example/api/", SystemClock())
    late.tokens.append("xoxb-a-token")
    receiver.speaks_for(Clients((), late))
    port = await receiver.start()
    async with aiohttp.ClientSession() as session:

        async def said() -> tuple[int, str]:
            async with session.get(f"http://127.0.0.1:{port}/readyz") as answered:
                return answered.status, await answered.text()

        assert await said() == (200, setup_words.WITHOUT)
        late.tokens.clear()
        assert await said() == (200, setup_words.READY)
    await receiver.stop()
