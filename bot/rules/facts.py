"""Drafts beside the fact sheet: another amount, share, date or quantity of the same thing, found by code alone."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from bot.core.brand.facts import MOST_FACTS, FactKind, public_contacts, source_of
from bot.core.findings import RECORDED_FACT, Edit, Finding, without_own
from bot.core.privacy import remembered
from bot.core.reading.languages import language_of
from bot.core.reading.places import covers
from bot.core.words.brand import facts as words
from bot.rules.engine import RulesBeside
from bot.rules.figures.alike import differing_figures
from bot.rules.figures.doubts import BEGAN, LIMITING, PASSING, SOMEWHERE, UNSURE, lead_in
from bot.rules.figures.sheet import sheet_of
from bot.rules.matching import expression
from bot.rules.names import is_another_model, is_of_another, named_in
from bot.rules.personas import told_otherwise
from bot.rules.values import (
    CLAUSE_ENDS,
    FILLERS,
    MOST_VALUES,
    SENTENCE_ENDS,
    SPELLED,
    SPELLED_WORDS,
    TWO_ENDS,
    WORD,
    Stated,
    about_in,
    spelled,
    stated_in,
    stem,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from bot.core.brand.facts import Fact
    from bot.core.drafts import Draft
    from bot.rules.figures.alike import Candidate
    from bot.rules.figures.sheet import FigureSheet
    from bot.rules.figures.tokens import Figure


_WHATEVER = ("year found", "year launch", "year open")
"""Units of what is said of the brand as a whole, whatever it is called."""
_FIRST_WORDS = 5
"""Of the sentence behind, which limit what stands before it ("For members only.")."""
_LATER = expression(r"(?:after (?:that|this)|then|until then|afterwards)\b", regex.IGNORECASE)
"""Begins a sentence that limits nothing of the one before."""
_PARAGRAPH = expression(r"\n\s*\n")
OURS = expression(r"(?!\s*[,–—-])|\s*[,–—-]\s*(?:we|we['’]ve|we['’]re|our|and|still)\b", regex.IGNORECASE)
"""What may come behind a year: behind a comma somebody else may be the one who began then."""


# A draft beside the sheet: what says another value of the same thing. Silent wherever that is not sure.


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A statement of the draft, and the fact that says otherwise."""

    said: Stated
    fact: Fact
    recorded: Stated


def contradictions(
    text: str, facts: Sequence[Fact], comparable: Collection[Fact], sheet: FigureSheet | None = None
) -> tuple[Contradiction, ...]:
    """What in a draft differs from the facts. Only those that are ``comparable`` are held against it.

    ``sheet`` holds the facts, or more of them, where somebody keeps one for many drafts.
    """
    found = _word_by_word(text, facts, comparable)
    known = sheet or sheet_of(tuple(facts))
    more = [_learned(one) for one in differing_figures(text, known, comparable)]
    told = [one.said.sentence for one in found]
    return (*found, *(one for one in more if not any(_overlap(one.said.sentence, span) for span in told)))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _learned(one: Candidate) -> Contradiction:
    """As if it had been told word by word."""
    recorded = one.recorded
    said = _stated(one.said.figure, one.said.span)
    return Contradiction(said, recorded.fact, _stated(recorded.figure, (0, len(recorded.fact.value))))


def _stated(one: Figure, sentence: tuple[int, int]) -> Stated:
    none = frozenset[str]()
    value = tuple(map(str, one.value)) if isinstance(one.value, tuple) else (f"{one.value:g}",)
    return Stated(
        one.kind,
        value,
        one.start,
        end=one.end,
        stop=one.end,
        sentence=sentence,
        near=one.bound,
        before=none,
        after=none,
        behind=none,
    )


def _word_by_word(text: str, facts: Sequence[Fact], comparable: Collection[Fact]) -> tuple[Contradiction, ...]:
    said = stated_in(text)
    found = [Contradiction(*one) for one in told_otherwise(text, facts) if one[1] in comparable]
    if not 0 < len(said) <= MOST_VALUES:
        return tuple(found)
    known = [(fact, one) for fact in facts for one in recorded_in(fact.value)]
    names = {fact.about for fact in facts if fact.about}
    for one in said:
        same = [(fact, other) for fact, other in known if is_same_thing(one, other, fact, text=text)]
        same = [(fact, other) for fact, other in same if what_matters(other.subject, other) <= one.about] or same
        values = {other.value for _, other in same if not other.agrees(one)}
        if len(values) != 1 or any(other.said.start == one.start for other in found):
            continue
        fact, recorded = same[0]
        of_it = _not_of_another(fact, one, text, names=names)
        backed = any(
            other.unit == one.unit and other.agrees(one) and _may_back(other, one) for by, other in known if of_it(by)
        )
        if not backed and fact in comparable and is_alone(one, recorded, said):
            found.append(Contradiction(one, *same[0]))
    return tuple(found)


