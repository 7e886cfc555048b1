"""A budget for the model: told of, used up, never overdrawn, and there again on the first of the month."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.journeys.test_commands import typed
from tests.journeys.test_conversation import answered
from tests.model.server import ScriptedModel, critique, issue

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

POST = "Our tonic cures every cold within a day.\nCome and taste it on {}."
CLAIM = issue("cures every cold within a day", "authenticity/claim-evidence", replacement="warms you up")
NOT_REVIEWED = "Not reviewed: Candor's budget for this month is used up, or too little is left"


def is_told(stage: Stage, words: str) -> bool:
    return any(words in message["text"] for message in stage.workspace.messages("@dana"))


@pytest.mark.both_databases
async def test_a_used_budget_stops_every_call_and_says_so_until_the_first_of_the_month(stage: Stage) -> None:
    async with ScriptedModel() as model:
        prices = {"OPENAI_PRICES": "1,1,1", "OPENAI_API": "chat", "OPENAI_API_KEY": "sk-made-up"}
        model.otherwise = critique(CLAIM)
        await stage.rehearse(OPENAI_BASE_URL=model.url, BRAND_LEADS="U0DANA", **prices)
        assert "too little for a single review" in await typed(stage, "settings daily budget 12,000 tokens")
        assert "*Monthly budget*: $0.016" in await typed(stage, "settings monthly budget $0.016")
        await stage.reply(stage.workspace.post("#drafts", POST.format("Monday")), "1 change")
        await stage.until(lambda: is_told(stage, "of this month's budget"), "a word to the brand lead")
        made = len(model.requests)
        late = stage.workspace.post("#drafts", POST.format("Tuesday"))
        reply = await stage.reply(late, NOT_REVIEWED)
        assert "Nothing to flag" not in reply["text"]
        await stage.until(
            lambda: is_told(stage, "This month's budget for the language model is used up"), "the lead told"
        )
        asked = stage.workspace.post("@dana", "Why is that so?")
        await answered(stage, asked, "I can't answer: my budget for this month is used up, or too little is left")
        said = await typed(stage, "usage")
        assert "(1 this month)" in said
        assert "of $0.016 left" in said
        assert len(model.requests) == made
        proof = await typed(stage, "proof")
        assert "*Claim without evidence*: 2 shown, not yet used, dismissed or edited out" in proof
        assert "Points that came back after a dismissal: 0" in proof

        now = datetime.fromtimestamp(stage.workspace.hub.clock.now(), UTC)
        await stage.settled()
        stage.workspace.advance((32 - now.day) * 86_400)
        assert "Nothing has been spent this month." in await typed(stage, "usage")
        await typed(stage, "settings monthly budget 100,000 tokens")
        await stage.reply(stage.workspace.post("#drafts", POST.format("Wednesday")), "1 change")
        assert len(model.requests) == made + 1
        assert NOT_REVIEWED in stage.reply_to(late)["text"]
        await stage.workspace.shortcut("review_this_draft", "#drafts", late, by="dana")
        await stage.reply(late, "1 change")
