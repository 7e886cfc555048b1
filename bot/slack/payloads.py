"""Slack's events to core objects. Pure; every field that Slack may leave out may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.draft import Picture
from bot.core.message import FIRST_REVISION, Author, Changed, Deleted, Message, Place, Posted
from bot.slack.json import items, part, text
from bot.slack.mrkdwn import from_mrkdwn
from bot.slack.rich_text import from_blocks

if TYPE_CHECKING:
    from bot.core.message import MessageEvent
    from bot.slack.json import Json
    from bot.slack.rich_text import Said


def message_event(body: Json, us: str) -> MessageEvent | None:
    """What happened to a message, or None for an event that says nothing about its words.

    ``body`` is the whole envelope payload, ``us`` the user id of Candor in that workspace.
    """
    event = part(body, "event")
    place = _place(body, event)
    match event.get("subtype"):
        case "message_deleted":
            return Deleted(_at(place, event["deleted_ts"]))
        case "message_changed":
            return _changed(body, event, us)
        case _:
            return Posted(message_of(event, place, us, shared=_is_shared(body)))


def message_of(item: Json, place: Place, us: str, *, shared: bool = False) -> Message:
    """A message out of an event or out of a channel's history."""
    said = from_blocks(items(item, "blocks")) or from_mrkdwn(text(item, "text"))
    thread = text(item, "thread_ts")
    return Message(
        place=_at(place, item["ts"]),
        author=_author(item, place, us, shared=shared),
        author_id=text(item, "user"),
        text=_without_us(said, us),
        revision=text(part(item, "edited"), "ts") or FIRST_REVISION,
        thread="" if thread == item["ts"] else thread,
        subtype=text(item, "subtype"),
        direct=place.channel.startswith("D"),
        mentions=tuple(mention for mention in said.mentions if mention != us),
        mentions_us=us in said.mentions,
        has_link=said.has_link,
        zones=tuple(said.zones),
        pictures=tuple(_pictures(item)),
    )


def is_tombstone(item: Json) -> bool:
    """True for what Slack leaves in place of a deleted message that has replies."""
    return item.get("subtype") == "tombstone"


def _changed(body: Json, event: Json, us: str) -> MessageEvent | None:
    item = part(event, "message")
    place = _at(_place(body, event), item["ts"])
    if is_tombstone(item):
        return Deleted(place)
    return Changed(message_of(item, place, us, shared=_is_shared(body)))


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


def _without_us(said: Said, us: str) -> str:
    """The words without the mention that called Candor, where it stands at the start."""
    call = f"<@{us}>"
    if not said.text.lstrip().startswith(call):
        return said.text
    rest = said.text.lstrip()[len(call) :].lstrip(" ,:")
    cut = len(said.text) - len(rest)
    said.zones = [(max(start - cut, 0), end - cut) for start, end in said.zones if end > cut]
    return rest


def _pictures(item: Json) -> list[Picture]:
    images = [file for file in items(item, "files") if text(file, "mimetype").startswith("image/")]
    return [Picture(text(image, "alt_txt"), text(image, "id")) for image in images]
