"""What Slack could not deliver over HTTP is found, reviewed and told; silent channels cost few calls."""

from __future__ import annotations

import pytest

from bot.core.drafts import Changed, Deleted, Place, Posted
from bot.core.errors import Trouble
from bot.core.watching import SeenChannels, Undelivered
from bot.core.words import installing as setup
from bot.core.words import watching as leads
from bot.flows.watching import CheckDelivery, TellLeads
from tests.flows.fake_leads import FakeLeads, FakeMessages, FakeNotices, seeing
from tests.flows.fakes import NOW, PLACE, message
from tests.flows.world import World

HOUR = 3600
FIRST = f"review:{PLACE.draft_id}:0:0"


class Scene:
    """Candor runs since a minute before a draft; its channel is watched since an hour before that."""

    def __init__(self) -> None:
        self.world = world = World()
        people, self.messages = FakeLeads(), FakeMessages()
        sees, _ = seeing(people)
        tell = TellLeads(people, FakeNotices(world.clock), self.messages, sees=sees)
        world.clock.time = float(PLACE.ts) - 60
        self.check = CheckDelivery(
            world.channels, world.drafts, world.watermarks, receive=world.receive, tell=tell, clock=world.clock
        )

    def at(self, seconds: float) -> None:
        """So many seconds after the draft."""
        self.world.clock.time = float(PLACE.ts) + seconds


@pytest.fixture
async def scene() -> Scene:
    scene = Scene()
    await scene.world.watermarks.seen("T1", "C1", f"{float(PLACE.ts) - HOUR:.6f}")
    return scene


async def test_a_draft_that_nobody_delivered_is_reviewed_and_told_until_slack_gets_through(scene: Scene) -> None:
    scene.world.channels.past = [Posted(message())]
    scene.at(HOUR)
    found = await scene.check()
    assert found == [Undelivered("T1", ("C1",), 1, found_at=float(PLACE.ts) + HOUR)]
    assert list(scene.world.jobs.reviews) == [FIRST]
    assert scene.check.is_behind
    assert [user for user, _ in scene.messages.sent] == ["U1", "U2"]
    assert "I found 1 draft I hadn't heard about in <#C1>" in next(iter(scene.messages.says.values()))
    scene.at(3 * HOUR)
    assert await scene.check() is None
    scene.check.arrived(retried=False)
    assert not scene.check.is_behind


async def test_what_was_delivered_is_no_find(scene: Scene) -> None:
    scene.world.channels.past = [Posted(message()), Deleted(Place("T1", "C1", PLACE.ts))]
    await scene.world.receive(Posted(message()))
    scene.at(HOUR)
    assert await scene.check() is None
    assert not scene.check.is_behind
    assert scene.messages.sent == []


async def test_what_may_be_on_its_way_waits_for_the_next_look(scene: Scene) -> None:
    scene.world.channels.past = [Changed(message())]
    await scene.world.watermarks.seen("T1", "C1", f"{float(PLACE.ts) - 400:.6f}")
    await scene.world.watermarks.seen("T1", "C1", f"{float(PLACE.ts) - 1:.6f}")
    scene.at(-30 + 300)
    assert await scene.check() is not None
    late = Scene()
    await late.world.watermarks.seen("T1", "C1", f"{float(PLACE.ts) - 1:.6f}")
    late.world.clock.time = float(PLACE.ts) - 400
    late.check = CheckDelivery(
        *(late.world.channels, late.world.drafts, late.world.watermarks, late.world.receive),
        *(late.check.tell, late.world.clock),
    )
    late.world.channels.past = [Posted(message())]
    late.at(30)
    assert await late.check() is None
    late.at(400)
    assert await late.check() is not None


async def test_a_silent_channel_is_asked_for_once_an_hour_at_most(scene: Scene) -> None:
    calls = 0
    history = scene.world.channels.history

    def counted(team: str, channel: str, oldest: float) -> object:
        nonlocal calls
        calls += 1
        return history(team, channel, oldest)

    scene.world.channels.history = counted  # pyright: ignore[reportAttributeAccessIssue]
    for minute in range(0, 24 * 60, 5):
        scene.at(24 * HOUR + 60 * minute)
        await scene.check()
    assert calls == 24


async def test_a_channel_seen_for_the_first_time_is_only_noted() -> None:
    scene = Scene()
    scene.world.channels.past = [Posted(message())]
    scene.at(HOUR)
    assert await scene.check() is None
    assert scene.world.jobs.reviews == {}


async def test_after_a_request_that_slack_had_to_repeat_everything_is_read_once(scene: Scene) -> None:
    scene.check.arrived(retried=True)
    scene.check.arrived(retried=False)
    assert await scene.check() == []
    assert await scene.check() is None


async def test_a_channel_that_cannot_be_read_is_looked_at_again(scene: Scene) -> None:
    scene.world.channels.past = [Posted(message())]
    scene.world.channels.troubles["T1", "C1"] = Trouble.LATER
    scene.at(HOUR)
    assert await scene.check() is None
    scene.world.channels.troubles.clear()
    assert await scene.check() is not None


async def test_leads_whom_slack_does_not_reach_are_told_at_the_next_look(scene: Scene) -> None:
    scene.world.channels.past = [Posted(message())]
    scene.messages.fails = 1
    scene.at(HOUR)
    assert await scene.check() is not None
    assert scene.messages.sent == []
    scene.at(HOUR + 300)
    assert await scene.check() is None
    assert [user for user, _ in scene.messages.sent] == ["U1", "U2"]


def test_the_log_says_how_many_and_a_lead_outside_reads_no_name() -> None:
    assert "Slack didn't deliver 1 draft," in setup.noticed(Undelivered("T1", ("C1",), 1, found_at=NOW))
    assert "Slack didn't deliver 2 drafts," in setup.noticed(Undelivered("T1", ("C1",), 2, found_at=NOW))
    assert "C1" not in leads.undelivered(Undelivered("T1", ("C1",), 1, found_at=NOW), SeenChannels())
