"""Old and new code beside each other, on the tables of the newer one, as while processes restart one by one."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.core.errors import PersonCanFix
from bot.core.words import doctor as doctor_words
from bot.core.words.installing import TABLES_TOO_NEW
from bot.store import migrate as migrating
from bot.store.database import Database
from bot.store.drafts import DraftStore
from bot.store.installing import look_at_database
from bot.store.migrate import ONLY_ADDS, SCRIPTS, is_up_to_date, migrate, newest, oldest_code
from bot.terminal.commands import run
from tests.databases import migrated
from tests.store.samples import FixedClock, job, message, review

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SINCE = "0045"
"""Every later migration says whether it only adds."""
MORE = 'op.add_column("drafts", sa.Column("mood", sa.String, nullable=False, server_default=""))'
MUST = 'op.add_column("drafts", sa.Column("must", sa.String, nullable=True)); op.drop_column("drafts", "context")'
Schema = dict[str, dict[str, Any]]


def newer_code(folder: Path, *steps: tuple[str, bool, str]) -> Path:
    """The migrations of a version that is to come: today's, and (number, whether it only adds, what it does)."""
    shutil.copytree(SCRIPTS, folder)
    before = newest()
    for number, adds, what in steps:
        lines = ["import sqlalchemy as sa", "from alembic import op"]
        lines += [f'revision, down_revision, {ONLY_ADDS} = "{number}", "{before}", {adds}']
        lines += ["def upgrade():", f"    {what}"]
        (folder / "versions" / f"{number}_new.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
        before = number
    return folder


async def upgraded(url: str, scripts: Path) -> None:
    """What `candor migrate` of the newer version does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrating, "SCRIPTS", scripts)
        database = Database(url)
        await migrate(database)
        assert await is_up_to_date(database)
        await database.close()


async def works(database: Database) -> bool:
    """Whether this code can write a draft and its review there and read them back."""
    drafts = DraftStore(database, FixedClock())
    await drafts.add(message())
    await drafts.save_review(review(job()))
    return await drafts.find_review(job()) == review(job())


async def test_a_process_may_start_again_on_tables_to_which_a_newer_version_only_added(
    empty: str, tmp_path: Path
) -> None:
    url = empty  # what is changed here is lent to nobody else
    database, running = Database(url), Database(url)
    await migrate(database)
    assert await is_up_to_date(running)
    await upgraded(url, newer_code(tmp_path / "new", ("0097", True, MORE), ("0098", True, "op.get_bind()")))
    assert await works(running), "who runs goes on"
    assert await is_up_to_date(database), "who restarts goes on"
    await migrate(database)
    assert await look_at_database(database) == doctor_words.database_works()
    assert await works(database)
    async with database.read() as connection:
        at = (await connection.execute(sa.text("SELECT version_num, oldest FROM alembic_version"))).one()
    assert tuple(at) == ("0098", oldest_code(ScriptDirectory(str(SCRIPTS))))
    await database.close()
    await running.close()


async def test_tables_that_a_newer_version_changed_are_refused_in_a_sentence(
    empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = empty
    await upgraded(url, newer_code(tmp_path / "new", ("0097", False, MUST), ("0098", True, MORE)))
    database = Database(url)
    for ask in (is_up_to_date, migrate):
        with pytest.raises(PersonCanFix, match="from a newer version of Candor"):
            await ask(database)
    diagnosis = await look_at_database(database)
    assert not diagnosis.is_well
    assert f"{diagnosis.says} {diagnosis.remedy}" == TABLES_TOO_NEW
    await database.close()
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    if not url.startswith("sqlite"):
        monkeypatch.setenv("DATABASE_URL", url)
    assert await asyncio.to_thread(run, ["migrate"]) == 2
    assert capsys.readouterr().err == f"{TABLES_TOO_NEW}\n"


async def test_of_tables_whose_version_says_nothing_of_older_code_nothing_is_believed(empty: str) -> None:
    database = Database(empty)
    await migrate(database)
    async with database.write() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '0099', oldest = NULL"))
    with pytest.raises(PersonCanFix):
        await is_up_to_date(database)
    await database.close()


def test_code_must_know_the_last_migration_that_is_not_said_to_add_only(tmp_path: Path) -> None:
    def oldest(*steps: tuple[str, bool, str]) -> str:
        folder = newer_code(tmp_path / str(len(list(tmp_path.iterdir()))), *steps)
        return oldest_code(ScriptDirectory(str(folder)))

    assert oldest() == oldest_code(ScriptDirectory(str(SCRIPTS))) <= newest()
    assert oldest(("0097", True, MORE)) == oldest()
    assert oldest(("0097", False, MUST), ("0098", True, MORE)) == "0097"


def schema_of(connection: sa.Connection) -> Schema:
    """What code can run into: columns, and what refuses rows, by table."""
    there = sa.inspect(connection)
    return {
        table: {
            "columns": {one["name"]: one for one in there.get_columns(table)},
            "refuses": [
                *sorted(str(one["column_names"]) for one in there.get_unique_constraints(table)),
                *sorted(str(one["column_names"]) for one in there.get_indexes(table) if one["unique"]),
                *sorted(str(one["constrained_columns"]) for one in there.get_foreign_keys(table)),
                *sorted(str(one["sqltext"]) for one in there.get_check_constraints(table)),
            ],
        }
        for table in there.get_table_names()
        if table != "alembic_version"
    }


def harm(before: Schema, after: Schema) -> Iterator[str]:
    """What code that knows only the schema before would run into."""
    for table, old in before.items():
        new = after.get(table)
        if new is None:
            yield f"{table} is gone"
            continue
        for name, column in old["columns"].items():
            now = new["columns"].get(name)
            if now is None or (str(now["type"]), now["nullable"]) != (str(column["type"]), column["nullable"]):
                yield f"{table}.{name} is another one"
        for name in new["columns"].keys() - old["columns"].keys():
            if not new["columns"][name]["nullable"] and new["columns"][name]["default"] is None:
                yield f"{table}.{name} must be given"
        if new["refuses"] != old["refuses"]:
            yield f"{table} refuses other rows"


async def harm_done(url: str, scripts: Path, since: str = SINCE) -> list[str]:
    """What the migrations after ``since`` that say that they only add do beside that."""
    database, found = Database(url), list[str]()
    steps = sorted(one.revision for one in ScriptDirectory(str(scripts)).walk_revisions() if one.revision > since)
    adding = {
        one.revision for one in ScriptDirectory(str(scripts)).walk_revisions() if getattr(one.module, ONLY_ADDS, False)
    }

    def to(connection: sa.Connection, revision: str) -> None:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(scripts))
        command.upgrade(config, revision)

    for revision in [since, *steps]:
        async with database.write() as connection:
            before = await connection.run_sync(schema_of)
            await connection.run_sync(to, revision)
            after = await connection.run_sync(schema_of)
            found += [f"{revision}: {one}" for one in harm(before, after) if revision in adding]
    await database.close()
    return found


async def test_what_is_said_to_add_only_does_nothing_else(empty: str) -> None:
    modules = [one for one in ScriptDirectory(str(SCRIPTS)).walk_revisions() if one.revision > SINCE]
    assert all(isinstance(getattr(one.module, ONLY_ADDS, None), bool) for one in modules), "say whether it only adds"
    assert await harm_done(empty, SCRIPTS) == []


@pytest.mark.parametrize(
    ("what", "faults"),
    [
        (MORE, []),
        ('op.create_table("moods", sa.Column("team", sa.String, primary_key=True))', []),
        ('op.create_index("by_mood", "drafts", ["context"])', []),
        ('op.create_index("by_mood", "drafts", ["context"], unique=True)', ["0097: drafts refuses other rows"]),
        ('op.drop_column("drafts", "context")', ["0097: drafts.context is another one"]),
        ('op.rename_table("notices", "notes")', ["0097: notices is gone"]),
        (
            'op.drop_table("notices"); op.create_table("notices", sa.Column("must", sa.String, nullable=False))',
            ["0097: notices.must must be given", "0097: notices.team is another one"],
        ),
    ],
)
async def test_a_migration_that_wrongly_says_so_is_found(
    kind: str, tmp_path: Path, what: str, faults: list[str]
) -> None:
    altered = migrated(kind, tmp_path)  # and so not given back
    found = await harm_done(altered, newer_code(tmp_path / "new", ("0097", True, what)), since=newest())
    assert set(faults) <= set(found)
    assert bool(found) is bool(faults)
