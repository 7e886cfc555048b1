"""Verdicts, exceptions and thumbs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.deciding import (
    Answer,
    Decision,
    Feedback,
    FeedbackReason,
    GuidelineException,
    Repeat,
    Scope,
    Thumb,
    Verdict,
    VerdictReason,
)
from bot.core.digesting import Lapse
from bot.core.drafts import Place
from bot.store.reviewing import from_json
from bot.store.tables import (
    ANSWERS,
    DRAFTS,
    ERASED,
    EXCEPTIONS,
    FEEDBACK,
    OPT_OUTS,
    POINTS,
    REVIEWS,
    SAME_POINTS,
    VERDICTS,
    belongs_to,
    is_alive,
    is_draft,
    key_of,
    place_in,
    rows_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy.dialects import postgresql, sqlite

    from bot.core.deciding import Mute, Rated
    from bot.core.findings import Finding
    from bot.core.ports import Clock
    from bot.store.database import Connection, Database


# Verdicts and answers in the database.


class VerdictStore:
    """The `Verdicts` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, draft_id: str, verdict: Verdict) -> None:
        key = key_of(draft_id) | {"finding": verdict.finding}
        said = {"decision": verdict.decision, "user": verdict.user, "at": verdict.at, "revision": verdict.revision}
        said |= {"reason": verdict.reason or "", "note": verdict.note}
        of_point = belongs_to(draft_id, POINTS) & (POINTS.c.ref == verdict.finding)
        async with self._database.write() as connection:
            if await _keep_latest(connection, self._database.insert(VERDICTS), key, said=said):
                await connection.execute(sa.update(POINTS).where(of_point).values(decision=verdict.decision))


class RepeatStore:
    """The `Repeats` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def dismissed(self, team: str, channel: str, reason: VerdictReason, since: float) -> tuple[Repeat, ...]:
        at = sa.cast(sa.func.nullif(VERDICTS.c.at, ""), sa.Double)
        there = (VERDICTS.c.team == team) & VERDICTS.c.draft_id.startswith(f"{team}:{channel}:", autoescape=True)
        said = (VERDICTS.c.decision == Decision.DISMISSED) & (VERDICTS.c.reason == reason) & (at >= since)
        same = (REVIEWS.c.team == VERDICTS.c.team) & (REVIEWS.c.draft_id == VERDICTS.c.draft_id)
        query = sa.select(VERDICTS.c.draft_id, VERDICTS.c.finding, REVIEWS.c.critique).join(REVIEWS, same)
        query = query.where(there, said).order_by(at.desc(), REVIEWS.c.reviewed_at.desc())
        return await self._database.aside(lambda plain: _repeats(plain.execute(query).mappings()))


def _repeats(rows: Iterable[sa.RowMapping]) -> tuple[Repeat, ...]:
    found: dict[tuple[str, str], Repeat] = {}
    known: set[tuple[str, str]] = set()
    for row in rows:
        draft_id, ref = row["draft_id"], row["finding"]
        if (draft_id, ref) not in known and (finding := _point_in(row["critique"], ref)):
            known.add((draft_id, ref))
            found.setdefault((draft_id, finding.guideline), Repeat(draft_id, finding))
    return tuple(found.values())


async def finding_of(connection: Connection, draft_id: str, ref: str) -> Finding | None:
    """The point as the newest review that has it says it."""
    query = sa.select(REVIEWS.c.critique).where(belongs_to(draft_id, REVIEWS)).order_by(REVIEWS.c.reviewed_at.desc())
    said = (_point_in(critique, ref) for critique in (await connection.execute(query)).scalars())
    return next((finding for finding in said if finding), None)


def _point_in(stored: dict[str, Any], ref: str) -> Finding | None:
    critique = from_json(stored)
    every = [one for finding in critique.findings for one in (finding, *finding.parts)]
    every += [*critique.leads, *(point.finding for point in critique.in_pictures)]
    return next((finding for finding in every if finding.ref == ref), None)


class AnswerStore:
    """The `Answers` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, draft_id: str) -> tuple[Answer, ...]:
        async with self._database.read(alone=True) as connection:
            return await answers_of(connection, draft_id)

    async def record(self, draft_id: str, answer: Answer) -> None:
        key = key_of(draft_id) | {"guideline": answer.guideline}
        said = {"answer": answer.answer, "user": answer.user, "at": answer.at}
        asked = {"question": answer.question, "options": list(answer.options)}
        async with self._database.write() as connection:
            await _keep_latest(connection, self._database.insert(ANSWERS), key, said=said | asked)


async def verdicts_of(connection: Connection, draft_id: str) -> tuple[Verdict, ...]:
    """The verdicts about a draft, always in the same order."""
    rows = (await connection.execute(rows_of(VERDICTS, "finding"), key_of(draft_id))).mappings()
    return tuple(_verdict(row) for row in rows)


