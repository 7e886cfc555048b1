"""What brand leads read in a direct message, in Slack's markup."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.message import Place
from bot.core.presence import LONGEST, Trouble
from bot.core.words import audience
from bot.core.words.counting import count
from bot.core.words.people import channel as named

if TYPE_CHECKING:
    from bot.core.audience import Seen
    from bot.core.presence import Gap, Undelivered, Unread

_SIGNED = "Automated message from Candor to this workspace's brand leads."


def gap(told: Gap, channels: list[str], seen: Seen) -> str:
    """Candor was away for longer than it can read back."""
    hours = count(round((told.ended - told.began) / 3600), "hour")
    places = audience.channels(channels, seen) or "the channels that are switched on"
    return (
        f"I was offline for {hours}, from {_moment(told.began)} to {_moment(told.ended)}.\n"
        f"I'm catching up on the last 24 hours in {places}. Posts between {_moment(told.began)} and "
        f"{_moment(told.ended - LONGEST)} were not reviewed. If one still matters, open its menu and choose "
        "*Review this draft*.\n"
        "Drafts sent to me directly in that time may not have arrived; please ask people to send them again.\n"
        f"{_SIGNED}"
    )


def undelivered(told: Undelivered, seen: Seen) -> str:
    """Slack could not get through to Candor, which nobody but a look at the channel shows."""
    drafts = count(told.count, "draft")
    places = audience.channels(list(told.channels), seen) or "the channels that are switched on"
    return (
        f"Slack couldn't reach me for a while. I found {drafts} I hadn't heard about in {places}; I'm "
        "catching up now. Drafts sent to me directly in that time may not have arrived; please ask people to send them "
        "again. "
        "If this keeps happening, ask the person who runs me to check that Slack can reach my address.\n"
        f"{_SIGNED}"
    )


def unread(told: Unread, seen: Seen) -> str:
    """A channel that people think is watched, and is not."""
    return f"{_unread(told, seen)}\n{_SIGNED}"


def put_aside(draft_id: str, seen: Seen) -> str:
    """A draft whose review ended Candor's process again and again."""
    place = Place.of(draft_id)
    return (
        f"I've put aside a draft in {audience.place(place.channel, seen)}: I crashed every time I started to review "
        "it. All the other drafts have been reviewed. Please ask somebody to read that one; the person who runs me can "
        f"look into it with `candor jobs`.\n{_SIGNED}"
    )


def _unread(told: Unread, seen: Seen) -> str:
    if told.channel and told.trouble is Trouble.ABSENT and told.channel not in seen:
        return (
            "Drafts in one of the draft channels aren't being reviewed: I'm not in that channel, or it's archived. "
            "Only the people in it can see its name; they can type `/invite @Candor` there."
        )
    if told.channel and told.trouble is Trouble.ABSENT:
        place = named(told.channel)
        return (
            f"Drafts in {place} aren't being reviewed: I'm not in that channel, or it's archived. Type "
            f"`/invite @Candor` in {place}, or take it off the list of draft channels: `/candor settings`."
        )
    what = f"messages in {audience.place(told.channel, seen)}" if told.channel else "the list of my channels"
    return (
        f"Some drafts may go unreviewed: Slack won't let me read {what}, because the app is missing a permission. "
        "To fix that, ask an admin to install the app again with the manifest that `candor manifest` prints."
    )


def _moment(seconds: float) -> str:
    """In the reader's own time zone; the words after the bar show where Slack cannot tell that."""
    fallback = datetime.fromtimestamp(seconds, UTC).strftime("%-d %B %Y, %H:%M UTC")
    return f"<!date^{seconds:.0f}^{{date_short}} {{time}}|{fallback}>"
