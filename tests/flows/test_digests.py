"""A week's digest: due, posted once, late, left out, shown with an author's words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.digesting import WEEK, DigestCounts, Edition, EditionState
from bot.core.errors import Trouble, TryLater
from bot.core.settings import DigestSettings, QuietWeek
from tests.flows.digest_world import DAY, HOUR, MONDAY, World
from tests.flows.fakes import Crash


@pytest.fixture
async def world() -> World:
    world = World()
    assert await world.sweep(MONDAY - 3 * DAY) == 0
    return world


async def test_at_its_hour_a_week_is_reserved_asked_for_and_posted(world: World) -> None:
    assert await world.sweep(MONDAY - 1) == 0
    assert await world.sweep(MONDAY + 30) == 1
    assert world.jobs.asked == [("T1", "2026-W30", 0)]
    assert await world.sweep(MONDAY + 90) == 1
    assert world.jobs.asked == [("T1", "2026-W30", 0)]
    assert await world.work() == "posted"
    (posted,) = world.board.posts.values()
    assert posted[0] == "digest:T1:2026-W30"
    assert (posted[1].late, posted[1].period.since) == (None, MONDAY - WEEK)
    assert await world.sweep(MONDAY + 150) == 0
    assert await world.work() == "superseded"
    assert len(world.board.posts) == 1


async def test_of_two_processes_that_look_at_once_one_reserves_and_both_ask_for_the_same_job(world: World) -> None:
    opened = world.editions.open

    async def second_first(edition: Edition) -> bool:
        world.editions.open = opened  # type: ignore[method-assign]
        await world.sweep(MONDAY + 1)
        return await opened(edition)

    world.editions.open = second_first  # type: ignore[method-assign, assignment]
    assert await world.sweep(MONDAY + 1) == 1
    assert world.jobs.asked == [("T1", "2026-W30", 0)]


async def test_a_digest_that_is_not_posted_yet_is_asked_for_anew_each_day(world: World) -> None:
    for hours in (0, 5, 25, 73):
        await world.sweep(MONDAY + hours * HOUR)
    assert [attempt for _, _, attempt in world.jobs.asked] == [0, 1, 3]


async def test_a_late_digest_says_when_it_was_due_and_counts_the_days_it_should(world: World) -> None:
    await world.sweep(MONDAY + 2 * DAY)
    await world.work()
    ((_, digest),) = world.board.posts.values()
    assert (digest.late, digest.missed, digest.period.until) == (MONDAY, (), MONDAY)


async def test_weeks_that_nobody_sent_are_left_out_and_told(world: World) -> None:
    await world.sweep(MONDAY)
    await world.sweep(MONDAY + 2 * WEEK + DAY)
    assert (world.state(), world.state("2026-W31")) == (EditionState.SKIPPED, EditionState.SKIPPED)
    assert await world.work() == "superseded"
    await world.work("2026-W32")
    ((_, digest),) = world.board.posts.values()
    assert digest.missed == (MONDAY, MONDAY + WEEK)
    assert digest.period.since == MONDAY + WEEK


async def test_a_job_of_an_older_week_that_comes_back_posts_nothing(world: World) -> None:
    await world.sweep(MONDAY)
    world.clock.time = MONDAY + WEEK + 1
    assert await world.work() == "superseded"
    assert world.state() is EditionState.SKIPPED
    assert world.board.posts == {}


async def test_where_the_channel_was_taken_away_meanwhile_nothing_is_posted(world: World) -> None:
    await world.sweep(MONDAY)
    world.settings.digest = DigestSettings()
    assert await world.work() == "superseded"
    assert await world.sweep(MONDAY + 60) == 0


async def test_a_schedule_that_changes_starts_anew(world: World) -> None:
    world.settings.digest = replace(world.settings.digest, weekday=4)
    assert await world.sweep(MONDAY) == 0
    assert await world.sweep(MONDAY + 4 * DAY) == 1


async def test_after_a_crash_behind_the_post_it_is_found_and_not_repeated(world: World) -> None:
    await world.sweep(MONDAY)
    world.board.crash = True
    with pytest.raises(Crash):
        await world.work()
    assert world.state() is EditionState.RESERVED
    assert await world.work() == "posted"
    assert (len(world.board.posts), world.editions.rows["T1", "2026-W30"].ts) == (1, "1.0")


@pytest.mark.parametrize("passes", [61, -61])
async def test_another_job_waits_and_takes_over_what_was_left_behind(world: World, passes: float) -> None:
    await world.sweep(MONDAY)
    world.board.trouble = Trouble.LATER
    with pytest.raises(TryLater):
        await world.work()
    world.board.trouble = None
    with pytest.raises(TryLater):
        await world.work(attempt=1)
    world.clock.time += passes
    assert await world.work(attempt=1) == "posted"
    assert len(world.board.posts) == 1


async def test_who_is_slower_to_claim_tries_again_later(world: World) -> None:
    await world.sweep(MONDAY)

    async def faster() -> None:
        await world.work(attempt=1)

    world.editions.before_claim = faster
    with pytest.raises(TryLater):
        await world.work()
    assert len(world.board.posts) == 1


async def test_a_job_that_slept_while_another_took_over_leaves_the_first_post(world: World) -> None:
    await world.sweep(MONDAY)

    async def take_over() -> None:
        world.clock.time += 61
        assert await world.work(attempt=1) == "posted"

    world.board.after_post = take_over
    assert await world.work() == "posted"
    assert list(world.board.posts) == ["1.0"]
    assert world.editions.rows["T1", "2026-W30"].ts == "1.0"


async def test_of_two_posts_the_later_one_is_removed(world: World) -> None:
    await world.sweep(MONDAY)
    world.board.trouble = Trouble.LATER
    with pytest.raises(TryLater):
        await world.work()
    world.board.trouble = None
    found = world.board.find

    async def nothing_yet(_: Edition) -> str:
        world.board.find = found  # type: ignore[method-assign]
        world.board.posts["0.5"] = ("digest:T1:2026-W30", await world.compose("T1", edition.period))
        return ""

    edition = world.editions.rows["T1", "2026-W30"]
    world.board.find = nothing_yet  # type: ignore[method-assign, assignment]
    assert await world.work() == "posted"
    assert list(world.board.posts) == ["0.5"]


async def test_where_candor_cannot_post_the_leads_are_told_and_the_week_is_left_out(world: World) -> None:
    await world.sweep(MONDAY)
    world.board.trouble = Trouble.ABSENT
    assert await world.work() == "undelivered"
    assert [key for _, key in world.messages.sent] == [f"digest:2026-W30:{MONDAY}"] * 2
    assert world.state() is EditionState.SKIPPED


async def test_a_channel_that_other_organisations_read_gets_no_digest_and_the_leads_are_told(world: World) -> None:
    await world.sweep(MONDAY)
    world.audience.asleep = True
    with pytest.raises(TryLater):
        await world.work()
    assert world.board.posts == {}
    world.audience.asleep = False
    world.clock.time += 100
    world.audience.outsiders.add(await world.board.place("T1", world.settings.digest.channel))
    assert await world.work() == "undelivered"
    assert world.board.posts == {}
    assert [key for _, key in world.messages.sent] == [f"digest:2026-W30:{MONDAY}"] * 2
    assert "people from other organisations are in" in world.messages.says[f"digest:2026-W30:{MONDAY}"]
    assert world.state() is EditionState.SKIPPED


async def test_a_quiet_week_is_posted_or_not_as_set(world: World) -> None:
    world.figures.known = DigestCounts()
    world.settings.digest = replace(world.settings.digest, quiet_week=QuietWeek.NOTHING)
    await world.sweep(MONDAY)
    assert await world.work() == "quiet"
    assert (world.board.posts, world.state()) == ({}, EditionState.QUIET)
    world.settings.digest = replace(world.settings.digest, quiet_week=QuietWeek.LINE)
    await world.sweep(MONDAY + WEEK)
    assert await world.work("2026-W31") == "posted"
    ((_, digest),) = world.board.posts.values()
    assert digest.is_quiet
    assert digest.missed == ()
