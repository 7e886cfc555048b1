"""`candor facts`: the sheet as a file that a team keeps in version control."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.assemble.memory import migrate_database
from bot.core.words.brand import facts as words
from bot.core.words.brand import posts as post_words
from bot.settings import read_settings
from bot.terminal.commands import run

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "Fact,Kind,Source,Owner,mood\nCabin bag £25,price,shop.example,U0DANA,good\nFounded in 2016,origin,,,\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Candor has been in one workspace."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    asyncio.run(migrate_database(read_settings()))
    (tmp_path / "engine.db").touch()
    with sa.create_engine(f"sqlite:///{tmp_path / 'candor.db'}").begin() as connection:
        connection.execute(sa.text("INSERT INTO presence VALUES ('T1', 1.0)"))
    (tmp_path / "sheet.csv").write_text(SHEET, encoding="utf-16")
    return tmp_path


def test_a_file_is_shown_first_and_saved_on_demand(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["facts", "--import", "sheet.csv"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == ["new: Cabin bag £25 (shop.example)", "new: Founded in 2016", words.NOT_YET]
    assert said.err == f"{post_words.unused(('mood',))}\n"
    assert run(["facts"]) == 0
    assert capsys.readouterr().out == f"{words.NONE_YET}\n"
    assert run(["facts", "--import", "sheet.csv", "--yes"]) == 0
    assert capsys.readouterr().out.endswith(f"{words.imported(2, 0, 0)}\n")
    assert run(["facts"]) == 0
    assert capsys.readouterr().out == "Cabin bag £25 (shop.example)\nFounded in 2016\n"
    assert folder.exists()


@pytest.mark.parametrize("name", ["out.csv", "out.md"])
def test_an_exported_sheet_is_edited_and_comes_back(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["facts", "--import", "sheet.csv", "--yes"])
    assert run(["facts", "--export", name]) == 0
    assert capsys.readouterr().out.endswith(f"{words.exported(2, name)}\n")
    out = folder / name
    changed = [line.replace("£25", "£30") for line in out.read_text(encoding="utf-8").splitlines(keepends=True)]
    out.write_text("".join(line for line in changed if "2016" not in line), encoding="utf-8")
    assert run(["facts", "--import", name, "--yes"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "changed: Cabin bag £25 (shop.example) → Cabin bag £30 (shop.example)"
    assert told[1:] == ["not in the file: Founded in 2016", words.left(1), words.imported(0, 1, 0)]
    run(["facts"])
    assert capsys.readouterr().out == "Cabin bag £30 (shop.example)\nFounded in 2016\n"
    assert run(["facts", "--import", name, "--yes", "--end-missing"]) == 0
    assert capsys.readouterr().out.endswith(f"{words.imported(0, 0, 1)}\n")
    assert run(["facts", "--import", name, "--yes", "--end-missing"]) == 0
    run(["facts"])
    assert "Founded in 2016 (until 20" in capsys.readouterr().out


def test_faults_stand_in_the_way_unless_somebody_leaves_them_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "sheet.csv").write_text('Fact,Until\n"Bag £5,\nTea £2,\n', encoding="utf-8")
    assert run(["facts", "--import", "sheet.csv", "--yes"]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.splitlines()) == (
        "",
        [f"Line 2: {words.as_sentence(post_words.UNCLOSED)}", words.NOT_IMPORTED],
    )
    assert run(["facts", "--import", "sheet.csv", "--yes", "--skip-faulty"]) == 0
    assert capsys.readouterr().out == f"new: Tea £2\n{words.imported(1, 0, 0)}\n"
    assert run(["facts", "--import", "sheet.csv", "--yes", "--skip-faulty"]) == 0
    assert capsys.readouterr().out == f"{words.NOTHING_NEW}\n"


@pytest.mark.parametrize("change", ["version_num = '9999', oldest = '9999'", "version_num = '0025'"])
def test_a_database_of_another_version_is_left_as_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    with sa.create_engine(f"sqlite:///{folder / 'candor.db'}").begin() as connection:
        connection.execute(sa.text(f"UPDATE alembic_version SET {change}"))  # noqa: S608 - from above
    before = (folder / "candor.db").read_bytes()
    for command in (["facts", "--import", "sheet.csv", "--yes"], ["proof"], ["guidelines"], ["status"]):
        assert run(command) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert (folder / "candor.db").read_bytes() == before
