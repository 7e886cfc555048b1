"""An audit asked for in Slack: who gets one, what is read, and what a crash, a click or a deletion makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.assemble.report_pages import audit_files
from bot.assemble.rules import compare_over_time, compare_variants
from bot.core.brand.audit import Audit, AuditResult, AuditShown, AuditState, FineWords, PointPlace
from bot.core.brand.posts import EarlierPost
from bot.core.brand.variants import Agreement
from bot.core.deciding import Dismissal, GuidelineException, Lasting, Scope
from bot.core.drafts import Author, Changed, Deleted, Draft, Place, Posted, reference
from bot.core.errors import PersonCanFix, TryLater
from bot.core.findings import Finding
from bot.core.guidelines import Severity
from bot.core.judging import Failure, Judgement
from bot.core.settings import WorkspaceSettings
from bot.core.words.brand import audit as words
from bot.flows.asking import AskModel
from bot.flows.brand import audit as flows
from bot.flows.brand import audit_sources
from bot.flows.brand.audit import BeginAudit, CallFine, RunAudit, WithdrawAudit
from bot.flows.brand.audit_sources import AuditSources, KeptInChannels, ReadChannel
from bot.flows.brand.overnight import DropNights
from bot.flows.muting import IsMuted
from bot.flows.private_reviews import ReviewAlone
from bot.flows.receiving import AdmitOutsiders
from bot.rules.wording import covers
from tests.flows.fake_channels import FakeChannels
from tests.flows.fake_exceptions import FakeExceptions
from tests.flows.fake_facts import FakePosts
from tests.flows.fake_guidelines import problems
from tests.flows.fake_judges import FakeJudges
from tests.flows.fake_settings import FakeSettings
from tests.flows.fakes import NOW, Crash, message
from tests.flows.model_fakes import FakeCritic, FakeJudgements
from tests.flows.world import Steps, World

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from bot.core.brand.audit import AuditedPost
    from bot.core.brand.facts import Fact
    from bot.core.drafts import Message
    from bot.flows.brand.audit_sources import FoundInChannel

PLAN = "date,text\n2026-01-05,Delivery costs £3.\n2026-01-09,Delivery costs £4.\n2026-02-01,Delivery costs £3.\n"
ID = reference("wish")


class FakeAudits:
    """``dies`` is after how many batches the process dies; ``meanwhile`` comes before the next notes."""

    def __init__(self) -> None:
        self.rows: dict[str, Audit] = {}
        self.done: dict[str, AuditResult] = {}
        self.kept = 0
        self.dies = 0
        self.quoted: Collection[str] | None = None
        self.meanwhile: list[Callable[[Audit], Audit]] = []
        self.known: dict[str, PointPlace] = {}

    async def begin(self, team: str, audit: Audit) -> None:
        assert team == "T1"
        self.rows.setdefault(audit.id, audit)

    async def find(self, team: str, audit_id: str) -> Audit | None:
        assert team == "T1"
        return self.rows.get(audit_id)

    async def note(self, team: str, audit: Audit, before: Audit) -> bool:
        if self.meanwhile:
            self.rows[audit.id] = self.meanwhile.pop(0)(self.rows[audit.id])
        same = await self.find(team, audit.id) == before
        if same:
            self.rows[audit.id] = audit
        return same

    async def results(self, team: str, audit_id: str) -> dict[str, AuditResult]:
        assert audit_id in self.rows
        return dict(self.done)

    async def keep(self, team: str, audit_id: str, done: Sequence[tuple[AuditedPost, AuditResult]]) -> None:
        self.kept += len(done)
        self.done |= {one.key: result for one, result in done}
        if self.dies:
            self.dies -= 1
            if not self.dies:
                raise Crash

    async def keep_places(self, team: str, places: Sequence[PointPlace]) -> None:
        self.known |= {place.id: place for place in places}

    async def finish(self, team: str, audit: Audit, quoted: Collection[str] | None = None) -> bool:
        self.quoted = quoted
        self.done = {}
        if audit.id not in self.rows:
            return False
        self.rows[audit.id] = audit
        return True

    async def places(self, team: str, ids: Collection[str]) -> tuple[PointPlace, ...]:
        return tuple(self.known[one] for one in sorted(ids) if one in self.known)

    async def overnight(self, team: str) -> tuple[Audit, ...]:
        return tuple(audit for audit in self.rows.values() if audit.night)

    async def about(self, team: str, user: str) -> tuple[str, ...]:
        return tuple(audit.id for audit in self.rows.values() if audit.user == user)

    async def remove(self, team: str, audit_id: str) -> None:
        self.rows.pop(audit_id, None)
        self.done = {}


@dataclass
class FakeAuditBoard:
    """``meanwhile`` is what somebody does while its message is shown."""

    shown: list[AuditShown] = field(default_factory=list[AuditShown])
    posts: int = 0
    files: dict[str, str] = field(default_factory=dict[str, str])
    takes_files: bool = True
    withdrawn: int = 0

    async def post(self, team: str, audit: Audit, shown: AuditShown) -> tuple[str, str, str]:
        self.posts += 1
        self.shown.append(shown)
        return audit.place or "D1", audit.thread, "9.0"

    async def show(self, team: str, audit: Audit, shown: AuditShown) -> None:
        assert audit.ts == "9.0"
        self.shown.append(shown)

    async def upload(self, team: str, audit: Audit, files: Mapping[str, str]) -> tuple[str, ...] | None:
        self.files |= files
        return tuple(f"F{name}" for name in files) if self.takes_files else None

    async def withdraw(self, team: str, audit: Audit) -> None:
        self.withdrawn += 1


class FakeFiles:
    def __init__(self, text: str) -> None:
        self.text = text

    async def read(self, team: str, file: str) -> str:
        if not self.text:
            raise PersonCanFix(words.CANNOT_OPEN)
        return self.text


class FakeAuditJobs:
    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    async def audit(self, team: str, audit_id: str, number: int) -> None:
        self.asked.append((audit_id, number))


class Auditing:
    """A workspace in which audits can be asked for; a model reads where there are answers of it."""

    def __init__(self, *answers: Judgement | Failure, file: str = PLAN) -> None:
        self.world, self.audits, self.board, self.jobs = World(), FakeAudits(), FakeAuditBoard(), FakeAuditJobs()
        world = self.world
        self.begin = BeginAudit(self.audits, self.jobs, world.sees, leads=world.sees.leads, clock=world.clock)
        self.said, self.files = FakePosts(), FakeFiles(file)
        self.critic = FakeCritic(*answers) if answers else None
        judges = FakeJudges(world.rules, self.critic)
        self.exceptions = FakeExceptions(world.drafts)
        ask = AskModel(world.drafts, FakeJudgements(), world.clock)
        self.run_audit = RunAudit(
            self.audits,
            AuditSources(world.drafts, self.said, self.files, sees=world.sees),
            self.board,
            judges=judges,
            titles=problems(),
            compare=compare_over_time,
            variants=compare_variants,
            files=audit_files,
            clock=world.clock,
            exceptions=self.exceptions,
            covers=covers,
            alone=ReviewAlone(judges, ask) if answers else None,
            estimate=estimate if answers else None,
        )

    async def of_file(self, *, compares: bool = False) -> None:
        place = Place("T1", "C1", "5.0")
        await self.begin.of_file(place, "U1", "wish", file="F1", name="plan.csv", compares=compares)

    async def run(self, number: int = 0) -> str:
        return await self.run_audit(Steps(), "T1", ID, number)

    @property
    def last(self) -> AuditShown:
        return self.board.shown[-1]


async def estimate(drafts: Sequence[Draft], facts: Sequence[Fact]) -> str:
    assert facts == ()
    return f"{len(drafts)} calls"


@pytest.fixture
def auditing() -> Auditing:
    return Auditing()


async def test_a_file_is_audited_in_the_thread_of_its_message(auditing: Auditing) -> None:
    await auditing.of_file()
    await auditing.of_file()
    assert auditing.jobs.asked == [(ID, 0)] * 2
    assert await auditing.run() == "done"
    report = auditing.last.report
    assert report
    assert [len(value.posts) for value in report.contradictions[0].values] == [2, 1]
    page, table = auditing.board.files.values()
    assert "£4" in page
    assert table.startswith("finding,")
    audit = auditing.audits.rows[ID]
    assert (audit.place, audit.thread, audit.ts, audit.state) == ("C1", "5.0", "9.0", AuditState.DONE)
    assert audit.uploads == ("Fcandor-audit.html", "Fcandor-audit.csv")
    assert auditing.audits.done == {}
    assert auditing.last.estimate == ""
    assert await auditing.run() == "over"
    assert auditing.board.posts == 1


async def test_a_channel_is_its_drafts_and_what_was_said_before_each_once(auditing: Auditing) -> None:
    world = auditing.world
    post = "Delivery costs £5, whatever you order."
    await world.drafts.add(message(post))
    draft_id = next(iter(world.drafts.rows))
    auditing.said.known = (
        EarlierPost("Delivery costs £3.", "2027-01-15", id="a"),
        EarlierPost("Delivery costs £4.", "2020-01-01", id="b"),
        EarlierPost(post, "2027-01-02", draft_id=draft_id, id="c"),
    )
    assert await auditing.begin.of_channel("T1", "U1", "wish", channel="C1", days=30) == words.COMING
    assert await auditing.run() == "done"
    report = auditing.last.report
    assert report
    assert [post.text for post in report.posts] == [post, "Delivery costs £3."]
    assert auditing.audits.quoted == {draft_id}
    assert auditing.audits.rows[ID].place == "D1"


async def test_a_drafts_posts_are_those_that_its_review_reads_each_for_its_platform(auditing: Auditing) -> None:
    world = auditing.world
    await world.drafts.add(message("*LinkedIn*\n\nFresh bread from Monday.\n\n*Email*\n\nFresh rolls from Monday."))
    draft_id = next(iter(world.drafts.rows))
    auditing.said.known = (
        EarlierPost("Fresh bread from Monday.\n\nFresh rolls from Monday.", "2027-01-02", draft_id=draft_id, id="a"),
    )
    await auditing.begin.of_channel("T1", "U1", "wish", channel="C1")
    assert await auditing.run() == "done"
    assert auditing.last.report
    assert {(post.platform, post.text) for post in auditing.last.report.posts} == {
        ("linkedin", "Fresh bread from Monday."),
        ("email", "Fresh rolls from Monday."),
    }


def at(ts: str, text: str, **more: Any) -> Message:
    return replace(message(text, place=Place("T1", "C1", ts)), **more)


async def test_at_a_terminal_a_channel_is_what_slack_shows_and_what_candor_keeps_of_it() -> None:
    world, channels, said = World(), FakeChannels(), FakePosts()
    known = at("1800000000.000100", "Fresh bread from Monday, as it was first posted here.")
    kept_alone = at("1800000100.000100", "A post that Candor itself put there, composed by somebody.")
    for one in (known, kept_alone):
        await world.drafts.add(one)
    said.known = (EarlierPost("Published elsewhere, last year.", "2026-02-01", id="a"),)
    await world.opt_outs.add("T1", "U8", 1.0)
    outsider = at("1800000200.000100", "Fresh rolls by a partner of ours, all week.", author=Author.OUTSIDER)
    channels.past = [
        Changed(replace(known, text="FYI, for LinkedIn:\n\nFresh bread from Tuesday, as it stands there now.")),
        Posted(at("1800000300.000100", "Fresh pretzels by somebody who wants no reviews.", author_id="U8")),
        Posted(outsider),
        Posted(at("1800000400.000100", "can someone look at the printer please?")),
        Posted(at("1700000000.000100", "Fresh cake, from long before Candor was here.")),
        Deleted(Place("T1", "C1", "1800000500.000100")),
        Posted(at("1800000600.000100", "In another channel.", place=Place("T1", "C2", "1800000600.000100"))),
    ]
    heard: list[int] = []
    bare = await ReadChannel(channels, world.clock)("T1", "C1", tell=heard.append)
    assert (bare.messages, heard) == (6, [1, 2, 3, 4, 5, 6])
    tuesday = ("linkedin", "2027-01-15", "Fresh bread from Tuesday, as it stands there now.")
    cake = ("", "2023-11-14", "Fresh cake, from long before Candor was here.")
    pretzels = ("", "2027-01-15", "Fresh pretzels by somebody who wants no reviews.")
    assert told(bare) == {tuesday, cake, pretzels}
    admit = AdmitOutsiders(FakeSettings({"T1": replace(WorkspaceSettings(), external_authors=True)}))
    kept = KeptInChannels(world.drafts, said, IsMuted(world.opt_outs), admit=admit)
    read = ReadChannel(channels, world.clock, kept)
    composed = ("", "2027-01-15", kept_alone.text)
    rolls = ("", "2027-01-15", outsider.text)
    earlier = ("", "2026-02-01", "Published elsewhere, last year.")
    assert told(await read("T1", "C1")) == {tuesday, cake, composed, rolls, earlier}
    world.clock.time = 1800000000.0 + 24 * 3600.0
    assert told(await read("T1", "C1", 30)) == {tuesday, composed, rolls}
    assert channels.read[-1] == ("C1", 1800000000.0 - 29 * 24 * 3600.0)


def told(found: FoundInChannel) -> set[tuple[str, str, str]]:
    return {(post.platform, post.day, post.text) for post in found.posts}


async def test_only_who_may_read_a_channel_gets_its_audit(auditing: Auditing) -> None:
    audience = auditing.world.audience
    audience.closed["G1"] = ("U2",)
    assert await auditing.begin.of_channel("T1", "U1", "wish", channel="G1") == words.NOT_YOURS
    assert auditing.jobs.asked == []
    await auditing.begin.of_channel("T1", "U2", "wish", channel="G1")
    audience.asleep = True
    with pytest.raises(TryLater):
        await auditing.begin.of_channel("T1", "U2", "wish", channel="G1")
    with pytest.raises(TryLater):
        await auditing.run()
    audience.asleep = False
    audience.closed["G1"] = ("U3",)  # somebody left the channel meanwhile
    assert await auditing.run() == "nothing"
    assert auditing.last.said == words.NOT_YOURS
    assert auditing.audits.rows == {}


async def test_nothing_to_read_is_said(auditing: Auditing, monkeypatch: pytest.MonkeyPatch) -> None:
    await auditing.begin.of_channel("T1", "U1", "wish", channel="C1")
    assert await auditing.run() == "nothing"
    assert auditing.last.said == words.none("C1")
    auditing.files.text = "date,text\nyesterday,Hello\n"
    await auditing.of_file()
    await auditing.run()
    assert (auditing.last.said, [line for line, _ in auditing.last.left_out]) == (words.none(""), [2])
    auditing.files.text = ""
    await auditing.of_file()
    await auditing.run()
    assert auditing.last.said == words.CANNOT_OPEN
    auditing.files.text = PLAN
    monkeypatch.setattr(audit_sources, "MOST_AUDITED", 2)
    await auditing.of_file()
    await auditing.run()
    assert auditing.last.said == words.too_many(2)


async def test_a_crash_repeats_nothing_that_was_read(auditing: Auditing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows, "_MANY", 1)
    auditing.audits.dies = 1
    await auditing.of_file()
    with pytest.raises(Crash):
        await auditing.run()
    monkeypatch.setattr(flows, "_SHOWN_EVERY", 0.0)
    assert await auditing.run() == "done"
    assert auditing.audits.kept == 2  # as many different texts as there are
    assert (auditing.board.posts, [shown.done for shown in auditing.board.shown]) == (1, [0, 0, 3, 3])


async def test_whoever_asked_and_leads_may_cancel(auditing: Auditing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows, "_MANY", 1)
    await auditing.of_file()
    assert await auditing.begin.stop("T1", "U9", ID) == words.NOT_YOUR_AUDIT
    auditing.audits.dies = 1
    with pytest.raises(Crash):
        await auditing.run()
    assert await auditing.begin.stop("T1", "U2", ID) == ""
    assert await auditing.begin.stop("T1", "U2", ID) == words.OVER
    assert await auditing.run() == "stopped"
    auditing.audits.rows.clear()
    await auditing.of_file()

    async def keep(team: str, audit_id: str, done: Sequence[tuple[AuditedPost, AuditResult]]) -> None:
        assert done
        await auditing.begin.stop(team, "U1", audit_id)

    monkeypatch.setattr(auditing.audits, "keep", keep)
    assert await auditing.run() == "stopped"
    assert auditing.last.said == words.STOPPED
    assert auditing.audits.rows == {}


async def test_one_that_is_cancelled_or_deleted_before_its_message_stands_is_over(auditing: Auditing) -> None:
    await auditing.of_file()

    async def note(team: str, audit: Audit, before: Audit) -> bool:
        return not (team and audit and before)

    auditing.audits.note = note  # type: ignore[method-assign]
    assert await auditing.run() == "stopped"
    assert auditing.audits.rows == {}
    assert auditing.last.said == words.STOPPED


def placed(audit: Audit) -> Audit:
    return replace(audit, place="C1", thread="5.0", ts="9.0")


def renamed(audit: Audit) -> Audit:
    return replace(audit, name=f"{audit.name}!")


async def test_a_click_that_meets_another_change_reads_again_and_loses_neither(auditing: Auditing) -> None:
    await auditing.of_file()
    auditing.audits.meanwhile = [placed]
    assert await auditing.begin.stop("T1", "U1", ID) == ""
    assert (auditing.audits.rows[ID].state, auditing.audits.rows[ID].ts) == (AuditState.STOPPED, "9.0")
    auditing.audits.rows[ID] = replace(auditing.audits.rows[ID], state=AuditState.DONE)
    auditing.audits.meanwhile = [renamed]
    assert await auditing.begin.with_model("T1", "U1", ID) == ""
    assert await auditing.begin.with_model("T1", "U1", ID) == ""  # after a crash between note and job
    assert auditing.audits.rows[ID].name == "plan.csv!"
    assert auditing.jobs.asked == [(ID, 0), (ID, 1), (ID, 1)]
    auditing.audits.meanwhile = [renamed] * 9
    assert await auditing.begin.stop("T1", "U1", ID) == words.MOVED_ON
    assert auditing.audits.rows[ID].state is AuditState.RUNNING


async def test_one_that_is_deleted_at_the_end_is_taken_back(auditing: Auditing) -> None:
    await auditing.of_file()

    async def upload(team: str, audit: Audit, files: Mapping[str, str]) -> tuple[str, ...]:
        assert files
        await auditing.audits.remove(team, audit.id)
        return ("F1",)

    auditing.board.upload = upload  # type: ignore[method-assign]
    await auditing.run()
    assert auditing.board.withdrawn == 1


async def test_where_slack_takes_no_files_that_is_said(auditing: Auditing) -> None:
    auditing.board.takes_files = False
    await auditing.of_file()
    await auditing.run()
    assert auditing.last.said == words.NO_UPLOAD
    assert auditing.audits.rows[ID].uploads == ()


async def test_the_model_reads_once_somebody_has_seen_what_it_takes() -> None:
    auditing = Auditing(Judgement(model="m-1"), Judgement(model="m-1"))
    await auditing.of_file()
    await auditing.run()
    assert auditing.last.estimate == "2 calls"
    assert auditing.critic
    assert auditing.critic.cases == []
    assert await auditing.begin.with_model("T1", "U9", ID) == words.NOT_YOUR_AUDIT
    assert await auditing.begin.with_model("T1", "U1", ID) == ""
    assert auditing.jobs.asked[-1] == (ID, 1)
    assert await auditing.run(1) == "done"
    assert await auditing.begin.with_model("T1", "U1", ID) == words.OVER
    assert len(auditing.critic.cases) == 2
    report = auditing.last.report
    assert report
    assert (report.model, report.unread, auditing.last.estimate) == (True, 0, "")
    assert len(auditing.audits.rows[ID].uploads) == 4


async def test_a_model_that_can_read_nothing_more_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows, "_AT_ONCE", 1)
    auditing = Auditing(Failure.KEY)
    await auditing.of_file()
    await auditing.run()
    await auditing.begin.with_model("T1", "U1", ID)
    await auditing.run(1)
    assert auditing.critic
    assert len(auditing.critic.cases) == 1
    report = auditing.last.report
    assert report
    assert report.unread == 3


async def test_cancelled_with_the_model_the_report_from_before_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    auditing = Auditing(Judgement(model="m-1"), Judgement(model="m-1"))
    await auditing.of_file()
    await auditing.run()
    await auditing.begin.with_model("T1", "U1", ID)
    keep = auditing.audits.keep

    async def stopped(team: str, audit_id: str, done: Sequence[tuple[AuditedPost, AuditResult]]) -> None:
        await keep(team, audit_id, done)
        await auditing.begin.stop(team, "U1", audit_id)

    monkeypatch.setattr(auditing.audits, "keep", stopped)
    assert await auditing.run(1) == "stopped"
    assert auditing.last.said == words.STOPPED_LATER
    assert (auditing.audits.rows[ID].state, auditing.audits.quoted) == (AuditState.DONE, None)


VARIANTS = "audience,text\nStudents,Delivery costs £3.\nParents,Delivery costs £4.\nTeachers,Delivery costs £3.\n"


async def test_words_that_a_lead_calls_fine_are_left_alone_in_later_audits_and_can_be_lifted() -> None:
    found = Finding("a/b", Severity.MUST_FIX, 0, end=13, quote="Delivery cost", why="Why.")
    auditing = Auditing(Judgement((found,)), Judgement((found,)), Judgement((found,)), Judgement((found,)))
    world = auditing.world
    fine = CallFine(auditing.audits, auditing.exceptions, world.sees.leads, clock=world.clock)
    said = FineWords(ID, "a/b", Severity.MUST_FIX, "Delivery cost")
    chosen = Dismissal(scope=Scope.ALWAYS, lasting=Lasting.YEAR)
    assert await fine("T1", "U2", said, chosen, key="V1") == words.OVER
    await auditing.of_file()
    await auditing.run()
    assert await fine("T1", "U9", said, chosen, key="V1") == words.ONLY_LEADS
    assert await fine("T1", "U2", said, chosen, key="V1") == words.FINE_KEPT
    assert await fine("T1", "U2", said, chosen, key="V1") == words.FINE_KEPT
    (kept,) = await auditing.exceptions.of("T1")
    assert (kept.quote, kept.draft_id, kept.author) == ("Delivery cost", Place("T1", "C1", "9.0").draft_id, "U2")
    assert (kept.ref, kept.expires_at) == (found.ref, Lasting.YEAR.until(NOW))
    await auditing.begin.with_model("T1", "U1", ID)
    await auditing.run(1)
    assert auditing.last.report
    assert auditing.last.report.flagged == 0
    await auditing.exceptions.lift("T1", kept.id, "U2")
    auditing.audits.rows[ID] = replace(auditing.audits.rows[ID], with_model=False)
    await auditing.begin.with_model("T1", "U1", ID)
    await auditing.run(2)
    assert auditing.last.report.flagged == 3
    of_draft = replace(said, draft_id=Place("T1", "C1", "4.0").draft_id)
    assert await fine("T1", "U2", of_draft, chosen, key="V2") == words.FINE_KEPT
    assert (await auditing.exceptions.of("T1"))[0].draft_id == of_draft.draft_id


async def test_variants_in_a_file_are_held_against_one_another_and_read_only_once_somebody_says_so() -> None:
    auditing = Auditing(Judgement(model="m-1"), Judgement(model="m-1"), Judgement(model="m-1"), file=VARIANTS)
    await auditing.of_file(compares=True)
    assert await auditing.run() == "done"
    report = auditing.last.report
    assert report
    assert [fact.verdict for fact in report.compared.facts] == [Agreement.CONTRADICTS]
    assert (report.flagged, report.model, auditing.last.estimate) == (0, False, "2 calls")
    page, table = auditing.board.files.values()
    assert "Students" in page
    assert "“Delivery costs £4”" in page
    assert table.startswith("finding,kind,matter")
    assert auditing.audits.rows[ID].uploads == ("Fcandor-variants.html", "Fcandor-variants.csv")
    assert await auditing.begin.with_model("T1", "U1", ID) == ""
    assert await auditing.run(1) == "done"
    assert auditing.critic
    assert [case.draft.text for case in auditing.critic.cases] == ["Delivery costs £3.", "Delivery costs £4."]
    assert auditing.last.report
    assert auditing.last.report.model


async def test_a_comparison_shows_how_far_it_is_and_can_be_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows, "_SHOWN_EVERY", 0.0)
    lines = "".join(f"Group {n},Delivery to street {n} costs £{n % 7}.\n" for n in range(2_000))
    auditing = Auditing(file=f"audience,text\n{lines}")
    await auditing.of_file(compares=True)
    show = auditing.board.show

    async def stopped(team: str, audit: Audit, shown: AuditShown) -> None:
        await show(team, audit, shown)
        await auditing.begin.stop(team, "U1", audit.id)

    monkeypatch.setattr(auditing.board, "show", stopped)
    assert await auditing.run() == "stopped"
    assert (auditing.board.shown[1].total, auditing.board.shown[1].report) == (2_000, None)
    assert auditing.last.said == words.STOPPED
    assert (auditing.audits.rows, auditing.board.files) == ({}, {})


async def test_it_is_taken_back_with_its_files(auditing: Auditing) -> None:
    withdraw = WithdrawAudit(auditing.audits, auditing.board, DropNights(auditing.audits))
    await withdraw("T1", ID)
    await auditing.of_file()
    await withdraw("T1", ID)
    assert auditing.board.withdrawn == 0
    await auditing.of_file()
    auditing.audits.rows[ID] = replace(auditing.audits.rows[ID], ts="9.0", at=NOW)
    await withdraw("T1", ID)
    assert (auditing.board.withdrawn, auditing.audits.rows) == (1, {})


async def test_what_is_left_alone_in_all_drafts_is_left_alone_here() -> None:
    found = Finding("a/b", Severity.MUST_FIX, 0, end=13, quote="Delivery cost", why="Why.")
    auditing = Auditing(Judgement((found,)), Judgement((replace(found, end=8, quote="Delivery"),)))
    excepted = GuidelineException(
        team="T1",
        id="e1",
        guideline="a/b",
        ref="r",
        quote="Delivery cost",
        scope=Scope.ALWAYS,
        author="U1",
        draft_id="T1:C1:0.5",
        created_at=NOW,
    )
    await auditing.exceptions.add(excepted)
    await auditing.of_file()
    await auditing.run()
    await auditing.begin.with_model("T1", "U1", ID)
    await auditing.run(1)
    report = auditing.last.report
    assert report
    assert {point.quote for result in report.results for point in result.points} == {"Delivery"}
