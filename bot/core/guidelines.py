"""A guideline: one question about a draft, why it matters, how to mend what breaks it, and its fixed rules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


# How much a finding matters to the reader of the post.


class Severity(StrEnum):
    """The three levels, by harm to the reader. The words are part of every file and message."""

    MUST_FIX = "must-fix"
    SHOULD_FIX = "should-fix"
    CONSIDER = "consider"

    @property
    def rank(self) -> int:
        """0 for the most severe; sorting by it puts what matters first."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


# A fixed rule, as a guideline file states it.


class RuleKind(StrEnum):
    """What sets a rule off."""

    FLAG = "flag"
    """One of its phrases occurs (and, where it says so, nothing required stands beside it)."""
    LIMIT = "limit"
    """A counted thing occurs more often than allowed."""
    DETECTOR = "detector"
    """A named detector finds something (an e-mail address, a secret ...)."""


class Grade(StrEnum):
    """How far a rule can be trusted by itself."""

    CERTAIN = "certain"
    """The characters alone decide it: it speaks by itself, with a model and without."""
    LEAD = "lead"
    """Words that often go with a fault. A model confirms it or lets it go; without one it is worth a look at most."""


@dataclass(frozen=True, slots=True)
class Checks:
    """The fixed checks that a review ran: ``ran`` can read this draft's language, and ``known`` can read English.

    A check that is for other platforms counts as well: it ran and has nothing to say. So the numbers are the same for
    all drafts in one language. ``language`` is the draft's (ISO 639-1), "" where most checks can read it.
    """

    ran: int = 0
    known: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class RulePattern:
    """One bullet of a rule: a phrase, or a regular expression. ``line`` is its line in the file."""

    source: str
    line: int
    is_regex: bool = False


@dataclass(frozen=True, slots=True)
class Rewording:
    """Other words for what a phrase matched; empty ``words`` mean that it is better left out."""

    pattern: RulePattern
    words: str


@dataclass(frozen=True, slots=True)
class RuleExample:
    """A short text that the rule catches, or lets through."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One fixed rule. ``name`` is unique in its guideline; ``why`` may hold ``{match}`` and ``{count}``.

    ``subject`` is the counted metric of a limit or the name of a detector, ``most`` the highest
    allowed count. ``fine_when`` looks in the sentence of the match, ``fine_anywhere`` and
    ``must_have`` in the whole draft, ``must_start`` in its first 125 characters (about what shows
    before "more" on Instagram). ``insert`` is what to put in front of the draft.
    """

    name: str
    kind: RuleKind
    line: int
    why: str
    grade: Grade = Grade.LEAD
    subject: str = ""
    most: int = 0
    phrases: tuple[RulePattern, ...] = ()
    fine_when: tuple[RulePattern, ...] = ()
    fine_anywhere: tuple[RulePattern, ...] = ()
    must_have: tuple[RulePattern, ...] = ()
    must_start: tuple[RulePattern, ...] = ()
    say_instead: tuple[Rewording, ...] = ()
    insert: str = ""
    only_on: tuple[str, ...] = ()
    only_opening: bool = False
    escalated: bool = False
    always_kept: bool = False
    """True for secrets and personal data: nobody can dismiss these."""
    once: bool = False
    """True where the first match speaks for all of them."""
    language: str = "en"
    """The rule is silent about words that are clearly in another; "any" for signs that are the same in all."""
    catches: tuple[RuleExample, ...] = ()
    lets_through: tuple[RuleExample, ...] = ()

    @property
    def patterns(self) -> tuple[RulePattern, ...]:
        """Everything that it searches for."""
        around = (*self.fine_when, *self.fine_anywhere, *self.must_have, *self.must_start)
        return (*self.phrases, *around, *(one.pattern for one in self.say_instead))


# A guideline: one question about a draft, why it matters, and how to mend what breaks it.

FAMILIES = ("authenticity", "transparency", "user-control")
OWN = "own"
"""The family of what a workspace's brand leads wrote themselves."""


