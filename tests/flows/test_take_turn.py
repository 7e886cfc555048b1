from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.conversing import EarlierExchange, Ending, TalkPoint, TurnAnswer
from bot.core.deciding import Answer as Given
from bot.core.deciding import Decision, Verdict
from bot.core.drafts import Deleted, Draft, Posted
from bot.core.findings import Edit, Finding
from bot.core.guidelines import Library, Policy, Severity
from bot.core.judging import Critique, ModelPart, Outcome, Question
from bot.core.reviewing import Review
from bot.flows.conversing import Recall, SweepTurns, TakeTurn
from tests.flows.fake_guidelines import SameLibrary
from tests.flows.fake_talk import FakeSettings, FakeTalkJobs, FakeTurns, turn
from tests.flows.fakes import NOW, PLACE, POST, Crash, message
from tests.flows.world import World

ASKED = turn()
SAID = replace(message("why?", place=ASKED.place), thread=PLACE.ts, mentions_us=True)


class Scene:
    def __init__(self) -> None:
        self.world, self.turns, self.jobs = World(), FakeTurns(), FakeTalkJobs()
        self.take = TakeTurn(self.turns, self.world.drafts, self.jobs)
        self.receive = replace(self.world.receive, talk=self.take)


async def test_a_mention_in_a_thread_is_kept_and_asked_for_once() -> None:
    scene = Scene()
    for _ in range(2):
        await scene.receive(Posted(SAID))
    assert scene.jobs.turns == [f"{ASKED.id}:0"]
    assert scene.turns.rows == {ASKED.id: ASKED}


async def test_without_conversations_nothing_comes_of_it() -> None:
    scene = Scene()
    await scene.world.receive(Posted(SAID))
    assert scene.turns.rows == {}


async def test_what_is_shown_is_not_asked_for_again() -> None:
    scene = Scene()
    await scene.turns.add(ASKED)
    await scene.turns.shown(ASKED)
    await scene.receive(Posted(SAID))
    assert scene.jobs.turns == []


async def test_a_question_in_a_direct_message_begins_a_thread_of_its_own() -> None:
    scene = Scene()
    place = replace(PLACE, channel="D1")
    await scene.receive(Posted(replace(message("What can you do?", place=place), direct=True)))
    assert scene.turns.rows[place.draft_id].thread == place.ts
    assert scene.world.jobs.reviews == {}


async def test_words_that_only_hand_over_a_file_are_answered_like_the_file_alone() -> None:
    scene = Scene()
    for number, (said, kept) in enumerate((("please look at this", ""), ("What does it cost?", "What does it cost?"))):
        place = replace(PLACE, channel="D1", ts=f"{NOW + number:.6f}")
        await scene.receive(Posted(replace(message(said, place=place), direct=True, unread=1)))
        assert scene.turns.rows[place.draft_id].text == kept


async def test_the_word_stop_stops_what_is_under_way_and_is_no_question() -> None:
    scene = Scene()
    await scene.receive(Posted(SAID))
    stop = replace(SAID, text="Stop!", place=replace(PLACE, ts=f"{NOW + 20:.6f}"))
    for _ in range(2):
        await scene.receive(Posted(stop))
    assert scene.turns.rows[ASKED.id].stopped
    assert len(scene.turns.rows) == len(scene.jobs.turns) == 1


async def test_in_the_thread_of_a_deleted_draft_nothing_is_answered() -> None:
    scene = Scene()
    await scene.receive(Posted(message()))
    await scene.receive(Deleted(PLACE))
    await scene.receive(Posted(SAID))
    assert ASKED.id not in scene.turns.rows


async def test_in_the_thread_of_a_draft_whose_time_is_up_questions_are_answered() -> None:
    scene = Scene()
    await scene.receive(Posted(message()))
    kept = scene.world.drafts.rows[PLACE.draft_id]
    scene.world.drafts.rows[kept.id] = replace(kept, author_id="", draft=Draft(""), erased=True)
    await scene.receive(Posted(SAID))
    assert scene.jobs.turns == [f"{ASKED.id}:0"]
    await scene.receive(Deleted(PLACE))
    late = replace(SAID, place=replace(PLACE, ts=f"{NOW + 30:.6f}"))
    await scene.receive(Posted(late))
    assert scene.jobs.turns == [f"{ASKED.id}:0"]


async def test_a_comparison_is_made_anew_where_a_reply_of_its_thread_is_deleted() -> None:
    scene = Scene()
    compared = turn(10, "compare")
    pasted = turn(11, "compare\nTea is £3.\n---\nTea is £4.")
    for asked, ending in ((compared, Ending.COMPARED), (pasted, Ending.COMPARED), (turn(12), Ending.ANSWERED)):
        await scene.turns.add(asked)
        await scene.turns.answered(asked, TurnAnswer(ending, "reply 1: “£7”"))
        await scene.turns.shown(asked)
    await scene.receive(Deleted(replace(PLACE, ts=f"{NOW + 5:.6f}")))
    assert scene.jobs.turns == []
    await scene.receive(Deleted(replace(PLACE, ts=f"{NOW + 5:.6f}"), thread=PLACE.ts))
    assert scene.jobs.turns == [f"{compared.id}:1"]
    assert scene.turns.rows[compared.id].answer == TurnAnswer()
    assert scene.turns.rows[pasted.id].answer.text


async def test_a_deletion_takes_the_thread_along_and_a_late_message_does_not_come_back() -> None:
    scene = Scene()
    await scene.receive(Posted(SAID))
    await scene.turns.stands(ASKED.id, "2.0")
    await scene.receive(Deleted(PLACE))
    assert scene.jobs.hushed == [ASKED.id]
    other = replace(SAID, thread="1.0")
    await scene.receive(Posted(other))
    assert scene.turns.rows[ASKED.id].erased
    assert scene.jobs.turns == [f"{ASKED.id}:0"]


