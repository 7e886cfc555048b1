"""Words that say for whom, where or for how long something holds, or that it may not; and lead-ins, which do not."""

from __future__ import annotations

import regex

from bot.rules.matching import expression
from bot.rules.values import MONTH

_UNSURE_LISTED = """
    not no never longer was were used before previously formerly old last next ago instead change changed changes new
    will soon if unless imagine guess maybe perhaps rather than compared competitor competitors other others elsewhere
    average typically usually off save saved saving discount extra additional another else unlike myth wrong false joke
    dream wish would could should might once originally isn't aren't wasn't weren't don't doesn't didn't won't can't
    correction corrected rumour rumor
"""
UNSURE = frozenset(_UNSURE_LISTED.split())
BEGAN = frozenset({"was", "were"})
"""What a year stands beside ("was founded in")."""
_PASSING_LISTED = """
    today tonight tomorrow yesterday week weekend monday tuesday wednesday thursday friday saturday sunday season
    seasonal spring summer autumn fall winter christmas easter holiday sale sales deal deals offer offers promo
    promotion code coupon voucher launch flash limited stock left remaining raised sold joined ago young turn turns
    turning anniversary birthday celebrate celebrating hour update updated live early bird countdown
"""
PASSING = frozenset(_PASSING_LISTED.split())
"""Words of what holds for a while: another value is no contradiction then."""
_LIMITING_LISTED = """
    member members membership subscriber subscribers student students pensioner pensioners senior seniors kid kids child
    children teacher teachers nurse nurses staff employee employees newcomer newcomers business businesses partner
    partners holder holders cardholder cardholders prime premium plus pro vip gold silver platinum club loyalty tier
    abroad overseas international outside elsewhere express only today tonight tomorrow weekend limited flash if unless
"""
LIMITING = frozenset(_LIMITING_LISTED.split())
"""Words of a sentence nearby that may say for whom, where or when alone a statement holds."""
SOMEWHERE = regex.compile(rf"\b(?:in|to|from|for|outside|across)\s(?:the\s)?(?!{MONTH}|I\b)([A-Z][^\W\d_]*)")


# What only leads in to a statement, and limits nothing of it ("Good news: ", "Founded in 2014, ").

