"""What Slack sends when people click, submit, type a command or use a shortcut."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, cast

from bot.workspace.api import shown
from bot.workspace.errors import ApiRefusal
from bot.workspace.shapes import an_object, objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.shapes import Json
    from bot.workspace.team import Channel, Person, Team

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
    out: Json = {key: deepcopy(element[key]) for key in _SHOWN if key in element}
    if kind == "feedback_buttons":
        picked = _picked_feedback(element, value)
        return {"text": picked.get("text"), "value": picked.get("value")}
    if kind in {"button", "icon_button"}:
        return {**out, **({"value": element["value"]} if "value" in element else {})}
    key = _CHOSEN.get(kind, "value")
    if key == "selected_option":
        return {**out, key: option(element, value)}
    if key == "selected_options":
        values = cast("list[object]", value) if isinstance(value, list) else [value] if value else []
        return {**out, key: [option(element, one) for one in values]}
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
            return deepcopy(one)
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
