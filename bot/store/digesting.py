"""Digests and the figures behind them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from statistics import fmean
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from bot.core.deciding import Decision, FeedbackCount, Thumb, letter_for_letter, silencing, with_same
from bot.core.digesting import HORIZON, DigestCounts, Edition, EditionState, Figures, Health, Period
from bot.core.drafts import Place
from bot.core.findings import contact_of
from bot.core.guidelines import Severity
from bot.core.judging import Outcome, ReviewState
from bot.store.deciding import every_exception, same_points_of
from bot.store.reviewing import from_json
from bot.store.tables import DIGEST_SCHEDULES, DIGESTS, DRAFT_ID, DRAFTS, FEEDBACK, POINTS, REPLIES, REVIEWS, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.deciding import Covers, GuidelineException
    from bot.core.digesting import Slot
    from bot.core.findings import Finding
    from bot.core.judging import Critique
    from bot.core.ports import Clock
    from bot.store.database import Connection, Database


# Reviews are counted once, soon after they are made: a digest of many must not read each critique again. What they came
# to stands beside the review and in `POINTS`, both of which go with the draft.

_PAGE = 20
"""Drafts that are counted at once: reading their critiques holds the event loop, and SQLite's only writer."""
_CLEAN, CHECKED, _FOUND, NO_REVIEW = "clean", "checked", "found", ""
"""What a review counts as: nothing to flag, by fixed checks only, with findings, and not at all."""
_COUNTED = (Outcome.FINDINGS, Outcome.NOTHING_TO_FLAG)
_KEYS = (REVIEWS.c.team, REVIEWS.c.draft_id, REVIEWS.c.revision, REVIEWS.c.round)
_MARK = (
    sa.update(REVIEWS)
    .where(*(column == sa.bindparam(f"of_{column.name}") for column in _KEYS))
    .values(counts_as=sa.bindparam("kind"))
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A draft as it is now, and the exceptions that tell whether a point of it was left out when it was read."""

    author: str
    text: str
    revision: str
    decisions: dict[str, str]
    exceptions: tuple[GuidelineException, ...]
    covers: Covers

    def leaves_out(self, finding: Finding, at: float) -> bool:
        """True where an exception that was in force at that moment left the point out."""
        held = [one for one in self.exceptions if one.reaches(self.author) and _held(one, at)]
        left_out = [silencing(held, one, self.text, covers=self.covers) for one in (finding, *finding.each)]
        return left_out[0] is not None or all(left_out[1:])


def _held(exception: GuidelineException, at: float) -> bool:
    ends = [end for end in (exception.expires_at, exception.lifted_at) if end is not None]
    return exception.created_at <= at and all(at < end for end in ends)


def _kind(critique: Critique) -> str:
    if critique.outcome not in _COUNTED:
        return NO_REVIEW
    if critique.state is not ReviewState.DONE:
        return CHECKED
    return _CLEAN if critique.outcome is Outcome.NOTHING_TO_FLAG else _FOUND


def _points(reviews: Sequence[tuple[sa.RowMapping, Critique]], said: _Said) -> list[dict[str, Any]]:
    """The points of one draft from all its reviews, the first of which comes first."""
    points: dict[str, dict[str, Any]] = {}
    counted = [(row, critique) for row, critique in reviews if critique.outcome in _COUNTED]
    for row, critique in counted:
        is_current = row is counted[-1][0] and row["revision"] == said.revision
        for finding in critique.findings:
            if critique.strictness.holds(finding) and finding.ref not in said.decisions:
                continue  # nobody saw it
            left_out = said.leaves_out(finding, row["reviewed_at"])
            now = {"must_fix": is_current and finding.severity is Severity.MUST_FIX and not left_out}
            now |= {"dismissable": _may_go(finding), "reviewed_at": row["reviewed_at"]}
            first = {"team": row["team"], "draft_id": row["draft_id"], "ref": finding.ref}
            first |= {"guideline": finding.guideline, "seen_at": row["reviewed_at"], "excepted": left_out}
            first["decision"] = said.decisions.get(finding.ref, Decision.OPEN)
            points.setdefault(finding.ref, first).update(now)
    return list(points.values())


def _may_go(finding: Finding) -> bool:
    """True where a dismissal counts: contact data may be the brand's own."""
    return finding.dismissable or bool(contact_of(finding))


class CountReviews:
    """DigestCounts the reviews that nobody has counted yet. Several processes may do so at once."""

    def __init__(self, database: Database, covers: Covers = letter_for_letter) -> None:
        self._database = database
        self._covers = covers

    async def __call__(self, team: str = "") -> None:
        """Those of one workspace, or of all."""
        query = sa.select(REVIEWS.c.team, REVIEWS.c.draft_id).where(REVIEWS.c.counts_as.is_(None))
        query = query.where(REVIEWS.c.team == team) if team else query
        query = query.distinct().order_by(REVIEWS.c.team, REVIEWS.c.draft_id).limit(_PAGE)
        found = True
        while found:
            async with self._database.write() as connection:
                rows = (await connection.execute(query)).all()
                found = bool(rows)
                for one in dict.fromkeys(row.team for row in rows):
                    await self._count(connection, one, [row.draft_id for row in rows if row.team == one])
            await asyncio.sleep(0)  # others want to write, too

    async def _count(self, connection: Connection, team: str, drafts: list[str]) -> None:
        """All reviews of these drafts. Nobody revises or erases them until the end of the transaction."""
        said = await _said(connection, team, drafts, covers=self._covers)
        here = (REVIEWS.c.team == team) & REVIEWS.c.draft_id.in_(drafts)
        query = sa.select(*_KEYS, REVIEWS.c.reviewed_at, REVIEWS.c.critique).where(here)
        rows = (await connection.execute(query)).mappings().all()
        by_draft: dict[str, list[tuple[sa.RowMapping, Critique]]] = {}
        for row in sorted(rows, key=itemgetter("reviewed_at", "revision", "round")):
            by_draft.setdefault(row["draft_id"], []).append((row, from_json(row["critique"])))
        points = [point for one, reviews in by_draft.items() if one in said for point in _points(reviews, said[one])]
        marks = [
            {"kind": _kind(critique)} | {f"of_{column.name}": row[column.name] for column in _KEYS}
            for reviews in by_draft.values()
            for row, critique in reviews
        ]
        await connection.execute(sa.delete(POINTS).where(POINTS.c.team == team, POINTS.c.draft_id.in_(drafts)))
        await connection.run_sync(_keep, points, marks)


def _keep(connection: sa.Connection, points: list[dict[str, Any]], marks: list[dict[str, Any]]) -> None:
    if points:
        connection.execute(sa.insert(POINTS), points)
    connection.execute(_MARK, marks)


async def _said(connection: Connection, team: str, drafts: list[str], covers: Covers) -> dict[str, _Said]:
    channels: dict[str, list[str]] = {}
    for place in map(Place.of, drafts):
        channels.setdefault(place.channel, []).append(place.ts)
    # One channel by the other, and unsorted: else SQLite reads all drafts of the workspace.
    here = [(DRAFTS.c.team == team) & (DRAFTS.c.channel == one) & DRAFTS.c.ts.in_(ts) for one, ts in channels.items()]
    query = sa.select(DRAFT_ID.label("id"), DRAFTS.c.author_id, DRAFTS.c.text, DRAFTS.c.revision)
    rows = (await connection.execute(query.where(sa.or_(*here)).with_for_update())).mappings().all()
    decided = sa.select(VERDICTS).where(VERDICTS.c.team == team, VERDICTS.c.draft_id.in_(drafts))
    decisions: dict[str, dict[str, str]] = {}
    for row in (await connection.execute(decided)).mappings():
        decisions.setdefault(row["draft_id"], {})[row["finding"]] = row["decision"]
    exceptions = await every_exception(connection, team)
    same = await same_points_of(connection, team, drafts)
    return {
        row["id"]: _Said(
            *(row["author_id"], row["text"], row["revision"], decisions.get(row["id"], {})),
            with_same(exceptions, same.get(row["id"], ())),
            covers,
        )
        for row in rows
    }


# What a digest says, counted by the database.


class DigestFigureStore:
    """The `DigestFigures` port: of drafts that still exist, for what was erased is gone from the figures, too."""

    def __init__(self, database: Database, count: CountReviews | None = None) -> None:
        self._database = database
        self._count = count or CountReviews(database)

    async def of(self, team: str, period: Period, now: float) -> DigestCounts:
        await self._count(team)
        return await self._database.aside(partial(_counts, team=team, period=period, until=max(period.until, now)))


def _counts(connection: sa.Connection, *, team: str, period: Period, until: float) -> DigestCounts:
    first = sa.select(sa.func.min(REVIEWS.c.reviewed_at)).where(REVIEWS.c.team == team)
    return DigestCounts(
        _figures(connection, team, period),
        _figures(connection, team, period.before),
        first=connection.execute(first).scalar(),
        must_fix_open=_must_fix_open(connection, team, period),
        guidelines=_guidelines(connection, team, Period(period.until - HORIZON, until)),
    )


class _Found(NamedTuple):
    """How many points there are of a guideline, and how many of them exceptions left out."""

    guideline: str
    number: int
    left_out: int


def _figures(connection: sa.Connection, team: str, period: Period) -> Figures:
    """The counts of a period. A finding counts when it is seen for the first time, not with every edit."""
    read, decided = _reviewed(connection, team, period), _decided(connection, team, period)
    found = _points_found(connection, team, period)
    return Figures(
        reviewed=sum(read.values()),
        clean=read.get(_CLEAN, 0),
        findings=tuple((one.guideline, one.number) for one in found),
        accepted=decided.get(Decision.USED, 0),
        dismissed=decided.get(Decision.DISMISSED, 0),
        excepted=sum(one.left_out for one in found),
        median_wait=median_wait(connection, team, period)[1],
        checked_only=read.get(CHECKED, 0),
        thumbs=_thumbs(connection, team, period),
    )


def within(moment: sa.ColumnElement[Any], period: Period) -> sa.ColumnElement[bool]:
    """In that time."""
    return (moment >= period.since) & (moment < period.until)


def _pairs(connection: sa.Connection, query: sa.Executable) -> dict[str, int]:
    return {str(name): int(number) for name, number in connection.execute(query)}


def of_point(verdicts: sa.FromClause) -> sa.ColumnElement[bool]:
    """Of the same point as the row of `POINTS`."""
    of, point = verdicts.c, POINTS.c
    return (of.team == point.team) & (of.draft_id == point.draft_id) & (of.finding == point.ref)


def decided_at(verdicts: sa.FromClause) -> sa.ColumnElement[float]:
    """Seconds since 1970."""
    return sa.cast(sa.func.nullif(verdicts.c.at, ""), sa.Double)


def carried() -> sa.ColumnElement[bool]:
    """Of a point: the dismissal of earlier words holds for it, so nobody saw it."""
    said = VERDICTS.alias()
    before = sa.exists().where(of_point(said), decided_at(said) < POINTS.c.seen_at).correlate(POINTS)
    return (POINTS.c.decision == Decision.DISMISSED) & before


def _carried(connection: sa.Connection, here: sa.ColumnElement[bool]) -> dict[str, int]:
    """How many of these points were carried, by guideline. Asked apart: an index holds all of what the others need."""
    query = sa.select(POINTS.c.guideline, sa.func.count()).where(here, carried(), ~POINTS.c.excepted)
    return _pairs(connection, query.group_by(POINTS.c.guideline))


def _points_found(connection: sa.Connection, team: str, period: Period) -> list[_Found]:
    here = (POINTS.c.team == team) & within(POINTS.c.seen_at, period)
    left_out, unseen = sa.func.count(sa.case((POINTS.c.excepted, 1))), _carried(connection, here)
    query = sa.select(POINTS.c.guideline, sa.func.count(), left_out).where(here).group_by(POINTS.c.guideline)
    every = [_Found(name, number - unseen.get(name, 0), out) for name, number, out in connection.execute(query)]
    return sorted((one for one in every if one.number), key=lambda one: (-one.number, one.guideline))


def _guidelines(connection: sa.Connection, team: str, period: Period) -> tuple[Health, ...]:
    """How people took each guideline: of a big workspace these are the most rows, so an index holds all of this."""
    here = (POINTS.c.team == team) & within(POINTS.c.seen_at, period)
    dismissed, unseen = sa.func.count(sa.case((POINTS.c.decision == Decision.DISMISSED, 1))), _carried(connection, here)
    query = sa.select(POINTS.c.guideline, sa.func.count(), dismissed).where(here).group_by(POINTS.c.guideline)
    rows = ((name, unseen.get(name, 0), *numbers) for name, *numbers in connection.execute(query))
    return tuple(Health(name, found - less, gone - less) for name, less, found, gone in rows if found > less)


def _reviewed(connection: sa.Connection, team: str, period: Period) -> dict[str, int]:
    """How many drafts count as what, by the last of their reviews in the period."""
    here = (REVIEWS.c.team == team) & within(REVIEWS.c.reviewed_at, period) & (REVIEWS.c.counts_as != NO_REVIEW)
    order = REVIEWS.c.reviewed_at.desc()
    place = sa.func.row_number().over(partition_by=REVIEWS.c.draft_id, order_by=order).label("place")
    last = sa.select(REVIEWS.c.counts_as, place).where(here).subquery()
    return _pairs(
        connection, sa.select(last.c.counts_as, sa.func.count()).where(last.c.place == 1).group_by(last.c.counts_as)
    )


def _decided(connection: sa.Connection, team: str, period: Period) -> dict[str, int]:
    """Each click once, however many points it holds for: those that an edit made of its point keep its moment.

    Time stamps of Slack's are as long until the year 2286, so they sort by their letters.
    """
    of = VERDICTS.c
    here = of.team == team, of.at >= f"{period.since:.6f}", of.at < f"{period.until:.6f}"
    clicks = sa.select(of.decision, of.draft_id, of.user, of.at).where(*here).distinct().subquery()
    return _pairs(connection, sa.select(clicks.c.decision, sa.func.count()).group_by(clicks.c.decision))


def median_wait(connection: sa.Connection, team: str, period: Period) -> tuple[int, float | None]:
    """How many replies there were, and how long half of the people waited at most."""
    here = (REPLIES.c.team == team) & within(REPLIES.c.posted_at, period)
    number = connection.execute(sa.select(sa.func.count(REPLIES.c.waited)).where(here)).scalar_one()
    waits = sa.select(REPLIES.c.waited).where(here).order_by(REPLIES.c.waited)
    middle = waits.offset((number - 1) // 2).limit(2 - number % 2)
    return int(number), fmean(connection.execute(middle).scalars()) if number else None


def _thumbs(connection: sa.Connection, team: str, period: Period) -> FeedbackCount:
    """Reviews with such a thumb, each once: those taken back do not count."""
    here = (FEEDBACK.c.team == team) & within(FEEDBACK.c.given_at, period) & (FEEDBACK.c.thumb != Thumb.NONE)
    rated = sa.select(FEEDBACK.c.draft_id, FEEDBACK.c.revision, FEEDBACK.c.thumb).where(here).distinct().subquery()
    given = _pairs(connection, sa.select(rated.c.thumb, sa.func.count()).group_by(rated.c.thumb))
    return FeedbackCount(given.get(Thumb.UP, 0), given.get(Thumb.DOWN, 0))


def _must_fix_open(connection: sa.Connection, team: str, period: Period) -> int:
    """Those of drafts with a review in the period that nobody decided, or whose dismissal does not count."""
    mine = (REVIEWS.c.team == team) & within(REVIEWS.c.reviewed_at, period) & (REVIEWS.c.counts_as != NO_REVIEW)
    read = within(POINTS.c.reviewed_at, period) | POINTS.c.draft_id.in_(sa.select(REVIEWS.c.draft_id).where(mine))
    decision = POINTS.c.decision
    is_open = (decision == Decision.OPEN) | ((decision == Decision.DISMISSED) & ~POINTS.c.dismissable)
    here = (POINTS.c.team == team) & POINTS.c.must_fix & (POINTS.c.reviewed_at >= period.since)
    return connection.execute(sa.select(sa.func.count()).select_from(POINTS).where(here, is_open, read)).scalar_one()


# The weekly digests in the database: one row for each workspace and ISO week.

_KEY = ("team", "week")


class EditionStore:
    """The `Editions` port."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begun(self, team: str, schedule: str, now: float) -> float:
        known = sa.select(DIGEST_SCHEDULES).where(DIGEST_SCHEDULES.c.team == team)
        async with self._database.read(alone=True) as connection:
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
        query = sa.select(DIGESTS).where(DIGESTS.c.team == team).order_by(DIGESTS.c.week.desc()).limit(1)
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(query)).mappings().first()
        return _edition(row) if row else None

    async def open(self, edition: Edition) -> bool:
        insert = self._database.insert(DIGESTS).values(_row(edition)).on_conflict_do_nothing()
        async with self._database.write(alone=True) as connection:
            return (await connection.execute(insert.returning(DIGESTS.c.week))).first() is not None

    async def reopen(self, edition: Edition) -> bool:
        row = _row(edition)
        insert = self._database.insert(DIGESTS).values(row)
        unposted = DIGESTS.c.state.in_((EditionState.SKIPPED, EditionState.QUIET))
        anew = insert.on_conflict_do_update(index_elements=_KEY, set_=row, where=unposted)
        async with self._database.write(alone=True) as connection:
            return (await connection.execute(anew.returning(DIGESTS.c.week))).first() is not None

    async def skip(self, team: str, week: str, slots: tuple[Slot, ...]) -> None:
        left = (DIGESTS.c.team == team) & (DIGESTS.c.week < week) & (DIGESTS.c.state == EditionState.RESERVED)
        async with self._database.write() as connection:
            await connection.execute(sa.update(DIGESTS).where(left).values(state=EditionState.SKIPPED))
            for slot in slots:
                period = Period(slot.moment, slot.moment)
                missed = Edition(team, slot.week, slot.moment, period=period, state=EditionState.SKIPPED)
                await connection.execute(self._database.insert(DIGESTS).values(_row(missed)).on_conflict_do_nothing())

    async def missed(self, team: str, week: str) -> tuple[float, ...]:
        earlier = (DIGESTS.c.team == team) & (DIGESTS.c.week < week)
        posted = sa.select(sa.func.max(DIGESTS.c.week)).where(earlier, DIGESTS.c.state == EditionState.POSTED)
        since = sa.func.coalesce(posted.scalar_subquery(), "")
        query = sa.select(DIGESTS.c.slot).where(
            earlier, DIGESTS.c.state == EditionState.SKIPPED, DIGESTS.c.week > since
        )
        async with self._database.read(alone=True) as connection:
            return tuple((await connection.execute(query.order_by(DIGESTS.c.week))).scalars())

    async def find(self, team: str, week: str) -> Edition | None:
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(sa.select(DIGESTS).where(_is(team, week)))).mappings().first()
        return _edition(row) if row else None

    async def claim(self, edition: Edition, owner: str) -> Edition | None:
        taken = sa.update(DIGESTS).where(_unchanged(edition)).values(owner=owner, reserved_at=self._clock.now())
        async with self._database.write(alone=True) as connection:
            row = (await connection.execute(taken.returning(*DIGESTS.c))).mappings().first()
        return _edition(row) if row else None

    async def posted(self, edition: Edition, channel: str, ts: str) -> bool:
        values = {"state": EditionState.POSTED, "channel": channel, "ts": ts}
        async with self._database.write(alone=True) as connection:
            noted = await connection.execute(sa.update(DIGESTS).where(_unchanged(edition)).values(values))
            return noted.rowcount == 1

    async def settle(self, edition: Edition, state: EditionState, channel: str = "", ts: str = "") -> None:
        values = {"state": state, "channel": channel, "ts": ts}
        async with self._database.write(alone=True) as connection:
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
