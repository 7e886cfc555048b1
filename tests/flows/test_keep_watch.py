"""Brand leads hear of what Candor missed: once, and only where it was really away."""

from __future__ import annotations

import pytest

from bot.core.errors import Trouble
from bot.core.watching import Gap, SeenChannels, Unread
from bot.core.words import watching as words
from bot.flows.watching import CatchUp, KeepWatch, TellLeads
from tests.flows.fake_leads import FakeLeads, FakeMessages, FakeNotices, FakePresence, seeing
from tests.flows.fakes import NOW, Crash, message
from tests.flows.world import World

HOUR = 3600
ABSENT = Unread("T1", "press", Trouble.ABSENT)


class Scene:
    """A process that watches. `restarted` gives the next one on the same data."""

    def __init__(self, before: Scene | None = None) -> None:
        self.world = before.world if before else World()
        self.leads = before.leads if before else FakeLeads()
        self.presence = before.presence if before else FakePresence()
        self.notices = before.notices if before else FakeNotices(self.world.clock)
        self.messages = before.messages if before else FakeMessages()
        world = self.world
        catch_up = CatchUp(world.channels, world.drafts, world.watermarks, receive=world.receive, clock=world.clock)
        sees, self.audience = seeing(self.leads)
        tell = TellLeads(self.leads, self.notices, self.messages, sees=sees)
        self.watch = KeepWatch(
            catch_up, world.channels, self.presence, notices=self.notices, tell=tell, clock=world.clock
        )

    def restarted(self) -> Scene:
        return Scene(self)

    def later(self, seconds: float) -> None:
        self.world.clock.time += seconds


@pytest.fixture
async def scene() -> Scene:
    """Candor was there a moment ago."""
    scene = Scene()
    assert await scene.watch(back=True) == []
    return scene


async def test_a_new_connection_reads_only_what_was_missed_and_a_start_a_whole_day(scene: Scene) -> None:
    world = scene.world
    scene.later(60)
    await scene.watch()
    scene.later(40)
    await scene.watch(back=True, whole=False)
    scene.later(30)
    await scene.watch(back=True)
    scene.later(60)
    again = scene.restarted()
    await again.watch(back=True, whole=False)  # who knows how the last process ended
    day = 24 * HOUR
    assert world.channels.read == [("C1", NOW + 60 - 300), ("C1", NOW + 130 - day), ("C1", NOW + 190 - day)]


async def test_after_a_break_all_of_it_is_read_whether_a_reconnect_comes_or_not(scene: Scene) -> None:
    scene.later(2 * HOUR)
    await scene.watch()  # as when the disk was full or the database away: Slack stayed connected
    after = NOW + 2 * HOUR - 300
    assert scene.world.channels.read == [("C1", NOW - 300)]
    await scene.watch(back=True, whole=False)
    scene.later(30)
    await scene.watch(back=True, whole=False)
    assert scene.world.channels.read[1:] == [("C1", after), ("C1", after)]
    scene.later(60)
    await scene.watch()
    assert len(scene.world.channels.read) == 3


async def test_what_slack_did_not_answer_for_is_read_from_where_it_was_missed(scene: Scene) -> None:
    channels = scene.world.channels
    channels.troubles["T1", "C1"] = Trouble.LATER
    scene.later(60)
    await scene.watch(back=True, whole=False)
    scene.later(60)
    await scene.watch(back=True, whole=False)
    channels.troubles.clear()
    scene.later(60)
    await scene.watch()
    await scene.watch()
    assert channels.read == [("C1", NOW - 300)]


GAP = Gap("T1", NOW, NOW + 26 * HOUR)


async def test_after_a_day_away_every_lead_is_told_once(scene: Scene) -> None:
    scene.later(26 * HOUR)
    again = scene.restarted()
    assert await again.watch(back=True) == [GAP]
    assert await again.watch() == []
    assert await again.restarted().watch(back=True) == []
    assert again.messages.sent == [("U1", GAP.key), ("U2", GAP.key)]
    says = again.messages.says[GAP.key]
    assert "I was offline for 26 hours, from <!date^1800000000^{date_short} {time}|15 January 2027, 08:00 UTC>" in says
    assert "I'm catching up on the last 24 hours in <#C1>. Posts between <!date^1800000000^" in says
    assert "and <!date^1800007200^{date_short} {time}|15 January 2027, 10:00 UTC> were not reviewed." in says
    assert "*Review this draft*" in says


async def test_two_quiet_days_with_candor_there_are_no_gap(scene: Scene) -> None:
    for _ in range(48):
        scene.later(HOUR)
        assert await scene.watch() == []
    assert await scene.restarted().watch(back=True) == []
    assert scene.messages.sent == []


async def test_an_absence_that_can_be_caught_up_is_no_gap(scene: Scene) -> None:
    scene.later(24 * HOUR)
    assert await scene.restarted().watch(back=True) == []


async def test_another_process_that_was_there_counts(scene: Scene) -> None:
    other = scene.restarted()
    scene.later(20 * HOUR)
    await other.watch()
    scene.later(20 * HOUR)
    assert await scene.watch(back=True) == []


