"""Drafts beside what was said before: another price, share, date, count or duration of the same thing, by code alone.

Posts speak of offers, days and people that pass, where a fact sheet says what stays. So code is silent about whatever
may only have passed since, and the latest post that speaks of something is the one that counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from bot.core.brand.facts import LONGEST_ABOUT, LONGEST_VALUE, Fact, FactKind, source_of, told_facts
from bot.core.brand.posts import EarlierPost
from bot.core.findings import (
    CLAIM_EVIDENCE,
    ONE_STORY,
    RECORDED_FACT,
    RECORDED_POST,
    Finding,
    fact_behind,
    sentence_ends,
)
from bot.core.privacy import remembered
from bot.core.words.brand import facts as fact_words
from bot.core.words.brand import posts as words
from bot.rules.engine import RulesBeside
from bot.rules.facts import (
    LONGEST_QUOTE,
    OURS,
    edit_of,
    is_alone,
    is_same_thing,
    is_sure,
    nearest,
    recorded_in,
    told_from,
    what_matters,
)
from bot.rules.figures.doubts import PASSING
from bot.rules.matching import expression
from bot.rules.names import is_of_another
from bot.rules.values import MONTHS, MOST_VALUES, Stated, about_in, stated_in, stem, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.core.drafts import Draft
    from bot.core.judging import Case, Judgement
    from bot.core.ports import Critic
    from bot.rules.claims import Claims


# The sentences of a text that may be facts.

KINDS = {"money": FactKind.PRICE, "date": FactKind.DATE, "year": FactKind.ORIGIN}


def proposed_from(text: str) -> tuple[Fact, ...]:
    """A fact for each sentence that holds a price, share, date, year or quantity; people say which is one."""
    found: dict[str, Fact] = {}
    for one in stated_in(text):
        said = " ".join(text[slice(*one.sentence)].split())
        if said not in found and len(said) <= LONGEST_VALUE:
            found[said] = Fact(said, KINDS.get(one.unit.partition(" ")[0].partition("/")[0], FactKind.QUANTITY))
    return tuple(found.values())


# What of it is said otherwise now.

_GROWING_LISTED = """
    learner follower customer member subscriber people user download review star order fan reader visitor student
    volunteer supporter signature donation tree meal percent
"""
_GROWING = frozenset(stem(word) for word in _GROWING_LISTED.split())
"""What is counted anew and grows."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A statement of the draft, and the sentence of a post that says otherwise."""

    said: Stated
    post: EarlierPost
    sentence: str
    recorded: Stated


def differing(text: str, posts: Sequence[EarlierPost], facts: Sequence[Fact], today: str) -> tuple[Differing, ...]:
    """What a draft says otherwise than the latest post that speaks of it; nothing that the fact sheet bears out."""
    said = stated_in(text)
    if not posts or not 0 < len(said) <= MOST_VALUES:
        return ()
    known = [one for post in posts if _is_out(post, today) for one in _statements(post)]
    borne_out = [(fact, one) for fact in facts for one in recorded_in(fact.value)]
    names = {fact.about for fact in facts if fact.about}
    found: list[Differing] = []
    for one in said:
        of_it = (r for by, r in borne_out if not is_of_another(by, text[slice(*one.sentence)], text, names=names))
        if not lasts(one, text) or not _is_ahead(one, today, today) or _is_said_by(one, of_it):
            continue
        same = [
            (p, s, r) for p, s, r in known if _is_same(one, r, s, post=p, text=text) and _is_ahead(r, p.date, today)
        ]
        latest = max((post.date for post, _, _ in same), default="")
        newest = [(p, s, r) for p, s, r in same if p.date == latest]
        again = _is_said_by(one, (recorded for post, _, recorded in known if post.date >= latest))
        is_one = len({recorded.value for _, _, recorded in newest}) == 1
        if is_one and not again and is_alone(one, newest[0][2], said):
            found.append(Differing(one, *newest[0]))
    return tuple(found)


def _is_out(post: EarlierPost, today: str) -> bool:
    """True where it may be published by now: somewhere it is tomorrow already. Without a day nobody knows."""
    return not today or post.date <= (date.fromisoformat(today) + timedelta(days=1)).isoformat()


