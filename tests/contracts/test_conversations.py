"""A conversation: all that the bot sends and that the workspace delivers, streamed, edited, failed and stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.test_conversation import answered, kind, model, settings
from tests.model.server import Fault
from tests.model.sse import Stream

if TYPE_CHECKING:
    from tests.contracts.conftest import Wires
    from tests.journeys.conftest import Stage
    from tests.model.server import ScriptedModel

__all__ = ["model"]


async def test_answers_of_all_kinds(wires: Wires, stage: Stage, model: ScriptedModel) -> None:
    workspace = stage.workspace
    stream = Stream("Hello. One two three four five.", hold=3)
    model.will(Fault("status", 401), Stream("A *short* answer.", pause=0.4), stream)
    await stage.start(**settings(model))
    ts = workspace.post("@dana", "What can you do?")
    await answered(stage, ts, "I can't answer: the language model's server refused the key")
    (failed,) = [m for m in workspace.channel("@dana").thread(ts) if m.get("bot_id")]
    await workspace.click("@dana", failed["ts"], "candor_ask_again")
    await answered(stage, ts, "A *short* answer.")
    workspace.post("@dana", "and more?", thread_ts=ts)
    await stage.until(lambda: [m for m in workspace.channel("@dana").thread(ts) if kind(m) == "stop"], "the button")
    (button,) = [m["ts"] for m in workspace.channel("@dana").thread(ts) if kind(m) == "stop"]
    await workspace.click("@dana", button, "candor_stop")
    await answered(stage, ts, "Stopped.")
    workspace.open_home(tab="messages")
    await workspace.delivered()
    assert {"chat.postMessage", "chat.update", "chat.stopStream"} <= {method for method, _ in wires.blocks}
    assert wires.faults() == []
