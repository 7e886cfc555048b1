"""What people read on Candor's Home tab and in the window for a new draft. Texts that say so are in Slack's markup."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.errors import Trouble
from bot.core.guidelines import Severity
from bot.core.home import Composed, MadeWithAi, Paid
from bot.core.judging import Strictness
from bot.core.settings import ChannelStrictness
from bot.core.words import watching as words
from bot.core.words.people import brief, count, person, platform
from bot.core.words.reviewing import SEVERITIES
from bot.core.words.settings import LABELS, LEVELS, QUIET_WEEK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.guidelines import Policy
    from bot.core.home import Composition, OpenDraft
    from bot.core.settings import SettingChange, WorkspaceSettings
    from bot.core.watching import SeenChannels, Unread


HOME_TITLE = "What Candor does"
ABOUT = (
    "I read draft posts before your audience does and point out the few changes that matter. For each one you get "
    "the words in question, why a reader might mind, and the smallest fix. People decide; I never approve or publish "
    "anything."
)
DATA = (
    "I'm an automated assistant. I keep a draft's text with its review until you delete the draft, or for as long "
    "as this workspace's settings say. The only private conversations I read are those with me."
)
NEW_DRAFT = "New draft"
OPEN = "Open"
SETTINGS = "Settings"
EXCEPTIONS = "Exceptions"
FACTS = "Facts"
OWN = "Your drafts with open points"
NO_OWN = "Your drafts from the last two weeks have no open points."
WAITING = "Waiting for sign-off"
NO_WAITING = "Nothing is waiting for sign-off."
WEEK = "This week"
NO_WEEK = "no drafts were reviewed."
TROUBLES = "Needs attention"
HERE = "How Candor is set up here"
CHANGES = "Latest changes to the settings"
NO_CHANGES = "None yet."
LEADS_UNKNOWN = "I can't see who the brand leads are right now."
DRAFTS = "Drafts"
DIGEST = "Weekly digest"
KEPT = "Drafts are kept"
GUIDELINES = "Guidelines"
BRAND = "About the brand"
NOTHING_SET = "nothing in the settings; the fact sheet is under *Facts*"
NOWHERE = "none"
_ALL_LEADS = 10
_BRIEF = 60
"""Characters of a text that is only named."""


def draft(one: OpenDraft) -> str:
    """What a draft is for, its first words, and what is open."""
    first = " ".join(one.begins.split())
    begins = brief(first, _BRIEF)
    begins = f"{', '.join(map(platform, one.platforms))}: {begins}" if one.platforms else begins
    weights = ((one.must, Severity.MUST_FIX), (one.should, Severity.SHOULD_FIX))
    still_open = ", ".join(f"{number} {SEVERITIES[severity].lower()}" for number, severity in weights if number)
    return f"{begins}\nStill open: {still_open}" if still_open else begins


def leads(users: tuple[str, ...]) -> str:
    """Who the brand leads are, in markup."""
    if not users:
        return LEADS_UNKNOWN
    return f"Brand leads: {named(users)}. They change the settings and sign off drafts."


def named(users: tuple[str, ...]) -> str:
    """The brand leads that the settings name, in markup; of many the first, and how many more there are."""
    said = ", ".join(f"<@{user}>" for user in users[:_ALL_LEADS]) or "the workspace's admins are the brand leads"
    return f"{said} and {len(users) - _ALL_LEADS} more" if len(users) > _ALL_LEADS else said


def trouble(one: Unread, seen: SeenChannels) -> str:
    """A channel that cannot be used, and what to do about it, in markup."""
    if one.channel and one.channel not in seen:
        return (
            "I can't read one of the channels in the settings: I'm not in it, or it's archived. Only the people in it "
            "can see its name; they can type `/invite @Candor` there."
        )
    if one.channel:
        return (
            f"I'm not in {words.channel_list((one.channel,), seen)}, or it's archived. Type `/invite @Candor` there, "
            "or choose another channel in the settings."
        )
    if one.trouble is Trouble.LATER:
        return "Slack didn't say which channels I'm in. I'll look again when you open this tab."
    return "The app isn't allowed to see its channels. Ask an admin to install it again with the current manifest."


def channels(names: tuple[str, ...], seen: SeenChannels) -> str:
    """Channels in markup; those that the reader may not see are counted."""
    return words.channel_list(names, seen) or NOWHERE


def strictness(levels: ChannelStrictness, seen: SeenChannels) -> str:
    """How much of a review replies show, in markup."""
    by_level = {level: [channel for channel, at in levels.channels if at is level] for level in Strictness}
    own = [f"{LEVELS[level].lower()} in {channels(tuple(some), seen)}" for level, some in by_level.items() if some]
    return "; ".join([LEVELS[levels.others].lower(), *own])


def digest(settings: WorkspaceSettings, day: str, seen: SeenChannels) -> str:
    """When and where the digest comes, in markup."""
    one = settings.digest
    if not one.channel:
        return "not posted, because no channel has been chosen"
    return f"{day} at {one.hour:02}:{one.minute:02} ({one.zone}) in {channels((one.channel,), seen)}"


def guidelines(policy: Policy, in_force: int) -> str:
    """How many guidelines are in force and what was changed about them."""
    off = f", {len(policy.off)} switched off" if policy.off else ""
    own = f", {len(policy.severities)} with your own severity" if policy.severities else ""
    packs = f"; packs: {', '.join(sorted(policy.packs))}" if policy.packs else ""
    return f"{in_force} switched on{off}{own}{packs}"


def retention(days: int) -> str:
    """How long drafts are kept."""
    return f"{count(days, 'day')}" if days else "until somebody deletes them"


def budgets(settings: WorkspaceSettings) -> str:
    """What the language model may cost."""
    set_ = ((settings.budgets.month, "a month"), (settings.budgets.day, "a day"))
    return "; ".join(f"{limits} {span}" for limits, span in set_ if limits) or "no budget"


def unused(settings: WorkspaceSettings) -> str:
    """The budgets where nothing is spent, in markup; "" without any."""
    return (
        f"*Budget*: {budgets(settings)}, none used yet" if any((settings.budgets.month, settings.budgets.day)) else ""
    )


def number_of(things: tuple[str, ...], one: str) -> str:
    """``3 markets``, ``no markets``."""
    many = f"{one}es" if one.endswith("s") else f"{one}s"
    return count(len(things), one, many) if things else f"no {many}"


def brand(settings: WorkspaceSettings) -> str:
    """How much the brand has said about itself."""
    said = (settings.facts, "supporting fact"), (settings.markets, "market"), (settings.own_contacts, "public address")
    return ", ".join(number_of(things, one) for things, one in said if things) or NOTHING_SET


def change(one: SettingChange) -> str:
    """An entry of the audit, in markup but for the values, which stand beside it."""
    fallback = datetime.fromtimestamp(one.at, UTC).strftime("%-d %B %Y, %H:%M UTC")
    moment = f"<!date^{one.at:.0f}^{{date_short}} {{time}}|{fallback}>"
    return f"{moment}: {person(one.user)} changed *{LABELS[one.field]}*"


def values(one: SettingChange, titles: Mapping[str, str], seen: SeenChannels) -> tuple[str, bool]:
    """The values before and after, and whether they are in markup: ids of channels and people show as names.

    ``titles`` are the guidelines' titles by id.
    """
    if one.field in ("draft_channels", "digest_channel"):
        return f"{channels(_names(one.old), seen)} → {channels(_names(one.new), seen)}", True
    if one.field == "strictness":
        old, new = (strictness(ChannelStrictness().read(value), seen) for value in (one.old, one.new))
        return f"{old} → {new}", True
    if one.field != "brand_leads":
        old, new = (_value(readable(one.field, value, titles)) for value in (one.old, one.new))
        return f"{old} → {new}", False
    return f"{named(_names(one.old))} → {named(_names(one.new))}", True


def readable(field: str, value: str, titles: Mapping[str, str]) -> str:
    """A setting's value as it is kept, with titles in place of the ids of guidelines, and choices in words."""
    if field == "quiet_week":
        return QUIET_WEEK.get(value, value)
    if field == "packs":
        return ", ".join(name.replace("-", " ").capitalize() for name in _names(value))
    if field not in ("guidelines_off", "severities"):
        return value
    return ", ".join(_chosen(pair, titles) for pair in _names(value))


def _chosen(pair: str, titles: Mapping[str, str]) -> str:
    """``a/b = must-fix`` with the guideline's title and the severity in words; without a severity the title alone."""
    name, _, level = pair.partition(" = ")
    title = titles.get(name, name)
    known = next((said for severity, said in SEVERITIES.items() if severity == level), level)
    return f"{title}: {known.lower()}" if level else title


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(", ") if name)


def _value(text: str) -> str:
    line = " · ".join(text.splitlines())
    return brief(line, _BRIEF) or NOWHERE


# What people read in the window for a new draft, and on the message that shows it.

NAME = "New draft"
"""As it stands among the shortcuts, and in the manifest."""
COMPOSER_TITLE = "New draft"
EDIT_TITLE = "Edit draft"
POST = "Post for review"
SAVE = "Save"
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
    Composed.CLOSED: "Slack no longer allows changes to this message. Copy your words into a new draft.",
    Composed.NOT_YOURS: "Only the author can change or remove this draft.",
    Composed.ABSENT: "Candor can't post there. Invite it with /invite @Candor, or choose another channel.",
    Composed.LATER: "Slack didn't accept it. Your words are still here; try again in a moment.",
}
"""Why it was not done; the window stays open with all that was typed."""


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
