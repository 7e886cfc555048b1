"""Sign-off: who may, what is kept, and what the one message in the thread shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.deciding import Decision, Mute
from bot.core.drafts import Click, Target
from bot.core.errors import TryLater
from bot.core.guidelines import Severity
from bot.core.judging import Critique, ModelPart, Outcome, ReviewState
from bot.core.reviewing import Review, Standing
from bot.core.sign_off import Act, OpenPoint, Prospect, Refusal, Refused, Source, Subject, fingerprint
from bot.core.words.sign_off import refused
from bot.flows.sign_off import CountedSignOffs, IsSignedOff
from tests.flows.fakes import PLACE, Crash, message
from tests.flows.sign_off_desk import AUTHOR, DRAFT, HARD, LEAD, MILD, NOBODY, NOW, OTHER_LEAD, TEXT, Desk
from tests.flows.world import Steps, World

ID = PLACE.draft_id


@pytest.fixture
async def desk() -> Desk:
    desk = Desk(World())
    await desk.review()
    return desk


def why(answer: Refused | Prospect | None) -> Refusal | None:
    return answer.why if isinstance(answer, Refused) else None


async def test_without_a_request_slack_is_asked_nothing(desk: Desk) -> None:
    assert desk.world.signs.calls == []


async def test_the_author_asks_and_the_message_names_who_can_decide(desk: Desk) -> None:
    assert await desk.ask() is None
    assert desk.status == (Act.ASKED, False)
    assert desk.shown
    assert (desk.shown.subject, desk.shown.leads) == (DRAFT, (LEAD, OTHER_LEAD))


async def test_what_is_open_is_told_of_the_text_that_stands_there(desk: Desk) -> None:
    await desk.act(Act.APPROVED)
    assert desk.shown
    assert desk.shown.now == Prospect(DRAFT, (OpenPoint(NOW.severity, NOW.guideline),), ReviewState.CHECKS_ONLY)
    await desk.edit("Buy it now.", "5.0")
    assert desk.shown.now
    assert not desk.shown.now.reviewed
    await desk.review("Buy it, now.", "6.0", HARD)
    assert [point.severity for point in desk.shown.now.open] == [Severity.MUST_FIX, Severity.SHOULD_FIX]
    standing = desk.world.thread.says[f"reply:{ID}"]
    assert isinstance(standing, Standing)
    assert standing.sign_off is Act.APPROVED


@pytest.mark.parametrize("user", [LEAD, NOBODY])
async def test_only_the_author_asks(desk: Desk, user: str) -> None:
    assert why(await desk.ask(user)) is Refusal.NOT_THE_AUTHOR


async def test_asking_twice_is_told_and_the_same_click_counts_once(desk: Desk) -> None:
    assert await desk.ask() is None
    assert await desk.ask() is None
    assert why(await desk.ask(at="2.0")) is Refusal.ALREADY_ASKED
    await desk.act(Act.APPROVED)
    assert why(await desk.ask(at="3.0")) is Refusal.ALREADY_APPROVED
    assert desk.shown
    assert [act.act for act in desk.shown.history] == [Act.ASKED, Act.APPROVED]


async def test_after_a_hold_the_author_may_ask_again(desk: Desk) -> None:
    await desk.act(Act.HELD)
    desk.world.clock.time += 1
    assert await desk.ask() is None
    assert desk.status == (Act.ASKED, False)


async def test_where_no_lead_reads_the_channel_the_author_hears_whom_to_invite(desk: Desk) -> None:
    desk.world.audience.closed[PLACE.channel] = (AUTHOR,)
    assert await desk.ask() == Refused(Refusal.NO_LEADS_INSIDE, (LEAD, OTHER_LEAD))
    assert desk.shown is None
    said = refused(Refused(Refusal.NO_LEADS_INSIDE, (LEAD,)))
    assert f"Invite one (<@{LEAD}>), then ask again." in said
    desk.world.audience.closed[PLACE.channel] = (AUTHOR, OTHER_LEAD)
    assert await desk.ask(at="2.0") is None
    assert desk.shown


async def test_where_slack_does_not_say_who_reads_the_channel_the_request_is_taken(desk: Desk) -> None:
    seen = desk.world.audience.closed
    seen[PLACE.channel] = (AUTHOR,)
    desk.world.audience.asleep = True
    answer = await desk.ask_for(Click(Target(ID), AUTHOR, "1.0"))
    assert answer is None
    assert [act.act for act in desk.world.drafts.acts[ID].values()] == [Act.ASKED]


@pytest.mark.parametrize(("leads", "refusal"), [((AUTHOR,), Refusal.ONLY_LEAD), ((), Refusal.NO_LEADS)])
async def test_asking_is_refused_where_nobody_can_sign_off(
    desk: Desk, leads: tuple[str, ...], refusal: Refusal
) -> None:
    desk.world.leads.users["T1"] = leads
    assert why(await desk.ask()) is refusal
    assert desk.shown is None


async def test_a_lead_decides_and_what_is_open_is_kept(desk: Desk) -> None:
    assert await desk.act(Act.CHANGES, note="  Say until when. ") is None
    assert desk.shown
    last = desk.shown.last
    assert (last.act, last.user, last.note) == (Act.CHANGES, LEAD, "Say until when.")
    assert last.open == (OpenPoint(Severity.SHOULD_FIX, NOW.guideline),)
    assert last.reviewed


@pytest.mark.parametrize(
    ("user", "act", "leads", "refusal"),
    [
        (NOBODY, Act.APPROVED, (LEAD,), Refusal.NOT_A_LEAD),
        (AUTHOR, Act.HELD, (LEAD,), Refusal.NOT_A_LEAD),
        (AUTHOR, Act.APPROVED, (AUTHOR, LEAD), Refusal.OWN_DRAFT),
        (AUTHOR, Act.APPROVED, (AUTHOR,), Refusal.ONLY_LEAD),
        (LEAD, Act.APPROVED, (), Refusal.NO_LEADS),
        (AUTHOR, Act.HELD, (AUTHOR, LEAD), None),
    ],
)
async def test_brand_leads_decide_and_never_approve_their_own_draft(
    desk: Desk, user: str, act: Act, leads: tuple[str, ...], refusal: Refusal | None
) -> None:
    desk.world.leads.users["T1"] = leads
    assert why(await desk.act(act, user)) is refusal


async def test_who_can_decide_is_named_without_the_author(desk: Desk) -> None:
    desk.world.leads.users["T1"] = (AUTHOR, LEAD)
    assert await desk.act(Act.APPROVED, AUTHOR) == Refused(Refusal.OWN_DRAFT, (LEAD,))
    await desk.ask()
    assert desk.shown
    assert desk.shown.leads == (LEAD,)


async def test_while_slack_does_not_say_who_the_leads_are_nothing_is_decided(desk: Desk) -> None:
    await desk.ask()

    async def silent(_: str) -> tuple[str, ...]:
        raise TryLater(60)

    desk.world.leads.of = silent  # type: ignore[method-assign]
    assert why(await desk.act(Act.APPROVED)) is Refusal.LATER
    assert why(await desk.ask(at="2.0")) is Refusal.LATER
    with pytest.raises(TryLater):  # the leads are told when Slack says who they are; the thread does not wait
        await desk.edit(f"{TEXT} More.", "5.0")
    assert desk.shown
    assert desk.shown.leads == ()


async def test_an_open_must_fix_point_asks_first_and_is_kept_with_the_approval(desk: Desk) -> None:
    await desk.review(f"{TEXT}!", "1.0", HARD)
    now = Subject(Source.DRAFT, fingerprint(f"{TEXT}!"))
    found = await desk.act(Act.APPROVED, subject=now)
    assert isinstance(found, Prospect)
    assert [point.severity for point in found.open] == [Severity.MUST_FIX, Severity.SHOULD_FIX]
    assert desk.shown is None
    assert await desk.act(Act.APPROVED, subject=now, confirmed=True) is None
    assert desk.shown
    assert desk.shown.approved
    assert desk.shown.last.open == found.open


@pytest.mark.parametrize("critique", [None, Critique(Outcome.COULD_NOT_REVIEW)])
async def test_a_text_that_nobody_read_asks_first(critique: Critique | None) -> None:
    desk = Desk(World())
    if critique:
        await desk.review(critique=critique)
    else:
        await desk.world.drafts.add(message(TEXT))
    found = await desk.act(Act.APPROVED)
    assert isinstance(found, Prospect)
    assert not found.reviewed
    await desk.act(Act.APPROVED, confirmed=True)
    assert desk.shown
    assert not desk.shown.last.reviewed


@pytest.mark.parametrize(
    "part", [part for part in ModelPart if part not in (ModelPart.OFF, ModelPart.OUTGROWN, ModelPart.ANSWERED)]
)
async def test_while_the_full_review_is_missing_an_approval_asks_once_and_is_taken(part: ModelPart) -> None:
    desk = Desk(World())
    await desk.review(critique=replace(MILD, model_part=part))
    found = await desk.act(Act.APPROVED)
    assert isinstance(found, Prospect)
    assert (found.reviewed, found.must_fix) == (False, ())
    assert [point.guideline for point in found.open] == [NOW.guideline]
    assert desk.shown is None
    assert await desk.act(Act.APPROVED, confirmed=True) is None
    assert desk.shown
    assert desk.shown.approved
    assert not desk.shown.last.reviewed
    assert desk.shown.last.open == found.open


async def test_while_a_new_round_is_under_way_its_review_is_still_to_come(desk: Desk) -> None:
    job = await desk.world.drafts.next_round(desk.world.drafts.rows[ID].job)
    found = await desk.act(Act.APPROVED)
    assert isinstance(found, Prospect)
    assert found.state is ReviewState.AWAITED
    assert job
    await desk.world.drafts.save_review(Review(job, MILD))
    assert await desk.act(Act.APPROVED) is None


async def test_an_edit_makes_it_stale_at_once_and_the_way_back_makes_it_valid(desk: Desk) -> None:
    await desk.act(Act.APPROVED)
    await desk.edit(f"{TEXT} More.", "5.0")
    assert desk.status == (Act.APPROVED, True)
    await desk.edit(TEXT, "6.0")
    assert desk.status == (Act.APPROVED, False)
    assert len(desk.world.signs.standing) == 1


async def test_a_used_change_makes_it_about_the_clean_text(desk: Desk) -> None:
    await desk.act(Act.APPROVED)
    await desk.world.decide(Click(Target(ID, NOW.ref), AUTHOR, "7.0"), Decision.USED)
    await desk.refresh()
    assert desk.status == (Act.APPROVED, True)
    clean = Subject(Source.CLEAN, fingerprint("Look. Buy it."))
    assert desk.shown
    assert desk.shown.subject == clean
    await desk.act(Act.APPROVED, subject=clean)
    assert desk.status == (Act.APPROVED, False)
    await desk.edit(f"{TEXT} More.", "8.0")
    assert desk.status == (Act.APPROVED, True)
    await desk.edit(TEXT, "9.0")
    await desk.world.drafts.save_review(Review(desk.world.drafts.rows[ID].job, MILD))
    await desk.world.keep(ID, owner="again")
    assert desk.status == (Act.APPROVED, False)
    made = desk.world.cleans.says[f"clean:{ID}"]
    assert not made.outdated


async def test_an_approval_of_words_that_changed_meanwhile_is_not_taken_but_a_note_is(desk: Desk) -> None:
    await desk.edit(f"{TEXT} More.", "5.0")
    assert why(await desk.act(Act.APPROVED)) is Refusal.CHANGED
    assert why(await desk.act(Act.APPROVED, confirmed=True)) is Refusal.CHANGED
    assert await desk.act(Act.CHANGES, note="Shorter.") is None
    assert desk.status == (Act.CHANGES, True)
    assert desk.shown
    assert (desk.shown.last.open, desk.shown.last.reviewed) == ((), False)


async def test_of_two_leads_the_last_one_counts_and_both_are_in_the_history(desk: Desk) -> None:
    await desk.act(Act.HELD, LEAD)
    await desk.act(Act.APPROVED, OTHER_LEAD)
    assert desk.shown
    assert [(act.act, act.user) for act in desk.shown.history] == [(Act.HELD, LEAD), (Act.APPROVED, OTHER_LEAD)]
    assert desk.shown.approved


async def test_the_same_decision_delivered_twice_counts_once(desk: Desk) -> None:
    for _ in range(2):
        await desk.act(Act.HELD, key="window")
    assert desk.shown
    assert len(desk.shown.history) == 1


async def test_a_second_click_on_approve_is_no_second_approval(desk: Desk) -> None:
    for _ in range(2):
        assert await desk.act(Act.APPROVED) is None
    assert desk.shown
    assert len(desk.shown.history) == 1
    await desk.act(Act.APPROVED, OTHER_LEAD)
    assert len(desk.shown.history) == 2


async def test_of_a_draft_that_is_gone_or_unknown_nothing_is_taken(desk: Desk) -> None:
    unknown = Desk(World())
    assert [why(await unknown.ask()), why(await unknown.act(Act.APPROVED))] == [Refusal.GONE] * 2
    await desk.world.drafts.erase(PLACE)
    assert [why(await desk.ask()), why(await desk.act(Act.APPROVED))] == [Refusal.GONE] * 2


async def test_it_goes_with_its_draft(desk: Desk) -> None:
    await desk.act(Act.HELD, note="Legal has to read it.")
    await desk.world.drafts.erase(PLACE)
    assert await desk.world.drafts.orphans() == [ID]
    await desk.world.remove(Steps(), ID)
    assert desk.shown is None
    assert await desk.world.drafts.orphans() == []


async def test_killed_between_post_and_note_there_is_one_message(desk: Desk) -> None:
    desk.world.signs.crash_after = "post"
    with pytest.raises(Crash):
        await desk.ask()
    await desk.refresh()
    assert desk.status == (Act.ASKED, False)


async def test_killed_between_the_decision_and_the_job_the_same_click_mends_it(desk: Desk) -> None:
    desk.world.jobs.down = True
    with pytest.raises(Crash):
        await desk.ask()
    desk.world.jobs.down = False
    assert await desk.ask() is None
    assert desk.status == (Act.ASKED, False)


async def test_in_a_muted_thread_only_a_message_that_stands_there_goes_on(desk: Desk) -> None:
    await desk.world.mutes.mute(ID, Mute(AUTHOR, 0.0))
    assert why(await desk.ask()) is Refusal.GONE
    await desk.world.mutes.unmute(ID)
    await desk.act(Act.APPROVED)
    await desk.world.mutes.mute(ID, Mute(AUTHOR, 0.0))
    await desk.edit(f"{TEXT} More.", "5.0")
    assert desk.status == (Act.APPROVED, True)


async def test_a_mute_that_overtakes_the_request_leaves_no_message(desk: Desk) -> None:
    await desk.ask_for(Click(Target(ID), AUTHOR, "1.0"))
    await desk.world.mutes.mute(ID, Mute(AUTHOR, 0.0))
    await desk.refresh()
    assert desk.shown is None


async def test_what_waits_is_counted_for_the_digest() -> None:
    world = World()
    for number, author in enumerate((AUTHOR, NOBODY, LEAD)):
        world.sign_offs.wait(number, author)
    assert await CountedSignOffs(world.sign_offs).waiting("T1") == 3


async def test_whoever_is_no_lead_any_more_decides_nothing_and_silence_is_no_yes(desk: Desk) -> None:
    await desk.review()
    await desk.ask()
    desk.world.leads.demoted.add(LEAD)
    for act in (Act.APPROVED, Act.CHANGES, Act.HELD):
        assert await desk.act(act) == Refused(Refusal.NOT_A_LEAD, (OTHER_LEAD,))
    desk.world.leads.silent = True
    assert await desk.act(Act.APPROVED, OTHER_LEAD) == Refused(Refusal.LATER)
    desk.world.leads.silent = False
    assert await desk.act(Act.APPROVED, OTHER_LEAD) is None


async def test_exactly_the_approved_text_is_signed_off_by_its_words_and_by_its_hash(desk: Desk) -> None:
    is_signed_off = IsSignedOff(desk.world.drafts, desk.world.sign_offs)
    assert await is_signed_off("T1", TEXT) is None
    await desk.act(Act.APPROVED)
    approved = await is_signed_off("T1", TEXT)
    assert (approved is not None, await is_signed_off.hashed("T1", fingerprint(TEXT))) == (True, approved)
    assert await is_signed_off("T2", TEXT) is None
    assert await is_signed_off.hashed("T1", fingerprint(f"{TEXT} ")) is None
    await desk.edit("Buy it now.", "5.0")
    assert await is_signed_off("T1", "Buy it now.") is None
