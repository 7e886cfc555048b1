"""What workspaces set, and who changed it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table("workspace_settings", *_key("team", "field"), *_text("value"))
    op.create_table(
        "setting_changes",
        *_key("team", "field"),
        sa.Column("at", sa.Float, primary_key=True),
        *_key("user"),
        *_text("old", "new"),
    )


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
