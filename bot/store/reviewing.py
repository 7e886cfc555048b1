"""What reviews came to: critiques, judgements, pictures looked at, clean texts, private reviews, and jobs that died."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.drafts import Draft, Picture, Place
from bot.core.findings import CleanText, Edit, Finding, Origin
from bot.core.guidelines import Checks, Severity
from bot.core.judging import (
    Credentials,
    Critique,
    Hint,
    Judgement,
    LeftOut,
    Look,
    ModelPart,
    Outcome,
    PicturePoint,
    PictureReview,
    Question,
    Signature,
    Strictness,
    Usage,
    UseOfAI,
)
from bot.core.ports import SeenPictures
from bot.core.private_reviews import PrivateReview
from bot.store.brand.posts import gone_of
from bot.store.database import storable
from bot.store.tables import ATTEMPTS, CLEAN_TEXTS, JUDGEMENTS, LOOKS, PRIVATE_REVIEWS, is_alive, key_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.brand.posts import EarlierPost
    from bot.core.ports import Clock
    from bot.core.reviewing import ReviewJob
    from bot.core.spending import ModelPrices
    from bot.store.database import Connection, Database


# A critique as JSON in the store, and back.


def to_json(critique: Critique) -> dict[str, Any]:
    """Plain values only."""
    return asdict(critique)


def from_json(stored: dict[str, Any]) -> Critique:
    """What `to_json` gave, also where an older Candor wrote it."""
    return Critique(
        outcome=Outcome(stored["outcome"]),
        findings=tuple(finding_from_json(finding) for finding in stored["findings"]),
        questions=tuple(question_from_json(question) for question in stored["questions"]),
        fixed_rules_only=stored["fixed_rules_only"],
        guidelines=stored["guidelines"],
        model_part=ModelPart(stored.get("model_part", ModelPart.OFF)),
        model=stored.get("model", ""),
        pictures=_pictures_from_json(stored["pictures"]) if stored.get("pictures") else None,
        leads=tuple(finding_from_json(finding) for finding in stored.get("leads", ())),
        checks=Checks(**stored["checks"]) if stored.get("checks") else None,
        unplaced=stored.get("unplaced", 0),
        left_out=stored.get("left_out", 0),
        beyond=stored.get("beyond", 0),
        doubts=stored.get("doubts", 0),
        own_set=stored.get("own_set", 0),
        strictness=Strictness(stored.get("strictness", Strictness.NORMAL)),
        let_go=tuple(finding_from_json(finding) for finding in stored.get("let_go", ())),
    )


def finding_from_json(stored: dict[str, Any]) -> Finding:
    """One finding as it was before ``asdict``."""
    edit = stored["edit"]
    enums = {"severity": Severity(stored["severity"]), "origin": Origin(stored["origin"])}
    parts = tuple(finding_from_json(part) for part in stored.get("parts", ()))
    fields: dict[str, Any] = stored | enums | {"edit": _edit_from_json(edit) if edit else None, "parts": parts}
    return Finding(**fields)


def _edit_from_json(stored: dict[str, Any]) -> Edit:
    gone = tuple((start, end) for start, end in stored.get("gone", ()))
    return Edit(stored["start"], stored["end"], stored["text"], gone=gone)


def _pictures_from_json(stored: dict[str, Any]) -> PictureReview:
    return PictureReview(
        stored["looked"],
        stored["model"],
        tuple(map(LeftOut, stored["left_out"])),
        points=tuple(picture_point_from_json(point) for point in stored["points"]),
        alt_texts=tuple((number, text) for number, text in stored["alt_texts"]),
        credentials=tuple((number, _credentials(said)) for number, said in stored.get("credentials", ())),
        unread=stored.get("unread", 0),
    )


def _credentials(stored: dict[str, Any]) -> Credentials:
    return Credentials(Signature(stored["signature"]), UseOfAI(stored["ai"]), stored["program"])


def picture_point_from_json(stored: dict[str, Any]) -> PicturePoint:
    """One point about a picture as it was before ``asdict``."""
    fields: dict[str, Any] = stored | {"severity": Severity(stored["severity"])}
    return PicturePoint(**fields)


def question_from_json(stored: dict[str, Any]) -> Question:
    """One question as it was before ``asdict``."""
    return Question(stored["guideline"], stored["question"], tuple(stored["answers"]))


# The model's judgements in the database.


_EQUAL = (
    sa.select(JUDGEMENTS.c.judgement)
    .where(*(JUDGEMENTS.c[name] == sa.bindparam(name) for name in ("team", "digest")), JUDGEMENTS.c.reusable)
    .order_by(JUDGEMENTS.c.judged_at)
    .limit(1)
)


class JudgementStore:
    """The `Judgements` port."""

    def __init__(self, database: Database, clock: Clock, prices: ModelPrices | None = None) -> None:
        self._database = database
        self._clock = clock
        self._prices = prices
        insert = database.insert(JUDGEMENTS)
        anew = {column.name: insert.excluded[column.name] for column in JUDGEMENTS.columns}
        self._kept = insert.on_conflict_do_update(index_elements=["team", "draft_id", "digest"], set_=anew)

    async def find(self, team: str, digest: str) -> Judgement | None:
        """The judgement on an equal case of the workspace, or None."""
        async with self._database.read(alone=True) as connection:
            stored = (await connection.execute(_EQUAL, {"team": team, "digest": digest})).scalar()
        return _from_json(stored) if stored else None

    async def save(self, job: ReviewJob, digest: str, judgement: Judgement, beside: Sequence[EarlierPost] = ()) -> None:
        """Keep a judgement with what it cost, unless its draft was erased meanwhile, or a post ``beside`` it.

        One that lacks a confirmation, or points that have no place, is kept for the record and not found again.
        """
        usage = judgement.usage
        values: dict[str, Any] = {"team": job.team, "draft_id": job.draft_id, "digest": digest}
        values |= {"revision": job.revision, "round": job.round, "judgement": asdict(judgement)}
        values |= {"reusable": judgement.reusable, "model": judgement.model, "calls": usage.calls}
        values |= {"input_tokens": usage.input_tokens, "cached_tokens": usage.cached_tokens}
        values |= {"output_tokens": usage.output_tokens, "judged_at": self._clock.now()}
        values["cost_usd"] = self._prices.of(usage) if self._prices else None
        async with self._database.write() as connection:
            if await is_alive(connection, job.draft_id) and not await gone_of(connection, beside):
                await connection.execute(self._kept, values)


def _from_json(stored: dict[str, Any]) -> Judgement:
    fields: dict[str, Any] = {
        **stored,
        "findings": tuple(finding_from_json(finding) for finding in stored["findings"]),
        "questions": tuple(question_from_json(question) for question in stored["questions"]),
        "usage": Usage(**stored["usage"]),
        "in_pictures": tuple(picture_point_from_json(point) for point in stored.get("in_pictures", ())),
    }
    return Judgement(**fields)


# What a model said about pictures, in the database. The pictures themselves are nowhere in it.


_AGAIN = (LeftOut.UNSEEN, LeftOut.UNPAID)
"""What a later revision may bring."""


class PictureNoteStore:
    """The `PictureNotes` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, job: ReviewJob, sight: str) -> SeenPictures:
        query = rows_of(LOOKS).where(LOOKS.c.sight == sight)
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(query, key_of(job.draft_id))).mappings().all()
        held = [row for row in rows if row["left_out"] not in _AGAIN or row["revision"] == job.revision]
        model = next((row["model"] for row in held if row["model"]), "")
        return SeenPictures({row["file"]: _look(row["look"], row["left_out"]) for row in held}, model)

    async def save(self, job: ReviewJob, sight: str, seen: SeenPictures) -> None:
        async with self._database.write() as connection:
            if not await is_alive(connection, job.draft_id):
                return
            for file, one in seen.by_file.items():
                key = key_of(job.draft_id) | {"file": storable(file), "sight": sight}
                content = _content(one) | {"revision": job.revision, "model": storable(seen.model)}
                insert = self._database.insert(LOOKS).values(key | content)
                await connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=content))


