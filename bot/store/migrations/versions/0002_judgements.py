"""The model's judgements, with what they cost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "judgements",
        sa.Column("team", sa.Text, primary_key=True),
        sa.Column("draft_id", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("revision", sa.Text, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("judgement", sa.JSON, nullable=False),
        sa.Column("reusable", sa.Boolean, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("input_tokens", sa.Integer, nullable=False),
        sa.Column("cached_tokens", sa.Integer, nullable=False),
        sa.Column("output_tokens", sa.Integer, nullable=False),
        sa.Column("cost_usd", sa.Float, nullable=True),
        sa.Column("judged_at", sa.Float, nullable=False),
    )
    op.create_index("judgements_by_digest", "judgements", ["team", "digest"])
