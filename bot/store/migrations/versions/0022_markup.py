"""What people see of a draft beside its words: a sign-off covers that, too. Of older drafts it is not known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0020"


def upgrade() -> None:
    """Add it."""
    op.add_column("drafts", sa.Column("markup", sa.Text, nullable=False, server_default=""))
