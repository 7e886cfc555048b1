"""The slash command: every command, answered to the person alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.core.words import commands
from bot.slack import commands as slow
from bot.slack.deciding import LIFT
from bot.workspace.delivery.envelope import Parcel
from tests.journeys.conftest import BAD
from tests.journeys.test_buttons import dismiss, said
from tests.journeys.test_on_request import ALONE, MARK, answers
from tests.model.server import ScriptedModel, critique

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)


async def typed(stage: Stage, line: str, by: str = "dana", channel: str = "#drafts") -> str:
    """What the command answers, in words; a busy machine may announce that first."""
    before = len(stage.workspace.ephemerals(channel, by=by))
    answer = await stage.workspace.command(channel, f"/candor {line}".strip(), by=by)
    if answer:
        assert answer["response_type"] == "ephemeral"
    if answer.get("text") == commands.WAIT:
        announced = before + 1
        await stage.until(lambda: stage.workspace.ephemerals(channel, by=by)[announced:], f"the answer to “{line}”")
        answer = stage.workspace.ephemerals(channel, by=by)[announced]
    return "\n".join([str(answer.get("text", "")), *(said(answer) if "blocks" in answer else "",)]).strip()


async def test_help_teaches_and_explains_each_command(played: Stage) -> None:
    for line in ("", "help", "„Hilfe“", "  HELP  "):
        assert "/candor" in await typed(played, line)
    overview = await typed(played, "help")
    commands = ("review TEXT", "guidelines", "digest", "settings", "exceptions", "mute", "privacy")
    assert all(f"`/candor {command}`" in overview for command in commands)
    for topic in ("review", "guidelines", "digest", "settings", "exceptions", "mute", "unmute", "privacy"):
        assert f"`/candor {topic}" in await typed(played, f"help {topic}")
    assert played.workspace.messages("#drafts") == []
    assert played.workspace.ephemerals("#drafts", by="mika") == []


async def test_a_slip_gets_one_line_with_the_nearest_command(played: Stage) -> None:
    assert await typed(played, "guidlines") == (
        "I don't know “guidlines”. Did you mean `/candor guidelines`? `/candor help` shows everything."
    )
    assert "Did you mean `/candor privacy delete`?" in await typed(played, "privacy delte")
    assert "`/candor help` shows what I can do." in await typed(played, "<xyzzy>")
    assert "&lt;xyzzy&gt;" in await typed(played, "<xyzzy>")
    assert await typed(played, BAD) == (
        "To get a draft reviewed, type `/candor review`, then your text. `/candor help` shows everything."
    )


@pytest.mark.parametrize("channel", ["#drafts", "#general", "@dana"])
async def test_a_text_is_reviewed_for_one_person_alone_and_then_deleted(played: Stage, channel: str) -> None:
    assert await typed(played, f"REVIEW  „{BAD} {MARK}“", channel=channel) == ""
    (answer,) = await answers(played, channel)
    assert "LAST CHANCE!!!" in said(answer)
    assert ALONE in said(answer)
    assert "“" not in said(answer).partition(MARK)[0].partition("LAST")[0]
    await played.until_kept(MARK, kept=False)
    assert played.places_with("/respond/") == set()
    await played.quiet()
    assert played.workspace.ephemerals(channel, by="mika") == []


async def test_a_text_keeps_its_signs_and_no_text_is_said_so(played: Stage) -> None:
    await typed(played, "review Cats & dogs <3 @mika: only 3 left & come to #brand")
    (answer,) = await answers(played, "#drafts")
    assert "“only 3 left”" in answer["text"]
    as_read = "Cats & dogs <3 [name]: only 3 left & come to #brand"
    assert f"{len(as_read)} characters read" in said(answer)
    assert "Add the text you'd like reviewed" in await typed(played, "review")
    assert "Add the text you'd like reviewed" in await typed(played, "review …")


async def test_with_a_model_the_wait_is_announced(stage: Stage) -> None:
    async with ScriptedModel() as model:
        model.otherwise = critique()
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up", OPENAI_API="chat")
        await typed(stage, "review We bake bread.\nCome and taste it on Saturday.")
        progress, answer = await answers(stage, "#drafts", 2)
        await stage.stop()
    assert progress["text"].startswith("Reading.")
    assert "Nothing to flag" in said(answer)


async def test_a_command_delivered_twice_is_one_review(played: Stage) -> None:
    await typed(played, f"review {BAD}")
    await answers(played, "#drafts")
    (envelope,) = played.workspace.traffic.envelopes("slash_commands")
    app = played.workspace.team.bot.app_id
    await played.workspace.courier.ask(Parcel(app, "slash_commands", envelope["payload"]))
    await played.quiet()
    assert len(played.workspace.ephemerals("#drafts")) == 1


async def test_guidelines_are_listed_as_they_are_here_and_read_in_full(played: Stage) -> None:
    listed = await typed(played, "guidelines")
    assert "*Authenticity (10 of 10)*" in listed
    assert "No false pressure: should fix" in listed
    assert "Everyone gets the message: in a pack that's switched off" in listed
    await typed(played, "settings severities user-control/no-false-pressure = must-fix", by="mika")
    await typed(played, "settings guidelines_off user-control/no-fear-hook", by="mika")
    listed = await typed(played, "guidelines")
    assert "No false pressure: must fix" in listed
    assert "No fear hook: off here" in listed
    full = await typed(played, "guidelines „False Pressure“")
    assert "Must fix: No false pressure" in full
    assert "Why it matters" in full
    assert "Must fix: No false pressure" in await typed(played, "guidelines pressure without reason")
    assert "Did you mean *No false pressure*" in await typed(played, "guidelines no flase pressure")
    assert "There's no guideline called “zzz”." in await typed(played, "guidelines zzz")


async def test_the_digest_is_previewed_by_anybody_and_sent_by_leads_once(played: Stage) -> None:
    await played.reply(played.workspace.post("#drafts", BAD))
    preview = await typed(played, "digest")
    assert "Only you see it" in preview
    assert "1 draft read" in preview
    assert "Only brand leads can post the digest" in await typed(played, "digest now")
    assert "There's no digest channel yet." in await typed(played, "digest now", by="mika")
    await typed(played, "settings digest channel #brand", by="mika")
    assert "posting this week" in await typed(played, "digest now", by="mika")
    await played.until(lambda: played.workspace.messages("#brand"), "the digest")
    assert "has already been posted" in await typed(played, "digest now", by="mika")
    assert len(played.workspace.messages("#brand")) == 1


async def test_settings_open_for_leads_and_are_shown_to_others(played: Stage) -> None:
    assert await typed(played, "settings", by="mika") == ""
    assert [view["title"]["text"] for view in played.workspace.views(by="mika")] == ["Settings"]
    shown = await typed(played, "settings")
    assert "*Draft channels*: #drafts" in shown
    assert "Brand leads: <@U0MIKA>" in shown
    assert "None yet." in shown
    assert played.workspace.views(by="dana") == []


@pytest.mark.both_databases
async def test_a_lead_changes_a_setting_which_counts_at_once_and_is_noted(played: Stage) -> None:
    saved = await typed(played, "settings Draft Channels #drafts, #brand", by="mika")
    assert saved.startswith("Saved. *Draft channels*: <#C0DRAFTS>, <#C0BRAND>")
    await played.reply(played.workspace.post("#brand", BAD), channel="#brand")
    assert "Saved. *Brand leads*: <@U0MIKA>, <@U0DANA>" in await typed(
        played, "settings brand_leads @mika, @dana", by="mika"
    )
    assert (await typed(played, "settings facts We bake & roast.", by="dana")).startswith(
        "Saved. *Facts about the brand*: We bake &amp; roast."
    )
    shown = await typed(played, "settings show", by="mika")
    assert "<@U0MIKA> changed *Draft channels*" in shown
    assert "<@U0DANA> changed *Facts about the brand*" in shown


async def test_a_wish_that_cannot_be_is_refused_in_one_line(played: Stage) -> None:
    assert "Only brand leads can change settings." in await typed(played, "settings retention_days 30")
    assert "choose a whole number" in await typed(played, "settings retention_days soon", by="mika")
    assert "Set this in tokens" in await typed(played, "settings monthly budget 50 USD", by="mika")
    assert "Did you mean `/candor settings days to keep drafts VALUE`?" in await typed(
        played, "settings retntion days 30", by="mika"
    )
    assert "The settings are: Draft channels, " in await typed(played, "settings colour blue", by="mika")
    assert "None yet." in await typed(played, "settings")
    await typed(played, "settings monthly budget 20,000,000 tokens", by="mika")
    assert "20,000,000 tokens a month, none used yet" in await typed(played, "usage", by="mika")


async def test_exceptions_are_listed_with_a_button_that_lifts(played: Stage) -> None:
    assert "There are no exceptions." in await typed(played, "exceptions")
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts)
    await dismiss(played, ts, by="mika", scope="always")
    assert "In all drafts." in await typed(played, "exceptions", by="mika")
    assert "In all drafts" in await typed(played, "exceptions", by="dana")
    (theirs,) = (m for m in played.workspace.ephemerals("#drafts", by="dana") if "In all drafts" in said(m))
    assert LIFT not in str(theirs)
    (listed,) = (m for m in played.workspace.ephemerals("#drafts", by="mika") if "In all drafts." in said(m))
    await played.workspace.click("#drafts", listed["ts"], LIFT, by="mika")
    await played.until(
        lambda: any("Lifted." in said(m) for m in played.workspace.ephemerals("#drafts", by="mika")), "the receipt"
    )
    assert "There are no exceptions." in await typed(played, "exceptions", by="mika")


async def test_mute_keeps_candor_away_from_a_persons_drafts(played: Stage) -> None:
    assert (await typed(played, "mute")).startswith("Muted:")
    assert (await typed(played, "mute drafts")).startswith("You're already muted")
    muted = played.workspace.post("#drafts", BAD)
    await played.reply(played.workspace.post("#drafts", BAD, by="mika"))
    assert played.replies(muted) == []
    assert (await typed(played, "unmute")).startswith("Unmuted:")
    assert (await typed(played, "unmute")).startswith("You aren't muted")
    await played.reply(played.workspace.post("#drafts", BAD))


async def test_slow_work_is_answered_afterwards(played: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow, "_PATIENCE", 0.05)
    played.workspace.faults.on("users.info", delay=0.4, times=9)
    assert "Only brand leads can post the digest" in await typed(played, "digest now")
    said = [message["text"] for message in played.workspace.ephemerals("#drafts", by="dana")]
    assert said[:-1] == ["One moment. The answer will appear here."]


async def test_a_slack_that_does_not_say_who_leads_is_named(played: Stage) -> None:
    await typed(played, "help", by="mika")  # so that it is known who they are
    played.workspace.faults.on("users.info", error="internal_error", times=9)
    assert "Slack isn't answering right now." in await typed(played, "settings retention_days 30", by="mika")
