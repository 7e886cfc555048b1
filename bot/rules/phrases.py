"""The phrase language of guideline files, turned into RE2 patterns.

Plain words; ``(a|b)`` choices; ``[optional words]``; ``word*`` for any ending; ``{n}`` for 3, "three"
or "a few"; ``{number}`` for digits; ``{word}`` for one word; ``{words}`` for up to three;
``{anything}`` alone for any text at all. A space also matches commas, hyphens and line breaks. A phrase that is one of
`NAMED` stands for a pattern that many rules need: ``dated``, ``hiring``, ``labelled``, ``sourced``, ``with rules``,
``with terms``.
"""

from __future__ import annotations

import re
from typing import NoReturn

from bot.core.errors import BrokenPhrase
from bot.rules.matching import fold

GAP = r"[\s,\-]+"
_WORD = r"[\pL\pN'%$&#-]+"
_SLOTS = {
    "n": (
        r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|(?:a )?few"
        r"|(?:a )?couple(?: of)?|several|(?:a )?handful(?: of)?|(?:a )?dozen)"
    ),
    "number": r"\d[\d,.]*",
    "word": _WORD,
}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember"
    r"|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
)
_DAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
)
_AD = r"(?:ads?|advert|advertisement|sponsored|paidad|paidpartnership|paidpromotion|paidpost|werbung|anzeige)"
NAMED = {
    "dated": (
        rf"\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s+(?:(?:of|de)\s+)?{_MONTH}\b|\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b"
        rf"|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}(?:\.\d{{1,2}}\.|[./]\d{{1,2}}[./]\d{{2,4}}\b)|\b(?:{_DAY})\b"
        r"|\bmidnight\b|\bnoon\b|\bminuit\b|\bmedianoche\b|\b(?:jusqu'|hasta las|avant) ?à? ?\d{1,2} ?(?:h|:)"
        r"|\b(?:on|by|until|till|through|thru|ends?|closes|deadline|bis|am|from) \d{1,2}[./]\d{1,2}\b"
        r"|\b\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|a\.m|p\.m)\b|\b(?:at|by|until|till|before|um|bis)\s+\d{1,2}:\d{2}\b"
        rf"|\b(?:in|until|till|by|of|from|since|im|bis) {_MONTH}\b"
        r"|\b(?:end of|until|till|by|through) (?:the )?(?:month|week|year|season|easter|christmas)\b"
    ),
    "labelled": (
        rf"#{_AD}\b|^\W*(?:paid )?{_AD}\b|[\[(*|]\s*{_AD}\s*[\])*|]|\b(?:paid|paying|pays) me\b"
        r"|\bpaid (?:partnership|promotion|post|collaboration|collab|ad|advert|partner|link)s?\b"
        r"|^\W*gifted\b|\bgifted by\b"
    ),
    "sourced": (
        r"https?://\S|\b[a-z0-9-]{3,}\.(?:com|org|net|gov|edu|int|eu|uk|example)\b|\bsources?\b\s*:|\baccording to\b"
        r"|\b(?:study|survey|poll|trial|test|audit|sample|panel) (?:of|by|with|among|from|in)\b|\bn\s?=\s?\d"
        r"|\b(?:asked|surveyed|polled|tested|interviewed|measured) (?:[\w']+ ){0,3}\d|\bbased on (?:\w+ )?\d"
        r"|\b(?:method|source|study|survey|report|figures|data)\b[^.!?\n]{0,24}\b(?:linked|link|below|attached|comments?)\b"
        r"|\b(?:university|institute|journal) of\b|\b(?:consumer|user) test(?:ing)? (?:on|of|with) \d"
        r"|\b(?:certified|audited|verified|ranked|voted|awarded)\b[^.!?\n]{0,30}\bby\b"
        r"|\[(?:source|proof)"
    ),
    "with terms": (
        r"\b(?:t ?& ?c'?s?|ts ?& ?cs|terms|conditions apply|rules|small print|teilnahmebedingungen)\b|\b(?:16|18|21)\+"
        r"|\bover[- ]?18s?\b|\b(?:ends?|closes?|closing|deadline|until|till|by|before|drawn|bis)\b[^.!?\n]{0,24}"
        rf"(?:\b(?:{_DAY})\b|\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s?(?:of )?{_MONTH}\b|\b{_MONTH}\s\d|\bmidnight\b|\bnoon\b"
        r"|\b\d{1,2}[./]\d{1,2}\b)"
    ),
    "with rules": (
        r"\bno purch(?:ase)? (?:or \w+ )?(?:is )?(?:nec\w*|required)|\bvoid where prohibited\b|\bt ?& ?c'?s?\b"
        r"|\b(?:official|full|complete) rules\b|\bfor (?:the )?rules\b"
        r"|\b(?:rules|terms)\b ?(?:at|on|here|in|:|via)\b|\bterms (?:and|&|\+) conditions\b"
        r"|\b(?:terms|conditions) apply\b|/(?:terms|rules)\b"
        r"|\b(?:giveaway|contest|competition|sweepstakes|draw) (?:closes|ends|is open)\b|\bmust reside\b"
        r"|\b(?:us|u\.s\.|uk|canadian) residents\b|\bresidents (?:only|18|of|aged)\b"
        r"|teilnahmebedingungen|règlement|aucun achat|bases legales|regolamento|voorwaarden|regulam"
    ),
    "hiring": (
        r"\b(?:we(?:'re| are)|now|is|are) (?:\w+ )?(?:hiring|recruiting)\b|\bhiring (?:across|for|now|in|an?|our)\b"
        r"|\bjob (?:opening|opportunity|vacancy|alert|offer)\b|#\w*hiring\b|#job(?:opening|alert|search|ad|offer)?s?\b"
        r"|#(?:vacanc(?:y|ies)|recruit(?:ment|ing)|careers?|emploi|recrutement|empleo|vagas?|lavoro|vacatures?|praca)\b"
        r"|stellen(?:angebot|anzeige)|\bwir stellen ein\b|\boffre d'emploi|\b(?:on|nous) recrut"
        r"|\boferta de (?:empleo|trabajo)|\bbuscamos personal\b|\bvagas? de emprego\b|\bestamos contratando\b"
        r"|\bofferta di lavoro\b|\bvacature\b|\bofert[ay] pracy\b"
    ),
}
"""Patterns with a name: a day, date or hour; an ad label; somebody who says so; terms of a draw, or its end; its rules;
a job advert.

“with terms” also holds where any day is named; “with rules” asks for words that only the rules of a draw have.
"""
_ANYTHING = r"(?s)\S(?:.{0,60}\S)?"
_TOKEN = re.compile(r"\{[^{}]*\}|\s+|[()|\[\]*]|[^\s{}()|\[\]*]+|.")
_SPECIAL = frozenset("()|[]*{}")
_DEEPEST = 20
_SAID = 200
"""Characters of a phrase that a message repeats."""


