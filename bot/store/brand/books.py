"""Brand books that were read, and what is proposed from them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.brand.books import Book, BookState, ProposalState, as_stored, from_stored
from bot.store.database import storable
from bot.store.tables import BOOKS

if TYPE_CHECKING:
    from bot.store.database import Database


class BookStore:
    """The `Books` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, team: str, book: Book) -> None:
        insert = self._database.insert(BOOKS).values(_row(team, book)).on_conflict_do_nothing()
        async with self._database.write(alone=True) as connection:
            await connection.execute(insert)

    async def find(self, team: str, book_id: str) -> Book | None:
        query = sa.select(BOOKS).where(_one(team, book_id))
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(query)).mappings().first()
        return _book(dict(row)) if row else None

    async def open(self, team: str) -> tuple[Book, ...]:
        query = sa.select(BOOKS).where(BOOKS.c.team == team).order_by(BOOKS.c.at.desc())
        async with self._database.read(alone=True) as connection:
            books = [_book(dict(row)) for row in (await connection.execute(query)).mappings()]
        return tuple(book for book in books if book.open)

    async def note(self, team: str, book: Book, before: Book) -> bool:
        async with self._database.write() as connection:
            query = sa.select(BOOKS).where(_one(team, book.id)).with_for_update()
            row = (await connection.execute(query)).mappings().first()
            if row is None or _book(dict(row)) != before:
                return False
            await connection.execute(sa.update(BOOKS).where(_one(team, book.id)).values(_row(team, book)))
            return True

    async def decide(self, team: str, book_id: str, number: int, state: ProposalState) -> bool:
        async with self._database.write() as connection:
            query = sa.select(BOOKS).where(_one(team, book_id)).with_for_update()
            row = (await connection.execute(query)).mappings().first()
            book = _book(dict(row)) if row else None
            if book is None or number not in dict(book.open):
                return False
            kept = _row(team, book.decided(number, state))["proposals"]
            await connection.execute(sa.update(BOOKS).where(_one(team, book_id)).values(proposals=kept))
            return True

    async def remove(self, team: str, book_id: str) -> None:
        async with self._database.write() as connection:
            await connection.execute(sa.delete(BOOKS).where(_one(team, book_id)))
        await self._database.wipe()


def _one(team: str, book_id: str) -> sa.ColumnElement[bool]:
    return (BOOKS.c.team == team) & (BOOKS.c.id == book_id)


def _row(team: str, book: Book) -> dict[str, Any]:
    row = {one.name: getattr(book, one.name) for one in fields(book)} | {"team": team, "state": book.state.value}
    return row | {"name": storable(book.name), "proposals": [as_stored(one) for one in book.proposals]}


def _book(row: dict[str, Any]) -> Book:
    del row["team"]
    row |= {"state": BookState(row["state"]), "proposals": tuple(map(from_stored, row["proposals"]))}
    return Book(**row)
