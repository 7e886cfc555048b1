"""Whoever uses every suggestion has a cured text: no point comes back, no new must-fix, nothing else is lost."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.deciding import Decision, Verdict
from bot.core.drafts import Draft
from bot.core.findings import clean_text
from bot.core.guidelines import Severity
from bot.core.reviewing import delta_of, standing_of
from bot.evaluation.cases import read_cases
from bot.flows.reviewing import review_text, review_text_with_model
from bot.model.brief import load_prompts
from bot.model.critic import ModelCritic
from bot.model.guards import kept, marks
from bot.rules.engine import RuleEngine
from tests.model.cases import QUICK
from tests.model.server import issue
from tests.model.stand_in import StandIn
from tests.outspoken import outspoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.findings import Finding
    from bot.core.guidelines import Library
    from bot.core.judging import Critique
    from bot.model.language_model import ModelRequest

HERE = Path(__file__).parent
FIXES = [json.loads(line) for line in (HERE / "fixes.jsonl").read_text(encoding="utf-8").splitlines()]
"""A replacement for the marked words of every violating post in the guideline files, as a good model would word it."""


@pytest.fixture(scope="module")
def all_rules(library: Library) -> RuleEngine:
    """Those of the optional packs too."""
    return RuleEngine(library)


@pytest.fixture(scope="module")
def critic(library: Library, all_rules: RuleEngine, root: Path) -> ModelCritic:
    """A critic whose model names the marked words with their fix, as long as they stand there without a label."""
    model = StandIn(_answer)
    return ModelCritic(
        model, library, all_rules, prompts=load_prompts(root / "prompts"), secret=b"s", limits=QUICK, sensitive=_nothing
    )


def _nothing(text: str) -> Iterator[tuple[int, int, str]]:
    del text
    return iter(())


def _answer(request: ModelRequest) -> Any:
    if request.form.name == "second_opinion":
        return {"points": [{"number": n, "reason": "", "verdict": "keep", "question": ""} for n in range(1, 9)]}
    case = json.loads(request.turns[-1].text.splitlines()[-2])
    found = [
        issue(fix["quote"], fix["guideline"].partition("/")[2], replacement=fix["fix"])
        for fix in FIXES
        if fix["quote"] in case["draft"] and not case["draft"].startswith("#ad ")
    ]
    properties: Any = request.form.schema["properties"]
    checklist = dict.fromkeys(properties["checklist"]["properties"], "clear")
    return {"issues": found, "questions": [], "checklist": checklist, "not_a_draft": False}


def _posts(library: Library) -> Iterator[tuple[str, Draft]]:
    """The wrong posts that we have, and the examples of every rule."""
    for name in ("posts", "unseen", "traps"):
        for case in read_cases({name: (HERE / f"{name}.jsonl").read_text(encoding="utf-8")}):
            yield case.id, case.draft
    for guideline in library.guidelines:
        for example in guideline.bad:
            yield f"{guideline.id}:{example.line}", Draft(example.text, example.platform, example.context)
        for rule in guideline.rules:
            for caught in rule.catches:
                yield f"{guideline.id}:{caught.line}", Draft(caught.text, (*rule.only_on, "")[0])


def _use_all(draft: Draft, critique: Critique) -> tuple[Draft, tuple[Finding, ...]]:
    """The draft after somebody pressed "Use this" wherever it can be pressed, and the findings it was pressed at."""
    verdicts = [Verdict(f.ref, Decision.USED, "U1", at="1", revision="0") for f in critique.findings]
    used = tuple(f for f in standing_of(critique, verdicts).used if f.edit)
    return replace(draft, text=clean_text("0", draft.text, used).text), used


def _faults(before: Draft, first: Critique, after: Draft, second: Critique, used: tuple[Finding, ...]) -> Iterator[str]:
    delta = delta_of(first, second, before.text, new=after.text)
    for finding in used:
        if finding not in (*delta.fixed, *delta.settled):
            yield f"not cured: {finding.guideline} “{finding.quote}” in “{after.text}”"
    severe = {f.key for f in first.findings if f.severity is Severity.MUST_FIX}
    for finding in second.findings:
        if finding.severity is Severity.MUST_FIX and finding.key not in severe:
            yield f"new must-fix: {finding.guideline} “{finding.quote}” in “{after.text}”"
    about = Counter(mark for f in used if kept("x", f.quote) == "x" for mark in marks(f.quote))
    moved = "".join(before.text[start:end] for f in used if f.edit for start, end in f.edit.gone)
    if lost := marks(before.text) - marks(after.text) - about - marks(moved):
        yield f"lost: {list(lost)} in “{after.text}”"
    if before.text.count("\n") != after.text.count("\n") + moved.count("\n"):
        yield f"other lines: “{after.text}”"


def test_the_rewordings_of_the_rules_cure_what_they_are_for(library: Library) -> None:
    all_rules = RuleEngine(outspoken(library))
    faults: list[tuple[str, str]] = []
    edits = 0
    for name, draft in _posts(library):
        first = review_text(draft, all_rules)
        after, used = _use_all(draft, first)
        edits += len(used)
        second = review_text(after, all_rules)
        faults += [(name, fault) for fault in _faults(draft, first, after, second=second, used=used)]
    assert not faults, "\n".join(f"{name}: {fault}" for name, fault in faults)
    assert edits >= 9


async def test_so_do_those_of_a_model(library: Library, all_rules: RuleEngine, critic: ModelCritic) -> None:
    faults: list[tuple[str, str]] = []
    without: list[str] = []
    for guideline in library.guidelines:
        for example in guideline.bad:
            draft = Draft(example.text, example.platform, example.context)
            first = await review_text_with_model(draft, all_rules, critic)
            after, used = _use_all(draft, first)
            second = await review_text_with_model(after, all_rules, critic)
            faults += [(guideline.id, fault) for fault in _faults(draft, first, after, second=second, used=used)]
            if not any(f.guideline == guideline.id for f in used):
                without.append(example.text)
    assert not faults, "\n".join(f"{name}: {fault}" for name, fault in faults)
    assert len(without) <= 5, without


def test_every_violating_post_has_a_fix(library: Library) -> None:
    marked = {(g.id, example.quote) for g in library.guidelines for example in g.bad if example.quote}
    assert marked == {(fix["guideline"], fix["quote"]) for fix in FIXES}
