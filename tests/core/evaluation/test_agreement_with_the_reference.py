"""The figures are those of an independent scorer (NumPy), worked out once for made-up posts and answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.evaluation.cases import MISSING, Answered, Labels, read_cases
from bot.evaluation.report import compare, report
from tests.core.evaluation.made import finding

if TYPE_CHECKING:
    from bot.evaluation.cases import GoldCase
    from bot.evaluation.report import Report

CONTENT: dict[str, Any] = json.loads(Path(__file__).with_name("reference.json").read_text(encoding="utf-8"))
FIGURES: dict[str, Any] = CONTENT["figures"]
CASES = read_cases({"posts": "\n".join(map(json.dumps, CONTENT["posts"]))})
LABELS = Labels(tuple(FIGURES["labels"]))
ROUGH = 0.06
"""The bootstrap draws other samples than the reference does."""


def reported(rows: list[dict[str, Any]]) -> Report:
    said = {(row["id"], row["run"]): row["findings"] for row in rows}
    runs = sorted({row["run"] for row in rows})
    return report("made", [_answered(case, run, said.get((case.id, run))) for run in runs for case in CASES], LABELS)


def _answered(case: GoldCase, run: int, said: list[dict[str, Any]] | None) -> Answered:
    found = [finding(one["guideline"], one["quote"], text=case.draft.text) for one in said or ()]
    sure = {f.ref: one["level"] for f, one in zip(found, said or (), strict=True)}
    return Answered(case, run, tuple(found), fault="" if said is not None else MISSING, confidences=sure)


@pytest.fixture(scope="module")
def ours() -> Report:
    return reported(CONTENT["answers"])


@pytest.mark.parametrize("label", FIGURES["labels"])
def test_each_label_has_the_same_counts_rates_and_intervals(ours: Report, label: str) -> None:
    wanted = FIGURES["labels"][label]
    score = next(score for score in ours.scores.labels if score.name == label)
    counts = score.counts
    assert [counts.hits, counts.false_alarms, counts.misses, counts.quiet] == wanted["counts"]
    for rate, name in ((score.precision, "precision"), (score.recall, "recall")):
        assert [rate.value, rate.low, rate.high] == pytest.approx(wanted[name])
    assert score.f1.value == pytest.approx(wanted["f1"][0])
    assert [score.f1.low, score.f1.high] == pytest.approx(wanted["f1"][1:], abs=ROUGH)


def test_all_labels_together_have_the_same_figures(ours: Report) -> None:
    whole = ours.scores.whole
    assert [whole.precision.value, whole.recall.value, whole.f1.value] == pytest.approx(FIGURES["micro"])
    assert ours.scores.macro == pytest.approx(FIGURES["macro"])
    assert whole.overlap == pytest.approx(FIGURES["overlap"])


def test_alarms_quotes_confidence_and_agreement_are_the_same(ours: Report) -> None:
    flagged = next(one.flagged for one in ours.alarms if one.kind == "clean")
    assert [flagged.count, flagged.of, flagged.low, flagged.high] == pytest.approx(FIGURES["clean"])
    assert [ours.verbatim.count, ours.verbatim.of] == FIGURES["verbatim"]
    said = ours.calibration
    assert [sum(r.of for r in said.levels.values()), said.brier, said.error] == pytest.approx(FIGURES["calibration"])
    assert ours.stability.alpha == pytest.approx(FIGURES["alpha"])


def test_two_sets_of_answers_compare_in_the_same_way(ours: Report) -> None:
    theirs = reported(CONTENT["others"])
    marks = [{post.answered.case.id: post.marks for post in one.posts} for one in (ours, theirs)]
    compared = compare(marks[0], marks[1])
    wanted = FIGURES["against"]
    assert compared.f1.value == pytest.approx(wanted["f1"][0])
    assert [compared.f1.low, compared.f1.high] == pytest.approx(wanted["f1"][1:], abs=ROUGH)
    assert [compared.whole.newly_wrong, compared.whole.newly_right] == wanted["mcnemar"][:2]
    assert compared.whole.p == pytest.approx(wanted["mcnemar"][2])
