"""What the templates show of messages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.core.words import workspace as words
from bot.workspace.mrkdwn import EMOJI, unescaped, with_signs
from bot.workspace.rendering.blocks import blocks
from bot.workspace.rendering.rich import link, mrkdwn
from bot.workspace.rendering.safe import NOTHING, Scene, joined, picture_source
from bot.workspace.shapes import objects
from bot.workspace.talk import has_new_replies

if TYPE_CHECKING:
    from bot.workspace.shapes import Json
    from bot.workspace.state import Channel


@dataclass(frozen=True)
class Shown:
    """A message as the page shows it."""

    ts: str
    author: str
    initial: str
    is_app: bool
    is_own: bool
    is_ephemeral: bool
    is_tombstone: bool
    edited: bool
    when: str
    moment: str
    content: Markup
    editable: str
    reactions: list[tuple[str, str, int, bool, str]]
    left_alone: bool
    """True where the app said nothing to a draft of this person's, as far as can be told."""
    replies: int
    has_new_replies: bool
    version: str


def show(channel: Channel, message: Json, scene: Scene, person: str) -> Shown:
    """One message for one person."""
    author, bot = str(message["user"]), scene.team.bot.user_id
    name = scene.user(author)
    replies = len(channel.thread(message["ts"]))
    at = datetime.fromtimestamp(float(message["ts"]), UTC)
    has_new = has_new_replies(scene.team, person, channel, thread=message["ts"])
    shown_parts = (str(message), replies, has_new, person)
    return Shown(
        ts=message["ts"],
        author=name,
        initial=name[:1].upper(),
        is_app=author == bot,
        is_own=author == person,
        is_ephemeral=bool(message.get("is_ephemeral")),
        is_tombstone=message.get("subtype") == "tombstone",
        edited="edited" in message,
        when=at.strftime("%H:%M"),
        moment=at.isoformat(),
        content=content(message, scene),
        editable=editable(message, scene) if author == person else "",
        reactions=_reactions(message, scene, person),
        left_alone=author == person and _is_left_alone(channel, message, bot),
        replies=replies,
        has_new_replies=has_new,
        version=hashlib.sha256(repr(shown_parts).encode()).hexdigest()[:16],
    )


def _is_left_alone(channel: Channel, message: Json, bot: str) -> bool:
    """True in a channel where the app answers drafts, under words that it neither answered nor is reading."""
    answers = "draft" in channel.name or any(m["user"] == bot and m.get("thread_ts") for m in channel.messages)
    here = channel.kind == "channel" and bot in channel.members and answers
    said = [*message.get("reactions", []), *channel.thread(message["ts"])]
    heard = any(bot in one.get("users", [one.get("user")]) for one in said)
    deleted = message.get("subtype") == "tombstone"
    top = message.get("thread_ts", message["ts"]) == message["ts"]
    words = [word for word in str(message.get("text")).split() if not word[0] == word[-1] == ":"]
    return here and top and not (heard or deleted) and any(c.isalnum() for word in words for c in word)


def content(message: Json, scene: Scene) -> Markup:
    """What a message says: its blocks, or else its text, then attachments and files."""
    listed = objects(message.get("blocks"))
    body = blocks(listed, scene) if listed else mrkdwn(str(message.get("text") or ""), scene)
    body += joined(_attachment(attachment, scene) for attachment in objects(message.get("attachments")))
    return body + joined(_file(file) for file in objects(message.get("files")))


def _attachment(attachment: Json, scene: Scene) -> Markup:
    title = str(attachment.get("title") or "")
    address = attachment.get("title_link") or attachment.get("from_url")
    heading = link(address, title) if address and title else Markup("<strong>{}</strong>").format(title)
    inside = blocks(objects(attachment.get("blocks")), scene)
    body = mrkdwn(str(attachment.get("text") or attachment.get("fallback") or ""), scene)
    form = Markup('<div class="attachment">{}{}{}</div>')
    return form.format(heading if title else NOTHING, body, inside)


def _file(file: Json) -> Markup:
    if file.get("mode") == "tombstone":
        return Markup('<p class="file quiet">{}</p>').format(words.FILE_GONE)
    source = picture_source(file.get("url_private"))
    alt = file.get("alt_txt") or ""
    if str(file.get("mimetype")).startswith("image/") and source:
        return Markup('<img class="file" src="{}" alt="{}">').format(source, alt)
    return Markup('<p class="file">📄 {}</p>').format(link(source, file.get("title") or file.get("name")))


def _reactions(message: Json, scene: Scene, person: str) -> list[tuple[str, str, int, bool, str]]:
    found: list[tuple[str, str, int, bool, str]] = []
    for reaction in objects(message.get("reactions")):
        name, users = str(reaction["name"]), list(reaction["users"])
        who = ", ".join(scene.user(user) for user in users)
        found.append((name, EMOJI.get(name, f":{name}:"), reaction["count"], person in users, who))
    return found


def editable(message: Json, scene: Scene) -> str:
    """The text as its author would type it."""
    out: list[str] = []
    rest = str(message.get("text") or "")
    while (start := rest.find("<")) >= 0 and (end := rest.find(">", start)) > 0:
        inside = rest[start + 1 : end]
        target, _, label = inside.partition("|")
        mention = f"@{scene.user(target[1:]).lower()}" if target.startswith("@") else ""
        # What cannot be typed (a link with a label, a channel) stays as it is written.
        plain = target if "://" in target and not label else f"<{inside}>"
        out += [rest[:start], mention or plain]
        rest = rest[end + 1 :]
    return with_signs(unescaped("".join([*out, rest])))


def day(message: Json) -> str:
    """The day a message was written, for the line between days."""
    return datetime.fromtimestamp(float(message["ts"]), UTC).strftime("%A, %-d %B %Y")
