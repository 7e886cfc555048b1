"""Audits on both databases: results go when one ends, and with the draft that they are of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.brand.audit import Audit, AuditedPost, AuditPoint, AuditResult, AuditState, PointPlace
from bot.core.brand.overnight import Night
from bot.core.brand.variants import SetPost
from bot.core.guidelines import Severity
from bot.core.privacy import DataKind
from bot.core.words.privacy import DELETED
from bot.store.brand.audit import AuditStore
from bot.store.privacy import OWN, SIGNED, PersonalStore
from bot.store.retention import RetentionStore
from bot.store.settings import WorkspaceStore
from tests.databases import everything_in
from tests.store.samples import PLACE, message

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database
    from bot.store.drafts import DraftStore

AUDIT = Audit("a1", "U2", 1_700_000_000.0, source="C1", name="plan.csv")
RESULT = AuditResult((AuditPoint("a/b", Severity.MUST_FIX, "zebra", "It begs."),), "", ())
OF_DRAFT = AuditedPost(SetPost("zebra", "1"), PLACE.draft_id, "k1")
OF_FILE = AuditedPost(SetPost("gnu", "2"), "", "k2")


@pytest.fixture
async def audits(database: Database, drafts: DraftStore) -> AuditStore:
    """One that runs, with a draft and a post from a file read."""
    store = AuditStore(database)
    await drafts.add(message())
    await store.begin("T1", AUDIT)
    await store.keep("T1", "a1", [(OF_DRAFT, RESULT), (OF_FILE, RESULT)])
    return store


async def test_what_is_done_is_known_after_a_crash_in_its_workspace_alone(audits: AuditStore) -> None:
    await audits.begin("T1", replace(AUDIT, user="U9"))
    await audits.keep("T1", "a1", [(OF_DRAFT, RESULT)])
    assert await audits.results("T1", "a1") == {"k1": RESULT, "k2": RESULT}
    assert await audits.results("T2", "a1") == {}
    assert await audits.find("T1", "a1") == AUDIT
    assert await audits.find("T2", "a1") is None


async def test_a_stop_is_seen_by_whoever_notes_something_later(audits: AuditStore) -> None:
    assert await audits.note("T1", replace(AUDIT, state=AuditState.STOPPED), AUDIT)
    assert not await audits.note("T1", replace(AUDIT, ts="9.0"), AUDIT)


async def test_what_somebody_noted_meanwhile_is_not_written_over(audits: AuditStore) -> None:
    placed = replace(AUDIT, place="C1", ts="9.0")
    assert await audits.note("T1", placed, AUDIT)
    assert not await audits.note("T1", replace(AUDIT, state=AuditState.STOPPED), AUDIT)
    assert await audits.find("T1", "a1") == placed


async def test_of_one_that_is_over_no_words_stay(
    audits: AuditStore, database: Database, url: str, tmp_path: Path
) -> None:
    assert b"zebra" in everything_in(url, tmp_path)
    ended = replace(AUDIT, state=AuditState.DONE, uploads=("F1",), ts="9.0")
    assert await audits.finish("T1", ended, {PLACE.draft_id})
    assert await audits.find("T1", "a1") == ended
    assert await audits.results("T1", "a1") == {}
    assert b"zebra" not in everything_in(url, tmp_path)
    assert await audits.about("T1", "U1") == ("a1",)  # whose draft it quotes
    assert await audits.about("T1", "U2") == ("a1",)
    assert await audits.about("T2", "U1") == await audits.about("T1", "U3") == ()
    await audits.finish("T1", ended)
    assert await audits.about("T1", "U1") == ("a1",)
    await audits.finish("T1", ended, ())
    assert await audits.about("T1", "U1") == ()
    await audits.remove("T1", "a1")
    assert not await audits.finish("T1", ended)
    await database.wipe()
    assert b"plan.csv" not in everything_in(url, tmp_path)


PLACES = tuple(
    PointPlace(named, "a1", key, guideline="9c1f", severity=Severity.CONSIDER, start=3, end=8, draft_id=draft_id)
    for named, key, draft_id in (("3f2a1b-1", "k1", PLACE.draft_id), ("3f2a1b-2", "k2", ""))
)


async def test_where_points_stand_is_known_when_an_audit_is_over_and_goes_with_the_draft_and_the_audit(
    audits: AuditStore, drafts: DraftStore, database: Database
) -> None:
    ended = replace(AUDIT, state=AuditState.DONE)
    await audits.keep_places("T1", [replace(PLACES[0], start=0), *PLACES[1:]])
    await audits.keep_places("T1", PLACES)
    assert await audits.finish("T1", ended, {PLACE.draft_id})
    ids = ["3f2a1b-2", "3f2a1b-1", "k1"]
    assert {*await audits.places("T1", ids)} == {*PLACES}
    assert await audits.places("T2", ids) == ()
    assert await audits.results("T1", "a1") == {}
    await audits.keep("T1", "a1", [(OF_FILE, RESULT)])  # once more, with a model
    assert await audits.results("T1", "a1") == {"k2": RESULT}
    assert await audits.finish("T1", ended)  # cancelled
    await audits.keep_places("T1", [replace(PLACES[1], id="3f2a1b-m1")])
    assert await audits.finish("T1", ended, ())
    await audits.forget_stale(AUDIT.at + 1)
    assert len(await audits.places("T1", [*ids, "3f2a1b-m1"])) == 3
    assert await audits.about("T1", "U1") == ("a1",)
    await drafts.erase(PLACE)
    assert await audits.places("T1", ids) == (PLACES[1],)
    await audits.keep_places("T1", PLACES)  # nothing comes after it
    assert await audits.places("T1", ids) == (PLACES[1],)
    assert await RetentionStore(database).forget_older("T1", AUDIT.at + 1) == 1
    assert await audits.places("T1", [*ids, "3f2a1b-m1"]) == ()
    await audits.keep_places("T1", PLACES[1:])
    assert not await audits.finish("T1", ended, ())
    assert await audits.places("T1", ids) == ()


async def test_as_many_points_as_a_page_lists_are_kept_at_once(audits: AuditStore) -> None:
    many = [replace(PLACES[1], id=f"3f2a1b-{number}") for number in range(10_000)]
    await audits.keep_places("T1", many)
    assert len(await audits.places("T1", ["3f2a1b-0", "3f2a1b-9999"])) == 2


async def test_results_go_with_their_draft_and_none_comes_after_it(audits: AuditStore, drafts: DraftStore) -> None:
    await drafts.erase(PLACE)
    assert await audits.results("T1", "a1") == {"k2": RESULT}
    await audits.keep("T1", "a1", [(OF_DRAFT, RESULT)])
    assert await audits.results("T1", "a1") == {"k2": RESULT}


@pytest.mark.parametrize("early", [False, True])
async def test_whose_deleted_draft_a_report_quotes_is_known_until_it_is_taken_back_and_nothing_else_of_it(
    audits: AuditStore, drafts: DraftStore, url: str, tmp_path: Path, *, early: bool
) -> None:
    ended = replace(AUDIT, state=AuditState.DONE)
    await audits.keep("T1", "a1", [(replace(OF_DRAFT, key="hash-of-words"), RESULT)])
    await audits.keep_places("T1", PLACES)
    assert b"hash-of-words" in everything_in(url, tmp_path)
    if not early:
        await audits.finish("T1", ended, {PLACE.draft_id})
    for _ in range(2):
        await drafts.erase(PLACE)
    if early:  # it went between the page and the note that it is there
        await audits.finish("T1", ended, {PLACE.draft_id})
    assert await audits.about("T1", "U1") == ("a1",)
    held = everything_in(url, tmp_path)
    assert (b"hash-of-words" in held, b"3f2a1b-1" in held, b"3f2a1b-2" in held) == (False, False, True)
    await audits.remove("T1", "a1")
    assert await audits.about("T1", "U1") == ()


async def test_what_the_first_report_quotes_is_known_whatever_the_model_lets_go_or_leaves_unread(
    audits: AuditStore,
) -> None:
    again = replace(AUDIT, state=AuditState.DONE, round=1)
    await audits.finish("T1", replace(AUDIT, state=AuditState.DONE), {PLACE.draft_id})
    for quoted in (set[str](), None):
        await audits.keep("T1", "a1", [(OF_DRAFT, RESULT)])
        await audits.finish("T1", again, quoted)
        assert await audits.results("T1", "a1") == {}
        assert await audits.about("T1", "U1") == ("a1",)


async def test_what_was_read_of_a_cancelled_audit_and_is_not_quoted_leads_nowhere(audits: AuditStore) -> None:
    again = replace(AUDIT, state=AuditState.DONE, round=1)
    await audits.finish("T1", replace(AUDIT, state=AuditState.DONE), set())
    await audits.keep("T1", "a1", [(OF_DRAFT, RESULT)])
    await audits.finish("T1", again)
    assert await audits.about("T1", "U1") == ()


async def test_of_a_draft_that_goes_while_it_is_read_it_is_known_only_if_the_report_quotes_it(
    audits: AuditStore, drafts: DraftStore
) -> None:
    await drafts.erase(PLACE)
    assert await audits.about("T1", "U1") == ("a1",)
    await audits.finish("T1", replace(AUDIT, state=AuditState.DONE), {PLACE.draft_id})
    assert await audits.about("T1", "U1") == ("a1",)
    await audits.finish("T1", replace(AUDIT, state=AuditState.DONE), set())
    assert await audits.about("T1", "U1") == ()


async def test_what_is_done_of_one_that_never_ended_goes_after_a_while(audits: AuditStore) -> None:
    await audits.forget_stale(AUDIT.at)
    assert len(await audits.results("T1", "a1")) == 2
    await audits.forget_stale(AUDIT.at + 1)
    assert await audits.results("T1", "a1") == {}


@pytest.mark.usefixtures("audits")
async def test_it_goes_with_the_person_and_the_receipt_counts_it(database: Database, url: str, tmp_path: Path) -> None:
    people = PersonalStore(database)
    assert (await people.counts("T1", "U2"))[DataKind.AUDITS] == 1
    await people.forget("T1", "U2")
    assert (await people.counts("T1", "U2"))[DataKind.AUDITS] == 0
    assert b"gnu" not in everything_in(url, tmp_path)
    assert b"It begs." not in everything_in(url, tmp_path)


@pytest.mark.usefixtures("audits")
async def test_it_goes_with_time_and_with_the_workspace(database: Database, url: str, tmp_path: Path) -> None:
    assert await RetentionStore(database).forget_older("T1", AUDIT.at) == 0
    assert await RetentionStore(database).forget_older("T1", AUDIT.at + 1) == 1
    assert b"It begs." not in everything_in(url, tmp_path)
    await AuditStore(database).begin("T1", AUDIT)
    await WorkspaceStore(database).erase("T1")
    assert b"plan.csv" not in everything_in(url, tmp_path)


def test_the_receipt_says_of_every_kind_whether_it_was_deleted_or_lost_a_name() -> None:
    gone = {own.kind for own in OWN.values() if not own.stays} | {DataKind.POSTS, DataKind.COMPARISONS}
    assert {*DELETED} == gone
    signed = {one.kind for signatures in SIGNED.values() for one in signatures}
    assert {*DataKind} == gone | signed | {DataKind.OPT_OUT}
    assert gone & signed == set()


async def test_what_stands_at_the_models_server_is_kept_with_the_audit_of_its_workspace(audits: AuditStore) -> None:
    assert await audits.overnight("T1") == ()
    pressed = replace(AUDIT, night=Night())
    handed_in = replace(AUDIT, night=Night(5.0, ("batch_1", "batch_2"), ("", "[]"), whole=True))
    assert await audits.note("T1", pressed, AUDIT)
    assert await audits.note("T1", handed_in, pressed)
    assert await audits.find("T1", "a1") == handed_in
    assert await audits.overnight("T1") == (handed_in,)
    assert await audits.overnight("T2") == ()
    assert await audits.note("T1", AUDIT, handed_in)
    assert await audits.overnight("T1") == ()
