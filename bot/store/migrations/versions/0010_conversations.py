"""Conversations."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "turns",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "channel", "ts")),
        *_columns(sa.Text, "enterprise", "thread", "author_id", "text"),
        *_columns(sa.Float, "received_at"),
        *_columns(sa.Integer, "attempt"),
        *_columns(sa.Boolean, "begun"),
        *_columns(sa.Text, "opening", "ending", "answer", "model", "reply_ts", "button_ts"),
        *_columns(sa.Boolean, "stopped", "shown", "erased"),
    )
    op.create_index("turns_by_thread", "turns", ["team", "channel", "thread"])


def _columns(kind: type[sa.types.TypeEngine[Any]], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]
