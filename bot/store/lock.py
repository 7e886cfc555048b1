"""One process for each data folder: SQLite's files belong to one Candor at a time."""

from __future__ import annotations

import errno
import fcntl
import os
from typing import IO, TYPE_CHECKING

from bot.core.errors import PersonCanFix
from bot.core.words import setup as words

if TYPE_CHECKING:
    from pathlib import Path


class ProcessLock:
    """Holds a folder for this process. The system lets go of it when the process ends, however it ends.

    Not for network file systems.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Take hold of the folder, making it where there is none.

        Raises `PersonCanFix` where somebody else has it, or nothing can be written there.
        """
        try:
            own_folder(self._folder)
            file = (self._folder / "candor.lock").open("ab")
        except OSError as error:
            reason = os.strerror(error.errno or errno.EIO)
            raise PersonCanFix(words.folder_unusable(str(self._folder), reason)) from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise PersonCanFix(words.folder_taken(str(self._folder))) from None
        self._file = file

    def is_held(self) -> bool:
        """True where a process has it. Makes and changes nothing."""
        try:
            with (self._folder / "candor.lock").open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:  # nobody ever had it
            return False
        return False

    async def release(self) -> None:
        """Let go."""
        if self._file:
            self._file.close()
            self._file = None


def open_to_others(folder: Path) -> tuple[str, ...]:
    """What of the folder, by name ("." is the folder itself), other accounts of the machine may read or change."""
    parts = sorted(one for one in folder.iterdir() if one.is_file())
    return tuple("." if path is folder else path.name for path in (folder, *parts) if path.stat().st_mode & 0o077)


def own_folder(folder: Path) -> None:
    """Make the folder where there is none, and keep it from every other account of the machine.

    What is stored are drafts, decisions and conversations. Files made from now on are the owner's alone; those of
    earlier versions are made so.
    """
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in (folder, *(one for one in folder.iterdir() if one.is_file())):
        if path.stat().st_mode & 0o077 and path.stat().st_uid == os.getuid():
            path.chmod(path.stat().st_mode & 0o700)
