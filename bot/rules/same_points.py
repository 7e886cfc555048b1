"""Whether a model may say that later words are the point which somebody left alone: what code holds against it."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from bot.rules.matching import expression
from bot.rules.wording import HEDGED, KINDS, PLAIN, SETS, STOP, SUPERLATIVE, UNITS, folded, is_form, tokens_of, ways

if TYPE_CHECKING:
    from collections.abc import Sequence

_NO, _ALL = KINDS["not"], KINDS["every"]
_NONE = "none"
_EVERY = SETS["every"]
_STRETCHES = {word for word in SETS["date"] if KINDS[word] in {KINDS[one] for one in SETS["measure"]}}
_EXACT = SETS["number"] | (SETS["date"] - _STRETCHES)
"""Numbers and dates: nothing else stands for one of them."""
_ONCE = frozenset(("1",))
_HELPING = frozenset(("do", "does", "did", "can", "will", "would", "has", "have", "could"))
_STRONG = {KINDS[one] for one in SETS["strong"]}
_FREE, _BEST = KINDS["free"], KINDS["best"]
_NOTHING, _HALF = frozenset[str](), 0.5
_STANDS_FOR: dict[str, frozenset[str] | set[str]] = {
    _FREE: {_NO},
    _BEST: {_NO, KINDS["more"]},
    KINDS["unique"]: {_ALL, KINDS["only"]},
    _NO: {_FREE, _BEST, _ALL, KINDS["always"], KINDS["only"]},
}
"""What a strong word may say in place of another kind: free of charge and no charge, the best and nobody better."""
_IN_COMMON = 3
"""Letters by which a superlative is known for one of a word that was there: softer, softest."""
_UNIT_NAMES = frozenset(ways(UNITS).values())
_ONE = expression(r"\b(?:one|eins|uno)\b(?!\s(?:hundred|thousand|million))", regex.IGNORECASE)
"""Seldom a number."""
_NO_CENTS = expression(r"(?<=\d)[.,]00?(?!\d)")
_HALF_PRICE = expression(
    r"\b(?:half[ -](?:the )?price|half off|(?:zum )?halben? preis|(?:à )?moitié prix|(?:a )?mitad de precio"
    r"|metà prezzo)\b"
)
_WEEKS = expression(
    r"\b(?:(?P<number>\d{1,3})\sweeks|(?<=\b(?:in|within|en|innerhalb)\s)(?:a|one|1|una|eine[rn]?|une)\s"
    r"(?:weeks?|semana|woche|semaine))(?!\p{L})"
)
_HOUR = expression(r"\b(\d{1,2})(?::(\d\d))?\s?(?:(?P<half>[ap])\.?m\b\.?|(?<=:\d\d)|uhr\b)")
_LARGER = tuple(
    (expression(rf"(?<![\d.,])(\d{{1,6}}) {one}\b"), int(number), other)
    for one, number, other in map(str.split, ("seconds 60 minutes", "minutes 60 hours", "hours 24 days"))
)
"""120 seconds are two minutes."""
_SHORTEST_MISSPELT, _MISSPELT = 6, 0.9


def may_be_same(known: str, words: str) -> bool:
    """True if a model may call ``words`` the same as ``known``: code has nothing to hold against it.

    That is a doubt that is lost ("up to"), a number, a date or a unit that ``known`` does not have in any form, a
    strong promise that stands for none of its kind ("free" may stand for "no charge"), a no that comes or goes while
    most of the other words stay, and a lesser word that weighs as the only change.
    """
    known, words = _reckoned(folded(known)), _reckoned(folded(_ONE.sub("", words)))
    if HEDGED.search(known) and not HEDGED.search(words):
        return False
    ours, theirs = tokens_of(known, " "), tokens_of(words, " ")
    if not ours or not theirs:  # "!!!": code alone knows it again
        return False
    gained, lost = _gained(ours, theirs), _gained(theirs, ours)
    if _counts_anew(ours, theirs, gained, lost=lost):
        return False
    promised, dropped = _kinds(gained, words, known), _kinds(lost, known, words)
    if _EVERY & {*known.split()}:
        dropped.add(_ALL)
    if any(one in _STRONG and not dropped & _STANDS_FOR.get(one, _NOTHING) for one in promised):
        return False
    stays = _share_of(ours, theirs)
    for some, others in ((promised, dropped), (dropped, promised)):
        if _NO in some and (not others & _STANDS_FOR[_NO] or _share_of(theirs, ours) == 1):
            return stays <= _HALF
    return bool(dropped) or not promised or stays < 1


def _counts_anew(ours: Sequence[str], theirs: Sequence[str], gained: set[str], *, lost: set[str]) -> bool:
    """True where a number, a date, a unit or a stretch of time in the second is none of the first."""
    measures = _units(ours) | {KINDS[one] for one in ours if one in _STRETCHES}
    longer = gained & _STRETCHES and lost & _STRETCHES
    new = any(not one.isalpha() or one in _EXACT for one in gained - _ONCE)
    return new or bool(longer) or not _units(theirs) <= measures


def _kinds(weights: set[str], text: str, other: str) -> set[str]:
    """What kinds of words these are; superlatives that the other text has not are one."""
    best = {_BEST for one in _superlatives(text) if one not in other}
    return {KINDS.get(one, one) for one in weights} | best


def _share_of(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """The share of the first words, 0 to 1, that the second have as well; those that weigh are no part of it."""
    words = [one for one in ours if one not in KINDS and one not in _HELPING]
    kept = sum(any(_is_nearly(one, other) for other in theirs) for one in words)
    return kept / len(words) if words else 1.0


def _units(tokens: Sequence[str]) -> set[str]:
    """The units of the numbers, by their kinds."""
    pairs = pairwise(tokens)
    return {KINDS.get(unit, unit) for number, unit in pairs if number[0].isdigit() and unit in _UNIT_NAMES}


def _gained(ours: Sequence[str], theirs: Sequence[str]) -> set[str]:
    """What weighs in the second and is none of a kind, nor a form, of a word in the first."""
    kinds = {KINDS.get(token, token) for token in _weights(ours)}
    return {
        one
        for one in _weights(theirs)
        if KINDS.get(one, one) not in kinds and not any(_is_nearly(one, other) for other in ours)
    }


def _is_nearly(one: str, other: str) -> bool:
    """True for forms of one word, and for one that is misspelt."""
    if any(is_form(one, other, language) for language in PLAIN):
        return True
    alike = one.isalpha() and min(len(one), len(other)) >= _SHORTEST_MISSPELT and abs(len(one) - len(other)) <= 1
    return alike and SequenceMatcher(None, one, other).ratio() > _MISSPELT


def _superlatives(text: str) -> set[str]:
    return {match.group()[:_IN_COMMON] for match in SUPERLATIVE.finditer(text)}


def _reckoned(text: str) -> str:
    """Folded words with times in one unit, hours by 24, half a price in percent, and no cents if there are none."""
    text = _HALF_PRICE.sub("50 percent", _NO_CENTS.sub("", text))
    text = _WEEKS.sub(lambda match: f"{7 * int(match['number'] or 1)} days", text)
    for smaller, number, larger in _LARGER:
        text = smaller.sub(lambda match, n=number, unit=larger: _in_larger(match, n, unit), text)
    return _HOUR.sub(lambda match: f"{_by_24(int(match[1]), match['half'])}:{match[2] or '00'}", text)


def _in_larger(match: regex.Match[str], number: int, unit: str) -> str:
    whole, rest = divmod(int(match[1]), number)
    return match[0] if rest or not whole else f"{whole} {unit}"


def _by_24(hour: int, half: str) -> int:
    return hour % 12 + (12 if half == "p" else 0) if half else hour


def _weights(tokens: Sequence[str]) -> set[str]:
    """The figures and units among the words, and those that weigh; "every week" weighs no more than "a week"."""
    found = {figure for token in tokens if not token[0].isalpha() for figure in token.split("/")} - {STOP}
    beside = zip(tokens, (*tokens[1:], ""), strict=True)
    return {_NONE if one == "0" else one for one in found} | {
        one for one, after in beside if one in KINDS and not (KINDS[one] == _ALL and after in SETS["date"])
    }
