"""`candor proof` and `candor guidelines`: what a workspace has, for a terminal and for other programs."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from bot.core.words import proof as words
from bot.core.words.brand import own_guidelines as own_words
from bot.terminal.commands import run
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
    assert ("shown 1; used 1 (100%, 21%–100%)" in said, words.RANGE in said) == (True, True)
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
    folder: Path,
    capsys: pytest.CaptureFixture[str],
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
