"""Reviews are counted once, for the digest, and what people waited stands beside the reply."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0031"
_LATELY = 35 * 86400.0
"""Seconds: two digests ago."""
_PAGE = 1000


def upgrade() -> None:
    """Add the tables and columns. Reviews are counted when they are first asked for; waits are filled in here."""
    op.create_table(
        "points",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "draft_id", "ref")),
        sa.Column("guideline", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Float, nullable=False),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("excepted", "must_fix", "dismissable")),
        sa.Column("reviewed_at", sa.Float, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
    )
    op.create_index("points_by_guideline", "points", ["team", "guideline", "seen_at", "excepted", "decision"])
    op.create_index("verdicts_by_moment", "verdicts", ["team", "at", "decision"])
    op.create_index(
        *("points_must_fix", "points", ["team", "reviewed_at"]),
        sqlite_where=sa.text("must_fix = 1"),  # as queries say it there: else the index is not used
        postgresql_where=sa.text("must_fix"),
    )
    op.add_column("reviews", sa.Column("counts_as", sa.Text, nullable=True))
    op.drop_index("reviews_by_moment", "reviews")
    op.create_index("reviews_by_moment", "reviews", ["team", "reviewed_at", "draft_id", "counts_as"])
    new = sa.text("counts_as IS NULL")
    op.create_index("reviews_uncounted", "reviews", ["team", "draft_id"], sqlite_where=new, postgresql_where=new)
    for name in ("posted_at", "waited"):
        op.add_column("replies", sa.Column(name, sa.Float, nullable=True))
    _fill_in()
    op.create_index("replies_by_moment", "replies", ["team", "posted_at", "waited"])


def _fill_in() -> None:
    """How long people waited for the replies of the last weeks."""
    connection, names = op.get_bind(), ("team", "draft_id", "ts", "reserved_at", "posted_at", "waited")
    replies = sa.table("replies", *map(sa.column, names))
    drafts = sa.table("drafts", *map(sa.column, ("team", "channel", "ts", "asked", "erased")))
    key = (replies.c.team, replies.c.draft_id)
    lately = sa.select(replies.c.team, replies.c.draft_id, replies.c.ts).where(
        replies.c.ts != "", replies.c.reserved_at >= time.time() - _LATELY
    )
    same = [drafts.c[name] == sa.bindparam(name) for name in ("team", "channel", "ts")]
    asked = sa.select(drafts.c.asked).where(*same, sa.not_(drafts.c.erased))
    filled = sa.update(replies).values(posted_at=sa.bindparam("at"), waited=sa.bindparam("seconds"))
    filled = filled.where(replies.c.team == sa.bindparam("of_team"), replies.c.draft_id == sa.bindparam("of"))
    after: tuple[str, str] = ("", "")
    while rows := connection.execute(
        lately.where(sa.tuple_(*key) > sa.tuple_(*after)).order_by(*key).limit(_PAGE)
    ).all():
        found = [_wait(row, connection.execute(asked, _place(row.draft_id)).scalar()) for row in rows]
        if kept := [one for one in found if one]:
            connection.execute(filled, kept)
        after = (rows[-1].team, rows[-1].draft_id)


def _place(draft_id: str) -> dict[str, str]:
    return dict(zip(("team", "channel", "ts"), draft_id.split(":"), strict=True))


def _wait(row: Any, asked: str | None) -> dict[str, Any] | None:  # noqa: ANN401
    if asked is None:
        return None
    posted, begun, since = float(row.ts), float(_place(row.draft_id)["ts"]), float(asked or 0)
    waited = max(0.0, posted - (since if begun < since < posted else begun))
    return {"of_team": row.team, "of": row.draft_id, "at": posted, "seconds": waited}
