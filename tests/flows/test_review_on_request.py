"""Somebody asks for a review in so many words: in the thread where Candor is at home, else in private."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Author, Changed, Deleted, Place, Posted
from bot.core.reviewing import RequestOutcome, ReviewRequest
from bot.flows.private_reviews import ReviewOnRequest
from bot.flows.receiving import AdmitOutsiders
from tests.flows.fake_private import FakePrivateReviews
from tests.flows.fakes import NOW, PLACE, POST, Crash, message
from tests.flows.test_admit_outsiders import FakeSettings
from tests.flows.world import World

if TYPE_CHECKING:
    from bot.core.drafts import Message

ID = PLACE.draft_id
AT = f"{NOW + 60:.6f}"
ELSEWHERE = Place("T1", "C2", f"{NOW:.6f}")


class Asking:
    def __init__(self) -> None:
        self.world, self.private = World(), FakePrivateReviews()
        world = self.world
        self.flow = ReviewOnRequest(world.drafts, self.private, world.jobs, channels=world.channels, clock=world.clock)

    async def ask(self, about: Message, at: str = AT) -> RequestOutcome:
        return await self.flow(ReviewRequest(about, "U9", at, answer_to="https://slack.example/answer"))

    @property
    def jobs(self) -> list[str]:
        return list(self.world.jobs.reviews)


@pytest.fixture
def asking() -> Asking:
    return Asking()


async def test_talk_becomes_a_draft_once_however_often_the_request_arrives(asking: Asking) -> None:
    await asking.world.receive(Posted(message("thanks!")))
    assert asking.world.drafts.rows == {}
    for _ in range(2):
        assert await asking.ask(message("thanks!")) is RequestOutcome.IN_THREAD
    assert asking.world.drafts.rows[ID].asked == AT
    assert asking.jobs == [f"review:{ID}:0:0"]


async def test_a_reviewed_draft_gets_one_new_round_for_each_request(asking: Asking) -> None:
    await asking.world.reviewed()
    for at in (AT, AT, f"{NOW + 90:.6f}", AT):
        assert await asking.ask(message(), at) is RequestOutcome.IN_THREAD
        await asking.world.review.judge(asking.world.drafts.rows[ID].job)
    assert asking.jobs == [f"review:{ID}:0:{round_}" for round_ in (1, 2)]


async def test_a_review_that_is_under_way_is_the_answer(asking: Asking) -> None:
    await asking.world.receive(Posted(message()))
    await asking.ask(message())
    assert asking.jobs == [f"review:{ID}:0:0"]


async def test_words_that_are_newer_than_the_events_are_reviewed(asking: Asking) -> None:
    await asking.world.reviewed()
    await asking.ask(message("Bread is back.", "5.0"))
    assert asking.jobs == [f"review:{ID}:5.0:0"]
    await asking.world.receive(Changed(message("Bread is back.", "5.0")))
    assert len(asking.jobs) == 1


async def test_a_request_whose_job_got_lost_is_mended_when_it_arrives_again(asking: Asking) -> None:
    await asking.world.reviewed()
    asking.world.jobs.down = True
    with pytest.raises(Crash):
        await asking.ask(message())
    asking.world.jobs.down = False
    await asking.ask(message())
    assert asking.jobs == [f"review:{ID}:0:1"]


async def test_elsewhere_only_the_person_is_answered_and_no_draft_is_kept(asking: Asking) -> None:
    for _ in range(2):
        assert await asking.ask(message(place=ELSEWHERE)) is RequestOutcome.IN_PRIVATE
    ((review_id, review),) = asking.private.rows.items()
    assert review_id == f"T1:C2:{ELSEWHERE.ts}:{AT}:U9"
    assert (review.draft.text, review.author_id, review.user, review.asked_at) == (POST, "U1", "U9", NOW)
    assert review.answer_to == "https://slack.example/answer"
    assert "slack.example" not in repr(review)
    assert asking.world.jobs.private == [review_id]
    assert (asking.world.drafts.rows, asking.jobs) == ({}, [])


async def test_a_switched_on_channel_that_candor_is_not_in_is_answered_in_private(asking: Asking) -> None:
    asking.world.channels.joined.clear()
    assert await asking.ask(message()) is RequestOutcome.IN_PRIVATE


async def test_a_known_draft_anywhere_is_answered_in_its_thread(asking: Asking) -> None:
    called = replace(message(place=ELSEWHERE), mentions_us=True)
    direct = replace(message(place=Place("T1", "D1", "1.0")), direct=True)
    for known in (called, direct):
        await asking.world.receive(Posted(known))
    asking.world.channels.joined.add(("T1", "C2"))
    assert [await asking.ask(known) for known in (called, direct)] == [RequestOutcome.IN_THREAD] * 2
    asking.world.channels.joined.clear()
    assert await asking.ask(called) is RequestOutcome.IN_PRIVATE


async def test_a_direct_message_between_colleagues_is_answered_in_private(asking: Asking) -> None:
    between_others = replace(message(place=Place("T1", "D7", "1.0")), direct=True)
    assert await asking.ask(between_others) is RequestOutcome.IN_PRIVATE


async def test_a_reply_in_a_thread_is_never_a_draft_of_its_own(asking: Asking) -> None:
    place = Place("T1", "C1", f"{NOW + 5:.6f}")
    assert await asking.ask(replace(message(place=place), thread=PLACE.ts)) is RequestOutcome.IN_PRIVATE
    (review,) = asking.private.rows.values()
    assert review.thread == PLACE.ts


async def test_what_was_erased_is_not_brought_back(asking: Asking) -> None:
    await asking.world.receive(Posted(message()))
    await asking.world.receive(Deleted(PLACE))
    assert await asking.ask(message()) is RequestOutcome.IN_PRIVATE
    assert asking.world.drafts.rows[ID].erased


async def test_a_draft_erased_while_it_is_asked_for_is_not_brought_back_either(asking: Asking) -> None:
    await asking.world.reviewed()
    is_member = asking.world.channels.is_member

    async def slow(team: str, channel: str) -> bool:
        await asking.world.drafts.erase(PLACE)
        return await is_member(team, channel)

    asking.world.channels.is_member = slow
    assert await asking.ask(message()) is RequestOutcome.IN_PRIVATE
    assert asking.jobs == []


@pytest.mark.parametrize(
    ("change", "taken"),
    [
        ({"text": " "}, RequestOutcome.NO_TEXT),
        ({"text": "👍 :tada:"}, RequestOutcome.NO_TEXT),
        ({"author": Author.BOT}, RequestOutcome.NOT_BY_A_PERSON),
        ({"subtype": "channel_join"}, RequestOutcome.NOT_BY_A_PERSON),
        ({"author": Author.OUTSIDER}, RequestOutcome.OUTSIDER),
    ],
)
async def test_what_cannot_be_reviewed_leaves_no_trace(
    asking: Asking, change: dict[str, object], taken: RequestOutcome
) -> None:
    assert await asking.ask(replace(message(), **change)) is taken
    assert (asking.world.drafts.rows, asking.private.rows, asking.jobs) == ({}, {}, [])


async def test_what_people_write_about_themselves_can_be_asked_for(asking: Asking) -> None:
    assert await asking.ask(replace(message(), subtype="me_message")) is RequestOutcome.IN_THREAD


@pytest.mark.parametrize(
    ("wanted", "taken"), [({"T1"}, RequestOutcome.IN_THREAD), (set[str](), RequestOutcome.OUTSIDER)]
)
async def test_people_of_other_organisations_are_reviewed_only_where_that_is_wanted(
    asking: Asking, wanted: set[str], taken: RequestOutcome
) -> None:
    asking.flow = replace(asking.flow, admit=AdmitOutsiders(FakeSettings(frozenset(wanted))))
    assert await asking.ask(replace(message(), author=Author.OUTSIDER)) is taken
