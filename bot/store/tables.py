"""The tables. Every one carries the workspace; a change here needs a migration."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

DRAFTS = sa.Table(
    "drafts",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("ts", sa.Text, primary_key=True),
    sa.Column("enterprise", sa.Text, nullable=False),
    sa.Column("author_id", sa.Text, nullable=False),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("context", sa.Text, nullable=False),
    sa.Column("pictures", sa.JSON, nullable=False),
    sa.Column("zones", sa.JSON, nullable=False),
    sa.Column("erased", sa.Boolean, nullable=False),
    sa.Column("changed_at", sa.Float, nullable=False),
    sa.Column("asked", sa.Text, nullable=False, server_default=""),
    sa.Column("muted_by", sa.Text, nullable=False, server_default=""),
    sa.Column("muted_at", sa.Float, nullable=False, server_default="0"),
    sa.Column("unread", sa.Integer, nullable=False, server_default="0"),
    sa.Column("unsure", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("drafts_by_change", "changed_at"),
)

REVIEWS = sa.Table(
    "reviews",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, primary_key=True),
    sa.Column("round", sa.Integer, primary_key=True),
    sa.Column("critique", sa.JSON, nullable=False),
    sa.Column("reviewed_at", sa.Float, nullable=False),
)

JUDGEMENTS = sa.Table(
    "judgements",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("judgement", sa.JSON, nullable=False),
    sa.Column("reusable", sa.Boolean, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("calls", sa.Integer, nullable=False),
    sa.Column("input_tokens", sa.Integer, nullable=False),
    sa.Column("cached_tokens", sa.Integer, nullable=False),
    sa.Column("output_tokens", sa.Integer, nullable=False),
    sa.Column("cost_usd", sa.Float, nullable=True),
    sa.Column("judged_at", sa.Float, nullable=False),
    sa.Index("judgements_by_digest", "team", "digest"),
)


def _messages(name: str) -> sa.Table:
    return sa.Table(
        name,
        METADATA,
        sa.Column("team", sa.Text, primary_key=True),
        sa.Column("draft_id", sa.Text, primary_key=True),
        sa.Column("ts", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("reserved_at", sa.Float, nullable=False),
        sa.Column("shown_revision", sa.Text, nullable=False),
        sa.Column("shown_round", sa.Integer, nullable=False),
    )


REPLIES = _messages("replies")
CLEAN_MESSAGES = _messages("clean_messages")
SIGN_OFF_MESSAGES = _messages("sign_off_messages")

CLEAN_TEXTS = sa.Table(
    "clean_texts",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("slots", sa.JSON, nullable=False),
)

VERDICTS = sa.Table(
    "verdicts",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("finding", sa.Text, primary_key=True),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
)

ANSWERS = sa.Table(
    "answers",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("guideline", sa.Text, primary_key=True),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False, server_default=""),
    sa.Column("options", sa.JSON, nullable=False, server_default="[]"),
)

PRIVATE_REVIEWS = sa.Table(
    "private_reviews",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("ts", sa.Text, nullable=False),
    sa.Column("enterprise", sa.Text, nullable=False),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("asked_at", sa.Float, nullable=False),
    sa.Column("author_id", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("pictures", sa.JSON, nullable=False),
    sa.Column("zones", sa.JSON, nullable=False),
    sa.Column("platform", sa.Text, nullable=False, server_default=""),
    sa.Column("unread", sa.Integer, nullable=False, server_default="0"),
    sa.Column("answer_to", sa.Text, nullable=False),
    sa.Column("thread", sa.Text, nullable=False),
    sa.Column("critique", sa.JSON(none_as_null=True), nullable=True),
    sa.Column("ended", sa.Boolean, nullable=False),
)

LOOKS = sa.Table(
    "looks",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("file", sa.Text, primary_key=True),
    sa.Column("sight", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("look", sa.JSON(none_as_null=True), nullable=True),
    sa.Column("left_out", sa.Text, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
)

ATTEMPTS = sa.Table(
    "attempts",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("begun", sa.Integer, nullable=False),
)

WATERMARKS = sa.Table(
    "watermarks",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("first", sa.Text, nullable=False),
    sa.Column("last", sa.Text, nullable=False),
)

PRESENCE = sa.Table(
    "presence",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("alive_at", sa.Float, nullable=False),
)

CLOCKS = sa.Table(
    "clocks",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("seen", sa.Float, nullable=False),
    sa.Column("since", sa.Float, nullable=False),
    sa.Column("jump", sa.Float, nullable=False),
)

GAPS = sa.Table(
    "gaps",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("began", sa.Float, primary_key=True),
    sa.Column("ended", sa.Float, nullable=False),
)

NOTICES = sa.Table(
    "notices",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("user", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("reserved_at", sa.Float, nullable=False),
    sa.Column("told", sa.Boolean, nullable=False),
)
