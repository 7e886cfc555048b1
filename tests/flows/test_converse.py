from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.conversing import AnswerPiece, Ending, PieceOutcome, TurnAnswer
from bot.core.judging import Failure
from bot.core.words import conversing as words
from bot.flows.conversing import LONGEST_TEXT, PAUSE, Converse, Recall, Speak
from bot.flows.muting import Hush
from tests.flows.fake_talk import FakeSettings, FakeSpeech, FakeTalker, FakeTurns, TalkClock, turn
from tests.flows.fakes import PLACE, Crash
from tests.flows.world import Steps, World

if TYPE_CHECKING:
    from bot.core.conversing import Turn

ASKED = turn()


class Scene:
    """A question and what comes of it."""

    def __init__(self, *said: str | AnswerPiece | Failure | None, model: bool = True) -> None:
        self.turns, self.speech, self.steps = FakeTurns(), FakeSpeech(), Steps()
        self.talker = FakeTalker(*said)
        self.clock = TalkClock(self.talker)
        self.model = model
        self.restart()

    def restart(self) -> None:
        """Whatever was in memory only is gone."""
        recall = Recall(self.turns, World().drafts, FakeSettings())
        speak = Speak(self.talker, self.turns, self.clock) if self.model else None
        self.converse = Converse(self.turns, self.speech, recall, speak=speak)

    async def run(self, attempt: int = 0) -> str:
        await self.turns.add(ASKED)
        return await self.converse(self.steps, ASKED.id, attempt)

    @property
    def turn(self) -> Turn:
        return self.turns.rows[ASKED.id]

    @property
    def standing(self) -> list[str]:
        return list(self.speech.says.values())


async def test_an_answer_is_streamed_word_by_word_and_ends_as_it_is_kept() -> None:
    scene = Scene("  One ", "two ", "three. ")
    assert await scene.run() == "shown"
    assert scene.standing == ["One two three."]
    assert scene.turn.answer == TurnAnswer(Ending.ANSWERED, "One two three.", "m-1")
    assert scene.turn.shown
    assert scene.speech.calls == ["start", "append", "append", "finish"]
    assert scene.speech.is_thinking == [True, False]
    assert scene.speech.buttons == []
    assert set(scene.clock.slept) == {PAUSE}


async def test_an_answer_that_comes_at_once_is_one_post() -> None:
    scene = Scene(AnswerPiece("All of it.", "m-1"))
    assert await scene.run() == "shown"
    assert (scene.standing, scene.speech.calls) == (["All of it."], ["settle"])


async def test_done_is_done_and_an_old_attempt_is_nothing() -> None:
    scene = Scene(AnswerPiece("All of it."))
    await scene.run()
    scene.steps = Steps()
    assert await scene.run() == "shown"
    assert await scene.converse(Steps(), ASKED.id, 7) == "gone"
    assert await scene.converse.show(ASKED.id, 7) == "gone"
    assert await scene.converse.hush("T1:C1:0.1") == "gone"
    assert len(scene.talker.talks) == 1


@pytest.mark.parametrize(("message", "text"), [("Shorter?", ""), ("help", words.from_help("help"))])
async def test_where_only_other_questions_have_an_answer_it_is_as_without_a_model(message: str, text: str) -> None:
    scene = Scene(Failure.ABSENT)
    await scene.turns.add(replace(ASKED, text=message))
    await scene.converse(scene.steps, ASKED.id, 0)
    assert scene.turn.answer == TurnAnswer(Ending.NO_MODEL, text)
    assert words.footer(scene.turn.answer) == "Automated reply from Candor."


@pytest.mark.parametrize(("instead", "said"), [("", words.NO_MODEL), (words.NO_MODEL_YET, words.NO_MODEL_YET)])
async def test_without_a_model_it_says_so_and_how_to_get_one(instead: str, said: str) -> None:
    scene = Scene(model=False)
    scene.converse = replace(scene.converse, instead=instead)
    await scene.run()
    assert scene.standing == [said]


async def test_a_question_that_nobody_recorded_leads_on_to_those_that_somebody_did() -> None:
    scene = Scene(Failure.ABSENT)
    scene.converse = replace(scene.converse, instead=words.UNRECORDED)
    await scene.run()
    assert scene.standing == [words.UNRECORDED]


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        *((message, "") for _, message in words.PROMPTS_WITHOUT_MODEL),
        *((label, "") for label, _ in words.PROMPTS_WITHOUT_MODEL),
        ("help!", "`/candor help`"),
        ("?", "`/candor help`"),
        ("https://shop.example/p/1", "I don't open links"),
        ("Which guidelines do you check?", "`/candor guidelines`"),
        ("How do I label an ad?", "in the first few words"),
    ],
)
async def test_without_a_model_the_help_answers_what_is_offered(message: str, answer: str) -> None:
    scene = Scene(model=False)
    await scene.turns.add(replace(ASKED, text=message))
    await scene.converse(scene.steps, ASKED.id, 0)
    (said,) = scene.standing
    assert answer in said
    assert said != words.NO_MODEL
    assert words.footer(scene.turn.answer) == "Automated reply from Candor."


