"""The outside of a conversation, in memory and honest: every fake keeps what its port's docstrings promise."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.conversing import AnswerPiece, Ending, PieceOutcome, Turn, TurnAnswer
from bot.core.judging import Failure, ModelFailed
from bot.core.settings import WorkspaceSettings
from bot.core.words.conversing import whole
from tests.flows.fakes import NOW, PLACE, Crash

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.core.conversing import TalkContext
    from bot.core.drafts import Place

ROOT = PLACE.ts


def turn(second: int = 10, text: str = "why?", thread: str = ROOT) -> Turn:
    return Turn(replace(PLACE, ts=f"{NOW + second:.6f}"), thread, "U1", text=text)


class FakeTurns:
    def __init__(self) -> None:
        self.rows: dict[str, Turn] = {}
        self.at: dict[str, float] = {}

    async def add(self, turn: Turn) -> Turn | None:
        known = self.rows.setdefault(turn.id, turn)
        self.at.setdefault(turn.id, NOW)
        if known.answer.ending is Ending.OPEN and not known.begun and not known.erased:
            known = self.rows[turn.id] = replace(known, text=turn.text)
        return None if known.erased else known

    async def find(self, turn_id: str) -> Turn | None:
        return self.rows.get(turn_id)

    async def before(self, turn: Turn) -> tuple[Turn, ...]:
        same = [t for t in self.rows.values() if t.root_id == turn.root_id and not t.erased]
        return tuple(sorted((t for t in same if t.place.ts < turn.place.ts), key=lambda t: t.place.ts))

    async def under_way(self, place: Place, thread: str) -> Turn | None:
        here = [
            t
            for t in self.rows.values()
            if (t.place.team, t.place.channel, t.thread) == (place.team, place.channel, thread)
        ]
        open_ = [t for t in here if t.answer.ending is Ending.OPEN and not t.is_over]
        return min(open_, key=lambda t: t.place.ts, default=None)

    async def begin(self, turn_id: str, opening: str = "") -> None:
        self._set(turn_id, begun=True, **({"opening": opening} if opening else {}))

    async def stands(self, turn_id: str, reply_ts: str) -> None:
        self._set(turn_id, reply_ts=reply_ts)

    async def button(self, turn_id: str, button_ts: str) -> None:
        self._set(turn_id, button_ts=button_ts)

    async def answered(self, turn: Turn, answer: TurnAnswer) -> None:
        known = self.rows[turn.id]
        if not known.erased and known.attempt == turn.attempt:
            self._set(turn.id, answer=answer)

    async def shown(self, turn: Turn) -> None:
        if self.rows[turn.id].attempt == turn.attempt:
            self._set(turn.id, shown=True)

    async def stop(self, turn_id: str) -> bool:
        known = self.rows.get(turn_id)
        if known is None or known.erased or known.answer.ending is not Ending.OPEN:
            return False
        self._set(turn_id, stopped=True)
        return True

    async def again(self, turn_id: str, attempt: int) -> Turn | None:
        known = self.rows.get(turn_id)
        if known is None or known.erased or known.attempt != attempt:
            return None
        return self._set(turn_id, attempt=attempt + 1, answer=TurnAnswer(), stopped=False, shown=False)

    async def erase(self, place: Place) -> list[str]:
        here = [t for t in self.rows.values() if place.draft_id in (t.id, t.root_id)]
        for one in here:
            self._set(one.id, text="", answer=TurnAnswer(), opening="", erased=True)
        self.rows.setdefault(place.draft_id, Turn(place, place.ts, "", text="", erased=True))
        return [one.id for one in here if one.begun or one.reply_ts or one.button_ts]

    async def removed(self, turn_id: str) -> None:
        self._set(turn_id, begun=False, reply_ts="", button_ts="")

    async def orphans(self) -> list[str]:
        return [t.id for t in self.rows.values() if t.erased and (t.begun or t.reply_ts or t.button_ts)]

    async def waiting(self, before: float, *, since: float) -> list[tuple[str, int, float]]:
        open_ = [t for t in self.rows.values() if not t.shown and not t.erased]
        return [(t.id, t.attempt, self.at[t.id]) for t in open_ if since <= self.at[t.id] < before]

    def _set(self, turn_id: str, **values: object) -> Turn:
        self.rows[turn_id] = replace(self.rows[turn_id], **values)  # type: ignore[arg-type]
        return self.rows[turn_id]


class FakeSpeech:
    """Slack's side: what each message says, by ts. ``crash_after`` names the call after which the process dies once."""

    def __init__(self) -> None:
        self.says: dict[str, str] = {}
        self.streams: set[str] = set()
        self.buttons: list[str] = []
        self.calls: list[str] = []
        self.half: dict[str, str] = {}
        self.reactions: list[str] = []
        self.is_thinking: list[bool] = []
        self.crash_after = ""
        self.takes_streams = True
        self.edits = PieceOutcome.SHOWN

    async def thinking(self, turn: Turn, *, on: bool) -> None:
        assert turn.thread
        self.is_thinking.append(on)

    async def find(self, turn: Turn) -> str:
        self._called("find")
        return self.half.get(turn.id, "")

    async def find_button(self, turn: Turn) -> str:
        return "b1" if turn.id in self.buttons else ""

    async def start(self, turn: Turn, text: str) -> str:
        if not self.takes_streams:
            self._called("start")
            return ""
        ts = f"m{len(self.says)}"
        self.says[ts], self.half[turn.id] = text, ts
        self.streams.add(ts)
        self._called("start")
        return ts

    async def append(self, turn: Turn, ts: str, text: str) -> PieceOutcome:
        assert turn.place.channel
        self._called("append")
        if ts not in self.says:
            return PieceOutcome.GONE
        if ts not in self.streams:
            return PieceOutcome.EXPIRED
        self.says[ts] += text
        return PieceOutcome.SHOWN

    async def edit(self, turn: Turn, ts: str, text: str) -> PieceOutcome:
        assert turn.place.channel
        self._called("edit")
        if self.edits is PieceOutcome.SHOWN:
            self.says[ts] = text
        return self.edits

    async def offer_stop(self, turn: Turn) -> str:
        self.buttons.append(turn.id)
        return "b1"

    async def react(self, turn: Turn) -> None:
        self.reactions.append(turn.id)

    async def withdraw(self, place: Place, ts: str) -> None:
        assert place.channel
        assert ts == "b1"
        self.buttons.pop()

    async def finish(self, turn: Turn, ts: str, answer: TurnAnswer, rest: str) -> bool:
        self._called("finish")
        if ts not in self.streams:
            return False
        self.streams.discard(ts)
        self.says[ts] += rest
        assert self.says[ts].rstrip() == answer.text, turn
        self.says[ts] = whole(answer)
        return True

    async def settle(self, turn: Turn, ts: str, answer: TurnAnswer) -> str:
        if ts and ts not in self.says:
            return ""
        if ts and self.edits is PieceOutcome.CLOSED:
            del self.says[ts]
            ts = f"after {ts}"
        ts = ts or f"m{len(self.says)}"
        self.streams.discard(ts)
        self.says[ts], self.half[turn.id] = whole(answer), ts
        self._called("settle")
        return ts

    async def clear(self, turn: Turn) -> None:
        self._called("clear")
        for ts in (turn.reply_ts, self.half.pop(turn.id, "")):
            self.says.pop(ts, None)

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if self.crash_after == name:
            self.crash_after = ""
            raise Crash


