"""The app manifest asks for what the listeners need, and for nothing else."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
NEEDED = {
    "channels:history": "messages in public channels, and catching up there",
    "channels:read": "the names of public channels",
    "chat:write": "the reply",
    "groups:history": "messages in private channels, and catching up there",
    "groups:read": "the names of private channels",
    "im:history": "direct messages",
}


def test_the_events_are_those_that_a_listener_takes() -> None:
    listeners = (ROOT / "bot/slack/listeners.py").read_text(encoding="utf-8")
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert {event.partition(".")[0] for event in events} == {"message"}
    assert listeners.count("@app.event(") == 1
    assert '@app.event("message")' in listeners


def test_every_scope_has_its_reason() -> None:
    assert MANIFEST["oauth_config"]["scopes"]["bot"] == sorted(NEEDED)
