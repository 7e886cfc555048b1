"""What people read in answer to the slash command. Texts are in Slack's markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.commands import NAME, Verb
from bot.core.digesting import ENOUGH
from bot.core.words.digesting import FAMILIES
from bot.core.words.reviewing import SEVERITIES
from bot.core.words.settings import FROM_NEXT_REVIEW, LABELS

if TYPE_CHECKING:
    from bot.core.guidelines import Guideline


DESCRIPTION = "Review a draft, look up guidelines, see settings and what's stored about you"
ABOUT = (
    "*I read drafts before your audience does* and point out the few changes that matter. Post a draft in a "
    "channel I review, send it to me in a direct message, or choose *Review this draft* in any message's menu. I "
    "may mistake a short post for chat and leave it alone; mention me in it, or use that menu, and I'll read it. "
    "People decide."
)
LINES = {
    Verb.REVIEW: ("review TEXT", "reviews a draft just for you; nobody else sees the answer"),
    Verb.COMPARE: ("compare VERSIONS", "shows where versions for different audiences contradict each other"),
    Verb.AUDIT: ("audit #CHANNEL", "checks a channel's drafts and published posts, and compares them all"),
    Verb.GUIDELINES: ("guidelines", "lists what I look for; add a name to read one in full, or `new` to write one"),
    Verb.DIGEST: ("digest", "shows you this week's digest; `digest now` posts it (brand leads)"),
    Verb.SETTINGS: ("settings", "shows my settings here; brand leads can change them"),
    Verb.EXCEPTIONS: ("exceptions", "lists the words I've been told to leave alone, and lets you undo that"),
    Verb.FACTS: ("facts", "lists what's true of the brand, which I compare drafts with; `facts export` sends it"),
    Verb.USAGE: ("usage", "shows brand leads what the language model has cost this month"),
    Verb.PROOF: ("proof", "shows brand leads what came of my reviews: what was used, dismissed or edited out"),
    Verb.MUTE: ("mute", "stops me reading your drafts unless you ask; `unmute` undoes it"),
    Verb.PRIVACY: ("privacy", "shows what's stored about you; `privacy export` sends it, `privacy delete` deletes it"),
}
USAGE = ", ".join([*(usage for usage, _ in LINES.values()), "help"])
"""What Slack shows beside the command's name, in `manifest.json` as well."""
MORE = f"For more about a command, ask like this: `{NAME} help review`. Only you see these answers."
TOPICS = {
    Verb.REVIEW: (
        f"`{NAME} review TEXT` reviews your text just for you, against the same guidelines as in channels.\n"
        f"• Example: `{NAME} review LinkedIn: Our new oven saves a third of the energy`\n"
        "• If it's for one platform, start with the platform's name and a colon. Line breaks are fine.\n"
        "• I delete the text and the answer within 30 minutes. The answer has no buttons."
    ),
    Verb.COMPARE: (
        f"`{NAME} compare VERSIONS` compares the versions of one post for different audiences, just for you. I show "
        "where they contradict each other or the fact sheet, and what only some groups are told.\n"
        "• Put `---` on a line of its own between the versions, and a heading such as “Students:” above each.\n"
        "• In a thread, write “@Candor compare”: I compare the draft at its top and the versions that people posted as "
        "replies. Everyone there sees the answer. For you alone, choose *Compare variants* in a message's menu there.\n"
        "• For a lot of versions, attach a CSV file with a `text` and an `audience` column to a message and choose "
        f"*Compare variants* in the message's menu, or type `{NAME} compare`, then the link to that message.\n"
        "• I compare prices, percentages, dates, numbers and common promises, without the language model. I "
        "don't keep anything you type here."
    ),
    Verb.AUDIT: (
        f"`{NAME} audit #channel` goes through the posts I keep from a channel and the posts published before. "
        f"`{NAME} audit #channel 90` looks back 90 days.\n"
        "• You need to be able to read the channel. The audit comes to you as a direct message: what keeps coming up, "
        "contradictions over time and the worst posts, with a page and a CSV file.\n"
        "• For an editorial plan or an export, attach a CSV file to a message and choose *Audit this file* in the "
        "message's menu. Everyone in that thread sees the audit.\n"
        "• The fixed checks run first and cost nothing. If a language model is connected, I then show what it would "
        "take, and you decide.\n"
        f"• If a point on an audit's page is fine, a brand lead can type `{NAME} audit fine 3f2a1b-4`, with the id "
        "after that point. Several ids work too."
    ),
    Verb.GUIDELINES: (
        f"`{NAME} guidelines` lists the guidelines by family, each with its severity in this workspace.\n"
        f"• `{NAME} guidelines commercial disclosure` shows one in full: what I look for, why, and what I suggest.\n"
        f"• `{NAME} guidelines new` lets a brand lead write one and try it out on your latest drafts.\n"
        f"• `{NAME} guidelines export` sends a brand lead your own ones by direct message, one file each.\n"
        "• Part of the name is enough, and so are the words on a point, such as “not labelled as an ad”."
    ),
    Verb.DIGEST: (
        f"`{NAME} digest` shows you the weekly digest as it stands now.\n"
        f"• `{NAME} digest now` posts this week's digest in its channel. Only brand leads can do that, once a week.\n"
        "• I count drafts automatically, and never count people."
    ),
    Verb.SETTINGS: (
        f"`{NAME} settings` lets brand leads change the settings and everyone else see them.\n"
        f"• `{NAME} settings show` lists them with the latest changes and who made them.\n"
        f"• Example: `{NAME} settings retention days 30`, or `{NAME} settings draft channels #drafts, #social`\n"
        "• `none` clears a setting. Changes take effect at once."
    ),
    Verb.EXCEPTIONS: (
        f"`{NAME} exceptions` lists the words I leave alone, with the reason and the dates.\n"
        "• Somebody made each one by pressing *Dismiss* and choosing a campaign or “In all drafts”.\n"
        "• The person who made an exception, or any brand lead, can lift it."
    ),
    Verb.FACTS: (
        f"`{NAME} facts` lists the brand's fact sheet: prices, dates, promises and the like, each with its source.\n"
        f"• `{NAME} facts export` sends you the sheet as a file, by direct message; `export csv` for a spreadsheet.\n"
        "• Brand leads add and change facts here or on my Home tab, under *Facts*. To import a file, attach it to a "
        "message and choose *Add a fact from this* in its menu."
    ),
    Verb.USAGE: (
        f"`{NAME} usage` shows brand leads what the language model has cost this month: in total, per review and "
        "per change used, and what's left of the budget.\n"
        f"• To set a budget, type `{NAME} settings monthly budget $50.00`, or open *Costs* in the settings.\n"
        "• Once it's used up, drafts get only the fixed checks until the first of next month, and my replies say so."
    ),
    Verb.PROOF: (
        f"`{NAME} proof` shows brand leads how many points of each guideline were shown, used, dismissed (and why) or "
        "edited out, this month and the two before it.\n"
        f"• From {ENOUGH} points up, I also give percentages, each with its likely range.\n"
        "• It also shows how fast I reply, what an accepted change cost, and whether a dismissed point ever "
        "came back.\n"
        "• I count points, never people."
    ),
    Verb.MUTE: (
        f"`{NAME} mute` stops me reading your drafts unless you ask. To ask, mention me, choose *Review this draft* or "
        "send me a direct message.\n"
        f"• It covers all your drafts, in every channel, until you type `{NAME} unmute`.\n"
        "• To mute one thread for everyone, use the menu on my reply there."
    ),
    Verb.UNMUTE: f"`{NAME} unmute` lets me read your drafts again, starting with the next one.",
    Verb.PRIVACY: (
        f"`{NAME} privacy` shows how much is stored about you here, who reads it and how long it's kept.\n"
        f"• `{NAME} privacy export` sends you all of it as a file, by direct message.\n"
        f"• `{NAME} privacy delete` deletes it once you confirm. What belongs to other people stays, without your name."
    ),
}
NO_TEXT = f"Add the text you'd like reviewed: `{NAME} review Our new oven is here`."
WAIT = "One moment. The answer will appear here."
FAILED = "That didn't work, and nothing was changed. Please try again."
LATER = "Slack isn't answering right now. Please try again in a minute."
OFF = "off here"
NOT_ASKED = "in a pack that's switched off"
GUIDELINES = f"These apply here. Read one in full with `{NAME} guidelines NAME`; the words on a point will do, too."
MUTED = (
    f"Muted: I read your drafts only when you ask. `{NAME} unmute` undoes it. Anything already stored stays; "
    f"`{NAME} privacy` shows it."
)
MUTED_BEFORE = f"You're already muted: I read your drafts only when you ask. `{NAME} unmute` undoes it."
UNMUTED = "Unmuted: I read your drafts again, starting with the next one."
UNMUTED_BEFORE = "You aren't muted: I read your drafts in every channel where I'm switched on."
SENT = "I'm posting this week's digest in the digest channel now. The next one will come at the usual time."
SENT_BEFORE = "This week's digest has already been posted, or is on its way."
NO_DIGEST_CHANNEL = f"There's no digest channel yet. A brand lead can set one: `{NAME} settings digest channel #name`."
ONLY_LEADS_SEND = "Only brand leads can post the digest early."
PREVIEW = f"The digest as it stands now. Only you see it. Brand leads can post it with `{NAME} digest now`."
SETTINGS = "How I'm set up here"
CHANGES = "Latest changes to the settings"
EMPTY = "–"
STAYS = "You stay on the list; you can take yourself off in the settings window."


