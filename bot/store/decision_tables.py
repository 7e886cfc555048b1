"""The tables behind decisions: exceptions, and what a draft said before its edits."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.tables import METADATA

EXCEPTIONS = sa.Table(
    "exceptions",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("guideline", sa.Text, nullable=False),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("campaign", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("draft_id", sa.Text, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=True),
    sa.Column("lifted_at", sa.Float, nullable=True),
    sa.Column("lifted_by", sa.Text, nullable=False),
    sa.Column("general", sa.Boolean, nullable=False, server_default=sa.false()),
)

EARLIER_TEXTS = sa.Table(
    "earlier_texts",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
)
