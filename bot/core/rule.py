"""A fixed rule, as a guideline file states it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
class Pattern:
    """One bullet of a rule: a phrase, or a regular expression. ``line`` is its line in the file."""

    source: str
    line: int
    is_regex: bool = False


@dataclass(frozen=True, slots=True)
class Rewording:
    """Other words for what a phrase matched; empty ``words`` mean that it is better left out."""

    pattern: Pattern
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
    phrases: tuple[Pattern, ...] = ()
    fine_when: tuple[Pattern, ...] = ()
    fine_anywhere: tuple[Pattern, ...] = ()
    must_have: tuple[Pattern, ...] = ()
    must_start: tuple[Pattern, ...] = ()
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
