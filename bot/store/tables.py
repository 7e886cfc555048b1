"""Every table. Each row belongs to a workspace (team)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.drafts import Draft, Picture, Place

if TYPE_CHECKING:
    from bot.store.database import Connection


# The tables. Every one carries the workspace; a change here needs a migration.

METADATA = sa.MetaData()


def _keys(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _columns(kind: type[sa.types.TypeEngine[Any]], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


DRAFTS = sa.Table(
    "drafts",
    METADATA,
    *_keys("team", "channel", "ts"),
    *_columns(sa.Text, "enterprise", "author_id", "revision"),
    sa.Column("round", sa.Integer, nullable=False),
    *_columns(sa.Text, "text", "platform", "context"),
    *_columns(sa.JSON, "pictures", "zones"),
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
    *_keys("team", "draft_id", "revision"),
    sa.Column("round", sa.Integer, primary_key=True),
    sa.Column("critique", sa.JSON, nullable=False),
    sa.Column("reviewed_at", sa.Float, nullable=False),
    sa.Column("counts_as", sa.Text, nullable=True),
)

JUDGEMENTS = sa.Table(
    "judgements",
    METADATA,
    *_keys("team", "draft_id", "digest"),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("judgement", sa.JSON, nullable=False),
    sa.Column("reusable", sa.Boolean, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    *_columns(sa.Integer, "calls", "input_tokens", "cached_tokens", "output_tokens"),
    sa.Column("cost_usd", sa.Float, nullable=True),
    sa.Column("judged_at", sa.Float, nullable=False),
    sa.Index("judgements_by_digest", "team", "digest"),
)


SPENDING = sa.Table(
    "spending",
    METADATA,
    *_keys("team", "period", "purpose"),
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
        *_keys("team", "draft_id"),
        *_columns(sa.Text, "ts", "owner"),
        sa.Column("reserved_at", sa.Float, nullable=False),
        sa.Column("shown_revision", sa.Text, nullable=False),
        sa.Column("shown_round", sa.Integer, nullable=False),
        *more,
        sa.Index(f"{name}_unanswered", "reserved_at", sqlite_where=UNANSWERED, postgresql_where=UNANSWERED),
    )


REPLIES = _messages(
    "replies", sa.Column("posted_at", sa.Float, nullable=True), sa.Column("waited", sa.Float, nullable=True)
)
"""``waited`` is the seconds until ``posted_at``; both are empty where nothing stands, or the draft is erased."""
CLEAN_MESSAGES = _messages("clean_messages")
SIGN_OFF_MESSAGES = _messages("sign_off_messages")

CLEAN_TEXTS = sa.Table(
    "clean_texts",
    METADATA,
    *_keys("team", "draft_id"),
    *_columns(sa.Text, "revision", "text"),
    sa.Column("slots", sa.JSON, nullable=False),
)

VERDICTS = sa.Table(
    "verdicts",
    METADATA,
    *_keys("team", "draft_id", "finding"),
    *_columns(sa.Text, "decision", "user", "at", "revision"),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
)

ANSWERS = sa.Table(
    "answers",
    METADATA,
    *_keys("team", "draft_id", "guideline"),
    *_columns(sa.Text, "answer", "user", "at"),
    sa.Column("question", sa.Text, nullable=False, server_default=""),
    sa.Column("options", sa.JSON, nullable=False, server_default="[]"),
)

PRIVATE_REVIEWS = sa.Table(
    "private_reviews",
    METADATA,
    *_keys("team", "id"),
    *_columns(sa.Text, "channel", "ts", "enterprise", "user", "at"),
    sa.Column("asked_at", sa.Float, nullable=False),
    *_columns(sa.Text, "author_id", "text"),
    *_columns(sa.JSON, "pictures", "zones"),
    sa.Column("platform", sa.Text, nullable=False, server_default=""),
    sa.Column("unread", sa.Integer, nullable=False, server_default="0"),
    *_columns(sa.Text, "answer_to", "thread"),
    sa.Column("critique", sa.JSON(none_as_null=True), nullable=True),
    sa.Column("ended", sa.Boolean, nullable=False),
)

LOOKS = sa.Table(
    "looks",
    METADATA,
    *_keys("team", "draft_id", "file", "sight"),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("look", sa.JSON(none_as_null=True), nullable=True),
    *_columns(sa.Text, "left_out", "model"),
)

ATTEMPTS = sa.Table(
    "attempts",
    METADATA,
    *_keys("team", "draft_id"),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("begun", sa.Integer, nullable=False),
)

WATERMARKS = sa.Table("watermarks", METADATA, *_keys("team", "channel"), *_columns(sa.Text, "first", "last"))

MEANT_CHANNELS = sa.Table("meant_channels", METADATA, *_keys("team", "name"), *_columns(sa.Text, "channel"))

PRESENCE = sa.Table(
    "presence", METADATA, sa.Column("team", sa.Text, primary_key=True), sa.Column("alive_at", sa.Float, nullable=False)
)

CLOCKS = sa.Table(
    "clocks", METADATA, sa.Column("team", sa.Text, primary_key=True), *_columns(sa.Float, "seen", "since", "jump")
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
    *_keys("team", "user", "key"),
    sa.Column("reserved_at", sa.Float, nullable=False),
    sa.Column("told", sa.Boolean, nullable=False),
)


# The tables behind decisions: exceptions, and what a draft said before its edits.

EXCEPTIONS = sa.Table(
    "exceptions",
    METADATA,
    *_keys("team", "id"),
    *_columns(sa.Text, "guideline", "ref", "quote", "scope", "campaign", "reason", "note", "author", "draft_id"),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=True),
    sa.Column("lifted_at", sa.Float, nullable=True),
    sa.Column("lifted_by", sa.Text, nullable=False),
    sa.Column("general", sa.Boolean, nullable=False, server_default=sa.false()),
)

SAME_POINTS = sa.Table(
    "same_points",
    METADATA,
    *_keys("team", "draft_id", "known", "later"),
    sa.Column("same", sa.Boolean, nullable=False),
    sa.Index("same_points_by_pair", "team", "known", "later"),
)
"""Refs of what was left alone and of a later point of the draft, and whether a model called them one point."""

EARLIER_TEXTS = sa.Table(
    "earlier_texts",
    METADATA,
    *_keys("team", "draft_id"),
    *_columns(sa.Text, "revision", "text"),
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
    *_keys("team", "week"),
    *_columns(sa.Float, "slot", "since", "until"),
    *_columns(sa.Text, "state", "owner"),
    sa.Column("reserved_at", sa.Float, nullable=False),
    *_columns(sa.Text, "channel", "ts"),
    # Always empty: earlier versions kept a model's words about the figures here, and still do beside this one.
    sa.Column("words", sa.Text, nullable=False, default=""),
    sa.Column("model", sa.Text, nullable=False, default=""),
)

POINTS = sa.Table(
    "points",
    METADATA,
    *_keys("team", "draft_id", "ref"),
    sa.Column("guideline", sa.Text, nullable=False),
    sa.Column("seen_at", sa.Float, nullable=False),
    *_columns(sa.Boolean, "excepted", "must_fix", "dismissable"),
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
    *_keys("enterprise", "team"),
    *_columns(sa.Text, "bundle", "user"),
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
    *_keys("team", "signature"),
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
    "workspace_settings", METADATA, *_keys("team", "field"), sa.Column("value", sa.Text, nullable=False)
)

SETTING_CHANGES = sa.Table(
    "setting_changes",
    METADATA,
    *_keys("team", "field"),
    sa.Column("at", sa.Float, primary_key=True),
    sa.Column("user", sa.Text, primary_key=True),
    *_columns(sa.Text, "old", "new"),
)


# The tables of fact sheets.

FACTS = sa.Table(
    "facts",
    METADATA,
    *_keys("team", "id"),
    *_columns(sa.Text, "kind", "value", "source", "owner", "since", "until"),
    sa.Column("markets", sa.JSON, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.Float, nullable=False),
    sa.Column("recorded_on", sa.Text, nullable=False, server_default=""),
)

FACT_CHANGES = sa.Table(
    "fact_changes",
    METADATA,
    *_keys("team", "fact"),
    sa.Column("at", sa.Float, primary_key=True),
    sa.Column("act", sa.Text, primary_key=True),
    *_columns(sa.Text, "user", "old", "new"),
)


# The tables of what was said before: a post for each approved draft, and those from files, whose ``draft_id`` is "".

POSTS = sa.Table(
    "posts",
    METADATA,
    *_keys("team", "id", "draft_id"),
    *_columns(sa.Text, "channel", "text", "platform", "date", "link"),
    sa.Column("recorded_at", sa.Float, nullable=False),
    sa.Index("posts_by_draft", "team", "draft_id"),
)

POST_TERMS = sa.Table(
    "post_terms",
    METADATA,
    *_keys("team", "term", "post", "draft_id"),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("weight", sa.Integer, nullable=False),
    sa.Index("post_terms_by_post", "team", "post"),
    sa.Index("post_terms_by_draft", "team", "draft_id"),
)
"""What posts are found by: made of their words, so it goes with them."""

POST_QUOTES = sa.Table(
    "post_quotes", METADATA, *_keys("team", "draft_id", "source"), sa.Index("post_quotes_by_source", "team", "source")
)
"""The drafts that were reviewed beside an approved post; ``source`` is the draft that this was."""


# The tables of workspaces' own guidelines.

GUIDELINE_VERSIONS = sa.Table(
    "guideline_versions",
    METADATA,
    *_keys("team", "guideline"),
    sa.Column("number", sa.Integer, primary_key=True),
    *_columns(sa.Text, "text", "user"),
    sa.Column("at", sa.Float, nullable=False),
)

GUIDELINE_SWITCHES = sa.Table(
    "guideline_switches",
    METADATA,
    *_keys("team", "guideline"),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)
"""Which version is on; 0 where none is."""

GUIDELINE_CHANGES = sa.Table(
    "guideline_changes",
    METADATA,
    *_keys("team", "guideline"),
    sa.Column("at", sa.Float, primary_key=True),
    sa.Column("act", sa.Text, primary_key=True),
    *_columns(sa.Text, "title", "user"),
    sa.Column("version", sa.Integer, nullable=False),
)

GUIDELINE_EXAMPLES = sa.Table(
    "guideline_examples",
    METADATA,
    *_keys("team", "draft_id", "guideline", "text"),
    sa.Column("platform", sa.Text, nullable=False),
)
"""Sentences of drafts that a brand lead called fine."""

GUIDELINE_TRIALS = sa.Table(
    "guideline_trials",
    METADATA,
    *_keys("team", "guideline"),
    *_columns(sa.Text, "user", "view", "state"),
    sa.Column("at", sa.Float, nullable=False),
    *_columns(sa.Integer, "version", "total", "checked", "asked", "excepted", "held"),
    sa.Column("with_model", sa.Boolean, nullable=False),
    *_columns(sa.JSON, "hits", "examples"),
)


# The tables of audits.

AUDITS = sa.Table(
    "audits",
    METADATA,
    *_keys("team", "id"),
    *_columns(sa.Text, "user", "source", "file", "name", "place", "thread", "ts", "state"),
    sa.Column("at", sa.Float, nullable=False),
    *_columns(sa.Integer, "days", "round"),
    *_columns(sa.Boolean, "with_model", "compares"),
    sa.Column("uploads", sa.JSON, nullable=False),
    sa.Column("night", sa.JSON(none_as_null=True), nullable=True),
)

AUDIT_RESULTS = sa.Table(
    "audit_results",
    METADATA,
    *_keys("team", "draft_id", "audit", "key"),
    sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
    sa.Index("audit_results_by_audit", "team", "audit"),
)
"""What is done of an audit that runs. Of one that is over: which drafts its reports quote, under no key, and where
its points stand, and no words. Of an erased draft: in which audits it was."""

BOOKS = sa.Table(
    "brand_books",
    METADATA,
    *_keys("team", "id"),
    *_columns(sa.Text, "user", "file", "name", "place", "thread", "ts", "state"),
    sa.Column("at", sa.Float, nullable=False),
    *_columns(sa.Integer, "round", "done", "unfounded", "unusable"),
    sa.Column("proposals", sa.JSON, nullable=False),
)
"""Brand books that were read: of their text only what proposals quote."""


# The tables of sign-offs, feedback and people who want no reviews.

SIGN_OFFS = sa.Table(
    "sign_offs",
    METADATA,
    *_keys("team", "draft_id", "key"),
    *_columns(sa.Text, "act", "user"),
    sa.Column("at", sa.Float, nullable=False),
    *_columns(sa.Text, "source", "fingerprint", "note"),
    sa.Column("open", sa.JSON, nullable=False),
    sa.Column("reviewed", sa.Boolean, nullable=False),
)

FEEDBACK = sa.Table(
    "feedback",
    METADATA,
    *_keys("team", "draft_id", "revision", "user"),
    *_columns(sa.Text, "thumb", "at", "reason", "note"),
    sa.Column("given_at", sa.Float, nullable=False),
)

OPT_OUTS = sa.Table("opt_outs", METADATA, *_keys("team", "user"), sa.Column("at", sa.Float, nullable=False))


# The tables of conversations.

TURNS = sa.Table(
    "turns",
    METADATA,
    *_keys("team", "channel", "ts"),
    *_columns(sa.Text, "enterprise", "thread", "author_id", "text"),
    sa.Column("received_at", sa.Float, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("begun", sa.Boolean, nullable=False),
    *_columns(sa.Text, "opening", "ending", "answer", "model", "reply_ts", "button_ts"),
    *_columns(sa.Boolean, "stopped", "shown", "erased"),
    sa.Column("quoted_authors", sa.Text, nullable=False, server_default="?"),  # ids, each between spaces
    sa.Index("turns_by_thread", "team", "channel", "thread"),
)

UNKNOWN_AUTHORS = "?"
"""Of an answer that is open, or of a comparison from before it was noted whom it quotes."""
BLANK: dict[str, object] = dict.fromkeys(("text", "answer", "opening", "author_id", "quoted_authors"), "")
BLANK["erased"] = True
"""What is left of the words of an erased turn."""


def talk_erased(place: Place) -> sa.Update:
    """The statement that deletes what was said at a place and in the thread that begins there."""
    here = (TURNS.c.team == place.team) & (TURNS.c.channel == place.channel)
    return sa.update(TURNS).where(here & ((TURNS.c.ts == place.ts) | (TURNS.c.thread == place.ts))).values(BLANK)


# Rows that belong to a draft: found by it, kept only while it is not erased, and deleted with it.

MESSAGES = (REPLIES, CLEAN_MESSAGES, SIGN_OFF_MESSAGES)
"""What Candor says in a draft's thread, one message of each kind."""
WITH_DRAFT = tuple(table for table in METADATA.tables.values() if "draft_id" in table.primary_key.columns)
"""Rows that belong to whoever wrote their draft, and go with it."""


