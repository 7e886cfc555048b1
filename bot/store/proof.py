"""What people made of points, counted in the database."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.deciding import Decision, VerdictReason, letter_for_letter
from bot.core.proof import GuidelineProof, ProofCounts, RecordedChange
from bot.store.deciding import finding_of
from bot.store.digesting import CHECKED, NO_REVIEW, CountReviews, carried, decided_at, median_wait, of_point, within
from bot.store.tables import (
    EXCEPTIONS,
    FACT_CHANGES,
    GUIDELINE_CHANGES,
    POINTS,
    REVIEWS,
    SETTING_CHANGES,
    SIGN_OFFS,
    VERDICTS,
)

if TYPE_CHECKING:
    from bot.core.deciding import Covers
    from bot.core.digesting import Period
    from bot.store.database import Connection, Database
_NONE, _ADDED, _LIFTED = sa.literal(""), sa.literal("added"), sa.literal("lifted")


def _shown(team: str, period: Period) -> sa.ColumnElement[bool]:
    return (POINTS.c.team == team) & within(POINTS.c.seen_at, period) & ~POINTS.c.excepted & ~carried()


def _edited_away() -> sa.ColumnElement[bool]:
    """Of a point: other words were read since, and neither it nor another one of its guideline was in them.

    What a model had found is not gone because fixed checks alone have read the draft.
    """
    seen, later, other = REVIEWS.alias(), REVIEWS.alias(), POINTS.alias()
    here = [(one.c.team == POINTS.c.team) & (one.c.draft_id == POINTS.c.draft_id) for one in (seen, later, other)]
    as_well_read = (later.c.counts_as != CHECKED) | (seen.c.counts_as == CHECKED)
    # Differences and joined words, so that SQLite looks a draft's rows up by the draft and not by their moments.
    since = (seen.c.reviewed_at == POINTS.c.reviewed_at) & (later.c.reviewed_at - POINTS.c.reviewed_at > 0)
    edit = sa.exists().where(here[0], here[1], since, later.c.revision != seen.c.revision)
    edit = edit.where(later.c.counts_as != NO_REVIEW, as_well_read).correlate(POINTS)
    again = (other.c.guideline.concat("") == POINTS.c.guideline) & (other.c.seen_at > POINTS.c.reviewed_at)
    return (POINTS.c.decision == Decision.OPEN) & edit & ~sa.exists().where(here[2], again).correlate(POINTS)


def _repeated(team: str, period: Period) -> sa.Select[Any, Any, Any]:
    """Points that were first seen after the dismissal of another one of their guideline in their draft."""
    known = POINTS.alias()
    of_draft = (POINTS.c.team == VERDICTS.c.team) & (POINTS.c.draft_id == VERDICTS.c.draft_id)
    dismissed = (known.c.team == VERDICTS.c.team) & (known.c.draft_id == VERDICTS.c.draft_id)
    dismissed &= (known.c.ref == VERDICTS.c.finding) & (known.c.guideline == POINTS.c.guideline.concat(""))
    here = (VERDICTS.c.team == team) & (VERDICTS.c.decision == Decision.DISMISSED)
    return (
        sa.select(POINTS.c.draft_id, POINTS.c.ref, known.c.ref.label("known"))
        .select_from(VERDICTS.join(POINTS, of_draft).join(known, dismissed))
        .where(here, _shown(team, period), POINTS.c.dismissable, POINTS.c.ref != known.c.ref)
        .where(POINTS.c.seen_at > decided_at(VERDICTS))
    )


class ProofStore:
    """The `ProofFigures` port: of drafts that still exist, as the digest counts them."""

    def __init__(self, database: Database, covers: Covers = letter_for_letter) -> None:
        self._database, self._covers = database, covers
        self._count = CountReviews(database, covers)

    async def of(self, team: str, period: Period) -> ProofCounts:
        """Of the points that were first shown in that time."""
        await self._count(team)
        guidelines, replies, wait = await self._database.aside(partial(_counts, team=team, period=period))
        return ProofCounts(guidelines, await self._repeats(team, period), replies=replies, median_wait=wait)

    async def changes(self, team: str, period: Period) -> tuple[RecordedChange, ...]:
        """Who changed what in that time: settings, facts, guidelines, sign-offs, exceptions; the earliest first."""
        async with self._database.read() as connection:
            rows = [row for query in _changes(team, period) for row in (await connection.execute(query)).all()]
        found = (RecordedChange(*row) for row in rows)
        return tuple(sorted(found, key=lambda one: (one.at, one.kind, one.about, one.act)))

    async def _repeats(self, team: str, period: Period) -> int:
        """Points that say what was dismissed before in the same draft, and no more. Few have to be looked at."""
        rows = await self._database.aside(lambda connection: connection.execute(_repeated(team, period)).all())
        async with self._database.read() as connection:
            back = {
                (row.draft_id, row.ref)
                for row in rows
                if await self._is_repeat(connection, row.draft_id, row.known, ref=row.ref)
            }
        return len(back)

    async def _is_repeat(self, connection: Connection, draft_id: str, known: str, ref: str) -> bool:
        old, new = await finding_of(connection, draft_id, known), await finding_of(connection, draft_id, ref)
        if old is None or new is None or new.severity.rank < old.severity.rank:
            return False
        return self._covers(old.quote, new.quote)


def _counts(
    connection: sa.Connection, *, team: str, period: Period
) -> tuple[tuple[GuidelineProof, ...], int, float | None]:
    used = sa.func.count(sa.case((POINTS.c.decision == Decision.USED, 1)))
    edited = sa.func.count(sa.case((_edited_away(), 1)))
    guideline, here = POINTS.c.guideline, _shown(team, period)
    counted = sa.select(guideline, sa.func.count(), used, edited).where(here).group_by(guideline)
    reasons = sa.select(guideline, VERDICTS.c.reason, sa.func.count()).select_from(
        POINTS.join(VERDICTS, of_point(VERDICTS))
    )
    reasons = reasons.where(here, VERDICTS.c.decision == Decision.DISMISSED).group_by(guideline, VERDICTS.c.reason)
    dismissed: dict[str, list[tuple[VerdictReason | None, int]]] = {}
    for name, reason, number in connection.execute(reasons):
        dismissed.setdefault(name, []).append((VerdictReason(reason) if reason else None, int(number)))
    found = [
        GuidelineProof(name, shown, accepted, edited=gone, dismissed=_in_order(dismissed.get(name, [])))
        for name, shown, accepted, gone in connection.execute(counted)
    ]
    replies, wait = median_wait(connection, team, period)
    return tuple(sorted(found, key=lambda one: (-one.shown, one.guideline))), replies, wait


def _in_order(dismissed: list[tuple[VerdictReason | None, int]]) -> tuple[tuple[VerdictReason | None, int], ...]:
    return tuple(sorted(dismissed, key=lambda pair: (-pair[1], pair[0] or "")))


def _changes(team: str, period: Period) -> list[sa.Select[Any]]:
    """The columns of a `RecordedChange`. No words of a channel: no quote and no note."""
    setting, fact, guideline, signed, exception = (
        table.c for table in (SETTING_CHANGES, FACT_CHANGES, GUIDELINE_CHANGES, SIGN_OFFS, EXCEPTIONS)
    )
    of_setting = (setting.field, sa.literal("changed"), setting.user, setting.old, setting.new)
    version = sa.cast(guideline.version, sa.Text)
    columns: list[tuple[str, sa.Column[Any], tuple[sa.ColumnElement[Any], ...]]] = [
        ("setting", setting.at, of_setting),
        ("fact", fact.at, (fact.fact, fact.act, fact.user, fact.old, fact.new)),
        ("guideline", guideline.at, (guideline.guideline, guideline.act, guideline.user, _NONE, version)),
        ("sign_off", signed.at, (signed.draft_id, signed.act, signed.user)),
        ("exception", exception.created_at, (exception.guideline, _ADDED, exception.author, _NONE, exception.scope)),
        ("exception", exception.lifted_at, (exception.guideline, _LIFTED, exception.lifted_by, exception.scope)),
    ]
    return [
        sa.select(at, sa.literal(kind), *rest).where(at.table.c.team == team, within(at, period))
        for kind, at, rest in columns
    ]
