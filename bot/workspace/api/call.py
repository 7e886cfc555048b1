"""One call of the Web API: who calls, with what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from bot.workspace.shapes import ApiRefusal, an_object, objects

if TYPE_CHECKING:
    from bot.workspace.hub import Hub
    from bot.workspace.shapes import Json
    from bot.workspace.state import Channel, Team

CallerKind: TypeAlias = Literal["bot", "person", "app"]
_TRUE = {"1", "true", "True"}


@dataclass(frozen=True)
class Caller:
    """Whose token it is."""

    kind: CallerKind
    team: Team
    user_id: str


@dataclass(frozen=True)
class Call:
    """A call with its arguments, all wire styles merged into one."""

    hub: Hub
    caller: Caller
    args: Json

    @property
    def team(self) -> Team:
        """The caller's team."""
        return self.caller.team

    def text(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def needed(self, name: str) -> str:
        """An argument that must be there. Raises `Refused`."""
        if not self.text(name):
            code = "invalid_arguments"
            raise ApiRefusal(code, response_metadata={"messages": [f"[ERROR] missing required field: {name}"]})
        return self.text(name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """An argument that is true or false; forms write it as 0 or 1."""
        value = self.args.get(name)
        return default if value is None else value is True or str(value) in _TRUE

    def number(self, name: str, default: int) -> int:
        """A number that is at least 1. Raises `Refused` where it is none."""
        value = self.text(name) or str(default)
        if not value.isdigit() or not int(value):
            code = "invalid_limit" if name == "limit" else "invalid_arguments"
            raise ApiRefusal(code)
        return int(value)

    def listed(self, name: str) -> list[Json]:
        """A list of objects."""
        return objects(self.args.get(name))

    def object(self, name: str) -> Json:
        """An object."""
        return an_object(self.args.get(name))

    def channel(self, name: str = "channel", *, member: bool = False) -> Channel:
        """The channel that is meant, by id, by ``#name`` or, for a direct message, by person. Raises `Refused`."""
        which = self.needed(name)
        me = self.caller.user_id
        if which in self.team.people and which != me:
            return self.team.direct_message(me, which)
        channel = self.team.channel(which)
        if channel is None or (channel.kind != "channel" and me not in channel.members):
            code = "channel_not_found"
            raise ApiRefusal(code)
        if member and me not in channel.members:
            code = "not_in_channel"
            raise ApiRefusal(code)
        return channel

    def message(self, channel: Channel, name: str = "ts", code: str = "message_not_found") -> Json:
        """A message of the channel that is no tombstone. Raises `Refused`."""
        message = channel.find(self.needed(name))
        if message is None or message.get("subtype") == "tombstone":
            raise ApiRefusal(code)
        return message