def _is_said_by(said: Stated, others: Iterable[Stated]) -> bool:
    """True where one of them says the same of what may be the same."""
    return any(one.unit == said.unit and one.agrees(said) and one.about & said.about for one in others)


@remembered(512)
def _statements(post: EarlierPost) -> tuple[tuple[EarlierPost, str, Stated], ...]:
    """The sentences of a post with one value of its unit each, that do not only hold for a while or for some."""
    text, values = post.text, stated_in(post.text)
    found: list[tuple[EarlierPost, str, Stated]] = []
    for one in values if len(values) <= MOST_VALUES else ():
        sentence = text[slice(*one.sentence)]
        alone = [other for other in recorded_in(sentence) if other.unit == one.unit]
        if alone and is_sure(one, text) and lasts(one, text):
            before = about_in(sentence[told_from(alone[0], sentence) : alone[0].start])
            found.append((post, sentence, replace(alone[0], before=before & alone[0].before)))
    return tuple(found)


def _is_same(said: Stated, recorded: Stated, sentence: str, *, post: EarlierPost, text: str) -> bool:
    """True where each statement says all that the other says of the thing."""
    every = about_in(text[slice(*said.sentence)])
    mine = recorded.before if said.unit.startswith("year") else recorded.about
    if said.unit == recorded.unit == "date" and _is_another_time(said, recorded):
        return False
    about = _goes_on(post, sentence)
    return what_matters(mine, recorded) <= every and is_same_thing(
        said, recorded, Fact(sentence, about=about), text=text
    )


_MOST_APART = 14


def _is_another_time(said: Stated, recorded: Stated) -> bool:
    """True where what happens again and again may be meant: the days are far apart."""
    first, second = ((MONTHS.index(month), int(day)) for day, month, _ in (said.value, recorded.value))
    return abs(31 * (first[0] - second[0]) + first[1] - second[1]) > _MOST_APART


_GOES_ON = expression(r"(?:It|They|This|These|That)(?:['’]s)? ")
_NAMED = expression(
    r"(?:The|Our|This)? ?((?:[\p{L}\p{N}’'-]+ ){1,3}?[\p{L}\p{N}’'-]+) (?:is|are|has|have|comes?|will)\b"
)


def _goes_on(post: EarlierPost, sentence: str) -> str:
    """What the sentence before speaks of, where this one only goes on ("The Fen tin is back. It costs £26")."""
    before = post.text[: post.text.find(sentence)].rstrip(".!? ") if _GOES_ON.match(sentence) else ""
    begins = max(sentence_ends(before), default=0) if before else 0
    named = _NAMED.match(before[begins:].strip()) if before else None
    return named[1][:LONGEST_ABOUT] if named else ""


def lasts(one: Stated, text: str) -> bool:
    """True where it may be compared over time."""
    kind, _, counted = one.unit.partition(" ")
    if kind == "year" and not OURS.match(text, one.end):
        return False
    if kind == "date":
        return True
    if kind == "quantity" and (not one.before or counted in _GROWING):
        return False
    return not PASSING & set(words_of(text[slice(*one.sentence)]))


def _is_ahead(one: Stated, written: str, today: str) -> bool:
    """True for what is no date, and for a date that has not passed. Without a year it is the next from ``written``."""
    if one.unit != "date":
        return True
    day, month, year = one.value
    first = int(written[:4])
    for guess in (int(year),) if year else (first, first + 1):
        try:
            meant = date(guess, MONTHS.index(month) + 1, int(day)).isoformat()
        except ValueError:
            return False
        if meant >= written:
            return meant >= today
    return False


# The rules, and what was said before beside them.

_GRAVE = ("money", "year")
"""The units of what the guideline takes more seriously than the rest: prices, and origins."""


