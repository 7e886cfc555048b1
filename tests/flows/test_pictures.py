"""Pictures before a draft is judged, and what its review says about them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.deciding import Answer, Dismissal, GuidelineException, Scope
from bot.core.drafts import Click, Draft, Picture, Posted, Target
from bot.core.findings import Finding
from bot.core.guidelines import Guideline, Library, Severity
from bot.core.judging import (
    LONGEST_TEXT,
    Case,
    Credentials,
    Critique,
    Failure,
    Hint,
    Judgement,
    LeftOut,
    Look,
    ModelPart,
    Outcome,
    PicturePoint,
    PictureReview,
    Question,
    Signature,
    UseOfAI,
)
from bot.core.labels import AI_CONTENT
from bot.core.reviewing import Point, Review, ReviewJob, open_points, standing_in
from bot.core.sign_off import OpenPoint
from bot.core.words import reviewing as words
from bot.flows.asking import AskModel
from bot.flows.deciding import Dismissed, DismissFinding
from bot.flows.pictures import LookAtPictures, ReadCredentials, TellPictures
from bot.flows.replying import point_in
from bot.flows.reviewing import FinishCritique
from tests.flows.fake_exceptions import FakeExceptions
from tests.flows.fake_guidelines import SameLibrary
from tests.flows.fake_judges import FakeJudges
from tests.flows.fake_pictures import FakeFiles, FakeLooks, FakeReader, FakeViewer
from tests.flows.fake_settings import FakeSettings
from tests.flows.fakes import PLACE, POST, FakeRules, message
from tests.flows.model_fakes import FakeCritic, FakeJudgements
from tests.flows.world import Steps, World

if TYPE_CHECKING:
    from collections.abc import Sequence

ID = PLACE.draft_id
FIRST = ReviewJob(ID, "0", 0)
LOAF = Look("A loaf on a table.", "", "A loaf of rye bread")
POINT = PicturePoint(1, "a/claim", Severity.SHOULD_FIX, quote="cures", why="Nobody has shown it.")


class MarkingRules(FakeRules):
    """Finds every word “cures”, and in each a must-fix."""

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        at = [i for i in range(len(draft.text)) if draft.text.startswith("cures", i)]
        return tuple(
            Finding("a/rule", Severity.MUST_FIX, i, end=i + 5, quote="cures", why="A rule says so.") for i in at
        )


MADE = Credentials(Signature.UNKNOWN, UseOfAI.MADE, "Loaf Painter")
NONE = Credentials(Signature.ABSENT)
BROKEN = Credentials(Signature.BROKEN)


@dataclass
class Room:
    """A draft with pictures, somebody who looks at them, and what is told of it."""

    world: World
    look: LookAtPictures
    finish: FinishCritique
    files: FakeFiles
    looks: FakeLooks
    viewer: FakeViewer
    reader: FakeReader = field(default_factory=FakeReader)

    def case(self) -> Case:
        return Case("T1", "U1", self.world.drafts.rows[ID].draft)

    async def told(self, critique: Critique | None = None, job: ReviewJob = FIRST) -> Critique:
        if self.finish.pictures and self.finish.pictures.sight:
            await self.look(job, self.case())
        return await self.finish(job, critique or full())


async def room(
    *looks: Look,
    pictures: Sequence[Picture] = (Picture(file="F1"),),
    text: str = POST,
    left_out: dict[str, LeftOut] | None = None,
    failure: Failure | None = None,
    guidelines: tuple[str, ...] = (AI_CONTENT,),
    rules: MarkingRules | None = None,
) -> Room:
    world = World(rules=rules or MarkingRules())
    await world.receive(Posted(replace(message(text), pictures=tuple(pictures))))
    files, kept, viewer = FakeFiles(**left_out or {}), FakeLooks(), FakeViewer(*looks, failure=failure)
    tell = TellPictures(kept, FakeJudges(world.rules), viewer.sight)
    library = Library(
        tuple(Guideline(name, "?", Severity.SHOULD_FIX, question="?", why="", fix="") for name in guidelines)
    )
    finish = FinishCritique(world.drafts, world.verdicts, SameLibrary(library), settings=FakeSettings(), pictures=tell)
    return Room(world, LookAtPictures(files, kept, viewer), finish, files=files, looks=kept, viewer=viewer)


async def reading(said: dict[str, Credentials], *looks: Look, **more: Any) -> Room:
    """Where Content Credentials are read. Without ``looks`` no model looks at pictures."""
    play = await room(*looks, **more)
    play.reader.said = said
    credentials, tell = ReadCredentials(play.files, play.looks, play.reader), play.finish.pictures
    assert tell
    tell = replace(tell, credentials=credentials, sight=tell.sight if looks else None)
    play.look, play.finish = replace(play.look, credentials=credentials), replace(play.finish, pictures=tell)
    return play


def full(*findings: Finding, questions: tuple[Question, ...] = (), points: tuple[PicturePoint, ...] = ()) -> Critique:
    outcome = Outcome.FINDINGS if findings or questions or points else Outcome.NOTHING_TO_FLAG
    pictures = PictureReview(points=points) if points else None
    part = ModelPart.ANSWERED
    return Critique(outcome, findings, questions, fixed_rules_only=False, model_part=part, pictures=pictures)


async def test_a_picture_is_looked_at_once_and_the_case_holds_what_was_seen() -> None:
    play = await room(LOAF)
    assert (await play.look.recall(FIRST, play.case()))[1] is False
    assert (await play.look(FIRST, play.case())).looks == ((1, LOAF),)
    assert (await play.look(FIRST, play.case())).looks == ((1, LOAF),)
    edited = replace(FIRST, revision="5.0")
    assert await play.look.recall(edited, play.case()) == (replace(play.case(), looks=((1, LOAF),)), True)
    assert (play.viewer.calls, play.files.fetched) == ([1], ["F1"])


async def test_only_the_first_four_are_looked_at_in_one_call_and_equal_files_once() -> None:
    names = ["F1", "F2", "F1", "F3", "F4", "F5"]
    play = await room(pictures=[Picture(file=name) for name in names])
    assert [number for number, _ in (await play.look(FIRST, play.case())).looks] == [1, 2, 3, 4]
    assert (play.viewer.calls, play.files.fetched) == ([3], ["F1", "F2", "F3"])
    review = (await play.told()).pictures
    assert review
    assert review.left_out == (LeftOut.TOO_MANY, LeftOut.TOO_MANY)


async def test_without_a_file_to_fetch_nobody_is_asked() -> None:
    play = await room(pictures=(Picture("A loaf"),))
    assert await play.look(FIRST, play.case()) == play.case()
    assert await play.look.recall(FIRST, play.case()) == (play.case(), True)
    assert (play.looks.asked, play.viewer.calls) == (0, [])
    assert (await play.told()).pictures == PictureReview(left_out=(LeftOut.UNSEEN,))


async def test_what_fails_is_noted_for_the_revision_and_tried_again_with_the_next() -> None:
    play = await room(LOAF, pictures=(Picture(file="F1"), Picture(file="F2")), left_out={"F2": LeftOut.TOO_LARGE})
    play.viewer.failure = Failure.SETTINGS
    critique = await play.told()
    assert critique.pictures == PictureReview(0, "", (LeftOut.UNSEEN, LeftOut.TOO_LARGE))
    assert critique.outcome is Outcome.NOTHING_TO_FLAG
    assert (await play.look.recall(FIRST, play.case()))[1]
    play.viewer.failure = None
    critique = await play.told(job=replace(FIRST, revision="5.0"))
    assert critique.pictures == PictureReview(
        1, "m-1", (LeftOut.TOO_LARGE,), points=(), alt_texts=((1, "A loaf of rye bread"),)
    )
    assert play.files.fetched == ["F1", "F2", "F1"]


async def test_where_only_other_pictures_have_an_answer_it_says_that_no_model_is_there() -> None:
    play = await room(LOAF)
    play.viewer.failure = Failure.ABSENT
    critique = await play.told()
    assert critique.pictures == PictureReview(0, "", (LeftOut.NO_MODEL,))
    assert words.pictures_footer(critique.pictures, 1) == "1 picture not looked at: no language model is connected."


async def test_a_picture_whose_words_were_cut_is_said_not_to_be_read_to_the_end() -> None:
    play = await room(
        Look(text="x" * LONGEST_TEXT), Look(text="x" * 3999), pictures=(Picture("A", "F1"), Picture("B", "F2"))
    )
    critique = await play.told()
    assert critique.pictures == PictureReview(2, "m-1", unread=1)


async def test_where_no_picture_can_be_fetched_no_model_is_asked() -> None:
    play = await room(left_out={"F1": LeftOut.OTHER_KIND})
    assert (await play.look(FIRST, play.case())).looks == ()
    assert play.viewer.calls == []


async def test_the_model_judges_with_what_was_seen_and_equal_pictures_are_not_judged_twice() -> None:
    play = await room(LOAF)
    critic, judgements = FakeCritic(Judgement(in_pictures=(POINT,)), Judgement()), FakeJudgements()
    ask = AskModel(play.world.drafts, judgements, play.world.clock, look=play.look)
    review = replace(
        play.world.review,
        judges=FakeJudges(play.world.rules, critic),
        ask=ask,
        jobs=play.world.jobs,
        finish=play.finish,
    )
    await review(Steps(), ID, "0", 0)
    assert critic.cases[0].looks == ((1, LOAF),)
    critique = play.world.drafts.reviews[FIRST].critique
    assert (critique.outcome, critique.in_pictures) == (Outcome.FINDINGS, (POINT,))
    await play.world.drafts.next_round(FIRST)
    await review(Steps(), ID, "0", 1)
    assert (len(critic.cases), play.viewer.calls) == (1, [1])


async def test_alt_text_is_proposed_where_there_is_none() -> None:
    pictures = (Picture("A loaf", "F1"), Picture(" ", "F2"), Picture(file="F3"))
    play = await room(LOAF, LOAF, Look(), pictures=pictures)
    review = (await play.told()).pictures
    assert review == PictureReview(3, "m-1", alt_texts=((2, "A loaf of rye bread"),))


async def test_rules_read_a_pictures_words_below_the_post() -> None:
    play = await room(Look(text="It cures all."), text="It cures colds. Come on Saturday and taste it.")
    critique = await play.told(full(points=(POINT, replace(POINT, guideline="a/rule", why="The model says so."))))
    rule = PicturePoint(1, "a/rule", Severity.MUST_FIX, quote="cures", why="A rule says so.")
    assert critique.in_pictures == (rule, POINT)
    assert (await play.told()).outcome is Outcome.FINDINGS


async def test_a_picture_may_have_several_points_under_one_guideline() -> None:
    play = await room(Look(text="It helps. Nine of ten doctors agree."))
    other = replace(POINT, quote="Nine of ten doctors agree")
    points = (POINT, other, replace(POINT, quote="nine of ten doctors", why="Again."))
    assert (await play.told(full(points=points))).in_pictures == (POINT, other)


class LeadingRules(MarkingRules):
    """What they find is only worth a look."""

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        return tuple(replace(finding, lead=True) for finding in super().findings(draft))


async def test_what_is_only_worth_a_look_is_no_point_about_a_picture() -> None:
    play = await room(Look(text="It cures all."), rules=LeadingRules())
    assert (await play.told()).in_pictures == ()


async def test_people_decide_about_a_point_in_a_picture_as_about_any_other() -> None:
    play = await room(Look(text="It cures all."))
    world, drafts, point = play.world, play.world.drafts, replace(POINT, quote="It cures all")
    await drafts.save_review(Review(FIRST, full(points=(point,))))
    click = Click(Target(ID, point.finding.ref), "U2", "5.0")
    assert point_in(await drafts.state(ID), click.target) == Point(point.finding)
    before = standing_in(await drafts.state(ID))
    assert before
    assert open_points(before) == (OpenPoint(Severity.SHOULD_FIX, "a/claim"),)
    around = (drafts, world.verdicts, FakeExceptions(drafts), world.leads, world.jobs, world.clock)
    assert await DismissFinding(*around)(click, Dismissal(), "w1") is Dismissed.DONE
    standing = standing_in(await drafts.state(ID))
    assert standing
    assert ([one.finding for one in standing.dismissed], standing.open) == ([point.finding], ())
    assert (standing.handled, standing.says_something, standing.collapsed) == (True, True, 0)


async def test_an_exception_holds_for_words_in_pictures_as_well() -> None:
    play = await room(Look(text="It cures all."))
    points = (POINT, replace(POINT, number=2, quote="It helps"))
    await play.world.drafts.save_review(Review(FIRST, full(points=points)))
    state = await play.world.drafts.state(ID)
    assert state
    made = GuidelineException(
        team="T1",
        id="e1",
        guideline=POINT.guideline,
        ref=POINT.finding.ref,
        quote=POINT.quote,
        scope=Scope.ALWAYS,
        author="U1",
        draft_id=ID,
        created_at=1.0,
    )
    standing = standing_in(replace(state, exceptions=(made,)))
    assert standing
    assert [number for number, _ in standing.pictured] == [2]
    assert standing.excepted == ((POINT.finding, made),)


async def test_a_sign_of_ai_leads_to_a_question_and_never_to_a_finding() -> None:
    play = await room(
        LOAF, replace(LOAF, made_with_ai=Hint.SOMETHING), pictures=[Picture(file="F1"), Picture(file="F2")]
    )
    critique = await play.told()
    assert critique.questions == (Question(AI_CONTENT, "Was picture 2 made with AI?", ("Yes", "No", "Not sure")),)
    assert (critique.outcome, critique.findings) == (Outcome.FINDINGS, ())


SIGN = Look(made_with_ai=Hint.SOMETHING)
FOUND = Finding(AI_CONTENT, Severity.SHOULD_FIX, 0, end=2, quote="We", why="Why.")


@pytest.mark.parametrize(
    ("look", "more", "critique"),
    [
        (replace(SIGN, made_with_ai=Hint.UNCLEAR), {}, full()),
        (SIGN, {"text": "AI-generated image. Our lodge as it will look next year."}, full()),
        (SIGN, {"guidelines": ("a/other",)}, full()),
        (SIGN, {}, full(FOUND)),
        (SIGN, {}, full(questions=(Question(AI_CONTENT, "Is it?", ("Yes",)),))),
    ],
    ids=["unclear", "labelled", "not in force", "found", "asked"],
)
async def test_it_is_not_asked_where_it_is_known_asked_or_nobodys_guideline(
    look: Look, more: dict[str, object], critique: Critique
) -> None:
    play = await room(look, **more)  # pyright: ignore[reportArgumentType]
    assert (await play.told(critique)).questions == critique.questions


async def test_it_is_not_asked_again_and_a_yes_calls_for_a_label() -> None:
    play = await room(SIGN)
    (question,) = (await play.told()).questions
    answer = Answer(AI_CONTENT, "Yes", "U1", at="1.0", question=question.question, options=question.answers)
    await play.world.answers.record(ID, answer)
    critique = await play.told()
    assert critique.questions == ()
    assert [finding.edit and finding.edit.text for finding in critique.findings] == ["AI-generated image. "]


@pytest.mark.parametrize(
    "critique",
    [replace(full(), model_part=ModelPart.AWAITED), replace(full(), outcome=Outcome.NOT_A_DRAFT)],
    ids=["awaited", "talk"],
)
async def test_nothing_is_said_while_the_model_is_awaited_or_about_talk(critique: Critique) -> None:
    play = await room(LOAF)
    assert await play.told(critique) == critique


async def test_a_draft_without_pictures_says_nothing_of_pictures() -> None:
    play = await room(pictures=())
    assert await play.told() == full()
    assert play.looks.asked == 0


async def test_what_credentials_say_of_ai_is_told_beside_the_question_also_without_a_model() -> None:
    play = await reading({"F1": MADE})
    bare = Critique(Outcome.NOTHING_TO_FLAG)
    critique = await play.told(bare)
    assert [question.question for question in critique.questions] == ["Was the picture made with AI?"]
    assert critique.outcome is Outcome.FINDINGS
    assert critique.pictures == PictureReview(credentials=((1, MADE),))
    assert words.pictures_footer(critique.pictures, 1) == "1 picture not looked at."
    assert await play.told(bare) == critique
    assert (play.reader.read_files, play.viewer.calls) == (["F1"], [])


@pytest.mark.parametrize("answer", ["Yes", "No"])
async def test_the_answer_decides_and_what_they_say_stays_in_sight(answer: str) -> None:
    play = await reading({"F1": MADE})
    (question,) = (await play.told()).questions
    given = Answer(AI_CONTENT, answer, "U1", at="1.0", question=question.question, options=question.answers)
    await play.world.answers.record(ID, given)
    critique = await play.told()
    assert (critique.questions, len(critique.findings)) == ((), int(answer == "Yes"))
    assert critique.pictures == PictureReview(credentials=((1, MADE),))


async def test_a_file_is_fetched_once_for_its_credentials_and_the_model_and_is_not_read_again() -> None:
    pictures = [Picture(file=name) for name in ("F1", "F2", "F3")]
    play = await reading({"F1": MADE, "F2": NONE, "F3": BROKEN}, LOAF, LOAF, LOAF, pictures=pictures)
    review = (await play.told()).pictures
    assert review
    assert review.credentials == ((1, MADE),)
    await play.told(job=replace(FIRST, revision="5.0"))
    assert play.files.fetched == play.reader.read_files == ["F1", "F2", "F3"]


@pytest.mark.parametrize("said", [NONE, BROKEN])
async def test_what_proves_nothing_is_told_only_where_something_else_speaks_for_ai(said: Credentials) -> None:
    play = await reading({"F1": said, "F2": said}, SIGN, LOAF, pictures=[Picture(file="F1"), Picture(file="F2")])
    critique = await play.told()
    assert [question.question for question in critique.questions] == ["Was picture 1 made with AI?"]
    assert critique.pictures
    assert critique.pictures.credentials == ((1, said),)


@pytest.mark.parametrize(
    ("text", "guidelines"), [(f"AI-generated image. {POST}", (AI_CONTENT,)), (POST, ())], ids=["labelled", "off"]
)
async def test_nothing_is_told_if_the_post_says_it_or_nobody_asks(text: str, guidelines: tuple[str, ...]) -> None:
    play = await reading({"F1": MADE}, text=text, guidelines=guidelines)
    critique = await play.told()
    assert critique.questions == ()
    assert critique.pictures == PictureReview(credentials=())


async def test_what_cannot_be_read_or_fetched_is_tried_again_with_the_next_revision() -> None:
    pictures = [Picture(file="F1"), Picture(file="F2"), Picture()]
    play = await reading({}, pictures=pictures, left_out={"F2": LeftOut.UNSEEN})
    for _ in range(2):
        assert (await play.told()).pictures == PictureReview()
    assert (play.files.fetched, play.reader.read_files) == (["F1", "F2"], ["F1"])
    play.reader.said["F1"] = MADE
    review = (await play.told(job=replace(FIRST, revision="5.0"))).pictures
    assert review == PictureReview(credentials=((1, MADE),))


async def test_a_draft_without_files_has_no_credentials_to_read() -> None:
    play = await reading({}, pictures=(Picture("A loaf"),))
    assert (await play.told()).pictures == PictureReview()
    assert (play.looks.asked, play.files.fetched) == (0, [])
