"""Points that a model compared with what was left alone: by their refs, so that nobody's words are in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0037"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "same_points",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "draft_id", "known", "later")),
        sa.Column("same", sa.Boolean, nullable=False),
    )
    op.create_index("same_points_by_pair", "same_points", ["team", "known", "later"])
