"""Whose replies a comparison of variants quotes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
only_adds = True


def upgrade() -> None:
    """Of the comparisons that there are, nobody knows."""
    op.add_column("turns", sa.Column("quoted_authors", sa.Text, nullable=False, server_default="?"))
