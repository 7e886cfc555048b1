"""How a language model is asked to read an audit's posts: at once, or overnight at half the price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words.brand import audit as words
from bot.slack.blocks import actions, button, plain

if TYPE_CHECKING:
    from bot.core.brand.audit import AuditShown
    from bot.slack.wire.payloads import Json

AUDIT_MODEL, AUDIT_OVERNIGHT = "candor_audit_model", "candor_audit_overnight"
_LONGEST = 300
"""Of the text that a person confirms."""


def start_buttons(audit_id: str, shown: AuditShown) -> Json:
    """Each asks once more, with what it takes."""
    both = [_sure(AUDIT_MODEL, words.WITH_MODEL, audit_id, title=words.ASK_TITLE, takes=shown.estimate)]
    if takes := shown.overnight:
        both.append(_sure(AUDIT_OVERNIGHT, words.OVERNIGHT, audit_id, title=words.OVERNIGHT_TITLE, takes=takes))
    return actions(*both)


def _sure(action: str, label: str, audit_id: str, *, title: str, takes: str) -> Json:
    said = {"title": title, "text": takes, "confirm": words.ASK_START, "deny": words.ASK_CANCEL}
    return button(action, label, audit_id) | {"confirm": {name: plain(one[:_LONGEST]) for name, one in said.items()}}
