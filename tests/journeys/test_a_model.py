"""A language model behind the real bot: a scripted server that speaks OpenAI's protocol to the unmodified client."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import CLEAN
from tests.model.server import CUT, DROP, REFUSAL, ScriptedModel, critique, issue, opinions, too_many

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.journeys.conftest import Stage

POST = "Our tonic cures every cold within a day.\nCome and taste it on Saturday."
CLAIM = issue(
    "cures every cold within a day",
    "authenticity/claim-evidence",
    severity="should-fix",
    why="Readers may rely on a cure that nobody has shown.",
    replacement="warms you up",
)
BONE = "Our tonic mends a broken bone within a day.\nCome and taste it on Saturday."
UNSEEN = CLAIM | {"quote": "mends a broken bone within a day"}
"""A claim that no fixed check finds, so that all depends on the model."""


@pytest.fixture
async def model() -> AsyncGenerator[ScriptedModel]:
    async with ScriptedModel() as model:
        yield model


def settings(model: ScriptedModel, api: str = "chat", **more: str) -> dict[str, str]:
    return {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "sk-made-up", "OPENAI_API": api, **more}


@pytest.mark.parametrize("api", ["responses", "chat"])
async def test_the_models_findings_stand_in_the_reply_which_names_the_model(
    stage: Stage, model: ScriptedModel, api: str
) -> None:
    model.will(critique(CLAIM))
    await stage.start(**settings(model, api))
    ts = stage.workspace.post("#drafts", POST)
    reply = await stage.reply(ts, "1 change")
    written = json.dumps(reply["blocks"], ensure_ascii=False)
    assert "cures every cold within a day" in written
    assert "warms you up" in written
    assert "AI reply from Candor" in written
    assert "gpt-6-luna" in written
    await stage.until(lambda: not stage.workspace.message("#drafts", ts).get("reactions"), "the eyes to be gone")
    assert [call["args"]["name"] for call in stage.workspace.traffic.calls("reactions.add")] == ["eyes"]


async def test_nothing_to_flag_is_one_line_and_asked_only_once_for_equal_words(
    stage: Stage, model: ScriptedModel
) -> None:
    await stage.start(**settings(model))
    for _ in range(2):
        await stage.reply(stage.workspace.post("#drafts", POST.replace("cures every cold", "warms")), "Nothing to flag")
    assert len(model.requests) == 1


async def test_quotes_that_are_not_in_the_draft_are_never_shown(stage: Stage, model: ScriptedModel) -> None:
    model.will(critique(issue("a line that nobody wrote anywhere", "authenticity/claim-evidence"), CLAIM))
    await stage.start(**settings(model))
    reply = await stage.reply(stage.workspace.post("#drafts", POST), "1 change")
    assert "nobody wrote" not in json.dumps(reply["blocks"])


async def test_a_must_fix_needs_a_second_opinion(stage: Stage, model: ScriptedModel) -> None:
    severe = UNSEEN | {"severity": "must-fix"}
    model.will(critique(severe), opinions("drop"))
    await stage.start(**settings(model))
    await stage.reply(stage.workspace.post("#drafts", BONE), "Nothing certain to flag. 1 doubt not shown.")
    assert [asked.is_second_opinion for asked in model.requests] == [False, True]


async def test_a_slow_model_lets_the_rules_speak_and_then_edits_the_same_reply(
    stage: Stage, model: ScriptedModel
) -> None:
    model.delay = 1.5
    model.will(critique(CLAIM))
    await stage.start(**settings(model, MODEL_PATIENCE="0.3"))
    ts = stage.workspace.post("#drafts", POST)
    first = await stage.reply(ts)
    assert "Its review will replace this reply" in json.dumps(first["blocks"])
    second = await stage.reply(ts, "Readers may rely")
    assert second["ts"] == first["ts"]
    assert len(model.requests) == 1


@pytest.mark.parametrize("api", ["responses", "chat"])
@pytest.mark.parametrize(
    "fault",
    [too_many({"retry-after-ms": "20"}), DROP, CUT, "this is no JSON", {"issues": "wrong"}],
    ids=["429", "dropped", "cut", "no JSON", "wrong schema"],
)
async def test_a_passing_fault_costs_nothing_but_a_moment(
    stage: Stage, model: ScriptedModel, api: str, fault: object
) -> None:
    model.will(fault, critique(CLAIM))  # type: ignore[arg-type]
    await stage.start(**settings(model, api))
    await stage.reply(stage.workspace.post("#drafts", POST), "1 change")
    assert len(model.requests) == 2


@pytest.mark.parametrize("api", ["responses", "chat"])
async def test_a_refusal_says_so_and_never_looks_like_nothing_to_flag(
    stage: Stage, model: ScriptedModel, api: str
) -> None:
    model.will(REFUSAL)
    await stage.start(**settings(model, api))
    reply = await stage.reply(stage.workspace.post("#drafts", POST.replace("cures every cold", "warms")))
    assert "Nothing to flag" not in reply["text"]
    assert "declined to read this draft" in json.dumps(reply["blocks"])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (too_many(code="insufficient_quota"), "the account for the language model has no credit left"),
        (DROP, "the language model hasn't answered"),
    ],
    ids=["quota", "unreachable"],
)
async def test_an_unreachable_model_is_asked_again_later_and_the_reply_says_so(
    stage: Stage, model: ScriptedModel, fault: object, said: str
) -> None:
    model.otherwise = fault  # type: ignore[assignment]
    await stage.start(**settings(model, MODEL_DEADLINE="3"))
    reply = await stage.reply(stage.workspace.post("#drafts", POST))
    assert said in json.dumps(reply["blocks"])


async def test_an_edit_while_the_model_is_at_work_ends_with_the_new_words_only(
    stage: Stage, model: ScriptedModel
) -> None:
    model.delay = 1.0
    await stage.start(**settings(model))
    ts = stage.workspace.post("#drafts", POST)
    while not model.requests:
        await asyncio.sleep(0.01)
    stage.workspace.edit("#drafts", ts, CLEAN)
    await stage.reply(ts, "Nothing to flag")
    assert len(stage.replies(ts)) == 1
    assert model.requests[-1].draft == CLEAN


async def test_personal_data_never_reaches_the_model(stage: Stage, model: ScriptedModel) -> None:
    await stage.start(**settings(model))
    secret = "Write to ana.perez@example.org or +44 20 7946 0018.\nWe answer on Monday."
    await stage.reply(stage.workspace.post("#drafts", secret))
    assert model.requests
    assert all(word not in json.dumps(model.requests[0].body) for word in ("ana.perez", "7946"))


async def test_a_must_fix_that_comes_late_is_announced_in_one_line_that_goes_with_the_draft(
    stage: Stage, model: ScriptedModel
) -> None:
    model.delay = 0.8
    model.will(critique(UNSEEN | {"severity": "must-fix"}), opinions("keep"))
    await stage.start(**settings(model, MODEL_PATIENCE="0.3"))
    ts = stage.workspace.post("#drafts", BONE)
    line = "The full review is ready, above. It found 1 more point that must be fixed."
    await stage.until(lambda: [m["text"] for m in stage.replies(ts)][1:] == [line], "the announcement")
    stage.workspace.delete("#drafts", ts)
    await stage.until(lambda: not stage.replies(ts), "everything to be gone")
