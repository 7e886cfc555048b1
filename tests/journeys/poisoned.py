"""`candor serve` that dies, as a native library would, when the fixed checks read a certain word."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bot.rules.engine import RuleEngine
from bot.terminal.commands import run
from tests.journeys.hurried import hurry

if TYPE_CHECKING:
    from bot.core.drafts import Draft
    from bot.core.findings import Finding

POISON = "poison-marker"
DEATH = 9
"""The status that it ends with."""
_FINDINGS = RuleEngine.findings


def _deadly(self: RuleEngine, draft: Draft) -> tuple[Finding, ...]:
    if POISON in draft.text:
        os._exit(DEATH)
    return _FINDINGS(self, draft)


if __name__ == "__main__":
    RuleEngine.findings = _deadly
    hurry()
    sys.exit(run(["serve"]))
