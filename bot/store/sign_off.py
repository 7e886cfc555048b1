"""Sign-offs in the database."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.brand.posts import approved
from bot.core.drafts import Place
from bot.core.guidelines import Severity
from bot.core.reading.variants import split_variants, without_headings
from bot.core.sign_off import Act, OpenPoint, SignOffAct, Source, Subject, WaitingSignOff, fingerprint
from bot.store.brand.posts import keep_approved, no_terms
from bot.store.deciding import answers_of
from bot.store.tables import (
    ANSWERS,
    CLEAN_MESSAGES,
    CLEAN_TEXTS,
    DRAFT_ID,
    DRAFTS,
    OF_DRAFT,
    SIGN_OFFS,
    draft_in,
    is_alive,
    key_of,
    of_its_draft,
    rows_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.brand.posts import EarlierPost, Terms
    from bot.store.database import Connection, Database


class SignOffStore:
    """The `SignOffs` port."""

    def __init__(self, database: Database, terms: Terms = no_terms) -> None:
        """``terms`` are what an approved text will be found by."""
        self._database, self._terms = database, terms

    async def record(self, draft_id: str, act: SignOffAct) -> None:
        """Keep it, unless the same one is known, repeats what the person said last, or the draft was erased.

        A text that is approved is kept as said before, until somebody decides otherwise.
        """
        async with self._database.write() as connection:
            alive = await is_alive(connection, draft_id)  # nobody else decides until this has ended
            kept = act.following(await acts_of(connection, draft_id)) if alive else None
            if kept is not None:
                insert = self._database.insert(SIGN_OFFS).values(key_of(draft_id) | _values(kept))
                await connection.execute(insert.on_conflict_do_nothing())
                if kept.act is not Act.ASKED:
                    post = await _approved(connection, draft_id, kept) if kept.act is Act.APPROVED else None
                    await keep_approved(connection, draft_id, post, terms=self._terms)

    async def waiting(self, team: str) -> tuple[WaitingSignOff, ...]:
        """Beside the event loop: a workspace may have decided thousands."""

        def found(connection: sa.Connection) -> list[WaitingSignOff]:
            answers = defaultdict[str, list[tuple[str, str]]](list)
            for row in connection.execute(_ANSWERS, {"team": team}, execution_options=_PIECES):
                answers[row.draft_id].append((row.guideline, row.answer))
            return [
                WaitingSignOff(Place.of(row["draft_id"]), row["author_id"], since, stale=row["act"] != Act.ASKED)
                for row in connection.execute(_LATEST, {"team": team}, execution_options=_PIECES).mappings()
                if (since := _waits_since(row, answers.get(row["draft_id"], ()))) is not None
            ]

        waiting = await self._database.aside(found)
        return tuple(sorted(waiting, key=lambda one: (one.since, one.place.draft_id)))

    async def with_text(self, team: str, text: str) -> list[str]:
        """The ids of a workspace's drafts that say exactly this, or whose clean text does."""
        drafts = sa.select(DRAFT_ID).where(DRAFTS.c.team == team, ~DRAFTS.c.erased, DRAFTS.c.text == text)
        clean = sa.select(CLEAN_TEXTS.c.draft_id).where(CLEAN_TEXTS.c.team == team, CLEAN_TEXTS.c.text == text)
        async with self._database.read(alone=True) as connection:
            return list((await connection.execute(drafts.union(clean))).scalars())

    async def with_hash(self, team: str, sha256: str) -> str:
        """The text with that SHA-256 among the drafts that were ever approved; "" for none."""
        approved = sa.select(SIGN_OFFS.c.draft_id).where(SIGN_OFFS.c.team == team, SIGN_OFFS.c.act == Act.APPROVED)
        drafts = sa.select(DRAFTS.c.text).where(DRAFTS.c.team == team, ~DRAFTS.c.erased, DRAFT_ID.in_(approved))
        clean = sa.select(CLEAN_TEXTS.c.text).where(CLEAN_TEXTS.c.team == team, CLEAN_TEXTS.c.draft_id.in_(approved))

        def found(connection: sa.Connection) -> str:
            texts = connection.execute(drafts.union(clean)).scalars()
            return next((text for text in texts if fingerprint(text) == sha256), "")

        return await self._database.aside(found)


async def _approved(connection: Connection, draft_id: str, act: SignOffAct) -> tuple[EarlierPost, float] | None:
    """The very text that was approved; None where another one stands there by now."""
    row = (await connection.execute(_TEXTS, key_of(draft_id))).mappings().one()
    answers = [(one.guideline, one.answer) for one in await answers_of(connection, draft_id)]
    clean, draft = act.subject.source is Source.CLEAN, draft_in(row)
    text = row["clean_text"] if clean else draft.text
    if text is None or fingerprint(text, draft, answers) != act.subject.fingerprint:
        return None
    variants = split_variants(text, () if clean else draft.zones, draft.platform)
    platforms = {variant.platform for variant in variants}
    day = datetime.fromtimestamp(act.at, UTC).date().isoformat()
    platform = platforms.pop() if len(platforms) == 1 else ""
    return approved(without_headings(variants), day, platform, draft_id=draft_id), act.at


