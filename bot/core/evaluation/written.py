"""A report as JSON, and the part of it that a later report is compared with."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

from bot.core.errors import PersonCanFix
from bot.core.evaluation.counts import Mark
from bot.core.words import evaluation as words

if TYPE_CHECKING:
    from bot.core.evaluation.comparing import Comparison
    from bot.core.evaluation.counts import Marks
    from bot.core.evaluation.report import Post, Report


def written(report: Report, comparison: Comparison | None = None) -> dict[str, Any]:
    """The whole report. Undefined figures are null; offsets are code points of the post."""
    content: dict[str, Any] = {
        "mode": report.mode,
        "cases": report.cases,
        "models": list(report.models),
        "origins": report.origins,
        "drops": report.drops,
        "faults": report.faults,
        "unconfirmed": report.unconfirmed,
        "scores": asdict(report.scores),
        "alarms": [asdict(one) for one in report.alarms],
        "verbatim": asdict(report.verbatim),
        "calibration": asdict(report.calibration),
        "stability": asdict(report.stability),
        "costs": asdict(report.costs),
        "sizes": [asdict(one) for one in report.sizes],
        "posts": [_post(post) for post in report.posts],
    }
    return content | ({"against": asdict(comparison)} if comparison else {})


def marks_in(name: str, text: str) -> dict[str, Marks]:
    """The marks of each post in a report that `written` made. Raises `PersonCanFix`."""
    try:
        posts = cast("list[dict[str, Any]]", json.loads(text)["posts"])
        return {str(post["id"]): {label: Mark(mark) for label, mark in post["marks"].items()} for post in posts}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PersonCanFix(words.no_report(name)) from None


def _post(post: Post) -> dict[str, Any]:
    one = post.answered
    return {
        "id": one.case.id,
        "kind": one.case.kind,
        "right": post.right,
        "marks": {label: mark.value for label, mark in post.marks.items()},
        "findings": [
            {
                "guideline": finding.guideline,
                "severity": finding.severity.value,
                "quote": finding.quote,
                "start": finding.start,
                "end": finding.end,
                "origin": finding.origin.value,
                "confidence": one.confidences.get(finding.ref),
            }
            for finding in one.findings
        ],
        "questions": [question.guideline for question in one.questions],
        "drops": one.drops,
        "fault": one.fault,
    }
