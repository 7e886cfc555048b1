"""`candor eval` from end to end: over HTTP, through batch files, and from recordings."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from html.parser import HTMLParser
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest

from bot.evaluation.cases import examples_of
from bot.terminal import evaluating as measuring
from bot.terminal.commands import run
from tests.model.server import REFUSAL, Asked, ScriptedModel
from tests.terminal.answering import answer_batch, from_gold, whole_posts

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.guidelines import Library
    from bot.evaluation.cases import GoldCase

Capture = pytest.CaptureFixture[str]
PRESSURE, EXIT = "user-control/no-false-pressure", "user-control/way-out"
BAIT = "authenticity/earned-attention"
HURRIED, TRAPPED = "Get it before your neighbour does.", "To leave, visit us in Tromsø & bring <forms>."
CALM = "The bridge is open again."
POSTS: list[dict[str, Any]] = [
    {"id": "one", "text": HURRIED, "expected": [{"guideline": PRESSURE, "span": "before your neighbour"}]},
    {"id": "two", "text": TRAPPED, "expected": [{"guideline": EXIT, "span": "visit us"}]},
    {"id": "three", "text": CALM, "kind": "near-miss", "context": "It closed in May."},
]


@pytest.fixture
def posts(tmp_path: Path) -> str:
    path = tmp_path / "posts.jsonl"
    path.write_text("".join(f"{json.dumps(post, ensure_ascii=False)}\n" for post in POSTS), encoding="utf-8")
    return str(path)


@pytest.fixture
def examples(library: Library) -> tuple[GoldCase, ...]:
    return examples_of(library.in_force(frozenset()))


async def evaluate(*arguments: str) -> int:
    """The command runs a loop of its own, so it needs a thread."""
    return await asyncio.to_thread(run, ["eval", *arguments])


def printed(capsys: Capture) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


async def test_gold_answers_reach_people_whole_and_the_model_adds_nothing(
    examples: tuple[GoldCase, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    async with ScriptedModel() as model:
        model.otherwise = from_gold(examples)
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        assert await evaluate("--live", "--json", "--record", str(tmp_path / "answers")) == 0
    told = printed(capsys)
    whole = told["scores"]["whole"]
    assert whole["fates"].get("shown", 0) + whole["fates"].get("folded", 0) == 72, whole["fates"]
    assert "ungrounded" not in told["drops"]
    assert (told["verbatim"]["value"], told["faults"], told["unconfirmed"]) == (1.0, {}, 0)
    gold = {case.id: case.labels for case in examples}
    added = [
        (post["id"], finding["guideline"])
        for post in told["posts"]
        for finding in post["findings"]
        if finding["origin"] == "model" and finding["guideline"] not in gold[post["id"]]
    ]
    assert added == []


async def test_none_of_the_quotes_that_a_model_makes_up_is_shown(
    examples: tuple[GoldCase, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    async with ScriptedModel() as model:
        model.otherwise = from_gold(examples, hallucinated=0.3)
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        assert await evaluate("--live", "--json", "--record", str(tmp_path / "answers"), "--at-once", "1") == 0
    told = printed(capsys)
    assert 10 <= told["drops"]["ungrounded"] <= 35
    assert told["verbatim"]["value"] == 1.0
    assert all("no post of this set" not in finding["quote"] for post in told["posts"] for finding in post["findings"])


async def test_whole_posts_as_quotes_are_grounded_and_errors_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Posts and tags in the form of the public benchmark."""
    tagged = {
        "m1": "You have four minutes, the clock runs 🕓",
        "m2": "line one\nline two\u2028 line “three” \\ end",
        "m3": "  padded, twice  padded  ",
        "m5": "Ring 0049 30 901820 or write to leave@example.com, and hold the line",
    }
    rows = [
        {"id": name, "text": text, "platform": "web", "expected": ["rush"], "judged": ["rush"], "basis": "direct"}
        for name, text in tagged.items()
    ]
    rows.append({"id": "m4", "text": "Bread at nine.", "expected": ["ok"], "judged": list("abcdef"), "basis": "direct"})
    posts, tags = tmp_path / "posts.jsonl", tmp_path / "tags.json"
    posts.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    tags.write_text(json.dumps({"rush": [BAIT, EXIT]}), encoding="utf-8")
    answer = whole_posts(dict.fromkeys(tagged.values(), BAIT))
    async with ScriptedModel() as model:
        model.otherwise = lambda asked: REFUSAL if "Bread" in asked.draft else answer(asked)
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        arguments = (str(posts), "--tags", str(tags), "--live", "--record", str(tmp_path / "answers"))
        assert await evaluate(*arguments, "--json") == 1
        told = printed(capsys)
        assert await evaluate(*arguments) == 1
    shown = capsys.readouterr().out
    assert (told["faults"], told["verbatim"]["value"]) == ({"refused": 1}, 1.0)
    assert (told["scores"]["whole"]["counts"]["hits"], told["scores"]["whole"]["recall"]["value"]) == (4, 1.0)
    assert [alarm["kind"] for alarm in told["alarms"]] == ["clean"]
    assert "the model declined to answer" in shown
    assert "rush" in shown


