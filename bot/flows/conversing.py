"""A turn of a conversation: taken, answered piece by piece, and answered again after a crash."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.core.brand.variants import is_wish_to_compare
from bot.core.conversing import (
    STOP_WORDS,
    EarlierExchange,
    Ending,
    PieceOutcome,
    TalkContext,
    TalkPoint,
    Turn,
    TurnAnswer,
)
from bot.core.judging import Failure, ModelFailed
from bot.core.reading.addressing import is_greeting, is_thanks
from bot.core.reading.side_notes import points_to_a_file
from bot.core.reviewing import standing_in
from bot.core.words.conversing import GREETING, from_help

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.brand.own_guidelines import LibraryOf
    from bot.core.conversing import ComparesVariants, ConversationJobs, Speech, Talker, Turns
    from bot.core.drafts import Message, Place
    from bot.core.ports import Clock, Drafts, Step
    from bot.core.reviewing import DraftState, Standing
    from bot.core.settings import WorkspaceSettingsOf


# Put together what a person's message may be about.

_REMEMBERED = 20
"""Earlier exchanges of a thread that the model reads."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Reads the stores; all of one workspace."""

    turns: Turns
    drafts: Drafts
    settings: WorkspaceSettingsOf
    libraries: LibraryOf | None = None
    """Without them the model knows the shipped guidelines alone."""

    async def __call__(self, turn: Turn) -> TalkContext:
        """The message with the thread before it, the draft as it stands, and what is true of the brand."""
        earlier = await self.turns.before(turn)
        said = tuple(EarlierExchange(one.author_id, one.text, one.answer.text) for one in earlier[-_REMEMBERED:])
        brand = await self.settings.of(turn.place.team)
        talk = TalkContext(
            turn.place.team,
            turn.author_id,
            turn.text,
            said=said,
            facts=brand.facts,
            markets=brand.markets,
            policy=brand.policy,
            library=await self.libraries.of(turn.place.team) if self.libraries else None,
        )
        state = await self.drafts.state(turn.root_id)
        return _about(talk, state) if state and not state.record.erased else talk


def _about(talk: TalkContext, state: DraftState) -> TalkContext:
    standing = standing_in(state)
    if standing is None:
        return replace(talk, draft=state.record.draft)
    questions = tuple(question.question for question in standing.questions)
    return replace(talk, draft=state.record.draft, reviewed=True, points=tuple(_points(standing)), questions=questions)


def _points(standing: Standing) -> Iterator[TalkPoint]:
    """Numbered as in the reply and in the window that continues it."""
    for point in (*standing.shown, *standing.hidden):
        number, found = standing.number_of(point), point.finding
        added = found.edit.text if found.edit else None
        suggestion = added if found.replacement is None else found.replacement
        yield TalkPoint(
            number, found.guideline, found.quote, why=found.why, suggestion=suggestion, decision=point.decision
        )


# Say an answer while the model is still finding it.

LONGEST = 600.0
"""Seconds that an answer may take."""
LONGEST_TEXT = 11_000
"""Characters that one message shows; what is beyond follows at the end, in further ones."""
PAUSE, EDIT_PAUSE = 0.75, 1.5
"""Seconds between two pieces, and between two edits: Slack allows about 100 and 50 of them a minute."""
_ENDINGS = {
    Failure.REFUSED: Ending.DECLINED,
    Failure.TOO_LONG: Ending.DECLINED,
    Failure.NO_ROOM: Ending.NO_ROOM,
    Failure.KEY: Ending.KEY,
    Failure.MODEL: Ending.NO_SUCH_MODEL,
    Failure.QUOTA: Ending.NO_CREDIT,
    Failure.MONTH_SPENT: Ending.MONTH_SPENT,
    Failure.DAY_SPENT: Ending.DAY_SPENT,
    Failure.ABSENT: Ending.NO_MODEL,
}
"""How an answer ends that the model will not give, or not until somebody mends something."""


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
        if self.mute or not text or len(text) == self.shown:
            return True
        if not self.ts:
            return await self._begin(text)
        taken = (
            PieceOutcome.EXPIRED if self.editing else await self.speech.append(self.turn, self.ts, text[self.shown :])
        )
        if taken is PieceOutcome.EXPIRED:
            self.editing = True
            taken = await self.speech.edit(self.turn, self.ts, text)
        if taken is PieceOutcome.SHOWN:
            self.shown = len(text)
        self.mute = taken is PieceOutcome.CLOSED  # the whole answer comes in a message of its own
        return taken is not PieceOutcome.GONE

    def begin_anew(self, heard: _Heard) -> None:
        """What stands in the message is replaced where it was no part of the answer."""
        if heard.anew and self.ts:
            self.editing, self.shown = True, 0
        heard.anew = False

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
    anew: bool = False
    """True from when all that was said before was no part of the answer."""

    @property
    def text(self) -> str:
        return "".join(self.pieces).lstrip()


