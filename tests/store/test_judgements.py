from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.core.judging import Judgement, ModelPart, Usage
from bot.core.reviewing import ReviewJob
from bot.core.spending import ModelPrices
from bot.store.reviewing import JudgementStore, from_json, to_json
from bot.store.tables import JUDGEMENTS
from tests.store.samples import PLACE, critique, message, review

if TYPE_CHECKING:
    from bot.store.database import Database
    from bot.store.drafts import DraftStore
    from tests.store.samples import FixedClock

JOB = ReviewJob(PLACE.draft_id, "0", 0)
FULL = Judgement(
    critique().findings,
    critique().questions,
    dropped=2,
    model="m-1",
    usage=Usage(2, 1_000_000, 500_000, output_tokens=100_000),
)


@pytest.fixture
async def judgements(database: Database, clock: FixedClock, drafts: DraftStore) -> JudgementStore:
    await drafts.add(message())
    return JudgementStore(database, clock, ModelPrices(1.0, 0.1, 10.0))


async def test_a_judgement_comes_back_as_it_was_for_an_equal_case(judgements: JudgementStore) -> None:
    await judgements.save(JOB, "d1", FULL)
    assert await judgements.find("T1", "d1") == FULL


async def test_no_other_workspace_and_no_other_case_finds_it(judgements: JudgementStore) -> None:
    await judgements.save(JOB, "d1", FULL)
    assert await judgements.find("T2", "d1") is None
    assert await judgements.find("T1", "d2") is None


async def test_an_unconfirmed_judgement_is_kept_and_not_found(judgements: JudgementStore, database: Database) -> None:
    await judgements.save(JOB, "d1", replace(FULL, confirmed=False))
    await judgements.save(JOB, "d2", replace(FULL, drops={"ungrounded": 1}))
    assert await judgements.find("T1", "d1") is None
    assert await judgements.find("T1", "d2") is None
    assert await _row(database, "model") == "m-1"


async def test_tokens_and_cost_are_kept(judgements: JudgementStore, database: Database) -> None:
    await judgements.save(JOB, "d1", FULL)
    assert await _row(database, "cached_tokens") == 500_000
    assert await _row(database, "cost_usd") == pytest.approx(0.5 + 0.05 + 1.0)


async def test_without_prices_no_cost_is_made_up(database: Database, clock: FixedClock, drafts: DraftStore) -> None:
    await drafts.add(message())
    await JudgementStore(database, clock).save(JOB, "d1", FULL)
    assert await _row(database, "cost_usd") is None


async def test_it_goes_with_its_draft_and_does_not_come_after_it(
    judgements: JudgementStore, drafts: DraftStore, database: Database
) -> None:
    await judgements.save(JOB, "d1", FULL)
    await drafts.erase(PLACE)
    await judgements.save(JOB, "d2", FULL)
    assert await _row(database, "digest") is None


async def test_the_review_before_is_found_by_its_round(drafts: DraftStore) -> None:
    await drafts.add(message())
    await drafts.save_review(review(JOB))
    assert await drafts.previous_review(JOB) is None
    assert await drafts.previous_review(ReviewJob(JOB.draft_id, "0", 3)) == review(JOB)
    assert await drafts.previous_review(ReviewJob(JOB.draft_id, "7.0", 3)) is None


def test_the_models_part_is_kept_and_older_critiques_can_be_read() -> None:
    full = replace(critique(), model_part=ModelPart.ANSWERED, model="m-1")
    assert from_json(to_json(full)) == full
    old = {key: value for key, value in to_json(full).items() if key not in ("model_part", "model")}
    assert from_json(old).model_part is ModelPart.OFF


async def _row(database: Database, column: str) -> object:
    async with database.read() as connection:
        return (await connection.execute(sa.select(JUDGEMENTS.c[column]))).scalar()
