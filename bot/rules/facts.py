"""Drafts beside the fact sheet: another amount, share, date or quantity of the same thing, found by code alone."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import regex

from bot.core.brand.facts import MOST_FACTS, FactKind, source_of
from bot.core.findings import RECORDED_FACT, Edit, Finding
from bot.core.privacy import remembered
from bot.core.words.brand import facts as words
from bot.rules.engine import RulesBeside

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.core.brand.facts import Fact
    from bot.core.drafts import Draft


# Values in a text: amounts, shares, dates and quantities, each with the words that say what they are about.
#
# RE2 looks at no neighbours of a match. No pattern here has one repetition inside another: none can backtrack far.

_SHORTEST = 3
"""Letters that are left of a word without its ending."""
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_WEEKDAY = r"(?:\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?)?"
_SIGNS = {"EUR": "€", "euro": "€", "euros": "€", "GBP": "£", "USD": "$"}
_BIG = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_BIGS = r"(?:\s?(k|thousand|m|million|bn|billion)\b)?"
SPELLED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ALONE = r"(?<![\w#.,/£$€¥–-])"
_BEGUN = {
    "founded": "found",
    "established": "found",
    "est": "found",
    "launched": "launch",
    "opened": "open",
    "created": "creat",
    "born": "creat",
}
_WHATEVER = ("year found", "year launch", "year open")
"""Units of what is said of the brand as a whole, whatever it is called."""
_VALUES = tuple(
    (kind, regex.compile(pattern, regex.IGNORECASE if kind in ("year", "quantity") else 0))
    for kind, pattern in (
        ("money", rf"(?<!\w)([A-Z]{{0,2}}[£$€¥])\s?({_NUMBER}){_BIGS}(?![\d,.]*\d)"),
        ("coded", rf"{_ALONE}({_NUMBER}){_BIGS}\s?(€|EUR|GBP|USD|CHF|SEK|NOK|DKK|PLN|AUD|CAD|euros?)(?!\w)"),
        ("percent", rf"{_ALONE}({_NUMBER})\s?(?:%|per ?cent\b)"),
        ("date", rf"{_WEEKDAY}{_ALONE}(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (\d{{4}})\b)?"),
        ("date first", rf"{_WEEKDAY}\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (\d{{4}})\b)?"),
        ("iso", r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])"),
        ("year", rf"\b({'|'.join((*_BEGUN, 'since'))})\b[.:]?(?: back)?(?: in)? ((?:1[6-9]|20)\d\d)(?![\w-])"),
        ("quantity", rf"(?:{_ALONE}({_NUMBER})|\b({'|'.join(SPELLED)})\b){_BIGS}\+?[ -]([^\W\d_]{{2,}})"),
    )
)
_RANGE_BEHIND = regex.compile(r"\s?(?:[-–]|to\b|or\b)\s?[£$€]?\d")
_RANGE_BEFORE = regex.compile(r"\d\s?(?:[-–]|to|or)\s?[£$€]?$")
PER = regex.compile(r"\s?(?:/|\b(?:per|a|an)\b)\s?([^\W\d_]+)")
WORD = regex.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_ENDS = regex.compile(r"[.!?…]+(?=\s|$)|\n|[;•|]")
CLAUSE_ENDS = regex.compile(r"[,:()]|\s[–—-]\s|\s(?:and|but|or|so|while|when|plus)\s", regex.IGNORECASE)
_PREPOSITIONS = regex.compile(r"\s(?:in|on|at|for|with|from|until|to|by|of|per|is|are)\s", regex.IGNORECASE)

_NEAR = {
    "over": ("over", "more than", "above", "at least", "minimum"),
    "from": ("from", "starting at", "as little as", "since", "starting", "begins", "starts"),
    "up to": ("up to", "under", "below", "less than", "at most", "maximum", "max"),
    "until": ("until", "till", "by", "through", "ends", "ending"),
    "about": ("about", "around", "nearly", "almost", "roughly", "approximately", "circa", "some", "approx"),
}
_BEFORE_VALUE = regex.compile(
    rf"\b({'|'.join(word for group in _NEAR.values() for word in group)})\s+(?:just |only )?$", regex.IGNORECASE
)
_FILLERS_LISTED = """
    a an the this that these those and or but so as of in on at to for from with within into by per via than then
    i we our ours us you your yours they their it its who which what there here is are was were be been being has have
    had do does can get gets got give gives take takes come comes cost costs price priced prices pay pays charge charges
    just only still always proudly all every each any both total yes hello hi hey dear everyone folks
    over more above least minimum starting little since begins starts start up under below less most maximum max until
    till through ends ending about around nearly almost roughly approximately circa some approx back it's that's we're
    we've you're you'll you get's simply please enjoy remember reminder did know
