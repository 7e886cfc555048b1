"""Digests and the figures behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.deciding import Decision, Thumb, letter_for_letter, silencing
from bot.core.digesting import Edition, EditionState, Facts, Period, PointFact, ReviewFact, VerdictFact
from bot.core.drafts import newer
from bot.core.findings import contact_of
from bot.core.guidelines import Severity
from bot.core.judging import Outcome, ReviewState
from bot.store.deciding import every_exception
from bot.store.reviewing import from_json
from bot.store.tables import DIGEST_SCHEDULES, DIGESTS, DRAFTS, FEEDBACK, REPLIES, REVIEWS, VERDICTS

if TYPE_CHECKING:
    from bot.core.deciding import Covers, GuidelineException
    from bot.core.digesting import Slot
    from bot.core.findings import Finding
    from bot.core.ports import Clock
    from bot.store.database import Connection, Database


# What a digest counts, read from drafts that still exist: what was erased is gone from the figures, too.

_PAGE = 500
"""Reviews that are read at once: SQLite's calls stop the event loop for as long as they take."""
_COUNTED = (Outcome.FINDINGS, Outcome.NOTHING_TO_FLAG)
_DRAFT_ID = DRAFTS.c.team + ":" + DRAFTS.c.channel + ":" + DRAFTS.c.ts


class DigestFigureStore:
    """The `DigestFigures` port."""

    def __init__(self, database: Database, covers: Covers = letter_for_letter) -> None:
        self._database = database
        self._covers = covers

    async def facts(self, team: str, period: Period) -> Facts:
        """The reviews, decisions and replies of the period, of drafts that still exist."""
        async with self._database.read() as connection:
            drafts = await _drafts(connection, team, period)
            exceptions = await every_exception(connection, team)
            verdicts = await _verdicts(connection, team, period)
            waits = await _waits(connection, team, period)
            thumbs = await _thumbs(connection, team, period)
            first = sa.select(sa.func.min(REVIEWS.c.reviewed_at)).where(REVIEWS.c.team == team)
            earliest = (await connection.execute(first)).scalar()
        known = _Known(drafts, exceptions, self._covers)
        return Facts(await self._reviews(team, period, known), verdicts, waits, first=earliest, thumbs=thumbs)

    async def _reviews(self, team: str, period: Period, known: _Known) -> tuple[ReviewFact, ...]:
        facts: list[ReviewFact] = []
        order = (REVIEWS.c.reviewed_at, REVIEWS.c.draft_id, REVIEWS.c.revision, REVIEWS.c.round)
        here = (REVIEWS.c.team == team) & (REVIEWS.c.reviewed_at < period.until)
        after: sa.ColumnElement[bool] = REVIEWS.c.reviewed_at >= period.since
        while True:
            query = sa.select(*order, REVIEWS.c.critique).where(here, after).order_by(*order).limit(_PAGE)
            async with self._database.read() as connection:
                rows = (await connection.execute(query)).mappings().all()
            facts += [fact for row in rows if (fact := _review(row, known))]
            if len(rows) < _PAGE:
                return tuple(facts)
            after = sa.tuple_(*order) > sa.tuple_(*(rows[-1][column.name] for column in order))


@dataclass(frozen=True, slots=True)
class _Known:
    """What tells whether exceptions left a point out: the drafts as they are now, and every exception there was."""

    drafts: dict[str, sa.RowMapping]
    exceptions: tuple[GuidelineException, ...]
    covers: Covers

    def leaves_out(self, row: sa.RowMapping, finding: Finding) -> bool:
        """True where an exception that was in force at the time of the review left the point out."""
        draft = self.drafts.get(row["draft_id"])
        if draft is None or not self.exceptions:
            return False
        held = [one for one in self.exceptions if one.reaches(draft["author_id"]) and _held(one, row["reviewed_at"])]
        left_out = [silencing(held, one, draft["text"], covers=self.covers) for one in (finding, *finding.each)]
        return left_out[0] is not None or all(left_out[1:])


def _held(exception: GuidelineException, at: float) -> bool:
    ends = [end for end in (exception.expires_at, exception.lifted_at) if end is not None]
    return exception.created_at <= at and all(at < end for end in ends)


