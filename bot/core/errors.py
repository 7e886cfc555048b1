"""The errors that Candor raises on purpose. Each class says when to raise it."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from errno import errorcode
from traceback import extract_tb
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")
UNDER_WAY: ContextVar[str] = ContextVar("under_way", default="")
"""The key of the job that this is done for, which names workspace, channel and message; the log shows it."""


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


class CannotEdit(CandorError):
    """A message of Candor's stands where it was, but nobody may change it any more."""


LEFT = "not_in_channel"
"""Slack's word for a channel that Candor is in no longer."""
ARCHIVED = "is_archived"
"""Its word for one where nobody can post or edit anything any more."""


class MayNotPost(CandorError):
    """Slack takes no message of Candor's in a channel, as its people set it up so; carries Slack's own word for it."""

    def __init__(self, code: str) -> None:
        super().__init__(f"may not post: {code}")
        self.code = code


class TryLater(CandorError):
    """Something outside is not ready; the same work may succeed after ``after`` seconds."""

    def __init__(self, after: float) -> None:
        super().__init__(f"not settled yet, to be tried again in {after:.0f} s")
        self.after = after


class Unreadable(CandorError):
    """A channel cannot be read; carries why, and Slack's own word for it where it answered."""

    def __init__(self, trouble: Trouble, code: str = "") -> None:
        super().__init__(f"a channel cannot be read: {trouble}")
        self.trouble, self.code = trouble, code


class NotInstalled(CandorError, KeyError):
    """Candor is not, or no longer, in the workspace that the work is for."""


class Locked(CandorError):
    """Something encrypted cannot be opened with any of the keys."""


_FULL = ("too many clients", "too many connections", "remaining connection slots")


_PAUSE, _PAUSES = 0.2, 150
"""Seconds between two attempts, and how many there are: half a minute."""


def once_there_is_room(connect: Callable[[], _T], wait: Callable[[float], object]) -> _T:
    """Connect to PostgreSQL; while it has no connection left, somebody may give one back. It says so in words only."""
    for _ in range(_PAUSES):
        try:
            return connect()
        except Exception as error:  # each driver has a class of its own, and this room knows none of them
            if not any(words in str(error) for words in _FULL):
                raise
        wait(_PAUSE)
    return connect()


def distrusted(error: BaseException | None) -> str:
    """Why a server's certificate is not trusted, in OpenSSL's words; "" where that is not what went wrong."""
    while error is not None:
        # Not a class to ask for: whoever reads this loads nothing of TLS.
        if type(error).__name__ == "SSLCertVerificationError":
            return str(getattr(error, "verify_message", "")) or "it can't be checked"
        error = getattr(error, "certificate_error", None) or error.__cause__ or error.__context__
    return ""


def in_short(error: BaseException) -> str:
    """An error for a log: its class, Slack's code and method, and where in Candor; never its words: they quote people.

    >>> in_short(ValueError("Dana wrote this"))
    'ValueError'
    """
    frames = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
    ours = [(path, line) for path, line in frames if "/bot/" in path or "/lib/python" not in path]
    place = f" at {'/'.join(ours[-1][0].split('/')[-3:])}:{ours[-1][1]}" if ours else ""
    return f"{type(error).__name__}{_code(error)}{place}"


def _code_of_disk(error: BaseException) -> object:
    """As ``SQLITE_FULL``, ``57P01`` or ``ENOSPC``; SQLAlchemy carries the driver's error along."""
    driver = getattr(error, "orig", error)
    number = driver.errno if isinstance(driver, OSError) else None
    return getattr(driver, "sqlite_errorname", None) or getattr(driver, "sqlstate", None) or errorcode.get(number or 0)


def _code(error: BaseException) -> str:
    """Slack's name for a refusal, else the database's or the system's; anything else there is not ours to repeat."""
    response: object = getattr(error, "response", None)
    data: object = getattr(response, "data", response)
    otherwise = error.code if isinstance(error, MayNotPost | Unreadable) else _code_of_disk(error)
    code: object = data.get("error") if isinstance(data, dict) else otherwise  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    method = str(getattr(response, "api_url", "")).rpartition("/")[2]
    said = [one[:60] for one in (code if isinstance(code, str) else "", method) if _is_a_name(one)]
    return f" ({', '.join(said)})" if said else ""


def _is_a_name(code: str) -> bool:
    bare = code.replace("_", "").replace(".", "")
    return bare.isascii() and bare.isalnum()


class Trouble(StrEnum):
    """Why a channel could not be read."""

    ABSENT = "absent"
    """Candor is not in it, or it is archived."""
    NO_SCOPE = "no_scope"
    """The app has no permission for it."""
    LATER = "later"
    """Slack did not answer, or asked to wait; the same may succeed soon."""
