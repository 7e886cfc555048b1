"""A copy of SQLite's files that was made while Candor ran brings everything back."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.journeys.conftest import BAD, CLEAN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Stage


def back_up(folder: Path, to: Path) -> None:
    """What `sqlite3 FILE ".backup COPY"` does, for every database there is."""
    to.mkdir()
    for path in folder.glob("*.db"):
        with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(to / path.name)) as copy:
            one.backup(copy)


async def test_after_a_restore_replies_are_known_and_what_was_posted_meanwhile_is_read(
    stage: Stage, tmp_path: Path
) -> None:
    await stage.rehearse()
    before = stage.workspace.post("#drafts", BAD)
    await stage.reply(before)
    await stage.settled()
    back_up(stage.folder, tmp_path / "copy")
    meanwhile = stage.workspace.post("#drafts", CLEAN)
    await stage.reply(meanwhile)
    await stage.settled()
    await stage.stop()

    stage.workspace.advance(300)  # nobody restores a backup within seconds
    shutil.rmtree(stage.folder)
    shutil.move(tmp_path / "copy", stage.folder)
    await stage.rehearse()
    stage.workspace.edit("#drafts", before, CLEAN)
    await stage.reply(before, "found nothing")
    await stage.until(
        lambda: stage.run("SELECT 1 FROM replies WHERE draft_id LIKE :id", id=f"%{meanwhile}"), "both known"
    )
    await stage.settled()
    assert [len(stage.replies(ts)) for ts in (before, meanwhile)] == [1, 1]
