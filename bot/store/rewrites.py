"""The rewordings that authors share. Only ids are kept; the words are read from the draft and go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.critique import ModelPart
from bot.core.digest import Rewrite, ShownRewrite
from bot.core.message import Place
from bot.core.verdict import Decision
from bot.store.belonging import is_alive, key_of
from bot.store.critiques import from_json
from bot.store.digest_tables import SHARED_REWRITES
from bot.store.tables import DRAFTS, REVIEWS, VERDICTS

if TYPE_CHECKING:
    from bot.core.critique import Critique
    from bot.core.digest import Edition, Period
    from bot.store.connection import Connection
    from bot.store.database import Database

_KEY = ("team", "draft_id", "finding")
_COMPLETE = (ModelPart.OFF, ModelPart.ANSWERED)
_MOST = 20
"""Decisions that are looked at in one go."""


class RewriteStore:
    """The `Rewrites` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def candidates(self, team: str, since: float) -> tuple[tuple[str, Rewrite], ...]:
        """(author's user id, rewording) accepted since then, where the draft no longer has the point."""
        at = sa.cast(sa.func.nullif(VERDICTS.c.at, ""), sa.Double)
        same = (SHARED_REWRITES.c.team == VERDICTS.c.team) & (SHARED_REWRITES.c.draft_id == VERDICTS.c.draft_id)
        known = sa.exists().where(same & (SHARED_REWRITES.c.finding == VERDICTS.c.finding))
        used = (VERDICTS.c.team == team) & (VERDICTS.c.decision == Decision.USED) & (at >= since) & ~known
        query = sa.select(VERDICTS.c.draft_id, VERDICTS.c.finding).where(used).order_by(at.desc()).limit(_MOST)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
            found = [await _rewrite(connection, row["draft_id"], row["finding"]) for row in rows]
            return tuple([(await _author(connection, one.draft_id), one) for one in found if one])

    async def share(self, team: str, draft_id: str, ref: str, *, user: str, now: float) -> bool:
        """Note that the author agrees; False for anybody else, or where the draft is gone."""
        place = Place.of(draft_id)
        agreed = {"shared_at": now, "withdrawn": False}
        row: dict[str, Any] = {"team": team, "draft_id": draft_id, "finding": ref, "draft_channel": place.channel}
        row |= {"draft_ts": place.ts, "shown_channel": "", "shown_ts": ""} | agreed
        insert = self._database.insert(SHARED_REWRITES).values(row)
        async with self._database.write() as connection:
            if not await is_alive(connection, draft_id) or await _author(connection, draft_id) != user:
                return False
            await connection.execute(insert.on_conflict_do_update(index_elements=_KEY, set_=agreed))
            return True

    async def withdraw(self, team: str, draft_id: str, ref: str, *, user: str) -> bool:
        """Forget that the author agreed; False for anybody else."""
        async with self._database.write() as connection:
            if await _author(connection, draft_id) != user:
                return False
            await connection.execute(sa.update(SHARED_REWRITES).where(_is(team, draft_id, ref)).values(withdrawn=True))
            return True

    async def shared(self, team: str, period: Period) -> Rewrite | None:
        """One that an author agreed to show in that time and that stood under no digest before, or None."""
        agreed = (SHARED_REWRITES.c.team == team) & ~SHARED_REWRITES.c.withdrawn & (SHARED_REWRITES.c.shown_ts == "")
        agreed &= SHARED_REWRITES.c.shared_at >= period.since
        query = sa.select(SHARED_REWRITES).where(agreed).order_by(SHARED_REWRITES.c.shared_at).limit(_MOST)
        async with self._database.read() as connection:
            for row in (await connection.execute(query)).mappings().all():
                if rewrite := await _rewrite(connection, row["draft_id"], row["finding"]):
                    return rewrite
        return None

    async def shown(self, edition: Edition, rewrite: Rewrite, ts: str) -> None:
        """Note under which digest it stands."""
        here = _is(edition.team, rewrite.draft_id, rewrite.ref)
        values = {"shown_channel": edition.channel, "shown_ts": ts}
        async with self._database.write() as connection:
            await connection.execute(sa.update(SHARED_REWRITES).where(here).values(values))

    async def overdue(self) -> tuple[ShownRewrite, ...]:
        """Those whose draft was erased or whose author withdrew, while the words still stand there."""
        same = (DRAFTS.c.team == SHARED_REWRITES.c.team) & (DRAFTS.c.channel == SHARED_REWRITES.c.draft_channel)
        erased = sa.exists().where(same & (DRAFTS.c.ts == SHARED_REWRITES.c.draft_ts) & DRAFTS.c.erased)
        gone = (SHARED_REWRITES.c.shown_ts != "") & sa.or_(SHARED_REWRITES.c.withdrawn, erased)
        async with self._database.read() as connection:
            rows = (await connection.execute(sa.select(SHARED_REWRITES).where(gone))).mappings().all()
        return tuple(
            ShownRewrite(r["team"], r["draft_id"], r["finding"], r["shown_channel"], r["shown_ts"]) for r in rows
        )

    async def hidden(self, shown: ShownRewrite) -> None:
        """Note that the words are gone."""
        async with self._database.write() as connection:
            await connection.execute(sa.delete(SHARED_REWRITES).where(_is(shown.team, shown.draft_id, shown.ref)))


def _is(team: str, draft_id: str, ref: str) -> sa.ColumnElement[bool]:
    here = (SHARED_REWRITES.c.team == team) & (SHARED_REWRITES.c.draft_id == draft_id)
    return here & (SHARED_REWRITES.c.finding == ref)


def _draft(draft_id: str) -> sa.ColumnElement[bool]:
    place = Place.of(draft_id)
    return (DRAFTS.c.team == place.team) & (DRAFTS.c.channel == place.channel) & (DRAFTS.c.ts == place.ts)


async def _author(connection: Connection, draft_id: str) -> str:
    query = sa.select(DRAFTS.c.author_id).where(_draft(draft_id), ~DRAFTS.c.erased)
    return str((await connection.execute(query)).scalar() or "")


async def _rewrite(connection: Connection, draft_id: str, ref: str) -> Rewrite | None:
    """The words before and after, where the edit is still in use and the draft as it stands has the point no more."""
    here = (VERDICTS.c.team == Place.of(draft_id).team) & (VERDICTS.c.draft_id == draft_id)
    used = sa.select(VERDICTS.c.revision).where(here, VERDICTS.c.finding == ref, VERDICTS.c.decision == Decision.USED)
    then = (await connection.execute(used)).scalar()
    now = (await connection.execute(sa.select(DRAFTS.c.revision).where(_draft(draft_id), ~DRAFTS.c.erased))).scalar()
    if then is None or now is None or then == now:
        return None
    before, after = await _critique(connection, draft_id, then), await _critique(connection, draft_id, now)
    if before is None or after is None or after.model_part not in _COMPLETE:
        return None
    found = next((finding for finding in before.findings if finding.ref == ref), None)
    still = any(finding.ref == ref for finding in after.findings)
    if found is None or still or not found.replacement or "[" in found.replacement:
        return None
    return Rewrite(draft_id, ref, found.guideline, found.quote, found.replacement)


async def _critique(connection: Connection, draft_id: str, revision: str) -> Critique | None:
    here = (REVIEWS.c.team == key_of(draft_id)["team"]) & (REVIEWS.c.draft_id == draft_id)
    query = sa.select(REVIEWS.c.critique).where(here, REVIEWS.c.revision == revision)
    stored = (await connection.execute(query.order_by(REVIEWS.c.round.desc()).limit(1))).scalar()
    return from_json(stored) if stored else None
