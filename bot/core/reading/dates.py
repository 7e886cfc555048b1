"""Dates as people write them in tables, in English, German, French and Spanish."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY_FIRST, MONTH_FIRST = "day", "month"
_ISO = len("2026-09-30")
_MONTHS = (
    "january januar janner janvier enero",
    "february februar fevrier febrero",
    "march marz maerz mars marzo",
    "april avril abril",
    "may mai mayo",
    "june juni juin junio",
    "july juli juillet julio",
    "august aout agosto",
    "september septembre septiembre setiembre",
    "october oktober octobre octubre",
    "november novembre noviembre",
    "december dezember decembre diciembre",
)
_WEEKDAYS = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so
lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim
lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom
"""
_BESIDE = "at um a las la de del of the den le el am pm uhr h utc gmt cet cest"
"""Words that stand beside a date or a time of day."""
_DAYS, _ASIDE = frozenset(_WEEKDAYS.split()), frozenset(_BESIDE.split())
_ENDINGS = ("st", "nd", "rd", "th", "er", "º", ".")
_LONGEST = 60


def is_day(typed: str) -> bool:
    """True for an ISO date, with or without a time of day."""
    try:
        return date.fromisoformat(typed[:_ISO]).isoformat() == typed[:_ISO] and typed[_ISO : _ISO + 1] in ("", "T", " ")
    except ValueError:
        return False


def days_meant(typed: str, order: str = "") -> tuple[str, ...]:
    """The ISO dates that somebody may have meant: none, one, or both where day and month may change places.

    ``order`` is what the rest of the file tells of that, or "".
    """
    if is_day(typed):
        return (typed[:_ISO],)
    parts = _parts(typed)
    if len(parts) != _PARTS:
        return ()
    if all(map(str.isdecimal, parts)):
        return _by_numbers(*map(str, parts), dotted="." in typed, order=order)
    by_name = [one for one in (parts, [parts[1], parts[0], parts[2]]) if one[0].isdecimal() and _month(one[1])]
    year = parts[2]
    is_year = year.isdecimal() and len(year) == len("2026")
    return _valid([(int(year), _month(month), int(day)) for day, month, _ in by_name]) if is_year else ()


_PARTS = 3


def _parts(typed: str) -> list[str]:
    """The day, the month and the year in the order in which they stand, without what stands around them."""
    said = _plain(typed[:_LONGEST]).replace(",", " ")
    words = [word for word in said.split() if word not in _ASIDE and not _is_time(word)]
    for sign in "./-":
        words = [part for word in words for part in word.split(sign) if part]
    words = words[1:] if len(words) > _PARTS and words[0] in _DAYS else words
    return [_number(word) for word in words]


def _is_time(word: str) -> bool:
    hour, colon, rest = word.replace("h", ":", 1).partition(":")
    return bool(colon) and hour.isdecimal() and rest[:2].isdecimal() | (not rest)


def _number(word: str) -> str:
    """Without the ending of "3rd" or "1er"."""
    bare = next((word.removesuffix(end) for end in _ENDINGS if word.endswith(end)), word)
    return bare if bare.isdecimal() else word


def is_date(typed: str) -> bool:
    """True where somebody means a day by it."""
    return bool(days_meant(typed))


def order_in(every: Iterable[str]) -> str:
    """Whether dates like 03/04/2026 in a file have the day or the month first, where one of them can only be either."""
    orders = {order for typed in every if (order := _order(typed))}
    return orders.pop() if len(orders) == 1 else ""


def _order(typed: str) -> str:
    parts = _parts(typed)
    if is_day(typed) or "." in typed or len(parts) != _PARTS or not all(map(str.isdecimal, parts)):
        return ""
    first, second = int(parts[0]), int(parts[1])
    if len(parts[0]) > len("31") or max(first, second) <= _YEAR:
        return ""
    return DAY_FIRST if second <= _YEAR else MONTH_FIRST if first <= _YEAR else ""


_YEAR = 12
"""Months of one."""


def _by_numbers(first: str, second: str, third: str, *, dotted: bool, order: str) -> tuple[str, ...]:
    short, long = len("31"), len("2026")
    if len(first) == long:
        return _valid([(int(first), int(second), int(third))]) if len(third) <= short else ()
    if len(third) not in ((short, long) if dotted else (long,)):
        return ()
    year = int(third) + (_CENTURY if len(third) == short else 0)
    by_order = {DAY_FIRST: (year, int(second), int(first)), MONTH_FIRST: (year, int(first), int(second))}
    wanted = DAY_FIRST if dotted else order
    return _valid([by_order[wanted]] if wanted else by_order.values())


_CENTURY = 2000


def _valid(dates: Iterable[tuple[int, int, int]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for one in dates:
        with suppress(ValueError):
            found[date(*one).isoformat()] = None
    return tuple(found)


def _month(name: str) -> int:
    """By its name or the beginning of it; 0 where that may be two, or none."""
    if len(name) < len("may"):
        return 0
    meant = [number for number, names in enumerate(_MONTHS, 1) if any(one.startswith(name) for one in names.split())]
    return meant[0] if len(meant) == 1 else 0


def _plain(typed: str) -> str:
    """Without case and accents."""
    said = unicodedata.normalize("NFD", typed.strip().casefold())
    return "".join(sign for sign in said if not unicodedata.combining(sign))
