"""``views.*``: windows and Home tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.checking import check_view
from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from bot.workspace.api.call import Call
    from bot.workspace.shapes import Json


def open_new(call: Call) -> Json:
    """``views.open``."""
    content = check_view(call.object("view"), "modal")
    user = call.hub.triggers.use(call.text("trigger_id") or call.needed("interactivity_pointer"), call.team.id)
    call.hub.views.close(call.team.id, user)
    return {"view": call.hub.views.open(call.team, user, content)}


def push(call: Call) -> Json:
    """``views.push``."""
    content = check_view(call.object("view"), "modal")
    user = call.hub.triggers.use(call.text("trigger_id") or call.needed("interactivity_pointer"), call.team.id)
    return {"view": call.hub.views.open(call.team, user, content)}


def update(call: Call) -> Json:
    """``views.update``."""
    view_id = call.text("view_id") or call.needed("external_id")
    kind = call.hub.views.find(call.team, view_id)[1]["type"]
    content = check_view(call.object("view"), kind)
    return {"view": call.hub.views.update(call.team, view_id, content, seen=call.text("hash"))}


def publish(call: Call) -> Json:
    """``views.publish``."""
    content = check_view(call.object("view"), "home")
    user = call.needed("user_id")
    if user not in call.team.people:
        code = "user_not_found"
        raise ApiRefusal(code)
    return {"view": call.hub.views.publish(call.team, user, content, seen=call.text("hash"))}
