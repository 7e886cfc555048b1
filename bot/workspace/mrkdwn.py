"""Slack's light markup as rich text: the parts of a message that people wrote, line by line.

One reading serves both sides: the ``rich_text`` block that Slack adds to people's messages, and the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.emoji import codes, name_at
from bot.workspace.escaping import sequence_at, unescaped

if TYPE_CHECKING:
    from bot.workspace.shapes import Json

_FENCE = "```"
_QUOTE = ("&gt;", ">")
_STYLES = {"*": "bold", "_": "italic", "~": "strike", "`": "code"}


def rich_text(text: str, block_id: str) -> Json:
    """The block that Slack puts into a person's message."""
    return {"type": "rich_text", "block_id": block_id, "elements": sections(text)}


def sections(text: str) -> list[Json]:
    """The text as sections, quotations and preformatted parts."""
    pieces = text.split(_FENCE)
    if len(pieces) % 2 == 0:
        # An opening fence without its end is text like any other.
        pieces[-2:] = [_FENCE.join(pieces[-2:])]
    parts: list[Json] = []
    for index, piece in enumerate(pieces):
        if index % 2 == 1:
            content: list[Json] = [{"type": "text", "text": unescaped(piece.strip("\n"))}]
            parts.append({"type": "rich_text_preformatted", "elements": content, "border": 0})
        elif piece.strip("\n"):
            parts += _lines(piece if index == 0 else piece.lstrip("\n"))
    return parts


def _lines(text: str) -> list[Json]:
    groups: list[tuple[bool, list[str]]] = []
    for line in text.split("\n"):
        quoted = line.startswith(_QUOTE)
        shown = line.removeprefix("&gt;").removeprefix(">").removeprefix(" ") if quoted else line
        if groups and groups[-1][0] == quoted:
            groups[-1][1].append(shown)
        else:
            groups.append((quoted, [shown]))
    kinds = {True: "rich_text_quote", False: "rich_text_section"}
    # A section keeps the line break that ends it where something of another kind follows, as Slack's programs send it.
    ends = ["" if quoted or index == len(groups) - 1 else "\n" for index, (quoted, _) in enumerate(groups)]
    found = [(kinds[quoted], inline("\n".join(lines) + end)) for (quoted, lines), end in zip(groups, ends, strict=True)]
    return [{"type": kind, "elements": elements} for kind, elements in found if elements]


def inline(text: str, style: Json | None = None) -> list[Json]:
    """Text, links, mentions and emoji of some lines."""
    style = style or {}
    out: list[Json] = []
    position = 0
    while position < len(text):
        length, elements = _token(text, position, style)
        if elements:
            out += elements
        else:
            # An entity is a sign of the text, no element of its own.
            _append(out, unescaped(text[position : position + (length or 1)]), style)
        position += length or 1
    return [_finished(element) for element in out]


def _token(text: str, position: int, style: Json) -> tuple[int, list[Json]]:
    sign = text[position]
    if sign in "<&":
        sequence = sequence_at(text, position)
        return len(sequence), [_sequence(sequence, style)] if sequence.startswith("<") else []
    if sign == ":":
        name = name_at(text, position)
        return (len(name) + 2, [{"type": "emoji", "name": name, "unicode": codes(name)}]) if name else (0, [])
    if sign in _STYLES:
        end = _closing(text, position)
        inside = text[position + 1 : end]
        styled = {**style, _STYLES[sign]: True}
        if end and sign == "`":
            return len(inside) + 2, [{"type": "text", "text": unescaped(inside), "style": styled}]
        return (len(inside) + 2, inline(inside, styled)) if end else (0, [])
    return 0, []


def _closing(text: str, position: int) -> int:
    """Where the style that starts here ends on the same line; 0 where the sign is only a sign."""
    sign = text[position]
    before = text[position - 1] if position else " "
    if before.isalnum() or before == sign or text[position + 1 : position + 2] in {"", " ", "\n", sign}:
        return 0
    end = text.find(sign, position + 1)
    while end > 0 and "\n" not in text[position:end]:
        after = text[end + 1 : end + 2]
        if not text[end - 1].isspace() and not after.isalnum() and after != sign:
            return end
        end = text.find(sign, end + 1)
    return 0


def _sequence(sequence: str, style: Json) -> Json:
    inside, _, label = sequence[1:-1].partition("|")
    if inside[0] == "@":
        return {"type": "user", "user_id": inside[1:], "style": style}
    if inside[0] == "#":
        return {"type": "channel", "channel_id": inside[1:], "style": style}
    if inside[0] == "!":
        return _command(inside[1:], label, style)
    link: Json = {"type": "link", "url": unescaped(inside), "style": style}
    return {**link, "text": unescaped(label)} if label else link


def _command(inside: str, label: str, style: Json) -> Json:
    name, _, rest = inside.partition("^")
    if name == "date":
        return {"type": "date", "timestamp": rest.partition("^")[0], "fallback": unescaped(label), "style": style}
    if name == "subteam":
        return {"type": "usergroup", "usergroup_id": rest, "style": style}
    return {"type": "broadcast", "range": name, "style": style}


def _append(out: list[Json], sign: str, style: Json) -> None:
    if out and out[-1]["type"] == "text" and out[-1].get("style", {}) == style:
        out[-1]["text"] += sign
    else:
        out.append({"type": "text", "text": sign, "style": style})


def _finished(element: Json) -> Json:
    return {key: value for key, value in element.items() if key != "style" or value}
