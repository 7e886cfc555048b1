"""An audit's posts are read overnight: what is handed in, what a crash, a click, a budget or a server make of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from bot.core.brand.audit import Audit, AuditState
from bot.core.brand.overnight import BatchProgress, BatchRequest, BatchResults, Night
from bot.core.drafts import reference
from bot.core.errors import TryLater
from bot.core.judging import Failure, Judgement, ModelFailed, Usage
from bot.core.spending import HALF, Amount, Hold, Purpose
from bot.core.words.brand import audit as words
from bot.flows.brand import overnight as flows
from bot.flows.brand.audit import WithdrawAudit
from bot.flows.brand.overnight import DropNights, ReadOvernight
from tests.flows.fakes import Crash
from tests.flows.model_fakes import FakeCritic
from tests.flows.test_audit import ID, Auditing, estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.core.brand.audit import AuditShown
    from bot.core.brand.overnight import BatchFile, OtherCritic
    from bot.core.judging import Case
    from bot.core.ports import Critic

POSTS = 12
PLAN = "date,text\n" + "".join(f"2026-01-{day:02},Notes from day {day}.\n" for day in range(1, POSTS + 1))
GOOD = Judgement(model="m-1")


@dataclass
class NotingCritic:
    """Puts a line into the file for each case."""

    file: BatchFile
    fingerprint: str = "f1"

    async def judge(self, case: Case) -> Judgement:
        self.file.add(case.draft.text, BatchRequest(case.draft.text, Usage(1, 10, 0, 5)))
        raise ModelFailed(Failure.ABSENT)


@dataclass
class FakeBatches:
    """A server. ``meanwhile`` comes with each look; ``fails`` are raised by what is asked next, in order.

    One that fails to drop batches has dropped them all the same, and what is dropped can't be read any more.
    """

    handed: dict[str, list[str]] = field(default_factory=dict[str, "list[str]"])
    ends: str = "answered"
    cancelled: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    dropped: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    looks: int = 0
    over_after: int = 1
    spare: int = -1
    fails: dict[str, list[Failure]] = field(default_factory=dict[str, "list[Failure]"])
    meanwhile: list[Callable[[], None]] = field(default_factory=list["Callable[[], None]"])
    dies: bool = False

    def _may(self, what: str) -> None:
        if self.fails.get(what):
            raise ModelFailed(self.fails[what].pop(0))

    async def gathering(self, file: BatchFile) -> OtherCritic:
        return lambda _: NotingCritic(file)

    async def reading(self, results: BatchResults, spare: int) -> OtherCritic:
        self.spare = spare
        judged = [GOOD if results.lines else Failure.UNREACHABLE] * POSTS
        critic: Critic = FakeCritic(*judged)
        return lambda _: critic

    async def hand_in(self, key: str, lines: Sequence[str], since: float) -> str:
        self._may("hand_in")
        self.handed.setdefault(key, [*lines])
        if self.dies:
            self.dies = False
            raise Crash
        return f"b-{key}"

    async def look(self, ids: Sequence[str]) -> BatchProgress:
        self._may("look")
        self.looks += 1
        if self.meanwhile:
            self.meanwhile.pop(0)()
        return BatchProgress(1, len(ids), is_over=self.looks > self.over_after)

    async def results(self, ids: Sequence[str]) -> BatchResults:
        self._may("results")
        if tuple(ids) in self.dropped:
            return BatchResults()
        return BatchResults(tuple(ids), Usage(len(ids), 7, 0, 3))

    async def cancel(self, ids: Sequence[str]) -> None:
        self.cancelled.append(tuple(ids))

    async def drop(self, ids: Sequence[str]) -> None:
        self.dropped.append(tuple(ids))
        self._may("drop")


@dataclass
class Purse:
    """A budget that lets so many calls through."""

    lets: int = 99
    begun: list[tuple[Usage, float]] = field(default_factory=list[tuple[Usage, float]])
    ended: list[Usage | None] = field(default_factory=list["Usage | None"])

    async def begin(self, team: str, purpose: Purpose, most: Usage, share: float = 1.0) -> Hold:
        assert (team, purpose) == ("T1", Purpose.REVIEW)
        if len(self.begun) >= self.lets:
            raise ModelFailed(Failure.MONTH_SPENT)
        self.begun.append((most, share))
        return Hold((), purpose, Amount(0, 0), share=share)

    async def end(self, hold: Hold, usage: Usage | None) -> None:
        assert hold.share == HALF
        self.ended.append(usage)

    async def reviewed(self, team: str) -> None:
        """Nobody asks here."""


class Overnight(Auditing):
    """A workspace whose audits may be read overnight. ``answers`` are what the first posts come to."""

    def __init__(self, *answers: Judgement | Failure, file: str = PLAN, purse: Purse | None = None) -> None:
        super().__init__(*(answers or (GOOD, GOOD)), file=file)
        self.batches, self.purse = FakeBatches(), purse or Purse()
        alone = self.run_audit.alone
        assert alone
        night = ReadOvernight(self.audits, self.board, self.batches, alone, clock=self.world.clock, budget=self.purse)
        self.run_audit = replace(self.run_audit, overnight=night, overnight_takes=estimate)

    async def pressed(self) -> None:
        """The fixed checks are through, and somebody starts it overnight."""
        await self.of_file()
        assert await self.run() == "done"
        assert await self.begin.with_model("T1", "U1", ID, overnight=True) == ""

    @property
    def audit(self) -> Audit:
        return self.audits.rows[ID]

    @property
    def unread(self) -> int:
        report = self.last.report
        assert report
        assert report.model
        return report.unread


async def test_what_the_model_would_take_is_offered_once_slack_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    auditing = Auditing(GOOD)
    await auditing.of_file()
    show, pressed = auditing.board.show, list[str]()

    async def failing(team: str, audit: Audit, shown: AuditShown) -> None:
        await show(team, audit, shown)
        if shown.estimate and not pressed:
            pressed.append(await auditing.begin.with_model("T1", "U1", ID))
            auditing.board.shown.pop()
            raise TryLater(60)

    monkeypatch.setattr(auditing.board, "show", failing)
    with pytest.raises(TryLater):
        await auditing.run()
    assert pressed == [words.MOVED_ON]
    assert await auditing.run() == "done"
    assert auditing.last.estimate == "2 calls"
    assert await auditing.begin.with_model("T1", "U1", ID) == ""


async def test_posts_are_handed_in_once_read_from_what_came_back_and_taken_out_of_the_server() -> None:
    auditing = Overnight(purse=Purse())
    await auditing.pressed()
    assert auditing.last.overnight == f"{POSTS} calls"
    assert await auditing.run(1) == "done"
    batches, key = auditing.batches, reference(f"T1:{ID}:1:1")
    assert {name: len(lines) for name, lines in batches.handed.items()} == {key: POSTS - 2}
    assert auditing.critic
    assert len(auditing.critic.cases) == 2  # in the ordinary way
    assert words.waiting(1, 1) in [shown.waits for shown in auditing.board.shown]
    assert (auditing.unread, batches.dropped, batches.spare) == (0, [(f"b-{key}",)], 20)
    assert auditing.purse.begun == [(Usage(POSTS - 2, 10 * (POSTS - 2), 0, 5 * (POSTS - 2)), HALF)]
    assert auditing.purse.ended == [Usage(1, 7, 0, 3)]
    assert (auditing.audit.night, auditing.audit.state) == (None, AuditState.DONE)


async def test_a_night_is_offered_only_for_many_posts_and_read_in_the_ordinary_way_where_there_is_none() -> None:
    few = Overnight(file="text\nOne.\nTwo.\n")
    await few.of_file()
    await few.run()
    assert (few.last.estimate, few.last.overnight) == ("2 calls", "")
    gone = Overnight()
    await gone.pressed()
    gone.run_audit = replace(gone.run_audit, overnight=None)  # another server since then: nobody agreed to its price
    await gone.run(1)
    assert gone.unread == POSTS


async def test_what_died_before_it_was_kept_is_handed_in_under_the_same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.core.brand.overnight._MOST_REQUESTS", 4)
    auditing = Overnight()
    await auditing.pressed()
    auditing.batches.dies = True
    with pytest.raises(Crash):
        await auditing.run(1)
    auditing.batches.fails["hand_in"] = [Failure.UNREACHABLE]
    with pytest.raises(TryLater):
        await auditing.run(1)
    note, notes = auditing.audits.note, list[Audit]()

    async def dying(team: str, audit: Audit, before: Audit) -> bool:
        notes.append(audit)
        kept = await note(team, audit, before)
        if len(notes) == 3:  # the second batch; what it may cost was kept before it
            raise Crash
        return kept

    monkeypatch.setattr(auditing.audits, "note", dying)
    with pytest.raises(Crash):
        await auditing.run(1)
    assert await auditing.run(1) == "done"
    parts = [reference(f"T1:{ID}:1:{number}") for number in (1, 2, 3)]
    assert [*auditing.batches.handed] == parts
    assert [len(lines) for lines in auditing.batches.handed.values()] == [4, 4, 2]
    assert auditing.batches.dropped == [tuple(f"b-{part}" for part in parts)]
    assert auditing.unread == 0


async def test_what_the_server_does_not_take_is_set_aside_once_and_comes_back() -> None:
    auditing = Overnight()
    await auditing.pressed()
    auditing.batches.fails["hand_in"] = [Failure.UNREACHABLE] * 4 + [Failure.BUSY]
    for _ in range(5):
        with pytest.raises(TryLater):
            await auditing.run(1)
    assert (len(auditing.purse.begun), auditing.purse.ended) == (1, [])
    assert await auditing.run(1) == "done"
    assert (len(auditing.purse.begun), auditing.purse.ended) == (1, [Usage(1, 7, 0, 3)])


async def test_what_the_server_refuses_for_good_is_set_aside_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.core.brand.overnight._MOST_REQUESTS", 5)
    auditing = Overnight()
    await auditing.pressed()
    auditing.batches.fails["hand_in"] = [Failure.REFUSED]
    assert await auditing.run(1) == "done"
    assert auditing.batches.handed == {}
    assert (len(auditing.purse.begun), auditing.purse.ended) == (1, [Usage()])


@pytest.mark.parametrize("again", [0, 1])
async def test_whoever_cancels_between_two_attempts_cancels_it_at_the_server(
    again: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditing = Overnight(purse=Purse())
    await auditing.pressed()
    auditing.batches.fails["results"] = [Failure.UNREACHABLE]
    with pytest.raises(TryLater):
        await auditing.run(1)
    assert await auditing.begin.stop("T1", "U1", ID) == ""
    finish, left = auditing.audits.finish, [Crash] * again

    async def dying(team: str, audit: Audit) -> bool:
        if left:
            raise left.pop()
        return await finish(team, audit)

    monkeypatch.setattr(auditing.audits, "finish", dying)
    if not again:  # another process notes something
        auditing.audits.meanwhile.append(lambda audit: replace(audit, ts="9.9"))
    for _ in range(again):
        with pytest.raises(Crash):
            await auditing.run(1)
    assert await auditing.run(1) == "stopped"
    assert auditing.last.said == words.STOPPED_LATER
    assert auditing.batches.dropped[-1] == (f"b-{reference(f'T1:{ID}:1:1')}",)
    assert auditing.purse.ended == [Usage(1, 7, 0, 3)]
    assert (auditing.audit.state, auditing.audit.night) == (AuditState.DONE, None)
    assert await auditing.run(1) == "over"


async def test_whoever_cancels_between_two_attempts_of_the_fixed_checks_is_told_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    auditing = Auditing()
    await auditing.of_file()

    async def asleep(*_: object) -> None:
        raise TryLater(60.0)

    monkeypatch.setattr(auditing.board, "upload", asleep)
    with pytest.raises(TryLater):
        await auditing.run()
    assert await auditing.begin.stop("T1", "U1", ID) == ""
    assert await auditing.run() == "stopped"
    assert (auditing.last.said, auditing.audits.rows, auditing.audits.done) == (words.STOPPED, {}, {})


async def test_a_file_that_goes_while_its_posts_are_read_overnight_takes_them_out_of_the_server() -> None:
    auditing = Overnight(purse=Purse())
    await auditing.pressed()
    auditing.batches.fails["results"] = [Failure.UNREACHABLE]
    with pytest.raises(TryLater):
        await auditing.run(1)
    auditing.files.text = ""
    assert await auditing.run(1) == "nothing"
    assert auditing.batches.dropped[-1] == (f"b-{reference(f'T1:{ID}:1:1')}",)
    assert (auditing.purse.ended, auditing.audits.rows) == ([Usage(1, 7, 0, 3)], {})


async def test_a_death_while_it_waits_or_reads_hands_nothing_in_again_and_counts_what_it_cost() -> None:
    auditing = Overnight(purse=Purse())
    await auditing.pressed()

    def dies() -> None:
        raise Crash

    auditing.batches.meanwhile = [dies]
    with pytest.raises(Crash):
        await auditing.run(1)
    assert auditing.audit.night
    assert auditing.audit.night.whole
    auditing.audits.dies = 1
    with pytest.raises(Crash):
        await auditing.run(1)
    for what in ("results", "drop"):
        auditing.batches.fails[what] = [Failure.UNREACHABLE]
        with pytest.raises(TryLater):
            await auditing.run(1)
    assert await auditing.run(1) == "done"
    assert len(auditing.batches.handed) == 1
    assert (auditing.unread, auditing.purse.ended) == (0, [Usage(1, 7, 0, 3)])


async def test_a_server_that_cannot_be_asked_is_asked_later_and_a_batch_without_end_is_not_waited_for() -> None:
    auditing = Overnight()
    await auditing.pressed()
    auditing.batches.over_after = 10**6
    auditing.batches.fails["look"] = [Failure.UNREACHABLE]
    began = auditing.world.clock.now()
    assert await auditing.run(1) == "done"
    assert flows.LONGEST <= auditing.world.clock.now() - began < flows.LONGEST + 3600
    assert auditing.world.clock.now() - began >= flows.POLL * (auditing.batches.looks - 2)


@pytest.mark.parametrize("lets", [0, 1])
async def test_what_budget_or_server_refuse_is_unread_and_costs_nothing(
    lets: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.core.brand.overnight._MOST_REQUESTS", 5)
    auditing = Overnight(purse=Purse(lets))
    await auditing.pressed()
    assert await auditing.run(1) == "done"
    assert (len(auditing.batches.handed), auditing.batches.spare) == (lets, 20 if lets else 0)
    assert auditing.unread == (0 if lets else POSTS - 2)


async def test_nothing_is_handed_in_where_the_model_reads_none_of_the_first() -> None:
    auditing = Overnight(Failure.KEY, Failure.KEY)
    await auditing.pressed()
    assert await auditing.run(1) == "done"
    assert (auditing.unread, auditing.batches.handed) == (POSTS, {})


@pytest.mark.parametrize("when", ["first", "setting aside", "handing in", "whole", "waiting", "reading"])
async def test_whoever_cancels_it_cancels_it_at_the_server(when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    auditing = Overnight(purse=Purse())
    await auditing.pressed()

    def stop() -> None:
        auditing.audits.rows[ID] = replace(auditing.audit, state=AuditState.STOPPED)

    keep, note, notes, kept = auditing.audits.keep, auditing.audits.note, list[Audit](), list[int]()

    async def stopping(*told: object) -> None:
        kept.append(1)
        await keep(*told)  # type: ignore[arg-type]
        if when == "first" or (when == "reading" and len(kept) > 1):
            stop()

    async def noting(team: str, audit: Audit, before: Audit) -> bool:
        notes.append(audit)
        if len(notes) == {"setting aside": 1, "handing in": 2, "whole": 3}.get(when):
            stop()
        return await note(team, audit, before)

    monkeypatch.setattr(auditing.audits, "keep", stopping)
    monkeypatch.setattr(auditing.audits, "note", noting)
    auditing.batches.meanwhile = [stop] if when == "waiting" else []
    auditing.batches.over_after = 3
    assert await auditing.run(1) == "stopped"
    assert auditing.last.said == words.STOPPED_LATER
    ids = (f"b-{reference(f'T1:{ID}:1:1')}",)
    none = when in {"first", "setting aside"}
    assert auditing.batches.cancelled == auditing.batches.dropped == [() if none else ids]
    assert auditing.purse.ended == ([] if when == "first" else [Usage(0 if none else 1, 7, 0, 3)])
    assert (auditing.audit.state, auditing.audit.night) == (AuditState.DONE, None)


async def test_one_that_is_deleted_goes_from_the_server_whatever_that_says() -> None:
    auditing = Overnight()
    await auditing.pressed()
    nights = DropNights(auditing.audits, auditing.batches)
    await nights("T1")
    assert auditing.batches.dropped == []
    auditing.audits.rows[ID] = replace(auditing.audit, night=Night(1.0, ("b-1",)))
    await nights("T1")
    assert auditing.batches.dropped == [("b-1",)]
    auditing.batches.fails["drop"] = [Failure.KEY]
    await WithdrawAudit(auditing.audits, auditing.board, nights)("T1", ID)
    assert auditing.audits.rows == {}
    assert auditing.batches.fails["drop"] == []


@pytest.mark.parametrize("fails", [[], [Failure.KEY]])
async def test_a_deletion_while_it_waits_takes_its_results_out_and_counts_what_it_could_cost(
    fails: list[Failure],
) -> None:
    auditing = Overnight(purse=Purse())
    await auditing.pressed()
    auditing.batches.meanwhile = [auditing.audits.rows.clear]
    auditing.batches.fails["results"] = fails
    assert await auditing.run(1) == "stopped"
    assert (len(auditing.batches.dropped), len(auditing.purse.begun), auditing.purse.ended) == (1, 1, [])


async def test_what_is_known_already_is_not_handed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    auditing = Overnight(*[GOOD] * POSTS)
    await auditing.pressed()

    async def gathering(file: BatchFile) -> OtherCritic:
        assert file.requests == {}
        return lambda critic: critic

    monkeypatch.setattr(auditing.batches, "gathering", gathering)
    assert await auditing.run(1) == "done"
    assert auditing.batches.handed == {}


async def test_a_server_that_does_not_end_what_was_cancelled_is_left_alone_after_a_while() -> None:
    auditing = Overnight()
    await auditing.pressed()
    auditing.batches.meanwhile = [
        lambda: auditing.audits.rows.update({ID: replace(auditing.audit, state=AuditState.STOPPED)})
    ]
    auditing.batches.over_after = 10**6
    assert await auditing.run(1) == "stopped"
    assert (len(auditing.batches.dropped), auditing.purse.ended) == (1, [Usage(1, 7, 0, 3)])
