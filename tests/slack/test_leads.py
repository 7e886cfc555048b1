"""Brand leads and what they are told, asked of the local workspace over HTTP."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.drafts import Changed, Deleted, Place, Posted
from bot.core.errors import Trouble, TryLater, Unreadable
from bot.core.ports import SystemClock
from bot.core.settings import WorkspaceSettings
from bot.core.watching import Notice
from bot.slack import channels as slack_channels
from bot.slack.audience import Remembered
from bot.slack.channels import SlackBrandLeads, SlackChannels, SlackJoinedChannels, SlackNames
from bot.slack.threads import SlackDirectMessages
from bot.slack.wire.clients import Clients, Late, connect
from bot.workspace.server import Workspace
from bot.workspace.state import HARBOR, another_team
from tests.flows.fake_settings import FakeSettings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from slack_sdk.web.async_slack_response import AsyncSlackResponse


OTHER = "T0OTHER"
NOTICE = Notice(HARBOR, "U0MIKA", "gap:1")


@dataclass
class Hand:
    """Time that a test moves."""

    moment: float = 1_800_000_000.0

    def now(self) -> float:
        return self.moment

    async def sleep(self, seconds: float) -> None:
        self.moment += seconds


def names_of(clients: Clients, clock: Hand, patience: float = 20.0) -> SlackNames:
    """With more patience than people are asked for: a busy machine is no Slack that doesn't answer."""
    return SlackNames(clients, clock, patience)


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
async def workspace() -> AsyncGenerator[Workspace]:
    async with Workspace() as made:
        yield made


@pytest.fixture
async def clients(workspace: Workspace) -> Clients:
    return Clients(
        await connect(
            [team.bot.token for team in workspace.state.teams.values()],
            workspace.api_url,
            Late(workspace.api_url, SystemClock()),
        )
    )


async def in_both(workspace: Workspace) -> Clients:
    workspace.state.add_team(another_team(OTHER, "Other", workspace.team))
    return Clients(
        await connect(
            [team.bot.token for team in workspace.state.teams.values()],
            workspace.api_url,
            Late(workspace.api_url, SystemClock()),
        )
    )


async def test_without_names_the_leads_are_the_admins(clients: Clients, clock: Hand) -> None:
    leads = SlackBrandLeads(clients, (), clock)
    assert await leads.of(HARBOR) == ("U0MIKA",)


async def test_the_people_of_a_workspace_are_asked_for_again_after_a_while(
    workspace: Workspace, clients: Clients, clock: Hand
) -> None:
    leads = SlackBrandLeads(clients, (), clock)
    await leads.of(HARBOR)
    workspace.team.people["U0DANA"].is_admin = True
    clock.moment += 600
    assert await leads.of(HARBOR) == ("U0MIKA",)
    clock.moment += 1
    assert await leads.of(HARBOR) == ("U0DANA", "U0MIKA")


async def test_a_list_from_before_the_clock_was_set_back_is_not_believed(
    workspace: Workspace, clients: Clients, clock: Hand
) -> None:
    leads = SlackBrandLeads(clients, (), clock)
    await leads.of(HARBOR)
    workspace.team.people["U0DANA"].is_admin = True
    clock.moment -= 86_400
    assert await leads.of(HARBOR) == ("U0DANA", "U0MIKA")


async def test_whether_somebody_is_one_now_is_asked_anew(workspace: Workspace, clients: Clients, clock: Hand) -> None:
    leads = SlackBrandLeads(clients, (), clock)
    assert await leads.of(HARBOR) == ("U0MIKA",)
    assert await leads.includes(HARBOR, "U0MIKA")
    workspace.team.people["U0MIKA"].is_admin = False
    assert await leads.of(HARBOR) == ("U0MIKA",)
    assert not await leads.includes(HARBOR, "U0MIKA")
    assert not await leads.includes(HARBOR, "U0NOBODY")
    workspace.faults.on("users.info", error="internal_error")
    with pytest.raises(TryLater):
        await leads.includes(HARBOR, "U0MIKA")
    workspace.faults.clear()
    named = SlackBrandLeads(clients, ("U0DANA",), clock)
    assert [await named.includes(HARBOR, user) for user in ("U0DANA", "U0MIKA")] == [True, False]


async def test_whether_somebody_is_one_takes_no_list(workspace: Workspace, clients: Clients, clock: Hand) -> None:
    leads = SlackBrandLeads(clients, (), clock)
    assert [await leads.includes(HARBOR, user) for user in ("U0MIKA", "U0DANA", "U0NOBODY")] == [True, False, False]
    assert workspace.traffic.calls("users.list") == []
    workspace.faults.on("users.info", error="missing_scope")
    assert not await leads.includes(HARBOR, "U0MIKA")


