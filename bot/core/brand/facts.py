"""The brand's fact sheet: short typed statements, pasted and exported as a table, and compared with drafts."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.core.findings import contacts_within
from bot.core.reading.places import strange_place
from bot.core.reading.tables import folded
from bot.core.words.brand import facts as words
from bot.core.words.settings import no_market

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    NearestFacts = Callable[[Sequence["Fact"], str], Sequence["Fact"]]
    """Puts those first that may speak of what a text speaks of."""


# A fact: one statement that is true of the brand, and where that stands.


class FactKind(StrEnum):
    """What a fact speaks of. The order is the one in which people see them."""

    PRICE = "price"
    DATE = "date"
    QUANTITY = "quantity"
    ORIGIN = "origin"
    PROMISE = "promise"
    CONDITION = "condition"
    CLAIM = "claim"
    """What readers may doubt. Its source is the evidence, and on its last day the evidence lapses."""
    CONTACT = "contact"
    VALUE = "value"
    """What the brand stands for."""
    PREFER = "prefer"
    """A term to use."""
    AVOID = "avoid"
    """A term not to use."""
    AI_LABEL = "ai-label"
    """How a character or chatbot says that it is AI."""
    HUMAN_ROUTE = "human-route"
    """How people who talk to it reach a person."""
    OTHER = "other"


_KINDS = {kind: place for place, kind in enumerate(FactKind)}
LONGEST_VALUE, LONGEST_SOURCE, LONGEST_ABOUT, LONGEST_MARKETS = 300, 300, 60, 200
MOST_FACTS = 2000
"""That a workspace keeps."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement. ``since`` and ``until`` are ISO dates, "" without a limit; both days count.

    ``about`` is the brand, product line or persona that it is about, "" where the workspace has only one. ``owner``
    is a person's id, "" where nobody in particular looks after it.
    """

    value: str
    kind: FactKind = FactKind.OTHER
    source: str = ""
    owner: str = ""
    since: str = ""
    until: str = ""
    markets: tuple[str, ...] = ()
    about: str = ""
    id: str = ""
    recorded_at: float = 0.0
    """When it was last changed, in seconds since 1970."""
    recorded_on: str = ""
    """The ISO date of that where the workspace is; "" for what an older Candor kept."""

    @property
    def key(self) -> tuple[str, str]:
        """What makes two rows the same statement."""
        return self.about.casefold(), self.value.casefold()

    def holds_on(self, day: str) -> bool:
        """True where it is valid on that ISO date."""
        return (not self.since or self.since <= day) and (not self.until or day <= self.until)

    def ends_before(self, day: str) -> bool:
        """True where its last day is over on that ISO date."""
        return "" < self.until < day

    def same_as(self, other: Fact) -> bool:
        """True where nothing that people entered differs."""
        same = replace(self, id=other.id, recorded_at=other.recorded_at, recorded_on=other.recorded_on)
        return same == other


@dataclass(frozen=True, slots=True)
class FactChange:
    """One entry of the audit: who did what to a fact, when. ``old`` and ``new`` are what it said; "" for none."""

    fact: str
    act: str
    old: str
    new: str
    user: str
    at: float


ADDED, CHANGED, ENDED, REMOVED = "added", "changed", "ended", "removed"


def statement(fact: Fact | None) -> str:
    """All that a fact says, on one line, but for its owner."""
    return words.line(fact.value, _aside(fact)) if fact else ""


def told_change(old: Fact | None, new: Fact | None) -> tuple[str, str]:
    """What a fact said and says, with its kind where that differs; of another owner only that it is another."""
    before, after = statement(old), statement(new)
    if old and new and old.kind is not new.kind:
        before, after = (words.of_kind(fact.kind.value, statement(fact)) for fact in (old, new))
    if old and new and old.owner != new.owner:
        after = words.with_owner(after, had=bool(old.owner), has=bool(new.owner))
    return before, after


def _aside(fact: Fact) -> list[str]:
    markets = ", ".join(fact.markets)
    return [part for part in (fact.about, markets, words.period(fact.since, fact.until), fact.source) if part]


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Always the same order, whatever order they were entered in."""
    return tuple(sorted(facts, key=lambda f: (f.about.casefold(), _KINDS[f.kind], f.value.casefold(), f.id)))


