"""The weekly digest: what was counted in a week, and when it is due. Never by person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from bot.core.deciding import FeedbackCount
from bot.core.guidelines import FAMILIES, OWN

if TYPE_CHECKING:
    from bot.core.brand.facts import EvidenceLapse
    from bot.core.settings import DigestSettings


# The weekly digest: what was counted in a week. Figures speak of drafts and guidelines, never of people.

WEEK = 7 * 24 * 3600.0
HORIZON = 12 * WEEK
"""Seconds that are looked back on for the health of guidelines."""
ENOUGH = 20
"""Of how many things a share can be told: of fewer, it is chance."""
_TOO_MANY = 0.3
"""The share of dismissed ones above which it is told."""


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` up to, not including, ``until``, in seconds since 1970."""

    since: float
    until: float

    @property
    def before(self) -> Period:
        """The equally long time before."""
        return Period(2 * self.since - self.until, self.since)


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
    excepted: int = 0
    """Those of the findings that exceptions left out."""

    @property
    def points(self) -> int:
        return sum(number for _, number in self.findings)

    def of(self, guideline: str) -> int:
        return dict(self.findings).get(guideline, 0)

    def of_family(self, family: str) -> int:
        return sum(number for guideline, number in self.findings if guideline.partition("/")[0] == family)

    @property
    def judged(self) -> int:
        """Those of ``reviewed`` that a language model has read: only these can have nothing to flag."""
        return self.reviewed - self.checked_only

    @property
    def clean_share(self) -> int | None:
        """Drafts with nothing to flag, in per cent of those that a language model has read; None of too few."""
        return round(100 * self.clean / self.judged) if self.judged >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Health:
    """How people take a guideline: they dismissed ``dismissed`` of its ``findings`` in the last twelve weeks."""

    guideline: str
    findings: int
    dismissed: int

    @property
    def share(self) -> float:
        """How many of its findings were dismissed, of 1."""
        return self.dismissed / self.findings


@dataclass(frozen=True, slots=True)
class DigestCounts:
    """What was counted in a period, and in the equally long time before, of drafts that still exist."""

    figures: Figures = field(default_factory=Figures)
    before: Figures = field(default_factory=Figures)
    first: float | None = None
    """The moment of the first review ever, None if there is none."""
    must_fix_open: int = 0
    """Must-fix points of the period's drafts that stand in what the drafts say now and that nobody decided."""
    guidelines: tuple[Health, ...] = ()
    """Every guideline with findings in the last twelve weeks."""

    def has_before(self, period: Period) -> bool:
        """True where Candor was there for at least half of the time before, so that a change means something."""
        return self.first is not None and self.first <= (period.before.since + period.since) / 2

    @property
    def health(self) -> tuple[Health, ...]:
        """Guidelines whose findings are often dismissed, the worst first. Few findings prove nothing."""
        often = (one for one in self.guidelines if one.findings >= ENOUGH and one.share > _TOO_MANY)
        return tuple(sorted(often, key=lambda one: (-one.share, one.guideline)))


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
    evidence: tuple[EvidenceLapse, ...] = ()
    late: float | None = None
    missed: tuple[float, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """True where nothing happened and nothing waits."""
        figures = self.figures
        happened = figures.reviewed + figures.accepted + figures.dismissed + self.must_fix_open
        happened += figures.thumbs.up + figures.thumbs.down
        return not (happened or self.waiting or self.lapsing or self.evidence or self.health)


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


def families_of(figures: Figures, *others: Figures) -> tuple[tuple[str, int], ...]:
    """The findings of every family, in the order in which families are always named.

    The workspace's own come last, if there are any, in these figures or in ``others`` beside them.
    """
    own = (OWN,) if any(one.of_family(OWN) for one in (figures, *others)) else ()
    return tuple((family, figures.of_family(family)) for family in (*FAMILIES, *own))


# When a digest is due: once in every ISO week, at the workspace's own weekday, time and time zone.

ON_TIME = 15 * 60.0
"""Seconds after its moment that a digest still counts as punctual."""
_WEEK = timedelta(days=7)
_MOST_MISSED = 520


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment (seconds since 1970) at which a digest is due, and its ISO week, such as ``2026-W01``."""

    week: str
    moment: float


@dataclass(frozen=True, slots=True)
class Due:
    """The digest to send now. ``missed`` are the weeks before it that nobody sent in time, the oldest first."""

    slot: Slot
    previous: Slot
    """The one a week before, where the figures begin."""
    missed: tuple[Slot, ...] = ()


def due(settings: DigestSettings, now: float, begun: float, last: str) -> Due | None:
    """What is to be sent at ``now``, or None.

    Args:
        settings: Its channel, weekday, time and time zone.
        now: Seconds since 1970.
        begun: Since when this schedule counts: no digest is due for an earlier moment.
        last: The latest week that was dealt with, "" for none. Weeks up to this one never come again.
    """
    slot = latest_slot(settings, now)
    if not settings.channel or not _counts(slot, begun, last):
        return None
    previous = latest_slot(settings, slot.moment - 1)
    missed: list[Slot] = []
    earlier = previous
    while _counts(earlier, begun, last) and len(missed) < _MOST_MISSED:
        missed.append(earlier)
        earlier = latest_slot(settings, earlier.moment - 1)
    return Due(slot, previous, tuple(reversed(missed)))


def latest_slot(settings: DigestSettings, now: float) -> Slot:
    """The latest moment up to ``now`` that the settings name.

    The wall clock counts. A time that the clocks jump over comes as much later as they jump; of a time that they pass
    twice it is the first.
    """
    zone = ZoneInfo(settings.zone)
    today = datetime.fromtimestamp(now, UTC).astimezone(zone).date()
    day = today - timedelta(days=today.weekday() - settings.weekday)
    while (moment := _moment(day, settings, zone)) > now:
        day -= _WEEK
    return Slot(iso_week(day), moment)


def week_of(settings: DigestSettings, now: float) -> str:
    """The ISO week in which the moment lies, by the workspace's calendar."""
    return iso_week(datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(settings.zone)).date())


