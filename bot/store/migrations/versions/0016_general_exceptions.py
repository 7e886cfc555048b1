"""Whether an exception reaches everybody's drafts, and an end for every campaign."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_YEAR = 365 * 24 * 3600.0


def upgrade() -> None:
    """Only brand leads could choose "always"; who made an exception for a campaign nobody asked."""
    op.add_column("exceptions", sa.Column("general", sa.Boolean, nullable=False, server_default=sa.false()))
    scope, general = sa.column("scope", sa.Text), sa.column("general", sa.Boolean)
    made, ends = sa.column("created_at", sa.Float), sa.column("expires_at", sa.Float)
    table = sa.table("exceptions", scope, general, made, ends)
    op.execute(table.update().where(scope == "always").values(general=sa.true()))
    last = made + _YEAR
    op.execute(table.update().where(scope == "campaign", ends.is_(None) | (ends > last)).values(expires_at=last))
