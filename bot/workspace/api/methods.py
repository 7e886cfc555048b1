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


METHODS = {
    "apps.connections.open": Method(users.connections_open, for_app=True),
    "assistant.threads.setStatus": Method(assistant.set_status, "chat:write"),
    "assistant.threads.setSuggestedPrompts": Method(assistant.set_prompts, "assistant:write"),
    "assistant.threads.setTitle": Method(assistant.set_title, "assistant:write"),
    "auth.revoke": Method(users.auth_revoke),
    "auth.teams.list": Method(users.auth_teams),
    "auth.test": Method(users.auth_test),
    "bots.info": Method(users.bot_info, "users:read"),
    "chat.appendStream": Method(streams.append, "chat:write"),
    "chat.delete": Method(chat.delete, "chat:write"),
    "chat.getPermalink": Method(chat.permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
    "chat.postMessage": Method(chat.post_message, "chat:write"),
    "chat.startStream": Method(streams.start, "chat:write"),
    "chat.stopStream": Method(streams.stop, "chat:write"),
    "chat.update": Method(streams.update, "chat:write"),
    "conversations.history": Method(conversations.history, "*:history"),
    "conversations.info": Method(conversations.info, "*:read"),
    "conversations.join": Method(conversations.join, "channels:join"),
    "conversations.list": Method(conversations.list_all, "*:read"),
    "conversations.members": Method(conversations.members, "*:read"),
    "conversations.open": Method(conversations.open_direct, "im:write"),
    "conversations.replies": Method(conversations.replies, "*:history"),
    "files.completeUploadExternal": Method(files.complete, "files:write"),
    "files.delete": Method(files.delete, "files:write"),
    "files.getUploadURLExternal": Method(files.upload_url, "files:write"),
    "files.info": Method(files.info, "files:read"),
    "functions.completeError": Method(functions.complete_error),
    "functions.completeSuccess": Method(functions.complete_success),
    "reactions.add": Method(reactions.add, "reactions:write"),
    "reactions.get": Method(reactions.get, "reactions:read"),
    "reactions.remove": Method(reactions.remove, "reactions:write"),
    "team.info": Method(users.team_info, "team:read"),
    "users.conversations": Method(conversations.list_own, "*:read"),
    "users.info": Method(users.info, "users:read"),
    "users.list": Method(users.list_all, "users:read"),
    "views.open": Method(views.open_new),
    "views.publish": Method(views.publish),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
}
