"""``functions.*``: how an app ends its step in a workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.workspace.api.call import Call
    from bot.workspace.shapes import Json


def complete_success(call: Call) -> Json:
    """``functions.completeSuccess``."""
    call.hub.functions.complete(call.team.id, call.needed("function_execution_id"), call.object("outputs"))
    return {}


def complete_error(call: Call) -> Json:
    """``functions.completeError``."""
    call.hub.functions.fail(call.team.id, call.needed("function_execution_id"), call.needed("error"))
    return {}
