"""What people do that Slack has no API for, and what Slack sends then."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.workspace.api import shown
from bot.workspace.checking import check_message_blocks, check_view
from bot.workspace.delivery.envelope import Parcel
from bot.workspace.mrkdwn import as_typed
from bot.workspace.shapes import ApiRefusal, NotAcknowledged, an_object, copied, objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.delivery.courier import Courier
    from bot.workspace.delivery.envelope import Kind
    from bot.workspace.delivery.events import Announcer
    from bot.workspace.functions import Run
    from bot.workspace.hub import Hub
    from bot.workspace.shapes import Json
    from bot.workspace.state import Channel, Person, Team
    from bot.workspace.tickets import ResponseUrl


# What Slack sends when people click, submit, type a command or use a shortcut.

_CHOSEN = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "overflow": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
}
_SHOWN = ("text", "style", "placeholder")


def user(team: Team, person: Person) -> Json:
    """Who did it."""
    return {"id": person.id, "username": person.name, "name": person.name, "team_id": team.id}


def interaction(team: Team, person: Person, kind: str) -> Json:
    """What every interaction starts with."""
    common: Json = {"type": kind, "user": user(team, person), "api_app_id": team.bot.app_id, "token": "local"}
    common["team"] = {"id": team.id, "domain": team.domain}
    return {**common, "enterprise": None, "is_enterprise_install": False}


def on_message(channel: Channel, message: Json) -> Json:
    """Where a click on a message happened."""
    ephemeral = bool(message.get("is_ephemeral"))
    container: Json = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id}
    container["is_ephemeral"] = ephemeral
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    out: Json = {"container": container, "channel": {"id": channel.id, "name": channel_name(channel)}}
    # Slack does not send an ephemeral message back: it is on the person's screen and nowhere else.
    return out if ephemeral else {**out, "message": shown.message(channel, message)}


def channel_name(channel: Channel) -> str:
    """The name that payloads use."""
    return {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)


def action(blocks: list[Json], wanted: Json, action_ts: str) -> Json:
    """What was done with an element. ``wanted`` names action_id, block_id and what was chosen. Raises `Refused`."""
    for block in blocks:
        if wanted.get("block_id") not in {None, "", block.get("block_id")}:
            continue
        for element in elements(block):
            if element.get("action_id") == wanted.get("action_id"):
                done = {"type": element["type"], "action_id": element["action_id"], "block_id": block.get("block_id")}
                return {**done, **chosen(element, wanted), "action_ts": action_ts}
    code = "no_such_action"
    raise ApiRefusal(code)


def elements(block: Json) -> Iterator[Json]:
    """Everything in a block that can be clicked or filled in."""
    for name in ("elements", "actions", "child_blocks"):
        for element in objects(block.get(name)):
            yield element
            yield from elements(element)
    for name in ("accessory", "element"):
        if element := an_object(block.get(name)):
            yield element


def chosen(element: Json, wanted: Json) -> Json:
    """The part of an action or of a view's state that says what was chosen."""
    kind, value = element["type"], wanted.get("value")
    out: Json = {key: copied(element[key]) for key in _SHOWN if key in element}
    if kind == "feedback_buttons":
        picked = _picked_feedback(element, value)
        return {"text": picked.get("text"), "value": picked.get("value")}
    if kind in {"button", "icon_button"}:
        return {**out, **({"value": element["value"]} if "value" in element else {})}
    key = _CHOSEN.get(kind, "value")
    if key == "selected_option":
        return {**out, key: option(element, value)}
    if key == "selected_options":
        values = cast("list[object]", value) if isinstance(value, list) else [value]
        return {**out, key: [option(element, one) for one in values if value]}
    return {**out, key: value or None}


def option(element: Json, value: object) -> Json | None:
    """The option with that value, as the element has it. Raises `Refused` where there is none."""
    if value in {None, ""}:
        return None
    known = objects(element.get("options"))
    for group in objects(element.get("option_groups")):
        known += objects(group.get("options"))
    for one in known:
        if one.get("value") == value:
            return copied(one)
    code = "no_such_option"
    raise ApiRefusal(code)


def _picked_feedback(element: Json, value: object) -> Json:
    both = [an_object(element.get("positive_button")), an_object(element.get("negative_button"))]
    return next((button for button in both if button.get("value") == value), both[0])


def _initial(element: Json) -> object:
    """What an input holds that nobody touched."""
    first = next((value for key, value in element.items() if key.startswith("initial_")), None)
    if isinstance(first, list):
        return [_chosen_value(one) for one in cast("list[object]", first)]
    return _chosen_value(first)


