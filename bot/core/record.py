"""What the store keeps of a draft, its reviews and its reply."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.answer import Answer
    from bot.core.clean_text import CleanText
    from bot.core.critique import Critique
    from bot.core.draft import Draft
    from bot.core.exception import GuidelineException
    from bot.core.message import Place
    from bot.core.mute import Mute
    from bot.core.sign_off import SignOffAct
    from bot.core.verdict import Verdict


@dataclass(frozen=True, slots=True)
class ReviewJob:
    """One review of one revision of a draft. Holds ids only: it is written into the engine's tables.

    ``round`` is 0 for what an event caused and grows by one for every deliberate new review of the
    same text.
    """

    draft_id: str
    revision: str
    round: int = 0

    @property
    def key(self) -> str:
        """The key under which the engine runs it once."""
        return f"review:{self.draft_id}:{self.revision}:{self.round}"

    @property
    def team(self) -> str:
        """The workspace it belongs to."""
        return self.draft_id.partition(":")[0]


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A draft in Slack as it stands now. An erased one keeps its place and no text."""

    place: Place
    author_id: str
    draft: Draft
    revision: str
    round: int = 0
    erased: bool = False
    asked: str = ""
    """When somebody last asked for its review in so many words, as Slack's time; "" where nobody did."""
    unsure: bool = False
    """True where its words may be talk among colleagues as well."""
    mute: Mute | None = None
    """Who muted its thread, None where it is not muted."""

    @property
    def id(self) -> str:
        """The draft's id."""
        return self.place.draft_id

    @property
    def job(self) -> ReviewJob:
        """The review that this state asks for."""
        return ReviewJob(self.id, self.revision, self.round)


@dataclass(frozen=True, slots=True)
class Review:
    """A finished review and the job that it answers."""

    job: ReviewJob
    critique: Critique


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a draft said before its edits when its reply last showed a review, and that review."""

    text: str = field(repr=False)
    review: Review


@dataclass(frozen=True, slots=True)
class Reply:
    """Candor's one reply to a draft, its clean text or its sign-off. ``ts`` is "" between reservation and posting."""

    draft_id: str
    ts: str
    owner: str
    """The key of the job that reserved it."""
    reserved_at: float
    """Seconds since 1970."""
    kind: str = "reply"
    """"reply", "clean" or "sign-off"."""

    @property
    def key(self) -> str:
        """An opaque id for Slack's message metadata, by which a lost reply is found again."""
        return f"{self.kind}:{self.draft_id}"


@dataclass(frozen=True, slots=True)
class DraftState:
    """A draft with the newest review of what it says now, if there is one yet, and its reply, at one moment.

    While a new round is under way that is the review of the round before. ``clean`` is where its clean
    text stands, ``made`` what that says.
    """

    record: DraftRecord
    review: Review | None
    reply: Reply | None
    verdicts: tuple[Verdict, ...] = ()
    answers: tuple[Answer, ...] = ()
    clean: Reply | None = None
    made: CleanText | None = None
    acts: tuple[SignOffAct, ...] = ()
    """Who asked for a sign-off and who decided what, in no order."""
    sign_off: Reply | None = None
    """Where its sign-off stands."""
    earlier: Earlier | None = None
    exceptions: tuple[GuidelineException, ...] = ()
    """The workspace's exceptions in force, the newest first; left out where the review found nothing."""

    def has_moved_since(self, earlier: DraftState) -> bool:
        """True where what the thread should show may no longer be the same."""
        before = (earlier.record, earlier.review, earlier.verdicts, earlier.answers, earlier.exceptions, earlier.acts)
        return before != (self.record, self.review, self.verdicts, self.answers, self.exceptions, self.acts)

    @property
    def is_unread(self) -> bool:
        """True where the review that this state asks for is still to come."""
        return self.review is None or self.review.job != self.record.job

    @property
    def shows(self) -> ReviewJob:
        """The job whose review people can see."""
        return self.review.job if self.review else self.record.job
