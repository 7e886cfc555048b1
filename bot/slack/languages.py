"""The languages that replies are written in besides English, read from their catalogues by Babel."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import bot.core.words
from bot.core.words.people import Language

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

CATALOGUES = Path(bot.core.words.__file__).parent / "translations"
_FEWEST = 12
"""Letters that a sentence with gaps needs, so that stored words are taken for it."""
_TOLD = frozenset({"answer", "but", "day", "platform", "source"})
"""The gaps in which there may be words of Candor's own."""
_ENGLISH_DAY, _A_DAY = "%d %B %Y", "1 May 2026"


@cache
def catalogued(code: str) -> Language:
    """The language of that code (as in "de")."""
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        return Catalogued(code, read_po(file, locale=code))


class Catalogued(Language):
    """A language whose sentences are in a catalogue."""

    def __init__(self, code: str, catalogue: Catalog) -> None:
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        self.code, self._translations = code, GNUTranslations(compiled)
        ids = [message.id for message in catalogue if isinstance(message.id, str) and message.id]
        self._whole = sorted((one for one in ids if "{" not in one and " " in one), key=len, reverse=True)
        templates = [Template.of(one) for one in ids if "{" in one]
        known = (one for one in templates if one.is_telling or _TOLD.intersection(one.names))
        self._templates = sorted(known, key=lambda one: len(one.id), reverse=True)

    def text(self, english: str) -> str:
        return self._translations.gettext(english) if english else ""

    def texts(self, one: str, many: str, number: int) -> str:
        return self._translations.ngettext(one, many, number)

    def day(self, day: date) -> str:
        said = format_date(day, "long", self.code)
        return said.replace("1 ", "1er ", 1) if self.code == "fr" and said.startswith("1 ") else said

    def listed(self, names: list[str]) -> str:
        said = format_list(names, locale=self.code)
        if self.code == "es" and names[1:] and _begins_with_i(names[-1]):
            return f"{said.removesuffix(f' y {names[-1]}')} e {names[-1]}"
        return said

    def again(self, said: str) -> str:
        """Sentence by sentence: what no catalogue has is a model's, or somebody's own, and stays as it is."""
        return "\n".join(self._line(line) for line in said.split("\n"))

    def _line(self, line: str) -> str:
        told: list[str] = []
        while line:
            sentence, line = self._first(line)
            told.append(sentence)
        return " ".join(told)

    def _first(self, line: str) -> tuple[str, str]:
        """The first sentence again, and what follows it."""
        if (known := self.text(line)) != line:
            return known, ""
        for whole in self._whole:
            if line.startswith(f"{whole} "):
                return self.text(whole), line[len(whole) + 1 :]
        for template in self._templates:
            filled = template.in_front_of(line)
            if filled and _english_day(filled[0].get("day", _A_DAY)):
                there, rest = filled
                here = {name: self._value(value) if name in _TOLD else value for name, value in there.items()}
                if template.is_telling or all(here[name] != there[name] for name in _TOLD.intersection(there)):
                    return self.text(template.id).format(**here), rest
        end = re.search(r"[.!?…]”? ", line)
        return (line[: end.end() - 1], line[end.end() :]) if end else (line, "")

    def _value(self, value: str) -> str:
        day = _english_day(value)
        return self.day(day) if day else "; ".join(self.again(part) for part in value.split("; "))


def _begins_with_i(name: str) -> bool:
    """Spanish has "Facebook e Instagram", for the sake of the sound, but "agua y hielo"."""
    sound = name.lstrip("*_\"'“‘«").lower().removeprefix("h")
    return sound.startswith(("i", "í")) and not sound[1:].startswith(tuple("aeoáéó"))


def _english_day(said: str) -> date | None:
    with suppress(ValueError):
        return datetime.strptime(said, _ENGLISH_DAY).date()  # noqa: DTZ007 - a day has no zone
    return None


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with gaps. ``literals`` are what is before, between and behind the gaps of these ``names``."""

    id: str
    literals: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, sentence: str) -> Template:
        pieces = re.split(r"\{(\w+)\}", sentence)
        return cls(sentence, tuple(pieces[::2]), tuple(pieces[1::2]))

    @property
    def is_telling(self) -> bool:
        """True where it says so much that nobody's own words are taken for it."""
        return sum(map(str.isalpha, "".join(self.literals))) >= _FEWEST

    def in_front_of(self, line: str) -> tuple[dict[str, str], str] | None:
        """What is in the gaps, and what follows, where the line begins with this sentence."""
        first, *between = self.literals
        if not line.startswith(first):
            return None
        at, values = len(first), dict[str, str]()
        for name, literal in zip(self.names, between, strict=True):
            end = line.find(literal, at) if literal else len(line)
            if end < 0:
                return None
            values[name], at = line[at:end], end + len(literal)
        return (values, line[at + 1 :]) if line[at : at + 1] in ("", " ") else None
