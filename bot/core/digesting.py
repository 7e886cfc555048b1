"""The weekly digest: what was counted in a week. Figures speak of drafts and guidelines, never of people."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.feedback import FeedbackCount

if TYPE_CHECKING:
    from bot.core.feedback import Thumb
    from bot.core.verdict import Decision

WEEK = 7 * 24 * 3600.0
HORIZON = 12 * WEEK
"""Seconds that are looked back on for the health of guidelines."""


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` up to, not including, ``until``, in seconds since 1970."""

    since: float
    until: float

    @property
    def before(self) -> Period:
        """The equally long time before."""
        return Period(2 * self.since - self.until, self.since)

    def holds(self, moment: float) -> bool:
        """True where the moment lies in it."""
        return self.since <= moment < self.until


@dataclass(frozen=True, slots=True)
class PointFact:
    """A finding without its words."""

    ref: str
    guideline: str
    must_fix: bool = False
    dismissable: bool = True


@dataclass(frozen=True, slots=True)
class ReviewFact:
    """A review without the draft's words. ``current`` says that it is of what the draft says now.

    ``clean`` is True where a complete review had nothing to flag.
    """

    draft_id: str
    at: float
    clean: bool
    current: bool
    points: tuple[PointFact, ...] = ()
    checked_only: bool = False
    """True where no model took part."""


@dataclass(frozen=True, slots=True)
class VerdictFact:
    """What somebody decided about a finding; who it was is not asked."""

    draft_id: str
    ref: str
    decision: Decision
    at: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a workspace's drafts that still exist, the reviews in the order of their time.

    ``waits`` are the (moment of the reply, seconds from the message to the reply). ``first`` is the moment of the
    first draft ever, None where there is none.
    """

    reviews: tuple[ReviewFact, ...] = ()
    verdicts: tuple[VerdictFact, ...] = ()
    waits: tuple[tuple[float, float], ...] = ()
    first: float | None = None
    thumbs: tuple[tuple[float, str, Thumb], ...] = ()
    """(moment, review, thumb), without those taken back; whose they are is not asked."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of one period. ``findings`` are (guideline id, number), the greatest number first."""

    reviewed: int = 0
    clean: int = 0
    findings: tuple[tuple[str, int], ...] = ()
    accepted: int = 0
    dismissed: int = 0
    median_wait: float | None = None
    """Seconds; None where there was no reply."""
    checked_only: int = 0
    """Those of ``reviewed`` that only fixed checks have read."""
    thumbs: FeedbackCount = field(default_factory=FeedbackCount)

    @property
    def points(self) -> int:
        """All findings."""
        return sum(number for _, number in self.findings)

    def of(self, guideline: str) -> int:
        """The findings of one guideline."""
        return dict(self.findings).get(guideline, 0)

    def of_family(self, family: str) -> int:
        """The findings of one family."""
        return sum(number for guideline, number in self.findings if guideline.partition("/")[0] == family)

    @property
    def judged(self) -> int:
        """Those of ``reviewed`` that a language model has read: only these can have nothing to flag."""
        return self.reviewed - self.checked_only

    @property
    def clean_share(self) -> int:
        """Drafts with nothing to flag, in per cent of those that a language model has read."""
        return percent(self.clean, self.judged)


@dataclass(frozen=True, slots=True)
class Health:
    """A guideline that people often dismiss: ``dismissed`` of ``findings`` in the last twelve weeks."""

    guideline: str
    findings: int
    dismissed: int


@dataclass(frozen=True, slots=True)
class Lapse:
    """An exception that ends at a moment (seconds since 1970)."""

    guideline: str
    at: float


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that a digest shows. ``before`` is None where there is nothing to compare with.

    ``late`` is the moment it was due, None where it is punctual. ``missed`` are the moments of digests never sent.
    """

    period: Period
    zone: str
    figures: Figures
    before: Figures | None = None
    must_fix_open: int = 0
    health: tuple[Health, ...] = ()
    waiting: int = 0
    lapsing: tuple[Lapse, ...] = ()
    late: float | None = None
    missed: tuple[float, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """True where nothing happened and nothing waits."""
        figures = self.figures
        happened = figures.reviewed + figures.accepted + figures.dismissed + self.must_fix_open
        happened += figures.thumbs.up + figures.thumbs.down
        return not (happened or self.waiting or self.lapsing or self.health)


class EditionState(StrEnum):
    """What became of a week's digest."""

    RESERVED = "reserved"
    """It is to be posted."""
    POSTED = "posted"
    QUIET = "quiet"
    """Nothing happened, and in such a week nothing is posted."""
    SKIPPED = "skipped"
    """It was a week old, or could not be posted."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One week's digest in the store: the key that makes it unique. It holds no words of people.

    ``slot`` is when it was due, ``owner`` the job that took it at ``reserved_at``, ``ts`` where it stands in
    ``channel``.
    """

    team: str
    week: str
    slot: float
    period: Period
    state: EditionState = EditionState.RESERVED
    owner: str = ""
    reserved_at: float = 0.0
    channel: str = ""
    ts: str = ""

    @property
    def key(self) -> str:
        """An opaque id for Slack's message metadata, by which a lost post is found again."""
        return f"digest:{self.team}:{self.week}"


def period_until(until: float, usual: float, last: Edition | None) -> Period:
    """What a digest counts: from where the last one ended, so that nothing is left out or counted twice.

    It begins at ``usual`` where there was none in the two weeks before.
    """
    follows = last is not None and last.state is not EditionState.SKIPPED
    if follows and last and 0 < until - last.period.until < 2 * WEEK:
        return Period(last.period.until, until)
    return Period(usual, until)


def percent(part: int, whole: int) -> int:
    """Rounded to whole per cent; 0 where there is no whole."""
    return round(100 * part / whole) if whole else 0
