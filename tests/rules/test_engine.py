from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.drafts import Draft
from bot.core.errors import BrokenFiles
from bot.core.findings import Edit, Origin
from bot.core.guidelines import Checks, Guideline, Library, Severity
from bot.core.reading.guideline_files import Line, read_guideline
from bot.core.reading.languages import has_words_of, is_in_another
from bot.rules.engine import RuleEngine

HEAD = {
    "title": "No false pressure",
    "problem": "Pressure without reason",
    "severity": "should-fix",
    "escalates_to": "must-fix",
}
INTRO = "## Question\nIs it true?\n## Why\nBecause.\n## Fix\nDrop it.\n"
EXAMPLES = "### Bad\n- act now\n### Good\n- react now and then\n"


def guideline(rules: str, **head: str) -> Guideline:
    lines = [Line(i, text) for i, text in enumerate((INTRO + rules).splitlines(), 10)]
    values = {key: Line(2, value) for key, value in (HEAD | head).items()}
    return read_guideline("g.md", "user-control/no-false-pressure", values, body=lines)


def engine(rules: str, **head: str) -> RuleEngine:
    return RuleEngine(Library((guideline(rules, **head),)))


def quotes(rules: RuleEngine, text: str, platform: str = "") -> list[str]:
    return [finding.quote for finding in rules.findings(Draft(text, platform))]


HURRY = f"## Flag: hurry\n“{{match}}” hurries people.\n- act now\n- last chance\n{EXAMPLES}"


def test_a_finding_quotes_the_exact_words_and_names_its_guideline() -> None:
    (finding,) = engine(HURRY).findings(Draft("Well 👩‍👩‍👧‍👦, ACT NOW please"))
    assert finding.quote == "ACT NOW"
    assert Draft("Well 👩‍👩‍👧‍👦, ACT NOW please").text[finding.start : finding.end] == "ACT NOW"
    assert (finding.guideline, finding.rule) == ("user-control/no-false-pressure", "hurry")
    assert (finding.severity, finding.origin) == (Severity.SHOULD_FIX, Origin.RULE)
    assert finding.why == "“ACT NOW” hurries people."


def test_half_a_character_in_the_words_stops_no_review() -> None:
    """JSON may hold one half of a pair of surrogates, which UTF-8 can't say."""
    rule = "## Flag: hurry\n“{match}” hurries people.\n- regex: `act.? now`\n### Say instead\n- act now -> start\n"
    (finding,) = engine(f"{rule}### Bad\n- act, now\n### Good\n- react now and then\n").findings(Draft("Act\udc00 now"))
    assert finding.quote == "Act\udc00 now"


def test_a_rule_is_a_lead_unless_its_file_calls_it_certain() -> None:
    certain = HURRY.replace("“{match}”", "Grade: certain\n“{match}”")
    assert [f.lead for f in engine(HURRY).findings(Draft("act now"))] == [True]
    assert [f.lead for f in engine(certain).findings(Draft("act now"))] == [False]
    with pytest.raises(BrokenFiles, match="“Grade:” is certain or lead"):
        guideline(certain.replace("certain", "sure"))


def test_a_lead_takes_no_words_from_what_is_certain() -> None:
    both = f"{HURRY}## Flag: now\nGrade: certain\nWhy.\n- now\n### Bad\n- now\n### Good\n- then\n"
    assert quotes(engine(both), "act now") == ["now"]


@pytest.mark.parametrize(
    ("text", "platform", "checks"),
    [
        ("We bake bread and you eat it.", "", Checks(3, 3)),
        ("We bake bread and you eat it.", "sms", Checks(3, 3)),
        ("Wir backen das Brot und ihr esst es.", "", Checks(1, 3, "de")),
        ("Wir backen das Brot und ihr esst es.", "sms", Checks(1, 3, "de")),
        ("Свежий хлеб с шести утра.", "sms", Checks(1, 3, "und")),
    ],
)
def test_checks_are_those_that_read_the_language_whatever_the_platform(
    text: str, platform: str, checks: Checks
) -> None:
    sms = HURRY.replace("hurry", "sms").replace("\n“", "\nOnly on: sms\n“", 1)
    limit = "## At most: 2 hashtags\nToo many.\n### Bad\n- #a #b #c\n### Good\n- #a\n"
    assert engine(HURRY + sms + limit).checks(Draft(text, platform)) == checks


