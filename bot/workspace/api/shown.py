"""Channels, people and messages as Slack's answers show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.shapes import copied

if TYPE_CHECKING:
    from bot.workspace.shapes import Json
    from bot.workspace.state import Channel, InstalledApp, Person, Team


def message(channel: Channel, stored: Json, *, metadata: bool = False) -> Json:
    """A message, with the counts of its thread."""
    out = copied(stored)
    if not metadata:
        out.pop("metadata", None)
    replies = channel.thread(stored["ts"])
    if replies:
        users = list(dict.fromkeys(reply["user"] for reply in replies))
        out |= {"thread_ts": stored["ts"], "reply_count": len(replies), "reply_users_count": len(users)}
        out |= {"latest_reply": replies[-1]["ts"], "reply_users": users, "is_locked": False, "subscribed": False}
    return out


def channel(shown: Channel, caller: str) -> Json:
    """A channel as somebody sees it."""
    common: Json = {"id": shown.id, "created": shown.created, "is_archived": shown.is_archived, "is_org_shared": False}
    common |= {"context_team_id": shown.team, "updated": 0}
    if shown.kind == "im":
        other = next((user for user in shown.members if user != caller), caller)
        return {**common, "is_im": True, "user": other, "is_user_deleted": False, "priority": 0}
    purpose = {"value": shown.purpose, "creator": "", "last_set": 0}
    flags = {"is_channel": shown.kind == "channel", "is_group": False, "is_im": False, "is_mpim": False}
    flags |= {"is_private": shown.kind == "group", "is_general": shown.name == "general", "unlinked": 0}
    shared = {"is_shared": shown.is_ext_shared, "is_ext_shared": shown.is_ext_shared, "is_pending_ext_shared": False}
    topic: Json = {"topic": {"value": "", "creator": "", "last_set": 0}, "purpose": purpose, "previous_names": []}
    member = {"is_member": caller in shown.members, "num_members": len(shown.members)}
    return {**common, "name": shown.name, "name_normalized": shown.name, **flags, **shared, **topic, **member}


def person(team: Team, shown: Person) -> Json:
    """A person."""
    profile = {"real_name": shown.real_name, "display_name": shown.real_name, "title": shown.title, "team": team.id}
    common = _user(team, shown.id, shown.name, real_name=shown.real_name)
    admin = {"is_admin": shown.is_admin, "is_owner": shown.is_admin, "is_primary_owner": shown.is_admin}
    return {**common, **admin, "is_bot": False, "profile": profile}


def bot_user(team: Team, shown: InstalledApp) -> Json:
    """The bot as a user."""
    profile = {"real_name": shown.real_name, "display_name": "", "bot_id": shown.bot_id, "team": team.id}
    profile |= {"api_app_id": shown.app_id, "title": ""}
    common = _user(team, shown.user_id, shown.name, real_name=shown.real_name)
    return {
        **common,
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_bot": True,
        "profile": profile,
    }


def _user(team: Team, user_id: str, name: str, real_name: str) -> Json:
    zone = {"tz": "Europe/London", "tz_label": "Greenwich Mean Time", "tz_offset": 0}
    flags = {"deleted": False, "is_restricted": False, "is_ultra_restricted": False, "is_app_user": False}
    return {"id": user_id, "team_id": team.id, "name": name, "real_name": real_name, **zone, **flags, "updated": 0}