_SAID_FIRST = (
    r"(?:(?:very )?(?:good|great|big|lovely|happy|exciting|wonderful|fantastic) )*news"
    r"|p+ss+t+|hey(?: there)?|hello(?: there)?|hi(?: there)?|h[ou]+rr?a[hy]?|yay|woo+ ?hoo+|wow|yes|and|oh|so|look"
    r"|(?:come (?:and )?)?join us|come and see|fyi|nb|btw|by the way|did you know|guess what|heads[- ]up|fun fact"
    r"|(?:a )?quick (?:one|note|reminder|tip)|(?:just )?a (?:quick |little )?reminder|reminder|good to know"
    r"|listen up|attention|drum ?roll(?: please)?|finally|at last|honestly|of course|as (?:ever|always|promised)"
    r"|as you(?: may)? know|you asked|even better|best of all|(?:and )?the best (?:part|bit|thing)|in short|to be clear"
    r"|(?:(?:sehr |ganz )?(?:gute|tolle|schöne|große|wunderbare|frohe|neue) )*(?:neuigkeiten|nachrichten?)"
    r"|übrigens|endlich|gut zu wissen|buenas noticias|por fin"
    r"|por cierto|bonnes? nouvelles?|enfin|au fait"
)
"""What people say first, before a comma, a colon or a dash."""
_FROM_NOW = (
    r"from (?:today|now)(?: on(?:wards)?)?|(?:as of|as from|starting) (?:today|now)|ab (?:heute|sofort|jetzt)"
    r"|desde hoy|a partir de (?:hoy|ahora)|à partir d['’]aujourd['’]hui|dès aujourd['’]hui"
)
_A_PLACE = r" (?:in|near|at|bei|à|a) (?-i:(?:the )?\p{Lu}[\p{L}’'-]+(?:[ -]\p{Lu}[\p{L}’'-]+){0,2})"
_BEGAN_IN = (
    rf"(?:founded|established|started|opened|gegründet|fundad[ao]s?|fondée?s?)(?:{_A_PLACE})?"
    rf" (?:(?:back )?in|since|im jahr|seit|en|depuis|desde) (?:1[5-9]|20)\d\d(?:{_A_PLACE})?"
    r"(?: by (?:(?!or\b|and\b)\p{L}+ ?){1,4})?"
)
"""A year, and at most where and by whom: "opened or ex-display" is what a price is for."""
_WITH_LOVE = (
    r"(?:loved|adored|cherished) by [^,:;.!?\d\n]{1,40}"
    r"|(?:lovingly |freshly )?(?:hand[- ]?)?(?:made|packed|picked|grown|baked|roasted|brewed|crafted)"
    r" (?:by hand|with (?:love|care))"
)
"""Not where: what is made here may cost more than what isn't."""
_FIRST = rf"(?:(?:and|oh|so) )?(?:{_SAID_FIRST})(?:\s*[,:–—]\s*|\s+-\s+)"
_TOLD_BEFORE = expression(
    rf"(?:(?:{_FROM_NOW})[,:]?\s+|{_FIRST}|(?:{_BEGAN_IN}|{_WITH_LOVE}),\s*)(?=\S)", regex.IGNORECASE
)
_NEWS = expression(
    r"(?:(?i:our|the|a|an|some|and|more|very|good|great|big|small|little|lovely|happy|exciting|wonderful|fantastic|best"
    r"|breaking|latest|fresh|quick|shop|store|company|team|brand|price|product)\s+"
    r"|\p{Lu}[\p{L}’'-]+ & \p{Lu}[\p{L}’'-]+(?:['’]s?)? )*"
    r"(?i:news|newsflash|announcement)(?i: for (?:everyone|everybody|all of you|you all|you|all))?:\s+"
)
"""Whoever's news it is, if that is a firm's by its sign: another name may be that of a place or of some people."""
_PRAISING_LISTED = """
    fresh lovely beautiful gorgeous delicious tasty yummy cosy cozy comfy comfortable warm soft crisp juicy fragrant
    simple easy honest fair healthy wholesome elegant stylish timeless charming cheerful friendly handy clever fun
    playful affordable fantastic wonderful great perfect delightful generous hearty sturdy reliable bright bold pretty
    green frisch lecker schön gemütlich weich köstlich knackig ehrlich einfach zeitlos robust praktisch gesund saftig
    frais fraîche beau belle bon bonne délicieux délicieuse doux douce élégant élégante pratique fresco fresca bonito
    bonita rico rica suave delicioso deliciosa sencillo sencilla cómodo cómoda elegante sano sana
"""
_PRAISING = frozenset(_PRAISING_LISTED.split())
"""What praises a thing, and is no kind of it that could have a price of its own."""
_KINDS = frozenset({"green"})
"""Praise beside other praise only: two colours are two kinds."""
_OF_TWO_WORDS = expression(r"\p{L}+(?:, \p{L}+)?,? (?:and|but|yet|und|y|e|et) \p{L}+,\s+")
"""How it is: "Fresh and lovely, "."""
_JOINING = frozenset(("and", "but", "yet", "und", "y", "e", "et"))
_TODAY = expression(
    r"(?:today|heute|hoy|aujourd['’]hui),?\s+(?!only\b|alone\b|nur\b|allein\b|s[oó]lo\b|seulement\b)", regex.IGNORECASE
)
_MOST_LEAD_INS = 3


def lead_in(sentence: str, unit: str = "") -> int:
    """How much of a sentence, in characters, only leads in to what it states; 0 if nothing does.

    ``unit`` is that of its value: what costs so much a month doesn't cost it today alone.
    """
    end = 0
    for _ in range(_MOST_LEAD_INS):
        rest = sentence[end:]
        found = _TOLD_BEFORE.match(rest) or _news_in(rest) or _looks_of(rest)
        if not found and unit.endswith(("/month", "/year")):
            found = _TODAY.match(rest)
        if not found:
            break
        end += found.end()
    return end


def _news_in(text: str) -> regex.Match[str] | None:
    found = _NEWS.match(text)
    return None if found and _small_words(found[0]) & (LIMITING | PASSING) else found


def _looks_of(text: str) -> regex.Match[str] | None:
    found = _OF_TWO_WORDS.match(text)
    said = _small_words(found[0]) - _JOINING if found else set[str]()
    return found if said <= _PRAISING and len(said - _KINDS) > 1 else None


def _small_words(text: str) -> set[str]:
    return {
        word.casefold().replace("’", "'").removesuffix("'s").strip("'") for word in regex.findall(r"[\p{L}'’]+", text)
    }