@pytest.mark.parametrize(
    "text",
    [
        "See https://shop.example/act-now or act-now.pdf",
        "The choir #actnow and its singer @act.now",
        "The sign says “Act now!” since 1994",
        "No last chance, we promise",
        "Last chance, said nobody on a Sunday",
        "An act-now-and-then sort of person",
    ],
)
def test_words_that_the_draft_does_not_say_itself_are_no_prose(text: str) -> None:
    assert quotes(engine(HURRY), text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [("Why not act now", "act now"), ("“Act now, it is your day”", "Act now"), ("Donʼt wait: act now 🔥", "act now")],
)
def test_what_it_does_say_is_heard(text: str, quote: str) -> None:
    assert quotes(engine(HURRY), text) == [quote]


@pytest.mark.parametrize("end", ["until Sunday", "until 12 June", "by 18:00", "until 5/12", "by Christmas"])
def test_a_named_pattern_stands_for_what_many_rules_need(end: str) -> None:
    rules = engine(f"{HURRY}### Fine when\n- dated\n")
    assert quotes(rules, f"Act now, {end}.") == []
    assert quotes(rules, "Act now, part 1/10.") == ["Act now"]


def test_a_phrase_never_matches_inside_a_word_of_any_script() -> None:
    rules = engine(HURRY)
    assert quotes(rules, "React now and then; act nowé") == []


def test_the_longest_alternative_of_a_phrase_wins_whatever_their_order() -> None:
    rules = engine(HURRY.replace("- act now", "- about (you|your cart)\n- (say|says) so\n- act now", 1))
    assert quotes(rules, "It is about your cart. She says so.") == ["about your cart", "says so"]


def test_an_escalated_rule_takes_the_severity_the_file_escalates_to() -> None:
    rules = engine(HURRY.replace("- act now", "Escalated: yes\n- act now", 1))
    assert rules.findings(Draft("act now"))[0].severity is Severity.MUST_FIX


def test_fine_when_looks_at_the_same_sentence_only() -> None:
    rules = engine(f"{HURRY}### Fine when\n- until {{number}} june\n")
    assert quotes(rules, "Act now, until 30 June.") == []
    assert quotes(rules, "Act now! We are open until 30 June.") == ["Act now"]


def test_fine_anywhere_looks_at_the_whole_draft() -> None:
    rules = engine(f"{HURRY}### Fine anywhere\n- until {{number}} june\n")
    assert quotes(rules, "Act now! We are open until 30 June.") == []


def test_a_rule_for_one_platform_is_silent_elsewhere() -> None:
    rules = engine(HURRY.replace("- act now", "Only on: sms, email\n- act now", 1))
    assert quotes(rules, "act now", "sms") == ["act now"]
    assert quotes(rules, "act now", "x") == []
    assert quotes(rules, "act now") == []


def test_an_opening_rule_is_silent_after_the_first_sentence() -> None:
    rules = engine(HURRY.replace("- act now", "Opening: yes\n- act now", 1))
    assert quotes(rules, "Act now! Or never.") == ["Act now"]
    assert quotes(rules, "Good morning! Act now.") == []


def test_what_must_stand_beside_a_phrase_gives_one_finding_when_it_is_missing() -> None:
    rules = engine(
        f"## Flag: tie\nSay that it is an ad.\nInsert: #ad\n- my code\n{EXAMPLES}### Must start with\n- #ad\n"
    )
    (finding,) = rules.findings(Draft("Use my code ANA. Really, my code works."))
    assert finding.quote == "my code"
    assert finding.edit == Edit(0, 0, "#ad ")
    assert finding.replacement is None
    assert quotes(rules, "#ad Use my code ANA.") == []
    assert quotes(rules, f"{'A long story. ' * 12}#ad Use my code ANA.") == ["my code"]


def test_a_must_also_have_may_stand_anywhere() -> None:
    rules = engine(
        f"## Flag: exit\nChoose how to stop it.\n- {{anything}}\n{EXAMPLES}### Must also have\n- reply stop\n"
    )
    assert len(rules.findings(Draft("New drops every day. See you at noon."))) == 1
    assert quotes(rules, f"{'New drops every day. ' * 20}Reply STOP to end it.") == []


def test_say_instead_gives_the_smallest_rewording_and_keeps_the_capital() -> None:
    rules = engine(f"{HURRY}### Say instead\n- act now -> order by [date]\n- last chance ->\n")
    act, last = rules.findings(Draft("Act now. It is your last chance."))
    assert act.replacement == "Order by [date]"
    assert last.replacement == ""


