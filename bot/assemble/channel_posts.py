"""The posts of a channel, for whoever runs Candor: what Slack shows, and what Candor keeps where it keeps something."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.assemble.installing import open_clients, settings_in_force
from bot.assemble.memory import has_memory, remembering
from bot.assemble.rules import whole_library
from bot.core.errors import PersonCanFix, Trouble, Unreadable
from bot.core.ports import SystemClock
from bot.core.settings import WorkspaceSettings
from bot.core.watching import is_channel_id
from bot.core.words.brand import audit as words
from bot.core.words.brand import posts as post_words
from bot.flows.brand.audit_sources import KeptInChannels, ReadChannel
from bot.flows.muting import IsMuted
from bot.flows.receiving import AdmitOutsiders
from bot.rules.values import terms_of
from bot.settings import missing
from bot.slack.channels import SlackChannels, SlackNames, channel_named
from bot.store.brand.posts import PostStore
from bot.store.deciding import OptOutStore
from bot.store.drafts import DraftStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.ports import Clock
    from bot.flows.brand.audit_sources import FoundInChannel
    from bot.settings import Settings
    from bot.slack.wire.clients import Clients, WorkspaceClient
    from bot.store.database import Database

_TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105 - its name


@dataclass(frozen=True, slots=True)
class _Audited:
    """Settings under which one channel is for drafts, so that everything there is read as one: also long pastes."""

    channel: str

    async def of(self, team: str) -> WorkspaceSettings:
        del team
        return WorkspaceSettings(draft_channels=(self.channel,))


async def posts_of_channel(
    settings: Settings, named: str, *, workspace: str, days: int, tell: Callable[[str, int], None]
) -> tuple[str, FoundInChannel]:
    """The channel's name and its posts; ``tell`` hears its name and how many messages were read.

    ``named`` is a name without # or an id, and ``days`` 0 for everything. Raises `PersonCanFix`.
    """
    if not settings.bot_tokens and not settings.install.is_on:
        raise missing(_TOKEN)
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        db = await stack.enter_async_context(remembering(settings)) if has_memory(settings) else None
        clients = await open_clients(settings, db, clock)
        installed = _workspace(clients, workspace)
        try:
            channel, name = await channel_named(installed.client, named)
            if not channel:
                raise PersonCanFix(words.not_in_channel(named, is_id=is_channel_id(named)))
            slack = SlackChannels(
                clients, _Audited(channel), frozenset(), clock=clock, names=SlackNames(clients, clock)
            )
            read = ReadChannel(slack, clock, _kept(settings, db, clock) if db else None)
            return name, await read(installed.team, channel, days, tell=lambda messages: tell(name, messages))
        except Unreadable as error:
            raise PersonCanFix(_why(error, named)) from None


def _workspace(clients: Clients, named: str) -> WorkspaceClient:
    """The one that was named, or the only one. Raises `PersonCanFix`."""
    teams = {one.team: one for one in clients}
    if named and named not in teams:
        raise PersonCanFix(post_words.unknown_workspace(named))
    if not teams:
        raise PersonCanFix(words.SLACK_SILENT if clients.awaits else post_words.NO_WORKSPACE)
    if not named and len(teams) > 1:
        raise PersonCanFix(post_words.which_workspace(sorted(teams)))
    return teams[named] if named else next(iter(teams.values()))


def _kept(settings: Settings, db: Database, clock: Clock) -> KeptInChannels:
    in_force, _ = settings_in_force(settings, whole_library(settings), db)
    return KeptInChannels(
        DraftStore(db, clock), PostStore(db, clock, terms_of), IsMuted(OptOutStore(db)), admit=AdmitOutsiders(in_force)
    )


def _why(error: Unreadable, named: str) -> str:
    if error.trouble is Trouble.ABSENT:
        return words.not_in_channel(named, is_id=is_channel_id(named))
    return words.not_allowed(error.code) if error.trouble is Trouble.NO_SCOPE else words.slack_failed(error.code)
