"""The errors that Candor raises on purpose. Each class says when to raise it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.presence import Trouble


class CandorError(Exception):
    """The root. Never raised itself."""


class PersonCanFix(CandorError):
    """Something a person typed or set is wrong; the message is one sentence that says how to mend it."""


@dataclass(frozen=True, slots=True)
class FileFault:
    """One mistake in a file that people edit."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        """``path:line: reason``, which editors turn into a link."""
        return f"{self.path}:{self.line}: {self.reason}"


class BrokenFiles(PersonCanFix):
    """Files that people edit do not hold; carries every fault, not only the first."""

    def __init__(self, faults: list[FileFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


class BrokenPhrase(PersonCanFix):
    """A phrase or pattern of a rule cannot be understood."""


class TryLater(CandorError):
    """Something outside is not ready; the same work may succeed after ``after`` seconds."""

    def __init__(self, after: float) -> None:
        super().__init__(f"not settled yet, to be tried again in {after:.0f} s")
        self.after = after


class Unreadable(CandorError):
    """A channel cannot be read; carries why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(f"a channel cannot be read: {trouble}")
        self.trouble = trouble


class NotInstalled(CandorError, KeyError):
    """Candor is not, or no longer, in the workspace that the work is for."""


class Locked(CandorError):
    """Something encrypted cannot be opened with any of the keys."""
