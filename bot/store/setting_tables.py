"""The tables of workspaces' settings."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.tables import METADATA

SETTINGS = sa.Table(
    "workspace_settings",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

SETTING_CHANGES = sa.Table(
    "setting_changes",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("at", sa.Float, primary_key=True),
    sa.Column("user", sa.Text, primary_key=True),
    sa.Column("old", sa.Text, nullable=False),
    sa.Column("new", sa.Text, nullable=False),
)
