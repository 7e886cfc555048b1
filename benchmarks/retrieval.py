"""Which facts of a long sheet a language model is told: how often the one that a draft contradicts is among them.

    python benchmarks/retrieval.py tests/quality/memory/drafts.jsonl tests/quality/memory/brands.json

Each draft that contradicts a fact is held against sheets of 60, 360 and 2,000: its brand's facts, then those of the
other brands, then generated ones. The posts that it contradicts are looked up among all the brands' posts together.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.core.brand.facts import WHOLE, Fact, FactKind
from bot.core.brand.posts import TOLD
from bot.core.ports import SystemClock
from bot.evaluation.cases import read_brands, read_cases
from bot.rules.facts import nearest
from bot.rules.values import terms_of
from bot.store.brand.posts import PostStore
from bot.store.database import Database
from bot.store.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.evaluation.cases import BrandMemory, GoldCase

SIZES = 60, 360, 2_000
FEW, TWENTY = 5, 20
_SEED = 4
_NOUNS = (
    "kettle lamp jacket rucksack tent serum soap candle blanket scarf teapot mug chair desk bicycle helmet scooter "
    "course lesson ticket tour cabin suite breakfast picnic hamper box voucher membership account card loan"
)
_SORTS = "small large winter summer travel family student wool oak linen copper evening weekend northern classic"
_SAID = (
    (FactKind.PRICE, "{sort} {noun}: £{n}"),
    (FactKind.PRICE, "The {sort} {noun} costs €{n} per month"),
    (FactKind.DATE, "The {sort} {noun} goes on sale on {day} {month} 2027"),
    (FactKind.QUANTITY, "Every {sort} {noun} comes with {n} parts"),
    (FactKind.ORIGIN, "The {sort} {noun} is made in {town}"),
    (FactKind.PROMISE, "We repair every {sort} {noun} free of charge"),
    (FactKind.CONDITION, "A {sort} {noun} can be returned within {n} days"),
)
_TOWNS = "Leeds Oslo Berlin Porto Bergen York Lyon Bilbao Kraków Ghent Dundee Turin"
_MONTHS = "January February March April May June July August September October November December"


def generated() -> list[Fact]:
    """Facts of no brand, always the same ones."""
    draw = random.Random(_SEED)
    made: list[Fact] = []
    for (kind, form), sort, noun in product(_SAID, _SORTS.split(), _NOUNS.split()):
        figures = {"n": draw.randint(2, 90), "day": draw.randint(1, 28)}
        names = {"month": draw.choice(_MONTHS.split()), "town": draw.choice(_TOWNS.split())}
        said = form.format(sort=sort, noun=noun, **figures, **names)
        made.append(Fact(said[0].upper() + said[1:], kind, id=f"g{len(made)}"))
    draw.shuffle(made)
    return made


def sheet(case: GoldCase, brands: Mapping[str, BrandMemory], size: int, fillers: Sequence[Fact]) -> list[Fact]:
    """So many facts, the brand's own among them, in an order by chance."""
    draw = random.Random(f"{_SEED} {case.id}")
    own = [fact for fact in (case.memory.facts if case.memory else ()) if fact.holds_on(case.today)]
    others = [f for memory in brands.values() if memory != case.memory for f in memory.facts if f.holds_on(case.today)]
    draw.shuffle(others)
    facts = [*own, *others, *fillers][:size]
    draw.shuffle(facts)
    return facts


def place(ranked: Iterable[Fact], statement: str) -> int:
    """From 1."""
    return next(at for at, fact in enumerate(ranked, 1) if fact.value == statement)


def share(places: Sequence[int], most: int) -> str:
    """How many are among the first."""
    return f"{sum(at <= most for at in places) / len(places):.2f}"


def of_facts(cases: Sequence[GoldCase], brands: Mapping[str, BrandMemory]) -> None:
    """A row for each size."""
    fillers = generated()
    against = [case for case in cases if case.memory and case.statement in {fact.value for fact in case.memory.facts}]
    for size in SIZES:
        sheets = [(sheet(case, brands, size, fillers), case) for case in against]
        nearest(sheets[0][0], "")  # so that no time is taken for the facts' first reading
        began = time.perf_counter()
        places = [place(nearest(facts, case.draft.text), str(case.statement)) for facts, case in sheets]
        spent = (time.perf_counter() - began) / len(sheets)
        figures = "  ".join(f"at {most}: {share(places, most)}" for most in (FEW, TWENTY, WHOLE))
        sys.stdout.write(f"{size:>5} facts  {len(places)} drafts  {figures}  {spent * 1e3:.1f} ms\n")


async def of_posts(cases: Sequence[GoldCase], brands: Mapping[str, BrandMemory]) -> None:
    """Among all brands' posts, as the store looks them up."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/candor.db")
        await migrate(database)
        store = PostStore(database, SystemClock(), terms_of)
        posts = [post for memory in brands.values() for post in memory.posts]
        await store.bring("T1", posts)
        places: list[int] = []
        for case in cases:
            said = (case.statement or "").strip(" .!?")
            if said and case.memory and any(said in post.text for post in case.memory.posts):
                found = await store.near("T1", case.draft.text)
                places.append(next((at for at, post in enumerate(found, 1) if said in post.text), len(posts)))
        await database.close()
    sys.stdout.write(f"{len(posts):>5} posts  {len(places)} drafts  at {TOLD}: {share(places, TOLD)}\n")


def main(drafts: Path, brands: Path) -> None:
    """Measure and print."""
    known = read_brands(str(brands), brands.read_text(encoding="utf-8"))
    cases = read_cases({str(drafts): drafts.read_text(encoding="utf-8")}, known)
    of_facts(cases, known)
    asyncio.run(of_posts(cases, known))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