def spent(*batches: Path) -> dict[str, float]:
    """What each post's requests cost in a batch, at the prices above: 60 tokens are cached, 20 written."""
    dollars: dict[str, float] = defaultdict(float)
    for path in batches:
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            read = max(100, Asked(line["url"], line["body"], {}).tokens)
            post = line["custom_id"].rsplit(".", 3)[0]
            dollars[post] += 0.5 * ((read - 60) * 1 + 60 * 0.1 + 20 * 6) / 1e6
    return dollars


@pytest.mark.parametrize("api", ["responses", "chat"])
async def test_144_examples_go_out_as_a_batch_and_come_back_as_a_report(
    api: str, examples: tuple[GoldCase, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("OPENAI_API", api)
    monkeypatch.setenv("OPENAI_PRICES", "1,0.1,6")
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    results = [tmp_path / f"{name}.results" for name in ("first", "second")]
    assert await evaluate("--batch-out", str(first)) == 0
    said = capsys.readouterr().out
    assert "144 requests" in said
    assert answer_batch(first, results[0], from_gold(examples)) == 144
    assert await evaluate("--batch-in", str(results[0]), "--batch-out", str(second)) == 0
    assert "more requests" in capsys.readouterr().out
    confirmations = answer_batch(second, results[1], from_gold(examples))
    both = [argument for result in results for argument in ("--batch-in", str(result))]
    assert await evaluate(*both, "--batch-out", str(third), "--json") == 0
    assert not third.exists()
    told = printed(capsys)
    sizes = {one["form"]: one for one in told["sizes"]}
    assert (sizes["critique"]["requests"], sizes["second_opinion"]["requests"]) == (144, confirmations)
    assert sizes["critique"]["share"] >= 0.8
    assert told["scores"]["whole"]["recall"]["value"] == 1.0
    assert told["costs"]["dollars"]["median"] == pytest.approx(median(spent(first, second).values()))
    assert (told["costs"]["seconds"]["mean"], told["mode"]) == (None, "answers from a batch")
    bodies = [json.loads(line)["body"] for line in first.read_text(encoding="utf-8").splitlines()]
    heads = {json.dumps({k: v for k, v in body.items() if k not in ("input", "messages")}) for body in bodies}
    assert len(heads) == 1


KITE = {
    "brand": "Kite",
    "facts": [
        {"kind": "price", "value": "A cabin bag costs £12 on every fare", "source": "bags", "until": "2026-06-30"}
    ],
    "posts": [{"text": "Delivery costs £4 on all orders.", "date": "2026-03-03", "link": "https://kite.example/1"}],
}
BAG, DELIVERY = "A cabin bag costs £15 on every fare. See you on board.", "Delivery costs £6 on all orders."
BESIDE: list[dict[str, Any]] = [
    {"id": "bag", "text": BAG, "statement": "A cabin bag costs £12 on every fare", "quote": "£15", "kind": "price"},
    {"id": "post", "text": DELIVERY, "statement": "Delivery costs £4 on all orders.", "quote": "£6", "kind": "price"},
    {"id": "later", "text": BAG, "today": "2026-07-01", "contradicts": False, "kind": "date"},
    {"id": "bare", "text": BAG, "facts": [], "contradicts": False, "kind": "date"},
]


async def test_a_case_is_read_beside_its_brands_sheet_and_history(tmp_path: Path, capsys: Capture) -> None:
    posts, brands, requests = tmp_path / "posts", tmp_path / "brands", tmp_path / "requests"
    usual = {"brand": "Kite", "today": "2026-05-01", "contradicts": True}
    posts.write_text("\n".join(json.dumps(usual | row) for row in BESIDE), encoding="utf-8")
    brands.write_text(json.dumps([KITE]), encoding="utf-8")
    arguments = (str(posts), "--brands", str(brands))
    assert await evaluate(*arguments, "--rules", "--json") == 0
    told = printed(capsys)
    assert [post["contradiction"] for post in told["posts"]] == ["both", "both", "quiet", "quiet"]
    assert "https://kite.example/1" in told["posts"][1]["findings"][0]["why"]
    assert await evaluate(*arguments, "--batch-out", str(requests)) == 0
    asked = [Asked(line["url"], line["body"], {}) for line in map(json.loads, requests.read_text("utf-8").splitlines())]
    by_draft = [("costs £12 on every fare (" in one.turns[0], "said_before" in one.case) for one in asked]
    assert by_draft == [(True, False), (True, True), (False, False), (False, False)]


async def test_a_report_without_the_second_batch_says_what_is_missing(
    posts: str, tmp_path: Path, capsys: Capture
) -> None:
    requests, results = tmp_path / "requests", tmp_path / "results"
    assert await evaluate(posts, "--batch-out", str(requests), "--runs", "2") == 0
    left_out = json.loads(requests.read_text(encoding="utf-8").splitlines()[0])["custom_id"]
    assert answer_batch(requests, results, whole_posts({}), leave_out=[left_out]) == 6
    expired = json.dumps({"custom_id": left_out, "response": None, "error": {"code": "batch_expired"}})
    results.write_text(results.read_text(encoding="utf-8") + f'\n{{"odd": 1}}\n{expired}\n', encoding="utf-8")
    capsys.readouterr()
    assert await evaluate(posts, "--batch-in", str(results), "--runs", "2", "--json") == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["faults"] == {"missing": 1}
    assert err.splitlines() == [
        "Candor couldn't read 1 line of the answers.",
        "1 request failed on the server. To ask again, use --batch-out.",
    ]


def test_more_requests_than_a_batch_takes_are_not_written(
    posts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(measuring, "MOST_REQUESTS", 2)
    assert run(["eval", posts, "--batch-out", str(tmp_path / "requests")]) == 2
    assert "A batch can hold 2 requests, and this makes 3." in capsys.readouterr().err


async def test_a_stopped_run_goes_on_and_its_recording_answers_alone(
    posts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    record = tmp_path / "answers.jsonl"
    async with ScriptedModel() as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        live = (posts, "--live", "--record", str(record), "--json", "--runs", "2")
        assert await evaluate(*live) == 0
        first, asked = printed(capsys), len(model.requests)
        lines = record.read_text(encoding="utf-8").splitlines()
        record.write_text("\n".join(lines[:4]) + f"\n{lines[4][:50]}", encoding="utf-8")
        assert await evaluate(*live) == 0
        assert printed(capsys)["scores"] == first["scores"]
        assert (asked, len(model.requests)) == (6, 8)
        assert await evaluate(*live) == 0
        assert (printed(capsys)["faults"], len(model.requests)) == ({}, 8)
    assert await evaluate(posts, "--replay", str(record), "--runs", "2", "--json") == 0
    told = printed(capsys)
    assert told["scores"] == first["scores"]
    assert told["costs"]["seconds"]["mean"] > 0
    assert told["stability"]["runs"] == 2


async def test_a_changed_request_makes_a_recording_stale_and_that_is_said(
    posts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    record = tmp_path / "answers.jsonl"
    async with ScriptedModel() as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        assert await evaluate(posts, "--live", "--record", str(record)) == 0
    capsys.readouterr()
    monkeypatch.setenv("OPENAI_MODEL", "another-model")
    assert await evaluate(posts, "--replay", str(record)) == 1
    out, err = capsys.readouterr()
    assert "3 recorded answers are out of date: the request has changed." in err
    assert "the recorded answer is out of date" in out


class Page(HTMLParser):
    """What a page loads, and the words that stand in marks."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.marked: list[tuple[str, str]] = []
        self._mark = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [f"{tag} {name}" for name, _ in attrs if name in {"src", "href"}]
        self._mark = str(dict(attrs).get("class")) if tag == "mark" else ""

    def handle_data(self, data: str) -> None:
        if self._mark:
            self.marked.append((self._mark, data))
        self._mark = ""


async def test_the_page_shows_misses_and_false_alarms_in_place_and_loads_nothing(
    posts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.html"
    wrong = {CALM: PRESSURE, TRAPPED: PRESSURE}
    async with ScriptedModel() as model:
        model.otherwise = whole_posts(wrong)
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        assert await evaluate(posts, "--live", "--record", str(tmp_path / "a"), "--html", str(path)) == 0
    text = path.read_text(encoding="utf-8")
    page = Page(text)
    assert page.loads == []
    assert "<script" not in text
    assert "url(" not in text
    assert ("gold", "before your neighbour") in page.marked
    assert ("gold ours", "visit us") in page.marked
    assert ("ours", " in Tromsø & bring <forms>.") in page.marked
    assert ("ours", CALM) in page.marked
    assert f"false alarm: {PRESSURE}" in text


async def test_two_reports_are_compared(posts: str, tmp_path: Path, capsys: Capture) -> None:
    assert await evaluate(posts, "--rules", "--json") == 0
    other = tmp_path / "other.json"
    other.write_text(capsys.readouterr().out, encoding="utf-8")
    assert await evaluate(posts, "--rules", "--against", str(other), "--html", str(tmp_path / "p.html")) == 0
    assert "3 posts in both" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Choose one"),
        (["--rules", "--live"], "Choose one"),
        (["--live"], "There's no model to ask"),
        (["nowhere.jsonl", "--rules"], "Can't read nowhere.jsonl"),
        (["--rules", "--html", "no/folder/page.html"], "Can't write"),
        (["--replay", "nowhere"], "Can't read nowhere"),
    ],
)
def test_what_a_person_can_mend_is_said_in_a_sentence(arguments: list[str], told: str, capsys: Capture) -> None:
    assert run(["eval", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_place_that_cannot_keep_answers_is_named(
    posts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert run(["eval", posts, "--live", "--record", str(tmp_path / "no" / "file")]) == 2
    assert capsys.readouterr().err == f"Can't write {tmp_path / 'no' / 'file'}: No such file or directory.\n"
    with pytest.raises(SystemExit):
        run(["eval", "--rules", "--runs", "0"])
