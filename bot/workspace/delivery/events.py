"""From what happened to the events that Slack sends about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.api import shown
from bot.workspace.delivery.envelope import Parcel
from bot.workspace.shapes import copied, new_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.changes import Change
    from bot.workspace.delivery.courier import Courier
    from bot.workspace.hub import Hub
    from bot.workspace.shapes import Json
    from bot.workspace.state import Channel, Team

_UNTOLD = ("metadata", "bot_profile", "streaming_state")
_DEPARTURES = {"revoked": ("tokens_revoked",), "uninstalled": ("tokens_revoked", "app_uninstalled")}
_LETTERS = {"channel": "C", "group": "G", "im": "D"}


class Announcer:
    """Listens to changes and sends the events that the app subscribed to."""

    def __init__(self, hub: Hub, courier: Courier) -> None:
        self._hub = hub
        self._courier = courier
        hub.changes.listen(self.announce)

    def announce(self, change: Change) -> None:
        """Send what Slack would send about this."""
        team = self._hub.state.teams.get(change.team)
        if team and change.kind in _DEPARTURES:
            for event in _DEPARTURES[change.kind]:
                self.send(team, _departure(team, event))
        channel = team.channels.get(change.channel) if team and team.bot.installed else None
        if team is None or channel is None or team.bot.user_id not in channel.members:
            return
        for event in self._events(team, channel, change):
            self.send(team, event)

    def send(self, team: Team, event: Json) -> bool:
        """Send an event if the app subscribed to it; whether it did."""
        wanted = self._hub.manifest.wants(event)
        if wanted:
            self._courier.send_event(Parcel(team.bot.app_id, "events_api", self.callback(team, event)))
        return wanted

    def callback(self, team: Team, event: Json) -> Json:
        """An event in its wrapping."""
        whole, enterprise = team.bot.org_wide, team.enterprise or None
        authorization = {"enterprise_id": enterprise, "team_id": None if whole else team.id, "is_bot": True}
        authorization |= {"user_id": team.bot.user_id, "is_enterprise_install": whole}
        channel = team.channels.get(str(event.get("channel")))
        outer: Json = {
            "token": "local",
            "team_id": team.id,
            "context_team_id": team.id,
            "context_enterprise_id": enterprise,
        }
        outer |= {"api_app_id": team.bot.app_id, "event": event, "type": "event_callback", "event_id": new_id("Ev")}
        outer |= {
            "event_time": int(self._hub.clock.now()),
            "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
        }
        named = {"enterprise_id": enterprise} if enterprise else {}
        if channel and channel.host:
            named = {"team_id": channel.host, "enterprise_id": f"E{channel.host}"}
        return {**outer, **named, "authorizations": [authorization]}

    def _events(self, team: Team, channel: Channel, change: Change) -> Iterator[Json]:
        where: Json = {"channel": channel.id, "channel_type": channel.kind}
        if change.kind == "posted":
            yield from _posted(team, channel, change.message)
        elif change.kind in {"edited", "streamed", "unfurled", "buried"}:
            ts = self._hub.clock.timestamp()
            changed = {"message": _told(change.message), "previous_message": _told(change.previous)}
            yield {"type": "message", "subtype": "message_changed", **changed, **where, **_hidden(ts)}
        elif change.kind == "deleted":
            ts = self._hub.clock.timestamp()
            gone = {"previous_message": _told(change.message), "deleted_ts": change.message["ts"]}
            yield {"type": "message", "subtype": "message_deleted", **gone, **where, **_hidden(ts)}
        elif change.kind in {"reacted", "unreacted"}:
            yield _reaction(channel, change, self._hub.clock.timestamp())
        elif change.kind == "joined":
            joined = {
                "user": change.user,
                "channel": channel.id,
                "channel_type": _LETTERS[channel.kind],
                "team": team.id,
            }
            inviter = {"inviter": change.detail["inviter"]} if change.detail.get("inviter") else {}
            yield {"type": "member_joined_channel", **joined, **inviter, "event_ts": self._hub.clock.timestamp()}


def _departure(team: Team, kind: str) -> Json:
    tokens = {"tokens": {"oauth": [], "bot": [team.bot.user_id]}} if kind == "tokens_revoked" else {}
    return {"type": kind, **tokens}


def _posted(team: Team, channel: Channel, message: Json) -> Iterator[Json]:
    told = {**_told(message), "channel": channel.id, "event_ts": message["ts"]}
    if told.get("subtype") == "thread_broadcast" and (root := channel.find(message["thread_ts"])):
        told["root"] = _told(shown.message(channel, root))
    yield {**told, "channel_type": channel.kind}
    mentioned = f"<@{team.bot.user_id}>" in message["text"] or f"<@{team.bot.user_id}|" in message["text"]
    if mentioned and channel.kind != "im" and message["user"] != team.bot.user_id:
        yield {**told, "type": "app_mention"}


def _reaction(channel: Channel, change: Change, ts: str) -> Json:
    name = "reaction_added" if change.kind == "reacted" else "reaction_removed"
    item = {"type": "message", "channel": channel.id, "ts": change.message["ts"]}
    reaction = {"reaction": change.detail["reaction"], "item_user": change.message["user"]}
    return {"type": name, "user": change.user, **reaction, "item": item, "event_ts": ts}


def _hidden(ts: str) -> Json:
    return {"hidden": True, "ts": ts, "event_ts": ts}


def _told(message: Json) -> Json:
    return {key: value for key, value in copied(message).items() if key not in _UNTOLD}
