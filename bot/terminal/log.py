"""The log of a running Candor: one line for a record, whatever it holds, and one a minute for a kind of trouble."""

from __future__ import annotations

import json
import logging
import sys
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from bot.core.errors import UNDER_WAY, in_short

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_OURS = "bot."
_MINUTE = 60.0
_MOST = 20
"""Different lines of ours from one place in the code within a minute; the others count as one kind."""
_KINDS = 512
"""That are remembered at once."""
_LONGEST = 600
"""Characters of a line of a library's: some hold a whole traceback."""
_TOKENS = ("xox", "xapp-", "sk-")
"""How Slack's tokens and keys of models begin."""
_BEGINNING = 12
"""Characters behind that mark which do no harm: Candor names a token that is refused by its beginning."""
_IN_TOKENS = frozenset("-_.%")
_AFTER_ADDRESS = frozenset(" \t\r\n\"'<>()[]{},;`")


def log_to_standard_error(stream: IO[str] | None = None, *, reviews: bool = False, as_json: bool = False) -> None:
    """Warnings and errors from now on, and a line for each review; ``stream`` takes the place of standard error."""
    handler = Calm(stream)
    if as_json:
        handler.setFormatter(AsJson())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    if reviews:
        logging.getLogger("bot.reviews").setLevel(logging.INFO)


class AsJson(logging.Formatter):
    """A line is one object; what a record says in fields stands beside it."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = {"time": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        return json.dumps(said | getattr(record, "fields", {}), ensure_ascii=False)


@dataclass(slots=True)
class _Told:
    """A line that was written. ``untold`` records of its kind came since."""

    record: logging.LogRecord
    untold: int = 0


class Calm(logging.StreamHandler[IO[str]]):
    """Writes the first record of a kind at once, and how many more there were a minute later.

    A full disk or a database that is away is trouble for every event: hundreds of lines would hide what is the matter,
    and fill a disk.
    """

    def __init__(self, stream: IO[str] | None = None) -> None:
        super().__init__(stream or sys.stderr)
        self.setFormatter(logging.Formatter(_FORMAT))
        self._told: dict[tuple[object, ...], _Told] = {}

    def __len__(self) -> int:
        return len(self._told)

    def emit(self, record: logging.LogRecord) -> None:
        """Write it, or count it. What is noted of a review is no trouble: every line counts."""
        if record.levelno < logging.WARNING:
            super().emit(record)
            return
        said = one_line(record)
        if record.name.startswith(_OURS) and (job := UNDER_WAY.get()):
            said = f"{said} [{printable(job)}]"
        place = (record.name, record.pathname, record.lineno)
        # What a library says of one trouble differs from time to time (a ticket, a port); what we say does not.
        kind = (*place, said) if record.name.startswith(_OURS) else place
        if kind not in self._told and sum(known[:3] == place for known in self._told) >= _MOST:
            kind = place
        untold = self._let_go(record.created, kind)
        if kind in self._told:
            self._told[kind].untold += 1
            return
        line = logging.LogRecord(record.name, record.levelno, *place[1:], said, None, None)
        line.created = record.created
        self._told[kind] = _Told(line)
        self._write(line, line.created, untold)

    def close(self) -> None:
        """Write what was only counted, and end."""
        for told in self._told.values():
            if told.untold:
                self._write(told.record, told.record.created, told.untold)
        self._told.clear()
        super().close()

    def _let_go(self, now: float, coming: tuple[object, ...]) -> int:
        """Forget what was told a minute ago; how many records like the coming one nobody read of."""
        untold = 0
        for kind, told in tuple(self._told.items()):
            if 0 <= now - told.record.created < _MINUTE and len(self._told) <= _KINDS:
                break  # the later ones stand behind it
            del self._told[kind]
            if kind == coming:
                untold = told.untold
            elif told.untold:
                self._write(told.record, now, told.untold)
        return untold

    def _write(self, one: logging.LogRecord, now: float, untold: int) -> None:
        said = f"{one.msg} ({untold} more since the last such line)" if untold else one.msg
        line = logging.LogRecord(one.name, one.levelno, one.pathname, one.lineno, said, None, None)
        line.created, line.msecs = now, now % 1 * 1000
        super().emit(line)


def one_line(record: logging.LogRecord) -> str:
    """What a record says, without line breaks, tokens and tracebacks; of an error what may be told of it."""
    said = record.getMessage()
    if not record.name.startswith(_OURS):
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        said = " ... ".join(lines if len(lines) <= 1 else (lines[0], lines[-1]))[:_LONGEST]
    error = record.exc_info[1] if record.exc_info else None
    return printable(_without_secrets(f"{said} [{in_short(error)}]" if error else said))


_JOINERS = "\u200c\u200d"


def printable(text: str) -> str:
    """Nobody can begin a line of their own, or let a terminal do something. What joins emoji stays, as do spaces.

    French has spaces before its signs at which no line breaks.
    """
    return "".join(one if _may_stand(one) else one.encode("unicode_escape").decode("ascii") for one in text)


def _may_stand(sign: str) -> bool:
    return sign.isprintable() or sign in _JOINERS or unicodedata.category(sign) == "Zs"


def printable_lines(text: str) -> str:
    """The same line by line: words of other people, of which none gets to the terminal itself."""
    return "\n".join(map(printable, text.split("\n")))


def _without_secrets(text: str) -> str:
    for mark in _TOKENS:
        text = _without_tokens(text, mark)
    head, *addresses = text.split("://")
    return "://".join((head, *map(_without_query, addresses)))


def _without_tokens(text: str, mark: str) -> str:
    before, *rest = text.split(mark)
    whole = before
    for part in rest:
        if whole[-1:].isalnum():
            whole += mark + part
            continue
        end = next((at for at, sign in enumerate(part) if not (sign.isalnum() or sign in _IN_TOKENS)), len(part))
        whole += f"{mark}…{part[end:]}" if end > _BEGINNING else mark + part
    return whole


def _without_query(address: str) -> str:
    """What stands behind ``://``: without name and password, and without what follows the question mark."""
    end = next((at for at, sign in enumerate(address) if sign in _AFTER_ADDRESS), len(address))
    host, slash, path = address[:end].partition("/")
    shown, mark, _ = f"{host.rpartition('@')[2]}{slash}{path}".partition("?")
    return f"{shown}{mark}{'…' if mark else ''}{address[end:]}"
