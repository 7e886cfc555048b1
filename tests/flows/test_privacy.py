"""What people ask about their data: shown, sent, deleted; and what is kept for a time only."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.core.brand.audit import Audit
from bot.core.drafts import Place
from bot.core.errors import TryLater
from bot.core.privacy import DataKind, Holdings, Reader
from bot.core.reviewing import Reply
from bot.core.settings import WorkspaceSettings
from bot.core.words import privacy as privacy_words
from bot.flows.brand.audit import WithdrawAudit
from bot.flows.brand.overnight import DropNights
from bot.flows.privacy import ExportPerson, ForgetPerson, ShowPrivacy
from bot.flows.private_reviews import ReviewTyped, Typed
from bot.flows.retention import ExpireDraft, SweepRetention
from tests.flows.fake_leads import FakeMessages
from tests.flows.fake_privacy import (
    FakeExpiring,
    FakeExpiryNotices,
    FakeFileMessages,
    FakeHushing,
    FakePersonalData,
    FakeRetention,
)
from tests.flows.fake_private import FakePrivateReviews
from tests.flows.fake_settings import FakeSettings
from tests.flows.fakes import NOW, PLACE, POST, message
from tests.flows.test_audit import FakeAuditBoard, FakeAudits
from tests.flows.world import Steps, World

DAY = 24 * 3600.0
OTHER = Place("T1", "C1", f"{NOW + 1:.6f}")
READER = Reader("gpt-6-luna", "api.openai.com")


@pytest.fixture
def world() -> World:
    return World()


async def test_a_typed_text_is_reviewed_for_one_person_alone_and_once(world: World) -> None:
    private = FakePrivateReviews()
    review = ReviewTyped(private, world.jobs, world.clock)
    typed = Typed(Place("T1", "C9", ""), "U1", "trigger", text=POST, answer_to="https://answer")
    assert await review(typed)
    assert await review(typed)
    (kept,) = private.rows.values()
    assert world.jobs.private == [kept.id]
    assert (kept.draft.text, kept.user, kept.author_id, kept.answer_to) == (POST, "U1", "U1", "https://answer")
    assert POST not in kept.id
    assert await review(replace(typed, key="another"))
    assert len(private.rows) == 2


async def test_a_text_without_words_is_not_taken(world: World) -> None:
    private = FakePrivateReviews()
    assert not await ReviewTyped(private, world.jobs, world.clock)(
        Typed(PLACE, "U1", "t", text="…!", answer_to="https://answer")
    )
    assert private.rows == {}


async def test_what_is_stored_is_counted(world: World) -> None:
    data = FakePersonalData(world.drafts, known={DataKind.DRAFTS: 3})
    settings = FakeSettings({"T1": WorkspaceSettings(retention_days=30, brand_leads=("U2",))})
    show = ShowPrivacy(data, settings, READER)
    assert await show("T1", "U1") == Holdings({DataKind.DRAFTS: 3}, 30, READER)
    assert (await show("T1", "U2")).is_lead


async def test_the_file_holds_what_is_theirs_and_is_sent_once(world: World) -> None:
    await world.drafts.add(message())
    messages = FakeFileMessages()
    messages.fails = 1
    export = ExportPerson(FakePersonalData(world.drafts), messages, world.clock, sees=world.sees)
    with pytest.raises(TryLater):
        await export(Steps(), "T1", "U1", "wish")
    for _ in range(2):
        assert await export(Steps(), "T1", "U1", "wish") == "sent"
    ((_, content),) = messages.files.items()
    sent = json.loads(content)
    assert sent["stored"] == {"drafts": [{"text": POST}]}
    assert (sent["workspace"], sent["person"], sent["made_at"][:10]) == ("T1", "U1", "2027-01-15")


async def test_the_file_quotes_channels_that_they_can_read_and_waits_until_slack_says_which(world: World) -> None:
    messages, audience = FakeFileMessages(), world.audience
    audience.closed["G1"], audience.closed["G2"] = ("U1",), ("U2",)
    audience.asleep = True
    export = ExportPerson(FakePersonalData(world.drafts, quoted=("G1", "G2")), messages, world.clock, sees=world.sees)
    with pytest.raises(TryLater):
        await export(Steps(), "T1", "U1", "wish")
    assert messages.files == {}
    audience.asleep = False
    await export(Steps(), "T1", "U1", "wish")
    ((_, content),) = messages.files.items()
    assert json.loads(content)["stored"]["exceptions"] == [{"quote": "G1"}]


async def test_everything_of_a_person_goes_and_they_are_told_when_it_is_done(world: World) -> None:
    await world.drafts.add(message())
    await world.drafts.add(replace(message(place=OTHER), author_id="U2"))
    data, hushing, messages = FakePersonalData(world.drafts), FakeHushing(), FakeMessages()
    data.turns["T1", "U1"] = ["T1:D1:1.0"]
    data.signs = (OTHER.draft_id,)
    messages.fails = 1
    data.known = {DataKind.DRAFTS: 1, DataKind.FACTS: 2}
    audits, board = FakeAudits(), FakeAuditBoard()
    audits.rows["a1"] = Audit("a1", "U1", NOW, ts="9.0")
    withdraw = WithdrawAudit(audits, board, DropNights(audits))
    forget = ForgetPerson(data, world.drafts, world.jobs, hushing=hushing, messages=messages, withdraw=withdraw)
    steps = Steps()
    with pytest.raises(TryLater):
        await forget(steps, "T1", "U1", "wish")
    assert await forget(steps, "T1", "U1", "wish") == "1"
    mine, theirs = world.drafts.rows[PLACE.draft_id], world.drafts.rows[OTHER.draft_id]
    assert (mine.erased, mine.draft.text) == (True, "")
    assert not theirs.erased
    assert list(world.jobs.removals) == [PLACE.draft_id]
    assert hushing.hushed == ["T1:D1:1.0"]
    assert [key.split(":forgotten:")[0] for key in world.jobs.refreshes] == [f"refresh:{OTHER.draft_id}"]
    assert messages.sent == [("U1", "forgotten:wish")]
    assert messages.says["forgotten:wish"] == privacy_words.forgotten(data.known | {DataKind.AUDITS: 1})
    assert (board.withdrawn, audits.rows) == (1, {})


class SleepingBoard(FakeAuditBoard):
    """Slack doesn't answer while it is ``asleep``."""

    asleep = True

    async def withdraw(self, team: str, audit: Audit) -> None:
        if self.asleep:
            raise TryLater(60)
        await super().withdraw(team, audit)


