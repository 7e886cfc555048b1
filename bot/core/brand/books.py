"""A brand book read into proposals for guidelines, facts and terms, each with the sentence that it rests on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from bot.core.brand.facts import LONGEST_SOURCE, Fact, FactKind
from bot.core.brand.own_guidelines import GuidelineForm
from bot.core.guidelines import Severity
from bot.core.judging import Usage
from bot.core.words.brand import books as words
from bot.core.words.brand import facts as fact_words
from bot.core.words.people import brief

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Usable = Callable[[GuidelineForm], GuidelineForm | None]
    """What Candor may say of a proposal in its own name; None for nothing."""

LONGEST_BOOK, MOST_PAGES = 300_000, 300
"""Characters and pages of a book."""
MOST_PROPOSALS, MOST_PROPOSED_FACTS = 40, 60
_NAME = 150
_PART = 12_000
"""Characters that a model reads in one call."""


@dataclass(frozen=True, slots=True)
class BookPage:
    """A page of a PDF; of other files what is under one heading. ``where`` says which, in words."""

    where: str
    text: str = field(repr=False)


def parts_of(pages: Sequence[BookPage]) -> list[tuple[BookPage, ...]]:
    """What is read in one call each, in order: whole pages where they aren't very long."""
    parts: list[list[BookPage]] = [[]]
    for page in _bounded(pages):
        if sum(len(one.text) for one in parts[-1]) + len(page.text) > _PART:
            parts.append([])
        parts[-1].append(page)
    return [tuple(part) for part in parts if part]


