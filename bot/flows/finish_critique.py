"""What code adds to a critique before it is kept.

What pictures show, the labels that answers call for, and dismissals that still hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.critique import ModelPart
from bot.core.delta import same_words
from bot.core.labels import with_labels
from bot.core.verdict import Decision

if TYPE_CHECKING:
    from bot.core.critique import Critique
    from bot.core.guideline import Library
    from bot.core.ports import Drafts, Verdicts
    from bot.core.record import DraftState, ReviewJob
    from bot.core.settings_ports import WorkspaceSettingsOf
    from bot.core.severity import Severity
    from bot.core.verdict import Verdict
    from bot.flows.tell_pictures import TellPictures


@dataclass(frozen=True, slots=True)
class FinishCritique:
    """Comes before the review is kept, so that a crash in between costs nothing. ``library`` holds every guideline."""

    drafts: Drafts
    verdicts: Verdicts
    library: Library
    settings: WorkspaceSettingsOf
    pictures: TellPictures | None = None

    async def __call__(self, job: ReviewJob, critique: Critique) -> Critique:
        """The critique as it is to be kept."""
        state = await self.drafts.state(job.draft_id)
        if state is None:
            return critique
        if critique.model_part is ModelPart.OFF and state.earlier and state.earlier.review.critique.follows_a_recording:
            critique = replace(critique, model_part=ModelPart.OUTGROWN)
        in_force = await self._severities(job.team) if self.pictures or state.answers else {}
        if self.pictures:
            critique = await self.pictures(job, critique, state, in_force)
        if state.answers:
            critique = with_labels(critique, state.record.draft, state.answers, in_force)
        for verdict in await self._carried(job, critique, state):
            await self.verdicts.record(job.draft_id, verdict)
        return critique

    async def _severities(self, team: str) -> dict[str, Severity]:
        in_force = (await self.settings.of(team)).policy.apply(self.library)
        return {guideline.id: guideline.severity for guideline in in_force.guidelines}

    async def _carried(self, job: ReviewJob, critique: Critique, state: DraftState) -> list[Verdict]:
        """Dismissals of points that a model quotes a little differently this time, though their words stayed."""
        dismissed = {v.finding: v for v in state.verdicts if v.decision is Decision.DISMISSED}
        if not dismissed:
            return []
        text = state.record.draft.text
        before = await self.drafts.previous_review(job)
        pairs = list(same_words(before.critique, critique, text, text)) if before else []
        if state.earlier:
            pairs += same_words(state.earlier.review.critique, critique, state.earlier.text, text)
        decided = {verdict.finding for verdict in state.verdicts}
        return [
            replace(dismissed[old.ref], finding=new.ref)
            for old, new in pairs
            if old.ref in dismissed and new.ref not in decided and new.dismissable
        ]
