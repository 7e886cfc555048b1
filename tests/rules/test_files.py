from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.errors import BrokenFiles
from bot.core.guidelines import Severity
from bot.rules.engine import check_examples, compile_rules
from bot.rules.files import load_guideline, load_library

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
---
title: No false pressure
problem: Pressure without reason
severity: should-fix
escalates_to: must-fix
last_checked: 2026-11-01
platforms: instagram, LinkedIn
---

## Question

Is it true?

## Why

Because people
decide better.

## Not when

- a real deadline
  with a date

## Fix

Name the day.

## Flag: hurry
“{match}” hurries people.
Only on: X
- act now
- regex: `\\d{2}:\\d{2}`

### Say instead
- act now -> order by [date]

### Bad
- Act now

### Good
- We react now and then

## Bad

### X, jewellery
Context: the sale runs every week
Caught by: hurry

> ==Act now==, friends.

## Good

### X, pottery
> Eight seats.
> Five are gone.

## References

- DMCC
"""


def write(folder: Path, text: str, name: str = "user-control/no-false-pressure") -> Path:
    path = folder / "guidelines" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_without_a_problem_is_named_by_its_title(tmp_path: Path) -> None:
    path = write(tmp_path, FILE.replace("problem: Pressure without reason\n", ""))
    assert load_guideline(path, "user-control/no-false-pressure").problem == "No false pressure"


def faults(tmp_path: Path, old: str, new: str) -> list[tuple[int, str]]:
    assert old in FILE
    path = write(tmp_path, FILE.replace(old, new, 1))
    with pytest.raises(BrokenFiles) as caught:
        compile_rules(load_guideline(path, "user-control/no-false-pressure"), str(path))
    assert all(fault.path == str(path) for fault in caught.value.faults)
    return [(fault.line, fault.reason) for fault in caught.value.faults]


def test_a_file_becomes_a_guideline_with_everything_it_says(tmp_path: Path) -> None:
    guideline = load_guideline(write(tmp_path, FILE), "user-control/no-false-pressure")
    assert (guideline.title, guideline.severity) == ("No false pressure", Severity.SHOULD_FIX)
    assert guideline.problem == "Pressure without reason"
    assert guideline.why == "Because people decide better."
    assert guideline.not_when == ("a real deadline with a date",)
    assert guideline.platforms == ("instagram", "linkedin")
    (rule,) = guideline.rules
    assert (rule.only_on, rule.say_instead[0].words) == (("x",), "order by [date]")
    assert [pattern.is_regex for pattern in rule.phrases] == [False, True]
    (bad,), (good,) = guideline.bad, guideline.good
    assert (bad.quote, bad.text, bad.caught_by) == ("Act now", "Act now, friends.", "hurry")
    assert (bad.platform, bad.trade, bad.context) == ("x", "jewellery", "the sale runs every week")
    assert good.text == "Eight seats.\nFive are gone."


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("severity: should-fix", "severity: bad", 4, "not a severity"),
        ("title: No false pressure\n", "", 1, "lacks “title:”"),
        ("title: No false pressure", "titel: x\ntitle: y", 2, "“titel” is not known"),
        ("title: No false pressure", "title: [a, b]", 2, "must be one value"),
        ("last_checked: 2026-11-01", "last_checked: yesterday", 6, "not a date"),
        ("platforms: instagram", "platforms: myspace", 7, "not a platform"),
        ("---\n\n## Question", "\n## Question", 1, "between two lines of ---"),
        ("## Fix\n", "## Fixes\n", 24, "not a known section"),
        ("Name the day.", "", 1, "“## Fix” is missing or empty"),
        ("- a real deadline", "a real deadline", 21, "starts with “- ”"),
        ("## Flag: hurry", "## Flag", 28, "name the rule"),
        ("“{match}” hurries people.\n", "", 28, "say in one sentence"),
        ("Only on: X", "Only at: X", 30, "“Only at:” is not known"),
        ("Only on: X", "Only on: myspace", 30, "not a platform"),
        ("Only on: X", "Opening: maybe", 30, "yes or no"),
        ("- act now\n", "- act (now\n", 31, "“)” is missing"),
        ("`\\d{2}:\\d{2}`", "`(?<=a)b`", 32, "RE2 refuses"),
        ("- act now -> order by [date]", "- act now", 35, "old words -> new words"),
        ("### Say instead", "### Say something", 34, "not known below a rule"),
        ("### Bad\n- Act now\n", "", 28, "at least one example under “### Bad”"),
        ("> ==Act now==, friends.", "> Act now, friends.", 45, "mark the words"),
        ("### X, jewellery", "### Myspace, jewellery", 45, "not a platform"),
        ("Caught by: hurry", "Caught by: worry", 45, "no rule here is called"),
        ("Caught by: hurry", "Caught in: hurry", 47, "“Caught in:” is not known"),
        ("> ==Act now==, friends.", "==Act now==, friends.", 45, "start with “> ”"),
        ("- act now\n- regex: `\\d{2}:\\d{2}`\n", "", 28, "at least one phrase"),
        ("Only on: X", "Opening: no\n## Detect: secret\nTwo.", 31, "only a “## Flag” has phrases"),
        ("## Flag: hurry", "## At most: many hashtags", 28, "write a limit as"),
        ("## Flag: hurry", "## Detect: irony", 28, "“irony” cannot be checked"),
        ("escalates_to: must-fix\n", "", 28, "Escalated"),
        ("## Question\n", "Is it?\n\n## Question\n", 10, "before the first"),
        ("### X, jewellery", "A post.\n\n### X, jewellery", 45, "each post has a heading"),
        ("## Flag: hurry", "## Flag: hurry\nTwice.\n- a\n### Bad\n- a\n### Good\n- b\n## Flag: hurry", 28, "two rules"),
        ("# Question", "#### Question", 10, "headings here are"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_reason(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    if reason == "Escalated":
        told = _with_escalated(tmp_path, old, new)
    elif new.startswith(("## At most", "## Detect")):
        told = _without_phrases(tmp_path, old, new)
    else:
        told = faults(tmp_path, old, new)
    assert any(at == line and reason in why for at, why in told), told


def _with_escalated(tmp_path: Path, old: str, new: str) -> list[tuple[int, str]]:
    path = write(tmp_path, FILE.replace(old, new).replace("Only on: X", "Escalated: yes"))
    with pytest.raises(BrokenFiles) as caught:
        load_guideline(path, "user-control/no-false-pressure")
    return [(fault.line + 1, fault.reason) for fault in caught.value.faults]


def _without_phrases(tmp_path: Path, old: str, new: str) -> list[tuple[int, str]]:
    text = FILE.replace(old, new).replace("- act now\n- regex: `\\d{2}:\\d{2}`\n", "").replace("Caught by: hurry\n", "")
    path = write(tmp_path, text)
    with pytest.raises(BrokenFiles) as caught:
        compile_rules(load_guideline(path, "user-control/no-false-pressure"), str(path))
    return [(fault.line, fault.reason) for fault in caught.value.faults]


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, FILE.replace("severity: should-fix", "severity: bad").replace("## Fix\n", "## Fixes\n"))
    write(tmp_path, FILE.replace("- act now\n", "- act now\n", 1).replace("title: ", "titel: "), "transparency/other")
    write(tmp_path, FILE, "misc/elsewhere")
    with pytest.raises(BrokenFiles) as caught:
        load_library(tmp_path)
    assert len({fault.path for fault in caught.value.faults}) == 3
    assert len(caught.value.faults) >= 5


def test_a_reference_that_nobody_describes_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, FILE)
    (tmp_path / "references.md").write_text("# References\n\n## CAP3\n\n- Name: a\n- Citation: a\n", encoding="utf-8")
    with pytest.raises(BrokenFiles, match="“Status:” is missing"):
        load_library(tmp_path)
    with pytest.raises(BrokenFiles, match="names DMCC"):
        load_library(tmp_path)


def test_a_reference_has_its_bullets_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, FILE)
    (tmp_path / "references.md").write_text("# References\n\n## DMCC\n\n- Author: a\n", encoding="utf-8")
    with pytest.raises(BrokenFiles, match="a reference has the bullets"):
        load_library(tmp_path)


def test_the_link_of_a_reference_is_an_address(tmp_path: Path) -> None:
    write(tmp_path, FILE)
    written = "# References\n\n## DMCC\n\n- Name: a\n- Citation: b\n- Status: c\n- Gist: d\n- Basis: e\n- Link: "
    (tmp_path / "references.md").write_text(f"{written}javascript:1\n", encoding="utf-8")
    with pytest.raises(BrokenFiles, match="begins with https://"):
        load_library(tmp_path)
    (tmp_path / "references.md").write_text(f"{written}https://example.org/law\n", encoding="utf-8")
    (reference,) = load_library(tmp_path).references
    assert (reference.name, reference.link) == ("a", "https://example.org/law")


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BrokenFiles, match="no guideline file"):
        load_library(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("- Act now\n", "- Wait here\n", 38, "does not catch this Bad example"),
        ("- We react now and then", "- Friends, act now", 41, "flags this Good example"),
        ("> ==Act now==, friends.", "> ==Wait==, friends.", 45, "does not catch this post"),
        ("> Eight seats.", "> Act now: eight seats.", 53, "flags “Act now” in this Good post"),
    ],
)
def test_an_example_that_comes_out_otherwise_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    path = write(tmp_path, FILE.replace(old, new, 1))
    guideline = load_guideline(path, "user-control/no-false-pressure")
    told = [(fault.line, fault.reason) for fault in check_examples(guideline, str(path))]
    assert len(told) == 1
    assert told[0][0] == line
    assert reason in told[0][1]
