"""A draft as long as Slack lets it be: read to the end, or it is said that it was not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.model.server import Fault, ScriptedModel, critique, issue, taking

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.journeys.conftest import Stage

FILL = "Ewa opened the second oven and the rye came out a shade darker than the week before.\n"
LAST = "Taste what the whole street envies us for."
LONG = f"Act now! {FILL * (39_000 // len(FILL))}{LAST}"


@pytest.fixture
async def model() -> AsyncGenerator[ScriptedModel]:
    async with ScriptedModel() as model:
        yield model


def settings(model: ScriptedModel) -> dict[str, str]:
    return {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "sk-made-up", "OPENAI_API": "chat"}


async def test_its_last_words_are_read_and_shown(stage: Stage, model: ScriptedModel) -> None:
    model.will(critique(issue(LAST, "authenticity/claim-evidence", replacement=None)))
    await stage.start(**settings(model))
    ts = stage.workspace.post("#drafts", LONG)
    reply = await stage.reply(ts, "2 changes")
    assert model.requests[0].draft == LONG
    written = json.dumps(reply["blocks"], ensure_ascii=False)
    assert LAST in written
    assert f"{len(LONG)} characters read" in written


async def test_a_model_that_cannot_take_it_is_named_and_the_rules_speak(stage: Stage, model: ScriptedModel) -> None:
    model.otherwise = Fault(status=400, code="context_length_exceeded")
    await stage.start(**settings(model))
    ts = stage.workspace.post("#drafts", LONG)
    reply = await stage.reply(ts, "found 1 point")
    assert "this draft, or the answer to it, is too long for the language model." in json.dumps(reply["blocks"])


async def test_a_model_with_eight_thousand_tokens_reviews_a_draft_as_people_post_them(
    stage: Stage, model: ScriptedModel
) -> None:
    claim = issue(LAST, "authenticity/claim-evidence", replacement=None)
    model.otherwise = taking(8000, claim, issue("Act now!", "user-control/no-false-pressure"))
    await stage.start(**settings(model))
    reply = await stage.reply(stage.workspace.post("#drafts", f"Act now! {FILL}{LAST}"), "2 changes")
    assert "Not reviewed" not in json.dumps(reply["blocks"])
    assert any(asked.tokens > 8000 for asked in model.requests)  # refused, and learned from
