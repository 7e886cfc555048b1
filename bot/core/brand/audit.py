"""An audit of what is out: many posts, each reviewed on its own, and all of them beside one another.

A comparison of a campaign's variants is one, too: there they are held against one another first.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol

from bot.core.brand.variants import Agreement
from bot.core.drafts import PLATFORMS, Draft, reference
from bot.core.guidelines import Severity
from bot.core.judging import ReviewState
from bot.core.words.reviewing import reason

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from bot.core.brand.overnight import Night
    from bot.core.brand.variants import SetComparison, SetPost, ToldFact
    from bot.core.findings import Finding
    from bot.core.judging import Critique


# A post as it is reviewed: the same words for the same people on the same platform only once.


def draft_of(post: SetPost) -> Draft:
    """The draft that is reviewed."""
    platform = post.platform if post.platform in PLATFORMS else ""
    return Draft(post.text, platform, f"Audience: {post.audience}" if post.audience else "")


def audit_key(draft: Draft) -> str:
    """A stand-in for a draft, without its words."""
    return reference(f"audit:{draft.platform}:{draft.context}:{draft.text}")


# What a review of one came to, and the journal in which it is kept until the audit is done.


@dataclass(frozen=True, slots=True)
class AuditPoint:
    """A finding of a review."""

    guideline: str
    severity: Severity
    quote: str
    why: str
    dismissable: bool = True


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What a review came to. ``unread`` says why no language model read the post, "" where one did."""

    points: tuple[AuditPoint, ...] = ()
    unread: str = ""
    looks: tuple[AuditPoint, ...] = ()
    """What is worth a look, where no model could say more: the first place of each guideline."""


def result_of(critique: Critique) -> AuditResult:
    """The points, and whether a language model took part."""
    firsts = (leads[0] for leads in critique.worth_a_look.values())
    unread = "" if critique.state is ReviewState.DONE else reason(critique)
    return AuditResult(_points(critique.findings), unread, _points(firsts))


def _points(findings: Iterable[Finding]) -> tuple[AuditPoint, ...]:
    return tuple(AuditPoint(o.guideline, o.severity, o.quote, why=o.why, dismissable=o.dismissable) for o in findings)


def as_stored(result: AuditResult) -> list[object]:
    """A result as JSON keeps it."""
    points, looks = (
        [[point.guideline, point.severity.value, point.quote, point.why, point.dismissable] for point in points]
        for points in (result.points, result.looks)
    )
    return [points, result.unread, looks]


def from_stored(stored: Sequence[Any]) -> AuditResult:
    """The result again. Raises TypeError or ValueError for anything else."""
    points, unread, looks = stored
    return AuditResult(_kept(points), _text(unread), _kept(looks))


def journal_line(key: str, result: AuditResult, seal: bytes) -> str:
    """A line for a finished post; without the ``seal`` nobody can write that one is fine."""
    said = json.dumps([key, *as_stored(result)])
    return json.dumps([_sealed(said, seal), said]) + "\n"


def _sealed(said: str, seal: bytes) -> str:
    return hmac.new(seal, said.encode(), hashlib.sha256).hexdigest()


def journal_head(read_by: str) -> str:
    """The first line: what the posts are reviewed with."""
    return json.dumps([_JOURNAL, read_by]) + "\n"


_JOURNAL = "candor audit 3"


def read_journal(text: str, read_by: str, seal: bytes) -> dict[str, AuditResult] | None:
    """What is done already, by key; None for a file that is no journal of ours, or of an audit by other means.

    The last line may be half a line: somebody pulled the plug.
    """
    head, _, rest = text.partition("\n")
    if f"{head}\n" != journal_head(read_by):
        return None
    found: dict[str, AuditResult] = {}
    try:
        for line in rest.split("\n")[:-1]:
            mark, said = map(_text, json.loads(line))
            if not hmac.compare_digest(mark.encode(), _sealed(said, seal).encode()):
                return None
            key, *stored = json.loads(said)
            found[_text(key)] = from_stored(stored)
    except (ValueError, TypeError, RecursionError):
        return None
    return found


