"""What Candor says of itself when it is invited to a channel, in Slack's markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.command import NAME
from bot.core.words.privacy import kept, reader

if TYPE_CHECKING:
    from bot.core.personal_data import Introduction

SUMMARY = "Candor introduces itself."
HELLO = (
    "*I'm Candor, an automated assistant.* I read draft posts before your audience does and point out the few "
    "changes that matter."
)
ON = (
    "In this channel I review drafts without being asked and answer in their threads. I stay out of conversations "
    "between people. If I mistake a draft for chat, mention me in it or choose *Review this draft* in its menu."
)
OFF = (
    "In this channel I read a message only if somebody mentions me in it or chooses *Review this draft* in its "
    "menu. A brand lead can switch on reviews for all drafts here."
)
STORED = "I store the text of a draft with its review."
QUIET = (
    f"`{NAME} mute` keeps me away from your drafts, the menu on a reply mutes one thread, and `{NAME} privacy` "
    "shows what's stored."
)
SWITCH_ON = "Review drafts here"
SWITCH_OFF = "Stop reviewing here"
LATER = "Slack didn't say who the brand leads are. Please try again in a minute."
_MOST = 5


def data(introduction: Introduction) -> str:
    """What is stored, for how long, and who reads it."""
    return f"{STORED} {kept(introduction.days)} {reader(introduction.reader)}"


def only_leads(leads: tuple[str, ...]) -> str:
    """Who can switch a channel on or off."""
    named = ", ".join(f"<@{user}>" for user in leads[:_MOST])
    who = f"Here that's {named}." if named else "I don't know of any here; you can make a workspace admin one."
    return f"Only brand leads can switch reviews on or off. {who}"
