"""What a model said about the pictures of drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "looks",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "draft_id", "file", "sight")),
        sa.Column("revision", sa.Text, nullable=False),
        sa.Column("look", sa.JSON(none_as_null=True), nullable=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("left_out", "model")),
    )
