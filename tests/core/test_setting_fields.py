from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.guidelines import Policy, Severity
from bot.core.judging import Strictness
from bot.core.settings import (
    FIELDS,
    ChannelStrictness,
    DigestSettings,
    Known,
    QuietWeek,
    WorkspaceSettings,
    applied,
    brand_of,
    changed,
    channels_named,
    channels_told,
    merged,
    texts,
)
from bot.core.words import settings as words

LABEL, FEAR = "transparency/ai-label", "authenticity/no-fear"
SAFE = "user-control/safe-to-publish"
KNOWN = Known(frozenset({LABEL, FEAR, SAFE}), frozenset({"access-for-all"}))
TITLES = (
    ("Earned attention", "authenticity/earned-attention"),
    ("Ads look like ads", "transparency/commercial-disclosure"),
    ("Spoken to, not watched", LABEL),
    ("Safe to publish", SAFE),
)
PLAIN = WorkspaceSettings()
FULL = WorkspaceSettings(
    draft_channels=("drafts", "C0123"),
    digest=DigestSettings("brand", 4, 16, minute=5, zone="Europe/Berlin", quiet_week=QuietWeek.NOTHING),
    policy=Policy(frozenset({FEAR}), frozenset({"access-for-all"}), ((LABEL, Severity.CONSIDER),)),
    markets=("Germany", "United Kingdom"),
    facts=("Our flour is organic, certified.", "We ship on Mondays."),
    own_contacts=("hello@larkspur.example", "+44 20 7946 0018"),
    brand_leads=("U0MIKA", "W0LEE"),
    retention_days=30,
    external_authors=True,
)


def test_what_is_kept_as_text_comes_back_as_it_was() -> None:
    assert applied(PLAIN, texts(FULL), KNOWN) == FULL
    assert applied(FULL, texts(PLAIN), KNOWN) == PLAIN


@pytest.mark.parametrize(
    ("name", "shown", "given", "now", "kept"),
    [
        ("markets", "Ireland\nMalta", "Malta\nIreland", "Ireland, Malta", "Malta\nIreland"),
        (
            "markets",
            "Ireland\nMalta",
            "Ireland\nMalta\nGermany",
            "Ireland, Malta, France",
            "Ireland, Malta, France, Germany",
        ),
        ("markets", "Ireland\nMalta", "Ireland", "Malta, Ireland, France", "Ireland, France"),
        ("markets", "Ireland\nMalta", "Ireland\nMalta\nFrance", "Ireland, France", "Ireland, France"),
        ("markets", "Ireland", "", "Ireland, France", "France"),
        ("facts", "We bake, daily.", "We bake.", "We bake, daily.\nWe ship.", "We ship.\nWe bake."),
        ("brand_leads", "", "U0DANA", "U0MIKA", "U0MIKA, U0DANA"),
        ("packs", "a", "a, b", "c", "c, b"),
        ("digest_channel", "C1", "C2", "C3", "C2"),
    ],
)
def test_of_a_list_what_others_changed_meanwhile_stays(name: str, shown: str, given: str, now: str, kept: str) -> None:
    made = merged(name, shown, given, now=now)
    assert (made if made == given or name == "facts" else made.replace("\n", ", ")) == kept


def test_what_nobody_could_be_reached_at_is_no_public_address() -> None:
    _, faults = changed(PLAIN, {"public_addresses": "hello@larkspur.example, our shop"}, KNOWN)
    assert "“our shop”" in faults["public_addresses"]


def test_the_reviewer_is_told_which_contacts_are_the_brands_own() -> None:
    assert "hello@larkspur.example, +44 20 7946 0018" in brand_of(FULL)
    assert not brand_of(PLAIN)


GERMAN = "Wir backen das Brot und ihr holt es euch heute bei uns."


def test_the_language_of_replies_is_the_drafts_unless_one_is_set() -> None:
    assert texts(PLAIN)["reply_language"] == "draft"
    values, faults = changed(PLAIN, {"reply_language": "Français"}, KNOWN)
    assert (values, faults) == ({"reply_language": "fr"}, {})
    french = applied(PLAIN, values, KNOWN)
    assert french.reply_language == "fr"
    assert changed(french, {"reply_language": "The draft's own language"}, KNOWN) == ({"reply_language": "draft"}, {})
    assert applied(french, {"reply_language": "draft"}, KNOWN) == PLAIN
    assert "Deutsch" in changed(PLAIN, {"reply_language": "Klingon"}, KNOWN)[1]["reply_language"]


