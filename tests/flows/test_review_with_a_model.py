"""A draft before a model that answers, is slow, fails or declines."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.core.deciding import Decision, GuidelineException, Scope, Verdict
from bot.core.drafts import Changed, Click, Draft, Place, Posted, Target
from bot.core.findings import Finding, Origin
from bot.core.guidelines import Severity
from bot.core.judging import Case, Critique, Failure, Judgement, ModelFailed, ModelPart, Outcome, Question, Usage
from bot.core.reviewing import ReviewJob, standing_in
from bot.core.watching import MODEL_FAILS, Notice
from bot.core.words.reviewing import NO_DRAFT_LEFT, headline
from bot.flows.asking import IN_LINE, AskModel, CallTurns, Turnstile
from bot.flows.reviewing import PATIENCE
from bot.flows.watching import Sweep, TellLeads
from tests.flows.fake_judges import FakeJudges
from tests.flows.fakes import NOW, PLACE, POST, FakeRules, message
from tests.flows.model_fakes import FakeCritic, FakeJudgements
from tests.flows.world import Steps, World

if TYPE_CHECKING:
    from bot.core.ports import Judges
    from bot.core.spending import Hold, Purpose

ID = PLACE.draft_id
FIRST = ReviewJob(ID, "0", 0)
SEVERE = Finding(
    "authenticity/fact-check-first",
    Severity.MUST_FIX,
    0,
    end=4,
    quote=POST[:4],
    why="Nobody knows.",
    origin=Origin.MODEL,
)
ASKED = Question("transparency/commercial-disclosure", "Was it paid for?", ("Paid", "Gift", "Neither"))
UNSURE = "The second loaf is free, says the sign."
FULL = Judgement((SEVERE,), (ASKED,), model="m-1", usage=Usage(1, 900, 800, output_tokens=100))


class Played:
    """A world with a model in it."""

    def __init__(self, *answers: Judgement | Failure | None) -> None:
        self.world = World()
        self.critic = FakeCritic(*answers)
        self.judgements = FakeJudgements()
        self.ask = AskModel(self.world.drafts, self.judgements, self.world.clock)
        judges = FakeJudges(self.world.rules, self.critic)
        self.review = replace(
            self.world.review, judges=judges, ask=self.ask, thread=self.world.thread, jobs=self.world.jobs
        )

    async def run(self, job: ReviewJob = FIRST, steps: Steps | None = None) -> str:
        return await self.review(steps or Steps(), job.draft_id, job.revision, job.round)

    def part(self, round_: int = 0) -> ModelPart:
        return self.world.drafts.reviews[ReviewJob(ID, "0", round_)].critique.model_part


async def played(*answers: Judgement | Failure | None) -> Played:
    play = Played(*answers)
    await play.world.receive(Posted(message()))
    return play


async def test_an_answer_in_time_makes_the_full_reply_at_once() -> None:
    play = await played(FULL)
    assert await play.run() == "posted"
    critique = play.world.drafts.reviews[FIRST].critique
    assert (critique.findings, critique.questions, critique.model) == ((SEVERE,), (ASKED,), "m-1")
    assert (critique.fixed_rules_only, critique.outcome) == (False, Outcome.FINDINGS)
    assert play.world.thread.working == [True, False]
    assert play.world.thread.news == {}


async def test_in_a_burst_the_model_is_asked_about_the_first_before_the_last_is_read() -> None:
    number, read = 30, list[str]()
    play = Played(*[None] * number, *[FULL] * number)

    class Counting(FakeJudges):
        async def of(self, team: str, text: str = "", draft_id: str = "") -> Judges:
            read.append(draft_id)
            await asyncio.sleep(0)
            return await super().of(team, text, draft_id)

    play.review = replace(play.review, judges=Counting(play.world.rules, play.critic))
    jobs: list[ReviewJob] = []
    for at in range(1, number + 1):
        place = Place("T1", "C1", f"{at}.0")
        await play.world.receive(Posted(message(f"{POST} Loaf {at}.", place=place)))
        jobs.append(ReviewJob(place.draft_id, "0", 0))
    running = [asyncio.create_task(play.run(job)) for job in jobs]
    while not play.critic.cases:
        await asyncio.sleep(0)
    assert 0 < len(read) < number / 2
    while len(play.critic.cases) < number:
        await asyncio.sleep(0.01)
    play.critic.go.set()
    assert await asyncio.gather(*running)
    assert len(play.critic.cases) == number


async def test_a_long_text_that_is_being_read_keeps_no_other_draft_from_the_model() -> None:
    play, done = Played(FULL, FULL), threading.Event()

    class Slow(FakeRules):
        def findings(self, draft: Draft) -> tuple[Finding, ...]:
            assert len(draft.text) < 3_000 or done.wait(10)
            return super().findings(draft)

    play.review = replace(play.review, judges=FakeJudges(Slow(), play.critic), few=Turnstile(1))
    jobs = [ReviewJob(Place("T1", "C1", f"{at}.0").draft_id, "0", 0) for at in (1, 2)]
    for job, text in zip(jobs, (f"{POST} " * 200, POST), strict=True):
        await play.world.receive(Posted(message(text, place=Place.of(job.draft_id))))
    long = asyncio.create_task(play.run(jobs[0]))
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        assert await play.run(jobs[1]) == "posted"
    assert not long.done()
    done.set()
    assert await long == "posted"


async def test_a_model_that_finds_nothing_is_believed() -> None:
    play = await played(Judgement())
    await play.run()
    assert play.world.drafts.reviews[FIRST].critique.outcome is Outcome.NOTHING_TO_FLAG


async def test_a_slow_model_lets_the_rules_speak_first_and_its_answer_makes_a_new_round() -> None:
    play = await played(None, FULL)
    running = asyncio.create_task(play.run())
    while not play.world.standing:
        await asyncio.sleep(0)
    assert play.part() is ModelPart.AWAITED
    assert play.world.thread.working == [True]
    play.critic.go.set()
    assert await running == "again"
    again = ReviewJob(ID, "0", 1)
    assert play.world.jobs.reviews[again.key] == 0
    assert await play.run(again) == "updated"
    assert play.part(1) is ModelPart.ANSWERED
    assert len(play.critic.cases) == 1
    assert play.world.thread.news == {f"news:{again.key}": 1}


@pytest.mark.parametrize("hidden", ["exception", "dismissal"])
async def test_a_must_fix_that_nobody_is_shown_is_not_announced(hidden: str) -> None:
    play = await played(Failure.BUSY, FULL)
    assert await play.run() == "again"
    if hidden == "exception":
        always = GuidelineException(
            team="T1",
            id="e1",
            guideline=SEVERE.guideline,
            ref=SEVERE.ref,
            quote=SEVERE.quote,
            scope=Scope.ALWAYS,
            author="U9",
            draft_id="T1:C1:1.0",
            created_at=NOW,
            expires_at=None,
        )
        play.world.drafts.exceptions.append(always)
    else:
        dismissed = Verdict(SEVERE.ref, Decision.DISMISSED, "U1", at="1.0", revision="0")
        await play.world.verdicts.record(ID, dismissed)
    assert await play.run(ReviewJob(ID, "0", 1)) == "updated"
    assert play.part(1) is ModelPart.ANSWERED
    assert play.world.thread.news == {}


@pytest.mark.parametrize("failure", [Failure.BUSY, Failure.UNREACHABLE])
async def test_a_passing_failure_is_followed_by_rounds_with_growing_pauses(failure: Failure) -> None:
    play = await played(*[failure] * 4)
    pauses: list[float] = []
    for round_ in range(4):
        assert await play.run(ReviewJob(ID, "0", round_)) == "again"
        pauses.append(play.world.jobs.reviews[ReviewJob(ID, "0", round_ + 1).key])
    assert pauses == [60, 120, 240, 480]
    assert len(play.critic.cases) == 4
    assert play.part() is ModelPart.AWAITED
    assert len(play.world.standing) == 1


@pytest.mark.parametrize(
    ("failure", "part"),
    [
        (Failure.KEY, ModelPart.KEY),
        (Failure.MODEL, ModelPart.NO_MODEL),
        (Failure.QUOTA, ModelPart.NO_CREDIT),
        (Failure.NO_ROOM, ModelPart.NO_ROOM),
        (Failure.UNREADABLE, ModelPart.UNREADABLE),
        (Failure.SETTINGS, ModelPart.SETTINGS),
    ],
)
async def test_what_somebody_can_mend_is_called_by_its_name_and_asked_again_in_its_time(
    failure: Failure, part: ModelPart
) -> None:
    play = await played(failure, FULL)
    assert await play.run() == "again"
    assert play.part() is part
    assert play.world.drafts.reviews[FIRST].critique.awaits_model
    again = ReviewJob(ID, "0", 1)
    assert play.world.jobs.reviews[again.key] == 60
    assert await play.run(again) == "updated"
    assert play.part(1) is ModelPart.ANSWERED


async def test_brand_leads_hear_once_of_a_key_that_is_refused_and_never_of_a_busy_server() -> None:
    play = await played(Failure.BUSY, Failure.KEY, Failure.KEY, Failure.KEY)
    world = play.world
    play.review = replace(play.review, tell=TellLeads(world.leads, world.notices, world.messages, sees=world.sees))
    await play.run()
    assert world.messages.sent == []
    for round_ in range(1, 4):
        await play.run(ReviewJob(ID, "0", round_))
    assert world.messages.sent == [("U1", "model:key"), ("U2", "model:key")]
    assert "the language model's server refused the key" in world.messages.says["model:key"]


async def test_a_key_that_was_mended_and_is_refused_again_is_told_again() -> None:
    play = await played(Failure.KEY, Failure.KEY, FULL)
    world, notice = play.world, Notice("T1", "U1", "model:key")
    tell = TellLeads(world.leads, world.notices, world.messages, sees=world.sees)
    mended = partial(world.notices.forget, prefix=MODEL_FAILS, but=())
    play.review = replace(play.review, tell=tell, ask=replace(play.ask, mended=mended))
    for round_ in range(2):
        await play.run(ReviewJob(ID, "0", round_))
        assert await world.notices.is_told(notice)
    assert world.messages.sent == [("U1", "model:key"), ("U2", "model:key")]
    other = Place("T1", "C1", "20.0")
    await world.receive(Posted(message(place=other)))
    await play.run(ReviewJob(other.draft_id, "0", 0))  # the first round of another draft
    assert not await world.notices.is_told(notice)
    assert await world.notices.reserve(notice)


async def test_a_failed_call_of_a_draft_that_moved_on_is_not_made_again() -> None:
    play = await played(FULL)
    assert await play.review.rest(ReviewJob(ID, "0", 7)) == "superseded"


async def test_after_a_day_the_reply_says_that_it_was_given_up() -> None:
    play = await played(*[Failure.BUSY] * 4)
    await play.run()
    for _ in range(28):
        job = play.world.drafts.rows[ID].job
        await play.world.drafts.next_round(job)
    last = play.world.drafts.rows[ID].job
    assert await play.run(last) == "updated"
    assert play.part(last.round) is ModelPart.GIVEN_UP


@pytest.mark.parametrize(
    ("failure", "part"), [(Failure.REFUSED, ModelPart.DECLINED), (Failure.TOO_LONG, ModelPart.TOO_LONG)]
)
async def test_a_model_that_declines_is_not_asked_again(failure: Failure, part: ModelPart) -> None:
    play = await played(failure)
    assert await play.run() == "posted"
    assert play.part() is part
    assert list(play.world.jobs.reviews) == [FIRST.key]


@pytest.mark.parametrize(
    ("first", "part"), [(Failure.ABSENT, ModelPart.OFF), (Judgement((), (ASKED,)), ModelPart.ANSWERED)]
)
async def test_whoever_asked_for_a_new_review_is_rung_for_nothing(first: Judgement | Failure, part: ModelPart) -> None:
    play = await played(first, FULL)
    assert (await play.run(), play.part()) == ("posted", part)
    play.judgements.rows.clear()  # as if the question had been answered: an equal case would be known
    again = await play.world.drafts.next_round(FIRST)
    assert again
    await play.run(again)
    assert play.part(1) is ModelPart.ANSWERED
    assert play.world.thread.news == {}


async def test_an_equal_case_is_answered_from_the_store() -> None:
    play = await played(FULL, FULL)
    await play.run()
    await play.world.drafts.next_round(FIRST)
    await play.run(ReviewJob(ID, "0", 1))
    assert len(play.critic.cases) == 1
    assert play.world.thread.working == [True, False, False]


async def test_an_unconfirmed_answer_is_shown_and_not_used_again() -> None:
    play = await played(replace(FULL, confirmed=False), FULL)
    await play.run()
    await play.world.drafts.next_round(FIRST)
    await play.run(ReviewJob(ID, "0", 1))
    assert len(play.critic.cases) == 2


async def test_an_edit_stops_the_model_and_the_old_job() -> None:
    play = await played(None)
    running = asyncio.create_task(play.run())
    while not play.critic.cases:
        await asyncio.sleep(0)
    await play.world.drafts.revise(message("Bread is back.", "5.0"))
    assert await running == "superseded"
    await asyncio.sleep(0)
    assert play.critic.stopped == 1
    assert play.world.standing == {}


async def test_a_draft_that_stands_in_line_for_the_model_shows_what_was_found_sooner() -> None:
    play, turns = await played(FULL, FULL), CallTurns(at_once=1, per_team=1)
    ask = replace(play.ask, turns=turns)
    play.review, began = replace(play.review, ask=ask), play.world.clock.now()
    async with turns.of("T1"):
        running = asyncio.create_task(play.run())
        while not play.world.standing:
            await asyncio.sleep(0)
        assert IN_LINE <= play.world.clock.now() - began < PATIENCE / 2
        assert play.critic.cases == []
    assert await running == "again"
    assert await play.run(ReviewJob(ID, "0", 1)) == "updated"
    assert len(play.critic.cases) == 1


async def test_a_deletion_while_the_model_is_slow_ends_the_job() -> None:
    play = await played(None, FULL)
    running = asyncio.create_task(play.run())
    while not play.world.standing:
        await asyncio.sleep(0)
    await play.world.drafts.erase(PLACE)
    assert await running == "superseded"


async def test_a_job_that_starts_again_after_a_crash_stays_with_the_model() -> None:
    play = await played(Failure.BUSY, FULL, FULL)
    steps = Steps()
    steps.done = {"judge": "late", "first reply": "posted"}
    assert await play.run(steps=steps) == "again"
    assert await play.run(FIRST, Steps()) == "superseded"


async def test_a_judgement_that_was_begun_again_says_late_again() -> None:
    play = await played(Failure.BUSY, FULL)
    assert await play.review.judge(FIRST) == "failed"
    assert await play.review.judge(FIRST) == "late"
    assert len(play.critic.cases) == 1


async def test_a_stay_with_a_draft_that_moved_on_ends() -> None:
    play = await played(FULL)
    assert await play.review.stay(ReviewJob(ID, "0", 7)) == "superseded"


async def test_talk_after_all_is_not_answered() -> None:
    play = Played(Judgement(not_a_draft=True))
    await play.world.receive(Posted(message(UNSURE)))
    assert await play.run() == "nothing"
    assert play.critic.cases[0].may_be_talk
    assert play.world.drafts.reviews[FIRST].critique.outcome is Outcome.NOT_A_DRAFT
    assert play.world.standing == {}


async def test_of_a_draft_that_was_edited_to_talk_the_reply_says_that_it_is_none() -> None:
    play = await played(FULL, Judgement(not_a_draft=True))
    assert await play.run() == "posted"
    await play.world.receive(Changed(message(UNSURE, "5.0")))
    job = ReviewJob(ID, "5.0")
    await play.review(Steps(), ID, job.revision, 0)
    standing = standing_in(await play.world.drafts.state(ID))
    assert standing
    assert headline(standing) == NO_DRAFT_LEFT


async def test_a_model_that_finds_a_fault_in_what_may_be_talk_is_heard() -> None:
    severe = replace(SEVERE, quote=UNSURE[:4])
    play = Played(Judgement((severe,)))
    await play.world.receive(Posted(message(UNSURE)))
    assert await play.run() == "posted"


async def test_nobody_is_answered_while_a_slow_model_may_still_say_that_it_is_talk() -> None:
    play = Played(Failure.BUSY, Failure.BUSY)
    await play.world.receive(Posted(message(UNSURE)))
    assert await play.run() == "again"
    assert (play.part(), play.world.standing) == (ModelPart.AWAITED, {})
    play.world.clock.time = NOW + 3600
    assert await Sweep(play.world.drafts, play.world.jobs, play.world.clock)() == 1


async def test_a_sweep_has_no_second_call_beside_a_round_that_somebody_began_hours_later() -> None:
    play = await played(replace(FULL, findings=()), None, FULL)
    world = play.world
    play.review = replace(play.review, answers=world.answers)
    assert await play.run() == "posted"
    world.clock.time = NOW + 7200
    assert await world.answer(Click(Target(ID, ASKED.ref), "U1", "7200.0"), 0)
    running = asyncio.create_task(play.run(world.drafts.rows[ID].job))
    world.jobs.under_way.add(world.drafts.rows[ID].job.key)
    while len(play.critic.cases) < 2:
        await asyncio.sleep(0)
    for _ in range(3):
        assert await Sweep(world.drafts, world.jobs, world.clock)() == 1
    assert list(world.jobs.reviews) == [FIRST.key, replace(FIRST, round=1).key]
    play.critic.go.set()
    assert await running == "updated"
    assert len(play.critic.cases) == 2


async def test_a_model_that_cannot_tell_leaves_what_may_be_talk_alone() -> None:
    play = Played(Failure.REFUSED)
    await play.world.receive(Posted(message(UNSURE)))
    assert await play.run() == "nothing"
    assert play.world.drafts.reviews[FIRST].critique.outcome is Outcome.NOT_A_DRAFT


async def test_closing_stops_every_call() -> None:
    play = await played(None)
    running = asyncio.create_task(play.run())
    while not play.critic.cases:
        await asyncio.sleep(0)
    await play.ask.close()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert play.critic.stopped == 1


def test_the_cache_key_changes_with_whatever_the_answer_depends_on() -> None:
    case = Case("T1", "U1", Draft("Bread"))
    others = [
        replace(case, draft=Draft("Bread!")),
        replace(case, draft=replace(case.draft, platform="x")),
        replace(case, draft=replace(case.draft, context="It is true.")),
        replace(case, answers=(("transparency/commercial-disclosure", "Paid"),)),
        replace(case, may_be_talk=True),
    ]
    assert len({one.digest("f1") for one in [case, *others]} | {case.digest("f2")}) == 7
    assert replace(case, author_id="U2", found=(SEVERE,)).digest("f1") == case.digest("f1")


def test_a_failure_tells_whether_it_passes() -> None:
    assert ModelFailed(Failure.BUSY).passing
    assert not ModelFailed(Failure.REFUSED).passing
    assert Usage(1, 2, 3, output_tokens=4) + Usage(1, 1, 1, output_tokens=1) == Usage(2, 3, 4, output_tokens=5)


@pytest.mark.parametrize("own", [("hello@larkspur.example",), ()])
async def test_contact_data_that_the_brand_calls_its_own_is_flagged_by_nobody(own: tuple[str, ...]) -> None:
    text = f"Hello@larkspur.example\n{POST}"
    contact = Finding("user-control/safe-to-publish", Severity.CONSIDER, 0, end=22, quote=text[:22], why="Whose is it?")
    play = Played(Judgement((contact,)))
    play.review = replace(play.review, judges=FakeJudges(play.world.rules, play.critic, own_contacts=own))
    await play.world.receive(Posted(message(text)))
    await play.run()
    assert play.world.drafts.reviews[FIRST].critique.findings == (() if own else (contact,))
    assert play.critic.cases[0].draft.own_contacts == own
    known = await play.ask.known(play.critic.cases[0], play.critic)
    assert known
    assert known.findings == (contact,)  # what is stored is the model's answer, whole


class Noted:
    """The `Journal` port, for reading."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, ...]] = []

    def asked(self, job: ReviewJob, outcome: str, seconds: float, usage: Usage | None) -> None:
        assert seconds >= 0
        self.lines.append((job.key, outcome, f"{usage.calls if usage else None} calls"))

    def replied(self, job: ReviewJob, critique: Critique) -> None:
        self.lines.append((job.key, critique.model_part.value))


