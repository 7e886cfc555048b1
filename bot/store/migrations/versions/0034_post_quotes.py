"""Which reviews may quote an approved post, so that its words go from there as well."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Make the table."""
    key = [sa.Column(name, sa.Text, primary_key=True) for name in ("team", "draft_id", "source")]
    op.create_table("post_quotes", *key)
    op.create_index("post_quotes_by_source", "post_quotes", ["team", "source"])
