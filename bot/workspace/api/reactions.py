"""``reactions.*``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.api import shown
from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from bot.workspace.api.call import Call
    from bot.workspace.shapes import Json


def add(call: Call) -> Json:
    """``reactions.add``."""
    channel = call.channel(member=True)
    message = call.message(channel, "timestamp")
    if not call.hub.talk.react(channel, message, call.caller.user_id, name=_name(call)):
        code = "already_reacted"
        raise ApiRefusal(code)
    return {}


def remove(call: Call) -> Json:
    """``reactions.remove``."""
    channel = call.channel(member=True)
    message = call.message(channel, "timestamp")
    if not call.hub.talk.unreact(channel, message, call.caller.user_id, name=_name(call)):
        code = "no_reaction"
        raise ApiRefusal(code)
    return {}


def get(call: Call) -> Json:
    """``reactions.get``."""
    channel = call.channel(member=True)
    message = call.message(channel, "timestamp")
    return {"type": "message", "channel": channel.id, "message": shown.message(channel, message)}


def _name(call: Call) -> str:
    name = call.needed("name").strip(":")
    if not name or not all(sign.isalnum() or sign in "_-+:'" for sign in name):
        code = "invalid_name"
        raise ApiRefusal(code)
    return name
