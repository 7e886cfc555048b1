"""Rewordings that authors share: ids are kept, words are read from the draft and go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.critique import Critique, Outcome
from bot.core.digest import Edition, Period, ShownRewrite
from bot.core.digest_ports import Rewrites
from bot.core.finding import Edit, Finding
from bot.core.record import Review
from bot.core.severity import Severity
from bot.core.verdict import Decision, Verdict
from bot.store.rewrites import RewriteStore
from bot.store.verdicts import VerdictStore
from tests.databases import everything_in
from tests.store.samples import PLACE, job, message

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database
    from bot.store.drafts import DraftStore

ID = PLACE.draft_id
EDITED = "1700000050.000000"
NOW = 1_700_000_100.0
SINCE = NOW - 3600
PERIOD = Period(NOW - 3600, NOW + 3600)
EDITION = Edition("T1", "2023-W46", NOW, PERIOD, channel="C9")
FOUND = Finding(
    "user-control/no-false-pressure", Severity.SHOULD_FIX, 0, 10, "Only today", "Why.", Edit(0, 10, "This week")
)
CLEAN = Critique(Outcome.NOTHING_TO_FLAG)


@pytest.fixture
def rewrites(database: Database) -> RewriteStore:
    return RewriteStore(database)


async def accepted(database: Database, drafts: DraftStore, *, found: Finding = FOUND, after: Critique = CLEAN) -> None:
    await drafts.add(message())
    await drafts.save_review(Review(job(), Critique(Outcome.FINDINGS, (found,))))
    used = Verdict(found.ref, Decision.USED, "U2", "1700000040.000000", "0")
    await VerdictStore(database).record(ID, used)
    await drafts.revise(message("This week: half price!", EDITED))
    await drafts.save_review(Review(job(revision=EDITED), after))


async def shared(rewrites: RewriteStore) -> bool:
    return await rewrites.share("T1", ID, FOUND.ref, user="U1", now=NOW)


def test_it_is_the_port(rewrites: RewriteStore) -> None:
    assert isinstance(rewrites, Rewrites)


async def test_an_edit_that_was_used_and_cured_its_point_may_be_offered_to_the_author(
    rewrites: RewriteStore, database: Database, drafts: DraftStore
) -> None:
    await accepted(database, drafts)
    ((user, one),) = await rewrites.candidates("T1", SINCE)
    assert (user, one.before, one.after, one.guideline) == ("U1", "Only today", "This week", FOUND.guideline)
    assert await rewrites.candidates("T2", SINCE) == ()
    assert await rewrites.candidates("T1", NOW) == ()
    await shared(rewrites)
    assert await rewrites.candidates("T1", SINCE) == ()


@pytest.mark.parametrize(
    ("found", "after"),
    [
        (FOUND, Critique(Outcome.FINDINGS, (FOUND,))),
        (Finding(FOUND.guideline, Severity.CONSIDER, 0, 10, "Only today", "Why."), CLEAN),
        (
            Finding(FOUND.guideline, Severity.CONSIDER, 0, 10, "Only today", "Why.", Edit(0, 10, "Until [date]")),
            CLEAN,
        ),
    ],
    ids=["still there", "no edit", "a slot"],
)
async def test_what_did_not_cure_the_point_is_no_rewording_to_show(
    rewrites: RewriteStore, database: Database, drafts: DraftStore, found: Finding, after: Critique
) -> None:
    await accepted(database, drafts, found=found, after=after)
    assert await rewrites.candidates("T1", SINCE) == ()


async def test_before_the_author_edited_or_the_edit_was_reviewed_there_is_nothing_to_show(
    rewrites: RewriteStore, database: Database, drafts: DraftStore
) -> None:
    await drafts.add(message())
    await drafts.save_review(Review(job(), Critique(Outcome.FINDINGS, (FOUND,))))
    await VerdictStore(database).record(ID, Verdict(FOUND.ref, Decision.USED, "U2", "1700000040.000000", "0"))
    assert await rewrites.candidates("T1", SINCE) == ()
    await drafts.revise(message("This week: half price!", EDITED))
    assert await rewrites.candidates("T1", SINCE) == ()


async def test_only_the_author_agrees_and_only_once_it_stands_under_a_digest(
    rewrites: RewriteStore, database: Database, drafts: DraftStore
) -> None:
    await accepted(database, drafts)
    assert not await rewrites.share("T1", ID, FOUND.ref, user="U2", now=NOW)
    assert await rewrites.shared("T1", PERIOD) is None
    assert await shared(rewrites)
    one = await rewrites.shared("T1", PERIOD)
    assert one is not None
    assert (one.before, one.after) == ("Only today", "This week")
    assert await rewrites.shared("T2", PERIOD) is None
    await rewrites.shown(EDITION, one, "1.0")
    assert await rewrites.shared("T1", PERIOD) is None
    assert await rewrites.overdue() == ()


async def test_who_takes_it_back_is_not_quoted_and_may_agree_again(
    rewrites: RewriteStore, database: Database, drafts: DraftStore
) -> None:
    await accepted(database, drafts)
    await shared(rewrites)
    assert not await rewrites.withdraw("T1", ID, FOUND.ref, user="U2")
    assert await rewrites.withdraw("T1", ID, FOUND.ref, user="U1")
    assert await rewrites.shared("T1", PERIOD) is None
    assert await rewrites.candidates("T1", SINCE) == ()
    await shared(rewrites)
    assert await rewrites.shared("T1", PERIOD) is not None


async def test_an_edit_that_is_no_longer_in_use_is_not_shown(
    rewrites: RewriteStore, database: Database, drafts: DraftStore
) -> None:
    await accepted(database, drafts)
    await shared(rewrites)
    taken_back = Verdict(FOUND.ref, Decision.OPEN, "U1", "1700000060.000000", EDITED)
    await VerdictStore(database).record(ID, taken_back)
    assert await rewrites.shared("T1", PERIOD) is None


@pytest.mark.parametrize("how", ["erased", "withdrawn"])
async def test_words_whose_reason_to_stand_there_is_gone_are_overdue_until_they_are_hidden(
    rewrites: RewriteStore, database: Database, drafts: DraftStore, how: str
) -> None:
    await accepted(database, drafts)
    await shared(rewrites)
    one = await rewrites.shared("T1", PERIOD)
    assert one is not None
    await rewrites.shown(EDITION, one, "1.0")
    if how == "erased":
        await drafts.erase(PLACE)
    else:
        await rewrites.withdraw("T1", ID, FOUND.ref, user="U1")
    (shown,) = await rewrites.overdue()
    assert shown == ShownRewrite("T1", ID, FOUND.ref, "C9", "1.0")
    await rewrites.hidden(shown)
    assert await rewrites.overdue() == ()


async def test_after_the_draft_is_erased_no_word_of_it_is_left_and_nobody_can_agree(
    rewrites: RewriteStore, database: Database, drafts: DraftStore, url: str, tmp_path: Path
) -> None:
    await accepted(database, drafts)
    await shared(rewrites)
    await drafts.erase(PLACE)
    assert await rewrites.shared("T1", PERIOD) is None
    assert not await shared(rewrites)
    assert b"This week" not in everything_in(url, tmp_path)
