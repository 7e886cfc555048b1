"""Drafts beside the AI characters and chatbots on the fact sheet: whether people are told whom they talk to.

And what a character says of its own age, years, birthday and home, where the sheet has another number, day or place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from bot.core.brand.facts import OF_PERSONAS, FactKind
from bot.core.findings import RECORDED_FACT, Finding
from bot.core.words.brand import facts as words
from bot.rules.engine import RulesBeside
from bot.rules.matching import expression
from bot.rules.values import SPELLED_WORDS, about_in, placed, spelled, stated_in, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.core.brand.facts import Fact
    from bot.core.drafts import Draft
    from bot.rules.values import Stated

BOT_IDENTITY = "transparency/bot-identity"
_SAYS_SO = expression(
    r"\b(?:A\.?I\b|(?:chat|ro)?[- ]?bots?\b|virtual|automat(?:ed|ic)|artificial|algorithm|language model)",
    regex.IGNORECASE,
)
"""What tells readers, in whatever words, that it is no person."""
_MET = (
    r"(?<![\w@#])(?i:i['’]?m|i am|my name is|this is|meet|(?:hi|hello) from|say (?:hi|hello) to|ask|text|message|dm"
    r"|(?:chat|talk|speak)(?:ing)? (?:with|to)|write to) {name}(?!\w)|^{name}:|^[-–—] ?{name}[.!]?$"
)


@dataclass(frozen=True, slots=True)
class RulesWithPersonas(RulesBeside):
    """The `Rules` port: those of ``rules``, and where a character speaks or is talked to and nobody says it is AI."""

    facts: tuple[Fact, ...]

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the rules find in the draft, and its characters without a label."""
        mine = () if _SAYS_SO.search(draft.text) else tuple(self._unlabelled(draft.text))
        return (*self.rules.findings(draft), *mine)

    def _unlabelled(self, text: str) -> Iterator[Finding]:
        routes = {fact.about: fact.value for fact in self.facts if fact.kind is FactKind.HUMAN_ROUTE}
        for fact in self.facts:
            name = fact.about.partition(",")[0].strip()
            found = _met(text, name) if fact.kind is FactKind.AI_LABEL and name else None
            if found:
                yield Finding(
                    self.guideline.id,
                    self.guideline.severity,
                    found.start(),
                    end=found.end(),
                    quote=found[0],
                    why=words.unlabelled(name, fact.value, routes.get(fact.about, "")),
                    rule=f"{RECORDED_FACT}{fact.id}",
                )


def _met(text: str, name: str) -> regex.Match[str] | None:
    """Where somebody with that name speaks, or readers are asked to talk with them."""
    return regex.search(_MET.replace("{name}", regex.escape(name)), text, regex.MULTILINE)


# What a character says of its own life. Only that: what it says of others, and what is not so or was, is left alone.

