"""Names of brands, products and models on the fact sheet, as drafts say them: of two, the longer one is meant.

Figures and single letters count: Serum A is not Serum B, and Model 3 is not Model 5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from bot.core.brand.facts import MOST_FACTS
from bot.core.privacy import remembered
from bot.rules.values import MONTHS, about_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.brand.facts import Fact

_PIECE = regex.compile(r"\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?")
_BESIDE = r"[^\p{L}\p{N}\n]{1,3}"
_NO_NAME = regex.compile(r"(?!)")


@remembered(MOST_FACTS)
def _written(name: str) -> regex.Pattern[str]:
    """How it may stand in a text: a letter alone in its own case, or any word "a" would be a model."""
    pieces = _PIECE.findall(name)
    ways = (piece if len(piece) == 1 or piece[0].isdigit() else f"(?i:{piece.removesuffix('s')}s?)" for piece in pieces)
    whole = _BESIDE.join(ways)
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}-]){whole}(?![\p{{L}}\p{{N}}]|[-.,]\d)") if pieces else _NO_NAME


def named_in(text: str, names: Iterable[str]) -> frozenset[str]:
    """Those of the names that the text says. A name inside a longer one is not said, and neither is part of a name.

    Where no figure or single letter makes it another one, its words may stand apart: cream for the night.
    """
    return _named(text, tuple(sorted({name for name in names if name}, key=lambda one: (-len(one), one))))


@remembered(64)
def _named(text: str, names: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    folded = text.casefold()
    for name in names:
        if name.split()[0].casefold().removesuffix("s") not in folded:  # as most of very many
            continue
        rest = _written(name).sub(" / ", text)
        if rest != text:
            text = rest
            found.add(name)
    spoken = about_in(text)
    return frozenset(found.union(name for name in names if frozenset() < _apart(name) <= spoken))


@remembered(MOST_FACTS)
def _apart(name: str) -> frozenset[str]:
    exact = any(len(piece) == 1 or piece[0].isdigit() for piece in _PIECE.findall(name))
    return frozenset() if exact else about_in(name)


def is_of_another(fact: Fact, sentence: str, text: str, names: Iterable[str]) -> bool:
    """True for a fact about something else that is on the sheet than what the sentence, or else the text, names."""
    if not fact.about:
        return False
    named = named_in(sentence, names) or named_in(text, names)
    return bool(named) and fact.about not in named


_KINDS = "Pro|Plus|Max|Mini|Lite|Light|Air|Ultra|Junior|Kids|Classic|Premium|XL|XS|SE|GT"
_MODEL = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(\p{{Lu}}[\p{{L}}’'-]+)[ -]((?:\d{{1,4}}|\p{{Lu}}|{_KINDS})(?![\p{{L}}\p{{N}}%°]|[.,:]\d))"
)
_DOES = regex.compile(r"\s(?:is|has|costs?|lasts?|comes?|runs?|holds?|weighs?|takes?|starts?|will|now|still|just)\b")


def is_another_model(fact: Fact, text: str, sentence: tuple[int, int], said: int) -> bool:
    """True where a name of the fact has another figure, letter or "Pro" behind it in the sentence than in the fact.

    The value at ``said``, which is compared, is a model only where something is told of it: "Model 5 lasts".
    """
    about = {word.casefold() for word in _PIECE.findall(fact.about)}
    known = _models(f"{fact.about}\n{fact.value}")
    for found in _MODEL.finditer(text, *sentence):
        head, model = found[1].casefold(), found[2]
        if head[:3] in MONTHS or (found.start(2) == said and not _DOES.match(text, found.end())):
            continue
        mine = {other for one, other in known if one == head}
        if (mine or head in about) and model not in mine:
            return True
    return False


@remembered(MOST_FACTS)
def _models(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((found[1].casefold(), found[2]) for found in _MODEL.finditer(text))
