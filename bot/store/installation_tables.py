"""The tables of installations by OAuth."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.tables import METADATA

INSTALLATIONS = sa.Table(
    "installations",
    METADATA,
    sa.Column("enterprise", sa.Text, primary_key=True),
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("bundle", sa.Text, nullable=False),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("installed_at", sa.Float, nullable=False),
    sa.Column("stamp", sa.Text, nullable=False),
    sa.Column("renewing_at", sa.Float, nullable=False, server_default="0"),
    sa.Column("waits", sa.Boolean, nullable=False, server_default=sa.false()),
)
"""``team`` is "" where it covers a whole organisation. ``bundle`` is encrypted.
One that ``waits`` is not used before the operator's yes. One whose tokens were revoked has "" for its ``bundle``."""

COVERED_TEAMS = sa.Table(
    "covered_teams",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("enterprise", sa.Text, nullable=False),
)
"""The workspaces that installations of organisations cover."""