def _kept(points: Iterable[Sequence[object]]) -> tuple[AuditPoint, ...]:
    return tuple(
        AuditPoint(_text(name), Severity(severity), _text(quote), why=_text(why), dismissable=rest != [False])
        for name, severity, quote, why, *rest in points
    )


def _text(value: object) -> str:
    """Raises TypeError for anything else."""
    if not isinstance(value, str):
        raise TypeError
    return value


# The report.


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A guideline, a platform or a month, with the posts that belong to it."""

    name: str
    posts: int
    flagged: int
    must_fix: int = 0


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything. ``results`` are those of ``compared.posts``, in their order."""

    compared: SetComparison
    results: tuple[AuditResult, ...]
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    """What is wrong with posts that break a guideline, by its id."""
    model: bool = False
    """True where a language model was asked."""
    draft_ids: Mapping[str, str] = field(default_factory=dict[str, str])
    """The drafts that posts are, by the names of the posts."""
    variants: bool = False
    """True for variants of one campaign, of which a model reads the ``heads_of`` alone."""
    mark: str = ""
    """What the ids of its points begin with; "" where nobody can name them."""

    @property
    def posts(self) -> tuple[SetPost, ...]:
        """The posts."""
        return self.compared.posts

    @property
    def flagged(self) -> int:
        """How many posts have a point."""
        return sum(bool(result.points) for result in self.results)

    @property
    def looked_at(self) -> int:
        """How many posts have nothing but what is worth a look."""
        return sum(bool(result.looks) and not result.points for result in self.results)

    @property
    def unread(self) -> int:
        """How many posts no language model read."""
        return sum(bool(result.unread) for result in self.results)

    @property
    def contradictions(self) -> tuple[ToldFact, ...]:
        """What posts say one way and the other."""
        return self.compared.of(Agreement.CONTRADICTS)

    @property
    def changes(self) -> tuple[ToldFact, ...]:
        """What posts say one way up to a day and otherwise from another day on, the latest change first."""

        def since(fact: ToldFact) -> str:
            return min(self.posts[number].day for number in fact.compared[-1].posts)

        return tuple(sorted(self.compared.of(Agreement.CHANGED), key=since, reverse=True))

    @property
    def recurring(self) -> tuple[AuditRow, ...]:
        """The guidelines, the one that most posts break first."""
        broken = Counter[str]()
        must_fix = Counter[str]()
        for result in self.results:
            broken.update({point.guideline for point in result.points})
            must_fix.update({one.guideline for one in result.points if one.severity is Severity.MUST_FIX})
        rows = (
            AuditRow(self.titles.get(n, n), len(self.posts), count, must_fix=must_fix[n]) for n, count in broken.items()
        )
        return tuple(sorted(rows, key=lambda row: (-row.flagged, -row.must_fix, row.name)))

    @property
    def by_platform(self) -> tuple[AuditRow, ...]:
        """The one with most posts first; "" where none is named."""
        return tuple(sorted(self._by([post.platform for post in self.posts]), key=lambda row: (-row.posts, row.name)))

    @property
    def by_month(self) -> tuple[AuditRow, ...]:
        """In order; "" for posts without a date."""
        return tuple(sorted(self._by([post.day[: len("2026-09")] for post in self.posts]), key=lambda row: row.name))

    def _by(self, names: Sequence[str]) -> Iterable[AuditRow]:
        posts, flagged, must_fix = Counter(names), Counter[str](), Counter[str]()
        for name, result in zip(names, self.results, strict=True):
            flagged[name] += bool(result.points)
            must_fix[name] += any(point.severity is Severity.MUST_FIX for point in result.points)
        return (AuditRow(name, number, flagged[name], must_fix=must_fix[name]) for name, number in posts.items())

    @property
    def quoted(self) -> frozenset[int]:
        """The numbers of the posts whose words are in it."""
        told = {
            number
            for fact in (*self.contradictions, *self.changes)
            for value in fact.compared
            for number in value.posts
        }
        return frozenset(told | {number for number, one in enumerate(self.results) if one.points or one.looks})

    @property
    def worst(self) -> tuple[tuple[SetPost, AuditResult], ...]:
        """Every post with a point or something worth a look, the worst first, then the latest."""
        every = zip(self.posts, self.results, strict=True)
        pairs = [(post, result) for post, result in every if result.points or result.looks]
        latest_first = sorted(pairs, key=lambda pair: pair[0].day, reverse=True)
        return tuple(sorted(latest_first, key=lambda pair: _weight(pair[1]), reverse=True))


