"""A draft has one reply: posted once, edited in place, removed with the draft."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.errors import TryLater
from bot.core.reviewing import Standing
from bot.flows.watching import Sweep
from tests.flows.fakes import CRITIQUE, NOW, PLACE, Crash, message
from tests.flows.world import Steps, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.core.reviewing import DraftRecord, Reply

ID = PLACE.draft_id
EDIT = "Bread is back."


@pytest.fixture
def world() -> World:
    return World()


def before(world: World, call: str, happens: Callable[[], Awaitable[object]], times: int = 1) -> None:
    """Something happens while a call to Slack is on its way."""
    done = getattr(world.thread, call)
    left = [None] * times

    async def meanwhile(*args: object) -> object:
        if left:
            left.pop()
            await happens()
        return await done(*args)

    setattr(world.thread, call, meanwhile)


async def edit(world: World, revision: str = "5.0") -> str:
    return await world.reviewed(f"{EDIT} {revision}", revision)


async def erase(world: World) -> None:
    await world.drafts.erase(PLACE)


async def remove(world: World) -> str:
    """What the job after a deletion does."""
    return await world.remove(Steps(), ID)


async def test_the_reply_is_posted_once_and_then_edited_in_place(world: World) -> None:
    first = await world.reviewed()
    assert await world.keep(ID, owner=first) == "posted"
    (ts,) = world.standing
    assert await world.keep(ID, owner=await edit(world)) == "updated"
    assert list(world.standing) == [ts]
    assert world.shown == ["5.0"]
    assert world.replies.shown[ID].revision == "5.0"


async def test_posting_without_trouble_costs_one_call_to_slack(world: World) -> None:
    await world.keep(ID, owner=await world.reviewed())
    assert world.thread.calls == ["post"]


async def test_a_draft_that_nobody_knows_or_that_has_no_review_yet_gets_nothing(world: World) -> None:
    assert await world.keep(ID, owner="a") == "nothing"
    await world.drafts.add(message())
    assert await world.keep(ID, owner="a") == "nothing"
    assert world.thread.calls == []


async def test_the_reply_goes_with_its_draft(world: World) -> None:
    await world.keep(ID, owner=await world.reviewed())
    await erase(world)
    assert await remove(world) == "removed"
    assert (world.standing, world.replies.rows) == ({}, {})
    assert await remove(world) == "nothing"


async def test_a_reply_that_somebody_removed_first_is_no_trouble(world: World) -> None:
    await world.keep(ID, owner=await world.reviewed())
    world.standing.clear()
    await erase(world)
    assert await remove(world) == "removed"


async def test_a_draft_edited_while_the_reply_is_posted_is_shown_as_it_is_now(world: World) -> None:
    before(world, "post", lambda: edit(world))
    assert await world.keep(ID, owner=await world.reviewed()) == "updated"
    assert world.shown == ["5.0"]


async def test_a_draft_edited_while_the_reply_is_edited_is_shown_as_it_is_now(world: World) -> None:
    await world.keep(ID, owner=await world.reviewed())
    second = await edit(world)
    before(world, "update", lambda: edit(world, "7.0"))
    await world.keep(ID, owner=second)
    assert world.shown == ["7.0"]


async def test_an_edit_that_is_not_reviewed_yet_is_left_to_its_own_job(world: World) -> None:
    before(world, "post", lambda: world.drafts.revise(message(EDIT, "5.0")))
    assert await world.keep(ID, owner=await world.reviewed()) == "posted"
    assert world.shown == ["0"]
    assert len(await world.drafts.unanswered(NOW + 60, since=NOW)) == 1


async def test_a_draft_erased_while_the_reply_is_posted_loses_it_again(world: World) -> None:
    before(world, "post", lambda: erase(world))
    assert await world.keep(ID, owner=await world.reviewed()) == "removed"
    assert (world.standing, world.replies.rows) == ({}, {})


async def test_a_removal_that_comes_while_the_reply_is_posted_leaves_nothing(world: World) -> None:
    async def deleted() -> None:
        await erase(world)
        assert await remove(world) == "removed"

    before(world, "post", deleted)
    await world.keep(ID, owner=await world.reviewed())
    assert (world.standing, world.replies.rows) == ({}, {})


async def test_a_removal_while_posting_and_then_a_crash_leave_nothing(world: World) -> None:
    async def deleted() -> None:
        await erase(world)
        await remove(world)

    first = await world.reviewed()
    before(world, "post", deleted)
    world.thread.crash_after = "post"
    with pytest.raises(Crash):
        await world.keep(ID, owner=first)
    assert len(world.standing) == 1
    assert await world.keep(ID, owner=first) == "removed"
    assert world.standing == {}


async def test_a_reply_noted_while_its_removal_looks_for_it_is_removed(world: World) -> None:
    first = await world.reviewed()
    reply = await world.replies.reserve(ID, first)
    state = await world.drafts.state(ID)
    assert state
    removed = world.replies.removed

    async def late(known: Reply) -> bool:
        if not world.thread.calls.count("post"):
            ts = await world.thread.post(state.record, reply, Standing(CRITIQUE))
            assert await world.replies.posted(reply, ts, state.record.job)
        return await removed(known)

    world.replies.removed = late
    await erase(world)
    assert await remove(world) == "removed"
    assert (world.standing, world.replies.rows) == ({}, {})
    assert world.thread.calls.count("post") == 1


async def test_a_removal_takes_every_reply_that_was_posted_for_the_draft(world: World) -> None:
    first = await world.reviewed()
    await world.keep(ID, owner=first)
    (reply,) = world.standing.values()
    world.standing["9.0"] = world.standing["8.0"] = reply
    world.standing["7.0"] = ("reply:another", reply[1])
    await erase(world)
    assert await remove(world) == "removed"
    assert list(world.standing) == ["7.0"]


async def test_after_a_crash_the_posted_reply_is_found_by_its_key_and_not_posted_twice(world: World) -> None:
    first = await world.reviewed()
    world.thread.crash_after = "post"
    with pytest.raises(Crash):
        await world.keep(ID, owner=first)
    assert world.replies.rows[ID].ts == ""
    assert await world.keep(ID, owner=first) == "updated"
    assert list(world.standing) == [world.replies.rows[ID].ts]


async def test_after_a_crash_before_posting_the_reply_is_posted(world: World) -> None:
    first = await world.reviewed()
    await world.replies.reserve(ID, first)
    assert await world.keep(ID, owner=first) == "posted"
    assert world.shown == ["0"]


async def test_a_post_that_slack_carries_out_late_is_waited_for_and_not_repeated(world: World) -> None:
    first = await world.reviewed()
    reserved = await world.replies.reserve(ID, first)
    record = world.drafts.rows[ID]
    rest, moment = world.clock.sleep, world.clock.now() + 22.5

    async def sleep(seconds: float) -> None:
        await rest(seconds)
        if world.clock.now() >= moment and not world.standing:
            state = await world.drafts.state(ID)
            assert state
            standing = await world.keep.wanted(state)
            assert isinstance(standing, Standing)
            await world.thread.post(record, reserved, standing)

    await rest(20.0)
    world.clock.sleep = sleep
    assert await world.keep(ID, owner=first) == "updated"
    assert list(world.standing) == [world.replies.rows[ID].ts]
    assert world.thread.calls.count("post") == 1


@pytest.mark.parametrize(("error", "waits"), [(TimeoutError, 30.0), (RuntimeError, 0.0)])
async def test_only_where_nobody_answered_the_post_is_waited_for(
    world: World, error: type[Exception], waits: float
) -> None:
    async def fails() -> None:
        raise error

    first = await world.reviewed()
    before(world, "post", fails)
    with pytest.raises(error):
        await world.keep(ID, owner=first)
    assert await world.keep(ID, owner=first) == "posted"
    assert world.clock.slept == waits
    assert len(world.standing) == 1


async def test_a_post_that_never_arrives_is_repeated_after_half_a_minute(world: World) -> None:
    first = await world.reviewed()
    await world.replies.reserve(ID, first)
    await world.clock.sleep(4.0)
    assert await world.keep(ID, owner=first) == "posted"
    assert world.clock.slept == 30.0
    assert world.thread.calls.count("find") <= 10


async def test_a_reply_that_was_posted_but_not_noted_is_removed_with_its_draft(world: World) -> None:
    first = await world.reviewed()
    world.thread.crash_after = "post"
    with pytest.raises(Crash):
        await world.keep(ID, owner=first)
    await erase(world)
    assert await remove(world) == "removed"
    assert world.standing == {}


async def test_while_another_job_posts_this_one_waits(world: World) -> None:
    first, second = await world.reviewed(), ""

    async def overtaken() -> None:
        with pytest.raises(StopWaiting):
            await world.keep(ID, owner=second)

    class StopWaiting(Exception):
        pass

    async def sleep(seconds: float) -> None:
        raise StopWaiting(seconds)

    second = await edit(world)
    world.clock.sleep = sleep
    before(world, "post", overtaken)
    await world.keep(ID, owner=first)
    assert world.thread.calls == ["find", "post"]
    assert world.shown == ["5.0"]


async def test_what_another_job_left_behind_is_taken_over(world: World) -> None:
    await world.replies.reserve(ID, await world.reviewed())
    second = await edit(world)
    assert await world.keep(ID, owner=second) == "posted"
    assert world.clock.slept > 20
    assert world.replies.rows[ID].owner == second
    assert world.shown == ["5.0"]


@pytest.mark.parametrize("same", [True, False])
async def test_what_was_reserved_before_the_clock_was_set_back_holds_nobody_up(world: World, *, same: bool) -> None:
    first = await world.reviewed()
    await world.replies.reserve(ID, first)
    owner = first if same else await edit(world)
    world.clock.time -= 3600
    assert await world.keep(ID, owner=owner) == "posted"
    assert world.clock.slept <= 30  # as after any take-over
    assert world.shown == ["0" if same else "5.0"]


async def test_somebody_slow_and_somebody_who_took_over_leave_one_reply(world: World) -> None:
    first = await world.reviewed()
    second = await edit(world)
    before(world, "post", lambda: world.keep(ID, owner=second))
    assert await world.keep(ID, owner=first) == "updated"
    assert world.thread.calls.count("post") == 2
    assert list(world.standing) == [world.replies.rows[ID].ts]
    assert world.shown == ["5.0"]


async def test_who_took_over_and_then_posted_second_takes_its_own_reply_back(world: World) -> None:
    first = await world.reviewed()
    await world.replies.reserve(ID, first)
    state = await world.drafts.state(ID)
    assert state
    assert state.reply
    slow: tuple[DraftRecord, Reply, Standing] = (state.record, state.reply, Standing(CRITIQUE))
    post = world.thread.post
    second = await edit(world)
    before(world, "post", lambda: post(*slow))
    assert await world.keep(ID, owner=second) == "updated"
    assert list(world.standing) == [world.replies.rows[ID].ts]
    assert world.shown == ["5.0"]


async def test_a_reply_deleted_by_somebody_is_not_posted_again(world: World) -> None:
    await world.keep(ID, owner=await world.reviewed())
    world.standing.clear()
    assert await world.keep(ID, owner=await edit(world)) == "gone"
    assert await world.keep(ID, owner=await edit(world, "7.0")) == "gone"
    assert world.standing == {}
    assert await world.drafts.unanswered(NOW + 60, since=NOW) == []


async def test_a_draft_that_never_rests_is_tried_again_later(world: World) -> None:
    revisions = iter(range(1, 1000))
    before(world, "update", lambda: edit(world, f"{next(revisions)}.0"), times=999)
    await world.keep(ID, owner=await world.reviewed())
    with pytest.raises(TryLater, match="to be tried again in 20 s") as caught:
        await world.keep(ID, owner=await edit(world, "0.5"))
    assert caught.value.after == 20


async def test_a_draft_forgotten_altogether_meanwhile_is_no_trouble(world: World) -> None:
    async def forget() -> None:
        world.drafts.rows.clear()

    before(world, "post", forget)
    assert await world.keep(ID, owner=await world.reviewed()) == "posted"


# A call that was never answered may be carried out later.


async def late_post(world: World, call: tuple[DraftRecord, Reply, Standing]) -> None:
    """Slack carries out a post of which nobody knows any more."""
    await world.thread.post(*call)


async def repeated_beside_a_late_one(world: World) -> tuple[DraftRecord, Reply, Standing]:
    """A post that was not answered, repeated after a while; the call that is still on its way."""
    first = await world.reviewed()

    async def lost() -> None:
        raise TimeoutError

    before(world, "post", lost)
    with pytest.raises(TimeoutError):
        await world.keep(ID, owner=first)
    state = await world.drafts.state(ID)
    assert state
    assert state.reply
    assert await world.keep(ID, owner=first) == "posted"
    return state.record, state.reply, Standing(CRITIQUE)


async def looked_again(world: World) -> list[str]:
    """What the sweep asks for, done."""
    await Sweep(world.drafts, world.jobs, world.clock)()
    asked = list(world.jobs.refreshes)
    world.jobs.refreshes.clear()
    for cause in asked:
        await world.refresh(Steps(), ID, cause)
    return asked


async def test_a_twin_that_arrives_after_the_repetition_is_taken_away_when_it_is_looked_for(world: World) -> None:
    late = await repeated_beside_a_late_one(world)
    (ours,) = world.standing
    await late_post(world, late)
    assert len(world.standing) == 2
    world.clock.time += 61
    assert len(await looked_again(world)) == 1
    assert list(world.standing) == [ours]


async def test_it_is_looked_twice_and_then_no_more(world: World) -> None:
    await repeated_beside_a_late_one(world)
    assert await looked_again(world) == []
    world.clock.time += 61
    soon = await looked_again(world)
    world.clock.time += 640
    late = await looked_again(world)
    assert (len(soon), len(late), soon != late) == (1, 1, True)
    world.clock.time += 60
    assert await looked_again(world) == []


async def test_an_edit_takes_a_twin_away_and_leaves_no_older_words(world: World) -> None:
    late = await repeated_beside_a_late_one(world)
    await late_post(world, late)
    assert await world.keep(ID, owner=await edit(world)) == "updated"
    assert world.shown == ["5.0"]
    assert list(world.standing) == [world.replies.rows[ID].ts]


async def test_a_post_that_was_repeated_in_vain_is_waited_for_as_the_first_was(world: World) -> None:
    first = await world.reviewed()

    async def lost() -> None:
        raise TimeoutError

    before(world, "post", lost, times=2)
    for _ in range(2):
        with pytest.raises(TimeoutError):
            await world.keep(ID, owner=first)
    assert await world.keep(ID, owner=first) == "posted"
    assert world.clock.slept == 60.0


async def test_the_reply_to_a_deleted_draft_goes_also_where_it_arrives_late(world: World) -> None:
    first = await world.reviewed()
    reply = await world.replies.reserve(ID, first)
    state = await world.drafts.state(ID)
    assert state
    rest = world.clock.sleep

    async def sleep(seconds: float) -> None:
        await rest(seconds)
        if NOW + 40 <= world.clock.now() < NOW + 44:
            await late_post(world, (state.record, reply, Standing(CRITIQUE)))

    world.clock.sleep = sleep
    await erase(world)
    assert await remove(world) == "removed"
    assert (world.standing, world.replies.rows) == ({}, {})
    assert world.clock.slept <= 64


@pytest.mark.parametrize("dies", [True, False])
async def test_an_update_that_is_carried_out_late_is_put_right(world: World, *, dies: bool) -> None:
    await world.keep(ID, owner=await world.reviewed())
    before_edit, second = await world.drafts.state(ID), await edit(world)
    assert before_edit
    assert before_edit.reply

    async def lost() -> None:
        raise Crash if dies else TimeoutError

    before(world, "update", lost)
    with pytest.raises(Crash if dies else TimeoutError):
        await world.keep(ID, owner=second)
    assert await world.keep(ID, owner=second) == "updated"
    await world.thread.update(before_edit.record, before_edit.reply, Standing(CRITIQUE))
    assert world.shown == ["0"]
    world.clock.time += 61
    await looked_again(world)
    assert world.shown == ["5.0"]


async def test_where_all_calls_were_answered_nothing_is_looked_for(world: World) -> None:
    await world.keep(ID, owner=await world.reviewed())
    await world.keep(ID, owner=await edit(world))
    world.clock.time += 61
    assert await looked_again(world) == []
    assert world.thread.calls == ["post", "update"]


async def test_who_is_overtaken_while_it_repeats_a_post_waits_for_the_other(world: World) -> None:
    first = await world.reviewed()

    async def lost() -> None:
        raise TimeoutError

    before(world, "post", lost)
    with pytest.raises(TimeoutError):
        await world.keep(ID, owner=first)
    swap, rest = world.replies.swap, world.clock.sleep

    class StopWaiting(Exception):
        pass

    async def by_another(known: Reply, instead: Reply) -> bool:
        assert await swap(known, replace(instead, owner="another"))
        return await swap(known, instead)

    async def sleep(seconds: float) -> None:
        if world.replies.rows[ID].owner == "another":
            raise StopWaiting
        await rest(seconds)

    world.replies.swap, world.clock.sleep = by_another, sleep
    with pytest.raises(StopWaiting):
        await world.keep(ID, owner=first)
    assert world.standing == {}


async def test_of_two_who_wait_for_somebody_who_died_one_posts(world: World) -> None:
    await world.replies.reserve(ID, await world.reviewed())
    second, third = await edit(world), await edit(world, "7.0")
    done = await asyncio.gather(world.keep(ID, owner=second), world.keep(ID, owner=third))
    assert "posted" in done
    assert world.clock.slept <= 2 * 30
    assert world.thread.calls.count("post") == 1
    assert world.shown == ["7.0"]
