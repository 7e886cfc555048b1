"""Invited to a channel, Candor introduces itself once, and brand leads switch reviews on or off right there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.assemble import wiring
from bot.slack.installing import SWITCH_OFF, SWITCH_ON
from bot.workspace.delivery.envelope import Parcel
from tests.journeys.conftest import BAD
from tests.journeys.test_buttons import said
from tests.journeys.test_commands import typed

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)


def invite(stage: Stage, channel: str = "#general") -> None:
    workspace = stage.workspace
    workspace.hub.talk.join(workspace.channel(channel), workspace.team.bot.user_id, "U0DANA")


def remove(stage: Stage, channel: str = "#general") -> None:
    workspace = stage.workspace
    workspace.hub.talk.leave(workspace.channel(channel), workspace.team.bot.user_id)


def introductions(stage: Stage, channel: str = "#general") -> list[dict[str, Any]]:
    """What Candor says of itself there."""
    return [m for m in stage.workspace.messages(channel) if m["text"] == "Candor introduces itself."]


async def introduced(stage: Stage, channel: str = "#general") -> dict[str, Any]:
    await stage.until(lambda: introductions(stage, channel), "an introduction")
    (message,) = introductions(stage, channel)
    return message


async def test_an_invitation_is_answered_with_an_introduction(played: Stage) -> None:
    invite(played)
    words = said(await introduced(played))
    assert "an automated assistant" in words
    assert "only if somebody mentions me" in words
    assert "Drafts are deleted 90 days after their last change" in words
    assert "No language model reads your texts" in words
    assert "`/candor mute` keeps me away from your drafts" in words
    assert "Review drafts here" in words


async def test_who_joins_beside_candor_is_not_answered(played: Stage) -> None:
    played.workspace.hub.talk.leave(played.workspace.channel("#brand"), "U0DANA")
    played.workspace.hub.talk.join(played.workspace.channel("#brand"), "U0DANA")
    await played.quiet()
    assert introductions(played, "#brand") == []


async def test_once_per_channel_whatever_is_repeated(stage: Stage) -> None:
    await stage.start()
    invite(stage)
    await introduced(stage)
    (envelope,) = [
        e for e in stage.workspace.traffic.envelopes("events_api") if "member_joined" in e["payload"]["event"]["type"]
    ]
    await redeliver(stage, envelope)
    for _ in range(2):
        remove(stage)
        invite(stage)
        await stage.quiet()
    await stage.stop()
    await stage.start()
    remove(stage)
    invite(stage)
    await stage.quiet()
    assert len(introductions(stage)) == 1


async def test_a_lead_switches_reviews_on_and_off(played: Stage) -> None:
    invite(played)
    message = await introduced(played)
    unread = played.workspace.post("#general", BAD)
    await played.workspace.click("#general", message["ts"], SWITCH_ON, by="mika")
    await played.until(lambda: "without being asked" in said(introductions(played)[0]), "other words")
    await played.reply(played.workspace.post("#general", BAD), channel="#general")
    assert played.replies(unread, "#general") == []
    await played.workspace.click("#general", message["ts"], SWITCH_OFF, by="mika")
    await played.until(lambda: "Review drafts here" in said(introductions(played)[0]), "the first words")
    later = played.workspace.post("#general", BAD)
    await played.quiet()
    assert played.replies(later, "#general") == []
    assert "<@U0MIKA> changed *Draft channels*" in await typed(played, "settings")


async def test_a_channel_that_was_renamed_is_switched_off_too(stage: Stage) -> None:
    await stage.start(DRAFT_CHANNELS="drafts,general")
    invite(stage)
    message = await introduced(stage)
    await stage.stop()
    await stage.start(DRAFT_CHANNELS="drafts,general")
    await stage.quiet()
    stage.workspace.channel("#general").name = "posts"
    await stage.reply(stage.workspace.post("#posts", BAD), channel="#posts")
    await stage.workspace.click("#posts", message["ts"], SWITCH_OFF, by="mika")
    await stage.until(lambda: "Review drafts here" in said(introductions(stage, "#posts")[0]), "other words")
    later = stage.workspace.post("#posts", BAD)
    await stage.quiet()
    assert stage.replies(later, "#posts") == []


async def test_a_channel_that_was_renamed_is_known_to_processes_that_never_saw_its_name(stage: Stage) -> None:
    await stage.start()
    await stage.reply(stage.workspace.post("#drafts", BAD))
    await stage.stop()
    stage.workspace.channel("#drafts").name = "posts"
    await stage.start()
    await stage.reply(stage.workspace.post("#posts", BAD), channel="#posts")


async def test_others_are_told_in_private_who_can(played: Stage) -> None:
    invite(played)
    message = await introduced(played)
    await played.workspace.click("#general", message["ts"], SWITCH_ON, by="dana")
    await played.until(lambda: played.workspace.ephemerals("#general"), "a private line")
    (told,) = played.workspace.ephemerals("#general")
    assert told["text"] == "Only brand leads can switch reviews on or off. Here that's <@U0MIKA>."
    assert "*Draft channels*: #drafts" in await typed(played, "settings")


async def test_where_the_channel_is_on_already_the_words_and_the_button_say_so(played: Stage) -> None:
    await typed(played, "settings draft channels #drafts, #general", by="mika")
    invite(played)
    words = said(await introduced(played))
    assert "In this channel I review drafts without being asked" in words
    assert "Stop reviewing here" in words


async def test_that_it_was_said_is_kept_for_this_workspace_and_channel(played: Stage) -> None:
    invite(played)
    await introduced(played)
    await played.quiet()
    rows = played.run('SELECT team, "user", key, told FROM notices')
    assert rows == [("T0HARBOR", "", "introduced:C0GENERAL", True)]


async def test_a_channel_that_candor_is_not_in_is_told_to_leads_at_the_start(stage: Stage) -> None:
    await stage.start(DRAFT_CHANNELS="drafts,general")
    await stage.until(lambda: stage.workspace.messages("@mika"), "a direct message")
    (told,) = stage.workspace.messages("@mika")
    assert "Drafts in #general aren't being reviewed: I'm not in that channel" in told["text"]
    assert stage.workspace.messages("@dana") == []


async def test_and_after_a_change_of_the_settings(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "_CHECK", 0.1)
    await stage.start()
    await typed(stage, "settings draft channels #drafts, #general", by="mika")
    await stage.until(lambda: stage.workspace.messages("@mika"), "a direct message")
    (told,) = stage.workspace.messages("@mika")
    assert "Drafts in <#C0GENERAL> aren't being reviewed: I'm not in that channel" in told["text"]


async def redeliver(stage: Stage, envelope: dict[str, Any]) -> None:
    """Slack delivers an event again."""
    app = stage.workspace.team.bot.app_id
    await stage.workspace.courier.ask(Parcel(app, "events_api", envelope["payload"]))
