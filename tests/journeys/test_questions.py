"""A question is asked with buttons, and the answer reviews the draft again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.test_buttons import buttons, click, said, until_reply
from tests.model.server import ScriptedModel, critique, question

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

POST = "Three weeks with the rain barrel and I am in love.\nMy tomatoes have never been happier."
ASKED = question("transparency/commercial-disclosure", "Was the barrel paid for?", "Paid", "A gift", "Neither")


@pytest.mark.both_databases
async def test_the_answer_to_a_question_reviews_the_draft_again(stage: Stage) -> None:
    async with ScriptedModel() as model:
        model.will(critique(questions=(ASKED,)), critique())
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up", OPENAI_API="chat")
        ts = stage.workspace.post("#drafts", POST)
        await stage.reply(ts, "1 question")
        reply = await until_reply(stage, ts, "Was the barrel paid for?")
        assert [len(buttons(reply, f"candor_answer_{n}")) for n in range(4)] == [1, 1, 1, 0]
        await click(stage, ts, "candor_answer_2")
        reply = await until_reply(stage, ts, "Nothing to flag.")
        assert "Was the barrel" not in said(reply)
        assert model.requests[0].case["answers"] == []
        assert "Neither" in str(model.requests[1].case["answers"])
        await stage.stop()
