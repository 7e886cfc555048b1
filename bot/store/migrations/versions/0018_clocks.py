"""Since when the clock by which drafts grow old has gone on without a jump."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "clocks",
        sa.Column("team", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Float, nullable=False) for name in ("seen", "since", "jump")),
    )
