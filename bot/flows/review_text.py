"""Review a text that stands alone, outside Slack."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bot.core.contacts import without_own
from bot.core.critique import Critique, ModelPart, Outcome
from bot.core.finding import without_overlaps
from bot.core.judgement import Asked, Case, Failure, Judgement, ModelFailed
from bot.core.merging import merge, one_per_sentence
from bot.core.pictures import PictureReview
from bot.core.rule import Checks
from bot.core.variants import split_variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.core.draft import Draft
    from bot.core.finding import Finding
    from bot.core.ports import Critic, Rules
    from bot.core.variants import Variant

Result = TypeVar("Result")

_LONG = 3_000
"""Characters; the rules read so many in about 5 ms."""
_BESIDE = ThreadPoolExecutor(1, "beside the loop")
_WITHOUT = {Failure.TOO_LONG: ModelPart.TOO_LONG, Failure.ABSENT: ModelPart.OFF}


def review_text(draft: Draft, rules: Rules) -> Critique:
    """The critique that the fixed rules give; it says that only they were applied."""
    return critique_of(draft, rule_findings(draft, rules), None, rules)


async def review_text_with_model(draft: Draft, rules: Rules, critic: Critic) -> Critique:
    """The full critique; where the model fails, the rules' own, which says so."""
    return await review_case(Case("", "", draft, rule_findings(draft, rules)), rules, critic)


async def review_case(case: Case, rules: Rules, critic: Critic) -> Critique:
    """The same for a case that carries what the rules found."""
    asked = await ask_critic(case, critic)
    return await critique_beside(case.draft, case.found, asked, rules, part=part_after(asked, ModelPart.UNREACHED))


async def ask_critic(case: Case, critic: Critic) -> Asked:
    """What the critic makes of a case, or why it makes nothing of it."""
    try:
        return without_own_contacts(await critic.judge(case), case.draft)
    except ModelFailed as error:
        return error.failure


def part_after(asked: Asked | None, otherwise: ModelPart) -> ModelPart | None:
    """The model's part where it may answer another time: a refused key is called one. None where it may not."""
    if isinstance(asked, Judgement) or (asked and not ModelFailed(asked).passing):
        return None
    return ModelPart.KEY if asked is Failure.KEY else otherwise


def without_own_contacts(asked: Asked, draft: Draft) -> Asked:
    """The model's answer without points about contact data that the brand publishes as its own."""
    if isinstance(asked, Failure):
        return asked
    return replace(asked, findings=without_own(asked.findings, draft.own_contacts))


def critique_of(
    draft: Draft, found: tuple[Finding, ...], asked: Asked | None, rules: Rules, *, part: ModelPart | None = None
) -> Critique:
    """What is certain, with the model's findings where it answered and with the leads where it did not.

    ``found`` is what the rules found in the draft; ``part`` says what became of the model where it gave no judgement.
    """
    certain = one_per_sentence((finding for finding in found if not finding.lead), draft.text)
    checks = _checks(draft, rules)
    if isinstance(asked, Judgement):
        return _full(draft, certain, asked, rules.guidelines, checks)
    part = part or (_WITHOUT.get(asked, ModelPart.DECLINED) if asked else ModelPart.OFF)
    outcome = Outcome.FINDINGS if certain else Outcome.NOTHING_TO_FLAG
    leads = tuple(finding for finding in found if finding.lead)
    return Critique(outcome, certain, guidelines=rules.guidelines, model_part=part, leads=leads, checks=checks)


async def critique_beside(
    draft: Draft, found: tuple[Finding, ...], asked: Asked | None, rules: Rules, *, part: ModelPart | None = None
) -> Critique:
    """The same, without keeping others waiting where the draft is long."""
    return await aside(len(draft.text), lambda: critique_of(draft, found, asked, rules, part=part))


def _full(
    draft: Draft, certain: tuple[Finding, ...], judgement: Judgement, guidelines: int, checks: Checks
) -> Critique:
    judged = one_per_sentence(judgement.findings, draft.text)
    findings = one_per_sentence(merge(certain, judged), draft.text)
    said = findings or judgement.questions or judgement.in_pictures or judgement.unplaced
    outcome = Outcome.FINDINGS if said else Outcome.NOTHING_TO_FLAG
    if judgement.not_a_draft and outcome is Outcome.NOTHING_TO_FLAG:
        outcome = Outcome.NOT_A_DRAFT
    return Critique(
        outcome,
        findings,
        judgement.questions,
        fixed_rules_only=False,
        guidelines=guidelines,
        model_part=ModelPart.ANSWERED,
        model=judgement.model,
        pictures=PictureReview(points=judgement.in_pictures) if judgement.in_pictures else None,
        checks=checks,
        unplaced=judgement.unplaced,
        left_out=judgement.left_out,
    )


def _checks(draft: Draft, rules: Rules) -> Checks:
    """Those of the post in the draft that most of them can read."""
    posts = split_variants(draft.text, draft.zones, draft.platform)
    return max((rules.checks(_alone(draft, post)) for post in posts), key=lambda checks: checks.ran, default=Checks())


async def aside(characters: int, work: Callable[[], Result]) -> Result:
    """The result of work that grows with so many characters to read; where they are many it is done in a thread.

    Python code in the event loop keeps every click, health check and draft of all workspaces waiting. Threads share the
    interpreter with the loop, so there is one, and long drafts take turns.
    """
    if characters <= _LONG:
        return work()
    return await asyncio.get_running_loop().run_in_executor(_BESIDE, work)


async def found_by_rules(draft: Draft, rules: Rules) -> tuple[Finding, ...]:
    """What the rules find in a draft, without keeping others waiting where it is long."""
    return await aside(len(draft.text), lambda: rule_findings(draft, rules))


def rule_findings(draft: Draft, rules: Rules) -> tuple[Finding, ...]:
    """What the rules find in a draft with all its variants."""
    return without_overlaps(without_own(_findings(draft, rules), draft.own_contacts))


def _findings(draft: Draft, rules: Rules) -> Iterator[Finding]:
    """Every variant judged for its own platform; offsets are those of the whole draft."""
    for variant in split_variants(draft.text, draft.zones, draft.platform):
        for finding in rules.findings(_alone(draft, variant)):
            yield finding.moved(variant.start)


def _alone(draft: Draft, variant: Variant) -> Draft:
    return replace(draft, text=variant.text, platform=variant.platform, zones=(), parts=variant.parts)
