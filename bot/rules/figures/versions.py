"""Two variants of a draft that differ: whether they speak of one thing, and whether the difference may be meant.

Silent wherever it may: one price for each market or size, what was and what is now, the shorter of two lists of tips.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from bot.core.brand.facts import FactKind
from bot.core.reading.variants import VariantLabel, label_kind
from bot.rules.figures.doubts import LIMITING, UNSURE
from bot.rules.matching import expression
from bot.rules.values import FILLERS, MONTH, SENTENCE_ENDS, about_in, stated_in, stem, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.core.brand.variants import SetPost, ToldFact, ToldValue

_ANYWHERE_LISTED = """
    door doors ticket tickets entry admission start starts begin begins open opens close closes session class course
    workshop event sale offer deal price discount save book reserve order buy shop place spot seat seats left day days
    week weeks month year hour hours minute minutes monday tuesday wednesday thursday friday saturday sunday weekend
    today tomorrow tonight morning afternoon evening night link bio visit come join see new free time date day special
    january february march april may june july august september october november december
    eintritt einlass beginn start preis tickets karten angebot uhr montag dienstag mittwoch donnerstag freitag samstag
    sonntag monat jahr woche tag entrée billets prix offre entrada entradas precio oferta
"""
_ANYWHERE = frozenset(map(stem, _ANYWHERE_LISTED.split()))
"""Words that posts on many things have."""
_OF_THE_POST_LISTED = """
    tip tips way ways reason reasons step steps thing things idea ideas trick tricks hack hacks mistake mistakes sign
    signs fact facts lesson lessons slide slides question questions answer answers part parts word words photo photos
    tipps gründe schritte ideen dinge fragen fehler astuces conseils raisons étapes consejos razones pasos
