"""The settings by the names that people type."""

from __future__ import annotations

from difflib import get_close_matches

from bot.core.setting_fields import FIELDS
from bot.core.words.settings import LABELS

_NOTHING = frozenset({"none", "-", "—", "–"})
_LONGEST = 12
"""Words that a name may have."""


def setting_in(text: str) -> tuple[str, str] | None:
    """The (field, value) in ``draft channels #drafts``, by a field's name or its label; None where none is named.

    ``none`` and a dash stand for an empty value.
    """
    text = text.replace("=", " = ", 1)
    words = text.split()
    for count in range(min(len(words), _LONGEST), 0, -1):
        name = _NAMES.get(_folded("".join(words[:count])))
        if name:
            value = text.split(None, count)[count].strip() if len(words) > count else ""
            value = value.removeprefix("=").strip()
            return name, "" if value.casefold() in _NOTHING else value
    return None


def nearest_setting(text: str) -> str:
    """The field that may be meant, "" where none is near."""
    words = text.split()
    tries = [_folded("".join(words[:count])) for count in range(1, min(len(words), _LONGEST) + 1)]
    near = [match for name in tries for match in get_close_matches(name, _NAMES, 1, 0.7)]
    return _NAMES[near[0]] if near else ""


def _folded(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


_NAMES = {_folded(label): name for name, label in LABELS.items()} | {_folded(name): name for name in FIELDS}
