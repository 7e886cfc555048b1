"""The day on which a fact was last changed, where its workspace is: a moment alone names another one elsewhere."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
only_adds = True


def upgrade() -> None:
    """Add the column. Facts from before have none, and show the day in UTC as until now."""
    op.add_column("facts", sa.Column("recorded_on", sa.Text, nullable=False, server_default=""))
