"""A fact sheet by figures and words, and a draft's figures with the words around them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from bot.core.brand.facts import MOST_FACTS, OF_PERSONAS
from bot.core.privacy import remembered
from bot.core.reading.languages import language_of
from bot.rules.figures.doubts import SOMEWHERE
from bot.rules.figures.reading import figures_in, term
from bot.rules.figures.thesaurus import CLASSES, COMPOUND_PARTS, PHRASES
from bot.rules.figures.tokens import plain_word
from bot.rules.figures.weights import COMMON_WORDS
from bot.rules.figures.words import MONTH_NAMES, NUMBERS, SPANS, STOPS
from bot.rules.values import CLAUSE_ENDS, FILLERS, SENTENCE_ENDS, WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.core.brand.facts import Fact
    from bot.rules.figures.tokens import Figure

_NO_TERM = frozenset({*FILLERS, *STOPS, *NUMBERS, *SPANS, *MONTH_NAMES}) - {"since", "seit", "depuis", "desde"}
COMMON = {word: float(share) for word, _, share in (pair.rpartition("=") for pair in COMMON_WORDS.split())}
"""How much words that posts of any brand have tell, in relation to a rare one."""


@remembered(2 * MOST_FACTS)
def terms_in(text: str) -> frozenset[str]:
    """The words that are compared, shortened; figures and their units are compared by themselves."""
    plain = [plain_word(word) for word in WORD.findall(text)]
    found = set(_phrases(plain))
    for word in plain:
        if word in _NO_TERM or len(word) == 1:
            continue
        parts = _parts(word) if len(word) >= _COMPOUND else None
        found |= parts | {word[:_LONG]} if parts else {term(word)}
    return frozenset(found)


def _phrases(words: Sequence[str]) -> Iterator[str]:
    for at, word in enumerate(words):
        if word in _BEGINNING:
            found = (PHRASES.get(" ".join(words[at : at + size])) for size in (2, 3, 4))
            yield from (one for one in found if one)


_BEGINNING = frozenset(phrase.partition(" ")[0] for phrase in PHRASES)
_COMPOUND, _PART, _LONG = 7, 3, 10
"""Letters of a German word that may be made of two, and the fewest of each."""


def _parts(word: str) -> frozenset[str]:
    """What the beginning and the end of a German compound mean."""
    inside = range(_PART, len(word) - _PART + 1)
    ends = (COMPOUND_PARTS.get(word[at:]) for at in inside)
    begins = (COMPOUND_PARTS.get(word[:at].removesuffix("s")) for at in reversed(inside))
    return frozenset(one for one in (next(filter(None, ends), ""), next(filter(None, begins), "")) if one)


def words_in(text: str) -> frozenset[str]:
    """The words as they stand there, in small letters and without accents."""
    return frozenset(plain_word(word) for word in WORD.findall(text))


def beside_terms(figure: Figure, figures: Iterable[Figure]) -> frozenset[str]:
    """Those of the other figures, and what an amount is for: a month, a person."""
    others = figure_terms(other for other in figures if other is not figure)
    return others | {f"/{figure.per}"} if figure.per else others


def by_class(terms: Iterable[str]) -> dict[str, frozenset[str]]:
    """Those of the words that are of a class, by their class."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in terms:
        if one in CLASSES:
            found[CLASSES[one]].add(one)
    return {name: frozenset(some) for name, some in found.items()}


def figure_terms(figures: Iterable[Figure]) -> frozenset[str]:
    """What stands beside a figure may tell what that is of: under 18, 250 g."""
    return frozenset(f"{one.kind} {one.value}" for one in figures)


# The sheet.


@dataclass(frozen=True, slots=True)
class RecordedFigure:
    """A figure of a fact, with its words and those that say what it is about."""

    fact: Fact
    figure: Figure
    terms: frozenset[str]
    about: frozenset[str]
    words: frozenset[str]
    """As they stand there, in small letters."""
    figures: tuple[Figure, ...]
    """All of the fact."""
    classes: Mapping[str, frozenset[str]]
    """Its terms by their class in the thesaurus."""
    years: frozenset[float]


