"""Words of authors in the digest: asked for in private, shown only where the author says so, gone with the draft."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.audience import channel_of
from bot.core.digest import WEEK
from bot.core.digest_schedule import week_of
from bot.core.errors import TryLater, Unreadable
from bot.core.presence import Notice

if TYPE_CHECKING:
    from bot.core.audience import Audience
    from bot.core.click import Click
    from bot.core.digest import Rewrite
    from bot.core.digest_ports import Board, Rewrites, ShareOffers, Workspaces
    from bot.core.lead_ports import Notices
    from bot.core.ports import Clock
    from bot.core.settings_ports import WorkspaceSettingsOf


@dataclass(frozen=True, slots=True)
class OfferRewrites:
    """Runs every hour. An author is asked once in an ISO week at most, and only where there is a digest."""

    workspaces: Workspaces
    settings: WorkspaceSettingsOf
    rewrites: Rewrites
    notices: Notices
    offers: ShareOffers
    clock: Clock
    audience: Audience

    async def __call__(self) -> int:
        """Ask the authors; how many were asked."""
        return sum([await self._team(team) for team in self.workspaces.teams])

    async def _team(self, team: str) -> int:
        now = self.clock.now()
        digest = (await self.settings.of(team)).digest
        if not digest.channel:
            return 0
        asked = 0
        for user, rewrite in await self.rewrites.candidates(team, now - WEEK):
            notice = Notice(team, user, f"rewrite:{week_of(digest, now)}")
            if await self._may_leave(team, rewrite) and await self.notices.reserve(notice):
                with suppress(TryLater):  # the next hour asks again
                    await self.offers.offer(team, user, notice.key, rewrite)
                    await self.notices.told(notice)
                    asked += 1
        return asked

    async def _may_leave(self, team: str, rewrite: Rewrite) -> bool:
        """True for words of a public channel: those of any other stay there, whatever their author says."""
        try:
            return await self.audience.is_open(team, channel_of(rewrite.draft_id))
        except TryLater:
            return False


@dataclass(frozen=True, slots=True)
class ShareRewrite:
    """The author answers, and may take it back."""

    rewrites: Rewrites
    clock: Clock

    async def __call__(self, click: Click, *, agrees: bool) -> bool:
        """Keep the answer; False where the draft is gone or is somebody else's."""
        place, target = click.place, click.target
        if agrees:
            now = self.clock.now()
            return await self.rewrites.share(place.team, target.draft_id, target.ref, user=click.user, now=now)
        return await self.rewrites.withdraw(place.team, target.draft_id, target.ref, user=click.user)


@dataclass(frozen=True, slots=True)
class HideRewrites:
    """Runs every minute: words whose draft was erased, or whose author changed their mind, go from the channel."""

    rewrites: Rewrites
    board: Board

    async def __call__(self) -> int:
        """Remove them; how many they were."""
        hidden = 0
        for shown in await self.rewrites.overdue():
            try:
                await self.board.remove(shown.team, shown.channel, shown.ts)
            except Unreadable:
                continue
            await self.rewrites.hidden(shown)
            hidden += 1
        return hidden
