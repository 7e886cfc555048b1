"""The outside of the flows, in memory and honest: every fake keeps what its port's docstrings promise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.deciding import with_same
from bot.core.drafts import FIRST_REVISION, Author, Draft, Message, Place, newer, revised
from bot.core.guidelines import Checks
from bot.core.judging import Critique, Outcome
from bot.core.reviewing import SEVERAL, DraftRecord, DraftState, Earlier, Reply
from bot.rules.wording import covers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Sequence

    from bot.core.brand.posts import EarlierPost
    from bot.core.deciding import Answer, GuidelineException, Verdict
    from bot.core.findings import CleanText, Finding
    from bot.core.reviewing import Review, ReviewJob
    from bot.core.sign_off import SignOffAct

    Pause = Callable[[], Awaitable[None]]

NOW = 1_800_000_000.0
PLACE = Place("T1", "C1", f"{NOW:.6f}")
POST = "We opened a bakery on Elm Street this morning. It smells of cardamom and butter."
CRITIQUE = Critique(Outcome.NOTHING_TO_FLAG)
CHECKS = Checks(7, 7)


class Crash(Exception):
    """The process died here."""


def message(text: str = POST, revision: str = "0", place: Place = PLACE) -> Message:
    return Message(place, Author.PERSON, "U1", text=text, revision=revision)


async def straight_on() -> None:
    """No pause."""


class FakeClock:
    """Time passes only while somebody sleeps."""

    def __init__(self, pause: Pause) -> None:
        self.time, self.slept, self.pause = NOW, 0.0, pause

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds
        self.slept += seconds
        await self.pause()


class FakeRules:
    """Finds nothing and counts how often it was asked."""

    guidelines = 1
    own_set = 0

    def __init__(self) -> None:
        self.read: list[str] = []

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        self.read.append(draft.text)
        return ()

    def across(self, draft: Draft) -> tuple[Finding, ...]:
        return ()

    def checks(self, draft: Draft) -> Checks:
        del draft
        return CHECKS


class FakeReplies:
    def __init__(self, clock: FakeClock, pause: Pause, kind: str = "reply") -> None:
        self.clock, self.pause, self.kind = clock, pause, kind
        self.rows: dict[str, Reply] = {}
        self.shown: dict[str, ReviewJob] = {}

    async def reserve(self, draft_id: str, owner: str) -> Reply:
        await self.pause()
        known = self.rows.setdefault(draft_id, Reply(draft_id, "", owner, reserved_at=self.clock.now(), kind=self.kind))
        if known.ts and known.owner:
            self.rows[draft_id] = replace(known, owner=SEVERAL)
        elif known.ts:
            self.rows[draft_id] = replace(known, owner=owner, reserved_at=self.clock.now())
        return self.rows[draft_id]

    async def swap(self, known: Reply, instead: Reply) -> bool:
        await self.pause()
        if self.rows.get(known.draft_id) != known:
            return False
        self.rows[known.draft_id] = instead
        return True

    async def posted(self, known: Reply, ts: str, shown: ReviewJob, *, sure: bool = False) -> bool:
        await self.pause()
        now = self.rows.get(known.draft_id)
        if now is None or (now.ts != ts and now not in {known, replace(known, owner=SEVERAL)}):
            return False
        self.rows[now.draft_id] = replace(now, ts=ts, owner="" if sure else now.owner)
        self.shown[now.draft_id] = shown
        await self.pause()
        return True

    async def gone(self, reply: Reply, shown: ReviewJob) -> bool:
        await self.pause()
        known = self.rows.get(reply.draft_id)
        if known is None or known.ts != reply.ts:
            return False
        self.rows[reply.draft_id] = replace(known, owner="")
        self.shown[reply.draft_id] = shown
        return True

    async def doubted(self, reply: Reply) -> None:
        await self.pause()
        known = self.rows.get(reply.draft_id)
        if known and known.ts:
            self.rows[reply.draft_id] = replace(known, owner=SEVERAL, reserved_at=self.clock.now())

    async def removed(self, known: Reply) -> bool:
        await self.pause()
        if self.rows.get(known.draft_id) != known:
            return False
        self.shown.pop(known.draft_id, None)
        return bool(self.rows.pop(known.draft_id))


class FakeDrafts:
    def __init__(self, clock: FakeClock, replies: FakeReplies, pause: Pause) -> None:
        self.clock, self.replies, self.pause = clock, replies, pause
        self.rows: dict[str, DraftRecord] = {}
        self.changed_at: dict[str, float] = {}
        self.reviews: dict[ReviewJob, Review] = {}
        self.cleans = FakeReplies(clock, pause, "clean")
        self.verdicts: dict[str, dict[str, Verdict]] = {}
        self.answers: dict[str, dict[str, Answer]] = {}
        self.made: dict[str, CleanText] = {}
        self.earlier: dict[str, Earlier] = {}
        self.exceptions: list[GuidelineException] = []
        self.acts: dict[str, dict[str, SignOffAct]] = {}
        self.sign_offs = FakeReplies(clock, pause, "sign-off")
        self.beside: tuple[EarlierPost, ...] = ()
        self.same: dict[str, dict[tuple[str, str], bool]] = {}

    async def add(self, message: Message, *, asked: str = "") -> DraftRecord | None:
        await self.pause()
        if message.place.draft_id in self.rows:
            return None
        kept = DraftRecord(message.place, message.author_id, _draft(message), revision=message.revision)
        return self._keep(replace(kept, asked=asked, unsure=message.unsure))

    async def ask(self, draft_id: str, at: str) -> DraftRecord | None:
        await self.pause()
        known = self.rows.get(draft_id)
        if known is None or known.erased:
            return None
        if newer(at, known.asked or "0"):
            self.rows[draft_id] = replace(known, asked=at, round=known.round + (known.job in self.reviews))
        return self.rows[draft_id]

    async def revise(self, message: Message) -> DraftRecord | None:
        await self.pause()
        known = self.rows.get(message.place.draft_id)
        if known is None or known.erased or not (revision := revised(message.revision, known.revision)):
            return None
        draft = _draft(message, known.draft)
        about = (draft.platform, draft.context) == (known.draft.platform, known.draft.context)
        if about and message.says_the_same_as(known.draft.text):
            return None
        shown = self.replies.shown.get(known.id)
        if shown and shown in self.reviews and shown.revision == known.revision:
            self.earlier[known.id] = Earlier(known.draft.text, self.reviews[shown])
        return self._keep(replace(known, draft=draft, revision=revision, round=0, unsure=message.unsure))

    async def erase(self, place: Place, *, stands: bool = False) -> bool:
        await self.pause()
        known = self.rows.get(place.draft_id)
        if known is None:
            self._keep(DraftRecord(place, "", Draft(""), revision=FIRST_REVISION, round=-1, erased=True))
            return False
        round_ = known.round if stands or known.round == -1 else -2
        self.rows[known.id] = replace(known, draft=Draft(""), erased=True, round=round_)
        self.reviews = {job: review for job, review in self.reviews.items() if job.draft_id != known.id}
        for belonging in (self.verdicts, self.answers, self.made, self.acts, self.earlier):
            belonging.pop(known.id, None)
        return True

    async def orphans(self) -> list[str]:
        await self.pause()
        left = self.replies.rows | self.cleans.rows | self.sign_offs.rows
        return [record.id for record in self.rows.values() if record.erased and record.id in left]

    async def doubtful(self, before: float, *, since: float) -> list[tuple[str, float]]:
        rows = [*self.replies.rows.values(), *self.cleans.rows.values(), *self.sign_offs.rows.values()]
        return [(r.draft_id, r.reserved_at) for r in rows if r.ts and r.owner and since <= r.reserved_at < before]

    async def find(self, draft_id: str) -> DraftRecord | None:
        await self.pause()
        return self.rows.get(draft_id)

    async def state(self, draft_id: str) -> DraftState | None:
        await self.pause()
        record = self.rows.get(draft_id)
        return record and DraftState(
            record,
            review=self._newest_review(record),
            reply=self.replies.rows.get(draft_id),
            verdicts=tuple(self.verdicts.get(draft_id, {}).values()),
            answers=tuple(self.answers.get(draft_id, {}).values()),
            clean=self.cleans.rows.get(draft_id),
            made=self.made.get(draft_id),
            earlier=self.earlier.get(draft_id),
            exceptions=with_same(
                (
                    one
                    for one in self.exceptions
                    if one.team == record.place.team and one.in_force(NOW) and one.reaches(record.author_id)
                ),
                [pair for pair, same in self.same.get(draft_id, {}).items() if same],
            ),
            acts=tuple(self.acts.get(draft_id, {}).values()),
            sign_off=self.sign_offs.rows.get(draft_id),
            covers=covers,
        )

    async def save_review(self, review: Review, beside: Sequence[EarlierPost] = ()) -> None:
        self.beside = tuple(beside)
        await self.pause()
        record = self.rows.get(review.job.draft_id)
        if record and not record.erased:
            self.reviews.setdefault(review.job, review)

    async def find_review(self, job: ReviewJob) -> Review | None:
        await self.pause()
        return self.reviews.get(job)

    async def previous_review(self, job: ReviewJob) -> Review | None:
        await self.pause()
        same = [r for r in self.reviews.values() if (r.job.draft_id, r.job.revision) == (job.draft_id, job.revision)]
        earlier = [review for review in same if review.job.round < job.round]
        return max(earlier, key=lambda review: review.job.round, default=None)

    async def next_round(self, job: ReviewJob) -> ReviewJob | None:
        known = self.rows.get(job.draft_id)
        if known is None or known.erased or known.job != job:
            return None
        self.rows[known.id] = replace(known, round=known.round + 1)
        return self.rows[known.id].job

    async def unanswered(self, before: float, *, since: float, awaited: float = 0) -> list[tuple[ReviewJob, float]]:
        promised = {r.id for r in self.rows.values() if self.changed_at[r.id] < awaited and self._is_promised(r.job)}
        shown = self.replies.shown
        open_ = [r for r in self.rows.values() if not r.erased and (shown.get(r.id) != r.job or r.id in promised)]
        wanted = [r for r in open_ if not (r.mute or (r.id not in self.replies.rows and self._is_talk(r.job)))]
        asked = [(record.job, self.changed_at[record.id]) for record in wanted]
        return [(job, changed_at) for job, changed_at in asked if since <= changed_at < before]

    async def channels(self, team: str) -> frozenset[str]:
        return frozenset(record.place.channel for record in await self.live(team, 0.0))

    async def latest(self, team: str, channels: Collection[str], most: int) -> list[DraftRecord]:
        return [record for record in await self.live(team, 0.0) if record.place.channel in channels][:most]

    async def live(self, team: str, since: float) -> list[DraftRecord]:
        here = [r for r in self.rows.values() if r.place.team == team and not r.erased]
        return sorted((r for r in here if float(r.place.ts) >= since), key=lambda r: r.place.ts, reverse=True)

    def _is_talk(self, job: ReviewJob) -> bool:
        said = self.reviews.get(job)
        return bool(said and said.critique.outcome is Outcome.NOT_A_DRAFT and not said.critique.awaits_model)

    def _is_promised(self, job: ReviewJob) -> bool:
        said = self.reviews.get(job)
        return bool(said and said.critique.awaits_model)

    def _newest_review(self, record: DraftRecord) -> Review | None:
        same = [job for job in self.reviews if (job.draft_id, job.revision) == (record.id, record.revision)]
        newest = max(same, key=lambda job: job.round, default=None)
        return self.reviews[newest] if newest else None

    def _keep(self, record: DraftRecord) -> DraftRecord:
        self.rows[record.id] = record
        self.changed_at[record.id] = self.clock.now()
        return record


def _draft(message: Message, known: Draft = Draft("")) -> Draft:  # noqa: B008 - it is frozen
    platform = known.platform if message.platform is None else message.platform
    context = known.context if message.context is None else message.context
    return Draft(message.text, platform, context, pictures=message.pictures, zones=message.zones, unread=message.unread)


class FakeJobs:
    """Notes each key once, with the delay of the first time it was asked for."""

    def __init__(self) -> None:
        self.reviews: dict[str, float] = {}
        self.removals: dict[str, None] = {}
        self.refreshes: list[str] = []
        self.private: list[str] = []
        self.under_way: set[str] = set()
        """Of the reviews those that have not come to an end."""
        self.down = False

    async def has_ended(self, job: ReviewJob) -> bool:
        return job.key in self.reviews and job.key not in self.under_way

    async def review(self, job: ReviewJob, *, delay: float = 0) -> None:
        if self.down:
            raise Crash
        self.reviews.setdefault(job.key, delay)

    async def review_in_private(self, review_id: str) -> None:
        if self.down:
            raise Crash
        if review_id not in self.private:
            self.private.append(review_id)

    async def remove_reply(self, draft_id: str) -> None:
        if self.down:
            raise Crash
        self.removals.setdefault(draft_id)

    async def refresh(self, draft_id: str, cause: str) -> None:
        if self.down:
            raise Crash
        if (key := f"refresh:{draft_id}:{cause}") not in self.refreshes:
            self.refreshes.append(key)


class FakeWatermarks:
    def __init__(self) -> None:
        self.first: dict[tuple[str, str], str] = {}
        self.last: dict[tuple[str, str], str] = {}

    async def seen(self, team: str, channel: str, ts: str) -> None:
        self.first.setdefault((team, channel), ts)
        self.last[team, channel] = max(ts, self.last.get((team, channel), "0"), key=float)

    async def seen_between(self, team: str, channel: str) -> tuple[str, str] | None:
        here = (team, channel)
        return (self.first[here], self.last[here]) if here in self.first else None
