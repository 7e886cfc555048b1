"""What countries and regions are called in the languages of the labels, from the Unicode CLDR, as Babel has it.

`python -m benchmarks.territories` writes bot/core/reading/territories.py anew.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, cast

from babel import Locale

from bot.core.labels import WORDINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path("bot/core/reading/territories.py")
_HEAD = '''"""What countries and regions are called in eight languages. benchmarks/territories.py writes it.

The names are those of the Unicode CLDR. The code of ISO 3166-1 or UN M49 stands before them, and English comes first.
"""

TERRITORIES = """
'''
_NO_PLACE = frozenset(("AC", "CP", "CQ", "DG", "EA", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))
"""What is none, or a part of another."""


def listed() -> dict[str, tuple[str, ...]]:
    """The names by code, without what is added in brackets or behind a comma: "Myanmar (Burma)"."""
    known = [cast("Mapping[str, str]", Locale(language).territories) for language in WORDINGS]
    codes = sorted(code for code in known[0] if code not in _NO_PLACE)
    return {code: tuple(dict.fromkeys(_alone(names[code]) for names in known)) for code in codes}


def _alone(name: str) -> str:
    return name.partition(" (")[0].partition(",")[0]


if __name__ == "__main__":
    entries = "; ".join(f"{code}: {', '.join(names)}" for code, names in listed().items())
    lines = "\n".join(textwrap.wrap(entries, 120, break_on_hyphens=False))
    FILE.write_text(f'{_HEAD}{lines}\n"""\n', encoding="utf-8")