@dataclass(frozen=True, slots=True)
class Example:
    """An example post. ``span`` is the (start, end) of the words that break the guideline."""

    text: str
    line: int
    platform: str = ""
    trade: str = ""
    context: str = ""
    span: tuple[int, int] | None = None
    caught_by: str = ""
    """The name of the fixed rule that catches it; "" where only a reader with judgement can."""

    @property
    def quote(self) -> str:
        """The marked words, or "" where none are marked."""
        return self.text[slice(*self.span)] if self.span else ""


@dataclass(frozen=True, slots=True)
class Guideline:
    """One guideline as its file states it. ``id`` is its path: ``<family>/<name>``."""

    id: str
    title: str
    severity: Severity
    question: str
    why: str
    fix: str
    problem: str = ""
    """What is wrong where it is broken, as a label on a point; the title is what it asks for."""
    escalates_to: Severity | None = None
    escalates_when: str = ""
    not_when: tuple[str, ...] = ()
    decided_from: str = ""
    pack: str = ""
    """The optional pack it belongs to; "" for the guidelines that are always on."""
    fixed_rules_only: bool = False
    """True where code decides everything, so that a model is never asked about it."""
    last_checked: str = ""
    platforms: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    references: tuple[str, ...] = ()
    """The ids of its references."""
    sources: tuple[Reference, ...] = ()
    """Its references themselves, where people read it."""
    grew_out_of: tuple[str, ...] = ()
    own: bool = field(default=False, repr=False)
    """True where a workspace's brand leads wrote it, or their version of a shipped one."""

    @property
    def family(self) -> str:
        """The first part of the id."""
        return self.id.partition("/")[0]

    def severity_of(self, rule: Rule) -> Severity:
        """The guideline's own severity, or the escalated one where the rule meets that condition."""
        return self.escalates_to if rule.escalated and self.escalates_to else self.severity


@dataclass(frozen=True, slots=True)
class Reference:
    """A law, code, standard or study behind guidelines. Background, never legal advice."""

    id: str
    name: str
    """What people call it."""
    citation: str
    status: str
    link: str = ""
    """The official page; "" where there is none that lasts."""


@dataclass(frozen=True, slots=True)
class Library:
    """All guidelines of an installation with their references, in the order of their ids."""

    guidelines: tuple[Guideline, ...]
    references: tuple[Reference, ...] = ()
    off: tuple[Guideline, ...] = field(default=(), repr=False)
    """Of a workspace's own, those that are switched off: older points still name them."""
    version: int = field(default=0, repr=False)
    """How often a workspace changed what is in force of its own; 0 where it never did."""

    def __hash__(self) -> int:
        """By the ids alone: each review looks for its judges by its guidelines, and these are a long text."""
        return hash((tuple(guideline.id for guideline in self.guidelines), self.version))

    def with_own(self, own: tuple[Guideline, ...], off: tuple[Guideline, ...] = (), version: int = 0) -> Library:
        """With a workspace's own behind the others; its version of a shipped one takes that one's place."""
        if not own and not off:
            return replace(self, version=version) if version else self
        by_id = {guideline.id: guideline for guideline in own}
        known = {guideline.id for guideline in self.guidelines}
        shipped = (by_id.get(guideline.id, guideline) for guideline in self.guidelines)
        added = (guideline for guideline in own if guideline.id not in known)
        return replace(self, guidelines=(*shipped, *added), off=off, version=version)

    def in_force(self, packs: frozenset[str]) -> Library:
        """The guidelines that are always on, and those of the named optional packs."""
        return replace(self, guidelines=tuple(g for g in self.guidelines if not g.pack or g.pack in packs))

    @property
    def packs(self) -> frozenset[str]:
        """The names of all optional packs."""
        return frozenset(g.pack for g in self.guidelines if g.pack)

    def cited(self, guideline_id: str) -> Guideline | None:
        """The guideline as people read it, with its sources and with other guidelines by their titles; or None."""
        found = self.find(guideline_id)
        if found is None:
            return None
        sources = tuple(reference for reference in self.references if reference.id in found.references)
        return replace(found, sources=sources, not_when=tuple(map(self._named, found.not_when)))

    @property
    def titles(self) -> dict[str, str]:
        """What the guidelines ask for, by id: for lists of guidelines."""
        return {guideline.id: guideline.title for guideline in (*self.off, *self.guidelines)}

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong where they are broken, by id: for points."""
        return {guideline.id: guideline.problem for guideline in (*self.off, *self.guidelines)}

    def find(self, guideline_id: str) -> Guideline | None:
        return next((g for g in (*self.guidelines, *self.off) if g.id == guideline_id), None)

    def _named(self, line: str) -> str:
        """``(use way-out)`` with the title of that guideline."""
        for guideline in self.guidelines:
            line = line.replace(f"(use {guideline.id.partition('/')[2]})", f"(see “{guideline.title}”)")
        return line


# What a workspace made of the guidelines: which are in force, and how severe they are.


@dataclass(frozen=True, slots=True)
class Policy:
    """Equal policies give equal reviews, so it also says which reviews may be shared."""

    off: frozenset[str] = frozenset()
    """Ids of guidelines that are switched off."""
    packs: frozenset[str] = frozenset()
    """Names of the optional packs that are switched on."""
    severities: tuple[tuple[str, Severity], ...] = ()
    """Guideline ids with a severity of the workspace's own, in the order of the ids."""

    def apply(self, library: Library) -> Library:
        """The guidelines in force, each with the severity that it has here."""
        own = dict(self.severities)
        in_force = library.in_force(self.packs).guidelines
        return replace(library, guidelines=tuple(_with(g, own.get(g.id)) for g in in_force if g.id not in self.off))