MOST_LISTED = 200
"""Posts that the page shows."""


def listed(report: AuditReport) -> Iterator[tuple[SetPost, AuditResult, tuple[str, ...]]]:
    """The posts that the page shows, with an id for each point and each look.

    It's "" where nobody may leave the point alone, or its words don't stand in the post as they are quoted.
    """
    numbers = count(1)
    for post, result in report.worst[:MOST_LISTED]:
        every = zip((*result.points, *result.looks), numbers, strict=False)
        yield post, result, tuple(f"{report.mark}{n}" if _may_name(report, one, post) else "" for one, n in every)


def _may_name(report: AuditReport, one: AuditPoint, post: SetPost) -> bool:
    return bool(report.mark and one.dismissable and one.quote.strip() and one.quote in post.text)


@dataclass(frozen=True, slots=True)
class PointPlace:
    """Where a listed point stands, without its words: ``key`` is that of what is reviewed.

    ``guideline`` is the `reference` of its id, as that is made of people's words; ``draft_id`` is "" for no draft.
    """

    id: str
    audit: str
    key: str
    guideline: str
    severity: Severity
    start: int
    end: int
    draft_id: str = ""


def places_of(report: AuditReport, audit_id: str) -> tuple[PointPlace, ...]:
    """Of every point that has an id."""
    return tuple(
        PointPlace(
            named,
            audit_id,
            audit_key(draft_of(post)),
            guideline=reference(one.guideline),
            severity=one.severity,
            start=(start := post.text.index(one.quote)),
            end=start + len(one.quote),
            draft_id=report.draft_ids.get(post.name, ""),
        )
        for post, result, ids in listed(report)
        for one, named in zip((*result.points, *result.looks), ids, strict=True)
        if named
    )


def _weight(result: AuditResult) -> tuple[int, ...]:
    counts = Counter(point.severity for point in result.points)
    severities = (Severity.MUST_FIX, Severity.SHOULD_FIX, Severity.CONSIDER)
    return *(counts[severity] for severity in severities), len(result.looks)


# An audit in Slack: what is kept of it while it runs, and afterwards so that it can be taken back.


class AuditState(StrEnum):
    """Where an audit stands."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Audit:
    """``source`` is the channel whose posts are read, or "" for a ``file``. Its posts are not kept in it.

    ``place`` is the channel where its message stands, ``thread`` the thread there; "" until that is known.
    """

    id: str
    user: str
    at: float
    source: str = ""
    days: int = 0
    """How far it looks back; 0 for as far as posts are kept."""
    file: str = ""
    name: str = ""
    """What people call the file."""
    place: str = ""
    thread: str = ""
    ts: str = ""
    uploads: tuple[str, ...] = ()
    """Slack's ids of the files with the report."""
    round: int = 0
    with_model: bool = False
    compares: bool = False
    """True where its posts are variants of one campaign."""
    state: AuditState = AuditState.RUNNING
    night: Night | None = None
    """Where a language model reads overnight."""


def begins_ids(audit: Audit) -> str:
    """What the ids of its points begin with: another one where a language model read."""
    return f"{audit.id[:6]}-{'m' if audit.with_model else ''}"


