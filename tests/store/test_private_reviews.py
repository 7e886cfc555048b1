from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Draft, Picture, Place
from bot.core.private_reviews import PrivateReview
from bot.store.reviewing import PrivateReviewStore
from tests.databases import everything_in
from tests.store.samples import PLACE, critique

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database

MARK, ADDRESS = "zebra-marker", "https://slack.example/answer/secret"
REVIEW = PrivateReview(
    PLACE,
    "U9",
    "1700000009.000200",
    asked_at=1_700_000_009.5,
    author_id="U1",
    draft=Draft(f"Only today: {MARK}", pictures=(Picture("a jar"), Picture()), platform="x", unread=2, zones=((0, 4),)),
    answer_to=ADDRESS,
    thread="1699999999.000100",
)
OTHER_TEAM = replace(REVIEW, place=Place("T2", "C1", PLACE.ts))


@pytest.fixture
def private(database: Database) -> PrivateReviewStore:
    return PrivateReviewStore(database)


async def test_what_is_under_way_comes_back_as_it_was(private: PrivateReviewStore) -> None:
    await private.add(REVIEW)
    await private.add(OTHER_TEAM)
    assert [await private.find(one.id) for one in (REVIEW, OTHER_TEAM)] == [REVIEW, OTHER_TEAM]
    assert await private.find("T1:C1:1.0:2.0:U1") is None


async def test_what_no_database_holds_is_replaced(private: PrivateReviewStore) -> None:
    await private.add(replace(REVIEW, draft=Draft("a\0b\ud800", pictures=(Picture("\0"),))))
    found = await private.find(REVIEW.id)
    assert found
    assert found.draft == Draft("a\ufffdb?", pictures=(Picture("\ufffd"),))


async def test_the_critique_is_kept_with_it_and_only_with_it(private: PrivateReviewStore) -> None:
    await private.add(REVIEW)
    await private.add(OTHER_TEAM)
    await private.save_critique(REVIEW.id, critique())
    assert await private.find(REVIEW.id) == replace(REVIEW, critique=critique())
    assert await private.find(OTHER_TEAM.id) == OTHER_TEAM


async def test_what_ended_is_nowhere_any_more_and_does_not_begin_again(
    private: PrivateReviewStore, url: str, tmp_path: Path
) -> None:
    await private.add(REVIEW)
    await private.save_critique(REVIEW.id, critique(MARK))
    assert MARK.encode() in everything_in(url, tmp_path)
    await private.end(REVIEW.id)
    await private.add(REVIEW)
    await private.save_critique(REVIEW.id, critique(MARK))
    assert await private.find(REVIEW.id) is None
    assert await private.waiting(float("inf")) == []
    held = everything_in(url, tmp_path)
    assert (MARK.encode() in held, ADDRESS.encode() in held) == (False, False)


async def test_what_is_too_old_is_deleted_and_the_rest_stays(
    private: PrivateReviewStore, url: str, tmp_path: Path
) -> None:
    young = replace(REVIEW, at="1700000099.0", asked_at=REVIEW.asked_at + 90, draft=Draft("Bread is back."))
    for one in (REVIEW, young):
        await private.add(one)
    assert await private.waiting(young.asked_at) == [REVIEW.id]
    assert await private.waiting(young.asked_at + 1) == [REVIEW.id, young.id]
    assert await private.forget(young.asked_at) == 1
    assert await private.forget(young.asked_at) == 0
    assert await private.find(young.id) == young
    held = everything_in(url, tmp_path)
    assert MARK.encode() not in held
    assert b"Bread is back." in held