def _not_of_another(fact: Fact, said: Stated, text: str, names: Collection[str]) -> Callable[[Fact], bool]:
    """What tells whether a fact may back a draft that speaks of what this one is about: none about something else."""
    sentence = text[slice(*said.sentence)]
    named = bool(fact.about) and not is_of_another(fact, sentence, text, names=names)
    is_said = named and fact.about in named_in(text, names)
    return lambda other: not (is_said and is_of_another(other, sentence, text, names=names))


def _may_back(recorded: Stated, said: Stated) -> bool:
    return (
        bool(what_matters(recorded.about & said.about, said))
        or not said.about
        or said.unit.startswith("year")
        or said.unit.startswith("money")
    )


@remembered(4 * MOST_FACTS)
def recorded_in(value: str) -> tuple[Stated, ...]:
    """The values in a fact of which it has only one in that unit; no size or number that a price is for."""
    found = stated_in(value)
    units = [(one.unit, one.near) for one in found]
    priced = next((one.start for one in found if one.unit.startswith("money")), 0)
    sizes = [one for one in found if one.start < priced and one.unit.startswith("quantity")]
    return tuple(one for one in found if units.count((one.unit, one.near)) == 1 and one not in sizes)


def is_same_thing(said: Stated, recorded: Stated, fact: Fact, text: str) -> bool:
    """True where both texts speak of the same: all words of the one in the other, and none that limits it."""
    if said.unit != recorded.unit or said.near != recorded.near or said.near == "about":
        return False
    of_year = said.unit.startswith("year")
    if is_another_model(fact, text, said.sentence, said=said.start):
        return False
    named, subject = about_in(fact.about), _subject(said, recorded, fact, text=text)
    counts_all = not subject and _COUNTS_ALL.search(text[: said.start]) and recorded.unit.startswith("quantity")
    if not (subject or of_year or counts_all) or (of_year and not OURS.match(text, said.end)):
        return False
    every = about_in(fact.value) | named
    known = frozenset(words_of(f"{fact.value} {fact.about}"))
    after = said.behind if of_year else said.after
    before = (
        said.before if what_matters(said.before, said) <= every else _behind_the_lead(said, text, subject, fact=fact)
    )
    if not what_matters(before | after - _PLACES, said) <= every:
        return False
    if not (is_sure(said, text, known) and _is_of_equal_size(said, text, fact)):
        return False
    subject -= _told_otherwise(fact.value, before | said.after)
    missing = subject - before - said.after
    return not missing or _is_named_before(said, text, fact, missing=missing)


_COUNTS_ALL = expression(r"\b(?:(?:all|across|in) (?:of )?our|we(?: now)? (?:have|run|own)) $", regex.IGNORECASE)
"""Before a number that is all of what the brand has."""


def _subject(said: Stated, recorded: Stated, fact: Fact, text: str) -> frozenset[str]:
    """The words that the draft has to have: of a thing that it names in full, its name and other names are enough."""
    if said.unit in _WHATEVER:
        return frozenset()
    subject, named = what_matters(recorded.subject, recorded), about_in(fact.about)
    for name in names_of(fact) if subject else ():
        if _names(text[slice(*said.sentence)], name):
            others = about_in(" ".join(_CAPITAL.findall(fact.value[: recorded.end]))) & subject
            return about_in(name) | others
    return subject if named <= about_in(fact.value) else subject - named or subject


_CAPITAL = expression(r"(?<=\S )\p{Lu}[\p{L}\p{N}’'-]+|(?<=\p{L}[–-])\p{Lu}\p{L}+")
_CAPITALS = expression(r"\p{Lu}[\p{L}\p{N}’'-]+(?: \p{Lu}[\p{L}\p{N}’'-]+)+")


def names_of(fact: Fact) -> list[str]:
    """What it may be known by: what it is about, and names of several words in it, no plain word."""
    own = fact.about if " " in fact.about or fact.about[:1].isupper() else ""
    known = about_in(fact.value)
    return [name for name in (own, *_CAPITALS.findall(fact.value)) if frozenset() < about_in(name) <= known]


