"""What was said before: approved posts, those from files, and what they are found by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "posts",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "id", "draft_id")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("channel", "text", "platform", "date")),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.Float, nullable=False),
    )
    op.create_index("posts_by_draft", "posts", ["team", "draft_id"])
    op.create_table(
        "post_terms",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "term", "post", "draft_id")),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("weight", sa.Integer, nullable=False),
    )
    op.create_index("post_terms_by_post", "post_terms", ["team", "post"])
    op.create_index("post_terms_by_draft", "post_terms", ["team", "draft_id"])
