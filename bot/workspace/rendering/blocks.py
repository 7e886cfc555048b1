"""Block Kit blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from markdown_it import MarkdownIt
from markupsafe import Markup

from bot.core.words import workspace as words
from bot.workspace.charts import draw_chart
from bot.workspace.rendering.elements import LABELLED, element, picture, takes_one, text
from bot.workspace.rendering.rich import rich_text, unsupported
from bot.workspace.rendering.safe import NOTHING, joined, lines
from bot.workspace.shapes import an_object, objects

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

    from bot.workspace.rendering.safe import Scene
    from bot.workspace.shapes import Json


def _open_link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, _: EnvType) -> str:
    tokens[index].attrSet("target", "_blank")
    tokens[index].attrSet("rel", "noopener noreferrer nofollow")
    return renderer.renderToken(tokens, index, options, _)


_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
_MARKDOWN.add_render_rule("link_open", _open_link)
_LEVELS = {"default", "info", "warning", "error", "success"}


def blocks(contents: list[Json], scene: Scene) -> Markup:
    """Blocks one below the other."""
    form = Markup('<div class="block block-{}" data-block="{}">{}</div>')
    return joined(form.format(_css(one), one.get("block_id") or "", block(one, scene)) for one in contents)


def block(content: Json, scene: Scene) -> Markup:
    """One block; one that is not known shows as unsupported."""
    draw = _DRAWN.get(str(content.get("type")))
    return draw(content, scene) if draw else unsupported(str(content.get("type")))


def _css(content: Json) -> str:
    kind = str(content.get("type"))
    return kind.replace("_", "-") if kind in _DRAWN else "unknown"


def _header(content: Json, scene: Scene) -> Markup:
    return Markup("<h3>{}</h3>").format(text(content.get("text"), scene))


def _section(content: Json, scene: Scene) -> Markup:
    fields = joined(Markup("<div>{}</div>").format(text(field, scene)) for field in objects(content.get("fields")))
    below = Markup('<div class="fields">{}</div>').format(fields) if fields else NOTHING
    beside = an_object(content.get("accessory"))
    shown = Markup('<div class="accessory">{}</div>').format(element(beside, scene)) if beside else NOTHING
    return Markup('<div class="text">{}{}</div>{}').format(text(content.get("text"), scene), below, shown)


def _elements(content: Json, scene: Scene) -> Markup:
    return joined(element(inner, scene) for inner in objects(content.get("elements")))


def _image(content: Json, scene: Scene) -> Markup:
    title = content.get("title")
    caption = Markup("<figcaption>{}</figcaption>").format(text(title, scene)) if title else NOTHING
    return Markup("<figure>{}{}</figure>").format(caption, picture(content))


def _markdown(content: Json, _: Scene) -> Markup:
    # markdown-it escapes raw HTML (html: False) and refuses javascript:, vbscript:, file: and data: links itself.
    return Markup(_MARKDOWN.render(str(content.get("text") or "")))  # noqa: S704 - see above


def _table(content: Json, scene: Scene) -> Markup:
    rows = content.get("rows")
    listed = [objects(row) for row in cast("list[object]", rows)] if isinstance(rows, list) else []
    shown = (_row(row, scene, "th" if index == 0 else "td") for index, row in enumerate(listed))
    return Markup('<div class="scrolls"><table>{}</table></div>').format(joined(shown))


def _row(cells: list[Json], scene: Scene, tag: str) -> Markup:
    form = Markup("<th>{}</th>") if tag == "th" else Markup("<td>{}</td>")
    return Markup("<tr>{}</tr>").format(joined(form.format(_cell(cell, scene)) for cell in cells))


def _cell(cell: Json, scene: Scene) -> Markup:
    return rich_text(cell, scene) if cell.get("type") == "rich_text" else lines(cell.get("text", cell.get("value")))


def _input(content: Json, scene: Scene) -> Markup:
    inner = {**an_object(content.get("element")), LABELLED: True}
    hint = content.get("hint")
    below = Markup("<small>{}</small>").format(text(hint, scene)) if hint else NOTHING
    label = text(content.get("label"), scene)
    if content.get("optional"):
        label += Markup(' <i class="optional">{}</i>').format(words.OPTIONAL)
    parts = (label, element(inner, scene), below, Markup('<span class="error" role="alert"></span>'))
    kind = str(inner.get("type"))
    if kind in {"checkboxes", "radio_buttons"} or (kind.startswith("multi_") and not takes_one(inner)):
        return Markup("<fieldset><legend>{}</legend>{}{}{}</fieldset>").format(*parts)
    return Markup("<label><span>{}</span>{}{}{}</label>").format(*parts)


def _alert(content: Json, scene: Scene) -> Markup:
    level = str(content.get("level"))
    form = Markup('<div class="alert {}" role="note">{}</div>')
    return form.format(level if level in _LEVELS else "default", text(content.get("text"), scene))


def _card(content: Json, scene: Scene) -> Markup:
    hero = an_object(content.get("hero_image"))
    actions = joined(element(action, scene) for action in objects(content.get("actions")))
    parts = (text(content.get(name), scene) for name in ("title", "subtitle", "body"))
    form = Markup('{}<strong>{}</strong><div class="quiet">{}</div><div>{}</div><div class="row">{}</div>')
    return form.format(picture(hero) if hero else NOTHING, *parts, actions)


def _container(content: Json, scene: Scene) -> Markup:
    inside = blocks(objects(content.get("child_blocks")), scene)
    title = content.get("title")
    heading = text(title, scene) if an_object(title) else lines(title)
    if not content.get("is_collapsible"):
        return Markup("<strong>{}</strong>{}").format(heading, inside)
    shown = NOTHING if content.get("default_collapsed") else Markup(" open")
    return Markup("<details{}><summary>{}</summary>{}</details>").format(shown, heading, inside)


_DRAWN: dict[str, Callable[[Json, Scene], Markup]] = {
    "header": _header,
    "section": _section,
    "divider": lambda _, __: Markup("<hr>"),
    "context": _elements,
    "actions": _elements,
    "context_actions": _elements,
    "image": _image,
    "rich_text": rich_text,
    "markdown": _markdown,
    "table": _table,
    "input": _input,
    "alert": _alert,
    "card": _card,
    "container": _container,
    "data_visualization": lambda content, _: draw_chart(content),
}
