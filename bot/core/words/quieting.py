"""What brand leads read about a guideline that may be in the way, in Slack's markup."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.words import audience

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.audience import Seen
    from bot.core.digest import Health

ACCEPT = "Make it “consider”"
LEAVE = "Leave it as it is"
EXAMPLES = "Show examples"
EXAMPLES_TITLE = "Examples"
LOOKING = "Looking …"
NO_EXAMPLES = "There are none left: those drafts have been deleted."
OPEN = "Drafts in which people dismissed it. Slack opens the ones you're allowed to see:"
LEFT = "It stays as it is. I won't ask again about this channel for 90 days."
ONLY_LEADS = "Only brand leads can decide this."


def offer(title: str, health: Health, channel: str, seen: Seen) -> str:
    """The proposal."""
    return (
        f"In {audience.place(channel, seen)}, people dismissed *{title}* {health.dismissed} times out of "
        f"{health.findings} in the last 90 days. It may not be helping there. From now on I can treat it as “consider” "
        "across the whole workspace, so its points come last. Nothing changes unless a brand lead says so, and you "
        "can undo it in the settings.\n"
        "Automated message from Candor to this workspace's brand leads. It counts points, never people."
    )


def accepted(title: str, user: str) -> str:
    """In place of the proposal."""
    return f"*{title}* now counts as “consider” in this workspace, as <@{user}> chose. It's in the settings."


def examples(drafts: Sequence[tuple[float, str]]) -> str:
    """Links to drafts: (moment of the draft, address)."""
    return "\n".join(f"• <{link}|Draft of {_day(moment)}>" for moment, link in drafts)


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%-d %B %Y")
