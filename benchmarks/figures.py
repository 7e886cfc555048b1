"""Learns when a figure of a draft and one of a fact sheet are of the same thing: writes bot/rules/figures/weights.py.

    uv run --with scikit-learn python -m benchmarks.figures learn     from the four sets of tests/quality/memory
    uv run --with scikit-learn python -m benchmarks.figures check     each author's set by what the others' teach
    python -m benchmarks.figures count BRANDS.json DRAFTS.jsonl       what is found with the weights as they are

It learns from pairs: a figure of a draft and one of the sheet that says otherwise. The pair of a known contradiction is
right, every other one is wrong. Figures that agree are changed and learned from as contradictions, as there are few;
and each draft stands beside sheets of other brands, where everything is wrong. How much common words tell is counted in
tests/quality/messages/learn-*.jsonl. `check` also holds the posts of tests/quality against every sheet.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.bench import ROOT
from benchmarks.learning import WIDTH, Example, learned, lines, written
from bot.core.findings import ONE_STORY
from bot.core.reading.places import covers
from bot.evaluation.cases import read_brands, read_cases
from bot.rules.figures import alike, sheet
from bot.rules.figures.alike import SURE, candidates
from bot.rules.figures.reading import figures_in
from bot.rules.figures.sheet import FigureSheet, said_in, terms_in
from tests.rules.compared import ALSO_FOUND, ALSO_LEFT_ALONE, BRAND, CONTRADICTING, ONLY_ALIKE, SHEET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.core.brand.facts import Fact
    from bot.core.reading.side_notes import Learned
    from bot.evaluation.cases import GoldCase
    from bot.rules.figures.alike import Candidate
    from bot.rules.figures.tokens import Figure, Value

MEMORY = ROOT / "tests" / "quality" / "memory"
SETS = ("", "second_", "third_", "fourth_")
"""Of four authors. The fifth was never learned from."""
POSTS = ("posts", "unseen", "traps", "subtle", "strangers", "blind")
TARGET = ROOT / "bot" / "rules" / "figures" / "weights.py"
STRENGTH = 2.0
ELSEWHERE, CHANGED = 0.3, 0.25
"""How much a pair with another brand's sheet counts, and one whose figure was changed."""
BY_HAND = 1.0
OTHERS, TIMES = 3, 2
TODAY = "2026-11-30"
USUAL, RARE, COMMON = 2.0, math.log(500), 0.9
"""Of the logarithm of one in how many messages has a word: tells nothing, tells all; and what is kept of the list."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate with what it was of. ``case`` is the draft, with the brand where that is another one."""

    case: str
    place: int
    candidate: Candidate
    right: bool
    weight: float = 1.0
    elsewhere: bool = False
    same_fact: bool = False
    """True for another figure of the draft beside the fact that it contradicts."""

    @property
    def example(self) -> Example:
        """As it is learned from."""
        return Example(dict(self.candidate.features), self.right, self.weight)


@dataclass(slots=True)
class Author:
    """One author's brands and drafts, with the pairs that are learned from."""

    sheets: dict[str, FigureSheet]
    cases: tuple[GoldCase, ...]
    brand_of: dict[str, str]
    pairs: list[Pair] = field(default_factory=list[Pair])
    changed: list[Pair] = field(default_factory=list[Pair])


def author(brands: Path, drafts: Path) -> Author:
    """What two files hold; a sheet holds what is valid on the day of the drafts."""
    known = read_brands(brands.name, brands.read_text(encoding="utf-8"))
    cases = read_cases({drafts.name: drafts.read_text(encoding="utf-8")}, known)
    sheets = {name: FigureSheet(tuple(f for f in one.facts if f.holds_on(TODAY))) for name, one in known.items()}
    named = {row["id"]: row["brand"] for row in lines([drafts])}
    return Author(sheets, cases, named)


def with_pairs(one: Author) -> Author:
    """With the pairs of its drafts, beside their own sheets and beside some of others."""
    draw = random.Random(1)
    for case in one.cases:
        own = one.brand_of[case.id]
        one.pairs += own_pairs(case, one.sheets[own])
        for other in draw.sample(sorted(one.sheets.keys() - {own}), OTHERS):
            one.pairs += strange_pairs(f"{case.id} {other}", case.draft.text, one.sheets[other])
        one.changed += changed_pairs(case, one.sheets[own], draw)
    return one


