from __future__ import annotations

from bot.core.guidelines import Choice, Policy, Severity, choice_of, fields_of

POLICY = Policy(off=frozenset({"a/off"}), severities=(("a/own", Severity.CONSIDER), ("b/own", Severity.MUST_FIX)))


def test_the_choices_of_a_policy() -> None:
    named = {name: choice_of(POLICY, name) for name in ("a/off", "a/own", "a/other")}
    assert named == {"a/off": Choice.OFF, "a/own": Choice.CONSIDER, "a/other": Choice.AS_SHIPPED}


def test_choices_replace_those_of_the_policy_and_no_others() -> None:
    choices = {"a/off": Choice.SHOULD_FIX, "a/own": Choice.AS_SHIPPED, "c/new": Choice.OFF}
    assert fields_of(POLICY, choices) == {
        "guidelines_off": "c/new",
        "severities": "a/off = should-fix, b/own = must-fix",
    }
    assert fields_of(Policy(), {}) == {"guidelines_off": "", "severities": ""}


def test_every_severity_can_be_chosen() -> None:
    assert {choice.value for choice in Choice} == {*Severity, "off", "as-shipped"}
