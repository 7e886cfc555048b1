"""The tables of conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.store.tables import METADATA

if TYPE_CHECKING:
    from bot.core.message import Place

TURNS = sa.Table(
    "turns",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("ts", sa.Text, primary_key=True),
    sa.Column("enterprise", sa.Text, nullable=False),
    sa.Column("thread", sa.Text, nullable=False),
    sa.Column("author_id", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("received_at", sa.Float, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("begun", sa.Boolean, nullable=False),
    sa.Column("opening", sa.Text, nullable=False),
    sa.Column("ending", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("reply_ts", sa.Text, nullable=False),
    sa.Column("button_ts", sa.Text, nullable=False),
    sa.Column("stopped", sa.Boolean, nullable=False),
    sa.Column("shown", sa.Boolean, nullable=False),
    sa.Column("erased", sa.Boolean, nullable=False),
    sa.Index("turns_by_thread", "team", "channel", "thread"),
)

BLANK: dict[str, object] = {"text": "", "answer": "", "opening": "", "author_id": "", "erased": True}
"""What is left of the words of an erased turn."""


def talk_erased(place: Place) -> sa.Update:
    """The statement that deletes what was said at a place and in the thread that begins there."""
    here = (TURNS.c.team == place.team) & (TURNS.c.channel == place.channel)
    return sa.update(TURNS).where(here & ((TURNS.c.ts == place.ts) | (TURNS.c.thread == place.ts))).values(BLANK)
