"""The Home tab."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.errors import TryLater, Unreadable
from bot.core.guidelines import Choice
from bot.core.proof import WouldFlag
from bot.core.settings import merged, texts
from bot.core.words import digesting as digesting_words
from bot.core.words import home as home_words
from bot.core.words import proof as proof_words
from bot.core.words import settings as settings_words
from bot.core.words import spending as spending_words
from bot.core.words import watching as watching_words
from bot.core.words.brand import audit as audit_words
from bot.core.words.brand import own_guidelines as own_words
from bot.core.words.settings import ONLY_LEADS
from bot.slack import blocks as forms
from bot.slack import settings as windows
from bot.slack.blocks import actions, as_typed, bold, button, context, plain, row, section, small
from bot.slack.brand.audit import AUDIT
from bot.slack.brand.facts import FACTS
from bot.slack.brand.own_guidelines import OWN_LIST
from bot.slack.clicks import Afterwards, open_window, pressed, show_on_top, team_of, user_of, who
from bot.slack.proof import PROOF
from bot.slack.wire.clients import UNREACHED
from bot.slack.wire.payloads import escaped, part, reason, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.digesting import Digest
    from bot.core.home import HomeTab, LeadsPart, OpenDraft
    from bot.core.settings import WorkspaceSettings
    from bot.core.watching import Hidden, SeenChannels
    from bot.flows.home import ShowHome
    from bot.flows.proof import CountFlagged
    from bot.flows.settings import ChooseGuidelines, SettingsChanged
    from bot.slack.channels import SlackJoinedChannels
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# The Home tab as Slack's blocks. Pure.

NEW, SETTINGS, EXCEPTIONS, OPEN = (
    "candor_home_new",
    "candor_home_settings",
    "candor_home_exceptions",
    "candor_home_open",
)
_TROUBLES = 10


def home_view(tab: HomeTab, *, with_exceptions: bool = False) -> Json:
    """The whole tab; far below Slack's 100 blocks. Without a window for exceptions there is no button for it."""
    blocks = [_header(home_words.HOME_TITLE), section(home_words.ABOUT), context(home_words.DATA)]
    blocks.append(actions(*_buttons(tab, with_exceptions=with_exceptions)))
    if tab.lead and tab.lead.troubles:
        troubles = "\n".join(home_words.trouble(one, tab.seen) for one in tab.lead.troubles[:_TROUBLES])
        blocks += [_header(home_words.TROUBLES), section(troubles)]
    blocks += [_header(home_words.OWN), *_drafts(tab.own, home_words.NO_OWN, watching_words.own, hidden=tab.elsewhere)]
    if tab.lead:
        blocks += [
            _header(home_words.WAITING),
            *_drafts(tab.lead.waiting, home_words.NO_WAITING, watching_words.waiting, hidden=tab.lead.elsewhere),
        ]
    if tab.week:
        blocks += [_header(home_words.WEEK), *_week(tab.week, tab.lead)]
    if tab.lead and tab.lead.usage:
        blocks += [_header(spending_words.COSTS), section(spending_words.in_short(tab.lead.usage))]
    blocks += [_header(home_words.HERE), *_settings(tab), small(home_words.leads(tab.leads))]
    if tab.lead:
        blocks += [_header(home_words.CHANGES), *_changes(tab.lead, tab.seen)]
    return {"type": "home", "blocks": blocks}


def _buttons(tab: HomeTab, *, with_exceptions: bool) -> list[Json]:
    new = button(NEW, home_words.NEW_DRAFT, "new") | {"style": "primary"}
    own = button(OWN_LIST, own_words.HOME, "own")
    proof = button(PROOF, proof_words.BUTTON, "proof")
    audit = button(AUDIT, audit_words.BUTTON, "audit")
    settings = [button(SETTINGS, home_words.SETTINGS, "settings"), own, proof, audit] if tab.lead else []
    exceptions = [button(EXCEPTIONS, home_words.EXCEPTIONS, "exceptions")] if with_exceptions else []
    return [new, *settings, button(FACTS, home_words.FACTS, "facts"), *exceptions]


def _drafts(drafts: tuple[OpenDraft, ...], none: str, others: Callable[[Hidden], str], hidden: Hidden) -> list[Json]:
    elsewhere = [context(others(hidden))] if hidden.number else []
    return [*(_draft(one) for one in drafts), *elsewhere] or [context(none)]


