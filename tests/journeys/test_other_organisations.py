"""Channels that are shared with other organisations (Slack Connect)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.core.settings import SettingChange
from bot.store.database import Database
from bot.store.settings import SettingValueStore
from tests.journeys.conftest import BAD
from tests.journeys.test_buttons import click

if TYPE_CHECKING:
    import pytest

    from tests.journeys.conftest import Stage

HERE, THERE = "T0HARBOR", "T0PARTNER"


def by_a_partner(stage: Stage, **more: Any) -> dict[str, Any]:
    """A post by somebody of another organisation, in a channel that both share."""
    channel = stage.workspace.channel("#drafts")
    channel.is_ext_shared = True
    ts = stage.workspace.hub.clock.timestamp()
    return {"type": "message", "user": "U0PARTNER", "user_team": THERE, "text": BAD, "ts": ts, **more}


def posted(stage: Stage) -> str:
    message = by_a_partner(stage)
    stage.workspace.channel("#drafts").messages.append(message)
    event = {**message, "channel": "C0DRAFTS", "channel_type": "channel", "event_ts": message["ts"]}
    stage.workspace.announcer.send(stage.workspace.team, event)
    return str(message["ts"])


async def want(stage: Stage, answer: str) -> None:
    """A brand lead sets whether such drafts are reviewed."""
    database = Database(stage.database_url)
    change = SettingChange("external_authors", "no", answer, user="U0MIKA", at=1.0)
    await SettingValueStore(database).save(HERE, {"external_authors": answer}, (change,))
    await database.close()


async def test_drafts_by_partners_get_no_review_until_the_workspace_wants_it(
    played: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.settings._GOOD", -1.0)  # what another process set counts a second later
    ours, theirs = played.workspace.post("#drafts", BAD), posted(played)
    await played.reply(ours)
    await played.quiet()
    assert played.replies(theirs) == []
    await want(played, "yes")
    await played.reply(posted(played), "points")


async def test_what_partners_posted_while_candor_was_away_is_left_alone_too(played: Stage) -> None:
    await played.quiet()
    await played.stop()
    message = by_a_partner(played)
    played.workspace.channel("#drafts").messages.append(message)
    later = played.workspace.post("#drafts", BAD)
    await played.start()
    await played.reply(later, "points")
    await played.quiet()
    assert played.replies(message["ts"]) == []


async def test_a_draft_in_a_channel_of_the_partners_is_reviewed_and_its_reply_goes_with_it(played: Stage) -> None:
    channel = played.workspace.channel("#drafts")
    channel.is_ext_shared, channel.host = True, THERE
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts, "points")
    played.workspace.delete("#drafts", ts)
    await played.until(lambda: not played.replies(ts), "the reply to be gone")


async def test_who_is_not_in_a_private_channel_cannot_use_its_buttons(played: Stage) -> None:
    channel = played.workspace.channel("#drafts")
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts, "points")
    channel.kind, channel.members = "group", [user for user in channel.members if user != "U0MIKA"]
    await click(played, ts, "candor_why", by="mika")
    assert played.workspace.views(by="mika") == []
    await click(played, ts, "candor_why")
    assert len(played.workspace.views()) == 1
