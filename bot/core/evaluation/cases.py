"""A case: a post of which somebody has said what is wrong with it, or that nothing is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.guideline import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.core.draft import Draft
    from bot.core.exception import GuidelineException
    from bot.core.finding import Finding
    from bot.core.guideline import Library

CLEAN, ACCEPTABLE, VIOLATING, OTHER = "clean", "acceptable", "violating", "other"
"""Kinds that Candor gives itself where a case names none."""
MANY = 5
"""A post judged for more labels than this, with nothing expected, counts as clean."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One thing that is wrong with a post. ``label`` is a guideline's id or a tag; ``quote`` the words, or ""."""

    label: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class GoldCase:
    """One post with its gold.

    ``judged`` are the labels that the gold speaks about, None for all of them: a finding under another one is neither
    right nor wrong, and so is one under ``acceptable_also``.
    """

    id: str
    draft: Draft
    expected: tuple[Gold, ...] = ()
    judged: frozenset[str] | None = None
    acceptable_also: frozenset[str] = frozenset()
    kind: str = CLEAN
    answers: tuple[tuple[str, str], ...] = ()
    exceptions: tuple[GuidelineException, ...] = ()

    @property
    def labels(self) -> frozenset[str]:
        """What is wrong with it."""
        return frozenset(gold.label for gold in self.expected)

    def quotes(self, label: str) -> tuple[str, ...]:
        """The words marked for a label."""
        return tuple(gold.quote for gold in self.expected if gold.label == label and gold.quote)


@dataclass(frozen=True, slots=True)
class Labels:
    """What counts as what. ``tags`` are labels that stand for several guidelines; every guideline stands for itself."""

    guidelines: tuple[str, ...]
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def of(self, guideline: str) -> frozenset[str]:
        """The labels that a finding under the guideline counts as."""
        return frozenset({guideline, *(tag for tag, ids in self.tags.items() if guideline in ids)})

    def guidelines_of(self, label: str) -> tuple[str, ...]:
        """The guidelines that count as the label."""
        return self.tags.get(label, (label,))

    def family(self, label: str) -> str:
        """The family of the first guideline that counts as the label."""
        return self.guidelines_of(label)[0].partition("/")[0]

    def judged(self, case: GoldCase) -> frozenset[str]:
        """The labels of a case under which a finding, or none, is right or wrong."""
        judged = frozenset(self.guidelines) if case.judged is None else case.judged
        return (judged | case.labels) - (case.acceptable_also - case.labels)

    def found(self, findings: Iterable[Finding]) -> frozenset[str]:
        """The labels of some findings."""
        return frozenset(label for finding in findings for label in self.of(finding.guideline))

    @classmethod
    def under(cls, library: Library, tags: Mapping[str, tuple[str, ...]]) -> Labels:
        """The labels where a library is in force."""
        return cls(tuple(guideline.id for guideline in library.guidelines), tags)


def kind_of(expected: tuple[Gold, ...], judged: frozenset[str] | None) -> str:
    """The kind of a case that names none."""
    if expected:
        return VIOLATING
    return CLEAN if judged is None or len(judged) > MANY else OTHER


def in_order(labels: Iterable[str], known: Labels) -> list[str]:
    """Family by family, then by name; labels of no family come last."""
    families = [*FAMILIES]
    return sorted(labels, key=lambda label: (_place(families, known.family(label)), label))


def _place(families: list[str], family: str) -> int:
    return families.index(family) if family in families else len(families)
