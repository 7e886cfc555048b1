from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from typing import TYPE_CHECKING

import pytest

from bot.core.errors import PersonCanFix
from bot.store.database import ProcessLock

if TYPE_CHECKING:
    from pathlib import Path

_HOLD = """
import os
import sys
from pathlib import Path
from bot.store.database import ProcessLock
lock = ProcessLock(Path(sys.argv[1]))
lock.take()
print("held", flush=True)
sys.stdin.read()
"""


async def test_a_folder_that_another_process_holds_is_refused_until_that_one_is_gone(
    tmp_path: Path, root: Path
) -> None:
    command = [sys.executable, "-c", _HOLD, str(tmp_path)]
    other = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, cwd=root)
    assert other.stdout is not None
    assert await other.stdout.readline() == b"held\n"
    with pytest.raises(PersonCanFix) as caught:
        ProcessLock(tmp_path).take()
    other.kill()
    await other.wait()
    assert str(caught.value) == (
        f"another Candor is running with the data in {tmp_path}: stop that one, "
        "give this one a folder of its own, or use PostgreSQL, which several can share"
    )
    lock = ProcessLock(tmp_path)
    lock.take()
    await lock.release()


async def test_a_folder_that_was_let_go_can_be_taken_again_and_is_made_where_there_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    lock = ProcessLock(folder)
    await lock.release()
    lock.take()
    with pytest.raises(PersonCanFix):
        ProcessLock(folder).take()
    await lock.release()
    again = ProcessLock(folder)
    again.take()
    await again.release()


async def test_what_is_stored_belongs_to_one_account_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        folder = tmp_path / "data"
        folder.mkdir()
        (folder / "candor.db").write_text("of an earlier version")
        lock = ProcessLock(folder)
        lock.take()
        await lock.release()
        (folder / "engine.db").write_text("new")
        modes = {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())}
    finally:
        os.umask(before)
    assert modes == {"data": 0o700, "candor.db": 0o600, "candor.lock": 0o600, "engine.db": 0o600}
