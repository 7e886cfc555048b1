"""What a text states that can be true or false: numbers, amounts, dates, and what vouches for a claim."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_MONEY = """
percent cent cents prozent procent pct euro euros dollar dollars pound pounds pence penny eur usd gbp chf franc francs
franken zloty pln
"""
_CALENDAR = """
today tonight tomorrow yesterday noon midnight monday tuesday wednesday thursday friday saturday sunday weekend
january february april june july august september october november december
heute morgen gestern montag dienstag mittwoch donnerstag freitag samstag sonntag wochenende januar februar märz
juni juli oktober dezember
demain lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août septembre
octobre novembre décembre
hoy mañana ayer lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio
agosto septiembre octubre noviembre diciembre
vandaag gisteren maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart augustus
"""
_SAID_IN_WORDS = frozenset(_COUNTING.split()) | frozenset(_MONEY.split()) | frozenset(_CALENDAR.split())
_MONTHS_THAT_ARE_WORDS = frozenset(("May", "March"))
"""They are dates only where they are written with a capital."""
_VOUCHING = (
    "studies", "study", "survey", "research", "scientist", "scientific", "expert", "institut", "universit", "laborator",
    "clinical", "certif", "approved", "proven", "patent", "award", "guarant", "official", "licensed", "accredit",
)  # fmt: skip
"""How words begin that lend a claim somebody's authority, or promise something in the brand's name."""
_SAME = 5
"""Letters by which two forms of a word know each other."""
_INSIDE = ".,:’'"
_THOUSAND = 3


def stated(text: str) -> Iterator[str]:
    """Every number, amount and date of a text in one spelling; and each of the same value has the same."""
    yield from _numbers(text)
    yield from (c for c in text if c in "%‰" or unicodedata.category(c) == "Sc")
    for word in words_of(text):
        lower = word.lower()
        if {lower, lower.removesuffix("fold")} & _SAID_IN_WORDS or word in _MONTHS_THAT_ARE_WORDS:
            yield lower


def vouches(text: str, known: frozenset[str]) -> bool:
    """True where the text names a study, a seal or a guarantee of which the ``known`` words say nothing."""
    starts = {word[:_SAME] for word in known}
    said = (word.lower() for word in words_of(text))
    return any(word.startswith(_VOUCHING) and word[:_SAME] not in starts for word in said)


def words_of(text: str) -> list[str]:
    """The runs of letters and digits."""
    return "".join(c if c.isalnum() else " " for c in text).split()


def _numbers(text: str) -> Iterator[str]:
    """Runs of digits with the points and commas inside them; signs such as ½ by themselves."""
    number = ""
    for at, c in enumerate(f"{text} "):
        if c.isdecimal():
            number += c
        elif number and c in _INSIDE and text[at + 1 : at + 2].isdecimal():
            number += "," if c != ":" else c
        else:
            if number:
                yield _plain(number)
            number = ""
            if c.isnumeric():
                yield c


def _plain(number: str) -> str:
    """Without what parts the thousands; the same for a decimal point and a decimal comma."""
    first, *rest = number.split(",")
    grouped = rest and len(first) <= _THOUSAND and all(len(group) == _THOUSAND for group in rest)
    return "".join((first, *rest)) if grouped else number
