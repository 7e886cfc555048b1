"""What came of a guideline's own examples in its trial, and what replies would have left out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
only_adds = True


def upgrade() -> None:
    """Keep it with the trial."""
    for name in ("excepted", "held"):
        op.add_column("guideline_trials", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.add_column("guideline_trials", sa.Column("examples", sa.JSON, nullable=False, server_default="[]"))
