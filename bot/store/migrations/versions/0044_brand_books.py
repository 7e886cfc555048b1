"""Brand books that were read, with the guidelines that are proposed from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0042"


def upgrade() -> None:
    """Make the table."""
    texts = ("user", "file", "name", "place", "thread", "ts", "state")
    op.create_table(
        "brand_books",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "id")),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("at", sa.Float, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("round", "done", "unfounded", "unusable")),
        sa.Column("proposals", sa.JSON, nullable=False),
    )
