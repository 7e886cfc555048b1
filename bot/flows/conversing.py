"""Answer a turn of a conversation: exactly once, whatever crashes in between."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.addressing import is_greeting, is_thanks
from bot.core.conversation import Answer, Ending
from bot.core.words.talk import GREETING, from_help
from bot.flows.speak import LONGEST_TEXT, Voice

if TYPE_CHECKING:
    from bot.core.conversation import Turn
    from bot.core.conversation_ports import Speech, Turns
    from bot.core.ports import Step
    from bot.flows.recall import Recall
    from bot.flows.speak import Speak

_MOST = 200
"""Answers that may be under way at once; one whose voice was forgotten is ended by an edit."""
_GONE, _ANSWERED = "gone", "answered"


@dataclass(frozen=True, slots=True)
class Converse:
    """The job behind a turn. Without ``speak`` no model is configured; ``instead`` then says so in other words.

    The answer is kept before the message is ended, so that a crash costs no second call; a message that a crash left
    half said is found again and ended by an edit.
    """

    turns: Turns
    speech: Speech
    recall: Recall
    speak: Speak | None = None
    instead: str = ""
    _voices: dict[str, Voice] = field(default_factory=dict[str, Voice])

    async def __call__(self, step: Step, turn_id: str, attempt: int) -> str:
        """Run the steps; the result says in a word how it ended."""

        async def answer(key: str) -> str:
            return await self.answer(key, attempt)

        async def show(key: str) -> str:
            return await self.show(key, attempt)

        done = await step("answer", answer, turn_id)
        return await step("show", show, turn_id) if done == _ANSWERED else done

    async def answer(self, turn_id: str, attempt: int) -> str:
        """Find the answer, showing it on the way, and keep it: "answered" or "gone"."""
        turn = await self._current(turn_id, attempt)
        if turn is None:
            return _GONE
        if turn.answer.ending is Ending.OPEN:
            await self.turns.answered(turn, await self._answer(turn))
        return _ANSWERED

    async def show(self, turn_id: str, attempt: int) -> str:
        """Let the thread hold the whole answer."""
        voice = self._voices.pop(turn_id, None)
        turn = await self._current(turn_id, attempt)
        if turn is None:
            return _GONE
        if not turn.shown and not turn.erased:
            await self._withdraw_button(turn)
            if turn.answer.ending is Ending.THANKED:
                await self.speech.react(turn)
            elif not (voice and voice.streams and await self._finish(turn, voice)):
                await self._settle(turn)
            await self.turns.shown(turn)
        return await self._end(turn_id)

    async def hush(self, turn_id: str) -> str:
        """Remove what was said in answer to an erased turn. What is being said at this moment removes itself."""
        turn = await self.turns.find(turn_id)
        if turn is None:
            return _GONE
        await self._withdraw_button(turn)
        await self.speech.clear(turn)
        await self.turns.removed(turn_id)
        return "removed"

    async def _current(self, turn_id: str, attempt: int) -> Turn | None:
        turn = await self.turns.find(turn_id)
        return turn if turn and turn.attempt == attempt else None

    async def _answer(self, turn: Turn) -> Answer:
        if turn.is_over:
            return Answer(Ending.STOPPED)
        if answer := _without_thought(turn.text):
            return answer
        if self.speak is None:
            return self._without_model(turn)
        await self.speech.thinking(turn, on=True)
        ts = await self._left_behind(turn) if turn.begun else ""
        voice = self._voices[turn.id] = Voice(self.speech, self.turns, turn, ts, editing=bool(ts))
        if len(self._voices) > _MOST:  # jobs that another process ended, or that were stopped
            del self._voices[next(iter(self._voices))]
        said = await self.speak(voice, await self.recall(turn))
        return self._without_model(turn) if said.ending is Ending.NO_MODEL else said

    def _without_model(self, turn: Turn) -> Answer:
        return Answer(Ending.NO_MODEL, from_help(turn.text) or self.instead)

    async def _left_behind(self, turn: Turn) -> str:
        """Where an earlier run of the job, or an earlier attempt, left its message; its button is noted as well."""
        if not turn.button_ts:
            await self.turns.button(turn.id, await self.speech.find_button(turn))
        if ts := turn.reply_ts or await self.speech.find(turn):
            await self.turns.stands(turn.id, ts)
        return ts

    async def _withdraw_button(self, turn: Turn) -> None:
        if turn.button_ts:
            await self.speech.withdraw(turn.place, turn.button_ts)
            await self.turns.button(turn.id, "")

    async def _finish(self, turn: Turn, voice: Voice) -> bool:
        """Add what is missing and end the message; False where it has to be edited instead."""
        fits = len(turn.answer.text) <= LONGEST_TEXT
        return fits and await self.speech.finish(turn, voice.ts, turn.answer, turn.answer.text[voice.shown :])

    async def _settle(self, turn: Turn) -> None:
        ts = turn.reply_ts or (await self.speech.find(turn) if turn.begun else "")
        await self.turns.begin(turn.id)
        await self.turns.stands(turn.id, await self.speech.settle(turn, ts, turn.answer))

    async def _end(self, turn_id: str) -> str:
        """Look once more: what was erased meanwhile goes again."""
        after = await self.turns.find(turn_id)
        if after is None or after.erased:
            return await self.hush(turn_id)
        await self.speech.thinking(after, on=False)
        return "shown"


def _without_thought(said: str) -> Answer | None:
    """What needs no model: hello, thanks, a picture or a file without words."""
    if not said.strip():
        return Answer(Ending.NO_WORDS)
    if is_thanks(said):
        return Answer(Ending.THANKED)
    return Answer(Ending.GREETED, GREETING) if is_greeting(said) else None
