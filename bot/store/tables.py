"""The tables. Every one carries the workspace; a change here needs a migration."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

DRAFTS = sa.Table(
    "drafts",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("ts", sa.Text, primary_key=True),
    sa.Column("enterprise", sa.Text, nullable=False),
    sa.Column("author_id", sa.Text, nullable=False),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("context", sa.Text, nullable=False),
    sa.Column("pictures", sa.JSON, nullable=False),
    sa.Column("zones", sa.JSON, nullable=False),
    sa.Column("erased", sa.Boolean, nullable=False),
    sa.Column("changed_at", sa.Float, nullable=False),
    sa.Index("drafts_by_change", "changed_at"),
)

REVIEWS = sa.Table(
    "reviews",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, primary_key=True),
    sa.Column("round", sa.Integer, primary_key=True),
    sa.Column("critique", sa.JSON, nullable=False),
    sa.Column("reviewed_at", sa.Float, nullable=False),
)

REPLIES = sa.Table(
    "replies",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("ts", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("reserved_at", sa.Float, nullable=False),
    sa.Column("shown_revision", sa.Text, nullable=False),
    sa.Column("shown_round", sa.Integer, nullable=False),
)

WATERMARKS = sa.Table(
    "watermarks",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("first", sa.Text, nullable=False),
    sa.Column("last", sa.Text, nullable=False),
)
