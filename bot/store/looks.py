"""What a model said about pictures, in the database. The pictures themselves are nowhere in it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.core.picture_ports import Seen
from bot.core.pictures import Hint, LeftOut, Look
from bot.store.belonging import is_alive, key_of, rows_of
from bot.store.drafts import storable
from bot.store.tables import LOOKS

if TYPE_CHECKING:
    from bot.core.record import ReviewJob
    from bot.store.database import Database


class LookStore:
    """The `Looks` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, job: ReviewJob, sight: str) -> Seen:
        """What is known. What only failed counts for the revision in which it did."""
        query = rows_of(LOOKS).where(LOOKS.c.sight == sight)
        async with self._database.read() as connection:
            rows = (await connection.execute(query, key_of(job.draft_id))).mappings().all()
        held = [row for row in rows if row["left_out"] != LeftOut.UNSEEN or row["revision"] == job.revision]
        model = next((row["model"] for row in held if row["model"]), "")
        return Seen({row["file"]: _look(row["look"], row["left_out"]) for row in held}, model)

    async def save(self, job: ReviewJob, sight: str, seen: Seen) -> None:
        """Keep it, unless its draft was erased meanwhile."""
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
    return {"look": {name: storable(value) for name, value in asdict(one).items()}, "left_out": ""}


def _look(stored: dict[str, Any] | None, left_out: str) -> Look | LeftOut:
    if stored is None:
        return LeftOut(left_out)
    fields: dict[str, Any] = stored | {"made_with_ai": Hint(stored["made_with_ai"])}
    return Look(**fields)