_NEUTRAL_LISTED = """
    now standard keep item items people person everyone everybody anyone can may start starting try book
    der die das den dem ein eine einen unser unsere ist sind kostet kosten gibt es für nur jetzt im am pro zu
    el la los las un una nuestro nuestra es son cuesta cuestan por al de del en le les une notre nos est coûte pour au
    par du monat mes mois
"""
_MONTHS = "january february march april may june july august september october november december"
_NEUTRAL = {
    "": _NEUTRAL_LISTED,
    "date": f"{_MONTHS} day date shop store doors launch open arrive land begin release live coming available run runs",
    "money": "monthly weekly yearly annually",
    "time": f"{_MONTHS} shop store doors open",
    "quantity": "today last lasts hold holds take takes arrive arrives follow follows reach wait waits room",
    "year": "here around open business trading going family run independent baking brewing making serving been",
    "age": "age aged ages open welcome suitable",
}
_LEFT_OUT = {kind: frozenset(map(stem, listed.split())) for kind, listed in _NEUTRAL.items()}
_PLACES = frozenset(map(stem, ("shop", "shops", "store", "stores")))
"""Limit nothing behind a price ("£5 in our shop")."""
_NUMBERS = frozenset(map(stem, SPELLED))
"""Words that leave a price, a day or a number what it is, "" those of any."""
_LEADS = frozenset(
    stem(word)
    for word in ["hooray", "news", "reminder", "save", "the", "date", "day", "diary", "calendar", "mark", "note"]
)
"""Words of what only leads in to a statement, however short."""
_TURNS = expression(
    r"\b(?:save the (?:date|day)|last (?:call|chance|orders?)|don['’]t (?:miss|forget|worry)|can['’]t wait|no rush"
    r"|if (?:it|they|that|something) (?:doesn['’]t|don['’]t|isn['’]t|aren['’]t) (?:fit|right|quite right|for you),)",
    regex.IGNORECASE,
)
"""Turns of phrase whose words make nothing unsure."""


def what_matters(words_of_it: frozenset[str], one: Stated) -> frozenset[str]:
    """Without what leaves a statement the same."""
    return words_of_it - _LEFT_OUT[""] - _NUMBERS - _LEFT_OUT.get(one.unit.partition(" ")[0], frozenset[str]())


_EITHER_OR = expression(r"([^\W\d_]+) or ([^\W\d_]+)")


def _told_otherwise(fact: str, spoken: frozenset[str]) -> frozenset[str]:
    """What need not be said, as it is one of two ("changed or skipped") of which the other is."""
    pairs = [(stem(one[1].casefold()), stem(one[2].casefold())) for one in _EITHER_OR.finditer(fact)]
    return frozenset(other for pair in pairs if spoken & {*pair} for other in pair)


_AMOUNT = expression(rf"(?<![\w£$€])\d+(?:[.,]\d+)?|\b(?:{SPELLED_WORDS})\b", regex.IGNORECASE)


def _is_of_equal_size(said: Stated, text: str, fact: Fact) -> bool:
    """True unless the price is one for another size or number than the fact's ("two jars for £20")."""
    if not said.unit.startswith("money"):
        return True
    start, end = told_from(said, text), said.sentence[1]
    clause = CLAUSE_ENDS.search(text, said.stop, end)
    rest = f"{text[start : said.start]} {text[said.end : clause.start() if clause else end]}"
    return _amounts(rest) <= _amounts(fact.value)


def _amounts(text: str) -> set[str]:
    found = [one[0].casefold() for one in _AMOUNT.finditer(text)]
    return {one if one[0].isdigit() else str(spelled(one)) for one in found}


def _is_named_before(said: Stated, text: str, fact: Fact, missing: frozenset[str]) -> bool:
    """True where the sentence before names the thing in full, and no other, and this one goes on ("It's £5")."""
    before = _PARAGRAPH.split(text[: said.sentence[0]])[-1]
    sentence = _last_sentence(before)
    is_heading = before[before.rfind(sentence) + len(sentence) :].startswith(":") if sentence else False
    names = [name for name in (fact.about, *names_of(fact)) if name and missing <= about_in(name)]
    named = any(_names(sentence, one) or (is_heading and about_in(one) <= about_in(sentence)) for one in names)
    if not named or said.unit.startswith("year"):
        return False
    if set(words_of(sentence)) & (UNSURE | LIMITING) - frozenset(words_of(fact.value)):
        return False
    goes_on = bool(said.near or about_in(text[slice(*said.sentence)]))
    return goes_on if said.unit == "date" else _amounts(sentence) <= _amounts(fact.value)


_LEADING = FILLERS | {
    "and",
    "about",
    "meet",
    "die",
    "der",
    "das",
    "el",
    "la",
    "los",
    "las",
    "le",
    "les",
    "unser",
    "unsere",
}
"""Words before a name that do not make it another thing, as “mended” would."""


