"""Days, times and dates in a line: by them a plan ("LinkedIn: Tuesday, 9:00") is told from a post."""

from __future__ import annotations

_DAYS = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun today tomorrow
tonight january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so heute morgen
januar februar märz mai juni juli oktober dezember
lundi mardi mercredi jeudi vendredi samedi dimanche aujourd'hui demain
janvier février mars avril juin juillet août septembre octobre novembre décembre
lunes martes miércoles jueves viernes sábado domingo hoy mañana
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
"""
_SETTLED = "tbd tba tbc done live posted published scheduled ready pending approved waiting skip none paused"
"""Words that can be an entry of a plan all by themselves."""
_BESIDE = """
at on by from until till and or am pm noon midnight morning evening afternoon night eod eow cet cest gmt utc est pst
the of next this week open nothing later soon first second half uhr um ab bis h à le el a las los de
"""
"""Words that stand beside days and times in a plan."""
_PLANS = """
plan plans planning schedule calendar timeline deadlines deadline dates status overview rota roadmap todo to-do
redaktionsplan zeitplan termine kalender calendrier planification calendario horario
"""
_POINTS = frozenset([*_DAYS.split(), *_SETTLED.split()])
_WHEN = frozenset(_BESIDE.split())
_ANNOUNCED = frozenset(_PLANS.split())
_DIGITS = len("31122026")
_LONGEST = 8
"""Words of an entry in a plan."""
_ENDS = (".", "!", "?", "…")


def is_when(words: str) -> bool:
    """True where these words say nothing but when, or that it is settled."""
    said = _words(words)
    return any(_is_point(word) for word in said) and all(map(is_of_a_plan, said))


def is_of_a_plan(word: str) -> bool:
    """True for a day, a time or a date, or a word that stands beside one."""
    return _is_point(word) or word in _WHEN


def is_entry(words: str) -> bool:
    """True where these words may be an entry of a plan: few, no sentence, and a time among them."""
    said = _words(words)
    short = 0 < len(said) <= _LONGEST and not words.rstrip().endswith(_ENDS)
    return short and any(_is_point(word) for word in said)


def is_short(words: str) -> bool:
    """True where there are no more words than in an entry of a plan."""
    return 0 < len(_words(words)) <= _LONGEST


def announces_plan(line: str) -> bool:
    """True for a line such as "Plan for June:"."""
    return line.rstrip().endswith(":") and not _ANNOUNCED.isdisjoint(_words(line))


def _words(text: str) -> list[str]:
    words = [word.strip(".,;:()[]–—-/*_") for word in text.lower().replace("’", "'").split()]
    return [word for word in words if word]


def _is_point(word: str) -> bool:
    """True for a day, a month, a time or a date ("9:00", "17h", "12.6.", "9am"), or an entry such as "tbd"."""
    number = word.removesuffix("am").removesuffix("pm").removesuffix("h").removesuffix("st").removesuffix("th")
    digits = "".join(c for c in number if c not in ":./-–")
    return word in _POINTS or (digits.isdecimal() and len(digits) <= _DIGITS)