def id_in(table: sa.Table) -> sa.ColumnElement[str]:
    """A draft, or a turn, as others name it."""
    return table.c.team + ":" + table.c.channel + ":" + table.c.ts


DRAFT_ID = id_in(DRAFTS)
"""A draft as these tables name it."""


def of_its_draft(table: sa.Table) -> sa.ColumnElement[bool]:
    """The rows of a table that belong to the draft of the same query."""
    return (table.c.team == DRAFTS.c.team) & (table.c.draft_id == DRAFT_ID)


def drafts_by(team: str, user: str) -> sa.Select[Any]:
    """The ids of what somebody wrote, erased or not."""
    return sa.select(DRAFT_ID).where(DRAFTS.c.team == team, DRAFTS.c.author_id == user)


_HERE = (DRAFTS.c[name] == sa.bindparam(name) for name in ("team", "channel", "ts"))
ERASED = sa.select(DRAFTS.c.erased).where(*_HERE).with_for_update()


def place_in(place: Place) -> dict[str, Any]:
    """The columns that say where a draft stands."""
    return {"team": place.team, "channel": place.channel, "ts": place.ts}


def is_draft(place: Place) -> sa.ColumnElement[bool]:
    """The draft that stands there."""
    return sa.and_(*(DRAFTS.c[name] == value for name, value in place_in(place).items()))