class FakeTalker:
    """Says each of ``said`` and passes a moment after it: a text, a `Piece`, a `Failure`, or None to wait for ever."""

    def __init__(self, *said: str | AnswerPiece | Failure | None) -> None:
        self.said = list(said)
        self.talks: list[TalkContext] = []
        self.left = 0
        self.moment = asyncio.Event()

    async def reply(self, talk: TalkContext) -> AsyncGenerator[AnswerPiece]:
        self.talks.append(talk)
        try:
            for said in self.said:
                if isinstance(said, Failure):
                    raise ModelFailed(said)
                if said is None:
                    await asyncio.Event().wait()
                elif isinstance(said, AnswerPiece):
                    yield said
                else:
                    yield AnswerPiece(said, "m-1")
                    await self.pause()
        finally:
            self.left += 1

    async def pause(self) -> None:
        """Until the flow has looked once."""
        self.moment.clear()
        await self.moment.wait()


class FakeTalkJobs:
    """Notes each key once."""

    def __init__(self) -> None:
        self.turns: list[str] = []
        self.hushed: list[str] = []
        self.down = False

    async def converse(self, turn: Turn) -> None:
        if self.down:
            raise Crash
        if (key := f"{turn.id}:{turn.attempt}") not in self.turns:
            self.turns.append(key)

    async def hush(self, turn_id: str) -> None:
        if turn_id not in self.hushed:
            self.hushed.append(turn_id)


class FakeSettings:
    def __init__(self, **values: object) -> None:
        self.values = WorkspaceSettings(**values)  # type: ignore[arg-type]

    async def of(self, team: str) -> WorkspaceSettings:
        assert team
        return self.values


class TalkClock:
    """Time passes only while somebody sleeps; the model says one more thing in each such moment."""

    def __init__(self, talker: FakeTalker) -> None:
        self.time, self.talker = NOW, talker
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds
        if self.slept:
            self.talker.moment.set()
        self.slept.append(seconds)
        for _ in range(6):
            await asyncio.sleep(0)
