"""Things to store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.drafts import Author, Message, Picture, Place
from bot.core.findings import Edit, Finding, Origin
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome, Question
from bot.core.reviewing import Review, ReviewJob

if TYPE_CHECKING:
    from bot.store.drafts import ReplyStore

TS = "1700000000.000100"
PLACE = Place("T1", "C1", TS, enterprise="E1")


@dataclass
class FixedClock:
    """Time that a test moves by hand."""

    moment: float = 1_700_000_000.25

    def now(self) -> float:
        return self.moment

    async def sleep(self, seconds: float) -> None:
        self.moment += seconds


def message(text: str = "Only today: half price!", revision: str = "0", place: Place = PLACE) -> Message:
    return Message(
        place,
        Author.PERSON,
        "U1",
        text=text,
        revision=revision,
        zones=((0, 4),),
        pictures=(Picture("a jar of honey"), Picture()),
    )


def critique(quote: str = "Only today") -> Critique:
    finding = Finding(
        "transparency/urgency",
        Severity.MUST_FIX,
        0,
        end=len(quote),
        quote=quote,
        why="It hurries the reader.",
        edit=Edit(0, 4, "Until [date]"),
        origin=Origin.MODEL,
        dismissable=False,
    )
    plain = Finding("user-control/exit", Severity.CONSIDER, 1, end=2, quote=quote[1:2], why="Why.")
    question = Question("transparency/commercial-disclosure", "Paid?", ("yes", "no"))
    return Critique(Outcome.FINDINGS, (finding, plain), (question,), fixed_rules_only=False, guidelines=24)


def review(job: ReviewJob, quote: str = "Only today") -> Review:
    return Review(job, critique(quote))


def job(place: Place = PLACE, revision: str = "0", round_: int = 0) -> ReviewJob:
    return ReviewJob(place.draft_id, revision, round_)


async def stands(replies: ReplyStore, draft_id: str, ts: str, shown: ReviewJob) -> None:
    """A message is posted."""
    assert await replies.posted(await replies.reserve(draft_id, shown.key), ts, shown)


async def gone(replies: ReplyStore, draft_id: str) -> None:
    """A message is removed, wherever it stood."""
    assert await replies.removed(await replies.reserve(draft_id, "whoever removes it"))
