"""What stands around every review: the menu beside its headline, and the thumbs below it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.click import Target
from bot.core.feedback import Thumb
from bot.core.sign_off import Act
from bot.core.words import feedback as thumbs
from bot.core.words import mute as mutes
from bot.core.words import sign_off as words
from bot.slack.elements import actions, button, context, plain, section
from bot.slack.points import MORE

if TYPE_CHECKING:
    from bot.core.click import Click
    from bot.core.mute import Mute
    from bot.core.record import DraftRecord
    from bot.slack.json import Json

MENU, ASK, UNMUTE = "candor_menu", "candor_ask_sign_off", "candor_unmute"
THUMBS, UP, DOWN = "candor_thumbs", "candor_thumb_up", "candor_thumb_down"
MUTE_WINDOW = "candor_mute"
MUTE = "mute"
"""What the menu sends beside the names of `Act`."""


def with_tools(
    blocks: list[Json], record: DraftRecord, sign_off: Act | None = None, *, simple: bool = False
) -> list[Json]:
    """The blocks of a reply, of which the first is its headline. ``simple`` is for workspaces without newer blocks.

    ``sign_off`` is what was last done about it: whoever reads the top of the thread sees that it goes on below.
    """
    headline, *rest = blocks
    beside = headline.get("accessory")
    # Where something else stood beside the headline, there is nothing left to handle: the sign-off is what comes next.
    row = [actions(button(ASK, words.ASK, Target(record.id).value), beside)] if beside else []
    told = [context(words.ASKED_HERE if sign_off is Act.ASKED else words.STANDS_HERE)] if sign_off else []
    return [headline | {"accessory": _menu(record)}, *told, *row, *rest, _thumbs(record, simple=simple)]


def muted_blocks(mute: Mute, record: DraftRecord) -> list[Json]:
    """What is left of the reply in a muted thread."""
    unmute = button(UNMUTE, mutes.UNMUTE, Target(record.id).value)
    blocks = [section(mutes.muted(mute), accessory=unmute)]
    if mute.left:
        shown = button(MORE, mutes.SHOW, Target(record.id).value)
        blocks.append(section(mutes.still_open(mute.left), accessory=shown))
    return [*blocks, context(mutes.FOOTER)]


def mute_window(click: Click, must: int) -> Json:
    """Asks before points that must be fixed are hidden from everybody."""
    window: Json = {"type": "modal", "callback_id": MUTE_WINDOW, "title": plain(mutes.MUTE)}
    window |= {"submit": plain(mutes.SEND), "close": plain(mutes.CLOSE), "blocks": [section(mutes.hides(must))]}
    return window | {"private_metadata": f"{click.target.value}\n{click.at}\n"}


def _menu(record: DraftRecord) -> Json:
    offered = [*words.IN_MENU.items(), (MUTE, mutes.MUTE)]
    options = [{"text": plain(label), "value": Target(record.id, what).value} for what, label in offered]
    return {"type": "overflow", "action_id": MENU, "options": options}


def _thumbs(record: DraftRecord, *, simple: bool) -> Json:
    up, down = (Target(record.id, f"{thumb}.{record.revision}").value for thumb in (Thumb.UP, Thumb.DOWN))
    if simple:
        return actions(button(UP, thumbs.PLAIN_UP, up), button(DOWN, thumbs.PLAIN_DOWN, down))
    both: Json = {"type": "feedback_buttons", "action_id": THUMBS}
    both["positive_button"] = {"text": plain(thumbs.UP), "value": up, "accessibility_label": thumbs.UP}
    both["negative_button"] = {"text": plain(thumbs.DOWN), "value": down, "accessibility_label": thumbs.DOWN}
    return {"type": "context_actions", "elements": [both]}
