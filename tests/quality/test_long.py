"""Long drafts, threads, several platforms and variants: read to the end, and every point shown where it stands."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.drafts import Draft, Place
from bot.core.findings import Origin, clean_text
from bot.core.reviewing import DraftRecord, standing_of
from bot.flows.reviewing import review_text, review_text_with_model
from bot.model.brief import load_prompts
from bot.model.critic import ModelCritic
from bot.rules.engine import RuleEngine
from bot.slack.blocks import MOST_BYTES
from bot.slack.reviewing import more_window, reply_blocks, reply_text
from bot.workspace.checking import check_message_blocks, check_view
from tests.model.cases import QUICK
from tests.model.server import issue
from tests.model.stand_in import StandIn
from tests.outspoken import outspoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.core.guidelines import Library
    from bot.core.judging import Critique
    from bot.model.language_model import ModelRequest

    Critic = Callable[..., ModelCritic]

FILL = "Ewa opened the second oven 🥖 and the rye came out a shade darker than the week before.\n"
BY_RULE = ("Act now!", "Hurry up", "Only 3 left")
BY_MODEL = ("envied by the whole street", "nobody else bakes like this", "a slice of pure luck")
PRESSURE = "user-control/no-false-pressure"
CLAIM = "authenticity/claim-evidence"


@pytest.fixture(scope="module")
def rules(library: Library) -> RuleEngine:
    """Rules that speak by themselves: how points are read and shown is the same whoever found them."""
    return RuleEngine(outspoken(library.in_force(frozenset())))


@pytest.fixture
def critic(library: Library, rules: RuleEngine, root: Path) -> Critic:
    """A critic whose model raises these issues, whatever it reads."""

    def make(*issues: Any) -> ModelCritic:
        def answer(request: ModelRequest) -> Any:
            properties: Any = request.form.schema["properties"]
            checklist = dict.fromkeys(properties["checklist"]["properties"], "clear")
            return {"issues": issues, "questions": [], "checklist": checklist, "not_a_draft": False}

        prompts = load_prompts(root / "prompts")
        in_force = library.in_force(frozenset())
        return ModelCritic(
            StandIn(answer), in_force, rules, prompts=prompts, secret=b"s", limits=QUICK, sensitive=lambda _: iter(())
        )

    return make


def long_text(length: int) -> str:
    """Fine sentences with a fault of either kind at the start, in the middle and at the very end."""
    faults = [f"{rule} Well, {model}. " for rule, model in zip(BY_RULE, BY_MODEL, strict=False)]
    fill = FILL * (length // len(FILL) // 2)
    text = f"{faults[0]}{fill}{faults[1]}{fill}"
    return f"{text[: length - len(faults[2])]}\n{faults[2].strip()}"


def shown(critique: Critique, draft: Draft, titles: dict[str, str]) -> list[tuple[str, str]]:
    """The label and the words of every point as people see them, in the reply and behind "Show more"."""
    standing = standing_of(critique)
    record = DraftRecord(Place("T1", "C1", "1.0"), "U1", draft, revision="0")
    blocks = reply_blocks(standing, record, titles)
    check_message_blocks(blocks)
    assert len(reply_text(standing).encode()) <= MOST_BYTES
    window = check_view(more_window(standing, record, titles), "modal")
    points = [block for block in (*blocks, *window["blocks"]) if block["type"] == "rich_text"]
    return [(_text(p["elements"][0]), _text(p["elements"][1])) for p in points if len(p["elements"]) == 3]


def _text(element: dict[str, Any]) -> str:
    return "".join(piece["text"] for piece in element["elements"])


@pytest.fixture
def titles(library: Library) -> dict[str, str]:
    return {guideline.id: guideline.title for guideline in library.guidelines}


@pytest.mark.parametrize("length", [3_000, 12_000, 40_000])
async def test_a_long_draft_is_read_to_its_end(
    length: int, rules: RuleEngine, critic: Critic, titles: dict[str, str]
) -> None:
    draft = Draft(long_text(length))
    asked = [issue(quote, "claim-evidence", replacement=f"[proof] {quote}") for quote in BY_MODEL]
    begun = time.monotonic()
    critique = await review_text_with_model(draft, rules, critic(*asked))
    assert time.monotonic() - begun < 20
    assert not critique.fixed_rules_only
    for quote, guideline, origin in [
        *((quote, PRESSURE, Origin.RULE) for quote in BY_RULE),
        *((quote, CLAIM, Origin.MODEL) for quote in BY_MODEL),
    ]:
        (found,) = [f for f in critique.findings if f.guideline == guideline and quote in f.quote]
        assert (found.start, found.origin) == (draft.text.index(quote), origin)
        assert draft.text[found.start : found.end] == found.quote
        assert found.replacement
    assert len(critique.findings) == 6
    written = shown(critique, draft, titles)
    for finding in critique.findings:
        assert any(finding.quote in words for _, words in written), finding.quote
    cured = clean_text("0", draft.text, critique.findings).text
    assert review_text(Draft(cured), rules).findings == ()
    assert cured.count("🥖") == draft.text.count("🥖")
    assert cured.count("\n") == draft.text.count("\n")


async def test_the_model_reads_every_character(library: Library, rules: RuleEngine, root: Path) -> None:
    seen: list[str] = []

    def answer(request: ModelRequest) -> Any:
        seen.append(json.loads(request.turns[-1].text.splitlines()[-2])["draft"])
        properties: Any = request.form.schema["properties"]
        checklist = dict.fromkeys(properties["checklist"]["properties"], "clear")
        return {"issues": [], "questions": [], "checklist": checklist, "not_a_draft": False}

    prompts = load_prompts(root / "prompts")
    made = ModelCritic(
        StandIn(answer), library, rules, prompts=prompts, secret=b"s", limits=QUICK, sensitive=lambda _: iter(())
    )
    text = long_text(40_000)
    await review_text_with_model(Draft(text), rules, made)
    assert seen == [text]


def test_hundreds_of_faults_are_counted_and_what_does_not_fit_is_said(
    rules: RuleEngine, titles: dict[str, str]
) -> None:
    words = ("Act now!", "Hurry up", "Only 3 left", "Selling fast!")
    draft = Draft("\n".join(f"{words[n % 4]} for loaf {n}." for n in range(300)))
    critique = review_text(draft, rules)
    record = DraftRecord(Place("T1", "C1", "1.0"), "U1", draft, revision="0")
    assert len(critique.findings) > 43
    assert 30 <= len(shown(critique, draft, titles)) <= 43
    window = more_window(standing_of(critique), record, titles)
    assert "There are more. Deal with" in str(window["blocks"][-1])


def thread(*faults: str) -> str:
    """An X thread of ten numbered parts, a fault at the end of each."""
    parts = (f"{n}/10 The {n}. loaf 🥖 is out of the oven. {fault}" for n, fault in enumerate(faults, 1))
    return "X thread:\n" + "\n\n".join(parts)


TEN = ("Act now!", "Hurry up!", "Only 3 left.", "Selling fast!", "Almost sold out.", "Don't miss out!", "Last chance!",
       "Low stock.", "24 hours only.", "Limited time offer.")  # fmt: skip


def test_a_thread_of_ten_has_its_points_under_their_parts(rules: RuleEngine, titles: dict[str, str]) -> None:
    draft = Draft(thread(*TEN))
    critique = review_text(draft, rules)
    by_place = sorted(critique.findings, key=lambda f: f.start)
    assert [f.start for f in by_place] == [draft.text.index(fault.rstrip(".!")) for fault in TEN]
    labels = {words: label for label, words in shown(critique, draft, titles)}
    assert len(labels) == 10
    for number, finding in enumerate(by_place, 1):
        # A rewording may keep some of the words, so the quote need not stand in one piece.
        (label,) = [label for words, label in labels.items() if words.startswith(finding.quote.split(" ")[0])]
        assert label.endswith(f"(part {number} of 10)")


def test_only_the_part_that_is_too_long_is_named(rules: RuleEngine, titles: dict[str, str]) -> None:
    faults = [""] * 10
    faults[6] = "word " * 60 + "and here it ends"
    draft = Draft(thread(*faults))
    (found,) = review_text(draft, rules).findings
    assert found.quote.endswith("and here it ends")
    ((label, _),) = shown(review_text(draft, rules), draft, titles)
    assert label.endswith("(part 7 of 10)")


FIVE = {
    "IG": ("Instagram", "New rye in the window 🥖 Act now! #rye"),
    "LinkedIn": ("LinkedIn", "We hired two bakers. Hurry up and read on."),
    "X": ("X", "Rye is back. Only 3 left, so run."),
    "TikTok": ("TikTok", "Marek dances with the dough. Selling fast!"),
    "YouTube": ("YouTube", "Our film about the old mill. Don't miss out!"),
}


def message(posts: dict[str, tuple[str, str]]) -> str:
    return "For Mika, five versions\n\n" + "\n\n".join(f"{name}: {text}" for name, (_, text) in posts.items())


def test_five_platforms_have_their_points_under_their_names(rules: RuleEngine, titles: dict[str, str]) -> None:
    draft = Draft(message(FIVE))
    critique = review_text(draft, rules)
    assert len(critique.findings) == 5
    labels = shown(critique, draft, titles)
    for finding in critique.findings:
        platform = next(name for name, text in FIVE.values() if finding.quote in text)
        (label,) = [label for label, words in labels if finding.quote in words]
        assert label.endswith(f"({platform})")


def test_each_platform_has_its_own_length(rules: RuleEngine, titles: dict[str, str]) -> None:
    posts = {name: (full, f"{name} begins {'word ' * 100}end of {name}") for name, (full, _) in FIVE.items()}
    draft = Draft(message(posts))
    ((label, words),) = shown(review_text(draft, rules), draft, titles)
    assert label.endswith("(X)")
    assert words.endswith("end of X")


async def test_equal_words_on_five_platforms_are_five_points_of_the_model(
    rules: RuleEngine, critic: Critic, titles: dict[str, str]
) -> None:
    draft = Draft(message({name: (full, f"This is {name}. Envied by the street.") for name, (full, _) in FIVE.items()}))
    asked = issue("Envied by the street", "claim-evidence", replacement="[who said so]")
    critique = await review_text_with_model(draft, rules, critic(*[asked] * 5))
    assert len(critique.findings) == 5
    assert {draft.text[f.start : f.end] for f in critique.findings} == {"Envied by the street"}
    assert [label.partition("(")[2] for label, _ in shown(critique, draft, titles)] == [
        f"{full})" for full, _ in FIVE.values()
    ]
    cured = clean_text("0", draft.text, critique.findings).text
    assert cured.count("[who said so]") == 5


async def test_a_rewording_that_is_too_long_for_its_platform_is_left_out(rules: RuleEngine, critic: Critic) -> None:
    close = "Envied by the street. " + "bread " * 42
    draft = Draft(f"LinkedIn: {close}\n\nX: {close}")
    words = "Envied by [the neighbours who told us so in writing]"
    asked = issue("Envied by the street", "claim-evidence", replacement=words)
    critique = await review_text_with_model(draft, rules, critic(asked, asked))
    assert [bool(f.edit) for f in critique.findings] == [True, False]


def test_variants_are_told_apart(rules: RuleEngine, titles: dict[str, str]) -> None:
    draft = Draft("IG:\nRye is back 🥖\n---\nRye again. Act now!\n---\nRye at last. Hurry up!")
    labels = [label.partition("(")[2] for label, _ in shown(review_text(draft, rules), draft, titles)]
    assert labels == ["variant 2)", "variant 3)"]
