"""What a workspace chose for each guideline: as its file has it, a severity of its own, or off."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.policy import Policy


class Choice(StrEnum):
    """The possible choices; three of them are severities."""

    AS_SHIPPED = "as-shipped"
    MUST_FIX = Severity.MUST_FIX
    SHOULD_FIX = Severity.SHOULD_FIX
    CONSIDER = Severity.CONSIDER
    OFF = "off"


def choice_of(policy: Policy, guideline: str) -> Choice:
    """What is chosen for a guideline."""
    if guideline in policy.off:
        return Choice.OFF
    own = dict(policy.severities).get(guideline)
    return Choice(own) if own else Choice.AS_SHIPPED


def fields_of(policy: Policy, choices: Mapping[str, Choice]) -> dict[str, str]:
    """The settings' fields, as text, in which these choices replace those of the policy."""
    off = (policy.off - choices.keys()) | {name for name, choice in choices.items() if choice is Choice.OFF}
    severities = {name: str(severity) for name, severity in policy.severities if name not in choices}
    severities |= {name: choice for name, choice in choices.items() if choice in set(Severity)}
    pairs = (f"{name} = {severity}" for name, severity in sorted(severities.items()))
    return {"guidelines_off": ", ".join(sorted(off)), "severities": ", ".join(pairs)}
