"""A team: its people, its bot, its channels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from bot.workspace.shapes import Json

ChannelKind: TypeAlias = Literal["channel", "group", "im"]


@dataclass
class Person:
    """Somebody who works there. The token lets a program write as that person."""

    id: str
    name: str
    real_name: str
    token: str
    title: str = ""
    is_admin: bool = False


@dataclass
class InstalledApp:
    """The one app that is installed in the team. The app token is the same in every team of the app."""

    user_id: str
    bot_id: str
    app_id: str
    token: str
    app_token: str
    signing_secret: str
    name: str = "candor"
    real_name: str = "Candor"
    client_id: str = "1111.2222"
    client_secret: str = "local-client-secret"  # noqa: S105 - of the made-up app on this machine
    installed: bool = True
    org_wide: bool = False
    """True where the token is one for all workspaces of the organisation."""
    refresh_token: str = ""


@dataclass
class Channel:
    """A channel or a direct message. Messages are kept as Slack writes them, the oldest first."""

    id: str
    team: str
    name: str
    kind: ChannelKind = "channel"
    members: list[str] = field(default_factory=list[str])
    purpose: str = ""
    is_archived: bool = False
    is_ext_shared: bool = False
    created: int = 0
    messages: list[Json] = field(default_factory=list["Json"])
    ephemerals: list[Json] = field(default_factory=list["Json"])

    def find(self, ts: str) -> Json | None:
        """The message with that time stamp, if it is there."""
        return next((message for message in reversed(self.messages) if message["ts"] == ts), None)

    def thread(self, ts: str) -> list[Json]:
        """The replies below a message, the oldest first."""
        return [m for m in self.messages if m.get("thread_ts") == ts and m["ts"] != ts]

    def top_level(self) -> list[Json]:
        """What shows in the channel itself: no replies, except those sent to the channel too."""
        shown = "thread_broadcast"
        return [m for m in self.messages if m.get("thread_ts", m["ts"]) == m["ts"] or m.get("subtype") == shown]


@dataclass
class Team:
    """One Slack workspace."""

    id: str
    name: str
    domain: str
    bot: InstalledApp
    people: dict[str, Person] = field(default_factory=dict[str, Person])
    channels: dict[str, Channel] = field(default_factory=dict[str, Channel])
    homes: dict[str, Json] = field(default_factory=dict[str, "Json"])
    files: dict[str, Json] = field(default_factory=dict[str, "Json"])
    reads: dict[str, str] = field(default_factory=dict[str, str])
    """Up to which time stamp somebody has read: by "person channel", and by "person channel thread"."""
    enterprise: str = ""
    """The id of the organisation that it belongs to, "" for none."""

    def add_person(self, person: Person) -> Person:
        """Somebody joins the team."""
        self.people[person.id] = person
        return person

    def add_channel(self, channel_id: str, name: str, members: list[str], kind: ChannelKind = "channel") -> Channel:
        """Open a channel."""
        self.channels[channel_id] = Channel(channel_id, self.id, name, kind, members)
        return self.channels[channel_id]

    def direct_message(self, one: str, other: str) -> Channel:
        """The direct message between two; it is opened when there is none yet."""
        pair = [one, other]
        for channel in self.channels.values():
            if channel.kind == "im" and sorted(channel.members) == sorted(pair):
                return channel
        partner = [user for user in pair if user != self.bot.user_id]
        return self.add_channel("D" + "".join(user[1:] for user in partner), "", pair, "im")

    def person(self, who: str) -> Person | None:
        """A person by id or by name."""
        name = who.lower().lstrip("@")
        known = (p for p in self.people.values() if who == p.id or name in {p.name.lower(), p.real_name.lower()})
        return next(known, None)

    def channel(self, which: str) -> Channel | None:
        """A channel by id or by name, with or without its number sign."""
        by_name = (c for c in self.channels.values() if c.name and c.name == which.removeprefix("#"))
        return self.channels.get(which) or next(by_name, None)

    def has(self, user_id: str) -> bool:
        """Whether it is one of its people or its bot."""
        return user_id in self.people or user_id == self.bot.user_id

    def name_of(self, user_id: str) -> str:
        """How people call somebody."""
        if user_id == self.bot.user_id:
            return self.bot.real_name
        person = self.people.get(user_id)
        return person.real_name if person else "Slackbot" if user_id == "USLACKBOT" else user_id
