"""How many calls to a model are made at once: in order within a workspace, with room for the others."""

from __future__ import annotations

import asyncio

from bot.flows.asking import CallTurns, Turnstile


class Caller:
    """Takes turns and says who is at it."""

    def __init__(self, turns: CallTurns) -> None:
        self.turns = turns
        self.at_it: list[str] = []
        self.go = asyncio.Event()

    async def call(self, team: str, name: str, *, urgent: bool = False) -> None:
        async with self.turns.of(team, urgent=urgent):
            self.at_it.append(name)
            await self.go.wait()


async def test_a_workspace_takes_its_share_in_order_and_leaves_the_others_theirs() -> None:
    caller = Caller(CallTurns(at_once=3, per_team=2))
    calls = [asyncio.create_task(caller.call("T1", f"T1-{n}")) for n in range(4)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert caller.at_it == ["T1-0", "T1-1"]
    calls += [asyncio.create_task(caller.call("T2", f"T2-{n}")) for n in range(2)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert caller.at_it == ["T1-0", "T1-1", "T2-0"]
    caller.go.set()
    await asyncio.gather(*calls)
    assert [name for name in caller.at_it if name.startswith("T1")] == [f"T1-{n}" for n in range(4)]


async def test_whoever_gives_up_waiting_gives_the_turn_away() -> None:
    turns = CallTurns(at_once=1, per_team=1)
    caller = Caller(turns)
    first = asyncio.create_task(caller.call("T1", "first"))
    await asyncio.sleep(0)
    impatient = asyncio.create_task(caller.call("T1", "impatient"))
    patient = asyncio.create_task(caller.call("T1", "patient"))
    await asyncio.sleep(0)
    impatient.cancel()
    caller.go.set()
    await asyncio.gather(first, patient)
    assert caller.at_it == ["first", "patient"]
    async with asyncio.timeout(1), turns.of("T1"):
        pass


async def test_the_urgent_go_first() -> None:
    caller = Caller(CallTurns(at_once=1, per_team=1))
    calls = [asyncio.create_task(caller.call("T1", name, urgent=name == "edited")) for name in ("a", "b", "edited")]
    await asyncio.sleep(0)
    caller.go.set()
    await asyncio.gather(*calls)
    assert caller.at_it == ["a", "edited", "b"]


async def test_a_turn_given_to_somebody_who_gives_up_at_that_moment_goes_on() -> None:
    caller = Caller(CallTurns(at_once=1, per_team=2))
    first, gone, last = (asyncio.create_task(caller.call("T1", name)) for name in ("first", "gone", "last"))
    for _ in range(3):
        await asyncio.sleep(0)
    caller.go.set()
    await first
    gone.cancel()
    await asyncio.gather(last, gone, return_exceptions=True)
    assert caller.at_it in (["first", "last"], ["first", "gone", "last"])


async def test_after_the_close_who_is_at_it_goes_on_and_nobody_begins() -> None:
    turns = CallTurns(at_once=1, per_team=1)
    caller = Caller(turns)
    first, second = (asyncio.create_task(caller.call("T1", name)) for name in ("first", "second"))
    await asyncio.sleep(0)
    turns.close()
    caller.go.set()
    done = await asyncio.gather(first, second, return_exceptions=True)
    assert done[0] is None
    assert isinstance(done[1], asyncio.CancelledError)
    assert caller.at_it == ["first"]


async def test_a_turn_that_comes_to_somebody_who_has_just_left_goes_to_the_next() -> None:
    turns = CallTurns(at_once=1, per_team=1)
    caller = Caller(turns)
    caller.go.set()
    async with turns.of("T1"):
        gone, last = (asyncio.create_task(caller.call("T1", name)) for name in ("gone", "last"))
        await asyncio.sleep(0)
    gone.cancel()
    async with asyncio.timeout(1):
        await asyncio.gather(gone, last, return_exceptions=True)
    assert caller.at_it == ["last"]


async def test_where_each_needs_a_moment_more_the_next_goes_after_that() -> None:
    turnstile, order = Turnstile(1, later=0.02), list[str]()

    async def go(name: str) -> None:
        async with turnstile.one(urgent=False):
            order.append(name)

    async with asyncio.timeout(1):
        await go("first")
        second = asyncio.create_task(go("second"))
        await asyncio.sleep(0)
        assert order == ["first"]
        await second
    assert order == ["first", "second"]