def _review(row: sa.RowMapping, known: _Known) -> ReviewFact | None:
    critique = from_json(row["critique"])
    if critique.outcome not in _COUNTED:
        return None
    points = (
        PointFact(
            f.ref,
            f.guideline,
            f.severity is Severity.MUST_FIX,
            dismissable=_may_go(f),
            excepted=known.leaves_out(row, f),
        )
        for f in critique.findings
    )
    judged = critique.state is ReviewState.DONE
    clean = critique.outcome is Outcome.NOTHING_TO_FLAG and judged
    draft = known.drafts.get(row["draft_id"])
    current = draft is not None and draft["revision"] == row["revision"]
    return ReviewFact(
        row["draft_id"], row["reviewed_at"], clean, current=current, points=tuple(points), checked_only=not judged
    )


def _may_go(finding: Finding) -> bool:
    """True where a dismissal counts: contact data may be the brand's own."""
    return finding.dismissable or bool(contact_of(finding))


async def _drafts(connection: Connection, team: str, period: Period) -> dict[str, sa.RowMapping]:
    here = (DRAFTS.c.team == team) & ~DRAFTS.c.erased & (DRAFTS.c.changed_at >= period.since)
    said = (DRAFTS.c.revision, DRAFTS.c.author_id, DRAFTS.c.text)
    query = sa.select(_DRAFT_ID.label("id"), *said).where(here)
    return {row["id"]: row for row in (await connection.execute(query)).mappings()}


async def _verdicts(connection: Connection, team: str, period: Period) -> tuple[VerdictFact, ...]:
    at = _seconds(VERDICTS.c.at)
    columns = (VERDICTS.c.draft_id, VERDICTS.c.finding, VERDICTS.c.decision, at.label("moment"))
    query = sa.select(*columns).where(VERDICTS.c.team == team, at >= period.since, at < period.until)
    rows = (await connection.execute(query.order_by(at))).mappings()
    return tuple(VerdictFact(r["draft_id"], r["finding"], Decision(r["decision"]), at=r["moment"]) for r in rows)


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


# The weekly digests in the database: one row for each workspace and ISO week.

_KEY = ("team", "week")


