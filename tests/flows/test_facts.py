"""Who changes the fact sheet, what is noted of it, and how it comes as a file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from bot.core.brand.fact_tables import csv_of, table_of
from bot.core.brand.facts import (
    ADDED,
    CHANGED,
    ENDED,
    MOST_FACTS,
    REMOVED,
    EvidenceLapse,
    Fact,
    FactChange,
    FactKind,
    source_of,
)
from bot.core.brand.posts import EarlierPost
from bot.core.drafts import Click, Place, Target
from bot.core.errors import TryLater
from bot.core.findings import CLAIM_EVIDENCE, RECORDED_FACT, RECORDED_POST, Edit, Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome
from bot.core.settings import DigestSettings, WorkspaceSettings
from bot.core.sign_off import WaitingSignOff
from bot.core.words.brand import facts as words
from bot.flows.brand.facts import CSV, ChangeFacts, ExportFacts, FactOfPoint, FactSheets, WatchEvidence
from bot.flows.brand.posts import LinkPost, Records
from bot.rules.claims import leans_on
from tests.flows.fake_facts import FakeFacts, FakePosts
from tests.flows.fake_leads import FakeLeads, FakeLinks
from tests.flows.fake_privacy import FakeFileMessages
from tests.flows.fake_settings import FakeSettings
from tests.flows.fake_signing import FakeSignOffs
from tests.flows.fakes import PLACE, FakeClock, straight_on
from tests.flows.world import Steps, World

LEAD, MEMBER = "U1", "U9"
FOUNDED = Fact("Founded in 2016", id="f1")
MIDNIGHT = 1_790_812_800.0
"""0:00 UTC on 1 October 2026."""


@dataclass
class Scene:
    facts: FakeFacts = field(default_factory=FakeFacts)
    settings: FakeSettings = field(default_factory=FakeSettings)
    leads: FakeLeads = field(default_factory=FakeLeads)
    clock: FakeClock = field(default_factory=lambda: FakeClock(straight_on))

    @property
    def sheets(self) -> FactSheets:
        return FactSheets(self.facts, self.settings, self.clock)

    @property
    def change(self) -> ChangeFacts:
        return ChangeFacts(self.sheets, self.leads, self.clock)


@pytest.fixture
def scene() -> Scene:
    return Scene()


async def test_a_brand_leads_change_is_kept_and_noted(scene: Scene) -> None:
    now, later = scene.clock.now(), replace(FOUNDED, value="Founded in 2017")
    assert await scene.change.put("T1", LEAD, FOUNDED) == ""
    assert await scene.change.put("T1", LEAD, FOUNDED) == ""
    assert await scene.change.put("T1", LEAD, later) == ""
    assert await scene.facts.of("T1") == (replace(later, recorded_at=now, recorded_on="2027-01-15"),)
    assert await scene.facts.changes("T1", 9) == (
        FactChange("f1", CHANGED, "Founded in 2016", new="Founded in 2017", user=LEAD, at=now),
        FactChange("f1", ADDED, "", new="Founded in 2016", user=LEAD, at=now),
    )
    assert await scene.change.remove("T1", LEAD, "f1") == ""
    assert await scene.change.remove("T1", LEAD, "f1") == ""
    assert await scene.facts.of("T1") == ()
    (last,) = await scene.facts.changes("T1", 1)
    assert (last.fact, last.act, last.old, last.new) == ("f1", REMOVED, "Founded in 2017", "")


async def test_nobody_else_changes_anything(scene: Scene) -> None:
    await scene.change.put("T1", LEAD, FOUNDED)
    before = await scene.facts.of("T1")
    for wish in (
        scene.change.put("T1", MEMBER, Fact("Founded in 1958", id="f2")),
        scene.change.bring("T1", MEMBER, [Fact("Founded in 1958")], key="V1"),
        scene.change.end("T1", MEMBER, "f1"),
        scene.change.remove("T1", MEMBER, "f1"),
        scene.change.put("T2", LEAD, FOUNDED),
    ):
        assert await wish == words.ONLY_LEADS
    assert await scene.facts.of("T1") == before
    scene.leads.silent = True
    with pytest.raises(TryLater):
        await scene.change.remove("T1", LEAD, "f1")


async def test_the_day_on_which_a_fact_was_noted_is_one_where_the_team_is(scene: Scene) -> None:
    scene.settings.own["T1"] = WorkspaceSettings(digest=DigestSettings(zone="Pacific/Honolulu"))
    assert await scene.change.put("T1", LEAD, FOUNDED) == ""
    scene.clock.time += 24 * 3600
    assert await scene.change.put("T1", LEAD, FOUNDED) == ""  # as nothing in it is new
    (kept,) = await scene.facts.of("T1")
    assert source_of(kept) == "noted on 14 January 2027"
    assert source_of(replace(kept, recorded_on="")) == "noted on 15 January 2027"


async def test_a_fact_that_ends_holds_for_the_rest_of_the_day_in_the_teams_time_zone(scene: Scene) -> None:
    scene.settings.own["T1"] = WorkspaceSettings(digest=DigestSettings(zone="America/New_York"))
    scene.clock.time = MIDNIGHT
    assert await scene.sheets.valid("T1") == ()
    await scene.change.put("T1", LEAD, replace(FOUNDED, since="2026-09-05", until="2026-12-31"))
    assert await scene.change.end("T1", LEAD, "f1") == ""
    (ended,) = await scene.sheets.valid("T1")
    assert (ended.since, ended.until) == ("2026-09-05", "2026-09-30")
    assert (await scene.facts.changes("T1", 1))[0].act == ENDED
    scene.clock.time += 5 * 3600
    assert await scene.sheets.valid("T1") == ()
    assert await scene.change.end("T1", LEAD, "f1") == ""  # over already: it doesn't hold for another day
    assert await scene.sheets.valid("T1") == ()
    assert len(await scene.facts.changes("T1", 9)) == 2
    assert await scene.change.end("T1", LEAD, "f2") == words.GONE


@pytest.mark.parametrize("by_table", [False, True])
async def test_a_fact_that_would_begin_later_is_removed_instead_of_ended(scene: Scene, *, by_table: bool) -> None:
    planned = Fact("Tea £5", since="2126-10-05", id="f2")
    for fact in (Fact("Tea £3", id="f1"), planned):
        assert await scene.change.put("T1", LEAD, fact) == ""
    end = scene.change
    wrong = await (end.bring("T1", LEAD, [], key="V1", ends=[planned]) if by_table else end.end("T1", LEAD, "f2"))
    assert wrong == ""
    assert [fact.id for fact in await scene.facts.of("T1")] == ["f1"]
    (last,) = await scene.facts.changes("T1", 1)
    assert (last.fact, last.act, last.new) == ("f2", REMOVED, "")


async def test_a_table_is_brought_in_once_and_what_stands_there_stays_the_same_fact(scene: Scene) -> None:
    await scene.change.put("T1", LEAD, FOUNDED)
    table = [replace(FOUNDED, id="", source="company register"), Fact("Fares cost £29")]
    for _ in range(2):
        assert await scene.change.bring("T1", LEAD, table, key="V1") == ""
    found = await scene.facts.of("T1")
    assert [(one.value, one.source) for one in found] == [
        ("Fares cost £29", ""),
        ("Founded in 2016", "company register"),
    ]
    assert found[1].id == "f1"
    assert len(await scene.facts.changes("T1", 9)) == 3


async def test_what_a_table_has_no_more_ends_only_if_somebody_says_so(scene: Scene) -> None:
    await scene.change.put("T1", LEAD, FOUNDED)
    await scene.change.put("T1", LEAD, Fact("Tea £2", id="f2"))
    assert await scene.change.bring("T1", LEAD, [], key="V1", ends=[FOUNDED]) == ""
    today = await scene.sheets.today("T1")
    assert {fact.id: fact.until for fact in await scene.facts.of("T1")} == {"f1": today, "f2": ""}
    assert (await scene.facts.changes("T1", 1))[0].act == ENDED
    assert await scene.change.bring("T1", MEMBER, [], key="V2", ends=[FOUNDED]) == words.ONLY_LEADS


async def test_a_change_of_the_kind_or_the_owner_alone_says_so_and_names_nobody(scene: Scene) -> None:
    async def noted(fact: Fact) -> tuple[str, str]:
        assert await scene.change.put("T1", LEAD, fact) == ""
        (last,) = await scene.facts.changes("T1", 1)
        return last.old, last.new

    await scene.change.put("T1", LEAD, FOUNDED)
    said, dated = FOUNDED.value, replace(FOUNDED, kind=FactKind.DATE)
    assert await noted(dated) == (f"Other: {said}", f"Date: {said}")
    assert await noted(replace(dated, owner="U0DANA")) == (said, f"{said} [an owner]")
    assert await noted(replace(dated, owner="U0MIKA")) == (said, f"{said} [another owner]")
    assert await noted(dated) == (said, f"{said} [no owner]")


async def test_a_sheet_has_an_end(scene: Scene) -> None:
    every = [Fact(f"Fact {number}") for number in range(MOST_FACTS)]
    assert await scene.change.bring("T1", LEAD, every, key="V1") == ""
    assert await scene.change.put("T1", LEAD, FOUNDED) == words.TOO_MANY
    assert await scene.change.put("T1", LEAD, replace((await scene.facts.of("T1"))[0], source="x")) == ""


async def test_the_sheet_comes_as_a_file_once(scene: Scene) -> None:
    await scene.change.put("T1", LEAD, FOUNDED)
    file_messages, steps = FakeFileMessages(), Steps()
    file_messages.fails = 1
    export = ExportFacts(scene.facts, file_messages)
    with pytest.raises(TryLater):
        await export(steps, "T1", MEMBER, "wish")
    assert await export(steps, "T1", MEMBER, "wish") == "sent"
    assert [(who, said) for (_, who, _), said in file_messages.files.items()] == [(MEMBER, table_of([FOUNDED]))]
    await export(Steps(), "T1", MEMBER, f"wish{CSV}")
    assert [name.rpartition(".")[2] for _, _, name in file_messages.files] == ["md", "csv"]
    assert [*file_messages.files.values()][1] == csv_of([FOUNDED])


def no_proposal(text: str) -> tuple[Fact, ...]:
    return (Fact(text, FactKind.PRICE),) if text.startswith("Delivery") else ()


def contradicting(edit: Edit | None) -> Finding:
    span = ("authenticity/one-story", Severity.SHOULD_FIX, 0, 12, "Founded 2014", "The sheet says otherwise.")
    return Finding(*span, edit, f"{RECORDED_FACT}f1")


async def test_a_draft_may_be_right_and_the_fact_changes_from_today_on(scene: Scene) -> None:
    world, edit = World(), Edit(8, 12, "2016")
    of_point = FactOfPoint(world.drafts, world.jobs, scene.change, propose=no_proposal)
    await scene.change.put("T1", LEAD, replace(FOUNDED, source="register", until="2026-12-31"))
    await world.reviewed("Founded 2014", critique=Critique(Outcome.FINDINGS, (contradicting(edit),)))
    click = Click(Target(PLACE.draft_id, contradicting(edit).ref), MEMBER, "1.0")
    found = await of_point(click)
    assert found is not None
    known, proposed = found
    assert known is not None
    assert (known.source, proposed.source) == ("register", "")
    assert (known.value, proposed.value) == ("Founded in 2016", "Founded in 2014")
    assert (proposed.id, proposed.since, proposed.until) == ("f1", await scene.sheets.today("T1"), "")
    assert await of_point(replace(click, target=Target(PLACE.draft_id, "else"))) is None
    await scene.change.remove("T1", LEAD, "f1")
    assert await of_point(click) is None


@pytest.mark.parametrize(
    ("edit", "value"),
    [
        (Edit(0, 29, "Founded on Monday 3 May 2016"), "Founded in Leeds on Tuesday 4 May 2014."),
        (Edit(8, 29, "in Leeds on a Monday"), "Founded in Leeds on Monday 3 May 2016."),
        (Edit(25, 29, "2016"), "Founded in Leeds on Monday 3 May 2014."),
        (None, "Founded in Leeds on Monday 3 May 2016."),
    ],
)
async def test_a_models_rewording_tells_which_words_of_the_fact_have_changed(
    scene: Scene, edit: Edit | None, value: str
) -> None:
    world, text = World(), "Founded on Tuesday 4 May 2014"
    finding = replace(contradicting(edit), quote=text[:12])
    await scene.change.put("T1", LEAD, replace(FOUNDED, value="Founded in Leeds on Monday 3 May 2016."))
    await world.reviewed(text, critique=Critique(Outcome.FINDINGS, (finding,)))
    of_point = FactOfPoint(world.drafts, world.jobs, scene.change, propose=no_proposal)
    found = await of_point(Click(Target(PLACE.draft_id, finding.ref), MEMBER, "1.0"))
    assert found is not None
    assert found[1].value == value


@pytest.mark.parametrize(("quote", "kind"), [("Delivery is £3", FactKind.PRICE), ("£3", FactKind.OTHER)])
async def test_beside_an_earlier_post_the_draft_becomes_a_new_fact_from_today_on(
    scene: Scene, quote: str, kind: FactKind
) -> None:
    world, text = World(), "Delivery is £3. Enjoy."
    start = text.index(quote)
    span = ("authenticity/one-story", Severity.SHOULD_FIX, start, start + len(quote), quote, "A post says otherwise.")
    finding = Finding(*span, Edit(12, 14, "£4"), f"{RECORDED_POST}p1")
    await world.reviewed(text, critique=Critique(Outcome.FINDINGS, (finding,)))
    of_point = FactOfPoint(world.drafts, world.jobs, scene.change, propose=no_proposal)
    today = await scene.sheets.today("T1")
    found = await of_point(Click(Target(PLACE.draft_id, finding.ref), MEMBER, "1.0"))
    assert found == (None, Fact(quote, kind, since=today))


CLAIM = Fact("94% would order again", FactKind.CLAIM, "survey.pdf", until="2026-09-30", id="c1")


def unproven(text: str, quote: str, rule: str = "") -> Finding:
    start = text.index(quote)
    span = (CLAIM_EVIDENCE, Severity.SHOULD_FIX, start, start + len(quote), quote, "Say how you know.")
    return Finding(*span, None, rule)


@pytest.mark.parametrize("lead", [False, True])
async def test_a_claim_without_evidence_is_proposed_by_its_sentence(scene: Scene, *, lead: bool) -> None:
    world, text = World(), "Hello. Of all of you,  94% would order again! Bye."
    finding = unproven(text, "94% would")
    critique = Critique(Outcome.FINDINGS, () if lead else (finding,), leads=(finding,) if lead else ())
    await world.reviewed(text, critique=critique)
    of_point = FactOfPoint(world.drafts, world.jobs, scene.change, propose=no_proposal)
    click = Click(Target(PLACE.draft_id, finding.ref), MEMBER, "1.0")
    assert await of_point(click) == (None, Fact("Of all of you, 94% would order again!", FactKind.CLAIM))


async def test_a_very_long_sentence_is_proposed_by_what_is_quoted_of_it(scene: Scene) -> None:
    world, text = World(), f"{'So many words, ' * 30} 94% would order again"
    finding = unproven(text, "94% would order again")
    await world.reviewed(text, critique=Critique(Outcome.FINDINGS, (finding,)))
    of_point = FactOfPoint(world.drafts, world.jobs, scene.change, propose=no_proposal)
    found = await of_point(Click(Target(PLACE.draft_id, finding.ref), MEMBER, "1.0"))
    assert found == (None, Fact("94% would order again", FactKind.CLAIM))


async def test_lapsed_evidence_is_renewed_in_its_claim(scene: Scene) -> None:
    world, text = World(), "94% would order again."
    finding = unproven(text, "94% would order again", f"{RECORDED_FACT}c1")
    await world.reviewed(text, critique=Critique(Outcome.FINDINGS, (finding,)))
    of_point = FactOfPoint(world.drafts, world.jobs, scene.change, propose=no_proposal)
    click = Click(Target(PLACE.draft_id, finding.ref), MEMBER, "1.0")
    assert await of_point(click) is None
    await scene.change.put("T1", LEAD, CLAIM)
    (known,) = await scene.facts.of("T1")
    scene.clock.time = MIDNIGHT - 1
    assert await of_point(click) == (known, known)
    scene.clock.time = MIDNIGHT
    assert await of_point(click) == (known, replace(known, source="", until=""))


async def test_a_term_stays_what_it_is_until_somebody_changes_it(scene: Scene) -> None:
    await scene.change.put("T1", LEAD, Fact("cheap → affordable", FactKind.AVOID, id="t1"))
    span = ("authenticity/one-story", Severity.SHOULD_FIX, 2, 7, "cheap", "Say something else.")
    finding, world = Finding(*span, Edit(2, 7, "affordable"), f"{RECORDED_FACT}t1"), World()
    await world.reviewed("A cheap lamp", critique=Critique(Outcome.FINDINGS, (finding,)))
    of_point = FactOfPoint(world.drafts, world.jobs, scene.change, propose=no_proposal)
    (known,) = await scene.facts.of("T1")
    assert await of_point(Click(Target(PLACE.draft_id, finding.ref), MEMBER, "1.0")) == (known, known)


async def test_evidence_that_has_lapsed_does_not_hold_for_ever_by_a_save(scene: Scene) -> None:
    await scene.change.put("T1", LEAD, CLAIM)
    scene.clock.time = MIDNIGHT
    endless = replace(CLAIM, until="")
    assert await scene.change.put("T1", LEAD, replace(endless, source="Survey.pdf")) == words.SAME_EVIDENCE
    assert [one.until for one in await scene.facts.of("T1")] == [CLAIM.until]
    for renewed in (replace(CLAIM, until="2027-09-30"), CLAIM, replace(endless, source="survey-2026.pdf")):
        assert await scene.change.put("T1", LEAD, renewed) == ""
    assert await scene.change.put("T1", LEAD, endless) == ""


async def test_what_leans_on_evidence_that_lapses_is_counted(scene: Scene) -> None:
    world = World()
    signing = FakeSignOffs(world.drafts)
    approved = EarlierPost("94%?", "2026-09-01", draft_id="T1:C1:2.0")
    posts = FakePosts(known=(EarlierPost("94%!", "2026-09-01"), approved, replace(approved, text="94%! 94%!")))
    watch = WatchEvidence(scene.sheets, posts, signing, drafts=world.drafts, leans_on=lambda text, _: "94%!" in text)
    assert await watch("T1") == ()
    scene.clock.time = MIDNIGHT
    await scene.change.put("T1", LEAD, replace(CLAIM, until="2026-12-31"))
    assert await watch("T1") == ()
    await scene.change.put("T1", LEAD, CLAIM)
    await world.reviewed("We know: 94%!")
    signing.waits = [WaitingSignOff(place, MEMBER, 1.0, stale=False) for place in (PLACE, Place("T1", "C1", "9.0"))]
    (known,) = await scene.facts.of("T1")
    assert await watch("T1") == (EvidenceLapse(known, "2026-10-01", approved=1, published=1, waiting=1),)


async def test_what_lapses_tomorrow_is_told_before_what_has_lapsed_and_the_rest_is_counted(scene: Scene) -> None:
    watch = WatchEvidence(scene.sheets, FakePosts(), FakeSignOffs(World().drafts), World().drafts, leans_on)
    scene.clock.time = MIDNIGHT
    for number in range(6):
        lapsed = replace(CLAIM, value=f"{number} of 9", id=f"l{number}", until=f"2026-09-{24 + number}")
        await scene.change.put("T1", LEAD, lapsed)
    await scene.change.put("T1", LEAD, replace(CLAIM, value="Tomorrow", id="t", until="2026-10-02"))
    told = await watch("T1")
    days = ["2026-10-02", "2026-09-29", "2026-09-28", "2026-09-27", "2026-09-26"]
    assert [one.claim.until for one in told] == days
    assert [one.others for one in told] == [0, 0, 0, 0, 2]
    assert told[-1].said.endswith(
        "The evidence for 2 more claims lapses around then, too. You'll find them all under *Facts* on my Home tab."
    )


async def test_where_an_approved_post_stands_is_noted_once(scene: Scene) -> None:
    posts, links = FakePosts(lacking={PLACE.draft_id}), FakeLinks()
    link = LinkPost(posts, links)
    await link(PLACE.draft_id)
    assert posts.links == {PLACE.draft_id: await links.to(PLACE)}
    posts.links.clear()
    await link(PLACE.draft_id)
    assert posts.links == {}
    assert Records(scene.sheets, posts).posts is posts


async def test_behind_a_click_an_approved_post_gets_its_link() -> None:
    world, posts = World(), FakePosts(lacking={PLACE.draft_id})
    await world.reviewed("Delivery is £4.")
    await replace(world.refresh, link=LinkPost(posts, FakeLinks()))(Steps(), PLACE.draft_id, "1.0")
    assert posts.links


async def test_with_an_approved_draft_its_words_go_from_the_replies_that_quoted_it() -> None:
    world, posts = World(), FakePosts(quotes={PLACE.draft_id: ("T1:C1:2.0", "T1:C1:3.0")})
    remove = replace(world.remove, posts=posts, jobs=world.jobs)
    await world.reviewed("Delivery is £4.")
    await world.drafts.erase(PLACE)
    await remove(Steps(), PLACE.draft_id)
    assert [key.rpartition(":unquoted:")[0] for key in world.jobs.refreshes] == [
        "refresh:T1:C1:2.0",
        "refresh:T1:C1:3.0",
    ]
    assert posts.quotes == {}
    world.jobs.refreshes.clear()
    await remove(Steps(), PLACE.draft_id)
    assert not world.jobs.refreshes


async def test_a_point_beside_nothing_recorded_leads_to_no_fact(scene: Scene) -> None:
    world = World()
    await scene.change.put("T1", LEAD, FOUNDED)
    finding = replace(contradicting(Edit(8, 12, "2016")), rule="")
    await world.reviewed("Founded 2014", critique=Critique(Outcome.FINDINGS, (finding,)))
    of_point = FactOfPoint(world.drafts, world.jobs, scene.change, propose=no_proposal)
    assert await of_point(Click(Target(PLACE.draft_id, finding.ref), LEAD, "1.0")) is None


async def test_what_a_draft_states_is_proposed_by_its_words_in_the_store(scene: Scene) -> None:
    world = World()
    of_point = FactOfPoint(world.drafts, world.jobs, scene.change, propose=no_proposal)
    assert await of_point.stated_by(PLACE.draft_id, "Delivery is £4") == (no_proposal("Delivery is £4"), ())
    said = "Hello!\nCabin bag included in every fare. Delivery is £4. Founded in Leeds."
    assert (await of_point.stated_by(PLACE.draft_id, said))[1] == (
        "Cabin bag included in every fare",
        "Delivery is £4",
        "Founded in Leeds",
    )
    await world.reviewed("Delivery is £3")
    assert await of_point.stated_by(PLACE.draft_id, "Delivery is £4") == (no_proposal("Delivery is £3"), ())
    assert await scene.facts.of("T1") == ()


async def test_the_draft_is_looked_at_again_unless_it_is_gone(scene: Scene) -> None:
    world = World()
    of_point = FactOfPoint(world.drafts, world.jobs, scene.change, propose=no_proposal)
    await of_point.review_again(PLACE.draft_id)
    await world.reviewed("Founded 2014")
    await of_point.review_again(PLACE.draft_id)
    assert [key.rpartition(":")[2] for key in world.jobs.reviews] == ["1"]
    await world.drafts.erase(PLACE)
    await of_point.review_again(PLACE.draft_id)
    assert len(world.jobs.reviews) == 1
