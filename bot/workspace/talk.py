"""What people and the bot do with messages, and what somebody has not read yet."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from bot.core.words.workspace import TOMBSTONE
from bot.workspace.changes import Change
from bot.workspace.mrkdwn import escaped, rich_text, with_links, with_names
from bot.workspace.shapes import copied, new_id

if TYPE_CHECKING:
    from bot.workspace.changes import Changes
    from bot.workspace.clock import LocalClock
    from bot.workspace.shapes import Json
    from bot.workspace.state import Channel, State, Team


# What people and the bot do with messages: post, edit, delete, react. The only place that changes them.

_KEPT = ("thread_ts", "blocks", "attachments", "metadata", "files", "username", "icon_emoji")


class Talk:
    """Messages change here; every change is told to the listeners."""

    def __init__(self, state: State, clock: LocalClock, changes: Changes) -> None:
        self._state = state
        self._clock = clock
        self._changes = changes

    def post(self, channel: Channel, author: str, content: Json) -> Json:
        """A new message. ``content`` has Slack's keys: text, blocks, thread_ts, metadata, files ..."""
        message: Json = {"type": "message", "user": author, "ts": self._clock.timestamp(), "team": channel.team}
        message |= self._signature(channel, author)
        message |= {key: copied(content[key]) for key in _KEPT if content.get(key)}
        self._thread(channel, message)
        if content.get("reply_broadcast") and "thread_ts" in message:
            message["subtype"] = "thread_broadcast"
        elif content.get("subtype"):
            message["subtype"] = content["subtype"]
        self._say(channel, message, content.get("text", ""))
        channel.messages.append(message)
        self._tell("posted", channel, message)
        return message

    def edit(self, channel: Channel, message: Json, content: Json) -> Json:
        """Change the parts of a message that are given."""
        previous = copied(message)
        for key in ("blocks", "attachments", "metadata", "files"):
            if key in content:
                message[key] = copied(content[key])
                if not message[key]:
                    del message[key]
        if "text" in content:
            self._say(channel, message, content["text"])
        editor = message.get("bot_id") or message["user"]
        # Slack gives whole seconds here, so that two quick edits share one.
        message["edited"] = {"user": editor, "ts": f"{int(self._clock.now())}.000000"}
        self._tell("edited", channel, message, previous=previous)
        return message

    def stream(self, channel: Channel, message: Json, content: Json, *, ended: bool = False) -> None:
        """A message that takes pieces got one. Only its end is told as a change, and nobody edited it."""
        previous = copied(message)
        message |= {key: copied(content[key]) for key in ("blocks", "metadata") if content.get(key)}
        self._say(channel, message, content["text"])
        self._tell("streamed" if ended else "streaming", channel, message, previous=previous)

    def unfurl(self, channel: Channel, message: Json, attachments: list[Json]) -> Json:
        """Add link previews, which Slack reports as a change although nobody edited."""
        previous = copied(message)
        message["attachments"] = [*message.get("attachments", []), *copied(attachments)]
        self._tell("unfurled", channel, message, previous=previous)
        return message

    def lose_file(self, channel: Channel, file_id: str) -> None:
        """A file was deleted: the messages that shared it keep its place."""
        for message in channel.messages:
            if any(file["id"] == file_id for file in message.get("files", ())):
                gone: Json = {"id": file_id, "mode": "tombstone"}
                message["files"] = [gone if file["id"] == file_id else file for file in message["files"]]
                self._tell("file_lost", channel, message)

    def delete(self, channel: Channel, message: Json) -> None:
        """Delete a message; a parent with replies leaves a tombstone until its last reply is gone."""
        if channel.thread(message["ts"]):
            self._bury(channel, message)
            return
        channel.messages.remove(message)
        self._tell("deleted", channel, message)
        parent = channel.find(message.get("thread_ts", ""))
        if parent and parent.get("subtype") == "tombstone" and not channel.thread(parent["ts"]):
            channel.messages.remove(parent)
            self._tell("deleted", channel, parent)

    def react(self, channel: Channel, message: Json, user: str, name: str) -> bool:
        """Add a reaction; False where it is there already."""
        reactions: list[Json] = message.setdefault("reactions", [])
        one: Json | None = next((reaction for reaction in reactions if reaction["name"] == name), None)
        if one and user in one["users"]:
            return False
        if one is None:
            reactions.append({"name": name, "users": [], "count": 0})
            one = reactions[-1]
        one["users"].append(user)
        one["count"] += 1
        self._reacted("reacted", channel, message, who=(user, name))
        return True

    def unreact(self, channel: Channel, message: Json, user: str, name: str) -> bool:
        """Take a reaction back; False where there is none."""
        one = next((r for r in message.get("reactions", []) if r["name"] == name and user in r["users"]), None)
        if one is None:
            return False
        one["users"].remove(user)
        one["count"] -= 1
        if not one["count"]:
            message["reactions"].remove(one)
        if not message["reactions"]:
            del message["reactions"]
        self._reacted("unreacted", channel, message, who=(user, name))
        return True

    def whisper(self, channel: Channel, user: str, content: Json) -> Json:
        """An ephemeral message that only one person sees."""
        team = self._state.team_of(channel)
        message: Json = {"type": "message", "user": team.bot.user_id, "ts": self._clock.timestamp(), "team": team.id}
        message |= self._signature(channel, team.bot.user_id)
        message |= {key: copied(content[key]) for key in _KEPT if content.get(key)}
        message |= {"text": escaped(content.get("text") or ""), "is_ephemeral": True, "to": user}
        channel.ephemerals.append(message)
        self._tell("ephemeral", channel, message)
        return message

    def join(self, channel: Channel, user: str, inviter: str = "") -> bool:
        """Somebody becomes a member; False where they are one."""
        if user in channel.members:
            return False
        channel.members.append(user)
        self._changes.emit(Change("joined", channel.team, channel.id, user=user, detail={"inviter": inviter}))
        return True

    def leave(self, channel: Channel, user: str) -> bool:
        """Somebody leaves the channel; False where they are not in it."""
        if user not in channel.members:
            return False
        channel.members.remove(user)
        self._changes.emit(Change("left", channel.team, channel.id, user=user))
        return True

    def refresh(self, channel: Channel, message: Json) -> None:
        """Tell that an ephemeral message changed or went."""
        self._tell("ephemeral", channel, message)

    def _signature(self, channel: Channel, author: str) -> Json:
        bot = self._state.team_of(channel).bot
        if author != bot.user_id:
            return {"client_msg_id": str(uuid.uuid4())}
        profile = {"id": bot.bot_id, "app_id": bot.app_id, "name": bot.real_name, "deleted": False, "updated": 0}
        return {"bot_id": bot.bot_id, "app_id": bot.app_id, "bot_profile": {**profile, "team_id": channel.team}}

    def _say(self, channel: Channel, message: Json, text: str) -> None:
        text = escaped(text)
        if message["user"] == self._state.team_of(channel).bot.user_id:
            message["text"] = text
            return
        message["text"] = with_links(with_names(text))
        if message["text"]:
            # Slack's own programs send what people wrote as a rich_text block beside the text.
            message["blocks"] = [rich_text(message["text"], new_id("", 5))]

    def _thread(self, channel: Channel, message: Json) -> None:
        # A reply to a reply goes to the thread's start, as in Slack. Whether the start still exists is not asked.
        parent = channel.find(message.get("thread_ts", ""))
        if parent:
            message["thread_ts"] = parent.get("thread_ts", parent["ts"])
            message["parent_user_id"] = parent["user"]

    def _bury(self, channel: Channel, message: Json) -> None:
        previous = copied(message)
        ts = message["ts"]
        message.clear()
        message |= {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "hidden": True, "ts": ts}
        message |= {"text": TOMBSTONE, "thread_ts": ts, "team": channel.team}
        self._tell("buried", channel, message, previous=previous)

    def _reacted(self, kind: str, channel: Channel, message: Json, who: tuple[str, str]) -> None:
        user, name = who
        self._changes.emit(
            Change(kind, channel.team, channel.id, message=message, user=user, detail={"reaction": name})
        )

    def _tell(self, kind: str, channel: Channel, message: Json, previous: Json | None = None) -> None:
        self._changes.emit(
            Change(kind, channel.team, channel.id, message=message, previous=previous or {}, user=message["user"])
        )


