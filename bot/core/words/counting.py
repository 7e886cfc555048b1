"""Numbers of things, in words."""

from __future__ import annotations


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 change``, ``2 changes``."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"
