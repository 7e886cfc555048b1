"""A guideline: one question about a draft, why it matters, and how to mend what breaks it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.rule import Rule
    from bot.core.severity import Severity

FAMILIES = ("authenticity", "transparency", "user-control")


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
    gist: str
    basis: str
    link: str = ""
    """The official page; "" where there is none that lasts."""


@dataclass(frozen=True, slots=True)
class Library:
    """All guidelines of an installation with their references, in the order of their ids."""

    guidelines: tuple[Guideline, ...]
    references: tuple[Reference, ...] = ()

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
        return {guideline.id: guideline.title for guideline in self.guidelines}

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong where they are broken, by id: for points."""
        return {guideline.id: guideline.problem for guideline in self.guidelines}

    def find(self, guideline_id: str) -> Guideline | None:
        """The guideline with that id, or None."""
        return next((g for g in self.guidelines if g.id == guideline_id), None)

    def _named(self, line: str) -> str:
        """``(use way-out)`` with the title of that guideline."""
        for guideline in self.guidelines:
            line = line.replace(f"(use {guideline.id.partition('/')[2]})", f"(see “{guideline.title}”)")
        return line
