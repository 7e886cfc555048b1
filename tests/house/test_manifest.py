"""The app manifest asks for what the listeners need, and for nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp

from bot.slack import blocks, points
from bot.slack.app import bolt_app
from bot.slack.clicks import Clicks
from bot.slack.clients import Clients
from bot.slack.listeners import register_clicks

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
NEEDED = {
    "channels:history": "messages in public channels, and catching up there",
    "channels:read": "the names of public channels",
    "chat:write": "the reply",
    "files:write": "a clean text that is too long for a message",
    "groups:history": "messages in private channels, and catching up there",
    "groups:read": "the names of private channels",
    "im:history": "direct messages",
    "reactions:write": "the eyes on a draft that is being read",
}


def test_the_events_are_those_that_a_listener_takes() -> None:
    listeners = (ROOT / "bot/slack/listeners.py").read_text(encoding="utf-8")
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert {event.partition(".")[0] for event in events} == {"message"}
    assert listeners.count("@app.event(") == 1
    assert '@app.event("message")' in listeners


async def test_every_button_has_a_listener_and_clicks_are_delivered(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def listen(_: AsyncApp, name: str) -> Callable[[object], None]:
        heard.append(name)
        return lambda _: None

    monkeypatch.setattr(AsyncApp, "action", listen)
    register_clicks(bolt_app(Clients([]), ""), Clicks.__new__(Clicks))
    answers = {f"{blocks.ANSWER}{number}" for number in range(blocks.MOST_ANSWERS)}
    assert set(heard) == {points.USE, points.UNDO, points.DISMISS, points.WHY, points.MORE} | answers
    assert MANIFEST["settings"]["interactivity"] == {"is_enabled": True}


def test_every_scope_has_its_reason() -> None:
    assert MANIFEST["oauth_config"]["scopes"]["bot"] == sorted(NEEDED)