def _terms_of(fact: Fact) -> frozenset[str]:
    return terms_in(f"{fact.value} {fact.about}")


def _recorded(fact: Fact) -> Iterator[RecordedFigure]:
    figures, terms, words = figures_in(fact.value), _terms_of(fact), words_in(fact.value)
    about, years = terms_in(fact.about) or terms, _years(figures)
    for figure in figures:
        every = terms | beside_terms(figure, figures)
        yield RecordedFigure(
            fact, figure, every, about=about, words=words, figures=figures, classes=by_class(every), years=years
        )


def _years(figures: Iterable[Figure]) -> frozenset[float]:
    return frozenset(one.value for one in figures if one.kind == "year" and not isinstance(one.value, tuple))


class FigureSheet:
    """The facts by kind of figure and by word, with how much each word tells: the rarer, the more.

    What characters and chatbots tell of themselves is not among them: `personas` compares it.
    """

    def __init__(self, facts: Sequence[Fact]) -> None:
        characters = {fact.about for fact in facts if fact.kind in OF_PERSONAS and fact.about}
        recorded = [tuple(_recorded(fact)) for fact in facts]
        counted = Counter(
            word
            for fact, own in zip(facts, recorded, strict=True)
            for word in _terms_of(fact).union(*(r.terms for r in own))
        )
        self.size = len(facts)
        self.names = frozenset(fact.about for fact in facts if fact.about[:1].isupper())
        self.counted = Counter[str]()
        most = math.log(1 + len(facts)) or 1.0
        self._weights = {
            word: COMMON.get(word, 1.0) * math.log((1 + len(facts)) / number) / most for word, number in counted.items()
        }
        self._holding: defaultdict[tuple[str, str], list[RecordedFigure]] = defaultdict(list)
        for one in (one for own in recorded for one in own):
            if one.fact.about in characters or one.figure.kind == "year":
                continue
            self.counted[one.figure.kind] += 1
            for word in one.terms:
                self._holding[one.figure.kind, word].append(one)

    def weight(self, terms: frozenset[str]) -> float:
        """How much the words tell together: 1 is a rare word, and one that the sheet doesn't know is rare."""
        return sum(self._weights.get(word, COMMON.get(word, 1.0)) for word in terms)

    def known(self, terms: frozenset[str]) -> frozenset[str]:
        """Those of the words that any fact has."""
        return frozenset(word for word in terms if word in self._weights)

    def near(self, kind: str, telling: Sequence[tuple[float, frozenset[str]]]) -> list[tuple[float, RecordedFigure]]:
        """Figures of a kind with the weight of the words that they share, each times its factor; the nearest first."""
        found: dict[int, tuple[float, RecordedFigure]] = {}
        for factor, terms in telling:
            for word in terms:
                share = factor * self._weights.get(word, 0.0)
                for one in self._holding.get((kind, word), ()):
                    found[id(one)] = (found.get(id(one), (0.0, one))[0] + share, one)
        return sorted(found.values(), key=lambda pair: (-pair[0], pair[1].fact.value, pair[1].figure.start))


@remembered(4)
def sheet_of(facts: tuple[Fact, ...]) -> FigureSheet:
    """Kept, as a sheet changes seldom and drafts are many."""
    return FigureSheet(facts)


# The draft.

