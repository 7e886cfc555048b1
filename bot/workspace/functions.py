"""Workflows, as far as an app takes part: runs of its steps, and how they ended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.workspace.changes import Change
from bot.workspace.errors import ApiRefusal
from bot.workspace.shapes import an_object, new_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.changes import Changes
    from bot.workspace.manifest import Manifest
    from bot.workspace.shapes import Json
    from bot.workspace.team import Team

_RUNNING, _COMPLETED, _FAILED = "running", "completed", "failed"


@dataclass
class Run:
    """One run of a step. ``token`` lets the app end it, and is worth nothing afterwards."""

    id: str
    workflow: str
    team: str
    callback_id: str
    inputs: Json
    token: str
    state: str = _RUNNING
    outputs: Json = field(default_factory=dict[str, object])
    error: str = ""


class Functions:
    """The steps that the app's manifest offers, and all their runs."""

    def __init__(self, manifest: Manifest, changes: Changes) -> None:
        self._manifest = manifest
        self._changes = changes
        self._runs: dict[str, Run] = {}

    @property
    def offered(self) -> dict[str, Json]:
        """The steps by callback id: title, description, input_parameters, output_parameters."""
        return {name: an_object(step) for name, step in an_object(self._manifest.content.get("functions")).items()}

    def runs(self, team: str) -> list[Run]:
        """A team's runs, the latest first."""
        return [run for run in reversed(self._runs.values()) if run.team == team]

    def start(self, team: Team, callback_id: str, inputs: Json) -> Run:
        """Begin a run. Raises `Refused` for a step that is not offered, or without an input it needs."""
        step = self.offered.get(callback_id)
        if step is None:
            code = "no_such_function"
            raise ApiRefusal(code)
        for name, parameter in self._parameters(step, "input_parameters"):
            if parameter.get("is_required") and not inputs.get(name):
                code = "missing_input"
                raise ApiRefusal(code, input=name)
        run = Run(new_id("Fx"), new_id("Wx"), team.id, callback_id, inputs, f"xwfp-{secrets.token_hex(20)}")
        self._runs[run.id] = run
        self._tell(run)
        return run

    def by_token(self, token: str) -> Run | None:
        """The run that goes on and to which the token belongs."""
        return next((run for run in self._runs.values() if run.token == token and run.state == _RUNNING), None)

    def complete(self, team: str, run_id: str, outputs: Json) -> None:
        """End a run well. Raises `Refused` as Slack does."""
        run = self._running(team, run_id)
        parameters = dict(self._parameters(self.offered[run.callback_id], "output_parameters"))
        needed = {name for name, parameter in parameters.items() if parameter.get("is_required")}
        if not needed <= outputs.keys() <= parameters.keys():
            code = "parameter_validation_failed"
            raise ApiRefusal(code)
        run.state, run.outputs = _COMPLETED, outputs
        self._tell(run)

    def fail(self, team: str, run_id: str, error: str) -> None:
        """End a run badly. Raises `Refused` as Slack does."""
        run = self._running(team, run_id)
        run.state, run.error = _FAILED, error
        self._tell(run)

    def event(self, team: Team, run: Run, ts: str) -> Json:
        """What Slack tells the app about it."""
        step = self.offered[run.callback_id]
        about: Json = {"id": f"Fn{run.callback_id.upper().replace('_', '')}", "callback_id": run.callback_id}
        about |= {"title": step.get("title"), "description": step.get("description", ""), "type": "app"}
        about |= {"app_id": team.bot.app_id, "date_created": 0, "date_updated": 0, "date_deleted": 0}
        for kind in ("input_parameters", "output_parameters"):
            about[kind] = [{"name": name, **parameter} for name, parameter in self._parameters(step, kind)]
        told: Json = {"type": "function_executed", "function": about, "inputs": run.inputs, "event_ts": ts}
        told |= {"function_execution_id": run.id, "workflow_execution_id": run.workflow}
        return told | {"bot_access_token": run.token}

    def _running(self, team: str, run_id: str) -> Run:
        run = self._runs.get(run_id)
        if run is None or run.team != team:
            code = "function_execution_not_found"
            raise ApiRefusal(code)
        if run.state != _RUNNING:
            code = "execution_not_in_running_state"
            raise ApiRefusal(code)
        return run

    def _parameters(self, step: Json, kind: str) -> Iterator[tuple[str, Json]]:
        for name, parameter in an_object(step.get(kind)).items():
            yield name, an_object(parameter)

    def _tell(self, run: Run) -> None:
        self._changes.emit(Change("function", run.team, detail={"run": run.id, "state": run.state}))
