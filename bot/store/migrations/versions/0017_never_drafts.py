"""Deleted messages that were never drafts leave nothing behind.

What was remembered of them looks like a draft that expired, but for its time: a draft keeps the moment at which its
message came, and these have the moment at which it was deleted.
"""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"

_AFTERWARDS = "- CAST(ts AS FLOAT) > 60"
"""Seconds: longer than a message takes."""


def upgrade() -> None:
    """Delete the rows; a draft's own deletion leaves its author."""
    blank = "erased AND author_id = '' AND text = ''"
    op.execute(f"DELETE FROM drafts WHERE {blank} AND revision = '0' AND round = 0 AND changed_at {_AFTERWARDS}")  # noqa: S608 - no words of people
    nowhere = "NOT begun AND reply_ts = '' AND button_ts = '' AND attempt = 0 AND thread = ts"
    op.execute(f"DELETE FROM turns WHERE {blank} AND {nowhere} AND received_at {_AFTERWARDS}")  # noqa: S608