def _bounded(pages: Sequence[BookPage]) -> Iterator[BookPage]:
    for page in pages:
        text = page.text
        while len(text) > _PART:
            end = text.rfind("\n", _PART // 2, _PART) + 1 or text.rfind(" ", _PART // 2, _PART) + 1 or _PART
            yield BookPage(page.where, text[:end])
            text = text[end:]
        if text.strip():
            yield BookPage(page.where, text)


class ProposalState(StrEnum):
    """What a lead made of it."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class GuidelineProposal:
    """A guideline as a model worded it, and the words of the book that it rests on."""

    form: GuidelineForm
    quote: str
    where: str
    state: ProposalState = ProposalState.OPEN

    @property
    def title(self) -> str:
        """What two proposals of one thing have in common."""
        return self.form.title


@dataclass(frozen=True, slots=True)
class FactProposal:
    """A fact or a term for the fact sheet as a model worded it, and the words of the book that it rests on."""

    fact: Fact
    quote: str
    where: str
    state: ProposalState = ProposalState.OPEN

    @property
    def title(self) -> str:
        """What two proposals of one thing have in common."""
        return self.fact.value


BookProposal = GuidelineProposal | FactProposal
_MOST: dict[type[BookProposal], int] = {GuidelineProposal: MOST_PROPOSALS, FactProposal: MOST_PROPOSED_FACTS}


class BookState(StrEnum):
    """How far it is."""

    ASKING = "asking"
    """The model isn't asked before somebody has seen what it takes."""
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Book:
    """A file that a brand lead had read. Of its text only what proposals quote is kept."""

    id: str
    user: str
    at: float
    file: str
    name: str
    place: str
    thread: str = ""
    ts: str = ""
    round: int = 0
    """0 to say what it takes; each start is one more."""
    state: BookState = BookState.ASKING
    done: int = 0
    """Parts that were read."""
    unfounded: int = 0
    """Proposals whose words aren't in the book."""
    unusable: int = 0
    """Proposals that Candor may not say in its own name."""
    proposals: tuple[BookProposal, ...] = ()

    @property
    def guidelines(self) -> tuple[GuidelineProposal, ...]:
        return tuple(one for one in self.proposals if isinstance(one, GuidelineProposal))

    @property
    def facts(self) -> tuple[FactProposal, ...]:
        return tuple(one for one in self.proposals if isinstance(one, FactProposal))

    @property
    def is_full(self) -> bool:
        """True where no more would be kept."""
        return (len(self.guidelines), len(self.facts)) == (MOST_PROPOSALS, MOST_PROPOSED_FACTS)

    @property
    def open(self) -> tuple[tuple[int, BookProposal], ...]:
        """What nobody has decided, with its number."""
        numbered = enumerate(self.proposals)
        return tuple((number, one) for number, one in numbered if one.state is ProposalState.OPEN)

    def with_decisions_of(self, there: Book) -> Book:
        """With what leads made of proposals meanwhile, as ``there`` has it: nobody but its job adds any."""
        return replace(self, proposals=(*there.proposals, *self.proposals[len(there.proposals) :]))

    def decided(self, number: int, state: ProposalState) -> Book:
        """With another state for that proposal."""
        one = replace(self.proposals[number], state=state)
        return replace(self, proposals=(*self.proposals[:number], one, *self.proposals[number + 1 :]))


@dataclass(frozen=True, slots=True)
class BookShown:
    """What its message says: how far it is, or in a sentence what it takes or what went wrong (``said``)."""

    total: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a model proposed from a part; ``unfounded`` are those whose words aren't on the page that they name."""

    proposals: tuple[BookProposal, ...] = ()
    unfounded: int = 0
    usage: Usage = field(default_factory=Usage)


def with_proposed(book: Book, found: Proposed, usable: Usable) -> Book:
    """With what a model made of its next part: each thing once, and no more than are kept."""
    kept, unusable = list(book.proposals), book.unusable
    for one in found.proposals:
        alike = [there for there in kept if isinstance(there, type(one))]
        if len(alike) >= _MOST[type(one)] or one.title.casefold() in {there.title.casefold() for there in alike}:
            continue
        made = _usable(one, usable)
        kept += [made] if made else []
        unusable += not made
    unfounded = book.unfounded + found.unfounded
    return replace(book, done=book.done + 1, proposals=tuple(kept), unfounded=unfounded, unusable=unusable)


def _usable(one: BookProposal, usable: Usable) -> BookProposal | None:
    if isinstance(one, FactProposal):
        return one
    form = usable(one.form)
    return replace(one, form=form) if form else None


def sourced(book_name: str, one: FactProposal) -> Fact:
    """The fact with the book as its source; a claim's source is its evidence, which is more than a book's saying so."""
    if one.fact.kind is FactKind.CLAIM:
        return one.fact
    return replace(one.fact, source=brief(words.source(brief(book_name, _NAME), one.where), LONGEST_SOURCE - 1))


_COLUMNS = ("kind", "value", "source", "about")


def fact_rows(book_name: str, proposals: Sequence[FactProposal]) -> list[list[str]]:
    """A table of them as the fact sheet reads it, its heading first."""
    facts = [sourced(book_name, one) for one in proposals]
    rows = [[fact_words.KINDS[one.kind.value], one.value, one.source, one.about] for one in facts]
    return [[fact_words.COLUMNS[name] for name in _COLUMNS], *rows]


def as_stored(one: BookProposal) -> dict[str, Any]:
    """Plain values."""
    if isinstance(one, GuidelineProposal):
        return asdict(one)
    fact = {"kind": one.fact.kind.value, "value": one.fact.value, "about": one.fact.about}
    return {"fact": fact, "quote": one.quote, "where": one.where, "state": one.state.value}


def from_stored(row: dict[str, Any]) -> BookProposal:
    """What `as_stored` gave, as JSON keeps it."""
    if "fact" in row:
        said: dict[str, str] = row["fact"]
        fact = Fact(said["value"], FactKind(said["kind"]), about=said["about"])
        return FactProposal(fact, row["quote"], row["where"], state=ProposalState(row["state"]))
    given: dict[str, Any] = dict(row["form"])
    for name in ("platforms", "not_when", "bad", "good", "phrases", "fine"):
        given[name] = tuple(given[name])
    given["severity"] = Severity(given["severity"])
    return GuidelineProposal(GuidelineForm(**given), row["quote"], row["where"], state=ProposalState(row["state"]))


# What the flows need from the outside. Every call names its workspace (team).


class Books(Protocol):
    """What is kept of brand books."""

    async def begin(self, team: str, book: Book) -> None:
        """Keep a new one; one that is known stays as it is."""
        ...

    async def find(self, team: str, book_id: str) -> Book | None: ...

    async def open(self, team: str) -> tuple[Book, ...]:
        """Those that are read and have proposals nobody has decided, the latest first."""
        ...

    async def note(self, team: str, book: Book, before: Book) -> bool:
        """Keep it as it is now; False where the kept one is no longer as it was ``before``, and nothing is kept."""
        ...

    async def decide(self, team: str, book_id: str, number: int, state: ProposalState) -> bool:
        """Keep what a lead made of an open proposal; False where there is none of that number."""
        ...

    async def remove(self, team: str, book_id: str) -> None: ...


class BookFiles(Protocol):
    """Files that people attached in Slack."""

    async def pages(self, team: str, file: str) -> tuple[BookPage, ...]:
        """What they say. Raises `PersonCanFix` for one that cannot be read, `TryLater` where Slack doesn't answer."""
        ...


class BookBoard(Protocol):
    """Where people see how far it is. Raises `TryLater` where Slack doesn't answer."""

    async def post(self, team: str, book: Book, shown: BookShown) -> tuple[str, str, str]:
        """Post its message unless it stands there; channel, thread and ts."""
        ...

    async def show(self, team: str, book: Book, shown: BookShown) -> None:
        """Show how it stands; a message that is gone is fine."""
        ...


class BookJobs(Protocol):
    """Durable work on brand books."""

    async def read_book(self, team: str, book_id: str, number: int) -> None:
        """Run that round of it."""
        ...


class Proposer(Protocol):
    """A language model that proposes guidelines, facts and terms."""

    async def propose(self, team: str, user: str, pages: Sequence[BookPage], known: Sequence[str]) -> Proposed:
        """What it makes of a part. ``known`` are titles of earlier ones. Raises `ModelFailed`."""
        ...

    def takes(self, parts: Sequence[Sequence[BookPage]]) -> str:
        """What that takes, in words."""
        ...
