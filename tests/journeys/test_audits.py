"""Somebody audits what is out: a channel, from Home or by command, and a file in the thread of its message."""

from __future__ import annotations

import asyncio
import base64
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.words.brand import audit as words
from bot.core.words.brand import own_guidelines as own_words
from bot.core.words.brand import variants as variant_words
from bot.slack.commands import DELETE
from bot.terminal.commands import run
from bot.workspace.state import Channel
from tests.journeys.test_a_model import settings
from tests.journeys.test_commands import typed
from tests.journeys.test_home import home, press, texts
from tests.journeys.test_on_request import answers
from tests.journeys.test_own_guidelines import FORM, close_all, shows, submit, top, write
from tests.journeys.test_privacy import ask_for_deletion, direct
from tests.model.server import ScriptedModel, critique, issue

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)
DRAFTS = (
    "LinkedIn\n\nGood news for cyclists.\nDelivery by zebra costs £4.",
    "Instagram\n\nA quiet week in our yard.\nDelivery by zebra costs £3.",
    "LAST CHANCE!!! Only 3 left, act now before it's gone.",
)
VARIANTS = "audience,text\nStudents,Delivery costs £3.\nParents,Delivery costs £4.\n"
PLAN = """date,channel,audience,text,asset
2026-01-05,LinkedIn,Parents,"Delivery costs £3, whatever you order.",a.png
2026-02-05,Instagram,Students,"Delivery costs £4, whatever you order.",b.png
2026-03-05,LinkedIn,Parents,"Delivery costs £3, whatever you order.",c.png
yesterday,LinkedIn,,Hello.,
"""


def files(stage: Stage, messages: list[dict[str, Any]]) -> dict[str, str]:
    kept = stage.workspace.team.files
    shared = [file for message in messages for file in message.get("files", ()) if file["id"] in kept]
    named = {file["name"]: kept[file["id"]]["content"] for file in shared}
    return {name: base64.b64decode(content).decode() for name, content in named.items()}


async def audited(stage: Stage, by: str) -> str:
    """What the direct message says, once it is done."""
    await stage.until(
        lambda: any(words.FILES in texts(one.get("blocks", [])) for one in direct(stage, by)), "an audit that is done"
    )
    return next(said for one in direct(stage, by) if words.FILES in (said := texts(one.get("blocks", []))))


@pytest.mark.both_databases
async def test_what_is_out_is_audited_for_those_who_may_read_it_and_goes_with_them(played: Stage) -> None:
    workspace = played.workspace
    for draft in DRAFTS:
        await played.reply(workspace.post("#drafts", draft))
    workspace.team.channels["G0BOARD"] = Channel(
        "G0BOARD", workspace.team.id, "board", members=["U0MIKA"], kind="group"
    )
    assert words.NOT_YOURS in await typed(played, "audit <#G0BOARD|board> 30")
    assert words.NO_CHANNEL in await typed(played, "audit", channel="@dana")
    await home(played, "mika", "What Candor does")
    await press(played, "candor_audit", "audit")
    told = await workspace.submit({"channel": {"value": "C0DRAFTS"}, "days": {"value": "90"}}, by="mika")
    assert words.COMING in texts(told["view"]["blocks"])
    said = await audited(played, "mika")
    assert said.index("Not reviewed: no language model was used") < said.index("1 contradiction among them")
    assert "“Delivery by zebra costs £4”" in said
    assert "Should fix" in said
    report = files(played, workspace.messages("@mika"))
    page, table = report
    assert (page[:13], page[-5:], table[-4:]) == ("candor-audit-", ".html", ".csv")
    assert "Delivery by zebra costs £3" in report[page]
    ts = workspace.share("#brand", "Our plan for spring", PLAN.encode(), name="plan.csv", by="mika")
    await workspace.shortcut("audit_file", "#brand", ts, by="mika")
    assert (await answers(played, "#brand", by="mika"))[-1]["text"] == words.READING_FILE
    thread = workspace.channel("#brand")
    await played.until(lambda: len(files(played, thread.thread(ts))) == 2, "the report in the thread")
    await played.until(lambda: words.FILES in str(thread.thread(ts)), "the summary")
    (summary,) = [texts(one["blocks"]) for one in thread.thread(ts) if one.get("bot_id") and "blocks" in one]
    assert "Audit of plan.csv" in summary
    assert "1 line couldn't be read and was left out:\n• Line 5:" in summary
    assert played.places_with("Delivery costs £3, whatever") == set()
    note = workspace.post("#brand", "No file here", by="mika")
    await workspace.shortcut("audit_file", "#brand", note, by="mika")
    assert (await answers(played, "#brand", 2, by="mika"))[-1]["text"] == words.NO_FILE
    await ask_for_deletion(played, DELETE)  # Dana, whose drafts it quotes
    await played.until(lambda: "*Deleted for good*" in str(direct(played)), "the receipt")
    assert "3 drafts, 1 audit." in str(direct(played))
    await played.until(lambda: words.WITHDRAWN in str(direct(played, "mika")), "the audit to be withdrawn")
    assert not any(one.get("files") for one in direct(played, "mika"))
    assert len(workspace.team.files) == 3  # the plan and its report
    assert played.places_with("zebra") == set()
    ts = workspace.share("#brand", "Spring", VARIANTS.encode(), name="spring.csv", by="mika")
    link = f"<https://kestrel.slack.com/archives/C0BRAND/p{ts.replace('.', '')}>"
    assert words.NOT_THERE in await typed(
        played, "compare <https://kestrel.slack.com/archives/G0BOARD/p1700000000000001>"
    )
    assert words.COMPARING_FILE in await typed(played, f"compare {link}")
    await played.until(lambda: words.VARIANT_FILES in str(thread.thread(ts)), "the comparison")
    (summary,) = [texts(one["blocks"]) for one in thread.thread(ts) if one.get("bot_id") and "blocks" in one]
    assert "Comparison of spring.csv" in summary
    assert "*Contradictions*\n• " in summary
    assert "\n- " not in summary
    report = files(played, thread.thread(ts))
    assert {name.rpartition(".")[2] for name in report} == {"html", "csv"}
    await workspace.shortcut("compare_file", "#brand", note, by="mika")
    assert (await answers(played, "#brand", 3, by="mika"))[-1]["text"].startswith(variant_words.NOT_HERE)