def test_the_model_is_told_of_a_language_that_is_not_the_drafts() -> None:
    german = replace(PLAIN, reply_language="de")
    assert brand_of(german, "We bake bread.").endswith("in the draft's own language: German.")
    assert brand_of(german, GERMAN) == brand_of(PLAIN, "We bake bread.") == brand_of(PLAIN, GERMAN) == ""


def test_a_draft_in_a_language_that_replies_are_not_written_in_has_its_reasons_in_english() -> None:
    for text in ("Brood uit de oven, elke ochtend vers om zeven uur.", "Leipä on nyt uunissa ja ovi on auki."):
        assert brand_of(PLAIN, text).endswith("in the draft's own language: English.")
        assert brand_of(replace(PLAIN, reply_language="fr"), text).endswith("in the draft's own language: French.")


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("guidelines_off", "spoken to, not watched", LABEL),
        ("guidelines_off", f"Spoken to, not watched, {FEAR}", f"{FEAR}, {LABEL}"),
        (
            "severities",
            f"Spoken to, not watched = Should fix\n{FEAR}=must-fix",
            f"{FEAR} = must-fix, {LABEL} = should-fix",
        ),
        ("packs", "Access for all", "access-for-all"),
        ("quiet_week", "post nothing", "nothing"),
    ],
)
def test_titles_and_labels_count_as_well_as_ids(field: str, typed: str, kept: str) -> None:
    known = replace(KNOWN, titles=TITLES)
    assert changed(PLAIN, {field: typed}, known) == ({field: kept}, {})


def test_a_market_that_was_kept_before_stays_in_force() -> None:
    assert applied(PLAIN, {"markets": "Atlantis"}, KNOWN).markets == ("Atlantis",)


def test_what_is_wrong_is_told_in_the_words_that_people_see() -> None:
    known = replace(KNOWN, titles=TITLES)
    assert (
        "Safe to publish protects people's data" in changed(PLAIN, {"guidelines_off": SAFE}, known)[1]["guidelines_off"]
    )
    near = changed(PLAIN, {"guidelines_off": "Earned atention"}, known)[1]["guidelines_off"]
    assert "there's no guideline called “Earned atention”; did you mean “Earned attention”?" in near


