"""Candor keeps its own guidelines: everything it says goes through its own rules, and they flag nothing."""

from __future__ import annotations

import ast
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.drafts import Draft, Place
from bot.core.findings import Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, ModelPart, Outcome, Question
from bot.core.reviewing import DraftRecord, standing_of
from bot.core.words.guidelines import in_full, sections, why_point
from bot.rules.engine import RuleEngine
from bot.settings import known_settings
from bot.slack.reviewing import reply_blocks, reply_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.guidelines import Library

ROOT = Path(__file__).resolve().parent.parent.parent
WORDS = sorted((ROOT / "bot/core/words").rglob("*.py"))
PAGES = sorted((ROOT / "bot/workspace/page").glob("*.html"))
STAND_INS = ("this", "3")
"""What stands for a value that is put into a sentence: words and numbers trip different rules."""
FACTS = {"[price]": "£3", "[what it does]": "answers your questions"}

TO_TRY = "a draft to try, bad on purpose; the page offers it as a person's words, never as Candor's"
QUOTED = "the guideline names the phrase that it is about"
EXEMPT = {
    "workspace.py: _COUNTDOWN": TO_TRY,
    "workspace.py: _GREEN": TO_TRY,
    "workspace.py: _CUSTOMER": TO_TRY,
    "workspace.py: _SURVEYS": TO_TRY,
    "workspace.py: HOUSE_RULE_MEETS": TO_TRY,
    "workspace.py: kept_dismissal": TO_TRY,
    "workspace.py: HISTORY": TO_TRY,
    "workspace.py: _CLAIMS": "a brand's claims have to look like claims",
    "settings.py: EXAMPLES": "contact data has to look like contact data",
    "user-control/care-for-vulnerable: Why it matters": QUOTED,
}
"""What may be flagged, and why. What no longer needs it fails as well."""


class Strings(ast.NodeVisitor):
    """The strings of a file but for its docstrings, each with the name of the top-level statement that it is in."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self._name = ""

    def visit_Module(self, node: ast.Module) -> None:
        for statement in node.body:
            targets = [target.id for target in getattr(statement, "targets", []) if isinstance(target, ast.Name)]
            self._name = str(getattr(statement, "name", "") or ", ".join(targets))
            self.visit(statement)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        for stand_in in STAND_INS:
            said = [str(part.value) if isinstance(part, ast.Constant) else stand_in for part in node.values]
            self.found.append((self._name, "".join(said)))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.found.append((self._name, node.value))


class Page(HTMLParser):
    """What people read of a template, and what is read to them."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value or "" for name, value in attrs if name in {"aria-label", "title", "placeholder", "alt"}]


def words() -> Iterator[tuple[str, str]]:
    for path in WORDS:
        strings = Strings()
        strings.visit(ast.parse(path.read_text(encoding="utf-8")))
        yield from ((f"{path.name}: {name}", said) for name, said in strings.found)


def manifest() -> Iterator[tuple[str, str]]:
    content = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    for part in ("display_information", "features"):
        yield from ((f"manifest.json: {part}", said) for said in every_string(content[part]))


def every_string(item: Any) -> Iterator[str]:
    """Every text somewhere inside of JSON."""
    if isinstance(item, str):
        yield item
    elif isinstance(item, dict | list):
        listed: list[Any] = list(item.values() if isinstance(item, dict) else item)  # pyright: ignore[reportUnknownArgumentType]
        for inner in listed:
            yield from every_string(inner)


def documents() -> Iterator[tuple[str, str]]:
    guides = ("guidelines", "operators", "brand-leads", "privacy", "voice", "CHANGELOG")
    for path in (ROOT / "README.md", *(ROOT / f"docs/{name}.md" for name in guides)):
        text = "".join(path.read_text(encoding="utf-8").split("```")[::2])
        yield from ((path.name, paragraph) for paragraph in text.split("\n\n"))


def settings() -> Iterator[tuple[str, str]]:
    yield from ((f"settings: {name}", setting.about) for name, setting in known_settings().items())


def pages() -> Iterator[tuple[str, str]]:
    for path in PAGES:
        page = Page()
        page.feed(path.read_text(encoding="utf-8"))
        yield from ((path.name, said) for said in page.said)


