"""Guidelines whose rules all speak by themselves, as a team may choose.

Most of the shipped rules are leads: without a model they only ask for a look. What happens to a point (its buttons, its
thread, its sign-off) is the same whoever found it, so tests of that play with these rules and need no model.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.guidelines import Grade

if TYPE_CHECKING:
    from bot.core.guidelines import Library

_SHIPPED = Path(__file__).resolve().parent.parent / "prompts"


def outspoken(library: Library) -> Library:
    """The same guidelines, with every rule certain."""
    return replace(
        library,
        guidelines=tuple(
            replace(guideline, rules=tuple(replace(rule, grade=Grade.CERTAIN) for rule in guideline.rules))
            for guideline in library.guidelines
        ),
    )


@cache
def outspoken_prompts() -> Path:
    """A folder with the shipped prompts in which every rule is certain; it is gone when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="candor-prompts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    prompts = folder / "prompts"
    shutil.copytree(_SHIPPED, prompts)
    for path in prompts.glob("guidelines/*/*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("\nGrade: lead\n", "\nGrade: certain\n"), encoding="utf-8")
    return prompts
