"""How often later words that are the dismissed point stay quiet, and how often others do by mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.rules.same_points import may_be_same
from bot.rules.wording import covers

HERE = Path(__file__).parent
PAIRS = [json.loads(line) for line in Path(__file__).with_name("dismissed_pairs.jsonl").read_text("utf-8").splitlines()]


def test_the_same_point_stays_quiet_and_hardly_any_other_does() -> None:
    quiet = [covers(pair["dismissed"], pair["later"]) for pair in PAIRS if pair["same"]]
    wrong = [covers(pair["dismissed"], pair["later"]) for pair in PAIRS if not pair["same"]]
    assert (len(quiet), len(wrong)) == (100, 100)
    assert sum(quiet) >= 90
    assert sum(wrong) <= 3


def test_of_pairs_by_other_authors_no_other_point_is_kept_quiet() -> None:
    """What they call the same point is missed now and then: told twice, it costs a click."""
    pairs = [json.loads(line) for line in (HERE / "dismissed_pairs_by_others.jsonl").read_text("utf-8").splitlines()]
    assert (len(pairs), sum(pair["same"] for pair in pairs)) == (2000, 1000)
    assert sum(covers(pair["dismissed"], pair["later"]) for pair in pairs if pair["same"]) >= 605
    assert not [pair["later"] for pair in pairs if not pair["same"] and covers(pair["dismissed"], pair["later"])]


def test_with_a_models_answers_hardly_any_of_them_is_told_again_and_no_other_point_is_kept_quiet() -> None:
    pairs = [json.loads(line) for line in (HERE / "dismissed_pairs_by_others.jsonl").read_text("utf-8").splitlines()]
    quiet = [pair for pair in pairs if covers(pair["dismissed"], pair["later"]) or _is_same(pair)]
    assert sum(pair["same"] for pair in quiet) >= 950
    assert not [pair["later"] for pair in quiet if not pair["same"]]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ("good for skin", "good for skin cancer"),
        ("safe for kids", "safe for kids with asthma"),
        ("supports immunity", "supports immunity against flu"),
        ("we use your email", "we use your email and contacts"),
        ("share your data", "share your data with partners"),
        ("no added sugar", "no added sugar or salt"),
        ("recommended", "recommended by WHO"),
        ("face mask", "antiviral face mask"),
        ("smart investment", "risk-free smart investment"),
        ("hilft beim Einschlafen", "hilft beim Einschlafen bei Depressionen"),
        ("gut für die Haut", "gut für die Haut und Haare"),
        ("refuerza las defensas", "refuerza las defensas contra la gripe"),
        ("bon pour la peau", "bon pour la peau atopique"),
        ("comment your favourite", "comment your favourite or we'll discontinue it"),
    ],
)
def test_words_with_others_beside_them_may_be_another_point(known: str, words: str) -> None:
    assert not covers(known, words)


def _is_same(pair: dict[str, str]) -> bool:
    return pair.get("said") == "same" and may_be_same(pair["dismissed"], pair["later"])
