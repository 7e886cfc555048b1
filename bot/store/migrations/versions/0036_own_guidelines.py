"""Workspaces' own guidelines: versions, which one is on, good examples out of drafts, trials, and who did what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def _text(*names: str, key: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=key, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "guideline_versions",
        *_text("team", "guideline", key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        *_text("text", "user"),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_table(
        "guideline_switches",
        *_text("team", "guideline", key=True),
        *_numbers("version"),
        *_text("user"),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_table("guideline_examples", *_text("team", "draft_id", "guideline", "text", key=True), *_text("platform"))
    _changes_and_trials()


def _changes_and_trials() -> None:
    op.create_table(
        "guideline_changes",
        *_text("team", "guideline", key=True),
        sa.Column("at", sa.Float, primary_key=True),
        *_text("act", key=True),
        *_text("title", "user"),
        *_numbers("version"),
    )
    op.create_table(
        "guideline_trials",
        *_text("team", "guideline", key=True),
        *_text("user", "view", "state"),
        sa.Column("at", sa.Float, nullable=False),
        *_numbers("version", "total", "checked", "asked"),
        sa.Column("with_model", sa.Boolean, nullable=False),
        sa.Column("hits", sa.JSON, nullable=False),
    )
