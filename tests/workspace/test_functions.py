"""Workflow steps: what the app is told, and how it ends them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.workspace.server import Workspace
from bot.workspace.shapes import ApiRefusal
from bot.workspace.state import another_team
from tests.workspace.test_control import Remote

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.workspace.delivery.envelope import Parcel

STEP = {
    "title": "Count",
    "description": "Counts words",
    "input_parameters": {"text": {"type": "string", "title": "Text", "is_required": True}},
    "output_parameters": {"number": {"type": "integer", "title": "Number", "is_required": True}},
}
MANIFEST: dict[str, Any] = {
    "functions": {"count": STEP},
    "oauth_config": {"scopes": {"bot": ["chat:write"]}},
    "settings": {"event_subscriptions": {"bot_events": ["function_executed"]}},
}


@pytest.fixture
async def workspace() -> AsyncGenerator[Workspace]:
    async with Workspace(manifest=MANIFEST, patience=0.1, retries=()) as running:
        yield running


async def test_a_step_is_told_with_its_inputs_and_a_token_of_its_own(workspace: Workspace) -> None:
    run = workspace.run_step("count", {"text": "one two"})
    event = workspace.courier.sent[-1].payload["event"]
    assert (event["type"], event["function"]["callback_id"]) == ("function_executed", "count")
    assert (event["inputs"], event["bot_access_token"]) == ({"text": "one two"}, run.token)
    parameter = {"name": "text", "type": "string", "title": "Text", "is_required": True}
    assert event["function"]["input_parameters"] == [parameter]
    ended = {"function_execution_id": run.id, "outputs": {"number": 2}}
    workspace.call("functions.completeSuccess", run.token, **ended)
    assert (run.state, run.outputs) == ("completed", {"number": 2})
    with pytest.raises(ApiRefusal, match="invalid_auth"):
        workspace.call("auth.test", run.token)
    with pytest.raises(ApiRefusal, match="execution_not_in_running_state"):
        workspace.call("functions.completeSuccess", workspace.team.bot.token, **ended)


@pytest.mark.parametrize("outputs", [{}, {"number": 1, "more": 2}])
async def test_outputs_are_those_of_the_manifest(workspace: Workspace, outputs: dict[str, int]) -> None:
    run = workspace.run_step("count", {"text": "x"})
    with pytest.raises(ApiRefusal, match="parameter_validation_failed"):
        workspace.call("functions.completeSuccess", run.token, function_execution_id=run.id, outputs=outputs)
    workspace.call("functions.completeError", run.token, function_execution_id=run.id, error="No.")
    assert (run.state, run.error) == ("failed", "No.")


async def test_what_is_not_offered_is_refused(workspace: Workspace) -> None:
    with pytest.raises(ApiRefusal, match="no_such_function"):
        workspace.run_step("sum", {})
    with pytest.raises(ApiRefusal, match="missing_input"):
        workspace.run_step("count", {})
    other = workspace.state.add_team(another_team("T0OTHER", "Other", workspace.team))
    run = workspace.run_step("count", {"text": "x"})
    with pytest.raises(ApiRefusal, match="function_execution_not_found"):
        workspace.call("functions.completeError", other.bot.token, function_execution_id=run.id, error="No.")


async def test_the_control_interface_runs_steps_and_shows_how_they_ended(workspace: Workspace) -> None:
    async with aiohttp.ClientSession() as session:
        control = Remote(workspace.url, session)
        run = (await control.act("function", callback_id="count", inputs={"text": "x"}))["run"]
        (shown,) = (await control.look("functions"))["runs"]
        assert (shown["id"], shown["state"], "token" in shown) == (run, "running", False)
        assert (await control.act("function", callback_id="sum"))["error"] == "no_such_function"


async def test_an_error_at_no_input_of_the_window_is_refused(workspace: Workspace) -> None:
    team, mika = workspace.team, workspace.person("mika")
    label = {"type": "plain_text", "text": "A"}
    field = {
        "type": "input",
        "block_id": "a",
        "label": label,
        "element": {"type": "plain_text_input", "action_id": "v"},
    }
    view = {"type": "modal", "title": label, "submit": label, "callback_id": "c", "blocks": [field]}
    opened = workspace.hub.views.open(team, mika.id, view)

    async def answer(parcel: Parcel) -> dict[str, Any]:
        assert parcel.kind == "interactive"
        return {"response_action": "errors", "errors": {"b": "No."}}

    workspace.courier.ask = answer
    with pytest.raises(ApiRefusal, match="invalid_errors"):
        await workspace.interactions.submit(team, mika, opened["id"], values={})
