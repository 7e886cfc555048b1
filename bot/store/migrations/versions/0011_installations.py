"""Installations by OAuth, and the workspaces that those of organisations cover."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "installations",
        sa.Column("enterprise", sa.Text, primary_key=True),
        sa.Column("team", sa.Text, primary_key=True),
        sa.Column("bundle", sa.Text, nullable=False),
        sa.Column("user", sa.Text, nullable=False),
        sa.Column("installed_at", sa.Float, nullable=False),
        sa.Column("stamp", sa.Text, nullable=False),
        sa.Column("renewing_at", sa.Float, nullable=False, server_default="0"),
    )
    op.create_table(
        "covered_teams", sa.Column("team", sa.Text, primary_key=True), sa.Column("enterprise", sa.Text, nullable=False)
    )
