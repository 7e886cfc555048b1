"""Notices what holds the event loop, so that somebody can mend it.

Everything that people wait for shares one loop: acknowledgements, clicks, health checks, drafts of all workspaces. Code
that does not yield stops them all, and an ordinary profile does not show it.

A thread sees that the loop stands still. Where it stands, the loop's own thread says when a signal interrupts it:
CPython can crash when one thread reads the frames of another that is running.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    _Handler = Callable[[int, FrameType | None], object] | int | None

_LOG = logging.getLogger(__name__)
_OURS = Path(__file__).parents[1]
_TICK = 0.02
"""Seconds between two signs that the loop goes on."""
LONGEST = 0.05
"""Seconds that anything may hold the loop."""
_GIVE_WAY = 0.001
"""Seconds after which a thread beside the loop has to give way to it; Python's usual 5 ms add up over every send and
receive of a request."""
_COLLECTED = (50_000, 20, 100)
"""Objects and rounds after which garbage is collected: a long draft makes many, and nearly all go without that."""
_AGAIN = 60.0
"""Seconds after which the same place is named again."""
_MOST = 20
"""Lines in that time, whatever happens."""
_WAITING = "select"
"""The function in which an idle loop stands: then the machine was busy, and nothing of ours is to blame."""
_TURN = "_run_once"
"""The loop's own function, outside of which nothing matters."""
_SIGNAL = signal.SIGUSR2
"""One that nobody else uses here: timeouts of tests have SIGALRM, service managers SIGHUP, SIGTERM and SIGUSR1."""
_AROUND = ("engine", "assemble")
"""Folders that begin every piece of work, so that their functions do not tell one from another."""


@dataclass
class _Stop:
    """Which places were named, and when; so that a flood of stops is no flood of lines."""

    at: dict[str, float] = field(default_factory=dict[str, float])

    def may(self, place: str, now: float) -> bool:
        """True where the place may be named now; that is noted."""
        self.at = {known: at for known, at in self.at.items() if now - at < _AGAIN}
        if place in self.at or len(self.at) >= _MOST:
            return False
        self.at[place] = now
        return True


class Watchdog:
    """A thread that looks at the loop it was started in. It logs places in the code, never what they work on."""

    def __init__(self, longest: float = LONGEST) -> None:
        """``longest`` is in seconds."""
        self.worst = 0.0
        """The longest stop so far, in seconds."""
        self._longest = longest
        self._seen = 0.0
        self._over = threading.Event()
        self._told = _Stop()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._next: asyncio.TimerHandle | None = None
        self._thread: threading.Thread | None = None
        self._place = ""
        self._asks = False

    def start(self) -> None:
        """Watch the running loop. Places are told only of a loop in the main thread, the one that takes signals."""
        sys.setswitchinterval(_GIVE_WAY)
        # Collecting garbage stops all threads while it looks at everything there is; what a start loaded stays anyhow.
        gc.freeze()
        gc.set_threshold(*_COLLECTED)
        self._loop = asyncio.get_running_loop()
        if threading.current_thread() is threading.main_thread():
            # For good: a late signal that met no handler would end the process.
            signal.signal(_SIGNAL, self._look)
            self._asks = True
        self._tick()
        self._thread = threading.Thread(target=self._watch, args=(threading.get_ident(),), name="watchdog", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        self._over.set()
        if self._next:
            self._next.cancel()
        if self._thread:
            await asyncio.to_thread(self._thread.join)

    def _tick(self) -> None:
        self._seen = time.monotonic()
        if self._loop and not self._over.is_set():
            self._next = self._loop.call_later(_TICK, self._tick)

    def _watch(self, thread: int) -> None:
        """Look again and again. Of a stop that is too long, see at once where it is, then wait for its end."""
        while not self._over.wait(_TICK):
            last = self._seen
            if time.monotonic() - last - _TICK > self._longest:
                self._place = ""
                if self._asks:
                    signal.pthread_kill(thread, _SIGNAL)
                while self._seen == last and not self._over.wait(_TICK / 10):
                    pass
                if self._seen != last:  # else nobody watches any more, and it has no end
                    self._note(self._seen - last - _TICK, self._place)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        self._place = _place(frame)

    def _note(self, seconds: float, place: str) -> None:
        if not place:
            return
        self.worst = max(self.worst, seconds)
        if self._told.may(place, time.monotonic()):
            _LOG.warning("the event loop stood still for %.0f ms: %s", seconds * 1000, place)


def _place(frame: FrameType | None) -> str:
    """Where a thread is: our innermost line and the piece of work around it; "" for a loop that only waits."""
    if frame is None or frame.f_code.co_name == _WAITING:
        return ""
    stack = list(_outwards(frame))
    ours = [one for one in stack if Path(one.f_code.co_filename).is_relative_to(_OURS)]
    if not ours:
        return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno} {frame.f_code.co_name}"
    work = next((one for one in reversed(ours) if Path(one.f_code.co_filename).parent.name not in _AROUND), ours[-1])
    return " in ".join(dict.fromkeys((_line(ours[0]), _line(work))))


def _line(frame: FrameType) -> str:
    file = Path(frame.f_code.co_filename).relative_to(_OURS.parent)
    return f"{file}:{frame.f_lineno} {frame.f_code.co_name}"


def _outwards(frame: FrameType | None) -> Iterator[FrameType]:
    """The frame and those around it, up to the loop's own."""
    while frame is not None and frame.f_code.co_name != _TURN:
        yield frame
        frame = frame.f_back
