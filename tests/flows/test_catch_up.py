"""What happened while nobody listened comes through the same door as everything else."""

from __future__ import annotations

import pytest

from bot.core.drafts import Changed, Deleted, Place, Posted
from bot.core.errors import Trouble
from bot.core.watching import Unread
from bot.flows.watching import CatchUp
from tests.flows.fakes import NOW, PLACE, message
from tests.flows.world import World

HOUR = 3600
DAY = 24 * HOUR
FIRST = f"review:{PLACE.draft_id}:0:0"
DIRECT = Place("T1", "D1", PLACE.ts)


@pytest.fixture
async def world() -> World:
    """The channel is watched since an hour before the draft."""
    world = World()
    await world.watermarks.seen("T1", "C1", f"{NOW - HOUR:.6f}")
    return world


async def catch_up(world: World, later: float = HOUR) -> list[Unread]:
    world.clock.time = NOW + later
    return await CatchUp(world.channels, world.drafts, world.watermarks, receive=world.receive, clock=world.clock)()


async def test_a_draft_posted_meanwhile_gets_its_review(world: World) -> None:
    world.channels.past = [Posted(message())]
    assert await catch_up(world) == []
    assert list(world.jobs.reviews) == [FIRST]


async def test_what_had_arrived_before_changes_nothing_and_needs_no_look_of_its_own(world: World) -> None:
    await world.receive(Posted(message()))
    world.channels.past = [Posted(message())]
    await catch_up(world)
    await catch_up(world)
    assert list(world.jobs.reviews) == [FIRST]
    assert world.channels.looks == []


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


async def test_a_draft_in_a_thread_is_not_taken_for_deleted_because_no_history_shows_it(world: World) -> None:
    await world.drafts.add(message())
    world.channels.threads = [Posted(message())]
    await catch_up(world)
    assert not world.drafts.rows[PLACE.draft_id].erased
    assert world.jobs.reviews == {}


@pytest.mark.parametrize("place", [DIRECT, Place("T1", "C9", PLACE.ts)])
async def test_a_draft_elsewhere_is_followed_for_a_week(world: World, place: Place) -> None:
    await world.drafts.add(message(place=place))
    world.channels.threads = [Changed(message("Bread is back.", "5.0", place))]
    await catch_up(world, 6 * DAY)
    assert f"review:{place.draft_id}:5.0:0" in world.jobs.reviews
    world.channels.threads = []
    await catch_up(world, 8 * DAY)
    assert not world.drafts.rows[place.draft_id].erased
    await catch_up(world, 6 * DAY)
    assert world.drafts.rows[place.draft_id].erased


async def test_a_draft_in_a_closed_channel_is_left_alone_and_others_are_looked_at(world: World) -> None:
    closed = [Place("T1", "C9", f"{NOW + second:.6f}") for second in (2, 3)]
    for place in [DIRECT, *closed]:
        await world.drafts.add(message(place=place))
    world.channels.troubles["T1", "C9"] = Trouble.ABSENT
    assert await catch_up(world) == []
    assert [record.place for record in world.drafts.rows.values() if record.erased] == [DIRECT]


async def test_looks_end_where_slack_asks_to_wait(world: World) -> None:
    later = Place("T1", "C9", f"{NOW + 2:.6f}")
    for place in (DIRECT, later):
        await world.drafts.add(message(place=place))
    world.channels.troubles["T1", "C9"] = Trouble.LATER
    assert await catch_up(world) == []
    assert world.channels.looks == []


async def test_the_latest_hundred_drafts_are_looked_at(world: World) -> None:
    for second in range(120):
        await world.drafts.add(message(place=Place("T1", "D1", f"{NOW + second:.6f}")))
    await catch_up(world)
    assert len(world.channels.looks) == 100
    assert not world.drafts.rows[DIRECT.draft_id].erased


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


async def test_what_was_posted_before_a_workspace_joined_late_is_reviewed() -> None:
    world = World()
    world.channels.past = [Posted(message())]
    world.clock.time = NOW + HOUR
    ports = (world.channels, world.drafts, world.watermarks, world.receive, world.clock)
    await CatchUp(*ports, late=lambda _: NOW - 60)()
    assert list(world.jobs.reviews) == [FIRST]


@pytest.mark.parametrize("trouble", list(Trouble))
async def test_a_channel_that_cannot_be_read_is_named_and_the_others_are_read(world: World, trouble: Trouble) -> None:
    broken = Place("T1", "C0", PLACE.ts)
    await world.drafts.add(message(place=broken))
    world.channels.on = [("T1", "C0"), ("T1", "C1")]
    await world.watermarks.seen("T1", "C0", "1.0")
    world.channels.troubles["T1", "C0"] = trouble
    world.channels.past = [Posted(message())]
    assert await catch_up(world) == [Unread("T1", "C0", trouble)]
    assert list(world.jobs.reviews) == [FIRST]
    assert not world.drafts.rows[broken.draft_id].erased


async def test_a_workspace_whose_channels_are_not_told_is_named_and_the_others_are_read(world: World) -> None:
    world.channels.teams = ("T0", "T1")
    world.channels.troubles["T0", ""] = Trouble.NO_SCOPE
    world.channels.shared |= {"perhaps-there"}
    world.channels.past = [Posted(message())]
    assert await catch_up(world) == [Unread("T0", "", Trouble.NO_SCOPE)]
    assert list(world.jobs.reviews) == [FIRST]


async def test_a_wanted_channel_that_candor_is_in_nowhere_is_named(world: World) -> None:
    world.channels.shared |= {"press"}
    assert await catch_up(world) == [Unread("T1", "press", Trouble.ABSENT)]


async def test_a_name_that_holds_everywhere_need_not_be_in_every_workspace(world: World) -> None:
    world.channels.teams = ("T1", "T2")
    assert await catch_up(world) == []


async def test_what_a_workspace_set_itself_must_be_there(world: World) -> None:
    world.channels.teams = ("T1", "T2")
    world.channels.own["T2"] = frozenset({"drafts", "press"})
    absent = [Unread("T2", name, Trouble.ABSENT) for name in ("drafts", "press")]
    assert await catch_up(world) == absent


async def test_a_known_draft_is_followed_up_even_if_it_came_before_the_channel_was_noted() -> None:
    world = World()
    await world.drafts.add(message())
    await world.watermarks.seen("T1", "C1", f"{NOW + 60:.6f}")
    world.channels.past = [Changed(message("Until Sunday: half price!", revision=f"{NOW + 120:.6f}"))]
    await catch_up(world)
    record = await world.drafts.find(PLACE.draft_id)
    assert record is not None
    assert record.draft.text == "Until Sunday: half price!"


async def test_after_a_short_break_only_fresh_drafts_are_looked_at_by_themselves(world: World) -> None:
    old = Place("T1", "D1", f"{NOW - 2 * HOUR:.6f}")
    for place in (old, DIRECT):
        await world.drafts.add(message(place=place))
    world.channels.threads = [Posted(message(place=place)) for place in (old, DIRECT)]
    world.clock.time = NOW + 60
    read = CatchUp(world.channels, world.drafts, world.watermarks, receive=world.receive, clock=world.clock)
    await read(NOW - 300)
    assert world.channels.looks == [DIRECT]
    await read(NOW - HOUR)
    assert world.channels.looks == [DIRECT, DIRECT, old]
