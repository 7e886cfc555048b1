"""Figures in a text as people write them: in digits or words, in four languages, with what they are a measure of.

Broader than `values`, which only reads what can be compared word by word: what isn't read can't be compared at all.
Each word is looked at once, with a few of its neighbours, so it takes time in proportion to the text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from bot.core.brand.facts import MOST_FACTS
from bot.core.privacy import remembered
from bot.rules.figures.days import FIRST_YEAR, LAST_YEAR, Days
from bot.rules.figures.thesaurus import TERMS
from bot.rules.figures.tokens import plain_word
from bot.rules.figures.words import (
    COINS,
    CURRENCIES,
    IN_BETWEEN,
    LENGTHS,
    OTHER_UNITS,
    PER_WORDS,
    PERIOD_WORDS,
    RANGE,
    SHARES,
    SPANS,
    STOPS,
    UNITS_BEHIND,
    VOLUMES,
    WEIGHTS,
)
from bot.rules.values import stem

if TYPE_CHECKING:
    from bot.rules.figures.days import Read
    from bot.rules.figures.tokens import Figure

MOST_FIGURES = 60
"""A text with more figures is a list, in which nobody can tell which of them belongs to what."""
_TERM = 6
"""Letters of a word that are compared: "reserved" and "reservation" are one, in four languages."""


def term(word: str) -> str:
    """The word as it is compared with others: what it means, or its first letters without its ending."""
    short = stem(plain_word(word))
    return TERMS.get(short) or short[:_TERM]


@remembered(2 * MOST_FACTS)
def figures_in(text: str) -> tuple[Figure, ...]:
    """Every figure of the text in reading order; none of one that holds too many."""
    reader = _FigureReader(text)
    found: list[Figure] = []
    at = 0
    while at < len(reader.words) and len(found) <= MOST_FIGURES:
        figure, after = reader.figure(at)
        found += [figure] if figure else []
        at = max(after, at + 1)
    return tuple(found) if len(found) <= MOST_FIGURES else ()


class _FigureReader(Days):
    def figure(self, at: int) -> tuple[Figure | None, int]:
        """The figure that begins here, and the place behind it."""
        if after := self._past_range(at):
            return None, after
        for read in (self.date, self.clock, self._money, self._share, self._age, self._measure):
            if found := read(at):
                return found
        number = self.number(at)
        return None, number[1] if number else at + 1

    def _past_range(self, at: int) -> int:
        """The place behind "30 to 59 minutes" and "£5-8", 0 where there is none: they aren't one figure."""
        signs = ("£", "$", "€")
        sign = self.word(at) in signs
        first = self.number(at + sign)
        if not first or self.word(first[1]) not in RANGE:
            return 0
        place = first[1] + 1
        second = self.number(place + (self.word(place) in signs))
        if not second or second[0] <= first[0]:
            return 0
        between = self.word(at - 1) in ("aged", "ages", "between") or self.word(at - 2) == "aged"
        return second[1] if sign or between or self.word(second[1]) in UNITS_BEHIND else 0

    # Amounts and shares.

    def _money(self, at: int) -> Read:
        word = self.word(at)
        if word in ("£", "$", "€", "¥") and (found := self.number(at + 1)):
            value, after = found
            value *= 1e6 if self.word(after) == "m" else 1
            return self.made(f"money {word}", value, at, to=after, per=self._per(at, after))
        if word == "a" and self.word(at + 1) in COINS:
            return self.made("money £", COINS[self.word(at + 1)], at, to=at + 2, per=self._per(at, at + 2))
        found = self.number(at)
        sign, _, cents = CURRENCIES.get(self.word(found[1]), "").partition(" ") if found else ("", "", "")
        if not found or not sign:
            return None
        value, after = found[0] / 100 if cents else found[0], found[1] + 1
        more = None if cents else self.number(after)
        if more and more[0] < _HUNDRED_CENTS and not more[0] % 1 and not self._has_unit(more[1]):
            value, after = value + more[0] / _HUNDRED_CENTS, more[1]  # twelve pounds fifty
        return self.made(f"money {sign}", value, at, to=after, per=self._per(at, after))

    def _has_unit(self, after: int) -> bool:
        """An English "an" is no French year here."""
        word = self.word(after)
        return word in UNITS_BEHIND and word not in PER_WORDS

    def _per(self, at: int, after: int) -> str:
        """The time or thing that an amount is for."""
        word, then = self.word(after), self.word(after + 1)
        if word in PER_WORDS:
            then = self.word(after + 2) if then in ("la", "one") else then
            return PERIOD_WORDS.get(then, "") or term(then)
        if word in ("monthly", "yearly", "weekly", "annually", "pp", "each"):
            return PERIOD_WORDS[word]
        if word == "for" and then in ("one", "twelve", "12"):
            return "year"
        before = self.words[max(0, at - 3) : at]
        return next((PERIOD_WORDS[w] for w in before if w in ("monthly", "yearly", "weekly", "annual")), "")

    def _share(self, at: int) -> Read:
        word, then, third = self.word(at), self.word(at + 1), self.word(at + 2)
        if word == "half" and then == "price":
            return self.made("percent", 50.0, at, to=at + 2)
        if word == "a" and then in SHARES and (third in _OFF or self.word(at - 1) in ("save", "saves", "saving")):
            return self.made("percent", SHARES[then], at, to=at + 2)
        found = self.number(at)
        if not found:
            return None
        value, after = found
        if self.word(after) in ("%", "percent", "prozent"):
            return self.made("percent", value, at, to=after + 1)
        spelled = self.word(after) in ("per", "pour", "por") and self.word(after + 1) in ("cent", "ciento")
        return self.made("percent", value, at, to=after + 2) if spelled else None

    # Ages.

    def _age(self, at: int) -> Read:
        found = self.number(at)
        if not found or not 0 < found[0] <= _OLDEST or found[0] % 1:
            return None
        value, after = found
        behind, before = " ".join(self.words[after : after + 6]), " ".join(self.words[max(0, at - 3) : at])
        for pattern, bound in _AGES_BEHIND:
            if said := pattern.match(behind):
                return self._aged(value, at, after + said[0].count(" ") + (said[0][-1:] != " "), bound=bound)
        years = self.word(after) in _YEARS and self.word(after + 1) != "of"
        if _AGED.search(before) and (years or self.word(after) not in SPANS):
            return self._aged(value, at, after, bound="from" if _FROM.search(before) else "")
        if years and _FROM.search(before):
            return self._aged(value, at, after, bound="from")
        bare = years or self.word(after) not in UNITS_BEHIND
        return self._aged(value, at, after, bound="under") if bare and _UNDER.search(before) else None

    def _aged(self, value: float, at: int, to: int, bound: str) -> Read:
        figure, after = self.made("age", value, at, to=max(to, at + 1))
        return replace(figure, bound=bound), after

    # Durations, sizes and counts.

    def _measure(self, at: int) -> Read:
        if span := self._told_span(at):
            return span
        found = self.number(at)
        if not found:
            return None
        value, after = found
        if self.words[after : after + 3] == ["and", "a", "half"]:
            value, after = value + 0.5, after + 3
        place = after + (self.word(after) in ("-", "–"))
        place += self.word(place) in IN_BETWEEN
        unit = self.word(place)
        if unit in SPANS:
            return self._span(value * SPANS[unit], at, place + 1, unit=unit)
        for kind, units in (("length", LENGTHS), ("weight", WEIGHTS), ("volume", VOLUMES)):
            if unit in units:
                return self.made(kind, value * units[unit], at, to=place + 1)
        if unit in OTHER_UNITS:
            return self.made(f"unit {OTHER_UNITS[unit]}", value, at, to=place + 1)
        return self._count(value, at, after, place=place)

    def _told_span(self, at: int) -> Read:
        """Half an hour, a quarter of a year, une demi-heure, a fortnight, an hour and a half, a full hour."""
        word = self.word(at)
        if word in _WHOLE_SPANS:
            return self.made("duration", _WHOLE_SPANS[word], at, to=at + 1)
        if word in ("half", "halbe", "halben", "media", "demi"):
            place = at + 1 + (self.word(at + 1) in ("a", "an", "-"))
            unit = self.word(place)
            if unit in SPANS:
                return self._span(SPANS[unit] / 2, at, place + 1, unit=unit)
            return self.made("weight", WEIGHTS[unit] / 2, at, to=place + 1) if unit in WEIGHTS else None
        many = word == "three" and self.word(at + 1) == "quarters"
        of = at + 1 + many
        if (many or word == "quarter") and self.word(of) == "of" and (unit := self.word(of + 2)) in SPANS:
            return self.made("duration", SPANS[unit] * (3 if many else 1) / 4, at, to=of + 3)
        return self._one(at) if word in ("a", "an", "eine", "une", "una", "un", "einen", "einem") else None

    def _one(self, at: int) -> Read:
        """An hour; a day, a week or a month only where that's a length of time and not "£5 a month"."""
        place = at + 1 + (self.word(at + 1) in IN_BETWEEN)
        unit, before = self.word(place), self.word(at - 1)
        whole = place > at + 1 or unit in ("hour", "stunde", "heure", "hora")
        taken = before in ("within", "for", "takes", "lasts", "innerhalb", "in")
        per = before[:1].isdigit() or before in ("times", "once", "twice", "euros", "euro")
        if unit not in SPANS or per or not (whole or taken):
            return None
        more = self.words[place + 1 : place + 4] == ["and", "a", "half"]
        return self._span(SPANS[unit] * (1.5 if more else 1), at, place + 1 + 3 * more, unit=unit)

    def _span(self, minutes: float, at: int, to: int, unit: str) -> Read:
        """With its minutes, where more follows an hour: 1 hour 52 minutes, 1 hr 42, two hours twenty."""
        place = to + (self.word(to) in ("and", "und", "et", "y"))
        more = self.number(place) if SPANS[unit] == _HOUR else None
        if not more or more[0] >= _HOUR or more[0] % 1:
            return self.made("duration", minutes, at, to=to)
        behind = self.word(more[1])
        if SPANS.get(behind) == 1:
            return self.made("duration", minutes + more[0], at, to=more[1] + 1)
        ends = place == to and behind not in UNITS_BEHIND and (behind in STOPS or not behind[:1].isalpha())
        return self.made("duration", minutes + more[0] * ends, at, to=more[1] if ends else to)

    def _count(self, value: float, at: int, after: int, *, place: int) -> Read:
        word = self.word(at)
        if word.isdecimal() and len(word) == len("2016") and FIRST_YEAR <= value < LAST_YEAR and after == at + 1:
            return self.made("year", value, at, to=after)
        ordinal = self.word(after) in ("st", "nd", "rd", "th") or self.word(at - 1) in (
            "#",
            "@",
            "rule",
            "no",
            "nr",
            "number",
            "nummer",
            "numero",
            "chapter",
            "episode",
        )
        ordinal = ordinal or self.words[max(0, at - 2) : at] in (["no", "."], ["nr", "."])
        of_many = self.word(after) in ("in", "/", ":") and self.number(after + 1)
        of_many = of_many or (self.word(at - 1) == "in" and self.word(at - 2).isdecimal())
        if value % 1:
            return self.made("number", value, at, to=after)
        if ordinal or of_many or value <= 1:
            return None
        noun = self.word(place)
        return self.made(
            "count", value, at, to=after, counted=term(noun) if noun[:1].isalpha() and noun not in STOPS else ""
        )