async def test_only_what_is_under_way_can_be_stopped_by_its_button() -> None:
    scene = Scene()
    assert not await scene.take.stop(ASKED.id)
    await scene.turns.add(ASKED)
    assert await scene.take.stop(ASKED.id)


async def test_a_failed_answer_is_asked_for_anew_once() -> None:
    scene = Scene()
    assert not await scene.take.again(ASKED.id, 0)
    await scene.turns.add(ASKED)
    await scene.turns.answered(ASKED, TurnAnswer(Ending.UNREACHABLE))
    scene.jobs.down = True
    with pytest.raises(Crash):
        await scene.take.again(ASKED.id, 0)
    scene.jobs.down = False
    for _ in range(2):
        assert await scene.take.again(ASKED.id, 0)
    assert scene.jobs.turns == [f"{ASKED.id}:1"]
    await scene.turns.shown(scene.turns.rows[ASKED.id])
    assert not await scene.take.again(ASKED.id, 0)


async def test_the_sweep_asks_for_what_got_lost_and_more_patiently_each_time() -> None:
    scene = Scene()
    sweep = SweepTurns(scene.turns, scene.jobs, scene.world.clock)
    await scene.turns.add(ASKED)
    await scene.turns.add(turn(11))
    await scene.turns.stands(turn(11).id, "2.0")
    await scene.turns.erase(turn(11).place)
    assert await sweep() == 1
    assert (scene.jobs.turns, scene.jobs.hushed) == ([], [turn(11).id])
    scene.world.clock.time += 60
    await sweep()
    assert scene.jobs.turns == [f"{ASKED.id}:0"]
    scene.world.clock.time += 900
    await sweep()
    await sweep()
    assert scene.jobs.turns == [f"{ASKED.id}:0", f"{ASKED.id}:1"]
    scene.world.clock.time += 50_000
    for _ in range(9):
        await sweep()
    assert scene.jobs.turns[-1] == f"{ASKED.id}:4"
    scene.world.clock.time += 86_400
    assert await sweep() == 1


async def test_what_vanishes_while_it_is_swept_is_left_alone() -> None:
    scene = Scene()
    sweep = SweepTurns(scene.turns, scene.jobs, scene.world.clock)
    await scene.turns.add(ASKED)
    scene.world.clock.time += 60

    async def nothing(turn_id: str) -> None:
        assert turn_id

    scene.turns.find = nothing  # type: ignore[method-assign,assignment]
    await sweep()
    assert scene.jobs.turns == []


FINDINGS = tuple(
    Finding(
        f"family/{n}",
        Severity.SHOULD_FIX,
        3 * n,
        end=3 * n + 2,
        quote=POST[3 * n : 3 * n + 2],
        why=f"Why {n}.",
        edit=edit,
    )
    for n, edit in enumerate([Edit(0, 2, "It"), None, None, None])
)
CRITIQUE = Critique(
    Outcome.FINDINGS,
    FINDINGS,
    (Question("family/a", "Paid?", ("Yes", "No")), Question("family/b", "Real?", ("Yes", "No"))),
    model_part=ModelPart.ANSWERED,
)


async def test_a_workspaces_own_guidelines_are_told() -> None:
    scene, library = Scene(), Library((), version=3)
    assert (await Recall(scene.turns, scene.world.drafts, FakeSettings())(ASKED)).library is None
    told = await Recall(scene.turns, scene.world.drafts, FakeSettings(), SameLibrary(library))(ASKED)
    assert told.library is library


async def test_what_the_message_may_be_about_is_the_draft_as_it_stands() -> None:
    scene = Scene()
    recall = Recall(scene.turns, scene.world.drafts, FakeSettings(facts=("Founded in 1998.",), markets=("Peru",)))
    await scene.turns.add(turn(5, "hello"))
    await scene.turns.answered(turn(5), TurnAnswer(Ending.ANSWERED, "Hi."))
    await scene.turns.add(ASKED)
    talk = await recall(ASKED)
    assert talk.said == (EarlierExchange("U1", "hello", "Hi."),)
    assert (talk.draft, talk.facts, talk.markets, talk.policy) == (None, ("Founded in 1998.",), ("Peru",), Policy())

    await scene.world.drafts.add(message())
    talk = await recall(ASKED)
    assert talk.draft
    assert (talk.draft.text, talk.reviewed, talk.points) == (POST, False, ())

    record = scene.world.drafts.rows[PLACE.draft_id]
    await scene.world.drafts.save_review(Review(record.job, CRITIQUE))
    await scene.world.verdicts.record(
        record.id, Verdict(FINDINGS[0].ref, Decision.DISMISSED, "U1", at="1.0", revision="0")
    )
    await scene.world.answers.record(record.id, Given("family/a", "No", "U1", "1.0"))
    talk = await recall(ASKED)
    assert talk.reviewed
    assert talk.questions == ("Real?",)
    assert [(p.number, p.guideline, p.decision) for p in talk.points] == [
        (2, "family/1", Decision.OPEN),
        (3, "family/2", Decision.OPEN),
        (4, "family/3", Decision.OPEN),
        (1, "family/0", Decision.DISMISSED),
    ]
    assert talk.points[3] == TalkPoint(
        1, "family/0", POST[:2], why="Why 0.", suggestion="It", decision=Decision.DISMISSED
    )
    assert talk.points[0].suggestion is None

    await scene.world.drafts.erase(PLACE)
    assert (await recall(ASKED)).draft is None
