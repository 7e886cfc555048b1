"""Rich text, and Slack's light markup, which is read as rich text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.core.words import workspace as words
from bot.workspace.mrkdwn import EMOJI, sections
from bot.workspace.rendering.safe import joined, lines, link_target
from bot.workspace.shapes import an_object, objects

if TYPE_CHECKING:
    from bot.workspace.rendering.safe import Scene
    from bot.workspace.shapes import Json

_DEEPEST = 8
_PARTS = {
    "rich_text_section": Markup("<p>{}</p>"),
    "rich_text_quote": Markup("<blockquote>{}</blockquote>"),
    "rich_text_preformatted": Markup(
        '<div class="code"><pre>{}</pre><button type="button" class="copy" data-copy>{}</button></div>'
    ),
}
_STYLES = (
    ("code", Markup("<code>{}</code>")),
    ("bold", Markup("<strong>{}</strong>")),
    ("italic", Markup("<em>{}</em>")),
    ("strike", Markup("<s>{}</s>")),
    ("underline", Markup("<u>{}</u>")),
)
_SAID = {"text": "text", "date": "fallback", "color": "value"}
_PILL = Markup('<span class="pill">{}{}</span>')


def mrkdwn(text: str, scene: Scene) -> Markup:
    """Text in Slack's light markup."""
    return joined(part(section, scene) for section in sections(text))


def rich_text(block: Json, scene: Scene) -> Markup:
    """A ``rich_text`` block."""
    return joined(part(element, scene) for element in objects(block.get("elements")))


def part(element: Json, scene: Scene) -> Markup:
    """A section, a quotation, a preformatted part or a list."""
    kind = str(element.get("type"))
    if kind == "rich_text_list":
        return _list(element, scene)
    content = joined(inline(inner, scene) for inner in objects(element.get("elements")))
    return _PARTS[kind].format(content, words.COPY) if kind in _PARTS else inline(element, scene)


def inline(element: Json, scene: Scene) -> Markup:
    """A piece of a line, with its style."""
    piece = _piece(element, scene)
    style = an_object(element.get("style"))
    for name, wrapping in _STYLES:
        if style.get(name):
            piece = wrapping.format(piece)
    return piece


def _list(element: Json, scene: Scene) -> Markup:
    items = joined(Markup("<li>{}</li>").format(part(item, scene)) for item in objects(element.get("elements")))
    indent = element.get("indent")
    level = min(indent, _DEEPEST) if isinstance(indent, int) and indent > 0 else 0
    ordered = element.get("style") == "ordered"
    offset = element.get("offset")
    first = offset + 1 if isinstance(offset, int) else 1
    if ordered:
        return Markup('<ol class="indent-{}" start="{}">{}</ol>').format(level, first, items)
    return Markup('<ul class="indent-{}">{}</ul>').format(level, items)


def _piece(element: Json, scene: Scene) -> Markup:
    kind = str(element.get("type"))
    if kind == "link":
        return link(element.get("url"), element.get("text") or element.get("url"))
    if kind in _SAID:
        return lines(element.get(_SAID[kind]) or element.get("timestamp"))
    if kind == "emoji":
        name = str(element.get("name"))
        return lines(EMOJI.get(name) or f":{name}:")
    named = _named(kind, element, scene)
    return _PILL.format(*named) if named else unsupported(kind)


def _named(kind: str, element: Json, scene: Scene) -> tuple[str, str] | None:
    """What stands for somebody or something by name."""
    if kind == "user":
        return "@", scene.user(str(element.get("user_id")))
    if kind == "channel":
        return "#", scene.channel(str(element.get("channel_id")).partition("|")[0])
    if kind in {"broadcast", "usergroup"}:
        return "@", str(element.get("range") or element.get("usergroup_id"))
    return None


def link(url: object, label: object) -> Markup:
    """A link that opens in a new tab and tells nobody where it came from."""
    target = link_target(url)
    if target == "#":
        return Markup('<span class="dead-link" title="{}">{}</span>').format(words.LINK_REMOVED, label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>').format(target, label)


def unsupported(kind: str) -> Markup:
    """What shows in the place of something that this page cannot draw."""
    return Markup('<span class="unsupported">{}</span>').format(words.unsupported(kind))
