"""What people do about digests: send one now, look at it before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.brand.facts import EvidenceLapse, Fact
from bot.core.digesting import WEEK, DigestCounts, Period
from bot.core.errors import Trouble
from bot.core.settings import DigestSettings, QuietWeek
from bot.flows.digesting import PreviewDigest, SendDigestNow, Sent
from tests.flows.digest_world import DAY, HOUR, MONDAY, World


@pytest.fixture
async def world() -> World:
    world = World()
    assert await world.sweep(MONDAY - 3 * DAY) == 0
    return world


async def test_now_sends_this_weeks_at_once_and_the_schedule_goes_on_next_week(world: World) -> None:
    now = SendDigestNow(world.editions, world.settings, world.jobs, clock=world.clock)
    world.clock.time = MONDAY + WEEK - 2 * DAY
    assert await now("T1") is Sent.NOW
    assert await now("T1") is Sent.ALREADY
    assert await world.work("2026-W30") == "posted"
    assert await now("T1") is Sent.ALREADY
    assert await world.sweep(MONDAY + WEEK - DAY) == 0
    assert await world.sweep(MONDAY + WEEK) == 1
    latest = world.editions.rows["T1", "2026-W31"]
    assert latest.period.since == MONDAY + WEEK - 2 * DAY
    world.settings.digest = DigestSettings()
    assert await now("T1") is Sent.NO_CHANNEL


async def test_a_digest_tells_what_leans_on_evidence_that_lapses(world: World) -> None:
    assert (await world.compose("T1", Period(0.0, 1.0))).evidence == ()
    world.figures.known, world.evidence = (
        DigestCounts(),
        (EvidenceLapse(Fact("94%", until="2026-07-24"), "2026-07-20"),),
    )
    digest = await PreviewDigest(world.compose, world.editions, world.clock)("T1")
    assert (digest.evidence, digest.is_quiet) == (world.evidence, False)


async def test_a_week_that_could_not_be_posted_can_be_sent_by_hand(world: World) -> None:
    await world.sweep(MONDAY)
    world.board.trouble = Trouble.NO_SCOPE
    await world.work()
    world.board.trouble = None
    world.clock.time = MONDAY + DAY
    assert await SendDigestNow(world.editions, world.settings, world.jobs, clock=world.clock)("T1") is Sent.NOW
    assert await world.work() == "posted"
    ((_, digest),) = world.board.posts.values()
    assert digest.late is None


async def test_leads_hear_again_if_a_digest_sent_by_hand_cannot_be_posted_either(world: World) -> None:
    await world.sweep(MONDAY)
    world.board.trouble = Trouble.NO_SCOPE
    await world.work()
    world.clock.time = MONDAY + DAY
    assert await SendDigestNow(world.editions, world.settings, world.jobs, clock=world.clock)("T1") is Sent.NOW
    assert await world.work() == "undelivered"
    first, again = dict.fromkeys(key for _, key in world.messages.sent)
    assert world.messages.sent == [("U1", first), ("U2", first), ("U1", again), ("U2", again)]


async def test_a_quiet_week_is_posted_if_somebody_sends_it_by_hand(world: World) -> None:
    world.figures.known = DigestCounts()
    world.settings.digest = replace(world.settings.digest, quiet_week=QuietWeek.NOTHING)
    await world.sweep(MONDAY)
    assert await world.work() == "quiet"
    world.clock.time = MONDAY + DAY
    now = SendDigestNow(world.editions, world.settings, world.jobs, clock=world.clock)
    assert await now("T1") is Sent.NOW
    assert await world.work() == "posted"
    assert await now("T1") is Sent.ALREADY
    ((_, digest),) = world.board.posts.values()
    assert digest.is_quiet


async def test_a_preview_keeps_and_posts_nothing(world: World) -> None:
    preview = PreviewDigest(world.compose, world.editions, world.clock)
    world.clock.time = MONDAY - HOUR
    digest = await preview("T1")
    assert (digest.period.since, digest.period.until) == (MONDAY - HOUR - WEEK, MONDAY - HOUR)
    await world.sweep(MONDAY)
    await world.work()
    assert len(world.editions.rows) == 1
    world.clock.time = MONDAY + HOUR
    digest = await preview("T1")
    assert (digest.period.since, digest.period.until) == (MONDAY - WEEK, MONDAY + HOUR)
    world.clock.time = MONDAY + 3 * DAY
    assert (await preview("T1")).period.since == MONDAY
