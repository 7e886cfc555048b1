"""What brand leads read about a guideline that may be in the way, in Slack's markup."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.digest import Health

ACCEPT = "Make it “consider”"
LEAVE = "Leave it as it is"
EXAMPLES = "Show examples"
EXAMPLES_TITLE = "Examples"
LOOKING = "Looking for them …"
NO_EXAMPLES = "There are none any more: those drafts were deleted."
OPEN = "The drafts in which people dismissed it. Slack opens those that you may see:"
LEFT = "It stays as it is. I do not ask again about this channel in the next 90 days."
ONLY_LEADS = "Only brand leads can decide this."


def offer(title: str, health: Health, channel: str) -> str:
    """The proposal."""
    return (
        f"In <#{channel}>, people dismissed *{title}* {health.dismissed} times of {health.findings} in the last 90 "
        "days. It may be in the way there. I can treat it as “consider” from now on: its points come last, in the "
        "whole workspace. Nothing changes unless a brand lead chooses so, and the settings can take it back.\n"
        "Automated message by Candor to the brand leads of this workspace. Counted by code; people are not counted."
    )


def accepted(title: str, user: str) -> str:
    """In place of the proposal."""
    return f"*{title}* counts as “consider” in this workspace from now on, as <@{user}> chose. The settings show it."


def examples(drafts: Sequence[tuple[float, str]]) -> str:
    """Links to drafts: (moment of the draft, address)."""
    return "\n".join(f"• <{link}|Draft of {_day(moment)}>" for moment, link in drafts)


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%-d %B %Y")