async def answers_of(connection: Connection, draft_id: str) -> tuple[Answer, ...]:
    """The answers about a draft, always in the same order."""
    rows = (await connection.execute(rows_of(ANSWERS, "guideline"), key_of(draft_id))).mappings()
    return tuple(_answer(row) for row in rows)


def _verdict(row: sa.RowMapping) -> Verdict:
    return Verdict(
        row["finding"],
        Decision(row["decision"]),
        row["user"],
        at=row["at"],
        revision=row["revision"],
        reason=VerdictReason(row["reason"]) if row["reason"] else None,
        note=row["note"],
    )


def _answer(row: sa.RowMapping) -> Answer:
    return Answer(
        row["guideline"],
        row["answer"],
        row["user"],
        at=row["at"],
        question=row["question"],
        options=tuple(row["options"]),
    )


async def _keep_latest(
    connection: Connection, insert: sqlite.Insert | postgresql.Insert, key: dict[str, Any], said: dict[str, Any]
) -> bool:
    """True where it is kept now."""
    at = insert.table.c.at
    later = insert.values(key | said).on_conflict_do_update(index_elements=list(key), set_=said, where=at < said["at"])
    if not await is_alive(connection, key["draft_id"]):
        return False
    # Of an INSERT PostgreSQL's driver counts no rows.
    return (await connection.execute(later.returning(at))).first() is not None


# Exceptions to guidelines in the database.

_LASTS = EXCEPTIONS.c.lifted_at.is_(None) & (
    EXCEPTIONS.c.expires_at.is_(None) | (EXCEPTIONS.c.expires_at > sa.bindparam("now"))
)
_OF = sa.select(EXCEPTIONS).where(EXCEPTIONS.c.team == sa.bindparam("team"), _LASTS)
_IN_FORCE = _OF.order_by(EXCEPTIONS.c.created_at.desc(), EXCEPTIONS.c.id)


class ExceptionTable:
    """The `ExceptionStore` port, and the digest's `Exceptions`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, exception: GuidelineException) -> bool:
        values = asdict(exception)
        del values["also"]  # which is told draft by draft
        insert = self._database.insert(EXCEPTIONS).values(values)
        place = place_in(Place.of(exception.draft_id))
        async with self._database.write() as connection:
            if (await connection.execute(ERASED, place)).scalar():  # what was made of an audit may name no draft
                return False
            await connection.execute(insert.on_conflict_do_nothing())
        return True

    async def of(self, team: str) -> tuple[GuidelineException, ...]:
        async with self._database.read() as connection:
            return await exceptions_in_force(connection, team, self._clock.now())

    async def find(self, team: str, exception_id: str) -> GuidelineException | None:
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(sa.select(EXCEPTIONS).where(_is(team, exception_id)))).mappings().first()
            return _exception(row) if row else None

    async def lift(self, team: str, exception_id: str, user: str) -> bool:
        now = self._clock.now()
        ended = sa.update(EXCEPTIONS).where(_is(team, exception_id), _LASTS).values(lifted_at=now, lifted_by=user)
        async with self._database.write(alone=True) as connection:
            return (await connection.execute(ended, {"now": now})).rowcount == 1

    async def forget(self, team: str, user: str) -> int:
        own = (EXCEPTIONS.c.team == team) & (EXCEPTIONS.c.author == user)
        ended = (EXCEPTIONS.c.team == team) & (EXCEPTIONS.c.lifted_by == user)
        async with self._database.write() as connection:
            blank = sa.update(EXCEPTIONS).where(own).values(author="", note="")
            forgotten = (await connection.execute(blank)).rowcount
            await connection.execute(sa.update(EXCEPTIONS).where(ended).values(lifted_by=""))
        await self._database.wipe()
        return forgotten

    async def lapsing(self, team: str, until: float) -> tuple[Lapse, ...]:
        ends = [(one.expires_at, one.guideline) for one in await self.of(team) if one.expires_at is not None]
        return tuple(Lapse(guideline, at) for at, guideline in sorted(ends) if at < until)


async def exceptions_in_force(connection: Connection, team: str, now: float) -> tuple[GuidelineException, ...]:
    """The workspace's exceptions at this moment, the newest first."""
    rows = (await connection.execute(_IN_FORCE, {"team": team, "now": now})).mappings()
    return tuple(_exception(row) for row in rows)


async def every_exception(connection: Connection, team: str) -> tuple[GuidelineException, ...]:
    """All of the workspace's, those that have ended as well."""
    rows = (await connection.execute(sa.select(EXCEPTIONS).where(EXCEPTIONS.c.team == team))).mappings()
    return tuple(_exception(row) for row in rows)


def _is(team: str, exception_id: str) -> sa.ColumnElement[bool]:
    return (EXCEPTIONS.c.team == team) & (EXCEPTIONS.c.id == exception_id)


