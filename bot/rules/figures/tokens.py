"""A text in words, with the numbers among them; and what a figure in it is."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import regex

from bot.rules.figures.words import BIG, BOUNDS, BOUNDS_BEHIND, NUMBERS

Value = float | tuple[int, int, int]
"""A number in the least unit of its kind; of a date its day, month and year, 0 for what isn't said."""
HALF_DAY = 720
"""Minutes."""
_NEAR_ENOUGH, _SAME = 0.06, 1e-9
"""Of durations in other words, and about: a month, four weeks and 30 days are one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its unit, at ``start`` to ``end``.

    ``bound`` is the limit that it is said to be ("from", "to", "until", "over", "under", "about"), ``per`` what an
    amount is for, ``counted`` what is counted, both without their endings. ``sure`` is False for an hour that may be
    before or after noon.
    """

    kind: str
    value: Value
    start: int
    end: int
    bound: str = ""
    per: str = ""
    counted: str = ""
    sure: bool = True

    def agrees(self, other: Figure) -> bool:
        """True where both may be the same, or this one only says that it is less or more than something."""
        mine, theirs = self.value, other.value
        if isinstance(mine, tuple) or isinstance(theirs, tuple):
            return isinstance(mine, tuple) and isinstance(theirs, tuple) and _is_same_day(mine, theirs)
        if self.kind == "time" and not (self.sure and other.sure):
            return mine % HALF_DAY == theirs % HALF_DAY
        if self.bound != other.bound and self.kind != "age" and self.bound in ("under", "over"):
            return theirs <= mine if self.bound == "under" else theirs >= mine
        apart = _NEAR_ENOUGH if self.kind == "duration" or self.bound == "about" else _SAME
        return abs(mine - theirs) <= apart * max(abs(mine), abs(theirs))


def _is_same_day(mine: tuple[int, int, int], theirs: tuple[int, int, int]) -> bool:
    return all(one == other or not (one and other) for one, other in zip(mine, theirs, strict=True))


_ELISION = regex.compile(r"^(?:l|d|qu)'")


def plain_word(word: str) -> str:
    """In small letters and without accents, a genitive's end or a French article before it."""
    word = _ELISION.sub("", word.casefold().replace("’", "'")).removesuffix("'s")
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


_TOKEN = regex.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[h:]\d\d(?!\d)|\d+(?:[.,/]\d+)*|[£$€¥%+&]|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?|[^\s\w]"
)
_DIGITS = regex.compile(r"\d+(?:[.,]\d+)*")
_PARTED = regex.compile(r"\d{1,3}(?:,\d{3})+")
_ABROAD = regex.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+,\d{1,2}")
_LONGEST = 12
"""Digits of a number."""
_HUNDRED, _THOUSAND, _TWENTY = 100, 1000, 20
_AND = ("-", "and", "et", "y")
_LOOKED_BACK = 4


class Tokens:
    """One text in words; ``at`` is always the place of one of them, and there is none behind the last."""

    def __init__(self, text: str) -> None:
        self.spans = [match.span() for match in _TOKEN.finditer(text)]
        self.raw = [text[begin:end] for begin, end in self.spans]
        self.words = [plain_word(word) for word in self.raw]

    def word(self, at: int) -> str:
        """The word there, "" where none is."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def made(
        self, kind: str, value: Value, at: int, *, to: int, per: str = "", counted: str = ""
    ) -> tuple[Figure, int]:
        """The figure from one word to before another, with the limit that it is; and the place behind it."""
        start, end = self.spans[at][0], self.spans[to - 1][1]
        return Figure(kind, value, start, end=end, bound=self._bound(at, to), per=per, counted=counted), to

    def _bound(self, at: int, to: int) -> str:
        before = [
            word for word in self.words[max(0, at - _LOOKED_BACK) : at] if word not in ("the", "den", "dem", "le", "el")
        ]
        for size in (3, 2, 1):
            if bound := BOUNDS.get(" ".join(before[-size:])):
                return bound
        if self.word(to) == "+":
            return "from"
        if any(BOUNDS.get(word) == "about" for word in before[-3:]) and before[-1:] in (["every"], ["a"], ["alle"]):
            return "about"
        behind = " ".join(self.words[to : to + _LOOKED_BACK])
        return next((bound for way, bound in BOUNDS_BEHIND.items() if way in behind), "")

    def number(self, at: int) -> tuple[float, int] | None:
        """The number that begins here, and the place behind it."""
        word = self.word(at)
        if word[:1].isdigit():
            return self._digits(word, at)
        value, after = NUMBERS.get(word), at + 1
        if value is None:
            return None
        while step := self._joined(value, after):
            value, after = step
        return value, after

    def _joined(self, value: float, at: int) -> tuple[float, int] | None:
        """With the next word of the same number: forty-five, three hundred and twenty, treinta y cinco."""
        joint = self.word(at) in _AND
        more = NUMBERS.get(self.word(at + joint))
        if more is None or (joint and self.word(at) in ("and", "y") and value <= _TWENTY):
            return None
        if more in (_HUNDRED, _THOUSAND) and value < more and not joint:
            return value * more, at + 1
        if value == 4 and more == _TWENTY and self.word(at) == "-":  # quatre-vingt  # noqa: PLR2004
            return 80.0, at + 2
        fits = (value % 100 == 0 and more < _HUNDRED) or (value % 10 == 0 and value >= _TWENTY and more < 10)  # noqa: PLR2004
        teens = value in (60, 80) and 10 <= more < _TWENTY  # noqa: PLR2004
        teens = teens or (value == 10 and more in (7, 8, 9) and joint)  # dix-sept  # noqa: PLR2004
        return (value + more, at + joint + 1) if fits or teens else None

    def _digits(self, word: str, at: int) -> tuple[float, int] | None:
        if not _DIGITS.fullmatch(word):
            return None
        abroad = _ABROAD.fullmatch(word) and not _PARTED.fullmatch(word)
        plain = word.replace(".", "").replace(",", ".") if abroad else word.replace(",", "")
        if plain.count(".") > 1 or len(plain) > _LONGEST:
            return None
        big = BIG.get(self.word(at + 1))
        return (float(plain) * big, at + 2) if big else (float(plain), at + 1)
