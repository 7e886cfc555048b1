"""What brand leads read in a direct message, and what people read about channels that they are not in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.drafts import Place
from bot.core.errors import ARCHIVED, LEFT, Trouble
from bot.core.watching import LONGEST
from bot.core.words.people import channel, count
from bot.core.words.reviewing import TROUBLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.judging import ModelPart
    from bot.core.watching import Gap, Hidden, SeenChannels, Undelivered, Unread


# What people read about channels that they are not in.

TITLE = "Not from here"
NOT_OURS = "Thanks for looking in! I work for the workspace that invited me, so only its own people can use my buttons."
NOT_INSIDE = "That belongs to a channel you're not in, so I can't show it or change anything there."
NOT_SURE = (
    "Slack can't tell me right now whether you're in that channel, so I've left everything as it is. Please try again "
    "in a minute."
)
NOT_THERE = "Choose channels that you and I are both in. To add me to one, type /invite @Candor there."
NOT_A_MEMBER = "Choose people in this workspace."
NOT_OFFERED = "Please choose one of the options shown here."
_NOT_NOW = "Slack can't tell me right now which channels you're in, so I'm leaving out"


def channel_list(names: Iterable[str], seen: SeenChannels) -> str:
    """Channels in markup, as far as they may be named to the reader; the others are counted. "" for none."""
    shown, others = seen.parted(names)
    return " and ".join(part for part in (", ".join(map(channel, shown)), _others(others)) if part)


def channel_name(name: str, seen: SeenChannels) -> str:
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


# What brand leads read in a direct message, in Slack's markup.

_SIGNED = "Automated message from Candor to this workspace's brand leads."


def gap(told: Gap, channels: list[str], seen: SeenChannels) -> str:
    """Candor was away for longer than it can read back."""
    hours = count(round((told.ended - told.began) / 3600), "hour")
    places = channel_list(channels, seen) or "the channels that are switched on"
    return (
        f"I was offline for {hours}, from {_moment(told.began)} to {_moment(told.ended)}.\n"
        f"I'm catching up on the last 24 hours in {places}. Posts between {_moment(told.began)} and "
        f"{_moment(told.ended - LONGEST)} were not reviewed. If one still matters, open its menu and choose "
        "*Review this draft*.\n"
        "Drafts sent to me directly in that time may not have arrived; please ask people to send them again.\n"
        f"{_SIGNED}"
    )


def undelivered(told: Undelivered, seen: SeenChannels) -> str:
    """Slack could not get through to Candor, which nobody but a look at the channel shows."""
    drafts = count(told.count, "draft")
    places = channel_list(list(told.channels), seen) or "the channels that are switched on"
    return (
        f"Slack couldn't reach me for a while. I found {drafts} I hadn't heard about in {places}; I'm "
        "catching up now. Drafts sent to me directly in that time may not have arrived; please ask people to send them "
        "again. "
        "If this keeps happening, ask the person who runs me to check that Slack can reach my address.\n"
        f"{_SIGNED}"
    )


def unread(told: Unread, seen: SeenChannels) -> str:
    """A channel that people think is watched, and is not."""
    return f"{_unread(told, seen)}\n{_SIGNED}"


def model_fails(part: ModelPart, _: SeenChannels) -> str:
    """Something is wrong with the language model that waiting does not cure."""
    return (
        f"I can't review drafts in full right now: {TROUBLE[part]}. Until that's fixed, I only run fixed checks, and "
        "my replies say so. Whoever runs Candor can find out more with `candor doctor`. I'll keep trying each draft "
        f"for a day, so it gets its review if the model works again by then.\n{_SIGNED}"
    )


_BARRED = {
    LEFT: ("I'm not in that channel any more", ""),
    ARCHIVED: ("it's been archived", ""),
    "restricted_action_thread_locked": ("the thread is locked", "ask an admin to unlock it"),
    "restricted_action_non_threadable_channel": (
        "nobody can reply in threads there",
        "ask whoever manages it to allow replies in threads",
    ),
}
"""By Slack's words for it: why nobody is answered, and what cures it."""
_FEW = ("only some people can post in that channel", "ask whoever manages it to let me post there, and in its threads")


def may_not_post(place: str, code: str, seen: SeenChannels) -> str:
    """A channel whose drafts are read and cannot be answered."""
    why, cure = _BARRED.get(code, _FEW)
    return (
        f"I've read a draft in {channel_name(place, seen)}, but Slack doesn't let me answer there: {why}. To fix that, "
        f"{cure}. I'll keep trying each draft for a day. Until it works, people can choose *Review this draft* in a "
        f"message's menu and see the review themselves.\n{_SIGNED}"
    )


def unanswered(place: str, code: str) -> str:
    """The same for whoever wrote a draft there."""
    why, _ = _BARRED.get(code, _FEW)
    how = "yourself, choose *Review this draft* in the message's menu"
    if code == ARCHIVED:  # its messages have no such menu
        how = "all the same, send me the draft in a direct message"
    return (
        f"I've read your draft in {channel(place)}, but Slack doesn't let me answer there: {why}. To see the review "
        f"{how}. I've told your brand leads too."
    )


def put_aside(draft_id: str, seen: SeenChannels) -> str:
    """A draft whose review ended Candor's process again and again."""
    place = Place.of(draft_id)
    return (
        f"I've put aside a draft in {channel_name(place.channel, seen)}: I crashed every time I started to review "
        "it. All the other drafts have been reviewed. Please ask somebody to read that one; the person who runs me can "
        f"look into it with `candor jobs`.\n{_SIGNED}"
    )


def _unread(told: Unread, seen: SeenChannels) -> str:
    if told.channel and told.trouble is Trouble.ABSENT and told.channel not in seen:
        return (
            "Drafts in one of the draft channels aren't being reviewed: I'm not in that channel, or it's archived. "
            "Only the people in it can see its name; they can type `/invite @Candor` there."
        )
    if told.channel and told.trouble is Trouble.ABSENT:
        place = channel(told.channel)
        return (
            f"Drafts in {place} aren't being reviewed: I'm not in that channel, or it's archived. Type "
            f"`/invite @Candor` in {place}, or take it off the list of draft channels: `/candor settings`."
        )
    what = f"messages in {channel_name(told.channel, seen)}" if told.channel else "the list of my channels"
    return (
        f"Some drafts may go unreviewed: Slack won't let me read {what}, because the app is missing a permission. "
        "To fix that, ask an admin to install the app again with the manifest that `candor manifest` prints."
    )


def _moment(seconds: float) -> str:
    """In the reader's own time zone; the words after the bar show where Slack cannot tell that."""
    fallback = datetime.fromtimestamp(seconds, UTC).strftime("%-d %B %Y, %H:%M UTC")
    return f"<!date^{seconds:.0f}^{{date_short}} {{time}}|{fallback}>"
