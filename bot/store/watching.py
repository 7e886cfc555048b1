"""When Candor was there, what it has read, and what leads were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.watching import INTRODUCED, PROPOSED, UNREAD, Gap
from bot.store.tables import GAPS, NOTICES, PRESENCE, SEEN_REQUESTS, WATERMARKS

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.core.ports import Clock
    from bot.core.watching import Notice
    from bot.store.database import Database


# Up to which message each channel was seen.


class WatermarkStore:
    """The `Watermarks` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seen(self, team: str, channel: str, ts: str) -> None:
        insert = self._database.insert(WATERMARKS).values(team=team, channel=channel, first=ts, last=ts)
        later = insert.on_conflict_do_update(
            index_elements=("team", "channel"),
            set_={"last": ts},
            where=sa.cast(WATERMARKS.c.last, sa.Float) < float(ts),
        )
        async with self._database.write(alone=True) as connection:
            await connection.execute(later)

    async def seen_between(self, team: str, channel: str) -> tuple[str, str] | None:
        """The ts that was noted first, from which on the channel is watched, and the latest; None where none was."""
        query = sa.select(WATERMARKS.c.first, WATERMARKS.c.last)
        query = query.where(WATERMARKS.c.team == team, WATERMARKS.c.channel == channel)
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(query)).mappings().first()
            return (row["first"], row["last"]) if row else None


# When somebody last received a workspace's messages.


class PresenceStore:
    """The `Presence` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def present(self, team: str, now: float, longest: float) -> None:
        # Of several processes the first one finds the gap; the others wait here and then see its note.
        last = sa.select(PRESENCE.c.alive_at).where(PRESENCE.c.team == team).with_for_update()
        note = self._database.insert(PRESENCE).values(team=team, alive_at=now)
        note = note.on_conflict_do_update(
            index_elements=("team",), set_={"alive_at": now}, where=PRESENCE.c.alive_at < now
        )
        async with self._database.write() as connection:
            alive_at = (await connection.execute(last)).scalar()
            if alive_at is not None and now - alive_at > longest:
                gap = self._database.insert(GAPS).values(team=team, began=alive_at, ended=now)
                await connection.execute(gap.on_conflict_do_nothing())
            await connection.execute(note)

    async def gaps(self, team: str) -> list[Gap]:
        query = sa.select(GAPS).where(GAPS.c.team == team).order_by(GAPS.c.began)
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(query)).mappings()
            return [Gap(row["team"], row["began"], row["ended"]) for row in rows]

    async def told(self, gap: Gap) -> None:
        same = (GAPS.c.team == gap.team) & (GAPS.c.began == gap.began)
        async with self._database.write(alone=True) as connection:
            await connection.execute(sa.delete(GAPS).where(same))


# What each person was told.

_LEFT_BEHIND = 60.0
"""Seconds after which a reservation counts as left behind by a process that died."""
_KEPT = 365 * 86400.0
"""Seconds: longer than anything comes up again."""
_RESTS = 90 * 86400.0
"""Seconds for which a proposal is not made again."""
_KEY = ("team", "user", "key")
# Built once: to build a statement takes longer than to run it, and each answer of a model asks.
_GONE = (
    (NOTICES.c.team == sa.bindparam("of_team"))
    & (sa.func.substr(NOTICES.c.key, 1, sa.bindparam("length", type_=sa.Integer)) == sa.bindparam("prefix"))
    & NOTICES.c.key.not_in(sa.bindparam("but", expanding=True))
)
_ANY_GONE = sa.select(NOTICES.c.key).where(_GONE).limit(1)
_FORGET_GONE = sa.delete(NOTICES).where(_GONE)


class NoticeStore:
    """The `Notices` port."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def reserve(self, notice: Notice) -> bool:
        now = self._clock.now()
        values = {"team": notice.team, "user": notice.user, "key": notice.key, "reserved_at": now, "told": False}
        insert = self._database.insert(NOTICES).values(values)
        # One from the future was made before the clock was set back.
        holds = (NOTICES.c.reserved_at > now - _LEFT_BEHIND) & (NOTICES.c.reserved_at <= now + _LEFT_BEHIND)
        anew = insert.on_conflict_do_update(
            index_elements=_KEY, set_={"reserved_at": now}, where=~NOTICES.c.told & ~holds
        )
        async with self._database.write(alone=True) as connection:
            return (await connection.execute(anew.returning(NOTICES.c.team))).first() is not None

    async def told(self, notice: Notice) -> None:
        async with self._database.write(alone=True) as connection:
            await connection.execute(sa.update(NOTICES).where(_is(notice)).values(told=True))

    async def is_told(self, notice: Notice) -> bool:
        async with self._database.read(alone=True) as connection:
            return bool((await connection.execute(sa.select(NOTICES.c.told).where(_is(notice)))).scalar())

    async def forget_old(self) -> int:
        """Forget what was told a year ago, and proposals sooner, but not what is told until it is mended; how many."""
        kept = sa.or_(*(NOTICES.c.key.startswith(key, autoescape=True) for key in (INTRODUCED, UNREAD)))
        proposed, now = NOTICES.c.key.startswith(PROPOSED, autoescape=True), self._clock.now()
        old = ((NOTICES.c.reserved_at < now - _KEPT) & ~kept) | (proposed & (NOTICES.c.reserved_at < now - _RESTS))
        async with self._database.write(alone=True) as connection:
            return (await connection.execute(sa.delete(NOTICES).where(old))).rowcount

    async def forget(self, team: str, prefix: str, but: Collection[str]) -> None:
        gone = {"of_team": team, "length": len(prefix), "prefix": prefix, "but": list(but)}
        async with self._database.read(alone=True) as connection:  # often there's nothing, and readers hold nobody up
            found = (await connection.execute(_ANY_GONE, gone)).first()
        if found:
            async with self._database.write(alone=True) as connection:
                await connection.execute(_FORGET_GONE, gone)