@pytest.mark.parametrize(("label", "message"), words.PROMPTS)
def test_a_label_that_somebody_types_is_the_question_behind_it(label: str, message: str) -> None:
    assert words.offered(f" {label.lower()}. ") == message
    assert words.offered(f"{label} A post that begins with it.") == f"{label} A post that begins with it."


@pytest.mark.parametrize(
    "message", [words.PROMPTS[3][1], "Help us write a caption", "Is 'free' ok to write?", "Is https://a.example ok?"]
)
def test_what_the_help_cannot_answer_is_not_answered(message: str) -> None:
    assert words.from_help(message) == ""


@pytest.mark.parametrize(
    ("said", "ending"),
    [
        (("One ", Failure.UNREACHABLE), Ending.BROKEN),
        ((Failure.BUSY,), Ending.UNREACHABLE),
        ((Failure.REFUSED,), Ending.DECLINED),
        ((Failure.TOO_LONG,), Ending.DECLINED),
        ((Failure.NO_ROOM,), Ending.NO_ROOM),
        ((Failure.KEY,), Ending.KEY),
        ((Failure.MODEL,), Ending.NO_SUCH_MODEL),
        ((Failure.QUOTA,), Ending.NO_CREDIT),
        ((), Ending.UNREACHABLE),
        ((AnswerPiece("One", cut=True),), Ending.CUT),
        (("One ", None), Ending.BROKEN),
        ((None,), Ending.UNREACHABLE),
    ],
)
async def test_every_other_end_says_what_it_is(
    said: tuple[str | AnswerPiece | Failure | None, ...], ending: Ending
) -> None:
    scene = Scene(*said)
    assert await scene.run() == "shown"
    assert scene.turn.answer.ending is ending
    assert words.note(ending) in scene.standing[0]
    assert scene.talker.left == 1


async def test_what_is_stopped_in_the_middle_keeps_what_was_said_and_stops_the_model() -> None:
    scene = Scene("One ", "two ", None)

    async def stop_then_sleep(seconds: float) -> None:
        if scene.standing == ["One two "]:
            await scene.turns.stop(ASKED.id)
        await sleep(seconds)

    sleep = scene.clock.sleep
    scene.clock.sleep = stop_then_sleep  # type: ignore[method-assign]
    await scene.run()
    assert scene.standing == ["One two\n\nStopped."]
    assert scene.talker.left == 1


async def test_what_is_stopped_before_it_begins_asks_no_model() -> None:
    scene = Scene("One ")
    await scene.turns.add(ASKED)
    await scene.turns.stop(ASKED.id)
    await scene.run()
    assert (scene.standing, scene.talker.talks) == (["Stopped."], [])


async def test_a_stream_that_expires_goes_on_by_edits() -> None:
    scene = Scene("One ", "two ", "three ", "four")
    append = scene.speech.append

    async def expired(turn: Turn, ts: str, text: str) -> PieceOutcome:
        scene.speech.streams.clear()
        return await append(turn, ts, text)

    scene.speech.append = expired  # type: ignore[method-assign]
    await scene.run()
    assert scene.standing == ["One two three four"]
    assert scene.speech.calls == ["start", "append", "edit", "edit", "edit", "settle"]


async def goes_on(scene: Scene, says: str) -> None:
    """Where an answer was begun already, and its message says something."""
    await scene.turns.add(ASKED)
    await scene.turns.begin(ASKED.id)
    await scene.turns.stands(ASKED.id, "m0")
    scene.speech.says["m0"] = says
    await scene.run()


async def test_an_edit_that_slack_misses_is_made_good_by_the_end() -> None:
    scene = Scene("One ", "two")
    scene.speech.edits = PieceOutcome.MISSED
    await goes_on(scene, "half")
    assert scene.standing == ["One two"]


async def test_an_answer_whose_message_nobody_may_edit_any_more_comes_in_a_message_of_its_own() -> None:
    scene = Scene("One ", "two")
    scene.speech.edits = PieceOutcome.CLOSED
    await goes_on(scene, "The model didn't answer.")
    assert scene.standing == ["One two"]
    turn = await scene.turns.find(ASKED.id)
    assert turn
    assert (turn.answer.ending, turn.reply_ts) == (Ending.ANSWERED, "after m0")


async def test_where_slack_takes_no_stream_everything_comes_at_the_end() -> None:
    scene = Scene("One ", "two")
    scene.speech.takes_streams = False
    await scene.run()
    assert scene.standing == ["One two"]
    assert scene.speech.calls == ["start", "find", "settle"]


