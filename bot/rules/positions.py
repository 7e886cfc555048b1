"""What a post states of a few things that have no figure, or one of them without: free or paid, included or not.

Only what a clause states of the whole thing: a limit ("free delivery over £40", "for members") leaves it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from bot.core.brand.facts import FactKind
from bot.core.brand.variants import STANCE, Statement
from bot.rules.figures.doubts import LIMITING, UNSURE
from bot.rules.matching import expression
from bot.rules.values import CLAUSE_ENDS, SENTENCE_ENDS, SPELLED, SPELLED_WORDS, about_in, spelled, stem, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.rules.values import Stated

_CARRIED = r"(?:delivery|shipping|postage|lieferung|versand|livraison|envío)"
_FREE = expression(
    rf"\b(?:free {_CARRIED}|{_CARRIED} (?:is |are |ist |est |es )?(?:(?:now|always|immer|toujours|siempre) )?"
    r"(?:free|kostenlos|kostenfrei|gratis|gratuite|offerte)|kostenlose[rn]? (?:lieferung|versand)|versandkostenfrei"
    r"|gratis-?versand)\b",
    regex.IGNORECASE,
)
_CARRIED_STEMS = frozenset(map(stem, ["delivery", "shipping", "postage", "lieferung", "versand", "livraison", "envío"]))
_TERM = expression(
    r"\b(?:(?P<no>no (?:fixed )?contract|without a contract|ohne vertrag(?:sbindung)?|sans engagement|sin permanencia)"
    r"|(?P<long>\d{1,2})[- ](?:month|monats?)[- ]?(?:minimum )?(?:contract|commitment|vertrag|laufzeit))\b",
    regex.IGNORECASE,
)
_INCLUDED = expression(
    r"\b(\p{L}[\p{L}’'-]{2,}) (?:(?:is|are|ist|sind) )?(?:(?P<no>not|nicht) (?:included|inbegriffen|enthalten)"
    r"|(?P<apart>sold separately|bought separately|cost extra|costs extra)"
    r"|(?P<in>(?:always |all )?(?:included|inbegriffen|enthalten|inklusive)))\b",
    regex.IGNORECASE,
)
_CANCEL = expression(
    r"\bcancel(?:lation| it)?(?: is)?(?: possible)? (?:(?P<any>any ?time|at any time|whenever you (?:like|want))"
    r"|only (?P<only>by|with|in|at|over) (?:the |a )?(?P<way>post|phone|letter|mail|e-?mail|person|branch|fax))\b"
    r"|\b(?P<kündbar>jederzeit kündbar)\b|\bkündigung nur (?P<nur>per|mit) (?P<weg>post|brief|fax|telefon)\b",
    regex.IGNORECASE,
)
_NO_LIMIT = frozenset(
    map(stem, ["always", "now", "today", "all", "every", "just", "simply", "our", "your", "we", "uk"])
)
_IF = frozenset(
    [
        "over",
        "above",
        "from",
        "when",
        "if",
        "with",
        "on",
        "for",
        "until",
        "till",
        "by",
        "except",
        "unless",
        "ab",
        "bei",
        "für",
        "wenn",
        "dès",
        "pour",
        "si",
        "para",
        "desde",
        "in",
        "to",
    ]
)
"""Words behind which a limit follows."""


def positions_in(text: str, values: Sequence[Stated]) -> Iterator[Statement]:
    """One of a few answers to whether, each with its sentence; ``values`` are those of the text."""
    for found in _FREE.finditer(text):
        if _is_whole(text, found.span()):
            yield _of("delivery", "free", found.span(), text=text)
    for one in values:
        is_of_it = one.about & _CARRIED_STEMS and one.about <= _CARRIED_STEMS | _NO_LIMIT | _COSTS
        span = one.start, one.end
        if one.unit.startswith("money") and is_of_it and _is_whole(text, span):
            yield _of("delivery", text[slice(*span)], span, text=text, value="paid")
    yield from _terms(text)


_COSTS_LISTED = "kostet kosten coûte cuesta der die das unser unsere la le el notre nuestro"
_COSTS = frozenset(map(stem, _COSTS_LISTED.split()))


def _terms(text: str) -> Iterator[Statement]:
    for found in _TERM.finditer(text):
        said = "none" if found["no"] else f"{found['long']} months"
        if _is_whole(text, found.span()):
            yield _of("contract", found[0], found.span(), text=text, value=said)
    for found in _INCLUDED.finditer(text):
        name = found[1].casefold()
        if _is_whole(text, found.span()) and about_in(name):
            yield _of(name, found[0], found.span(), text=text, value="included" if found["in"] else "not included")
    for found in _CANCEL.finditer(text):
        said = "any time" if found["any"] or found["kündbar"] else f"only {(found['way'] or found['weg']).casefold()}"
        if _is_whole(text, found.span()):
            yield _of("cancel", found[0], found.span(), text=text, value=said)


def _is_whole(text: str, span: tuple[int, int]) -> bool:
    """True where nothing around it limits it: no condition, no "not", no question, no quotation."""
    begin = max((one.end() for one in SENTENCE_ENDS.finditer(text, 0, span[0])), default=0)
    stop = SENTENCE_ENDS.search(text, span[1])
    end = stop.start() if stop else len(text)
    if text[end : end + 1] == "?" or any(mark in text[begin:end] for mark in '“”"«»„'):
        return False
    before = max((one.end() for one in CLAUSE_ENDS.finditer(text, begin, span[0])), default=begin)
    clause = CLAUSE_ENDS.search(text, span[1], end)
    behind = words_of(text[span[1] : clause.start() if clause else end])
    around = [*words_of(text[before : span[0]]), *behind]
    return not ({*around} & (UNSURE | LIMITING) or {*behind} & _IF or {*words_of(text[begin:end])} & {"if", "wenn"})


def _of(topic: str, shown: str, span: tuple[int, int], *, text: str, value: str = "free") -> Statement:
    begin = max((one.end() for one in SENTENCE_ENDS.finditer(text, 0, span[0])), default=0)
    stop = SENTENCE_ENDS.search(text, span[1])
    sentence = " ".join(text[begin : stop.start() if stop else len(text)].split())
    label = f"{topic[0].upper()}{topic[1:]}: …"
    return Statement(
        FactKind.CONDITION if topic in ("contract", "cancel") else FactKind.PROMISE,
        STANCE,
        frozenset({stem(topic)}),
        value=(value,),
        shown=" ".join(shown.split()),
        label=label,
        sentence=sentence,
    )


# Opening hours in whatever words.

_HOUR = rf"(\d{{1,2}}|{SPELLED_WORDS})(?:[:.](\d\d))?\s?(am|pm)?(?:\suhr)?"
_HOURS = expression(
    rf"\b(?:open|opening hours|hours|daily|geöffnet|from|von)\b(?: daily| every day| täglich)?:?(?: from| von)? {_HOUR}"
    rf"\s?(?:to|till|until|bis|-|–)\s?{_HOUR}(?![\p{{L}}\p{{N}}£$€%])"
    r"(?! ?(?:%|years?|days?|weeks?|months?|people|guests)\b)",
    regex.IGNORECASE,
)
_NOON, _DAY = 12, 24


def hours_in(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """From when until when something is open, and where in the text that stands."""
    for found in _HOURS.finditer(text):
        first, second = _at(*found.groups()[:3]), _at(*found.groups()[3:6])
        if first < 0 or second < 0:
            continue
        if second <= first and not found[6]:
            second += _NOON * 60
        if not found[3] and found[6] and first + _NOON * 60 < second and found[6].casefold() == "pm" and first < 6 * 60:
            first += _NOON * 60  # "2 to 5pm"
        yield found.start(1), found.end(), (_clock(first), _clock(second))


def _at(hour: str, minutes: str | None, half: str | None) -> int:
    number = int(hour) if hour.isdecimal() else spelled(hour) if hour.casefold() in SPELLED else -1
    if not 0 <= number <= _DAY:
        return -1
    number = number % _NOON + _NOON * (half.casefold() == "pm") if half else number
    return 60 * number + int(minutes or 0)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % _DAY}:{minutes % 60:02}"
