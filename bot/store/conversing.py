"""The turns of conversations in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.conversing import Ending, Turn, TurnAnswer
from bot.core.drafts import Place
from bot.store.database import storable
from bot.store.drafts import NEVER, OVERTAKES
from bot.store.tables import BLANK, TURNS, UNKNOWN_AUTHORS, talk_erased

if TYPE_CHECKING:
    from bot.core.ports import Clock
    from bot.store.database import Connection, Database


# Built once: to build a query takes longer than to run it.
_FIND = sa.select(TURNS).where(*(TURNS.c[name] == sa.bindparam(name) for name in ("team", "channel", "ts")))
_UNANSWERED: dict[str, Any] = {"ending": Ending.OPEN.value, "answer": "", "model": "", "stopped": False, "shown": False}
_UNANSWERED["quoted_authors"] = UNKNOWN_AUTHORS
_STANDS = TURNS.c.begun | (TURNS.c.reply_ts != "") | (TURNS.c.button_ts != "")
"""True where something may stand in Slack."""


class TurnStore:
    """The `Turns` port."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, turn: Turn) -> Turn | None:
        """Keep a new turn and give it as it is kept; None where its message was deleted already."""
        new = self._row(turn, text=storable(turn.text), author_id=turn.author_id, erased=False)
        unbegun = (TURNS.c.ending == Ending.OPEN.value) & ~TURNS.c.begun & ~TURNS.c.erased
        insert = self._database.insert(TURNS).values(new)
        kept = insert.on_conflict_do_update(
            index_elements=("team", "channel", "ts"), set_={"text": new["text"]}, where=unbegun
        )
        async with self._database.write() as connection:
            await connection.execute(kept)
            found = await _find(connection, turn.place)
        return None if found is None or found.erased else found

    async def find(self, turn_id: str) -> Turn | None:
        async with self._database.read() as connection:
            return await _find(connection, Place.of(turn_id))

    async def before(self, turn: Turn) -> tuple[Turn, ...]:
        earlier = _in_thread(turn.place, turn.thread) & ~TURNS.c.erased & (TURNS.c.ts < turn.place.ts)
        async with self._database.read() as connection:
            rows = (await connection.execute(sa.select(TURNS).where(earlier).order_by(TURNS.c.ts))).mappings()
            return tuple(_turn(row) for row in rows)

    async def under_way(self, place: Place, thread: str) -> Turn | None:
        """The turn of a thread that is being answered or waits for it, the oldest first."""
        open_ = _in_thread(place, thread) & ~TURNS.c.erased & (TURNS.c.ending == Ending.OPEN.value) & ~TURNS.c.stopped
        async with self._database.read() as connection:
            query = sa.select(TURNS).where(open_).order_by(TURNS.c.ts).limit(1)
            row = (await connection.execute(query)).mappings().first()
        return _turn(row) if row else None

    async def begin(self, turn_id: str, opening: str = "") -> None:
        kept = storable(opening)
        shown = sa.case((TURNS.c.erased, ""), else_=kept) if kept else TURNS.c.opening
        await self._set(turn_id, {"begun": True, "opening": shown})

    async def stands(self, turn_id: str, reply_ts: str) -> None:
        await self._set(turn_id, {"reply_ts": reply_ts})

    async def button(self, turn_id: str, button_ts: str) -> None:
        await self._set(turn_id, {"button_ts": button_ts})

    async def answered(self, turn: Turn, answer: TurnAnswer) -> None:
        values = {"ending": answer.ending.value, "answer": storable(answer.text), "model": answer.model}
        values["quoted_authors"] = "".join(f" {one} " for one in answer.quoted)
        await self._set(turn.id, values, ~TURNS.c.erased & (TURNS.c.attempt == turn.attempt))

    async def shown(self, turn: Turn) -> None:
        await self._set(turn.id, {"shown": True}, TURNS.c.attempt == turn.attempt)

    async def stop(self, turn_id: str) -> bool:
        return await self._set(turn_id, {"stopped": True}, (TURNS.c.ending == Ending.OPEN.value) & ~TURNS.c.erased)

    async def again(self, turn_id: str, attempt: int) -> Turn | None:
        again = _UNANSWERED | {"attempt": attempt + 1}
        if not await self._set(turn_id, again, (TURNS.c.attempt == attempt) & ~TURNS.c.erased):
            return None
        await self._database.wipe()  # the answer before may quote what was deleted
        return await self.find(turn_id)

    async def erase(self, place: Place) -> list[str]:
        """Delete for good what was said at a place and in the thread that begins there; the ids of what may stand."""
        here = (TURNS.c.team == place.team) & (TURNS.c.channel == place.channel)
        here &= (TURNS.c.ts == place.ts) | (TURNS.c.thread == place.ts)
        blank = self._row(Turn(place, place.ts, "", text=""), **BLANK, attempt=NEVER)
        async with self._database.write() as connection:
            erased = await connection.execute(talk_erased(place))
            await connection.execute(self._database.insert(TURNS).values(blank).on_conflict_do_nothing())
            rows = (await connection.execute(sa.select(TURNS).where(here & _STANDS).order_by(TURNS.c.ts))).mappings()
            left = [_turn(row).id for row in rows]
        if erased.rowcount:
            await self._database.wipe()
        return left

    async def forget_unknown(self) -> int:
        """Delete what is remembered of deleted messages that were no turns, an hour later; how many they were."""
        late = TURNS.c.received_at < self._clock.now() - OVERTAKES
        async with self._database.write() as connection:
            return (await connection.execute(sa.delete(TURNS).where(TURNS.c.attempt == NEVER, late))).rowcount

    async def removed(self, turn_id: str) -> None:
        await self._set(turn_id, {"begun": False, "reply_ts": "", "button_ts": ""}, TURNS.c.erased)

    async def orphans(self) -> list[str]:
        query = sa.select(TURNS).where(TURNS.c.erased & _STANDS).order_by(TURNS.c.ts)
        return [_turn(row).id for row in await self._all(query)]

    async def waiting(self, before: float, *, since: float) -> list[tuple[str, int, float]]:
        open_ = ~TURNS.c.shown & ~TURNS.c.erased & (TURNS.c.received_at < before) & (TURNS.c.received_at >= since)
        rows = await self._all(sa.select(TURNS).where(open_).order_by(TURNS.c.ts))
        return [(_turn(row).id, row["attempt"], row["received_at"]) for row in rows]

    async def _all(self, query: sa.Select[Any]) -> list[sa.RowMapping]:
        """Few are found, but every turn that there ever was is looked at, every minute: not in the event loop."""
        return await self._database.aside(lambda connection: list(connection.execute(query).mappings()))

    async def _set(self, turn_id: str, values: dict[str, Any], where: sa.ColumnElement[bool] | None = None) -> bool:
        place = Place.of(turn_id)
        same = (TURNS.c.team == place.team) & (TURNS.c.channel == place.channel) & (TURNS.c.ts == place.ts)
        update = sa.update(TURNS).where(same if where is None else same & where).values(values)
        async with self._database.write() as connection:
            return (await connection.execute(update)).rowcount == 1

    def _row(self, turn: Turn, **more: object) -> dict[str, Any]:
        place = turn.place
        row = {"team": place.team, "channel": place.channel, "ts": place.ts, "enterprise": place.enterprise}
        row |= {"thread": turn.thread, "received_at": self._clock.now(), "attempt": 0, "begun": False, "opening": ""}
        return row | {"reply_ts": "", "button_ts": "", **_UNANSWERED, **more}


def _in_thread(place: Place, thread: str) -> sa.ColumnElement[bool]:
    return (TURNS.c.team == place.team) & (TURNS.c.channel == place.channel) & (TURNS.c.thread == thread)


async def _find(connection: Connection, place: Place) -> Turn | None:
    key = {"team": place.team, "channel": place.channel, "ts": place.ts}
    row = (await connection.execute(_FIND, key)).mappings().first()
    return _turn(row) if row else None


def _turn(row: sa.RowMapping) -> Turn:
    names = ("thread", "author_id", "text", "attempt", "begun", "opening", "reply_ts", "button_ts", "stopped", "shown")
    quoted = () if row["quoted_authors"] == UNKNOWN_AUTHORS else tuple(row["quoted_authors"].split())
    return Turn(
        Place(row["team"], row["channel"], row["ts"], enterprise=row["enterprise"]),
        answer=TurnAnswer(Ending(row["ending"]), row["answer"], row["model"], quoted=quoted),
        erased=row["erased"],
        **{name: row[name] for name in names},
    )
