"""What makes it doubtful that a draft's figure and one of the sheet are of the same thing, though the words are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rules.figures.reading import term
from bot.rules.figures.words import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from bot.rules.figures.sheet import RecordedFigure, SaidFigure
    from bot.rules.figures.tokens import Figure

_EARLY = frozenset(
    ["get", "receive", "win", "free", "bonus", "gift", "extra", "preview", "gratis", "geschenk", "cadeau", "regalo"]
)
"""Words of what one gets until a day, which need not be the last."""
_RIVALS = frozenset(
    [
        "competitor",
        "competitors",
        "rival",
        "rivals",
        "elsewhere",
        "konkurrenz",
        "anderswo",
        "concurrent",
        "concurrents",
        "concurrence",
        "ailleurs",
        "competencia",
        "competidor",
    ]
)
_WITHOUT = frozenset(("without", "ohne", "sans", "sin", "except", "excluding"))


def is_of_others(said: SaidFigure) -> bool:
    """True where a figure only is about so much, or is another year's or somebody else's."""
    return said.figure.bound == "about" or said.passed or bool(_RIVALS & said.words)


def is_limited(said: SaidFigure, one: RecordedFigure, theirs: AbstractSet[str]) -> bool:
    """True where it holds for some only ("for teens"), without something, or is a day until which one gets something.

    ``theirs`` are the words of the fact as they stand there.
    """
    early = said.figure.kind in ("date", "time") and bool(_EARLY & (said.words - theirs))
    without = bool(_WITHOUT & said.words) != bool(_WITHOUT & theirs)
    return early or without or bool(said.meant - one.terms)


_EVENTS = tuple(
    frozenset(map(term, words.split()))
    for words in (
        "order orders deadline close closes book booked bestellen commander pedir last expire expires valid",
        "arrive arrives ship ships shipping deliver delivery post posting liefern livrer entrega envio versand",
        "launch launches open opens start starts begin begins starting land offnet ouvre abre empieza commence beginnt",
        "end ends finish finishes until endet finit termina acaba",
        "return returns returned refund refunds refunded back exchange swap zuruck retour devolver",
        "answer answers reply process respond antwort reponse respuesta",
        "cancel change changed skip kundigen annuler cancelar",
        "hire rent rental mieten louer alquiler repair mend mended used second worn",
    )
)
"""What days, hours and lengths of time are of: told by one of these words in the one, by others in the other."""


def is_another_event(said: SaidFigure, one: RecordedFigure) -> bool:
    """True where the draft tells of something else that happens to it: arriving, not ordering."""
    mine = [words for words in _EVENTS if words & said.clause]
    return bool(mine) and not any(words & one.terms for words in mine)


def is_another_name(said: SaidFigure, one: RecordedFigure, strange: frozenset[str]) -> bool:
    """True for a name right beside a word that the fact has: Fern Schools for Fern Plus."""
    beside = zip(said.row, said.row[1:], strict=False)
    return any((w in one.terms and then in strange) or (w in strange and then in one.terms) for w, then in beside)


_OTHER_DAYS = ("time", "money", "percent", "duration", "count")


def is_of_other_days(said: SaidFigure, theirs: AbstractSet[str]) -> bool:
    """True where the draft names days of the week that the fact doesn't."""
    days, known = (frozenset(d for w in words if w in WEEKDAYS for d in WEEKDAYS[w]) for words in (said.words, theirs))
    return said.figure.kind in _OTHER_DAYS and bool(days) and not known & days


_SIZES = ("count", "weight", "volume", "length", "age")


def is_another_size(size: Figure, one: RecordedFigure) -> bool:
    """True for a size or number beside the figure that the fact doesn't have: 50 ml, two for £60."""
    return size.kind in _SIZES and size.kind != one.figure.kind and not any(size.agrees(other) for other in one.figures)
