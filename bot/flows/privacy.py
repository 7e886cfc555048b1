"""Delete what is stored about a person: what is theirs for good, elsewhere their name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.message import Place
from bot.core.presence import Notice
from bot.core.words import privacy as words

if TYPE_CHECKING:
    from bot.core.lead_ports import DirectMessages
    from bot.core.ports import Drafts, Jobs, Step
    from bot.core.privacy_ports import Hushing, PersonalData


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """The job behind it. Safe to repeat: whatever is left is deleted the next time."""

    data: PersonalData
    drafts: Drafts
    jobs: Jobs
    hushing: Hushing
    messages: DirectMessages

    async def __call__(self, step: Step, team: str, user: str, wish: str) -> str:
        """Run the steps; ``wish`` is its key. The result says how many drafts were deleted."""

        async def look(_: str) -> str:
            return ",".join(await self.data.drafts(team, user))

        async def forget(_: str) -> str:
            return ",".join(await self.data.forget(team, user))

        async def tell(_: str) -> str:
            await self.messages.tell(Notice(team, user, f"forgotten:{wish}"), words.forgotten(len(mine)))
            return str(len(mine))

        key = f"forget:{team}:{user}:{wish}"
        mine = _ids(await step("look", look, key))
        await step("erase", self.erase, ",".join(mine))
        for draft_id in mine:  # a step cannot ask for jobs; what a crash leaves here, the sweeps find
            await self.jobs.remove_reply(draft_id)
        for turn_id in _ids(await step("forget", forget, key)):
            await self.hushing.hush(turn_id)
        return await step("tell", tell, key)

    async def erase(self, draft_ids: str) -> str:
        """Each as if its author had deleted the message."""
        for draft_id in _ids(draft_ids):
            await self.drafts.erase(Place.of(draft_id))
        return "erased"


def _ids(joined: str) -> list[str]:
    return [one for one in joined.split(",") if one]
