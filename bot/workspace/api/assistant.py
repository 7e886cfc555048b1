"""``assistant.threads.*``: what a bot shows beside a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.changes import Change
from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from bot.workspace.api.call import Call
    from bot.workspace.shapes import Json

_MOST_PROMPTS = 4


def set_status(call: Call) -> Json:
    """``assistant.threads.setStatus``: an empty status clears it."""
    place = _place(call)
    call.hub.statuses.pop(place, None)
    if call.text("status"):
        call.hub.statuses[place] = call.text("status")
    _tell(call, place)
    return {}


def set_title(call: Call) -> Json:
    """``assistant.threads.setTitle``."""
    place = _place(call)
    call.hub.titles[place] = call.needed("title")
    _tell(call, place)
    return {}


def set_prompts(call: Call) -> Json:
    """``assistant.threads.setSuggestedPrompts``."""
    place = _place(call)
    prompts = [{"title": str(p.get("title")), "message": str(p.get("message"))} for p in call.listed("prompts")]
    if not prompts or len(prompts) > _MOST_PROMPTS:
        code = "invalid_arguments"
        raise ApiRefusal(code)
    call.hub.prompts[place] = prompts
    _tell(call, place)
    return {}


def _place(call: Call) -> tuple[str, str]:
    return call.channel("channel_id", member=True).id, call.text("thread_ts")


def _tell(call: Call, place: tuple[str, str]) -> None:
    call.hub.changes.emit(Change("status", call.team.id, place[0], detail={"thread_ts": place[1]}))
