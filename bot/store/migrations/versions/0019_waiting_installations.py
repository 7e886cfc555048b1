"""An installation may wait for the operator's yes; those of before this version have it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Nobody who works with Candor already has to ask again."""
    op.add_column("installations", sa.Column("waits", sa.Boolean, nullable=False, server_default=sa.false()))
