"""What people do that Slack has no API for: click, command, shortcut, submit, open the Home tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace import payloads
from bot.workspace.checking import check_message_blocks, check_view
from bot.workspace.delivery.envelope import Parcel
from bot.workspace.errors import ApiRefusal, NotAcknowledged
from bot.workspace.escaping import as_typed
from bot.workspace.payloads import interaction
from bot.workspace.shapes import an_object, objects

if TYPE_CHECKING:
    from bot.workspace.delivery.courier import Courier
    from bot.workspace.delivery.envelope import Kind
    from bot.workspace.delivery.events import Announcer
    from bot.workspace.functions import Run
    from bot.workspace.hub import Hub
    from bot.workspace.responses import ResponseUrl
    from bot.workspace.shapes import Json
    from bot.workspace.team import Channel, Person, Team


class Interactions:
    """Each method returns what the bot's acknowledgement carried. Raises `Refused` when nobody acknowledged."""

    def __init__(self, hub: Hub, courier: Courier, announcer: Announcer) -> None:
        self._hub = hub
        self._courier = courier
        self._announcer = announcer

    async def click(self, team: Team, person: Person, channel: Channel, message: Json, wanted: Json) -> Json:
        """Somebody uses an element of a message."""
        blocks = objects(message.get("blocks"))
        payload = interaction(team, person, "block_actions") | payloads.on_message(channel, message)
        url, target = self._response_url(team, channel, person)
        target.ts, target.ephemeral = message["ts"], bool(message.get("is_ephemeral"))
        target.thread_ts = message.get("thread_ts", "")
        payload |= {"state": payloads.state_of(blocks, an_object(wanted.get("state"))), "response_url": url}
        payload["actions"] = [payloads.action(blocks, wanted, self._hub.clock.timestamp())]
        return await self._ask(team, person, "interactive", payload)

    async def click_in_view(self, team: Team, person: Person, view_id: str, wanted: Json) -> Json:
        """Somebody uses an element of a window or of the Home tab."""
        view = self._hub.views.find(team, view_id)[1]
        blocks = objects(view["blocks"])
        view["state"] = payloads.state_of(blocks, an_object(wanted.get("state")))
        payload = interaction(team, person, "block_actions") | {"view": view}
        payload["container"] = {"type": "view", "view_id": view["id"]}
        payload["actions"] = [payloads.action(blocks, wanted, self._hub.clock.timestamp())]
        return await self._ask(team, person, "interactive", payload)

    async def command(self, team: Team, person: Person, channel: Channel, line: str) -> Json:
        """Somebody types a slash command."""
        command, _, text = line.strip().partition(" ")
        known = {entry.get("command"): entry for entry in self._hub.manifest.commands}
        if known and command not in known:
            code = "unknown_command"
            raise ApiRefusal(code)
        if known.get(command, {}).get("should_escape"):
            text = as_typed(text, team)
        payload: Json = {"token": "local", "team_id": team.id, "team_domain": team.domain}
        payload |= {"channel_id": channel.id, "channel_name": payloads.channel_name(channel), "user_id": person.id}
        payload |= {"user_name": person.name, "command": command, "text": text.strip(), "api_app_id": team.bot.app_id}
        payload |= {"is_enterprise_install": "false", "response_url": self._response_url(team, channel, person)[0]}
        answer = await self._ask(team, person, "slash_commands", payload)
        if answer.get("text") or answer.get("blocks"):
            self._answer(channel, person, answer)
        return answer

    async def shortcut(self, team: Team, person: Person, callback_id: str) -> Json:
        """Somebody uses a global shortcut."""
        payload = interaction(team, person, "shortcut")
        del payload["api_app_id"], payload["user"]["name"]  # these belong to clicks
        payload |= {"callback_id": callback_id, "action_ts": self._hub.clock.timestamp()}
        return await self._ask(team, person, "interactive", payload)

    async def message_shortcut(
        self, team: Team, person: Person, channel: Channel, message: Json, callback_id: str
    ) -> Json:
        """Somebody uses a shortcut on a message."""
        payload = interaction(team, person, "message_action") | payloads.on_message(channel, message)
        for name in ("container", "api_app_id"):  # these belong to clicks
            del payload[name]
        url, target = self._response_url(team, channel, person)
        target.thread_ts = message.get("thread_ts", "")
        payload |= {"callback_id": callback_id, "message_ts": message["ts"], "response_url": url}
        payload["action_ts"] = self._hub.clock.timestamp()
        return await self._ask(team, person, "interactive", payload)

    async def submit(self, team: Team, person: Person, view_id: str, values: Json) -> Json:
        """Somebody submits a window. ``values`` are by block id and action id."""
        view = self._hub.views.find(team, view_id)[1]
        view["state"] = payloads.state_of(objects(view["blocks"]), values)
        payload: Json = {**interaction(team, person, "view_submission"), "view": view, "response_urls": []}
        answer = await self._ask(team, person, "interactive", payload)
        what = answer.get("response_action", "")
        if what == "update":
            self._hub.views.update(team, view_id, check_view(an_object(answer.get("view")), "modal"))
        elif what == "push":
            self._hub.views.open(team, person.id, check_view(an_object(answer.get("view")), "modal"))
        elif what == "errors":
            _check_errors(view, an_object(answer.get("errors")))
        else:
            self._hub.views.close(team.id, person.id, "" if what == "clear" else view_id)
        return answer

    async def close(self, team: Team, person: Person, view_id: str) -> Json:
        """Somebody closes a window without submitting it."""
        view = self._hub.views.find(team, view_id)[1]
        self._hub.views.close(team.id, person.id, "" if view.get("clear_on_close") else view_id)
        if not view.get("notify_on_close"):
            return {}
        payload = interaction(team, person, "view_closed") | {"view": view, "is_cleared": False}
        return await self._ask(team, person, "interactive", payload)

    def open_home(self, team: Team, person: Person, tab: str = "home") -> None:
        """Somebody looks at the app's Home tab, or at its messages."""
        channel = team.direct_message(team.bot.user_id, person.id)
        event: Json = {"type": "app_home_opened", "user": person.id, "channel": channel.id, "tab": tab}
        event["event_ts"] = self._hub.clock.timestamp()
        if tab == "home" and person.id in team.homes:
            event["view"] = team.homes[person.id]
        self._announcer.send(team, event)

    def run_step(self, team: Team, callback_id: str, inputs: Json) -> Run:
        """A workflow runs a step of the app."""
        run = self._hub.functions.start(team, callback_id, inputs)
        self._announcer.send(team, self._hub.functions.event(team, run, self._hub.clock.timestamp()))
        return run

    def _answer(self, channel: Channel, person: Person, answer: Json) -> None:
        if answer.get("blocks"):
            check_message_blocks(answer["blocks"])
        if answer.get("response_type") == "in_channel":
            self._hub.talk.post(channel, self._hub.state.team_of(channel).bot.user_id, answer)
        else:
            self._hub.talk.whisper(channel, person.id, answer)

    def _response_url(self, team: Team, channel: Channel, person: Person) -> tuple[str, ResponseUrl]:
        key, target = self._hub.responses.issue(team.id, channel.id, person.id)
        return f"{self._hub.url}/respond/{key}", target

    async def _ask(self, team: Team, person: Person, kind: Kind, payload: Json) -> Json:
        if payload.get("type") != "view_closed":
            payload["trigger_id"] = self._hub.triggers.issue(team.id, person.id)
        try:
            return await self._courier.ask(Parcel(team.bot.app_id, kind, payload))
        except NotAcknowledged as error:
            code = "operation_timeout" if error.reason == "timeout" else "dispatch_failed"
            raise ApiRefusal(code) from None


def _check_errors(view: Json, errors: Json) -> None:
    """Slack shows an error below the input that it names; one that names none of the window's inputs is refused."""
    inputs = {block.get("block_id") for block in objects(view["blocks"]) if block.get("type") == "input"}
    if not errors or not errors.keys() <= inputs:
        code = "invalid_errors"
        raise ApiRefusal(code)
