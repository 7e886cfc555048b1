"""The blocks that messages and windows are made of, cut to Slack's limits, and private lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bot.core.words.people import CANCEL, CLOSE, SOMEBODY, is_forgotten, spoken
from bot.slack.wire.payloads import escaped, items, part, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.slack.wire.payloads import Json


# The pieces that Candor's blocks are made of, within Slack's limits. Pure.

LONGEST = 2_900
"""Slack takes 3,000 characters in a text."""
MOST_BYTES = 4_000
"""UTF-8 bytes of a message's plain text that Slack takes in an edit, whatever blocks it has (else ``msg_too_long``)."""
_LABEL = 75
"""Characters of a button's or an option's label."""
_CUT = "…"
DIVIDER: dict[str, Any] = {"type": "divider"}
"""A line between blocks."""


def rich_text(*elements: Json) -> Json:
    """A block in which nothing can become a mention or a link."""
    return {"type": "rich_text", "elements": list(elements)}


def rich(kind: str, *pieces: Json) -> Json:
    """A part of it: ``rich_text_section``, ``rich_text_quote`` or ``rich_text_preformatted``."""
    return {"type": kind, "elements": list(pieces)}


def piece(text: str, **style: bool) -> Json:
    """Words in rich text."""
    return {"type": "text", "text": spoken(text)} | ({"style": style} if style else {})


def link(url: str, text: str) -> Json:
    """Words in rich text that lead somewhere."""
    return {"type": "link", "url": url, "text": text}


def person(user: str) -> Json:
    """Somebody's name in rich text."""
    return piece(SOMEBODY) if is_forgotten(user) else {"type": "user", "user_id": user}


def section(text: str, *, accessory: Json | None = None) -> Json:
    """A line in Slack's markup, perhaps with a button beside it."""
    block: Json = {"type": "section", "text": {"type": "mrkdwn", "text": spoken(text)[:LONGEST]}}
    return block | ({"accessory": accessory} if accessory else {})


