"""Every method of the Web API that the workspace knows, with the scope a bot needs for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.workspace.api import assistant, chat, conversations, files, functions, reactions, streams, users, views

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.workspace.api.call import Call
    from bot.workspace.shapes import Json


@dataclass(frozen=True)
class Method:
    """What a method does. A star in a scope stands for the kind of channel, as in ``channels:history``."""

    do: Callable[[Call], Json]
    scope: str = ""
    for_app: bool = False
    tier: int = 0
    """How often an app may call it, by Slack's reference (see `limits`); 0 has a rule of its own, or none here."""


METHODS = {
    "apps.connections.open": Method(users.connections_open, for_app=True),
    "assistant.threads.setStatus": Method(assistant.set_status, "chat:write"),
    "assistant.threads.setSuggestedPrompts": Method(assistant.set_prompts, "assistant:write", tier=3),
    "assistant.threads.setTitle": Method(assistant.set_title, "assistant:write", tier=3),
    "auth.revoke": Method(users.auth_revoke, tier=3),
    "auth.teams.list": Method(users.auth_teams, tier=2),
    "auth.test": Method(users.auth_test),
    "bots.info": Method(users.bot_info, "users:read", tier=3),
    "chat.appendStream": Method(streams.append, "chat:write", tier=4),
    "chat.delete": Method(chat.delete, "chat:write", tier=3),
    "chat.getPermalink": Method(chat.permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write", tier=4),
    "chat.postMessage": Method(chat.post_message, "chat:write"),
    "chat.startStream": Method(streams.start, "chat:write", tier=2),
    "chat.stopStream": Method(streams.stop, "chat:write", tier=2),
    "chat.update": Method(streams.update, "chat:write", tier=3),
    "conversations.history": Method(conversations.history, "*:history", tier=3),
    "conversations.info": Method(conversations.info, "*:read", tier=3),
    "conversations.join": Method(conversations.join, "channels:join", tier=3),
    "conversations.list": Method(conversations.list_all, "*:read", tier=2),
    "conversations.members": Method(conversations.members, "*:read", tier=4),
    "conversations.open": Method(conversations.open_direct, "im:write", tier=3),
    "conversations.replies": Method(conversations.replies, "*:history", tier=3),
    "files.completeUploadExternal": Method(files.complete, "files:write", tier=4),
    "files.delete": Method(files.delete, "files:write", tier=3),
    "files.getUploadURLExternal": Method(files.upload_url, "files:write", tier=4),
    "files.info": Method(files.info, "files:read", tier=4),
    "functions.completeError": Method(functions.complete_error, tier=3),
    "functions.completeSuccess": Method(functions.complete_success, tier=3),
    "reactions.add": Method(reactions.add, "reactions:write", tier=3),
    "reactions.get": Method(reactions.get, "reactions:read", tier=3),
    "reactions.remove": Method(reactions.remove, "reactions:write", tier=2),
    "team.info": Method(users.team_info, "team:read", tier=3),
    "users.conversations": Method(conversations.list_own, "*:read", tier=2),
    "users.info": Method(users.info, "users:read", tier=4),
    "users.list": Method(users.list_all, "users:read", tier=2),
    "views.open": Method(views.open_new, tier=4),
    "views.publish": Method(views.publish, tier=4),
    "views.push": Method(views.push, tier=4),
    "views.update": Method(views.update, tier=4),
}
