"""The channels that names in the settings were found to mean: they keep their drafts when people rename them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
only_adds = True


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "meant_channels",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "name")),
        sa.Column("channel", sa.Text, nullable=False),
    )
