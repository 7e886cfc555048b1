"""When Candor was there, and what brand leads were told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table("presence", *_key("team"), _moment("alive_at"))
    op.create_table("gaps", *_key("team"), sa.Column("began", sa.Float, primary_key=True), _moment("ended"))
    told = sa.Column("told", sa.Boolean, nullable=False)
    op.create_table("notices", *_key("team", "user", "key"), _moment("reserved_at"), told)


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _moment(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Float, nullable=False)
