"""Words of figures in English, German, French and Spanish, without accents and capitals."""

from __future__ import annotations

from typing import TypeVar

V = TypeVar("V")


def _ways(table: dict[V, str]) -> dict[str, V]:
    return {word: value for value, words in table.items() for word in words.split()}


def _phrases(table: dict[V, str]) -> dict[str, V]:
    return {" ".join(way.split()): value for value, ways in table.items() for way in ways.split(",")}


# Numbers.

_NUMBERS_LISTED: dict[float, str] = {
    1: "one eins",
    1.5: "anderthalb eineinhalb",
    2: "two zwei deux dos zwo",
    3: "three drei trois tres",
    4: "four vier quatre cuatro",
    5: "five funf cinq cinco",
    6: "six sechs seis",
    7: "seven sieben sept siete",
    8: "eight acht huit ocho",
    9: "nine neun neuf nueve",
    10: "ten zehn dix diez",
    11: "eleven elf onze",
    12: "twelve zwolf douze doce dozen dutzend douzaine docena",
    13: "thirteen dreizehn treize trece",
    14: "fourteen vierzehn quatorze catorce",
    15: "fifteen funfzehn quinze quince",
    16: "sixteen sechzehn seize dieciseis",
    17: "seventeen siebzehn diecisiete",
    18: "eighteen achtzehn dieciocho",
    19: "nineteen neunzehn diecinueve",
    20: "twenty zwanzig vingt veinte",
    30: "thirty dreissig trente treinta",
    40: "forty fourty vierzig quarante cuarenta",
    50: "fifty funfzig cinquante cincuenta",
    60: "sixty sechzig soixante sesenta",
    70: "seventy siebzig setenta",
    80: "eighty achtzig vingts ochenta",
    90: "ninety neunzig noventa",
    100: "hundred hundert cent cents cien ciento",
    200: "doscientos zweihundert",
    300: "trescientos dreihundert",
    1000: "thousand tausend mille mil",
}
_GERMAN_ONES = "ein zwei drei vier funf sechs sieben acht neun"
_GERMAN_TENS = "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig"
_SPANISH_ONES = "uno dos tres cuatro cinco seis siete ocho nueve"
NUMBERS = {
    **_ways(_NUMBERS_LISTED),
    **{
        f"{one}und{ten}": 10.0 * tens + n
        for tens, ten in enumerate(_GERMAN_TENS.split(), 2)
        for n, one in enumerate(_GERMAN_ONES.split(), 1)
    },
    **{f"veinti{one}": 20.0 + n for n, one in enumerate(_SPANISH_ONES.split(), 1)},
}
"""Numbers that are one word each; a 1 that is only an article is none, and Spanish "once" is far more often English."""
_BIG_LISTED: dict[float, str] = {
    1000.0: "k thousand tausend mil mille",
    1000000.0: "million millions millionen millones",
    1000000000.0: "billion bn",
}
BIG = _ways(_BIG_LISTED)
SHARES = {"fifth": 20.0, "third": 100 / 3, "quarter": 25.0, "tenth": 10.0}
COINS = {"tenner": 10.0, "fiver": 5.0}
RANGE = frozenset(("to", "-", "–", "bis", "a", "and"))
"""Between the two ends of a range."""

# Units.

