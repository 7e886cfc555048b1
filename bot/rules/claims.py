"""Drafts beside the claims on the fact sheet: what is covered by evidence, and what by none that holds.

A draft makes a claim where one of its sentences has the claim's figures and words. Code is sure of that or silent; a
language model, which reads the claims before the draft, judges by meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from bot.core.brand.facts import MOST_FACTS, FactKind
from bot.core.drafts import reference
from bot.core.findings import CLAIM_EVIDENCE, RECORDED_FACT, Finding, sentence_around, sentence_ends
from bot.core.reading.places import exceeds
from bot.core.words.brand import facts as words
from bot.flows.reviewing import rule_findings
from bot.rules.engine import RulesBeside
from bot.rules.figures.doubts import UNSURE
from bot.rules.matching import expression
from bot.rules.names import named_in
from bot.rules.values import CLAUSE_ENDS, SPELLED, SPELLED_WORDS, WORD, about_in, spelled, stated_in, stem, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.brand.facts import Fact
    from bot.core.drafts import Draft
    from bot.core.judging import Case, Judgement
    from bot.core.ports import Critic, Rules


# Whether words make a claim.

_FIGURE = expression(rf"\d+(?:[.,]\d+)*|\b(?:{SPELLED_WORDS})\b", regex.IGNORECASE)
_ENOUGH = 0.6
"""The share of a claim's words that a sentence with its figures needs; without figures it needs all of them."""
_NO_SUBJECT = frozenset(stem(word) for word in (*UNSURE, *SPELLED))
_NO_MATTER = frozenset({"new", "will"})
"""Words of the unsure ones that leave a claim the same."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What words say: figures, each with its unit where it has one, what they are about, and words that limit it."""

    figures: frozenset[tuple[str, ...]]
    about: frozenset[str]
    unsure: frozenset[str]


@lru_cache(2 * MOST_FACTS)
def _said(text: str) -> _Spoken:
    stated = stated_in(text)
    figures: set[tuple[str, ...]] = {(one.unit, one.near, *one.value) for one in stated}
    for found in _FIGURE.finditer(text):
        if not any(one.start <= found.start() < one.end for one in stated):
            figure = found[0].lower()
            figures.add((figure.replace(",", "") if figure[0].isdigit() else str(spelled(figure)),))
    starts = [0, *(one.end for one in stated)]
    rest = " ".join(text[at : one.start] for at, one in zip(starts, stated, strict=False)) + text[starts[-1] :]
    return _Spoken(frozenset(figures), about_in(rest) - _NO_SUBJECT, UNSURE.intersection(words_of(text)))


def makes(sentence: str, claim: Fact) -> bool:
    """True where the sentence says what the claim says, and neither asks nor quotes it."""
    if any(mark in sentence for mark in '?“”"«»„'):
        return False
    mine, said = _said(claim.value), _said(sentence)
    same = mine.figures <= said.figures and (said.unsure ^ mine.unsure) <= _NO_MATTER
    return same and _shares(claim, said.about, _ENOUGH if mine.figures else 1)


def _shares(claim: Fact, spoken: frozenset[str], enough: float = _ENOUGH) -> bool:
    mine = _said(claim.value).about
    return bool(mine & spoken) and len(mine & spoken) >= enough * len(mine)


def leans_on(text: str, claim: Fact) -> bool:
    """True where a sentence of the text makes the claim."""
    return any(makes(text[start:end], claim) for start, end in _sentences(text))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    return pairwise([0, *sentence_ends(text), len(text)])


def is_covered(finding: Finding, text: str, claim: Fact) -> bool:
    """True where the claim is all that the finding's words, and the figures around them, say."""
    start, end = sentence_around(text, finding.start, finding.end)
    if not makes(text[start:end], claim):
        return False
    breaks = [found.span() for found in CLAUSE_ENDS.finditer(text, start, end)]
    begins = max((last for _, last in breaks if last <= finding.start), default=start)
    stops = min((first for first, _ in breaks if first >= finding.end), default=end)
    known = _said(f"{claim.value} {claim.about}").about
    return _said(finding.quote).about <= known and _said(text[begins:stops]).figures <= _said(claim.value).figures


def _words_of_it(text: str, start: int, end: int, claim: Fact) -> tuple[int, int]:
    """From the first to the last of a sentence's words that the claim has too."""
    mine = _said(claim.value)
    found = [one.span() for one in WORD.finditer(text, start, end) if about_in(one[0]) & mine.about]
    found += [one.span() for one in _FIGURE.finditer(text, start, end)] if mine.figures else []
    return min(first for first, _ in found), max(last for _, last in found)


# The claims of a workspace, beside the rules and the language model.


