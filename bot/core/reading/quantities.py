"""Numbers with their units, so that a rewording of a sentence can be held against what it was made of.

Nothing is converted: 30 minutes and half an hour differ, and so do two days and 2 days.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COUNTING = """
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety zero dozen dozens hundred hundreds thousand thousands million
millions billion billions half halves halved quarter quarters twice thrice double doubled doubles triple tripled triples
quadruple quadrupled
zwei drei vier fünf sechs sieben acht neun zehn zwölf zwanzig dreißig vierzig fünfzig hundert tausend halb halbe halben
hälfte doppelt doppelte doppelten dreifach zweimal dreimal
deux trois quatre cinq sept huit neuf dix douze vingt trente quarante cinquante mille moitié
dos tres cuatro cinco seis siete ocho nueve diez veinte treinta cuarenta cincuenta ciento cien mil mitad doble
twee drie vijf zes zeven negen tien twaalf twintig dertig veertig honderd duizend helft dubbel dubbele
"""
COUNTING = frozenset(_COUNTING.split())
"""Words that count. An article is none."""

_KINDS = {
    "share": {"%": "% percent pct prozent", "‰": "‰"},
    "money": {
        "euro": "€ euro euros eur",
        "pound": "£ pound pounds gbp quid",
        "dollar": "$ dollar dollars usd dólar dólares",
        "franc": "chf franc francs franken",
        "zloty": "zł pln zloty",
        "cent": "¢ cent cents centime centimes céntimo céntimos",
        "penny": "pence penny",
    },
    "time": {
        "second": "second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondo secondi seconden",
        "minute": "minute minutes min mins minuten minuto minutos minuti minuut",
        "hour": "hour hours hr hrs h stunde stunden std heure heures hora horas ora ore uur",
        "day": "day days tag tage tagen werktag werktage werktagen jour jours día días giorno giorni dag dagen",
        "week": "week weeks woche wochen semaine semaines semana semanas settimana settimane weken",
        "month": "month months monat monate monaten mois mes meses mese mesi maand maanden",
        "year": "year years yr yrs jahr jahre jahren ans année années año años anno anni jaar",
    },
    "clock": {"am": "am", "pm": "pm", "uhr": "uhr"},
    "length": {
        "mm": "mm",
        "cm": "cm",
        "m": "m metre metres meter meters metern mètre mètres metro metros",
        "km": "km kilometre kilometres kilometer kilometers kilometern kilomètre kilomètres kilómetro kilómetros",
        "mile": "mile miles",
        "foot": "ft foot feet",
        "inch": "inch inches",
    },
    "weight": {
        "mg": "mg",
        "g": "g gram grams gramm gramme grammes gramo gramos",
        "kg": "kg kgs kilo kilos kilogram kilograms kilogramm",
        "tonne": "ton tons tonne tonnes tonnen tonelada toneladas",
        "lb": "lb lbs",
        "oz": "oz ounce ounces",
    },
    "volume": {"ml": "ml", "cl": "cl", "l": "l litre litres liter liters litern litro litros"},
    "warmth": {"°": "° °c °f grad degree degrees"},
    "power": {"w": "watt watts", "kw": "kw", "kwh": "kwh", "kcal": "kcal calories kalorien", "v": "volt volts"},
    "data": {"mb": "mb", "gb": "gb", "tb": "tb"},
    "times": {"times": "x × times fold mal fois veces"},
}
_UNITS = {
    word: (kind, unit) for kind, units in _KINDS.items() for unit, words in units.items() for word in words.split()
}
_BETWEEN = frozenset(
    ("-", "–", "—", "to", "bis", "à", "a", "and", "or", "und", "oder", "et", "ou", "y", "o", "tot", "en")
)
"""Between two numbers that share a unit."""
_INSIDE = frozenset(".,:’'")
"""Between the digits of a number."""
_PASSED_OVER = frozenset("-/’'\u2011")
_NEAR = 2
"""Words behind a number among which its unit stands ("3 working days", "£4 per month")."""
_THOUSAND = 3


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it is written, its units by their kind, and the word behind it."""

    number: str
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    behind: str = ""

    def is_of(self, other: Quantity) -> bool:
        """True for the same number of the same: both without a unit, or no unit of a kind that differs."""
        shared = self.units.keys() & other.units.keys()
        alike = bool(shared) or not (self.units or other.units)
        return self.number == other.number and alike and all(self.units[k] == other.units[k] for k in shared)

    def counts_the_same(self, other: Quantity) -> bool:
        """True where, in addition, what has no unit is followed by the same word, if by any."""
        return self.is_of(other) and bool(self.units or self.behind in ("", other.behind))


def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text in order. The ends of a range share the unit that only one of them has."""
    tokens = list(_tokens(text.lower().replace("p.m.", "pm").replace("a.m.", "am")))
    found = {at: _quantity(tokens, at) for at, token in enumerate(tokens) if _counts(token)}
    for first, last in pairwise(list(found)):
        if last - first == _NEAR and tokens[first + 1] in _BETWEEN:
            one, other = found[first], found[last]
            found[first] = replace(one, units={**other.units, **one.units})
            found[last] = replace(other, units={**one.units, **other.units})
    return tuple(found.values())


def _plain(number: str) -> str:
    """Without what parts the thousands; the same for a decimal point and a decimal comma."""
    first, *rest = number.split(",")
    grouped = rest and len(first) <= _THOUSAND and all(len(group) == _THOUSAND for group in rest)
    return "".join((first, *rest)) if grouped else number


def _tokens(text: str) -> Iterator[str]:
    """Numbers with what is inside them, words, and signs one by one; white space but for the ends of lines is none."""
    token = ""
    for at, sign in enumerate(text):
        joins = token[:1].isdecimal() and sign in _INSIDE and text[at + 1 : at + 2].isdecimal()
        if token and (joins or (sign.isdecimal() if token[0].isdecimal() else sign.isalpha())):
            token += sign
            continue
        if token:
            yield token
        token = sign if sign.isdecimal() or sign.isalpha() else ""
        if not token and (sign == "\n" or not sign.isspace()):
            yield sign
    if token:
        yield token


def _counts(token: str) -> bool:
    return token[0].isdecimal() or token in COUNTING


def _quantity(tokens: list[str], at: int) -> Quantity:
    words = list(_behind(tokens, at))
    before = tokens[at - 1] if at else ""
    units = [_UNITS[word] for word in words if word in _UNITS]
    if before in _UNITS and _UNITS[before][0] == "money":
        units.append(_UNITS[before])
    number = tokens[at]
    if number[0].isdecimal():
        number = _plain("".join("," if sign in ".’'" else sign for sign in number))
    return Quantity(number, dict(reversed(units)), next((word for word in words if word.isalpha()), ""))


def _behind(tokens: list[str], at: int) -> Iterator[str]:
    """The signs and the first words behind a number, up to the next number or the end of what it is part of."""
    words = 0
    for token in tokens[at + 1 :]:
        if words == _NEAR or _counts(token) or not (token in _UNITS or token.isalpha() or token in _PASSED_OVER):
            return
        words += token.isalpha()
        yield token
