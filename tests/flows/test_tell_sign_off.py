"""Brand leads are told of a request for a sign-off: once each, and without words of the draft."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.deciding import Decision
from bot.core.drafts import Click, Place, Target
from bot.core.errors import TryLater
from bot.core.reviewing import ReviewJob
from bot.core.sign_off import MOST_NAMED, Act, SignOffAct
from bot.flows.replying import Refresh
from tests.flows.fakes import PLACE, Crash, message
from tests.flows.sign_off_desk import AUTHOR, DRAFT, LEAD, MILD, NOW, OTHER_LEAD, TEXT, Desk
from tests.flows.test_review_with_a_model import Noted
from tests.flows.world import Steps, World

if TYPE_CHECKING:
    from collections.abc import Collection

ID = PLACE.draft_id


@pytest.fixture
async def desk() -> Desk:
    desk = Desk(World())
    await desk.review()
    return desk


async def test_each_lead_but_the_author_is_told_once_and_reads_no_words_of_the_draft(desk: Desk) -> None:
    world, messages = desk.world, desk.world.messages
    world.leads.users["T1"] = (LEAD, AUTHOR, OTHER_LEAD, "U4", "U5", "U6", "U7")
    await desk.ask()
    await world.refresh(Steps(), ID, "again")
    (key,) = messages.says
    assert [user for user, _ in messages.sent] == [LEAD, OTHER_LEAD, "U4", "U5", "U6"]
    assert messages.says[key].startswith(
        f"A draft by <@{AUTHOR}> in <#{PLACE.channel}> is waiting for sign-off. <https://slack.example/"
    )
    assert TEXT not in messages.says[key]
    await desk.act(Act.HELD, note="Wait.")
    world.links.gives = ""
    await desk.ask(at="2.0")
    assert [user for user, _ in messages.sent[5:]] == [AUTHOR, LEAD, OTHER_LEAD, "U4", "U5", "U6"]
    assert "find it on my Home" in list(messages.says.values())[2]


async def test_slack_is_asked_only_about_leads_who_may_be_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    world, asked = desk.world, list[str]()
    many = [f"U{number}" for number in range(10, 400)]
    world.leads.users["T1"] = (*many,)
    world.audience.closed[PLACE.channel] = (*many[3:],)
    await desk.ask_for(Click(Target(ID), AUTHOR, "1.0"))
    of = world.audience.of

    async def counted(team: str, user: str, channels: Collection[str]) -> frozenset[str]:
        asked.append(user)
        return await of(team, user, channels)

    monkeypatch.setattr(world.audience, "of", counted)
    await desk.refresh()
    assert [user for user, _ in world.messages.sent] == many[3 : 3 + MOST_NAMED]
    assert asked == many[: 3 + MOST_NAMED]


@pytest.mark.parametrize(
    ("act", "said"), [(Act.CHANGES, "asked for changes to your draft in"), (Act.HELD, "put your draft in")]
)
async def test_the_author_is_told_once_of_an_objection_and_reads_no_note(desk: Desk, act: Act, said: str) -> None:
    messages = desk.world.messages
    await desk.act(act, note="Legal says no.")
    await desk.world.refresh(Steps(), ID, "again")
    ((user, key),) = messages.sent
    assert user == AUTHOR
    assert said in messages.says[key]
    assert f"<@{LEAD}>" in messages.says[key]
    assert "Legal" not in messages.says[key]


async def test_nobody_is_told_of_what_they_did_themselves_or_of_an_approval_that_stands(desk: Desk) -> None:
    desk.world.leads.users["T1"] = (LEAD, AUTHOR)
    await desk.act(Act.HELD, user=AUTHOR, note="Not yet.")
    await desk.act(Act.APPROVED)
    assert desk.world.messages.sent == []


async def test_who_approved_is_told_once_when_the_text_changes(desk: Desk) -> None:
    world = desk.world
    await desk.act(Act.APPROVED)
    world.links.gives = ""
    await desk.edit("Have a look. Buy it.", "9")
    await desk.review("Have a look. Buy it.", "9")
    for again in ("1", "2"):
        await world.refresh(Steps(), ID, again)
    ((user, key),) = world.messages.sent
    assert user == LEAD
    assert "that you approved" in world.messages.says[key]
    assert "find it in the channel" in world.messages.says[key]


async def test_an_objection_to_an_earlier_text_is_nobodys_turn(desk: Desk) -> None:
    await desk.act(Act.CHANGES, note="Softer, please.")
    before = list(desk.world.messages.sent)
    await desk.edit("Have a look. Buy it.", "9")
    await desk.review("Have a look. Buy it.", "9")
    await desk.world.refresh(Steps(), ID, "again")
    assert desk.world.messages.sent == before


async def test_who_is_not_reached_is_told_later(desk: Desk) -> None:
    world = desk.world
    world.messages.fails = 1
    with pytest.raises(TryLater):
        await desk.ask()
    with pytest.raises(TryLater):
        await world.refresh(Steps(), ID, "1.0:U1")
    world.clock.time += 61
    await world.refresh(Steps(), ID, "1.0:U1")
    assert [user for user, _ in world.messages.sent] == [LEAD, OTHER_LEAD]


async def test_in_a_direct_message_nobody_is_told_what_they_cannot_open() -> None:
    world = World()
    place = Place("T1", "D1", "5.0")
    record = await world.drafts.add(message(place=place))
    assert record
    await world.sign_offs.record(record.id, SignOffAct("k", Act.ASKED, AUTHOR, at=1.0, subject=DRAFT))
    await world.refresh(Steps(), record.id, "k")
    await world.refresh(Steps(), "T1:C1:404.0", "k")
    assert world.messages.sent == []


async def test_without_anybody_to_tell_the_thread_is_kept_all_the_same(desk: Desk) -> None:
    assert await desk.ask_for(Click(Target(ID), AUTHOR, "1.0")) is None
    assert await Refresh(desk.world.keep)(Steps(), ID, "1.0") == "updated"
    assert desk.status == (Act.ASKED, False)
    assert desk.world.messages.sent == []


async def test_leads_who_cannot_read_the_channel_are_told_nothing_of_it(desk: Desk) -> None:
    world = desk.world
    world.audience.closed[PLACE.channel] = (OTHER_LEAD,)
    await desk.ask()
    assert [user for user, _ in world.messages.sent] == [OTHER_LEAD]
    world.audience.asleep = True
    with pytest.raises(TryLater):
        await world.refresh(Steps(), ID, "again")


async def test_the_review_of_an_edit_asks_for_who_approved_to_be_told(desk: Desk) -> None:
    world = desk.world
    review = replace(world.review, jobs=world.jobs)
    await desk.act(Act.APPROVED)
    await desk.edit("Have a look. Buy it.", "9")
    assert await review(Steps(), ID, "9", 0) == "updated"
    assert len(world.jobs.refreshes) == 1
    await desk.refresh()
    assert [user for user, _ in world.messages.sent] == [LEAD]


async def test_a_clean_text_that_fails_keeps_neither_the_sign_off_nor_its_news_away(desk: Desk) -> None:
    world = desk.world
    await world.decide(Click(Target(ID, NOW.ref), AUTHOR, "1.0"), Decision.USED)
    world.cleans.crash_after = "post"
    with pytest.raises(Crash):
        await desk.ask(at="2.0")
    assert desk.shown
    assert [user for user, _ in world.messages.sent] == [LEAD, OTHER_LEAD]
    await world.reviewed(f"{TEXT} Have a look.", "9", MILD)
    world.cleans.crash_after = "update"
    journal = Noted()
    with pytest.raises(Crash):
        await replace(world.review, journal=journal).reply(ReviewJob(ID, "9"))
    assert [key for key, _ in journal.lines] == [ReviewJob(ID, "9").key]