def test_a_limit_marks_what_is_too_much_and_counts_it() -> None:
    rules = engine(f"## At most: 2 hashtags\n{{count}} hashtags are many.\n{EXAMPLES}")
    (finding,) = rules.findings(Draft("Hi #one #two #three #four"))
    assert finding.quote == "#three #four"
    assert finding.why == "4 hashtags are many."
    assert quotes(rules, "Hi #one #two, order #12 at C#5") == []


def test_findings_of_one_family_never_overlap_and_the_longer_stays() -> None:
    rules = engine(f"{HURRY}## Flag: longer\nToo much.\n- last chance today\n{EXAMPLES}")
    assert quotes(rules, "Your last chance today!") == ["last chance today"]


def test_nothing_is_found_in_an_empty_draft(rules: RuleEngine) -> None:
    assert rules.findings(Draft("")) == ()


_PIECES = ["Act now", "👩\u200d👩\u200d👧", "ﬁ", "İ", "ß", "\u200b", "𝗔𝗖𝗧", "last", "chance", "é", "#tag", "!"]


@given(st.text(max_size=400) | st.lists(st.sampled_from(_PIECES)).map(" ".join))
def test_every_quote_is_in_the_draft_whatever_it_holds(text: str) -> None:
    for finding in _shared.findings(Draft(text, "x")):
        assert text[finding.start : finding.end] == finding.quote != ""


_shared = engine(HURRY)

HOSTILE = {
    "exclamations": "!" * 40_000,
    "numbered lists": "1/ " * 13_333,
    "digits": "0123456789 " * 3_636,
    "at signs": "a@" * 20_000,
    "open quotes": '"' * 40_000,
    "almost phrases": "act " * 10_000,
    "emoji": "👩‍👩‍👧‍👦" * 5_000,
    "invisible": "\u200b" * 40_000,
    "styled": "𝗔" * 40_000,
    "brackets": "([{" * 13_333,
    "one word": "a" * 40_000,
    "hashtags": "#a " * 13_333,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_message_of_40000_characters_does_not_stop_the_bot(rules: RuleEngine, kind: str) -> None:
    """No timing gate here (see docs/benchmarks.md): quadratic work would need minutes, not seconds."""
    started = time.perf_counter()
    for finding in rules.findings(Draft(HOSTILE[kind], "x")):
        assert HOSTILE[kind][finding.start : finding.end] == finding.quote
    assert time.perf_counter() - started < 10


def test_what_language_a_draft_is_in_is_told_once_however_many_points_it_has(
    rules: RuleEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(language: str, text: str) -> bool:
        asked.append(text)
        return is_in_another(language, text)

    monkeypatch.setattr("bot.rules.engine.is_in_another", counted)
    draft = Draft(" and ".join(f"only {n} left" for n in range(2, 22)))
    assert len([finding for finding in rules.all_findings(draft) if finding.rule == "few left"]) == 20
    assert len(asked) == 1


def test_a_view_of_the_rules_follows_a_workspaces_library_and_leaves_the_engine_as_it_was(rules: RuleEngine) -> None:
    draft = Draft("Only today!!! Hurry, last chance. Like and tag a friend to win.")
    every = rules.findings(draft)
    one, other = sorted({finding.guideline for finding in every})[:2]
    named = [Guideline(one, one, Severity.CONSIDER, question="?", why="why", fix="fix")]
    seen = rules.under(Library(tuple(named))).findings(draft)
    assert {finding.guideline for finding in seen} == {one}
    assert {finding.severity for finding in seen} == {Severity.CONSIDER}
    assert rules.under(Library(tuple(named))).guidelines == 1
    assert rules.findings(draft) == every
    assert other in {finding.guideline for finding in rules.findings(draft)}


def test_a_small_word_that_one_language_alone_has_tells_it() -> None:
    assert has_words_of("de", "Werbung für euch")
    assert has_words_of("fr", "Le pain des amis")
    assert not has_words_of("de", "Buy now")
    assert not has_words_of("xx", "Werbung für euch")


@pytest.mark.parametrize(
    ("text", "put"),
    [
        ("Just in! Our new serum is here for all of you and we love it. #spon @brioclean", "#ad "),
        ("Endlich ist er da: unser neuer Ofen für euch, und wir freuen uns auf euch! #spon @brioclean", "#Anzeige "),
        ("Voici notre nouveau four pour vous, et nous sommes ravis de vous voir ! #spon @brioclean", "#Publicité "),
    ],
)
def test_the_label_of_an_ad_is_put_in_the_language_of_the_post(text: str, put: str, rules: RuleEngine) -> None:
    edits = [one.edit for one in rules.findings(Draft(text)) if one.quote == "#spon"]
    assert [edit.text for edit in edits if edit] == [put]