"""
FILLERS = frozenset(_FILLERS_LISTED.split())
_UNSURE_LISTED = """
    not no never longer was were used before previously formerly old last next ago instead change changed changes new
    will soon if unless imagine guess maybe perhaps rather than compared competitor competitors other others elsewhere
    average typically usually off save saved saving discount extra additional another else unlike myth wrong false joke
    dream wish would could should might once originally isn't aren't wasn't weren't don't doesn't didn't won't can't
    correction corrected rumour rumor
"""
UNSURE = frozenset(_UNSURE_LISTED.split())
BEGAN = frozenset({"was", "were"})
"""What a year stands beside ("was founded in")."""
_PASSING_LISTED = """
    today tonight tomorrow yesterday week weekend monday tuesday wednesday thursday friday saturday sunday season
    seasonal spring summer autumn fall winter christmas easter holiday sale sales deal deals offer offers promo
    promotion code coupon voucher launch flash limited stock left remaining raised sold joined ago young turn turns
    turning anniversary birthday celebrate celebrating hour update updated live early bird countdown
"""
PASSING = frozenset(_PASSING_LISTED.split())
"""Words of what holds for a while: another value is no contradiction then."""
_LIMITING_LISTED = """
    member members membership subscriber subscribers student students pensioner pensioners senior seniors kid kids child
    children teacher teachers nurse nurses staff employee employees newcomer newcomers business businesses partner
    partners holder holders cardholder cardholders prime premium plus pro vip gold silver platinum club loyalty tier
    abroad overseas international outside elsewhere express only today tonight tomorrow weekend limited flash if unless
