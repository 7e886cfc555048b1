"""How often later words that are the dismissed point stay quiet, and how often others do by mistake."""

from __future__ import annotations

import json
from pathlib import Path

from bot.rules.wording import covers

PAIRS = [json.loads(line) for line in Path(__file__).with_name("dismissed_pairs.jsonl").read_text("utf-8").splitlines()]


def test_the_same_point_stays_quiet_and_hardly_any_other_does() -> None:
    quiet = [covers(pair["dismissed"], pair["later"]) for pair in PAIRS if pair["same"]]
    wrong = [covers(pair["dismissed"], pair["later"]) for pair in PAIRS if not pair["same"]]
    assert (len(quiet), len(wrong)) == (100, 100)
    assert sum(quiet) >= 90
    assert sum(wrong) <= 3
