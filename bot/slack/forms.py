"""Inputs in windows: how they are drawn, what they showed at first, and what somebody put into them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.slack.elements import plain
from bot.slack.json import items, part, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.slack.json import Json

_INPUT = "value"
"""The action id of every input; its block id is what tells them apart."""
LONGEST_TYPED = 3000
"""Slack takes no longer text into an input."""
_TEXTS = {
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "timepicker": ("selected_time", "initial_time"),
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
}
_LISTS = {
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_users_select": ("selected_users", "initial_users"),
}
_CHANNELS = {"include": ["public", "private"], "exclude_bot_users": True}


def field(name: str, label: str, element: Json, *, hint: str = "", optional: bool = True) -> Json:
    """An input with its label."""
    block: Json = {"type": "input", "block_id": name, "label": plain(label), "optional": optional}
    block["element"] = {**element, "action_id": _INPUT}
    return block | ({"hint": plain(hint)} if hint else {})


def typed(value: str, *, lines: bool = False, longest: int = LONGEST_TYPED) -> Json:
    """Free text."""
    element: Json = {"type": "plain_text_input", "multiline": lines, "max_length": longest}
    return element | ({"initial_value": value} if value else {})


def number(value: str, most: int) -> Json:
    """A whole number."""
    limits = {"min_value": "0", "max_value": str(most)}
    return {"type": "number_input", "is_decimal_allowed": False, "initial_value": value, **limits}


def time(value: str) -> Json:
    """A time of day, HH:MM."""
    return {"type": "timepicker", "initial_time": value}


def menu(options: Mapping[str, str], chosen: str) -> Json:
    """One of several. ``options`` are labels by value."""
    return {"type": "static_select", "options": _options(options), **_one(options, chosen)}


def radios(options: Mapping[str, str], chosen: str) -> Json:
    """One of a few."""
    return {"type": "radio_buttons", "options": _options(options), **_one(options, chosen)}


def boxes(options: Mapping[str, str], chosen: Iterable[str]) -> Json:
    """Any of a few."""
    first = _options({value: label for value, label in options.items() if value in set(chosen)})
    return {"type": "checkboxes", "options": _options(options)} | ({"initial_options": first} if first else {})


def people(chosen: Iterable[str]) -> Json:
    """Any people of the workspace."""
    first = list(chosen)
    return {"type": "multi_users_select"} | ({"initial_users": first} if first else {})


def channel(chosen: str) -> Json:
    """One channel by id, public or private."""
    menu: Json = {"type": "conversations_select", "filter": _CHANNELS}
    return menu | ({"initial_conversation": chosen} if chosen else {})


def channels(chosen: Iterable[str], *, most: int = 0) -> Json:
    """Channels by id, public or private; ``most`` 0 is any number."""
    first = list(chosen)
    menu: Json = {"type": "multi_conversations_select", "filter": _CHANNELS}
    menu |= {"max_selected_items": most} if most else {}
    return menu | ({"initial_conversations": first} if first else {})


def showed(view: Json) -> dict[str, str]:
    """What each input of a window showed at first, as text by its name."""
    inputs = {text(block, "block_id"): _element(block) for block in items(view, "blocks")}
    return {name: _read(element, 1) for name, element in inputs.items() if element}


def given(view: Json) -> dict[str, str]:
    """What each input holds now, as text by its name."""
    values = part(part(view, "state"), "values")
    inputs = [(name, element) for name in values for element in cast("list[Json]", [*values[name].values()])]
    return {name: _read(element, 0) for name, element in inputs}


def differing(view: Json) -> dict[str, str]:
    """What somebody changed in a window: the rest may have been changed by others meanwhile."""
    first = showed(view)
    return {name: value for name, value in given(view).items() if value != first.get(name, "")}


def _element(block: Json) -> Json:
    """The input of a block; choices may also stand beside a section."""
    beside = part(block, "accessory")
    return beside if text(beside, "type") == "radio_buttons" else part(block, "element")


def _read(element: Json, at: int) -> str:
    """``at`` is 0 for what an input holds, 1 for what it showed at first."""
    kind = text(element, "type")
    if kind in _TEXTS:
        return text(element, _TEXTS[kind][at])
    if kind in _LISTS:
        return ", ".join(cast("list[str]", element.get(_LISTS[kind][at]) or []))
    if kind == "checkboxes":
        return ", ".join(
            text(option, "value") for option in items(element, ("selected_options", "initial_options")[at])
        )
    return text(part(element, ("selected_option", "initial_option")[at]), "value")


def _options(options: Mapping[str, str]) -> list[Json]:
    return [{"text": plain(label), "value": value} for value, label in options.items()]


def _one(options: Mapping[str, str], chosen: str) -> Json:
    return {"initial_option": {"text": plain(options[chosen]), "value": chosen}} if chosen in options else {}
