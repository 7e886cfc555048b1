"""Put posts with known answers through the whole review."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.deciding import Answer, letter_for_letter, silencing
from bot.core.findings import Origin, pieces
from bot.core.judging import SHOWN, Case, Judgement
from bot.core.labels import with_labels
from bot.core.ports import Judges
from bot.evaluation.cases import Answered, Note
from bot.flows.reviewing import ask_critic, critique_of, rule_findings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from bot.core.deciding import Covers
    from bot.core.findings import Finding
    from bot.core.guidelines import Severity
    from bot.core.judging import Asked, Critique
    from bot.core.ports import Rules
    from bot.evaluation.cases import Examiner, GoldCase

    Beside = Callable[[GoldCase, Judges], Awaitable[Judges]]
    """Gives the judges who hold a case against what its brand keeps."""

ALREADY_FOUND, EXCEPTION, CAP = "already_found", "exception", "cap"
"""Reasons beside those of a judgement: a rule has the point; the team excepts it; it is folded."""


async def nothing_beside(case: GoldCase, judges: Judges) -> Judges:
    """The judges as they are: of a case without a memory."""
    del case
    return judges


@dataclass(frozen=True, slots=True)
class Evaluate:
    """Reviews cases as drafts are reviewed. Without ``examiner_for`` (case's id, run) the rules speak alone.

    ``severities`` are those of the guidelines in force, ``at_once`` how many cases are under way at the same time.
    """

    rules: Rules
    severities: Mapping[str, Severity]
    examiner_for: Callable[[str, int], Examiner] | None = None
    at_once: int = 8
    covers: Covers = letter_for_letter
    beside: Beside = nothing_beside

    async def __call__(
        self, cases: Sequence[GoldCase], runs: int = 1, tell: Callable[[], object] = lambda: None
    ) -> tuple[Answered, ...]:
        """Every case in every run, in this order; ``tell`` is called after each."""
        gate = asyncio.Semaphore(self.at_once)

        async def one(case: GoldCase, run: int) -> Answered:
            async with gate:
                answered = await self._answered(case, run)
            tell()
            return answered

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(case, run)) for run in range(runs) for case in cases]
        return tuple(task.result() for task in tasks)

    async def _answered(self, gold: GoldCase, run: int) -> Answered:
        critique, asked, note = await self._reviewed(gold, run)
        answers = [Answer(guideline, answer, "", at="") for guideline, answer in gold.answers]
        critique = with_labels(critique, gold.draft, answers, severities=self.severities)
        judgement = asked if isinstance(asked, Judgement) else Judgement()
        text = gold.draft.text

        def is_silenced(finding: Finding) -> bool:
            return silencing(gold.exceptions, finding, text, covers=self.covers) is not None

        every = [piece for finding in critique.findings for piece in pieces(finding, text, is_silenced)]
        silenced = [finding for finding in every if is_silenced(finding)]
        findings = tuple(finding for finding in every if finding not in silenced)
        return Answered(
            gold,
            run,
            findings,
            questions=critique.questions,
            fault=note.fault or ("" if asked is None or isinstance(asked, Judgement) else asked.value),
            drops=_drops(judgement, critique, silenced, findings=findings),
            confidences=judgement.confidences,
            confirmed=judgement.confirmed,
            model=judgement.model,
            usage=judgement.usage,
            seconds=note.seconds,
        )

    async def _reviewed(self, gold: GoldCase, run: int) -> tuple[Critique, Asked | None, Note]:
        examiner = self.examiner_for(gold.id, run) if self.examiner_for else None
        judges = await self.beside(gold, Judges(self.rules, examiner.critic if examiner else None))
        draft = judges.told(gold.draft)
        found = rule_findings(draft, judges.rules)
        case = Case("", "", draft, found=found, answers=gold.answers, said_before=judges.said_before)
        asked = await ask_critic(case, judges.critic) if judges.critic else None
        critique = critique_of(gold.draft, found, asked, rules=judges.rules)
        return critique, asked, examiner.note() if examiner else Note()


def _drops(
    judgement: Judgement, critique: Critique, silenced: Sequence[Finding], findings: Sequence[Finding]
) -> dict[str, int]:
    own = sum(part.origin is Origin.MODEL for finding in critique.findings for part in finding.each)
    more = {ALREADY_FOUND: max(0, len(judgement.findings) - own), EXCEPTION: len(silenced)}
    total = Counter({**judgement.drops, **more, CAP: len(findings[SHOWN:])})
    return {reason: number for reason, number in sorted(total.items()) if number}