async def test_an_admin_is_none_where_the_installation_names_somebody(workspace: Workspace, clock: Hand) -> None:
    leads = SlackBrandLeads(await in_both(workspace), ("U0DANA",), clock)
    assert [await leads.includes(HARBOR, user) for user in ("U0DANA", "U0MIKA")] == [True, False]
    assert await leads.of(HARBOR) == ("U0DANA",)
    assert [await leads.includes(HARBOR, user) for user in ("U0DANA", "U0MIKA")] == [True, False]
    assert [await leads.includes(OTHER, user) for user in ("U0DANA", "U0OTHEROLA")] == [False, True]
    assert workspace.traffic.calls("users.list") == []


async def test_the_list_of_before_is_used_while_slack_takes_its_time(
    workspace: Workspace, clients: Clients, clock: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_channels, "_LEADS_PATIENCE", 0.2)
    leads = SlackBrandLeads(clients, (), clock)
    workspace.faults.on("users.list", delay=0.6)
    with pytest.raises(TryLater):
        await leads.of(HARBOR)
    with pytest.raises(TryLater):
        await leads.of(HARBOR)
    await asyncio.sleep(0.6)
    assert await leads.of(HARBOR) == ("U0MIKA",)
    assert len(workspace.traffic.calls("users.list")) == 1
    workspace.team.people["U0DANA"].is_admin = True
    clock.moment += 601
    workspace.faults.on("users.list", delay=0.6)
    assert await asyncio.gather(*(leads.of(HARBOR) for _ in range(3))) == [("U0MIKA",)] * 3
    await asyncio.sleep(0.6)
    assert await leads.of(HARBOR) == ("U0DANA", "U0MIKA")
    assert len(workspace.traffic.calls("users.list")) == 2


async def test_named_leads_are_taken_at_their_word(workspace: Workspace, clients: Clients, clock: Hand) -> None:
    assert await SlackBrandLeads(clients, ("U0DANA",), clock).of(HARBOR) == ("U0DANA",)
    assert workspace.traffic.calls("users.list") == []


async def test_of_several_workspaces_each_has_its_own_named_leads_or_else_its_admins(
    workspace: Workspace, clock: Hand
) -> None:
    leads = SlackBrandLeads(await in_both(workspace), ("U0DANA",), clock)
    assert await leads.of(HARBOR) == ("U0DANA",)
    assert await leads.of(OTHER) == ("U0OTHEROLA",)


async def test_without_the_scope_nobody_is_known(workspace: Workspace, clients: Clients, clock: Hand) -> None:
    workspace.faults.on("users.list", error="missing_scope")
    assert await SlackBrandLeads(clients, (), clock).of(HARBOR) == ()


@pytest.mark.parametrize("fault", [{"error": "internal_error"}, {"drop": True, "times": 2}, {"status": 500}])
async def test_where_slack_does_not_answer_it_is_to_be_tried_later(
    workspace: Workspace, clients: Clients, clock: Hand, fault: dict[str, object]
) -> None:
    workspace.faults.on("users.list", **fault)
    workspace.faults.on("chat.postMessage", **fault)
    leads = SlackBrandLeads(clients, (), clock)
    with pytest.raises(TryLater):
        await leads.of(HARBOR)
    with pytest.raises(TryLater):
        await SlackDirectMessages(clients, SystemClock()).tell(NOTICE, "Hello")
    assert await leads.of(HARBOR) == ("U0MIKA",)


async def test_a_notice_is_one_direct_message_even_where_the_answer_was_lost(
    workspace: Workspace, clients: Clients
) -> None:
    messages = SlackDirectMessages(clients, SystemClock())
    workspace.faults.on("chat.postMessage", drop=True)
    with pytest.raises(TryLater):
        await messages.tell(NOTICE, "First")
    await messages.tell(NOTICE, "First")
    await messages.tell(Notice(HARBOR, "U0MIKA", "gap:2"), "Second")
    assert [message["text"] for message in workspace.messages("@mika")] == ["First", "Second"]


async def test_what_was_mended_and_comes_again_is_told_again_though_the_first_message_stands_there(
    workspace: Workspace, clients: Clients, clock: Hand
) -> None:
    messages = SlackDirectMessages(clients, clock)
    clock.moment = SystemClock().now()
    for said in ("First", "First"):
        await messages.tell(NOTICE, said)
    clock.moment += 2 * 3600
    await messages.tell(NOTICE, "Again")
    assert [message["text"] for message in workspace.messages("@mika")] == ["First", "Again"]


async def test_somebody_whom_no_message_can_reach_is_left_out(workspace: Workspace, clients: Clients) -> None:
    await SlackDirectMessages(clients, SystemClock()).tell(Notice(HARBOR, "U0NOBODY", "gap:1"), "Hello")
    assert workspace.traffic.calls("chat.postMessage") == []