_NUMBER = rf"(\d{{1,3}}|{SPELLED_WORDS})"
_STOP = r"\s*(?:[.,;!—–]|\p{So}|and\b|und\b|today\b|heute\b|$)"
_OWN_AGE = expression(
    rf"\bI(?:['’]m| am| turn(?:ed)?| just turned)(?: now| only| just| still)? {_NUMBER}(?=[ -]years?[ -]old\b|{_STOP})"
    rf"|(?<=^|[.!:]\s){_NUMBER} years old\b|\bmy {_NUMBER}(?:st|nd|rd|th) birthday\b"
    rf"|\b(?:ich (?:bin|werde)|werde ich)(?: jetzt| erst| gerade| heute)? (\d{{1,3}})(?= jahre?(?: alt)?\b|{_STOP})"
    rf"|\bj['’]ai (\d{{1,3}}) ans\b|\b(?:tengo|cumplo) (\d{{1,3}}) años\b",
    regex.IGNORECASE | regex.MULTILINE,
)
_AGED = expression(
    rf",(?: (?:your|the|an?) (?:(?!for|of|with)[\w-]+ ?){{1,4}},)? aged {_NUMBER}(?={_STOP})", regex.IGNORECASE
)
"""Right behind a name that somebody gives as its own."""
_TURNS = expression(r"\b(?:turn|werde|cumplo)\b", regex.IGNORECASE)
_KNOWN_AGE = expression(
    rf"\b(?:is|aged|age:?|turns|ist) {_NUMBER}(?: years old\b| jahre alt\b|(?=\s*(?:[.,;]|$)))"
    r"|\b(?:a|tiene) (\d{1,3}) (?:ans|años)\b",
    regex.IGNORECASE,
)
_FIRST_PERSON = expression(r"\b(?:I|I['’](?:m|ve|d)|me|[Mm]y birthday|[Ii]ch|[Mm]ein Geburtstag)\b")
_OWN_BIRTH = expression(
    r"\bI was born\b|\bmy birthday\b|\bich (?:bin|wurde)\b.{1,40}\bgeboren\b|\bmein geburtstag\b|\bje suis née?\b"
    r"|\bmon anniversaire\b|\bnací\b|\bmi cumpleaños\b",
    regex.IGNORECASE,
)
_BIRTH = expression(r"\b(?:born|birthday|geboren|geburtstag|née?|anniversaire|nació|cumpleaños)\b", regex.IGNORECASE)
_HOME = expression(
    r"\b(?:I(?:['’]m| am)? liv(?:e|ing)|ich (?:wohne|lebe)|I(?:['’]ve| have) (?:always )?lived|my address"
    r"|my (?:home|flat|house)(?: is|['’]s| in| at| on| near| above)|(?:home|my place)(?: is|['’]s))\b",
    regex.IGNORECASE,
)
_KNOWN_HOME = expression(r"\b(?:lives|home is|is at home|wohnt|lebt) ")
_SENTENCE_END = expression(r"[!?\n]|(?<!\b[Nn]o)\.(?=\s|$)")
_HOUSE = expression(r"\b(?:[Nn]o\.? ?|number |at )(\d{1,4})\b|\b(\d{1,4})(?= \p{Lu})")
_PLACE = expression(r"\b(?:in|on|near|to|from|of) (?:the )?(\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)*)")
_WIDER = about_in("England Scotland Wales Ireland Britain UK Europe Germany Spain France Italy America USA")
"""Places that the one on the sheet may lie in."""
_NOT_SO_LISTED = """
    if when was were used once almost nearly feel feels like would could not never until before ago says said people
    wenn als war waren fast beinahe wäre würde könnte nicht nie früher damals sagt
"""
_NOT_SO = frozenset(_NOT_SO_LISTED.split())
_LEAST_SHARED = {"quantity month": 2, "date": 1, "year creat": 0}
"""The units of what it tells of its life, and how many words for what that is both have to use."""


def told_otherwise(text: str, facts: Sequence[Fact]) -> Iterator[tuple[Stated, Fact, Stated]]:
    """What a character says of itself in its own voice, and the fact with another number, day or place."""
    for name in dict.fromkeys(fact.about for fact in facts if fact.kind in OF_PERSONAS and fact.about):
        own = [fact for fact in facts if fact.about == name and fact.kind not in OF_PERSONAS]
        begins, ends = _speech(text, regex.escape(name.partition(",")[0].strip())) if own else (0, 0)
        for compare in (_ages, _times, _homes) if ends else ():
            yield from compare(text[:ends], begins, own)


_OWN_NAME = (
    r"\b(?:I['’]?m|I am|my name(?: is|['’]s)|ich bin|ich hei(?:ß|ss)e|mein name ist|je suis|je m['’]appelle|soy"
    r"|me llamo) (?:the )?{name}(?!\w|['’]s)|(?:^|[.!,]\s){name} here\b"
)
_SPEAKER = expression(r"(?m)^\p{L}[^:\n]{0,40}:\s")


def _speech(text: str, name: str) -> tuple[int, int]:
    """Where a character speaks: behind its name and a colon, or where it says who it is, until somebody else does."""
    if found := regex.search(rf"^{name}\b[^:\n]{{0,40}}:", text, regex.MULTILINE):
        return found.end(), len(text)
    found = regex.search(_OWN_NAME.replace("{name}", name), text, regex.MULTILINE | regex.IGNORECASE)
    if not found or _SPEAKER.search(text, 0, found.start()):
        return 0, 0
    other = _SPEAKER.search(text, found.end())
    return found.end(), other.start() if other else len(text)


