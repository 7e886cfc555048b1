"""A brand lead approves a draft, asks for changes, or holds it. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.sign_off import Act, Prospect, Refusal, Refused, SignOffAct

if TYPE_CHECKING:
    from bot.core.ports import Clock, Jobs
    from bot.core.sign_off import Wish
    from bot.core.sign_off_ports import SignOffs
    from bot.flows.look_at_sign_off import LookAtSignOff


@dataclass(frozen=True, slots=True)
class DecideSignOff:
    """Keeps the decision about the text that the person saw, then asks for the thread to show it."""

    look: LookAtSignOff
    sign_offs: SignOffs
    jobs: Jobs
    clock: Clock

    async def __call__(self, wish: Wish) -> Refused | Prospect | None:
        """None where it was taken; why not; or what an approval has to be confirmed in view of."""
        found = await self.look(wish.draft_id, wish.user, wish.act)
        if isinstance(found, Refused):
            return found
        same = found.subject.fingerprint == wish.subject.fingerprint
        if wish.act is Act.APPROVED and not same:
            return Refused(Refusal.CHANGED)
        if wish.act is Act.APPROVED and found.needs_care and not wish.confirmed:
            return found
        # A note on words that have changed meanwhile is kept all the same: it shows as made on the earlier text.
        left, reviewed = (found.open, found.reviewed) if same else ((), False)
        act = SignOffAct(
            wish.key, wish.act, wish.user, self.clock.now(), wish.subject, wish.note.strip(), left, reviewed
        )
        await self.sign_offs.record(wish.draft_id, act)
        await self.jobs.refresh(wish.draft_id, wish.key)
        return None
