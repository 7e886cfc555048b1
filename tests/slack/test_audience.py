"""Who may read what, as Slack tells it; and the guard before every click, window, shortcut and command."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.core.drafts import Target
from bot.core.errors import TryLater
from bot.core.watching import is_channel_id, is_channel_name
from bot.core.words import watching as words
from bot.slack.audience import Guard, SlackAudience, channels_in
from bot.slack.wire.clients import Clients, WorkspaceClient
from tests.flows.fake_leads import FakeAudience
from tests.flows.fakes import FakeClock

Json = dict[str, Any]
NONE = frozenset[str]()
OPEN: Json = {"id": "C1", "name": "drafts", "is_private": False}
SHUT: Json = {"id": "G1", "name": "merger", "is_private": True, "is_ext_shared": True}


class Answer:
    def __init__(self, data: Json) -> None:
        self.data = data


class Slack:
    """A few people, a public and a private channel. ``refuses`` names what each method refuses."""

    def __init__(self) -> None:
        self.people: dict[str, Json] = {
            "U1": {"team_id": "T1"},
            "U2": {"team_id": "T1", "is_restricted": True},
            "U3": {"team_id": "T1", "deleted": True},
            "U4": {"team_id": "T2", "enterprise_user": {"enterprise_id": "E1", "teams": ["T2"]}},
            "U5": {"team_id": "E1", "enterprise_user": {"enterprise_id": "E1", "teams": ["T2", "T1"]}},
            "U9": {"team_id": "T9", "is_stranger": True},
        }
        self.inside: dict[str, list[Json]] = {"": [OPEN, SHUT], "U2": [SHUT]}
        self.refuses: dict[str, str] = {}
        self.calls: list[str] = []
        self.told: list[Json] = []

    def _called(self, method: str) -> None:
        self.calls.append(method)
        if method in self.refuses:
            why = "no"
            raise SlackApiError(why, Answer({"error": self.refuses[method]}))  # pyright: ignore[reportArgumentType]

    async def users_info(self, user: str) -> Answer:
        self._called("users.info")
        return Answer({"user": {"id": user, **self.people[user]}})

    async def users_conversations(self, user: str | None, cursor: str, **_: object) -> Answer:
        self._called("users.conversations")
        found = self.inside.get(user or "", [])
        at = int(cursor or 0)
        more = str(at + 1) if at + 1 < len(found) else ""
        return Answer({"channels": found[at : at + 1], "response_metadata": {"next_cursor": more}})

    async def conversations_info(self, channel: str) -> Answer:
        self._called("conversations.info")
        return Answer({"channel": {"id": channel, "is_private": channel not in {"C1", "C7"}}})

    async def conversations_open(self, users: str, **_: object) -> Answer:
        self._called("conversations.open")
        return Answer({"channel": {"id": f"D{users[1:]}"}})

    async def chat_postEphemeral(self, **told: object) -> None:  # noqa: N802 - Slack's name
        self.told.append(told)
        self._called("chat.postEphemeral")

    async def views_update(self, **told: object) -> None:
        self.told.append(told)

    async def views_open(self, **told: object) -> None:
        self.told.append(told)


def clients_of(slack: Slack, enterprise: str = "") -> Clients:
    return Clients([WorkspaceClient("T1", enterprise, "UBOT", bot_id="B1", client=slack)])  # pyright: ignore[reportArgumentType]


@pytest.fixture
def slack() -> Slack:
    return Slack()


async def no_pause() -> None: ...


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(no_pause)


EVERY = {"C1", "G1", "C7", "G8", "D1", ""}


@pytest.mark.parametrize(
    ("user", "reads"),
    [("U1", {"C1", "C7", "D1"}), ("U2", {"G1"}), ("U3", NONE), ("U4", NONE), ("U5", {"C1", "C7"}), ("U9", NONE)],
)
async def test_members_read_public_channels_and_everybody_those_that_they_are_in(
    slack: Slack, clock: FakeClock, user: str, reads: frozenset[str] | set[str]
) -> None:
    audience = SlackAudience(clients_of(slack, "E1"), clock)
    assert await audience.of("T1", user, EVERY) == reads
    assert await audience.of("T1", user, set()) == frozenset()


async def test_an_answer_is_believed_for_a_minute_and_a_no_hardly_at_all(slack: Slack, clock: FakeClock) -> None:
    audience = SlackAudience(clients_of(slack), clock)
    assert await audience.of("T1", "U2", {"G1"}) == {"G1"}
    slack.inside["U2"] = []
    clock.time += 59
    assert await audience.of("T1", "U2", {"G1"}) == {"G1"}
    clock.time += 2
    assert await audience.of("T1", "U2", {"G1"}) == frozenset()
    slack.inside["U2"] = [SHUT]
    assert await audience.of("T1", "U2", {"G1"}) == frozenset()
    clock.time += 4
    assert await audience.of("T1", "U2", {"G1"}) == {"G1"}


async def test_of_a_long_list_slack_is_asked_once(slack: Slack, clock: FakeClock) -> None:
    audience = SlackAudience(clients_of(slack), clock)
    await audience.of("T1", "U1", {"C1", "G1", "C7", "C8"})
    await audience.of("T1", "U1", {"C1"})
    listed, asked_one = ["users.conversations"] * 2, ["conversations.info"] * 2
    assert slack.calls == ["users.info", *listed, *asked_one, "users.conversations"]


async def test_for_a_click_slack_is_asked_about_its_channels_alone(slack: Slack, clock: FakeClock) -> None:
    audience = SlackAudience(clients_of(slack), clock)
    assert await audience.of("T1", "U1", {"C7"}) == {"C7"}
    assert slack.calls == ["users.info", "conversations.info"]


@pytest.mark.parametrize("method", ["users.info", "users.conversations", "conversations.open"])
async def test_where_slack_does_not_say_nobody_reads_anything(slack: Slack, clock: FakeClock, method: str) -> None:
    slack.refuses[method] = "ratelimited"
    with pytest.raises(TryLater):
        await SlackAudience(clients_of(slack), clock).of("T1", "U1", {"G1", "D1"})

    async def dead(**_: object) -> None:
        raise TimeoutError

    slack.refuses.clear()
    slack.users_info = slack.users_conversations = slack.conversations_open = dead  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(TryLater):
        await SlackAudience(clients_of(slack), clock).of("T1", "U1", {"G1", "D1"})


async def test_a_channel_that_slack_does_not_show_is_nobodys(slack: Slack, clock: FakeClock) -> None:
    audience = SlackAudience(clients_of(slack), clock)
    slack.refuses["conversations.info"] = "channel_not_found"
    assert await audience.of("T1", "U1", {"C7"}) == frozenset()
    assert (await audience.has_outsiders("T1", "C1"), await audience.has_outsiders("T1", "G1")) == (False, True)


@pytest.mark.parametrize(
    ("enterprise", "user", "home", "ours"),
    [
        ("", "U9", "T1", True),
        ("", "U1", "T9", False),
        ("", "U1", "", True),
        ("", "U9", "", False),
        ("E1", "U9", "T9", False),
        ("E1", "U4", "T2", True),
        ("E1", "U9", "E1", True),
    ],
)
async def test_whose_people_somebody_is(
    slack: Slack, clock: FakeClock, enterprise: str, user: str, home: str, *, ours: bool
) -> None:
    assert await SlackAudience(clients_of(slack, enterprise), clock).is_ours("T1", user, home) is ours


@pytest.mark.parametrize(("home", "ours"), [("", True), ("T9", False)])
async def test_without_the_scope_for_people_what_slack_sent_along_decides(
    slack: Slack, clock: FakeClock, home: str, *, ours: bool
) -> None:
    slack.refuses["users.info"] = "missing_scope"
    audience = SlackAudience(clients_of(slack, "E1"), clock)
    assert await audience.is_ours("T1", "U1", home) is ours
    assert await audience.of("T1", "U1", {"C1"}) == frozenset()


@pytest.mark.parametrize("name", ["C0123456789", "D1", "G1", "C1"])
def test_ids(name: str) -> None:
    assert is_channel_id(name)
    assert not is_channel_name(name)


@pytest.mark.parametrize("name", ["drafts", "entwürfe-2026", "brand_team", "日本"])
def test_names(name: str) -> None:
    assert is_channel_name(name)
    assert not is_channel_id(name)


@pytest.mark.parametrize("name", ["", "C> <!channel>", "C1|x", "a b", "x" * 81, "C", "#x", "<https"])
def test_what_is_neither(name: str) -> None:
    assert not is_channel_id(name)
    assert not is_channel_name(name)


def body(kind: str = "block_actions", **more: Any) -> Json:
    return {"type": kind, "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}, "trigger_id": "t", **more}


DRAFT = "T1:G1:1.5"
IN_THREAD: Json = {"container": {"channel_id": "C1", "message_ts": "1.6"}}


@pytest.mark.parametrize(
    ("asked", "channels"),
    [
        (body(actions=[{"value": Target(DRAFT, "x").value}], **IN_THREAD), {"C1", "G1"}),
        (body(actions=[{"selected_option": {"value": Target(DRAFT, "mute").value}}]), {"G1"}),
        (body(actions=[{"value": "T1:D1:1.5|2"}]), {"D1"}),
        (body(actions=[{"value": f"{DRAFT}|0|e1"}]), {"G1"}),
        (body(actions=[{"value": "T2:G1:1.5"}]), NONE),
        (body("view_submission", view={"private_metadata": f"{Target(DRAFT).value}\n1.0\nV1"}), {"G1"}),
        (body("view_submission", view={"private_metadata": json.dumps([DRAFT, "approved", "draft.0", "k"])}), {"G1"}),
        (body("view_submission", view={"private_metadata": DRAFT}), {"G1"}),
        (body("view_submission", view={"private_metadata": "channels"}), NONE),
        (body("message_action", channel={"id": "C1"}, container={"channel_id": "C1"}), NONE),
    ],
)
def test_what_a_click_is_about(asked: Json, channels: frozenset[str] | set[str]) -> None:
    assert channels_in(asked, "T1") == channels


@pytest.fixture
def audience() -> FakeAudience:
    audience = FakeAudience()
    audience.closed["G1"] = ("U1",)
    return audience


async def passed(guard: Guard, asked: Json) -> BoltResponse:
    async def go_on() -> BoltResponse:
        return BoltResponse(status=299)

    return await guard.check(asked, go_on)


CLICK: Json = {"actions": [{"value": Target(DRAFT, "x").value}]}


async def test_who_is_inside_goes_on(slack: Slack, audience: FakeAudience, clock: FakeClock) -> None:
    guard = Guard(audience, clients_of(slack))
    for asked in (body(**CLICK), {"type": "event_callback"}, {"command": "/candor", "team_id": "T1", "user_id": "U1"}):
        assert (await passed(guard, asked)).status == 299
    assert slack.told == []
    unknown = body(**CLICK) | {"team": {"id": "T7"}}
    assert (await passed(Guard(SlackAudience(clients_of(slack), clock), clients_of(slack)), unknown)).status == 299


@pytest.mark.parametrize(
    ("user", "home", "asleep", "said"),
    [("U2", "T1", False, words.NOT_INSIDE), ("U1", "T9", False, words.NOT_OURS), ("U1", "T1", True, words.NOT_SURE)],
)
async def test_who_is_not_is_told_in_private(
    slack: Slack, audience: FakeAudience, user: str, home: str, said: str, *, asleep: bool
) -> None:
    audience.asleep = asleep
    guard, person = Guard(audience, clients_of(slack)), {"id": user, "team_id": home}
    clicked = body(**CLICK, container={"channel_id": "C1", "message_ts": "1.5", "thread_ts": "1.0"})
    assert (await passed(guard, clicked | {"user": person})).status == 200
    assert slack.told.pop() == {"channel": "C1", "user": user, "thread_ts": "1.0", "text": said}
    window = body(**CLICK, view={"type": "modal", "id": "V1"}) | {"user": person}
    assert (await passed(guard, window)).status == 200
    assert slack.told[-1]["view_id"] == "V1"
    assert said in json.dumps(slack.told.pop())
    home_tab = body(**CLICK, view={"type": "home", "id": "V1"}) | {"user": person}
    assert (await passed(guard, home_tab)).status == 200
    assert slack.told[-1]["trigger_id"] == "t"
    sent = body("view_submission", view={"private_metadata": DRAFT}) | {"user": person}
    answer = await passed(guard, sent)
    assert json.loads(answer.body)["response_action"] == "update"
    assert said in answer.body


async def test_a_stranger_gets_one_sentence_for_a_command_and_a_shortcut(slack: Slack, audience: FakeAudience) -> None:
    guard = Guard(audience, clients_of(slack))
    answer = await passed(guard, {"command": "/candor", "team_id": "T1", "user_id": "X1"})
    assert json.loads(answer.body) == {"response_type": "ephemeral", "text": words.NOT_OURS}
    asked = body("message_action") | {"user": {"id": "X1", "team_id": "T9"}, "response_url": "http://127.0.0.1:9/"}
    assert (await passed(guard, asked)).status == 200
    slack.refuses["chat.postEphemeral"] = "channel_not_found"
    gone = body(**CLICK, container={"channel_id": "C1", "message_ts": "1.5"}) | {"user": {"id": "U2", "team_id": "T1"}}
    assert (await passed(guard, gone)).status == 200
    audience.asleep = True
    assert (await passed(guard, gone)).status == 503, "nobody was told, and another try may do"