async def test_a_message_that_somebody_deletes_ends_the_answer_and_does_not_come_back() -> None:
    scene = Scene("One ", "two ", None)
    start = scene.speech.start

    async def start_then_vanish(turn: Turn, text: str) -> str:
        ts = await start(turn, text)
        scene.speech.says.clear()
        scene.speech.streams.clear()
        return ts

    scene.speech.start = start_then_vanish  # type: ignore[method-assign]
    await scene.run()
    assert scene.standing == []
    assert scene.turn.answer.ending is Ending.STOPPED
    assert scene.turn.reply_ts == ""


async def test_more_than_one_message_takes_is_left_for_the_end() -> None:
    scene = Scene("word " * 3000, "end")
    await scene.run()
    assert scene.speech.calls == ["start", "settle"]
    assert len(scene.standing[0]) > LONGEST_TEXT


@pytest.mark.parametrize("call", ["start", "append", "finish", "settle"])
async def test_a_crash_anywhere_ends_with_one_whole_answer(call: str) -> None:
    scene = Scene("One ", "two ", "three") if call != "settle" else Scene(AnswerPiece("One two three"))
    scene.speech.crash_after = call
    with pytest.raises(Crash):
        await scene.run()
    scene.restart()
    assert await scene.run() == "shown"
    assert scene.standing == ["One two three"]
    assert len(scene.talker.talks) == (1 if call in ("finish", "settle") else 2)
    assert scene.speech.buttons == []


async def test_a_crash_before_slack_got_anything_begins_anew() -> None:
    scene = Scene(AnswerPiece("One two three"))
    await scene.turns.add(ASKED)
    await scene.turns.begin(ASKED.id, "One")
    assert await scene.run() == "shown"
    assert scene.standing == ["One two three"]


async def test_a_crash_before_the_post_posts_the_kept_answer() -> None:
    scene = Scene(AnswerPiece("One two three"))
    await scene.turns.add(ASKED)
    scene.steps.done["answer"] = await scene.converse.answer(ASKED.id, 0)
    scene.restart()
    assert await scene.run() == "shown"
    assert scene.standing == ["One two three"]
    assert len(scene.talker.talks) == 1


async def test_another_attempt_replaces_the_failed_answer_in_place() -> None:
    scene = Scene(Failure.UNREACHABLE)
    await scene.run()
    await scene.turns.again(ASKED.id, 0)
    scene.talker.said[:] = ["One ", "two"]
    scene.steps = Steps()
    assert await scene.run(attempt=1) == "shown"
    assert scene.standing == ["One two"]


@pytest.mark.parametrize("moment", ["start", "finish", "settle", "button"])
async def test_what_is_deleted_while_it_is_answered_leaves_nothing(moment: str) -> None:
    scene = Scene("One ", "two ", "three") if moment != "settle" else Scene(AnswerPiece("One"))
    name = {"button": "offer_stop"}.get(moment, moment)
    call = getattr(scene.speech, name)

    async def erased(*args: object, **named: object) -> object:
        done = await call(*args, **named)
        await scene.turns.erase(ASKED.place)
        return done

    setattr(scene.speech, name, erased)
    assert await scene.run() == "removed"
    assert scene.standing == []
    assert scene.speech.buttons == []
    assert scene.turn.answer == TurnAnswer()
    assert await scene.turns.orphans() == []


async def test_a_deletion_has_a_job_of_its_own() -> None:
    scene = Scene(AnswerPiece("One"))
    await scene.run()
    await scene.turns.erase(PLACE)
    assert await Hush(scene.converse)(Steps(), ASKED.id) == "removed"
    assert scene.standing == []


def test_only_what_may_help_can_be_repeated() -> None:
    once_mended = [Ending.KEY, Ending.NO_SUCH_MODEL, Ending.NO_CREDIT]
    assert [e for e in Ending if e.can_be_repeated] == [Ending.BROKEN, Ending.UNREACHABLE, *once_mended]
    assert "AI" not in words.footer(TurnAnswer(Ending.NO_MODEL))
    assert words.footer(TurnAnswer(Ending.ANSWERED, "x")).startswith("AI reply from Candor.")
    assert words.footer(TurnAnswer(Ending.ANSWERED, "x", "m")).startswith("AI reply from Candor (m).")
    assert replace(ASKED).key == f"turn:{ASKED.id}"


async def test_answers_that_were_never_ended_here_do_not_pile_up() -> None:
    scene = Scene("One ", "two. ")
    for number in range(205):
        one = replace(ASKED, place=replace(ASKED.place, ts=f"{number}.000100"))
        await scene.turns.add(one)
        assert await scene.converse.answer(one.id, 0) == "answered"
    assert len(scene.converse._voices) == 200  # pyright: ignore[reportPrivateUsage]
    first = replace(ASKED, place=replace(ASKED.place, ts="0.000100"))
    assert await scene.converse.show(first.id, 0) == "shown"


async def test_what_turns_out_to_be_no_part_of_the_answer_is_replaced() -> None:
    scene = Scene("A plan ", "of mine. ", AnswerPiece("", anew=True), "Use ", "#ad.")
    assert await scene.run() == "shown"
    assert scene.turn.answer.text == "Use #ad."
    assert scene.standing == ["Use #ad."]