def _content(one: Look | LeftOut) -> dict[str, Any]:
    if isinstance(one, LeftOut):
        return {"look": None, "left_out": one.value}
    said = {name: storable(value) if isinstance(value, str) else value for name, value in asdict(one).items()}
    return {"look": said, "left_out": ""}


def _look(stored: dict[str, Any] | None, left_out: str) -> Look | LeftOut:
    if stored is None:
        return LeftOut(left_out)
    said = stored.get("credentials")
    fields: dict[str, Any] = stored | {"made_with_ai": Hint(stored["made_with_ai"])}
    fields["credentials"] = _credentials(said) if said else None
    return Look(**fields)


# Clean texts in the database.


class CleanTextStore:
    """The `CleanTexts` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, draft_id: str, made: CleanText) -> None:
        key = key_of(draft_id)
        content = {"revision": made.revision, "text": made.text, "slots": list(made.slots)}
        insert = self._database.insert(CLEAN_TEXTS).values(key | content)
        async with self._database.write() as connection:
            if await is_alive(connection, draft_id):
                await connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=content))


async def clean_text_of(connection: Connection, draft_id: str) -> CleanText | None:
    """The clean text as it was last made."""
    row = (await connection.execute(rows_of(CLEAN_TEXTS), key_of(draft_id))).mappings().first()
    return CleanText(row["revision"], row["text"], tuple(row["slots"])) if row else None


# Private reviews in the database, and out of it again.

_BLANK: dict[str, Any] = {"text": "", "pictures": [], "zones": [], "answer_to": "", "critique": None, "ended": True}


class PrivateReviewStore:
    """The `PrivateReviews` port. What ended leaves a blank row until it is forgotten, so that it is not done again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, review: PrivateReview) -> None:
        insert = self._database.insert(PRIVATE_REVIEWS).values(_row(review))
        async with self._database.write(alone=True) as connection:
            await connection.execute(insert.on_conflict_do_nothing())

    async def find(self, review_id: str) -> PrivateReview | None:
        query = sa.select(PRIVATE_REVIEWS).where(_is(review_id), ~PRIVATE_REVIEWS.c.ended)
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(query)).mappings().first()
        return _review(row) if row else None

    async def save_critique(self, review_id: str, critique: Critique) -> None:
        open_ = _is(review_id) & ~PRIVATE_REVIEWS.c.ended
        async with self._database.write(alone=True) as connection:
            await connection.execute(sa.update(PRIVATE_REVIEWS).where(open_).values(critique=to_json(critique)))

    async def end(self, review_id: str) -> None:
        async with self._database.write(alone=True) as connection:
            await connection.execute(sa.update(PRIVATE_REVIEWS).where(_is(review_id)).values(_BLANK))
        await self._database.wipe()

    async def forget(self, before: float) -> int:
        async with self._database.write(alone=True) as connection:
            old = sa.delete(PRIVATE_REVIEWS).where(PRIVATE_REVIEWS.c.asked_at < before)
            forgotten = (await connection.execute(old)).rowcount
        if forgotten:
            await self._database.wipe()
        return forgotten

    async def waiting(self, before: float) -> list[str]:
        open_ = (PRIVATE_REVIEWS.c.asked_at < before) & ~PRIVATE_REVIEWS.c.ended
        query = sa.select(PRIVATE_REVIEWS.c.id).where(open_).order_by(PRIVATE_REVIEWS.c.asked_at)
        async with self._database.read(alone=True) as connection:
            return list((await connection.execute(query)).scalars())


