"""What is stored about a person: shown, sent as a file, deleted; and what a workspace keeps no longer."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.words import privacy
from bot.slack.commands import DELETE, KEEP
from bot.slack.points import USE
from tests.journeys.conftest import BAD
from tests.journeys.test_buttons import said
from tests.journeys.test_commands import typed
from tests.journeys.test_on_request import MARK

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

ROOT = Path(__file__).resolve().parent.parent.parent
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)
DAY = 24 * 3600


async def use_first(stage: Stage, ts: str, by: str) -> None:
    """Somebody uses the first point of a reply."""
    reply = stage.reply_to(ts)
    elements = [element for block in reply["blocks"] for element in block.get("elements", [])]
    value = next(element["value"] for element in elements if element.get("action_id") == USE)
    await stage.workspace.click("#drafts", reply["ts"], USE, value=value, by=by)
    await stage.until(lambda: stage.clean_texts(ts), "the clean text")


async def ask_for_deletion(stage: Stage, button: str, by: str = "dana") -> None:
    """Type the command and press one of its buttons."""
    question = await typed(stage, "privacy delete", by=by)
    assert "This can't be undone." in question
    (asked,) = [m for m in stage.workspace.ephemerals("#drafts", by=by) if "undone" in said(m)]
    await stage.workspace.click("#drafts", asked["ts"], button, by=by)


def direct(stage: Stage, by: str = "dana") -> list[dict[str, Any]]:
    """Candor's direct messages to somebody."""
    return [message for message in stage.workspace.messages(f"@{by}") if message.get("bot_id")]


async def test_what_is_stored_is_counted_in_plain_words(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts)
    await use_first(played, ts, by="mika")
    shown = await typed(played, "privacy")
    assert "*1 draft*: the texts, their reviews and what was decided" in shown
    assert "decision" not in shown
    assert "90 days after their last change" in shown
    assert "No language model reads your texts" in shown
    assert "*1 decision*" in await typed(played, "Privacy SHOW", by="mika")
    await typed(played, "settings retention_days 0", by="mika")
    await typed(played, "settings brand_leads @mika", by="mika")
    shown = await typed(played, "privacy", by="mika")
    assert privacy.kept(0) in shown
    assert "The settings list you as a brand lead" in shown


async def test_which_model_sees_texts_is_named(stage: Stage) -> None:
    await stage.start(OPENAI_BASE_URL="http://127.0.0.1:9/v1", OPENAI_MODEL="house-model")
    assert "The language model house-model at 127.0.0.1:9 reads your texts" in await typed(stage, "privacy")


@pytest.mark.both_databases
async def test_everything_comes_as_a_file_and_only_to_the_person(played: Stage) -> None:
    mine, theirs = (played.workspace.post("#drafts", f"{BAD} {MARK} {by}", by=by) for by in ("dana", "mika"))
    await played.reply(mine)
    await played.reply(theirs)
    await use_first(played, theirs, by="dana")
    assert "come as a direct message" in await typed(played, "privacy export")
    await played.until(lambda: direct(played), "the file")
    (message,) = direct(played)
    (file,) = message["files"]
    stored = json.loads(base64.b64decode(played.workspace.team.files[file["id"]]["content"]))["stored"]
    assert [draft["text"] for draft in stored["drafts"]] == [f"{BAD} {MARK} dana"]
    assert [row["draft_id"].endswith(theirs) for row in stored["verdicts"]] == [True]
    (review,) = stored["reviews"]
    assert review["critique"]["own_set"] == 0
    assert f"{MARK} mika" not in json.dumps(stored)
    assert direct(played, by="mika") == []
    methods = ("files.getUploadURLExternal", "files.completeUploadExternal")
    assert [len(played.workspace.traffic.calls(method)) for method in methods] == [1, 1]


async def test_a_slack_that_takes_no_files_is_said_so(played: Stage) -> None:
    played.workspace.faults.on("files.getUploadURLExternal", error="missing_scope", times=9)
    await typed(played, "privacy export")
    await played.until(lambda: direct(played), "a direct message")
    assert "Slack won't accept files from me" in direct(played)[0]["text"]


async def test_keeping_deletes_nothing(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts)
    await ask_for_deletion(played, KEEP)
    shown = [m["text"] for m in played.workspace.ephemerals("#drafts")]
    assert shown == ["Nothing was deleted."]
    assert "*1 draft*" in await typed(played, "privacy")


