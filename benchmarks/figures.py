"""Learns which fact of a sheet a figure of a draft is about, if any: writes bot/rules/figures/weights.py.

    uv run --with scipy python -m benchmarks.figures learn          from the sets of tests/quality/memory
    uv run --with scipy python -m benchmarks.figures check          each author's set by what the others' teach
    python -m benchmarks.figures count BRANDS.json DRAFTS.jsonl     what is found with the weights as they are

It learns from questions: a figure of a draft, with the figures of a sheet that may be meant. Of a known contradiction
the fact is right; of any other figure whatever agrees with it, or none. Figures that agree are changed and learned from
as contradictions, as there are few; each draft stands beside sheets of other brands, and posts of no brand beside all
sheets: there none is right. What is a doubt may only speak against. How much common words tell is counted in
tests/quality/messages/learn-*.jsonl. `check` also holds posts that weren't learned from against every sheet.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.bench import ROOT
from benchmarks.learning import SMALLEST, WIDTH, lines, written
from bot.core.findings import ONE_STORY
from bot.core.reading.places import covers
from bot.core.reading.side_notes import Learned
from bot.evaluation.cases import read_brands, read_cases
from bot.rules.figures import alike, sheet
from bot.rules.figures.alike import SURE, candidates, likeliest
from bot.rules.figures.reading import figures_in
from bot.rules.figures.sheet import FigureSheet, said_in, terms_in
from tests.rules.compared import ALSO_FOUND, ALSO_LEFT_ALONE, BRAND, CONTRADICTING, ONLY_ALIKE, SHEET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bot.core.brand.facts import Fact
    from bot.evaluation.cases import GoldCase
    from bot.rules.figures.alike import Candidate
    from bot.rules.figures.sheet import SaidFigure
    from bot.rules.figures.tokens import Figure, Value

MEMORY = ROOT / "tests" / "quality" / "memory"
SETS = ("", "second_", "third_", "fourth_", "fifth_", "sixth_", "seventh_")
"""Of as many authors."""
LEARNED_POSTS, OTHER_POSTS = ("posts", "unseen", "traps"), ("subtle", "strangers", "blind")
TARGET = ROOT / "bot" / "rules" / "figures" / "weights.py"
PULL = 0.3
"""How much weights are drawn to nothing."""
OWN_BUT_FINE, ELSEWHERE, POST, CHANGED, BY_HAND = 3.0, 0.3, 0.6, 0.25, 2.5
"""How much a question counts to that of a contradiction."""
SEEN = 8
"""Candidates that must have a feature."""
AGAINST = (
    *("extra-", "missing", "beside-", "other-", "strange-", "unsure", "passing", "somewhere", "per-other"),
    *("counted-other", "early", "dated", "apart", "far", "one-word", "asks"),
)
IN_FAVOUR = ("same-", "about", "covered", "in-clause", "in-sentence", "of-best", "bound-same", "counted-same")
"""What features begin with that may only speak against a fact, or for it."""
OTHERS, TIMES = 3, 2
TODAY = "2026-11-30"
USUAL, RARE, COMMON = 2.0, math.log(500), 0.9
"""Of the logarithm of one in how many messages has a word: tells nothing, tells all; and what is kept of the list."""
_NEAREST = 0.8
"""Of the nearest fact: one that agrees and is as near as that is the one that is meant."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which of the candidates is meant; ``right`` are those that may be, ``none`` is true where none may be as well.

    ``case`` is the draft, with the brand where that is another one; ``kind`` is "wrong" for a draft with a
    contradiction, "fine" for one without, "elsewhere" beside another brand's sheet, "changed" or "hand".
    """

    case: str
    kind: str
    candidates: tuple[Candidate, ...]
    right: tuple[bool, ...]
    none: bool
    weight: float = 1.0


@dataclass(slots=True)
class Author:
    """One author's brands and drafts, with the questions that are learned from."""

    sheets: dict[str, FigureSheet]
    cases: tuple[GoldCase, ...]
    brand_of: dict[str, str]
    questions: list[Question] = field(default_factory=list[Question])


def author(brands: Path, drafts: Path) -> Author:
    """What two files hold; a sheet holds what is valid on the day of the drafts."""
    known = read_brands(brands.name, brands.read_text(encoding="utf-8"))
    cases = read_cases({drafts.name: drafts.read_text(encoding="utf-8")}, known)
    sheets = {name: FigureSheet(tuple(f for f in one.facts if f.holds_on(TODAY))) for name, one in known.items()}
    named = {row["id"]: row["brand"] for row in lines([drafts])}
    return Author(sheets, cases, named)


def with_questions(one: Author, posts: Sequence[str]) -> Author:
    """With those of its drafts beside their own sheets and some of others, and of posts beside all of its sheets."""
    draw = random.Random(1)
    for case in one.cases:
        own = one.brand_of[case.id]
        one.questions += own_questions(case, one.sheets[own])
        for other in draw.sample(sorted(one.sheets.keys() - {own}), OTHERS):
            one.questions += strange_questions(f"{case.id} {other}", case.draft.text, one.sheets[other], ELSEWHERE)
        one.questions += changed_questions(case, one.sheets[own], draw)
    return replace(one, questions=[*one.questions, *post_questions(one, posts, POST)])


