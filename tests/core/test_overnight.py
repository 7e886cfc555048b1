"""Files of requests for the model's server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.brand import overnight
from bot.core.brand.overnight import BatchFile, BatchRequest
from bot.core.judging import Usage
from bot.core.words.brand import audit as words

if TYPE_CHECKING:
    import pytest


def test_a_file_holds_each_request_once_and_is_full_before_a_server_refuses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overnight, "_MOST_SIGNS", 11)
    file = BatchFile()
    for name in ("a", "b", "a"):
        assert not file.is_full
        file.add(name, BatchRequest(f"line{name}", Usage(1, 10, 0, 5)))
    assert (file.lines, file.most, file.is_full) == (["linea", "lineb"], Usage(2, 20, 0, 10), False)
    monkeypatch.setattr(overnight, "_MOST_SIGNS", 10)
    assert file.is_full
    monkeypatch.setattr(overnight, "_MOST_SIGNS", 99)
    assert not file.is_full
    monkeypatch.setattr(overnight, "_MOST_REQUESTS", 2)
    assert file.is_full
    assert "linea" not in repr(file)


def test_how_far_a_night_is_is_said_once_its_server_counts() -> None:
    assert "answers are in" not in words.waiting(0, 0)
    assert "1,200 of 2,400 answers are in." in words.waiting(1200, 2400)
    assert words.overnight("That's 12 calls.").startswith("That's 12 calls. That's half the usual price")
