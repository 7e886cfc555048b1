"""What tests of commands share."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import pytest

from bot.terminal.log import Calm

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.fixture(autouse=True)
def log_of_its_own() -> Generator[None]:
    """A command logs to the standard error of its test. A later one must not have to close it."""
    yield
    for handler in [one for one in logging.root.handlers if isinstance(one, Calm)]:
        logging.root.removeHandler(handler)
        handler.stream = io.StringIO()
        handler.close()