_HUNDRED_CENTS = 100
_OFF = ("off", "-", "–", ",")
_HOUR, _OLDEST = 60, 110
_WHOLE_SPANS = {"viertelstunde": 15.0, "dreiviertelstunde": 45.0, "fortnight": 20160.0, "quinzaine": 20160.0}
_YEARS = ("jahre", "jahren", "ans", "anos", "years")
_AGES_BEHIND = (
    (regex.compile(r"(?:- )?(?:years?|jahre?|anos) (?:- )?(?:old|alt) and (?:over|up|older)\b"), "from"),
    (regex.compile(r"(?:- )?(?:years?|jahre?|anos) (?:- )?(?:old|alt)\b"), ""),
    (regex.compile(r"(?:years? )?(?:(?:and|or|und|et) (?:over|up|older|above|alter|plus)|upwards)\b"), "from"),
    (regex.compile(r"(?:years? )?(?:and|or) (?:under|younger)\b"), "under"),
    (regex.compile(r"(?:th|st|nd|rd) birthday"), "from"),
)
_AGED = regex.compile(r"\b(?:aged?|ages|age of|age de|edad de)$")
_FROM = regex.compile(r"\b(?:ab|des|from|partir de|desde)(?: (?:los|the age of|age de))?$")
_UNDER = regex.compile(r"\b(?:under -|unter|moins de|menores de|(?:children|kids|anyone|people|alle) under)$")
