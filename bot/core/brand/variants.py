"""Many posts beside one another: what each states, taken once, and where two of them say otherwise."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from bot.core.brand.posts import DATE, LONGEST_PLATFORM, LONGEST_POST, PLATFORM, TEXT, columns_of, dated
from bot.core.drafts import platform_named
from bot.core.reading.dates import is_day
from bot.core.reading.tables import NamedCells, is_json, names_any, rows_in
from bot.core.reading.variants import told_apart
from bot.core.words.brand import posts as post_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bot.core.brand.facts import FactKind
    from bot.core.reading.variants import AudienceVariant

    Statements = Callable[[str, str], Sequence["Statement"]]
    """What a text states, read for its audience."""
    Drifts = Callable[[str], Sequence[tuple[str, str]]]
    """What a text says otherwise than the fact sheet: its own words, and the fact with where it stands."""


# A set of posts, from a file or a message.

_LONGEST_NAME = 60
_AUDIENCE = (
    *("audience", "segment", "persona", "group", "target group", "target audience", "Zielgruppe", "Publikum"),
    *("public", "public cible", "cible", "público", "público objetivo", "audiencia", "segmento"),
)
_ASSET = (
    *("asset", "assets", "image", "media", "creative", "Bild", "Medien", "visuel", "médias"),
    *("imagen", "medios", "recurso"),
)
_COLUMNS = columns_of(
    {
        "text": TEXT,
        "date": (*DATE, "day"),
        "platform": PLATFORM,
        "audience": _AUDIENCE,
        "name": ("id", "variant", "name", "no", "number", "Variante", "Nr", "Nummer", "nom", "nombre", "número"),
        "asset": _ASSET,
    },
    ("text",),
)


@dataclass(frozen=True, slots=True)
class SetPost:
    """One post or variant. ``name`` is its id in the file, or what people call it; ``day`` an ISO date or ""."""

    text: str = field(repr=False)
    name: str
    audience: str = ""
    platform: str = ""
    day: str = ""
    asset: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class ReadSet:
    """What stands in a file: the posts, (line, sentence) for what is wrong, and the columns nobody knows."""

    posts: tuple[SetPost, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()
    unused: tuple[str, ...] = ()


def read_set(text: str, *, plain: bool = True) -> ReadSet:
    """The posts in CSV or JSON Lines or, where it may be ``plain``, the variants of a text without columns."""
    if plain and not is_json(text) and not names_any(text, TEXT):
        return ReadSet(variants_in(text))
    posts: list[SetPost] = []
    faults: list[tuple[int, str]] = []
    unused: dict[str, None] = {}
    for number, row in dated(rows_in(text, _COLUMNS)):
        made = [row] if isinstance(row, str) else _post(row.cells, number, str(len(posts) + 1))
        if isinstance(row, NamedCells):
            unused |= dict.fromkeys(row.unused)
        if isinstance(made, SetPost):
            posts.append(made)
        else:
            faults += [(number, one) for one in made]
    return ReadSet(tuple(posts), tuple(faults), tuple(unused))


def _post(said: Mapping[str, str], line: int, number: str) -> SetPost | list[str]:
    text, day = said.get("text", ""), said.get("date", "")
    platform = " ".join(said.get("platform", "").split())[:LONGEST_PLATFORM]
    faults = [] if text else [post_words.NO_TEXT]
    faults += [post_words.too_long(LONGEST_POST)] if len(text) > LONGEST_POST else []
    faults += [] if not day or is_day(day) else [post_words.no_date(day)]
    name, audience = (" ".join(said.get(key, "").split())[:_LONGEST_NAME] for key in ("name", "audience"))
    return faults or SetPost(
        text,
        name or number,
        audience,
        platform=platform_named(platform) or platform,
        day=day,
        asset=said.get("asset", ""),
        line=line,
    )


_COMPARE = "compare"
_BESIDE = frozenset((_COMPARE, "these", "the", "this", "all", "both", "variants", "versions", "please", "them"))


def is_wish_to_compare(said: str) -> bool:
    """True for "compare" and a few words around it, and nothing else."""
    words_said = [word.strip(" .!,:?").casefold() for word in said.split()]
    return _COMPARE in words_said and set(words_said) <= _BESIDE


def variants_in(text: str) -> tuple[SetPost, ...]:
    """The variants of a plain text, each with its audience where a heading names it."""
    return as_posts(told_apart(text))


def as_posts(variants: Sequence[AudienceVariant]) -> tuple[SetPost, ...]:
    """Each by its audience, by what it is called, or by its number."""
    whom = ((one, one.audience[:_LONGEST_NAME]) for one in variants)
    return tuple(
        SetPost(one.text, audience or one.name or str(number), audience, platform=one.platform)
        for number, (one, audience) in enumerate(whom, 1)
    )


@dataclass(frozen=True, slots=True)
class ReadThread:
    """The variants in a thread: of the draft at its top, and of each reply that holds some. The rest is counted."""

    draft: tuple[SetPost, ...] = ()
    replies: tuple[tuple[SetPost, ...], ...] = ()
    talk: int = 0
    muted: int = 0
    """Replies of people who are only read when they ask."""
    outsiders: int = 0
    longest: int = 0
    """How many messages were read of a longer thread; 0 where all were."""
    is_unread: bool = False
    """True where the replies could not be read, or not all of them."""
    authors: tuple[str, ...] = ()
    """The ids of the people whose messages were read from Slack and hold variants."""

    @property
    def posts(self) -> tuple[SetPost, ...]:
        return (*self.draft, *(post for posts in self.replies for post in posts))


# What a text states. Two statements are of the same thing where unit and subject are equal: so they are found by
# looking up, never by holding texts against one another.


class ToldKind(StrEnum):
    """What a variant tells beside facts."""

    PAYER = "payer"
    TRAIT = "trait"
    """As whom it addresses its readers."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A value, or a promise or condition without one (``value`` is empty). ``label`` has "…" in the value's place."""

    kind: FactKind | ToldKind
    unit: str
    subject: frozenset[str]
    value: tuple[str, ...]
    shown: str
    label: str
    sentence: str = ""
    sure: bool = True
    """False where the sentence may not simply state it."""
    comparable: bool = True
    """False where another value may say the same in other words, such as a place inside another."""


