"""What is stored about a person: shown, exported, deleted; and what retention deletes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.drafts import Place, reference
from bot.core.errors import TryLater
from bot.core.privacy import DataKind, Holdings
from bot.core.watching import Notice, SeenChannels
from bot.core.words import privacy as words

if TYPE_CHECKING:
    from bot.core.ports import Clock, Drafts, Jobs, Step
    from bot.core.privacy import FileMessages, Hushing, PersonalData, Reader
    from bot.core.settings import WorkspaceSettingsOf
    from bot.core.watching import DirectMessages
    from bot.flows.audience import WhoSees
    from bot.flows.brand.audit import WithdrawAudit


# Tell a person what is stored about them.


@dataclass(frozen=True, slots=True)
class ShowPrivacy:
    """Counts at this moment."""

    data: PersonalData
    settings: WorkspaceSettingsOf
    reader: Reader

    async def __call__(self, team: str, user: str) -> Holdings:
        """What there is of each kind, who reads it and how long it is kept."""
        settings = await self.settings.of(team)
        counts = await self.data.counts(team, user)
        return Holdings(counts, settings.retention_days, self.reader, is_lead=user in settings.brand_leads)


# Send a person everything that is stored about them, as a file in a direct message.


_AFTER = 60.0
"""Seconds after which Slack is asked again what somebody may read."""


@dataclass(frozen=True, slots=True)
class ExportPerson:
    """The job behind it: one step, which sends nothing twice. It waits until Slack says what the person may read."""

    data: PersonalData
    file_messages: FileMessages
    clock: Clock
    sees: WhoSees

    async def __call__(self, step: Step, team: str, user: str, wish: str) -> str:
        """Run it; ``wish`` is its key. The result says what was done."""

        async def may_read(channels: frozenset[str]) -> frozenset[str]:
            seen = await self.sees.named(team, user, channels) if channels else SeenChannels()
            if not seen.sure:
                raise TryLater(_AFTER)
            return seen.channels

        async def send(key: str) -> str:
            made_at = datetime.fromtimestamp(self.clock.now(), UTC).isoformat()
            about = {"about": words.FILE_ABOUT, "workspace": team, "person": user, "made_at": made_at}
            content = about | {"stored": await self.data.gather(team, user, may_read)}
            made = json.dumps(content, ensure_ascii=False, indent=2)
            await self.file_messages.send(team, user, words.file_name(reference(key)), content=made)
            return "sent"

        return await step("send", send, f"export:{team}:{user}:{wish}")


# Delete what is stored about a person: what is theirs for good, elsewhere their name.


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """The job behind it. Safe to repeat: whatever is left is deleted the next time."""

    data: PersonalData
    drafts: Drafts
    jobs: Jobs
    hushing: Hushing
    messages: DirectMessages
    withdraw: WithdrawAudit

    async def __call__(self, step: Step, team: str, user: str, wish: str) -> str:
        """Run the steps; ``wish`` is its key. The result says how many drafts were deleted."""

        async def look(_: str) -> str:
            return await self._look(team, user)

        async def erase(draft_ids: str) -> str:
            erased = await self.erase(draft_ids)  # first: the rest waits for Slack
            await self._withdraw(team, audits)
            return erased

        async def forget(_: str) -> str:
            return ",".join(await self.data.forget(team, user))

        async def tell(_: str) -> str:
            await self.messages.tell(Notice(team, user, f"forgotten:{wish}"), words.forgotten(_counts(counted)))
            return str(len(mine))

        key = f"forget:{team}:{user}:{wish}"
        # A job that began under an earlier version has looked for the first two alone.
        found, signed, audits, counted, *_ = *(await step("look", look, key)).split(";"), "", ""
        mine = _ids(found)
        await step("erase", erase, ",".join(mine))
        for draft_id in mine:  # a step cannot ask for jobs; what a crash leaves here, the sweeps find
            await self.jobs.remove_reply(draft_id)
        for turn_id in _ids(await step("forget", forget, key)):
            await self.hushing.hush(turn_id)
        for draft_id in _ids(signed):  # their name and notes go from the replies to others, too
            await self.jobs.refresh(draft_id, f"forgotten:{reference(wish)}")
        return await step("tell", tell, key)

    async def _look(self, team: str, user: str) -> str:
        """The ids of drafts that are theirs or hold their name, those of audits, and how much there is of each kind."""
        audits = await self.withdraw.audits.about(team, user)
        counts = await self.data.counts(team, user) | {DataKind.AUDITS: len(audits)}
        counted = [f"{kind}={number}" for kind, number in counts.items() if number]
        drafts, signed = await self.data.drafts(team, user), await self.data.signed(team, user)
        return ";".join(",".join(one) for one in (drafts, signed, audits, counted))

    async def _withdraw(self, team: str, audits: str) -> None:
        for audit_id in _ids(audits):
            await self.withdraw(team, audit_id)

    async def erase(self, draft_ids: str) -> str:
        """Each as if its author had deleted the message, which stands."""
        for draft_id in _ids(draft_ids):
            await self.drafts.erase(Place.of(draft_id), stands=True)
        return "erased"


def _ids(joined: str) -> list[str]:
    return [one for one in joined.split(",") if one]


def _counts(joined: str) -> dict[DataKind, int]:
    return {DataKind(kind): int(number) for kind, _, number in (one.partition("=") for one in _ids(joined))}
