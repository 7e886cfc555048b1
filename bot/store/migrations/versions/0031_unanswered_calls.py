"""Messages about which a call to Slack was never answered are found quickly; of those posted before, none is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0025"

_OPEN = sa.text("ts != '' AND owner != ''")


def upgrade() -> None:
    """Empty the owners, which meant something else before, and make the indexes."""
    for name in ("replies", "clean_messages", "sign_off_messages"):
        op.execute(sa.text(f"UPDATE {name} SET owner = '' WHERE ts != ''"))  # noqa: S608 - names from here
        op.create_index(f"{name}_unanswered", name, ["reserved_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)
