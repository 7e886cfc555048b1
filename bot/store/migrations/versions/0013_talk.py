"""What of a message was not read, and whether it may be talk among colleagues."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the columns; drafts of before were read whole and taken for posts."""
    op.add_column("drafts", sa.Column("unread", sa.Integer, nullable=False, server_default="0"))
    op.add_column("drafts", sa.Column("unsure", sa.Boolean, nullable=False, server_default=sa.false()))
