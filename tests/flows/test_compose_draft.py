from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.drafts import Author, Changed, Message, Place
from bot.core.errors import Trouble
from bot.core.home import AI_LABEL, COMMERCIAL, Composed, Composition, MadeWithAi, Paid, Sheet
from bot.core.watching import Notice
from bot.flows.home import ComposeDraft, EditComposed, RemoveComposed
from tests.flows.fake_board import FakeBoard
from tests.flows.fake_leads import FakeNotices
from tests.flows.fakes import NOW, POST, Crash
from tests.flows.world import World

TS = f"{NOW:.6f}"
ID = f"T1:C1:{TS}"
SAID = Composition(POST, "instagram", "Gardeners", market="Ireland", ai=MadeWithAi.NO, paid=Paid.PAID)
SHEET = Sheet("T1", "U1", "C1", key="V1", composition=SAID)


class Stage(World):
    """The world with a board."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.board, self.notices = FakeBoard(), FakeNotices(self.clock)
        parts = (self.board, self.drafts, self.answers, self.jobs)
        self.compose = ComposeDraft(*parts, self.notices, self.clock)
        self.edit = EditComposed(*parts, self.clock)
        self.remove = RemoveComposed(self.board, self.drafts, self.jobs)


@pytest.fixture
def stage() -> Stage:
    return Stage()


async def test_a_draft_is_posted_kept_and_reviewed_with_what_was_said(stage: Stage) -> None:
    assert await stage.compose(SHEET) is Composed.DONE
    state = await stage.drafts.state(ID)
    assert state
    assert (state.record.author_id, state.record.asked) == ("U1", TS)
    draft = state.record.draft
    assert (draft.text, draft.platform, draft.context) == (POST, "instagram", "Audience: Gardeners\nMarket: Ireland")
    assert [(answer.guideline, answer.user) for answer in state.answers] == [(AI_LABEL, "U1"), (COMMERCIAL, "U1")]
    assert list(stage.jobs.reviews) == [f"review:{ID}:0:0"]


async def test_a_window_submitted_again_posts_nothing_more(stage: Stage) -> None:
    for _ in range(2):
        assert await stage.compose(SHEET) is Composed.DONE
    assert list(stage.board.posts) == [TS]


async def test_a_second_submission_while_the_first_is_at_work(stage: Stage) -> None:
    await stage.notices.reserve(Notice("T1", "U1", "composed:V1;"))
    assert await stage.compose(SHEET) is Composed.BUSY
    assert stage.board.posts == {}
    assert stage.clock.slept == 2


@pytest.mark.parametrize(
    ("trouble", "told"),
    [(Trouble.ABSENT, Composed.ABSENT), (Trouble.NO_SCOPE, Composed.ABSENT), (Trouble.LATER, Composed.LATER)],
)
async def test_a_refusal_leaves_the_window_free_for_another_attempt(
    stage: Stage, trouble: Trouble, told: Composed
) -> None:
    stage.board.trouble = trouble
    assert await stage.compose(SHEET) is told
    stage.board.trouble = None
    assert await stage.compose(SHEET) is Composed.DONE


async def test_a_process_that_dies_after_the_post_leaves_one_draft(stage: Stage) -> None:
    stage.board.crash = True
    with pytest.raises(Crash):
        await stage.compose(SHEET)
    assert await stage.compose(SHEET) is Composed.BUSY
    stage.clock.time += 60
    assert await stage.compose(SHEET) is Composed.DONE
    assert list(stage.board.posts) == [TS]
    assert await stage.drafts.find(ID)


async def test_a_process_that_dies_before_the_note_asks_for_the_same_review(stage: Stage) -> None:
    stage.jobs.down = True
    with pytest.raises(Crash):
        await stage.compose(SHEET)
    stage.jobs.down = False
    stage.clock.time += 60
    assert await stage.compose(SHEET) is Composed.DONE
    assert list(stage.jobs.reviews) == [f"review:{ID}:0:0"]


async def test_a_draft_deleted_at_once_stays_deleted(stage: Stage) -> None:
    await stage.drafts.erase(Place("T1", "C1", TS))
    assert await stage.compose(SHEET) is Composed.DONE
    assert stage.jobs.reviews == {}


async def test_its_author_sees_it_as_it_is_and_changes_it(stage: Stage) -> None:
    await stage.compose(SHEET)
    assert await stage.edit.begin(ID, "U1") == SAID
    changed = replace(SAID, text="We bake bread on Elm Street.", platform="linkedin", paid=Paid.NO)
    stage.clock.time += 5
    assert await stage.edit(ID, "U1", changed) is Composed.DONE
    assert stage.board.posts[TS][1] == changed
    assert await stage.edit.begin(ID, "U1") == changed
    assert list(stage.jobs.reviews) == [f"review:{ID}:0:0", f"review:{ID}:{NOW + 5:.6f}:0"]
    assert len(stage.jobs.refreshes) == 1


async def test_another_answer_alone_is_a_new_round(stage: Stage) -> None:
    await stage.compose(SHEET)
    assert await stage.edit(ID, "U1", replace(SAID, ai=MadeWithAi.ALL)) is Composed.DONE
    assert list(stage.jobs.reviews) == [f"review:{ID}:0:0", f"review:{ID}:0:1"]


async def test_another_platform_alone_is_a_new_revision(stage: Stage) -> None:
    await stage.compose(SHEET)
    stage.clock.time += 5
    assert await stage.edit(ID, "U1", replace(SAID, platform="x")) is Composed.DONE
    assert list(stage.jobs.reviews)[1:] == [f"review:{ID}:{NOW + 5:.6f}:0"]


async def test_nothing_changed_is_nothing_to_do(stage: Stage) -> None:
    await stage.compose(SHEET)
    stage.board.trouble = Trouble.LATER
    assert await stage.edit(ID, "U1", SAID) is Composed.DONE
    assert list(stage.jobs.reviews) == [f"review:{ID}:0:0"]


async def test_a_draft_that_moved_on_meanwhile_gets_no_second_round(stage: Stage) -> None:
    await stage.compose(SHEET)
    record = await stage.drafts.find(ID)
    assert record
    moved = stage.drafts.next_round
    stage.drafts.next_round = lambda job: moved(replace(job, round=7))
    assert await stage.edit(ID, "U1", replace(SAID, ai=MadeWithAi.ALL)) is Composed.DONE
    assert list(stage.jobs.reviews) == [record.job.key]


async def test_who_may_not_change_it_is_told_why(stage: Stage) -> None:
    changed = replace(SAID, text="Other words.")
    assert await stage.edit.begin(ID, "U1") is Composed.GONE
    assert await stage.edit(ID, "U1", changed) is Composed.GONE
    await stage.compose(SHEET)
    assert await stage.edit.begin(ID, "U2") is Composed.NOT_YOURS
    assert await stage.edit(ID, "U2", changed) is Composed.NOT_YOURS
    stage.board.trouble = Trouble.LATER
    assert await stage.edit(ID, "U1", changed) is Composed.LATER
    stage.board.trouble = None
    stage.board.closed = True
    assert await stage.edit(ID, "U1", changed) is Composed.CLOSED
    record = await stage.drafts.find(ID)
    assert record
    assert record.draft.text == SAID.text
    stage.board.posts.clear()
    assert await stage.edit(ID, "U1", changed) is Composed.GONE
    await stage.drafts.erase(Place.of(ID))
    assert await stage.edit.begin(ID, "U1") is Composed.GONE


async def test_one_that_nobody_knows_the_author_of_can_still_be_removed(stage: Stage) -> None:
    await stage.compose(SHEET)
    await stage.drafts.erase(Place.of(ID))
    assert await stage.remove(ID, "U2") is Composed.NOT_YOURS
    stage.drafts.rows[ID] = replace(stage.drafts.rows[ID], author_id="")
    assert await stage.remove(ID, "U1") is Composed.DONE


async def test_its_author_removes_it_for_good(stage: Stage) -> None:
    await stage.compose(SHEET)
    assert await stage.remove(ID, "U2") is Composed.NOT_YOURS
    stage.board.trouble = Trouble.LATER
    assert await stage.remove(ID, "U1") is Composed.LATER
    stage.board.trouble = None
    assert await stage.remove(ID, "U1") is Composed.DONE
    assert stage.board.posts == {}
    assert list(stage.jobs.removals) == [ID]
    record = await stage.drafts.find(ID)
    assert record
    assert record.erased
    assert await stage.remove("T1:C1:9.0", "U1") is Composed.GONE


async def test_what_slack_tells_of_candors_own_message_changes_nothing(stage: Stage) -> None:
    await stage.compose(SHEET)
    message = Message(Place.of(ID), Author.BOT, "U0", text=f"Draft by @Dana\n{POST}", revision=f"{NOW + 9:.6f}")
    await stage.receive(Changed(message))
    assert await stage.edit.begin(ID, "U1") == SAID
