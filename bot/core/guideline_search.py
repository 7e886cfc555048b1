"""Guidelines by the names that people type."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.guideline import Guideline, Library

_PROPOSED = 3


def named(library: Library, name: str) -> tuple[Guideline | None, tuple[Guideline, ...]]:
    """The guideline with that id, title or unmistakable part of them; else those that may be meant."""
    wanted = _folded(name)
    for guideline in library.guidelines:
        if wanted in _names(guideline):
            return guideline, ()
    holding = [one for one in library.guidelines if wanted and any(wanted in known for known in _names(one))]
    if len(holding) == 1:
        return holding[0], ()
    by_name = {known: guideline for guideline in library.guidelines for known in _names(guideline)}
    near = [by_name[match] for match in get_close_matches(wanted, by_name, _PROPOSED)]
    return None, tuple(dict.fromkeys([*holding, *near]))[:_PROPOSED]


def _names(guideline: Guideline) -> tuple[str, str, str]:
    return _folded(guideline.id), _folded(guideline.id.partition("/")[2]), _folded(guideline.title)


def _folded(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())