def _with(guideline: Guideline, severity: Severity | None) -> Guideline:
    """A severity of one's own replaces the escalated one too: nobody is overruled by a file."""
    return guideline if severity is None else replace(guideline, severity=severity, escalates_to=None)


# What a workspace chose for each guideline: as its file has it, a severity of its own, or off.


class Choice(StrEnum):
    """The possible choices; three of them are severities."""

    AS_SHIPPED = "as-shipped"
    MUST_FIX = Severity.MUST_FIX
    SHOULD_FIX = Severity.SHOULD_FIX
    CONSIDER = Severity.CONSIDER
    OFF = "off"


def choice_of(policy: Policy, guideline: str) -> Choice:
    """What is chosen for a guideline."""
    if guideline in policy.off:
        return Choice.OFF
    own = dict(policy.severities).get(guideline)
    return Choice(own) if own else Choice.AS_SHIPPED


def fields_of(policy: Policy, choices: Mapping[str, Choice]) -> dict[str, str]:
    """The settings' fields, as text, in which these choices replace those of the policy."""
    off = (policy.off - choices.keys()) | {name for name, choice in choices.items() if choice is Choice.OFF}
    severities = {name: str(severity) for name, severity in policy.severities if name not in choices}
    severities |= {name: choice for name, choice in choices.items() if choice in set(Severity)}
    pairs = (f"{name} = {severity}" for name, severity in sorted(severities.items()))
    return {"guidelines_off": ", ".join(sorted(off)), "severities": ", ".join(pairs)}


# Guidelines by the names that people type.

_PROPOSED = 3


def named(library: Library, name: str) -> tuple[Guideline | None, tuple[Guideline, ...]]:
    """The guideline with that id, title, problem or unmistakable part of them; else those that may be meant."""
    wanted = _folded(name)
    for guideline in library.guidelines:
        if wanted in _names(guideline):
            return guideline, ()
    holding = [one for one in library.guidelines if wanted and any(wanted in known for known in _names(one))]
    if len(holding) == 1:
        return holding[0], ()
    by_name = {known: guideline for guideline in library.guidelines for known in _names(guideline)}
    near = [by_name[match] for match in get_close_matches(wanted, by_name, _PROPOSED)]
    return None, tuple(dict.fromkeys([*holding, *near]))[:_PROPOSED]


def _names(guideline: Guideline) -> tuple[str, ...]:
    """People read the problem on a point and the title in the lists."""
    called = (guideline.id, guideline.id.partition("/")[2], guideline.title, guideline.problem)
    return tuple(filter(None, map(_folded, called)))


def _folded(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())