def test_every_field_has_a_label_and_a_right_example() -> None:
    assert set(FIELDS) == set(words.LABELS) == set(words.EXAMPLES)
    known = Known(
        frozenset({"authenticity/earned-attention", "transparency/commercial-disclosure"}), KNOWN.packs, TITLES
    )
    assert changed(PLAIN, words.EXAMPLES, known)[1] == {}


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("draft_channels", " #Drafts, C0123 ,,#drafts", "drafts, C0123"),
        ("digest_channel", "#brand", "brand"),
        ("digest_channel", "", ""),
        ("digest_day", "friday", "Friday"),
        ("digest_time", "7:05", "07:05"),
        ("digest_zone", "europe/berlin", "Europe/Berlin"),
        ("digest_zone", " America/new york", "America/New_York"),
        ("quiet_week", "NOTHING", "nothing"),
        ("severities", f"{LABEL}=Must-Fix\n{FEAR} = consider", f"{FEAR} = consider, {LABEL} = must-fix"),
        ("facts", "  We bake   at night. \n\nWe bake at night.", "We bake at night."),
        ("public_addresses", "Hello@Larkspur.example\nhello@larkspur.example, @lark", "Hello@Larkspur.example, @lark"),
        ("brand_leads", "<@U0MIKA|mika>, W0LEE", "U0MIKA, W0LEE"),
        ("retention_days", "0", "0"),
        ("external_authors", "Yes", "yes"),
    ],
)
def test_what_people_type_is_kept_in_one_form(field: str, typed: str, kept: str) -> None:
    before = replace(FULL, policy=Policy())
    before = replace(before, draft_channels=("x",), brand_leads=(), external_authors=False)
    before = replace(before, digest=DigestSettings(channel="elsewhere"))
    assert changed(before, {field: typed}, KNOWN) == ({field: kept}, {})


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("draft_channels", "#drafts, C> <!channel> <https://x.example|y>", "isn't a channel's name or ID"),
        ("digest_channel", f"{'x' * 200}", "…” isn't a channel's name or ID"),
        ("digest_day", "someday", "choose one of Monday"),
        ("digest_time", "noon", words.NO_TIME),
        ("digest_time", "24:00", words.NO_TIME),
        ("digest_time", "12:60", words.NO_TIME),
        ("digest_time", "12:²", words.NO_TIME),
        ("digest_zone", "Mars/Olympus", words.NO_ZONE),
        ("digest_zone", "../etc/passwd", words.NO_ZONE),
        ("digest_zone", "", words.NO_ZONE),
        ("quiet_week", "loud", "choose one of Post one line, Post nothing"),
        (
            "guidelines_off",
            "authenticity/no-fun",
            "there's no guideline called “authenticity/no-fun”; `/candor guidelines` lists them",
        ),
        ("guidelines_off", SAFE, "stays on"),
        ("packs", "wings", "there's no pack called “wings”; packs to choose from: access-for-all"),
        ("severities", LABEL, words.NO_PAIRS),
        ("severities", f"{LABEL} = awful", "choose one of Must fix, Should fix, Consider"),
        ("severities", "x = consider", "there's no guideline called “x”"),
        ("severities", f"{SAFE} = consider", "stays on"),
        ("markets", "x" * 4001, "longer than 4,000"),
        ("markets", "Germany, Atlantis", "“Atlantis” isn't a country or region"),
        ("markets", "Germnay", "(did you mean Germany?)"),
        ("facts", "x" * 4001, "longer than 4,000"),
        ("brand_leads", "Mika", words.NO_USER),
        ("retention_days", "3", words.NO_DAYS),
        ("retention_days", "9999", words.NO_DAYS),
        ("retention_days", "-8", words.NO_DAYS),
        ("retention_days", "9" * 5000, words.NO_DAYS),
        ("external_authors", "perhaps", "choose one of yes, no"),
    ],
)
def test_a_wrong_value_gets_one_sentence_and_a_right_example(field: str, typed: str, reason: str) -> None:
    new, faults = changed(PLAIN, {field: typed}, KNOWN)
    assert new == {}
    assert reason in faults[field]
    assert faults[field].startswith(words.LABELS[field])
    assert faults[field].endswith(words.EXAMPLES[field])


def test_what_is_the_same_is_no_change() -> None:
    assert changed(FULL, texts(FULL), KNOWN) == ({}, {})


def test_a_kept_value_that_is_not_valid_any_more_counts_as_never_set() -> None:
    assert applied(PLAIN, {"packs": "gone", "no such field": "x", "retention_days": "30"}, KNOWN) == replace(
        PLAIN, retention_days=30
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("quiet", "quiet, C1 = thorough"),
        ("C2 quiet", "normal, C1 = thorough, C2 = quiet"),
        ("C1 = Normal", "normal"),
        ("thorough", "thorough"),
        ("", "normal"),
    ],
)
def test_strictness_is_set_for_one_channel_or_for_all_others(typed: str, kept: str) -> None:
    before = replace(PLAIN, strictness=ChannelStrictness(channels=(("C1", Strictness.THOROUGH),)))
    values, faults = changed(before, {"strictness": typed}, KNOWN)
    assert (values, faults) == ({"strictness": kept}, {})
    after = applied(PLAIN, values, KNOWN)
    assert texts(after)["strictness"] == kept
    named = frozenset(channel for channel, _ in after.strictness.channels)
    assert (channels_named(after), frozenset(channels_told("strictness", kept))) == (named, named)


@pytest.mark.parametrize(
    ("typed", "said"), [("#drafts quiet", "pick the channel"), ("loud", "quiet, normal, thorough")]
)
def test_a_strictness_that_cannot_be(typed: str, said: str) -> None:
    assert said in changed(PLAIN, {"strictness": typed}, KNOWN)[1]["strictness"]
