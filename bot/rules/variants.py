"""What a post states, for comparing many: its values with what they are about, and the promises and conditions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import regex

from bot.core.brand.facts import FactKind, source_of
from bot.core.brand.variants import PLACE, Agreement, Statement, as_posts, compare
from bot.core.findings import VARIANTS, Finding
from bot.core.reading.variants import is_parted, told_apart
from bot.core.words.brand import facts as fact_words
from bot.core.words.brand import variants as words
from bot.core.words.brand.variants import TOLD
from bot.rules.addressed import payers_in, traits_in
from bot.rules.engine import RulesBeside
from bot.rules.facts import contradictions, is_asked, is_sure, limits_of, recorded_in
from bot.rules.figures.doubts import BEGAN, UNSURE
from bot.rules.figures.reading import figures_in
from bot.rules.figures.sheet import FigureSheet
from bot.rules.figures.versions import SameThing, is_meant, same_thing
from bot.rules.matching import expression
from bot.rules.positions import hours_in, positions_in
from bot.rules.posts import KINDS, lasts
from bot.rules.terms import TERMS, terms_said
from bot.rules.values import CLAUSE_ENDS, MOST_VALUES, PER, about_in, placed, stated_in, stem, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.core.brand.facts import Fact
    from bot.core.drafts import Draft
    from bot.rules.values import Stated

_COUNTED = expression(r"\+?[ -][^\W\d_]+")

# Values. All that limits one is part of what it is about, so that only statements with the same limits are compared.


def campaign_statements(text: str, audience: str = "") -> tuple[Statement, ...]:
    """What a variant states. Words that only name its own audience limit nothing."""
    own = frozenset(form for word in words_of(audience) for form in (word, word.removesuffix("s"), f"{word}s"))
    values = _figures_too(text, stated_in(text))
    hours = [*_opening(text)]
    told = [said for one, said in _values(text, own, values) if not any(a <= one.start < b for a, b, _ in hours)]
    beside = (*payers_in(text), *traits_in(text))
    return (*told, *(said for _, _, said in hours), *_promises(text), *positions_in(text, values), *beside)


_IN_WORDS = expression(
    r"\b(?:tenner|fiver|quid|pounds?|dollars?|pence|cents?|centimes?|centimos|franken|euros?)\b|\dp\b|[£$€]\s?[a-z]",
    regex.IGNORECASE,
)


def _figures_too(text: str, values: tuple[Stated, ...]) -> tuple[Stated, ...]:
    """With the amounts that are told in other words: "a tenner", "10 pounds"."""
    if not _IN_WORDS.search(text):  # as nearly all of very many
        return values
    amounts = [one for one in figures_in(text) if one.kind.startswith("money")]
    values = tuple(
        one
        for one in values
        if not (one.unit.startswith("quantity") and any(one.start == other.start for other in amounts))
    )
    more = [
        placed(
            text,
            one.start,
            one.end,
            unit=f"{one.kind}/{stem(one.per)}" if one.per else one.kind,
            value=(f"{Decimal(str(one.value)).normalize():f}",),
            behind=one.end,
        )
        for one in amounts
        if not any(one.start < other.stop and other.start < one.end for other in values)
    ]
    return tuple(sorted((*values, *more), key=lambda one: one.start))


def _opening(text: str) -> Iterator[tuple[int, int, Statement]]:
    for start, end, value in hours_in(text):
        one = placed(text, start, end, unit="hours", value=value, behind=end)
        begin, stop = _clause(text, one)
        about = about_in(f"{text[begin:start]} {text[end:stop]}")
        yield (
            start,
            end,
            Statement(
                FactKind.QUANTITY,
                "hours",
                about - _OPEN | limits_of(text, one, frozenset()),
                value=value,
                shown=text[start:end],
                label=_label(text, one, begin, end=stop),
                sentence=" ".join(text[slice(*one.sentence)].split()),
                sure=not is_asked(one, text),
            ),
        )


_OPEN = frozenset(map(stem, ("open", "opening", "hours", "daily", "day", "geöffnet", "täglich", "von", "from")))


def lasting_statements(text: str) -> tuple[Statement, ...]:
    """What a post states that may be compared with posts of other days: not what holds for a while only."""
    kept = {(one.start, one.end) for one in stated_in(text) if lasts(one, text) and is_sure(one, text)}
    found = ((one, said) for one, said in _values(text, frozenset(), stated_in(text)) if (one.start, one.end) in kept)
    return tuple(said for one, said in found if _is_named(one, said))


_IN_A_PLACE = expression(r"\b(?:in|near|by)\s+(?:the )?\p{Lu}[\p{L}’'-]+(?:\s\p{Lu}[\p{L}’'-]+)*")
_ARTICLES_LISTED = """
    der die das den dem des ein eine einen einem einer eines unser unsere unserem unseren unserer mein meine dein deine
    euer eure ihr ihre le la les un une du notre nos votre vos mon ma mes el los las una unos unas nuestro nuestra
    nuestros nuestras su sus mi mis kostet kosten ist sind coûte coûtent est sont cuesta cuestan son
