"""Windows and Home tabs."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from bot.workspace.changes import Change
from bot.workspace.shapes import ApiRefusal, copied, new_id

if TYPE_CHECKING:
    from bot.workspace.changes import Changes
    from bot.workspace.shapes import Json
    from bot.workspace.state import State, Team

_STACK = 3
_OPTIONAL = ("title", "submit", "close", "clear_on_close", "notify_on_close", "private_metadata", "external_id")


class Views:
    """The windows each person has open, the last one on top, and each person's Home tab."""

    def __init__(self, state: State, changes: Changes) -> None:
        self._state = state
        self._changes = changes
        self._open: dict[tuple[str, str], list[Json]] = {}

    def stack(self, team: str, user: str) -> list[Json]:
        """The windows somebody has open."""
        return self._open.setdefault((team, user), [])

    def open(self, team: Team, user: str, content: Json) -> Json:
        """Open a window, on top of those that are open. Raises `Refused` when there are three."""
        stack = self.stack(team.id, user)
        if len(stack) >= _STACK:
            code = "push_limit_reached"
            raise ApiRefusal(code)
        view = _new(team, content)
        view["root_view_id"] = stack[0]["id"] if stack else view["id"]
        view["previous_view_id"] = stack[-1]["id"] if stack else None
        stack.append(view)
        self._tell("view", team.id, user)
        return view

    def update(self, team: Team, view_id: str, content: Json, seen: str = "") -> Json:
        """Put something else into an open window or Home tab. Raises `Refused` as Slack does."""
        user, view = self.find(team, view_id)
        if seen and seen != view["hash"]:
            code = "hash_conflict"
            raise ApiRefusal(code)
        self._fill(view, content)
        self._tell("home" if view["type"] == "home" else "view", team.id, user)
        return view

    def publish(self, team: Team, user: str, content: Json, seen: str = "") -> Json:
        """Somebody's Home tab."""
        view = team.homes.get(user)
        if view and seen and seen != view["hash"]:
            code = "hash_conflict"
            raise ApiRefusal(code)
        if view:
            self._fill(view, content)
        else:
            view = team.homes[user] = _new(team, content)
            view |= {"root_view_id": view["id"], "previous_view_id": None}
        self._tell("home", team.id, user)
        return view

    def find(self, team: Team, view_id: str) -> tuple[str, Json]:
        """An open window or Home tab and whose it is; by id or external id. Raises `Refused`."""
        known = [(user, view) for (owner, user), stack in self._open.items() if owner == team.id for view in stack]
        known += list(team.homes.items())
        for user, view in known:
            if view_id in {view["id"], view.get("external_id") or None}:
                return user, view
        code = "not_found"
        raise ApiRefusal(code)

    def close(self, team: str, user: str, view_id: str = "") -> None:
        """Close one window, or all of them."""
        stack = self.stack(team, user)
        stack[:] = [view for view in stack if view_id and view["id"] != view_id]
        self._tell("view", team, user)

    def _fill(self, view: Json, content: Json) -> None:
        for key in _OPTIONAL:
            view.pop(key, None)
        view |= _content(content)
        view["hash"] = _hash()
        view["state"] = {"values": {}}

    def _tell(self, kind: str, team: str, user: str) -> None:
        self._changes.emit(Change(kind, team, user=user))


def _new(team: Team, content: Json) -> Json:
    bot = team.bot
    view: Json = {"id": new_id("V"), "team_id": team.id, "app_id": bot.app_id, "bot_id": bot.bot_id}
    view |= {"app_installed_team_id": team.id, "hash": _hash(), "state": {"values": {}}}
    return {**view, **_content(content)}


def _content(content: Json) -> Json:
    view: Json = {"title": None, "submit": None, "close": None, "private_metadata": "", "external_id": ""}
    view |= {"clear_on_close": False, "notify_on_close": False, "callback_id": ""}
    if content.get("type") == "home":
        view["title"] = {"type": "plain_text", "text": "View Title", "emoji": True}
    view |= copied(content)
    for index, block in enumerate(view.get("blocks") or []):
        block.setdefault("block_id", f"b{index}{secrets.token_hex(2)}")
    return view


def _hash() -> str:
    return secrets.token_hex(10)
