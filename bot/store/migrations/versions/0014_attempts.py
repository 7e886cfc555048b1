"""Reviews that were begun and did not come to an end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "attempts",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "draft_id")),
        sa.Column("revision", sa.Text, nullable=False),
        sa.Column("begun", sa.Integer, nullable=False),
    )
