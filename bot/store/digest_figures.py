"""What a digest counts, read from drafts that still exist: what was erased is gone from the figures, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.contacts import contact_of
from bot.core.critique import Outcome, ReviewState
from bot.core.digest import Facts, PointFact, ReviewFact, VerdictFact
from bot.core.feedback import Thumb
from bot.core.message import newer
from bot.core.severity import Severity
from bot.core.verdict import Decision
from bot.store.critiques import from_json
from bot.store.sign_off_tables import FEEDBACK
from bot.store.tables import DRAFTS, REPLIES, REVIEWS, VERDICTS

if TYPE_CHECKING:
    from bot.core.digest import Period
    from bot.core.finding import Finding
    from bot.store.connection import Connection
    from bot.store.database import Database

_PAGE = 500
"""Reviews that are read at once: SQLite's calls stop the event loop for as long as they take."""
_COUNTED = (Outcome.FINDINGS, Outcome.NOTHING_TO_FLAG)
_DRAFT_ID = DRAFTS.c.team + ":" + DRAFTS.c.channel + ":" + DRAFTS.c.ts


class DigestFigureStore:
    """The `DigestFigures` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def facts(self, team: str, period: Period) -> Facts:
        """The reviews, decisions and replies of the period, of drafts that still exist."""
        async with self._database.read() as connection:
            revisions = await _revisions(connection, team, period)
            verdicts = await _verdicts(connection, team, period)
            waits = await _waits(connection, team, period)
            thumbs = await _thumbs(connection, team, period)
            first = sa.select(sa.func.min(REVIEWS.c.reviewed_at)).where(REVIEWS.c.team == team)
            earliest = (await connection.execute(first)).scalar()
        return Facts(await self._reviews(team, period, revisions), verdicts, waits, earliest, thumbs)

    async def _reviews(self, team: str, period: Period, revisions: dict[str, str]) -> tuple[ReviewFact, ...]:
        facts: list[ReviewFact] = []
        order = (REVIEWS.c.reviewed_at, REVIEWS.c.draft_id, REVIEWS.c.revision, REVIEWS.c.round)
        here = (REVIEWS.c.team == team) & (REVIEWS.c.reviewed_at < period.until)
        after: sa.ColumnElement[bool] = REVIEWS.c.reviewed_at >= period.since
        while True:
            query = sa.select(*order, REVIEWS.c.critique).where(here, after).order_by(*order).limit(_PAGE)
            async with self._database.read() as connection:
                rows = (await connection.execute(query)).mappings().all()
            facts += [fact for row in rows if (fact := _review(row, revisions))]
            if len(rows) < _PAGE:
                return tuple(facts)
            after = sa.tuple_(*order) > sa.tuple_(*(rows[-1][column.name] for column in order))


def _review(row: sa.RowMapping, revisions: dict[str, str]) -> ReviewFact | None:
    critique = from_json(row["critique"])
    if critique.outcome not in _COUNTED:
        return None
    points = (PointFact(f.ref, f.guideline, f.severity is Severity.MUST_FIX, _may_go(f)) for f in critique.findings)
    judged = critique.state is ReviewState.DONE
    clean = critique.outcome is Outcome.NOTHING_TO_FLAG and judged
    current = revisions.get(row["draft_id"]) == row["revision"]
    return ReviewFact(row["draft_id"], row["reviewed_at"], clean, current, tuple(points), not judged)


def _may_go(finding: Finding) -> bool:
    """True where a dismissal counts: contact data may be the brand's own."""
    return finding.dismissable or bool(contact_of(finding))


async def _revisions(connection: Connection, team: str, period: Period) -> dict[str, str]:
    here = (DRAFTS.c.team == team) & ~DRAFTS.c.erased & (DRAFTS.c.changed_at >= period.since)
    query = sa.select(_DRAFT_ID.label("id"), DRAFTS.c.revision).where(here)
    return {row["id"]: row["revision"] for row in (await connection.execute(query)).mappings()}


async def _verdicts(connection: Connection, team: str, period: Period) -> tuple[VerdictFact, ...]:
    at = _seconds(VERDICTS.c.at)
    columns = (VERDICTS.c.draft_id, VERDICTS.c.finding, VERDICTS.c.decision, at.label("moment"))
    query = sa.select(*columns).where(VERDICTS.c.team == team, at >= period.since, at < period.until)
    rows = (await connection.execute(query.order_by(at))).mappings()
    return tuple(VerdictFact(r["draft_id"], r["finding"], Decision(r["decision"]), r["moment"]) for r in rows)


async def _waits(connection: Connection, team: str, period: Period) -> tuple[tuple[float, float], ...]:
    """How long people waited for replies: from the message, or from when they asked for the review of an older one."""
    at = _seconds(REPLIES.c.ts)
    replies = sa.select(REPLIES.c.draft_id, REPLIES.c.ts).where(
        REPLIES.c.team == team, at >= period.since, at < period.until
    )
    posted = {row["draft_id"]: row["ts"] for row in (await connection.execute(replies)).mappings()}
    here = (DRAFTS.c.team == team) & ~DRAFTS.c.erased & (DRAFTS.c.changed_at >= period.since)
    drafts = (
        await connection.execute(sa.select(_DRAFT_ID.label("id"), DRAFTS.c.ts, DRAFTS.c.asked).where(here))
    ).mappings()
    return tuple(_wait(row, posted[row["id"]]) for row in drafts if row["id"] in posted)


async def _thumbs(connection: Connection, team: str, period: Period) -> tuple[tuple[float, str, Thumb], ...]:
    """Those on drafts that still exist: a thumb goes with its draft."""
    at = FEEDBACK.c.given_at
    review = FEEDBACK.c.draft_id + ":" + FEEDBACK.c.revision
    here = (FEEDBACK.c.team == team) & (at >= period.since) & (at < period.until)
    query = sa.select(at, review.label("review"), FEEDBACK.c.thumb).where(here)
    rows = (await connection.execute(query.where(FEEDBACK.c.thumb != Thumb.NONE).order_by(at))).mappings()
    return tuple((row["given_at"], row["review"], Thumb(row["thumb"])) for row in rows)


def _wait(draft: sa.RowMapping, reply: str) -> tuple[float, float]:
    asked = draft["asked"]
    start = asked if asked and newer(asked, draft["ts"]) and newer(reply, asked) else draft["ts"]
    return float(reply), max(0.0, float(reply) - float(start))


def _seconds(ts: Any) -> sa.ColumnElement[float]:  # noqa: ANN401 - a column of Slack's time stamps
    """A time stamp of Slack's as a number; one that is empty as nothing."""
    return sa.cast(sa.func.nullif(ts, ""), sa.Double)
