"""Files that people name on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.core.errors import PersonCanFix
from bot.core.words import terminal as words


def read_text(name: str) -> str:
    """What the file holds, in UTF-8; ``-`` is standard input. Raises `PersonCanFix`."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise PersonCanFix(words.cannot_read(name, error.strerror or str(error))) from None
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise PersonCanFix(words.not_utf8(name, error.start)) from None


def write_text(name: str, text: str) -> None:
    """Put the text into the file. Raises `PersonCanFix`."""
    try:
        Path(name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise PersonCanFix(words.cannot_write(name, error.strerror or str(error))) from None
