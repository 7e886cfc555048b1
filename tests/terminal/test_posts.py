"""`candor import-posts`: a published history on the command line."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.assemble.memory import migrate_database
from bot.core.words.brand import posts as words
from bot.settings import read_settings
from bot.terminal.commands import run

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "text,date,link,likes\nDelivery costs £4.,2026-03-01,https://social.example/1,5\n"
FAULTY = f"{GOOD}Returns within 30 days.,soon,\n"
AHEAD = f"{GOOD}Soon.,2999-01-01,\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Candor has been in no workspace yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    asyncio.run(migrate_database(read_settings()))
    (tmp_path / "engine.db").touch()
    return tmp_path


def been_in(folder: Path, *teams: str) -> None:
    with sa.create_engine(f"sqlite:///{folder / 'candor.db'}").begin() as connection:
        for team in teams:
            connection.execute(sa.text("INSERT INTO presence VALUES (:team, 1.0)"), {"team": team})


def kept(folder: Path) -> list[tuple[str, str]]:
    with sa.create_engine(f"sqlite:///{folder / 'candor.db'}").connect() as connection:
        return [(row.team, row.text) for row in connection.execute(sa.text("SELECT team, text FROM posts"))]


def test_a_good_file_is_kept_and_a_faulty_one_only_when_somebody_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    been_in(folder, "T1")
    (folder / "posts.csv").write_text(FAULTY, encoding="utf-8")
    assert run(["import-posts", "posts.csv"]) == 1
    said = capsys.readouterr()
    assert (said.out, kept(folder)) == ("", [])
    assert said.err.splitlines() == [
        "Line 3: “soon” isn't a date like 2026-09-30.",
        "Columns not used: “likes”.",
        words.nothing_saved(1),
    ]
    assert run(["import-posts", "posts.csv", "--skip-faulty"]) == 0
    assert capsys.readouterr().out == f"{words.saved(1, 0, 1)}\n"
    assert run(["import-posts", "posts.csv", "--skip-faulty", "--workspace", "T1"]) == 0
    assert capsys.readouterr().out == f"{words.saved(0, 1, 1)}\n"
    assert kept(folder) == [("T1", "Delivery costs £4.")]


def test_what_is_yet_to_be_published_is_not_said_before(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    been_in(folder, "T1")
    (folder / "posts.csv").write_text(AHEAD, encoding="utf-16")
    assert run(["import-posts", "posts.csv"]) == 1
    assert capsys.readouterr().err.splitlines()[0] == f"Line 3: {words.not_yet('2999-01-01')}"


def test_it_is_said_where_they_belong(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "posts.csv").write_text(GOOD, encoding="utf-8")
    (folder / "empty.csv").write_text("text,date\n", encoding="utf-8")
    assert run(["import-posts", "empty.csv"]) == 2
    assert words.NOTHING in capsys.readouterr().err
    assert run(["import-posts", "posts.csv"]) == 2
    assert words.NO_WORKSPACE in capsys.readouterr().err
    been_in(folder, "T1", "T2")
    assert run(["import-posts", "posts.csv"]) == 2
    assert words.which_workspace(["T1", "T2"]) in capsys.readouterr().err
    assert run(["import-posts", "posts.csv", "--workspace", "T3"]) == 2
    assert words.unknown_workspace("T3") in capsys.readouterr().err
    assert kept(folder) == []
