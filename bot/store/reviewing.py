"""Private reviews in the database, and out of it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.draft import Draft, Picture
from bot.core.message import Place
from bot.core.private_review import PrivateReview
from bot.store.critiques import from_json, to_json
from bot.store.drafts import storable
from bot.store.tables import PRIVATE_REVIEWS

if TYPE_CHECKING:
    from bot.core.critique import Critique
    from bot.store.database import Database

_BLANK: dict[str, Any] = {"text": "", "pictures": [], "zones": [], "answer_to": "", "critique": None, "ended": True}


class PrivateReviewStore:
    """The `PrivateReviews` port. What ended leaves a blank row until it is forgotten, so that it is not done again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, review: PrivateReview) -> None:
        """Keep a new one; one that is known changes nothing, also where it has ended."""
        insert = self._database.insert(PRIVATE_REVIEWS).values(_row(review))
        async with self._database.write() as connection:
            await connection.execute(insert.on_conflict_do_nothing())

    async def find(self, review_id: str) -> PrivateReview | None:
        """One that is under way, or None."""
        query = sa.select(PRIVATE_REVIEWS).where(_is(review_id), ~PRIVATE_REVIEWS.c.ended)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).mappings().first()
        return _review(row) if row else None

    async def save_critique(self, review_id: str, critique: Critique) -> None:
        """Keep the finished review, unless it has ended meanwhile."""
        open_ = _is(review_id) & ~PRIVATE_REVIEWS.c.ended
        async with self._database.write() as connection:
            await connection.execute(sa.update(PRIVATE_REVIEWS).where(open_).values(critique=to_json(critique)))

    async def end(self, review_id: str) -> None:
        """Delete the text, the critique and the address for good; only that it was asked for is remembered."""
        async with self._database.write() as connection:
            await connection.execute(sa.update(PRIVATE_REVIEWS).where(_is(review_id)).values(_BLANK))
        await self._database.wipe()

    async def forget(self, before: float) -> int:
        """Delete for good what was asked for before then; how many they were."""
        async with self._database.write() as connection:
            old = sa.delete(PRIVATE_REVIEWS).where(PRIVATE_REVIEWS.c.asked_at < before)
            forgotten = (await connection.execute(old)).rowcount
        if forgotten:
            await self._database.wipe()
        return forgotten

    async def waiting(self, before: float) -> list[str]:
        """The ids of those asked for before then that have not ended."""
        open_ = (PRIVATE_REVIEWS.c.asked_at < before) & ~PRIVATE_REVIEWS.c.ended
        query = sa.select(PRIVATE_REVIEWS.c.id).where(open_).order_by(PRIVATE_REVIEWS.c.asked_at)
        async with self._database.read() as connection:
            return list((await connection.execute(query)).scalars())


def _is(review_id: str) -> sa.ColumnElement[bool]:
    return (PRIVATE_REVIEWS.c.team == review_id.partition(":")[0]) & (PRIVATE_REVIEWS.c.id == review_id)


def _row(review: PrivateReview) -> dict[str, Any]:
    place, draft = review.place, review.draft
    row: dict[str, Any] = {"team": place.team, "channel": place.channel, "ts": place.ts}
    row |= {"enterprise": place.enterprise, "id": review.id, "user": review.user, "at": review.at}
    row |= {"asked_at": review.asked_at, "author_id": review.author_id, "text": storable(draft.text)}
    row |= {"pictures": [storable(picture.alt_text) for picture in draft.pictures]}
    row |= {"zones": [list(zone) for zone in draft.zones], "answer_to": review.answer_to}
    row |= {"platform": draft.platform, "unread": draft.unread}
    return row | {"thread": review.thread, "critique": None, "ended": False}


def _review(row: sa.RowMapping) -> PrivateReview:
    return PrivateReview(
        Place(row["team"], row["channel"], row["ts"], row["enterprise"]),
        row["user"],
        row["at"],
        row["asked_at"],
        row["author_id"],
        Draft(
            row["text"],
            row["platform"],
            unread=row["unread"],
            pictures=tuple(Picture(alt) for alt in row["pictures"]),
            zones=tuple((start, end) for start, end in row["zones"]),
        ),
        row["answer_to"],
        row["thread"],
        from_json(row["critique"]) if row["critique"] else None,
    )
