"""Send a person everything that is stored about them, as a file in a direct message."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.click import reference
from bot.core.words import privacy as words

if TYPE_CHECKING:
    from bot.core.audience import Audience
    from bot.core.ports import Clock, Step
    from bot.core.privacy_ports import Mailbox, PersonalData


@dataclass(frozen=True, slots=True)
class ExportPerson:
    """The job behind it: one step, which sends nothing twice. It waits until Slack says what the person may read."""

    data: PersonalData
    mailbox: Mailbox
    clock: Clock
    audience: Audience

    async def __call__(self, step: Step, team: str, user: str, wish: str) -> str:
        """Run it; ``wish`` is its key. The result says what was done."""

        async def may_read(channels: frozenset[str]) -> frozenset[str]:
            return await self.audience.of(team, user, channels)

        async def send(key: str) -> str:
            made_at = datetime.fromtimestamp(self.clock.now(), UTC).isoformat()
            about = {"about": words.FILE_ABOUT, "workspace": team, "person": user, "made_at": made_at}
            content = about | {"stored": await self.data.gather(team, user, may_read)}
            made = json.dumps(content, ensure_ascii=False, indent=2)
            await self.mailbox.send(team, user, words.file_name(reference(key)), made)
            return "sent"

        return await step("send", send, f"export:{team}:{user}:{wish}")
