"""The weekly digests in the database: one row for each workspace and ISO week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.digest import Edition, EditionState, Period
from bot.store.digest_tables import DIGEST_SCHEDULES, DIGESTS

if TYPE_CHECKING:
    from bot.core.digest_schedule import Slot
    from bot.core.ports import Clock
    from bot.store.database import Database

_KEY = ("team", "week")


class EditionStore:
    """The `Editions` port."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begun(self, team: str, schedule: str, now: float) -> float:
        """Since when this schedule counts; one that differs from the last known begins ``now``."""
        known = sa.select(DIGEST_SCHEDULES).where(DIGEST_SCHEDULES.c.team == team)
        async with self._database.read() as connection:
            row = (await connection.execute(known)).mappings().first()
        if row and row["schedule"] == schedule:
            return float(row["since"])
        values = {"schedule": schedule, "since": now}
        insert = self._database.insert(DIGEST_SCHEDULES).values(team=team, **values)
        # Of several processes that notice it, the first one says when it began.
        differs = DIGEST_SCHEDULES.c.schedule != schedule
        async with self._database.write() as connection:
            await connection.execute(insert.on_conflict_do_update(index_elements=("team",), set_=values, where=differs))
            return float((await connection.execute(known)).mappings().one()["since"])

    async def last(self, team: str) -> Edition | None:
        """The latest week that was dealt with, or None."""
        query = sa.select(DIGESTS).where(DIGESTS.c.team == team).order_by(DIGESTS.c.week.desc()).limit(1)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).mappings().first()
        return _edition(row) if row else None

    async def open(self, edition: Edition) -> bool:
        """Reserve a week; False where it is there already."""
        insert = self._database.insert(DIGESTS).values(_row(edition)).on_conflict_do_nothing()
        async with self._database.write() as connection:
            return (await connection.execute(insert.returning(DIGESTS.c.week))).first() is not None

    async def reopen(self, edition: Edition) -> bool:
        """Reserve a week that is new, or was skipped; False for any other."""
        row = _row(edition)
        insert = self._database.insert(DIGESTS).values(row)
        skipped = DIGESTS.c.state == EditionState.SKIPPED
        anew = insert.on_conflict_do_update(index_elements=_KEY, set_=row, where=skipped)
        async with self._database.write() as connection:
            return (await connection.execute(anew.returning(DIGESTS.c.week))).first() is not None

    async def skip(self, team: str, week: str, slots: tuple[Slot, ...]) -> None:
        """Note that these were missed, and so was whatever else was reserved for a week before ``week``."""
        left = (DIGESTS.c.team == team) & (DIGESTS.c.week < week) & (DIGESTS.c.state == EditionState.RESERVED)
        async with self._database.write() as connection:
            await connection.execute(sa.update(DIGESTS).where(left).values(state=EditionState.SKIPPED))
            for slot in slots:
                period = Period(slot.moment, slot.moment)
                missed = Edition(team, slot.week, slot.moment, period, EditionState.SKIPPED)
                await connection.execute(self._database.insert(DIGESTS).values(_row(missed)).on_conflict_do_nothing())

    async def missed(self, team: str, week: str) -> tuple[float, ...]:
        """The moments of the digests skipped between the last that was posted and this week."""
        earlier = (DIGESTS.c.team == team) & (DIGESTS.c.week < week)
        posted = sa.select(sa.func.max(DIGESTS.c.week)).where(earlier, DIGESTS.c.state == EditionState.POSTED)
        since = sa.func.coalesce(posted.scalar_subquery(), "")
        query = sa.select(DIGESTS.c.slot).where(
            earlier, DIGESTS.c.state == EditionState.SKIPPED, DIGESTS.c.week > since
        )
        async with self._database.read() as connection:
            return tuple((await connection.execute(query.order_by(DIGESTS.c.week))).scalars())

    async def find(self, team: str, week: str) -> Edition | None:
        """A week's digest, or None."""
        async with self._database.read() as connection:
            row = (await connection.execute(sa.select(DIGESTS).where(_is(team, week)))).mappings().first()
        return _edition(row) if row else None

    async def claim(self, edition: Edition, owner: str) -> Edition | None:
        """Take it over, as far as nobody else has since it was read; None where somebody was faster."""
        taken = sa.update(DIGESTS).where(_unchanged(edition)).values(owner=owner, reserved_at=self._clock.now())
        async with self._database.write() as connection:
            row = (await connection.execute(taken.returning(*DIGESTS.c))).mappings().first()
        return _edition(row) if row else None

    async def posted(self, edition: Edition, channel: str, ts: str) -> bool:
        """Note where it stands; False where somebody else has taken it over since it was claimed."""
        values = {"state": EditionState.POSTED, "channel": channel, "ts": ts}
        async with self._database.write() as connection:
            noted = await connection.execute(sa.update(DIGESTS).where(_unchanged(edition)).values(values))
            return noted.rowcount == 1

    async def settle(self, edition: Edition, state: EditionState, channel: str = "", ts: str = "") -> None:
        """Note what became of it, whoever holds it."""
        values = {"state": state, "channel": channel, "ts": ts}
        async with self._database.write() as connection:
            await connection.execute(sa.update(DIGESTS).where(_is(edition.team, edition.week)).values(values))


def _is(team: str, week: str) -> sa.ColumnElement[bool]:
    return (DIGESTS.c.team == team) & (DIGESTS.c.week == week)


def _unchanged(edition: Edition) -> sa.ColumnElement[bool]:
    """The row, while nobody else has claimed or settled it. Only one owner claims at one moment."""
    same = _is(edition.team, edition.week) & (DIGESTS.c.state == EditionState.RESERVED)
    return same & (DIGESTS.c.owner == edition.owner) & (DIGESTS.c.reserved_at == edition.reserved_at)


def _row(edition: Edition) -> dict[str, Any]:
    return {
        "team": edition.team,
        "week": edition.week,
        "slot": edition.slot,
        "since": edition.period.since,
        "until": edition.period.until,
        "state": edition.state,
        "owner": edition.owner,
        "reserved_at": edition.reserved_at,
        "channel": edition.channel,
        "ts": edition.ts,
    }


def _edition(row: sa.RowMapping) -> Edition:
    return Edition(
        row["team"],
        row["week"],
        row["slot"],
        Period(row["since"], row["until"]),
        EditionState(row["state"]),
        row["owner"],
        row["reserved_at"],
        row["channel"],
        row["ts"],
    )
