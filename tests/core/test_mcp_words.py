"""What the tools for other programs say."""

from __future__ import annotations

from bot.core.brand.facts import Fact, FactKind, statement
from bot.core.gating import GatePoint, Region
from bot.core.guidelines import Guideline, Severity
from bot.core.judging import Critique, ModelPart, Outcome
from bot.core.words import mcp as words

HERE = Region(1, 1, end_line=1, end_column=4)
RUSH = Guideline("a/rush", "No rush", Severity.SHOULD_FIX, question="Does it rush?", why="It hurts.", fix="Wait.")
POINT = GatePoint("r", RUSH.id, RUSH.severity, title="Rush", says="It hurries people.", region=HERE, quote="now")


def test_a_review_says_first_what_it_came_to_and_last_who_read_it() -> None:
    unread = words.review(Critique(Outcome.NOTHING_TO_FLAG), (), (POINT,)).splitlines()
    assert unread[0].startswith("Not reviewed: no language model is connected.")
    assert unread[-2:] == ["- “now” Rush", "Fixed checks only. People decide."]
    read = Critique(Outcome.NOTHING_TO_FLAG, fixed_rules_only=False, guidelines=24, model_part=ModelPart.ANSWERED)
    said = words.review(read, (POINT,), ()).splitlines()
    assert (said[0], said[1][:20]) == ("Nothing to flag.", "- Should fix: Rush. ")
    assert said[-1].endswith("An AI wrote this; people decide.")


def test_guidelines_are_listed_told_and_proposed() -> None:
    assert words.listed((RUSH,)) == "1 guideline:\n- a/rush: No rush"
    assert words.guideline(RUSH).startswith("Should fix: No rush\n\nWhat I look for\nDoes it rush?")
    assert "Did you mean a/rush?" in words.no_guideline((RUSH,))
    assert words.no_guideline(()) == "There's no guideline with that name. The tool `guidelines` lists them all."


def test_facts_and_sign_offs_are_told_and_so_is_that_there_are_none() -> None:
    fact = Fact("Delivery costs £4.", FactKind.PRICE, "price list")
    assert words.facts((fact,), (statement(fact),)) == "- price: Delivery costs £4. (price list)"
    assert words.facts((), ()) == words.NO_FACTS
    assert words.signed_off(None) == words.NOT_SIGNED_OFF
    assert words.signed_off(0.0) == "Signed off on 1 January 1970: exactly this text."
    assert "http://127.0.0.1:4300/mcp" in words.listening("http://127.0.0.1:4300/mcp")


def test_what_a_start_leaves_out_is_said_with_the_setting_that_changes_it() -> None:
    assert words.whose_database("/w/.candor").startswith("/w/.candor may have come with the project")
    assert "set DATA_DIR" in words.whose_database("/w/.candor")
    assert "requests for 127.0.0.1 and localhost, and" in words.answers_only(("127.0.0.1", "localhost"))
    assert "PUBLIC_URL=https://" in words.answers_only(("127.0.0.1",))
    assert "set DATA_DIR or DATABASE_URL" in words.remembers_nothing("/w/.candor")
