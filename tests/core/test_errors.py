"""What a log says of an error: where, and what Slack called it; never its words."""

from __future__ import annotations

import errno
import ssl
from dataclasses import dataclass, field

import pytest

from bot.core.errors import distrusted, in_short, once_there_is_room


@dataclass
class _Response:
    data: object = field(default_factory=dict[str, str])


class _Refused(Exception):
    def __init__(self, data: object) -> None:
        super().__init__("Dana wrote this")
        self.response = _Response(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"error": "not_in_channel"}, "_Refused (not_in_channel)"),
        ({"error": "a line\nof its own"}, "_Refused"),
        ({"error": 7}, "_Refused"),
        ("not_in_channel", "_Refused"),
        ({}, "_Refused"),
    ],
)
def test_slacks_code_is_said_and_nothing_else_of_its_answer(data: object, said: str) -> None:
    assert in_short(_Refused(data)) == said


class _OfADriver(Exception):
    def __init__(self, driver: BaseException) -> None:
        super().__init__("Dana wrote this")
        self.orig = driver


class _OfPostgres(Exception):
    sqlstate = "57P01"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "Dana"), "OSError (ENOSPC)"),
        (OSError("Dana"), "OSError"),
        (_OfADriver(_OfPostgres()), "_OfADriver (57P01)"),
        (_OfADriver(ConnectionRefusedError(errno.ECONNREFUSED, "Dana")), "_OfADriver (ECONNREFUSED)"),
        (_OfADriver(ValueError("Dana")), "_OfADriver"),
    ],
)
def test_what_a_disk_or_a_database_has_is_named(error: Exception, said: str) -> None:
    assert in_short(error) == said


def test_the_place_is_ours_and_not_the_librarys() -> None:
    with pytest.raises(ValueError, match="Dana") as caught:
        int("Dana wrote this")
    assert in_short(caught.value).startswith("ValueError at tests/core/test_errors.py:")
    assert "Dana" not in in_short(caught.value)


def test_a_full_database_is_asked_again_for_half_a_minute() -> None:
    full, waited = RuntimeError("FATAL:  sorry, too many clients already"), list[float]()
    answers: list[Exception | str] = [full, full, "a connection"]

    def connect() -> str:
        answer = answers.pop(0) if answers else full
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert once_there_is_room(connect, waited.append) == "a connection"
    assert waited == [0.2, 0.2]
    with pytest.raises(RuntimeError, match="too many"):
        once_there_is_room(connect, waited.append)
    assert 30 <= sum(waited) < 31
    answers.append(RuntimeError("FATAL:  password authentication failed"))
    with pytest.raises(RuntimeError, match="password"):
        once_there_is_room(connect, waited.append)


def test_a_certificate_is_named_wherever_in_the_chain_it_was_refused() -> None:
    refused = ssl.SSLCertVerificationError(1, "certificate verify failed")
    wrapped = ConnectionError("away")
    wrapped.__cause__ = refused
    assert distrusted(wrapped) == "it can't be checked"
    refused.verify_message = "self-signed certificate"
    assert distrusted(wrapped) == "self-signed certificate"
    assert distrusted(ConnectionError("away")) == ""
