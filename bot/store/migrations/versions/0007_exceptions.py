"""Why points were dismissed, exceptions to guidelines, what a draft said before its edits, and proposals."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables and the columns."""
    for name in ("reason", "note"):
        op.add_column("verdicts", _with_default(name, sa.Text, ""))
    op.add_column("answers", _with_default("question", sa.Text, ""))
    op.add_column("answers", _with_default("options", sa.JSON, "[]"))
    op.create_table(
        "exceptions",
        *_key("team", "id"),
        *_text("guideline", "ref", "quote", "scope", "campaign", "reason", "note", "author", "draft_id"),
        sa.Column("created_at", sa.Float, nullable=False),
        *(sa.Column(name, sa.Float, nullable=True) for name in ("expires_at", "lifted_at")),
        *_text("lifted_by"),
    )
    op.create_table("earlier_texts", *_key("team", "draft_id"), *_text("revision", "text"), _number("round"))
    op.create_table(
        "quietings",
        *_key("team", "guideline", "channel"),
        sa.Column("proposed_at", sa.Float, nullable=False),
        sa.Column("settled", sa.Boolean, nullable=False),
    )


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _with_default(name: str, kind: type[sa.types.TypeEngine[Any]], default: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, server_default=default)
