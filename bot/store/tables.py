"""Every table. Each row belongs to a workspace (team)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from bot.core.drafts import Place


# The tables. Every one carries the workspace; a change here needs a migration.

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
    sa.Column("markup", sa.Text, nullable=False, server_default=""),
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
    sa.Column("counts_as", sa.Text, nullable=True),
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


SPENDING = sa.Table(
    "spending",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("period", sa.Text, primary_key=True),
    sa.Column("purpose", sa.Text, primary_key=True),
    *(
        sa.Column(name, sa.BigInteger, nullable=False, server_default="0")
        for name in ("tokens", "nano", "calls", "input_tokens", "cached_tokens", "reviews")
    ),
)
"""What language models cost. The rows of team "" are those of all workspaces, those of purpose "" of all purposes."""


UNANSWERED = sa.text("ts != '' AND owner != ''")
"""Of a message: it stands, and what became of a call about it is not known. Written out, as its index has it."""


def _messages(name: str, *more: sa.Column[Any]) -> sa.Table:
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
        *more,
        sa.Index(f"{name}_unanswered", "reserved_at", sqlite_where=UNANSWERED, postgresql_where=UNANSWERED),
    )


REPLIES = _messages(
    "replies",
    sa.Column("posted_at", sa.Float, nullable=True),
    sa.Column("waited", sa.Float, nullable=True),
)
"""``waited`` is the seconds until ``posted_at``; both are empty where nothing stands, or the draft is erased."""
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


# The tables behind decisions: exceptions, and what a draft said before its edits.

EXCEPTIONS = sa.Table(
    "exceptions",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("guideline", sa.Text, nullable=False),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("campaign", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("draft_id", sa.Text, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=True),
    sa.Column("lifted_at", sa.Float, nullable=True),
    sa.Column("lifted_by", sa.Text, nullable=False),
    sa.Column("general", sa.Boolean, nullable=False, server_default=sa.false()),
)

EARLIER_TEXTS = sa.Table(
    "earlier_texts",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
)


# The tables of the weekly digest. None holds anybody's words.

DIGEST_SCHEDULES = sa.Table(
    "digest_schedules",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("schedule", sa.Text, nullable=False),
    sa.Column("since", sa.Float, nullable=False),
)

DIGESTS = sa.Table(
    "digests",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("week", sa.Text, primary_key=True),
    sa.Column("slot", sa.Float, nullable=False),
    sa.Column("since", sa.Float, nullable=False),
    sa.Column("until", sa.Float, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("reserved_at", sa.Float, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("ts", sa.Text, nullable=False),
    # Always empty: earlier versions kept a model's words about the figures here, and still do beside this one.
    sa.Column("words", sa.Text, nullable=False, default=""),
    sa.Column("model", sa.Text, nullable=False, default=""),
)

POINTS = sa.Table(
    "points",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("ref", sa.Text, primary_key=True),
    sa.Column("guideline", sa.Text, nullable=False),
    sa.Column("seen_at", sa.Float, nullable=False),
    sa.Column("excepted", sa.Boolean, nullable=False),
    sa.Column("must_fix", sa.Boolean, nullable=False),
    sa.Column("dismissable", sa.Boolean, nullable=False),
    sa.Column("reviewed_at", sa.Float, nullable=False),
    sa.Column("decision", sa.Text, nullable=False),
)
"""The findings of a draft's reviews, each once, made from those when they are counted: see `bot.store.digesting`.

``seen_at`` and ``excepted`` are of the first review that has it, the others of the last. Only what stands in what the
draft says now, and what no exception left out, is a ``must_fix``.
"""

_UNCOUNTED, _MUST_FIX = REVIEWS.c.counts_as.is_(None), POINTS.c.must_fix
sa.Index("reviews_by_moment", REVIEWS.c.team, REVIEWS.c.reviewed_at, REVIEWS.c.draft_id, REVIEWS.c.counts_as)
sa.Index(
    *("reviews_uncounted", REVIEWS.c.team, REVIEWS.c.draft_id), sqlite_where=_UNCOUNTED, postgresql_where=_UNCOUNTED
)
_COUNTED = (POINTS.c.team, POINTS.c.guideline, POINTS.c.seen_at, POINTS.c.excepted, POINTS.c.decision)
sa.Index("points_by_guideline", *_COUNTED)
sa.Index("verdicts_by_moment", VERDICTS.c.team, VERDICTS.c.at, VERDICTS.c.decision)
sa.Index("points_must_fix", POINTS.c.team, POINTS.c.reviewed_at, sqlite_where=_MUST_FIX, postgresql_where=_MUST_FIX)
sa.Index("replies_by_moment", REPLIES.c.team, REPLIES.c.posted_at, REPLIES.c.waited)


# The tables of installations by OAuth.

INSTALLATIONS = sa.Table(
    "installations",
    METADATA,
    sa.Column("enterprise", sa.Text, primary_key=True),
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("bundle", sa.Text, nullable=False),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("installed_at", sa.Float, nullable=False),
    sa.Column("stamp", sa.Text, nullable=False),
    sa.Column("renewing_at", sa.Float, nullable=False, server_default="0"),
    sa.Column("waits", sa.Boolean, nullable=False, server_default=sa.false()),
)
"""``team`` is "" where it covers a whole organisation. ``bundle`` is encrypted.
One that ``waits`` is not used before the operator's yes. One whose tokens were revoked has "" for its ``bundle``."""