"""
_LIMITING = frozenset(_LIMITING_LISTED.split())
"""Words of a sentence nearby that may say for whom, where or when alone a statement holds."""
_BEGINNINGS = frozenset(("launch", "open", "arriv", "land", "begin", "releas", "live"))
"""What happens on a day that a thing begins, in whatever word."""
_SOMEWHERE = regex.compile(rf"\b(?:in|to|from|for|outside|across)\s(?:the\s)?(?!{_MONTH}|I\b)([A-Z][^\W\d_]*)")
_FIRST_WORDS = 5
"""Of the sentence behind, which limit what stands before it ("For members only.")."""
_PARAGRAPH = regex.compile(r"\n\s*\n")
OURS = regex.compile(r"(?!\s*[,–—-])|\s*[,–—-]\s*(?:we|we['’]ve|we['’]re|our|and|still)\b", regex.IGNORECASE)
"""What may come behind a year: behind a comma somebody else may be the one who began then."""
MOST_VALUES, _LOOKED_BACK = 60, 40
"""A draft with more values is a list, in which nobody can tell which of them belongs to what."""
_NO_UNIT_LISTED = "of in on at to and or by am pm st nd rd th the more new for with from is are out off x"
_NO_UNIT = frozenset(_NO_UNIT_LISTED.split())


@dataclass(frozen=True, slots=True)
class Stated:
    """A value in a text. ``before`` and ``after`` are the words around it that say what it is about."""

    unit: str
    value: tuple[str, ...]
    start: int
    end: int
    sentence: tuple[int, int]
    near: str
    before: frozenset[str]
    after: frozenset[str]
    behind: frozenset[str]
    """Those of ``after`` up to the first preposition."""

    def agrees(self, other: Stated) -> bool:
        """True for the same value; a date without its year agrees with that day of any year."""
        return all(mine == theirs or "" in (mine, theirs) for mine, theirs in zip(self.value, other.value, strict=True))

    @property
    def about(self) -> frozenset[str]:
        """All the words that say what it is about."""
        return self.before | self.after

    @property
    def subject(self) -> frozenset[str]:
        """The words that another text has to share: those before it, or else those right behind it."""
        return self.before or self.behind


def stated_in(text: str) -> tuple[Stated, ...]:
    """Every value in the text that can be compared, in reading order."""
    found: list[tuple[int, int, str, tuple[str, ...], int]] = []
    for kind, pattern in _VALUES:
        for match in pattern.finditer(text):
            start, end, unit, value = _read(kind, match)
            if not any(start < other[1] and other[0] < end for other in found):
                found.append((start, end, unit, value, match.end()))
            if len(found) > 2 * MOST_VALUES:
                return ()
    return tuple(_placed(text, *one) for one in sorted(found) if one[2] and not _is_range(text, one[0], one[1]))


def _read(kind: str, match: regex.Match[str]) -> tuple[int, int, str, tuple[str, ...]]:
    """Where a value stands, its unit ("" for none that can be compared) and the value itself."""
    start, end = match.span()
    groups = [group or "" for group in match.groups()]
    if kind == "quantity":
        return _quantity(match)
    if kind == "year":
        return match.start(2), end, f"year {_BEGUN.get(groups[0].lower(), 'since')}", (groups[1],)
    if kind in ("money", "coded"):
        sign, figure, big = groups if kind == "money" else (groups[2], groups[0], groups[1])
        return start, end, f"money {_SIGNS.get(sign, sign)}{_period(match)}", _figure(figure, big)
    if kind == "percent":
        return start, end, kind, _figure(groups[0])
    return start, end, "date", _date(kind, groups)


def _date(kind: str, groups: list[str]) -> tuple[str, ...]:
    """Day, month and year, "" where there is none."""
    if kind == "iso":
        year, month, day = groups
        return str(int(day)), MONTHS[(int(month) - 1) % len(MONTHS)], year
    day, month = groups[:2] if kind == "date" else (groups[1], groups[0])
    return str(int(day)), month[:3].lower(), groups[2]


def _quantity(match: regex.Match[str]) -> tuple[int, int, str, tuple[str, ...]]:
    figure, spelled, big, word = (group or "" for group in match.groups())
    end = match.end(3) if big else match.end(1) if figure else match.end(2)
    named = word.casefold()
    known = named not in _NO_UNIT and named not in _BIG and not (figure and _is_year(figure))
    value = _figure(figure, big) if figure else _figure(str(SPELLED.index(spelled.lower()) + 2), big)
    return match.start(), end, f"quantity {stem(named)}" if known else "", value


def _is_year(figure: str) -> bool:
    return len(figure) == len("2016") and figure[:2] in ("19", "20") and figure.isdecimal()


def _figure(number: str, big: str = "") -> tuple[str, ...]:
    value = Decimal(number.replace(",", "")).scaleb(_BIG[big.lower()] if big else 0)
    return (f"{value.normalize():f}",)


def _period(match: regex.Match[str]) -> str:
    per = PER.match(match.string, match.end())
    return f"/{stem(per[1].casefold())}" if per else ""


def _is_range(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 8) : start]
    return bool(_RANGE_BEHIND.match(text, end) or _RANGE_BEFORE.search(before))


def _placed(text: str, start: int, end: int, unit: str, value: tuple[str, ...], behind: int) -> Stated:
    begins = max((match.end() for match in _SENTENCE_ENDS.finditer(text, 0, start)), default=0)
    stops = _SENTENCE_ENDS.search(text, end)
    ends = stops.start() if stops else len(text)
    clause = CLAUSE_ENDS.search(text, behind, ends)
    after = text[behind : clause.start() if clause else ends]
    preposition = _PREPOSITIONS.search(after, len(" of ") if after.startswith(" of ") else 0)
    before = text[begins:start]
    begins += len(before) - len(before.lstrip())
    return Stated(
        unit,
        value,
        start,
        end=end,
        sentence=(begins, ends),
        near=_near(before, text[end : end + 1]),
        before=about_in(before),
        after=about_in(after),
        behind=about_in(after[: preposition.start()] if preposition else after),
    )


def _near(before: str, behind: str) -> str:
    found = _BEFORE_VALUE.search(before[-_LOOKED_BACK:])
    said = found[1].lower() if found else ""
    return "over" if behind == "+" else next((name for name, ways in _NEAR.items() if said in ways), "")


def about_in(text: str) -> frozenset[str]:
    """The words that say what it is about, without their endings."""
    return frozenset(stem(word) for word in words_of(text) if word not in FILLERS)


def words_of(text: str) -> list[str]:
    """Its words as they are compared."""
    return [word.replace("’", "'").casefold().removesuffix("'s") for word in WORD.findall(text)]


def stem(word: str) -> str:
    """The word without its ending: only compared with others that lost theirs in the same way."""
    word = {"established": "found", "est": "found"}.get(word, word)
    for ending in ("ing", "ies", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] else word


# A draft beside the sheet: what says another value of the same thing. Silent wherever that is not sure.


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A statement of the draft, and the fact that says otherwise."""

    said: Stated
    fact: Fact
    recorded: Stated