_SWEPT_EVERY = 60.0
_AT_IT = 10.0
"""Seconds that answering takes at most. Until then ``until`` has a minus: the receiver may die before it is done."""


class SeenRequestStore:
    """The `SeenRequests` port: the signatures that any process of this database has taken."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._swept = 0.0

    async def claim(self, signature: str) -> bool | None:
        """Begin to answer it: False where it was answered, None where a receiver is at it, and may have died there.

        What is over goes with it, once a minute.
        """
        now, until = self._clock.now(), SEEN_REQUESTS.c.until
        begun = {"until": -(now + _AT_IT)}
        insert = self._database.insert(SEEN_REQUESTS).values(team="", signature=signature, **begun)
        left = (until < 0) & (until > -now)
        mine = insert.on_conflict_do_update(index_elements=["team", "signature"], set_=begun, where=left)
        async with self._database.write() as connection:
            if abs(now - self._swept) >= _SWEPT_EVERY:
                await connection.execute(sa.delete(SEEN_REQUESTS).where(sa.func.abs(until) < now))
                self._swept = now
            if (await connection.execute(mine.returning(SEEN_REQUESTS.c.signature))).first():
                return True
            known = sa.select(until).where(SEEN_REQUESTS.c.signature == signature)
            return False if float((await connection.execute(known)).scalar() or -1) > 0 else None

    async def answered(self, signature: str, until: float) -> None:
        async with self._database.write(alone=True) as connection:
            here = SEEN_REQUESTS.c.signature == signature
            await connection.execute(sa.update(SEEN_REQUESTS).where(here).values(until=until))

    async def release(self, signature: str) -> None:
        async with self._database.write(alone=True) as connection:
            await connection.execute(sa.delete(SEEN_REQUESTS).where(SEEN_REQUESTS.c.signature == signature))


def _is(notice: Notice) -> sa.ColumnElement[bool]:
    return (NOTICES.c.team == notice.team) & (NOTICES.c.user == notice.user) & (NOTICES.c.key == notice.key)
