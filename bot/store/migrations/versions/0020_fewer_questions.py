"""Nobody is asked any more to share a rewording in the digest, or to make a guideline quieter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
_ASKED = ("rewrite:", "quiet:")
"""How the keys began of the questions that people were sent."""


def upgrade() -> None:
    """Drop what was answered, and forget who was asked."""
    for table in ("shared_rewrites", "quietings"):
        op.drop_table(table)
    key = sa.column("key", sa.Text)
    asked = sa.or_(*(key.startswith(beginning, autoescape=True) for beginning in _ASKED))
    op.execute(sa.delete(sa.table("notices", key)).where(asked))
