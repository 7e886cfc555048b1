"""Cases out of files, and reports into them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.deciding import letter_for_letter
from bot.core.errors import BrokenFiles, PersonCanFix
from bot.core.findings import ONE_STORY
from bot.core.judging import Usage
from bot.core.proof import rate
from bot.core.spending import ModelPrices
from bot.evaluation.cases import (
    CLEAN,
    VIOLATING,
    Gold,
    Labels,
    MarkedPiece,
    examples_of,
    pieces,
    read_brands,
    read_cases,
    read_tags,
)
from bot.evaluation.report import compare, figure, marks_in, report, share, tables, written
from bot.evaluation.scores import Sizes
from tests.core.evaluation.made import CLAIM, EXIT, LABELS, PRESSURE, TEXT, answered, finding, gold, question

if TYPE_CHECKING:
    from bot.core.guidelines import Library
    from bot.evaluation.cases import GoldCase
    from bot.evaluation.report import Report


FACT = {
    "kind": "price",
    "value": "A bag costs £12",
    "source": "bags.pdf",
    "markets": ["UK", "IE"],
    "since": "2026-01-01",
}
SAID = {"text": "Bags are free.", "platform": "instagram", "date": "2025-05-01", "link": "https://bags.example/1"}
BRANDS = json.dumps([{"brand": "Kite", "facts": [FACT], "posts": [SAID]}, {"brand": "Bare"}])


def read(brands: str = "", **row: Any) -> GoldCase:
    known = read_brands("brands.json", brands) if brands else None
    return read_cases({"posts.jsonl": json.dumps({"id": "a", "text": TEXT} | row)}, known)[0]


def test_candors_own_form_knows_spans_as_words_or_places() -> None:
    case = read(
        platform="IG",
        context="A joke.",
        expected=[
            {"guideline": PRESSURE, "span": "Hurry up"},
            {"guideline": EXIT, "span": [28, 36]},
            {"guideline": CLAIM},
        ],
        acceptable_also=[CLAIM],
        kind="near-miss",
        answers=[{"guideline": EXIT, "answer": "By a click"}],
    )
    assert case.expected == (Gold(PRESSURE, "Hurry up"), Gold(EXIT, TEXT[28:36]), Gold(CLAIM))
    assert (case.draft.platform, case.draft.context, case.kind) == ("instagram", "A joke.", "near-miss")
    assert (case.judged, case.acceptable_also, case.answers) == (None, {CLAIM}, ((EXIT, "By a click"),))


def test_the_benchmarks_form_knows_tags_and_ok() -> None:
    case = read(
        expected=["hurry"], judged=["hurry", "bait"], spans=[["hurry", "Hurry up"]], platform="web", basis="direct"
    )
    assert (case.expected, case.judged) == ((Gold("hurry", "Hurry up"),), {"hurry", "bait"})
    assert (case.kind, case.draft.platform) == (VIOLATING, "")
    clean = read(expected=["ok"], judged=list("abcdef"))
    assert (clean.expected, clean.kind) == ((), CLEAN)


def test_a_teams_exceptions_belong_to_a_case() -> None:
    case = read(
        exceptions=[
            {"guideline": EXIT, "quote": "Write a  LETTER"},
            {"guideline": EXIT, "quote": "x", "campaign": "#may"},
        ]
    )
    always, may = case.exceptions
    assert always.silences(finding(EXIT, "write a letter"), TEXT, letter_for_letter)
    assert not may.silences(finding(EXIT, "x"), TEXT, letter_for_letter)
    assert may.silences(finding(EXIT, "x"), "It is #May.", letter_for_letter)


def test_a_case_has_its_brands_memory_or_its_own_and_says_what_it_contradicts() -> None:
    case = read(BRANDS, brand="Kite", market="IE", today="2026-02-01", contradicts=True, statement="x", quote="letter")
    assert case.memory is not None
    (fact,), (post,) = case.memory.facts, case.memory.posts
    assert (fact.value, fact.kind.value, fact.markets, fact.since) == (
        FACT["value"],
        "price",
        ("UK", "IE"),
        "2026-01-01",
    )
    assert (post.text, post.date, post.link, bool(fact.id)) == (SAID["text"], SAID["date"], SAID["link"], True)
    assert (case.draft.context, case.today, case.statement) == ("Market: IE", "2026-02-01", "x")
    assert (case.expected, case.judged) == ((Gold(ONE_STORY, "letter"),), {ONE_STORY})
    own = read(facts=[FACT], contradicts=False, judged=[EXIT], context="A joke.")
    assert own.memory == read(BRANDS, brand="Kite", facts=[FACT]).memory
    assert (own.statement, own.expected, own.judged, own.draft.context) == ("", (), {EXIT}, "A joke.")
    assert read().memory is None
    assert read(BRANDS, brand="Bare").memory == read(posts=[]).memory


@pytest.mark.parametrize(
    ("brands", "told"),
    [
        ("{", "this file isn't a JSON list"),
        ("[]", "this file isn't a JSON list"),
        ('[{"facts": []}]', "this file isn't a JSON list"),
        ('[{"brand": "a"}, {"brand": "a"}]', "this file isn't a JSON list"),
        ('[{"brand": "a", "facts": [{"kind": "prize", "value": "x"}]}]', "the fact “x”: .*prize"),
        ('[{"brand": "a", "facts": [1]}]', "the fact “”: Write what's true"),
        ('[{"brand": "a", "posts": [{"text": "x", "date": "May"}]}]', "earlier post 1: .*May"),
    ],
)
def test_broken_brands_are_named_with_the_reason(brands: str, told: str) -> None:
    with pytest.raises(BrokenFiles, match=f"^b:1: {told}"):
        read_brands("b", brands)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[1]", "isn't a JSON object with an “id”"),
        ("{", "isn't a JSON object with an “id”"),
        ('{"id": "b", "text": ""}', "isn't a JSON object with an “id”"),
        ('{"id": "b", "text": "x", "expected": [{"span": "x"}]}', "needs a “guideline”"),
        ('{"id": "b", "text": "x", "expected": [{"guideline": "g", "span": "y"}]}', "words from the text"),
        ('{"id": "b", "text": "x", "expected": [{"guideline": "g", "span": [1]}]}', "words from the text"),
        ('{"id": "b", "text": "x", "expected": [{"guideline": "g", "span": [1, 1]}]}', "words from the text"),
        ('{"id": "b", "text": "x", "answers": [{"guideline": "g"}]}', "and an “answer”"),
        ('{"id": "b", "text": "x", "exceptions": [1]}', "and a “quote”"),
        ('{"id": "b", "text": "x", "brand": "Odd"}', "no brand is called “Odd”"),
        ('{"id": "b", "text": "x", "today": "May"}', "must be a date like"),
        ('{"id": "b", "text": "x", "contradicts": true}', "needs a “statement”"),
        ('{"id": "b", "text": "x", "contradicts": true, "statement": "y", "quote": "y"}', "words from the text"),
        ('{"id": "a", "text": "x"}', "the id “a” is already in use"),
    ],
)
def test_a_broken_line_is_named_with_file_and_reason(line: str, told: str) -> None:
    with pytest.raises(BrokenFiles, match=f"^p:2: .*{told}"):
        read_cases({"p": f'{{"id": "a", "text": "x"}}\n{line}\n\n'})


def test_a_file_without_posts_is_told() -> None:
    with pytest.raises(BrokenFiles, match="q:1: there are no posts in this file"):
        read_cases({"p": '{"id": "a", "text": "x"}', "q": "\n"})


def test_a_tag_map_names_guidelines() -> None:
    assert read_tags("t", '{"hurry": ["a/b"]}') == {"hurry": ("a/b",)}
    for broken in ("", "{}", '{"hurry": []}', '["hurry"]'):
        with pytest.raises(BrokenFiles, match="t:1"):
            read_tags("t", broken)


def test_the_guidelines_examples_are_144_cases(library: Library) -> None:
    cases = examples_of(library.in_force(frozenset()))
    assert len(cases) == 144
    assert sum(case.kind == VIOLATING for case in cases) == 72
    labels = Labels.under(library, {})
    assert all(labels.judged(case) == {g.id for g in library.guidelines} for case in cases if not case.expected)


def full_report() -> Report:
    case = gold(expected=(Gold(PRESSURE, "Hurry up"),), id="a", statement="")
    found = finding(PRESSURE, "Hurry up, everyone")
    posts = [
        answered(
            case,
            found,
            model="m-1",
            usage=Usage(1, 900, 500, output_tokens=50),
            seconds=1.5,
            confidences={found.ref: "high"},
            drops={"ungrounded": 1, "new reason": 1},
            confirmed=False,
        ),
        answered(gold(id="b"), finding(EXIT), questions=(question(EXIT),), fault="refused"),
        answered(case, found, run=1),
    ]
    sizes = (
        Sizes("critique", 2, 100, share=0.95, request=120, answer=None),
        Sizes("second_opinion", 1, 100, share=0.95, request=120, answer=30),
    )
    return report("made", posts, LABELS, prices=ModelPrices(1, 1, 1), sizes=sizes)


def test_a_report_becomes_json_and_gives_its_marks_back() -> None:
    made = full_report()
    marks = {post.answered.case.id: post.marks for post in made.posts}
    text = json.dumps(written(made, compare(marks, marks)), allow_nan=False)
    assert marks_in("r", text) == marks
    content = json.loads(text)
    assert content["posts"][0]["findings"][0]["confidence"] == "high"
    assert content["against"]["posts"] == 2
    assert "against" not in written(made)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"posts": [{}]}', '{"posts": [{"id": 1, "marks": {"a": "odd"}}]}'])
def test_what_is_no_report_is_told(text: str) -> None:
    with pytest.raises(PersonCanFix, match="r isn't a report"):
        marks_in("r", text)


def test_every_figure_has_its_place_in_the_tables() -> None:
    made = full_report()
    marks = {post.answered.case.id: post.marks for post in made.posts}
    shown = tables(made, compare(marks, {"a": dict(marks["a"]) | {PRESSURE: marks["b"][EXIT]}}))
    titles = [table.title for table in shown]
    assert len(titles) == len(set(titles)) == 13
    assert all(len(row) == len(table.head) for table in shown for row in table.rows)
    cells = {cell for table in shown for row in table.rows for cell in row}
    assert {"its quote isn't in the post", "new reason", "the model declined to answer", "US dollars"} <= cells


def test_a_bare_report_shows_only_what_it_has() -> None:
    made = report("made", [answered(gold(judged=frozenset({EXIT}), kind="other"))], LABELS)
    assert [table.title for table in tables(made)] == ["By guideline", "By family"]
    some = replace(made, costs=replace(full_report().costs, dollars=None, seconds=made.costs.seconds))
    assert [row[0] for row in tables(some)[-1].rows][-1] == "output tokens"


def test_figures_are_short_and_honest_about_nothing() -> None:
    assert [figure(value) for value in (0.9583, 1.0, 0.0, -0.25, -0.0001, None)] == [
        ".958",
        "1.000",
        ".000",
        "-.250",
        ".000",
        "–",
    ]
    assert share(rate(46, 48)) == ".958 [.860, .988] 46/48"
    assert share(rate(0, 0)) == "–"


def test_a_post_is_cut_where_marked_and_quoted_words_begin_and_end() -> None:
    one = answered(
        gold(expected=(Gold(PRESSURE, "up, everyone"), Gold(EXIT, "gone"), Gold(CLAIM)), text="Hurry up, everyone."),
        finding(PRESSURE, "Hurry up"),
    )
    assert pieces(one) == (
        MarkedPiece("Hurry ", quoted=True),
        MarkedPiece("up", marked=True, quoted=True),
        MarkedPiece(", everyone", marked=True),
        MarkedPiece("."),
    )
