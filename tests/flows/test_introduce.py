"""An invitation, the switch in the introduction, and channels that Candor is not in."""

from __future__ import annotations

import pytest

from bot.core.errors import Trouble, TryLater
from bot.core.privacy import Introduction, Reader
from bot.core.settings import Known, WorkspaceSettings
from bot.flows.installing import Introduce
from bot.flows.settings import ChangeSettings, SettingsInForce, SwitchChannel
from bot.flows.watching import CheckChannels, TellLeads
from tests.flows.fake_channels import FakeChannels
from tests.flows.fake_leads import FakeLeads, FakeMessages, FakeNotices, seeing
from tests.flows.fake_privacy import FakeIntroductions
from tests.flows.fake_settings import FakeSettings
from tests.flows.fakes import FakeClock, straight_on
from tests.flows.test_workspace_settings import FakeValues
from tests.flows.world import Steps

READER = Reader("gpt-6-luna", "api.openai.com")


class Hall:
    """Where Candor is introduced."""

    def __init__(self) -> None:
        self.clock = FakeClock(straight_on)
        self.notices, self.introductions = FakeNotices(self.clock), FakeIntroductions()
        self.channels = FakeChannels()
        self.introduce = Introduce(
            self.notices, self.introductions, FakeSettings(), channels=self.channels, reader=READER
        )

    async def invited(self, channel: str = "C1") -> str:
        return await self.introduce(Steps(), "T1", channel)


async def test_candor_introduces_itself_once_in_each_channel() -> None:
    hall = Hall()
    assert [await hall.invited(), await hall.invited(), await hall.invited("C2")] == [
        "introduced",
        "known",
        "introduced",
    ]
    assert hall.introductions.standing == [
        Introduction("T1", "C1", switched_on=True, days=90, reader=READER),
        Introduction("T1", "C2", switched_on=False, days=90, reader=READER),
    ]


async def test_two_at_once_do_not_both_speak() -> None:
    hall = Hall()
    hall.introductions.posting = Trouble.LATER
    with pytest.raises(TryLater):
        await hall.invited()
    hall.introductions.posting = None
    with pytest.raises(TryLater):
        await hall.invited()
    hall.clock.time += 61
    assert await hall.invited() == "introduced"


async def test_what_got_through_before_a_crash_is_found_again() -> None:
    hall = Hall()
    await hall.introductions.post(Introduction("T1", "C1", switched_on=True))
    assert await hall.invited() == "introduced"
    assert len(hall.introductions.standing) == 1


@pytest.mark.parametrize("trouble", [Trouble.ABSENT, Trouble.LATER, Trouble.NO_SCOPE])
async def test_a_channel_that_cannot_be_read(trouble: Trouble) -> None:
    hall = Hall()
    hall.introductions.finding = trouble
    match trouble:
        case Trouble.ABSENT:
            assert await hall.invited() == "not there"
            assert hall.introductions.standing == []
        case Trouble.LATER:
            with pytest.raises(TryLater):
                await hall.invited()
        case Trouble.NO_SCOPE:
            assert await hall.invited() == "introduced"


class Switchboard:
    """``values`` is what the workspace set."""

    def __init__(self, *channels: str) -> None:
        self.values, self.leads, self.around = FakeValues(), FakeLeads(), FakeChannels()
        self.around.own["T1"] = frozenset(channels)
        known = Known(frozenset(), frozenset())
        in_force = SettingsInForce(self.values, WorkspaceSettings(draft_channels=channels), known)
        change = ChangeSettings(in_force, self.values, self.leads, known=known, clock=FakeClock(straight_on))
        self.in_force, self.switch = in_force, SwitchChannel(change, self.around, self.leads)

    async def channels(self) -> tuple[str, ...]:
        return (await self.in_force.of("T1")).draft_channels


