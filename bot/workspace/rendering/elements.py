"""Buttons, menus and inputs."""

from __future__ import annotations

import json
from secrets import token_hex
from typing import TYPE_CHECKING, cast

from markupsafe import Markup

from bot.core.words import workspace as words
from bot.workspace.rendering.rich import mrkdwn, unsupported
from bot.workspace.rendering.safe import NOTHING, joined, lines, link_target, picture_source
from bot.workspace.shapes import an_object, objects

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.workspace.rendering.safe import Scene
    from bot.workspace.shapes import Json

_INPUTS = {
    "datepicker": ("date", "initial_date"),
    "timepicker": ("time", "initial_time"),
    "email_text_input": ("email", "initial_value"),
    "url_text_input": ("url", "initial_value"),
    "number_input": ("number", "initial_value"),
}
LABELLED = "is labelled"
"""Marks an element that stands in a label of its own."""
_BUTTON = Markup('<button type="button" class="{}" data-action="{}" data-value="{}" data-confirm="{}"{}>{}</button>')


def text(content: object, scene: Scene) -> Markup:
    """A text object: plain or in Slack's light markup."""
    shown = an_object(content)
    if shown.get("type") == "mrkdwn":
        return mrkdwn(str(shown.get("text") or ""), scene)
    return lines(shown.get("text"))


def plain(content: object) -> str:
    """A text object's text, for places that take no markup."""
    return str(an_object(content).get("text") or "")


def element(content: Json, scene: Scene) -> Markup:
    """One element; one that is not known shows as unsupported."""
    kind = str(content.get("type"))
    if kind in {"plain_text", "mrkdwn"}:
        return Markup("<span>{}</span>").format(text(content, scene))
    if kind in _INPUTS:
        return _input(content, *_INPUTS[kind])
    draw = _DRAWN.get(kind)
    return draw(content, scene) if draw else unsupported(kind)


def picture(content: Json) -> Markup:
    """An image; without a usable address, its alternative text."""
    source = picture_source(content.get("image_url") or an_object(content.get("slack_file")).get("url"))
    if not source:
        return Markup('<span class="no-picture">{}</span>').format(content.get("alt_text") or words.NO_PICTURE)
    return Markup('<img src="{}" alt="{}" loading="lazy">').format(source, content.get("alt_text") or "")


def _button(content: Json, scene: Scene) -> Markup:
    style = {"primary": " primary", "danger": " danger"}.get(str(content.get("style")), "")
    if content.get("url"):
        form = Markup('<a class="button{}" target="_blank" rel="noopener noreferrer" data-action="{}" href="{}">{}</a>')
        return form.format(
            style, content.get("action_id"), link_target(content["url"]), text(content.get("text"), scene)
        )
    label = content.get("accessibility_label")
    return _pressed(content, f"button{style}", text(content.get("text"), scene), spoken=str(label or ""))


def _pressed(content: Json, css: str, label: Markup, spoken: str = "", value: object = None) -> Markup:
    confirm = {key: plain(part) for key, part in an_object(content.get("confirm")).items() if an_object(part)}
    asked = json.dumps(confirm) if confirm else ""
    aria = Markup(' aria-label="{}"').format(spoken) if spoken else NOTHING
    sent = content.get("value") if value is None else value
    return _BUTTON.format(css, content.get("action_id") or "", sent or "", asked, aria, label)


def _icon_button(content: Json, _: Scene) -> Markup:
    icon = {"trash": "🗑️"}.get(str(content.get("icon")), "•")
    return _pressed(content, "button icon", lines(icon), spoken=plain(content.get("text")))


def _feedback(content: Json, _: Scene) -> Markup:
    pieces: list[Markup] = []
    for name, icon in (("positive_button", "👍"), ("negative_button", "👎")):
        button = an_object(content.get(name))
        pieces.append(
            _pressed(content, "button icon", lines(icon), spoken=plain(button.get("text")), value=button.get("value"))
        )
    return joined(pieces)


def _overflow(content: Json, scene: Scene) -> Markup:
    options = objects(content.get("options"))
    entries = (_pressed(content, "entry", text(o.get("text"), scene), spoken="", value=o.get("value")) for o in options)
    form = Markup(
        '<details class="overflow"><summary class="button icon" aria-label="{}">⋯</summary><div>{}</div></details>'
    )
    return form.format(words.MORE, joined(entries))


def _multi_select(content: Json, scene: Scene) -> Markup:
    """As boxes: a list in which one click undoes all others is a trap. Where one is the most, as a menu."""
    named: object = content.get(f"initial_{_what(content)}s")
    first = {str(one) for one in cast("list[object]", named)} if isinstance(named, list) else set[str]()
    first |= {str(option.get("value")) for option in objects(content.get("initial_options"))}
    grouped = [one for group in objects(content.get("option_groups")) for one in objects(group.get("options"))]
    options = [*grouped, *_choices(content, scene)]
    if takes_one(content):
        return _menu(content, words.NONE, _options({"options": options}, first))
    form = Markup('<label class="choice"><input type="checkbox" value="{}"{}><span>{}</span></label>')
    mark = {True: Markup(" checked"), False: NOTHING}
    boxes = joined(
        form.format(o.get("value"), mark[str(o.get("value")) in first], plain(o.get("text"))) for o in options
    )
    group = Markup('<div class="choices" role="group" data-input="{}" data-kind="{}" data-most="{}">{}</div>')
    return group.format(
        content.get("action_id") or "", content.get("type"), content.get("max_selected_items") or "", boxes
    )


