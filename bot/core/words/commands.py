"""What people read in answer to the slash command. Texts are in Slack's markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.command import NAME, Verb
from bot.core.words.digest import FAMILIES
from bot.core.words.reply import SEVERITIES
from bot.core.words.settings import LABELS

if TYPE_CHECKING:
    from bot.core.guideline import Guideline

DESCRIPTION = "Review a text, look at guidelines, settings and what is stored about you"
USAGE = "review TEXT, guidelines, digest, settings, exceptions, mute, privacy, help"
ABOUT = (
    "*I read drafts before the audience does* and name the few changes that matter. Post a draft in a channel where I "
    "review, send it to me as a direct message, or choose *Review this draft* in the menu of any message. A short "
    "message I may take for talk, and leave alone: mention me in it, or choose that entry, and I read it. People "
    "decide."
)
LINES = {
    Verb.REVIEW: ("review TEXT", "reads the text; only you see the answer"),
    Verb.GUIDELINES: ("guidelines", "lists what I look for; add a name to read one in full"),
    Verb.DIGEST: ("digest", "shows this week's digest to you; `digest now` posts it (brand leads)"),
    Verb.SETTINGS: ("settings", "shows how I am set here; brand leads change it"),
    Verb.EXCEPTIONS: ("exceptions", "lists what I leave alone, and lifts it"),
    Verb.MUTE: ("mute", "from now on I read your drafts only when you ask; `unmute` takes it back"),
    Verb.PRIVACY: ("privacy", "what is stored about you; `privacy export` sends it, `privacy delete` deletes it"),
}
MORE = f"`{NAME} help review` explains one of them. Only you see these answers."
TOPICS = {
    Verb.REVIEW: (
        f"`{NAME} review TEXT` reads a text for you alone, with the same guidelines as in the channels.\n"
        f"• Example: `{NAME} review LinkedIn: Our new oven saves a third of the energy`\n"
        "• A platform in front, with a colon, is taken into account. Several lines are fine.\n"
        "• The text is deleted with the answer, after 30 minutes at the latest. The answer has no buttons."
    ),
    Verb.GUIDELINES: (
        f"`{NAME} guidelines` lists the guidelines by family, each with its severity in this workspace.\n"
        f"• `{NAME} guidelines commercial disclosure` shows one in full: what is asked, why, and how to mend it.\n"
        "• Part of a name is enough."
    ),
    Verb.DIGEST: (
        f"`{NAME} digest` shows the weekly digest as it would be at this moment, to you alone.\n"
        f"• `{NAME} digest now` posts this week's in its channel; only brand leads can do that, once a week.\n"
        "• Figures are counted by code and speak of drafts, not of people."
    ),
    Verb.SETTINGS: (
        f"`{NAME} settings` opens the settings for brand leads, and shows them to everybody else.\n"
        f"• `{NAME} settings show` lists them with the last changes and who made them.\n"
        f"• Example: `{NAME} settings retention days 30`, or `{NAME} settings draft channels #drafts, #social`\n"
        "• `none` empties a setting. A change counts at once."
    ),
    Verb.EXCEPTIONS: (
        f"`{NAME} exceptions` lists the words that I leave alone, why, since when and until when.\n"
        "• They come from *Dismiss*, where somebody chose a campaign or always.\n"
        "• Whoever made one, and every brand lead, can lift it."
    ),
    Verb.MUTE: (
        f"`{NAME} mute`: I read your drafts only when you ask, by mentioning me, with *Review this draft*, or by "
        "direct "
        "message.\n"
        f"• It counts for you, in every channel, until `{NAME} unmute`.\n"
        "• To mute one thread for everybody, use the menu of my reply there."
    ),
    Verb.UNMUTE: f"`{NAME} unmute`: I read your drafts again, from the next one on.",
    Verb.PRIVACY: (
        f"`{NAME} privacy` counts what is stored about you in this workspace, and says who reads it and for how long.\n"
        f"• `{NAME} privacy export` sends you all of it as a file, by direct message.\n"
        f"• `{NAME} privacy delete` deletes it after you confirm. What belongs to others stays, without your name."
    ),
}
NO_TEXT = f"There are no words to review. Write them behind the command: `{NAME} review Our new oven is here`."
WAIT = "One moment. The answer comes here."
FAILED = "That did not work. Nothing was changed; please try it again."
LATER = "Slack does not answer at the moment. Please try it again in a minute."
OFF = "off here"
NOT_ASKED = "part of a pack that is off"
GUIDELINES = f"In force here. Read one in full with `{NAME} guidelines NAME`."
MUTED = (
    f"Muted: from now on I read your drafts only when you ask. `{NAME} unmute` takes it back. What was stored before "
    "stays; "
    f"`{NAME} privacy` shows it."
)
MUTED_BEFORE = f"It is so already: I read your drafts only when you ask. `{NAME} unmute` takes it back."
UNMUTED = "Unmuted: I read your drafts again, from the next one on."
UNMUTED_BEFORE = "It is so already: I read your drafts where a channel is switched on."
SENT = "This week's digest is on its way to its channel. The next one comes at its time."
SENT_BEFORE = "This week's digest was posted already, or is just being posted."
NO_DIGEST_CHANNEL = (
    f"There is no channel for digests. A brand lead chooses one: `{NAME} settings digest channel #name`."
)
ONLY_LEADS_SEND = "Only brand leads can post the digest before its time."
PREVIEW = f"As it would be at this moment. Only you see it; `{NAME} digest now` posts it."
SETTINGS = "How I am set here"
CHANGES = "Last changes"
EMPTY = "–"
STAYS = "You stay on the list; you can take yourself off in the settings window."


def line(verb: Verb) -> str:
    """One line of the overview."""
    usage, what = LINES[verb]
    return f"• `{NAME} {usage}` {what}"


def unclear(said: str, nearest: str) -> str:
    """Something that is no command, and what may be meant. ``said`` is safe in markup."""
    if not nearest:
        return f"I do not know “{said}”. `{NAME} help` shows what I can do."
    return f"I do not know “{said}”. Did you mean `{NAME} {nearest}`? `{NAME} help` shows everything."


def not_a_command(nearest: str) -> str:
    """A text stands where a command should."""
    return f"To have a text read, write `{NAME} {nearest}` in front of it. `{NAME} help` shows everything."


def family(name: str, number: int, of: int) -> str:
    """The heading of a family."""
    return f"{FAMILIES.get(name, name)} ({number} of {of})"


def guideline(one: Guideline, state: str) -> str:
    """A guideline in the list; ``state`` is "" where it is in force."""
    return f"• {one.title}: {state or SEVERITIES[one.severity].lower()}"


def no_guideline(said: str, near: list[str]) -> str:
    """No guideline has that name. Both are safe in markup."""
    if not near:
        return f"No guideline is called “{said}”. `{NAME} guidelines` lists them."
    return f"No guideline is called “{said}”. Did you mean {' or '.join(f'*{one}*' for one in near)}?"


def no_setting(said: str, nearest: str) -> str:
    """No setting has that name; ``said`` is safe in markup."""
    if nearest:
        return f"No setting is called “{said}”. Did you mean `{NAME} settings {LABELS[nearest].lower()} VALUE`?"
    return f"No setting is called “{said}”. There are: {', '.join(LABELS.values())}."


def setting(name: str, value: str) -> str:
    """A setting as it is, by the name that also changes it; ``value`` is safe in markup."""
    return f"• *{LABELS[name]}*: {value or EMPTY}"


def saved(name: str, value: str, *, stays: bool = False) -> str:
    """A setting was changed; ``value`` is safe in markup. ``stays`` says that the person was kept on the list."""
    said = (
        f"Saved: *{LABELS[name]}* is {value or EMPTY} now. It counts at once, and the change is noted with your name."
    )
    return f"{said} {STAYS}" if stays else said