@dataclass(frozen=True, slots=True)
class Claims:
    """The fact sheet on a day: claims, and the other facts, which cover what they say where they name their source.

    Without ``today`` all of them hold. ``markets`` are where all posts of the workspace are seen.
    """

    facts: tuple[Fact, ...]
    today: str = ""
    markets: tuple[str, ...] = ()

    @property
    def covering(self) -> tuple[Fact, ...]:
        """Those that cover a claim somewhere."""
        return tuple(fact for fact in self.facts if fact.source and self._holds(fact))

    @property
    def lapsed(self) -> tuple[Fact, ...]:
        """The claims that do not hold on the day."""
        return tuple(fact for fact in self.facts if fact.kind is FactKind.CLAIM and not self._holds(fact))

    def cover(self, finding: Finding, draft: Draft) -> bool:
        """True where a finding asks for evidence that is on the sheet."""
        asks = finding.guideline == CLAIM_EVIDENCE
        return asks and any(is_covered(finding, draft.text, fact) for fact in self._holding(draft))

    def unsupported(self, draft: Draft) -> Iterator[tuple[int, int, Fact]]:
        """Where the draft makes a claim whose evidence does not hold for it, and no other covers that sentence."""
        holding, spoken = self._holding(draft), about_in(draft.text)
        others = [
            one for one in self.facts if one.kind is FactKind.CLAIM and one not in holding and _shares(one, spoken)
        ]
        for start, end in _sentences(draft.text) if others else ():
            sentence = draft.text[start:end]
            claim = next((one for one in others if makes(sentence, one)), None)
            if claim and not any(makes(sentence, one) for one in holding):
                yield *_words_of_it(draft.text, start, end, claim=claim), claim

    def why(self, claim: Fact, draft: Draft) -> str:
        """What is wrong with the evidence."""
        return words.unsupported(
            claim.value,
            claim.source,
            since=claim.since if self.today and self.today < claim.since else "",
            until=claim.until if claim.until and claim.until < self.today else "",
            only=", ".join(claim.markets) if self._is_elsewhere(claim, draft) else claim.about,
        )

    def _holding(self, draft: Draft) -> list[Fact]:
        """Those that cover a claim in the draft's markets, of what it speaks of."""
        named = {name.casefold() for name in named_in(draft.text, (fact.about for fact in self.facts))}
        fitting = (one for one in self.covering if not (named and one.about) or one.about.casefold() in named)
        return [one for one in fitting if not self._is_elsewhere(one, draft)]

    def _holds(self, fact: Fact) -> bool:
        return not self.today or fact.holds_on(self.today)

    def _is_elsewhere(self, fact: Fact, draft: Draft) -> bool:
        """True where the draft is surely seen in a market that the evidence is not for."""
        return bool(fact.markets) and exceeds(fact.markets, draft.markets or self.markets)


@dataclass(frozen=True, slots=True)
class RulesWithClaims(RulesBeside):
    """The `Rules` port: those of ``rules``, without what is covered and with what lacks evidence that holds."""

    claims: Claims

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the rules find in the draft, and the claims."""
        mine = [self._finding(*one, draft=draft) for one in self.claims.unsupported(draft)]
        found = self.rules.findings(draft)
        return (*(one for one in found if not (_touches(one, mine) or self.claims.cover(one, draft))), *mine)

    def _finding(self, start: int, end: int, claim: Fact, *, draft: Draft) -> Finding:
        return Finding(
            self.guideline.id,
            self.guideline.severity,
            start,
            end=end,
            quote=draft.text[start:end],
            why=self.claims.why(claim, draft),
            rule=f"{RECORDED_FACT}{claim.id}",
        )


def _touches(finding: Finding, others: list[Finding]) -> bool:
    asks = finding.guideline == CLAIM_EVIDENCE
    return asks and any(one.start < finding.end and finding.start < one.end for one in others)


@dataclass(frozen=True, slots=True)
class CriticWithClaims:
    """The `Critic` port: the judgement of ``critic``, which does not ask for evidence that is on the sheet.

    Recorded answers were given without the sheet, to what the ``rules`` find without it.
    """

    critic: Critic
    claims: Claims
    rules: Rules | None = None

    @property
    def fingerprint(self) -> str:
        """Changes with the facts, too: recorded answers were given without them."""
        return f"{self.critic.fingerprint}:{reference(repr(self.claims.covering))}"

    def on(self, critic: Critic) -> Critic:
        return replace(self, critic=critic)

    async def judge(self, case: Case) -> Judgement:
        if self.rules:
            case = replace(case, found=rule_findings(case.draft, self.rules))
        judged = await self.critic.judge(case)
        asked = tuple(one for one in judged.findings if not self.claims.cover(one, case.draft))
        return replace(judged, findings=asked)
