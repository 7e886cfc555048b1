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


async def test_a_reply_that_cannot_be_edited_any_more_is_posted_anew() -> None:
    world = World()
    await world.receive(Posted(message()))
    await review(world)
    (old,) = world.thread.standing
    world.thread.closed.add(old)
    await world.receive(Changed(message("Bread is back.", "5.0")))
    assert await review(world) == "posted"
    (new,) = world.thread.standing
    assert new != old
    await world.receive(Changed(message("Bread and butter.", "6.0")))
    assert await review(world) == "updated"
    assert [*world.thread.standing] == [new]


async def test_nobody_posts_a_third_where_another_job_has_the_second_under_way() -> None:
    world = World()
    await world.receive(Posted(message()))
    await review(world)
    (old,) = world.thread.standing
    world.thread.closed.add(old)
    await world.receive(Changed(message("Bread is back.", "5.0")))
    job = world.drafts.rows[ID].job
    await asyncio.gather(*(world.review(Steps(), ID, job.revision, job.round) for _ in range(2)))
    assert len(world.thread.standing) == 1
    assert old not in world.thread.standing


async def test_who_cannot_edit_it_leaves_it_to_the_job_that_has_begun_to_post_it_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    await world.receive(Posted(message()))
    await review(world)
    (old,) = world.thread.standing
    world.thread.closed.add(old)
    refused = world.thread.update

    async def update(record: DraftRecord, reply: Reply, content: object) -> bool:
        monkeypatch.undo()
        world.replies.rows[ID] = replace(world.replies.rows[ID], ts="", owner="another", reserved_at=NOW)
        return await refused(record, reply, content)

    monkeypatch.setattr(world.thread, "update", update)
    await world.receive(Changed(message("Bread is back.", "5.0")))
    assert await review(world) == "posted"
    assert old not in world.thread.standing
    assert len(world.thread.standing) == 1
