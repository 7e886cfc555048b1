"""The journeys' stage, and all that goes over its wires."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.contracts.checking import check_blocks, check_event, check_view
from tests.journeys.conftest import database, played, stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.server import Workspace

__all__ = ["Wires", "database", "played", "stage"]
Json = dict[str, Any]


class Wires:
    """Every call and every delivery from now on."""

    def __init__(self, workspace: Workspace) -> None:
        self._entries: list[Json] = []
        workspace.traffic.listeners.append(self._entries.append)

    @property
    def deliveries(self) -> list[Json]:
        """The payloads that the bot was sent."""
        return [entry["payload"] for entry in self._entries if entry["kind"] == "envelope"]

    @property
    def blocks(self) -> list[tuple[str, list[Json]]]:
        """The blocks that the bot sent in messages, each with the method."""
        return [(method, value) for method, key, value in self._sent() if key == "blocks"]

    @property
    def views(self) -> list[tuple[str, Json]]:
        """The windows and Home tabs that the bot sent, each with the method."""
        return [(method, value) for method, key, value in self._sent() if key == "view"]

    def faults(self) -> list[str]:
        """What is wrong with anything of it, each fault once."""
        found = [f"{method}{fault}" for method, blocks in self.blocks for fault in check_blocks(blocks)]
        found += [f"{method}{fault}" for method, view in self.views for fault in check_view(view)]
        found += [f"{_kind(payload)}{fault}" for payload in self.deliveries for fault in check_event(payload)]
        return sorted(set(found))

    def _sent(self) -> Iterator[tuple[str, str, Any]]:
        for entry in self._entries:
            if entry["kind"] == "call":
                for key in ("blocks", "view"):
                    if value := entry["args"].get(key):
                        yield entry["method"], key, json.loads(value) if isinstance(value, str) else value


def _kind(payload: Json) -> str:
    event = payload.get("event", payload)
    return ".".join(filter(None, (str(event.get("type", "command")), event.get("subtype"))))


@pytest.fixture
def wires(request: pytest.FixtureRequest) -> Wires:
    """The wires of the stage's workspace, or of the workspace that stands alone."""
    alone = "workspace" in request.fixturenames
    workspace: Workspace = request.getfixturevalue("workspace") if alone else request.getfixturevalue("stage").workspace
    return Wires(workspace)
