"""A brand lead sends a brand book: what reading it takes is said first, then its proposals are taken, or declined."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.words.brand import books as words
from bot.core.words.brand import own_guidelines as own_words
from tests.journeys.test_a_model import settings
from tests.journeys.test_commands import typed
from tests.journeys.test_home import home, press, texts
from tests.journeys.test_on_request import answers
from tests.journeys.test_own_guidelines import close_all, shows, top
from tests.journeys.test_privacy import direct
from tests.model.server import ScriptedModel, critique
from tests.rules.test_books import pdf

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)
GUESTS = {
    "page": 1,
    "quote": "We say guests, never customers.",
    "title": "Guests, not customers",
    "problem": "Calls guests customers",
    "question": "Do we call the people who stay with us guests?",
    "why": "Customers are counted, guests are welcomed.",
    "fix": "Say guests.",
    "severity": "should-fix",
    "not_when": [],
    "bad": ["Our ==customers== love the view."],
    "good": ["Our guests love the view."],
    "words": ["customer*"],
}
CHEAP = GUESTS | {"page": 2, "quote": "Prices are fair, never cheap.", "title": "Never cheap", "words": []}
MADE_UP = GUESTS | {"quote": "Every post ends with a smile.", "title": "End with a smile"}
FOUNDED = {
    "page": 3,
    "quote": "We opened our first hostel in Leeds in 2016.",
    "kind": "origin",
    "value": "First hostel opened in Leeds in 2016",
    "about": "",
}
TERM = {"page": 1, "quote": "We say guests, never customers.", "kind": "avoid", "value": "customers", "about": ""}
WRONG_YEAR = FOUNDED | {"value": "First hostel opened in Leeds in 2015"}


def message(stage: Stage) -> dict[str, Any]:
    """The message of the book, in the thread of the file."""
    found = [one for one in direct(stage, "mika") if "book.pdf" in str(one.get("blocks"))]
    return found[-1] if found else {"blocks": []}


async def test_a_lead_sends_a_brand_book_and_takes_one_of_its_proposals(stage: Stage) -> None:
    async with ScriptedModel() as model:
        model.otherwise = {"proposals": [GUESTS, CHEAP, MADE_UP]}
        await stage.start(**settings(model), BRAND_LEADS="U0MIKA")
        workspace = stage.workspace
        content = pdf("How we speak\nWe say guests, never customers.", "Prices are fair, never cheap.")
        workspace.share("@mika", "", content, name="book.pdf", by="mika")
        await stage.until(lambda: "With " in texts(message(stage)["blocks"]), "what it takes")
        assert model.requests == []
        (start,) = [one for one in message(stage)["blocks"][-1]["elements"] if one["action_id"] == "candor_book_start"]
        await workspace.click("@mika", message(stage)["ts"], "candor_book_start", by="mika", value=start["value"])
        await stage.until(lambda: "2 proposals from book.pdf" in texts(message(stage)["blocks"]), "the proposals")
        assert "1 proposal left out" in texts(message(stage)["blocks"])
        await home(stage, "mika", "What Candor does")
        await press(stage, "candor_own_list", "own")
        assert "2 proposals to look at" in texts(top(stage)["blocks"])
        await press(stage, "candor_book_see", start["value"])
        said = texts(top(stage)["blocks"])
        assert "“We say guests, never customers.” (page 1)" in said
        assert "“Prices are fair, never cheap.” (page 2)" in said
        await press(stage, "candor_book_decline", json.dumps([start["value"], 1]))
        assert "Never cheap" not in texts(top(stage)["blocks"])
        await press(stage, "candor_book_edit", json.dumps([start["value"], 0]))
        assert (await workspace.submit({"why": {"value": ""}}, by="mika"))["errors"]
        model.otherwise = critique()
        await workspace.submit({"why": {"value": "Guests feel at home."}}, by="mika")
        await shows(stage, own_words.NO_DRAFTS)
        assert words.NONE_LEFT in texts(workspace.views(by="mika")[-2]["blocks"])
        await workspace.submit({}, by="mika")
        assert own_words.ON_FROM_NOW in texts(top(stage)["blocks"])
        await close_all(stage)


@pytest.mark.both_databases
async def test_facts_and_terms_of_a_brand_book_go_on_the_sheet_with_one_tap_each(stage: Stage) -> None:
    async with ScriptedModel() as model:
        model.otherwise = {"proposals": [GUESTS], "facts": [FOUNDED, TERM, WRONG_YEAR]}
        await stage.start(**settings(model), BRAND_LEADS="U0MIKA")
        workspace = stage.workspace
        content = pdf(
            "We say guests, never customers.", "Our voice is calm.", "We opened our first hostel in Leeds in 2016."
        )
        workspace.share("@mika", "", content, name="book.pdf", by="mika")
        await stage.until(lambda: "With " in texts(message(stage)["blocks"]), "what it takes")
        (start,) = [one for one in message(stage)["blocks"][-1]["elements"] if one["action_id"] == "candor_book_start"]
        await workspace.click("@mika", message(stage)["ts"], "candor_book_start", by="mika", value=start["value"])
        ended = "*3 proposals from book.pdf*: 1 guideline, 2 facts and terms"
        await stage.until(lambda: ended in texts(message(stage)["blocks"]), "the proposals")
        assert "1 proposal left out" in texts(message(stage)["blocks"])
        await workspace.click("@mika", message(stage)["ts"], "candor_book_see", by="mika", value=start["value"])
        said = texts(top(stage)["blocks"])
        assert "Origin: First hostel opened in Leeds in 2016" in said
        assert "“We opened our first hostel in Leeds in 2016.” (page 3)" in said
        assert "Term to avoid: customers" in said
        assert "hostel" not in await typed(stage, "facts")
        await press(stage, "candor_book_fact", json.dumps([start["value"], 1]))
        assert (await workspace.submit({"value": {"value": ""}}, by="mika"))["errors"]
        await workspace.submit({"value": {"value": "Our first hostel opened in Leeds in 2016"}}, by="mika")
        said = texts(top(stage)["blocks"])
        assert "First hostel" not in said
        assert "Term to avoid: customers" in said
        sheet = await typed(stage, "facts")
        assert "Our first hostel opened in Leeds in 2016 (book.pdf, page 3)" in sheet
        assert "customers" not in sheet
        await press(stage, "candor_book_decline", json.dumps([start["value"], 2]))
        assert "Term to avoid" not in texts(top(stage)["blocks"])
        await close_all(stage)


async def tapped(stage: Stage, name: str) -> None:
    """A book of that name is read in a channel, and its only fact tapped."""
    workspace, thread = stage.workspace, stage.workspace.channel("#brand")
    ts = workspace.share("#brand", "", b"We say guests, never customers.", name=name, by="mika")
    await workspace.shortcut("read_brand_book", "#brand", ts, by="mika")
    await stage.until(lambda: "With " in str(thread.thread(ts)), "what it takes")
    told = thread.thread(ts)[-1]
    value = told["blocks"][-1]["elements"][0]["value"]
    await workspace.click("#brand", told["ts"], "candor_book_start", by="mika", value=value)
    await stage.until(lambda: "1 proposal from" in str(thread.thread(ts)), "the proposals")
    await workspace.click("#brand", told["ts"], "candor_book_see", by="mika", value=value)
    await press(stage, "candor_book_fact", json.dumps([value, 0]))


async def test_a_term_that_is_on_the_sheet_already_is_not_put_there_twice(stage: Stage) -> None:
    async with ScriptedModel() as model:
        model.otherwise = {"proposals": [], "facts": [TERM]}
        await stage.start(**settings(model), BRAND_LEADS="U0MIKA")
        await tapped(stage, "first.md")
        await stage.workspace.submit({}, by="mika")
        assert words.NONE_LEFT in texts(top(stage)["blocks"])
        await close_all(stage)
        await tapped(stage, "second.md")
        assert words.ON_SHEET in texts(top(stage)["blocks"])
        assert words.NONE_LEFT in texts(stage.workspace.views(by="mika")[0]["blocks"])
        assert (await typed(stage, "facts")).count("customers") == 1
        await close_all(stage)


async def test_only_leads_have_one_read_and_without_a_model_nobody_has(played: Stage) -> None:
    workspace = played.workspace
    ts = workspace.share("#brand", "Our voice", b"# Voice\nWe say guests.", name="voice.md", by="mika")
    await workspace.shortcut("read_brand_book", "#brand", ts, by="dana")
    assert (await answers(played, "#brand", by="dana"))[-1]["text"] == words.ONLY_LEADS
    await workspace.shortcut("read_brand_book", "#brand", ts, by="mika")
    assert (await answers(played, "#brand", by="mika"))[-1]["text"] == words.COMING
    thread = workspace.channel("#brand")
    await played.until(lambda: words.NO_MODEL in str(thread.thread(ts)), "why there is nothing")
    note = workspace.post("#brand", "No file here", by="mika")
    await workspace.shortcut("read_brand_book", "#brand", note, by="mika")
    assert (await answers(played, "#brand", 2, by="mika"))[-1]["text"] == words.NO_FILE