async def test_a_look_sees_a_message_its_edit_and_its_deletion_in_threads_too(
    workspace: Workspace, clients: Clients, clock: Hand
) -> None:
    channels = SlackChannels(clients, FakeSettings(), frozenset(), clock=clock, names=names_of(clients, clock))
    parent = workspace.post("#brand", "Bread is back.")
    inside = workspace.post("#brand", "And butter.", thread_ts=parent)
    places = [Place(HARBOR, "C0BRAND", ts) for ts in (parent, inside)]
    assert [type(await channels.look(place)) for place in places] == [Posted, Posted]
    workspace.edit("#brand", inside, "And jam.")
    changed = await channels.look(places[1])
    assert isinstance(changed, Changed)
    assert changed.message.text == "And jam."
    workspace.delete("#brand", parent)
    assert await channels.look(places[0]) == Deleted(places[0])
    workspace.delete("#brand", inside)
    assert [await channels.look(place) for place in places] == [Deleted(place) for place in places]


async def test_a_look_into_a_closed_channel_says_why(workspace: Workspace, clients: Clients, clock: Hand) -> None:
    channels = SlackChannels(clients, FakeSettings(), frozenset(), clock=clock, names=names_of(clients, clock))
    ts = workspace.post("#general", "Bread is back.")
    workspace.faults.on("conversations.replies", error="missing_scope")
    troubles: list[tuple[Trouble, str]] = []
    for _ in range(2):
        with pytest.raises(Unreadable) as caught:
            await channels.look(Place(HARBOR, "C0GENERAL", ts))
        troubles.append((caught.value.trouble, caught.value.code))
    assert troubles == [(Trouble.NO_SCOPE, "missing_scope"), (Trouble.ABSENT, "not_in_channel")]


async def test_what_was_asked_for_longest_ago_is_forgotten(clock: Hand) -> None:
    answers, asked = Remembered[str](clock, most=2), list[str]()

    async def ask(key: str) -> str:
        asked.append(key)
        return key.upper()

    for key in ("a", "b", "a", "c", "b", "a"):
        assert await answers.get(key, partial(ask, key), within=60) == key.upper()
    assert asked == ["a", "b", "c", "a"]
    clock.moment += 61
    assert answers.last("b") is None
    assert answers.last("c") == "C"
    assert await answers.get("c", partial(ask, "c"), within=60) == "C"
    assert asked == ["a", "b", "c", "a", "c"]


async def test_an_answer_about_another_message_is_no_deletion(
    workspace: Workspace, clients: Clients, clock: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = workspace.post("#brand", "Bread is back.")
    client: Any = clients.of(HARBOR).client
    about_the_parent: AsyncSlackResponse = await client.conversations_replies(channel="C0BRAND", ts=parent)

    async def conversations_replies(**_: object) -> AsyncSlackResponse:
        return about_the_parent

    monkeypatch.setattr(client, "conversations_replies", conversations_replies)
    with pytest.raises(Unreadable):
        await SlackChannels(clients, FakeSettings(), frozenset(), clock=clock, names=names_of(clients, clock)).look(
            Place(HARBOR, "C0BRAND", "1.000000")
        )


MENTIONS = {
    "blocks": [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "user", "user_id": "U0DANA"},
                        {"type": "text", "text": " and <@U0NOBODY> in "},
                        {"type": "channel", "channel_id": "C0DRAFTS"},
                        {"type": "user", "user_id": "U0CANDOR"},
                    ],
                }
            ],
        }
    ]
}


async def test_the_channels_that_candor_is_in_are_asked_for_once_whoever_asks_meanwhile(
    workspace: Workspace, clients: Clients, clock: Hand
) -> None:
    joined = SlackJoinedChannels(clients, clock)
    first, *others = await asyncio.gather(*(joined.of(HARBOR) for _ in range(3)))
    assert others == [first, first]
    assert "C0DRAFTS" in first
    assert len(workspace.traffic.calls("users.conversations")) == 1


async def test_names_are_those_that_people_see_and_are_asked_for_once(
    workspace: Workspace, clients: Clients, clock: Hand
) -> None:
    names = names_of(clients, clock)
    assert await names.of(HARBOR, MENTIONS) == {"U0DANA": "Dana", "C0DRAFTS": "drafts"}
    assert await names.of(HARBOR, {"text": "<@U0DANA> <@U0MIKA|mika> <#C0DRAFTS> <@U0OLA"}) == {
        "U0DANA": "Dana",
        "C0DRAFTS": "drafts",
    }
    assert len(workspace.traffic.calls("users.info")) == 2  # Dana, and somebody whom Slack does not know
    assert len(workspace.traffic.calls("conversations.info")) == 1
    clock.moment += 700.0
    await names.of(HARBOR, MENTIONS)
    assert len(workspace.traffic.calls("users.info")) == 4


