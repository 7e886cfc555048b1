"""Each figure on cases that can be worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.findings import ONE_STORY, Origin
from bot.core.guidelines import Severity
from bot.core.judging import Usage
from bot.core.proof import rate
from bot.core.spending import ModelPrices
from bot.evaluation.cases import ACCEPTABLE, CLEAN, OTHER, VIOLATING, Gold, Labels, in_order, kind_of, mean, overlap
from bot.evaluation.report import compare, mcnemar, report
from bot.evaluation.scores import (
    Mark,
    Measured,
    alarms,
    alpha,
    bootstrap,
    calibration,
    costs,
    f1,
    is_right,
    marks_of,
    pair_fate,
    pair_scores,
    percentile,
    same_share,
    scores,
)
from tests.core.evaluation.made import CLAIM, EXIT, LABELS, PRESSURE, answered, finding, gold, question


def test_what_the_gold_does_not_speak_about_is_neither_right_nor_wrong() -> None:
    case = gold(PRESSURE, judged=frozenset({PRESSURE}))
    assert marks_of(case, (finding(PRESSURE), finding(EXIT)), LABELS) == {PRESSURE: Mark.HIT}


def test_complete_gold_judges_every_guideline_but_those_it_would_accept() -> None:
    case = gold(PRESSURE, acceptable_also=frozenset({EXIT, PRESSURE}))
    marks = marks_of(case, (finding(EXIT), finding(CLAIM)), LABELS)
    assert marks == {CLAIM: Mark.FALSE_ALARM, PRESSURE: Mark.MISS}
    assert not is_right(marks)
    assert is_right(marks_of(case, (finding(PRESSURE),), LABELS))


def test_a_tag_is_found_by_any_of_its_guidelines() -> None:
    labels = Labels((CLAIM, PRESSURE, EXIT), {"pushy": (PRESSURE, EXIT)})
    case = gold("pushy", judged=frozenset({"pushy"}))
    assert marks_of(case, (finding(EXIT),), labels) == {"pushy": Mark.HIT}
    assert labels.family("pushy") == "user-control"
    assert in_order(["zz", "pushy", CLAIM], labels) == [CLAIM, "pushy", "zz"]


def test_a_case_that_names_no_kind_gets_one() -> None:
    assert kind_of((Gold(EXIT),), None) == VIOLATING
    assert kind_of((), None) == kind_of((), frozenset("abcdef")) == CLEAN
    assert kind_of((), frozenset("a")) == OTHER


def test_wilson_stays_between_0_and_1_and_nothing_has_no_rate() -> None:
    none = rate(0, 190)
    assert (none.value, none.low, none.high) == (0.0, 0.0, pytest.approx(0.0198, abs=1e-4))
    assert rate(3, 3).high == 1.0
    assert rate(0, 0).value is None


def test_a_bootstrap_is_the_same_each_time_and_skips_samples_that_say_nothing() -> None:
    rows = [(1, 0, 0), (0, 1, 0), (0, 0, 0)]
    first = bootstrap(rows, f1)
    assert first == bootstrap(rows, f1)
    assert first != bootstrap(rows, f1, seed=1) or first.value == pytest.approx(2 / 3)
    assert (first.low, first.high) == (0.0, 1.0)
    assert bootstrap([], f1).value is None
    assert bootstrap([(0, 0, 0)], f1).low is None


def test_percentiles_lie_between_values() -> None:
    assert percentile([1, 2, 4], 50) == 2
    assert percentile([1, 2], 75) == 1.75
    assert percentile([], 50) is None


def test_words_overlap_and_means_leave_out_what_is_undefined() -> None:
    assert overlap(["Hurry up"], ["hurry", "now"]) == 0.5
    assert overlap([], []) is None
    assert mean([1.0, None]) == 1.0
    assert mean([None]) is None


def test_agreement_is_1_for_the_same_and_undefined_where_nothing_varies() -> None:
    assert alpha([(True, True), (False, False)]) == 1.0
    assert alpha([(True, True)]) is None
    assert alpha([(True,), ()]) is None
    assert same_share([(1, 1), (1, 2)]) == 0.5
    assert same_share([]) is None


def test_confidence_is_compared_with_what_was_so() -> None:
    said = calibration([("high", True)] * 9 + [("high", False)])
    assert said.error == pytest.approx(0.0)
    assert (said.levels["high"].count, said.levels["low"].of) == (9, 0)
    assert calibration([]).brier is None


def test_scores_tell_hits_shown_folded_asked_and_missed_apart() -> None:
    many = [finding(CLAIM, severity=Severity.MUST_FIX)] * 3
    made = scores(
        [
            answered(gold(PRESSURE), finding(PRESSURE)),
            answered(gold(PRESSURE), *many, finding(PRESSURE)),
            answered(gold(PRESSURE), questions=(question(PRESSURE),)),
            answered(gold(PRESSURE)),
        ],
        LABELS,
        0,
    )
    pressure = next(score for score in made.labels if score.name == PRESSURE)
    assert pressure.fates == {"asked": 1, "folded": 1, "missed": 1, "shown": 1}
    assert (pressure.counts.hits, pressure.counts.misses, pressure.questions) == (2, 2, 1)
    assert [family.name for family in made.families] == ["authenticity", "user-control"]
    assert made.whole.counts.false_alarms == 1
    assert next(score for score in made.labels if score.name == EXIT).f1.value is None


def test_marked_words_are_compared_with_quoted_ones() -> None:
    case = gold(expected=(Gold(PRESSURE, "Hurry up"), Gold(EXIT)))
    made = scores([answered(case, finding(PRESSURE, "Hurry up, everyone"), finding(EXIT))], LABELS, 0)
    by_name = {score.name: score.overlap for score in made.labels}
    assert by_name[EXIT] is None
    assert by_name[PRESSURE] == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("quote", "why", "other", "fate"),
    [
        ("Hurry up", "The sheet says: “Take  your time”.", {}, ("both", Origin.MODEL)),
        ("up, everyone", "It says take your time!", {"origin": Origin.RULE}, ("both", Origin.RULE)),
        ("Hurry up", "It says the other thing.", {}, ("one", Origin.MODEL)),
        ("To leave", "The sheet says: “Take your time”.", {}, ("missed", None)),
        ("Hurry up", "It hurries.", {"guideline": PRESSURE}, ("missed", None)),
        ("Hurry up", "It says “Take your time”.", {"guideline": PRESSURE, "rule": "fact:1"}, ("both", Origin.MODEL)),
    ],
)
def test_a_contradiction_is_found_where_both_statements_are_shown(
    quote: str, why: str, other: dict[str, Any], fate: tuple[str, Origin | None]
) -> None:
    case = gold(expected=(Gold(ONE_STORY, "Hurry up"),), statement="Take your time.")
    told = finding(**{"guideline": ONE_STORY, "quote": quote, "why": why} | other)
    assert pair_fate(answered(case, told)) == fate


def test_contradictions_are_counted_by_kind_and_by_who_found_them() -> None:
    said = finding(ONE_STORY, "Hurry up", why="“Take your time”", origin=Origin.RULE)
    price = gold(expected=(Gold(ONE_STORY, "Hurry up"),), statement="Take your time", kind="price")
    posts = [
        answered(price, said),
        answered(price),
        answered(gold(statement="", kind="date"), said),
        answered(gold(statement="", kind="date"), finding(PRESSURE)),
        answered(gold(statement="", kind="date"), finding(PRESSURE, rule="post:1")),
        answered(gold(), said),
    ]
    rows = {one.kind: one for one in pair_scores(posts)}
    assert list(rows) == ["date", "price", "all"]
    whole = rows["all"]
    assert (whole.contradicting, whole.both, whole.by_rules, whole.by_model, whole.one) == (2, 1, 1, 0, 0)
    assert (whole.fine, whole.false, rows["price"].fine, rows["date"].false) == (3, 2, 0, 2)
    assert pair_fate(answered(gold(), said)) == (None, None)
    assert pair_scores([answered(gold(), said)]) == ()


def test_alarms_are_counted_by_kind_and_severity() -> None:
    mild = finding(PRESSURE, severity=Severity.CONSIDER)
    posts = [
        answered(gold(kind="near-miss"), mild),
        answered(gold(kind="near-miss"), finding(EXIT), questions=(question(EXIT),)),
        answered(gold(kind=ACCEPTABLE, acceptable_also=frozenset({EXIT})), finding(EXIT)),
        answered(gold(kind=OTHER), mild),
        answered(gold(PRESSURE), mild),
    ]
    near, acceptable = alarms(posts)
    assert (near.kind, near.flagged.count, near.serious.count, near.findings, near.asked.count) == (
        "near-miss",
        2,
        1,
        2,
        1,
    )
    assert (acceptable.flagged.count, acceptable.flagged.of) == (0, 1)


def test_a_batch_costs_half_and_time_is_known_only_where_it_was_measured() -> None:
    usage = Usage(2, 1_000_000, 400_000, output_tokens=100_000)
    whole, half = ModelPrices(1.0, 0.1, 6.0), ModelPrices(1.0, 0.1, 6.0, share=0.5)
    assert (whole.of(usage), half.of(usage)) == (pytest.approx(1.24), pytest.approx(0.62))
    made = costs([(usage, 2.0), (usage, None)], whole)
    assert (made.new.median, made.cached.p95, made.calls.total, made.seconds.mean) == (600_000, 400_000, 4, 2.0)
    assert made.dollars
    assert made.dollars.total == pytest.approx(2.48)
    assert costs([], None).dollars is None


def test_what_all_requests_begin_with_is_found() -> None:
    measured = Measured("critique")
    for text in ("guidelines: a", "guidelines: a", "guidelines: bb", "guide"):
        measured.ask(text)
    measured.ask("guidXX")
    sizes = measured.sizes
    assert (measured.prefix, sizes.prefix, sizes.requests, sizes.answer) == ("guid", 1, 5, None)
    assert sizes.share == pytest.approx(4 * 5 / (13 + 13 + 14 + 5 + 6))
    measured.answer("x" * 40)
    assert measured.sizes.answer == 10


def test_posts_that_turned_are_counted_and_corrected_for_many_labels() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(0, 6) == pytest.approx(0.03125)
    hit, miss = Mark.HIT, Mark.MISS
    ours = {str(n): {PRESSURE: hit, EXIT: hit} for n in range(6)} | {"only ours": {PRESSURE: miss}}
    theirs = {str(n): {PRESSURE: miss, EXIT: hit, CLAIM: hit} for n in range(6)}
    made = compare(ours, theirs)
    assert (made.posts, made.whole.newly_right, made.whole.newly_wrong) == (6, 6, 0)
    assert [(one.name, one.p) for one in made.labels] == [(PRESSURE, 0.0625), (EXIT, 1.0)]
    assert made.f1.value == pytest.approx(1 / 3)
    assert compare({}, {}).f1.value is None
    assert compare({"a": {EXIT: Mark.QUIET}}, {"a": {EXIT: Mark.QUIET}}).f1.value is None


def test_a_report_gathers_drops_faults_origins_and_runs() -> None:
    first = gold(PRESSURE, id="a")
    second = gold(id="b")
    sure = finding(PRESSURE)
    by_rule = finding(EXIT, origin=Origin.RULE)
    made = report(
        "made",
        [
            answered(
                first, sure, by_rule, drops={"ungrounded": 2, "cap": 0}, confidences={sure.ref: "high"}, model="m"
            ),
            answered(second, finding(CLAIM), confidences={}, usage=Usage(1, 100, 0, output_tokens=10), confirmed=False),
            answered(first, sure, by_rule, run=1),
            answered(second, run=1, fault="stale"),
        ],
        LABELS,
    )
    assert (made.cases, made.models, made.drops, made.faults) == (2, ("m",), {"ungrounded": 2}, {"stale": 1})
    assert (made.origins, made.unconfirmed, made.verbatim.value) == ({"model": 2, "rule": 1}, 1, 1.0)
    assert made.calibration.levels["high"].count == 1
    assert (made.stability.runs, made.stability.same, made.costs.calls.total) == (2, 1.0, 1.0)
    assert [post.right for post in made.posts] == [False, False]
