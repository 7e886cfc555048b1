"""What an installation did lately, as its database says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.operating import ReviewsSeen
from bot.store.tables import DRAFT_ID, DRAFTS, JUDGEMENTS, PRESENCE, REVIEWS

if TYPE_CHECKING:
    from bot.store.database import Database

_MOST = 10_000
"""Waits of which the middle is taken."""


class OperationStore:
    """Reads alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reviews(self, since: float) -> ReviewsSeen:
        """The reviews that were made since then, of every workspace, and what the model took for them."""
        part = sa.func.coalesce(REVIEWS.c.critique["model_part"].as_string(), "").label("part")
        made = sa.select(part, sa.func.count().label("n")).where(REVIEWS.c.reviewed_at >= since).group_by(part)
        first = (REVIEWS.c.draft_id == DRAFT_ID) & (REVIEWS.c.revision == DRAFTS.c.revision) & (REVIEWS.c.round == 0)
        waits = sa.select((REVIEWS.c.reviewed_at - DRAFTS.c.changed_at).label("wait")).join_from(REVIEWS, DRAFTS, first)
        tokens = ("calls", "input_tokens", "cached_tokens", "output_tokens", "cost_usd")
        spent = sa.select(*(sa.func.sum(JUDGEMENTS.c[name]).label(name) for name in tokens))
        last = sa.select(part).where(REVIEWS.c.reviewed_at >= since).order_by(REVIEWS.c.reviewed_at.desc()).limit(1)
        async with self._database.read() as connection:
            by_part = {row["part"]: int(row["n"]) for row in (await connection.execute(made)).mappings()}
            waited = await connection.execute(waits.where(REVIEWS.c.reviewed_at >= since).limit(_MOST))
            seconds = [max(0.0, float(row["wait"])) for row in waited.mappings()]
            latest = (await connection.execute(last)).scalar()
            sums = (await connection.execute(spent.where(JUDGEMENTS.c.judged_at >= since))).mappings().one()
        cost = sums["cost_usd"]
        return ReviewsSeen(
            by_part,
            sorted(seconds),
            cost_usd=None if cost is None else float(cost),
            last=latest or "",
            **{name: int(sums[name] or 0) for name in tokens[:-1]},
        )

    async def teams(self) -> list[str]:
        """The workspaces that Candor has been in."""
        async with self._database.read(alone=True) as connection:
            return list((await connection.execute(sa.select(PRESENCE.c.team).order_by(PRESENCE.c.team))).scalars())

    async def heard(self) -> dict[str, float]:
        """When it was noted last that messages can arrive, by workspace."""
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(sa.select(PRESENCE.c.team, PRESENCE.c.alive_at))).mappings().all()
        return {row["team"]: float(row["alive_at"]) for row in rows}
