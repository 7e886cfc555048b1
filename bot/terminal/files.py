"""What people name on the command line: files, and the texts that they put in their place."""

from __future__ import annotations

import os
import shutil
import sys
from errno import EACCES, EISDIR, ENOENT, ENOTDIR
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.drafts import Author, Message, Place
from bot.core.errors import PersonCanFix
from bot.core.reading.languages import language_of
from bot.core.reading.side_notes import set_apart
from bot.core.reading.tables import decoded
from bot.core.settings import language_of_replies
from bot.core.words import terminal as words
from bot.core.words.people import say, speaking

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.core.reading.side_notes import WithoutNotes
    from bot.core.words.people import Language


_SUFFIXES = {".txt", ".md", ".markdown", ".text", ".html", ".htm", ".rtf", ".doc", ".docx", ".odt", ".pdf", ".json"}
"""What ends like this was meant to be a file, also with blanks in it."""


def called() -> str:
    """How this command is called here: not everybody has it on the path."""
    if shutil.which("candor"):
        return "candor"
    path = Path(sys.argv[0])
    if path.name != "candor":
        return "python -m bot"
    here = Path.cwd()
    return str(path.absolute().relative_to(here) if path.absolute().is_relative_to(here) else path)


def read_draft(named: Sequence[str]) -> str:
    """The draft: a file's text, standard input, or the words themselves. Raises `PersonCanFix`."""
    if not named:
        if sys.stdin.isatty():
            raise PersonCanFix(words.no_draft(called()))
        return read_text("-")
    if not "".join(named).strip():
        raise PersonCanFix(words.EMPTY_DRAFT)
    if len(named) > 1 and any(_is_there(name) or name == "-" for name in named):
        raise PersonCanFix(words.one_draft(called()))
    name = " ".join(named)
    if name == "-" or _is_there(name) or _means_a_file(name):
        return read_text(name)
    if not name.split()[1:]:
        raise PersonCanFix(words.no_such_draft(name, called()))
    with speaking(draft_language(name)):
        sys.stderr.write(f"{say(words.READ_AS_DRAFT)}\n")
    return name


def apart(text: str) -> WithoutNotes:
    """The draft without the words to colleagues around it, as in Slack."""
    return set_apart(Message(Place("", "", ""), Author.PERSON, "", text=text))


def draft_language(text: str) -> Language:
    """The language in which people read about that draft: its own, if replies in Slack are written in it."""
    return language_of_replies(language_of(apart(text).message.text), _catalogued)


def _catalogued(code: str) -> Language:
    from bot.slack.languages import catalogued  # noqa: PLC0415 - Babel is for those alone who need it

    return catalogued(code)


def text_or_file(value: str) -> str:
    """The words themselves, or what the file of that name holds. Raises `PersonCanFix` for a file that isn't there."""
    one_word = len(value.split()) == 1
    return read_text(value) if _is_file(value) or (one_word and _means_a_file(value)) else value


def _is_file(name: str) -> bool:
    return bool(name) and _is_there(name) and Path(name).is_file()


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # too long for a name, or a sign that no name may have: a text
        return False


def _means_a_file(name: str) -> bool:
    """Not there, but written like a file: by its end, or in a folder that is there."""
    path = Path(name)
    return "\n" not in name and (path.suffix.lower() in _SUFFIXES or ("/" in name and _is_there(str(path.parent))))


def read_text(name: str) -> str:
    """What the file holds, in UTF-8; ``-`` is standard input. Raises `PersonCanFix`."""
    data = read_bytes(name)
    try:
        return data.decode("utf-8-sig")  # editors and shells of Windows write a mark before the text
    except UnicodeDecodeError as error:
        raise PersonCanFix(words.not_utf8(name, error.start)) from None


def read_table(name: str) -> str:
    """A table, in whatever a spreadsheet saves it; ``-`` is standard input. Raises `PersonCanFix`."""
    data = read_bytes(name)
    try:
        return decoded(data)
    except UnicodeDecodeError as error:
        raise PersonCanFix(words.not_utf8(name, error.start)) from None


def read_bytes(name: str) -> bytes:
    """What the file holds; ``-`` is standard input. Raises `PersonCanFix`."""
    if not name:
        raise PersonCanFix(words.NO_NAME)
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise PersonCanFix(words.cannot_read(name, error.strerror or str(error))) from None


def told_apart(names: Sequence[str]) -> None:
    """Raises `PersonCanFix` if two of them are the same file, so that one would be written over the other."""
    files = [Path(name).resolve() for name in names if name and name != "-"]
    for at, file in enumerate(files):
        if file in files[:at] and (file.is_file() or not file.exists()):
            raise PersonCanFix(words.same_file(str(file)))


def kept_apart(read: Iterable[str], written: Iterable[str]) -> None:
    """Raises `PersonCanFix` if a file that is to be written is also read, or written twice."""
    told_apart((*{str(Path(name).resolve()) for name in read if name and name != "-"}, *written))
    check_writable(written)


def check_writable(names: Iterable[str]) -> None:
    """Before work begins that somebody may pay for. Raises `PersonCanFix`."""
    for name in filter(None, names):
        path = Path(name)
        place = path if path.exists() else path.parent
        if path.is_dir():
            number = EISDIR
        elif not place.exists():
            number = ENOENT
        elif place == path.parent and not place.is_dir():
            number = ENOTDIR
        else:
            number = 0 if os.access(place, os.W_OK) else EACCES
        if number:
            raise PersonCanFix(words.cannot_write(name, os.strerror(number)))


def write_new(path: Path, text: str) -> None:
    """Put the text into a file that is not there yet. Raises `PersonCanFix`."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise PersonCanFix(words.cannot_write(str(path), error.strerror or str(error))) from None


def write_text(name: str, text: str, *, anew: bool = False) -> None:
    """Put the text into the file; ``anew`` never into what a link of that name leads to. Raises `PersonCanFix`."""
    try:
        if anew:
            Path(name).unlink(missing_ok=True)
        with Path(name).open("x" if anew else "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise PersonCanFix(words.cannot_write(name, error.strerror or str(error))) from None
