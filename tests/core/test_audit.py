"""An audit: what its journal keeps, what the report counts, and how it is told."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace

import pytest

from bot.assemble.report_pages import audit_page
from bot.core.brand.audit import (
    AuditPoint,
    AuditReport,
    AuditResult,
    AuditRow,
    audit_key,
    draft_of,
    journal_head,
    journal_line,
    listed,
    places_of,
    read_journal,
    result_of,
)
from bot.core.brand.variants import SetPost, compare
from bot.core.drafts import Draft, reference
from bot.core.findings import Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, ModelPart, Outcome, Usage
from bot.core.words.brand import audit as words
from bot.core.words.terminal import same_file
from bot.rules.variants import lasting_statements

MUST = AuditPoint("transparency/ads", Severity.MUST_FIX, "#sp", "Readers can't tell.")
SHOULD = AuditPoint("authenticity/bait", Severity.SHOULD_FIX, "tag three friends", "It begs.")
NOT_READ = "Not reviewed: no language model is connected."
POSTS = (
    SetPost("Delivery costs £3.", "1", "students", platform="linkedin", day="2026-01-31", asset="a.png"),
    SetPost("Delivery costs £4.", "B2", platform="linkedin", day="2026-02-01"),
    SetPost("Delivery costs £3.", "3", platform="email", day="2026-02-02"),
    SetPost("Fresh bread.", "4"),
)
SEAL = b"ours"


def report(*results: AuditResult, model: bool = False) -> AuditReport:
    compared = compare(POSTS, lambda text, _: lasting_statements(text), over_time=True)
    return AuditReport(compared, results, {"transparency/ads": "Not labelled as an ad"}, model=model)


MIXED = report(AuditResult((SHOULD,)), AuditResult((MUST, SHOULD)), AuditResult(), AuditResult((SHOULD,), NOT_READ))


def test_the_same_words_for_the_same_people_are_reviewed_once() -> None:
    assert draft_of(POSTS[0]) == Draft("Delivery costs £3.", "linkedin", "Audience: students")
    assert draft_of(SetPost("Hi", "1", platform="Bulletin")) == Draft("Hi")
    keys = {audit_key(draft_of(post)) for post in (*POSTS, SetPost("Fresh bread.", "9"))}
    assert len(keys) == len(POSTS)


def test_a_result_is_the_points_and_whether_a_model_read_the_post() -> None:
    finding = Finding("a/b", Severity.CONSIDER, 0, end=2, quote="Hi", why="Why.")
    by_checks = Critique(Outcome.FINDINGS, (finding,))
    assert result_of(by_checks) == AuditResult((AuditPoint("a/b", Severity.CONSIDER, "Hi", "Why."),), NOT_READ)
    leads = (replace(finding, lead=True), replace(finding, start=9, end=11, lead=True))
    (look,) = result_of(Critique(Outcome.NOTHING_TO_FLAG, leads=leads)).looks
    assert words.look(look, "Bait") == "Worth a look: Bait. “Hi”: Why."
    read = Critique(Outcome.NOTHING_TO_FLAG, fixed_rules_only=False, model_part=ModelPart.ANSWERED)
    assert result_of(read) == AuditResult()


def test_the_journal_gives_back_what_was_done_but_for_half_a_line() -> None:
    done = {"k1": AuditResult((MUST, SHOULD)), "k2": AuditResult((), NOT_READ, (SHOULD,))}
    text = journal_head("m-1") + "".join(journal_line(*one, SEAL) for one in done.items())
    assert read_journal(f'{text}["k3", [[', "m-1", SEAL) == done
    assert read_journal(text, "m-2", SEAL) is None
    assert read_journal("", "m-1", SEAL) is None
    assert read_journal(text, "m-1", b"another one's") is None
    assert read_journal(text.replace("k1", "k9"), "m-1", SEAL) is None
    assert text.isascii()  # nothing that a full disk could cut in two


@pytest.mark.parametrize(
    "line",
    [
        "x",
        "[1]",
        "[" * 100_000,
        '["k", [["a", "nope", "q", "w"]], "", []]',
        '["k", [["a", "must-fix", 5, "w"]], "", []]',
        '["k", 5, "", []]',
        "[{}, [], [], []]",
    ],
)
def test_a_journal_that_somebody_wrote_into_is_not_taken(line: str) -> None:
    said = hmac.new(SEAL, line.encode(), hashlib.sha256).hexdigest()
    for written in (line, json.dumps([said, line])):
        assert read_journal(f"{journal_head('m')}{written}\n", "m", SEAL) is None


def test_the_report_counts_by_guideline_platform_and_month_and_begins_with_the_worst() -> None:
    assert (MIXED.flagged, MIXED.unread) == (3, 1)
    assert MIXED.recurring == (AuditRow("authenticity/bait", 4, 3), AuditRow("Not labelled as an ad", 4, 1, must_fix=1))
    assert MIXED.by_platform == (AuditRow("linkedin", 2, 2, must_fix=1), AuditRow("", 1, 1), AuditRow("email", 1, 0))
    assert MIXED.by_month == (AuditRow("", 1, 1), AuditRow("2026-01", 1, 1), AuditRow("2026-02", 2, 1, must_fix=1))
    assert [post.name for post, _ in MIXED.worst] == ["B2", "1", "4"]
    (fact,) = MIXED.contradictions
    assert [words.said_on(MIXED.compared, value) for value in fact.values] == [
        "2 posts, 31 January 2026 to 2 February 2026",
        "1 post, 1 February 2026",
    ]


def test_what_changed_is_told_with_its_days_the_latest_change_first() -> None:
    def told(*posts: tuple[str, str]) -> list[str]:
        dated = [SetPost(text, str(number), day=day) for number, (text, day) in enumerate(posts)]
        compared = compare(dated, lambda text, _: lasting_statements(text), over_time=True)
        made = AuditReport(compared, (AuditResult(),) * len(posts))
        assert made.quoted == frozenset(number for fact in made.changes for v in fact.values for number in v.posts)
        return [words.change(compared, fact) for fact in made.changes]

    assert told(
        ("Delivery costs €4.", "2025-10-01"),
        ("Delivery costs €4.", "2026-10-01"),
        ("Delivery costs €5.", "2026-10-22"),
        ("A year's membership costs €25 for everybody.", "2026-09-01"),
        ("A year's membership costs €30 for everybody.", "2026-11-01"),
        ("Hello.", ""),
    ) == [
        "A year's membership costs … for everybody: €25 on 1 September, €30 from 1 November 2026",
        "Delivery costs €4 until 1 October, €5 from 22 October 2026",
    ]
    assert words.what_changed(1) == "1 value changed. Intended?"
    assert words.what_changed(2) == "2 values changed. Intended?"


def test_what_no_model_read_is_told_first() -> None:
    assert words.not_reviewed(MIXED) == words.NO_MODEL
    assert words.not_reviewed(report(model=True)) == ""
    partly = report(*MIXED.results, model=True)
    assert words.not_reviewed(partly).startswith("Not reviewed: 1 of 4 posts. The language model didn't read")
    assert words.headline(MIXED) == "4 posts: 3 with something to change, 1 contradiction among them."
    looked = report(AuditResult((SHOULD,)), AuditResult(), AuditResult((), NOT_READ, (MUST,)), AuditResult((MUST,)))
    assert words.headline(looked).startswith(
        "4 posts: 2 with something to change, 1 more worth a look, 1 contradiction"
    )
    assert [post.name for post, _ in looked.worst] == ["4", "1", "3"]
    alone = AuditReport(compare(POSTS[:1], lambda text, _: lasting_statements(text), over_time=True), (AuditResult(),))
    assert words.headline(alone) == "1 post: nothing to change."
    assert "3 different texts went through the fixed checks." in words.how(MIXED)
    assert "the language model and the fixed checks." in words.how(partly)


def test_points_have_ids_where_somebody_may_leave_them_alone_and_their_words_are_found_again() -> None:
    tonic = SetPost("Our tonic heals. #sp", "1", platform="linkedin")
    heals, secret = replace(MUST, quote="heals"), replace(MUST, quote="tonic", dismissable=False)
    points = AuditResult((secret, heals, SHOULD), "", (MUST,))
    compared = compare([tonic], lambda text, _: lasting_statements(text), over_time=True)
    made = AuditReport(compared, (points,), {"transparency/ads": "Not labelled"}, draft_ids={"1": "d1"}, mark="3f2a1b-")
    ((_, _, ids),) = listed(made)
    assert ids == ("", "3f2a1b-2", "", "3f2a1b-4")
    places = places_of(made, "a1")
    assert [(one.id, tonic.text[one.start : one.end]) for one in places] == [("3f2a1b-2", "heals"), ("3f2a1b-4", "#sp")]
    assert {(one.audit, one.key, one.draft_id) for one in places} == {("a1", audit_key(draft_of(tonic)), "d1")}
    assert places[0].guideline == reference(MUST.guideline)
    assert places_of(replace(made, mark=""), "a1") == ()
    page = audit_page(made)
    assert '“heals”: Readers can&#x27;t tell. <code class="id">3f2a1b-2</code></li>' in page
    assert "type /candor audit fine 3f2a1b-2 in Slack" in page
    assert "audit fine" not in audit_page(replace(made, mark=""))


def test_what_is_told_of_points_that_were_named_by_their_ids() -> None:
    assert words.fine_by_ids(1, "2027-02-28", [], unknown=[]) == (
        "Done: until 28 February 2027, I'll leave the words of 1 point alone under its guideline, in audits and in "
        "everyone's drafts. To see or lift an exception, type `/candor exceptions`."
    )
    said = words.fine_by_ids(2, "2027-02-28", ["3f2a1b-4"], unknown=["zebra", "x" * 90])
    assert "I'll leave the words of 2 points alone under their guidelines" in said
    assert "I can't do that for “3f2a1b-4”: that post or guideline isn't there any more." in said
    assert "I don't know “zebra” or “xxxxxxxxxxxxxxxxxxxx" in said
    assert "x" * 30 not in said


def test_posts_bars_and_points_in_words() -> None:
    assert words.about(POSTS[0]) == "31 January 2026 · LinkedIn · students · a.png · no. 1"
    assert words.about(SetPost("Hi", "B2")) == "B2"
    assert [words.month(name) for name in ("2026-01", "")] == ["January 2026", words.NO_DATE]
    assert [words.platform(name) for name in ("email", "")] == ["E-mail", words.NO_PLATFORM]
    assert words.row(AuditRow("x", 2000, 1000, must_fix=1)) == "1,000 of 2,000, 1 must fix"
    assert words.row(AuditRow("x", 2, 1)) == "1 of 2"
    assert words.point(MUST, "Not labelled as an ad") == "Must fix: Not labelled as an ad. “#sp”: Readers can't tell."
    undated = compare([SetPost("Delivery costs £3.", "1")], lambda text, _: lasting_statements(text), over_time=True)
    assert words.said_on(undated, undated.facts[0].values[0]) == "1 post"


def test_what_the_command_says() -> None:
    assert words.stopped(1, 2000) == "Stopped after 1 of 2,000 texts. Carry on with --resume."
    assert words.resumed(1, 2, "a") == "Carrying on with a: 1 of 2 texts were already done."
    assert "a.unfinished" in words.unfinished("a.unfinished")
    assert "a.unfinished" in words.other_audit("a.unfinished")
    assert same_file("a.html").startswith("a.html is named twice")
    usage = Usage(10, 9000, 8000, output_tokens=1000)
    assert words.estimate(usage, 1.5, "m-1").startswith(
        "With m-1 that's at least 10 calls and about 10,000 tokens, about $1.50."
    )
    assert "tokens. Second opinions" in words.estimate(usage, None, "m-1")


def test_what_slack_says() -> None:
    assert words.title("<#C1>") == "*Audit of <#C1>*"
    assert words.progress(5, 1200, model=False).endswith("with the fixed checks: 5 of 1,200 done.")
    assert "with the language model" in words.progress(0, 2, model=True)
    assert words.too_many(20_000).startswith("That's more than 20,000 posts")
    assert "import-posts" in words.none("C1")
    assert words.none("").startswith("I can't find a post in that file.")
    assert words.left_out(1) == "1 line couldn't be read and was left out:"
    assert words.left_out(2) == "2 lines couldn't be read and were left out:"
    assert words.file_names(model=True) == ("candor-audit-with-model.html", "candor-audit-with-model.csv")


def test_what_is_wrong_with_a_channel_is_told_with_the_way_out() -> None:
    assert "'#plan'" in words.no_file_or_channel("plan")
    assert "no file called C0PLAN" in words.not_in_channel("C0PLAN", is_id=True)
    assert "/invite @Candor" in words.not_in_channel("plan", is_id=False)
    assert "(missing_scope)" in words.not_allowed("missing_scope")
    assert "(fatal_error)" in words.slack_failed("fatal_error")
    assert words.slack_failed("") == words.SLACK_SILENT


def test_reading_a_channel_is_told_while_it_lasts_and_at_its_end() -> None:
    assert words.reading_channel("drafts", 1) == "Reading #drafts: 1 message"
    assert words.channel_read("drafts", 1_200, 1) == "Read 1,200 messages in #drafts and found 1 post."