# What somebody has not read yet, by channel and by thread. Marks are time stamps: up to there everything was seen.


def mark_read(team: Team, person: str, channel: Channel, thread: str = "") -> bool:
    """Somebody has seen the channel, or one of its threads, up to its newest message; False where they had already."""
    listed = channel.thread(thread) if thread else [*channel.messages, *_whispers(channel, person)]
    newest = max((str(message["ts"]) for message in listed), default="")
    key = _key(person, channel, thread)
    if newest <= team.reads.get(key, ""):
        return False
    team.reads[key] = newest
    return True


def unread(team: Team, person: str, channel: Channel) -> int:
    """How many messages of others came since: those of the channel itself, and replies in threads one takes part in."""
    since = team.reads.get(_key(person, channel), "")
    fresh = [message for message in channel.messages if message["ts"] > since and _from_others(message, person)]
    mine = {ts for ts in {str(m.get("thread_ts", "")) for m in fresh} if ts and _takes_part(channel, ts, person)}
    counted = [m for m in fresh if m.get("thread_ts", m["ts"]) == m["ts"] or m["thread_ts"] in mine]
    return len(counted) + len([message for message in _whispers(channel, person) if message["ts"] > since])


def has_new_replies(team: Team, person: str, channel: Channel, thread: str) -> bool:
    """Whether a thread that one takes part in has a reply that one has not seen."""
    since = team.reads.get(_key(person, channel, thread), "")
    fresh = any(m["ts"] > since and _from_others(m, person) for m in channel.thread(thread))
    return fresh and _takes_part(channel, thread, person)


def _key(person: str, channel: Channel, thread: str = "") -> str:
    return " ".join(filter(None, (person, channel.id, thread)))


def _whispers(channel: Channel, person: str) -> list[Json]:
    return [message for message in channel.ephemerals if message["to"] == person]


def _from_others(message: Json, person: str) -> bool:
    return message["user"] != person and message.get("subtype") != "tombstone"


def _takes_part(channel: Channel, thread: str, person: str) -> bool:
    start = channel.find(thread)
    return channel.kind == "im" or any(
        m["user"] == person for m in [*([start] if start else []), *channel.thread(thread)]
    )
