"""Which platform a privately reviewed text is for, and what of its message was not read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the columns; those that wait were read whole, for no platform in particular."""
    op.add_column("private_reviews", sa.Column("platform", sa.Text, nullable=False, server_default=""))
    op.add_column("private_reviews", sa.Column("unread", sa.Integer, nullable=False, server_default="0"))