_SPANS_LISTED: dict[float, str] = {
    1: "minute minutes min mins minuten minuto minutos",
    60: "hour hours hr hrs h stunde stunden std heure heures hora horas",
    1440.0: "day days tag tage tagen jour jours dia dias werktag werktage werktagen",
    10080.0: "week weeks wk wks woche wochen semaine semaines semana semanas",
    20160.0: "fortnight fortnights",
    43776.0: "month months mth mths monat monate monaten mois mes meses",
    525312.0: "year years yr yrs jahr jahre jahren an ans annee annees ano anos",
}
SPANS = _ways(_SPANS_LISTED)
"""Minutes."""
_LENGTHS_LISTED: dict[float, str] = {
    0.001: "mm millimetre millimetres millimeter millimetern",
    0.01: "cm centimetre centimetres centimeter centimetern",
    0.0254: "inch inches",
    1: "m metre metres meter meters metern metro metros",
    0.3048: "ft feet foot",
    1000: "km kilometre kilometres kilometer kilometers kilometern kilometros",
    1609.34: "mile miles",
}
LENGTHS = _ways(_LENGTHS_LISTED)
"""Metres."""
_WEIGHTS_LISTED: dict[float, str] = {
    1: "g gr gram grams gramm gramme grammes gramos",
    1000: "kg kgs kilo kilos kilogram kilograms kilogramm",
    1000000.0: "tonne tonnes tonnen toneladas",
    453.6: "lb lbs",
}
WEIGHTS = _ways(_WEIGHTS_LISTED)
"""Grams."""
_VOLUMES_LISTED: dict[float, str] = {1: "ml", 10: "cl", 1000: "l litre litres liter liters litern litros"}
VOLUMES = _ways(_VOLUMES_LISTED)
"""Millilitres."""
_OTHER_UNITS_LISTED: dict[str, str] = {
    "kwh": "kwh",
    "kw": "kw",
    "mph": "mph",
    "wh": "wh",
    "mb": "mb",
    "gb": "gb gig gigs gigabyte gigabytes",
    "tb": "tb",
    "rpm": "rpm",
    "db": "db",
    "watt": "watt watts",
    "kcal": "kcal calories kalorien",
    "volt": "volt v",
}
OTHER_UNITS = _ways(_OTHER_UNITS_LISTED)
"""What isn't converted."""
_CURRENCIES_LISTED: dict[str, str] = {
    "€": """€, eur, euro, euros""",
    "£": """£, gbp, quid, pounds""",
    "$": """$, usd, dollars, dollar""",
    "€ cent": """cents, cent, centimes, centimos""",
    "£ cent": """pence, p""",
    "chf": """chf, franken""",
    "kr": """nok, sek, dkk, kr, kroner, kronor, kronen""",
}
CURRENCIES = _phrases(_CURRENCIES_LISTED)
UNITS = {
    kind: frozenset(table.values())
    for kind, table in (("duration", SPANS), ("length", LENGTHS), ("weight", WEIGHTS), ("volume", VOLUMES))
}
"""How much a unit is, by kind of figure."""
UNITS_BEHIND = frozenset({*SPANS, *LENGTHS, *WEIGHTS, *VOLUMES, *OTHER_UNITS, *CURRENCIES, "%", "percent", "/"})
"""What makes a number something else than a count, an age or an hour."""
_IN_BETWEEN_LISTED = """
    business calendar consecutive entire free full ganze ganzen more short solid square volle vollen werk whole
    working
"""
IN_BETWEEN = frozenset(_IN_BETWEEN_LISTED.split())
"""Between a number and its unit."""
_PER_WORDS_LISTED = """
    / a al an each every im je la par per por pro
"""
PER_WORDS = frozenset(_PER_WORDS_LISTED.split())
_PERIOD_WORDS_LISTED: dict[str, str] = {
    "month": "month monthly mth mo monat mois mes",
    "year": "year yearly annually annum annual jahr an ano annee yr",
    "week": "week weekly woche semaine semana",
    "day": "day tag jour dia",
    "night": "night nacht nuit noche",
    "person": "person head pp persona personne each adult",
    "hour": "hour stunde heure hora",
}
PERIOD_WORDS = _ways(_PERIOD_WORDS_LISTED)

# Days and hours.

