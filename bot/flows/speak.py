"""Say an answer while the model is still finding it."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.conversation import Answer, Ending
from bot.core.conversation_ports import Taken
from bot.core.judgement import Failure, ModelFailed

if TYPE_CHECKING:
    from bot.core.conversation import Talk, Turn
    from bot.core.conversation_ports import Speech, Talker, Turns
    from bot.core.ports import Clock

LONGEST = 600.0
"""Seconds that an answer may take."""
LONGEST_TEXT = 11_000
"""Characters that one message shows; what is beyond follows at the end, in further ones."""
PAUSE, EDIT_PAUSE = 0.75, 1.5
"""Seconds between two pieces, and between two edits: Slack allows about 100 and 50 of them a minute."""
_ENDINGS = {
    Failure.REFUSED: Ending.DECLINED,
    Failure.TOO_LONG: Ending.DECLINED,
    Failure.ABSENT: Ending.NO_MODEL,
}
"""How an answer ends that asking again would not bring."""


@dataclass(slots=True)
class Voice:
    """One answer on its way into the thread: what stands there so far, and how it gets there."""

    speech: Speech
    turns: Turns
    turn: Turn
    ts: str = ""
    shown: int = 0
    """Characters that stand in the message."""
    editing: bool = False
    """True where the message takes no pieces, but can be edited."""
    mute: bool = False
    """True where nothing is shown before the end."""

    @property
    def streams(self) -> bool:
        """True while the message takes pieces."""
        return bool(self.ts) and not self.editing

    @property
    def pause(self) -> float:
        """Seconds until the next piece may be shown."""
        return EDIT_PAUSE if self.editing else PAUSE

    async def show(self, text: str) -> bool:
        """Show what there is of the answer; False where somebody deleted the message."""
        text = text[:LONGEST_TEXT]
        if self.mute or len(text) == self.shown:
            return True
        if not self.ts:
            return await self._begin(text)
        taken = Taken.EXPIRED if self.editing else await self.speech.append(self.turn, self.ts, text[self.shown :])
        if taken is Taken.EXPIRED:
            self.editing = True
            taken = await self.speech.edit(self.turn, self.ts, text)
        if taken is Taken.SHOWN:
            self.shown = len(text)
        return taken is not Taken.GONE

    async def _begin(self, text: str) -> bool:
        await self.turns.begin(self.turn.id, text)
        self.ts = await self.speech.start(self.turn, text)
        self.mute = not self.ts
        if self.ts:
            self.shown = len(text)
            await self.turns.stands(self.turn.id, self.ts)
            await self.turns.button(self.turn.id, await self.speech.offer_stop(self.turn))
        return True


@dataclass(slots=True)
class _Heard:
    """What the model has said so far."""

    pieces: list[str] = field(default_factory=list[str])
    model: str = ""
    cut: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces).lstrip()


@dataclass(frozen=True, slots=True)
class Speak:
    """Follows the model with a `Voice`, and stops it when nobody wants the answer any more."""

    talker: Talker
    turns: Turns
    clock: Clock

    async def __call__(self, voice: Voice, talk: Talk) -> Answer:
        """The answer in full, or what there is of it. What still has to be shown is for the caller."""
        heard = _Heard()
        listening = asyncio.create_task(self._listen(talk, heard))
        try:
            ending = await self._follow(voice, heard, listening)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
        return Answer(ending, heard.text.rstrip(), heard.model)

    async def _follow(self, voice: Voice, heard: _Heard, listening: asyncio.Task[Ending]) -> Ending:
        until = self.clock.now() + LONGEST
        while self.clock.now() < until:
            pause = asyncio.ensure_future(self.clock.sleep(voice.pause))
            await asyncio.wait({listening, pause}, return_when=asyncio.FIRST_COMPLETED)
            pause.cancel()
            if listening.done():
                return listening.result()
            turn = await self.turns.find(voice.turn.id)
            if turn is None or turn.is_over or not await voice.show(heard.text):
                return Ending.STOPPED
        return _failed(heard)

    async def _listen(self, talk: Talk, heard: _Heard) -> Ending:
        try:
            async with aclosing(self.talker.reply(talk)) as pieces:
                async for piece in pieces:
                    heard.pieces.append(piece.text)
                    heard.model, heard.cut = piece.model or heard.model, piece.cut
        except ModelFailed as error:
            return _ENDINGS.get(error.failure) or _failed(heard)
        if not heard.text:
            return Ending.UNREACHABLE
        return Ending.CUT if heard.cut else Ending.ANSWERED


def _failed(heard: _Heard) -> Ending:
    return Ending.BROKEN if heard.text else Ending.UNREACHABLE
