"""What people type behind the slash command."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands import CHOICES, Command, Unclear, Verb, parse, unquoted
from bot.core.guidelines import Guideline, Library, Severity, named
from bot.core.settings import nearest_setting, setting_in
from bot.core.words import commands as words

UNDERSTOOD = {
    "": Command(Verb.HELP),
    "   ": Command(Verb.HELP),
    "help": Command(Verb.HELP),
    "Help!": Command(Verb.HELP),
    "„HELP“": Command(Verb.HELP),
    "help privacy": Command(Verb.HELP, "privacy"),
    "help  “Digest”": Command(Verb.HELP, "digest"),
    "review": Command(Verb.REVIEW),
    "review Half price today": Command(Verb.REVIEW, text="Half price today"),
    "REVIEW   „Nur heute!“": Command(Verb.REVIEW, text="Nur heute!"),
    "review\nLinkedIn:\n  two  spaces": Command(Verb.REVIEW, text="LinkedIn:\n  two  spaces"),
    "review “One” and “two”": Command(Verb.REVIEW, text="One” and “two"),
    'review "': Command(Verb.REVIEW, text='"'),
    "review «Demain»": Command(Verb.REVIEW, text="Demain"),
    "review it's": Command(Verb.REVIEW, text="it's"),
    "guidelines": Command(Verb.GUIDELINES),
    "guidelines 'free choice'": Command(Verb.GUIDELINES, text="free choice"),
    "digest": Command(Verb.DIGEST, "preview"),
    "digest\u00a0NOW": Command(Verb.DIGEST, "now"),
    "digest preview.": Command(Verb.DIGEST, "preview"),
    "settings": Command(Verb.SETTINGS),
    "Settings retention_days 30": Command(Verb.SETTINGS, text="retention_days 30"),
    "exceptions": Command(Verb.EXCEPTIONS),
    "mute": Command(Verb.MUTE, "drafts"),
    "mute Drafts": Command(Verb.MUTE, "drafts"),
    "unmute": Command(Verb.UNMUTE, "drafts"),
    "privacy": Command(Verb.PRIVACY, "show"),
    "privacy  ‚export‘": Command(Verb.PRIVACY, "export"),
    "privacy delete": Command(Verb.PRIVACY, "delete"),
}
NEAREST = {
    "guidlines": "guidelines",
    "guideline": "guidelines",
    "revew this text": "review",
    "setings": "settings",
    "check this text for me": "review",
    "delete": "privacy delete",
    "export my data": "privacy export",
    "digest tomorrow": "digest",
    "digest pre-view": "digest preview",
    "privacy delet": "privacy delete",
    "mute draft": "mute drafts",
    "exceptions all": "exceptions",
    "help setings": "help settings",
    "xyzzy": "",
    "42": "",
    "Our new oven saves a third of the energy": "review",
}


@pytest.mark.parametrize("line", UNDERSTOOD)
def test_what_is_understood(line: str) -> None:
    assert parse(line) == UNDERSTOOD[line]


@pytest.mark.parametrize("line", NEAREST)
def test_anything_else_names_the_nearest_command(line: str) -> None:
    assert parse(line) == Unclear(line, NEAREST[line])


@given(st.text())
def test_whatever_is_typed_there_is_an_answer_and_every_proposal_is_understood(line: str) -> None:
    said = parse(line)
    if isinstance(said, Unclear) and said.nearest:
        assert isinstance(parse(said.nearest), Command)


@given(st.text(), st.sampled_from(["„{}“", "“{}”", '"{}"', "«{}»", "'{}'"]))
def test_quotation_marks_around_a_text_go_once(text: str, quotes: str) -> None:
    assert unquoted(quotes.format(text)) == text.strip()


def test_every_command_has_its_help() -> None:
    assert {Verb(topic) for topic in CHOICES[Verb.HELP] if topic} == set(words.TOPICS)
    assert set(words.TOPICS) - {Verb.UNMUTE} == set(words.LINES)


SETTINGS = {
    "retention_days 30": ("retention_days", "30"),
    "Retention Days = 30": ("retention_days", "30"),
    "retention-days=30": ("retention_days", "30"),
    "Days to keep drafts 30": ("retention_days", "30"),
    "draft channels #drafts, C1": ("draft_channels", "#drafts, C1"),
    "digest channel none": ("digest_channel", ""),
    "markets –": ("markets", ""),
    "packs": ("packs", ""),
    "severities transparency/x = consider": ("severities", "transparency/x  =  consider"),
    "facts One.\nTwo.": ("facts", "One.\nTwo."),
    "colour blue": None,
    "": None,
}


@pytest.mark.parametrize("typed", SETTINGS)
def test_settings_are_known_by_name_and_label(typed: str) -> None:
    assert setting_in(typed) == SETTINGS[typed]


def test_the_nearest_setting_is_named() -> None:
    assert nearest_setting("retntion days 30") == "retention_days"
    assert nearest_setting("draft chanels #a") == "draft_channels"
    assert nearest_setting("zzz") == ""


def _guideline(name: str, title: str) -> Guideline:
    return Guideline(name, title, Severity.CONSIDER, question="?", why="why", fix="fix")


LIBRARY = Library(
    (
        _guideline("transparency/commercial-disclosure", "Ads look like ads"),
        _guideline("user-control/no-false-pressure", "No false pressure"),
        _guideline("user-control/no-fear-hook", "No fear hook"),
    )
)
FOUND = {
    "Commercial Disclosure": ["transparency/commercial-disclosure"],
    "transparency/commercial-disclosure": ["transparency/commercial-disclosure"],
    "ads look like ads": ["transparency/commercial-disclosure"],
    "disclosure": ["transparency/commercial-disclosure"],
    "fear": ["user-control/no-fear-hook"],
    "no f": ["?", "user-control/no-false-pressure", "user-control/no-fear-hook"],
    "comercial disclosur": ["?", "transparency/commercial-disclosure"],
    "zzz": ["?"],
    "!": ["?"],
}


@pytest.mark.parametrize("name", FOUND)
def test_guidelines_are_found_by_part_of_their_name(name: str) -> None:
    found, near = named(LIBRARY, name)
    assert [found.id] if found else ["?", *(one.id for one in near)] == FOUND[name]


@pytest.mark.parametrize("said", ["Not labelled as an ad", "not labelled as an ad", "“Not labelled”"])
def test_a_guideline_is_found_by_the_problem_that_points_show(said: str) -> None:
    ads = replace(LIBRARY.guidelines[0], problem="Not labelled as an ad")
    found, near = named(Library((ads, *LIBRARY.guidelines[1:])), said)
    assert (found, near) == (ads, ())


def test_sentences_about_guidelines_and_settings() -> None:
    assert words.unclear("x", "mute").startswith("I don't know “x”. Did you mean `/candor mute`?")
    assert words.unclear("x", "") == "I don't know “x”. `/candor help` shows what I can do."
    assert words.not_a_command("review").startswith("To get a draft reviewed, type `/candor review`, then your text.")
    assert words.no_guideline("x", []) == "There's no guideline called “x”. `/candor guidelines` lists them."
    assert words.no_guideline("x", ["A", "B"]).endswith("Did you mean *A* or *B*?")
    assert "Days to keep drafts" in words.no_setting("x", "")
    assert words.no_setting("x", "packs").endswith("Did you mean `/candor settings optional packs VALUE`?")
    assert words.guideline(_guideline("a/b", "Title"), "") == "• Title: consider"
    assert words.guideline(_guideline("a/b", "Title"), words.OFF) == "• Title: off here"
    assert words.family("own", 1, 2) == "Your own (1 of 2)"
    assert words.setting("packs", "") == "• *Optional packs*: –"
    assert words.saved("packs", "") == (
        "Saved. *Optional packs*: –\nIt applies from the next review, and the change is recorded under your name."
    )
    assert "It applies from now on" in words.saved("digest_day", "Monday")
    assert (
        words.line(Verb.EXCEPTIONS)
        == "• `/candor exceptions` lists the words I've been told to leave alone, and lets you undo that"
    )