def post_questions(one: Author, posts: Sequence[str], weight: float) -> Iterator[Question]:
    """Of posts that are about none of the author's brands."""
    for name, facts in one.sheets.items():
        for number, text in enumerate(posts):
            yield from strange_questions(f"post {number} {name}", text, facts, weight)


def questions(
    text: str, facts: FigureSheet, judging: Callable[[SaidFigure, Sequence[Candidate]], tuple[tuple[bool, ...], bool]]
) -> Iterator[Question]:
    """Of all figures of a text that have candidates, without their case.

    ``judging`` tells which of the candidates may be right, and whether none may be.
    """
    for said in said_in(text, figures_in(text)):
        if found := tuple(candidates(said, facts, text)):
            right, none = judging(said, found)
            yield Question("", "", found, right, none)


def own_questions(case: GoldCase, facts: FigureSheet) -> Iterator[Question]:
    """Of a draft and its own brand's sheet. Without known words, any figure may be the one."""
    text, here = case.draft.text, case.draft.markets
    spans = [(text.find(q), text.find(q) + len(q)) for q in case.quotes(ONE_STORY) if q in text] or [(0, len(text))]

    def judging(said: SaidFigure, found: Sequence[Candidate]) -> tuple[tuple[bool, ...], bool]:
        quoted = any(said.figure.start < end and begin < said.figure.end for begin, end in spans)
        same = [bool(case.expected) and one.recorded.fact.value == case.statement for one in found]
        told = [mine and quoted and not (one.agrees or one.barred) for mine, one in zip(same, found, strict=True)]
        may = (a or one.agrees or not is_seen(one.recorded.fact, here) for a, one in zip(same, found, strict=True))
        return (tuple(told), False) if any(told) else (tuple(may), True)

    kind, weight = ("wrong", 1.0) if case.expected else ("fine", OWN_BUT_FINE)
    for one in questions(text, facts, judging):
        yield replace(one, case=case.id, kind=kind, weight=weight)


def is_seen(fact: Fact, here: tuple[str, ...]) -> bool:
    """As the rules decide it."""
    return not fact.markets or (bool(here) and covers(fact.markets, here))


def or_none(said: SaidFigure, found: Sequence[Candidate]) -> tuple[tuple[bool, ...], bool]:
    """What agrees, or none of them."""
    del said
    return tuple(one.agrees for one in found), True


def strange_questions(name: str, text: str, facts: FigureSheet, weight: float) -> Iterator[Question]:
    """Of a text and a sheet that it isn't about."""
    for one in questions(text, facts, or_none):
        yield replace(one, case=name, kind="elsewhere", weight=weight)


def changed_questions(case: GoldCase, facts: FigureSheet, draw: random.Random) -> Iterator[Question]:
    """A figure that the nearest fact has as well is made another one."""
    figures = figures_in(case.draft.text)
    for number, said in enumerate(said_in(case.draft.text, figures)):
        found = candidates(said, facts, case.draft.text)
        meant = next((one for one in found if one.agrees), None)
        if said.figure.bound in ("under", "over") or not meant or meant.features["of-best"] < _NEAREST:
            continue
        for _ in range(TIMES):
            rest = (*figures[:number], replace(said.figure, value=another(said.figure, draw)), *figures[number + 1 :])
            again = tuple(candidates(said_in(case.draft.text, rest)[number], facts, case.draft.text))
            right = tuple(one.recorded is meant.recorded and not one.barred for one in again)
            if any(right):
                yield Question(f"{case.id} changed", "changed", again, right, none=False, weight=CHANGED)


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


def by_hand() -> Iterator[Question]:
    """The cases of tests/rules/compared.py."""
    for facts, right, fine in ((SHEET, CONTRADICTING, ONLY_ALIKE), (BRAND, ALSO_FOUND, ALSO_LEFT_ALONE)):
        known = FigureSheet(facts)
        for text in right:
            yield from (replace(one, case=text, kind="hand") for one in questions(text, known, most_words))
        for text in fine:
            for one in questions(text, known, or_none):
                yield replace(one, case=text, kind="fine by hand", weight=BY_HAND)


def most_words(said: SaidFigure, found: Sequence[Candidate]) -> tuple[tuple[bool, ...], bool]:
    """Of a draft with one figure of its kind, the fact is meant that has most words in common with it."""
    shared = [len(one.recorded.terms & said.every) for one in found]
    told = [
        number == max(shared) and not (said.others or one.agrees or one.barred)
        for number, one in zip(shared, found, strict=True)
    ]
    return (tuple(told), False) if any(told) else or_none(said, found)


# Learning, and counting what is found.