def pattern_of(phrase: str) -> str:
    """The RE2 pattern for a phrase. Raises `BrokenPhrase` with the reason."""
    if phrase.strip() == "{anything}":
        return _ANYTHING
    reader = _Reader(_TOKEN.findall(fold(phrase.strip())), phrase)
    return f"(?:{reader.choice(closing='')})"


class _Reader:
    """Reads tokens from left to right; one method for each level of the grammar."""

    def __init__(self, tokens: list[str], phrase: str) -> None:
        self._tokens = tokens
        self._phrase = phrase
        self._at = self._depth = 0

    def fail(self, reason: str) -> NoReturn:
        said = self._phrase if len(self._phrase) <= _SAID else f"{self._phrase[:_SAID]}…"
        message = f"the phrase “{said}” does not work: {reason}"
        raise BrokenPhrase(message)

    def choice(self, closing: str, *, glued: bool = False) -> str:
        """Sequences with ``|`` between them, up to the closing bracket; ``glued`` to a word before."""
        self._depth += 1
        if self._depth > _DEEPEST:
            self.fail("its brackets are nested too deep")
        ways = [self._sequence(glued=glued)]
        while self._peek() == "|":
            self._at += 1
            ways.append(self._sequence(glued=glued))
        if self._peek() != closing:
            self.fail(f"“{closing}” is missing" if closing else f"“{self._peek()}” closes nothing")
        self._at += 1
        self._depth -= 1
        if not all(ways):
            self.fail("an alternative is empty")
        return "|".join(ways)

    def _sequence(self, *, glued: bool) -> str:
        """Items with gaps between them; an optional item takes its gap along."""
        # In "you('re| are)" the space is part of the choice.
        lead = GAP if glued and self._peek().isspace() else ""
        pattern, solid = "", False
        while (token := self._peek()) not in ("|", ")", "]", ""):
            if token.isspace():
                self._at += 1
                continue
            item, optional = self._item()
            if not optional:
                pattern += (GAP if solid else "") + item
                solid = True
            else:
                pattern += f"(?:{GAP}{item})?" if solid else f"(?:{item}{GAP})?"
        if pattern and not solid:
            self.fail("at least one word must not be optional")
        return lead + pattern

    def _item(self) -> tuple[str, bool]:
        """One item: its pattern, and whether it is optional."""
        token = self._peek()
        if token == "[":
            self._at += 1
            return f"(?:{self.choice(']')})", True
        if token == "{words}":
            self._at += 1
            return rf"(?:{_WORD}{GAP}){{0,2}}{_WORD}", True
        pieces: list[str] = []
        while (token := self._peek()) and not token.isspace() and token not in "|])[":
            pieces.append(self._piece(token, glued=bool(pieces)))
        if not pieces:
            self.fail(f"“{token or 'the end'}” is in the wrong place")
        return "".join(pieces), False

    def _piece(self, token: str, *, glued: bool) -> str:
        self._at += 1
        if token == "(":
            return f"(?:{self.choice(')', glued=glued)})"
        if token == "*":
            return r"[\pL\pN]*"
        if token.startswith("{"):
            slot = _SLOTS.get(token[1:-1])
            return slot if slot is not None else self.fail(f"{token} is not a slot; use {', '.join(_known())}")
        if token in _SPECIAL:
            self.fail(f"“{token}” is in the wrong place")
        return re.escape(token).replace("\\'", "'")

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""


def _known() -> list[str]:
    return [f"{{{name}}}" for name in (*_SLOTS, "words", "anything")]
