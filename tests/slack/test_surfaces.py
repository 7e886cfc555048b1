"""Every place where people reach Candor, as it is registered: none lets somebody in who is not inside.

The list stands in docs/security.md. A new listener without an entry there fails here, and so does an entry without one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.response import BoltResponse

from bot.core.drafts import Target
from bot.core.words import watching as words
from bot.slack.audience import Guard
from tests.flows.fake_leads import FakeAudience
from tests.listening import everything_heard
from tests.slack.test_audience import Slack, clients_of

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("action", "view", "global_shortcut", "message_shortcut", "command", "event", "function")
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
            reached, shown = await through(asked_by(user, home, kind, name, "zebra"), audience)
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
