"""Verdicts and answers in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.core.answer import Answer
from bot.core.verdict import Decision, Reason, Verdict
from bot.store.belonging import is_alive, key_of, rows_of
from bot.store.tables import ANSWERS, VERDICTS

if TYPE_CHECKING:
    import sqlalchemy as sa

    from bot.store.connection import Connection
    from bot.store.database import Database


class VerdictStore:
    """The `Verdicts` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, draft_id: str, verdict: Verdict) -> None:
        """Keep it, unless a later one on the same finding is known or the draft was erased."""
        key = key_of(draft_id) | {"finding": verdict.finding}
        said = {"decision": verdict.decision, "user": verdict.user, "at": verdict.at, "revision": verdict.revision}
        said |= {"reason": verdict.reason or "", "note": verdict.note}
        await _keep_latest(self._database, VERDICTS, key, said)


class AnswerStore:
    """The `Answers` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, draft_id: str) -> tuple[Answer, ...]:
        """The answers about a draft."""
        async with self._database.read() as connection:
            return await answers_of(connection, draft_id)

    async def record(self, draft_id: str, answer: Answer) -> None:
        """Keep it, unless a later one for the same guideline is known or the draft was erased."""
        key = key_of(draft_id) | {"guideline": answer.guideline}
        said = {"answer": answer.answer, "user": answer.user, "at": answer.at}
        asked = {"question": answer.question, "options": list(answer.options)}
        await _keep_latest(self._database, ANSWERS, key, said | asked)


async def verdicts_of(connection: Connection, draft_id: str) -> tuple[Verdict, ...]:
    """The verdicts about a draft, always in the same order."""
    rows = (await connection.execute(rows_of(VERDICTS, "finding"), key_of(draft_id))).mappings()
    return tuple(_verdict(row) for row in rows)


async def answers_of(connection: Connection, draft_id: str) -> tuple[Answer, ...]:
    """The answers about a draft, always in the same order."""
    rows = (await connection.execute(rows_of(ANSWERS, "guideline"), key_of(draft_id))).mappings()
    return tuple(_answer(row) for row in rows)


def _verdict(row: sa.RowMapping) -> Verdict:
    reason = Reason(row["reason"]) if row["reason"] else None
    said = (Decision(row["decision"]), row["user"], row["at"], row["revision"], reason, row["note"])
    return Verdict(row["finding"], *said)


def _answer(row: sa.RowMapping) -> Answer:
    asked = (row["question"], tuple(row["options"]))
    return Answer(row["guideline"], row["answer"], row["user"], row["at"], *asked)


async def _keep_latest(database: Database, table: sa.Table, key: dict[str, Any], said: dict[str, Any]) -> None:
    insert = database.insert(table).values(key | said)
    later = insert.on_conflict_do_update(index_elements=list(key), set_=said, where=table.c.at < said["at"])
    async with database.write() as connection:
        if await is_alive(connection, key["draft_id"]):
            await connection.execute(later)