@dataclass(frozen=True, slots=True)
class Speak:
    """Follows the model with a `Voice`, and stops it when nobody wants the answer any more."""

    talker: Talker
    turns: Turns
    clock: Clock

    async def __call__(self, voice: Voice, talk: TalkContext) -> TurnAnswer:
        """The answer in full, or what there is of it. What still has to be shown is for the caller."""
        heard = _Heard()
        listening = asyncio.create_task(self._listen(talk, heard))
        try:
            ending = await self._follow(voice, heard, listening)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            voice.begin_anew(heard)
        return TurnAnswer(ending, heard.text.rstrip(), heard.model)

    async def _follow(self, voice: Voice, heard: _Heard, listening: asyncio.Task[Ending]) -> Ending:
        until = self.clock.now() + LONGEST
        while self.clock.now() < until:
            pause = asyncio.ensure_future(self.clock.sleep(voice.pause))
            await asyncio.wait({listening, pause}, return_when=asyncio.FIRST_COMPLETED)
            pause.cancel()
            if listening.done():
                return listening.result()
            turn = await self.turns.find(voice.turn.id)
            voice.begin_anew(heard)
            if turn is None or turn.is_over or not await voice.show(heard.text):
                return Ending.STOPPED
        return _failed(heard)

    async def _listen(self, talk: TalkContext, heard: _Heard) -> Ending:
        try:
            async with aclosing(self.talker.reply(talk)) as pieces:
                async for piece in pieces:
                    if piece.anew:
                        heard.pieces.clear()
                        heard.anew = True
                    heard.pieces.append(piece.text)
                    heard.model, heard.cut = piece.model or heard.model, piece.cut
        except ModelFailed as error:
            return _ENDINGS.get(error.failure) or _failed(heard)
        if not heard.text:
            return Ending.UNREACHABLE
        return Ending.CUT if heard.cut else Ending.ANSWERED


def _failed(heard: _Heard) -> Ending:
    return Ending.BROKEN if heard.text else Ending.UNREACHABLE


# Somebody talks with Candor: keep what was said, then ask for the answer. Safe to repeat.

_LAST = "9999999999.999999"


def pasted_in(said: str) -> str:
    """What stands below the first line, in which somebody asks for something."""
    return said.strip().partition("\n")[2].strip()


@dataclass(frozen=True, slots=True)
class TakeTurn:
    """What people do in a conversation. A sweep closes the gap between a write and its job."""

    turns: Turns
    drafts: Drafts
    jobs: ConversationJobs

    async def __call__(self, message: Message) -> None:
        """Take a message to Candor: a question, a request, or the word that stops an answer."""
        place = message.place
        # Words that only hand over a file are answered like the file alone: what it says is not among them.
        said = "" if points_to_a_file(message) else message.text
        turn = Turn(place, message.thread or place.ts, message.author_id, text=said)
        if message.text.lower().strip(" .!") in STOP_WORDS:
            if running := await self.turns.under_way(place, turn.thread):
                await self.turns.stop(running.id)
            return
        about = await self.drafts.find(turn.root_id)
        if about and about.is_gone:
            return
        kept = await self.turns.add(turn)
        if kept and not kept.shown:
            await self.jobs.converse(kept)

    async def forget(self, place: Place, thread: str = "") -> None:
        """A message is gone, and with it what was said about it: also the answers, which belong to it.

        A comparison of its ``thread`` may quote it, so that is made anew.
        """
        for turn_id in await self.turns.erase(place):
            await self.jobs.hush(turn_id)
        if not thread:
            return
        for turn in await self.turns.before(Turn(replace(place, ts=_LAST), thread, "", text="")):
            if turn.answer.ending is Ending.COMPARED and not pasted_in(turn.text):
                await self.again(turn.id, turn.attempt)

    async def stop(self, turn_id: str) -> bool:
        """Somebody wants no more of an answer; False where it has ended."""
        return await self.turns.stop(turn_id)

    async def again(self, turn_id: str, attempt: int) -> bool:
        """Somebody wants a failed answer anew; False where that is not open any more."""
        turn = await self.turns.again(turn_id, attempt) or await self._begun(turn_id, attempt + 1)
        if turn:
            await self.jobs.converse(turn)
        return turn is not None

    async def _begun(self, turn_id: str, attempt: int) -> Turn | None:
        """The turn where that attempt is open: the click came twice, or a crash came between the two writes."""
        turn = await self.turns.find(turn_id)
        return turn if turn and turn.attempt == attempt and not turn.shown and not turn.erased else None


