"""What each person was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.presence import INTRODUCED, UNREAD
from bot.store.tables import NOTICES

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.core.ports import Clock
    from bot.core.presence import Notice
    from bot.store.database import Database

_LEFT_BEHIND = 60.0
"""Seconds after which a reservation counts as left behind by a process that died."""
_KEPT = 365 * 86400.0
"""Seconds: longer than anything comes up again."""
_KEY = ("team", "user", "key")


class NoticeStore:
    """The `Notices` port."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def reserve(self, notice: Notice) -> bool:
        """Reserve to tell it; False where it is told already, or somebody reserved it just now."""
        now = self._clock.now()
        values = {"team": notice.team, "user": notice.user, "key": notice.key, "reserved_at": now, "told": False}
        insert = self._database.insert(NOTICES).values(values)
        # One from the future was made before the clock was set back.
        holds = (NOTICES.c.reserved_at > now - _LEFT_BEHIND) & (NOTICES.c.reserved_at <= now + _LEFT_BEHIND)
        anew = insert.on_conflict_do_update(
            index_elements=_KEY,
            set_={"reserved_at": now},
            where=~NOTICES.c.told & ~holds,
        )
        async with self._database.write() as connection:
            return (await connection.execute(anew.returning(NOTICES.c.team))).first() is not None

    async def told(self, notice: Notice) -> None:
        """Note that the person has it."""
        async with self._database.write() as connection:
            await connection.execute(sa.update(NOTICES).where(_is(notice)).values(told=True))

    async def is_told(self, notice: Notice) -> bool:
        """True where the person has it."""
        async with self._database.read() as connection:
            return bool((await connection.execute(sa.select(NOTICES.c.told).where(_is(notice)))).scalar())

    async def forget_old(self) -> int:
        """Forget what was told a year ago, but for what is told once ever or until it is mended; how many."""
        keys = NOTICES.c.key.startswith(INTRODUCED, autoescape=True) | NOTICES.c.key.startswith(UNREAD, autoescape=True)
        old = (NOTICES.c.reserved_at < self._clock.now() - _KEPT) & ~keys
        async with self._database.write() as connection:
            return (await connection.execute(sa.delete(NOTICES).where(old))).rowcount

    async def forget(self, team: str, prefix: str, but: Collection[str]) -> None:
        """Forget what was told under keys that begin with ``prefix``, but for those: it may be told anew."""
        gone = (NOTICES.c.team == team) & NOTICES.c.key.startswith(prefix, autoescape=True) & NOTICES.c.key.not_in(but)
        async with self._database.write() as connection:
            await connection.execute(sa.delete(NOTICES).where(gone))


def _is(notice: Notice) -> sa.ColumnElement[bool]:
    return (NOTICES.c.team == notice.team) & (NOTICES.c.user == notice.user) & (NOTICES.c.key == notice.key)
