"""Teams with their people and channels, as they are at first, kept in a file, and read again."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from bot.workspace.changes import Change
    from bot.workspace.shapes import Json


# A team: its people, its bot, its channels.

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
    is_read_only: bool = False
    """True where people may post and apps may not."""
    is_ext_shared: bool = False
    host: str = ""
    """The workspace of another organisation that shares the channel, "" for one of our own."""
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
        self.channels[channel_id] = Channel(channel_id, self.id, name, kind=kind, members=members)
        return self.channels[channel_id]

    def direct_message(self, one: str, other: str) -> Channel:
        """The direct message between two; it is opened when there is none yet."""
        pair = [one, other]
        for channel in self.channels.values():
            if channel.kind == "im" and sorted(channel.members) == sorted(pair):
                return channel
        partner = [user for user in pair if user != self.bot.user_id]
        return self.add_channel("D" + "".join(user[1:] for user in partner), "", pair, kind="im")

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
        if person := self.people.get(user_id):
            return person.real_name
        return "Slackbot" if user_id == "USLACKBOT" else user_id


# All teams, and how they are written to a file and read again.

_FORMAT = 1


@dataclass
class State:
    """Every team this server plays."""

    teams: dict[str, Team] = field(default_factory=dict[str, Team])

    def add_team(self, team: Team) -> Team:
        """One more team."""
        self.teams[team.id] = team
        return team

    @property
    def first(self) -> Team:
        """The team that is meant when nobody names one."""
        return next(iter(self.teams.values()))

    def team(self, team_id: str = "") -> Team:
        """A team by id; the first one without. Raises KeyError for an unknown id."""
        return self.teams[team_id] if team_id else self.first

    def team_of(self, channel: Channel) -> Team:
        """The team a channel belongs to."""
        return self.teams[channel.team]

    def teams_of_app(self, app_id: str) -> list[Team]:
        """Every team that installed the app."""
        return [team for team in self.teams.values() if team.bot.app_id == app_id]

    def teams_of_organisation(self, team: Team) -> list[Team]:
        """Every team of the same organisation; the team alone where it belongs to none."""
        return [one for one in self.teams.values() if one is team or (team.enterprise == one.enterprise != "")]

    def last_ts(self) -> str:
        """The newest time stamp of all, or an empty one."""
        every = (c.messages[-1]["ts"] for t in self.teams.values() for c in t.channels.values() if c.messages)
        return max(every, default="0.0")

    def to_json(self) -> Json:
        """All of it, for a file."""
        return {"format": _FORMAT, "teams": [asdict(team) for team in self.teams.values()]}

    @classmethod
    def from_json(cls, saved: Json) -> State:
        """Read what `to_json` wrote. Raises ValueError for another format."""
        if saved.get("format") != _FORMAT:
            message = f"saved in format {saved.get('format')}, this version reads format {_FORMAT}"
            raise ValueError(message)
        state = cls()
        for team in saved["teams"]:
            state.add_team(_team(team))
        return state


def _team(saved: Json) -> Team:
    people = {key: Person(**value) for key, value in saved["people"].items()}
    channels = {key: Channel(**value) for key, value in saved["channels"].items()}
    parts: Json = {"bot": InstalledApp(**saved["bot"]), "people": people, "channels": channels}
    return Team(**{**saved, **parts})


# Keeps everything in one file, so that a restart finds the same messages.

_LOG = logging.getLogger(__name__)
_PAUSE = 0.5


def load(path: Path) -> State | None:
    """What was saved; None where nothing was. Raises ValueError for a file that is something else."""
    if not path.exists():
        return None
    return State.from_json(json.loads(path.read_text(encoding="utf-8")))


def save(path: Path, state: State) -> None:
    """Write everything; the file is whole at every moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps(state.to_json(), ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


class Saver:
    """Saves a moment after a change, once for all changes of that moment."""

    def __init__(self, path: Path, state: State) -> None:
        self._path = path
        self._state = state
        self._due: asyncio.TimerHandle | None = None

    def note(self, change: Change) -> None:
        """Something changed."""
        if change.kind != "delivery" and self._due is None:
            self._due = asyncio.get_running_loop().call_later(_PAUSE, self.now)

    def now(self) -> None:
        """Save what is waiting to be saved; what cannot be saved now is saved with the next change."""
        if self._due:
            self._due.cancel()
            self._due = None
            try:
                save(self._path, self._state)
            except OSError as error:
                _LOG.warning("the workspace could not be saved: %s", error.strerror)


# The team that is there at first: Harbor & Pine, who sell things for the house and the garden.

HARBOR = "T0HARBOR"
SIGNING_SECRET = "harbor-signing-secret"  # noqa: S105 - of the made-up app on this machine


def default_state() -> State:
    """One team with two people, three channels and Candor."""
    state = State()
    state.add_team(harbor_and_pine())
    return state


def harbor_and_pine() -> Team:
    """Dana writes, Mika looks after the brand. Candor sits in #drafts and #brand, not in #general."""
    bot = InstalledApp(
        "U0CANDOR",
        "B0CANDOR",
        "A0CANDOR",
        token="xoxb-harbor-candor",
        app_token="xapp-harbor-candor",
        signing_secret=SIGNING_SECRET,
    )
    team = Team(HARBOR, "Harbor & Pine", "harbor-pine", bot=bot)
    team.add_person(Person("U0DANA", "dana", "Dana", token="xoxp-dana", title="Copywriter"))
    team.add_person(Person("U0MIKA", "mika", "Mika", token="xoxp-mika", title="Brand lead", is_admin=True))
    people = list(team.people)
    team.add_channel("C0DRAFTS", "drafts", [*people, bot.user_id]).purpose = "Posts before they go out"
    team.add_channel("C0BRAND", "brand", [*people, bot.user_id]).purpose = "How we sound, and what we stand for"
    team.add_channel("C0GENERAL", "general", people).purpose = "Everything else"
    return team


def another_team(team_id: str, name: str, app_of: Team) -> Team:
    """One more team that installed the same app, with Ola who writes there and a channel for drafts."""
    key = team_id.removeprefix("T0").lower()
    app = app_of.bot
    user_id, bot_id = f"U0{key.upper()}BOT", f"B0{key.upper()}BOT"
    bot = InstalledApp(
        user_id,
        bot_id,
        app.app_id,
        token=f"xoxb-{key}-{app.name}",
        app_token=app.app_token,
        signing_secret=app.signing_secret,
    )
    team = Team(team_id, name, key, bot=bot)
    writer = team.add_person(
        Person(f"U0{key.upper()}OLA", "ola", "Ola", token=f"xoxp-{key}-ola", title="Editor", is_admin=True)
    )
    team.add_channel(f"C0{key.upper()}DRAFTS", "drafts", [writer.id, user_id])
    return team
