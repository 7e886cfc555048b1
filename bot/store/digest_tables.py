"""The tables of the weekly digest. None holds anybody's words."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.tables import METADATA, REVIEWS

DIGEST_SCHEDULES = sa.Table(
    "digest_schedules",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("schedule", sa.Text, nullable=False),
    sa.Column("since", sa.Float, nullable=False),
)

DIGESTS = sa.Table(
    "digests",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("week", sa.Text, primary_key=True),
    sa.Column("slot", sa.Float, nullable=False),
    sa.Column("since", sa.Float, nullable=False),
    sa.Column("until", sa.Float, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("reserved_at", sa.Float, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("ts", sa.Text, nullable=False),
    # Always empty: earlier versions kept a model's words about the figures here, and still do beside this one.
    sa.Column("words", sa.Text, nullable=False, default=""),
    sa.Column("model", sa.Text, nullable=False, default=""),
)

sa.Index("reviews_by_moment", REVIEWS.c.team, REVIEWS.c.reviewed_at)
