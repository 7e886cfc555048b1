"""Candor was invited to a channel: say once, and only once ever, what it is and what it does with people's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.errors import TryLater, Unreadable
from bot.core.personal_data import Introduction
from bot.core.presence import INTRODUCED, Notice, Trouble

if TYPE_CHECKING:
    from bot.core.lead_ports import Notices
    from bot.core.personal_data import Reader
    from bot.core.ports import Step
    from bot.core.privacy_ports import Introductions
    from bot.core.private_ports import Homes
    from bot.core.settings_ports import WorkspaceSettingsOf

_SOON, _LATER = 20.0, 60.0


@dataclass(frozen=True, slots=True)
class Introduce:
    """The job behind it."""

    notices: Notices
    introductions: Introductions
    settings: WorkspaceSettingsOf
    channels: Homes
    reader: Reader

    async def __call__(self, step: Step, team: str, channel: str) -> str:
        """Run its one step; the result says in a word how it ended."""

        async def introduce(_: str) -> str:
            return await self.introduce(team, channel)

        return await step("introduce", introduce, f"introduce:{team}:{channel}")

    async def introduce(self, team: str, channel: str) -> str:
        """Raises `TryLater` while Slack, or another job, stands in the way."""
        # It is told to nobody in particular.
        notice = Notice(team, "", f"{INTRODUCED}{channel}")
        if not await self.notices.reserve(notice):
            if await self.notices.is_told(notice):
                return "known"
            raise TryLater(_SOON)
        try:
            if not await self._stands(team, channel):
                await self.introductions.post(await self.about(team, channel))
        except Unreadable as error:
            if error.trouble is Trouble.LATER:
                raise TryLater(_LATER) from None
            return "not there"
        await self.notices.told(notice)
        return "introduced"

    async def about(self, team: str, channel: str) -> Introduction:
        """What there is to say at this moment."""
        days = (await self.settings.of(team)).retention_days
        return Introduction(team, channel, await self.channels.is_switched_on(team, channel), days, self.reader)

    async def _stands(self, team: str, channel: str) -> bool:
        """True where an attempt before this one got through; a channel that cannot be read may still be written to."""
        try:
            return bool(await self.introductions.find(team, channel))
        except Unreadable as error:
            if error.trouble is not Trouble.NO_SCOPE:
                raise
            return False
