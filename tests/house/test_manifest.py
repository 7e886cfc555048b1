"""The app manifest asks for what the listeners need, and for nothing else."""

from __future__ import annotations

import json
from pathlib import Path

from bot.core.words import commands
from bot.core.words.private_reviews import NAME
from bot.slack.private_reviews import REVIEW
from tests.listening import everything_heard, names_of

ROOT = Path(__file__).resolve().parent.parent.parent
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
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


def test_slack_is_asked_for_what_the_listeners_take_and_nothing_else() -> None:
    features, settings = MANIFEST["features"], MANIFEST["settings"]
    events = {event.partition(".")[0] for event in settings["event_subscriptions"]["bot_events"]}
    assert events == names_of("event") | {"function_executed"}
    assert set(MANIFEST["functions"]) == names_of("function")
    assert {one["command"] for one in features["slash_commands"]} == names_of("command")
    for kind in ("message", "global"):
        assert {one["callback_id"] for one in features["shortcuts"] if one["type"] == kind} == names_of(
            f"{kind}_shortcut"
        )
    assert settings["interactivity"] == {"is_enabled": True}  # for buttons and windows
    assert settings["function_runtime"] == "remote"
    assert settings["org_deploy_enabled"] is True


def test_no_name_is_heard_twice() -> None:
    heard = [(one.kind, one.name) for one in everything_heard()]
    assert len(heard) == len(set(heard))


def test_the_command_and_the_shortcuts_are_described_as_their_words_say() -> None:
    (command,) = MANIFEST["features"]["slash_commands"]
    assert (command["description"], command["usage_hint"]) == (commands.DESCRIPTION, commands.USAGE)
    assert command["should_escape"]
    offered = MANIFEST["features"]["shortcuts"]
    assert [one["name"] for one in offered if one["callback_id"] == REVIEW] == [NAME]
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in offered)


def test_every_scope_has_its_reason() -> None:
    assert MANIFEST["oauth_config"]["scopes"]["bot"] == sorted(NEEDED)