SEEN_REQUESTS = sa.Table(
    "seen_requests",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("signature", sa.Text, primary_key=True),
    sa.Column("until", sa.Float, nullable=False),
    sa.Index("seen_requests_by_end", "until"),
)
"""Signatures of Slack's requests. ``team`` is "": whose they are is read only when they are known to be new."""

COVERED_TEAMS = sa.Table(
    "covered_teams",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("enterprise", sa.Text, nullable=False),
)
"""The workspaces that installations of organisations cover."""


# The tables of workspaces' settings.

SETTINGS = sa.Table(
    "workspace_settings",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

SETTING_CHANGES = sa.Table(
    "setting_changes",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("at", sa.Float, primary_key=True),
    sa.Column("user", sa.Text, primary_key=True),
    sa.Column("old", sa.Text, nullable=False),
    sa.Column("new", sa.Text, nullable=False),
)


# The tables of fact sheets.

FACTS = sa.Table(
    "facts",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("since", sa.Text, nullable=False),
    sa.Column("until", sa.Text, nullable=False),
    sa.Column("markets", sa.JSON, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.Float, nullable=False),
)

FACT_CHANGES = sa.Table(
    "fact_changes",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("fact", sa.Text, primary_key=True),
    sa.Column("at", sa.Float, primary_key=True),
    sa.Column("act", sa.Text, primary_key=True),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("old", sa.Text, nullable=False),
    sa.Column("new", sa.Text, nullable=False),
)


# The tables of what was said before: a post for each approved draft, and those from files, whose ``draft_id`` is "".

POSTS = sa.Table(
    "posts",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("date", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.Float, nullable=False),
    sa.Index("posts_by_draft", "team", "draft_id"),
)

POST_TERMS = sa.Table(
    "post_terms",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("term", sa.Text, primary_key=True),
    sa.Column("post", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("weight", sa.Integer, nullable=False),
    sa.Index("post_terms_by_post", "team", "post"),
    sa.Index("post_terms_by_draft", "team", "draft_id"),
)
"""What posts are found by: made of their words, so it goes with them."""

POST_QUOTES = sa.Table(
    "post_quotes",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Index("post_quotes_by_source", "team", "source"),
)
"""The drafts that were reviewed beside an approved post; ``source`` is the draft that this was."""


# The tables of workspaces' own guidelines.

GUIDELINE_VERSIONS = sa.Table(
    "guideline_versions",
    METADATA,
    *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "guideline")),
    sa.Column("number", sa.Integer, primary_key=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("text", "user")),
    sa.Column("at", sa.Float, nullable=False),
)

GUIDELINE_SWITCHES = sa.Table(
    "guideline_switches",
    METADATA,
    *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "guideline")),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)
"""Which version is on; 0 where none is."""

GUIDELINE_CHANGES = sa.Table(
    "guideline_changes",
    METADATA,
    *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "guideline")),
    sa.Column("at", sa.Float, primary_key=True),
    sa.Column("act", sa.Text, primary_key=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("title", "user")),
    sa.Column("version", sa.Integer, nullable=False),
)

GUIDELINE_EXAMPLES = sa.Table(
    "guideline_examples",
    METADATA,
    *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "draft_id", "guideline", "text")),
    sa.Column("platform", sa.Text, nullable=False),
)
"""Sentences of drafts that a brand lead called fine."""

GUIDELINE_TRIALS = sa.Table(
    "guideline_trials",
    METADATA,
    *(sa.Column(name, sa.Text, primary_key=True) for name in ("team", "guideline")),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("user", "view", "state")),
    sa.Column("at", sa.Float, nullable=False),
    *(sa.Column(name, sa.Integer, nullable=False) for name in ("version", "total", "checked", "asked")),
    sa.Column("with_model", sa.Boolean, nullable=False),
    sa.Column("hits", sa.JSON, nullable=False),
)


# The tables of sign-offs, feedback and people who want no reviews.

SIGN_OFFS = sa.Table(
    "sign_offs",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("act", sa.Text, nullable=False),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("open", sa.JSON, nullable=False),
    sa.Column("reviewed", sa.Boolean, nullable=False),
)

FEEDBACK = sa.Table(
    "feedback",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, primary_key=True),
    sa.Column("user", sa.Text, primary_key=True),
    sa.Column("thumb", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("given_at", sa.Float, nullable=False),
)

OPT_OUTS = sa.Table(
    "opt_outs",
    METADATA,
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("user", sa.Text, primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
)


# The tables of conversations.

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
