"""Every place where people reach Candor, as it is registered: none lets somebody in who is not inside.

The list stands in docs/security.md. A new listener without an entry there fails here, and so does an entry without one.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt.response import BoltResponse

from bot.core.drafts import Target
from bot.core.errors import NotInstalled
from bot.core.guidelines import Library
from bot.core.home import Composition, HomeTab
from bot.core.settings import DigestSettings, WorkspaceSettings
from bot.core.words import watching as words
from bot.flows.audience import WhoSees
from bot.flows.privacy import ExportPerson
from bot.slack.audience import Guard, SlackAudience
from bot.slack.composing import composition_of
from bot.slack.composing import message as composed
from bot.slack.home import home_view
from bot.slack.settings import overview, page
from bot.store.database import Database
from bot.store.privacy import PersonalStore
from bot.store.tables import SETTING_CHANGES
from tests.databases import migrated
from tests.flows.fake_leads import FakeAudience, FakeJoinedChannels, FakeLeads, seeing
from tests.flows.fake_privacy import FakeFileMessages
from tests.flows.fakes import FakeClock, straight_on
from tests.flows.world import Steps
from tests.listening import everything_heard
from tests.slack.test_audience import Slack, clients_of

KINDS = ("action", "view", "global_shortcut", "message_shortcut", "command", "event", "function")
LIBRARY = Library(())
DRAFT = "T1:G1:1700000000.000100"
GUARDED = {
    "action": "block_actions",
    "view": "view_submission",
    "global_shortcut": "shortcut",
    "message_shortcut": "message_action",
}


@pytest.fixture
def surfaces() -> set[tuple[str, str]]:
    """(kind, name), with N for numbers at the end."""
    return {(kind, name.rstrip("0123456789") + "N" * name[-1].isdigit()) for kind, name, _ in everything_heard()}


def test_the_list_in_the_documents_is_what_is_registered(surfaces: set[tuple[str, str]], root: Path) -> None:
    listed = (root / "docs" / "security.md").read_text(encoding="utf-8")
    rows = (line.split("`") for line in listed.splitlines() if line.startswith("| `"))
    assert {(row[1], name) for row in rows if row[1] in KINDS for name in row[3::2]} == surfaces


NAMES = {"C00000001": "news", "G00000002": "merger", "G00000003": "layoffs"}
WORDS = sorted({*NAMES, *NAMES.values()})


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.sampled_from(["draft_channels", "digest_channel"]), *[st.lists(st.sampled_from(WORDS))] * 2)),
    st.frozensets(st.sampled_from(sorted(NAMES))),
)
async def test_a_persons_file_names_the_channels_that_they_can_read_and_no_other(
    changes: list[tuple[str, list[str], list[str]]], closed: frozenset[str]
) -> None:
    sees, audience = seeing(FakeLeads(), FakeJoinedChannels(NAMES))
    audience.closed = dict.fromkeys(closed, ("U2",))
    file_messages = FakeFileMessages()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(migrated("sqlite", Path(folder)))
        async with database.write() as connection:
            for at, (field, old, new) in enumerate(changes):
                values = {"field": field, "old": ", ".join(old), "new": ", ".join(new), "at": float(at)}
                await connection.execute(sa.insert(SETTING_CHANGES).values(team="T1", user="U1", **values))
        export = ExportPerson(PersonalStore(database), file_messages, FakeClock(straight_on), sees=sees)
        await export(Steps(), "T1", "U1", "wish")
        await database.close()
    (sent,) = file_messages.files.values()
    named = {word for _, old, new in changes for word in (*old, *new)}
    for channel, name in NAMES.items():
        for word in (channel, name):
            assert (word in sent) is (word in named and channel not in closed)


async def through(asked: dict[str, Any], audience: FakeAudience) -> tuple[bool, str]:
    """Whether a listener is reached, and all that the person is shown."""
    slack, reached = Slack(), False

    async def listener() -> BoltResponse:
        nonlocal reached
        reached = True
        return BoltResponse(status=200)

    answer = await Guard(audience, clients_of(slack)).check(asked, listener)
    return reached, json.dumps([slack.told, answer.body])


def asked_by(user: str, home: str, kind: str, name: str, marker: str) -> dict[str, Any]:
    value, person = Target(DRAFT, marker).value, {"id": user, "team_id": home}
    if kind == "command":
        return {"command": name, "text": marker, "team_id": "T1", "user_id": user}
    body: dict[str, Any] = {"type": GUARDED[kind], "team": {"id": "T1"}, "user": person, "trigger_id": "t"}
    if kind == "action":
        body |= {"actions": [{"action_id": name, "value": value}]}
        return body | {"container": {"channel_id": "G1", "message_ts": "1.0"}, "message": {"text": marker}}
    if kind != "view":
        return body
    return body | {"view": {"type": "modal", "id": "V1", "callback_id": name, "private_metadata": f"{value}\n1.0\n"}}


async def test_nobody_outside_reaches_a_listener_and_nobody_sees_a_word(surfaces: set[tuple[str, str]]) -> None:
    audience = FakeAudience()
    audience.closed["G1"] = ("U1",)
    people = {"U1": "T1", "U2": "T1", "X9": "T9"}  # inside, outside, of another organisation
    for kind, name in sorted(surfaces):
        if kind in ("event", "function"):
            continue  # nobody clicks: what those show has its own tests
        for user, home in people.items():
            reached, shown = await through(asked_by(user, home, kind, name=name, marker="zebra"), audience)
            about_a_draft = kind in ("action", "view")
            assert reached is (user == "U1" or (user == "U2" and not about_a_draft)), (kind, name, user)
            assert "zebra" not in shown
            assert reached or words.NOT_OURS in shown or words.NOT_INSIDE in shown or kind == "message_shortcut"


@given(
    st.dictionaries(st.sampled_from(["G1", "C2", "D3"]), st.frozensets(st.sampled_from(["U1", "U2"]))),
    st.lists(st.sampled_from(["G1", "C2", "D3"]), min_size=1),
    st.sampled_from(["U1", "U2"]),
    st.sampled_from(["|", "\n", " ", ", "]),
    st.booleans(),
)
async def test_whatever_drafts_a_click_names_all_must_be_readable(
    closed: dict[str, frozenset[str]],
    named: list[str],
    user: str,
    between: str,
    asleep: bool,  # noqa: FBT001 - drawn
) -> None:
    audience = FakeAudience()
    audience.closed = {channel: tuple(readers) for channel, readers in closed.items()}
    audience.asleep = asleep
    value = between.join(f"T1:{channel}:1.0" for channel in named)
    body = {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": user, "team_id": "T1"}}
    reached, _ = await through(body | {"actions": [{"value": value}], "trigger_id": "t"}, audience)
    assert reached is (not asleep and all(user in closed.get(channel, {user}) for channel in named))


PLATFORM = {"type": "static_select", "action_id": "value", "options": [{"value": "x"}, {"value": "email"}]}
HELD = {
    "selected_conversation": "G1",
    "selected_conversations": ["C2", "G1"],
    "selected_channel": "G1",
    "selected_channels": ["G1"],
}


def submitted(name: str, values: dict[str, dict[str, Any]], user: str = "U2") -> dict[str, Any]:
    state = {"values": {block: {"value": element} for block, element in values.items()}}
    beside = {"type": "section", "block_id": "ai", "accessory": PLATFORM}
    blocks = [{"type": "input", "block_id": "platform", "element": PLATFORM}, beside]
    view = {"type": "modal", "id": "V1", "callback_id": name, "private_metadata": "", "state": state, "blocks": blocks}
    return {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": user, "team_id": "T1"}, "view": view}


async def test_nobody_sends_a_window_about_a_channel_that_they_cannot_read(surfaces: set[tuple[str, str]]) -> None:
    audience = FakeAudience()
    audience.closed["G1"] = ("U1",)
    for name in sorted(name for kind, name in surfaces if kind == "view"):
        for held, value in HELD.items():
            for user in ("U1", "U2"):
                reached, shown = await through(submitted(name, {"channel": {held: value}}, user), audience)
                assert reached is (user == "U1")
                assert reached or json.dumps({"channel": words.NOT_THERE})[1:-1] in json.loads(shown)[1]


@pytest.mark.parametrize(
    ("block", "element", "said"),
    [
        ("platform", {"selected_option": {"value": "<!channel>"}}, words.NOT_OFFERED),
        ("ai", {"selected_options": [{"value": "x"}, {"value": "made up"}]}, words.NOT_OFFERED),
        ("elsewhere", {"selected_option": {"value": "x"}}, words.NOT_OFFERED),
        ("leads", {"selected_users": ["U1", "X9"]}, words.NOT_A_MEMBER),
        ("lead", {"selected_user": "X9"}, words.NOT_A_MEMBER),
        ("platform", {"selected_option": {"value": "x"}}, ""),
        ("ai", {"selected_options": [{"value": "email"}]}, ""),
        ("ai", {"selected_option": None, "value": "typed"}, ""),
        ("leads", {"selected_users": ["U1", "U2"]}, ""),
        ("leads", {"selected_users": None}, ""),
    ],
)
async def test_only_what_a_window_offers_can_be_chosen_in_it(block: str, element: dict[str, Any], said: str) -> None:
    reached, shown = await through(submitted("candor_new_draft", {block: element}), FakeAudience())
    assert reached is (not said)
    assert json.loads(json.loads(shown)[1] or "{}") == (
        {"response_action": "errors", "errors": {block: said}} if said else {}
    )


async def test_a_window_stays_open_while_slack_does_not_say_who_reads_a_channel() -> None:
    audience = FakeAudience()
    guard = Guard(audience, clients_of(Slack()))
    asked = submitted("candor_new_draft", {"channel": HELD, "platform": {"selected_option": {"value": "x"}}})
    audience.asleep = True
    assert await guard.wrong(asked) == {"channel": words.NOT_SURE}
    assert await Guard(NotHere(), clients_of(Slack())).wrong(asked) == {}  # pyright: ignore[reportArgumentType]


class NotHere:
    """The audience of a workspace that is gone."""

    async def of(self, *_: object) -> frozenset[str]:
        raise NotInstalled


def test_a_platform_that_candor_does_not_know_is_none() -> None:
    view = submitted("candor_new_draft", {"platform": {**PLATFORM, "selected_option": {"value": "<!channel>"}}})["view"]
    assert composition_of(view).platform == ""
    shown = json.dumps(composed("U1", Composition("Words", "<!channel>")))
    assert "<!channel>" not in shown.lower()


async def test_a_guest_is_told_no_name_of_a_channel_that_they_are_not_in() -> None:
    names = {"C1": "harvest", "G1": "merger"}
    sees = WhoSees(SlackAudience(clients_of(Slack()), FakeClock(straight_on)), FakeJoinedChannels(names), FakeLeads())
    seen = {user: await sees.named("T1", user, [*names, *names.values()]) for user in ("U1", "U2")}
    assert seen["U1"].channels == {"C1", "harvest"}  # a full member, in neither
    assert seen["U2"].channels == {"G1", "merger"}  # a guest, in the second
    chosen = WorkspaceSettings(draft_channels=("harvest", "C1", "merger"), digest=DigestSettings(channel="harvest"))
    windows = [overview(chosen, LIBRARY, seen["U2"])]
    windows += [page(name, chosen, LIBRARY, joined={}, seen=seen["U2"]) for name in ("channels", "digest")]
    shown = json.dumps([home_view(HomeTab("U2", chosen, seen=seen["U2"])), *windows])
    assert "harvest" not in shown
    assert "#C1" not in shown
    assert "merger" in shown