_MONTH_NAMES_LISTED: dict[int, str] = {
    1: "january jan januar janvier enero",
    2: "february feb februar fevrier febrero",
    3: "march mar marz mars marzo",
    4: "april apr avril abril",
    5: "may mai mayo",
    6: "june jun juni juin junio",
    7: "july jul juli juillet julio",
    8: "august aug aout agosto",
    9: "september sept sep septembre septiembre",
    10: "october oct oktober okt octobre octubre",
    11: "november nov novembre noviembre",
    12: "december dec dezember dez decembre diciembre",
}
MONTH_NAMES = _ways(_MONTH_NAMES_LISTED)
_OF_DAY_LISTED: dict[int, str] = {720: "noon midday midi mediodia", 1440: "midnight mitternacht minuit medianoche"}
OF_DAY = _ways(_OF_DAY_LISTED)
"""Minutes since midnight."""
HALVES = {"half": 30, "quarter": 15, "viertel": 15}
"""Of an hour, in minutes."""
_PARTS_OF_DAY_LISTED: dict[int, str] = {
    720: """at night, in the evening, in the afternoon, du soir, abends, de la tarde, de la noche""",
    0: """in the morning, du matin, morgens, de la manana""",
}
PARTS_OF_DAY = _phrases(_PARTS_OF_DAY_LISTED)
_AT_HOUR_LISTED = """
    ab after at before bis by from gegen las till um until
"""
AT_HOUR = frozenset(_AT_HOUR_LISTED.split())
_STARTS_LISTED = """
    ab begin begins de des desde from open opens start starting starts von
"""
STARTS = frozenset(_STARTS_LISTED.split())
_ENDS_LISTED = """
    before bis by cierra cierran close closed closes ferme hasta schliessen schliesst jusqu'a jusqu'au shut shuts till
    until
"""
ENDS = frozenset(_ENDS_LISTED.split())
_BEFORE_DAYS_LISTED = """
    ab am bis by dem den der from on seit till until vom zum
"""
BEFORE_DAYS = frozenset(_BEFORE_DAYS_LISTED.split())
_WEEKDAYS_LISTED: dict[int, str] = {
    0: "monday mondays montag montags lundi lunes mon",
    1: "tuesday tuesdays dienstag dienstags mardi martes tue tues",
    2: "wednesday wednesdays mittwoch mittwochs mercredi miercoles wed",
    3: "thursday thursdays donnerstag donnerstags jeudi jueves thu",
    4: "friday fridays freitag freitags vendredi viernes fri",
    5: "saturday saturdays samstag samstags samedi sabado",
    6: "sunday sundays sonntag sonntags dimanche domingo",
}
WEEKDAYS = {
    **{word: frozenset((day,)) for word, day in _ways(_WEEKDAYS_LISTED).items()},
    **dict.fromkeys(("weekday", "weekdays", "werktags"), frozenset(range(5))),
    **dict.fromkeys(("weekend", "weekends", "wochenende", "wochenenden", "finde"), frozenset((5, 6))),
}

# Limits, and words that tell nothing of what a figure is of.

_BOUNDS_LISTED: dict[str, str] = {
    "from": """from, starts at, start at, starting at, at least, a minimum of, minimum, ab, desde, a partir de,
        mindestens, orders of, des, as little as, au moins, al menos, no less than""",
    "to": """up to, at most, maximum, max, maximum of, a maximum of, within, no more than, never more than, bis zu,
        innerhalb von, jusqu'a, jusqu'au, hasta, hochstens, au maximum, como maximo, inside, not more
        than, no later than, until, till, bis, by, ends, ends on, closes, within about, binnen""",
    "over": """over, more than, above, uber, mehr als, plus de, mas de, beyond, plus, mas""",
    "under": """under, less than, below, unter, weniger als, moins de, menos de, shorter than, moins, menos, best part
        of""",
    "about": """about, around, nearly, almost, roughly, approximately, circa, some, just under, just over, hair under,
        shade over, hair over, rund, etwa, knapp, gut, environ, presque, unos, unas, casi, approx, ca,
        like, gegen""",
}
BOUNDS = _phrases(_BOUNDS_LISTED)
_BOUNDS_BEHIND_LISTED: dict[str, str] = {
    "about": """odd, or so""",
    "from": """or more, and above, onwards, or over""",
    "to": """at most, maximum, max""",
}
BOUNDS_BEHIND = _phrases(_BOUNDS_BEHIND_LISTED)
_STOPS_LISTED = """
    a aber after al all always am an and any are as at au auf aux avec be because been before bei bis both but
    by can con daily das de del dem den der des die do does down du each ein eine einen el en es est et every
    for friday fridays from fur get gets had has have here i if im in into is ist it its just la las le les lo
    los mais mit monday mondays more ne no noch not now nur o oder of off on only or ou our out over par para
    pas per por pour que saturday saturdays schon se sharp since sind so son sont still su sunday sundays sur
    than that the their then there these they this those thursday thursdays till to today tomorrow tonight
    tuesday tuesdays un und under une until up us via von war was we wednesday wednesdays weekdays weekends were
    what when where which while who with within y you your zu
"""
STOPS = frozenset(_STOPS_LISTED.split())