def key_of(draft_id: str) -> dict[str, Any]:
    """The columns that say which draft a row belongs to."""
    return {"team": Place.of(draft_id).team, "draft_id": draft_id}


def belongs_to(draft_id: str, table: sa.Table) -> sa.ColumnElement[bool]:
    """The rows of a table that belong to the draft."""
    return (table.c.team == Place.of(draft_id).team) & (table.c.draft_id == draft_id)


@cache
def rows_of(table: sa.Table, order_by: str = "") -> sa.Select[Any]:
    """A query for them, to be run with `key_of` the draft: built once, because building takes longer than running."""
    query = sa.select(table).where(table.c.team == sa.bindparam("team"), table.c.draft_id == sa.bindparam("draft_id"))
    return query.order_by(order_by) if order_by else query


async def is_alive(connection: Connection, draft_id: str) -> bool:
    """True where the draft is not erased; until the end of the transaction nobody can erase it."""
    return (await connection.execute(ERASED, place_in(Place.of(draft_id)))).scalar() is False


OF_DRAFT = ("revision", "text", "platform", "context", "pictures", "zones", "unread", "markup")


def draft_in(row: sa.RowMapping) -> Draft:
    """The draft in a row of drafts."""
    return Draft(
        text=row["text"],
        platform=row["platform"],
        context=row["context"],
        pictures=tuple(Picture(kept) if isinstance(kept, str) else Picture(*kept) for kept in row["pictures"]),
        zones=tuple((start, end) for start, end in row["zones"]),
        unread=row["unread"],
        markup=row["markup"],
    )
