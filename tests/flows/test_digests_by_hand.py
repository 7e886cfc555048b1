"""What people do about digests: send one now, look at it before, share their words in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.audience import channel_of
from bot.core.click import Click, Target
from bot.core.digest import WEEK, ShownRewrite
from bot.core.presence import Trouble
from bot.core.workspace_settings import DigestSettings
from bot.flows.compose_digest import PreviewDigest
from bot.flows.send_digest import SendDigestNow, Sent
from bot.flows.share_rewrites import HideRewrites, OfferRewrites, ShareRewrite
from tests.flows import fake_digests as fakes
from tests.flows.digest_world import DAY, HOUR, MONDAY, REWRITE, World
from tests.flows.fake_leads import FakeAudience


@pytest.fixture
async def world() -> World:
    world = World()
    assert await world.sweep(MONDAY - 3 * DAY) == 0
    return world


async def test_now_sends_this_weeks_at_once_and_the_schedule_goes_on_next_week(world: World) -> None:
    now = SendDigestNow(world.editions, world.settings, world.jobs, world.clock)
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


async def test_a_week_that_could_not_be_posted_can_be_sent_by_hand(world: World) -> None:
    await world.sweep(MONDAY)
    world.board.trouble = Trouble.NO_SCOPE
    await world.work()
    world.board.trouble = None
    world.clock.time = MONDAY + DAY
    assert await SendDigestNow(world.editions, world.settings, world.jobs, world.clock)("T1") is Sent.NOW
    assert await world.work() == "posted"
    ((_, digest),) = world.board.posts.values()
    assert digest.late is None


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


async def test_an_author_is_asked_once_a_week_and_only_where_there_is_a_digest(world: World) -> None:
    workspaces = fakes.FakeWorkspaces()
    audience = FakeAudience()
    around = (world.settings, world.rewrites, world.notices, world.offers, world.clock, audience)
    offer = OfferRewrites(workspaces, *around)
    world.rewrites.found = [("U1", REWRITE)]
    audience.closed[channel_of(REWRITE.draft_id)] = ("U1",)
    assert await offer() == 0  # words of a private channel stay there
    audience.closed.clear()
    audience.asleep = True
    assert await offer() == 0
    audience.asleep = False
    world.rewrites.found = [("U1", REWRITE), ("U1", replace(REWRITE, ref="two")), ("U2", replace(REWRITE, ref="three"))]
    assert await offer() == 2
    assert world.offers.asked == [("U1", "ref"), ("U2", "three")]
    assert await offer() == 0
    world.clock.time += WEEK
    world.offers.fails = True
    assert await offer() == 0
    world.offers.fails = False
    world.clock.time += HOUR
    assert await offer() == 2
    world.settings.digest = DigestSettings()
    world.clock.time += WEEK
    assert await offer() == 0


async def test_the_author_alone_agrees_and_takes_it_back(world: World) -> None:
    share = ShareRewrite(world.rewrites, world.clock)
    click = Click(Target(REWRITE.draft_id, REWRITE.ref), "U1", "1.0")
    assert not await share(replace(click, user="U2"), agrees=True)
    assert await share(click, agrees=True)
    assert world.rewrites.agreed == {(REWRITE.draft_id, REWRITE.ref)}
    assert await share(click, agrees=False)
    assert world.rewrites.agreed == set()


async def test_words_that_must_go_are_removed_when_slack_lets_them(world: World) -> None:
    hide = HideRewrites(world.rewrites, world.board)
    world.rewrites.gone = [ShownRewrite("T1", REWRITE.draft_id, "ref", "C1", "1.0r")]
    world.board.rewrites["1.0r"] = REWRITE
    world.board.trouble = Trouble.LATER
    assert await hide() == 0
    world.board.trouble = None
    assert await hide() == 1
    assert world.board.rewrites == {}
    assert await hide() == 0