async def test_drafts_do_not_wait_for_an_audit_that_slack_does_not_take_back(world: World) -> None:
    await world.drafts.add(message())
    audits, board = FakeAudits(), SleepingBoard()
    audits.rows["a1"] = Audit("a1", "U1", NOW, ts="9.0")
    withdraw = WithdrawAudit(audits, board, DropNights(audits))
    data, steps = FakePersonalData(world.drafts), Steps()
    forget = ForgetPerson(
        data, world.drafts, world.jobs, hushing=FakeHushing(), messages=FakeMessages(), withdraw=withdraw
    )
    with pytest.raises(TryLater):
        await forget(steps, "T1", "U1", "wish")
    assert world.drafts.rows[PLACE.draft_id].erased
    board.asleep = False
    assert await forget(steps, "T1", "U1", "wish") == "1"
    assert audits.rows == {}


class Kept:
    """Drafts that are kept for 30 days."""

    def __init__(self, world: World, days: int = 30) -> None:
        self.world = world
        self.settings = FakeSettings({"T1": WorkspaceSettings(retention_days=days)})
        self.retention, self.notices, self.jobs = (FakeRetention(world.drafts), FakeExpiryNotices(), FakeExpiring())
        self.sweep = SweepRetention(world.channels, self.settings, self.retention, jobs=self.jobs, clock=world.clock)
        self.expire = ExpireDraft(world.drafts, self.retention, self.notices, settings=self.settings, clock=world.clock)


async def test_a_draft_is_due_when_its_days_are_over(world: World) -> None:
    kept = Kept(world)
    await world.drafts.add(message())
    assert await kept.sweep() == 0
    for _ in range(30):
        world.clock.time += DAY
        assert await kept.sweep() == 0
    world.clock.time += DAY
    assert await kept.sweep() == 1
    assert kept.jobs.asked == [PLACE.draft_id]
    assert kept.retention.older[-1] == ("T1", NOW + DAY)


async def test_a_clock_set_forward_deletes_nothing_until_it_has_gone_on_for_a_day(world: World) -> None:
    kept = Kept(world)
    await world.drafts.add(message())
    for _ in range(2):
        assert await kept.sweep() == 0
        world.clock.time += DAY
    world.clock.time += 100 * DAY
    assert await kept.sweep() == 0
    for _ in range(23):
        world.clock.time += 3600
        assert await kept.sweep() == 0
    assert (kept.jobs.asked, kept.retention.older) == ([], [("T1", NOW - 29 * DAY)])
    world.clock.time += 3600
    assert await kept.sweep() == 1


async def test_a_clock_that_is_set_right_again_has_deleted_nothing(world: World) -> None:
    kept = Kept(world)
    await world.drafts.add(message())
    await kept.sweep()
    for moved in (100 * DAY, 3600, -100 * DAY, *[3600] * 48):
        world.clock.time += moved
        assert await kept.sweep() == 0


async def test_without_a_limit_nothing_is_due(world: World) -> None:
    kept = Kept(world, days=0)
    await world.drafts.add(message())
    for _ in range(40):
        world.clock.time += DAY
        assert await kept.sweep() == 0
    assert kept.retention.older == []


async def test_what_is_stored_goes_and_the_reply_says_so(world: World) -> None:
    kept = Kept(world)
    await world.drafts.add(message())
    world.replies.rows[PLACE.draft_id] = Reply(PLACE.draft_id, "5.0", "job", reserved_at=NOW)
    world.clock.time += 31 * DAY
    kept.notices.fails = 1
    steps = Steps()
    with pytest.raises(TryLater):
        await kept.expire(steps, PLACE.draft_id)
    assert world.drafts.rows[PLACE.draft_id].draft.text == ""
    assert await kept.expire(steps, PLACE.draft_id) == "expired"
    assert kept.notices.said == [(PLACE, "5.0", 30)]
    assert await world.drafts.orphans() == []


async def test_a_draft_without_a_reply_goes_silently_and_an_unknown_one_is_nothing(world: World) -> None:
    kept = Kept(world)
    await world.drafts.add(message())
    world.clock.time += 31 * DAY
    assert await kept.expire(Steps(), PLACE.draft_id) == "expired"
    assert kept.notices.said == []
    world.drafts.changed_at[OTHER.draft_id] = world.clock.time
    assert await kept.expire(Steps(), OTHER.draft_id) == "kept"


async def test_what_was_edited_or_is_to_be_kept_meanwhile_stays(world: World) -> None:
    kept = Kept(world)
    await world.drafts.add(message())
    assert await kept.expire(Steps(), PLACE.draft_id) == "kept"
    world.clock.time += 31 * DAY
    kept.settings.own["T1"] = WorkspaceSettings(retention_days=0)
    assert await kept.expire(Steps(), PLACE.draft_id) == "kept"
    assert world.drafts.rows[PLACE.draft_id].draft.text == POST
