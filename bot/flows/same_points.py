"""Points that say in other words what was left alone: code asks a language model, and bounds what it can hide."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.deciding import silencing
from bot.core.judging import ModelFailed
from bot.core.same_points import PAIRS, pairs_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from bot.core.deciding import ExceptionStore, Verdict
    from bot.core.findings import Finding
    from bot.core.guidelines import Guideline
    from bot.core.judging import Critique
    from bot.core.reviewing import DraftRecord, DraftState
    from bot.core.same_points import Comparer, PointPair, SamePoints
    from bot.flows.asking import CallTurns


@dataclass(frozen=True, slots=True)
class FindSamePoints:
    """Asks once for each pair, in one call for a review. Where nobody answers, the points are shown.

    ``may_be_same`` is code's check: a model can hide no other number or date, and nothing that only adds to what was
    left alone. Without a ``comparer`` only what was told before counts.
    """

    exceptions: ExceptionStore
    kept: SamePoints
    may_be_same: Callable[[str, str], bool]
    turns: CallTurns
    comparer: Comparer | None = None

    async def __call__(
        self,
        state: DraftState,
        critique: Critique,
        dismissed: Sequence[tuple[Finding, Verdict]],
        in_force: Callable[[], Awaitable[Mapping[str, Guideline]]],
    ) -> frozenset[tuple[str, str]]:
        """The refs of the pairs that are one point. ``dismissed`` are points that the draft had before.

        The state holds the exceptions that reach its author.
        """
        record, text = state.record, state.record.draft.text
        decided = {verdict.finding for verdict in state.verdicts}
        every = [part for finding in critique.findings for part in finding.each if part.ref not in decided]
        points = [one for one in every if not silencing(state.exceptions, one, text, covers=state.covers)]
        pairs = [
            pair
            for pair in pairs_of(points, text, state.exceptions, dismissed=dismissed)
            if self.may_be_same(pair.known, pair.words)
        ]
        if not pairs:
            return frozenset()
        told = await self.kept.told(record.place.team, {pair.refs for pair in pairs})
        unknown = [pair for pair in pairs if pair.refs not in told][:PAIRS]
        if unknown and self.comparer and not critique.fixed_rules_only:
            told |= await self._asked(self.comparer, record, unknown, guidelines=await in_force())
        await self.kept.keep(record.id, told)
        return frozenset(refs for refs, same in told.items() if same)

    async def _asked(
        self, comparer: Comparer, record: DraftRecord, pairs: Sequence[PointPair], guidelines: Mapping[str, Guideline]
    ) -> dict[tuple[str, str], bool]:
        about = [
            replace(pair, title=known.title, question=known.question) if known else pair
            for pair in pairs
            for known in [guidelines.get(pair.guideline)]
        ]
        with suppress(ModelFailed):
            async with self.turns.of(record.place.team, urgent=True):
                same = await comparer.same(record.place.team, record.author_id, about)
            return {pair.refs: said for pair, said in zip(pairs, same, strict=True)}
        return {}
