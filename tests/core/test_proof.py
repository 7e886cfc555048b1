"""What came of the reviews, in words and as data."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from typing import Any, cast

import pytest

from bot.core.deciding import VerdictReason
from bot.core.digesting import Period
from bot.core.proof import (
    GuidelineProof,
    Proof,
    ProofCounts,
    RecordedChange,
    as_data,
    changes_as_data,
    comma_separated,
    months_until,
    rate,
    table_of,
    table_of_changes,
)
from bot.core.spending import NANO, Spent
from bot.core.words import proof as words
from bot.core.words.people import SOMEBODY

NOW = datetime(2026, 11, 30, 3, tzinfo=UTC).timestamp()
SINCE = datetime(2026, 9, 1, tzinfo=UTC).timestamp()
SLOW = GuidelineProof("a/slow", 7, 3, edited=1, dismissed=((VerdictReason.FALSE_ALARM, 1), (None, 1)))
COUNTS = ProofCounts((SLOW, GuidelineProof("own/sums", 1)), repeats=0, replies=12, median_wait=8.0)
TITLES = {"a/slow": "Slow words", "own/sums": "=SUM(A1)"}
PROOF = Proof(Period(SINCE, NOW), "UTC", COUNTS, spent=Spent(900, NANO // 2), accepted=4, priced=True)


def test_a_share_never_stands_without_the_range_it_probably_lies_in() -> None:
    many = GuidelineProof("a/slow", 40, 12, dismissed=((VerdictReason.FALSE_ALARM, 8), (None, 2)))
    proof = replace(PROOF, counts=ProofCounts((many,)))
    (line,) = words.guidelines(proof, TITLES)
    assert line.endswith(
        ": 40 shown, 12 (30%, 18%–45%) used, 10 (25%, 14%–40%) dismissed "
        "(false alarm 8, no reason given 2), 0 (0%, 0%–9%) edited out"
    )
    assert words.below(proof) == f"{words.RANGE} {words.COUNTED}"
    assert rate(0, 0).value is None


def test_of_a_few_points_there_are_counts_and_no_share() -> None:
    first, second = words.guidelines(PROOF, TITLES)
    assert first == ("• *Slow words*: 7 shown, 3 used, 2 dismissed (false alarm 1, no reason given 1), 1 edited out")
    assert second.endswith(": 1 shown, not yet used, dismissed or edited out")
    assert words.below(PROOF) == f"{words.FEW} {words.COUNTED}"
    both = replace(PROOF, counts=ProofCounts((SLOW, GuidelineProof("x", 20, 20))))
    assert words.below(both) == f"{words.RANGE} {words.FEW} {words.COUNTED}"
    assert "20 (100%, 84%–100%) used, 0 (0%, 0%–16%) dismissed, " in words.guidelines(both, {})[1]
    assert words.below(replace(PROOF, counts=ProofCounts())) == words.COUNTED


def test_repeats_waits_and_costs_are_told() -> None:
    assert words.figures(PROOF) == [
        "*1 September to 30 November 2026*",
        "• Half of the 12 replies came within 8 seconds.",
        "• Points that came back after a dismissal: 0",
        "• Each accepted change cost $0.12: $0.50 for 4 accepted changes.",
    ]
    one = Proof(PROOF.period, "UTC", ProofCounts(replies=1, median_wait=1.0))
    assert words.figures(one)[1] == "• The only reply came within 1 second."
    nothing = Proof(PROOF.period, "UTC", ProofCounts())
    assert words.figures(nothing)[1:] == [
        "• Points that came back after a dismissal: 0",
        "• No changes accepted yet; the language model used 0 tokens.",
    ]
    free = Proof(PROOF.period, "UTC", COUNTS, accepted=2)
    assert words.figures(free)[-1] == "• 2 accepted changes; the language model used 0 tokens."
    unpriced = Proof(PROOF.period, "UTC", COUNTS, spent=Spent(9000), accepted=1)
    assert (
        words.figures(unpriced)[-1] == "• Each accepted change cost 9,000 tokens: 9,000 tokens for 1 accepted change."
    )
    plain = words.in_plain_text(nothing, {})
    assert ("*" in plain, words.NOTHING in plain, words.COUNTED in plain) == (False, True, True)


def test_as_data_it_says_the_same_and_a_title_is_no_formula() -> None:
    said = cast("dict[str, Any]", as_data(PROOF, TITLES))
    assert (said["since"], said["repeats_after_dismissal"], said["median_seconds_to_reply"]) == (
        "2026-09-01T00:00:00+00:00",
        0,
        8.0,
    )
    assert said["cost"] == {"tokens": 900, "usd": 0.5, "usd_per_accepted_change": 0.125}
    first = said["guidelines"][0]
    assert (first["used"]["count"], round(first["used"]["high"], 2)) == (3, 0.75)
    assert first["dismissed_for"] == {"false_alarm": 1, "none_given": 1}
    rows = list(csv.DictReader(StringIO(table_of(PROOF, TITLES))))
    assert [row["title"] for row in rows] == ["Slow words", "'=SUM(A1)"]
    assert (rows[0]["dismissed_false_alarm"], rows[0]["used_low"], rows[1]["used_share"]) == ("1", "0.1582", "0.0")
    empty = Proof(PROOF.period, "UTC", ProofCounts((GuidelineProof("x", 0),)), spent=Spent(5))
    assert cast("dict[str, Any]", as_data(empty, {}))["cost"]["usd"] is None
    assert next(csv.DictReader(StringIO(table_of(empty, {}))))["used_low"] == ""


@pytest.mark.parametrize(
    ("number", "first", "names"),
    [(1, (2027, 1), ("2027-01",)), (3, (2026, 11), ("2026-11", "2026-12", "2027-01")), (14, (2025, 12), None)],
)
def test_months_are_those_of_the_calendar(number: int, first: tuple[int, int], names: tuple[str, ...] | None) -> None:
    since, called = months_until(datetime(2027, 1, 31, 23, tzinfo=UTC).timestamp(), "UTC", number)
    assert datetime.fromtimestamp(since, UTC) == datetime(*first, 1, tzinfo=UTC)
    assert names in (None, called)
    assert len(called) == number
    assert len(months_until(since, "UTC", 10**15)[1]) == 120


def test_who_changed_what_is_told_in_order_and_without_formulas() -> None:
    made = (
        RecordedChange(SINCE, "fact", "f1", "added", "U1", new="=2+2\nDelivery costs £4."),
        RecordedChange(SINCE + 60, "sign_off", "T1:C1:1.0", "approved", ""),
    )
    assert words.changes(made).splitlines() == [
        "2026-09-01 00:00 UTC  fact f1: added by U1: – → =2+2 Delivery costs £4.",
        f"2026-09-01 00:01 UTC  sign-off T1:C1:1.0: approved by {SOMEBODY}",
    ]
    assert words.changes(()) == f"{words.NO_CHANGES}\n"
    assert [one["at"] for one in changes_as_data(made)] == ["2026-09-01T00:00:00+00:00", "2026-09-01T00:01:00+00:00"]
    first, second = csv.DictReader(StringIO(table_of_changes(made)))
    assert (first["new"], second["about"]) == ("'=2+2\nDelivery costs £4.", "T1:C1:1.0")


def test_no_cell_is_a_formula_wherever_a_spreadsheet_lets_it_begin() -> None:
    assert comma_separated([["=1+1", "+a", "a", "a-b", -3]]) == "'=1+1,'+a,a,a-b,-3\n"
    # Where semicolons part the cells, the rest of the line is parted by them as well, quotation marks or not.
    assert comma_separated([["Buy;=1+1", "x; @a, b", "x\n-1", "＝1;;+2"]]) == (
        "Buy;'=1+1,\"x;' @a, b\",\"x\n'-1\",'＝1;;'+2\n"
    )
    assert comma_separated([["5; or 6", "\t=1"]]) == "5; or 6,'\t'=1\n"