def _select(content: Json, scene: Scene) -> Markup:
    chosen = [an_object(content.get("initial_option"))]
    selected = {str(option.get("value")) for option in chosen} | {str(content.get(f"initial_{_what(content)}"))}
    groups = objects(content.get("option_groups"))
    options = joined(
        Markup('<optgroup label="{}">{}</optgroup>').format(plain(group.get("label")), _options(group, selected))
        for group in groups
    )
    options += _options({"options": _choices(content, scene)}, selected)
    return _menu(content, plain(content.get("placeholder")) or words.CHOOSE, options)


def takes_one(content: Json) -> bool:
    """Whether a list takes one entry at most."""
    return content.get("max_selected_items") == 1


def _menu(content: Json, placeholder: str, options: Markup) -> Markup:
    first = Markup('<option value="">{}</option>').format(placeholder)
    spoken = NOTHING if content.get(LABELLED) else Markup(' aria-label="{}"').format(placeholder)
    form = Markup('<select data-input="{}" data-kind="{}"{}>{}{}</select>')
    return form.format(content.get("action_id") or "", content.get("type"), spoken, first, options)


def _what(content: Json) -> str:
    return str(content.get("type")).removeprefix("multi_").removesuffix("_select").removesuffix("s")


def _choices(content: Json, scene: Scene) -> list[Json]:
    """The options of a menu; those of people and channels are the team's."""
    what = _what(content)
    if what == "user":
        return [{"text": {"text": p.real_name}, "value": p.id} for p in scene.team.people.values()]
    if what in {"channel", "conversation"}:
        named = [channel for channel in scene.team.channels.values() if channel.name]
        return [{"text": {"text": f"#{channel.name}"}, "value": channel.id} for channel in named]
    return objects(content.get("options"))


def _options(content: Json, selected: set[str]) -> Markup:
    form = Markup('<option value="{}"{}>{}</option>')
    mark = {True: Markup(" selected"), False: NOTHING}
    options = objects(content.get("options"))
    return joined(form.format(o.get("value"), mark[o.get("value") in selected], plain(o.get("text"))) for o in options)


def _boxes(content: Json, scene: Scene) -> Markup:
    kind = "radio" if content.get("type") == "radio_buttons" else "checkbox"
    chosen = [*objects(content.get("initial_options")), an_object(content.get("initial_option"))]
    selected = {option.get("value") for option in chosen}
    action = content.get("action_id") or ""
    # Radio buttons of one name clear each other, wherever on the page they stand; apps give many the same action id.
    name = token_hex(4)
    form = Markup('<label class="choice"><input type="{}" name="{}" value="{}"{}><span>{}{}</span></label>')
    pieces: list[Markup] = []
    for option in objects(content.get("options")):
        on = Markup(" checked") if option.get("value") in selected else NOTHING
        more = option.get("description")
        note = Markup("<small>{}</small>").format(text(more, scene)) if more else NOTHING
        pieces.append(form.format(kind, name, option.get("value"), on, text(option.get("text"), scene), note))
    group = Markup('<div class="choices" role="group" data-input="{}" data-kind="{}">{}</div>')
    return group.format(action, content.get("type"), joined(pieces))


def _typed(content: Json, _: Scene) -> Markup:
    start, hint = content.get("initial_value") or "", plain(content.get("placeholder"))
    action = content.get("action_id") or ""
    if content.get("multiline"):
        form = Markup('<textarea data-input="{}" data-kind="plain_text_input" placeholder="{}" rows="4">{}</textarea>')
    else:
        form = Markup('<input type="text" data-input="{}" data-kind="plain_text_input" placeholder="{}" value="{}">')
    return form.format(action, hint, start)


def _input(content: Json, kind: str, initial: str) -> Markup:
    form = Markup('<input type="{}" data-input="{}" data-kind="{}" placeholder="{}" value="{}">')
    hint = plain(content.get("placeholder"))
    return form.format(kind, content.get("action_id") or "", content.get("type"), hint, content.get(initial) or "")


_SELECTS = ("static", "external", "users", "channels", "conversations")
_DRAWN: dict[str, Callable[[Json, Scene], Markup]] = {
    "button": _button,
    "workflow_button": _button,
    "icon_button": _icon_button,
    "feedback_buttons": _feedback,
    "overflow": _overflow,
    "image": lambda content, _: picture(content),
    "checkboxes": _boxes,
    "radio_buttons": _boxes,
    "plain_text_input": _typed,
    **{f"{name}_select": _select for name in _SELECTS},
    **{f"multi_{name}_select": _multi_select for name in _SELECTS},
}
