"""Who pays for a variant, and by which trait it addresses its readers: what another group is not told, or told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from bot.core.brand.variants import PLACE, Statement, ToldKind
from bot.core.words.brand import variants as words
from bot.rules.matching import expression
from bot.rules.values import SENTENCE_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator


# Who pays.

_BY = (
    r"(?i:paid (?:for )?by|sponsored by|funded by|financed by|promoted by|paid partnership with|on behalf of"
    r"|bezahlt von|gesponsert von|finanziert von|im auftrag von|sponsorisée? par|financée? par"
    r"|en partenariat (?:rémunéré )?avec|patrocinad[oa] por|financiad[oa] por|pagad[oa] por)"
)
_WORD = r"\p{Lu}[\p{L}\p{N}&’'-]*"
_NEXT = rf"(?: (?:of |for |de |für |& )?(?:the )?{_WORD})"
_NAME = rf"(?:(?:the|der|die|das|la|le|les|el|los) )?(?:@[\w.]+|{_WORD}{_NEXT}{{0,5}})"
_PAID = expression(rf"\b(?P<by>{_BY}) (?P<name>{_NAME})")
_DENIES = expression(r"(?:\b(?:not|never|nicht|kein\w*|pas|no)|n['’]t) (?:\w+ )?$", regex.IGNORECASE)


def payers_in(text: str) -> Iterator[Statement]:
    """Who is named first as paying, and that somebody is."""
    for found in _PAID.finditer(text):
        if not _DENIES.search(text[: found.start()]):
            yield _told(ToldKind.PAYER, "payer", words.PAYER_NAMED)
            value = found["name"].casefold().removeprefix("the ").strip(".’'-")
            yield _valued(ToldKind.PAYER, "payer", value, found=found, shown=found["name"].rstrip(".’'-"))
            return


# By which trait: of those that people would rather tell themselves.

_TRAITS = {
    "health": (
        r"diabet(?:ics?|es)|migraines?|depress(?:ed|ion)|anxi(?:ous|ety)|adhd|autis(?:m|tic)|cancer|pregnan(?:t|cy)"
        r"|menopause|overweight|obes(?:e|ity)|insomnia|asthma(?:tics?)?|epilep(?:sy|tics?)|disab(?:led|ility)"
        r"|addict(?:s|ion|ed)|depressionen|schwanger\w*|krebs|übergewicht\w*|diabetiker\w*|enceintes?|diabétiques?"
        r"|dépressi(?:f|ve|on)|embarazadas?|diabéticos?|ansiedad"
    ),
    "money": (
        r"in debt|debts?|broke|overdrafts?|overdrawn|unemploy(?:ed|ment)|low[- ]income|bad credit|on benefits"
        r"|schulden|verschuldet\w*|arbeitslos\w*|endetté\w*|au chômage|endeudad[oa]s?|desemplead[oa]s?"
    ),
    "age": (
        r"(?:over|under)[ -](?:the age of )?\d\ds?|pensioners?|seniors|teen(?:ager)?s|retired"
        r"|über \d\d|unter \d\d|rentner\w*|senioren|retraités?|plus de \d\d ans|jubilad[oa]s|mayores de \d\d"
    ),
    "family": (
        r"single (?:mum|mom|dad|mother|father|parent)s?|divorced|newly single|widow(?:s|ed|ers?)|childless|expecting"
        r"|alleinerziehend\w*|geschieden\w*|verwitwet\w*|mères? célibataires?|divorcé\w*|madres? solteras?"
    ),
    "faith": r"muslims?|christians?|jews|jewish|hindus?|catholics?|buddhists?|atheists?|christ(?:en|innen)|juden",
    "origin": r"(?:im)?migrants?|refugees?|expats?|asylum seekers?|geflüchtete\w*|flüchtlinge|réfugiés?|refugiad[oa]s",
    "orientation": r"gay|lesbians?|bisexuals?|lgbt\w*\+?|queer|trans(?:gender)?|schwul\w*|lesbisch\w*",
    "politics": r"(?:labour|tory|conservative|republican|democrat|liberal|left-wing|right-wing) (?:voter|supporter)s?",
    "feeling": r"lonely|insecure|grieving|heartbroken|burnt? out|einsam\w*|trauernd\w*",
}
_ADDRESSES = (
    r"as an?|for|dear|hey|hello|attention|calling all|to all|are you|(?:if|when|because|since|now that) you"
    r"(?:['’]re| are| have| live with| suffer from)?|you(?:['’]re| are| live with| suffer from)"
    r"|(?:struggling|living) with|suffering from|your|als|für|liebe|bist du|sind sie|wenn du|deine?|ihre?|pour|chers?"
    r"|êtes-vous|si vous (?:êtes|avez)|votre|para|querid[oa]s|eres|si (?:eres|tienes)|tu"
)
_TRAIT = "|".join(f"(?P<{name}>{said})" for name, said in _TRAITS.items())
_ADDRESSED = expression(
    rf"\b(?:{_ADDRESSES}) (?:(?!no\b|not\b|never\b)[\p{{L}}’'-]+ ){{0,2}}?(?:{_TRAIT})\b(?!,? (?:i|ich|je|yo)\b)",
    regex.IGNORECASE,
)
_ANY_TRAIT = expression(rf"\b(?:{'|'.join(_TRAITS.values())})\b", regex.IGNORECASE)


def traits_in(text: str) -> Iterator[Statement]:
    """As whom readers are addressed, once for each kind of trait; nothing of whoever speaks of themselves."""
    told: set[str] = set()
    for found in _ADDRESSED.finditer(text) if _ANY_TRAIT.search(text) else ():
        kind, said = found.lastgroup or "", " ".join(found[0].split())
        if kind not in told:
            told.add(kind)
            yield _told(ToldKind.TRAIT, kind, words.TRAITS[kind])
            value = " ".join(found[kind].casefold().split())
            yield _valued(ToldKind.TRAIT, kind, value, found=found, shown=said)


def _told(kind: ToldKind, name: str, label: str) -> Statement:
    """That it is told at all."""
    return Statement(kind, "told", frozenset({f"{kind.value} {name}"}), value=(), shown=words.TOLD, label=label)


def _valued(kind: ToldKind, name: str, value: str, *, found: regex.Match[str], shown: str) -> Statement:
    """What is told: another value may be on purpose."""
    text, label = found.string, f"{words.TRAITS[name] if kind is ToldKind.TRAIT else found['by']} …"
    begin = max((one.end() for one in SENTENCE_ENDS.finditer(text, 0, found.start())), default=0)
    stop = SENTENCE_ENDS.search(text, found.end())
    sentence = " ".join(text[begin : stop.start() if stop else len(text)].split())
    return Statement(
        kind,
        f"{PLACE} {kind.value} {name}",
        frozenset(),
        value=(value,),
        shown=shown,
        label=label,
        sentence=sentence,
        comparable=False,
    )