def contradictions(text: str, facts: Sequence[Fact], comparable: Collection[Fact]) -> tuple[Contradiction, ...]:
    """What in a draft differs from the facts. Only those that are ``comparable`` are held against it."""
    said = stated_in(text)
    if not 0 < len(said) <= MOST_VALUES:
        return ()
    known = [(fact, one) for fact in facts for one in recorded_in(fact.value)]
    found: list[Contradiction] = []
    for one in said:
        same = [(fact, other) for fact, other in known if is_same_thing(one, other, fact, text=text)]
        values = {other.value for _, other in same}
        backed = any(other.unit == one.unit and other.agrees(one) and other.about & one.about for _, other in known)
        if len(values) == 1 and not backed and same[0][0] in comparable and is_alone(one, same[0][1], said):
            found.append(Contradiction(one, *same[0]))
    return tuple(found)


@remembered(4 * MOST_FACTS)
def recorded_in(value: str) -> tuple[Stated, ...]:
    """The values in a fact of which it has only one in that unit."""
    found = stated_in(value)
    units = [one.unit for one in found]
    return tuple(one for one in found if units.count(one.unit) == 1)


def is_same_thing(said: Stated, recorded: Stated, fact: Fact, text: str) -> bool:
    """True where both texts speak of the same: all words of the one in the other, and none that limits it."""
    if said.unit != recorded.unit or said.near != recorded.near or said.near == "about":
        return False
    named = about_in(fact.about)
    subject = _without_beginnings(recorded.subject, said.unit)
    subject = subject - named or subject
    if said.unit in _WHATEVER:
        subject = frozenset[str]()
    elif not subject and not said.unit.startswith("year"):
        return False
    if said.unit.startswith("year") and not OURS.match(text, said.end):
        return False
    every = about_in(fact.value) | named
    known = frozenset(words_of(f"{fact.value} {fact.about}"))
    after = said.behind if said.unit.startswith("year") else said.after
    before = said.before if said.before <= every else _behind_the_colon(said, text, subject, known=known)
    spoken = _without_beginnings(before | after, said.unit)
    return subject <= before | said.after and spoken <= every and is_sure(said, text, known)


def _without_beginnings(words_of_it: frozenset[str], unit: str) -> frozenset[str]:
    return words_of_it - _BEGINNINGS if unit == "date" else words_of_it


_CONDITIONS = frozenset(("for", "if", "when", "on", "in", "at", "with", "without", "from", "above", "over", "under"))
_LEAST_LEAD = 4
"""Words: fewer may name a part of the thing ("Large boxes: ...")."""


def _behind_the_colon(said: Stated, text: str, subject: frozenset[str], *, known: frozenset[str]) -> frozenset[str]:
    """The words before a value without a lead-in that limits nothing ("You asked, so: the vest costs £90")."""
    lead, _, rest = text[said.sentence[0] : said.start].rpartition(": ")
    words_of_it = words_of(lead)
    limits = set(words_of_it) & (PASSING | _LIMITING) - known or _SOMEWHERE.search(lead) or regex.search(r"\d", lead)
    leads_in = len(words_of_it) >= _LEAST_LEAD and words_of_it[0] not in _CONDITIONS and not limits
    is_told_behind = subject <= about_in(rest) | said.after and not subject & about_in(lead)
    return about_in(rest) if leads_in and is_told_behind else said.before


def is_sure(said: Stated, text: str, known: frozenset[str] = frozenset()) -> bool:
    """True where the sentence simply states it. ``known`` are words that make nothing unsure: the fact has them too."""
    start, end = said.sentence
    used = set(words_of(text[start:end])) & UNSURE - known
    used -= BEGAN if said.unit.startswith("year") else set()
    return not (used or is_asked(said, text) or is_limited(text, said, known))


def is_asked(said: Stated, text: str) -> bool:
    """True where the sentence asks, or quotes somebody."""
    start, end = said.sentence
    return text[end : end + 1] == "?" or any(mark in text[start:end] for mark in '“”"«»„?')


def is_limited(text: str, said: Stated, known: frozenset[str]) -> bool:
    """True where what stands around the sentence may say that it holds for some people, places or days alone.

    ``known`` are words that limit nothing, as the fact has them too.
    """
    near, places = _around(text, *said.sentence)
    return bool(places or near & (_LIMITING - known))


def limits_of(text: str, said: Stated, known: frozenset[str]) -> frozenset[str]:
    """The words around the sentence that may say so, places among them."""
    near, places = _around(text, *said.sentence)
    return near & (_LIMITING - known) | places - known


