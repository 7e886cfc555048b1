"""Buttons stand only where they work, and nothing is larger than Slack takes."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.deciding import Answer, Decision, Mute, Verdict, VerdictReason
from bot.core.drafts import Draft, Place, Target
from bot.core.findings import CLAIM_EVIDENCE, RECORDED_POST, CleanText, Edit, Finding, Origin
from bot.core.guidelines import Guideline, Severity
from bot.core.judging import Critique, Outcome, Question
from bot.core.reviewing import DraftRecord, standing_of
from bot.core.sign_off import OpenPoint
from bot.core.words import deciding as said_of
from bot.core.words.brand import facts as fact_words
from bot.core.words.reviewing import OUTDATED, problem_of
from bot.flows.replying import ShowMore
from bot.slack.blocks import length as text_of
from bot.slack.clicks import Clicks, click_of
from bot.slack.reviewing import guideline_blocks, more_window, muted_blocks, reply_blocks, reply_text, why_window
from bot.slack.threads import clean_text_blocks
from bot.workspace.checking import check_message_blocks, check_view
from tests.flows.fake_guidelines import problems
from tests.flows.fakes import PLACE as POSTED
from tests.flows.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.guidelines import Library
    from bot.slack.wire.payloads import Json

PLACE = Place("T1", "C1", "1.0")
TEXT = "Act now <!channel> & win " * 100
RECORD = DraftRecord(PLACE, "U1", Draft(TEXT), revision="0")


def finding(start: int, end: int, *, edit: bool = True, severity: Severity = Severity.SHOULD_FIX) -> Finding:
    change = Edit(start, end, "Please") if edit else None
    return Finding("a/b", severity, start, end=end, quote=TEXT[start:end], why="It hurries people.", edit=change)


def verdict(on: Finding, decision: Decision) -> Verdict:
    return Verdict(on.ref, decision, "U1", at="1.0", revision="0")


def blocks(critique: Critique, *verdicts: Verdict) -> list[Json]:
    made = reply_blocks(standing_of(critique, verdicts), RECORD, {})
    assert check_message_blocks(made) == made
    return made


def test_a_recorded_statement_leads_to_where_it_stands_and_a_models_words_lead_nowhere() -> None:
    why = "A post says: “Act later” https://slack.example/p1?a=b.\nReaders compare."
    said = finding(0, 7)
    before = replace(said, why=why, rule=f"{RECORDED_POST}p1")
    (sections,) = ([part["elements"] for part in b["elements"]] for b in _points(before))
    assert sections[-1] == [
        {"type": "text", "text": "A post says: “Act later” "},
        {"type": "link", "url": "https://slack.example/p1?a=b", "text": "https://slack.example/p1?a=b"},
        {"type": "text", "text": ".\nReaders compare."},
    ]
    assert fact_words.CHANGED in json.dumps(blocks(Critique(Outcome.FINDINGS, (before,))))
    lapsed = json.dumps(blocks(Critique(Outcome.FINDINGS, (replace(before, guideline=CLAIM_EVIDENCE),))))
    assert fact_words.ADD_EVIDENCE in lapsed
    assert fact_words.CHANGED not in lapsed
    assert '"link"' not in json.dumps(_points(replace(before, rule="")))
    assert '"link"' in json.dumps(_points(replace(before, why="See https://slack.example/p1")))


def _points(said: Finding) -> list[Json]:
    return [b for b in blocks(Critique(Outcome.FINDINGS, (said,))) if b["type"] == "rich_text"]


def labels(made: list[Json]) -> list[list[str]]:
    """What stands on the buttons, row by row."""
    return [[e["text"]["text"] for e in b["elements"]] for b in made if b["type"] == "actions"]


def critique(*findings: Finding) -> Critique:
    return Critique(Outcome.FINDINGS, findings, fixed_rules_only=False, guidelines=25)


def test_a_point_has_the_buttons_that_work_for_it() -> None:
    kept = replace(finding(0, 3), dismissable=False)
    made = blocks(critique(kept, finding(4, 7), finding(8, 10, edit=False)))
    assert labels(made) == [["Use this", "Why"], ["Use this", "Dismiss", "Why"], ["Dismiss", "Why"]]


def spoken(made: list[Json]) -> list[str]:
    return [e["accessibility_label"] for b in made if b["type"] == "actions" for e in b["elements"]]


def test_buttons_that_look_alike_are_told_apart_when_they_are_read_out() -> None:
    made = blocks(critique(finding(0, 3), finding(4, 7)))
    assert spoken(made)[:3] == ["Use this: point 1, a/b", "Dismiss: point 1, a/b", "Why: point 1, a/b"]
    assert len(set(spoken(made))) == len(spoken(made))
    long = reply_blocks(standing_of(critique(finding(0, 3))), RECORD, {"a/b": "x" * 90})
    assert check_message_blocks(long) == long
    assert max(map(len, spoken(long))) == 75


CONTACT = "user-control/safe-to-publish"


def test_contact_data_can_be_called_the_brands_own() -> None:
    text = "Write to hello@larkspur.example"
    found = Finding(CONTACT, Severity.CONSIDER, 9, end=31, quote=text[9:], why="Whose?", dismissable=False)
    record = DraftRecord(PLACE, "U1", Draft(text), revision="0")
    made = reply_blocks(standing_of(critique(found)), record, {})
    assert check_message_blocks(made) == made
    assert labels(made) == [["This is our public address", "Why"]]
    said = Verdict(found.ref, Decision.DISMISSED, "U1", at="1.0", revision="0", reason=VerdictReason.OWN_ADDRESS)
    handled = json.dumps(reply_blocks(standing_of(critique(found), [said]), record, {}))
    assert "All points handled: 1 dismissed." in handled
    assert reply_text(standing_of(critique(found), [replace(said, reason=None)])).startswith("Candor: 1 change")


def test_a_used_point_can_be_undone_and_a_dismissed_one_is_one_line() -> None:
    one, other, third = finding(0, 3), finding(4, 7), finding(8, 10)
    made = blocks(critique(one, other, third), verdict(one, Decision.USED), verdict(other, Decision.DISMISSED))
    assert labels(made) == [["Undo", "Why"], ["Use this", "Dismiss", "Why"]]
    assert made[0]["text"]["text"] == "*3 changes (1 used, 1 dismissed)*"
    assert made[-2]["text"]["text"] == "Dismissed: “now” (a/b), by <@U1>."
    assert (made[-2]["accessory"]["action_id"], made[-2]["accessory"]["accessibility_label"]) == (
        "candor_undo",
        "Undo: a/b",
    )


def test_of_two_overlapping_edits_only_the_more_severe_is_shown_and_can_be_used() -> None:
    severe, mild = finding(0, 7, severity=Severity.MUST_FIX), finding(4, 10)
    made = blocks(critique(severe, mild))
    assert labels(made) == [["Use this", "Dismiss", "Why"], ["Dismiss", "Why"]]
    assert json.dumps(made).count("Please") == 1


def test_all_handled_keeps_a_way_back_from_everything() -> None:
    one, other = finding(0, 3), finding(4, 7)
    made = blocks(critique(one, other), verdict(one, Decision.USED), verdict(other, Decision.DISMISSED))
    assert made[0]["text"]["text"] == "All points handled: 1 used, 1 dismissed."
    assert [(b["text"]["text"], b["accessory"]["action_id"]) for b in made[1:3]] == [
        ("Used: “Act” (a/b)", "candor_undo"),
        ("Dismissed: “now” (a/b), by <@U1>.", "candor_undo"),
    ]
    assert len(made) == 4
    assert reply_text(standing_of(critique(one), [verdict(one, Decision.USED)])) == (
        "Candor: All points handled: 1 used."
    )


def test_what_people_are_not_shown_is_not_called_handled() -> None:
    one = finding(0, 3)
    for more in (replace(critique(one), left_out=1), replace(critique(one), unplaced=1)):
        made = blocks(more, verdict(one, Decision.USED))
        assert made[0]["text"]["text"] == "All points shown here are handled: 1 used."
    asked = replace(critique(one), questions=(Question("a/c", "Paid?", ("Yes", "No")),))
    assert blocks(asked, verdict(one, Decision.USED))[0]["text"]["text"] == "*1 change (1 used), 1 question*"
    looked = replace(critique(one), fixed_rules_only=True, leads=(replace(finding(4, 7), lead=True),))
    assert blocks(looked, verdict(one, Decision.USED))[0]["text"]["text"].endswith(
        "The fixed checks found 1 point (1 used) and 1 thing worth a look."
    )


def test_a_claim_without_evidence_has_a_button_also_where_it_is_only_worth_a_look() -> None:
    claim = replace(finding(0, 3), guideline=CLAIM_EVIDENCE, lead=True)
    looked = Critique(Outcome.NOTHING_TO_FLAG, fixed_rules_only=True, leads=(replace(claim, guideline="a/b"), claim))
    (row,) = [block for block in blocks(looked) if "accessory" in block and "quote" not in str(block["accessory"])]
    assert (row["accessory"]["text"]["text"], row["accessory"]["value"]) == (
        fact_words.ADD_EVIDENCE,
        Target(RECORD.id, claim.ref).value,
    )
    assert row["accessory"]["accessibility_label"] == "Add evidence for Act"


def test_what_a_model_said_before_an_edit_is_not_ascribed_to_the_checks() -> None:
    one = replace(finding(0, 3), origin=Origin.MODEL)
    made = blocks(replace(critique(one), fixed_rules_only=True), verdict(one, Decision.USED))
    assert made[0]["text"]["text"].endswith("The fixed checks found nothing. From before the edit: 1 point (1 used).")


def test_of_many_handled_points_a_few_stand_there_and_the_rest_is_counted() -> None:
    many = [replace(finding(0, 3), guideline=f"a/{n}") for n in range(9)]
    gone = [verdict(one, Decision.DISMISSED) for one in many[1:]]
    made = blocks(critique(*many), *gone)
    assert [b["text"]["text"] for b in made if b["type"] == "section"][1:2] == ["And 2 more points."]
    assert sum(b.get("accessory", {}).get("action_id") == "candor_undo" for b in made) == 6
    long = Finding("a/b", Severity.CONSIDER, 0, end=len(TEXT), quote=TEXT, why="why")
    handled = blocks(critique(long), verdict(long, Decision.DISMISSED))
    assert handled[1]["text"]["text"].endswith("…” (a/b), by <@U1>.")


def test_a_reply_stays_below_what_slack_takes_together_and_loses_no_point() -> None:
    long = "Something else entirely, at length. " * 75
    many = [replace(finding(n * 8, n * 8 + 7), edit=Edit(n * 8, n * 8 + 7, long)) for n in range(5)]
    made = blocks(critique(*many))
    assert text_of(made) < 10_000
    window = json.dumps(more_window(standing_of(critique(*many)), RECORD, {}))
    told = json.dumps(made)
    assert told.count("Why: point") + window.count("Why: point") == 5
    assert told.count("Why: point") < 3
    huge = replace(finding(0, 7), edit=Edit(0, 7, long * 2))
    assert "Why: point 1" in json.dumps(blocks(critique(huge, *many[1:])))


def test_all_texts_of_a_message_are_counted() -> None:
    text = {"type": "text", "text": "four"}
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [text, text]}]}
    assert text_of([rich, {"type": "section", "text": {"type": "mrkdwn", "text": "six..."}}, {"type": "divider"}]) == 14


def test_a_question_has_its_answers_as_buttons() -> None:
    asked = Question("a/c", "Was <!here> paid for?", ("Paid", "A gift", "x" * 90, "4", "5", "6"))
    made = blocks(Critique(Outcome.FINDINGS, (), (asked,)))
    assert labels(made) == [["Paid", "A gift", f"{'x' * 74}…", "4", "5"]]
    assert [e["action_id"] for e in made[3]["elements"]] == [f"candor_answer_{n}" for n in range(5)]
    assert "&lt;!here&gt; paid" in reply_text(standing_of(Critique(Outcome.FINDINGS, (), (asked,))))


def test_an_answered_question_says_that_it_is_being_worked_on() -> None:
    asked = Critique(Outcome.FINDINGS, (), (Question("a/c", "Paid?", ("Yes",)),), fixed_rules_only=False)
    standing = standing_of(asked, answers=[Answer("a/c", "Yes", "U1", at="1.0")])
    assert reply_blocks(standing, RECORD, {})[0]["text"]["text"].startswith("*Answered.")
    by_checks = replace(standing, critique=replace(asked, fixed_rules_only=True))
    assert "connected. Answered." in reply_blocks(by_checks, RECORD, {})[0]["text"]["text"]
    waiting = reply_blocks(standing_of(by_checks.critique), RECORD, {})
    assert waiting[0]["text"]["text"].endswith("The fixed checks found nothing. 1 question for you.*")


def test_what_only_checks_have_read_is_never_called_reviewed() -> None:
    one = finding(0, 3)
    by_checks = replace(critique(one), fixed_rules_only=True)
    made = blocks(by_checks, verdict(one, Decision.USED))
    assert (
        made[0]["text"]["text"]
        == "Not reviewed: no language model is connected. The fixed checks found 1 point (1 used)."
    )


def test_a_huge_critique_stays_within_slacks_limits() -> None:
    many = [finding(n * 5, n * 5 + 4) for n in range(100)]
    questions = tuple(Question(f"a/{n}", "Q" * 900, tuple("abcde")) for n in range(20))
    made = blocks(Critique(Outcome.FINDINGS, tuple(many), questions))
    assert len(made) <= 50
    window = more_window(standing_of(critique(*many)), RECORD, {})
    assert len(check_view(window, "modal")["blocks"]) <= 100
    assert "There are more. Deal with" in json.dumps(window)


def test_every_guideline_can_be_opened(library: Library) -> None:
    for guideline in library.guidelines:
        window = check_view(why_window(guideline), "modal")
        for made in (window, guideline_blocks(guideline)):
            said = json.dumps(made, ensure_ascii=False)
            assert ("“" + guideline.title in said, guideline.problem in said) == (made is window, True)
            assert guideline.title in said
            assert "mrkdwn" not in said


def test_why_ends_with_its_sources_as_links_with_plain_names(library: Library) -> None:
    guideline = library.cited("user-control/no-false-pressure")
    assert guideline
    (*_, last) = check_view(why_window(guideline), "modal")["blocks"]
    listed = [line["elements"][0] for line in last["elements"][1]["elements"]]
    act = "UK consumer law (Digital Markets, Competition and Consumers Act)"
    assert {"type": "link", "url": "https://www.legislation.gov.uk/ukpga/2024/13", "text": act} in listed
    assert len(listed) == len(guideline.references)
    assert library.cited("nobody/knows") is None
    evidence, international = library.cited("authenticity/claim-evidence"), "International advertising code (ICC)"
    assert evidence
    assert json.dumps({"type": "text", "text": international}) in json.dumps(why_window(evidence))
    assert "(see “Check facts before sharing”)" in json.dumps(why_window(evidence), ensure_ascii=False)


def test_a_guideline_with_little_in_it_can_be_opened_too() -> None:
    made = why_window(
        Guideline("a/b", "Title", Severity.CONSIDER, question="Question?", why="Why.", fix="", problem="Problem")
    )
    assert len(check_view(made, "modal")["blocks"]) == 2


def words(made: list[Json]) -> Iterator[str]:
    for block in made:
        for element in block.get("elements", []):
            yield from (piece["text"] for piece in element.get("elements", []))


@pytest.mark.parametrize("length", [1, 2_900, 2_901, 9_000])
def test_a_clean_text_can_be_copied_out_of_one_block(length: int) -> None:
    text = "<!channel>"[:length] + "a" * (length - 10)
    content = CleanText("0", f"IG: {text}", ("[date]", "[number]", "[date]"), posts=(("instagram", text),), changes=2)
    made = check_message_blocks(clean_text_blocks(content))
    assert made[0]["text"]["text"] == "*Your text with 2 changes, 3 gaps to fill*"
    said = list(words(made))
    assert "".join(said[:-1]) == text
    assert said[-1] == "Gaps to fill: [date] (2 times), [number]."
    assert max(map(len, said)) <= 3_000


def test_every_variant_has_a_block_of_its_own_below_its_name() -> None:
    posts = (("instagram", "One."), ("linkedin", "Two."), ("instagram", "Three."), ("", "Four."))
    made = check_message_blocks(clean_text_blocks(CleanText("0", "IG: One. ...", posts=posts, changes=1)))
    assert list(words(made)) == ["One.", "Two.", "Three.", "Four."]
    said = [block["text"]["text"] for block in made if block["type"] == "section"]
    assert said == ["*Your text with 1 change*", "*Instagram 1*", "*LinkedIn*", "*Instagram 2*", "*Post*"]


@pytest.mark.parametrize(("posts", "is_shown"), [(23, True), (24, False), (60, False)])
def test_more_posts_than_a_message_holds_come_as_a_file(posts: int, is_shown: bool) -> None:  # noqa: FBT001
    content = CleanText("0", "...", ("[date]",), posts=(("instagram", "Fresh bread."),) * posts, changes=1)
    made = check_message_blocks(clean_text_blocks(content))
    assert ("a file in this thread" in json.dumps(made)) is not is_shown
    assert list(words(made)).count("Fresh bread.") == posts * is_shown


def test_a_longer_one_is_a_file_and_an_old_one_has_nothing_to_copy() -> None:
    made = clean_text_blocks(CleanText("0", "a" * 12_001))
    assert "a file in this thread" in made[1]["text"]["text"]
    old = check_message_blocks(clean_text_blocks(CleanText("0", "Old words [date]", ("[date]",), outdated=True)))
    assert old[0]["text"]["text"] == f"*{OUTDATED}*"
    assert list(words(old)) == []


def body(value: str, **more: Any) -> Json:
    action = {"action_id": "candor_use", "value": value, "action_ts": "5.0"}
    return {"team": {"id": "T1"}, "user": {"id": "U1"}, "actions": [action], **more}


def test_a_click_is_read_only_in_the_workspace_that_it_belongs_to() -> None:
    click = click_of(body("v1|T1:C1:1.0|abc"))
    assert click
    assert (click.target.ref, click.user, click.at) == ("abc", "U1", "5.0")
    assert click_of(body("v1|T1:C1:1.0|abc", team=None, user={"id": "U1", "team_id": "T1"}))
    assert click_of(body("v1|T2:C1:1.0|abc")) is None
    assert click_of(body("nonsense")) is None


def test_a_muted_thread_counts_what_is_open_and_leads_there() -> None:
    left = tuple(OpenPoint(severity, "a/b") for severity in (Severity.SHOULD_FIX, Severity.MUST_FIX, Severity.MUST_FIX))
    made = muted_blocks(Mute("U7", 1.0, left), RECORD)
    assert check_message_blocks(made) == made
    assert made[1]["text"]["text"] == "Still open: 3 points (2 must fix, 1 should fix)."
    assert made[1]["accessory"]["action_id"] == "candor_more"
    standing = standing_of(critique(finding(0, 7)))
    muted = replace(RECORD, mute=Mute("U7", 1.0))
    window = check_view(more_window(standing, muted, {}), "modal")
    assert "Act now" in json.dumps(window)
    assert "Act now" not in json.dumps(more_window(standing, RECORD, {}))


def test_a_point_beside_what_was_kept_says_what_it_differs_from() -> None:
    issue = finding(0, 3)
    titles = {issue.guideline: "Facts that don't match", CLAIM_EVIDENCE: "Claim without evidence"}
    for one, said in (
        (issue, "Facts that don't match"),
        (replace(issue, rule="fact:f1"), "Facts that don't match"),
        (replace(issue, rule=f"{RECORDED_POST}p1"), "Differs from an earlier post"),
        (replace(issue, guideline=CLAIM_EVIDENCE), "Claim without evidence"),
        (replace(issue, guideline=CLAIM_EVIDENCE, rule="fact:c1"), "Evidence doesn't hold"),
    ):
        assert problem_of(one, titles) == said


async def test_a_click_that_comes_while_the_draft_is_read_again_is_told_so() -> None:
    world, said = World(), list[str]()
    await world.reviewed()

    async def tell(**message: str) -> None:
        said.append(message["text"])

    client: Any = SimpleNamespace(chat_postEphemeral=tell)
    here = SimpleNamespace(client=client)
    clients: Any = SimpleNamespace(of={"T1": here}.__getitem__)
    nothing: Any = None
    clicks = Clicks(
        world.decide,
        world.answer,
        nothing,
        show_more=ShowMore(world.drafts),
        own_contacts=nothing,
        problems=problems(),
        clients=clients,
    )
    body = {"user": {"id": "U1"}, "team": {"id": "T1"}, "container": {}}
    body |= {"actions": [{"value": Target(POSTED.draft_id, "gone").value, "action_ts": "1.0"}]}
    await clicks.decide(body, Decision.USED)
    await world.drafts.next_round(world.drafts.rows[POSTED.draft_id].job)
    await clicks.decide(body, Decision.USED)
    assert said == [said_of.BUTTONS_GONE, said_of.READ_ANEW]
