"""What is wrong with an installation, and how an operator is told."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bot.core.judging import Critique, ModelPart, Outcome, Usage
from bot.core.operating import (
    REMEMBERED,
    AnswerNote,
    Concern,
    JobSeen,
    JobState,
    Operation,
    QueueSeen,
    ReviewJournal,
    ReviewsSeen,
    StepSeen,
    concerns,
    reference,
    shares,
    waited,
)
from bot.core.ports import SystemClock
from bot.core.reviewing import ReviewJob
from bot.core.words import operating as words

NOW = 1_700_000_000.0
WELL = Operation(
    NOW,
    (QueueSeen("reviews", 2, 1, oldest=NOW - 4), QueueSeen("errands", 0, 0, oldest=None)),
    is_running=True,
    heard=NOW - 20,
    reviews=ReviewsSeen(
        {ModelPart.ANSWERED: 12, ModelPart.OFF: 2},
        (1.0, 6.1, 20.3),
        calls=15,
        input_tokens=139_500,
        cached_tokens=130_000,
        output_tokens=3_000,
        cost_usd=0.31,
    ),
)


def test_where_all_is_well_nothing_needs_attention() -> None:
    assert concerns(WELL) == []
    assert concerns(replace(WELL, workers=2, is_running=False)) == []


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (replace(WELL, is_running=False), Concern.NOBODY_WORKS),
        (replace(WELL, workers=0), Concern.NOBODY_WORKS),
        (replace(WELL, heard=NOW - 181), Concern.DEAF),
        (replace(WELL, queues=(QueueSeen("reviews", 1, 0, oldest=NOW - 301),)), Concern.JOBS_WAIT),
        (replace(WELL, drafts=1, oldest_draft=NOW - 301), Concern.DRAFTS_WAIT),
        (
            replace(WELL, reviews=ReviewsSeen({ModelPart.KEY: 1, ModelPart.ANSWERED: 2}, last=ModelPart.KEY)),
            Concern.NO_MODEL,
        ),
        (replace(WELL, drafts=1, oldest_draft=NOW - 301, unjudged=1), Concern.NO_ANSWER),
        (replace(WELL, drafts=1, oldest_draft=NOW - 301, unposted=["T1"]), Concern.UNPOSTED),
        (replace(WELL, silent=["T2"]), Concern.SILENT),
        (replace(WELL, put_aside=1), Concern.PUT_ASIDE),
        (replace(WELL, is_full=True), Concern.DISK_FULL),
        (replace(WELL, failed=2), Concern.JOBS_FAILED),
    ],
)
def test_each_trouble_is_seen_and_told_with_what_to_do(seen: Operation, expected: Concern) -> None:
    assert concerns(seen) == [expected]
    assert words.concern(expected, seen).endswith(".")


def test_workspaces_are_named_and_a_model_that_never_answered_is_not_one_that_nobody_asked() -> None:
    assert "workspace T2 for a while" in words.concern(Concern.SILENT, replace(WELL, silent=["T2"]))
    many = words.concern(Concern.UNPOSTED, replace(WELL, unposted=[f"T{n}" for n in range(7)]))
    assert "workspaces T0, T1, T2, T3, T4 and 2 more." in many
    said = dict(words.status(replace(WELL, reviews=ReviewsSeen(), unjudged=2)))
    assert said["Model"] == "no answer in the last hour; 2 drafts waiting for one"


def test_a_process_that_is_away_explains_what_waits() -> None:
    away = replace(WELL, is_running=False, heard=NOW - 900, queues=(QueueSeen("reviews", 3, 0, oldest=NOW - 900),))
    assert concerns(away) == [Concern.NOBODY_WORKS]


def test_the_lines_say_numbers_and_times() -> None:
    said = dict(words.status(replace(WELL, drafts=1, oldest_draft=NOW - 12)))
    assert said["Process"] == "running"
    assert said["Slack"] == "last heard from 20 s ago"
    assert said["Jobs"] == "2 waiting (oldest: 4.0 s), 1 running"
    assert said["Drafts"] == "1 waiting for a reply (oldest: 12 s)"
    assert said["Reviews"] == "14 in the last hour, 12 by the model; median 6.1 s, slowest 20 s"
    assert said["Model"] == (
        "15 calls in the last hour: 139,500 input tokens (130,000 of them cached), 3,000 output tokens, $0.31"
    )


def test_a_quiet_installation_is_told_of_in_words() -> None:
    said = dict(words.status(Operation(NOW, workers=0)))
    assert said["Process"] == "0 processes running"
    assert said["Slack"] == "never connected"
    assert said["Reviews"] == "none in the last hour"
    assert said["Model"] == "no calls in the last hour"
    assert dict(words.status(Operation(NOW)))["Process"] == "not running"
    alone = ReviewsSeen({ModelPart.OFF: 1}, calls=1, input_tokens=5)
    assert dict(words.status(replace(WELL, reviews=alone)))["Model"] == (
        "1 call in the last hour: 5 input tokens (none of them cached), 0 output tokens"
    )
    assert dict(words.status(replace(WELL, reviews=alone)))["Reviews"] == "1 in the last hour, 0 by the model"


@pytest.mark.parametrize(
    ("number", "said"),
    [(0.04, "0.0 s"), (9.94, "9.9 s"), (119, "119 s"), (600, "10 min"), (7200, "2 h"), (200_000, "2 days")],
)
def test_lengths_of_time_are_as_exact_as_people_need_them(number: float, said: str) -> None:
    assert words.seconds(number) == said


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (
            JobSeen("k", "send_digest", JobState.WAITING, asked=NOW - 9, due=NOW - 9, changed=NOW),
            "k  send_digest: waiting for 9.0 s",
        ),
        (
            JobSeen("k", "review_draft", JobState.WAITING, asked=NOW, due=NOW + 60, changed=NOW),
            "k  review_draft: due in 60 s",
        ),
        (
            JobSeen("k", "review_draft", JobState.FAILED, asked=NOW - 99, due=NOW - 99, changed=NOW - 30, starts=3),
            "k  review_draft: failed 30 s ago, started 3 times",
        ),
    ],
)
def test_a_job_is_a_line(job: JobSeen, said: str) -> None:
    assert words.job(job, NOW) == said


def test_steps_are_indented_below_it() -> None:
    found = list(words.steps([StepSeen("judge", 2.0, failed=False), StepSeen("reply", None, failed=True)]))
    assert found == ["    judge: done, 2.0 s", "    reply: failed"]


def test_what_was_done_is_said() -> None:
    assert words.retried([]) == "There's nothing to retry."
    assert words.cancelled("k") == "Cancelled: k."
    assert "candor jobs --retry T1:C1:1.0" in words.put_aside("T1:C1:1.0", 4, "K7Q2XM")
    assert "DATA_DIR" in words.nothing_there(".candor")


def test_a_reference_is_short_stable_and_has_no_letter_that_looks_like_another() -> None:
    codes = {reference(f"T1:C1:{n}.0") for n in range(2_000)}
    assert len(codes) == 2_000
    assert all(len(code) == 6 and not set(code) & set("01IOLU") for code in codes)
    assert reference("T1:C1:1.0") == reference("T1:C1:1.0")


def test_a_note_about_the_model_has_its_tokens_and_nothing_where_none_was_asked() -> None:
    assert AnswerNote().fields == {}
    assert AnswerNote("timeout", 90.0004).fields == {"answer": "timeout", "answer_seconds": 90.0}
    full = AnswerNote(
        "answered", 3.25, Usage(calls=2, input_tokens=9_300, cached_tokens=9_250, output_tokens=210)
    ).fields
    assert (full["calls"], full["input_tokens"], full["cached_tokens"], full["output_tokens"]) == (2, 9_300, 9_250, 210)


@pytest.mark.parametrize(
    ("revision", "now", "seconds"),
    [
        ("0", 1_700_000_004.5, 4.5),
        ("1700000060.000000", 1_700_000_061.0, 1.0),
        ("1700000060.000000", 1_700_000_000.0, 0.0),
    ],
)
def test_people_wait_from_the_post_or_the_edit(revision: str, now: float, seconds: float) -> None:
    assert waited(ReviewJob("T1:C1:1700000000.000000", revision), now) == seconds


def test_what_metrics_lack_is_said_with_the_remedy() -> None:
    assert "candor[metrics]" in words.NO_METRICS
    assert "candor[tracing]" in words.NO_TRACING


@pytest.mark.parametrize("connections", [8, 9, 20])
def test_what_is_remembered_and_jobs_never_take_all_connections(connections: int) -> None:
    store, jobs = shares(connections)
    assert 0 <= store - jobs <= 1
    assert 0 < connections - store - jobs < store


class Times:
    """The `Instrument` port, for reading."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, float]] = []

    def asked(self, outcome: str, seconds: float, usage: Usage | None) -> None:
        self.seen.append((outcome, seconds))

    def replied(self, critique: Critique, seconds: float) -> None:
        self.seen.append((critique.outcome.value, seconds))


