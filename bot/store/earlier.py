"""What a draft said before its edits when its reply last showed a review. It goes with its draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.message import FIRST_REVISION
from bot.core.record import Earlier, Review, ReviewJob
from bot.store.belonging import belongs_to, key_of
from bot.store.critiques import from_json
from bot.store.decision_tables import EARLIER_TEXTS
from bot.store.tables import REPLIES, REVIEWS

if TYPE_CHECKING:
    from bot.core.record import DraftRecord
    from bot.store.connection import Connection
    from bot.store.database import Database

_ON_ITS_WAY = 30.0
"""Seconds that the way from a review to its reply may take."""
_SAME = tuple(EARLIER_TEXTS.c[name] == REVIEWS.c[name] for name in ("team", "draft_id", "revision", "round"))
_OF = sa.select(EARLIER_TEXTS, REVIEWS.c.critique).where(
    *_SAME,
    EARLIER_TEXTS.c.team == sa.bindparam("team"),
    EARLIER_TEXTS.c.draft_id == sa.bindparam("draft_id"),
)


async def keep_earlier(connection: Connection, database: Database, known: DraftRecord, now: float) -> None:
    """Before an edit: keep what the draft says, as far as people saw a review of it, or see it at this moment."""
    round_ = await _shown_round(connection, known)
    if round_ is None:
        round_ = await _fresh_round(connection, known, now)
    if round_ is not None:
        key = key_of(known.id)
        said = {"revision": known.revision, "round": round_, "text": known.draft.text}
        insert = database.insert(EARLIER_TEXTS).values(key | said)
        await connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=said))


async def _shown_round(connection: Connection, known: DraftRecord) -> int | None:
    here = belongs_to(known.id, REPLIES) & (REPLIES.c.shown_revision == known.revision)
    return (await connection.execute(sa.select(REPLIES.c.shown_round).where(here))).scalar()


async def _fresh_round(connection: Connection, known: DraftRecord, now: float) -> int | None:
    """A review just done: its reply is on its way, and where it stands is noted only when Slack has it."""
    here = belongs_to(known.id, REVIEWS) & (REVIEWS.c.revision == known.revision)
    query = sa.select(sa.func.max(REVIEWS.c.round)).where(here & (REVIEWS.c.reviewed_at > now - _ON_ITS_WAY))
    return (await connection.execute(query)).scalar()


async def earlier_of(connection: Connection, record: DraftRecord) -> Earlier | None:
    """What was kept, with the review that people saw; None where the draft was not edited after its reply."""
    if record.revision == FIRST_REVISION:
        return None
    row = (await connection.execute(_OF, key_of(record.id))).mappings().first()
    if row is None:
        return None
    return Earlier(row["text"], Review(ReviewJob(record.id, row["revision"], row["round"]), from_json(row["critique"])))
