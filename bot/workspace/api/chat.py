"""``chat.*``: messages."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from bot.workspace.api import shown
from bot.workspace.checking import check_message_blocks
from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from bot.workspace.api.call import Call
    from bot.workspace.shapes import Json
    from bot.workspace.state import Channel

_LONGEST = 40_000
_LONGEST_EDIT = 4_000
"""UTF-8 bytes of the text that an app's edit may bring, blocks or not: Slack's reference for ``chat.update``. People's
clients take more."""
_CONTENT = ("text", "blocks", "attachments", "metadata", "thread_ts", "reply_broadcast")


def post_message(call: Call) -> Json:
    """``chat.postMessage``."""
    channel = open_channel(call)
    said = content(call)
    if not (said.get("text") or said.get("blocks") or said.get("attachments")):
        code = "no_text"
        raise ApiRefusal(code)
    message = call.hub.talk.post(channel, call.caller.user_id, said)
    call.hub.statuses.pop((channel.id, message.get("thread_ts", "")), None)
    return {"channel": channel.id, "ts": message["ts"], "message": shown.message(channel, message, metadata=True)}


def post_ephemeral(call: Call) -> Json:
    """``chat.postEphemeral``."""
    channel = open_channel(call)
    user = call.needed("user")
    if user not in channel.members:
        code = "user_not_in_channel"
        raise ApiRefusal(code)
    said = content(call)
    if not (said.get("text") or said.get("blocks") or said.get("attachments")):
        code = "no_text"
        raise ApiRefusal(code)
    return {"message_ts": call.hub.talk.whisper(channel, user, said)["ts"]}


def update(call: Call) -> Json:
    """``chat.update``."""
    channel = call.channel()
    message = call.message(channel)
    if message["user"] != call.caller.user_id:
        code = "cant_update_message"
        raise ApiRefusal(code)
    said = content(call)
    if not said:
        code = "no_text"
        raise ApiRefusal(code)
    if call.caller.kind == "bot" and len(str(said.get("text", "")).encode()) > _LONGEST_EDIT:
        code = "msg_too_long"
        raise ApiRefusal(code)
    call.hub.talk.edit(channel, message, said)
    changed = shown.message(channel, message, metadata=True)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": changed}


def delete(call: Call) -> Json:
    """``chat.delete``."""
    channel = call.channel()
    message = call.message(channel)
    if message["user"] != call.caller.user_id:
        code = "cant_delete_message"
        raise ApiRefusal(code)
    call.hub.talk.delete(channel, message)
    return {"channel": channel.id, "ts": message.get("ts") or call.text("ts")}


def permalink(call: Call) -> Json:
    """``chat.getPermalink``."""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    link = f"{call.hub.url}/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    thread = message.get("thread_ts", message["ts"])
    below = "" if thread == message["ts"] else f"?thread_ts={thread}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link + below}


def open_channel(call: Call) -> Channel:
    """The channel that is meant, where the caller may post. Raises `Refused`."""
    channel = call.channel(member=True)
    if channel.is_archived:
        code = "is_archived"
        raise ApiRefusal(code)
    if channel.is_read_only and call.caller.user_id == call.team.bot.user_id:
        code = "restricted_action_read_only_channel"
        raise ApiRefusal(code)
    return channel


def content(call: Call, names: tuple[str, ...] = _CONTENT) -> Json:
    """What a message is to say, checked. Raises `Refused`."""
    said = {name: call.args[name] for name in names if call.args.get(name) is not None}
    if call.text("markdown_text") and "text" in names:
        if "text" in said or "blocks" in said:
            code = "markdown_text_conflict"
            raise ApiRefusal(code)
        said |= {
            "text": call.text("markdown_text"),
            "blocks": [{"type": "markdown", "text": call.text("markdown_text")}],
        }
    said["reply_broadcast"] = call.flag("reply_broadcast")
    if not said["reply_broadcast"]:
        del said["reply_broadcast"]
    if len(str(said.get("text", ""))) > _LONGEST:
        code = "msg_too_long"
        raise ApiRefusal(code)
    _check_metadata(said)
    if "blocks" in said:
        said["blocks"] = _with_ids(check_message_blocks(said["blocks"]))
    return said


def _check_metadata(content: Json) -> None:
    metadata = content.get("metadata")
    if metadata is None or metadata == {}:
        return
    fine = isinstance(metadata, dict) and set(metadata) == {"event_type", "event_payload"}  # pyright: ignore[reportUnknownArgumentType]
    if not fine or not metadata["event_type"] or not isinstance(metadata["event_payload"], dict):
        code = "invalid_metadata_format"
        raise ApiRefusal(code)


def _with_ids(blocks: list[Json]) -> list[Json]:
    return [{**block, "block_id": block.get("block_id") or secrets.token_hex(3)} for block in blocks]
