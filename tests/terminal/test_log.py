"""What a running Candor writes to standard error."""

from __future__ import annotations

import json
import logging
import sqlite3
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import OperationalError

from bot.core.errors import in_short
from bot.terminal.log import AsJson, Calm

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY, OURS = "slack_sdk.socket_mode.aiohttp", "bot.slack.listeners"


class Log:
    """A log with a clock that stands still."""

    def __init__(self) -> None:
        self.stream = StringIO()
        self.handler = Calm(self.stream)
        self.now = 1_700_000_000.0

    def say(self, name: str, text: str, *values: object, line: int = 1, error: BaseException | None = None) -> None:
        raised = (type(error), error, error.__traceback__) if error else None
        record = logging.LogRecord(name, logging.WARNING, f"/{name}.py", line, text, values, raised)
        record.created = self.now
        self.handler.handle(record)

    @property
    def lines(self) -> list[str]:
        return [line.partition(": ")[2] for line in self.stream.getvalue().splitlines()]


@pytest.fixture
def log() -> Log:
    return Log()


def test_trouble_with_every_event_is_a_line_a_minute_with_a_count(log: Log) -> None:
    for second in range(150):
        log.now += 1
        for _ in range(10):
            log.say(OURS, "a %s from Slack could not be taken: %s", "message", "OperationalError (SQLITE_FULL)")
        if not second:
            log.say(OURS, "something else")
    said = "a message from Slack could not be taken: OperationalError (SQLITE_FULL)"
    counted = f"{said} ({{}} more since the last such line)"
    assert log.lines == [said, "something else", counted.format(599), counted.format(599)]
    log.handler.close()
    assert log.lines[4:] == [counted.format(299)]


def test_what_a_library_says_with_other_words_each_time_is_one_kind_and_ours_are_not(log: Log) -> None:
    for ticket in range(15):
        log.say(LIBRARY, f"Failed to connect (error: {ticket}); Retrying...")
        log.say(OURS, f"the installation in T{ticket} cannot be opened")
    assert len([line for line in log.lines if line.startswith("Failed")]) == 1
    assert len([line for line in log.lines if line.startswith("the installation")]) == 15
    for number in range(1000):
        log.say(OURS, f"number {number}", line=7)
    assert len([line for line in log.lines if line.startswith("number")]) == 21


def test_what_was_only_counted_is_told_with_the_next_line_and_nothing_grows(log: Log) -> None:
    for _ in range(3):
        log.say(OURS, "away")
    log.now += 61
    log.say(OURS, "well again")
    assert log.lines == ["away", "away (2 more since the last such line)", "well again"]
    for line in range(2000):
        log.say(OURS, "many", line=line)
    assert len(log.handler) <= 513
    log.now -= 9999  # the clock was set back
    log.say(OURS, "later")
    assert log.lines[-1] == "later"
    assert len(log.handler) == 1


def test_nobody_begins_a_line_of_their_own(log: Log) -> None:
    log.say(LIBRARY, "path %s", "/a\x1b[2J\r\u2028\u202eb")
    log.say(OURS, "said: %s", "x\n2026-01-01 00:00:00,000 ERROR bot: forged")
    assert log.lines == ["path /a\\x1b[2J ... \\u202eb", "said: x\\n2026-01-01 00:00:00,000 ERROR bot: forged"]


def test_no_token_ticket_or_password_is_written(log: Log) -> None:
    log.say(LIBRARY, "400, url='wss://wss.example.com/link/?ticket=f00-1&app_id=9': refused")
    log.say(LIBRARY, "token xoxb-12-34-secret, xoxe.xoxp-1-secret-20 and (xapp-1-A-secret-30) refused; task-7", line=2)
    log.say(LIBRARY, "at postgresql://candor:secret@db.example:5432/x?sslmode=on and https://a.example/b.", line=3)
    log.say(LIBRARY, "key sk-proj-secret-1", line=4)
    log.say(OURS, "Slack rejected the token xoxb-harb...")
    assert log.lines == [
        "400, url='wss://wss.example.com/link/?…': refused",
        "token xox…, xoxe.xox… and (xapp-…) refused; task-7",
        "at postgresql://db.example:5432/x?… and https://a.example/b.",
        "key sk-…",
        "Slack rejected the token xoxb-harb...",
    ]


def test_a_traceback_becomes_a_class_and_a_place(log: Log) -> None:
    with pytest.raises(ValueError, match="Dana") as raised:
        int("Dana wrote this")
    log.say(LIBRARY, "could not be sent", error=raised.value)
    log.say(LIBRARY, "Exception polling:\nTraceback (most recent call last):\n  File x\nOSError: no", line=2)
    log.say(LIBRARY, "y" * 9000, line=3)
    assert log.lines[0].startswith("could not be sent [ValueError at ")
    assert log.lines[1] == "Exception polling: ... OSError: no"
    assert len(log.lines[2]) == 600
    assert "Dana" not in log.stream.getvalue()


async def test_a_full_disk_is_named(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "small.db") as small:
        small.execute("CREATE TABLE t (x)")
        small.execute("PRAGMA max_page_count=2")
        with pytest.raises(sqlite3.OperationalError) as full:
            small.execute("INSERT INTO t VALUES (zeroblob(99999))")
    small.close()
    assert in_short(OperationalError("INSERT", {}, full.value)) == "OperationalError (SQLITE_FULL)"


def test_every_line_about_a_review_is_written_and_as_json_its_fields_stand_beside_it() -> None:
    log = Log()
    log.handler.setFormatter(AsJson())
    for number in range(3):
        record = logging.LogRecord("bot.reviews", logging.INFO, "/journal.py", 1, "review round=%d", (number,), None)
        record.fields = {"round": number, "waited": 1.5}
        log.handler.handle(record)
    log.say(OURS, "a message couldn't be read")
    *reviews, trouble = map(json.loads, log.stream.getvalue().splitlines())
    assert [(one["message"], one["round"], one["waited"]) for one in reviews] == [
        (f"review round={number}", number, 1.5) for number in range(3)
    ]
    assert (trouble["level"], trouble["message"]) == ("WARNING", "a message couldn't be read")
    assert trouble["time"].endswith("+00:00")
