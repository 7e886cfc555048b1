"""Muted threads, people who opted out, and thumbs, over the real wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.flows.muting import MutePerson
from bot.store.database import Database
from bot.store.deciding import OptOutStore
from tests.databases import everything_in
from tests.journeys.conftest import BAD, CLEAN
from tests.journeys.test_buttons import buttons, click, said, until_reply
from tests.journeys.test_sign_off import SEVERE, menu, reviewed, told

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

UP, DOWN = ("v1|T0HARBOR:C0DRAFTS:{}|" + thumb + ".0" for thumb in ("up", "down"))


def store(stage: Stage) -> Database:
    return Database(stage.database_url)


class Now:
    """The time does not matter here."""

    def now(self) -> float:
        return 1.0

    async def sleep(self, seconds: float) -> None: ...


async def thumb(stage: Stage, ts: str, value: str, by: str = "dana", action: str = "candor_thumbs") -> None:
    where = {"value": value.format(ts), "by": by}
    await stage.workspace.click("#drafts", stage.reply_to(ts)["ts"], action, **where)


def counted(stage: Stage) -> tuple[int, int]:
    thumbs = [thumb for (thumb,) in stage.run("SELECT thumb FROM feedback")]
    return thumbs.count("up"), thumbs.count("down")


@pytest.mark.both_databases
async def test_a_muted_thread_says_so_and_unmuting_reviews_what_changed(played: Stage) -> None:
    ts = await reviewed(played, BAD)
    await menu(played, ts, "mute")
    muted = await until_reply(played, ts, "Muted by <@U0DANA>")
    assert len(muted["blocks"]) == 3
    assert "Still open: " in said(muted)
    await click(played, ts, "candor_more")
    assert "LAST CHANCE" in said(played.workspace.views()[-1])
    played.workspace.edit("#drafts", ts, CLEAN)
    await played.quiet()
    assert "Muted by" in said(played.reply_to(ts))
    await played.workspace.click("#drafts", muted["ts"], "candor_unmute", by="mika")
    await until_reply(played, ts, "found nothing")
    assert len(played.replies(ts)) == 1


async def test_a_point_that_must_be_fixed_is_hidden_only_after_a_question(played: Stage) -> None:
    ts = await reviewed(played, SEVERE)
    await menu(played, ts, "mute")
    (window,) = played.workspace.views()
    assert "must be fixed and is still open" in said(window)
    await played.quiet()
    assert "Muted by" not in said(played.reply_to(ts))
    await played.workspace.submit({})
    await until_reply(played, ts, "Muted by <@U0DANA>")


async def test_the_shortcut_in_a_muted_thread_is_answered_in_private(played: Stage) -> None:
    ts = await reviewed(played, BAD)
    await menu(played, ts, "mute")
    await until_reply(played, ts, "Muted by")
    await played.workspace.shortcut("review_this_draft", "#drafts", ts, by="mika")
    await played.until(lambda: played.workspace.ephemerals("#drafts", by="mika"), "the private answer")
    assert "Muted by" in said(played.reply_to(ts))


async def test_who_opted_out_is_left_alone_unless_they_ask(played: Stage) -> None:
    database = store(played)
    await MutePerson(OptOutStore(database), Now())("T0HARBOR", "U0DANA")
    await database.close()
    workspace = played.workspace
    quiet = workspace.post("#drafts", BAD)
    theirs = workspace.post("#drafts", BAD, by="mika")
    mentioned = workspace.post("#drafts", f"@candor {BAD}")
    for ts in (theirs, mentioned):
        await played.reply(ts)
    assert played.replies(quiet) == []
    await workspace.shortcut("review_this_draft", "#drafts", quiet, by="mika")
    await played.until(lambda: told(played, "mika"), "the private line")
    assert told(played, "mika") == ["Its author has asked Candor to review only when they ask."]
    await workspace.shortcut("review_this_draft", "#drafts", quiet)
    await played.reply(quiet)


async def test_a_thumb_is_counted_turned_and_taken_back(played: Stage) -> None:
    ts = await reviewed(played, BAD)
    await thumb(played, ts, UP)
    await thumb(played, ts, UP, by="mika")
    assert counted(played) == (2, 0)
    assert "Thanks, noted." in told(played, "mika")[0]
    await thumb(played, ts, UP)
    assert counted(played) == (1, 0)
    assert told(played, "dana")[-1].startswith("Undone")
    await thumb(played, ts, DOWN)
    assert counted(played) == (1, 1)
    await played.workspace.submit({"reason": {"reason": "missed"}, "note": {"note": "zebra-marker"}})
    assert b"zebra-marker" in everything(played)
    played.workspace.delete("#drafts", ts)
    await played.until(lambda: not played.replies(ts), "the reply to be gone")
    assert b"zebra-marker" not in everything(played)
    assert counted(played) == (0, 0)


async def test_the_window_behind_a_thumb_may_stay_empty(played: Stage) -> None:
    ts = await reviewed(played, BAD)
    await thumb(played, ts, DOWN)
    await played.workspace.submit({})
    assert counted(played) == (0, 1)


async def test_where_slack_does_not_know_the_thumbs_yet_there_are_plain_buttons(played: Stage) -> None:
    played.workspace.faults.on("chat.postMessage", error="invalid_blocks")
    ts = await reviewed(played, BAD)
    assert len(played.replies(ts)) == 1
    ((_, value),) = buttons(played.reply_to(ts), "candor_thumb_up")
    await thumb(played, ts, value, action="candor_thumb_up")
    assert counted(played) == (1, 0)
    again = await reviewed(played, CLEAN)
    assert buttons(played.reply_to(again), "candor_thumb_down")


async def test_an_edit_that_slack_refuses_is_made_with_plain_buttons(played: Stage) -> None:
    ts = await reviewed(played, BAD)
    played.workspace.faults.on("chat.update", error="invalid_blocks")
    played.workspace.edit("#drafts", ts, CLEAN)
    reply = await until_reply(played, ts, "found nothing")
    assert buttons(reply, "candor_thumb_up")


def everything(stage: Stage) -> bytes:
    return everything_in(stage.database_url, stage.folder)


@pytest.mark.parametrize("action", ["candor_thumb_up", "candor_unmute"])
async def test_a_value_that_says_nothing_known_is_nothing(played: Stage, action: str) -> None:
    ts = await reviewed(played, BAD)
    stale: dict[str, Any] = {"type": "button", "action_id": action, "value": "v0|x", "text": {"text": "?"}}
    reply = played.reply_to(ts)
    reply["blocks"][-1] = {"type": "actions", "block_id": "old", "elements": [stale]}
    await played.workspace.click("#drafts", reply["ts"], action)
    assert counted(played) == (0, 0)
