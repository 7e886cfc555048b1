"""Slack's events to core objects. Pure; every field that Slack may leave out may be missing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from bot.core.draft import Picture
from bot.core.message import FIRST_REVISION, Author, Changed, Deleted, Message, Place, Posted
from bot.slack.json import items, number, part, text
from bot.slack.mrkdwn import from_mrkdwn
from bot.slack.rich_text import Said, from_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.core.message import MessageEvent
    from bot.slack.json import Json

Event = TypeVar("Event")

_LOG = logging.getLogger(__name__)
_NAME = "Candor"


def readable(read: Callable[[], Event], kind: str) -> Event | None:
    """What Slack sent, read; None, and a line in the log, where it has a shape that nobody foresaw.

    One such message must not keep the others of all channels and workspaces from being read.
    """
    try:
        return read()
    except Exception as error:  # noqa: BLE001 - whatever shape it has, only this one message is passed over
        # Where it happened, but never the error's message: it may quote what people wrote.
        line = error.__traceback__.tb_next.tb_lineno if error.__traceback__ and error.__traceback__.tb_next else 0
        _LOG.error(
            "a %s from Slack could not be read and was passed over: %s at line %s", kind, type(error).__name__, line
        )
        return None


def said_in(body: Json) -> tuple[str, Json]:
    """The workspace, and the message that an event is about, as Slack gives both."""
    event = part(body, "event")
    item = part(event, "message") if event.get("subtype") == "message_changed" else event
    return _place(body, event).team, item


def message_event(body: Json, us: str, names: Mapping[str, str] | None = None) -> MessageEvent | None:
    """What happened to a message, or None for an event that says nothing about its words.

    ``body`` is the whole envelope payload, ``us`` the user id of Candor in that workspace, ``names`` as in `Said`.
    """
    event = part(body, "event")
    place = _place(body, event)
    match event.get("subtype"):
        case "message_deleted":
            return Deleted(_at(place, event["deleted_ts"]))
        case "message_changed":
            return _changed(body, event, us, names)
        case _:
            return Posted(message_of(event, place, us, shared=_is_shared(body), names=names))


def message_of(
    item: Json, place: Place, us: str, *, shared: bool = False, names: Mapping[str, str] | None = None
) -> Message:
    """A message out of an event or out of a channel's history. ``names`` are as in `Said`."""
    known = {**(names or {}), us: _NAME}
    said = from_blocks(items(item, "blocks"), known) or from_mrkdwn(text(item, "text"), known)
    own = any(c.isalnum() for c in said.text)
    unread = _read_on(said, item, known)
    _leave_out_call(said, us)
    thread = text(item, "thread_ts")
    return Message(
        place=_at(place, item["ts"]),
        author=_author(item, place, us, shared=shared),
        author_id=text(item, "user"),
        text=said.text,
        revision=text(part(item, "edited"), "ts") or FIRST_REVISION,
        thread="" if thread == item["ts"] else thread,
        subtype=text(item, "subtype"),
        direct=place.channel.startswith("D"),
        mentions=tuple(mention for mention in said.mentions if mention != us),
        mentions_us=us in said.mentions,
        called=tuple((start, end) for start, end, _ in said.called),
        has_link=said.has_link,
        zones=tuple(said.zones),
        pictures=tuple(_pictures(item)),
        unread=unread,
        borrowed=not own,
    )


def _read_on(said: Said, item: Json, names: Mapping[str, str]) -> int:
    """Read forwarded messages and short text files as well; how many files nobody reads."""
    shared = [attachment for attachment in items(item, "attachments") if attachment.get("is_share")]
    files = [file for file in items(item, "files") if not _is_picture(file)]
    whole = [file for file in files if text(file, "preview") and not _is_cut(file)]
    for more in [*(_forwarded(one, names) for one in shared), *(Said(text(file, "preview")) for file in whole)]:
        said.add("\n\n" if said.text else "")
        start = len(said.text)
        said.add(more.text)
        said.zones += [(a + start, z + start) for a, z in more.zones]
        said.has_link |= more.has_link
    return len(files) - len(whole)


def _forwarded(attachment: Json, names: Mapping[str, str]) -> Said:
    parts = [from_blocks(items(part(one, "message"), "blocks"), names) for one in items(attachment, "message_blocks")]
    said = [one for one in parts if one and one.text]
    return said[0] if said else from_mrkdwn(text(attachment, "text"), names)


def _is_cut(file: Json) -> bool:
    """True where the preview is not all that the file says."""
    return bool(file.get("preview_is_truncated")) or number(file, "lines_more") > 0


def is_tombstone(item: Json) -> bool:
    """True for what Slack leaves in place of a deleted message that has replies."""
    return item.get("subtype") == "tombstone"


def _changed(body: Json, event: Json, us: str, names: Mapping[str, str] | None) -> MessageEvent | None:
    item = part(event, "message")
    place = _at(_place(body, event), item["ts"])
    if is_tombstone(item):
        return Deleted(place)
    return Changed(message_of(item, place, us, shared=_is_shared(body), names=names))


def _place(body: Json, event: Json) -> Place:
    team = text(body, "team_id") or text(event, "team")
    return Place(team, text(event, "channel"), text(event, "ts"), text(body, "enterprise_id"))


def _at(place: Place, ts: str) -> Place:
    return Place(place.team, place.channel, ts, place.enterprise)


def _is_shared(body: Json) -> bool:
    return bool(body.get("is_ext_shared_channel"))


def _author(item: Json, place: Place, us: str, *, shared: bool) -> Author:
    if item.get("bot_id") or item.get("subtype") == "bot_message" or item.get("user") in (None, us, "USLACKBOT"):
        return Author.BOT
    home = text(item, "user_team") or text(item, "source_team") or text(item, "team") or place.team
    # In an organisation of many workspaces Slack may name the organisation.
    return Author.OUTSIDER if shared and home not in {place.team, place.enterprise} else Author.PERSON


def _leave_out_call(said: Said, us: str) -> None:
    """Cut off the mention that called Candor, where it stands at the start or at the end."""
    begin, end = 0, len(said.text)
    ours = [(first, last) for first, last, user in said.called if user == us]
    if ours and not said.text[: ours[0][0]].strip():
        rest = said.text[ours[0][1] :]
        begin = end - len(rest.lstrip(" ,:"))
    if ours and ours[-1][0] >= begin and not said.text[ours[-1][1] :].strip(" .!"):
        end = ours[-1][0]
    end = begin + len(said.text[begin:end].rstrip()) if end < len(said.text) else end
    said.text = said.text[begin:end]
    said.zones = [(max(a - begin, 0), min(z, end) - begin) for a, z in said.zones if z > begin and a < end]
    said.called = [(a - begin, z - begin, user) for a, z, user in said.called if begin <= a and z <= end]


def _pictures(item: Json) -> list[Picture]:
    images = filter(_is_picture, items(item, "files"))
    return [Picture(text(image, "alt_txt"), text(image, "id")) for image in images]


def _is_picture(file: Json) -> bool:
    return text(file, "mimetype").startswith("image/")
