"""Keeps everything in one file, so that a restart finds the same messages."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING

from bot.workspace.state import State

if TYPE_CHECKING:
    from pathlib import Path

    from bot.workspace.changes import Change

_LOG = logging.getLogger(__name__)
_PAUSE = 0.5


def load(path: Path) -> State | None:
    """What was saved; None where nothing was. Raises ValueError for a file that is something else."""
    if not path.exists():
        return None
    return State.from_json(json.loads(path.read_text(encoding="utf-8")))


def save(path: Path, state: State) -> None:
    """Write everything; the file is whole at every moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps(state.to_json(), ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


class Saver:
    """Saves a moment after a change, once for all changes of that moment."""

    def __init__(self, path: Path, state: State) -> None:
        self._path = path
        self._state = state
        self._due: asyncio.TimerHandle | None = None

    def note(self, change: Change) -> None:
        """Something changed."""
        if change.kind != "delivery" and self._due is None:
            self._due = asyncio.get_running_loop().call_later(_PAUSE, self.now)

    def now(self) -> None:
        """Save what is waiting to be saved; what cannot be saved now is saved with the next change."""
        if self._due:
            self._due.cancel()
            self._due = None
            try:
                save(self._path, self._state)
            except OSError as error:
                _LOG.warning("the workspace could not be saved: %s", error.strerror)
