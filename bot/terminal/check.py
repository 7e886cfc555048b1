"""``candor check``: are all guideline files right, and do their examples come out as they say?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.assemble.critic import check_library
from bot.core.words import terminal as words
from bot.settings import read_settings

if TYPE_CHECKING:
    import argparse

    from bot.core.guideline import Library


def check(_: argparse.Namespace) -> int:
    """0 when everything holds, 1 when an example does not; broken files raise."""
    library, faults = check_library(read_settings())
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(words.checked(len(library.guidelines), _rules(library), _examples(library), len(faults)) + "\n")
    return int(bool(faults))


def _rules(library: Library) -> int:
    return sum(len(guideline.rules) for guideline in library.guidelines)


def _examples(library: Library) -> int:
    posts = sum(len(g.bad) + len(g.good) for g in library.guidelines)
    return posts + sum(len(r.catches) + len(r.lets_through) for g in library.guidelines for r in g.rules)