async def test_a_second_gap_is_told_as_well(scene: Scene) -> None:
    for _ in range(2):
        scene.later(26 * HOUR)
        assert len(await scene.watch(back=True)) == 1
    assert len(scene.messages.sent) == 4


async def test_where_slack_does_not_answer_it_is_told_later_to_who_is_left(scene: Scene) -> None:
    scene.later(26 * HOUR)
    scene.messages.fails = 1
    assert await scene.watch(back=True) == []
    scene.later(60)
    assert await scene.watch() == [GAP]
    assert scene.messages.sent == [("U1", GAP.key), ("U2", GAP.key)]


async def test_a_crash_after_telling_is_no_second_message(scene: Scene) -> None:
    scene.later(26 * HOUR)
    scene.messages.crash_after_next = True
    with pytest.raises(Crash):
        await scene.watch(back=True)
    again = scene.restarted()
    assert await again.watch(back=True) == []  # the other process may still be at it
    scene.later(60)
    assert await again.watch() == [GAP]
    assert scene.messages.sent == [("U1", GAP.key), ("U2", GAP.key)]


async def test_where_nobody_is_known_the_gap_is_still_reported(scene: Scene) -> None:
    scene.leads.users = {}
    scene.later(26 * HOUR)
    assert await scene.watch(back=True) == [GAP]
    assert await scene.watch() == []


async def test_a_gap_without_a_list_of_channels_is_told_all_the_same(scene: Scene) -> None:
    scene.later(26 * HOUR)
    scene.world.channels.troubles["T1", ""] = Trouble.LATER
    assert await scene.watch(back=True) == [Unread("T1", "", Trouble.LATER), GAP]
    assert "in the channels that are switched on" in scene.messages.says[GAP.key]


async def test_a_channel_without_candor_is_told_once_until_it_was_mended(scene: Scene) -> None:
    channels = scene.world.channels
    channels.shared |= {"press"}
    for _ in range(2):
        assert await scene.restarted().watch(back=True) == [ABSENT]
    assert scene.messages.sent == [("U1", "unread:press"), ("U2", "unread:press")]
    assert "`/invite @Candor` in #press" in scene.messages.says["unread:press"]
    channels.shared -= {"press"}
    assert await scene.restarted().watch(back=True) == []
    assert scene.notices.done == set()


async def test_what_was_told_is_not_forgotten_while_the_list_of_channels_is_unknown(scene: Scene) -> None:
    channels = scene.world.channels
    channels.shared |= {"press"}
    await scene.watch(back=True)
    channels.troubles["T1", ""] = Trouble.NO_SCOPE
    assert await scene.watch(back=True) == [Unread("T1", "", Trouble.NO_SCOPE)]
    assert {notice.key for notice in scene.notices.done} == {"unread:press", "unread:"}
    assert "the list of my channels" in scene.messages.says["unread:"]


async def test_a_channel_without_a_permission_is_told(scene: Scene) -> None:
    scene.world.channels.troubles["T1", "C1"] = Trouble.NO_SCOPE
    assert await scene.watch(back=True) == [Unread("T1", "C1", Trouble.NO_SCOPE)]
    assert "messages in <#C1>" in scene.messages.says["unread:C1"]


async def test_a_channel_that_slack_does_not_answer_for_is_read_again_at_the_next_turn(scene: Scene) -> None:
    scene.world.channels.troubles["T1", "C1"] = Trouble.LATER
    assert await scene.watch(back=True) == [Unread("T1", "C1", Trouble.LATER)]
    assert await scene.watch() == [Unread("T1", "C1", Trouble.LATER)]
    scene.world.channels.troubles.clear()
    assert await scene.watch() == []
    assert scene.messages.sent == []


async def test_a_catch_up_that_dies_is_repeated_and_the_absence_goes_on(scene: Scene) -> None:
    scene.later(20 * HOUR)
    scene.world.jobs.down = True
    await scene.world.drafts.add(message())  # it stands nowhere any more
    with pytest.raises(Crash):
        await scene.watch(back=True)
    scene.later(10 * HOUR)
    scene.world.jobs.down = False
    assert await scene.watch() == [Gap("T1", NOW, NOW + 30 * HOUR)]


async def test_a_lead_who_is_not_in_the_channel_is_told_without_its_name(scene: Scene) -> None:
    scene.leads.users["T1"] = ("U1",)
    scene.later(26 * HOUR)
    again = scene.restarted()
    again.audience.closed["C1"] = ("U2",)
    await again.watch(back=True)
    (said,) = again.messages.says.values()
    assert "in 1 channel you're not in. Posts" in said
    unread = Unread("T1", "C1", Trouble.ABSENT)
    assert "C1" not in words.unread(unread, SeenChannels())
    assert "C1" not in words.unread(Unread("T1", "C1", Trouble.NO_SCOPE), SeenChannels())
    assert "C1" not in words.put_aside("T1:C1:1.0", SeenChannels())