def _names(sentence: str, name: str) -> bool:
    """True where the name stands there, and no capital letter beside it makes it another ("Fen Jacket Junior")."""
    words_of_it = r"\W+".join(regex.escape(word.removesuffix("s")) + "s?" for word in words_of(name))
    found = regex.search(rf"(?<![\w-])(?i:{words_of_it})(?![\w’'-])(?!\s\p{{Lu}})", sentence)
    before = sentence[: found.start()].rstrip() if found else ""
    leads = WORD.findall(before)[-1:] if before[-1:].isalpha() else []
    return bool(found) and all(word.casefold() in _LEADING for word in leads)


_CONDITIONS = frozenset(("for", "if", "when", "on", "in", "at", "with", "without", "from", "above", "over", "under"))
_LEAST_LEAD = 4
"""Words: fewer may name a part of the thing ("Large boxes: ...")."""
_SPEAKING = frozenset(("we", "we've", "we're", "here's", "that's", "wir", "nous"))
"""Whoever speaks names no part of a thing, in however few words ("We love this: ...")."""


def _behind_the_lead(said: Stated, text: str, subject: frozenset[str], fact: Fact) -> frozenset[str]:
    """The words before a value without a lead-in that limits nothing ("You asked, so: the vest costs £90")."""
    sentence = text[told_from(said, text) : said.start]
    turn = _TURNS.match(sentence)
    lead, _, rest = (
        (turn[0], "", sentence[turn.end() :]) if turn and turn[0].endswith(",") else sentence.rpartition(": ")
    )
    words_of_it = words_of(lead)
    known = frozenset(words_of(f"{fact.value} {fact.about}"))
    limits = set(words_of_it) & (PASSING | LIMITING) - known or SOMEWHERE.search(lead) or regex.search(r"\d", lead)
    enough = len(words_of_it) >= _LEAST_LEAD or (words_of_it and words_of_it[0] in _SPEAKING)
    leads_in = enough and words_of_it[0] not in _CONDITIONS and not limits
    if turn or (words_of_it and about_in(lead) <= _LEADS):
        leads_in = True
    is_told_behind = subject <= about_in(rest) | said.after and not (subject | about_in(fact.about)) & about_in(lead)
    if leads_in and is_told_behind:
        return about_in(rest)
    return about_in(sentence) if subject <= about_in(sentence) | said.after else said.before


def told_from(said: Stated, text: str) -> int:
    """Where the sentence begins without what only leads in to it."""
    start = said.sentence[0]
    return start + lead_in(text[start : said.start], said.unit)


def is_sure(said: Stated, text: str, known: frozenset[str] = frozenset()) -> bool:
    """True where the sentence simply states it. ``known`` are words that make nothing unsure: the fact has them too."""
    start, end = told_from(said, text), said.sentence[1]
    used = set(words_of(_TURNS.sub(" ", text[start:end]))) & UNSURE - known
    used -= BEGAN if said.unit.startswith("year") else set()
    early = said.unit in TWO_ENDS and said.near == "until" and _EARLY.search(text, said.end, end)
    return not (used or early or is_asked(said, text) or is_limited(text, said, known))


_EARLY = expression(r"\b(?:get|receive|win|free|bonus|gift|enjoy|save)\b", regex.IGNORECASE)
"""What one gets by a day, which may not be the last."""


def is_asked(said: Stated, text: str) -> bool:
    """True where the sentence asks, or quotes somebody."""
    start, end = said.sentence
    return text[end : end + 1] == "?" or any(mark in text[start:end] for mark in '“”"«»„?')


def is_limited(text: str, said: Stated, known: frozenset[str]) -> bool:
    """True where what stands around the sentence may say that it holds for some people, places or days alone.

    ``known`` are words that limit nothing, as the fact has them too.
    """
    near, places = _around(text, *said.sentence)
    return bool(places or near & (LIMITING - known))


def limits_of(text: str, said: Stated, known: frozenset[str]) -> frozenset[str]:
    """The words around the sentence that may say so, places among them."""
    near, places = _around(text, *said.sentence)
    return near & (LIMITING - known) | places - known


