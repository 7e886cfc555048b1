"""Slack's text format: which signs it escapes and which control sequences it leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.workspace.team import Team

_ENTITIES = ("&amp;", "&lt;", "&gt;")
_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_TRAILING = ".,;:!?)]}'\"*_~"


def escaped(text: str) -> str:
    """The text with stray ``&``, ``<`` and ``>`` escaped; entities, mentions and links stay."""
    return _rewritten(text, lambda at: (_SIGNS.get(text[at], text[at]), 1))


def sequence_at(text: str, position: int) -> str:
    """The entity or the control sequence that starts here, or nothing."""
    if text[position] == "&":
        return next((entity for entity in _ENTITIES if text.startswith(entity, position)), "")
    if text[position] != "<":
        return ""
    end = text.find(">", position)
    inside = text[position + 1 : end] if end > 0 else ""
    if not inside or "<" in inside or "\n" in inside:
        return ""
    control = inside[0] in "@#!" and len(inside) > 1 and (inside[1].isalnum())
    return text[position : end + 1] if control or inside.lower().startswith(_SCHEMES) else ""


def unescaped(text: str) -> str:
    """The three entities as signs again."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def with_links(text: str) -> str:
    """Bare addresses in angle brackets, as Slack's own programs send them."""

    def piece(at: int) -> tuple[str, int]:
        address = _address_at(text, at)
        return (f"<{address}>", len(address)) if address else (text[at], 1)

    return _rewritten(text, piece)


def _rewritten(text: str, piece: Callable[[int], tuple[str, int]]) -> str:
    """The text with its sequences left alone; elsewhere ``piece`` tells what to write and how far to go on."""
    out: list[str] = []
    position = 0
    while position < len(text):
        sequence = sequence_at(text, position)
        written, length = (sequence, len(sequence)) if sequence else piece(position)
        out.append(written)
        position += length
    return "".join(out)


def with_mentions(text: str, team: Team) -> str:
    """``@dana`` as a mention of Dana, as if picked from the list that Slack offers."""
    names = {person.name.lower(): person.id for person in team.people.values()}
    names[team.bot.name.lower()] = team.bot.user_id
    out = ""
    rest = text
    while (at := rest.find("@")) >= 0:
        before, rest = rest[:at], rest[at + 1 :]
        length = next((i for i, sign in enumerate(rest) if not (sign.isalnum() or sign in "_-")), len(rest))
        user = names.get(rest[:length].lower())
        free = not before or before[-1].isspace() or before[-1] in '(*_~“"'
        out += f"{before}<@{user}>" if user and free else f"{before}@"
        rest = rest[length:] if user and free else rest
    return out + rest


def as_typed(text: str, team: Team) -> str:
    """What somebody typed behind a command that asks Slack to resolve names: mentions and channels by their ids."""
    named = with_mentions(escaped(text), team)
    for channel in sorted(team.channels.values(), key=lambda one: len(one.name), reverse=True):
        if channel.name:
            named = named.replace(f"#{channel.name}", f"<#{channel.id}|{channel.name}>")
    return named


def _address_at(text: str, position: int) -> str:
    before = text[position - 1] if position else " "
    if before.isalnum() or not text[position : position + 8].lower().startswith(_SCHEMES[:2]):
        return ""
    end = position
    while end < len(text) and not text[end].isspace() and text[end] not in "<>|":
        end += 1
    address = text[position:end].partition("&gt;")[0].partition("&lt;")[0].rstrip(_TRAILING)
    return address if len(address) > len("https://") else ""
