"""What people decided and answered, and the clean texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table("verdicts", *_key("finding"), *_text("decision", "user", "at", "revision"))
    op.create_table("answers", *_key("guideline"), *_text("answer", "user", "at"))
    op.create_table("clean_texts", *_key(), *_text("revision", "text"), sa.Column("slots", sa.JSON, nullable=False))
    op.create_table(
        "clean_messages",
        *_key(),
        *_text("ts", "owner", "shown_revision"),
        sa.Column("reserved_at", sa.Float, nullable=False),
        sa.Column("shown_round", sa.Integer, nullable=False),
    )


def _key(*more: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in ("team", "draft_id", *more)]


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
