"""Reviews that only one person sees, and when somebody asked for a draft's review."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "private_reviews",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "id")),
        *_text("channel", "ts", "enterprise", "user", "at", "author_id", "text", "answer_to", "thread"),
        sa.Column("asked_at", sa.Float, nullable=False),
        sa.Column("pictures", sa.JSON, nullable=False),
        sa.Column("zones", sa.JSON, nullable=False),
        sa.Column("critique", sa.JSON, nullable=True),
        sa.Column("ended", sa.Boolean, nullable=False),
    )
    op.add_column("drafts", sa.Column("asked", sa.Text, nullable=False, server_default=""))


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
