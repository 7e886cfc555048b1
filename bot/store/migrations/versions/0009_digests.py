"""The weekly digests, and the rewordings that authors share in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables, and the index by which a week's reviews are found."""
    op.create_table("digest_schedules", *_key("team"), *_text("schedule"), *_moments("since"))
    op.create_table(
        "digests",
        *_key("team", "week"),
        *_moments("slot", "since", "until"),
        *_text("state", "owner"),
        *_moments("reserved_at"),
        *_text("channel", "ts", "words", "model"),
    )
    op.create_table(
        "shared_rewrites",
        *_key("team", "draft_id", "finding"),
        *_text("draft_channel", "draft_ts"),
        *_moments("shared_at"),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        *_text("shown_channel", "shown_ts"),
    )
    op.create_index("reviews_by_moment", "reviews", ["team", "reviewed_at"])


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _moments(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Float, nullable=False) for name in names]
