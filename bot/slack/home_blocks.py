"""The Home tab as Slack's blocks. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.setting_fields import texts
from bot.core.words import audience
from bot.core.words import digest as figures
from bot.core.words import home as words
from bot.slack.elements import actions, bold, button, context, plain, section

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.audience import Hidden, Seen
    from bot.core.digest import Digest
    from bot.core.home import HomeTab, LeadsPart, OpenDraft
    from bot.slack.json import Json

NEW, SETTINGS, EXCEPTIONS, OPEN = (
    "candor_home_new",
    "candor_home_settings",
    "candor_home_exceptions",
    "candor_home_open",
)
_TROUBLES = 10


def home_view(tab: HomeTab, *, with_exceptions: bool = False) -> Json:
    """The whole tab; far below Slack's 100 blocks. Without a window for exceptions there is no button for it."""
    blocks = [_header(words.TITLE), section(words.ABOUT), context(words.DATA)]
    blocks.append(actions(*_buttons(tab, with_exceptions=with_exceptions)))
    if tab.lead and tab.lead.troubles:
        troubles = "\n".join(words.trouble(one, tab.seen) for one in tab.lead.troubles[:_TROUBLES])
        blocks += [_header(words.TROUBLES), section(troubles)]
    blocks += [_header(words.OWN), *_drafts(tab.own, words.NO_OWN, audience.own, tab.elsewhere)]
    if tab.lead:
        blocks += [
            _header(words.WAITING),
            *_drafts(tab.lead.waiting, words.NO_WAITING, audience.waiting, tab.lead.elsewhere),
        ]
    if tab.week:
        blocks += [_header(words.WEEK), *_week(tab.week, tab.lead)]
    blocks += [_header(words.HERE), *_settings(tab), context_of(words.leads(tab.leads))]
    if tab.lead:
        blocks += [_header(words.CHANGES), *_changes(tab.lead, tab.seen)]
    return {"type": "home", "blocks": blocks}


def context_of(markup: str) -> Json:
    """A line in small print, in Slack's markup."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": markup}]}


def _buttons(tab: HomeTab, *, with_exceptions: bool) -> list[Json]:
    new = button(NEW, words.NEW_DRAFT, "new") | {"style": "primary"}
    settings = [button(SETTINGS, words.SETTINGS, "settings")] if tab.lead else []
    return [new, *settings, *([button(EXCEPTIONS, words.EXCEPTIONS, "exceptions")] if with_exceptions else [])]


def _drafts(drafts: tuple[OpenDraft, ...], none: str, others: Callable[[Hidden], str], hidden: Hidden) -> list[Json]:
    elsewhere = [context(others(hidden))] if hidden.number else []
    return [*(_draft(one) for one in drafts), *elsewhere] or [context(none)]


def _draft(one: OpenDraft) -> Json:
    """People's words stand in plain text, where nothing in them can become a mention or a link."""
    words_of_it = {"type": "plain_text", "text": words.draft(one), "emoji": False}
    link = {"accessory": button(OPEN, words.OPEN, one.draft_id) | {"url": one.link}} if one.link else {}
    return {"type": "section", "text": words_of_it, **link}


def _week(digest: Digest, lead: LeadsPart | None) -> list[Json]:
    days = figures.days(digest.period, digest.zone)
    if digest.is_quiet:
        return [context(f"{days}: {words.NO_WEEK}")]
    lines = [days, figures.drafts(digest), figures.points(digest)]
    if digest.must_fix_open:
        lines.append(figures.still_open(digest.must_fix_open))
    if lead and (helpful := figures.helpful(digest.figures.thumbs)):
        lines.append(helpful)
    return [section("\n".join(lines))]


def _settings(tab: HomeTab) -> list[Json]:
    settings, lead = tab.settings, tab.lead
    lines = [
        f"{bold(words.DRAFTS)}: {words.channels(settings.draft_channels, tab.seen)}",
        f"{bold(words.DIGEST)}: {words.digest(settings, texts(settings)['digest_day'], tab.seen)}",
        f"{bold(words.KEPT)}: {words.retention(settings.retention_days)}",
    ]
    if lead:
        lines.append(f"{bold(words.GUIDELINES)}: {words.guidelines(settings.policy, lead.in_force)}")
        lines.append(f"{bold(words.BRAND)}: {words.brand(settings)}")
    return [section("\n".join(lines))]


def _changes(lead: LeadsPart, seen: Seen) -> list[Json]:
    blocks: list[Json] = []
    for one in lead.changes:
        said, in_markup = words.values(one, lead.titles, seen)
        values = {"type": "mrkdwn", "text": said} if in_markup else {"type": "plain_text", "text": said, "emoji": False}
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": words.change(one)}, values]})
    return blocks or [context(words.NO_CHANGES)]


def _header(text: str) -> Json:
    return {"type": "header", "text": plain(text)}
