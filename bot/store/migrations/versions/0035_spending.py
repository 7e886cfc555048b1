"""What language models cost, by workspace, and by day and month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """Make the table."""
    counted = ("tokens", "nano", "calls", "input_tokens", "cached_tokens", "reviews")
    op.create_table(
        "spending",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "period", "purpose")),
        *(sa.Column(name, sa.BigInteger, nullable=False, server_default="0") for name in counted),
    )