async def test_what_the_model_did_and_that_the_review_is_posted_are_noted() -> None:
    journal = Noted()
    for answer, noted in ((FULL, ("answered", "1 calls")), (Failure.REFUSED, ("refused", "None calls"))):
        play = await played(answer)
        play.ask = replace(play.ask, journal=journal)
        play.review = replace(play.review, ask=play.ask, journal=journal)
        assert await play.run() == "posted"
        assert journal.lines == [(FIRST.key, *noted), (FIRST.key, play.part().value)]
        journal.lines.clear()


async def test_that_a_review_stands_without_the_model_is_noted_once_however_often_it_fails() -> None:
    journal = Noted()
    play = await played(*[Failure.KEY] * 3)
    play.ask = replace(play.ask, journal=journal)
    play.review = replace(play.review, ask=play.ask, journal=journal)
    for round_ in range(3):
        await play.run(ReviewJob(ID, "0", round_))
    replied = [line for line in journal.lines if len(line) == 2]
    assert replied == [(FIRST.key, ModelPart.KEY.value)]


async def test_a_late_first_reply_is_looked_for_before_it_is_posted() -> None:
    play = await played(FULL)
    play.world.clock.time += 3600
    record = await play.world.drafts.find(ID)
    assert record
    reserved = await play.world.replies.reserve(ID, "a process whose notes are lost")
    ts = await play.world.thread.post(record, reserved, "what was said before")
    await play.world.replies.removed(reserved)
    assert await play.run() == "updated"
    assert list(play.world.thread.standing) == [ts]


