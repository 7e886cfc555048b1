"""A brand lead sends a brand book: what reading it takes is said first, then its proposals are tried, or declined."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.words.brand import books as words
from bot.core.words.brand import own_guidelines as own_words
from tests.journeys.test_a_model import settings
from tests.journeys.test_home import home, press, texts
from tests.journeys.test_on_request import answers
from tests.journeys.test_own_guidelines import close_all, shows, top
from tests.journeys.test_privacy import direct
from tests.model.server import ScriptedModel
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
        await workspace.submit({"why": {"value": "Guests feel at home."}}, by="mika")
        await shows(stage, own_words.NO_DRAFTS)
        assert words.NONE_LEFT in texts(workspace.views(by="mika")[-2]["blocks"])
        await workspace.submit({}, by="mika")
        assert own_words.ON_FROM_NOW in texts(top(stage)["blocks"])
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
