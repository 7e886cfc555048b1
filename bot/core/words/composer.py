"""What people read in the window for a new draft, and on the message that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.composing import Composed, MadeWithAi, Paid
from bot.core.words.reply import platform
from bot.core.words.settings import no_place as strange

if TYPE_CHECKING:
    from bot.core.composing import Composition

NAME = "New draft"
"""As it stands among the shortcuts, and in the manifest."""
TITLE = "New draft"
EDIT_TITLE = "Edit draft"
POST = "Post for review"
SAVE = "Save"
CANCEL = "Cancel"
TEXT = "The post"
TEXT_HINT = "Everything your audience will read, including hashtags and links."
PLATFORM = "Platform"
ANY_PLATFORM = "No particular platform"
AUDIENCE = "Who it's for"
MARKET = "Where it will be seen"
MARKET_HINT = "A country or region. Labels and rules differ."
AI = "Made with AI"
AI_ANSWERS = {
    MadeWithAi.NO: "No",
    MadeWithAi.PARTLY: "Partly",
    MadeWithAi.PICTURES: "The pictures",
    MadeWithAi.ALL: "All of it",
}
PAID = "Paid or gifted"
PAID_ANSWERS = {Paid.NO: "Neither", Paid.GIFTED: "Gifted", Paid.PAID: "Paid"}
CHANNEL = "Channel"
CHANNEL_HINT = "Candor posts it there, names you as its author and reviews it in the thread."
EDIT = "Edit draft"
REMOVE = "Remove draft"
REMOVE_TITLE = "Remove this draft?"
REMOVE_TEXT = "The message, its review and the stored text will be deleted. This can't be undone."
KEEP = "Keep it"
EMPTY = "There's no text to review yet."
NO_CHANNEL = "Choose a channel for the review."
TOLD = {
    Composed.BUSY: "It's already being posted. Wait a few seconds, then look in the channel.",
    Composed.GONE: "This draft has been removed. Copy your words if you still need them.",
    Composed.NOT_YOURS: "Only the author can change or remove this draft.",
    Composed.ABSENT: "Candor can't post there. Invite it with /invite @Candor, or choose another channel.",
    Composed.LATER: "Slack didn't accept it. Your words are still here; try again in a moment.",
}
"""Why it was not done; the window stays open with all that was typed."""


def no_place(what: str, near: str) -> str:
    """A market that is no country or region."""
    return f"{strange(what, near)}. For example: Germany, United Kingdom, EU, DACH, Nordics."


def heading(user: str, name: str) -> str:
    """Who wrote it and what for, in markup."""
    return f"Draft by <@{user}>" + (f" for {platform(name)}" if name else "")


def notice(user: str, name: str) -> str:
    """The same for notifications."""
    return heading(user, name)


def about(composition: Composition) -> str:
    """What its author says about it; "" where nothing was said."""
    said = [
        (AUDIENCE, composition.audience),
        (MARKET, composition.market),
        (AI, AI_ANSWERS[composition.ai] if composition.ai else ""),
        (PAID, PAID_ANSWERS[composition.paid] if composition.paid else ""),
    ]
    return " · ".join(f"{label}: {words}" for label, words in said if words)
