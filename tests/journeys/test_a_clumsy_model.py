"""A model that copies badly, or whose server fails: no point is lost unsaid, and nobody is asked twice at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.model.server import Fault, ScriptedModel, critique, issue, too_many

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.journeys.conftest import Stage

POST = "Our “tonic” cures *every* cold – within a day 🍵! It’s the best :tada: you’ll ever try…\nTaste it on Saturday."
PLAIN = "Our new tonic is lemon, ginger and honey, mixed by Ewa at the market.\nTaste it on Saturday."
"""Nothing for fixed checks."""
CLAIM = "authenticity/claim-evidence"


@pytest.fixture
async def model() -> AsyncGenerator[ScriptedModel]:
    async with ScriptedModel() as model:
        yield model


def settings(model: ScriptedModel) -> dict[str, str]:
    return {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "sk-made-up"}


async def test_points_that_are_badly_quoted_are_shown_where_they_stand(stage: Stage, model: ScriptedModel) -> None:
    quotes = ("Line 1: **cures every cold**", "the best 🎉 you'll ever […] on Saturday")
    model.will(critique(*[issue(quote, CLAIM, why="Nobody has shown it.") for quote in quotes]))
    await stage.start(**settings(model))
    reply = await stage.reply(stage.workspace.post("#drafts", POST), "2 changes")
    written = json.dumps(reply["blocks"], ensure_ascii=False)
    assert "placed" not in written


async def test_a_point_that_has_no_place_is_said_alone_and_among_others(stage: Stage, model: ScriptedModel) -> None:
    lost, placed = issue("it makes you immortal", CLAIM), issue("Taste it on Saturday", CLAIM)
    model.will(critique(lost), critique(lost, placed))
    await stage.start(**settings(model))
    alone = await stage.reply(stage.workspace.post("#drafts", PLAIN), "1 point couldn't be matched to the text.")
    assert "Nothing to flag" not in json.dumps(alone["blocks"]) + alone["text"]
    among = await stage.reply(stage.workspace.post("#drafts", f"{PLAIN} Bring a cup."), "1 change")
    assert "1 point couldn't be matched to the text." in json.dumps(among["blocks"])


@pytest.mark.parametrize(
    ("fault", "calls", "said"),
    [
        (too_many(code="insufficient_quota"), 1, "no credit left"),
        (Fault(status=503), 4, "Not reviewed yet"),
        (Fault(status=401), 1, "server refused the key"),
    ],
    ids=["no credit", "away", "key"],
)
async def test_a_failed_call_is_not_made_again_at_once(
    stage: Stage, model: ScriptedModel, fault: Fault, calls: int, said: str
) -> None:
    model.otherwise = fault
    await stage.start(**settings(model))
    ts = stage.workspace.post("#drafts", POST)
    await stage.reply(ts, said)
    await stage.until(lambda: not stage.workspace.message("#drafts", ts).get("reactions"), "the work to be over")
    assert len(model.requests) == calls
