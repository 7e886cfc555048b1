"""Sentences of the terminal, the page and the clean text that only one place says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.conversing import Ending, TurnAnswer
from bot.core.drafts import Draft, Picture
from bot.core.findings import Finding
from bot.core.guidelines import Checks, Guideline, Library, Severity
from bot.core.judging import Critique, Outcome, Question
from bot.core.words import conversing as talk
from bot.core.words import doctor, operating, terminal, workspace
from bot.core.words import guidelines as guideline_words
from bot.core.words import installing as setup
from bot.core.words import reviewing as clean_text
from bot.core.words.people import quoted
from bot.core.words.reviewing import checked as by_checks
from bot.core.words.reviewing import lead

QUESTION = Question("a/b", "Was it paid?", ("Yes", "No"))


@pytest.mark.parametrize(
    ("text", "quote", "said"),
    [
        ("Only \u202e today we sell tea.", "\u202e", "Only (U+202E) today we sell tea."),
        (
            "A long sentence stands in front: te\u200ba, and more words follow.",
            "\u200b",
            "stands in front: te(U+200B)a, and more words",
        ),
        ("Only 2\u202e left", "2\u202e left", "2(U+202E) left"),
        ("Hot \u00adtea", "Hot \u00adtea", "Hot (U+00AD)tea"),
        (
            "👩\u200d🍳 1\ufe0f\u20e3 ❤\ufe0f\u200d🔥",
            "👩\u200d🍳 1\ufe0f\u20e3 ❤\ufe0f\u200d🔥",
            "👩\u200d🍳 1\ufe0f\u20e3 ❤\ufe0f\u200d🔥",
        ),
        (
            "🏴\U000e0067\U000e007f a\U000e0067",
            "🏴\U000e0067\U000e007f a\U000e0067",
            "🏴\U000e0067\U000e007f a(U+E0067)",
        ),
        ("می\u200cخواهم", "می\u200cخواهم", "می\u200cخواهم"),
        ("Two\nlines", "Two\nlines", "Two\nlines"),
    ],
)
def test_a_quote_shows_hidden_characters_by_their_codes(text: str, quote: str, said: str) -> None:
    assert quoted(quote, text, text.index(quote)) == said


def test_a_server_whose_certificate_is_not_trusted_is_named_with_what_to_set() -> None:
    said = (
        doctor.slack_untrusted("https://slack.example", "self-signed").says,
        setup.slack_untrusted("https://slack.example", "self-signed"),
        operating.untrusted("self-signed"),
    )
    assert all("certificate" in one and "isn't trusted (self-signed)" in one for one in said)
    odd = [doctor.slack_odd(doctor.channels_of("T1"), "502", is_slack=is_slack) for is_slack in (True, False)]
    assert all("(502), so Candor couldn't check the channels in workspace T1" in one.says for one in odd)
    assert odd[0].remedy != odd[1].remedy


def test_a_question_stands_with_its_answers() -> None:
    assert terminal.question(QUESTION).strip() == "?  Was it paid?  (Yes / No)"


def test_labels_that_nobody_looked_at_for_long_are_named() -> None:
    assert terminal.aged("fr", "2026-01-02").startswith("The labels in French were last checked on 2 January 2026")
    assert "The AI label rules (China) were last checked on 2 January 2026" in terminal.aged_market(
        "China", "2026-01-02"
    )


def test_the_dismissal_that_is_there_to_try_holds_for_a_year() -> None:
    made = workspace.kept_dismissal("T1:C1:1.0", "U1", 1_800_000_000.0)
    assert (made.team, made.author, made.in_force(1_800_000_001.0)) == ("T1", "U1", True)
    assert not made.in_force(1_840_000_000.0)


def test_a_file_that_cannot_be_used_is_named_with_the_reason() -> None:
    assert terminal.cannot_read("a.txt", "no such file") == "Can't read a.txt: no such file."
    assert terminal.cannot_write("a.txt", "the disk is full") == "Can't write a.txt: the disk is full."
    assert "byte 7" in terminal.not_utf8("a.txt", 7)


def test_an_unknown_platform_is_told_with_those_that_there_are() -> None:
    assert terminal.unknown_platform("fax", ["x", "sms"]).endswith("Choose one of these: x, sms")


def test_the_place_in_a_draft_is_its_line() -> None:
    assert (terminal.line_of("a\nb", 1), terminal.line_of("a\nb", 2)) == ("line 1", "line 2")


def test_below_a_review_stands_what_was_read_and_by_whom() -> None:
    judged = Critique(Outcome.NOTHING_TO_FLAG, fixed_rules_only=False, guidelines=24)
    assert "24 guidelines with fixed checks and a language model. An AI wrote this" in terminal.footer(judged)
    assert "guidelines" not in terminal.footer(Critique(Outcome.NOTHING_TO_FLAG, guidelines=24))


@pytest.mark.parametrize(
    ("checks", "found", "said"),
    [
        (None, "", "The fixed checks found nothing."),
        (Checks(14, 14), "", "14 fixed checks ran and found nothing."),
        (Checks(1, 1), "2 points", "1 fixed check ran and found 2 points."),
        (Checks(6, 40, "de"), "", "Only 6 of 40 fixed checks can read German; they found nothing."),
        (Checks(6, 40, "und"), "1 point", "Only 6 of 40 fixed checks can read this language; they found 1 point."),
    ],
)
def test_without_a_model_it_is_said_how_many_checks_could_read_the_draft(
    checks: Checks | None, found: str, said: str
) -> None:
    assert by_checks(Critique(Outcome.NOTHING_TO_FLAG, checks=checks), found) == said


def test_long_quotes_are_cut_where_they_are_only_worth_a_look() -> None:
    cut = f"“{('now ' * 15).strip()}…”"
    assert lead("Pressure", [worth("now " * 30, "It hurries people.")]) == f"Pressure: {cut}: It hurries people."


def test_what_is_worth_a_look_says_why_and_names_its_words_once() -> None:
    left = worth("only 3 left", "“only 3 left” can't be checked. Say why.")
    others = [worth(words, "Another reason.") for words in ("Act now,", "act", "act", "today")]
    assert lead("Pressure", [left]) == "Pressure: “only 3 left” can't be checked. Say why."
    assert lead("Pressure", [left, others[0]]) == "Pressure: “only 3 left” can't be checked. Say why. Also “Act now”."
    assert lead("Pressure", [left, *others]).endswith("Say why. Also “Act now”, “act” and 1 more.")


def worth(quote: str, why: str) -> Finding:
    return Finding("a/b", Severity.SHOULD_FIX, 0, end=len(quote), quote=quote, why=why, lead=True)


def test_a_taken_port_is_told_with_the_next_one() -> None:
    assert terminal.port_taken(8000) == "Another program is using port 8000. Choose a different one, such as 8001."


def test_what_cannot_start_is_told_in_one_line_with_what_to_do() -> None:
    for told, holds in (
        (terminal.not_a_port("80000"), "0 to 65535"),
        (terminal.port_refused(80, "Permission denied"), "above 1023"),
        (terminal.port_in_use("PORT=80"), "PORT=80: another program is using that port"),
        (terminal.same_port(80), "METRICS_PORT=9464"),
        (terminal.no_such_host("HOST=10.1.1.1"), "HOST=10.1.1.1: this machine has no such address"),
        (terminal.needs("--yes", "--import"), "--yes does nothing without --import"),
        (setup.not_utf_8(".env"), "Save it as UTF-8"),
        (setup.no_setting_on(".env", 3), "Line 3 of .env isn't a setting. Write NAME=value"),
        (terminal.port_reserved("PORT=80"), "PORT=80: Candor isn't allowed to use that port. Choose one above 1023."),
        (terminal.cannot_listen("HOST=::", "PORT=0", "No buffer space"), "HOST=::, PORT=0: Candor can't listen there"),
        (terminal.folder_unusable("file", "File exists"), "--data"),
        (terminal.folder_holds_something_else("workspace.json"), "--data"),
        (terminal.stopped_by_system("No space left on device", "a.txt"), "a.txt: No space left on device."),
        (terminal.stopped_by_system("No space left on device", ""), "stop: No space left on device."),
        (setup.folder_unusable("file", "File exists"), "DATA_DIR"),
        (setup.folder_taken("data"), "PostgreSQL"),
        (setup.database_stopped("No space left on device"), "disk space"),
        (setup.database_stopped(setup.AWAY), "DATABASE_URL"),
        (setup.database_stopped(setup.DAMAGED), "backup"),
        (setup.proxy("HTTPS_PROXY"), "HTTPS_PROXY=http://"),
    ):
        assert holds in told
        assert "\n" not in told


def test_a_first_call_and_a_missing_draft_are_answered_with_a_command_to_copy() -> None:
    assert "  .venv/bin/candor try  " in terminal.welcome(".venv/bin/candor")
    assert "candor review post.txt" in terminal.no_draft("candor")
    assert 'candor review "' in terminal.no_such_draft("words", "candor")
    assert "candor review post.txt" in terminal.one_draft("candor")


def test_the_file_of_a_clean_text_is_named_after_its_draft() -> None:
    assert clean_text.file_name("spring") == "clean-text-spring.txt"
    assert clean_text.is_clean_text(clean_text.file_name("spring"))
    assert not clean_text.is_clean_text("comparison-spring.html")


def test_the_page_counts_replies_and_names_what_it_cannot_draw() -> None:
    assert (workspace.replies(1), workspace.replies(2)) == ("1 reply", "2 replies")
    assert "“video”" in workspace.unsupported("video")
    assert workspace.absent("Candor") == "Candor isn't in this channel"


def test_a_recorded_answer_says_so_with_its_day_wherever_it_stands() -> None:
    label = "Recorded answer from a language model, 29 November 2026; your own drafts are read by fixed checks."
    critique = Critique(Outcome.FINDINGS, fixed_rules_only=False, model="recorded 2026-11-29")
    assert clean_text.reply_footer(critique, Draft("Bread"), ("instagram",)) == f"AI reply from Candor. {label}"
    answer = TurnAnswer(Ending.ANSWERED, "A reader may rely on it.", "recorded 2026-11-29")
    assert talk.footer(answer) == f"AI reply from Candor. {label}"
    assert "Recorded" not in talk.footer(replace(answer, model="m-1"))


def test_a_reply_says_what_of_the_message_nobody_read() -> None:
    critique = Critique(Outcome.NOTHING_TO_FLAG)
    draft = Draft("Bread is back.", pictures=(Picture(), Picture()), unread=1)
    assert clean_text.reply_footer(critique, draft, ()).endswith(
        "2 pictures not looked at. 1 attachment not read or played."
    )
    assert "not" not in clean_text.reply_footer(critique, Draft("Bread is back."), ())
    with_own = replace(critique, own_set=4)
    told = [clean_text.reply_footer(one, Draft("Bread is back."), ()) for one in (critique, with_own)]
    assert told[0] == told[1]


def test_the_terminal_lists_what_is_worth_a_look_below_a_heading() -> None:
    heading, line = terminal.leads(["Pressure: “now”"]).strip().split("\n")
    assert heading.startswith("Worth a look. ")
    assert line.strip() == "Pressure: “now”"


def test_a_guideline_is_told_by_both_names_where_they_differ() -> None:
    one = Guideline("a/b", "Ads look like ads", Severity.MUST_FIX, "?", "why", "fix", problem="Not labelled as an ad")
    same, old = (replace(one, id=name, problem=problem) for name, problem in (("a/c", one.title), ("a/d", "")))
    assert guideline_words.both_names(Library((one, same), off=(old,))) == {
        "a/b": "Not labelled as an ad (guideline “Ads look like ads”)",
        "a/c": "Ads look like ads",
        "a/d": "Ads look like ads",
    }
    assert guideline_words.in_the_list(one) == "In the list of guidelines: “Ads look like ads”"
    assert guideline_words.on_a_point(one) == "On a point: “Not labelled as an ad”"
    assert (
        guideline_words.in_the_list(same) == guideline_words.on_a_point(same) == guideline_words.on_a_point(old) == ""
    )
