"""Sign-offs, feedback, muted threads and people who want no reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables and the columns."""
    op.create_table(
        "sign_offs",
        *_key("team", "draft_id", "key"),
        *_text("act", "user"),
        _moment("at"),
        *_text("source", "fingerprint", "note"),
        sa.Column("open", sa.JSON, nullable=False),
        sa.Column("reviewed", sa.Boolean, nullable=False),
    )
    op.create_table(
        "sign_off_messages",
        *_key("team", "draft_id"),
        *_text("ts", "owner"),
        _moment("reserved_at"),
        *_text("shown_revision"),
        sa.Column("shown_round", sa.Integer, nullable=False),
    )
    op.create_table(
        "feedback",
        *_key("team", "draft_id", "revision", "user"),
        *_text("thumb", "at", "reason", "note"),
        _moment("given_at"),
    )
    op.create_table("opt_outs", *_key("team", "user"), _moment("at"))
    op.add_column("drafts", sa.Column("muted_by", sa.Text, nullable=False, server_default=""))
    op.add_column("drafts", sa.Column("muted_at", sa.Float, nullable=False, server_default="0"))


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _moment(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Float, nullable=False)
