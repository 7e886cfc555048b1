"""Events from channels that another organisation began and shares with ours (Slack Connect)."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

from slack_bolt.request.async_request import AsyncBoltRequest

from bot.core.drafts import Author, Deleted, Posted
from bot.core.ports import SystemClock
from bot.slack.app import bolt_app
from bot.slack.channels import SlackNames
from bot.slack.listeners import Listener, Messages, register
from bot.slack.wire.clients import Clients, WorkspaceClient, client_for

if TYPE_CHECKING:
    from bot.core.drafts import MessageEvent

SECRET = "8f742231b10e8888abcd99"
POST: dict[str, Any] = {"type": "message", "channel": "C1", "user": "U1", "ts": "1700000000.000100", "text": "hello"}
GONE: dict[str, Any] = {"type": "message", "subtype": "message_deleted", "channel": "C1", "deleted_ts": POST["ts"]}


def ours(enterprise: str | None = None, *, whole: bool = False) -> dict[str, Any]:
    return {"team_id": "T1", "enterprise_id": enterprise, "user_id": "U0BOT", "is_enterprise_install": whole}


class Heard:
    """What our workspace takes of the signed events that Slack sends."""

    def __init__(self) -> None:
        self.taken: list[MessageEvent] = []
        client = client_for("xoxb-1", "http://127.0.0.1:9/api/")
        known = Clients([WorkspaceClient(team, "", "U0BOT", bot_id="B1", client=client) for team in ("T1", "T2")])
        self._app = bolt_app(known, SECRET)
        take = Messages(self._receive, SlackNames(known, SystemClock()), known).take
        register(self._app, [Listener("event", "message", take)])

    async def __call__(self, event: dict[str, Any], authorization: dict[str, Any], **outer: Any) -> int:
        body = {"type": "event_callback", "event_id": "Ev1", "team_id": "T0HOST", "is_ext_shared_channel": True}
        body |= {**outer, "event": event, "authorizations": [authorization]}
        raw, at = json.dumps(body), str(int(SystemClock().now()))
        sign = hmac.new(SECRET.encode(), f"v0:{at}:{raw}".encode(), hashlib.sha256).hexdigest()
        headers = {
            "content-type": "application/json",
            "x-slack-request-timestamp": at,
            "x-slack-signature": f"v0={sign}",
        }
        return (await self._app.async_dispatch(AsyncBoltRequest(body=raw, headers=dict(headers)))).status

    async def _receive(self, event: MessageEvent) -> None:
        self.taken.append(event)


async def test_what_is_written_and_deleted_there_is_our_workspaces() -> None:
    heard = Heard()
    assert await heard({**POST, "team": "T1"}, ours(), enterprise_id="E0HOST") == 200
    assert await heard(GONE, ours(), enterprise_id="E0HOST") == 200
    posted, deleted = heard.taken
    assert isinstance(posted, Posted)
    assert isinstance(deleted, Deleted)
    assert posted.message.place.draft_id == deleted.place.draft_id == "T1:C1:1700000000.000100"
    assert posted.message.author is Author.PERSON
    assert posted.message.place.enterprise == ""


async def test_the_hosts_own_people_are_outsiders() -> None:
    heard = Heard()
    for home in ("T0HOST", "E0HOST"):
        assert await heard({**POST, "user_team": home}, ours("E1"), enterprise_id="E0HOST") == 200
    assert [event.message.author for event in heard.taken if isinstance(event, Posted)] == [Author.OUTSIDER] * 2
    assert [event.message.place.enterprise for event in heard.taken if isinstance(event, Posted)] == ["E1", "E1"]


async def test_an_organisations_installation_does_not_say_which_of_its_workspaces_it_is() -> None:
    heard = Heard()
    await heard(POST, ours("E1", whole=True), team_id="T2")
    assert [event.message.place.team for event in heard.taken if isinstance(event, Posted)] == ["T2"]
