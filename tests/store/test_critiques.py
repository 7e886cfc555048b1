from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.core.findings import Edit, Finding, Origin
from bot.core.guidelines import Checks, Severity
from bot.core.judging import Critique, ModelPart, Outcome, Question, ReviewState, Strictness
from bot.store.reviewing import from_json, to_json

_TEXT, _OFFSET = st.text(), st.integers(0, 9)
_FINDINGS = st.builds(
    Finding,
    guideline=_TEXT,
    severity=st.sampled_from(Severity),
    start=_OFFSET,
    end=_OFFSET,
    quote=_TEXT,
    why=_TEXT,
    edit=st.none() | st.builds(Edit, _OFFSET, _OFFSET, _TEXT, st.lists(st.tuples(_OFFSET, _OFFSET)).map(tuple)),
    rule=_TEXT,
    origin=st.sampled_from(Origin),
    dismissable=st.booleans(),
    lead=st.booleans(),
)
_QUESTIONS = st.builds(Question, _TEXT, _TEXT, st.lists(_TEXT).map(tuple))
_CRITIQUES = st.builds(
    Critique,
    outcome=st.sampled_from(Outcome),
    findings=st.lists(_FINDINGS, max_size=3).map(tuple),
    questions=st.lists(_QUESTIONS, max_size=3).map(tuple),
    fixed_rules_only=st.booleans(),
    guidelines=_OFFSET,
    leads=st.lists(_FINDINGS, max_size=3).map(tuple),
    strictness=st.sampled_from(Strictness),
    let_go=st.lists(_FINDINGS, max_size=3).map(tuple),
    checks=st.none() | st.builds(Checks, _OFFSET, _OFFSET, _TEXT),
    unplaced=_OFFSET,
    left_out=_OFFSET,
    beyond=_OFFSET,
    doubts=_OFFSET,
)


def test_a_critique_of_an_earlier_version_has_no_leads_and_knows_no_checks() -> None:
    stored = to_json(Critique(Outcome.NOTHING_TO_FLAG))
    critique = from_json({name: value for name, value in stored.items() if name not in {"leads", "checks"}})
    assert (critique.leads, critique.checks) == ((), None)


@given(_CRITIQUES)
def test_a_critique_comes_back_from_json_as_it_was(critique: Critique) -> None:
    assert from_json(json.loads(json.dumps(to_json(critique)))) == critique


def test_a_critique_of_an_earlier_version_has_lost_nothing() -> None:
    stored = to_json(Critique(Outcome.NOTHING_TO_FLAG))
    del stored["unplaced"], stored["left_out"], stored["beyond"], stored["doubts"]
    assert from_json(stored) == Critique(Outcome.NOTHING_TO_FLAG)
    finding = Finding("a/b", Severity.CONSIDER, 0, end=1, quote="x", why="Why.", edit=Edit(0, 0, "#ad "))
    stored = to_json(Critique(Outcome.FINDINGS, (finding,)))
    del stored["findings"][0]["edit"]["gone"]
    assert from_json(stored).findings == (finding,)


def test_stored_reviews_of_today_and_before_say_how_far_they_came() -> None:
    stored = to_json(Critique(Outcome.FINDINGS))
    states = {part: from_json(stored | {"model_part": part}).state for part in ModelPart if part != "answered"}
    assert states == {
        "off": ReviewState.CHECKS_ONLY,
        "outgrown": ReviewState.CHECKS_ONLY,
        "awaited": ReviewState.AWAITED,
        "key": ReviewState.AWAITED,
        **dict.fromkeys(("no_model", "no_credit", "no_room", "unreadable", "settings"), ReviewState.AWAITED),
        "declined": ReviewState.REFUSED,
        "too_long": ReviewState.REFUSED,
        "talked_round": ReviewState.REFUSED,
        "month_spent": ReviewState.UNPAID,
        "day_spent": ReviewState.UNPAID,
        "given_up": ReviewState.GIVEN_UP,
        "unreached": ReviewState.GIVEN_UP,
    }
    judged = stored | {"fixed_rules_only": False}
    assert from_json(judged | {"model_part": "answered"}).state is ReviewState.DONE
    del judged["model_part"], stored["model_part"]
    assert from_json(judged).state is ReviewState.DONE
    assert from_json(stored).state is ReviewState.CHECKS_ONLY
    assert from_json(stored | {"outcome": "could_not_review"}).state is ReviewState.PUT_ASIDE