@pytest.mark.both_databases
async def test_deletion_does_not_end_at_an_audit_in_a_channel_that_candor_was_removed_from(played: Stage) -> None:
    workspace = played.workspace
    brand = workspace.channel("#brand")
    mine = workspace.post("#drafts", DRAFTS[2], by="mika")
    await played.reply(mine)
    ts = workspace.share("#brand", "Our plan", PLAN.encode(), name="plan.csv", by="mika")
    await workspace.shortcut("audit_file", "#brand", ts, by="mika")
    await played.until(lambda: words.FILES in str(brand.thread(ts)), "the report in the thread")
    kept = set(workspace.team.files)
    workspace.hub.talk.leave(brand, workspace.team.bot.user_id)
    for method in ("chat.update", "chat.delete"):  # as Slack refuses them where the app is no member
        workspace.faults.on(method, error="not_in_channel", times=1)
    await ask_for_deletion(played, DELETE, by="mika")
    await played.until(lambda: "*Deleted for good*" in str(direct(played, "mika")), "the receipt")
    assert "1 draft, 1 audit." in str(direct(played, "mika"))
    await played.until(lambda: not played.replies(mine), "the reply to be gone")
    await played.until_kept("Only 3 left", kept=False)
    assert played.run("SELECT 1 FROM audits") == []
    assert len(kept) - len(workspace.team.files) == 2  # the page and the table