def _draft(one: OpenDraft) -> Json:
    link = button(OPEN, home_words.OPEN, one.draft_id) | {"url": one.link} if one.link else None
    return row(home_words.draft(one), link)


def _week(digest: Digest, lead: LeadsPart | None) -> list[Json]:
    days = digesting_words.days(digest.period, digest.zone)
    if digest.is_quiet:
        return [context(f"{days}: {home_words.NO_WEEK}")]
    lines = [days, digesting_words.drafts(digest), digesting_words.points(digest)]
    if digest.must_fix_open:
        lines.append(digesting_words.still_open(digest.must_fix_open))
    lines += [escaped(one.said) for one in digest.evidence]
    if lead and (helpful := digesting_words.helpful(digest.figures.thumbs)):
        lines.append(helpful)
    return [section("\n".join(filter(None, lines)))]


def _settings(tab: HomeTab) -> list[Json]:
    settings, lead = tab.settings, tab.lead
    lines = [
        f"{bold(home_words.DRAFTS)}: {home_words.channels(settings.draft_channels, tab.seen)}",
        f"{bold(settings_words.LABELS['strictness'])}: {home_words.strictness(settings.strictness, tab.seen)}",
        f"{bold(home_words.DIGEST)}: {home_words.digest(settings, texts(settings)['digest_day'], tab.seen)}",
        f"{bold(home_words.KEPT)}: {home_words.retention(settings.retention_days)}",
    ]
    if lead:
        lines.append(f"{bold(home_words.GUIDELINES)}: {home_words.guidelines(settings.policy, lead.in_force)}")
        lines.append(f"{bold(home_words.BRAND)}: {home_words.brand(settings)}")
        if not lead.usage and (unused := home_words.unused(settings)):
            lines.append(unused)
    return [section("\n".join(lines))]


def _changes(lead: LeadsPart, seen: SeenChannels) -> list[Json]:
    blocks: list[Json] = []
    for one in lead.changes:
        said, in_markup = home_words.values(one, lead.titles, seen)
        values = {"type": "mrkdwn", "text": said} if in_markup else as_typed(said)
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": home_words.change(one)}, values]})
    return blocks or [context(home_words.NO_CHANGES)]


def _header(text: str) -> Json:
    return {"type": "header", "text": plain(text)}


# The Home tab, and the windows for the settings that open from it.

_LOG = logging.getLogger(__name__)
_PATIENCE = 1.2
"""Seconds for what else is shown anew: Slack itself waits three for the submission of a window."""
_CONFLICT = "hash_conflict"


async def _all_shown(work: Iterable[Awaitable[object]]) -> None:
    for failed in await asyncio.gather(*work, return_exceptions=True):
        if isinstance(failed, Exception):
            _LOG.warning("a Home or a window shows older settings: %s", type(failed).__name__)


