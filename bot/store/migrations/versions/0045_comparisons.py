"""Comparisons of a campaign's variants run as audits do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    """Say which they are."""
    op.add_column("audits", sa.Column("compares", sa.Boolean, nullable=False, server_default=sa.false()))