def own_pairs(case: GoldCase, facts: FigureSheet) -> Iterator[Pair]:
    """Of a draft and its own brand's sheet. Without known words, any figure may be the one."""
    text, here = case.draft.text, case.draft.markets
    spans = [(text.find(q), text.find(q) + len(q)) for q in case.quotes(ONE_STORY) if q in text] or [(0, len(text))]
    for said in said_in(text, figures_in(text)):
        quoted = any(said.figure.start < end and begin < said.figure.end for begin, end in spans)
        for one in candidates(said, facts):
            same = bool(case.expected) and one.recorded.fact.value == case.statement
            if is_seen(one.recorded.fact, here):
                yield Pair(case.id, said.figure.start, one, right=same and quoted, same_fact=same)


def is_seen(fact: Fact, here: tuple[str, ...]) -> bool:
    """As the rules decide it."""
    return not fact.markets or (bool(here) and covers(fact.markets, here))


def strange_pairs(name: str, text: str, facts: FigureSheet) -> Iterator[Pair]:
    """Of a text and a sheet that it isn't about."""
    for said in said_in(text, figures_in(text)):
        for one in candidates(said, facts):
            yield Pair(name, said.figure.start, one, right=False, weight=ELSEWHERE, elsewhere=True)


def changed_pairs(case: GoldCase, facts: FigureSheet, draw: random.Random) -> Iterator[Pair]:
    """A figure that the nearest fact has as well is made another one."""
    figures = figures_in(case.draft.text)
    for number, said in enumerate(said_in(case.draft.text, figures)):
        near = facts.near(said.figure.kind, [(1.0, said.sentence), (0.25, said.every - said.sentence)])
        agreeing = [pair for pair in near if said.figure.agrees(pair[1].figure)]
        if said.figure.bound in ("about", "under", "over") or not agreeing or agreeing[0][0] < 0.8 * near[0][0]:
            continue
        for _ in range(TIMES):
            other = replace(said.figure, value=another(said.figure, draw))
            rest = (*figures[:number], other, *figures[number + 1 :])
            for one in candidates(said_in(case.draft.text, rest)[number], facts):
                right = one.recorded is agreeing[0][1]
                yield Pair(f"{case.id} changed", other.start, one, right=right, weight=CHANGED)


def another(figure: Figure, draw: random.Random) -> Value:
    """Another value, about as far away as people's slips and old figures are."""
    value = figure.value
    if isinstance(value, tuple):
        day = value[0] + draw.choice((-10, -7, -5, -1, 1, 2, 5, 7, 10, 14))
        return (day, *value[1:]) if 0 < day <= 28 else (value[0], value[1] % 12 + 1, value[2])  # noqa: PLR2004
    if figure.kind == "time":
        return (value + draw.choice((-60, -30, 30, 60, 90))) % 1440
    factor = draw.choice((0.5, 0.67, 0.75, 0.8, 0.85, 0.9, 0.93, 1.07, 1.1, 1.17, 1.25, 1.33, 1.5, 2))
    if figure.kind in ("count", "age"):
        return max(1.0, float(round(value * factor))) + (round(value * factor) == value)
    return round(value * factor, 2)


def by_hand() -> Iterator[Pair]:
    """The cases of tests/rules/compared.py."""
    for facts, right, wrong in ((SHEET, CONTRADICTING, ONLY_ALIKE), (BRAND, ALSO_FOUND, ALSO_LEFT_ALONE)):
        known = FigureSheet(facts)
        for text, is_wrong in (*((text, True) for text in right), *((text, False) for text in wrong)):
            for pair in strange_pairs(text, text, known):
                said, one = pair.candidate.said, pair.candidate.recorded
                meant = (
                    is_wrong
                    and not said.others
                    and len(one.terms & said.every)
                    == max(len(other.recorded.terms & said.every) for other in candidates(said, known))
                )
                yield replace(pair, weight=BY_HAND, right=meant, elsewhere=False)


# Learning, and counting what is found.


def learned_from(authors: Iterable[Author]) -> Learned:
    """The weights that these authors teach."""
    pairs = [pair for one in authors for pair in (*one.pairs, *one.changed)]
    return learned([pair.example for pair in (*pairs, *by_hand())], STRENGTH)


@dataclass(slots=True)
class Found:
    """Drafts by what was found in them."""

    right: set[str] = field(default_factory=set[str])
    false: set[str] = field(default_factory=set[str])
    elsewhere: set[str] = field(default_factory=set[str])