@dataclass(frozen=True, slots=True)
class HomeTabs:
    """Returns only when what was changed is durable, because then Slack is answered."""

    show: ShowHome
    choose: ChooseGuidelines
    joined: SlackJoinedChannels
    clients: Clients
    open_exceptions: Callable[[str, str, str], Awaitable[None]] | None = None
    """Opens the list of exceptions for a workspace, a person and a trigger id."""
    count: CountFlagged | None = None
    """What each strictness would have flagged; without it nobody sees figures beside the choice."""
    afterwards: Afterwards = field(default_factory=Afterwards)

    async def opened(self, body: Json) -> None:
        """Somebody looks at the tab."""
        event = part(body, "event")
        team = text(body, "team_id")
        self.joined.forget(team)
        await self.publish(team, text(event, "user"), text(part(event, "view"), "hash"))

    async def publish(self, team: str, user: str, seen: str = "") -> None:
        """Show somebody's Home as it is now; ``seen`` is the hash of what stands there, where that is known.

        Where somebody else was faster, what they showed may be older than what is known by now.
        """
        client = self._client(team)
        for hash_ in dict.fromkeys((seen, "")):
            view = home_view(await self.show(team, user), with_exceptions=self.open_exceptions is not None)
            try:
                await client.views_publish(user_id=user, view=view, **({"hash": hash_} if hash_ else {}))
            except SlackApiError as error:
                if reason(error) != _CONFLICT or not hash_:
                    raise
            else:
                return

    async def settings(self, body: Json) -> None:
        """Open the settings for whoever clicked or typed a command; for others than brand leads say who can."""
        team, user = who(body)
        view = windows.told(ONLY_LEADS, settings_words.TITLE)
        if await self._is_lead(team, user):
            settings = await self.show.settings.of(team)
            library = await self.show.libraries.of(team)
            view = windows.overview(settings, library, await self.show.seen(team, user, settings))
        await open_window(self.clients, body, view)

    async def exceptions(self, body: Json) -> None:
        if self.open_exceptions:
            await self.open_exceptions(team_of(body), user_of(body), text(body, "trigger_id"))

    async def page(self, body: Json) -> None:
        """Open one page on top of the overview."""
        await show_on_top(self.clients, body, await self._page(body, pressed(body)))

    async def family(self, body: Json) -> None:
        """Open a family of guidelines on top of their page."""
        settings, library = await self.show.settings.of(team_of(body)), await self.show.libraries.of(team_of(body))
        await show_on_top(self.clients, body, windows.family(pressed(body), settings, library))

    async def save_page(self, body: Json) -> dict[str, str]:
        """Keep what was changed on a page, and what others changed since it was opened; what is wrong, by input."""
        return await self._saved(body, self._merged(part(body, "view"), team_of(body), user_of(body)))

    async def _merged(self, view: Json, team: str, user: str) -> SettingsChanged:
        first, given = forms.showed(view), forms.differing(view)
        try:
            joined = await self.joined.of(team) if "draft_channels" in given else {}
        except Unreadable:
            raise TryLater(_PATIENCE) from None

        def wanted(settings: WorkspaceSettings) -> dict[str, str]:
            now = windows.as_shown(settings, joined)
            return {name: merged(name, first.get(name, ""), said, now=now[name]) for name, said in given.items()}

        return await self.choose.change.edit(team, user, wanted)

    async def save_family(self, body: Json) -> dict[str, str]:
        """Keep the choices that were changed; what is wrong, by input."""
        view, (team, user) = part(body, "view"), who(body)
        choices = {name: Choice(value) for name, value in forms.differing(view).items()}
        return await self._saved(body, self.choose(team, user, choices))

    async def _saved(self, body: Json, saving: Awaitable[SettingsChanged]) -> dict[str, str]:
        view = part(body, "view")
        try:
            changed = await saving
        except TryLater:
            return windows.faults(view, {"": settings_words.LATER})
        if not changed.faults and changed.changes:
            await self._show_anew(body)
        return windows.faults(view, dict(changed.faults))

    async def _show_anew(self, body: Json) -> None:
        """The windows below and the Home; one that is closed by now is no reason to fail, and a slow one follows."""
        team, user, view = team_of(body), user_of(body), part(body, "view")
        settings, library = await self.show.settings.of(team), await self.show.libraries.of(team)
        seen = await self.show.seen(team, user, settings)
        client = self._client(team)
        root, below = text(view, "root_view_id"), text(view, "previous_view_id")
        work: list[Awaitable[object]] = [self.publish(team, user)]
        if root and root != text(view, "id"):
            work.append(client.views_update(view_id=root, view=windows.overview(settings, library, seen)))
        if below and below != root:
            above = await self._page(
                body, "channels" if _is_strictness(text(view, "private_metadata")) else "guidelines"
            )
            work.append(client.views_update(view_id=below, view=above))
        await asyncio.wait({self.afterwards.go_on(_all_shown(work))}, timeout=_PATIENCE)

    async def _page(self, body: Json, name: str) -> Json:
        team, user = who(body)
        if _is_strictness(name):
            channel = name.removeprefix(windows.STRICT)
            counted = await self.count(team, user, channel) if self.count else WouldFlag()
            return windows.strictness(channel, await self.show.settings.of(team), counted)
        if name not in settings_words.PAGES:
            return windows.told(settings_words.NO_PAGE, settings_words.TITLE)
        joined: dict[str, str] = {}
        with suppress(Unreadable):
            joined = await self.joined.of(team)
        settings = await self.show.settings.of(team)
        library = await self.show.libraries.of(team)
        seen, priced = await self.show.seen(team, user, settings), self.choose.change.known.priced
        return windows.page(name, settings, library, joined=joined, seen=seen, priced=priced)

    async def _is_lead(self, team: str, user: str) -> bool:
        with suppress(TryLater, *UNREACHED):
            return await self.show.leads.includes(team, user)
        return False

    def _client(self, team: str) -> AsyncWebClient:
        return self.clients.of(team).client


def _is_strictness(page: str) -> bool:
    return page.startswith(windows.STRICT)
