"""Audits asked for in Slack: where each stands, and what is done of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def _text(*names: str, key: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=key, nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "audits",
        *_text("team", "id", key=True),
        *_text("user", "source", "file", "name", "place", "thread", "ts", "state"),
        sa.Column("at", sa.Float, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("days", "round")),
        sa.Column("with_model", sa.Boolean, nullable=False),
        sa.Column("uploads", sa.JSON, nullable=False),
    )
    op.create_table(
        "audit_results",
        *_text("team", "draft_id", "audit", "key", key=True),
        sa.Column("result", sa.JSON, nullable=True),
    )
    op.create_index("audit_results_by_audit", "audit_results", ["team", "audit"])
