"""All teams, and how they are written to a file and read again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from bot.workspace.team import Channel, InstalledApp, Person, Team

if TYPE_CHECKING:
    from bot.workspace.shapes import Json

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
