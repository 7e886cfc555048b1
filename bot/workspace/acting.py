"""Acting in the workspace from a program: what tests and the command line use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.api.dispatch import answer
from bot.workspace.changes import Change
from bot.workspace.mrkdwn import with_mentions
from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from bot.workspace.delivery.courier import Courier
    from bot.workspace.delivery.events import Announcer
    from bot.workspace.delivery.sockets import Sockets
    from bot.workspace.faults import Faults, Traffic
    from bot.workspace.functions import Run
    from bot.workspace.hub import Hub
    from bot.workspace.interactions import Interactions
    from bot.workspace.shapes import Json
    from bot.workspace.state import Channel, Person, State, Team

    T = TypeVar("T")

_SECONDS = 5.0


class Acting:
    """What a person does, and waiting for what the bot does. Every deed is a call of the Web API.

    ``team`` is a team's id; empty means the first team. ``by`` is a person's name or id. A channel is named by id, by
    ``#name``, or by ``@name`` for the direct message between the bot and that person.
    """

    hub: Hub
    sockets: Sockets
    courier: Courier
    announcer: Announcer
    interactions: Interactions

    @property
    def state(self) -> State:
        """All teams with their channels and messages, to look into."""
        return self.hub.state

    @property
    def team(self) -> Team:
        """The first team."""
        return self.state.first

    @property
    def traffic(self) -> Traffic:
        """The raw calls, envelopes and acknowledgements."""
        return self.hub.traffic

    @property
    def faults(self) -> Faults:
        """Failures on demand."""
        return self.hub.faults

    def call(self, method: str, token: str, **args: object) -> Json:
        """Call a method of the Web API as whoever owns the token. Raises `Refused` with Slack's error."""
        out = answer(self.hub, method, token, args=args)
        if not out.pop("ok"):
            raise ApiRefusal(out.pop("error"), **out)
        return out

    def post(self, channel: str, text: str, *, by: str = "dana", thread_ts: str = "", team: str = "") -> str:
        """Somebody posts; returns the message's ``ts``. ``@candor`` in the text becomes a mention."""
        where, person = self.channel(channel, team), self.person(by, team)
        text = with_mentions(text, self.state.team(team))
        args: Json = {"channel": where.id, "text": text, **({"thread_ts": thread_ts} if thread_ts else {})}
        return str(self.call("chat.postMessage", person.token, **args)["ts"])

    def share(self, channel: str, text: str, content: bytes, name: str = "picture.png", **more: str) -> str:
        """Somebody posts a file with words beside it; returns the message's ``ts``. ``more``: alt_text, by, team."""
        team, alt_text = more.get("team", ""), more.get("alt_text", "")
        where, token = self.channel(channel, team), self.person(more.get("by", "dana"), team).token
        asked: Json = {"filename": name, "length": len(content), "alt_txt": alt_text}
        file_id = self.call("files.getUploadURLExternal", token, **asked)["file_id"]
        self.hub.files.receive(file_id, content)
        shared: Json = {"files": [{"id": file_id}], "channel_id": where.id, "initial_comment": text}
        self.call("files.completeUploadExternal", token, **shared)
        return str(where.messages[-1]["ts"])

    def edit(self, channel: str, ts: str, text: str, *, by: str = "dana", team: str = "") -> None:
        """Somebody edits a message."""
        text = with_mentions(text, self.state.team(team))
        self.call("chat.update", self.person(by, team).token, channel=self.channel(channel, team).id, ts=ts, text=text)

    def delete(self, channel: str, ts: str, *, by: str = "dana", team: str = "") -> None:
        """Somebody deletes a message."""
        self.call("chat.delete", self.person(by, team).token, channel=self.channel(channel, team).id, ts=ts)

    def react(self, channel: str, ts: str, name: str, *, by: str = "dana", team: str = "") -> None:
        """Somebody adds a reaction."""
        where = self.channel(channel, team).id
        self.call("reactions.add", self.person(by, team).token, channel=where, timestamp=ts, name=name)

    def unfurl(self, channel: str, ts: str, *attachments: Json, team: str = "") -> None:
        """Slack adds link previews to a message."""
        where = self.channel(channel, team)
        self.hub.talk.unfurl(where, self.message(channel, ts, team), list(attachments))

    async def click(self, channel: str, ts: str, action_id: str, *, by: str = "dana", **more: object) -> Json:
        """Somebody uses an element of a message, also of an ephemeral one; ``value`` says what is chosen.

        Returns what the bot's acknowledgement carried. Raises `Refused` without one.
        """
        team = str(more.pop("team", ""))
        where = self.channel(channel, team)
        message = next((m for m in where.ephemerals if m["ts"] == ts), None) or self.message(channel, ts, team)
        wanted: Json = {"action_id": action_id, **more}
        return await self.interactions.click(
            self.state.team(team), self.person(by, team), where, message=message, wanted=wanted
        )

    async def command(self, channel: str, line: str, *, by: str = "dana", team: str = "") -> Json:
        """Somebody types a slash command: ``w.command("#drafts", "/candor help")``."""
        where = self.channel(channel, team)
        return await self.interactions.command(self.state.team(team), self.person(by, team), where, line=line)

    async def shortcut(
        self, callback_id: str, channel: str = "", ts: str = "", *, by: str = "dana", team: str = ""
    ) -> Json:
        """Somebody uses a shortcut: with channel and ts one on a message, else a global one."""
        home, person = self.state.team(team), self.person(by, team)
        if not ts:
            return await self.interactions.shortcut(home, person, callback_id)
        where, message = self.channel(channel, team), self.message(channel, ts, team)
        return await self.interactions.message_shortcut(home, person, where, message=message, callback_id=callback_id)

    async def submit(self, values: Json, *, by: str = "dana", team: str = "") -> Json:
        """Somebody submits the window on top. ``values`` are by block id and action id."""
        view_id = self.views(by=by, team=team)[-1]["id"]
        return await self.interactions.submit(self.state.team(team), self.person(by, team), view_id, values=values)

    def views(self, *, by: str = "dana", team: str = "") -> list[Json]:
        """The windows somebody has open, the last on top."""
        return self.hub.views.stack(self.state.team(team).id, self.person(by, team).id)

    def home(self, *, by: str = "dana", team: str = "") -> Json | None:
        """Somebody's Home tab as the bot published it."""
        return self.state.team(team).homes.get(self.person(by, team).id)

    def open_home(self, *, by: str = "dana", tab: str = "home", team: str = "") -> None:
        """Somebody looks at the app's Home tab, or at its messages."""
        self.interactions.open_home(self.state.team(team), self.person(by, team), tab)

    def run_step(self, callback_id: str, inputs: Json, *, team: str = "") -> Run:
        """A workflow runs a step of the app; what becomes of it is noted in what this returns."""
        return self.interactions.run_step(self.state.team(team), callback_id, inputs)

    def ephemerals(self, channel: str, *, by: str = "dana", team: str = "") -> list[Json]:
        """What only that person sees in the channel."""
        person = self.person(by, team)
        return [message for message in self.channel(channel, team).ephemerals if message["to"] == person.id]

    def message(self, channel: str, ts: str, team: str = "") -> Json:
        """A message as it is stored, tombstones too. Raises KeyError."""
        message = self.channel(channel, team).find(ts)
        if message is None:
            raise KeyError(ts)
        return message

    def messages(self, channel: str, team: str = "") -> list[Json]:
        """Everything in a channel, replies too, the oldest first."""
        return list(self.channel(channel, team).messages)

    async def replies(
        self,
        channel: str,
        ts: str,
        *,
        count: int = 1,
        timeout: float = _SECONDS,  # noqa: ASYNC109 - how patient the caller is
        team: str = "",
    ) -> list[Json]:
        """The replies in a thread once there are that many. Raises TimeoutError."""
        where = self.channel(channel, team)

        def enough() -> list[Json]:
            found = where.thread(ts)
            return found if len(found) >= count else []

        return await self.until(enough, timeout, f"{count} replies to {ts}")

    async def until(
        self,
        check: Callable[[], T],
        timeout: float = _SECONDS,  # noqa: ASYNC109 - the same
        what: str = "what was expected",
    ) -> T:
        """Wait until the check's answer is true and return it; it is asked after every change.

        Raises TimeoutError once nothing has happened in the workspace for so long.
        """
        return await self.hub.changes.until(check, timeout, what)

    def uninstall(self, team: str = "") -> None:
        """An admin removes the app from the workspace, or from the organisation where it is installed in that."""
        home = self.state.team(team)
        for one in self.state.teams_of_organisation(home) if home.bot.org_wide else [home]:
            one.bot.installed = False
            for channel in one.channels.values():
                self.hub.talk.leave(channel, one.bot.user_id)
        self.hub.changes.emit(Change("uninstalled", home.id))

    async def delivered(self, timeout: float = _SECONDS) -> None:  # noqa: ASYNC109 - the same
        """Wait until every event so far is acknowledged or lost."""
        await self.until(lambda: self.courier.busy == 0, timeout, "the delivery of all events")

    def advance(self, seconds: float) -> None:
        """Move the workspace's time ahead."""
        self.hub.clock.advance(seconds)

    def person(self, who: str, team: str = "") -> Person:
        """A person by name or id. Raises KeyError."""
        person = self.state.team(team).person(who)
        if person is None:
            raise KeyError(who)
        return person

    def channel(self, which: str, team: str = "") -> Channel:
        """A channel by ``#name``, by id, or the bot's direct message with ``@name``. Raises KeyError."""
        home = self.state.team(team)
        if which.startswith("@"):
            return home.direct_message(home.bot.user_id, self.person(which, team).id)
        channel = home.channel(which)
        if channel is None:
            raise KeyError(which)
        return channel