def _chosen_value(one: object) -> object:
    return an_object(cast("object", one)).get("value") if isinstance(one, dict) else one


def state_of(blocks: list[Json], values: Json) -> Json:
    """A view's or message's ``state``: what stands in every input, by block and action."""
    state: Json = {}
    for block in blocks:
        block_id = str(block.get("block_id"))
        for element in elements(block):
            kind = str(element.get("type"))
            if kind in _CHOSEN or kind.endswith("_input"):
                own = an_object(values.get(block_id))
                action_id = str(element.get("action_id"))
                given = own[action_id] if action_id in own else _initial(element)
                entry = {"type": kind, **chosen({**element, "text": None}, {"value": given})}
                state.setdefault(block_id, {})[str(element.get("action_id"))] = {
                    key: value for key, value in entry.items() if key not in _SHOWN
                }
    return {"values": state}


# What people do that Slack has no API for: click, command, shortcut, submit, open the Home tab.


class Interactions:
    """Each method returns what the bot's acknowledgement carried. Raises `Refused` when nobody acknowledged."""

    def __init__(self, hub: Hub, courier: Courier, announcer: Announcer) -> None:
        self._hub = hub
        self._courier = courier
        self._announcer = announcer

    async def click(self, team: Team, person: Person, channel: Channel, message: Json, wanted: Json) -> Json:
        """Somebody uses an element of a message."""
        blocks = objects(message.get("blocks"))
        payload = interaction(team, person, "block_actions") | on_message(channel, message)
        url, target = self._response_url(team, channel, person)
        target.ts, target.ephemeral = message["ts"], bool(message.get("is_ephemeral"))
        target.thread_ts = message.get("thread_ts", "")
        payload |= {"state": state_of(blocks, an_object(wanted.get("state"))), "response_url": url}
        payload["actions"] = [action(blocks, wanted, self._hub.clock.timestamp())]
        return await self._ask(team, person, "interactive", payload=payload)

    async def click_in_view(self, team: Team, person: Person, view_id: str, wanted: Json) -> Json:
        """Somebody uses an element of a window or of the Home tab."""
        view = self._hub.views.find(team, view_id)[1]
        blocks = objects(view["blocks"])
        view["state"] = state_of(blocks, an_object(wanted.get("state")))
        payload = interaction(team, person, "block_actions") | {"view": view}
        payload["container"] = {"type": "view", "view_id": view["id"]}
        payload["actions"] = [action(blocks, wanted, self._hub.clock.timestamp())]
        return await self._ask(team, person, "interactive", payload=payload)

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
        payload |= {"channel_id": channel.id, "channel_name": channel_name(channel), "user_id": person.id}
        payload |= {"user_name": person.name, "command": command, "text": text.strip(), "api_app_id": team.bot.app_id}
        payload |= {"is_enterprise_install": "false", "response_url": self._response_url(team, channel, person)[0]}
        answer = await self._ask(team, person, "slash_commands", payload=payload)
        if answer.get("text") or answer.get("blocks"):
            self._answer(channel, person, answer)
        return answer

    async def shortcut(self, team: Team, person: Person, callback_id: str) -> Json:
        """Somebody uses a global shortcut."""
        payload = interaction(team, person, "shortcut")
        del payload["api_app_id"], payload["user"]["name"]  # these belong to clicks
        payload |= {"callback_id": callback_id, "action_ts": self._hub.clock.timestamp()}
        return await self._ask(team, person, "interactive", payload=payload)

    async def message_shortcut(
        self, team: Team, person: Person, channel: Channel, message: Json, callback_id: str
    ) -> Json:
        """Somebody uses a shortcut on a message."""
        payload = interaction(team, person, "message_action") | on_message(channel, message)
        for name in ("container", "api_app_id"):  # these belong to clicks
            del payload[name]
        url, target = self._response_url(team, channel, person)
        target.thread_ts = message.get("thread_ts", "")
        payload |= {"callback_id": callback_id, "message_ts": message["ts"], "response_url": url}
        payload["action_ts"] = self._hub.clock.timestamp()
        return await self._ask(team, person, "interactive", payload=payload)

    async def submit(self, team: Team, person: Person, view_id: str, values: Json) -> Json:
        """Somebody submits a window. ``values`` are by block id and action id."""
        view = self._hub.views.find(team, view_id)[1]
        view["state"] = state_of(objects(view["blocks"]), values)
        payload: Json = {**interaction(team, person, "view_submission"), "view": view, "response_urls": []}
        answer = await self._ask(team, person, "interactive", payload=payload)
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
        return await self._ask(team, person, "interactive", payload=payload)

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
