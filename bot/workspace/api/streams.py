"""``chat.startStream``, ``chat.appendStream``, ``chat.stopStream``: messages that come piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.api import chat, shown
from bot.workspace.hub import Stream
from bot.workspace.shapes import ApiRefusal, objects

if TYPE_CHECKING:
    from bot.workspace.api.call import Call
    from bot.workspace.shapes import Json
    from bot.workspace.state import Channel

_LIFE = 300.0
"""Seconds after which a message takes no more pieces, whatever comes."""
_LONGEST = 12_000
"""Characters of one call."""
_STREAMING = "streaming_state"


def start(call: Call) -> Json:
    """``chat.startStream``. Outside of direct messages it has to say for whom it is."""
    channel = chat.open_channel(call)
    call.needed("thread_ts")
    if channel.kind != "im":
        for name in ("recipient_user_id", "recipient_team_id"):
            if not call.text(name):
                code = f"missing_{name}"
                raise ApiRefusal(code)
    stream = Stream(call.hub.clock.now(), _piece(call))
    content = {**_said(stream), "thread_ts": call.text("thread_ts")}
    message = call.hub.talk.post(channel, call.caller.user_id, content)
    message[_STREAMING] = "in_progress"
    call.hub.streams[channel.id, message["ts"]] = stream
    call.hub.statuses.pop((channel.id, message.get("thread_ts", "")), None)
    return {"channel": channel.id, "ts": message["ts"]}


def append(call: Call) -> Json:
    """``chat.appendStream``."""
    channel, message, stream = _open(call)
    piece = _piece(call)
    if not piece:
        code = "no_text"
        raise ApiRefusal(code)
    stream.text += piece
    call.hub.talk.stream(channel, message, _said(stream))
    return {"channel": channel.id, "ts": message["ts"]}


def stop(call: Call) -> Json:
    """``chat.stopStream``: the last piece, blocks below it, metadata."""
    channel, message, stream = _open(call)
    stream.text += _piece(call)
    more = chat.content(call, ("blocks", "metadata"))
    said = _said(stream)
    said |= {"blocks": [*objects(said.get("blocks")), *objects(more.get("blocks"))]}
    _end(call, channel, message)
    call.hub.talk.stream(channel, message, {**more, **said}, ended=True)
    return {"channel": channel.id, "ts": message["ts"], "message": shown.message(channel, message, metadata=True)}


def update(call: Call) -> Json:
    """``chat.update``, which a message that takes pieces refuses."""
    channel = call.channel()
    if _is_alive(call, channel, call.message(channel)):
        code = "streaming_state_conflict"
        raise ApiRefusal(code)
    return chat.update(call)


def _end(call: Call, channel: Channel, message: Json) -> None:
    call.hub.streams.pop((channel.id, message["ts"]), None)
    message[_STREAMING] = "completed"


def _open(call: Call) -> tuple[Channel, Json, Stream]:
    channel = chat.open_channel(call)
    message = call.message(channel)
    if message["user"] != call.caller.user_id:
        code = "message_not_owned_by_app"
        raise ApiRefusal(code)
    if not _is_alive(call, channel, message):
        code = "message_not_in_streaming_state"
        raise ApiRefusal(code)
    return channel, message, call.hub.streams[channel.id, message["ts"]]


def _is_alive(call: Call, channel: Channel, message: Json) -> bool:
    stream = call.hub.streams.get((channel.id, message["ts"]))
    if stream and call.hub.clock.now() - stream.began > _LIFE:
        _end(call, channel, message)
        return False
    return stream is not None


def _piece(call: Call) -> str:
    chunks = [str(chunk.get("text", "")) for chunk in call.listed("chunks") if chunk.get("type") == "markdown_text"]
    piece = call.text("markdown_text") or "".join(chunks)
    if len(piece) > _LONGEST:
        code = "msg_too_long"
        raise ApiRefusal(code)
    return piece


def _said(stream: Stream) -> Json:
    return {"text": stream.text, "blocks": [{"type": "markdown", "text": stream.text}] if stream.text else []}
