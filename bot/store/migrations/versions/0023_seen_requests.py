"""Requests that one receiver has answered are known to the others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add the table."""
    key = [sa.Column(name, sa.Text, primary_key=True) for name in ("team", "signature")]
    op.create_table("seen_requests", *key, sa.Column("until", sa.Float, nullable=False))
    op.create_index("seen_requests_by_end", "seen_requests", ["until"])
