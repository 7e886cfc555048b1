"""``conversations.*``: channels and what was said in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.api import shown
from bot.workspace.api.paging import page
from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from bot.workspace.api.call import Call
    from bot.workspace.shapes import Json
    from bot.workspace.state import Channel

_MOST = 1000
_MOST_LISTED = 999
"""Conversations on a page; Slack refuses to give more."""
_KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


def list_all(call: Call) -> Json:
    """``conversations.list``."""
    channels = [channel for channel in call.team.channels.values() if _visible(call, channel)]
    found, more = page(call, channels, most=_MOST_LISTED)
    return {"channels": [shown.channel(channel, call.caller.user_id) for channel in found], **more}


def list_own(call: Call) -> Json:
    """``users.conversations``."""
    user = call.text("user") or call.caller.user_id
    channels = [c for c in call.team.channels.values() if _visible(call, c) and user in c.members]
    found, more = page(call, channels, most=_MOST_LISTED)
    return {"channels": [shown.channel(channel, user) for channel in found], **more}


def info(call: Call) -> Json:
    """``conversations.info``."""
    channel = call.channel()
    out = shown.channel(channel, call.caller.user_id)
    if not call.flag("include_num_members"):
        out.pop("num_members", None)
    return {"channel": out}


def members(call: Call) -> Json:
    """``conversations.members``."""
    found, more = page(call, call.channel().members)
    return {"members": found, **more}


def history(call: Call) -> Json:
    """``conversations.history``: the newest first; a tombstone shows as one."""
    channel = call.channel(member=True)
    inside = [message for message in channel.top_level() if _within(call, message["ts"])]
    found, more = page(call, inside[::-1])
    metadata = call.flag("include_all_metadata")
    messages = [shown.message(channel, message, metadata=metadata) for message in found]
    has_more = bool(more["response_metadata"]["next_cursor"])
    return {"messages": messages, "has_more": has_more, "pin_count": 0, **more}


def replies(call: Call) -> Json:
    """``conversations.replies``: the start of the thread first, whatever the limits in time say."""
    channel = call.channel(member=True)
    ts = call.needed("ts")
    start = channel.find(ts)
    below = channel.thread(ts)
    if start is None and not below:
        code = "thread_not_found"
        raise ApiRefusal(code)
    inside = [message for message in below if _within(call, message["ts"])]
    whole = [start, *inside] if start else inside
    found, more = page(call, whole, _MOST)
    metadata = call.flag("include_all_metadata")
    messages = [shown.message(channel, message, metadata=metadata) for message in found]
    return {"messages": messages, "has_more": bool(more["response_metadata"]["next_cursor"]), **more}


def open_direct(call: Call) -> Json:
    """``conversations.open``: a direct message with one person."""
    if call.text("channel"):
        return {"channel": _opened(call, call.channel())}
    users = [user.strip() for user in call.needed("users").split(",") if user.strip()]
    if any(not call.team.has(user) for user in users):
        code = "user_not_found"
        raise ApiRefusal(code)
    if len(users) != 1:
        code = "not_supported_locally"
        raise ApiRefusal(code)
    return {"channel": _opened(call, call.team.direct_message(call.caller.user_id, users[0]))}


def join(call: Call) -> Json:
    """``conversations.join``."""
    channel = call.channel()
    if channel.kind != "channel":
        code = "method_not_supported_for_channel_type"
        raise ApiRefusal(code)
    new = call.hub.talk.join(channel, call.caller.user_id)
    warning = {} if new else {"warning": "already_in_channel"}
    return {"channel": shown.channel(channel, call.caller.user_id), **warning}


def _opened(call: Call, channel: Channel) -> Json:
    return shown.channel(channel, call.caller.user_id) if call.flag("return_im") else {"id": channel.id}


def _visible(call: Call, channel: Channel) -> bool:
    wanted = {_KINDS.get(name.strip(), "") for name in call.text("types", "public_channel").split(",")}
    if channel.kind not in wanted or (call.flag("exclude_archived") and channel.is_archived):
        return False
    return channel.kind == "channel" or call.caller.user_id in channel.members


def _within(call: Call, ts: str) -> bool:
    oldest, latest = _moment(call.text("oldest")), _moment(call.text("latest"))
    if call.flag("inclusive"):
        return (not oldest or ts >= oldest) and (not latest or ts <= latest)
    return (not oldest or ts > oldest) and (not latest or ts < latest)


def _moment(ts: str) -> str:
    """A time stamp in the form all messages have, so that text can be compared."""
    seconds, _, fraction = ts.partition(".")
    return f"{seconds.zfill(10)}.{fraction.ljust(6, '0')}" if seconds.strip("0") or fraction.strip("0") else ""