@dataclass(frozen=True, slots=True)
class FineWords:
    """Words of a point that somebody may call fine. ``draft_id`` is the draft that they are from, "" for none.

    ``tags`` are hashtags of the post.
    """

    audit: str
    guideline: str
    severity: Severity
    quote: str = field(repr=False)
    draft_id: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditedPost:
    """A post with the draft that it is, "" where it is none; ``key`` is that of what is reviewed."""

    post: SetPost
    draft_id: str
    key: str


@dataclass(frozen=True, slots=True)
class AuditShown:
    """What the message says: how far it is, the report, or why there is none (``said``)."""

    total: int = 0
    done: int = 0
    report: AuditReport | None = None
    left_out: tuple[tuple[int, str], ...] = ()
    """Lines of the file that cannot be read, and what is wrong with each."""
    unused: tuple[str, ...] = ()
    """Columns that nobody knows."""
    estimate: str = ""
    """What reviews by the language model take; "" where there is none, or it has read them."""
    overnight: str = ""
    """The same overnight; "" where that can't be had."""
    waits: str = ""
    """What it waits for."""
    said: str = ""


# What the flows need from the outside. Every call names its workspace (team).


class Audits(Protocol):
    """What is kept of audits."""

    async def begin(self, team: str, audit: Audit) -> None:
        """Keep a new one; one that is known stays as it is."""
        ...

    async def find(self, team: str, audit_id: str) -> Audit | None: ...

    async def note(self, team: str, audit: Audit, before: Audit) -> bool:
        """Keep it as it is now; False where the kept one is no longer as it was ``before``, and nothing is kept."""
        ...

    async def results(self, team: str, audit_id: str) -> dict[str, AuditResult]:
        """What is done already, by key."""
        ...

    async def keep(self, team: str, audit_id: str, done: Sequence[tuple[AuditedPost, AuditResult]]) -> None:
        """Keep what is done, but not of drafts that were erased meanwhile."""
        ...

    async def keep_places(self, team: str, places: Sequence[PointPlace]) -> None:
        """Keep where points stand that people can name, but not in drafts that were erased meanwhile."""
        ...

    async def finish(self, team: str, audit: Audit, quoted: Collection[str] | None = None) -> bool:
        """Keep it as it is now and delete every result, at once; False where somebody deleted it meanwhile.

        What stays are places, and the ids of the drafts that this report has ``quoted`` (None for no report), or an
        earlier one.
        Of one that was deleted nothing stays.
        """
        ...

    async def places(self, team: str, ids: Collection[str]) -> tuple[PointPlace, ...]:
        """Those of the ids that are known."""
        ...

    async def overnight(self, team: str) -> tuple[Audit, ...]:
        """Those that have something at the model's server."""
        ...

    async def about(self, team: str, user: str) -> tuple[str, ...]:
        """The ids of a person's audits, and of those whose report quotes the person's drafts."""
        ...

    async def remove(self, team: str, audit_id: str) -> None:
        """Delete it for good."""
        ...


class AuditFiles(Protocol):
    """Files that people attached in Slack."""

    async def read(self, team: str, file: str) -> str:
        """What it says. Raises `PersonCanFix` for one that cannot be read, `TryLater` where Slack does not answer."""
        ...


class AuditBoard(Protocol):
    """Where people see an audit. Raises `TryLater` where Slack does not answer."""

    async def post(self, team: str, audit: Audit, shown: AuditShown) -> tuple[str, str, str]:
        """Post its message unless it stands there; channel, thread and ts. Without a place, in a direct message."""
        ...

    async def show(self, team: str, audit: Audit, shown: AuditShown) -> None:
        """Show how it stands; a message that is gone is fine."""
        ...

    async def upload(self, team: str, audit: Audit, files: Mapping[str, str]) -> tuple[str, ...] | None:
        """Put files by name into its thread unless they are there; their ids, or None where Slack takes none."""
        ...

    async def withdraw(self, team: str, audit: Audit) -> None:
        """Take words and files back, as they are somebody's; what is gone already is fine."""
        ...


class AuditJobs(Protocol):
    """Durable work on audits."""

    async def audit(self, team: str, audit_id: str, number: int) -> None:
        """Run that round of it."""
        ...
