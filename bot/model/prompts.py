"""The prompt files: Markdown that a brand lead can edit, with a few ``$names`` that code fills in."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING

from bot.core.errors import BrokenFiles, FileFault

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {"critique.md": ("guidelines", "checklist"), "verify.md": ("guidelines",)}
"""The prompt files and what each has to mention."""
PICTURES = "critique-pictures.md"
CONTACTS = "critique-contacts.md"


@dataclass(frozen=True, slots=True)
class Prompts:
    """The texts of the prompt files. Only guidelines go through them; a draft never does."""

    critique: Template
    verify: Template
    pictures: str = ""
    """What is said besides where a case holds what was seen in pictures; "" where nothing looks at them."""
    contacts: str = ""
    """What is said besides where a draft holds contact data."""


def load_prompts(folder: Path, *, pictures: bool = False) -> Prompts:
    """The prompts in ``folder``. Raises `BrokenFiles` that names file, line and ``$name``."""
    faults: list[FileFault] = []
    critique, verify = (_load(folder / name, wanted, faults) for name, wanted in NAMES.items())
    besides = _load(folder / PICTURES, (), faults).safe_substitute() if pictures else ""
    contacts = _load(folder / CONTACTS, (), faults).safe_substitute()
    if faults:
        raise BrokenFiles(faults)
    return Prompts(critique, verify, besides, contacts)


def load_prompt(path: Path, *wanted: str) -> Template:
    """One prompt file that has to mention ``wanted``. Raises `BrokenFiles` that names file, line and ``$name``."""
    faults: list[FileFault] = []
    text = _load(path, wanted, faults)
    if faults:
        raise BrokenFiles(faults)
    return text


def _load(path: Path, wanted: tuple[str, ...], faults: list[FileFault]) -> Template:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        faults.append(FileFault(str(path), 1, "this prompt file is missing or cannot be read"))
        return Template("")
    found: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        names, broken = _names(line)
        found |= names
        faults += [FileFault(str(path), number, f"“${name}” is unknown here") for name in sorted(names - {*wanted})]
        if broken:
            faults.append(FileFault(str(path), number, "a dollar sign is written $$, unless a name follows it"))
    faults += [FileFault(str(path), 1, f"“${name}” is missing in this file") for name in wanted if name not in found]
    return Template(text.strip() + "\n")


def _names(line: str) -> tuple[set[str], bool]:
    template = Template(line)
    return set(template.get_identifiers()), not template.is_valid()
