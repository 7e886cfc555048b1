"""Puts settings into `.env`, next to whatever else stands there."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from dotenv import dotenv_values
from dotenv.parser import parse_stream

if TYPE_CHECKING:
    from collections.abc import Mapping


_PRIVATE = 0o600
"""A file with keys in it is for its owner's eyes."""


def write_settings(values: Mapping[str, str], path: Path = Path(".env")) -> None:
    """Set these in the file; every other line stays as it is, and the file can be read by its owner alone.

    An empty value removes the setting. Raises ValueError for a value that the file cannot hold, and OSError.
    """
    path = path.resolve()
    before = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    after = _with(before, values)
    read = dotenv_values(stream=io.StringIO(after))
    if any((read.get(name) or "") != value for name, value in values.items()):
        message = "a value contains characters that .env can't store"
        raise ValueError(message)
    _replace(path, after)


def _with(text: str, values: Mapping[str, str]) -> str:
    left = {name: _line(name, value) for name, value in values.items() if value}
    kept: list[str] = []
    for binding in parse_stream(io.StringIO(text)):
        name = binding.key or ""
        if name not in values:
            kept.append(binding.original.string)
        elif line := left.pop(name, ""):
            kept.append(line)
    whole = "".join(kept)
    gap = "\n" if whole and not whole.endswith("\n") else ""
    return whole + gap + "".join(left.values()) if left else whole


def _line(name: str, value: str) -> str:
    quoted = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"{name}='{quoted}'\n"


def _replace(path: Path, text: str) -> None:
    """The file is whole at every moment."""
    descriptor, fresh = tempfile.mkstemp(prefix=".env.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), _PRIVATE)
            file.write(text)
        Path(fresh).replace(path)
    except BaseException:  # also where somebody interrupts it: no half a file stays
        Path(fresh).unlink(missing_ok=True)
        raise