"""
_OF_THE_POST = frozenset(_OF_THE_POST_LISTED.split())
"""What a post counts of its own: a shorter one has fewer."""
_ITS_LENGTH_LISTED = "read reads watch video videos clip clips reel reels carousel thread listen episode"
_ITS_LENGTH = frozenset(_ITS_LENGTH_LISTED.split())
_COUNTING_DOWN = frozenset(("left", "remaining", "remain", "go", "countdown", "sleeps", "noch"))
_ROUNDED = Decimal("0.02")
_MANY_WORDS = 2
_NUMBERED = expression(rf"\b(?!{MONTH})(?:\p{{Lu}}\p{{L}}+|[Nn]o\.) (?P<number>\d{{1,3}})\b(?![.,:]?\d| ?[%£$€])")
"""A volume, an episode, a round."""


class SameThing(Enum):
    """Whether two variants speak of one thing where they differ."""

    YES = auto()
    PERHAPS = auto()
    NO = auto()


def is_meant(fact: ToldFact, posts: Sequence[SetPost]) -> bool:
    """True where variants may well be meant to differ in a matter."""
    first, other = fact.compared[:2]
    kinds = {_kind(posts[number]) for value in fact.compared for number in value.posts}
    is_price = fact.kind is FactKind.PRICE
    if VariantLabel.OTHER in kinds or (VariantLabel.PAYERS in kinds and is_price):
        return True
    if fact.kind in (FactKind.PROMISE, FactKind.CONDITION):
        return False
    said = [frozenset(words_of(value.sentence)) for value in (first, other)]
    numbered = [{found["number"] for found in _NUMBERED.finditer(value.sentence)} for value in (first, other)]
    of_itself = said[0] & said[1] & (_OF_THE_POST | _ITS_LENGTH) or (said[0] | said[1]) & _COUNTING_DOWN
    return (
        bool((said[0] ^ said[1]) & _LIMITED)
        or (all(numbered) and numbered[0].isdisjoint(numbered[1]))
        or (is_price and (_counts_more(first, other) or _counts_more(other, first)))
        or (fact.kind is FactKind.QUANTITY and bool(of_itself))
        or _is_rounded(first, other)
    )


_LIMITED = (UNSURE | LIMITING) - {"only", "off", "extra"}
"""Words that say of what else, when or for whom something holds."""


def same_thing(fact: ToldFact, posts: Sequence[SetPost], facts: Sequence[ToldFact]) -> SameThing:
    """What the words around say. ``facts`` are all in which the posts differ."""
    first, other = fact.compared[:2]
    both = [posts[value.posts[0]] for value in (first, other)]
    own = _ANYWHERE | about_in(f"{first.shown} {other.shown}")
    said = (about_in(first.sentence) & about_in(other.sentence)) - own
    shared = (about_in(both[0].text) & about_in(both[1].text)) - own
    if not shared or _are_kinds(both[0].text, both[1].text, said or shared):
        return SameThing.NO
    if VariantLabel.NONE not in map(_kind, both):
        return SameThing.YES if said or len(shared) >= _MANY_WORDS else SameThing.NO
    if any(one.kind is FactKind.DATE for one in facts) and (facts[1:] or all(map(_is_dated, (first, other)))):
        return SameThing.NO  # another day
    same = said and _without_figures(first.sentence) == _without_figures(other.sentence)
    return SameThing.YES if same or len(shared) > _MANY_WORDS else SameThing.PERHAPS


def _is_dated(value: ToldValue) -> bool:
    """True where the sentence begins with it, as each post of a plan does."""
    return value.sentence.lstrip("#*_•- ").startswith(value.shown)


def _counts_more(one: ToldValue, other: ToldValue) -> bool:
    """True for "three bars" where the other speaks of a bar, or of six."""
    beside = [(said.unit, said.value) for said in stated_in(other.sentence)]
    counted = [said for said in stated_in(one.sentence) if said.unit.startswith("quantity")]
    new = {said.unit.partition(" ")[2] for said in counted if (said.unit, said.value) not in beside}
    return not new.isdisjoint(map(stem, words_of(other.sentence)))


def _kind(post: SetPost) -> VariantLabel:
    if post.audience:
        return label_kind(post.audience)
    return VariantLabel.NAME if post.platform or not post.name.isdecimal() else VariantLabel.NONE


def _is_rounded(first: ToldValue, other: ToldValue) -> bool:
    """True for 1,214 and 1,200, and for £19.99 and £20."""
    values = [stated_in(value.shown) for value in (first, other)]
    if not all(len(value) == 1 and value[0].unit != "date" and len(value[0].value) == 1 for value in values):
        return False
    try:
        low, high = sorted(Decimal(value[0].value[0]) for value in values)
    except ArithmeticError:
        return False
    return high - low <= _ROUNDED * low and any(
        _is_round(one, beside=other) for one, other in ((low, high), (high, low))
    )


def _is_round(value: Decimal, beside: Decimal) -> bool:
    """True where a value has fewer figures that count than the one beside it."""
    return len(value.normalize().as_tuple().digits) < len(beside.normalize().as_tuple().digits)


def _without_figures(sentence: str) -> str:
    return regex.sub(r"\d[\d.,:]*", "0", " ".join(sentence.casefold().split()))


# Two kinds of one thing: "tomato soup" here and "pumpkin soup" there.


def _are_kinds(first: str, other: str, shared: frozenset[str]) -> bool:
    """True where the words before a word that both texts have are different ones, and stand nowhere in the other."""
    before, of_other = dict(_before(first, shared)), dict(_before(other, shared))
    return any(
        before[word].isdisjoint(of_other[word])
        and not before[word] & about_in(other)
        and not of_other[word] & about_in(first)
        for word in before.keys() & of_other.keys()
    )


def _before(text: str, shared: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Each of these words that others stand right before, with those."""
    found: dict[str, set[str]] = {}
    for sentence in SENTENCE_ENDS.split(text):
        said = words_of(sentence or "")
        for word, behind in pairwise(said):
            if stem(behind) in shared and word not in FILLERS:
                found.setdefault(stem(behind), set()).add(stem(word))
    return ((word, frozenset(those)) for word, those in found.items())
