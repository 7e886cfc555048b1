"""The brand's fact sheet: entered in Home, listed, pasted, sent as a file, and held against drafts."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.words.brand import facts as words
from tests.journeys.test_a_model import settings
from tests.journeys.test_commands import typed
from tests.journeys.test_home import home, press, texts
from tests.journeys.test_privacy import direct
from tests.model.server import ScriptedModel, critique, issue

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)


async def sheet(stage: Stage, by: str = "mika") -> str:
    """Open the sheet from Home, and what it says."""
    await home(stage, by, "What Candor does")
    await press(stage, "candor_home_facts", "facts", by)
    return texts(stage.workspace.views(by=by)[-1]["blocks"])


def top(stage: Stage, by: str = "mika") -> dict[str, Any]:
    return stage.workspace.views(by=by)[-1]


async def submit(stage: Stage, **values: object) -> dict[str, Any]:
    return await stage.workspace.submit({name: {"value": value} for name, value in values.items()}, by="mika")


async def close(stage: Stage, by: str = "mika") -> None:
    workspace = stage.workspace
    await workspace.interactions.close(workspace.team, workspace.person(by), top(stage, by)["id"])


async def add(stage: Stage, **values: object) -> None:
    """A brand lead adds a fact in the sheet that is open."""
    await press(stage, "candor_fact_edit", "new")
    await submit(stage, **values)


@pytest.mark.both_databases
async def test_a_brand_lead_adds_changes_ends_and_removes_a_fact(played: Stage) -> None:
    assert words.NONE_YET in await sheet(played)
    await press(played, "candor_fact_edit", "new")
    wrong = await submit(played, value="Founded in 2016", since="2026-05-01", until="2026-04-01")
    assert wrong["errors"] == {"until": words.ENDS_BEFORE}
    await submit(
        played, value="Founded in 2016", kind="origin", source="company register", since="2026-05-01", owner=["U0DANA"]
    )
    said = texts(top(played)["blocks"])
    assert "Founded in 2016 (from 2026-05-01; company register)" in said
    assert "<@U0MIKA>" in said
    edit = next(one["accessory"]["value"] for one in top(played)["blocks"] if "accessory" in one)
    await press(played, "candor_fact_edit", edit)
    await submit(played, value="Founded in 2017", since="")
    assert "changed Founded in 2016" in texts(top(played)["blocks"])
    await press(played, "candor_fact_edit", edit)
    await press(played, "candor_fact_end", edit)
    assert words.SAVED in texts(top(played)["blocks"])
    await close(played)
    assert "until 20" in texts(top(played)["blocks"])
    await press(played, "candor_fact_edit", edit)
    await press(played, "candor_fact_remove", edit)
    await close(played)
    assert words.NONE_YET in texts(top(played)["blocks"])


async def test_members_see_the_sheet_and_change_nothing(played: Stage) -> None:
    await sheet(played)
    await add(played, value="Fares cost £29", kind="price")
    said = await sheet(played, "dana")
    assert "Fares cost £29" in said
    assert words.ONLY_LEADS in said
    assert "candor_fact_edit" not in json.dumps(top(played, "dana"))


async def test_a_pasted_table_shows_its_faults_and_is_saved_only_when_confirmed(played: Stage) -> None:
    await sheet(played)
    await press(played, "candor_facts_paste", "paste")
    table = "Fact,Kind,Until\nFares cost £29,price,\nCabin bag included,promise,soon\nFounded in 2016,origin,\n"
    await submit(played, table=table)
    said = texts(top(played)["blocks"])
    assert "Line 3: “soon” isn't a date like 2026-09-30." in said
    assert "2 new facts. Nothing is saved" in said
    await press(played, "candor_facts_correct", "correct")
    (typed_in,) = [block["element"] for block in top(played)["blocks"] if "element" in block]
    assert typed_in["initial_value"] == table
    assert top(played)["submit"]["text"] == words.PREVIEW
    await submit(played, table=table)
    assert words.NONE_YET in texts(played.workspace.views(by="mika")[0]["blocks"])
    await submit(played)
    said = texts(top(played)["blocks"])
    assert "Fares cost £29" in said
    assert "2 facts" in said
    await press(played, "candor_facts_paste", "paste")
    await submit(played, table="Fact,Kind\nFares cost £29,price\n")
    assert words.NOTHING_NEW in texts(top(played)["blocks"])


@pytest.mark.both_databases
async def test_an_exported_sheet_comes_back_as_a_file_and_changes_what_was_changed(played: Stage) -> None:
    workspace = played.workspace
    await sheet(played)
    for value in ("Cabin bag £25", "Founded in 2016", "Tea £2"):
        await add(played, value=value, owner=["U0DANA"])
    await close(played)
    await typed(played, "facts export csv", by="mika")
    await played.until(lambda: direct(played, by="mika"), "the file")
    (file,) = direct(played, by="mika")[0]["files"]
    content = base64.b64decode(workspace.team.files[file["id"]]["content"]).decode()
    changed = "".join(line for line in content.replace("£25", "£30").splitlines(keepends=True) if "Tea" not in line)
    ts = workspace.share("#general", "The sheet", changed.encode("utf-16"), name="sheet.csv", by="dana")
    await workspace.shortcut("add_fact", "#general", ts, by="mika")
    await played.until(lambda: "Cabin bag £25 → Cabin bag £30" in texts(top(played)["blocks"]), "the preview")
    said = texts(top(played)["blocks"])
    assert "1 changed fact, 1 fact already on the sheet. Nothing is saved" in said
    assert words.MISSING in said
    await submit(played, missing=["end"])
    said = await sheet(played)
    assert "Cabin bag £30" in said
    assert "Cabin bag £25" not in await typed(played, "facts")
    assert "Tea £2 (until 20" in said


async def test_the_command_lists_the_sheet_and_sends_it(played: Stage) -> None:
    await sheet(played)
    await add(played, value="Fares cost £29", kind="price")
    said = await typed(played, "facts")
    assert "Fares cost £29" in said
    assert words.NOT_LEAD in said
    assert words.EXPORTING in await typed(played, "facts export")
    await played.until(lambda: direct(played), "the file")
    (message,) = direct(played)
    (file,) = message["files"]
    content = base64.b64decode(played.workspace.team.files[file["id"]]["content"]).decode()
    assert "| Price | Fares cost £29 |" in content


async def press_point(stage: Stage, ts: str, action: str, by: str) -> None:
    """Press a button of the first point in the reply."""
    reply = stage.reply_to(ts)
    buttons = [element for block in reply["blocks"] for element in block.get("elements", [])]
    value = next(one["value"] for one in buttons if one.get("action_id") == action)
    await stage.workspace.click("#drafts", reply["ts"], action, value=value, by=by)


DRAFT = "Ten years of early mornings.\nFounded 2014, and still roasting by hand in our small yard."


@pytest.mark.both_databases
async def test_a_draft_that_contradicts_a_fact_shows_both_and_the_fact_may_change(played: Stage) -> None:
    await sheet(played)
    await add(played, value="Founded in 2016", kind="quantity", source="company register")
    await close(played)
    ts = played.workspace.post("#drafts", DRAFT)
    await played.reply(ts, "says: “Founded in 2016” (company register; noted on")
    said = texts(played.reply_to(ts)["blocks"])
    assert "Facts that don't match" in said
    assert "2014" in said
    await press_point(played, ts, "candor_fact_changed", by="dana")
    assert "Ask one of them: <@U0MIKA>." in played.workspace.ephemerals("#drafts")[-1]["text"]
    await press_point(played, ts, "candor_fact_changed", by="mika")
    window = top(played)
    first = {block["block_id"]: block["element"] for block in window["blocks"] if "element" in block}
    assert first["value"]["initial_value"] == "Founded in 2014"
    assert first["since"]["initial_date"]
    assert window["title"]["text"] == words.CHANGED
    assert "initial_value" not in first["source"]
    assert list(first) == ["value", "source", "since", "until"]
    assert words.NEW_SOURCE in str(window)
    assert "So far: company register" in str(window)
    await submit(played, value="Founded in 2014", source="minutes of 3 May")
    await played.reply(ts, "found nothing")
    listed = await typed(played, "facts")
    assert "Founded in 2014 (from " in listed
    assert "; minutes of 3 May)" in listed
    again = played.workspace.post("#drafts", DRAFT.replace("2014", "2011"))
    await played.reply(again, "says: “Founded in 2014” (minutes of 3 May; from")


YARD = "Ten years of early mornings.\nEvery bean is roasted over open fire in our small yard."


async def test_what_a_model_finds_shows_the_fact_in_its_own_words_and_the_fact_may_change(stage: Stage) -> None:
    fire, oven = "roasted over open fire", "Beans are roasted in an electric drum"
    point = issue(fire, "authenticity/one-story", why="Readers picture a flame. [F1]", replacement=None)
    async with ScriptedModel() as model:
        model.will(critique(point), critique())
        await stage.start(**settings(model))
        await sheet(stage)
        await add(stage, value=oven, source="https://roastery.example/how")
        await close(stage)
        ts = stage.workspace.post("#drafts", YARD)
        await stage.reply(ts, f"The fact sheet says: “{oven}” (https://roastery.example/how; noted on")
        assert "Readers picture a flame." in (said := texts(stage.reply_to(ts)["blocks"]))
        assert "[F1]" not in said
        assert f"- F1 Other: {oven}" in model.requests[0].turns[0]
        await press_point(stage, ts, "candor_fact_changed", by="mika")
        first = {block["block_id"]: block["element"] for block in top(stage)["blocks"] if "element" in block}
        assert first["value"]["initial_value"] == oven
        await submit(stage, value="Beans are roasted over open fire")
        await stage.reply(ts, "Nothing to flag")
        await stage.stop()


async def test_facts_are_proposed_from_a_message_and_only_what_is_saved_counts(played: Stage) -> None:
    workspace = played.workspace
    ts = workspace.post("#general", "Hello!\nDelivery costs £4. We open on 4 May. See you.", by="dana")
    await workspace.shortcut("add_fact", "#general", ts, by="dana")
    await played.until(lambda: workspace.ephemerals("#general"), "whom to ask")
    assert "<@U0MIKA>" in workspace.ephemerals("#general")[-1]["text"]
    await workspace.shortcut("add_fact", "#general", ts, by="mika")
    fields = [block for block in top(played)["blocks"] if "element" in block]
    assert fields[0]["element"]["initial_value"] == (
        "| Kind | Fact |\n| --- | --- |\n| Price | Delivery costs £4 |\n| Date | We open on 4 May |\n"
    )
    others = next(block for block in fields if block["block_id"] == "others")
    assert [one["text"]["text"] for one in others["element"]["options"]] == ["See you"]
    await submit(played, table="| Kind | Fact |\n| Price | Delivery costs £4 |", others=["0"])
    assert "2 new facts. Nothing is saved" in texts(top(played)["blocks"])
    await submit(played)
    assert "Delivery costs £4" in await typed(played, "facts")
    one = workspace.post("#general", "Founded in 2016, that's us.", by="dana")
    await workspace.shortcut("add_fact", "#general", one, by="mika")
    await submit(played, value="Founded in 2016")
    assert "Founded in 2016" in (said := await typed(played, "facts"))
    assert "4 May" not in said
    none = workspace.post("#general", "Hello!", by="dana")
    await workspace.shortcut("add_fact", "#general", none, by="mika")
    await played.until(lambda: words.NOTHING_STATED in str(workspace.ephemerals("#general", by="mika")), "an answer")


def inputs(stage: Stage) -> dict[str, Any]:
    return {block["block_id"]: block["element"] for block in top(stage)["blocks"] if "element" in block}


async def test_a_table_of_a_message_is_corrected_as_it_was_typed_beside_the_sentences_that_were_chosen(
    played: Stage,
) -> None:
    workspace = played.workspace
    await sheet(played)
    await add(played, value="Founded in 2016", kind="origin")
    await close(played)
    ts = workspace.post("#general", "Delivery costs £4. We open on 4 May. See you. Bring a friend.", by="dana")
    await workspace.shortcut("add_fact", "#general", ts, by="mika")
    offered = inputs(played)["others"]["options"]
    assert [one["text"]["text"] for one in offered] == ["See you", "Bring a friend"]
    # As long as the box takes: what goes on beside it is no longer than Slack hands on.
    table = "Fact,Until\nDelivery costs £4,soon\nTea £2,\n"
    await submit(played, table=table, others=["1"])
    said = texts(top(played)["blocks"])
    assert "Line 2: “soon” isn't a date" in said
    assert "2 new facts. Nothing is saved" in said
    assert "Founded in 2016" not in said
    way_back = "correct\nSee you\nBring a friend"
    await press(played, "candor_facts_correct", way_back)
    assert inputs(played)["table"]["initial_value"] == table
    assert [one["value"] for one in inputs(played)["others"]["initial_options"]] == ["1"]
    await submit(played, others=[])
    assert "1 new fact. Nothing is saved" in texts(top(played)["blocks"])
    await press(played, "candor_facts_correct", way_back)
    assert inputs(played)["others"]["options"] == offered
    await submit(played, table=table.replace("soon", ""), others=["1"])
    assert "3 new facts. Nothing is saved" in texts(top(played)["blocks"])
    await submit(played)
    said = await typed(played, "facts")
    assert all(one in said for one in ("Delivery costs £4", "Tea £2", "Bring a friend", "Founded in 2016"))
    assert "See you" not in said


async def test_a_table_as_long_as_its_box_comes_back_and_one_that_is_too_long_with_its_sentences_says_so(
    played: Stage,
) -> None:
    workspace = played.workspace
    sentences = [f"Number {at} is {'good ' * 30}bread" for at in range(15)]
    ts = workspace.post("#general", f"Delivery costs £4. {'. '.join(sentences)}.", by="dana")
    await workspace.shortcut("add_fact", "#general", ts, by="mika")
    options = inputs(played)["others"]["options"]
    assert len(options) < len(sentences)
    assert words.others_hint(len(sentences) - len(options)) in json.dumps(top(played))
    table = "Fact,Until\nTea £2,soon\n"
    table += "x" * (2_900 - len(table) - 1) + "\n"
    wrong = await submit(played, table=table, others=["0"])
    assert wrong["errors"] == {"others": words.TOO_MUCH}
    await submit(played, table=table)
    (back,) = [one["value"] for block in top(played)["blocks"] for one in block.get("elements", []) if "value" in one]
    await press(played, "candor_facts_correct", back)
    assert inputs(played)["table"]["initial_value"] == table
    assert inputs(played)["others"]["options"] == options


async def test_the_recorded_value_can_be_used(played: Stage) -> None:
    await sheet(played)
    await add(played, value="Founded in 2016", kind="origin")
    await close(played)
    ts = played.workspace.post("#drafts", DRAFT)
    await played.reply(ts, "says: “Founded in 2016”")
    await press_point(played, ts, "candor_use", by="dana")
    await played.until(lambda: played.clean_texts(ts), "the clean text")
    assert "Founded 2016, and still" in texts(played.clean_texts(ts)[0]["blocks"])


CLAIMING = "LinkedIn\n\nTen years of early mornings.\n94% of customers would order again."


async def test_evidence_is_added_to_a_claim_lapses_and_is_renewed(played: Stage) -> None:
    ts = played.workspace.post("#drafts", CLAIMING)
    await played.reply(ts, "“94% of customers would”")
    await press_point(played, ts, "candor_fact_changed", by="dana")
    assert "Ask one of them: <@U0MIKA>." in played.workspace.ephemerals("#drafts")[-1]["text"]
    await press_point(played, ts, "candor_fact_changed", by="mika")
    first = {block["block_id"]: block for block in top(played)["blocks"] if "element" in block}
    assert first["value"]["element"]["initial_value"] == "94% of customers would order again."
    assert not first["source"].get("optional")
    await submit(played, value="94% of customers would order again", source="survey.example/2025", until="2026-01-31")
    await played.reply(ts, "but this evidence lapsed on 31 January 2026")
    await press_point(played, ts, "candor_fact_changed", by="mika")
    assert top(played)["title"]["text"] == words.ADD_EVIDENCE
    same = await submit(played, source="survey.example/2025")
    assert same["errors"] == {"until": words.SAME_EVIDENCE}
    soon = datetime.fromtimestamp(float(ts), UTC).date() + timedelta(days=9)
    await submit(played, source="survey.example/2026", until=soon.isoformat())
    await played.reply(ts, "found nothing")
    await home(played, "mika", f"lapses on {soon:%-d %B}. No post or waiting draft uses it.")
    again = played.workspace.post("#drafts", CLAIMING.replace("94% of", "94 percent of our"))
    await played.reply(again, "found nothing")
