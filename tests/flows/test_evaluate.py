from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from bot.core.deciding import GuidelineException, Scope
from bot.core.drafts import Draft
from bot.core.findings import Finding, Origin
from bot.core.guidelines import Severity
from bot.core.judging import Failure, Judgement, Usage
from bot.evaluation.cases import GoldCase, Note
from bot.evaluation.running import Evaluate
from tests.flows.fakes import FakeRules
from tests.flows.model_fakes import FakeCritic

PRESSURE, EXIT, TIE = "user-control/no-false-pressure", "user-control/way-out", "transparency/commercial-disclosure"
TEXT = "Hurry up. To leave, write a letter. Everyone has one."
_USUAL = Severity.SHOULD_FIX
SEVERITIES = {PRESSURE: _USUAL, EXIT: _USUAL, TIE: _USUAL}
CASE = GoldCase("a", Draft(TEXT, "instagram", "It is meant as a joke."))


def found(guideline: str, quote: str, **other: object) -> Finding:
    start = TEXT.index(quote)
    made = Finding(
        guideline, Severity.SHOULD_FIX, start, end=start + len(quote), quote=quote, why="Why.", origin=Origin.MODEL
    )
    return replace(made, **other)  # pyright: ignore[reportArgumentType] - fields of a finding


class RulesThatFind(FakeRules):
    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        return (found(PRESSURE, "Hurry up", origin=Origin.RULE, rule="r"),)


@dataclass
class FakeExaminer:
    critic: FakeCritic
    said: Note = field(default_factory=Note)

    def note(self) -> Note:
        return self.said


def with_critic(rules: FakeRules, critic: FakeCritic, note: Note | None = None) -> Evaluate:
    def examiner_for(case: str, run: int) -> FakeExaminer:
        assert (case, run) == ("a", 0)
        return FakeExaminer(critic, note or Note())

    return Evaluate(rules, SEVERITIES, examiner_for)


async def test_without_a_model_the_rules_speak_and_nothing_failed() -> None:
    told: list[int] = []
    answered = await Evaluate(RulesThatFind(), SEVERITIES)([CASE], runs=2, tell=lambda: told.append(1))
    assert [(one.run, one.fault, len(one.findings)) for one in answered] == [(0, "", 1), (1, "", 1)]
    assert len(told) == 2


async def test_the_model_reads_the_case_as_the_author_gave_it_and_its_judgement_is_merged() -> None:
    judgement = Judgement(
        (found(PRESSURE, "Hurry up"), found(EXIT, "write a letter")),
        model="m-1",
        usage=Usage(1, 10, 0, output_tokens=5),
        drops={"ungrounded": 2},
        confidences={"x": "high"},
    )
    critic = FakeCritic(judgement)
    work = with_critic(RulesThatFind(), critic, Note("", 1.5))
    (one,) = await work([replace(CASE, answers=((PRESSURE, "It ends today"),))])
    asked = critic.cases[0]
    assert (asked.draft, asked.answers) == (CASE.draft, ((PRESSURE, "It ends today"),))
    assert asked.found == RulesThatFind().findings(CASE.draft)
    assert [(f.guideline, f.origin) for f in one.findings] == [(PRESSURE, Origin.RULE), (EXIT, Origin.MODEL)]
    assert (one.drops, one.confidences) == ({"already_found": 1, "ungrounded": 2}, {"x": "high"})
    assert (one.model, one.usage.input_tokens, one.seconds, one.fault) == ("m-1", 10, 1.5, "")


@pytest.mark.parametrize(("note", "fault"), [(Note(), "refused"), (Note("stale"), "stale")])
async def test_a_failure_is_named_and_leaves_the_rules(note: Note, fault: str) -> None:
    work = with_critic(RulesThatFind(), FakeCritic(Failure.REFUSED), note)
    (one,) = await work([CASE])
    assert (one.fault, len(one.findings)) == (fault, 1)


async def test_exceptions_and_the_cap_are_counted() -> None:
    spans = ("Hurry up", "To leave", "Everyone has", "one.")
    judged = (
        *(found(EXIT, quote) for quote in spans),
        found(TIE, "has one"),
        found("authenticity/human-voice", "letter"),
    )
    exception = GuidelineException(
        team="",
        id="e",
        guideline=EXIT,
        ref=judged[1].ref,
        quote="To leave",
        scope=Scope.ALWAYS,
        author="",
        draft_id="",
        created_at=0.0,
    )
    work = with_critic(FakeRules(), FakeCritic(Judgement(judged)))
    (one,) = await work([replace(CASE, exceptions=(exception,))])
    assert (len(one.findings), len(one.shown), one.drops) == (4, 3, {"cap": 1, "exception": 1})


async def test_an_answer_that_calls_for_a_label_adds_its_point() -> None:
    (one,) = await Evaluate(FakeRules(), SEVERITIES)([replace(CASE, answers=((TIE, "Paid partnership"),))])
    assert [finding.guideline for finding in one.findings] == [TIE]
