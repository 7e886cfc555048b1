"""Drafts, reviews, replies and watermarks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "drafts",
        *_key("team", "channel", "ts"),
        *_text("enterprise", "author_id", "revision", "text", "platform", "context"),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("pictures", sa.JSON, nullable=False),
        sa.Column("zones", sa.JSON, nullable=False),
        sa.Column("erased", sa.Boolean, nullable=False),
        sa.Column("changed_at", sa.Float, nullable=False),
    )
    op.create_index("drafts_by_change", "drafts", ["changed_at"])
    op.create_table(
        "reviews",
        *_key("team", "draft_id", "revision"),
        sa.Column("round", sa.Integer, primary_key=True),
        sa.Column("critique", sa.JSON, nullable=False),
        sa.Column("reviewed_at", sa.Float, nullable=False),
    )
    op.create_table(
        "replies",
        *_key("team", "draft_id"),
        *_text("ts", "owner", "shown_revision"),
        sa.Column("reserved_at", sa.Float, nullable=False),
        sa.Column("shown_round", sa.Integer, nullable=False),
    )
    op.create_table("watermarks", *_key("team", "channel"), *_text("first", "last"))


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
