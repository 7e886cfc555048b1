from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from bot.core import labels
from bot.core.drafts import Draft
from bot.core.findings import Edit, Finding, clean_text
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome
from bot.core.labels import WORDINGS
from bot.core.words.terminal import NO_NAME
from bot.settings import read_settings
from bot.terminal.commands import run
from bot.terminal.reviewing import as_json, read_apart, render

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "Hi 👩‍👩‍👧‍👦, our demo key is sk-abcdefghijklmnopqrstuvwx, have fun"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "post.txt"
    path.write_text(SECRET, encoding="utf-8")
    return path


def test_a_draft_with_findings_ends_with_status_1_and_exact_json(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", str(draft), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == [
        "outcome",
        "fixed_rules_only",
        "model",
        "checks",
        "findings",
        "worth_a_look",
        "questions",
        "unplaced",
        "left_out",
        "beyond",
        "doubts",
    ]
    assert (answer["outcome"], answer["fixed_rules_only"], answer["questions"]) == ("findings", True, [])
    (finding,) = answer["findings"]
    assert set(finding) == {"guideline", "severity", "quote", "start", "end", "why", "replacement", "edit", "origin"}
    assert SECRET[finding["start"] : finding["end"]] == finding["quote"] == "sk-abcdefghijklmnopqrstuvwx"
    assert (finding["severity"], finding["origin"]) == ("must-fix", "rule")


