"""What was said before, on both databases: approved posts go with their drafts, those from files with their time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.brand.posts import EarlierPost, read_posts
from bot.core.drafts import Draft, Place
from bot.core.errors import PersonCanFix
from bot.core.findings import CleanText, Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Judgement, Outcome, Question
from bot.core.reviewing import Review, ReviewJob
from bot.core.sign_off import Act, Source, Subject, fingerprint
from bot.rules.values import terms_of
from bot.store.brand import posts as store
from bot.store.brand.posts import PostStore
from bot.store.retention import RetentionStore
from bot.store.reviewing import CleanTextStore, JudgementStore
from bot.store.sign_off import SignOffStore
from tests.databases import everything_in
from tests.store.samples import PLACE, FixedClock, message
from tests.store.test_sign_offs import act

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database
    from bot.store.drafts import DraftStore

ID, HERE, ELSEWHERE = PLACE.draft_id, "T1:C1:9.0", "T1:C2:9.0"
TEXT, LATER = "LinkedIn\n\nDelivery to Zebra costs £4.", "Delivery to Zebra costs £3."


def subject(text: str, source: Source = Source.DRAFT, of: str = "") -> Subject:
    post = message(of or text)
    return Subject(source, fingerprint(text, Draft(of or text, pictures=post.pictures, markup=post.markup)))


@pytest.fixture
def posts(database: Database, clock: FixedClock) -> PostStore:
    return PostStore(database, clock, terms_of)


@pytest.fixture
async def approved(database: Database, drafts: DraftStore, posts: PostStore) -> PostStore:
    """A draft that was approved."""
    await drafts.add(replace(message(TEXT), zones=()))
    plain = replace(message(TEXT), zones=())
    draft = Draft(TEXT, pictures=plain.pictures, markup=plain.markup)
    approval = act(Act.APPROVED, 1_790_000_000.0, Subject(Source.DRAFT, fingerprint(TEXT, draft)))
    await SignOffStore(database, terms_of).record(ID, approval)
    return posts


async def test_an_approved_text_is_found_in_its_channel_alone_and_never_by_itself(approved: PostStore) -> None:
    (found,) = await approved.near("T1", LATER, HERE)
    assert (found.text.strip(), found.platform, found.date) == ("Delivery to Zebra costs £4.", "linkedin", "2026-09-21")
    assert (found.channel, found.draft_id, found.link) == ("C1", ID, "")
    assert found.score >= 4
    for nobody in (ID, ELSEWHERE, ""):
        assert await approved.near("T1", LATER, nobody) == ()
    assert await approved.near("T2", LATER, HERE.replace("T1", "T2")) == ()
    assert await approved.near("T1", "", HERE) == ()


async def test_where_it_stands_is_noted(approved: PostStore) -> None:
    assert await approved.lacks_link(ID)
    assert not await approved.lacks_link(HERE)
    await approved.link(ID, "https://slack.example/1")
    assert not await approved.lacks_link(ID)
    assert (await approved.near("T1", LATER, HERE))[0].link == "https://slack.example/1"


async def test_an_edit_changes_nothing_and_another_decision_takes_it_back(
    approved: PostStore, database: Database, drafts: DraftStore
) -> None:
    sign_offs = SignOffStore(database, terms_of)
    edited = replace(message("Delivery to Zebra costs £5.", "1700000001.0"), zones=())
    await drafts.revise(edited)
    await sign_offs.record(ID, act(Act.ASKED, 1_790_000_001.0))
    assert "£4" in (await approved.near("T1", LATER, HERE))[0].text
    draft = Draft(edited.text, pictures=edited.pictures, markup=edited.markup)
    again = Subject(Source.DRAFT, fingerprint(edited.text, draft))
    await sign_offs.record(ID, act(Act.APPROVED, 1_790_000_002.0, again))
    assert [one.text for one in await approved.near("T1", LATER, HERE)] == ["Delivery to Zebra costs £5."]
    await sign_offs.record(ID, act(Act.HELD, 1_790_000_003.0, again))
    assert await approved.near("T1", LATER, HERE) == ()


async def test_of_a_clean_text_its_own_words_are_kept_and_of_words_that_are_gone_nothing(
    database: Database, drafts: DraftStore, posts: PostStore
) -> None:
    sign_offs = SignOffStore(database, terms_of)
    await drafts.add(message(TEXT))
    for gone in (Source.CLEAN, Source.DRAFT):
        await sign_offs.record(ID, act(Act.APPROVED, 1.0, Subject(gone, "0" * 64)))
        assert await posts.near("T1", LATER, HERE) == ()
    await CleanTextStore(database).save(ID, CleanText("0", "Delivery to Zebra costs £2."))
    clean = subject("Delivery to Zebra costs £2.", Source.CLEAN, TEXT)
    await sign_offs.record(ID, act(Act.APPROVED, 2.0, clean))
    assert [one.text for one in await posts.near("T1", LATER, HERE)] == ["Delivery to Zebra costs £2."]


def beside(why: str, rule: str = "") -> Critique:
    span = ("authenticity/one-story", Severity.SHOULD_FIX, 0, 3, "Our")
    kept = Finding("a/b", Severity.CONSIDER, 0, 3, "Our", "Something else.")
    quoting = Finding(*span, "", parts=(Finding(*span, why, rule=rule),))
    asked = (Question("a/b", "What is it?", ("a",)), Question("a/c", why, ("a",)))
    return Critique(Outcome.FINDINGS, (kept, Finding(*span, why, rule=rule), quoting), asked)


@pytest.mark.parametrize("how", ["erased", "expired"])
async def test_it_goes_with_its_draft_and_from_the_reviews_that_quote_it(
    approved: PostStore, drafts: DraftStore, database: Database, url: str, tmp_path: Path, *, how: str
) -> None:
    (post,) = await approved.near("T1", LATER, HERE)
    await drafts.add(replace(message("Our box"), place=Place.of(HERE)))
    job, alone = ReviewJob(HERE, "0"), beside("x", f"post:{post.id}").findings[1:2]
    critique = beside("A post says: “delivery to ZEBRA costs £4” already.")
    await drafts.save_review(Review(job, critique))
    await drafts.save_review(Review(replace(job, round=1), Critique(Outcome.FINDINGS, alone)))
    judgements = JudgementStore(database, FixedClock())
    await judgements.save(job, "digest", Judgement(critique.findings, critique.questions))
    assert await approved.quoting(ID) == (HERE,)
    assert b"zebra" in everything_in(url, tmp_path)
    if how == "erased":
        assert await drafts.erase(PLACE)
    else:
        assert await RetentionStore(database).expire(ID, 2_000_000_000.0)
    assert await approved.near("T1", LATER, HERE) == ()
    assert b"zebra" not in everything_in(url, tmp_path).lower()
    first, second = await drafts.find_review(job), await drafts.find_review(replace(job, round=1))
    assert first
    assert second
    assert (first.critique.findings, first.critique.questions) == (critique.findings[:1], critique.questions[:1])
    assert (second.critique.outcome, second.critique.findings) == (Outcome.NOTHING_TO_FLAG, ())
    judged = await judgements.find("T1", "digest")
    assert judged
    assert judged.findings == critique.findings[:1]
    assert await approved.quoting(ID) == (HERE,)
    await approved.unquoted(ID)
    assert await approved.quoting(ID) == ()


@pytest.mark.parametrize("how", ["erased", "held"])
async def test_a_review_that_ran_beside_it_meanwhile_quotes_it_no_more(
    approved: PostStore, drafts: DraftStore, database: Database, url: str, tmp_path: Path, *, how: str
) -> None:
    read = await approved.near("T1", LATER, HERE)
    await drafts.add(replace(message("Our box"), place=Place.of(HERE)))
    critique = beside("A post says: “delivery to ZEBRA costs £4” already.", f"post:{read[0].id}")
    job, judgements = ReviewJob(HERE, "0"), JudgementStore(database, FixedClock())
    if how == "erased":
        await drafts.erase(PLACE)
    else:
        again = Subject(Source.DRAFT, fingerprint(TEXT, Draft(TEXT)))
        await SignOffStore(database, terms_of).record(ID, act(Act.HELD, 1_790_000_003.0, again))
    await drafts.save_review(Review(job, critique), read)
    await judgements.save(job, "digest", Judgement(critique.findings, critique.questions), read)
    kept = await drafts.find_review(job)
    assert kept
    assert (kept.critique.findings, kept.critique.questions) == (critique.findings[:1], critique.questions[:1])
    assert await judgements.find("T1", "digest") is None
    if how == "erased":
        assert b"zebra" not in everything_in(url, tmp_path).lower()


async def test_a_review_beside_posts_that_are_still_there_is_kept_whole(
    approved: PostStore, drafts: DraftStore, posts: PostStore, database: Database
) -> None:
    await posts.bring("T1", [one for _, one in read_posts("text,date\nDelivery to Zebra costs £4.,2026-03-01\n").posts])
    read = await approved.near("T1", LATER, HERE)
    assert len(read) == 2
    await drafts.add(replace(message("Our box"), place=Place.of(HERE)))
    critique = beside("It said: “delivery to Zebra costs £4” already.", f"post:{read[0].id}")
    job, judgements = ReviewJob(HERE, "0"), JudgementStore(database, FixedClock())
    await drafts.save_review(Review(job, critique), read)
    await judgements.save(job, "digest", Judgement(critique.findings, critique.questions), read)
    assert await drafts.find_review(job) == Review(job, critique)
    assert await judgements.find("T1", "digest")


@pytest.mark.parametrize("what", [Act.HELD, Act.APPROVED])
async def test_words_whose_approval_is_taken_back_are_quoted_nowhere_once_their_draft_is_deleted(
    approved: PostStore, drafts: DraftStore, database: Database, url: str, tmp_path: Path, *, what: Act
) -> None:
    (post,) = await approved.near("T1", LATER, HERE)
    await drafts.add(replace(message("Our box"), place=Place.of(HERE)))
    critique = beside("It said: “delivery to Zebra costs £4” already.", f"post:{post.id}")
    await drafts.save_review(Review(ReviewJob(HERE, "0"), critique))
    edited = replace(message("Something else costs £5.", "1700000001.0"), zones=())
    await drafts.revise(edited)
    again = Draft(edited.text, pictures=edited.pictures, markup=edited.markup)
    later = act(what, 1_790_000_002.0, Subject(Source.DRAFT, fingerprint(edited.text, again)))
    await SignOffStore(database, terms_of).record(ID, later)
    assert await drafts.erase(PLACE)
    assert await approved.quoting(ID) == (HERE,)
    assert b"zebra" not in everything_in(url, tmp_path).lower()


async def test_posts_from_a_file_are_found_everywhere_once_until_their_time_is_over(
    posts: PostStore, clock: FixedClock, database: Database, url: str, tmp_path: Path
) -> None:
    read = [one for _, one in read_posts("text,date\nDelivery to Zebra costs £4.,2026-03-01\nHi,2026-03-02\n").posts]
    assert await posts.bring("T1", read) == 2
    clock.moment += 100
    assert await posts.bring("T1", read) == 0
    for where in (HERE, ELSEWHERE, ""):
        assert [one.date for one in await posts.near("T1", LATER, where)] == ["2026-03-01"]
    assert await posts.near("T2", LATER, "T2:C1:1.0") == ()
    retention = RetentionStore(database)
    assert await retention.forget_older("T2", clock.moment + 1) == 0
    assert await retention.forget_older("T1", clock.moment - 1) == 0
    assert await retention.forget_older("T1", clock.moment + 1) == 2
    assert b"zebra" not in everything_in(url, tmp_path).lower()


async def test_a_file_that_several_bring_at_once_is_kept_once(posts: PostStore) -> None:
    read = [EarlierPost(f"Delivery to Zebra costs £{number}.", "2026-03-01", id=f"p{number}") for number in range(300)]
    added = await asyncio.gather(*(posts.bring("T1", order) for order in (read, read[::-1], read, read[::-1])))
    assert sum(added) == len(read)
    assert len(await posts.of_channel("T1", "C1", 1000)) == len(read)
    assert len(await posts.alike("T1", "Delivery to Zebra")) == len(read)


async def test_what_may_make_a_claim_is_found_wherever_it_was_said(approved: PostStore) -> None:
    await approved.bring("T1", [EarlierPost("Delivery to Zebra: £4!", "2026-03-01", id="p1")])
    await approved.bring("T2", [EarlierPost("Delivery to Zebra: £4!", "2026-03-01", id="p1")])
    assert [one.is_approved for one in await approved.alike("T1", LATER)] == [True, False]
    assert await approved.alike("T1", "Nothing of the kind") == ()
    assert await approved.quoting(ID) == ()


async def test_there_is_an_end_to_them(posts: PostStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_POSTS", 1)
    assert await posts.bring("T1", [EarlierPost("a £1", "2026-03-01", id="a")]) == 1
    with pytest.raises(PersonCanFix, match="more than 1 posts"):
        await posts.bring("T1", [EarlierPost("b", "2026-03-01", id="b")])
    assert Place.of(HERE).channel == "C1"