class EditionStore:
    """The `Editions` port."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begun(self, team: str, schedule: str, now: float) -> float:
        """Since when this schedule counts; one that differs from the last known begins ``now``."""
        known = sa.select(DIGEST_SCHEDULES).where(DIGEST_SCHEDULES.c.team == team)
        async with self._database.read() as connection:
            row = (await connection.execute(known)).mappings().first()
        if row and row["schedule"] == schedule:
            return float(row["since"])
        values = {"schedule": schedule, "since": now}
        insert = self._database.insert(DIGEST_SCHEDULES).values(team=team, **values)
        # Of several processes that notice it, the first one says when it began.
        differs = DIGEST_SCHEDULES.c.schedule != schedule
        async with self._database.write() as connection:
            await connection.execute(insert.on_conflict_do_update(index_elements=("team",), set_=values, where=differs))
            return float((await connection.execute(known)).mappings().one()["since"])

    async def last(self, team: str) -> Edition | None:
        """The latest week that was dealt with, or None."""
        query = sa.select(DIGESTS).where(DIGESTS.c.team == team).order_by(DIGESTS.c.week.desc()).limit(1)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).mappings().first()
        return _edition(row) if row else None

    async def open(self, edition: Edition) -> bool:
        """Reserve a week; False where it is there already."""
        insert = self._database.insert(DIGESTS).values(_row(edition)).on_conflict_do_nothing()
        async with self._database.write() as connection:
            return (await connection.execute(insert.returning(DIGESTS.c.week))).first() is not None

    async def reopen(self, edition: Edition) -> bool:
        """Reserve a week that is new, or was skipped; False for any other."""
        row = _row(edition)
        insert = self._database.insert(DIGESTS).values(row)
        skipped = DIGESTS.c.state == EditionState.SKIPPED
        anew = insert.on_conflict_do_update(index_elements=_KEY, set_=row, where=skipped)
        async with self._database.write() as connection:
            return (await connection.execute(anew.returning(DIGESTS.c.week))).first() is not None

    async def skip(self, team: str, week: str, slots: tuple[Slot, ...]) -> None:
        """Note that these were missed, and so was whatever else was reserved for a week before ``week``."""
        left = (DIGESTS.c.team == team) & (DIGESTS.c.week < week) & (DIGESTS.c.state == EditionState.RESERVED)
        async with self._database.write() as connection:
            await connection.execute(sa.update(DIGESTS).where(left).values(state=EditionState.SKIPPED))
            for slot in slots:
                period = Period(slot.moment, slot.moment)
                missed = Edition(team, slot.week, slot.moment, period=period, state=EditionState.SKIPPED)
                await connection.execute(self._database.insert(DIGESTS).values(_row(missed)).on_conflict_do_nothing())

    async def missed(self, team: str, week: str) -> tuple[float, ...]:
        """The moments of the digests skipped between the last that was posted and this week."""
        earlier = (DIGESTS.c.team == team) & (DIGESTS.c.week < week)
        posted = sa.select(sa.func.max(DIGESTS.c.week)).where(earlier, DIGESTS.c.state == EditionState.POSTED)
        since = sa.func.coalesce(posted.scalar_subquery(), "")
        query = sa.select(DIGESTS.c.slot).where(
            earlier, DIGESTS.c.state == EditionState.SKIPPED, DIGESTS.c.week > since
        )
        async with self._database.read() as connection:
            return tuple((await connection.execute(query.order_by(DIGESTS.c.week))).scalars())

    async def find(self, team: str, week: str) -> Edition | None:
        """A week's digest, or None."""
        async with self._database.read() as connection:
            row = (await connection.execute(sa.select(DIGESTS).where(_is(team, week)))).mappings().first()
        return _edition(row) if row else None

    async def claim(self, edition: Edition, owner: str) -> Edition | None:
        """Take it over, as far as nobody else has since it was read; None where somebody was faster."""
        taken = sa.update(DIGESTS).where(_unchanged(edition)).values(owner=owner, reserved_at=self._clock.now())
        async with self._database.write() as connection:
            row = (await connection.execute(taken.returning(*DIGESTS.c))).mappings().first()
        return _edition(row) if row else None

    async def posted(self, edition: Edition, channel: str, ts: str) -> bool:
        """Note where it stands; False where somebody else has taken it over since it was claimed."""
        values = {"state": EditionState.POSTED, "channel": channel, "ts": ts}
        async with self._database.write() as connection:
            noted = await connection.execute(sa.update(DIGESTS).where(_unchanged(edition)).values(values))
            return noted.rowcount == 1

    async def settle(self, edition: Edition, state: EditionState, channel: str = "", ts: str = "") -> None:
        """Note what became of it, whoever holds it."""
        values = {"state": state, "channel": channel, "ts": ts}
        async with self._database.write() as connection:
            await connection.execute(sa.update(DIGESTS).where(_is(edition.team, edition.week)).values(values))


def _is(team: str, week: str) -> sa.ColumnElement[bool]:
    return (DIGESTS.c.team == team) & (DIGESTS.c.week == week)


def _unchanged(edition: Edition) -> sa.ColumnElement[bool]:
    """The row, while nobody else has claimed or settled it. Only one owner claims at one moment."""
    same = _is(edition.team, edition.week) & (DIGESTS.c.state == EditionState.RESERVED)
    return same & (DIGESTS.c.owner == edition.owner) & (DIGESTS.c.reserved_at == edition.reserved_at)


def _row(edition: Edition) -> dict[str, Any]:
    return {
        "team": edition.team,
        "week": edition.week,
        "slot": edition.slot,
        "since": edition.period.since,
        "until": edition.period.until,
        "state": edition.state,
        "owner": edition.owner,
        "reserved_at": edition.reserved_at,
        "channel": edition.channel,
        "ts": edition.ts,
    }


def _edition(row: sa.RowMapping) -> Edition:
    return Edition(
        row["team"],
        row["week"],
        row["slot"],
        period=Period(row["since"], row["until"]),
        state=EditionState(row["state"]),
        owner=row["owner"],
        reserved_at=row["reserved_at"],
        channel=row["channel"],
        ts=row["ts"],
    )
