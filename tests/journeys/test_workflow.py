"""The step *Critique a draft* in a workflow: answered once, and nothing of the text is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import BAD, CLEAN, Stage
from tests.journeys.test_on_request import MARK
from tests.model.server import ScriptedModel, critique, issue

if TYPE_CHECKING:
    from bot.workspace.functions import Run

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)


async def ended(stage: Stage, run: Run) -> Run:
    await stage.until(lambda: run.state != "running", "the step to end")
    return run


@pytest.mark.both_databases
async def test_a_draft_is_critiqued_and_nothing_of_it_is_kept(played: Stage) -> None:
    run = played.workspace.run_step("critique_draft", {"text": f"{BAD} {MARK}", "platform": "IG"})
    outputs = (await ended(played, run)).outputs
    assert outputs["findings_count"] >= 1
    assert "LAST CHANCE!!!" in outputs["summary"]
    assert "for Instagram" in outputs["summary"]
    assert "Not reviewed: no language model is connected" in outputs["summary"]
    await played.until_kept(MARK, kept=False)
    await played.until_kept(run.token, kept=False)
    assert [message for channel in played.workspace.team.channels.values() for message in channel.messages] == []


async def test_nothing_to_flag_is_a_number_of_its_own(played: Stage) -> None:
    run = await ended(played, played.workspace.run_step("critique_draft", {"text": CLEAN}))
    assert (run.outputs["findings_count"], run.outputs["reviewed_by_model"]) == (0, False)
    assert "found nothing" in run.outputs["summary"]


async def test_an_app_that_was_installed_before_there_was_an_output_goes_on_without_it(played: Stage) -> None:
    step = played.workspace.hub.functions.offered["critique_draft"]
    older = step["output_parameters"].pop("reviewed_by_model")
    try:
        run = await ended(played, played.workspace.run_step("critique_draft", {"text": CLEAN}))
    finally:
        step["output_parameters"]["reviewed_by_model"] = older
    assert set(run.outputs) == {"findings_count", "summary"}


async def test_a_step_without_words_fails_with_a_sentence(played: Stage) -> None:
    run = await ended(played, played.workspace.run_step("critique_draft", {"text": "🎉 🎉"}))
    assert (run.state, run.error) == ("failed", "There's no text in the draft to review.")


async def test_a_step_that_comes_again_is_answered_once(played: Stage) -> None:
    workspace = played.workspace
    run = await ended(played, workspace.run_step("critique_draft", {"text": BAD}))
    event = workspace.hub.functions.event(
        workspace.team, run, workspace.traffic.events("function_executed")[0]["event_ts"]
    )
    workspace.announcer.send(workspace.team, event)
    await played.quiet()
    assert len(workspace.traffic.calls("functions.completeSuccess")) == 1


async def test_a_step_that_came_before_a_crash_is_answered_after_it(stage: Stage) -> None:
    async with ScriptedModel() as model:
        model.otherwise = critique(issue("nine clicks", "authenticity/claim-evidence", replacement="many clicks"))
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up", OPENAI_API="chat")
        stage.workspace.faults.on("functions.completeSuccess", status=500, times=1)
        run = stage.workspace.run_step("critique_draft", {"text": CLEAN})
        await stage.until(lambda: stage.workspace.traffic.calls("functions.completeSuccess"), "a first attempt")
        await stage.stop()
        assert run.state == "running"
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up", OPENAI_API="chat")
        outputs = (await ended(stage, run)).outputs
        assert "nine clicks" in outputs["summary"]
        assert outputs["reviewed_by_model"] is True
        assert len(model.requests) == 1
        await stage.stop()


async def test_the_token_of_a_step_stands_nowhere_while_it_runs(stage: Stage) -> None:
    async with ScriptedModel() as model:
        model.otherwise = critique()
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up", OPENAI_API="chat")
        stage.workspace.faults.on("functions.completeSuccess", status=500, times=1)
        run = stage.workspace.run_step("critique_draft", {"text": CLEAN})
        await stage.until(lambda: stage.workspace.traffic.calls("functions.completeSuccess"), "a first attempt")
        assert stage.places_with(CLEAN[:20])
        assert stage.places_with(run.token) == set()
        await ended(stage, run)
        await stage.stop()


async def test_without_its_own_token_the_step_ends_with_candors(played: Stage) -> None:
    workspace = played.workspace
    workspace.faults.on("functions.completeSuccess", error="token_expired")
    run = await ended(played, workspace.run_step("critique_draft", {"text": BAD}))
    assert run.state == "completed"
    assert len(workspace.traffic.calls("functions.completeSuccess")) == 2