def line(verb: Verb) -> str:
    """One line of the overview."""
    usage, what = LINES[verb]
    return f"• `{NAME} {usage}` {what}"


def unclear(said: str, nearest: str) -> str:
    """Something that is no command, and what may be meant. ``said`` is safe in markup."""
    if not nearest:
        return f"I don't know “{said}”. `{NAME} help` shows what I can do."
    return f"I don't know “{said}”. Did you mean `{NAME} {nearest}`? `{NAME} help` shows everything."


def not_a_command(nearest: str) -> str:
    """A text stands where a command should."""
    return f"To get a draft reviewed, type `{NAME} {nearest}`, then your text. `{NAME} help` shows everything."


def family(name: str, number: int, of: int) -> str:
    """The heading of a family."""
    return f"{FAMILIES.get(name, name)} ({number} of {of})"


def guideline(one: Guideline, state: str) -> str:
    """A guideline in the list; ``state`` is "" where it is in force."""
    return f"• {one.title}: {state or SEVERITIES[one.severity].lower()}"


def no_guideline(said: str, near: list[str]) -> str:
    """No guideline has that name. Both are safe in markup."""
    if not near:
        return f"There's no guideline called “{said}”. `{NAME} guidelines` lists them."
    return f"There's no guideline called “{said}”. Did you mean {' or '.join(f'*{one}*' for one in near)}?"


def no_setting(said: str, nearest: str) -> str:
    """No setting has that name; ``said`` is safe in markup."""
    if nearest:
        return f"There's no setting called “{said}”. Did you mean `{NAME} settings {LABELS[nearest].lower()} VALUE`?"
    return f"There's no setting called “{said}”. The settings are: {', '.join(LABELS.values())}."


def setting(name: str, value: str) -> str:
    """A setting as it is, by the name that also changes it; ``value`` is safe in markup."""
    return f"• *{LABELS[name]}*: {value or EMPTY}"


def saved(name: str, value: str, *, stays: bool = False) -> str:
    """A setting was changed; ``value`` is safe in markup. ``stays`` says that the person was kept on the list."""
    when = "from the next review" if name in FROM_NEXT_REVIEW else "from now on"
    said = f"Saved. *{LABELS[name]}*: {value or EMPTY}\nIt applies {when}, and the change is recorded under your name."
    return f"{said} {STAYS}" if stays else said