def _exception(row: sa.RowMapping) -> GuidelineException:
    fields: dict[str, Any] = {**row, "scope": Scope(row["scope"]), "reason": VerdictReason(row["reason"])}
    return GuidelineException(**fields)


# What a model told of pairs of points, in the database.


class SamePointTable:
    """The `SamePoints` port."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept = database.insert(SAME_POINTS).on_conflict_do_nothing()

    async def told(self, team: str, refs: Collection[tuple[str, str]]) -> dict[tuple[str, str], bool]:
        table = SAME_POINTS.c
        query = sa.select(table.known, table.later, table.same).where(table.team == team)
        query = query.where(table.known.in_({known for known, _ in refs}))
        query = query.where(table.later.in_({later for _, later in refs}))
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(query)).mappings().all()
        told = {(row["known"], row["later"]): row["same"] for row in rows}
        return {pair: same for pair, same in told.items() if pair in refs}

    async def keep(self, draft_id: str, told: Mapping[tuple[str, str], bool]) -> None:
        rows = [key_of(draft_id) | {"known": one, "later": other, "same": same} for (one, other), same in told.items()]
        async with self._database.write() as connection:
            if rows and await is_alive(connection, draft_id):
                for row in rows:
                    await connection.execute(self._kept, row)


async def same_points_of(
    connection: Connection, team: str, drafts: Collection[str]
) -> dict[str, list[tuple[str, str]]]:
    """By draft the refs of what was left alone and of the points that say the same."""
    here = (SAME_POINTS.c.team == team) & SAME_POINTS.c.draft_id.in_(drafts) & SAME_POINTS.c.same
    same: dict[str, list[tuple[str, str]]] = {}
    for row in (await connection.execute(sa.select(SAME_POINTS).where(here))).mappings():
        same.setdefault(row["draft_id"], []).append((row["known"], row["later"]))
    return same


# Feedback on critiques in the database.


class FeedbackStore:
    """The `Feedbacks` port."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def find(self, rated: Rated, user: str) -> Feedback | None:
        own = belongs_to(rated.draft_id, FEEDBACK)
        own &= (FEEDBACK.c.revision == rated.revision) & (FEEDBACK.c.user == user)
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(sa.select(FEEDBACK).where(own))).mappings().first()
        return (
            Feedback(user, Thumb(row["thumb"]), row["at"], reason=FeedbackReason(row["reason"]), note=row["note"])
            if row
            else None
        )

    async def save(self, rated: Rated, feedback: Feedback) -> bool:
        key = key_of(rated.draft_id) | {"revision": rated.revision, "user": feedback.user}
        said: dict[str, Any] = {"thumb": feedback.thumb, "at": feedback.at, "reason": feedback.reason}
        said |= {"note": feedback.note, "given_at": self._clock.now()}
        insert = self._database.insert(FEEDBACK).values(key | said)
        later = insert.on_conflict_do_update(index_elements=list(key), set_=said, where=FEEDBACK.c.at <= feedback.at)
        async with self._database.write() as connection:
            if not await is_alive(connection, rated.draft_id):
                return False
            await connection.execute(later)
            return True


# Muted threads, and people who want no reviews.

_IS_OUT = sa.select(OPT_OUTS.c.at).where(
    OPT_OUTS.c.team == sa.bindparam("team"), OPT_OUTS.c.user == sa.bindparam("user")
)


class ThreadMuteStore:
    """The `ThreadMutes` port; a mute is a column of its draft."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def mute(self, draft_id: str, mute: Mute) -> bool:
        return await self._set(draft_id, DRAFTS.c.muted_by == "", muted_by=mute.by, muted_at=mute.at)

    async def unmute(self, draft_id: str) -> bool:
        return await self._set(draft_id, DRAFTS.c.muted_by != "", muted_by="", muted_at=0.0)

    async def _set(self, draft_id: str, where: sa.ColumnElement[bool], **values: object) -> bool:
        async with self._database.write() as connection:
            if not await is_alive(connection, draft_id):
                return False
            await connection.execute(sa.update(DRAFTS).where(is_draft(Place.of(draft_id)), where).values(values))
            return True


class OptOutStore:
    """The `OptOuts` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, team: str, user: str, at: float) -> bool:
        insert = self._database.insert(OPT_OUTS).values(team=team, user=user, at=at).on_conflict_do_nothing()
        async with self._database.write(alone=True) as connection:
            return (await connection.execute(insert.returning(OPT_OUTS.c.team))).first() is not None

    async def remove(self, team: str, user: str) -> bool:
        gone = sa.delete(OPT_OUTS).where(OPT_OUTS.c.team == team, OPT_OUTS.c.user == user)
        async with self._database.write(alone=True) as connection:
            return (await connection.execute(gone)).rowcount == 1

    async def is_out(self, team: str, user: str) -> bool:
        async with self._database.read(alone=True) as connection:
            return (await connection.execute(_IS_OUT, {"team": team, "user": user})).first() is not None