def _ages(text: str, begins: int, own: Sequence[Fact]) -> Iterator[tuple[Stated, Fact, Stated]]:
    ages = [(fact, one) for fact in own for one in _found(_KNOWN_AGE, fact.value, "age")]
    said = [one for one in _found(_OWN_AGE, text, "age", begins=begins) if _is_so(text, one)]
    if aged := _AGED.match(text, begins):
        said += _found(_AGED, text[: aged.end()], "age", begins=begins)
    if len(ages) == 1 and len({one.value for one in said}) == 1 and said[0].value != ages[0][1].value:
        sentence = text[slice(*said[-1].sentence)]
        is_next = int(said[-1].value[0]) == int(ages[0][1].value[0]) + 1
        if not (is_next and _TURNS.search(sentence)):
            yield said[-1], *ages[0]


def _found(pattern: regex.Pattern[str], text: str, unit: str, begins: int = 0) -> list[Stated]:
    found: list[Stated] = []
    for one in pattern.finditer(text, begins):
        group = next(number for number, said in enumerate(one.groups(), 1) if said)
        number = one[group]
        value = number if number.isdecimal() else str(spelled(number))
        found.append(placed(text, *one.span(group), unit=unit, value=(value,), behind=one.end(group)))
    return found


def _is_so(text: str, one: Stated) -> bool:
    start, end = one.sentence
    unsure = set(words_of(text[start:end])) & _NOT_SO
    is_born = one.unit == "year creat" or _OWN_BIRTH.search(text, start, end)
    return not unsure - ({"was"} if is_born else set()) and text[end : end + 1] != "?"


def _times(text: str, begins: int, own: Sequence[Fact]) -> Iterator[tuple[Stated, Fact, Stated]]:
    """How long it has done something, and on which day or in which year what came about."""
    for said in stated_in(text):
        sentence = text[slice(*said.sentence)]
        least = _LEAST_SHARED.get(said.unit)
        if said.start < begins or least is None or not (_FIRST_PERSON.search(sentence) and _is_so(text, said)):
            continue
        for fact in own:
            same = [one for one in stated_in(fact.value) if one.unit == said.unit]
            shared = about_in(sentence) & about_in(fact.value) - about_in(fact.about)
            is_birth = bool(_OWN_BIRTH.search(sentence) and _BIRTH.search(fact.value))
            if (
                len(same) == 1
                and len(shared) + is_birth >= least
                and not (same[0].agrees(said) or _KNOWN_AGE.search(fact.value))
            ):
                yield said, fact, same[0]


def _homes(text: str, begins: int, own: Sequence[Fact]) -> Iterator[tuple[Stated, Fact, Stated]]:
    homes = [(fact, one) for fact in own if (one := _KNOWN_HOME.search(fact.value))]
    for found in _HOME.finditer(text, begins) if len(homes) == 1 else ():
        fact, known = homes[0]
        stops = _SENTENCE_END.search(text, found.end())
        span = found.start(), stops.start() if stops else len(text)
        for pattern in (_HOUSE, _PLACE) if not set(words_of(text[slice(*span)])) & _NOT_SO - {"when"} else ():
            mine = _places(pattern, text, *span)
            other = _places(pattern, fact.value, known.end(), end=len(fact.value))
            is_other = mine and other and not about_in(mine[0].value[0]) & (about_in(fact.value) | _WIDER)
            if is_other and not {place.value for place in mine} & {place.value for place in other}:
                yield replace(mine[0], sentence=span), fact, other[0]
                return


def _places(pattern: regex.Pattern[str], text: str, start: int, end: int) -> list[Stated]:
    found = [one.span(1 if one[1] else one.lastindex or 0) for one in pattern.finditer(text, start, end)]
    return [placed(text, *span, unit="home", value=(text[slice(*span)].casefold(),), behind=span[1]) for span in found]