async def test_a_lead_switches_a_channel_on_and_off_whatever_it_is_called_in_the_settings() -> None:
    board = Switchboard("drafts")
    assert await board.switch("T1", "U1", "C2", on=True) is None
    assert await board.channels() == ("drafts", "C2")
    assert await board.switch("T1", "U1", "C2", on=True) is None
    assert await board.channels() == ("drafts", "C2")
    assert await board.switch("T1", "U1", "C1", on=False) is None
    assert await board.channels() == ("C2",)


async def test_others_learn_who_can() -> None:
    board = Switchboard("drafts")
    assert await board.switch("T1", "U9", "C2", on=True) == ("U1", "U2")
    assert await board.channels() == ("drafts",)


async def test_a_channel_whose_name_slack_does_not_tell_is_switched_by_its_id() -> None:
    board = Switchboard("C2", "C3")
    board.around.troubles["T1", ""] = Trouble.LATER
    assert await board.switch("T1", "U1", "C2", on=False) is None
    assert await board.channels() == ("C3",)


async def test_while_slack_does_not_tell_what_a_name_means_nothing_is_said_to_be_switched_off() -> None:
    board = Switchboard("drafts")
    board.around.troubles["T1", ""] = Trouble.LATER
    with pytest.raises(TryLater):
        await board.switch("T1", "U1", "C1", on=False)
    assert await board.switch("T1", "U1", "C1", on=True) is None
    assert await board.channels() == ("drafts", "C1")


class Desk:
    """Looks after the settings' channels."""

    def __init__(self) -> None:
        self.channels, self.messages, self.clock = FakeChannels(), FakeMessages(), FakeClock(straight_on)
        tell = TellLeads(FakeLeads(), FakeNotices(self.clock), self.messages, sees=seeing(FakeLeads())[0])
        self.check = CheckChannels(self.channels, tell, self.clock)


async def test_a_channel_that_candor_is_not_in_is_told_once_to_every_lead() -> None:
    desk = Desk()
    await desk.check()
    assert desk.messages.sent == []
    desk.channels.own["T1"] = frozenset({"drafts", "press"})
    for _ in range(2):
        await desk.check()
    assert desk.messages.sent == [("U1", "unread:press"), ("U2", "unread:press")]
    assert "Drafts in #press aren't being reviewed" in desk.messages.says["unread:press"]


async def test_a_name_for_every_workspace_need_not_be_in_each() -> None:
    desk = Desk()
    desk.channels.teams, desk.channels.on = ("T1", "T2"), []
    await desk.check()
    assert desk.messages.sent == []


async def test_a_channel_that_is_gone_is_told_within_minutes_and_once() -> None:
    desk = Desk()
    await desk.check()
    desk.channels.on = []
    desk.clock.time += 60
    await desk.check()
    assert desk.messages.sent == []
    for _ in range(2):
        desk.clock.time += 300
        await desk.check()
    assert desk.messages.sent == [("U1", "unread:drafts"), ("U2", "unread:drafts")]


async def test_of_a_name_for_every_workspace_those_hear_where_the_channel_was() -> None:
    desk = Desk()
    desk.channels.teams = ("T1", "T2")
    await desk.check()
    desk.channels.on = []
    desk.clock.time += 300
    await desk.check()
    assert {key for _, key in desk.messages.sent} == {"unread:drafts"}
    assert len(desk.messages.sent) == 2


async def test_a_missing_scope_is_told_and_a_slack_that_is_away_is_asked_again() -> None:
    desk = Desk()
    desk.channels.troubles["T1", ""] = Trouble.LATER
    await desk.check()
    assert desk.messages.sent == []
    desk.channels.troubles["T1", ""] = Trouble.NO_SCOPE
    desk.messages.fails = 1
    await desk.check()
    assert desk.messages.sent == []
    await desk.check()
    desk.clock.time += 61
    for _ in range(2):
        await desk.check()
    assert desk.messages.sent == [("U2", "unread:"), ("U1", "unread:")]