@remembered(MOST_VALUES)
def _around(text: str, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """The words around a sentence, and the places that they name. Kept, as every fact and post asks anew."""
    before = _PARAGRAPH.split(text[:start])
    here = before[-1] if before[-1].strip() or len(before) == 1 else _last_sentence(before[-2])
    behind = text[end:].lstrip(".!?…;•| ").partition("\n")[0]
    stop = _SENTENCE_ENDS.search(behind)
    begins = words_of(behind[: stop.start()] if stop else behind)[:_FIRST_WORDS]
    near = frozenset((*words_of(here), *(word for word in begins if word != "if")))
    return near, frozenset(found[2].casefold() for found in _SOMEWHERE.finditer(before[-1]))


def _last_sentence(text: str) -> str:
    text = text.rstrip(".!?…;•|: \n")
    return text[max((match.end() for match in _SENTENCE_ENDS.finditer(text)), default=0) :]


def is_alone(said: Stated, recorded: Stated, every: Sequence[Stated]) -> bool:
    """True where the draft gives no other value that could be the one, and the recorded one nowhere."""
    others = [one for one in every if one is not said and one.unit == said.unit]
    in_sentence = any(one.sentence == said.sentence for one in others)
    rivals = any(one.agrees(recorded) or recorded.subject <= one.about for one in others)
    return not (in_sentence or rivals)


# Which facts of a long sheet may speak of what a draft speaks of: BM25 over its words, numbers and values.

_FIGURES = regex.compile(r"\d+(?:[.,]\d+)*")
_SATURATION, _BY_LENGTH = 1.2, 0.6


def nearest(facts: Sequence[Fact], text: str) -> Sequence[Fact]:
    """The facts, those first that have most rare words, numbers and values in common with the text; then the newest."""
    every = [_terms_of(f"{fact.value} {fact.about}") for fact in facts]
    wanted = _terms_of(text)
    holding = Counter(term for terms in every for term in terms if term in wanted)
    weights = {term: math.log(1 + (len(facts) - n + 0.5) / (n + 0.5)) for term, n in holding.items()}
    usual = sum(map(len, every)) / len(every)

    def score(terms: frozenset[str]) -> float:
        length = 1 - _BY_LENGTH + _BY_LENGTH * len(terms) / usual
        return sum(weights[term] for term in terms & wanted) * (_SATURATION + 1) / (1 + _SATURATION * length)

    scored = zip(map(score, every), facts, strict=True)
    return [fact for _, fact in sorted(scored, key=lambda one: (-one[0], -one[1].recorded_at, one[1].id))]


@remembered(2 * MOST_FACTS)
def _terms_of(text: str) -> frozenset[str]:
    """What a text is known by: its words, its numbers, and each unit with the words about it."""
    stated = stated_in(text)
    typed = {f"{one.unit} of {word}" for one in stated for word in one.about} | {f"{one.unit} of it" for one in stated}
    return about_in(text) | typed | frozenset(f"number {figure}" for figure in _FIGURES.findall(text))


# The fixed rules, and the sheet beside them.

GRAVE = frozenset({FactKind.PRICE, FactKind.ORIGIN, FactKind.PROMISE})
"""What the guideline takes more seriously than the rest."""
_MARKET, LONGEST_QUOTE = "Market: ", 200


def markets_of(draft: Draft) -> frozenset[str]:
    """The markets that its author named, without their capitals."""
    lines = [line for line in draft.context.splitlines() if line.startswith(_MARKET)]
    return frozenset(market.strip().casefold() for line in lines for market in line.removeprefix(_MARKET).split(","))


@dataclass(frozen=True, slots=True)
class RulesWithFacts(RulesBeside):
    """The `Rules` port: those of ``rules``, and what contradicts the facts that hold today."""

    facts: tuple[Fact, ...]
    markets: frozenset[str] = frozenset()
    """Where all posts of the workspace are seen."""

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the rules find in the draft, and the facts."""
        comparable = {fact for fact in self.facts if self._is_seen(fact, draft)}
        found = contradictions(draft.text, self.facts, comparable)
        return (*self.rules.findings(draft), *(self._finding(one, draft.text) for one in found))

    def _is_seen(self, fact: Fact, draft: Draft) -> bool:
        """True where the fact holds wherever the draft is seen."""
        here = markets_of(draft) or self.markets
        return not fact.markets or (bool(here) and here <= {market.casefold() for market in fact.markets})

    def _finding(self, one: Contradiction, text: str) -> Finding:
        start, end = one.said.sentence
        if end - start > LONGEST_QUOTE:
            start, end = one.said.start, one.said.end
        recorded = one.fact.value[one.recorded.start : one.recorded.end]
        grave = one.fact.kind in GRAVE and self.guideline.escalates_to
        return Finding(
            self.guideline.id,
            grave or self.guideline.severity,
            start,
            end=end,
            quote=text[start:end],
            why=words.contradiction(one.fact.value, source_of(one.fact)),
            edit=Edit(one.said.start, one.said.end, recorded),
            rule=f"{RECORDED_FACT}{one.fact.id}",
        )