@pytest.mark.both_databases
async def test_at_a_terminal_what_candor_keeps_of_a_channel_counts_as_well(
    played: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace, published = played.workspace, "Delivery by zebra costs £5, as our posters said."
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_BOT_TOKEN", workspace.team.bot.token)
    monkeypatch.setenv("SLACK_API_URL", workspace.api_url)
    monkeypatch.setenv("DATA_DIR", str(played.folder))
    if not played.database_url.startswith("sqlite"):
        monkeypatch.setenv("DATABASE_URL", played.database_url)
    await played.reply(workspace.post("#drafts", DRAFTS[0]))
    await typed(played, "mute", by="mika")
    workspace.post("#drafts", DRAFTS[2], by="mika")
    assert not played.places_with("Only 3 left")
    await played.until(lambda: played.run("SELECT 1 FROM presence"), "Candor to know where it is")
    (tmp_path / "posts.csv").write_text(f'date,text\n2026-01-05,"{published}"\n', encoding="utf-8")
    assert await asyncio.to_thread(run, ["import-posts", "posts.csv"]) == 0
    assert await asyncio.to_thread(run, ["audit", "#drafts"]) == 0
    said = capsys.readouterr()
    assert words.channel_read("drafts", 2, 2) in said.err
    assert "2 posts: nothing to change." in said.out
    assert published.removesuffix(".") in (tmp_path / "audit.csv").read_text(encoding="utf-8")
    assert not played.run("SELECT 1 FROM audits")


async def test_whoever_posts_a_table_among_drafts_hears_once_what_can_be_done_with_it(played: Stage) -> None:
    workspace, drafts = played.workspace, played.workspace.channel("#drafts")
    workspace.share("#brand", "Our plan", PLAN.encode(), name="plan.csv", by="mika")
    for name in ("plan.csv", "plan2.csv"):
        workspace.share("#drafts", "", PLAN.encode(), name=name, by="mika")
    workspace.share("#drafts", "", PLAN.encode(), name="plan.csv", by="dana")
    hints = await answers(played, "#drafts", 1, by="dana")
    assert [one["text"] for one in (*hints, *await answers(played, "#drafts", 1, by="mika"))] == [
        words.TABLE_POSTED
    ] * 2
    await played.quiet()
    assert sorted(one["to"] for one in drafts.ephemerals) == ["U0DANA", "U0MIKA"]
    assert not workspace.channel("#brand").ephemerals


async def test_nobody_is_told_of_tables_again_after_a_restart(played: Stage) -> None:
    workspace, drafts = played.workspace, played.workspace.channel("#drafts")
    workspace.share("#drafts", "", PLAN.encode(), name="plan.csv", by="mika")
    await answers(played, "#drafts", 1, by="mika")
    await played.quiet()
    await played.stop()
    await played.start()
    workspace.share("#drafts", "", PLAN.encode(), name="plan2.csv", by="mika")
    workspace.share("#drafts", "", PLAN.encode(), name="plan.csv", by="dana")
    await answers(played, "#drafts", 1, by="dana")
    await played.quiet()
    assert sorted(one["to"] for one in drafts.ephemerals) == ["U0DANA", "U0MIKA"]


async def test_who_could_not_be_told_of_a_table_is_told_at_the_next(played: Stage) -> None:
    workspace, drafts = played.workspace, played.workspace.channel("#drafts")
    workspace.faults.on("chat.postEphemeral", error="restricted_action")
    workspace.share("#drafts", "", PLAN.encode(), name="plan.csv", by="mika")
    await played.until(lambda: workspace.traffic.calls("chat.postEphemeral"), "the first try")
    await played.quiet()
    assert not drafts.ephemerals
    for name in ("plan2.csv", "plan3.csv"):
        workspace.share("#drafts", "", PLAN.encode(), name=name, by="mika")
    await answers(played, "#drafts", 1, by="mika")
    await played.quiet()
    assert [one["to"] for one in drafts.ephemerals] == ["U0MIKA"]


async def test_the_model_reads_the_posts_once_somebody_has_seen_what_it_takes(stage: Stage) -> None:
    async with ScriptedModel() as model:
        model.otherwise = critique(
            issue("whatever you order", "authenticity/claim-evidence", why="It's for £20 and up.")
        )
        await stage.start(**settings(model), BRAND_LEADS="U0MIKA")
        workspace = stage.workspace
        ts = workspace.share("#brand", "Our plan", PLAN.encode(), name="plan.csv", by="mika")
        await workspace.shortcut("audit_file", "#brand", ts, by="mika")
        thread = workspace.channel("#brand")

        def summary() -> dict[str, Any]:
            found = [one for one in thread.thread(ts) if words.FILES in str(one.get("blocks"))]
            return found[0] if found else {}

        await stage.until(lambda: "confirm" in str(summary()), "the report of the fixed checks")
        assert model.requests == []
        (ask,) = [one for block in summary()["blocks"] for one in block.get("elements", ()) if "confirm" in one]
        assert "at least 2 calls and about" in ask["confirm"]["text"]["text"]
        click = {"value": ask["value"]}
        await workspace.click("#brand", summary()["ts"], "candor_audit_model", by="dana", **click)
        told = workspace.ephemerals("#brand", by="dana")[-1]["text"]
        assert told == words.NOT_YOUR_AUDIT
        await workspace.click("#brand", summary()["ts"], "candor_audit_model", by="mika", **click)
        await stage.until(lambda: "It's for £20 and up." in str(summary()), "the report of the model")
        said = texts(summary()["blocks"])
        assert "Not reviewed" not in said
        assert "3 posts: 3 with something to change, 1 contradiction" in said
        assert words.WITH_MODEL not in said
        assert len(files(stage, thread.thread(ts))) == 4
        fine = next(part["value"] for block in summary()["blocks"] if (part := block.get("accessory")))
        await workspace.click("#brand", summary()["ts"], "candor_audit_fine", by="dana", value=fine)
        assert workspace.ephemerals("#brand", by="dana")[-1]["text"] == words.ONLY_LEADS
        await workspace.click("#brand", summary()["ts"], "candor_audit_fine", by="mika", value=fine)
        kept = await workspace.submit({"where": {"value": "always"}, "lasting": {"value": "90"}}, by="mika")
        assert words.FINE_KEPT in texts(kept["view"]["blocks"])
        assert "whatever you order" in await typed(stage, "exceptions")


async def own_guideline(stage: Stage) -> None:
    """Mika writes a guideline that only a model can hold drafts against, and switches it on."""
    await home(stage, "mika", "What Candor does")
    await press(stage, "candor_own_list", "own")
    await press(stage, "candor_own_new", "new")
    await write(stage, **FORM | {"phrases": ""})
    await shows(stage, own_words.NO_DRAFTS)
    await submit(stage)
    assert own_words.ON_FROM_NOW in texts(top(stage)["blocks"])
    await close_all(stage)


@pytest.mark.both_databases
async def test_a_point_of_the_teams_own_guideline_becomes_a_good_example_of_it(stage: Stage) -> None:
    async with ScriptedModel() as model:
        model.otherwise = critique()
        await stage.start(**settings(model), BRAND_LEADS="U0MIKA")
        workspace = stage.workspace
        await own_guideline(stage)
        model.otherwise = critique(issue("love the view", "own/guests-not-customers", why="It speaks of customers."))
        await stage.reply(workspace.post("#drafts", "All our guests love the view from here.\nThe harbour lies below."))
        assert words.COMING in await typed(stage, "audit", by="mika")

        def summary() -> dict[str, Any]:
            found = [one for one in direct(stage, "mika") if words.FILES in str(one.get("blocks"))]
            return found[0] if found else {"blocks": []}

        await stage.until(lambda: "confirm" in str(summary()), "the report of the fixed checks")
        (ask,) = [one for block in summary()["blocks"] for one in block.get("elements", ()) if "confirm" in one]
        await workspace.click("@mika", summary()["ts"], "candor_audit_model", by="mika", value=ask["value"])
        await stage.until(lambda: "It speaks of customers." in str(summary()), "the report of the model")
        fine = next(part["value"] for block in summary()["blocks"] if (part := block.get("accessory")))
        await workspace.click("@mika", summary()["ts"], "candor_audit_fine", by="mika", value=fine)
        assert "Keep as a good example for “Guests, not customers”" in str(top(stage)["blocks"])
        kept = await workspace.submit({"how": {"value": "example"}}, by="mika")
        assert words.FINE_EXAMPLE_KEPT in texts(kept["view"]["blocks"])
        await close_all(stage)
        assert "no exceptions" in (await typed(stage, "exceptions")).lower()
        model.otherwise = critique()
        await stage.reply(workspace.post("#drafts", "Autumn evenings by the harbour.\nBring a warm coat."))
        assert "All our guests love the view from here." in str(model.requests[-1].body)


@pytest.mark.both_databases
async def test_points_on_the_page_are_called_fine_by_their_ids_for_leads_as_often_as_they_say_so(played: Stage) -> None:
    workspace = played.workspace
    for draft in DRAFTS:
        await played.reply(workspace.post("#drafts", draft))
    assert words.COMING in await typed(played, "audit", by="mika")
    await audited(played, "mika")
    (page,) = [text for name, text in files(played, workspace.messages("@mika")).items() if name.endswith(".html")]
    named = re.findall(r'<code class="id">([0-9a-f]{6}-[0-9]+)</code>', page)
    assert f"type /candor audit fine {named[0]} in Slack" in page
    assert len(named) == len({*named}) > 1
    assert await typed(played, f"audit fine {named[0]}") == words.ONLY_LEADS
    assert await typed(played, "audit fine", by="mika") == words.FINE_USAGE
    told = await typed(played, f"audit fine {named[0].upper()}, {named[1]} zebra-1", by="mika")
    assert "I'll leave the words of 2 points alone under their guidelines" in told
    assert "I don't know “zebra-1”." in told
    listed = await typed(played, "exceptions", by="mika")
    assert "the words of 1 point" in await typed(played, f"audit fine {named[1]}", by="mika")
    assert await typed(played, "exceptions", by="mika") == listed
    assert words.COMING in await typed(played, "audit #drafts 300", by="mika")
    await played.until(lambda: len(files(played, workspace.messages("@mika"))) == 4, "another audit")
    again = [text for name, text in files(played, workspace.messages("@mika")).items() if name.endswith(".html")][-1]
    assert len(re.findall(r'<code class="id">', again)) == len(named) - 2
    for ts in [one["ts"] for one in workspace.messages("#drafts") if not one.get("bot_id")]:
        workspace.delete("#drafts", ts)
    await played.until(lambda: played.places_with("zebra") == set(), "the drafts to be gone")
    assert f"I don't know “{named[0]}”" in await typed(played, f"audit fine {named[0]}", by="mika")