async def acts_of(connection: Connection, draft_id: str) -> tuple[SignOffAct, ...]:
    """Who asked for a draft's sign-off and who decided what, the earliest first."""
    rows = (await connection.execute(_ACTS, key_of(draft_id))).mappings()
    return tuple(_act(row) for row in rows)


def _values(act: SignOffAct) -> dict[str, Any]:
    values = {"key": act.key, "act": act.act, "user": act.user, "at": act.at, "note": act.note}
    values |= {"source": act.subject.source, "fingerprint": act.subject.fingerprint}
    return values | {"open": [[point.severity, point.guideline] for point in act.open], "reviewed": act.reviewed}


def _act(row: sa.RowMapping) -> SignOffAct:
    return SignOffAct(
        row["key"],
        Act(row["act"]),
        row["user"],
        at=row["at"],
        subject=Subject(Source(row["source"]), row["fingerprint"]),
        note=row["note"],
        open=tuple(OpenPoint(Severity(severity), guideline) for severity, guideline in row["open"]),
        reviewed=row["reviewed"],
    )


def _waits_since(row: sa.RowMapping, answers: Iterable[tuple[str, str]]) -> float | None:
    """The moment of the request, or of the edit that made a decision stale; None where nobody waits."""
    if row["act"] == Act.ASKED:
        return float(row["at"])
    clean = row["clean_ts"] is not None and row["clean_revision"] == row["revision"]
    text = row["clean_text"] if clean else row["text"]
    same = fingerprint(text, draft_in(row), answers) == row["fingerprint"]
    return None if same else float(max(row["at"], row["changed_at"]))


def _latest() -> sa.Select[Any]:
    """The last act of every draft of a workspace, with the texts that stand there now."""
    later = SIGN_OFFS.alias()
    same = (later.c.team == SIGN_OFFS.c.team) & (later.c.draft_id == SIGN_OFFS.c.draft_id)
    after = (later.c.at > SIGN_OFFS.c.at) | ((later.c.at == SIGN_OFFS.c.at) & (later.c.key > SIGN_OFFS.c.key))
    joined = SIGN_OFFS.join(DRAFTS, of_its_draft(SIGN_OFFS))
    for table in (CLEAN_TEXTS, CLEAN_MESSAGES):
        own = (table.c.team == SIGN_OFFS.c.team) & (table.c.draft_id == SIGN_OFFS.c.draft_id)
        joined = joined.outerjoin(table, own)
    acts = (SIGN_OFFS.c[name] for name in ("draft_id", "act", "at", "fingerprint"))
    drafts = (DRAFTS.c[name] for name in ("author_id", "changed_at", *OF_DRAFT))
    clean = (CLEAN_TEXTS.c.text.label("clean_text"), CLEAN_TEXTS.c.revision.label("clean_revision"))
    query = sa.select(*acts, *drafts, *clean, CLEAN_MESSAGES.c.ts.label("clean_ts")).select_from(joined)
    last = ~sa.exists().where(same & after)
    return query.where(SIGN_OFFS.c.team == sa.bindparam("team"), ~DRAFTS.c.erased, last)


def _texts() -> sa.Select[Any]:
    own = of_its_draft(CLEAN_TEXTS)
    same = (DRAFTS.c.team == sa.bindparam("team")) & (sa.bindparam("draft_id") == DRAFT_ID)
    both = (*(DRAFTS.c[name] for name in OF_DRAFT), CLEAN_TEXTS.c.text.label("clean_text"))
    return sa.select(*both).select_from(DRAFTS.outerjoin(CLEAN_TEXTS, own)).where(same)


def _answers() -> sa.Select[Any]:
    """Every answer about drafts that had a sign-off."""
    own = (SIGN_OFFS.c.team == ANSWERS.c.team) & (SIGN_OFFS.c.draft_id == ANSWERS.c.draft_id)
    query = sa.select(*(ANSWERS.c[name] for name in ("draft_id", "guideline", "answer")))
    return query.where(ANSWERS.c.team == sa.bindparam("team"), sa.exists().where(own))


_TEXTS = _texts()
_ANSWERS = _answers()
_PIECES = {"yield_per": 200}
"""Rows at a time: between them the event loop goes on, also where the database is a server."""
_ACTS = rows_of(SIGN_OFFS, "at").order_by("key")
_LATEST = _latest()