def iso_week(day: date) -> str:
    """``2026-W53`` and the like: later weeks sort after earlier ones."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def schedule(settings: DigestSettings) -> str:
    """Changes with whatever decides when a digest is due; "" where none is wanted."""
    if not settings.channel:
        return ""
    return f"{settings.weekday} {settings.hour:02}:{settings.minute:02} {settings.zone}"


def _counts(slot: Slot, begun: float, last: str) -> bool:
    return slot.moment >= begun and slot.week > last


def _moment(day: date, settings: DigestSettings, zone: ZoneInfo) -> float:
    return datetime.combine(day, time(settings.hour, settings.minute), zone).timestamp()


# What the flows of the weekly digest need from the outside. Every call names its workspace (team).


class Editions(Protocol):
    """The digests of all weeks: one for each workspace and ISO week, whoever asks."""

    async def begun(self, team: str, schedule: str, now: float) -> float:
        """Since when this schedule counts; one that differs from the last known begins ``now``."""
        ...

    async def last(self, team: str) -> Edition | None:
        """The latest week that was dealt with, or None."""
        ...

    async def open(self, edition: Edition) -> bool:
        """Reserve a week; False where it is there already."""
        ...

    async def reopen(self, edition: Edition) -> bool:
        """Reserve a week that is new, or of which nothing was posted; False for any other."""
        ...

    async def skip(self, team: str, week: str, slots: tuple[Slot, ...]) -> None:
        """Note that these were missed, and so was whatever else was reserved for a week before ``week``."""
        ...

    async def missed(self, team: str, week: str) -> tuple[float, ...]:
        """The moments of the digests skipped between the last that was posted and this week."""
        ...

    async def find(self, team: str, week: str) -> Edition | None: ...

    async def claim(self, edition: Edition, owner: str) -> Edition | None:
        """Take it over, as far as nobody else has since it was read; None where somebody was faster."""
        ...

    async def posted(self, edition: Edition, channel: str, ts: str) -> bool:
        """Note where it stands; False where somebody else has taken it over since it was claimed."""
        ...

    async def settle(self, edition: Edition, state: EditionState, channel: str = "", ts: str = "") -> None:
        """Note what became of it, whoever holds it."""
        ...


class DigestFigures(Protocol):
    """What can be counted."""

    async def of(self, team: str, period: Period, now: float) -> DigestCounts:
        """The counts of the period, and of what came before and after it up to ``now``."""
        ...


class SignOffsUnderWay(Protocol):
    """Drafts on their way to a sign-off."""

    async def waiting(self, team: str) -> int:
        """How many drafts wait for a brand lead at this moment."""
        ...


class Exceptions(Protocol):
    """The exceptions to guidelines."""

    async def lapsing(self, team: str, until: float) -> tuple[Lapse, ...]:
        """Those in force now that end before then, the earliest first."""
        ...


class Board(Protocol):
    """The channel in which digests are read. Raises `Unreadable` where it cannot be used, or not now."""

    async def place(self, team: str, channel: str) -> str:
        """The id of a channel that is named by id or name."""
        ...

    async def find(self, edition: Edition) -> str:
        """The ts of the earliest post under the edition's key in its channel, "" where there is none."""
        ...

    async def post(self, edition: Edition, digest: Digest) -> str:
        """Post it into its channel and give its ts."""
        ...

    async def remove(self, team: str, channel: str, ts: str) -> None:
        """Remove a post; one that is gone already is fine."""
        ...


class DigestJobs(Protocol):
    """Durable work on digests."""

    async def send_digest(self, team: str, week: str, attempt: int) -> None:
        """Send a week's digest; once for each attempt."""
        ...


class DigestWorkspaces(Protocol):
    """Where Candor is installed."""

    @property
    def teams(self) -> tuple[str, ...]: ...
