"""Feedback on critiques in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.feedback import Feedback, Reason, Thumb
from bot.store.belonging import belongs_to, is_alive, key_of
from bot.store.sign_off_tables import FEEDBACK

if TYPE_CHECKING:
    from bot.core.feedback import Rated
    from bot.core.ports import Clock
    from bot.store.database import Database


class FeedbackStore:
    """The `Feedbacks` port."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def find(self, rated: Rated, user: str) -> Feedback | None:
        """What the person said, also where it was taken back; None where they never did."""
        own = belongs_to(rated.draft_id, FEEDBACK)
        own &= (FEEDBACK.c.revision == rated.revision) & (FEEDBACK.c.user == user)
        async with self._database.read() as connection:
            row = (await connection.execute(sa.select(FEEDBACK).where(own))).mappings().first()
        return Feedback(user, Thumb(row["thumb"]), row["at"], Reason(row["reason"]), row["note"]) if row else None

    async def save(self, rated: Rated, feedback: Feedback) -> bool:
        """Keep it in place of an earlier one; False where the draft is gone. A later one stays."""
        key = key_of(rated.draft_id) | {"revision": rated.revision, "user": feedback.user}
        said: dict[str, Any] = {"thumb": feedback.thumb, "at": feedback.at, "reason": feedback.reason}
        said |= {"note": feedback.note, "given_at": self._clock.now()}
        insert = self._database.insert(FEEDBACK).values(key | said)
        later = insert.on_conflict_do_update(index_elements=list(key), set_=said, where=FEEDBACK.c.at <= feedback.at)
        async with self._database.write() as connection:
            if not await is_alive(connection, rated.draft_id):
                return False
            await connection.execute(later)
            return True
