"""Drafts beside the terms on the fact sheet: those to avoid, and those that have another to be used in their place.

A term is a word or a few, with its usual endings, outside of addresses, handles and what somebody else is quoted with.
A line that is no such term ("No jokes about our competitors, ever") is for people and the language model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from bot.core.brand.facts import MOST_FACTS, FactKind, source_of
from bot.core.findings import RECORDED_FACT, Edit, Finding
from bot.core.privacy import remembered
from bot.core.reading.languages import language_of
from bot.core.reading.places import covers
from bot.core.words.brand import facts as words
from bot.rules.engine import RulesBeside
from bot.rules.names import named_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.core.brand.facts import Fact
    from bot.core.drafts import Draft


TERMS = (FactKind.AVOID, FactKind.PREFER)

# What a line of the sheet says.

_MOST_WORDS, _LONGEST = 4, 40
_QUOTED = regex.compile(r"[“„«\"]\s?([^“”„»«\"\n]{1,40}?)\s?[”“»\"]")
_LEADS = regex.compile(
    r"^(?:(?:please )?(?:never|don['’]t|do not|avoid|nie|niemals|nicht|jamais|nunca)\b[ :]+)?"
    r"(?:(?:say|use|write|call (?:it|them)|saying|using|sagen|schreiben|dire|decir)\b[ :]+)?"
    r"(?:the )?(?:(?:word|term|phrase)s?\b[ :]+)?",
    regex.IGNORECASE,
)
_INSTEAD = regex.compile(
    r"\s*(?:→|->|=>|[;,.(:–—-]+\s*(?:but |please )?(?:say|use|write|prefer|better|rather|instead|sondern|besser|lieber)"
    r"\b:?)\s*",
    regex.IGNORECASE,
)
_NOT = regex.compile(
    r"\s*(?:,\s*(?:not|never|nicht|statt|pas|no)\b|\((?:not|never|instead of|nicht|statt)\b"
    r"|\b(?:instead of|rather than|anstatt|statt|au lieu de|en vez de|and not|not)\b)\s*",
    regex.IGNORECASE,
)
_OR = regex.compile(r"\s*(?:[,;]|(?<!\d)/|\bor\b|\band\b|\boder\b|\bund\b|\bou\b)\s*")
_AROUND = " .,;:!()[]“”„«»\"'‘’"


@dataclass(frozen=True, slots=True)
class Term:
    """What a draft should not say, and what it may say instead, or ""."""

    text: str
    instead: str = ""


@remembered(MOST_FACTS)
def terms_of(kind: FactKind, value: str) -> tuple[Term, ...]:
    """The terms that a line tells to leave out."""
    if kind is FactKind.PREFER:
        use, *left = _NOT.split(value, maxsplit=1)
        return _terms(left[0], _one(use)) if left else ()
    avoided, *instead = _INSTEAD.split(value, maxsplit=1)
    return _terms(avoided, _one(instead[0]) if instead else "")


def _terms(said: str, instead: str) -> tuple[Term, ...]:
    quoted = _QUOTED.findall(said)
    parts = quoted or _OR.split(_LEADS.sub("", said.strip(_AROUND), count=1))
    found = [part.strip(_AROUND) for part in parts]
    if not all(0 < len(part.split()) <= _MOST_WORDS and len(part) <= _LONGEST for part in found):
        return ()  # a sentence, whose parts would be words of any draft
    return tuple(Term(part, instead if part != instead else "") for part in found if len(part) > 1)


def _one(said: str) -> str:
    """The one term that is to be used; of several, people choose."""
    found = _QUOTED.findall(said) or [_LEADS.sub("", said.strip(_AROUND), count=1)]
    one = found[0].strip(_AROUND)
    fits = len(found) == 1 and len(one.split()) <= _MOST_WORDS and len(_OR.split(one)) == 1
    return one if fits and len(one) <= _LONGEST else ""


# Where a draft says it.

_VOWELS = "aeiouy"
_ALONE_LISTED = "news goods means customs arms jeans savings earnings always perhaps glasses series"
_ALONE = frozenset(_ALONE_LISTED.split())
"""Words that only look like many of something."""
_PERSONS = ("ers", "ors", "ants", "ents")
_GERMAN = ("", "e", "en", "em", "er", "es", "n", "s", "sten", "ste", "ere", "eren")
_NOT_READ = regex.compile(
    r"[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+|[\w.+-]*@[\w.-]+|(?<![\w.])[\w-]+(?:\.[\w-]+)+(?:/\S*)?"
    r"|“[^”\n]{1,300}”|„[^“”\n]{1,300}[“”]|«[^»\n]{1,300}»|\"[^\"\n]{1,300}\"|‘[^’\n]{1,300}’|^>[^\n]*",
    regex.IGNORECASE | regex.MULTILINE,
)
"""Addresses, handles, and what somebody else is quoted with."""


@remembered(MOST_FACTS)
def _pattern(term: str, *, german: bool) -> regex.Pattern[str]:
    pieces = regex.findall(r"[\p{L}\p{N}]+(?:['’]\p{L}+)?", term)
    forms = [pieces[-1] + ending for ending in _GERMAN] if german else _forms(pieces[-1])
    ways = [regex.escape(piece) for piece in pieces[:-1]] + ["|".join(map(regex.escape, forms))]
    flags = 0 if _is_spelling(term) else regex.IGNORECASE
    whole = r"[\s-]{1,2}".join(f"(?:{way})" for way in ways)
    more = _compared(pieces[-1]) if len(pieces) == 1 and not german else ""
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}_@-])(?:{whole}{more})(?![\p{{L}}\p{{N}}_-])", flags)


def _is_spelling(term: str) -> bool:
    """True where only this way to write it is meant: "BRIO" in capitals is no other brand than Brio."""
    return term.isupper() or any(sign.isupper() for sign in term[1:])


def _forms(word: str) -> list[str]:
    """The word with its usual endings."""
    fold = word.casefold()
    ways = {word, f"{word}s", f"{word}’s", f"{word}'s"}
    if fold.endswith(("s", "x", "z", "ch", "sh")):
        ways.add(f"{word}es")
    if fold.endswith(_PERSONS) and fold not in _ALONE:
        ways.add(word[:-1])
    if fold.endswith("y"):
        ways |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    if fold.endswith("e"):
        ways |= {f"{word}d", f"{word[:-1]}ing"}
    elif _doubles(fold):
        ways |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    else:
        ways |= {f"{word}ed", f"{word}ing"}
    return sorted(ways, key=lambda way: (-len(way), way))


def _doubles(word: str) -> bool:
    """True for a short word whose last letter is doubled before an ending: plan and planned, but not car and cared."""
    ends = word[-3:]
    return len(word) in (3, 4) and len(ends) == 3 and [sign in _VOWELS for sign in ends] == [False, True, False]  # noqa: PLR2004


def _compared(word: str) -> str:
    """Also cheaper and cheapest, where more words say that it is no cheaper of a trade, as a painter is."""
    stem = regex.escape(word.removesuffix("e") if not word.endswith("y") else f"{word[:-1]}i")
    return rf"|{stem}er(?= than\b)|(?<=\b(?:even|much|far|ever|always) ){stem}er|{stem}est|{regex.escape(word)}ly"


@dataclass(frozen=True, slots=True)
class SaidTerm:
    """A term that stands in a text, and the fact that tells to leave it out."""

    fact: Fact
    term: Term
    start: int
    end: int

    def edit(self, text: str) -> Edit | None:
        """The other term in its place, where the word has no ending that it would need, too."""
        said, instead = text[self.start : self.end], self.term.instead
        if not instead or said.casefold() != self.term.text.casefold():
            return None
        begins = said[:1].isupper() and not self.term.text[:1].isupper()
        return Edit(self.start, self.end, f"{instead[:1].upper()}{instead[1:]}" if begins else instead)


def terms_said(text: str, facts: Sequence[Fact]) -> Iterator[SaidTerm]:
    """The terms in a text, in the order of the facts; none inside a preferred one or inside a name."""
    lists = [fact for fact in facts if fact.kind in TERMS]
    names = {fact.about for fact in facts if fact.about} if lists else set[str]()
    here = named_in(text, names) if names else frozenset[str]()
    kept = _kept(lists, names)
    left_alone = [found.span() for found in _NOT_READ.finditer(text)] if lists else []
    german = bool(lists) and language_of(text) == "de"
    taken = [span for one in kept for span in _places(one, text, german=german)] if lists else []
    for fact in lists:
        if fact.about and fact.about not in here and (here or len(names) > 1):
            continue
        for term in terms_of(fact.kind, fact.value):
            for start, end in _places(term.text, text, german=german):
                inside = any(a <= start and end <= b and (a, b) != (start, end) for a, b in taken)
                if not inside and not any(a < end and start < b for a, b in left_alone):
                    yield SaidTerm(fact, term, start, end=end)


def _kept(lists: Sequence[Fact], names: set[str]) -> set[str]:
    """Terms and names that may hold a shorter one."""
    used = {fact.value for fact in lists if fact.kind is FactKind.PREFER and len(fact.value.split()) <= _MOST_WORDS}
    used |= {term.instead for fact in lists for term in terms_of(fact.kind, fact.value)}
    return {one for one in used | names if one and regex.search(r"\p{L}", one)}


def _places(term: str, text: str, *, german: bool) -> list[tuple[int, int]]:
    if not regex.search(r"[\p{L}\p{N}]", term):
        return []
    return [found.span() for found in _pattern(term, german=german).finditer(text)]


@dataclass(frozen=True, slots=True)
class RulesWithTerms(RulesBeside):
    """The `Rules` port: those of ``rules``, and the terms that the brand doesn't use."""

    facts: tuple[Fact, ...]
    markets: tuple[str, ...] = ()
    """Where all posts of the workspace are seen."""

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the rules find in the draft, and the terms."""
        here = draft.markets or self.markets
        seen = [one for one in self.facts if not one.markets or (here and covers(one.markets, here))]
        return (*self.rules.findings(draft), *(self._finding(one, draft.text) for one in terms_said(draft.text, seen)))

    def _finding(self, one: SaidTerm, text: str) -> Finding:
        return Finding(
            self.guideline.id,
            self.guideline.severity,
            one.start,
            end=one.end,
            quote=text[one.start : one.end],
            why=words.term(one.fact.value, source_of(one.fact), avoid=one.fact.kind is FactKind.AVOID),
            edit=one.edit(text),
            rule=f"{RECORDED_FACT}{one.fact.id}",
        )
