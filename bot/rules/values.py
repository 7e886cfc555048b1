"""Values in a text: amounts, shares, dates, hours, ages and quantities, each with the words that say what it is of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import regex

from bot.rules.matching import expression

# Values in a text: amounts, shares, dates and quantities, each with the words that say what they are about.
#
# RE2 looks at no neighbours of a match. No pattern here has one repetition inside another: none can backtrack far.

_SHORTEST = 3
"""Letters that are left of a word without its ending."""
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_ABROAD = {
    "jan": "januar enero janvier",
    "feb": "februar febrero février",
    "mar": "märz marzo mars",
    "apr": "abril avril",
    "may": "mai mayo",
    "jun": "juni junio juin",
    "jul": "juli julio juillet",
    "aug": "agosto août",
    "sep": "septiembre septembre",
    "oct": "oktober octubre octobre",
    "nov": "noviembre novembre",
    "dec": "dezember diciembre décembre",
}
_MONTHS_ABROAD = {name: month for month, names in _ABROAD.items() for name in names.split()}
_WEEKDAY = r"(?:\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?[,.]? (?:the )?)?"
_SIGNS = {"EUR": "€", "euro": "€", "euros": "€", "GBP": "£", "USD": "$"}
_BIG = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_BIGS = r"(?:\s?(k|thousand|m|million|bn|billion)\b)?"
_ONES = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
)
_TENS = {
    word: n for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SPELLED = {word: n for n, word in enumerate(f"{_ONES} nineteen".split(), 2)} | {
    f"{tens}-{one}" if one else tens: 10 * ten + n
    for tens, ten in _TENS.items()
    for n, one in enumerate(["", "one", *_ONES.split()[:8]])
}
_UP_TO_99 = rf"(?:{'|'.join(_TENS)})-(?:one|{'|'.join(_ONES.split()[:8])})|{'|'.join(SPELLED)}"
SPELLED_WORDS = rf"(?:a|one|{_ONES.replace(' ', '|')}) hundred(?:(?: and)? (?:{_UP_TO_99}|one))?|{_UP_TO_99}"
_ALONE = r"(?<![\w#.,/£$€¥–-])"
_BEGUN = {
    "founded": "found",
    "established": "found",
    "est": "found",
    "launched": "launch",
    "opened": "open",
    "created": "creat",
    "built": "creat",
    "born": "creat",
    "started": "found",
    "began": "found",
}
_SPANS = {"week": ("day", 7), "fortnight": ("day", 14), "year": ("month", 12)}
"""Durations that are told in other words, too: as which, and how many of them."""
_ELSEWHERE = expression(r"(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d\d))?")
_PRICE = rf"\d{{1,3}}(?:\.\d{{3}})+(?:,\d\d)?|{_NUMBER}|\d+,\d\d"
"""Also as it is written in much of Europe, with a decimal comma."""
_MINUTES = {"half an hour": 30, "a quarter of an hour": 15, "quarter of an hour": 15}
_BETWEEN = r"[.:]?(?: back)?(?: (?:in|by|near) [^.,;\d\n]{2,30}?)?(?: in)?"
_YEARS = r"(?<![\w.,:£$€-])(\d{1,2})"
_AGE_OVER = (
    r"(?|\b(?:aged?|ages|over|from) (\d{1,2})(?:\+| (?:and|or) (?:over|older|above|up)\b)|\bover[ -](\d{1,2})s\b"
    r"|\bfrom (?:the )?age(?: of)? (\d{1,2})\b|\b(?:at least|minimum age:?) (\d{1,2})(?= years old|\W*$)"
    rf"|{_YEARS} (?:years )?(?:and|or) (?:over|older|above)\b|{_YEARS}\+(?= only|[.!]|$))"
)
_AGE_UNDER = (
    r"(?|\b(?:children|kids|anyone|guests|people) under (\d{1,2})\b|\bunder[ -](\d{1,2})s\b"
    rf"|\bunder the age of (\d{{1,2}})\b|{_YEARS} (?:and|or) (?:under|younger)\b)"
)
_OPEN = r"(?i:\b(?:open|hours|daily|weekdays?|weekends?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)),?"
_NO_MORE = r"(?=\s*(?:[,.;!?)\n]|$|on\b|every\b|each\b))"
_VALUES = tuple(
    (kind, expression(pattern, regex.IGNORECASE if kind.startswith(("year", "quantity", "age")) else 0))
    for kind, pattern in (
        ("money", rf"(?<!\w)([A-Z]{{0,2}}[£$€¥])\s?({_PRICE}){_BIGS}(?![\d,.]*\d)"),
        ("coded", rf"{_ALONE}({_PRICE}){_BIGS}\s?(€|EUR|GBP|USD|CHF|SEK|NOK|DKK|PLN|AUD|CAD|euros?)(?!\w)"),
        ("percent", rf"(?:{_ALONE}({_NUMBER})\s?(?:%|per ?cent\b)|(?i:\b({SPELLED_WORDS}) per ?cent\b))"),
        ("date", rf"{_WEEKDAY}{_ALONE}(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? (\d{{4}})\b)?"),
        ("date first", rf"{_WEEKDAY}\b{MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (\d{{4}})\b)?"),
        (
            "date abroad",
            rf"{_ALONE}(\d{{1,2}})\.? (?:de )?((?i:{'|'.join(_MONTHS_ABROAD)}))\b(?:,? (?:del? )?(\d{{4}})\b)?",
        ),
        ("numeric", r"(?<![\w./-])(\d{1,2})[./](\d{1,2})[./](\d{4})(?![\w/-])"),
        ("iso", r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])"),
        ("year", rf"\b({'|'.join((*_BEGUN, 'since'))})\b{_BETWEEN} ((?:1[6-9]|20)\d\d)(?![\w-])"),
        ("age over", _AGE_OVER),
        ("age under", _AGE_UNDER),
        ("time", rf"{_ALONE}(?|(\d{{1,2}}):(\d\d)(?![\d:])(?:\s?([ap]m)\b)?|(\d{{1,2}})()\s?([ap]m)\b)"),
        ("hours from", rf"(?<={_OPEN} from )(\d{{1,2}})(?= (?:to|until|till) (\d{{1,2}}){_NO_MORE})"),
        ("hours to", rf"(?<={_OPEN} from (\d{{1,2}}) (?:to|until|till) )(\d{{1,2}}){_NO_MORE}"),
        ("minutes", rf"\b(?i:({'|'.join(_MINUTES)}))\b"),
        ("quantity", rf"(?:{_ALONE}({_NUMBER})|\b({SPELLED_WORDS})\b){_BIGS}\+?[ -]([^\W\d_]{{2,}})"),
    )
)
_RANGE_BEHIND = expression(r"\s?(?:[-–]|to\b|or\b|until\b)\s?[£$€]?\d")
_RANGE_BEFORE = expression(r"(?:\d|[ap]m)\s?(?:[-–]|to|or|until)\s?[£$€]?$")
_BEGINNING = expression(rf"(?:\d|[ap]m|{MONTH})\s?(?:[-–]|to|until|till)\s?$")
"""Before the end of what goes from one day or hour to another."""
_EITHER = expression(r"\bor\s?$")
PER = expression(
    r"\s?(?:/|\b(?:per|a|an|each|every|im|pro|al|por|par|la)\b)\s?([^\W\d_]+)|\s(monthly|weekly|yearly|annually)\b"
)
_PER_BEFORE = expression(
    r"\b(?:(?:every|each|a) (month|week|year)(?: is| costs?| for)?|(monthly|yearly) (?:for|price:?)) $"
)
_PERIODS = {
    **dict.fromkeys(("monthly", "monat", "mes", "mois", "mth", "mo"), "month"),
    **dict.fromkeys(("yearly", "annually", "annum", "jahr", "año", "an", "yr"), "year"),
    **dict.fromkeys(("nacht", "noche", "nuit"), "night"),
    **dict.fromkeys(("head", "persona", "personne"), "person"),
    "weekly": "week",
}
WORD = expression(r"\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?")
SENTENCE_ENDS = expression(r"[.!?…]+(?=\s|$)|\n|[;•|]|[\p{So}\p{Sk}\ufe0f\u20e3]+")
CLAUSE_ENDS = expression(r"[,:()]|\s[–—-]\s|\s(?:and|but|or|so|while|when|plus)\s", regex.IGNORECASE)
_PREPOSITIONS = expression(r"\s(?:in|on|at|for|with|from|until|to|by|of|per|is|are)\s", regex.IGNORECASE)

_NEAR = {
    "over": ("over", "more than", "above", "at least", "minimum", "über", "más de"),
    "from": ("from", "starting at", "as little as", "since", "starting", "begins", "starts", "ab", "desde"),
    "up to": ("up to", "under", "below", "less than", "at most", "maximum", "max", "no more than", "bis zu"),
    "until": ("until", "till", "by", "through", "ends", "ending", "bis", "hasta"),
    "about": (
        "about",
        "around",
        "nearly",
        "almost",
        "roughly",
        "approximately",
        "circa",
        "some",
        "approx",
        "just under",
    ),
}
_BEFORE_VALUE = expression(
    rf"\b({'|'.join(word for group in _NEAR.values() for word in group)})\s+(?:just |only )?$", regex.IGNORECASE
)
_DEADLINES = expression(
    r"\b(?:deadline|closes?|closing|ends?|ending|finish(?:es)?|expires?|last (?:day|date|call|chance|(?=orders?\b)))\b",
    regex.IGNORECASE,
)
_FILLERS_LISTED = """
    a an the this that these those and or but so as of in on at to for from with within into by per via than then
    i we our ours us you your yours they their it its who which what there here is are was were be been being has have
    had do does can get gets got give gives take takes come comes cost costs price priced prices pay pays charge charges
    just only still always proudly all every each any both total yes hello hi hey dear everyone folks
    over more above least minimum starting little since begins starts start up under below less most maximum max until
    till through ends ending about around nearly almost roughly approximately circa some approx back it's that's we're
    we've you're you'll you get's simply please enjoy remember reminder did know am pm
    they're they've there's i'm i've who's here's let's she he her his him them she's he's