_NAME = regex.compile(r"(?<=[\p{Ll}\p{N},;&'’)] )\p{Lu}[\p{L}\p{N}]+")
_PASSED = regex.compile(
    r"\b(?:last (?:year|season|winter|summer|spring|autumn)|back then|years ago|letzte[ns]? (?:Jahr|Saison|Winter)"
    r"|vor \S{1,12} Jahren|il y a \S{1,12} ans|l['’]an dernier|saison passée|hace \S{1,12} años|el año pasado)\b",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SaidFigure:
    """A figure of a draft with the words around it: of its clause, its sentence, the one before, and the whole draft.

    ``words`` are those of the sentence as they stand there; ``names`` those with a capital that don't begin it, which
    only tell something in English. ``others`` are the draft's other figures of its kind, ``figures`` all of them.
    """

    figure: Figure
    span: tuple[int, int]
    clause: frozenset[str]
    sentence: frozenset[str]
    classes: Mapping[str, frozenset[str]]
    """The terms of the sentence by their class in the thesaurus."""
    before: frozenset[str]
    every: frozenset[str]
    words: frozenset[str]
    nearer: frozenset[str]
    names: frozenset[str]
    others: tuple[Figure, ...]
    figures: tuple[Figure, ...]
    places: frozenset[str]
    row: tuple[str, ...]
    """The words of its sentence in their order, as they are compared; "" for one that isn't, and for a sign."""
    meant: frozenset[str]
    """Words that a "for" leads to: for whom or what it is."""
    beside: tuple[Figure, ...]
    """The other figures of its sentence."""
    asks: bool
    passed: bool
    """True where the sentence speaks of another year."""
    years: frozenset[float]
    """Other years that the sentence names."""


def said_in(text: str, figures: tuple[Figure, ...]) -> list[SaidFigure]:
    """The figures of a draft with what stands around them."""
    inside = [range(one.start, one.end) for one in figures]
    ends = (m.end() for m in SENTENCE_ENDS.finditer(text) if not any(m.start() in span for span in inside))
    spans = [(begin, end) for begin, end in pairwise((0, *ends, len(text))) if text[begin:end].strip()]
    english = bool(figures) and language_of(text) == "en"
    return [_said(one, text, figures, spans=spans, english=english) for one in figures]


def _said(
    one: Figure, text: str, figures: tuple[Figure, ...], *, spans: Sequence[tuple[int, int]], english: bool
) -> SaidFigure:
    place = next(number for number, (_, end) in enumerate(spans) if one.start < end)
    begin, end = spans[place]
    sentence, clause = text[begin:end], _clause(text, one, begin, end=end)
    beside = tuple(other for other in figures if begin <= other.start < end and other is not one)
    return SaidFigure(
        one,
        (begin + len(sentence) - len(sentence.lstrip()), begin + len(sentence.rstrip())),
        clause=terms_in(clause),
        classes=by_class(terms_in(sentence)),
        sentence=terms_in(sentence) | beside_terms(one, beside),
        before=terms_in(text[slice(*spans[place - 1])]) if place else frozenset(),
        every=terms_in(text) | beside_terms(one, beside),
        words=words_in(sentence),
        nearer=words_in(clause),
        names=_names(sentence) if english else frozenset(),
        places=frozenset(term(found[2]) for found in SOMEWHERE.finditer(sentence)),
        meant=frozenset(word for found in _FOR.finditer(sentence) for word in _people(found[1])),
        row=_row(sentence),
        others=tuple(other for other in figures if other.kind == one.kind and other is not one),
        figures=figures,
        beside=beside,
        asks=sentence.rstrip().endswith("?"),
        passed=bool(_PASSED.search(sentence)),
        years=_years(beside) - {float(one.value[2]) if isinstance(one.value, tuple) else 0.0},
    )


_FOR = regex.compile(r"\b(?:for|für|pour|para) (?:the |our |your |die |les |los )?(\p{L}+)", regex.IGNORECASE)
_PIECE = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?|[^\s\w]|\d[\d.,]*")


def _people(word: str) -> frozenset[str]:
    """Who something may be for: whatever there are many of."""
    return frozenset(one for one in terms_in(word) if word[-1:] == "s" or CLASSES.get(one) == "who")


def _names(sentence: str) -> frozenset[str]:
    plain = map(plain_word, _NAME.findall(sentence))
    return frozenset(term(name) for name in plain if name not in _NO_TERM)


def _row(sentence: str) -> tuple[str, ...]:
    pieces = [(piece, plain_word(piece)) for piece in _PIECE.findall(sentence)]
    return tuple(
        term(plain) if piece[0].isalpha() and plain not in _NO_TERM and len(plain) > 1 else ""
        for piece, plain in pieces
    )


def _clause(text: str, one: Figure, begin: int, end: int) -> str:
    before = max((match.end() for match in CLAUSE_ENDS.finditer(text, begin, one.start)), default=begin)
    behind = CLAUSE_ENDS.search(text, one.end, end)
    return f"{text[before : one.start]} {text[one.end : behind.start() if behind else end]}"