async def delete_dana(stage: Stage) -> tuple[str, str]:
    """Dana's draft and one of Mika's that Dana decided about; then all of Dana's data are deleted."""
    mine = stage.workspace.post("#drafts", f"{BAD} {MARK} dana")
    theirs = stage.workspace.post("#drafts", f"{BAD} {MARK} mika", by="mika")
    question = stage.workspace.post("@dana", f"Why is {MARK} dana a problem?")
    await stage.reply(mine)
    await stage.reply(theirs)
    await use_first(stage, theirs, by="dana")
    await stage.until(lambda: stage.workspace.channel("@dana").thread(question), "an answer")
    await ask_for_deletion(stage, DELETE)
    assert stage.workspace.ephemerals("#drafts")[-1]["text"].startswith("Deleting.")
    await stage.until(lambda: any(m["text"].startswith("Done:") for m in direct(stage)), "the receipt")
    await stage.until(lambda: not stage.replies(mine), "the reply to be gone")
    await stage.until(lambda: not stage.workspace.channel("@dana").thread(question), "the answer to be gone")
    return mine, theirs


@pytest.mark.both_databases
async def test_deletion_is_real_and_what_is_others_stays(played: Stage) -> None:
    _, theirs = await delete_dana(played)
    await played.until_kept(f"{MARK} dana", kept=False)
    await played.until_kept(f"{MARK} mika", kept=True)
    assert "with my replies and files: 1 draft" in direct(played)[-1]["text"]
    assert "because they're the team's: 1 decision" in direct(played)[-1]["text"]
    assert played.reply_to(theirs)
    assert played.clean_texts(theirs)
    assert played.run('SELECT decision, "user" FROM verdicts') == [("used", "")]
    assert played.run("SELECT author_id FROM drafts ORDER BY ts") == [("",), ("U0MIKA",)]
    assert "Nothing." in await typed(played, "privacy")
    assert "*1 draft*" in await typed(played, "privacy", by="mika")
    await played.reply(played.workspace.post("#drafts", BAD))


async def test_a_deletion_survives_a_restart_and_counts_once(stage: Stage) -> None:
    await stage.start()
    ts = stage.workspace.post("#drafts", f"{BAD} {MARK}")
    await stage.reply(ts)
    stage.workspace.faults.on("conversations.open", error="internal_error", times=99)
    await ask_for_deletion(stage, DELETE)
    await stage.until_kept(MARK, kept=False)
    await stage.stop()
    stage.workspace.faults.clear()
    await stage.start()
    await stage.until(lambda: direct(stage), "the receipt")
    await stage.quiet()
    assert len(direct(stage)) == 1


async def grown_old(stage: Stage, ts: str, days: int, clock_held: float = DAY) -> None:
    """Bring a draft's last change, and the first look at the clock, back in time; the bot is away meanwhile."""
    await stage.stop()
    stage.run("UPDATE clocks SET since = since - :held", held=clock_held)
    stage.run("UPDATE drafts SET changed_at = changed_at - :age WHERE ts = :ts", age=days * DAY, ts=ts)
    await stage.start()


async def test_a_draft_is_kept_as_long_as_the_workspace_has_set(stage: Stage) -> None:
    await stage.start()
    old, new = (stage.workspace.post("#drafts", f"{BAD} {MARK} {age}") for age in ("old", "new"))
    for ts in (old, new):
        await stage.reply(ts)
    await use_first(stage, old, by="dana")
    await typed(stage, "settings retention_days 30", by="mika")
    await grown_old(stage, old, 31)
    reply = await stage.reply(old, privacy.expired(30))
    assert [block["type"] for block in reply["blocks"]] == ["section"]
    await stage.until_kept(f"{MARK} old", kept=False)
    await stage.until_kept(f"{MARK} new", kept=True)
    assert stage.clean_texts(old)
    stage.workspace.edit("#drafts", old, f"{BAD} Edited after all.")
    await stage.quiet()
    assert stage.reply_to(old)["text"] == privacy.expired(30)
    assert "found 2 points" in stage.reply_to(new)["text"]


async def test_a_clock_that_was_set_forward_deletes_nothing_for_a_day(stage: Stage) -> None:
    await stage.start()
    ts = stage.workspace.post("#drafts", f"{BAD} {MARK}")
    await stage.reply(ts)
    await stage.stop()
    # As if the machine had shown a time 100 days ago when it last ran, and had been running for long by then.
    stage.run("UPDATE clocks SET seen = seen - :days, since = since - 2 * :days", days=100 * DAY)
    await grown_old(stage, ts, 100, clock_held=0)
    await stage.quiet()
    await stage.until_kept(MARK, kept=True)
    assert "found 2 points" in stage.reply_to(ts)["text"]
    await grown_old(stage, ts, 0, clock_held=DAY)
    await stage.reply(ts, privacy.expired(90))
    await stage.until_kept(MARK, kept=False)


async def test_without_a_limit_drafts_stay(stage: Stage) -> None:
    await stage.start()
    ts = stage.workspace.post("#drafts", f"{BAD} {MARK}")
    await stage.reply(ts)
    await typed(stage, "settings retention_days 0", by="mika")
    await grown_old(stage, ts, 3000)
    await stage.quiet()
    await stage.until_kept(MARK, kept=True)
    assert "found 2 points" in stage.reply_to(ts)["text"]
