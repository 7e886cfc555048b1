"""What somebody has not read yet, by channel and by thread. Marks are time stamps: up to there everything was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.workspace.shapes import Json
    from bot.workspace.team import Channel, Team


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
