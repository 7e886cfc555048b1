"""What happened while nobody listened comes through the same door as everything else."""

from __future__ import annotations

import pytest

from bot.core.message import Changed, Deleted, Place, Posted
from bot.flows.catch_up import CatchUp
from tests.flows.fakes import NOW, PLACE, message
from tests.flows.world import World

HOUR = 3600
FIRST = f"review:{PLACE.draft_id}:0:0"


@pytest.fixture
async def world() -> World:
    """The channel is watched since an hour before the draft."""
    world = World()
    await world.watermarks.seen("T1", "C1", f"{NOW - HOUR:.6f}")
    return world


async def catch_up(world: World, later: float = HOUR) -> list[tuple[str, str]]:
    world.clock.time = NOW + later
    return await CatchUp(world.channels, world.drafts, world.watermarks, world.receive, world.clock)()


async def test_a_draft_posted_meanwhile_gets_its_review(world: World) -> None:
    world.channels.past = [Posted(message())]
    assert await catch_up(world) == []
    assert list(world.jobs.reviews) == [FIRST]


async def test_what_had_arrived_before_changes_nothing(world: World) -> None:
    await world.receive(Posted(message()))
    world.channels.past = [Posted(message())]
    await catch_up(world)
    await catch_up(world)
    assert list(world.jobs.reviews) == [FIRST]


async def test_an_edit_made_meanwhile_is_reviewed(world: World) -> None:
    await world.receive(Posted(message()))
    world.channels.past = [Changed(message("Bread is back.", "5.0"))]
    await catch_up(world)
    assert f"review:{PLACE.draft_id}:5.0:0" in world.jobs.reviews


@pytest.mark.parametrize("past", [[], [Deleted(PLACE)]])
async def test_a_draft_deleted_meanwhile_is_erased(world: World, past: list[Deleted]) -> None:
    await world.receive(Posted(message()))
    world.channels.past = [*past]
    await catch_up(world)
    assert world.drafts.rows[PLACE.draft_id].erased
    assert list(world.jobs.removals) == [PLACE.draft_id]


async def test_what_was_posted_before_the_channel_was_watched_is_not_reviewed(world: World) -> None:
    old = message(place=Place("T1", "C1", f"{NOW - 2 * HOUR:.6f}"))
    world.channels.past = [Posted(old)]
    await catch_up(world)
    assert world.jobs.reviews == {}


async def test_a_channel_watched_for_the_first_time_is_only_noted() -> None:
    world = World()
    world.channels.past = [Posted(message())]
    assert await catch_up(world) == []
    assert world.jobs.reviews == {}
    now = f"{NOW + HOUR:.6f}"
    assert await world.watermarks.seen_between("T1", "C1") == (now, now)


async def test_a_gap_longer_than_can_be_read_is_named(world: World) -> None:
    assert await catch_up(world, 30 * HOUR) == [("T1", "C1")]


async def test_a_known_draft_is_followed_up_even_if_it_came_before_the_channel_was_noted() -> None:
    world = World()
    await world.drafts.add(message())
    await world.watermarks.seen("T1", "C1", f"{NOW + 60:.6f}")
    world.channels.past = [Changed(message("Until Sunday: half price!", revision=f"{NOW + 120:.6f}"))]
    await catch_up(world)
    record = await world.drafts.find(PLACE.draft_id)
    assert record is not None
    assert record.draft.text == "Until Sunday: half price!"