def found_in(pairs: Iterable[Pair], weights: Learned, sure: float) -> Found:
    """As `differing_figures` decides: the best pair of each figure counts."""
    best: dict[tuple[str, int], tuple[float, Pair]] = {}
    for pair in pairs:
        odds, key = weights.odds(pair.candidate.features), (pair.case, pair.place)
        if key not in best or odds > best[key][0]:
            best[key] = odds, pair
    found = Found()
    for odds, pair in best.values():
        if odds >= sure and not (pair.same_fact and not pair.right):
            (found.elsewhere if pair.elsewhere else found.right if pair.right else found.false).add(pair.case)
    return found


def check(authors: Sequence[Author]) -> None:
    """Each set by what the others teach, at several thresholds; and the posts of tests/quality beside its sheets."""
    texts = [line["text"] for line in lines(ROOT / "tests" / "quality" / f"{name}.jsonl" for name in POSTS)]
    tallies: defaultdict[float, list[Found]] = defaultdict(list)
    hand: defaultdict[float, list[Found]] = defaultdict(list)
    for number, one in enumerate(authors):
        weights = learned_from(other for other in authors if other is not one)
        posts = [
            pair
            for name, facts in one.sheets.items()
            for place, text in enumerate(texts)
            for pair in strange_pairs(f"post {place} {name}", text, facts)
        ]
        for sure in (tenth / 10 for tenth in range(0, 45, 3)):
            tallies[sure].append(found_in([*one.pairs, *posts], weights, sure))
            hand[sure].append(found_in(by_hand(), weights, sure))
        sys.stdout.write(
            f"set {number + 1}: {len(one.cases)} drafts, {len(texts) * len(one.sheets):,} posts x sheets\n"
        )
    for sure, found in tallies.items():
        sys.stdout.write(
            f"from {sure:.1f}: right {[len(f.right) for f in found]}, false {[len(f.false) for f in found]}"
            f", beside sheets of other brands {[len(f.elsewhere) for f in found]}"
            f", by hand {[len(f.right) for f in hand[sure]]} {[len(f.false) for f in hand[sure]]}\n"
        )


def common_words() -> dict[str, float]:
    """How much a word of many messages tells, from 0 to 1."""
    rows = list(lines(sorted((ROOT / "tests" / "quality" / "messages").glob("learn-*.jsonl"))))
    counted = Counter(word for row in rows for word in terms_in(row["text"]))
    telling = {
        word: (math.log(len(rows) / number) - USUAL) / (RARE - USUAL) for word, number in sorted(counted.items())
    }
    return {word: max(0.0, round(much, 1)) for word, much in telling.items() if much < COMMON and word.isalpha()}


def in_lines(pairs: Iterable[str]) -> str:
    """Words one after the other, line after line."""
    rows, row = list[str](), ""
    for pair in pairs:
        if len(row) + len(pair) >= WIDTH:
            rows, row = [*rows, row], ""
        row += f" {pair}" if row else pair
    return "\n".join([*rows, row])


TEMPLATE = '''"""What was learned from drafts beside fact sheets: benchmarks/figures.py writes it."""

SAME_THING = """
{weights}
"""
"""A feature and its part in the logarithm of the odds that two figures are of the same thing."""
COMMON_WORDS = """
{common}
"""
"""Words of many posts, shortened as they are compared, and how much each tells in relation to a rare one."""
'''


def write(weights: str, common: dict[str, float]) -> None:
    """Write the file."""
    told = in_lines(f"{word}={much:g}" for word, much in common.items())
    TARGET.write_text(TEMPLATE.format(weights=weights, common=told), encoding="utf-8")


def count(brands: Path, drafts: Path) -> None:
    """What is found in a set with the weights as they are. Prints no text."""
    one = author(brands, drafts)
    pairs = [pair for case in one.cases for pair in own_pairs(case, one.sheets[one.brand_of[case.id]])]
    found = found_in(pairs, alike.ALIKE, SURE)
    wrong = sum(bool(case.expected) for case in one.cases)
    sys.stdout.write(f"{len(found.right)} of {wrong} found, {len(found.false)} false of {len(one.cases)} drafts\n")


def main() -> None:
    """Learn, check or count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("learn", "check", "count"))
    parser.add_argument("files", nargs="*", type=Path)
    given = parser.parse_args()
    if given.what == "count":
        return count(*given.files)
    common = common_words()
    sheet.COMMON.clear()
    sheet.COMMON.update(common)
    authors = [with_pairs(author(MEMORY / f"{name}brands.json", MEMORY / f"{name}drafts.jsonl")) for name in SETS]
    if given.what == "check":
        return check(authors)
    weights = learned_from(authors)
    write(written(weights), common)
    return json.dump(weights.weights, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
