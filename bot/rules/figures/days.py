"""Days and hours in a text: 5 March, 20.12., half past three, from ten till five, 22 Uhr."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from bot.rules.figures.tokens import HALF_DAY, Tokens
from bot.rules.figures.words import (
    AT_HOUR,
    BEFORE_DAYS,
    CURRENCIES,
    ENDS,
    HALVES,
    MONTH_NAMES,
    NUMBERS,
    OF_DAY,
    PARTS_OF_DAY,
    SPANS,
    STARTS,
    STOPS,
    UNITS_BEHIND,
)

if TYPE_CHECKING:
    from bot.rules.figures.tokens import Figure

_ISO = regex.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NUMERIC = regex.compile(r"(\d{1,2})([./])(\d{1,2})(?:[./](\d{4}|\d\d))?")
_CLOCK = regex.compile(r"(\d{1,2})[h:](\d\d)")
_DOTTED = regex.compile(r"(\d{1,2})\.([0-5]\d)")
_MONTHS, _DAYS, _HOURS, _HOUR, _DAY, _CENTURY = 12, 31, 24, 60, 1440, 2000
FIRST_YEAR, LAST_YEAR = 1600, 2100
_ORDINAL = ("st", "nd", "rd", "th", "er")
_GERMAN_DAYS = ("am", "der", "den", "dem", "zum", "vom")
_SPAN = ("-", "–", "to", "till", "until", "bis")
_PAST, _TO = ("past", "nach"), ("to", "vor")
_TOLD = (5, 10, 20, 25)
_LEAST_FRENCH = 5
_AFTER_ONE = 13 * 60
Read = tuple["Figure", int] | None
"""A figure and the place behind it."""


class Days(Tokens):
    """A text with its days and hours."""

    def date(self, at: int) -> Read:
        """The day that begins here."""
        word = self.word(at)
        if parts := _ISO.fullmatch(word):
            return self._day(int(parts[3]), int(parts[2]), int(parts[1]), at=at, to=at + 1)
        if parts := _NUMERIC.fullmatch(word):
            return self._numeric(parts, at)
        if word in MONTH_NAMES and self.raw[at][:1].isupper() and (found := self._day_number(at + 1)):
            year, after = self._year(found[1])
            return self._day(found[0], MONTH_NAMES[word], year, at=at, to=after)
        return self._day_first(at)

    def _day_first(self, at: int) -> Read:
        found = self._day_number(at)
        if not found:
            return None
        day, after = found
        if self.word(after) in (*_SPAN, "au", "al") and (month := self._month_of_the_end(after + 1)):
            return self._day(day, month, 0, at=at, to=after)
        after += self.word(after) in (".", "of", "de")
        if month := MONTH_NAMES.get(self.word(after)):
            year, after = self._year(after + 1)
            return self._day(day, month, year, at=at, to=after)
        alone = self.word(at + 1) in _ORDINAL and self.word(at - 1) == "the" and self.word(at - 2) in BEFORE_DAYS
        closed = self.word(at + 1) == "." and self.spans[at][1] == self.spans[at + 1][0]
        alone = alone or (closed and self.word(at - 1) in _GERMAN_DAYS)
        return self._day(day, 0, 0, at=at, to=at + 2) if alone else None

    def _month_of_the_end(self, at: int) -> int:
        """The month in "4 to 31 January", which the first day has as well; 0 where there is none."""
        last = self._day_number(at + (self.word(at) in ("the", "zum")))
        return MONTH_NAMES.get(self.word(last[1] + (self.word(last[1]) in (".", "of", "de"))), 0) if last else 0

    def _numeric(self, parts: regex.Match[str], at: int) -> Read:
        """Of 03/04/2027, which is another day elsewhere, nothing."""
        first, second, year = int(parts[1]), int(parts[3]), int(parts[4] or 0)
        year += _CENTURY if 0 < year < _CENTURY // 20 else 0
        dotted = parts[2] == "."
        day, month = (first, second) if second <= _MONTHS else (second, first)
        sure = first > _MONTHS or second > _MONTHS or first == second or dotted
        closed = self.word(at + 1) == "." and self.spans[at][1] == self.spans[at + 1][0]
        short = dotted and closed and self.word(at - 1) in BEFORE_DAYS
        return self._day(day, month, year, at=at, to=at + 1) if sure and (year or short) else None

    def _day(self, day: int, month: int, year: int, *, at: int, to: int) -> Read:
        if not (0 < day <= _DAYS and 0 <= month <= _MONTHS):
            return None
        return self.made("date", (day, month, year), at, to=to)

    def _day_number(self, at: int) -> tuple[int, int] | None:
        word = self.word(at)
        if not (word.isdecimal() and len(word) <= len("31") and 0 < int(word) <= _DAYS):
            return None
        return int(word), at + 1 + (self.word(at + 1) in _ORDINAL)

    def _year(self, at: int) -> tuple[int, int]:
        place = at + (self.word(at) in (",", "de", "del"))
        word = self.word(place)
        is_year = word.isdecimal() and len(word) == len("2016") and FIRST_YEAR <= int(word) < LAST_YEAR
        return (int(word), place + 1) if is_year else (0, at)

    def clock(self, at: int) -> Read:
        """The hour that begins here."""
        word = self.word(at)
        if word in OF_DAY:
            return self._hour(OF_DAY[word], at, at + 1, sure=True)
        if parts := _CLOCK.fullmatch(word):
            return self._marked(int(parts[1]) * _HOUR + int(parts[2]), at, at + 1)
        return self._told(at) or self._bare_hour(at)

    def _told(self, at: int) -> Read:
        """Half past three, twenty to six, halb zehn, a quarter to nine."""
        word, then = self.word(at), self.word(at + 1)
        said = self.word(at - 1) in AT_HOUR
        shift, place = 0.0, at + 2
        if word in HALVES and then in (*_PAST, *_TO):
            shift = HALVES[word] * (1 if then in _PAST else -1)
        elif word == "halb" or (word == "half" and said):
            shift, place = 30 if word == "half" else -30, at + 1
        elif NUMBERS.get(word) in _TOLD and then in ("to", "past") and said:
            shift = NUMBERS[word] * (1 if then == "past" else -1)
        hour = self.number(place) if shift else None
        if not hour or not 1 <= hour[0] <= _HOURS or hour[0] % 1 or self.word(hour[1]) in {*SPANS, *CURRENCIES}:
            return None
        return self._marked(hour[0] * _HOUR + shift, at, hour[1])

    def _bare_hour(self, at: int) -> Read:
        """An hour alone, where the words around say that it is one."""
        dotted = _DOTTED.fullmatch(self.word(at))
        found = (int(dotted[1]) + int(dotted[2]) / _HOUR, at + 1) if dotted else self.number(at)
        if not found or not 0 <= found[0] <= _HOURS or (found[0] % 1 and not dotted):
            return None
        hour, after = found
        minutes, behind, before = round(hour * _HOUR), self.word(after), self.word(at - 1)
        if self._half_of_day(after) is not None or behind in ("uhr", "o'clock"):
            return self._marked(minutes, at, after)
        if behind in ("h", "heures", "horas") and before in ("a", "des", "las") and hour >= _LEAST_FRENCH:
            return self._marked(minutes, at, after + 1)
        if behind in UNITS_BEHIND or behind == "+" or (behind[:1].isalpha() and behind not in STOPS) or not hour:
            return None
        if dotted:
            return self._marked(minutes, at, after) if before in (*AT_HOUR, "the") else None
        is_hour = before in AT_HOUR or self._begins_span(after) or self._ends_span(at)
        return self._marked(minutes, at, after) if is_hour else None

    def _begins_span(self, after: int) -> bool:
        """True for the first of "10 till 5" and "6-22 Uhr"."""
        second = self.number(after + 1) if self.word(after) in _SPAN else None
        if self.word(after) not in _SPAN:
            return False
        end = second[1] if second else after + 2
        said = self._half_of_day(end) is not None or self.word(end) == "uhr" or ":" in self.word(after + 1)
        spoken = self.word(after) in ("till", "until") and bool(second) and self.word(end) not in UNITS_BEHIND
        return said or spoken

    def _ends_span(self, at: int) -> bool:
        return self.word(at - 1) in ("till", "until") and self.word(at - 2) in NUMBERS

    def _half_of_day(self, at: int) -> int | None:
        """0 before noon, 720 after, None where it isn't said; "in the evening" has three words."""
        if self.word(at) in ("am", "pm"):
            return 0 if self.word(at) == "am" else HALF_DAY
        if self.word(at) in ("a", "p") and self.words[at + 1 : at + 3] == [".", "m"]:
            return 0 if self.word(at) == "a" else HALF_DAY
        said = " ".join(self.words[at : at + 3])
        return next((half for way, half in PARTS_OF_DAY.items() if said.startswith(way)), None)

    def _marked(self, minutes: float, at: int, after: int) -> Read:
        """The hour with what says in which half of the day it is."""
        by_clock = self.word(after) in ("uhr", "o'clock")
        after += by_clock
        if by_clock and self.word(after).isdecimal() and self.word(after - 1) == "uhr":
            minutes, after = minutes + int(self.word(after)), after + 1
        half = self._half_of_day(after)
        if half is not None:
            after += self.word(after) in ("am", "pm")
        elif self.word(after) in ("-", "–", "to") and (second := self.number(after + 1)):
            half = self._half_of_day(second[1])
        minutes = minutes if half is None else minutes % HALF_DAY + half
        written = bool(_CLOCK.fullmatch(self.word(at))) or self.word(after - 1) == "uhr"
        return self._hour(minutes % _DAY, at, after, sure=half is not None or minutes >= _AFTER_ONE or written)

    def _hour(self, minutes: float, at: int, to: int, *, sure: bool) -> Read:
        """Beginnings and ends are told apart: from ten, until five."""
        figure, after = self.made("time", float(minutes), at, to=to)
        before = self.words[max(0, at - 3) : at]
        ends = bool(ENDS & {*before}) or before[-1:] in (["-"], ["–"], ["to"])
        bound = "from" if STARTS & {*before[-2:]} else ""
        if ends:
            bound = "until"
        return replace(figure, bound=bound, sure=sure), after
