"""What the app's manifest allows, and the runs of its workflow steps."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.workspace.changes import Change
from bot.workspace.shapes import ApiRefusal, an_object, new_id, objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.changes import Changes
    from bot.workspace.shapes import Json
    from bot.workspace.state import Team


# What the app's manifest allows and asks for.

_MESSAGES = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


@dataclass(frozen=True)
class Manifest:
    """An app's manifest. Without one, everything is allowed and every event is delivered."""

    content: Json = field(default_factory=dict[str, object])

    @property
    def scopes(self) -> frozenset[str] | None:
        """The bot's scopes; None where they are not checked."""
        if not self.content:
            return None
        scopes = an_object(an_object(self.content.get("oauth_config")).get("scopes"))
        return frozenset(scopes.get("bot") or [])

    @property
    def redirect_urls(self) -> list[str]:
        """Where a person who installs the app may be sent back to."""
        urls: list[str] = an_object(self.content.get("oauth_config")).get("redirect_urls") or []
        return urls

    def wants(self, event: Json) -> bool:
        """Whether the app subscribed to the event."""
        if not self.content:
            return True
        subscriptions = an_object(an_object(self.content.get("settings")).get("event_subscriptions"))
        name = event["type"]
        if name == "message":
            name = _MESSAGES.get(event.get("channel_type", ""), name)
        return name in (subscriptions.get("bot_events") or [])

    @property
    def commands(self) -> list[Json]:
        """The slash commands: command, description, usage_hint."""
        return objects(an_object(self.content.get("features")).get("slash_commands"))

    @property
    def shortcuts(self) -> list[Json]:
        """The shortcuts: name, type (message or global), callback_id, description."""
        return objects(an_object(self.content.get("features")).get("shortcuts"))


# Workflows, as far as an app takes part: runs of its steps, and how they ended.

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
        run = Run(
            new_id("Fx"),
            new_id("Wx"),
            team.id,
            callback_id=callback_id,
            inputs=inputs,
            token=f"xwfp-{secrets.token_hex(20)}",
        )
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