def learned_from(authors: Iterable[Author]) -> Learned:
    """The weights that these authors teach: those that make what is right likeliest, each drawn to nothing a little."""
    numpy: Any = import_module("numpy")  # not among this project's own packages
    optimize: Any = import_module("scipy.optimize")
    sparse: Any = import_module("scipy.sparse")
    asked = [*(question for one in authors for question in one.questions), *by_hand()]
    counted = Counter(name for one in asked for c in one.candidates for name, value in c.features.items() if value)
    names = sorted(name for name, number in counted.items() if number >= SEEN)
    place = {name: number for number, name in enumerate(names, 1)}
    rows = [{0: 1.0, **_placed(c, place)} for one in asked for c in one.candidates]
    where = [(row, column) for row, features in enumerate(rows) for column in features]
    values = [value for features in rows for value in features.values()]
    matrix = sparse.csr_matrix((values, tuple(zip(*where, strict=True))), shape=(len(rows), len(names) + 1))
    of = numpy.repeat(numpy.arange(len(asked)), [len(one.candidates) for one in asked])
    right = numpy.array([may for one in asked for may in one.right], float)
    none, weight = (
        numpy.array([float(v) for v in some]) for some in zip(*((q.none, q.weight) for q in asked), strict=True)
    )
    pull = numpy.array([0.0, *(PULL for _ in names)])

    def loss(weights: Any) -> tuple[Any, Any]:  # noqa: ANN401 - arrays of a package that isn't there
        odds = numpy.exp(numpy.clip(matrix @ weights, -30, 30))
        every = 1 + numpy.bincount(of, odds, len(asked))
        told = none + numpy.bincount(of, odds * right, len(asked)) + 1e-12
        slope = weight[of] * odds * (1 / every[of] - right / told[of])
        return (
            (weight * numpy.log(every / told)).sum() + (pull * weights**2).sum(),
            matrix.T @ slope + 2 * pull * weights,
        )

    start = numpy.zeros(len(names) + 1)
    bounds = [(None, None), *map(_bounds, names)]
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}).x
    told = {name: round(float(value), 2) for name, value in zip(["@always", *names], found, strict=True)}
    return Learned({name: value for name, value in told.items() if abs(value) >= SMALLEST or name == "@always"})


def _placed(one: Candidate, place: dict[str, int]) -> dict[int, float]:
    return {place[name]: value for name, value in one.features.items() if value and name in place}


def _bounds(name: str) -> tuple[float | None, float | None]:
    return (None, 0.0) if name.startswith(AGAINST) else (0.0, None) if name.startswith(IN_FAVOUR) else (None, None)


KINDS = ("right", "wrong", "fine", "elsewhere", "hand", "fine by hand")


def found_in(asked: Iterable[Question], weights: Learned, sure: float) -> dict[str, set[str]]:
    """Drafts by their kind in which something is found; "right" where it's what contradicts."""
    found = {kind: set[str]() for kind in (*KINDS, "changed")}
    for one in asked:
        best = likeliest(one.candidates, weights)
        if not best or best[0] < sure:
            continue
        right = one.right[one.candidates.index(best[1])]
        if right and not one.none:
            found["right" if one.kind == "wrong" else one.kind].add(one.case)
        elif not right:
            found[one.kind].add(one.case)
    return found


def check(authors: Sequence[Author]) -> None:
    """Each set by what the others teach, at several thresholds; and posts beside its sheets."""
    posts = [line["text"] for line in lines(ROOT / "tests" / "quality" / f"{name}.jsonl" for name in OTHER_POSTS)]
    hand = list(by_hand())
    learned: list[tuple[Learned, list[Question]]] = []
    for number, one in enumerate(authors):
        weights = learned_from(other for other in authors if other is not one)
        own = [question for question in one.questions if not question.case.startswith("post ")]
        learned.append((weights, [*own, *post_questions(one, posts, 0.0), *hand]))
        sys.stdout.write(
            f"set {number + 1}: {len(one.cases)} drafts, {len(posts) * len(one.sheets):,} posts x sheets\n"
        )
    for sure in (twentieth / 20 for twentieth in range(6, 19)):
        found = [found_in(asked, weights, sure) for weights, asked in learned]
        told = (f"{kind} {[len(one[kind]) for one in found]}" for kind in KINDS)
        sys.stdout.write(f"from {sure:.2f}: {', '.join(told)}\n")


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
"""A feature and its part in the logarithm of the odds that a fact is meant, and not none."""
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
    asked = [question for case in one.cases for question in own_questions(case, one.sheets[one.brand_of[case.id]])]
    found = found_in(asked, alike.ALIKE, SURE)
    wrong, false = sum(bool(case.expected) for case in one.cases), len(found["fine"] | found["wrong"])
    sys.stdout.write(f"{len(found['right'])} of {wrong} found, {false} false of {len(one.cases)} drafts\n")


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
    posts = [line["text"] for line in lines(ROOT / "tests" / "quality" / f"{name}.jsonl" for name in LEARNED_POSTS)]
    every = (author(MEMORY / f"{name}brands.json", MEMORY / f"{name}drafts.jsonl") for name in SETS)
    authors = [with_questions(one, posts) for one in every]
    if given.what == "check":
        return check(authors)
    weights = learned_from(authors)
    write(written(weights), common)
    return json.dump(weights.weights, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
