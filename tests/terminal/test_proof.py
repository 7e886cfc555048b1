"""`candor proof` and `candor guidelines`: what a workspace has, for a terminal and for other programs."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.brand.own_guidelines import MOST_OWN
from bot.core.reading.guideline_files import file_of
from bot.core.words import proof as words
from bot.core.words.brand import own_guidelines as own_words
from bot.terminal.commands import run
from tests.core.test_own_guidelines import made, shipped
from tests.databases import run as run_sql
from tests.terminal.test_posts import been_in, folder

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

__all__ = ["folder"]
POINT = """INSERT INTO points VALUES ('T1', 'T1:C1:1.0', 'r', 'transparency/commercial-disclosure', :at, FALSE, FALSE,
  TRUE, :at, 'used')"""
CHANGE = """INSERT INTO fact_changes (team, fact, at, act, "user", old, new)
  VALUES ('T1', 'f', :at, 'added', 'U1', '', :new)"""


def test_it_is_printed_in_words_as_json_and_as_csv(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    been_in(folder, "T1", "T2")
    assert run(["proof"]) == 2
    assert "--workspace: T1, T2" in capsys.readouterr().err
    run_sql(f"sqlite:///{folder / 'candor.db'}", POINT, at=time.time() - 1)
    assert run(["proof", "--workspace", "T1"]) == 0
    said = capsys.readouterr().out
    assert (": 1 shown, 1 used\n" in said, words.FEW in said) == (True, True)
    assert run(["proof", "--workspace", "T1", "--json", "--months", "1"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["guidelines"]
    assert (one["guideline"], one["used"]["count"]) == ("transparency/commercial-disclosure", 1)
    assert run(["proof", "--workspace", "T1", "--changes"]) == 0
    assert capsys.readouterr().out == f"{words.NO_CHANGES}\n"
    run_sql(f"sqlite:///{folder / 'candor.db'}", CHANGE, at=time.time() - 1, new="\x1b[2J£4")
    assert run(["proof", "--workspace", "T1", "--changes"]) == 0
    assert capsys.readouterr().out.endswith("added by U1: – → \\x1b[2J£4\n")
    assert run(["proof", "--workspace", "T2", "--csv"]) == 0
    assert capsys.readouterr().out.startswith("guideline,title,shown,used,used_share,used_low,used_high,dismissed,")


def test_a_workspaces_own_guidelines_are_listed_and_written_as_files(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    been_in(folder, "T1", "T2")
    kept = "INSERT INTO guideline_versions VALUES ('T1', 'own/guests', 1, '# Guests', 'U1', 1.0)"
    run_sql(f"sqlite:///{folder / 'candor.db'}", kept)
    assert run(["guidelines", "--workspace", "T2"]) == 0
    assert capsys.readouterr().out == f"{own_words.NONE_HERE}\n"
    assert run(["guidelines", "--workspace", "T1"]) == 0
    assert capsys.readouterr().out == "own/guests: off\n"
    assert run(["guidelines", "--workspace", "T1", "--export", "ours"]) == 0
    assert (folder / "ours" / "own" / "guests.md").read_text(encoding="utf-8") == "# Guests"


def test_files_of_guidelines_are_shown_with_their_faults_and_saved_once_somebody_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    been_in(folder, "T1", "T2")
    ours = folder / "ours"
    ours.mkdir()
    assert run(["guidelines", "--workspace", "T1", "--import", "ours"]) == 2
    assert capsys.readouterr().err == f"{own_words.NO_FILES}\n"
    (ours / "guests.md").write_text(file_of(made()), encoding="utf-8")
    (ours / "broken.md").write_text(file_of(made()).replace("severity: ", "severity: very "), encoding="utf-8")
    assert run(["guidelines", "--workspace", "T1", "--import", "ours", "--yes"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("ours/broken.md: Line 4: “very ")
    assert said.endswith(f"{own_words.NOT_IMPORTED}\n")
    (ours / "broken.md").unlink()
    imports = ["guidelines", "--workspace", "T1", "--import", "ours"]
    assert run(imports) == 0
    assert capsys.readouterr().out == f"own/guests-not-customers: new\n{own_words.NOT_YET}\n"
    assert run([*imports, "--yes"]) == 0
    assert capsys.readouterr().out.endswith(f"{own_words.imported(1)}\n")
    assert run(imports) == 0
    assert capsys.readouterr().out.startswith("own/guests-not-customers: version 1 already says this\n")
    for team, listed in (("T1", "own/guests-not-customers: off"), ("T2", own_words.NONE_HERE)):
        assert run(["guidelines", "--workspace", team]) == 0
        assert capsys.readouterr().out == f"{listed}\n"
    (ours / "again.md").write_text(
        file_of(made()).replace("severity: consider", "severity: must-fix"), encoding="utf-8"
    )
    (ours / "new.md").write_text(file_of(made()).replace("title: Guests", "title: People"), encoding="utf-8")
    (ours / "newer.md").write_text(file_of(made()).replace("title: Guests", "title: People!"), encoding="utf-8")
    assert run(imports) == 0
    told = capsys.readouterr().out.splitlines()
    assert run([*imports, "--yes"]) == 0
    assert told[:-1] == capsys.readouterr().out.splitlines()[:-1]
    assert told[:-1] == [
        "own/guests-not-customers: version 2",
        "own/guests-not-customers: version 3",
        "own/people-not-customers: new",
        "own/people-not-customers-2: new",
    ]
    for number in range(MOST_OWN):
        (ours / f"{number}.md").write_text(
            file_of(made()).replace("Guests, not customers", f"Guests {number}"), encoding="utf-8"
        )
    assert run([*imports, "--yes"]) == 1
    assert own_words.TOO_MANY in capsys.readouterr().err


def test_a_shipped_guideline_with_a_new_title_is_the_same_one_in_another_workspace(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    been_in(folder, "T1", "T2")
    pressure = shipped().find("user-control/no-false-pressure")
    assert pressure
    ours = folder / "ours" / "user-control"
    ours.mkdir(parents=True)
    changed = file_of(replace(pressure, title="No fake urgency"))
    (ours / "no-false-pressure.md").write_text(changed, encoding="utf-8")
    assert run(["guidelines", "--workspace", "T1", "--import", "ours", "--yes"]) == 0
    assert capsys.readouterr().out.startswith(f"{pressure.id}: new\n")
    assert run(["guidelines", "--workspace", "T1", "--export", "out"]) == 0
    (folder / "one.md").write_text((folder / "out" / f"{pressure.id}.md").read_text(encoding="utf-8"), encoding="utf-8")
    capsys.readouterr()
    assert run(["guidelines", "--workspace", "T2", "--import", "one.md", "--yes"]) == 0
    assert capsys.readouterr().out.startswith(f"{pressure.id}: new\n")
