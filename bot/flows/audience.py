"""What a person may see of what was said in channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.errors import TryLater, Unreadable
from bot.core.watching import SeenChannels, channel_of, is_channel_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.home import JoinedChannels
    from bot.core.watching import Audience, BrandLeads


# What a person may see of what was said in channels. Where Slack does not answer, nothing.


@dataclass(frozen=True, slots=True)
class WhoSees:
    """Asked before words, names or links of a channel go anywhere but into that channel."""

    audience: Audience
    joined: JoinedChannels
    leads: BrandLeads

    async def drafts(self, team: str, user: str, draft_ids: Iterable[str]) -> SeenChannels:
        """Of the channels that these drafts stand in, those that the person may read, by id."""
        return await self.channels(team, user, frozenset(map(channel_of, draft_ids)))

    async def channels(self, team: str, user: str, ids: Iterable[str]) -> SeenChannels:
        """Of these channels, those that the person may read."""
        try:
            return SeenChannels(await self.audience.of(team, user, frozenset(ids)))
        except TryLater:
            return SeenChannels(sure=False)

    async def named(self, team: str, user: str, names: Iterable[str]) -> SeenChannels:
        """The same for channels as settings name them, by id or by name.

        A name that belongs to no channel of Candor's is merely what a brand lead typed: brand leads see it, who alone
        can mend it.
        """
        wanted = frozenset(names)
        try:
            by_name = {name: channel for channel, name in (await self.joined.of(team)).items()}
            typed = frozenset(name for name in wanted if not is_channel_id(name) and name not in by_name)
            is_lead = bool(typed) and await self.leads.includes(team, user)
        except (TryLater, Unreadable):
            return SeenChannels(sure=False)
        seen = await self.channels(team, user, {by_name.get(name, name) for name in wanted - typed})
        shown = {name for name in wanted - typed if by_name.get(name, name) in seen}
        return SeenChannels(
            frozenset(shown | (typed if is_lead else frozenset())) if seen.sure else frozenset(), seen.sure
        )
