"""The app manifest asks for what the listeners need, and for nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp

from bot.core.words import commands
from bot.core.words.reviewing import NAME
from bot.slack import commands as command_blocks
from bot.slack import composing as compose_window
from bot.slack import deciding as dismissal
from bot.slack import home as home_blocks
from bot.slack import points
from bot.slack import reviewing as aftermath
from bot.slack.app import bolt_app
from bot.slack.clicks import Clicks
from bot.slack.clients import Clients
from bot.slack.commands import Commands
from bot.slack.composing import Composing
from bot.slack.conversing import AGAIN, OPENED, STOP, Talking, register_talking
from bot.slack.deciding import Deciding
from bot.slack.home import HomeTabs
from bot.slack.installing import REMOVED, REVOKED, SWITCH_OFF, SWITCH_ON, Arrivals
from bot.slack.listeners import (
    JOINED,
    Deletions,
    register_arrivals,
    register_clicks,
    register_commands,
    register_composing,
    register_deciding,
    register_home,
    register_shortcuts,
    register_steps,
)
from bot.slack.private_reviews import REVIEW, Shortcuts, WorkflowSteps
from bot.slack.settings import FAMILY, PAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
HOME = {
    home_blocks.NEW,
    home_blocks.OPEN,
    home_blocks.SETTINGS,
    home_blocks.EXCEPTIONS,
    PAGE,
    FAMILY,
    compose_window.EDIT,
    compose_window.REMOVE,
}
DECIDED = {
    *(dismissal.LIFT, dismissal.ALL, dismissal.BACK, dismissal.NEXT, aftermath.EXCEPTED),
    *(f"{aftermath.CHANGE}{number}" for number in range(aftermath.MOST)),
    *(dismissal.WIDER, dismissal.SCOPE),
}
NEEDED = {
    "assistant:write": "what is suggested to begin a conversation with",
    "channels:history": "messages in public channels, and catching up there",
    "channels:read": "the names of public channels",
    "chat:write": "the reply",
    "commands": "the shortcuts and the slash command",
    "files:read": "pictures attached to drafts, where a model is to look at them",
    "files:write": "a clean text that is too long for a message, and the file with what is stored about somebody",
    "groups:history": "messages in private channels, and catching up there",
    "groups:read": "the names of private channels",
    "im:history": "direct messages",
    "im:write": "telling a brand lead what Candor missed",
    "reactions:write": "the eyes on a draft that is being read",
    "users:read": "who the workspace's admins are, where the settings name no brand leads",
}


def test_the_events_are_those_that_a_listener_takes() -> None:
    listeners = (ROOT / "bot/slack/listeners.py").read_text(encoding="utf-8")
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert {event.partition(".")[0] for event in events} == {
        *("message", OPENED, JOINED, REMOVED, REVOKED, "function_executed"),
    }
    assert listeners.count('@app.event("message")') == 1
    assert '@app.event("message")' in listeners


async def test_every_button_has_a_listener_and_clicks_are_delivered(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def listen(_: AsyncApp, name: str) -> Callable[[object], None]:
        heard.append(name)
        return lambda _: None

    monkeypatch.setattr(AsyncApp, "action", listen)
    register_clicks(bolt_app(Clients([]), ""), Clicks.__new__(Clicks))
    register_talking(bolt_app(Clients([]), ""), Talking.__new__(Talking))
    register_home(bolt_app(Clients([]), ""), HomeTabs.__new__(HomeTabs))
    register_composing(bolt_app(Clients([]), ""), Composing.__new__(Composing))
    register_deciding(bolt_app(Clients([]), ""), Deciding.__new__(Deciding))
    answers = {f"{aftermath.ANSWER}{number}" for number in range(aftermath.MOST_ANSWERS)}
    clicked = {points.USE, points.OURS, points.UNDO, points.DISMISS, points.WHY, points.MORE, STOP, AGAIN}
    assert set(heard) == clicked | answers | HOME | DECIDED
    assert MANIFEST["settings"]["interactivity"] == {"is_enabled": True}


async def test_the_command_and_what_follows_from_it_have_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: dict[str, list[str]] = {"command": [], "action": [], "event": []}

    def listen(kind: str) -> Callable[[AsyncApp, str], Callable[[object], None]]:
        def one(_: AsyncApp, name: str) -> Callable[[object], None]:
            heard[kind].append(name)
            return lambda _: None

        return one

    for kind in heard:
        monkeypatch.setattr(AsyncApp, kind, listen(kind))
    app = bolt_app(Clients([]), "")
    register_commands(app, Commands.__new__(Commands), Deletions.__new__(Deletions))
    register_arrivals(app, Arrivals.__new__(Arrivals))
    (command,) = MANIFEST["features"]["slash_commands"]
    assert heard["command"] == [command["command"]]
    assert (command["description"], command["usage_hint"]) == (commands.DESCRIPTION, commands.USAGE)
    assert command["should_escape"]
    assert set(heard["action"]) == {command_blocks.DELETE, command_blocks.KEEP, SWITCH_ON, SWITCH_OFF}
    assert heard["event"] == [JOINED]


async def test_every_shortcut_in_the_menu_has_a_listener(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, str]] = []

    def listen(kind: str) -> Callable[[AsyncApp, str], Callable[[object], None]]:
        def one(_: AsyncApp, name: str) -> Callable[[object], None]:
            heard.append((kind, name))
            return lambda _: None

        return one

    for kind in ("message", "global"):
        monkeypatch.setattr(AsyncApp, f"{kind}_shortcut", listen(kind))
    register_shortcuts(bolt_app(Clients([]), ""), Shortcuts.__new__(Shortcuts))
    register_composing(bolt_app(Clients([]), ""), Composing.__new__(Composing))
    offered = MANIFEST["features"]["shortcuts"]
    assert heard == [(one["type"], one["callback_id"]) for one in offered]
    assert [one["name"] for one in offered if one["callback_id"] == REVIEW] == [NAME]
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in offered)


def test_every_scope_has_its_reason() -> None:
    assert MANIFEST["oauth_config"]["scopes"]["bot"] == sorted(NEEDED)


async def test_every_step_for_workflows_has_a_listener(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def listen(_: AsyncApp, name: str, **__: object) -> Callable[[object], None]:
        heard.append(name)
        return lambda _: None

    monkeypatch.setattr(AsyncApp, "function", listen)
    register_steps(bolt_app(Clients([]), ""), WorkflowSteps.__new__(WorkflowSteps))
    assert heard == list(MANIFEST["functions"])
    assert MANIFEST["settings"]["function_runtime"] == "remote"
    assert MANIFEST["settings"]["org_deploy_enabled"] is True
