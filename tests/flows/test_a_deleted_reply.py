"""Somebody deleted Candor's reply: it comes back for those who ask, and for nobody else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Changed, Posted
from tests.flows.fakes import NOW, PLACE, message
from tests.flows.world import Steps, World

if TYPE_CHECKING:
    from bot.core.reviewing import DraftRecord, Reply

ID = PLACE.draft_id


@pytest.fixture
async def world() -> World:
    world = World()
    await world.receive(Posted(message()))
    await review(world)
    world.thread.standing.clear()
    return world


async def review(world: World) -> str:
    job = world.drafts.rows[ID].job
    return await world.review(Steps(), ID, job.revision, job.round)


async def test_an_edit_leaves_a_deleted_reply_away(world: World) -> None:
    await world.receive(Changed(message("Bread is back.", "5.0")))
    assert await review(world) == "gone"
    assert world.standing == {}


async def test_who_asks_for_a_review_gets_a_new_reply(world: World) -> None:
    await world.drafts.ask(ID, f"{NOW + 60:.6f}")
    assert await review(world) == "posted"
    assert len(world.standing) == 1


async def test_an_edit_after_that_leaves_it_away_again(world: World) -> None:
    await world.drafts.ask(ID, f"{NOW + 60:.6f}")
    await review(world)
    world.thread.standing.clear()
    await world.receive(Changed(message("Bread is back.", "5.0")))
    assert await review(world) == "gone"


async def test_a_draft_that_moves_on_meanwhile_is_left_to_its_own_job(world: World) -> None:
    await world.drafts.ask(ID, f"{NOW + 60:.6f}")
    job = world.drafts.rows[ID].job
    await world.review.judge(job)
    await world.receive(Changed(message("Bread is back.", "5.0")))
    await world.review.judge(world.drafts.rows[ID].job)
    assert await world.review.reply(job) == "gone"


@pytest.fixture
async def closed() -> World:
    """Where the reply can't be edited any more, and its draft has been."""
    world = World()
    await world.receive(Posted(message()))
    await review(world)
    world.thread.closed.update(world.thread.standing)
    await world.receive(Changed(message("Bread is back.", "5.0")))
    return world


async def test_a_reply_that_cannot_be_edited_any_more_is_posted_anew(closed: World) -> None:
    (old,) = closed.thread.standing
    assert await review(closed) == "posted"
    (new,) = closed.thread.standing
    assert new != old
    await closed.receive(Changed(message("Bread and butter.", "6.0")))
    assert await review(closed) == "updated"
    assert [*closed.thread.standing] == [new]


async def test_nobody_posts_a_third_where_another_job_has_the_second_under_way(closed: World) -> None:
    (old,) = closed.thread.standing
    job = closed.drafts.rows[ID].job
    await asyncio.gather(*(closed.review(Steps(), ID, job.revision, job.round) for _ in range(2)))
    assert len(closed.thread.standing) == 1
    assert old not in closed.thread.standing


async def test_who_cannot_edit_it_leaves_it_to_the_job_that_has_begun_to_post_it_anew(
    closed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = closed.thread.standing
    refused = closed.thread.update

    async def update(record: DraftRecord, reply: Reply, content: object) -> bool:
        monkeypatch.undo()
        closed.replies.rows[ID] = replace(closed.replies.rows[ID], ts="", owner="another", reserved_at=NOW)
        return await refused(record, reply, content)

    monkeypatch.setattr(closed.thread, "update", update)
    assert await review(closed) == "posted"
    assert old not in closed.thread.standing
    assert len(closed.thread.standing) == 1