def parts_of(whole: str, most: int = LONGEST) -> list[str]:
    """The text in pieces that are no longer, cut between lines or words where there are any."""
    parts: list[str] = []
    while len(whole) > most:
        ends = (whole.rfind("\n", most // 2, most), whole.rfind(" ", most // 2, most), most)
        end = next(end for end in ends if end > 0)
        parts.append(whole[:end])
        whole = whole[end:].lstrip()
    return [*parts, whole]


def fallback(markup: str) -> str:
    """The plain text beside a message's blocks, as much as Slack takes; no character, entity or name is cut in two."""
    if len(markup.encode("utf-8", "replace")) <= MOST_BYTES:
        return markup
    cut = markup.encode("utf-8", "replace")[: MOST_BYTES - len(_CUT.encode())].decode("utf-8", "ignore")
    for opening, closing in (("&", ";"), ("<", ">")):
        begins = cut.rfind(opening)
        if begins > cut.rfind(closing) and closing in markup[begins:]:
            cut = cut[:begins]
    return cut + _CUT


def length(blocks: list[Json]) -> int:
    """The characters of all texts in blocks, which Slack counts together: it refuses a message from 11,341 on."""
    return sum(_length(block) for block in blocks)


def _length(value: object) -> int:
    if isinstance(value, dict):
        content = cast("Json", value)
        own = content.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(_length(inner) for inner in content.values())
    return sum(_length(inner) for inner in cast("list[object]", value)) if isinstance(value, list) else 0


def bold(text: str) -> str:
    """The words in bold, in Slack's markup."""
    return f"*{escaped(spoken(text))}*"


def context(text: str) -> Json:
    """A line in small print."""
    return {"type": "context", "elements": [plain(spoken(text)[:LONGEST])]}


def small(markup: str) -> Json:
    """The same in Slack's markup, in which it writes dates in the reader's own time zone."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": markup[:LONGEST]}]}


def plain(text: str) -> Json:
    """Words without markup."""
    return {"type": "plain_text", "text": spoken(text)}


def as_typed(text: str) -> Json:
    """People's words in plain text: nothing in them can become a mention, a link or an emoji."""
    return plain(text[:LONGEST]) | {"emoji": False}


def row(text: str, accessory: Json | None = None) -> Json:
    """A line of people's words, perhaps with a button beside it."""
    return {"type": "section", "text": as_typed(text)} | ({"accessory": accessory} if accessory else {})


_HARMLESS = str.maketrans({"*": "", "~": "", "`": "'", "_": "‗", "@": "＠"})


def harmless(said: str) -> str:
    """People's words amid Slack's markup: they call nobody and change no letters' look."""
    return escaped(said.translate(_HARMLESS))


def button(action_id: str, text: str, value: str, *, spoken: str = "") -> Json:
    """A button; a label that is too long for it is cut. ``spoken`` is what a screen reader says in its place."""
    shown: Json = {"type": "button", "action_id": action_id, "text": plain(_fitting(text)), "value": value}
    return shown | ({"accessibility_label": _fitting(spoken)} if spoken else {})


def _fitting(text: str) -> str:
    label = spoken(text)
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"


def actions(*buttons: Json) -> Json:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def sure(title: str, text: str, *, yes: str, no: str = CANCEL) -> Json:
    """What makes a button ask once more."""
    asked = {"title": title, "text": text, "confirm": yes, "deny": no}
    return {"confirm": {name: plain(said) for name, said in asked.items()}}


def window(
    title: str, blocks: list[Json], *, submit: str = "", close: str = "", callback: str = "", memo: str = ""
) -> Json:
    """A window; with ``submit`` it can be sent. ``memo`` is what Slack hands back with it."""
    shown: Json = {"type": "modal", "title": plain(title), "blocks": blocks}
    shown["close"] = plain(close or (CANCEL if submit else CLOSE))
    shown |= {"submit": plain(submit)} if submit else {}
    return shown | {name: it for name, it in (("callback_id", callback), ("private_metadata", memo)) if it}


def told_window(title: str, said: str) -> Json:
    """A window that only says something."""
    return window(title, [section(said)])


# Inputs in windows: how they are drawn, what they showed at first, and what somebody put into them. Pure.

_INPUT = "value"
"""The action id of every input; its block id is what tells them apart."""
LONGEST_TYPED = 3000
"""Slack takes no longer text into an input."""
_TEXTS = {
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
}
_LISTS = {
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_users_select": ("selected_users", "initial_users"),
}
_CHOICES = ("checkboxes", "multi_static_select")
_CHANNELS = {"include": ["public", "private"], "exclude_bot_users": True}


def field(name: str, label: str, element: Json, *, hint: str = "", optional: bool = True) -> Json:
    """An input with its label."""
    block: Json = {"type": "input", "block_id": name, "label": plain(label), "optional": optional}
    block["element"] = {**element, "action_id": _INPUT}
    return block | ({"hint": plain(hint)} if hint else {})


def typed(value: str, *, lines: bool = False, longest: int = LONGEST_TYPED) -> Json:
    """Free text. An input holds what it shows at first, though that's longer than what people may type."""
    longest = min(max(longest, len(value)), LONGEST_TYPED)
    element: Json = {"type": "plain_text_input", "multiline": lines, "max_length": longest}
    return element | ({"initial_value": value} if value else {})


def number(value: str, most: int) -> Json:
    """A whole number."""
    limits = {"min_value": "0", "max_value": str(most)}
    return {"type": "number_input", "is_decimal_allowed": False, "initial_value": value, **limits}


def time(value: str) -> Json:
    """A time of day, HH:MM."""
    return {"type": "timepicker", "initial_time": value}


def day(value: str) -> Json:
    """A date, YYYY-MM-DD."""
    return {"type": "datepicker"} | ({"initial_date": value} if value else {})


def menu(options: Mapping[str, str], chosen: str) -> Json:
    """One of several. ``options`` are labels by value."""
    return {"type": "static_select", "options": _options(options), **_one(options, chosen)}


def radios(options: Mapping[str, str], chosen: str, notes: Mapping[str, str] | None = None) -> Json:
    """One of a few. ``notes`` say more about some of them, by value."""
    made = [one | _noted((notes or {}).get(one["value"], "")) for one in _options(options)]
    first = [one for one in made if one["value"] == chosen]
    return {"type": "radio_buttons", "options": made} | ({"initial_option": first[0]} if first else {})


def _noted(note: str) -> Json:
    return {"description": plain(note)} if note else {}


def boxes(options: Mapping[str, str], chosen: Iterable[str]) -> Json:
    """Any of a few."""
    first = _options({value: label for value, label in options.items() if value in set(chosen)})
    return {"type": "checkboxes", "options": _options(options)} | ({"initial_options": first} if first else {})


def several(options: Mapping[str, str], chosen: Iterable[str]) -> Json:
    """Any of many."""
    return boxes(options, chosen) | {"type": "multi_static_select"}


def people(chosen: Iterable[str], *, most: int = 0) -> Json:
    """People of the workspace; ``most`` 0 is any number."""
    first = list(chosen)
    menu: Json = {"type": "multi_users_select"} | ({"max_selected_items": most} if most else {})
    return menu | ({"initial_users": first} if first else {})


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
    if kind in _CHOICES:
        return ", ".join(
            text(option, "value") for option in items(element, ("selected_options", "initial_options")[at])
        )
    return text(part(element, ("selected_option", "initial_option")[at]), "value")


def _options(options: Mapping[str, str]) -> list[Json]:
    return [{"text": plain(_fitting(label)), "value": value} for value, label in options.items()]


def _one(options: Mapping[str, str], chosen: str) -> Json:
    return {"initial_option": {"text": plain(_fitting(options[chosen])), "value": chosen}} if chosen in options else {}