def test_a_review_is_one_line_of_the_log_and_told_to_every_instrument(caplog: pytest.LogCaptureFixture) -> None:
    began, clock, times = time.time(), SystemClock(), Times()
    jobs = [ReviewJob(f"T1:C1:{began - number:.6f}", "0") for number in range(REMEMBERED + 1)]
    journal = ReviewJournal(clock, times)
    for job in jobs:
        journal.asked(job, "answered", 1.5, Usage(1, 900, 0, 70))
    with caplog.at_level("INFO", logger="bot.reviews"):
        journal.replied(jobs[-1], Critique(Outcome.NOTHING_TO_FLAG))
        journal.replied(jobs[0], Critique(Outcome.NOTHING_TO_FLAG))
    late, forgotten = caplog.messages
    assert f"reference={reference(jobs[-1].draft_id)} revision=0" in late
    assert "answer=answered answer_seconds=1.5 calls=1 input_tokens=900" in late
    assert "answer=" not in forgotten, "only so many are remembered, the oldest go first"
    assert times.seen[0] == ("answered", 1.5)
    outcome, seconds = times.seen[-1]
    assert outcome == Outcome.NOTHING_TO_FLAG.value
    assert 0 <= seconds < 60


async def test_this_machines_clock_goes_on_while_it_is_waited_for() -> None:
    clock = SystemClock()
    before = clock.now()
    await clock.sleep(0.01)
    assert clock.now() > before
