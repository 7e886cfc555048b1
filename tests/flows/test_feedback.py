"""Thumbs: kept, turned, taken back and explained."""

from __future__ import annotations

import pytest

from bot.core.deciding import Feedback, FeedbackReason, Rated, Thumb
from bot.flows.deciding import ExplainFeedback, GiveFeedback, Given
from tests.flows.fake_signing import FakeFeedbacks

HERE = Rated("T1:C1:1.0", "0")
UP, DOWN, NONE = Thumb


class Room:
    def __init__(self) -> None:
        self.kept = FakeFeedbacks()
        self.give, self.explain = GiveFeedback(self.kept), ExplainFeedback(self.kept)

    async def press(self, thumb: Thumb, at: str = "1.0", user: str = "U1") -> Given:
        return await self.give(HERE, Feedback(user, thumb, at))

    @property
    def stands(self) -> Thumb:
        return self.kept.rows[HERE, "U1"].thumb


@pytest.fixture
def room() -> Room:
    return Room()


async def test_the_other_thumb_replaces_and_the_same_one_takes_back(room: Room) -> None:
    assert await room.press(UP) is Given.KEPT
    assert await room.press(DOWN, "2.0") is Given.KEPT
    assert room.stands is DOWN
    assert await room.press(DOWN, "3.0") is Given.TAKEN_BACK
    assert room.stands is NONE
    assert await room.press(DOWN, "10.0") is Given.KEPT
    assert room.stands is DOWN


async def test_everybody_has_a_thumb_of_their_own(room: Room) -> None:
    await room.press(UP)
    await room.press(DOWN, user="U2")
    assert sorted((user, one.thumb) for (_, user), one in room.kept.rows.items()) == [("U1", UP), ("U2", DOWN)]


async def test_the_same_click_again_or_an_earlier_one_changes_nothing(room: Room) -> None:
    assert [await room.press(UP, "5.0") for _ in range(2)] == [Given.KEPT] * 2
    assert await room.press(DOWN, "4.0") is Given.KEPT
    assert room.stands is UP
    assert [await room.press(UP, "6.0") for _ in range(2)] == [Given.TAKEN_BACK] * 2
    assert room.stands is NONE


async def test_on_a_draft_that_is_gone_nothing_is_kept(room: Room) -> None:
    room.kept.gone = True
    assert await room.press(UP) is Given.GONE


async def test_a_thumb_down_can_be_explained_while_it_stands(room: Room) -> None:
    assert not await room.explain(HERE, "U1", FeedbackReason.TONE, "")
    await room.press(DOWN)
    assert await room.explain(HERE, "U1", FeedbackReason.MISSED, " The date. ")
    assert (room.kept.rows[HERE, "U1"].reason, room.kept.rows[HERE, "U1"].note) == (FeedbackReason.MISSED, "The date.")
    await room.press(UP, "2.0")
    assert not await room.explain(HERE, "U1", FeedbackReason.TONE, "Too harsh.")
    assert room.kept.rows[HERE, "U1"].note == ""
