"""Time and memory of comparing up to 50,000 variants of one campaign, and whether every planted slip is found.

    python -m benchmarks.variants [--most 50000]

Each size runs in a process of its own. A seeded generator writes the variants: every text is different, in several
wordings, with names, balances, and statements that only look as if they contradict each other. 40 of the texts give
another price, date, length or share. Tells the processor's seconds, the peak of memory, and what was found and what
was false. The last has 50,000 variants of 1,000 texts. The plain peer holds every text against every other, and only
to see whether they are the same: for 1,000 and 5,000 of them.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import time
from itertools import combinations

from benchmarks.bench import Row, measured
from bot.core.brand.variants import Agreement, SetPost, compare
from bot.rules.variants import campaign_statements

SIZES = ((1_000, 1_000), (5_000, 5_000), (20_000, 20_000), (50_000, 50_000), (50_000, 1_000))
PLANTED = 40
PAIRED = 5_000
"""Of more texts there are too many pairs."""
AUDIENCES = ("students", "parents", "commuters", "teachers", "nurses", "night workers", "retired people", "founders")
NAMES = ("Ann", "Bilal", "Chidi", "Dana", "Eve", "Femi", "Grace", "Hugo", "Ines", "Jonas", "Kim", "Lena")
OPENINGS = (
    "{name}, breakfast is sorted.",
    "Mornings are short, {name}.",
    "Hello {name}! You've been with us since spring.",
    "For {audience} like you, {name}: less rush.",
    "{name}, does breakfast really cost £9 near you?",
    "Somebody in your street already has one, {name}.",
)
STATEMENTS = (
    ("The oat box costs {} a month.", "The oat box is just {} a month.", "{} a month for the oat box.", "£5", "£7"),
    ("Offer ends {}.", "The offer ends on {}.", "Our offer ends {}.", "12 June 2027", "14 June 2027"),
    ("Free trial for {}.", "The free trial is {}.", "Free trial: {}.", "30 days", "14 days"),
    ("The first box is {} off.", "First box {} off.", "Your first box comes {} off.", "20%", "30%"),
    ("Delivery costs {}.", "Delivery: {}.", "Delivery is {}.", "£3", "£4"),
)
ASIDES = (
    "Members pay £4 a month.",
    "You have {points} points.",
    "Delivery to Ireland costs £6.",
    "Up to 12 portions in every box.",
    "The large oat box costs £9 a month.",
    "Order before 9 June 2027.",
    "It used to be £8 a month.",
    "About 40 minutes saved a week.",
    "Gift wrap costs £2.",
)


def written(number: int, texts: int, seed: int = 1) -> tuple[list[SetPost], set[int]]:
    """The variants, and the numbers of those that have a slip."""
    dice = random.Random(seed)
    slips = set(dice.sample(range(texts), PLANTED))
    different = [_text(dice, at, slip=at in slips) for at in range(texts)]
    posts = [SetPost(different[at % texts][0], str(at + 1), different[at % texts][1]) for at in range(number)]
    return posts, {at for at in range(number) if at % texts in slips}


def _text(dice: random.Random, number: int, *, slip: bool) -> tuple[str, str]:
    audience = dice.choice(AUDIENCES)
    said = [dice.choice(OPENINGS).format(name=dice.choice(NAMES), audience=audience)]
    chosen = dice.sample(STATEMENTS, 3)
    for at, (*ways, right, wrong) in enumerate(chosen):
        said.append(dice.choice(ways).format(wrong if slip and at == 0 else right))
    said.append(dice.choice(ASIDES).format(points=dice.randrange(100, 9000)))
    return f"{' '.join(said)} Your code is oat{number:05}.", audience


def main(most: int) -> list[Row]:
    """All sizes, each in a process of its own."""
    sizes = [size for size in SIZES if size[0] <= most]
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as apart:
        return [row for size in sizes for row in apart.apply(measure, size)]


def measure(number: int, texts: int) -> list[Row]:
    """One size in this process."""
    posts, slips = written(number, texts)
    began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    compared = compare(posts, campaign_statements)
    seconds = time.process_time() - began
    found = {at for fact in compared.of(Agreement.CONTRADICTS) for value in fact.values[1:] for at in value.posts}
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    what = f"{number:,} variants, {texts:,} texts"
    return [
        Row(f"{what}: processor time", seconds, _plain([post.text for post in posts]) if number <= PAIRED else None),
        Row(f"{what}: memory that it takes", memory, unit="MB"),
        Row(f"{what}: planted slips found", len(found & slips), unit=f"of {len(slips)}", aim=len(slips), at_least=True),
        Row(f"{what}: false", len(found - slips), unit="", aim=0),
    ]


def _plain(texts: list[str]) -> float:
    began = time.process_time()
    sum(one == other for one, other in combinations(texts, 2))
    return time.process_time() - began


if __name__ == "__main__":
    measured(main, __doc__, most=(50_000, 1_000))
