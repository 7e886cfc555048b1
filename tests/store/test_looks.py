from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.drafts import Picture
from bot.core.guidelines import Severity
from bot.core.judging import (
    Credentials,
    Critique,
    Hint,
    Judgement,
    LeftOut,
    Look,
    Outcome,
    PicturePoint,
    PictureReview,
    Signature,
    UseOfAI,
)
from bot.core.ports import SeenPictures
from bot.core.reviewing import Review
from bot.store.operating import OperationStore
from bot.store.reviewing import JudgementStore, PictureNoteStore, from_json, to_json
from tests.databases import everything_in
from tests.store.samples import PLACE, job, message

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database
    from bot.store.drafts import DraftStore
    from tests.store.samples import FixedClock

LOOK = Look("A zebra-marker in the snow.", "SALE\0", "A zebra", made_with_ai=Hint.SOMETHING)
POINT = PicturePoint(1, "a/claim", Severity.SHOULD_FIX, quote="SALE", why="Why.")


async def test_looks_come_back_as_they_were_for_their_draft_and_sight(database: Database, drafts: DraftStore) -> None:
    looks = PictureNoteStore(database)
    await drafts.add(message())
    said = Look(credentials=Credentials(Signature.UNKNOWN, UseOfAI.EDITED, "Loaf"))
    kept: dict[str, Look | LeftOut] = {"F1": LOOK, "F2": LeftOut.TOO_LARGE, "F3": said}
    for _ in range(2):
        await looks.save(job(), "s1", SeenPictures(kept, "m-1"))
    seen = await looks.of(job(revision="5.0"), "s1")
    assert (seen.by_file, seen.model) == (kept | {"F1": replace(LOOK, text="SALE\ufffd")}, "m-1")
    assert await looks.of(job(), "s2") == SeenPictures()
    assert await looks.of(job(replace(PLACE, team="T2")), "s1") == SeenPictures()


async def test_what_failed_counts_for_its_revision_only(database: Database, drafts: DraftStore) -> None:
    looks = PictureNoteStore(database)
    await drafts.add(message())
    await looks.save(job(), "s1", SeenPictures({"F1": LeftOut.UNSEEN}))
    assert (await looks.of(job(), "s1")).by_file == {"F1": LeftOut.UNSEEN}
    assert (await looks.of(job(revision="5.0"), "s1")).by_file == {}
    await looks.save(job(revision="5.0"), "s1", SeenPictures({"F1": LOOK}, "m-1"))
    assert isinstance((await looks.of(job(), "s1")).by_file["F1"], Look)


async def test_they_go_with_the_draft_and_none_comes_after_it(
    database: Database, drafts: DraftStore, url: str, tmp_path: Path
) -> None:
    looks = PictureNoteStore(database)
    await drafts.add(message())
    said = Look(credentials=Credentials(Signature.UNKNOWN, UseOfAI.MADE, "okapi-marker"))
    await looks.save(job(), "s1", SeenPictures({"F1": LOOK, "F2": said}, "m-1"))
    assert b"okapi-marker" in everything_in(url, tmp_path)
    assert b"zebra-marker" in everything_in(url, tmp_path)
    await drafts.erase(PLACE)
    await looks.save(job(), "s1", SeenPictures({"F1": LOOK}, "m-1"))
    assert await looks.of(job(), "s1") == SeenPictures()
    assert b"zebra-marker" not in everything_in(url, tmp_path)
    assert b"okapi-marker" not in everything_in(url, tmp_path)


async def test_a_draft_knows_the_files_of_its_pictures(drafts: DraftStore) -> None:
    pictures = (Picture("a jar", "F1"), Picture(file="F2"), Picture("a lid"), Picture())
    await drafts.add(replace(message(), pictures=pictures))
    found = await drafts.find(PLACE.draft_id)
    assert found
    assert found.draft.pictures == pictures


async def test_critiques_and_judgements_keep_what_they_say_of_pictures(
    database: Database, drafts: DraftStore, clock: FixedClock
) -> None:
    review = PictureReview(1, "m-1", (LeftOut.TOO_MANY,), points=(POINT,), alt_texts=((1, "A zebra"),), unread=1)
    review = replace(review, credentials=((1, Credentials(Signature.BROKEN, UseOfAI.MADE, "Loaf")),))
    critique = Critique(Outcome.FINDINGS, pictures=review)
    assert from_json(to_json(critique)) == critique
    await drafts.add(message())
    judgements = JudgementStore(database, clock)
    await judgements.save(job(), "d1", Judgement(in_pictures=(POINT,)))
    assert await judgements.find("T1", "d1") == Judgement(in_pictures=(POINT,))


async def test_a_critique_with_what_no_database_holds_keeps_the_others_readable(
    database: Database, drafts: DraftStore
) -> None:
    await drafts.add(message())
    point = replace(POINT, quote="SALE\0 \ud83d", why="Why 🍯 \\u0000.")
    seen = PictureReview(1, "m-1", points=(point,))
    await drafts.save_review(Review(job(), Critique(Outcome.FINDINGS, pictures=seen)))
    assert sum((await OperationStore(database).reviews(0.0)).by_part.values()) == 1
    found = await drafts.find_review(job())
    assert found
    assert found.critique.pictures == replace(seen, points=(replace(point, quote="SALE\ufffd ?"),))