@dataclass(frozen=True, slots=True)
class RulesWithPosts(RulesBeside):
    """The `Rules` port: those of ``rules``, and what differs from posts. What differs from a fact is not told twice."""

    posts: tuple[EarlierPost, ...]
    facts: tuple[Fact, ...]
    today: str

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the rules find in the draft, and what was said otherwise before."""
        found = self.rules.findings(draft)
        return (*found, *self._differing(draft, [one for one in found if fact_behind(one)]))

    def _differing(self, draft: Draft, told: Sequence[Finding]) -> Iterator[Finding]:
        for one in differing(draft.text, self.posts, self.facts, today=self.today):
            start, end = one.said.sentence
            if end - start > LONGEST_QUOTE:
                start, end = one.said.start, one.said.end
            if any(other.start < end and start < other.end for other in told):
                continue
            grave = one.said.unit.startswith(_GRAVE) and self.guideline.escalates_to
            yield Finding(
                self.guideline.id,
                grave or self.guideline.severity,
                start,
                end=end,
                quote=draft.text[start:end],
                why=words.contradiction(one.post.source, one.sentence, one.post.link),
                edit=edit_of(one.said, draft.text, one.recorded, value=one.sentence),
                rule=f"{RECORDED_POST}{one.post.id}",
            )


# What a language model found, with the statements that it names.

_NUMBERS = expression(r"\s*\[([FP]\d{1,4}(?:(?:\s*(?:,|;|&|and)\s*)[FP]\d{1,4})*)\]")
_FIGURES = expression(r"\d+")
_MOST_SHOWN, _ADDRESS = 2, "://"
_COMPARED = (ONE_STORY, CLAIM_EVIDENCE)
"""The guidelines of points whose fact, once changed, settles them."""


@dataclass(frozen=True, slots=True)
class CriticWithStatements:
    """The `Critic` port: the judgement of ``critic``, where facts and posts that it names stand in their own words.

    A model that copied them might shorten them, and may say no address and no number that stands in them.
    """

    critic: Critic
    claims: Claims
    facts: tuple[Fact, ...]

    @property
    def fingerprint(self) -> str:
        return self.critic.fingerprint

    def on(self, critic: Critic) -> Critic:
        return replace(self, critic=critic)

    async def judge(self, case: Case) -> Judgement:
        judged = await self.critic.judge(case)
        if not any(_NUMBERS.search(one.why) for one in judged.findings):  # as in most reviews: nothing is looked up
            return judged
        both = (told_facts(facts, case.draft.text, nearest) for facts in (self.facts, self.claims.lapsed))
        facts = [fact for facts in both for fact in facts]
        told: dict[str, Fact | EarlierPost] = {f"F{n}": fact for n, fact in enumerate(facts, 1)}
        told |= {f"P{n}": post for n, post in enumerate(case.said_before, 1)}
        return replace(judged, findings=tuple(self._shown(one, told, case.draft) for one in judged.findings))

    def _shown(self, finding: Finding, told: Mapping[str, Fact | EarlierPost], draft: Draft) -> Finding:
        named = [name for found in _NUMBERS.finditer(finding.why) for name in regex.findall(r"[FP]\d+", found[1])]
        statements = [told[name] for name in dict.fromkeys(named) if name in told][:_MOST_SHOWN]
        because = " ".join(_NUMBERS.sub("", finding.why).split())
        because = fact_words.DOUBT if not because or _ADDRESS in because else because  # a model's words lead nowhere
        if not statements:
            return replace(finding, why=because) if named else finding
        *others, last = statements
        said = [self._said(one, finding, draft, because="") for one in others]
        first = statements[0]
        kind = RECORDED_FACT if isinstance(first, Fact) else RECORDED_POST
        shown = "\n".join((*said, self._said(last, finding, draft, because=because)))
        return replace(finding, why=shown, rule=f"{kind}{first.id}" if finding.guideline in _COMPARED else "")

    def _said(self, one: Fact | EarlierPost, finding: Finding, draft: Draft, *, because: str) -> str:
        if isinstance(one, EarlierPost):
            sentence = _meant(one.text, finding)
            return words.contradiction(one.source, sentence, one.link, because=because).strip()
        if one in self.claims.lapsed:
            return self.claims.why(one, draft)
        return fact_words.contradiction(one.value, source_of(one), because).strip()


def _meant(text: str, finding: Finding) -> str:
    """The sentence of a post that has most figures in common with the reason, and then most words with the point."""

    def telling(sentence: str) -> tuple[int, int]:
        figures = set(_FIGURES.findall(sentence)) & set(_FIGURES.findall(finding.why))
        return len(figures), len(about_in(sentence) & about_in(f"{finding.quote} {finding.why}"))

    spans = pairwise([0, *sentence_ends(text), len(text)])
    return max((text[slice(*span)].strip() for span in spans), key=telling)
