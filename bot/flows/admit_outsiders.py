"""People of other organisations, in channels that are shared with them: heard only where the workspace wants it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.message import Author

if TYPE_CHECKING:
    from bot.core.message import Message
    from bot.core.settings_ports import WorkspaceSettingsOf


@dataclass(frozen=True, slots=True)
class AdmitOutsiders:
    """Asked at every door through which messages come."""

    settings: WorkspaceSettingsOf

    async def __call__(self, message: Message) -> Message:
        """The message, with its author as one of the workspace's own where that is wanted."""
        if message.author is Author.OUTSIDER and (await self.settings.of(message.place.team)).external_authors:
            return replace(message, author=Author.PERSON)
        return message