"""
_ARTICLES = frozenset(map(stem, _ARTICLES_LISTED.split()))
"""Words that say nothing of what a value is of."""


def _is_named(one: Stated, said: Statement) -> bool:
    """True where posts about other things say it of nothing else."""
    if one.unit == "date":
        return bool(said.subject and one.value[-1])
    return bool(said.subject) or one.unit.startswith("year")


def _values(text: str, own: frozenset[str], values: Sequence[Stated]) -> Iterator[tuple[Stated, Statement]]:
    if len(values) > MOST_VALUES:
        return
    masked = _masked(text, values)
    own_stems = frozenset(map(stem, own))
    for one in values:
        begin, end = _clause(masked, one)
        around = f"{masked[begin : one.start]} {masked[_whole(text, one) : end]}"
        unsure = UNSURE.intersection(words_of(around)) - (BEGAN if one.unit.startswith("year") else frozenset())
        if one.unit == "year found":
            around = _IN_A_PLACE.sub(" ", around)  # of which a brand that is founded once has one
        subject = about_in(around) - _ARTICLES | unsure | limits_of(text, one, own)
        sentence = text[slice(*one.sentence)]
        yield (
            one,
            Statement(
                KINDS.get(one.unit.partition(" ")[0].partition("/")[0], FactKind.QUANTITY),
                f"{one.unit} {one.near}",
                subject - own_stems - own - {one.unit.partition(" ")[2]},
                value=one.value,
                shown=text[one.start : _whole(text, one)],
                label=_label(text, one, begin, end=end),
                sentence=" ".join(sentence.split()),
                sure=one.near != "about" and not is_asked(one, text),
            ),
        )


def _masked(text: str, values: Sequence[Stated]) -> str:
    """The text with zeros for its values: none of them parts clauses or says what another is about."""
    pieces, at = list[str](), 0
    for one in values:
        pieces += [text[at : one.start], "0" * (one.end - one.start)]
        at = one.end
    return "".join([*pieces, text[at:]])


def _clause(masked: str, one: Stated) -> tuple[int, int]:
    begin, end = one.sentence
    begin = max((match.end() for match in CLAUSE_ENDS.finditer(masked, begin, one.start)), default=begin)
    behind = CLAUSE_ENDS.search(masked, one.end, end)
    return begin, behind.start() if behind else end


def _label(text: str, one: Stated, begin: int, end: int) -> str:
    clause = f"{text[begin : one.start].lstrip()}…{text[_whole(text, one) : end].rstrip()}"
    return " ".join(clause.split())


def _whole(text: str, one: Stated) -> int:
    """Where a value ends with what is counted, or the time that an amount is for."""
    pattern = {"money": PER, "quantity": _COUNTED}.get(one.unit.partition(" ")[0])
    behind = pattern.match(text, one.end) if pattern else None
    return behind.end() if behind else one.end


# Promises, conditions and origins that stand there in so many words.

_PROMISES = expression(
    r"\b(?:(?P<free>free (?:delivery|shipping|postage|returns?|trial|cancell?ation))"
    r"|(?P<delivery>(?:delivery|shipping|postage|returns?) (?:is|are) free)"
    r"|(?P<cancel>cancel (?:any ?time|whenever you (?:like|want)))"
    r"|(?P<money>money[- ]back)"
    r"|(?P<no>no (?:(?:[a-z]+ )?fees?|contract|commitment|strings attached|card needed|credit card))"
    r"|(?P<guarantee>guaranteed?)"
    r"|(?P<terms>(?:t&cs|terms(?: and conditions| & conditions)?) apply)"
    r"|(?P<stocks>while (?:stocks?|supplies) last)"
    r"|(?P<newcomers>new (?:customers|members|subscribers) only)"
    r"|(?P<renews>renews? automatically|auto[- ]renews?)"
    r"|(?P<subject>subject to (?:availability|status|approval)))\b"
    r"|(?P<adults>(?<!\w)18\+)|(?P<ad>(?<!\w)#(?:ad|advert|werbung|anzeige|sponsored|gifted)\b|\bpaid partnership\b)",
    regex.IGNORECASE,
)
_CONDITIONS = ("terms", "stocks", "newcomers", "renews", "subject", "adults", "ad")
_MADE = expression(
    r"\b((?i:made|baked|brewed|roasted|grown|designed|built|produced|sewn|woven|printed|bottled|farmed)"
    r"(?= (?:by hand )?in )|(?i:ships|shipped|sent|dispatched|posted)(?= from ))(?: by hand)? (?:in|from) "
    r"((?:the )?\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)*)"
)


def _promises(text: str) -> Iterator[Statement]:
    told: set[str] = set()
    for match in _PROMISES.finditer(text):
        group = match.lastgroup or ""
        said = " ".join(match[0].casefold().split())
        name = " ".join(sorted({stem(word) for word in words_of(said) if word not in ("is", "are")}) or [group])
        if name not in told:
            told.add(name)
            kind = FactKind.CONDITION if group in _CONDITIONS else FactKind.PROMISE
            yield Statement(kind, "told", frozenset({name}), value=(), shown=TOLD, label=said)
    for match in _MADE.finditer(text):
        unit, place = f"{PLACE} {stem(match[1].casefold())}", match[2].casefold()
        if unit not in told:
            told.add(unit)
            label = f"{match[0].removesuffix(match[2])}…"
            yield Statement(
                FactKind.ORIGIN,
                unit,
                frozenset(),
                value=(place,),
                shown=match[2],
                label=label,
                sentence=match[0],
                comparable=False,
            )


# A draft that holds several variants itself.

_MOST_VARIANTS = 60


@dataclass(frozen=True, slots=True)
class RulesWithVariants(RulesBeside):
    """The `Rules` port: those of ``rules``, and where the variants of one draft tell their readers different things.

    Nobody said that these are variants of one thing. Where it is not plain, it is a lead if lines such as ``---`` part
    them, and nothing under headings: there stand price lists, too.
    """

    def across(self, draft: Draft) -> tuple[Finding, ...]:
        """A place for each matter that the variants do not agree on."""
        return (*self.rules.across(draft), *self._differing(draft.text))

    def _differing(self, text: str) -> Iterator[Finding]:
        variants = told_apart(text, asked=False)
        if not 1 < len(variants) <= _MOST_VARIANTS:
            return
        posts = as_posts(variants)
        compared = compare(posts, lambda said, _: campaign_statements(said))
        facts = [fact for fact in compared.of(Agreement.CONTRADICTS) if not is_meant(fact, posts)]
        for fact in facts:
            other, same = fact.compared[1], same_thing(fact, posts, facts)
            is_told = same is SameThing.YES or (same is SameThing.PERHAPS and is_parted(text))
            found = _place(other.sentence, text) if is_told else None
            if found:
                yield Finding(
                    self.guideline.id,
                    self.guideline.severity,
                    found[0],
                    end=found[1],
                    quote=text[slice(*found)],
                    why=words.other_readers(posts, fact),
                    rule=VARIANTS,
                    lead=same is not SameThing.YES,
                )


def _place(sentence: str, text: str) -> tuple[int, int] | None:
    """Where a sentence stands whose white space may be another."""
    found = regex.search(r"\s+".join(map(regex.escape, sentence.split())), text) if sentence else None
    return found.span() if found else None


# The fact sheet.


class FactDrifts:
    """What a text says otherwise than the fact sheet. Only facts that share a unit with it are looked at."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._every, self._terms = frozenset(facts), [one for one in facts if one.kind in TERMS or one.about]
        self._sheet = FigureSheet(facts)
        self._by_unit: dict[str, dict[Fact, None]] = {}
        for fact in facts:
            for one in recorded_in(fact.value):
                self._by_unit.setdefault(one.unit, {})[fact] = None

    def __call__(self, text: str) -> list[tuple[str, str]]:
        """Its own words, and the fact with where it stands."""
        units = {one.unit for one in stated_in(text)}
        near = {fact: None for unit in sorted(units) for fact in self._by_unit.get(unit, ())}
        found = contradictions(text, [*near], self._every, sheet=self._sheet)
        terms = {(one.fact, one.term): text[one.start : one.end] for one in terms_said(text, self._terms)}
        drifts = [(_quote(text, one.said), _with_source(one.fact)) for one in found]
        for (fact, _), said in terms.items():
            drifts.append((said, f"{fact_words.KINDS[fact.kind.value]}: {_with_source(fact)}"))
        return drifts


def _quote(text: str, said: Stated) -> str:
    return " ".join(text[slice(*said.sentence)].split())


def _with_source(fact: Fact) -> str:
    source = source_of(fact)
    return f"{fact.value} ({source})" if source else fact.value
