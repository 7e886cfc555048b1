"""Cases and limits that the tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.core.drafts import Draft
from bot.core.judging import Case
from bot.model.language_model import ModelLimits

if TYPE_CHECKING:
    from bot.core.findings import Finding

QUICK = ModelLimits(call=30, connect=10, total=60, attempts=3, pause=0.001, longest_wait=0.5)
PRESSURE = "user-control/no-false-pressure"
TIE = "transparency/commercial-disclosure"
CLAIM = "authenticity/claim-evidence"
POST = "Our new lamp is here. Everybody in town wants one, so hurry over before your neighbour does. It is bright."


def case(text: str = POST, *, found: tuple[Finding, ...] = (), **other: Any) -> Case:
    """A case about a text; ``other`` are fields of the draft (platform, context ...) or of the case."""
    about: dict[str, Any] = {"team": "T1", "author_id": "U1"}
    about |= {
        name: other.pop(name)
        for name in ("answers", "may_be_talk", "team", "author_id", "said_before")
        if name in other
    }
    return Case(**about, draft=Draft(text, **other), found=found)