def source_of(fact: Fact) -> str:
    """Where a fact stands and since when, for people who compare it with a draft."""
    known = fact.recorded_on or not fact.recorded_at
    noted = fact.recorded_on if known else datetime.fromtimestamp(fact.recorded_at, UTC).date().isoformat()
    return words.source(fact.source, since=fact.since, until=fact.until, noted=noted)


# The sheet as a language model reads it: the same bytes for a workspace as long as nothing changes.

WHOLE = 150
"""Facts up to which the whole sheet stands before every draft."""


_FOR_ANY_DRAFT = frozenset(
    (FactKind.VALUE, FactKind.PREFER, FactKind.AVOID, FactKind.CONTACT, FactKind.AI_LABEL, FactKind.HUMAN_ROUTE)
)
"""Kinds that are about how the brand speaks, whatever it speaks of."""


def newest(facts: Sequence[Fact], text: str) -> Sequence[Fact]:
    """Whatever the text, those that were changed last come first."""
    del text
    return sorted(facts, key=lambda fact: (-fact.recorded_at, fact.id))


def told_facts(facts: Sequence[Fact], text: str, nearest: NearestFacts = newest) -> tuple[Fact, ...]:
    """All of them in order; of more, what any draft may be held against, and those that may speak of what it does."""
    if len(facts) <= WHOLE:
        return in_order(facts)
    always = [fact for fact in facts if fact.kind in _FOR_ANY_DRAFT]
    others = [fact for fact in facts if fact.kind not in _FOR_ANY_DRAFT]
    room = max(WHOLE - len(always), WHOLE // 2)
    return in_order([*always, *(nearest(others, text)[:room] if others else ())])


def sheet_text(told: Sequence[Fact], lapsed: Sequence[Fact] = ()) -> str:
    """The facts that are read before a draft, and claims whose evidence has ``lapsed``; "" without any.

    Each has a number: what a model says of one by that is shown in the fact's own words.
    """
    parts = ((words.FOR_THE_MODEL, told, 1), (words.LAPSED_FOR_THE_MODEL, lapsed, 1 + len(told)))
    return "\n".join(_listed(*part) for part in parts if part[1])


def _listed(heading: str, facts: Sequence[Fact], first: int) -> str:
    lines = (f"- F{n} {words.KINDS[fact.kind.value]}: {statement(fact)}" for n, fact in enumerate(facts, first))
    return "\n".join([heading, *lines])


PUBLIC = (FactKind.CONTACT, FactKind.HUMAN_ROUTE)
"""Kinds whose contact data everybody may read."""


def public_contacts(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The addresses, numbers and handles that the sheet calls public."""
    return tuple(contact for fact in facts if fact.kind in PUBLIC for contact in contacts_within(fact.value))


# AI characters and chatbots: what a fact is about is one where the sheet has its label, or its way to a person.

OF_PERSONAS = (FactKind.AI_LABEL, FactKind.HUMAN_ROUTE)


def incomplete_personas(facts: Iterable[Fact]) -> tuple[tuple[str, FactKind], ...]:
    """Those of which the sheet has one of the two, each with the kind that is missing."""
    known = {(fact.about, fact.kind) for fact in facts if fact.about and fact.kind in OF_PERSONAS}
    every = ((about, kind) for about in sorted({about for about, _ in known}) for kind in OF_PERSONAS)
    return tuple(one for one in every if one not in known)


# Claims whose evidence lapses, and what leans on them.

SOON, JUST = timedelta(days=14), timedelta(days=7)
"""Before and after its last day a claim is told of: a week is as long as a digest is apart from the next."""


@dataclass(frozen=True, slots=True)
class EvidenceLapse:
    """A claim whose evidence lapses soon, or just has, and the posts and drafts that make it. ``day`` is today."""

    claim: Fact
    day: str
    approved: int = 0
    published: int = 0
    waiting: int = 0
    """Drafts that wait for a sign-off."""
    others: int = 0
    """Further claims of which that is true and that are not shown; only the last one that is shown tells of them."""

    @property
    def said(self) -> str:
        """The whole of it in a sentence."""
        claim, counts = self.claim, {"approved": self.approved, "published": self.published, "waiting": self.waiting}
        said = words.lapses(claim.value, claim.until, self.day, **counts)
        return f"{said} {words.more_lapse(self.others)}" if self.others else said


def lapsing(facts: Iterable[Fact], day: str) -> tuple[Fact, ...]:
    """The claims whose evidence lapses around that day: the next ones first, then those that did, the last first."""
    today = date.fromisoformat(day)
    first, last = (today - JUST).isoformat(), (today + SOON).isoformat()
    found = (fact for fact in facts if fact.kind is FactKind.CLAIM and first <= fact.until <= last)
    ordered = sorted(found, key=lambda fact: (fact.until, fact.key))
    ahead = bisect_left(ordered, day, key=lambda fact: fact.until)
    return (*ordered[ahead:], *reversed(ordered[:ahead]))


# What somebody typed, in the window or as a row.

FIELDS = ("kind", "value", "source", "owner", "since", "until", "markets", "about")
_LIMITS = {"value": LONGEST_VALUE, "source": LONGEST_SOURCE, "about": LONGEST_ABOUT, "markets": LONGEST_MARKETS}


def fact_of(typed: Mapping[str, str], old: Fact | None = None) -> Fact | dict[str, str]:
    """The fact, or what is wrong with it, by field. A market that ``old`` has stays, whatever it is."""
    said = {name: " ".join(typed.get(name, "").split()) for name in FIELDS}
    faults = {name: words.too_long(most) for name, most in _LIMITS.items() if len(said[name]) > most}
    if not said["value"]:
        faults["value"] = words.NO_VALUE
    kind = kind_named(said["kind"])
    if kind is None:
        faults["kind"] = words.no_kind(said["kind"])
    if kind is FactKind.CLAIM and not said["source"]:
        faults["source"] = words.NO_EVIDENCE
    faults |= _wrong_days(said)
    owner = said["owner"].strip("<@>").partition("|")[0]
    if owner and not (owner[0] in "UW" and owner.isascii() and owner.isalnum() and owner.isupper()):
        faults["owner"] = words.no_owner(said["owner"])
    markets = tuple(dict.fromkeys(name for part in said["markets"].split(",") if (name := part.strip())))
    if strange := strange_place(name for name in markets if not old or name not in old.markets):
        faults["markets"] = no_market(*strange)
    if faults or kind is None:
        return faults
    return Fact(
        said["value"],
        kind,
        said["source"],
        owner=owner,
        since=said["since"],
        until=said["until"],
        markets=markets,
        about=said["about"],
    )


def _wrong_days(said: Mapping[str, str]) -> dict[str, str]:
    since, until = said["since"], said["until"]
    wrong = {name: words.no_date(said[name]) for name in ("since", "until") if said[name] and not _day(said[name])}
    return {"until": words.ENDS_BEFORE} if not wrong and until and until < since else wrong


def entered(fact: Fact, name: str) -> str:
    """A field as somebody would type it."""
    return ", ".join(fact.markets) if name == "markets" else str(getattr(fact, name))


def kind_named(typed: str) -> FactKind | None:
    """The kind that somebody means by that word; None for no kind."""
    if not typed:
        return FactKind.OTHER
    names = {folded(name): kind for kind in FactKind for name in (kind.value, words.KINDS[kind.value])}
    return names.get(folded(typed))


def _day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


# What the flows of facts need from the outside. Every call names its workspace (team).


class KeptFacts(Protocol):
    """The fact sheets."""

    async def of(self, team: str) -> tuple[Fact, ...]:
        """Every fact of the workspace, in order."""
        ...

    async def save(self, team: str, facts: Sequence[Fact], gone: Sequence[str], changes: Sequence[FactChange]) -> None:
        """Keep facts, delete those whose ids are ``gone``, and note it in the audit: all or nothing."""
        ...

    async def changes(self, team: str, most: int) -> tuple[FactChange, ...]:
        """The latest entries of the audit, the newest first."""
        ...


class FactJobs(Protocol):
    """Durable work on a fact sheet; ``key`` names somebody's wish, so that it counts once."""

    async def export_facts(self, team: str, user: str, key: str) -> None:
        """Send the person the sheet as a file."""
        ...
