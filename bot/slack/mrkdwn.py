"""Slack's text markup to plain words (for messages without blocks), and plain words made safe for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.rich_text import Said, with_signs

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKS = "*_~`"
_EVERYBODY = ("here", "channel", "everyone")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def escaped(text: str) -> str:
    """Safe in a text field: no mention, link or channel ping can come of it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """The characters that Slack's three entities stand for."""
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def from_mrkdwn(text: str, names: Mapping[str, str] | None = None) -> Said:
    """The words of a message that came without blocks. One pass from left to right. ``names`` are as in `Said`."""
    said = Said(names=names or {})
    for number, line in enumerate(text.split("\n")):
        said.add("\n" if number else "")
        quoted = line.startswith("&gt;")
        start = len(said.text)
        _line(said, line.removeprefix("&gt;").lstrip() if quoted else line)
        if quoted:
            _extend_zone(said, start)
    return said


def _extend_zone(said: Said, start: int) -> None:
    if said.zones and said.zones[-1][1] == start - 1:
        start = said.zones.pop()[0]
    said.zones.append((start, len(said.text)))


def _line(said: Said, line: str) -> None:
    rest = line
    while rest:
        before, opening, after = rest.partition("<")
        said.add(with_signs(_without_marks(unescaped(before))))
        body, closing, rest = after.partition(">")
        if opening and closing:
            _angle(said, body)
        elif opening:
            said.add(unescaped(opening + body))


def _angle(said: Said, body: str) -> None:
    """What stands between angle brackets: ``@U1|mika``, ``#C1|news``, ``!subteam^S1|@crew``, ``https://a.example|page``."""
    target, _, label = body.partition("|")
    label = unescaped(label)
    match target[:1]:
        case "@":
            said.person(target[1:], label)
        case "#":
            said.channel(target[1:], label)
        case "!":
            _special(said, target[1:], label)
        case _:
            said.link(unescaped(target), with_signs(label))


def _special(said: Said, target: str, label: str) -> None:
    kind, _, value = target.partition("^")
    if kind == "subteam":
        said.group(value, label)
    elif kind in _EVERYBODY:
        said.everybody(kind)
    else:
        said.add(label or value.partition("^")[0])  # a date, or what is new in Slack


def _without_marks(text: str) -> str:
    """Without the signs for bold, italics, strike and code that stand at a word's edge."""
    kept: list[str] = []
    alone = {mark for mark in _MARKS if text.count(mark) == 1}
    for i, c in enumerate(text):
        inside = text[i - 1 : i].isalnum() and text[i + 1 : i + 2].isalnum()
        if c not in _MARKS or inside or c in alone:
            kept.append(c)
    return "".join(kept)
