"""How an installation does: its jobs, what it reviewed, and what somebody should look at. Read from outside."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING, Protocol

from bot.core.judging import ModelPart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.judging import Critique, Usage
    from bot.core.ports import Clock
    from bot.core.reviewing import ReviewJob


# Connections to PostgreSQL, of which a server has only so many.

FEWEST_CONNECTIONS = 8
"""With fewer a process could not receive, look for jobs and work on them at the same time."""
_SPARE = 2
"""One for signs of life, and one for what looks at the jobs now and then."""


def shares(connections: int) -> tuple[int, int]:
    """How many of a process's connections are for what is remembered, and how many for its jobs.

    >>> shares(20)
    (9, 9)
    """
    jobs = (connections - _SPARE) // 2
    return connections - _SPARE - jobs, jobs


# Jobs as the engine keeps them.


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"
    CANCELLED = "cancelled"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class JobSeen:
    """One job. Times are seconds since 1970; ``due`` is later than ``asked`` for one that was asked for later."""

    key: str
    kind: str
    state: JobState
    asked: float
    due: float
    changed: float
    starts: int = 0
    """How often a process took it up."""


@dataclass(frozen=True, slots=True)
class StepSeen:
    """One step of a job, with the seconds that it took, None where they are not known."""

    name: str
    seconds: float | None
    failed: bool


@dataclass(frozen=True, slots=True)
class QueueSeen:
    """What is due in one queue, and how many jobs run; ``oldest`` is when the longest waiting one was due."""

    name: str
    waiting: int
    running: int
    oldest: float | None


# Everything at one moment, and what is wrong with it.

STUCK = 300.0
"""Seconds after which somebody should look at a job or a draft that waits: a review takes 20, a model's outage is told
by its own line."""
TAKEN = 60.0
"""Seconds in which Slack takes a review that is made, unless something is wrong."""
LONG_GONE = 7 * 24 * 3600.0
"""Seconds of silence after which a workspace counts as one that Candor left: its token may have been taken out."""
ABSENT = 180.0
"""Seconds without a sign of life after which nobody receives from Slack: one is given every minute."""


@dataclass(frozen=True, slots=True)
class ReviewsSeen:
    """The reviews of a time: how many by the model's part in them, and how long people waited for each (seconds)."""

    by_part: Mapping[str, int] = field(default_factory=dict[str, int])
    waits: Sequence[float] = ()
    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    last: str = ""
    """The model's part in the latest one."""

    @property
    def number(self) -> int:
        return sum(self.by_part.values())

    @property
    def median(self) -> float | None:
        """Seconds that half of them took at most."""
        return median(self.waits) if self.waits else None


@dataclass(frozen=True, slots=True)
class Operation:
    """An installation at one moment (``now``, seconds since 1970)."""

    now: float
    queues: Sequence[QueueSeen] = ()
    failed: int = 0
    """Jobs of the last day."""
    workers: int | None = None
    """Processes that give signs of life; None on SQLite, where ``is_running`` says it."""
    is_running: bool = False
    drafts: int = 0
    """That wait for their reply."""
    unjudged: int = 0
    """Of these: that the model was asked about, and gave no answer."""
    unposted: Sequence[str] = ()
    """The workspaces of those whose review is made, and that Slack has not taken for a while."""
    oldest_draft: float | None = None
    put_aside: int = 0
    reviews: ReviewsSeen = ReviewsSeen()
    """Of the last hour."""
    heard: float | None = None
    """When Candor last noted that messages can arrive, in any workspace."""
    silent: Sequence[str] = ()
    """The workspaces of which that was noted too long ago, while it is of others."""
    is_full: bool = False
    """The disk under SQLite's files has hardly any room left."""

    @property
    def waiting(self) -> int:
        """Jobs that are due."""
        return sum(queue.waiting for queue in self.queues)

    @property
    def running(self) -> int:
        """Jobs."""
        return sum(queue.running for queue in self.queues)

    @property
    def oldest(self) -> float | None:
        """Since when the longest waiting job is due."""
        return min((queue.oldest for queue in self.queues if queue.oldest is not None), default=None)

    @property
    def is_worked_on(self) -> bool:
        """True while a process is there to do the jobs."""
        return self.is_running if self.workers is None else self.workers > 0


class Concern(StrEnum):
    """What somebody should look at."""

    NOBODY_WORKS = "nobody_works"
    JOBS_WAIT = "jobs_wait"
    JOBS_FAILED = "jobs_failed"
    DRAFTS_WAIT = "drafts_wait"
    PUT_ASIDE = "put_aside"
    DEAF = "deaf"
    """No sign that messages can arrive."""
    SILENT = "silent"
    """No sign that messages of a certain workspace can arrive."""
    UNPOSTED = "unposted"
    """Slack does not take reviews that are made."""
    NO_MODEL = "no_model"
    """The language model's server refused what it was asked last."""
    NO_ANSWER = "no_answer"
    """The language model was asked, and gave no review."""
    DISK_FULL = "disk_full"