class Agreement(StrEnum):
    """How the posts of a set stand to one another in one matter. The order is the one in which people see them."""

    CONTRADICTS = "contradicts"
    LOOK = "look"
    """Different, and perhaps meant to be."""
    CHANGED = "changed"
    """Another value from some day on."""
    PARTLY = "partly"
    """Only some say it."""
    PERSONAL = "personal"
    """Nearly every post has its own."""
    AGREES = "agrees"


_ORDER = {verdict: place for place, verdict in enumerate(Agreement)}


@dataclass(frozen=True, slots=True)
class ToldValue:
    """One value, with a sentence that says it and the numbers of the posts that do."""

    shown: str
    sentence: str
    posts: tuple[int, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class ToldFact:
    """One matter, with its values: those of most posts first, or the earliest first where it ``CHANGED``."""

    kind: FactKind | ToldKind
    label: str
    values: tuple[ToldValue, ...]
    verdict: Agreement = Agreement.AGREES

    @property
    def compared(self) -> tuple[ToldValue, ...]:
        """The values that were held against one another."""
        return tuple(value for value in self.values if value.sure)

    @property
    def telling(self) -> int:
        """How many posts speak of it."""
        return len({post for value in self.values for post in value.posts})

    @property
    def outliers(self) -> int:
        """How many posts do not say what most of them say."""
        return sum(len(value.posts) for value in self.compared[1:])


@dataclass(frozen=True, slots=True)
class Drift:
    """Words of posts that the fact sheet says otherwise."""

    quote: str
    fact: str
    posts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SetComparison:
    """The whole of it, worst first. ``wordings`` are the numbers of posts that are alike but for names and numbers."""

    posts: tuple[SetPost, ...]
    distinct: int
    wordings: tuple[tuple[int, ...], ...]
    facts: tuple[ToldFact, ...]
    drifts: tuple[Drift, ...] = ()
    alone: frozenset[str] = frozenset()
    """The audiences with one post."""

    def of(self, *verdicts: Agreement) -> tuple[ToldFact, ...]:
        """The matters that came out so."""
        return tuple(fact for fact in self.facts if fact.verdict in verdicts)

    @property
    def audiences(self) -> tuple[str, ...]:
        """Those who are addressed, the ones with most posts first."""
        return tuple(name for name, _ in Counter(post.audience for post in self.posts if post.audience).most_common())


def compare(
    posts: Sequence[SetPost], statements: Statements, drifts: Drifts | None = None, *, over_time: bool = False
) -> SetComparison:
    """All posts beside one another, each different text read once.

    Variants of one campaign speak of one thing, so that a price without a subject is the price. ``over_time`` takes
    posts that speak of many things: there another value after the last of the old ones is a change.
    """
    texts: dict[tuple[str, str], list[int]] = {}
    for number, post in enumerate(posts):
        texts.setdefault((" ".join(post.text.split()), post.audience), []).append(number)
    table = _FactTable()
    found: dict[tuple[str, str], list[int]] = {}
    for number, ((_, audience), alike) in enumerate(texts.items()):
        text = posts[alike[0]].text
        table.add(number, alike, statements(text, audience))
        for drift in drifts(text) if drifts else ():
            found.setdefault(drift, []).extend(alike)
    told = table.facts(posts, over_time=over_time)
    facts = sorted(told, key=lambda f: (_ORDER[f.verdict], -f.outliers, -f.telling, f.label))
    return SetComparison(
        tuple(posts),
        len({text for text, _ in texts}),
        _alike(texts),
        facts=tuple(facts),
        alone=frozenset(
            name for name, number in Counter(post.audience for post in posts).items() if name and number == 1
        ),
        drifts=tuple(Drift(*drift, posts=tuple(sorted(those))) for drift, those in found.items()),
    )


# The table of what is told. Everything is found by its key.

_MOST_SUBJECT = 7
"""Words of a subject of which every part is looked up."""
_MOST_PAIRS = 50
"""Subjects that are held against one that is a part of them all; each pair names every post of both."""
_PERSONAL, _PERSONAL_SHARE = 8, 5
"""So many values, and one for every so many texts, are each reader's own, such as a balance."""
STANCE = "stance"
"""The unit of what is told in other words too, as free delivery is: it only counts where another says otherwise."""
PLACE = "place"
"""What the unit of an origin begins with."""


@dataclass(slots=True)
class _Held:
    """One value of one matter."""

    one: Statement
    shown: str
    posts: list[int] = field(default_factory=list[int])


@dataclass(slots=True)
class _Matter:
    """One matter: its values, and the numbers of the different texts that speak of it."""

    values: dict[tuple[str, ...], _Held] = field(default_factory=dict[tuple[str, ...], _Held])
    unsure: dict[str, _Held] = field(default_factory=dict[str, _Held])
    texts: list[int] = field(default_factory=list[int])

    def shares_text_with(self, other: _Matter) -> bool:
        return not set(self.texts).isdisjoint(other.texts)

    def plus(self, other: _Matter) -> _Matter:
        both = _Matter(texts=[*self.texts, *other.texts])
        for held in (self, other):
            for value, one in held.values.items():
                kept = both.values.setdefault(value, _Held(one.one, one.shown))
                kept.posts = sorted({*kept.posts, *one.posts})
        both.unsure = self.unsure | other.unsure
        return both


class _FactTable:
    def __init__(self) -> None:
        self._units: dict[str, dict[frozenset[str], _Matter]] = {}

    def add(self, text: int, posts: Sequence[int], statements: Iterable[Statement]) -> None:
        """What one text states, which stands in these posts. Several values of one matter count as one together."""
        told: dict[tuple[str, frozenset[str]], dict[tuple[str, ...], Statement]] = {}
        for one in statements:
            if one.sure:
                told.setdefault((one.unit, one.subject), {})[one.value] = one
            else:
                matter = self._matter(one.unit, one.subject)
                matter.unsure.setdefault(one.shown, _Held(one, one.shown)).posts.extend(posts)
        for (unit, subject), by_value in told.items():
            values = sorted(by_value)
            number = f" x{len(values)}" if len(values) > 1 else ""
            matter = self._matter(f"{unit}{number}", subject)
            whole = tuple(part for value in values for part in value)
            shown = ", ".join(by_value[value].shown for value in values)
            held = matter.values.setdefault(whole, _Held(by_value[values[0]], shown))
            held.posts.extend(posts)
            matter.texts.append(text)

    def _matter(self, unit: str, subject: frozenset[str]) -> _Matter:
        return self._units.setdefault(unit, {}).setdefault(subject, _Matter())

    def facts(self, posts: Sequence[SetPost], *, over_time: bool) -> Iterator[ToldFact]:
        """Every matter of these posts."""
        for unit, matters in self._units.items():
            _without_years(matters.values())
            if not over_time:
                _with_bare(matters)
            looked: set[frozenset[str]] = set()
            if not over_time:
                for part, subject in _parts(matters):
                    looked |= {part, subject}
                    yield _told(matters[part].plus(matters[subject]), Agreement.LOOK)
            if unit == STANCE:
                looked |= {subject for subject, matter in matters.items() if len(matter.values) == 1}
            yield from (
                _fact(matter, posts, over_time=over_time)
                for subject, matter in matters.items()
                if subject not in looked
            )


def _without_years(matters: Iterable[_Matter]) -> None:
    """A date without its year is that day of the only year that is told."""
    for matter in matters:
        for value in [value for value in matter.values if value and not value[-1]]:
            full = [other for other in matter.values if other[:-1] == value[:-1] and other[-1]]
            if len(full) == 1:
                matter.values[full[0]].posts.extend(matter.values.pop(value).posts)


def _with_bare(matters: dict[frozenset[str], _Matter]) -> None:
    """What names no subject joins the only one that there is, unless a text tells both."""
    bare, others = matters.get(frozenset()), [subject for subject in matters if subject]
    if bare and len(others) == 1 and not bare.shares_text_with(matters[others[0]]):
        matters[others[0]] = matters[others[0]].plus(bare)
        del matters[frozenset()]


def _parts(matters: Mapping[frozenset[str], _Matter]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Pairs of subjects with another value each, the one a word or more shorter: perhaps the same, perhaps a part."""
    pairs = Counter[frozenset[str]]()
    for subject, mine in matters.items():
        sizes = range(1, len(subject)) if len(mine.values) == 1 and len(subject) <= _MOST_SUBJECT else ()
        for part in (frozenset(chosen) for size in sizes for chosen in combinations(sorted(subject), size)):
            other = matters.get(part)
            differs = other and len(other.values) == 1 and other.values.keys() != mine.values.keys()
            if other and differs and pairs[part] < _MOST_PAIRS and not mine.shares_text_with(other):
                pairs[part] += 1
                yield part, subject


def _fact(matter: _Matter, posts: Sequence[SetPost], *, over_time: bool) -> ToldFact:
    values = [held for value, held in matter.values.items() if value]
    kept = [*matter.values.values(), *matter.unsure.values()]
    if not values:
        told = sum(len(held.posts) for held in kept)
        return _told(matter, Agreement.PARTLY if told < len(posts) and not over_time else Agreement.AGREES)
    if len(values) == 1:
        return _told(matter, Agreement.AGREES)
    if not values[0].one.comparable:
        return _told(matter, Agreement.LOOK)
    if len(values) >= _PERSONAL and _PERSONAL_SHARE * len(values) >= len(matter.texts):
        return _told(matter, Agreement.PERSONAL)
    if over_time and (in_turn := _in_turn(values, posts)):
        return _told(matter, Agreement.CHANGED, in_turn)
    return _told(matter, Agreement.CONTRADICTS)


def _in_turn(values: Sequence[_Held], posts: Sequence[SetPost]) -> list[_Held]:
    """The values, the earliest first, where each ended before the next began; nothing where they overlap.

    Nothing either where one audience was told the one and another audience the next: that is no change.
    """
    spans = sorted((min(days := [posts[p].day for p in held.posts]), max(days), n) for n, held in enumerate(values))
    in_turn = [values[at] for _, _, at in spans]
    apart = all(first[1] < second[0] for first, second in pairwise(spans))
    told_to = [{posts[p].audience.casefold() for p in held.posts} for held in in_turn]
    to_others = any("" not in one | other and one.isdisjoint(other) for one, other in pairwise(told_to))
    return in_turn if apart and spans[0][0] and not to_others else []


def _told(matter: _Matter, verdict: Agreement, values: Sequence[_Held] = ()) -> ToldFact:
    by_number = sorted(matter.values.values(), key=lambda held: (-len(held.posts), held.posts[0]))
    sure = [ToldValue(h.shown, h.one.sentence, tuple(sorted(h.posts))) for h in values or by_number]
    unsure = [ToldValue(h.shown, h.one.sentence, tuple(sorted(h.posts)), sure=False) for h in matter.unsure.values()]
    first = (by_number or [*matter.unsure.values()])[0].one
    return ToldFact(first.kind, first.label, (*sure, *unsure), verdict=verdict)


# Texts that are alike but for names and numbers: the smallest hashes of their groups of three words, under a few
# orders, are equal. No text is held against another.

_ORDERS = (1, 0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35)
_SMALLEST, _TOGETHER = 3, 3


def _alike(texts: Mapping[tuple[str, str], Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """The numbers of the posts, those of one wording together, the largest group first."""
    leaders: list[int] = []
    seen: dict[tuple[int, ...], int] = {}
    for number, (text, _) in enumerate(texts):
        leaders.append(number)
        for key in _buckets(text):
            first, mine = _leader(leaders, seen.setdefault(key, number)), _leader(leaders, number)
            leaders[max(first, mine)] = min(first, mine)
    groups: dict[int, list[int]] = {}
    for number, posts in enumerate(texts.values()):
        groups.setdefault(_leader(leaders, number), []).extend(posts)
    return tuple(sorted((tuple(sorted(group)) for group in groups.values()), key=lambda group: (-len(group), group)))


def _leader(leaders: list[int], number: int) -> int:
    while leaders[number] != number:
        leaders[number] = leaders[leaders[number]]
        number = leaders[number]
    return number


def _buckets(text: str) -> Iterator[tuple[int, ...]]:
    said = ["#" if any(map(str.isdigit, word)) else word for word in text.casefold().split()]
    parts = {" ".join(said[at : at + _TOGETHER]) for at in range(max(1, len(said) - _TOGETHER + 1))}
    hashes = [crc32(part.encode()) for part in parts]
    for order in _ORDERS:
        yield order, *sorted([(number * order) & 0xFFFFFFFF for number in hashes])[:_SMALLEST]


# The matrix: what each group of posts says in each matter.

_MOST_COLUMNS, MOST_ROWS = 12, 60
MatrixColumn = SetPost | str | int
"""A post, an audience, or the number of a wording."""
OTHERS = 0


@dataclass(frozen=True, slots=True)
class FactMatrix:
    """``cells`` has a row for each of ``facts`` and in it, for each column, (value, posts) in falling number."""

    columns: tuple[tuple[MatrixColumn, int], ...]
    """Each with the number of its posts."""
    facts: tuple[ToldFact, ...]
    cells: tuple[tuple[tuple[tuple[str, int], ...], ...], ...]


def matrix_of(compared: SetComparison) -> FactMatrix:
    """Few posts have a column each, many one for each audience, or for each wording where none is named."""
    names, of_post = _columns(compared)
    size = Counter(of_post)
    shared = (fact for fact in compared.facts if fact.telling > 1 or len(compared.posts) <= _MOST_COLUMNS)
    facts = tuple(fact for fact in shared if fact.verdict is not Agreement.PERSONAL)[:MOST_ROWS]
    cells: list[tuple[tuple[tuple[str, int], ...], ...]] = []
    for fact in facts:
        row = [Counter[str]() for _ in names]
        for value in fact.values:
            for post in value.posts:
                row[of_post[post]][value.shown] += 1
        cells.append(tuple(tuple(cell.most_common()) for cell in row))
    return FactMatrix(tuple((name, size[at]) for at, name in enumerate(names)), facts, tuple(cells))


def _columns(compared: SetComparison) -> tuple[list[MatrixColumn], list[int]]:
    """The columns, and that of each post."""
    posts, audiences = compared.posts, compared.audiences
    if len(posts) <= _MOST_COLUMNS:
        return [*posts], [*range(len(posts))]
    names: list[MatrixColumn]
    if audiences:
        shown = {name: at for at, name in enumerate(audiences[:_MOST_COLUMNS])}
        of_post = [shown.get(post.audience, len(shown)) for post in posts]
        names = [*shown]
    else:
        groups = compared.wordings[:_MOST_COLUMNS]
        of_group = {post: at for at, group in enumerate(groups) for post in group}
        of_post = [of_group.get(number, len(groups)) for number in range(len(posts))]
        names = [*range(1, len(groups) + 1)]
    return ([*names, OTHERS] if len(names) in of_post else names), of_post


MOST_HEADS = 300


def heads_of(compared: SetComparison) -> tuple[int, ...]:
    """The numbers of the posts that stand for the rest: one of each wording, and one that says each other value."""
    matters = compared.of(Agreement.CONTRADICTS, Agreement.LOOK)
    outliers = [value.posts[0] for fact in matters for value in fact.compared]
    drifting = [drift.posts[0] for drift in compared.drifts]
    return tuple(dict.fromkeys((*outliers, *drifting, *(group[0] for group in compared.wordings))))[:MOST_HEADS]


def swapped(compared: SetComparison) -> tuple[SetPost, SetPost] | None:
    """Two versions that differ most plainly, to be read in the other group's place."""
    posts = compared.posts
    for fact in compared.of(Agreement.CONTRADICTS, Agreement.LOOK):
        first, second = fact.compared[0].posts[0], fact.compared[1].posts[0]
        return posts[first], posts[second]
    for fact in compared.of(Agreement.PARTLY):
        told = {*fact.values[0].posts}
        silent = next(number for number in range(len(posts)) if number not in told)
        return posts[fact.values[0].posts[0]], posts[silent]
    different = [posts[group[0]] for group in compared.wordings]
    return (different[0], different[1]) if len(different) > 1 else None