def _is(review_id: str) -> sa.ColumnElement[bool]:
    return (PRIVATE_REVIEWS.c.team == review_id.partition(":")[0]) & (PRIVATE_REVIEWS.c.id == review_id)


def _row(review: PrivateReview) -> dict[str, Any]:
    place, draft = review.place, review.draft
    row: dict[str, Any] = {"team": place.team, "channel": place.channel, "ts": place.ts}
    row |= {"enterprise": place.enterprise, "id": review.id, "user": review.user, "at": review.at}
    row |= {"asked_at": review.asked_at, "author_id": review.author_id, "text": storable(draft.text)}
    row |= {"pictures": [storable(picture.alt_text) for picture in draft.pictures]}
    row |= {"zones": [list(zone) for zone in draft.zones], "answer_to": review.answer_to}
    row |= {"platform": draft.platform, "unread": draft.unread}
    return row | {"thread": review.thread, "critique": None, "ended": False}


def _review(row: sa.RowMapping) -> PrivateReview:
    return PrivateReview(
        Place(row["team"], row["channel"], row["ts"], enterprise=row["enterprise"]),
        row["user"],
        row["at"],
        asked_at=row["asked_at"],
        author_id=row["author_id"],
        draft=Draft(
            row["text"],
            row["platform"],
            unread=row["unread"],
            pictures=tuple(Picture(alt) for alt in row["pictures"]),
            zones=tuple((start, end) for start, end in row["zones"]),
        ),
        answer_to=row["answer_to"],
        thread=row["thread"],
        critique=from_json(row["critique"]) if row["critique"] else None,
    )


# Reviews that were begun and did not come to an end, in the database: what a crash leaves behind.


_ENDED = sa.delete(ATTEMPTS).where(*(ATTEMPTS.c[name] == sa.bindparam(name) for name in ("team", "draft_id")))


class AttemptStore:
    """The `Attempts` port."""

    def __init__(self, database: Database) -> None:
        self._database = database
        insert = database.insert(ATTEMPTS)
        same = ATTEMPTS.c.revision == insert.excluded.revision
        again = {"revision": insert.excluded.revision, "begun": sa.case((same, ATTEMPTS.c.begun + 1), else_=1)}
        self._begun = insert.on_conflict_do_update(index_elements=["team", "draft_id"], set_=again)

    async def of(self, job: ReviewJob) -> int:
        """How often the review of these words was begun and did not end."""
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(rows_of(ATTEMPTS), key_of(job.draft_id))).mappings().first()
            return int(row["begun"]) if row and row["revision"] == job.revision else 0

    async def begun(self, job: ReviewJob) -> None:
        async with self._database.write(alone=True) as connection:
            values = key_of(job.draft_id) | {"revision": job.revision, "begun": 1}
            await connection.execute(self._begun, values)

    async def ended(self, job: ReviewJob) -> None:
        async with self._database.write(alone=True) as connection:
            await connection.execute(_ENDED, key_of(job.draft_id))

    async def unended(self, least: int) -> list[tuple[str, int]]:
        """The ids of the drafts that were begun so often at least, each with how often."""
        query = sa.select(ATTEMPTS.c.draft_id, ATTEMPTS.c.begun).where(ATTEMPTS.c.begun >= least)
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(query.order_by(ATTEMPTS.c.draft_id))).mappings()
            return [(row["draft_id"], row["begun"]) for row in rows]