_REFUSED = {ModelPart.KEY, ModelPart.NO_MODEL, ModelPart.NO_CREDIT, ModelPart.NO_ROOM, ModelPart.SETTINGS}
"""What the operator alone can mend."""


def concerns(seen: Operation) -> list[Concern]:
    """The worst first."""

    def long(since: float | None, most: float) -> bool:
        return since is not None and seen.now - since > most

    wrong = {
        Concern.NOBODY_WORKS: not seen.is_worked_on,
        Concern.DISK_FULL: seen.is_full,
        Concern.DEAF: seen.is_worked_on and long(seen.heard, ABSENT),
        Concern.SILENT: seen.is_worked_on and bool(seen.silent),
        Concern.UNPOSTED: bool(seen.unposted),
        Concern.NO_MODEL: seen.reviews.last in _REFUSED,
        Concern.NO_ANSWER: seen.unjudged > 0 and seen.reviews.last not in _REFUSED,
        Concern.JOBS_WAIT: seen.is_worked_on and long(seen.oldest, STUCK),
        Concern.DRAFTS_WAIT: long(seen.oldest_draft, STUCK) and not (seen.unjudged or seen.unposted),
        Concern.PUT_ASIDE: seen.put_aside > 0,
        Concern.JOBS_FAILED: seen.failed > 0,
    }
    return [trouble for trouble, is_so in wrong.items() if is_so]


# What is noted of a review, for logs and figures. Ids, names and numbers, never words.

_CODE = 6
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def reference(draft_id: str) -> str:
    """A short code that people can read to whoever runs Candor; the log and `candor jobs` know it."""
    number = int.from_bytes(hashlib.sha256(draft_id.encode()).digest()[:8])
    signs: list[str] = []
    for _ in range(_CODE):
        number, sign = divmod(number, len(_LETTERS))
        signs.append(_LETTERS[sign])
    return "".join(signs)


@dataclass(frozen=True, slots=True)
class AnswerNote:
    """What became of asking the model: "answered" or a failure's name, and the seconds that it took."""

    outcome: str = ""
    seconds: float = 0.0
    usage: Usage | None = None

    @property
    def fields(self) -> dict[str, object]:
        """By name, as a log shows it; nothing where no model was asked."""
        if not self.outcome:
            return {}
        found: dict[str, object] = {"answer": self.outcome, "answer_seconds": round(self.seconds, 3)}
        if used := self.usage:
            found |= {"calls": used.calls, "input_tokens": used.input_tokens}
            found |= {"cached_tokens": used.cached_tokens, "output_tokens": used.output_tokens}
        return found


def waited(job: ReviewJob, now: float) -> float:
    """Seconds since the words of a job were posted, or edited."""
    _, _, posted = job.draft_id.rpartition(":")
    return max(0.0, now - max(float(posted), float(job.revision)))


class Journal(Protocol):
    """Takes note of what was done. Never raises."""

    def asked(self, job: ReviewJob, outcome: str, seconds: float, usage: Usage | None) -> None:
        """The model answered, or failed, after so many seconds."""
        ...

    def replied(self, job: ReviewJob, critique: Critique) -> None:
        """A review stands in its thread."""
        ...


_LOG = logging.getLogger("bot.reviews")
REMEMBERED = 4_096
"""Answers of models whose reviews are still to be posted."""


class Instrument(Protocol):
    """Counts or notes what the journal is told."""

    def asked(self, outcome: str, seconds: float, usage: Usage | None) -> None: ...

    def replied(self, critique: Critique, seconds: float) -> None: ...


class ReviewJournal:
    """The `Journal` port."""

    def __init__(self, clock: Clock, *instruments: Instrument) -> None:
        self._clock, self._instruments = clock, instruments
        self._asked: dict[str, AnswerNote] = {}

    def asked(self, job: ReviewJob, outcome: str, seconds: float, usage: Usage | None) -> None:
        """Kept until the review is posted."""
        if len(self._asked) >= REMEMBERED:
            self._asked.pop(next(iter(self._asked)))
        self._asked[job.draft_id] = AnswerNote(outcome, seconds, usage)
        for instrument in self._instruments:
            instrument.asked(outcome, seconds, usage)

    def replied(self, job: ReviewJob, critique: Critique) -> None:
        """One line, and what a machine may read of it beside."""
        note = self._asked.pop(job.draft_id, AnswerNote())
        seconds = waited(job, self._clock.now())
        for instrument in self._instruments:
            instrument.replied(critique, seconds)
        fields = {"draft": job.draft_id, "reference": reference(job.draft_id), "revision": job.revision}
        fields |= {"round": job.round, "outcome": critique.outcome.value, "model": critique.model_part.value}
        fields |= {"points": len(critique.findings), "questions": len(critique.questions), "waited": round(seconds, 3)}
        fields |= note.fields
        _LOG.info("review %s", " ".join(f"{name}={value}" for name, value in fields.items()), extra={"fields": fields})