@pytest.mark.parametrize(
    ("failure", "part"), [(Failure.MONTH_SPENT, ModelPart.MONTH_SPENT), (Failure.DAY_SPENT, ModelPart.DAY_SPENT)]
)
async def test_a_used_budget_is_said_at_once_and_the_draft_is_not_asked_about_again_by_itself(
    failure: Failure, part: ModelPart
) -> None:
    play = await played(failure)
    assert await play.run() == "posted"
    assert play.part() is part
    assert not play.world.drafts.reviews[FIRST].critique.awaits_model
    assert play.world.jobs.reviews == {FIRST.key: 0}


async def test_a_review_that_the_model_made_is_counted_and_one_that_failed_is_not() -> None:
    for answer, counted in ((FULL, ["T1"]), (Failure.MONTH_SPENT, [])):
        play, budget = await played(answer), Counted()
        play.review = replace(play.review, ask=replace(play.ask, budget=budget))
        await play.run()
        assert budget.teams == counted


class Counted:
    """The part of a budget that counts reviews."""

    def __init__(self) -> None:
        self.teams: list[str] = []

    async def begin(self, team: str, purpose: Purpose, most: Usage, share: float = 1.0) -> Hold:
        raise NotImplementedError

    async def end(self, hold: Hold, usage: Usage | None) -> None:
        raise NotImplementedError

    async def reviewed(self, team: str) -> None:
        self.teams.append(team)
