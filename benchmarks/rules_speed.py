"""How fast the fixed rules are, in processor time of one core, against a plain loop over the same patterns.

    python -m benchmarks.rules_speed [--drafts 1000]

Tells drafts of 500 characters a second, the ratio to the plain peer (every pattern tried on every
draft, no prefilter) in the same run, and the slowest hostile message of 40,000 characters.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from benchmarks.bench import Row, measured
from bot.assemble.rules import library_in_force
from bot.core.drafts import Draft
from bot.rules.engine import RuleEngine, compile_rules
from bot.rules.matching import EncodedText
from bot.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.guidelines import Library

LENGTH = 500
HOSTILE = (
    "!",
    "1/ ",
    "0123456789 ",
    "a@",
    '"',
    "act ",
    "👩\u200d👩\u200d👧",
    "\u200b",
    "𝗔",
    "([{",
    "a",
    "#a ",
    "only 3 left ",
    ". ",
)
HOSTILE_LENGTH = 40_000


def main(drafts: int) -> list[Row]:
    """Measure."""
    library = library_in_force(read_settings())
    engine, posts = RuleEngine(library), _drafts(library, drafts)
    ours, plain = _seconds(lambda: [engine.findings(draft) for draft in posts]), _seconds(_plain(library, posts))
    slowest = max(_seconds(lambda text=text: engine.findings(Draft(text, "x")), 3) for text in _hostile())
    return [
        Row(f"drafts of {LENGTH} characters a second", drafts / ours, drafts / plain, "", aim=5000, at_least=True),
        Row(f"a draft of {LENGTH} characters", 1000 * ours / drafts, 1000 * plain / drafts, "ms"),
        Row(f"slowest hostile message of {HOSTILE_LENGTH:,} characters", slowest),
    ]


def _drafts(library: Library, number: int) -> list[Draft]:
    """Different drafts of equal length, made of the example posts, so with more findings than real ones."""
    posts = [e.text for g in library.guidelines for e in (*g.bad, *g.good)]
    joined = " ".join(posts)
    starts = range(0, number * 7, 7)
    return [Draft((joined * 2)[start % len(joined) :][:LENGTH], "instagram") for start in starts]


def _plain(library: Library, drafts: list[Draft]) -> Callable[[], object]:
    rules = [rule for guideline in library.guidelines for rule in compile_rules(guideline, guideline.id)]
    return lambda: [[list(rule.flags.spans(EncodedText(d.text, folded=True))) for rule in rules] for d in drafts]


def _hostile() -> list[str]:
    return [(piece * HOSTILE_LENGTH)[:HOSTILE_LENGTH] for piece in HOSTILE]


def _seconds(work: Callable[[], object], times: int = 3) -> float:
    """The median of several runs after one that warms up."""
    work()
    taken: list[float] = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    measured(main, __doc__, drafts=(1_000, 20))