"""
FILLERS = frozenset(_FILLERS_LISTED.split())
MOST_VALUES, _LOOKED_BACK = 60, 40
"""A draft with more values is a list, in which nobody can tell which of them belongs to what."""
_NO_UNIT_LISTED = (
    "of in on at to and or by am pm st nd rd th the more new for with from is are out off x till until bis"
)
_NO_UNIT = frozenset(_NO_UNIT_LISTED.split())


@dataclass(frozen=True, slots=True)
class Stated:
    """A value in a text. ``before`` and ``after`` are the words around it that say what it is about."""

    unit: str
    value: tuple[str, ...]
    start: int
    end: int
    stop: int
    """Where its unit ends, if it is a word."""
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
    return tuple(placed(text, *one) for one in sorted(found) if one[2] and not _is_range(text, *one[:3]))


def _read(kind: str, match: regex.Match[str]) -> tuple[int, int, str, tuple[str, ...]]:
    """Where a value stands, its unit ("" for none that can be compared) and the value itself."""
    start, end = match.span()
    groups = [group or "" for group in match.groups()]
    if kind == "quantity":
        return _quantity(match)
    if kind == "year":
        return match.start(2), end, f"year {_begun(match)}", (groups[1],)
    if kind.startswith("age"):
        return *match.span(1), kind, (groups[0],)
    if kind in ("money", "coded"):
        sign, figure, big = groups if kind == "money" else (groups[2], groups[0], groups[1])
        kind, value = f"money {_SIGNS.get(sign, sign)}{_period(match)}", _figure(figure, big)
    elif kind == "percent":
        value = _figure(groups[0]) if groups[0] else (str(spelled(groups[1])),)
    elif kind == "minutes":
        kind, value = "quantity minut", (str(_MINUTES[groups[0].lower()]),)
    elif kind == "time":
        value = _time(*groups)
    elif kind.startswith("hours"):
        start, end = match.span(1 if kind == "hours from" else 2)
        kind, value = _hours(*map(int, groups), ends=kind == "hours to")
    else:
        value = _date(kind, groups)
        kind = "date" if value else ""
    return start, end, kind, value


_SINCE_WE_ARE = expression(
    r"\b(?:here|around|open|business|trading|going|family[- ]run|independent|baking|brewing|making|crafting|serving"
    r"|with you|at it)(?: [^\W\d_]+){0,3}? since$",
    regex.IGNORECASE,
)


def _begun(match: regex.Match[str]) -> str:
    """What began in a year."""
    if verb := _BEGUN.get(match[1].lower()):
        return verb
    said = match.string[max(0, match.start() - _LOOKED_BACK) : match.end(1)]
    return "found" if _SINCE_WE_ARE.search(said) else "since"


def _time(hour: str, minutes: str, half: str) -> tuple[str, ...]:
    hours = int(hour) % 12 + 12 * (half == "pm") if half else int(hour)
    return (f"{hours}:{minutes or '00'}",)


_NOON = 12
_MOST_DAYS = 31
_EARLIEST = 7
"""Before it, an hour without more may be one of the afternoon."""


def _hours(first: int, last: int, *, ends: bool) -> tuple[str, tuple[str, ...]]:
    """The beginning or the end of "from 10 to 16", and of "from 9 to 5"; nothing for "from 2 to 5"."""
    last += _NOON if last <= first <= _NOON else 0
    sure = _EARLIEST <= first < last <= _HOURS
    return ("time", (f"{last if ends else first}:00",)) if sure else ("", ())


def _date(kind: str, groups: list[str]) -> tuple[str, ...]:
    """Day, month and year, "" where there is none; nothing for 03/04/2027, which is another day elsewhere."""
    if kind == "numeric":
        first, second, year = int(groups[0]), int(groups[1]), groups[2]
        day, month = (first, second) if first > len(MONTHS) or first == second else (second, first)
        sure = first == second or min(first, second) <= len(MONTHS) < max(first, second)
        return _by_numbers(day, month, year) if sure else ()
    if kind == "iso":
        year, month, day = groups
        return _by_numbers(int(day), int(month), year)
    day, month = groups[:2] if kind != "date first" else (groups[1], groups[0])
    return str(int(day)), _MONTHS_ABROAD.get(month.lower(), month[:3].lower()), groups[2]


def _by_numbers(day: int, month: int, year: str) -> tuple[str, ...]:
    """Nothing for a slip such as 13.13.2026."""
    return (str(day), MONTHS[month - 1], year) if 0 < month <= len(MONTHS) and 0 < day <= _MOST_DAYS else ()


def _quantity(match: regex.Match[str]) -> tuple[int, int, str, tuple[str, ...]]:
    figure, words_said, big, word = (group or "" for group in match.groups())
    end = match.end(1 if figure else 2)
    if big:
        end = match.end(3)
    named = word.casefold()
    known = named not in _NO_UNIT and named not in _BIG and not (figure and _is_year(figure))
    value = _figure(figure or str(spelled(words_said)), big)
    unit, value = _span(named, value) or (stem(named), value)
    return match.start(), end, f"quantity {unit}" if known else "", value


_HOURS = 24


def _span(named: str, value: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    """How long something takes in days or months, as two weeks are 14 days; None for what is told in one way only."""
    name, many = named.removesuffix("s"), int(value[0]) if value[0].isdecimal() else 1
    if name == "hour":
        return ("minut", (str(60 * many),)) if many % _HOURS else ("day", (str(many // _HOURS),))
    unit, times = _SPANS.get(name, ("", 0))
    return (unit, (str(times * many),)) if unit and value[0].isdecimal() else None


def spelled(number: str) -> int:
    """What “three hundred and twenty-one” is."""
    hundreds, _, rest = number.lower().rpartition(" hundred")
    words_said = rest.removeprefix(" and").strip()
    return 100 * (SPELLED.get(hundreds, 1) if hundreds else 0) + (SPELLED.get(words_said, 1) if words_said else 0)


def _is_year(figure: str) -> bool:
    return len(figure) == len("2016") and figure[:2] in ("19", "20") and figure.isdecimal()


def _figure(number: str, big: str = "") -> tuple[str, ...]:
    abroad = _ELSEWHERE.fullmatch(number)
    plain = f"{abroad[1].replace('.', '')}.{abroad[2] or 0}" if abroad else number.replace(",", "")
    value = Decimal(plain).scaleb(_BIG[big.lower()] if big else 0)
    return (f"{value.normalize():f}",)


def _period(match: regex.Match[str]) -> str:
    per = PER.match(match.string, match.end()) or _PER_BEFORE.search(match.string[: match.start()][-_LOOKED_BACK:])
    word = (per[1] or per[2] or "").casefold() if per else ""
    return f"/{stem(_PERIODS.get(word, word))}" if word else ""


def _is_range(text: str, start: int, end: int, unit: str) -> bool:
    """True for two values in one, but for a time from one day or hour to another, which has two ends."""
    before = _RANGE_BEFORE.search(text[max(0, start - 8) : start])
    behind = _RANGE_BEHIND.match(text, end)
    if unit in TWO_ENDS:
        return bool((before and _EITHER.search(before[0])) or (behind and "or" in behind[0]))
    return bool(before or behind)


def placed(text: str, start: int, end: int, unit: str, value: tuple[str, ...], behind: int) -> Stated:
    """The value with what stands around it. ``behind`` is where its unit ends."""
    begins = max((match.end() for match in SENTENCE_ENDS.finditer(text, 0, start)), default=0)
    stops = SENTENCE_ENDS.search(text, end)
    ends = stops.start() if stops else len(text)
    per = PER.match(text, behind) if unit.startswith("money") else None
    behind = per.end() if per else behind
    clause = CLAUSE_ENDS.search(text, behind, ends)
    after = text[behind : clause.start() if clause else ends]
    preposition = _PREPOSITIONS.search(after, len(" of ") if after.startswith(" of ") else 0)
    before = text[begins:start]
    begins += len(before) - len(before.lstrip())
    near = _ending(before) if unit in TWO_ENDS else _near(before, text[end : end + 1])
    near = "" if unit.startswith(("age", "year")) and near != "about" else near
    about = about_in(_DEADLINES.sub(" ", before) if near == "until" and unit in TWO_ENDS else before)
    return Stated(
        unit,
        value,
        start,
        end=end,
        stop=max(end, behind),
        sentence=(begins, ends),
        near=near,
        before=about,
        after=about_in(after),
        behind=about_in(after[: preposition.start()] if preposition else after),
    )


TWO_ENDS = ("date", "time")
"""Units of what begins and ends. To open, to start and from then are one, and so are to end, to close and until."""


def _ending(before: str) -> str:
    said = _near(regex.sub(r"\b(?:on|at)\s+(?:the )?$", "", before), "")
    if said == "until" or _DEADLINES.search(before) or _BEGINNING.search(before):
        return "until"
    return "about" if said == "about" else ""


def _near(before: str, behind: str) -> str:
    found = _BEFORE_VALUE.search(before[-_LOOKED_BACK:])
    said = found[1].lower() if found else ""
    return "over" if behind == "+" else next((name for name, ways in _NEAR.items() if said in ways), "")


def about_in(text: str) -> frozenset[str]:
    """The words that say what it is about, without their endings."""
    for pattern, word in _IN_ONE_WORD:
        text = pattern.sub(word, text)
    return frozenset(stem(word) for word in words_of(text) if word not in FILLERS)


_IN_ONE_WORD = (
    (expression(r"\b(?:sen[dt]|bring|brought|post) (?:(?:it|them|this|that|everything|items?) )?back\b"), "return"),
    (expression(r"\b(?:shipping|postage)\b", regex.IGNORECASE), "delivery"),
)
"""What is said in other words, and the word that it is compared by."""


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


# What a text is found by: its values with the words about them, its numbers, its names, and its other words.

_TYPED, _VALUE, _NAME, _PLAIN = 4, 3, 2, 1
_SHORTEST_WORD, _LONGEST_TERM = 4, 60
_CAPITAL = expression(r"(?<=[\p{L}\p{N},;:&'’”)\]] )\p{Lu}[\p{L}\p{N}]+")
"""Words with a capital that do not begin a sentence."""


def terms_of(text: str) -> dict[str, int]:
    """What the text can be found by, each with its weight: as the store keeps it, and as a draft is looked up."""
    terms: dict[str, int] = {}
    for word in words_of(text):
        if word not in FILLERS and len(word) >= _SHORTEST_WORD:
            terms[stem(word)] = _PLAIN
    for name in _CAPITAL.findall(text):
        terms[f"name {name.casefold()}"] = _NAME
    for one in stated_in(text):
        terms[f"value {one.unit} {' '.join(one.value)}"] = _VALUE
        about = {f"{one.unit} of {word}": _TYPED for word in one.about}
        terms |= about or {f"{one.unit} of it": _TYPED}
        if one.unit.startswith("year"):
            terms[f"{one.unit} of it"] = _TYPED
    return {term[:_LONGEST_TERM]: weight for term, weight in terms.items()}
