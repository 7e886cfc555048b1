"""What people type behind the command, and what they get back, as Slack has it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.assemble.report_pages import audit_files
from bot.assemble.rules import compare_over_time, compare_variants
from bot.core.brand.audit import (
    Audit,
    AuditPoint,
    AuditReport,
    AuditResult,
    AuditShown,
    FineWords,
    as_stored,
    from_stored,
)
from bot.core.brand.fact_tables import TablePreview, csv_of, pasted
from bot.core.brand.facts import Fact
from bot.core.brand.variants import SetPost, read_set
from bot.core.commands import Unclear
from bot.core.guidelines import Severity
from bot.core.settings import SettingChange, WorkspaceSettings
from bot.core.watching import SeenChannels
from bot.core.words import settings as setting_words
from bot.core.words.brand import audit as audit_words
from bot.core.words.brand import facts as words
from bot.slack.blocks import person
from bot.slack.brand.audit import audit_blocks, fine_window, from_value, linked_message
from bot.slack.brand.facts import SheetView, fact_window, preview_window, proposal_window, sheet_answer
from bot.slack.commands import cut, plain_setting, settings_answer, unclear_answer, value_of
from bot.slack.wire.payloads import part, text
from bot.workspace.checking import check_view

ALL = SeenChannels(frozenset({"drafts", "C1"}))
TYPED = {
    "draft channels <#C1|drafts>, #social": "draft channels C1, #social",
    "brand leads <@U1|dana> <@U2>": "brand leads <@U1> <@U2>",
    "facts See <https://a.example|a.example> &amp; more": "facts See a.example & more",
    "facts <https://a.example>": "facts https://a.example",
    "facts 1 &lt; 2": "facts 1 < 2",
    "facts 1 < 2": "facts 1 < 2",
}


@pytest.mark.parametrize("typed", TYPED)
def test_slacks_names_become_ids(typed: str) -> None:
    assert plain_setting(typed) == TYPED[typed]


def test_what_somebody_typed_is_never_markup() -> None:
    assert cut("<!channel> *bold*") == "&lt;!channel&gt; *bold*"
    assert len(cut("a" * 500)) == 60
    assert "&lt;!here&gt;" in unclear_answer(Unclear("<!here>"))["text"]
    assert value_of("facts", "One.\n<!here>", {}, seen=ALL) == "One. · &lt;!here&gt;"
    assert value_of("facts", "a" * 500, {}, seen=ALL).endswith("…")
    assert value_of("draft_channels", "drafts, C1", {}, seen=ALL) == "#drafts, <#C1>"
    assert value_of("guidelines_off", "a/b, a/c", {"a/b": "Tricks & traps"}, seen=ALL) == "Tricks &amp; traps, a/c"
    assert value_of("brand_leads", "U1", {}, seen=ALL) == "<@U1>"


def test_an_audit_tells_the_latest_of_what_changed_and_how_many_there_are() -> None:
    posts = [
        SetPost(f"The {name} costs €{20 + month}.", str(month), day=f"2026-{month:02}-01")
        for at, name in enumerate(("loaf", "roll", "cake", "pie"))
        for month in (at + 1, at + 5)
    ]
    report = AuditReport(compare_over_time(posts), (AuditResult(),) * len(posts))
    blocks = audit_blocks(Audit("a", "U1", 0.0, source="C1"), AuditShown(report=report))
    (changed,) = [said for block in blocks if "4 values changed" in (said := text(part(block, "text"), "text"))]
    assert changed.splitlines()[-1] == "…and 1 more."
    assert changed.splitlines()[:-1] == [
        "*4 values changed. Intended?*",
        "• The pie costs €24 on 1 April, €28 from 1 August 2026",
        "• The cake costs €23 on 1 March, €27 from 1 July 2026",
        "• The roll costs €22 on 1 February, €26 from 1 June 2026",
    ]
    assert audit_words.NOTHING not in str(blocks)
    assert audit_words.NO_CONTRADICTIONS in str(blocks)
    assert audit_words.COUNTED in str(blocks)


def test_an_audit_says_how_many_of_the_worst_posts_it_leaves_out() -> None:
    point = AuditPoint("a/b", Severity.MUST_FIX, "Act now", "It begs.")
    posts = [SetPost(f"Act now, {number}.", str(number)) for number in range(audit_words.WORST_SHOWN + 1)]
    report = AuditReport(compare_over_time(posts), (AuditResult((point,)),) * len(posts))
    told = str(audit_blocks(Audit("a", "U1", 0.0, file="F1"), AuditShown(report=report)))
    assert told.count("Must fix: a/b") == audit_words.WORST_SHOWN
    assert audit_words.more_posts(1) in told
    assert audit_words.COUNTED not in told
    one = replace(report, compared=compare_over_time(posts[:1]), results=report.results[:1])
    assert audit_words.NO_CONTRADICTIONS not in str(audit_blocks(Audit("a", "U1", 0.0), AuditShown(report=one)))


def test_a_comparison_is_told_as_its_command_tells_it_with_what_a_model_said_of_some() -> None:
    posts = read_set("audience,text\nStudents,Delivery costs £3.\nParents,Delivery costs £4.\n").posts
    compared = compare_variants(posts, ())
    audit = Audit("a", "U1", 0.0, file="F1", name="plan.csv", compares=True)
    said = str(audit_blocks(audit, AuditShown(2, done=1)))
    assert "Comparison of plan.csv" in said
    assert audit_words.comparing(1, 2) in said
    report = AuditReport(compared, (AuditResult(), AuditResult()), variants=True)
    told = str(audit_blocks(audit, AuditShown(report=report)))
    assert "*Contradictions*" in told
    assert audit_words.WORST not in told
    point = AuditPoint("a/b", Severity.MUST_FIX, "Delivery", "It begs.")
    read = replace(report, model=True, results=(AuditResult((point,)), AuditResult(unread="Too busy.")))
    told = str(audit_blocks(replace(audit, with_model=True), AuditShown(report=read)))
    assert "It begs." in told
    assert audit_words.not_reviewed(read) in told
    page, table = audit_files(read).values()
    assert "It begs." in page
    assert "read 2 variants" in page
    assert "point,must-fix,a/b,It begs.,1,Students,1,Delivery" in table
    quiet = replace(read, results=(AuditResult(), AuditResult()))
    assert audit_words.NOTHING_MODEL in str(audit_blocks(audit, AuditShown(report=quiet)))


def test_a_point_carries_what_a_lead_may_call_fine_but_not_what_nobody_may_dismiss() -> None:
    post = SetPost("Act now, friends! #Spring #Sale", "1")
    compared = compare_over_time((post,))
    point = AuditPoint("a/b", Severity.SHOULD_FIX, "Act now", "It pushes.")

    def buttons(one: AuditPoint) -> list[str]:
        report = AuditReport(compared, (AuditResult((one,)),), {}, draft_ids={"1": "T1:C1:1.0"})
        blocks = audit_blocks(Audit("a", "U1", 0.0, source="C1"), AuditShown(report=report))
        return [text(part(block, "accessory"), "value") for block in blocks if "accessory" in block]

    (value,) = buttons(point)
    fine = FineWords("a", "a/b", Severity.SHOULD_FIX, "Act now", draft_id="T1:C1:1.0", tags=("#Spring", "#Sale"))
    assert from_value(value) == fine
    window = fine_window(fine, 0.0)
    check_view(window, "modal")
    assert "In drafts with #Spring" in str(window)
    assert audit_words.FINE_HOW not in str(window)
    window = fine_window(fine, 0.0, "Guests, and nothing but guests, wherever we speak of those who stay with us")
    check_view(window, "modal")
    assert audit_words.FINE_HOW in str(window)
    assert buttons(replace(point, dismissable=False)) == buttons(replace(point, quote="x" * 1900)) == []
    (kept,) = from_stored(as_stored(AuditResult((replace(point, dismissable=False),)))).points
    assert not kept.dismissable
    assert from_stored([[["a/b", "consider", "q", "w"]], "", []]).points[0].dismissable


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("<https://x.slack.com/archives/C1/p1700000000000001>", ("C1", "1700000000.000001", "")),
        (
            "https://x.slack.com/archives/C1/p1700000000000001?thread_ts=1600000000.000001&cid=C1",
            ("C1", "1700000000.000001", "1600000000.000001"),
        ),
        ("<https://x.slack.com/archives/C1/p1700000000000001|the plan>", ("C1", "1700000000.000001", "")),
        ("Students: https://x.slack.com/archives/C1/p1700000000000001", ("", "", "")),
        ("https://x.slack.com/archives/C1", ("", "", "")),
        ("Students: £3\n---\nParents: £4", ("", "", "")),
    ],
)
def test_a_link_to_a_message_is_known(said: str, message: tuple[str, str, str]) -> None:
    assert linked_message(said) == message


def test_a_change_whose_author_is_forgotten_is_still_shown() -> None:
    change = SettingChange("facts", "", "<b>", user="", at=0.0)
    said = str(settings_answer(WorkspaceSettings(), (change,), ("U1",), titles={}, seen=ALL)["blocks"])
    assert "somebody whose name was deleted changed *Facts about the brand*" in said
    assert "&lt;b&gt;" in said
    assert person("")["type"] == "text"


def test_however_many_channels_are_named_every_setting_is_shown_whole() -> None:
    channels = tuple(f"C0{number:09}" for number in range(400))
    settings, seen = WorkspaceSettings(draft_channels=channels), SeenChannels(frozenset(channels))
    blocks = settings_answer(settings, (), ("U1",), titles={}, seen=seen)["blocks"]
    said = "\n".join(text(part(block, "text"), "text") for block in blocks)
    assert [label for label in setting_words.LABELS.values() if f"*{label}*: " not in said] == []
    assert [channel for channel in channels if f"<#{channel}>" not in said] == []


def test_of_a_long_message_as_many_statements_are_proposed_as_a_window_takes() -> None:
    facts = [Fact(f"Statement {number} costs £{number} {'and more ' * 20}".strip()) for number in range(40)]
    window = proposal_window(facts)
    assert check_view(window, "modal") == window
    table = window["blocks"][1]["element"]["initial_value"]
    assert len(table) <= 2_900
    assert 10 < len(pasted(table).facts) < 40
    assert proposal_window(facts[:1]) == fact_window(None, facts[0])


def test_a_sentence_without_a_figure_may_be_chosen() -> None:
    assert proposal_window((), ["Founded in Leeds"]) == fact_window(None, Fact("Founded in Leeds"))
    others = [f"Cabin bag included in every fare that we sell, on every route, number {at}" for at in range(120)]
    window = proposal_window((), others)
    assert check_view(window, "modal") == window
    options = window["blocks"][2]["element"]["options"]
    kept = window["private_metadata"].split("\n")
    assert kept == others[: len(options)]
    assert 20 < len(options) < 100
    assert not any(one["text"]["text"][:-1].endswith("numbe") for one in options)
    assert window["blocks"][1]["optional"]


SHEET = tuple(Fact(f"Statement {number} costs £{number}", id=f"n{number}") for number in range(60))


def previewed(table: str, known: tuple[Fact, ...] = SHEET) -> dict[str, Any]:
    window = preview_window(TablePreview(pasted(table, known), known, "2026-11-30"), "F1")
    return check_view(window, "modal")


def test_what_would_change_is_shown_as_old_and_new_and_nothing_is_cut() -> None:
    table = csv_of(SHEET)
    said = str(previewed(table.replace("costs", "is")))
    assert "60 changed facts" in said
    assert all(f"• Statement {at} costs £{at} → Statement {at} is £{at}" in said for at in range(60))
    faults = "".join(f"Fact {at},soon\n" for at in range(100))
    said = str(previewed(f"fact,until\n{faults}"))
    assert all(f"Line {at}: " in said for at in range(2, 102))
    assert words.NONE_GOOD in said
    assert "100 lines need a second look" in str(previewed(f"fact,until,owner\n{faults.replace('soon', 'soon,me')}"))
    assert "Nothing is saved" not in said
    long = "".join(f"Fact {at} {'and more ' * 30},\n" for at in range(1000))
    window = previewed(f"fact,until,mood\n{long}")
    parts = [one["elements"][0]["text"] for one in window["blocks"] if one["type"] == "context"]
    assert parts[0] == "Columns not used: “mood”."
    shown = sum(part.count("• ") for part in parts)
    assert parts[-1] == words.more(1000 - shown)
    assert all(line.endswith("and more") for part in parts[1:-1] for line in part.splitlines())


def test_what_an_exported_sheet_has_no_more_is_offered_to_end() -> None:
    lines = csv_of(SHEET).splitlines(keepends=True)
    window = previewed("".join(lines[:-1]))
    box = window["blocks"][-1]
    assert (box["block_id"], box["element"].get("initial_options")) == ("missing", None)
    assert "Statement 8 costs" not in str(window)
    assert "Statement 9 costs £9" in str(window)
    over = tuple(replace(fact, until="2026-11-29") for fact in SHEET)
    assert words.NOTHING_NEW in str(previewed("".join(csv_of(over).splitlines(keepends=True)[:-1]), over)["blocks"][-1])


def test_brand_leads_open_the_sheet_from_the_command() -> None:
    lead = sheet_answer(SheetView(SHEET, "2026-11-30", is_lead=True))
    assert "candor_home_facts" in str(lead)
    assert "candor_home_facts" not in str(sheet_answer(SheetView(SHEET, "2026-11-30")))
