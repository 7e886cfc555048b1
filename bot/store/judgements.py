"""The model's judgements in the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.judgement import Judgement, Usage
from bot.core.message import Place
from bot.store.critiques import finding_from_json, picture_point_from_json, question_from_json
from bot.store.tables import DRAFTS, JUDGEMENTS

if TYPE_CHECKING:
    from bot.core.ports import Clock
    from bot.core.record import ReviewJob
    from bot.store.database import Database

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens, as the operator set them."""

    new: float
    cached: float
    output: float

    def of(self, usage: Usage) -> float:
        """What the tokens cost, in US dollars."""
        new = usage.input_tokens - usage.cached_tokens
        return (new * self.new + usage.cached_tokens * self.cached + usage.output_tokens * self.output) / _MILLION


class JudgementStore:
    """The `Judgements` port."""

    def __init__(self, database: Database, clock: Clock, prices: Prices | None = None) -> None:
        self._database = database
        self._clock = clock
        self._prices = prices

    async def find(self, team: str, digest: str) -> Judgement | None:
        """The judgement on an equal case of the workspace, or None."""
        equal = (JUDGEMENTS.c.team == team) & (JUDGEMENTS.c.digest == digest) & JUDGEMENTS.c.reusable
        query = sa.select(JUDGEMENTS.c.judgement).where(equal).order_by(JUDGEMENTS.c.judged_at).limit(1)
        async with self._database.read() as connection:
            stored = (await connection.execute(query)).scalar()
        return _from_json(stored) if stored else None

    async def save(self, job: ReviewJob, digest: str, judgement: Judgement) -> None:
        """Keep a judgement with what it cost, unless its draft was erased meanwhile.

        One that lacks a confirmation, or points that have no place, is kept for the record and not found again.
        """
        usage = judgement.usage
        values: dict[str, Any] = {"team": job.team, "draft_id": job.draft_id, "digest": digest}
        values |= {"revision": job.revision, "round": job.round, "judgement": asdict(judgement)}
        values |= {"reusable": judgement.reusable, "model": judgement.model, "calls": usage.calls}
        values |= {"input_tokens": usage.input_tokens, "cached_tokens": usage.cached_tokens}
        values |= {"output_tokens": usage.output_tokens, "judged_at": self._clock.now()}
        values["cost_usd"] = self._prices.of(usage) if self._prices else None
        insert = self._database.insert(JUDGEMENTS).values(values)
        place = Place.of(job.draft_id)
        here = (DRAFTS.c.team == place.team) & (DRAFTS.c.channel == place.channel) & (DRAFTS.c.ts == place.ts)
        async with self._database.write() as connection:
            kept = await connection.execute(sa.select(DRAFTS.c.erased).where(here).with_for_update())
            if kept.scalar() is False:
                keys = ["team", "draft_id", "digest"]
                await connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=values))


def _from_json(stored: dict[str, Any]) -> Judgement:
    fields: dict[str, Any] = {
        **stored,
        "findings": tuple(finding_from_json(finding) for finding in stored["findings"]),
        "questions": tuple(question_from_json(question) for question in stored["questions"]),
        "usage": Usage(**stored["usage"]),
        "in_pictures": tuple(picture_point_from_json(point) for point in stored.get("in_pictures", ())),
    }
    return Judgement(**fields)