async def test_messages_at_the_same_moment_wait_for_one_answer(
    workspace: Workspace, clients: Clients, clock: Hand
) -> None:
    names = names_of(clients, clock)
    workspace.faults.on("users.info", delay=0.3)
    asked = (names.of(HARBOR, {"text": f"<@U0DANA> {number}"}) for number in range(3))
    assert await asyncio.gather(*asked) == [{"U0DANA": "Dana"}] * 3
    assert len(workspace.traffic.calls("users.info")) == 1


async def test_a_name_that_cannot_be_had_is_left_out_and_asked_for_again_a_minute_later(
    workspace: Workspace, clients: Clients, clock: Hand
) -> None:
    names = names_of(clients, clock, patience=4.0)  # less than Slack asks to wait
    for fault in ({"times": 2, "drop": True}, {"error": "missing_scope"}, {"status": 429, "retry_after": 5}):
        workspace.faults.on("users.info", **fault)
        assert await names.of(HARBOR, {"text": "<@U0DANA>"}) == {}
        asked = len(workspace.traffic.calls("users.info"))
        assert await names.of(HARBOR, {"text": "<@U0DANA>"}) == {}
        assert len(workspace.traffic.calls("users.info")) == asked
        workspace.faults.clear()
        clock.moment += 61.0
    assert await names.of(HARBOR, {"text": "<@U0DANA>"}) == {"U0DANA": "Dana"}
    assert await names.of("T0NOWHERE", {"text": "<@U0DANA>"}) == {}


async def test_a_private_channel_is_never_named(workspace: Workspace, clients: Clients, clock: Hand) -> None:
    workspace.team.add_channel("C0MERGER", "merger", ["U0DANA", workspace.team.bot.user_id], kind="group")
    channels = SlackChannels(clients, FakeSettings(), frozenset(), clock=clock, names=names_of(clients, clock))
    ts = workspace.post("#brand", "Said in <#C0MERGER> and in <#C0DRAFTS>.")
    found = await channels.look(Place(HARBOR, "C0BRAND", ts))
    assert isinstance(found, Posted)
    assert found.message.text == "Said in #channel and in #drafts."


@pytest.mark.parametrize("odd", [{}, {"blocks": "x"}, {"blocks": [1, {"elements": ["x"]}]}, {"text": 7}])
async def test_a_message_of_any_shape_has_no_names_at_worst(clients: Clients, clock: Hand, odd: dict[str, Any]) -> None:
    assert await names_of(clients, clock).of(HARBOR, odd) == {}


async def test_the_history_is_read_with_names_too(workspace: Workspace, clients: Clients, clock: Hand) -> None:
    channels = SlackChannels(clients, FakeSettings(), frozenset(), clock=clock, names=names_of(clients, clock))
    ts = workspace.post("#brand", "Thank you <@U0DANA>, the bread in <#C0DRAFTS> was yours.")
    found = await channels.look(Place(HARBOR, "C0BRAND", ts))
    assert isinstance(found, Posted)
    assert found.message.text == "Thank you @Dana, the bread in #drafts was yours."


class FakeMeant:
    """The `MeantChannels` port."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str]] = {}

    async def of(self, team: str) -> dict[str, str]:
        return dict(self.kept.get(team, {}))

    async def keep(self, team: str, meant: Mapping[str, str]) -> None:
        self.kept[team] = dict(meant)


async def test_a_renamed_channel_is_found_again_by_its_id_until_another_has_the_name(
    workspace: Workspace, clients: Clients, clock: Hand
) -> None:
    settings, meant = FakeSettings({HARBOR: WorkspaceSettings(draft_channels=("drafts",))}), FakeMeant()

    def process() -> SlackChannels:
        return SlackChannels(clients, settings, frozenset(), clock=clock, names=names_of(clients, clock), meant=meant)

    channels = process()
    assert await channels.switched_on(HARBOR) == {"C0DRAFTS": frozenset({"drafts"})}
    workspace.channel("#drafts").name = "posts"
    clock.moment += 9999
    assert await process().is_switched_on(HARBOR, "C0DRAFTS")
    assert not await process().is_switched_on(HARBOR, "C0BRAND")
    assert await process().switched_on(HARBOR) == {"C0DRAFTS": frozenset({"drafts"})}
    assert await channels.switched_on(HARBOR) == {"C0DRAFTS": frozenset({"drafts"})}
    assert await channels.is_switched_on(HARBOR, "C0DRAFTS")
    workspace.channel("#brand").name = "drafts"
    clock.moment += 9999
    assert await channels.switched_on(HARBOR) == {"C0BRAND": frozenset({"drafts"})}
    assert not await channels.is_switched_on(HARBOR, "C0DRAFTS")
    workspace.channel("C0BRAND").is_archived = True
    assert await channels.switched_on(HARBOR) == {}
