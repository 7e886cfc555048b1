"""What people read about channels that they are not in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words.counting import count
from bot.core.words.people import channel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.audience import Hidden, Seen

TITLE = "Not from here"
NOT_OURS = "Thanks for looking in! I work for the workspace that invited me, so only its own people can use my buttons."
NOT_INSIDE = "That belongs to a channel you're not in, so I can't show it or change anything there."
NOT_SURE = (
    "Slack can't tell me right now whether you're in that channel, so I've left everything as it is. Please try again "
    "in a minute."
)
_NOT_NOW = "Slack can't tell me right now which channels you're in, so I'm leaving out"


def channels(names: Iterable[str], seen: Seen) -> str:
    """Channels in markup, as far as they may be named to the reader; the others are counted. "" for none."""
    shown, others = seen.parted(names)
    return " and ".join(part for part in (", ".join(map(channel, shown)), _others(others)) if part)


def place(name: str, seen: Seen) -> str:
    """A channel in markup, or that it is one where the reader is not."""
    return channel(name) if name in seen else "a channel you're not in"


def waiting(hidden: Hidden) -> str:
    """Drafts that wait for a sign-off where the reader is not."""
    wait = f"{count(hidden.number, 'draft is', 'drafts are')} waiting in channels you're not in."
    return wait if hidden.sure else _not_now(hidden, "draft")


def own(hidden: Hidden) -> str:
    """Drafts of the reader's own in channels that they left."""
    left = f"{count(hidden.number, 'more draft is', 'more drafts are')} in channels you've left."
    return left if hidden.sure else _not_now(hidden, "draft")


def exceptions(hidden: Hidden) -> str:
    """Exceptions that were made where the reader is not."""
    made = f"{count(hidden.number, 'exception was', 'exceptions were')} made in channels you're not in."
    return made if hidden.sure else _not_now(hidden, "exception")


def _others(hidden: Hidden) -> str:
    if not hidden.number:
        return ""
    number = count(hidden.number, "channel")
    return f"{number} you're not in" if hidden.sure else f"{number} (Slack can't tell me right now which you're in)"


def _not_now(hidden: Hidden, what: str) -> str:
    return f"{_NOT_NOW} {count(hidden.number, what)}. Please look again in a minute."