# Answer a turn of a conversation: exactly once, whatever crashes in between.

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
    compare: ComparesVariants | None = None
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

    async def _answer(self, turn: Turn) -> TurnAnswer:
        if turn.is_over:
            return TurnAnswer(Ending.STOPPED)
        if answer := _without_thought(turn.text):
            return answer
        if compared := await self._compared(turn):
            return compared
        if self.speak is None:
            return self._without_model(turn)
        await self.speech.thinking(turn, on=True)
        ts = await self._left_behind(turn) if turn.begun else ""
        voice = self._voices[turn.id] = Voice(self.speech, self.turns, turn, ts=ts, editing=bool(ts))
        if len(self._voices) > _MOST:  # jobs that another process ended, or that were stopped
            del self._voices[next(iter(self._voices))]
        said = await self.speak(voice, await self.recall(turn))
        return self._without_model(turn) if said.ending is Ending.NO_MODEL else said

    async def _compared(self, turn: Turn) -> TurnAnswer | None:
        """The variants in what somebody wrote, or else in the thread, if they ask for it."""
        if self.compare is None or not is_wish_to_compare(turn.text.strip().partition("\n")[0]):
            return None
        if pasted := pasted_in(turn.text):
            return TurnAnswer(Ending.COMPARED, await self.compare(turn.place.team, pasted))
        return await self.compare.in_thread(replace(turn.place, ts=turn.thread), turn.author_id)

    def _without_model(self, turn: Turn) -> TurnAnswer:
        return TurnAnswer(Ending.NO_MODEL, from_help(turn.text) or self.instead)

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
        return fits and await self.speech.finish(turn, voice.ts, turn.answer, rest=turn.answer.text[voice.shown :])

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


def _without_thought(said: str) -> TurnAnswer | None:
    """What needs no model: hello, thanks, a picture or a file without words."""
    if not said.strip():
        return TurnAnswer(Ending.NO_WORDS)
    if is_thanks(said):
        return TurnAnswer(Ending.THANKED)
    return TurnAnswer(Ending.GREETED, GREETING) if is_greeting(said) else None


# Find turns whose answer got lost, and answers that outlived their turn, and ask again.

_SETTLED = 30.0
"""Seconds that the way from message to job may take."""
_FAILED = 900.0
"""Seconds after which a job without an outcome counts as failed; doubled with every attempt."""
_GIVEN_UP = 24 * 3600.0
_MOST_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class SweepTurns:
    """Runs at start and every minute. Asking twice for a job that runs or waits changes nothing."""

    turns: Turns
    jobs: ConversationJobs
    clock: Clock

    async def __call__(self) -> int:
        """Ask again for what has no outcome; how many turns that were."""
        now = self.clock.now()
        waiting = await self.turns.waiting(now - _SETTLED, since=now - _GIVEN_UP)
        for turn_id, attempt, since in waiting:
            overdue = now - since > _FAILED * 2**attempt and attempt < _MOST_ATTEMPTS
            turn = (await self.turns.again(turn_id, attempt) if overdue else None) or await self.turns.find(turn_id)
            if turn:
                await self.jobs.converse(turn)
        orphans = await self.turns.orphans()
        for turn_id in orphans:
            await self.jobs.hush(turn_id)
        return len(waiting) + len(orphans)
