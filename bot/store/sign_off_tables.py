"""The tables of sign-offs, feedback and people who want no reviews."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.tables import METADATA

SIGN_OFFS = sa.Table(
    "sign_offs",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("act", sa.Text, nullable=False),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("open", sa.JSON, nullable=False),
    sa.Column("reviewed", sa.Boolean, nullable=False),
)

FEEDBACK = sa.Table(
    "feedback",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, primary_key=True),
    sa.Column("user", sa.Text, primary_key=True),
    sa.Column("thumb", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("given_at", sa.Float, nullable=False),
)

OPT_OUTS = sa.Table(
    "opt_outs",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("user", sa.Text, primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
)