@remembered(MOST_VALUES)
def _around(text: str, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """The words around a sentence, and the places that they name. Kept, as every fact and post asks anew."""
    before = _PARAGRAPH.split(text[:start])
    here = before[-1] if before[-1].strip() or len(before) == 1 else _last_sentence(before[-2])
    behind = text[end:].lstrip(".!?…;•| ").partition("\n")[0]
    behind = "" if _LATER.match(behind) else behind
    stop = SENTENCE_ENDS.search(behind)
    begins = words_of(behind[: stop.start()] if stop else behind)[:_FIRST_WORDS]
    near = frozenset((*words_of(here), *(word for word in begins if word != "if")))
    return near, frozenset(found[2].casefold() for found in SOMEWHERE.finditer(before[-1]))


def _last_sentence(text: str) -> str:
    text = regex.sub(r"[^\p{L}\p{N}]+$", "", text)
    return text[max((match.end() for match in SENTENCE_ENDS.finditer(text)), default=0) :]


def is_alone(said: Stated, recorded: Stated, every: Sequence[Stated]) -> bool:
    """True where the draft gives no other value that could be the one, and the recorded one nowhere."""
    others = [one for one in every if one is not said and one.unit == said.unit]
    others = [one for one in others if one.unit not in TWO_ENDS or one.near == said.near]
    in_sentence = any(one.sentence == said.sentence for one in others)
    rivals = any(one.agrees(recorded) or recorded.subject <= one.about for one in others)
    return not (in_sentence or rivals)


# Which facts of a long sheet may speak of what a draft speaks of: BM25 over its words, numbers and values.

_FIGURES = expression(r"\d+(?:[.,]\d+)*")
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


def edit_of(said: Stated, text: str, recorded: Stated, value: str) -> Edit | None:
    """What the draft would say with the other value; with its unit, where that has another word ("14 days").

    None where that wouldn't be a sentence: in another language, and for "half price".
    """
    spoken = said.unit == "percent" and not _IN_FIGURES.search(text[said.start : said.end])
    if spoken or language_of(text) != language_of(value):
        return None
    if said.unit.startswith("year") and (both := _with_place(said, text, recorded, value=value)):
        return both
    mine, other = about_in(text[said.end : said.stop]), about_in(value[recorded.end : recorded.stop])
    if said.unit.startswith("quantity") and mine != other:
        return Edit(said.start, said.stop, value[recorded.start : recorded.stop])
    return Edit(said.start, said.end, value[recorded.start : recorded.end])


_PLACE_BEHIND = expression(r" (?:in|near|by|at) (?:the )?\p{Lu}[\p{L}’'-]+(?:[ -]\p{Lu}[\p{L}’'-]+)*")


def _with_place(said: Stated, text: str, recorded: Stated, value: str) -> Edit | None:
    """The year with the place behind it, where the fact has another: the one wouldn't be true without the other."""
    mine, theirs = _PLACE_BEHIND.match(text, said.end), _PLACE_BEHIND.match(value, recorded.end)
    if not (mine and theirs) or mine[0] == theirs[0]:
        return None
    return Edit(said.start, mine.end(), value[recorded.start : theirs.end()])


_IN_FIGURES = regex.compile(r"\d|cent\b", regex.IGNORECASE)
GRAVE = frozenset({FactKind.PRICE, FactKind.ORIGIN, FactKind.PROMISE})
"""What the guideline takes more seriously than the rest."""
LONGEST_QUOTE = 200


@dataclass(frozen=True, slots=True)
class RulesWithFacts(RulesBeside):
    """The `Rules` port: those of ``rules``, and what contradicts the facts that hold today."""

    facts: tuple[Fact, ...]
    markets: tuple[str, ...] = ()
    """Where all posts of the workspace are seen."""

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the rules find in the draft but for the brand's public contacts, and the facts."""
        comparable = {fact for fact in self.facts if self._is_seen(fact, draft)}
        found = contradictions(draft.text, self.facts, comparable)
        others = without_own(self.rules.findings(draft), public_contacts(self.facts))
        return (*others, *(self._finding(one, draft.text) for one in found))

    def _is_seen(self, fact: Fact, draft: Draft) -> bool:
        """True where the fact holds wherever the draft is seen."""
        here = draft.markets or self.markets
        return not fact.markets or (bool(here) and covers(fact.markets, here))

    def _finding(self, one: Contradiction, text: str) -> Finding:
        start, end = one.said.sentence
        if end - start > LONGEST_QUOTE:
            start, end = one.said.start, one.said.end
        grave = one.fact.kind in GRAVE and self.guideline.escalates_to
        return Finding(
            self.guideline.id,
            grave or self.guideline.severity,
            start,
            end=end,
            quote=text[start:end],
            why=words.contradiction(one.fact.value, source_of(one.fact)),
            edit=edit_of(one.said, text, one.recorded, value=one.fact.value),
            rule=f"{RECORDED_FACT}{one.fact.id}",
        )
