"""What an audit that is read overnight has at the model's server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
only_adds = True


def upgrade() -> None:
    """Keep it with the audit."""
    op.add_column("audits", sa.Column("night", sa.JSON, nullable=True))