def test_a_clean_draft_ends_with_status_0_and_says_what_was_applied(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.write_text("The bakery opens at six.", encoding="utf-8")
    assert run(["review", str(draft)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Not reviewed: no language model is connected.")
    assert "fixed checks ran and found nothing." in printed
    assert run(["review", str(draft), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "not_reviewed"


def test_variants_of_a_draft_that_contradict_each_other_are_found(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.write_text("Students:\nThe herb box costs £3.\n\nParents:\nThe herb box costs £4.", encoding="utf-8")
    assert run(["review", str(draft)]) == 1
    printed = capsys.readouterr().out
    assert "“The herb box costs £4”" in printed
    assert "The variant for Students says “The herb box costs £3”." in printed


def test_a_draft_that_needs_a_model_is_not_passed_without_one(draft: Path) -> None:
    assert run(["review", str(draft), "--require-model"]) == 1
    draft.write_text("The bakery opens at six.", encoding="utf-8")
    assert run(["review", str(draft), "--require-model"]) == 3


def test_the_pretty_form_names_quote_guideline_and_line(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft.write_text(f"Hello\n{SECRET}", encoding="utf-8")
    assert run(["review", str(draft)]) == 1
    printed = capsys.readouterr().out
    assert "found 1 point." in printed
    assert "1. Must fix: Not ready to publish  line 2" in printed
    assert "“sk-abcdefghijklmnopqrstuvwx”" in printed


def test_a_draft_tells_the_terminal_nothing(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft.write_text(f"Tag three friends\x1b]0;owned\x07 👩\u200d🍳 to win.\n{SECRET}\x1b[2J", encoding="utf-8")
    assert run(["review", str(draft)]) == 1
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "\x07" not in printed
    assert "“sk-abcdefghijklmnopqrstuvwx”" in printed


@pytest.mark.parametrize("before", ["for FB, ok?\n\n", "Final check please: ", "Draft for Instagram:\n"])
def test_words_to_colleagues_around_a_draft_are_set_apart_as_in_slack(
    draft: Path, capsys: pytest.CaptureFixture[str], before: str
) -> None:
    whole = f"{before}Win a rye loaf: tag three friends below!\n\nthoughts?"
    draft.write_text(whole, encoding="utf-8")
    assert run(["review", str(draft), "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert whole[finding["start"] : finding["end"]] == finding["quote"]
    assert run(["review", str(draft)]) == 1
    printed = capsys.readouterr().out
    assert f"line {1 + before.count(chr(10))}" in printed


def test_a_label_goes_in_front_of_the_draft_and_not_of_the_words_around_it() -> None:
    text = "for FB, ok?\n\nBest chair I've had in years #sp"
    critique = read_apart(Draft(text), read_settings({}))
    (edit,) = [finding.edit for finding in critique.findings]
    assert edit == Edit(13, 13, "#ad ", gone=((41, 45),))
    assert clean_text("0", text, critique.findings).text == "for FB, ok?\n\n#ad Best chair I've had in years"


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "draft is empty"), (b" \n", "draft is empty"), (b"caf\xe9", "isn't UTF-8 text (byte 3)")],
)
def test_a_draft_that_cannot_be_reviewed_ends_with_status_2_and_one_sentence(
    draft: Path, capsys: pytest.CaptureFixture[str], content: bytes, message: str
) -> None:
    draft.write_bytes(content)
    assert run(["review", str(draft)]) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def test_a_file_that_is_not_there_ends_with_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "nowhere.txt"]) == 2
    assert "Can't read nowhere.txt" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["We open at nine."], ["Open", "at", "nine."], ["Half price / today"], ["one\ntwo"], ["Bread. " * 99]]
)
def test_words_in_the_place_of_a_file_are_the_draft(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", *words]) == 0
    captured = capsys.readouterr()
    assert "found nothing" in captured.out
    assert captured.err == "(There's no file with that name, so Candor is reading it as the draft.)\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "There's no file called “nowhere”. To review some text, put it in quotes:"),
        (["my post.txt"], "Can't read my post.txt"),
        (["/etc/my post"], "Can't read /etc/my post"),
        (["post.txt", "post.txt"], "Candor reviews one draft at a time"),
        ([" "], "the draft is empty"),
        ([""], "the draft is empty"),
        (["", ""], "the draft is empty"),
    ],
)
def test_what_was_meant_for_a_file_is_never_taken_for_the_draft(
    draft: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft.name == "post.txt"
    assert run(["review", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        run(["--version"])
    assert (exit_.value.code, capsys.readouterr().out) == (0, f"candor {version('candor')}\n")


def test_an_empty_name_is_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", ""]) == 2
    assert NO_NAME in capsys.readouterr().err


def test_without_a_draft_it_asks_for_one_or_reads_what_is_piped_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", _Typed("The bakery opens at six.", terminal=True))
    assert run(["review"]) == 2
    assert "Which draft?" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", _Typed("The bakery opens at six.", terminal=False))
    assert run(["review"]) == 0


def test_an_evaluation_without_posts_says_first_that_the_examples_are_the_guidelines_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["eval", "--rules"]) == 0
    assert capsys.readouterr().out.startswith("These figures come from the guidelines' own examples.")
    assert run(["eval", "--rules", "--json"]) == 0
    captured = capsys.readouterr()
    assert captured.err.startswith("These figures come from the guidelines' own examples.")
    assert json.loads(captured.out)


class _Typed(io.TextIOWrapper):
    """Standard input, from a terminal or a pipe."""

    def __init__(self, text: str, *, terminal: bool) -> None:
        super().__init__(io.BytesIO(text.encode()))
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def test_an_unknown_platform_is_named_with_the_known_ones(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        run(["review", str(draft), "--platform", "myspace"])
    assert exit_.value.code == 2
    assert "the platform “myspace”" in capsys.readouterr().err


def test_a_context_file_that_is_not_there_is_told_and_words_are_words(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", str(draft), "--context", "notse.txt"]) == 2
    assert capsys.readouterr().err.startswith("Can't read notse.txt: No such file")
    assert run(["review", str(draft), "--context", "The campaign is in brief.txt"]) == 1


def test_standard_input_and_a_context_file_work_in_a_real_process(draft: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "review", "-", "--platform", "IG", "--context", str(draft), "--json"],
        input=SECRET.encode(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert json.loads(done.stdout)["findings"][0]["quote"] == "sk-abcdefghijklmnopqrstuvwx"


def test_check_runs_every_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 0
    assert "everything checks out" in capsys.readouterr().out


def test_check_says_which_labels_nobody_has_looked_at_for_long(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {language: replace(one, checked="2020-01-01") for language, one in WORDINGS.items() if language == "fr"}
    monkeypatch.setattr(labels, "WORDINGS", WORDINGS | old)
    assert run(["check"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "The labels in French were last checked on 1 January 2020" in said


def test_check_names_a_broken_file_with_line_and_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "guidelines" / "transparency" / "mine.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: Mine\nseverity: grave\n---\n", encoding="utf-8")
    monkeypatch.setenv("PROMPTS_DIR", str(tmp_path))
    assert run(["check"]) == 2
    assert "mine.md:3: “grave” is not a severity" in capsys.readouterr().err


def test_an_example_that_fails_ends_check_with_status_1(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "guidelines" / "user-control" / "safe-to-publish.md"
    path.parent.mkdir(parents=True)
    original = (root / "prompts/guidelines/user-control/safe-to-publish.md").read_text(encoding="utf-8")
    path.write_text(original.replace("- 1,204 comments", "- ring (212) 555-2368, 1,204 comments"), encoding="utf-8")
    text = path.read_text(encoding="utf-8").replace("- Open 9:00", "- Ring (212) 555-2368, open 9:00")
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("PROMPTS_DIR", str(tmp_path))
    assert run(["check"]) == 1
    assert "the rule “phone number” flags this Good example" in capsys.readouterr().out


def test_help_teaches_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["--help"])
    assert "candor review post.txt" in capsys.readouterr().out


def test_a_change_that_reaches_beyond_the_quote_names_all_the_words_it_replaces(
    capsys: pytest.CaptureFixture[str],
) -> None:
    draft = Draft("100% of dermatologists agree. Try it.")
    edit = Edit(0, 28, "Dermatologists we asked agree")
    claim = "authenticity/claim-evidence"
    point = Finding(
        claim, Severity.SHOULD_FIX, 8, end=28, quote="dermatologists agree", why="Nobody asked them all.", edit=edit
    )
    critique = Critique(Outcome.FINDINGS, (point,))
    render(critique, draft, {})
    assert "→ Instead of “100% of dermatologists agree”: Dermatologists we asked agree" in capsys.readouterr().out
    (told,) = as_json(critique)["findings"]
    assert told["replacement"] is None
    assert told["edit"] == {"start": 0, "end": 28, "text": "Dermatologists we asked agree", "gone": ()}