def guidelines(library: Library) -> Iterator[tuple[str, str]]:
    """What people read when they ask why, and what a fixed rule says and suggests."""
    for guideline in library.guidelines:
        yield f"{guideline.id}: title", in_full(guideline)
        yield f"{guideline.id}: problem", why_point(guideline)
        yield from ((f"{guideline.id}: {part}", text) for part, text in sections(guideline))
        for rule in guideline.rules:
            where = f"{guideline.id}: {rule.name}"
            yield where, rule.insert
            yield from ((where, filled(rewording.words)) for rewording in rule.say_instead)
            for stand_in in STAND_INS:
                yield where, rule.why.replace("{match}", stand_in).replace("{count}", "3").replace("{codes}", "U+202E")


def filled(words: str) -> str:
    """A rewording whose author filled in what it asks for: until then it is flagged, and rightly so."""
    for slot, fact in FACTS.items():
        words = words.replace(slot, fact)
    return words


def replies(library: Library) -> Iterator[tuple[str, str]]:
    """Whole replies as they are sent, about a draft that holds nothing to flag."""
    record = DraftRecord(Place("T1", "C1", "1.0"), "U1", Draft("We bake bread."), revision="0")
    titles = library.problems
    points = tuple(Finding(name, Severity.SHOULD_FIX, 0, end=2, quote="We", why="Who is that?") for name in titles)[:5]
    asked = (Question(next(iter(titles)), "Was this paid for?", ("yes", "no")),)
    for outcome in Outcome:
        for part in ModelPart:
            found = outcome is Outcome.FINDINGS
            critique = Critique(outcome, points if found else (), asked if found else (), model_part=part)
            standing = standing_of(critique)
            said = (reply_text(standing), *every_string(reply_blocks(standing, record, titles)))
            yield f"a reply: {outcome}, {part}", "\n".join(said)


@pytest.fixture(scope="module")
def strict(library: Library) -> RuleEngine:
    """All rules, those of optional packs too."""
    return RuleEngine(library)


@pytest.fixture(scope="module")
def everything(library: Library) -> dict[str, list[tuple[str, str]]]:
    """What Candor says, by kind."""
    sources = (words, manifest, documents, settings, pages)
    found = {source.__name__: list(source()) for source in sources}
    found |= {source.__name__: list(source(library)) for source in (guidelines, replies)}
    return {kind: [(where, said) for where, said in every if said.strip()] for kind, every in found.items()}


def flagged(strict: RuleEngine, every: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str, str]]:
    """Where, which guideline, and the words, of all that a rule finds, whatever its severity."""
    said = [(where, Draft(text)) for texts in every.values() for where, text in texts]
    return [(where, point.guideline, point.quote) for where, draft in said for point in strict.all_findings(draft)]


def test_nothing_that_candor_says_is_flagged_by_its_own_rules(
    strict: RuleEngine, everything: dict[str, list[tuple[str, str]]]
) -> None:
    assert [found for found in flagged(strict, everything) if found[0] not in EXEMPT] == []


def test_every_exemption_is_needed(strict: RuleEngine, everything: dict[str, list[tuple[str, str]]]) -> None:
    assert {where for where, *_ in flagged(strict, everything)} >= set(EXEMPT)


def test_everything_is_collected(everything: dict[str, list[tuple[str, str]]]) -> None:
    least = {
        "words": 200,
        "manifest": 4,
        "documents": 20,
        "settings": 15,
        "pages": 40,
        "guidelines": 250,
        "replies": 20,
    }
    short = {kind: len(texts) for kind, texts in everything.items() if len(texts) < least[kind]}
    assert short == {}
    assert {path.name for path in WORDS} - {where.partition(":")[0] for where, _ in everything["words"]} == {
        "__init__.py"
    }
    assert any("That's everything: every point is in" in said for _, said in everything["words"])
    assert any("Another program is using port 3" in said for _, said in everything["words"])


def test_a_sentence_that_breaks_a_guideline_would_be_found(strict: RuleEngine) -> None:
    strings = Strings()
    strings.visit(
        ast.parse('"""A docstring."""\ndef hurry(left: int) -> str:\n    return f"Only {left} left, act now!"')
    )
    found = flagged(strict, {"words": strings.found})
    assert {where for where, *_ in found} == {"hurry"}
    assert {"Only 3 left", "act now!"} == {quote for *_, quote in found}
