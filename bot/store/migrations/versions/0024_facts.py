"""The brand's fact sheet, and who changed it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "facts",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "id")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "value", "source", "owner", "since", "until")),
        sa.Column("markets", sa.JSON, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.Float, nullable=False),
    )
    op.create_table(
        "fact_changes",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "fact")),
        sa.Column("at", sa.Float, primary_key=True),
        sa.Column("act", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("user", "old", "new")),
    )
