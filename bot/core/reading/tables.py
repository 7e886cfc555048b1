"""Tables that people paste or bring as a file: CSV, Markdown, JSON Lines or a JSON array, row by row."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from bot.core.words.brand import posts as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Fits = Callable[[str], bool]
    """True for a cell that is what its column holds."""
    Row = Sequence[tuple[str, object]]
    """Each heading with what stands below it: text, or whatever JSON holds."""


# What a table is of, and what comes out of it.


@dataclass(frozen=True, slots=True)
class Columns:
    """``names`` are the fields, each with the headings that people give it, the best first.

    A table has to have the ``needed`` ones. Several columns of a ``joined`` field are put together; of any other field
    the first counts that holds something, and before it one that ``fits``.
    """

    names: Mapping[str, Sequence[str]]
    needed: Sequence[str]
    joined: Sequence[str] = ()
    fits: Mapping[str, Fits] = field(default_factory=dict["str", "Fits"])


@dataclass(frozen=True, slots=True)
class NamedCells:
    """A row: its cells by the field that their column means, and the columns that nothing was made of."""

    cells: Mapping[str, str]
    unused: tuple[str, ...] = ()


def rows_in(text: str, columns: Columns) -> Iterator[tuple[int, NamedCells | str]]:
    """Each row with the line on which it begins, or what is wrong with it."""
    text = text.removeprefix("\ufeff")
    known = _Known(columns)
    is_array = _ARRAY.match(text)
    rows = _json_array(text) if is_array else _json_lines(text) if is_json(text) else _lines(text, known)
    for number, row in rows:
        yield number, row if isinstance(row, str) else known.named(row)


def is_json(text: str) -> bool:
    """True for JSON Lines and for an array of objects."""
    text = text.removeprefix("\ufeff")
    return text.lstrip().startswith("{") or bool(_ARRAY.match(text))


def names_any(text: str, headings: Sequence[str]) -> bool:
    """True where the first line is the heading of a table that has one of these columns."""
    lines = _LINE_END.split(text.removeprefix("\ufeff"))
    at, between = _start(lines)
    named = lines[at].split(between) if between else _cells(lines[at])
    return not {*map(folded, headings)}.isdisjoint(map(folded, named))


def folded(heading: str) -> str:
    """A heading without what people write differently: case, accents, blanks and signs."""
    plain = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


class _Known:
    """The fields by their headings."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._ranks = {
            folded(one): (name, rank) for name, ones in columns.names.items() for rank, one in enumerate(ones)
        }

    def field_of(self, heading: str) -> str:
        return self._ranks.get(folded(heading), ("", 0))[0]

    def named(self, row: Row) -> NamedCells | str:
        """The cells by field, or what is wrong with one."""
        given: dict[str, list[tuple[str, str]]] = {}
        left: dict[str, None] = {}
        for heading, cell in row:
            if not (name := self.field_of(heading)):
                left |= {heading: None} if heading else {}
                continue
            said = _as_text(cell, is_list=name not in self.columns.joined)
            if said is None:
                return words.not_text(heading)
            given.setdefault(name, []).append((heading, said.strip()))
        chosen = {name: self._chosen(name, ones) for name, ones in given.items()}
        for name, ones in given.items():
            left |= {heading: None for heading, cell in ones if cell and cell not in chosen[name]}
        return NamedCells(chosen, tuple(left))

    def row(self, heading: Sequence[str], cells: Sequence[str]) -> Row:
        """A row of a table. Where it is short nothing is said of the fields at its end."""
        rest = [(name, "") for name in heading[len(cells) :] if not self.field_of(name)]
        return [*zip(heading, cells, strict=False), *rest]

    def no_heading(self, missing: Sequence[str]) -> str:
        """What is said where fields are missing in the first line."""
        return words.no_heading([self.columns.names[name][0] for name in missing])

    def _chosen(self, name: str, ones: Sequence[tuple[str, str]]) -> str:
        if name in self.columns.joined:
            return "\n\n".join(dict.fromkeys(cell for _, cell in ones if cell))
        ranked = [cell for _, cell in sorted(ones, key=lambda one: self._ranks[folded(one[0])][1]) if cell]
        fits = self.columns.fits.get(name)
        return next((cell for cell in ranked if fits and fits(cell)), next(iter(ranked), ""))

    def is_like(self, cells: Sequence[str], headings: Sequence[str]) -> bool:
        """True where a cell is what the column above it holds, and so the line likely is a row of the table."""
        pairs = zip(map(self.field_of, headings), map(str.strip, cells), strict=False)
        return any(cell and name in self.columns.fits and self.columns.fits[name](cell) for name, cell in pairs)


# JSON.

_ARRAY = re.compile(r"\s*\[\s*[{\]]")  # noqa: TID251 - nothing in it to go back over


def _json_lines(text: str) -> Iterator[tuple[int, Row | str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row: object = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        yield number, _json_row(row)


def _json_array(text: str) -> Iterator[tuple[int, Row | str]]:
    """The objects of an array, which may stand on several lines each."""
    decoder, at, number = json.JSONDecoder(), text.index("[") + 1, 1
    told = 0
    while True:
        at = _BETWEEN.match(text, at).end()  # pyright: ignore[reportOptionalMemberAccess] (nothing at all fits, too)
        number, told = number + text.count("\n", told, at), at
        if text.startswith("]", at):
            return
        try:
            row, at = cast("tuple[object, int]", decoder.raw_decode(text, at))
        except (ValueError, RecursionError):
            yield number, words.NO_ARRAY
            return
        yield number, _json_row(row)


_BETWEEN = re.compile(r"[\s,]*")  # noqa: TID251 - nothing in it to go back over


def _json_row(row: object) -> Row | str:
    try:
        json.dumps(row, ensure_ascii=False).encode()  # half of a surrogate pair is in no text
    except (ValueError, RecursionError):
        return words.NO_OBJECT
    return [*cast("dict[str, object]", row).items()] if isinstance(row, dict) else words.NO_OBJECT


def _as_text(cell: object, *, is_list: bool) -> str | None:
    """What it says; a list of words may be one cell. None for what has parts of its own."""
    if isinstance(cell, list):
        parts = [_as_text(one, is_list=False) for one in cast("list[object]", cell)]
        return ", ".join(filter(None, parts)) if is_list and None not in parts else None
    return None if isinstance(cell, dict) else "" if cell is None else str(cell)


# CSV and Markdown.

_LINE_END = re.compile(r"\r\n|\r|\n")  # noqa: TID251 - nothing in it to go back over
_SEP = re.compile(r"\"?sep=([,;\t|])[,;\t\"]*", re.IGNORECASE)  # noqa: TID251 - nothing in it to go back over
"""How a spreadsheet says, in a line above the heading, what stands between two cells."""
_QUOTED = re.compile(r'"[^"]*"')  # noqa: TID251 - nothing in it to go back over


def _start(lines: Sequence[str]) -> tuple[int, str]:
    """The index of the line that names the columns, and what stands between two cells; "" for Markdown."""
    at = next((number for number, line in enumerate(lines) if line.strip()), 0)
    first = lines[at].strip(" ")
    if sep := _SEP.fullmatch(first):
        return at + 1, sep[1]
    bare = _QUOTED.sub("", first)
    return at, "" if first.startswith("|") else max(",;\t", key=bare.count)


def _lines(text: str, known: _Known) -> Iterator[tuple[int, Row | str]]:
    """The rows below the heading; a row that is broken takes no other with it."""
    lines = _LINE_END.split(text)
    at, between = _start(lines)
    heading: list[str] = []
    for number, cells in _Csv(lines, between, known).rows(at) if between else _markdown(lines):
        if isinstance(cells, str):
            yield number, cells
        elif not any(cells):
            continue
        elif heading:
            is_wider = any(cells[len(heading) :])
            yield number, words.too_many(len(heading)) if is_wider else known.row(heading, cells)
        else:
            heading = cells
        if missing := [one for one in known.columns.needed if one not in map(known.field_of, heading)]:
            yield from [(number, known.no_heading(missing))] if heading else ()
            return


def _markdown(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, 1):
        cells = _cells(line) if line.strip() else []
        if not all(set(cell) <= {"-", ":"} for cell in cells):
            yield number, cells


def _cells(line: str) -> list[str]:
    """What stands between the bars; one behind a backslash is a sign like any other."""
    cells, word, escaped = [""], line.strip().removeprefix("|"), False
    for sign in word:
        if escaped or sign not in "\\|":
            cells[-1] += sign
            escaped = False
        elif sign == "\\":
            escaped = True
        else:
            cells.append("")
    return [cell.strip() for cell in (cells[:-1] if word.endswith("|") else cells)]


@dataclass(frozen=True, slots=True)
class _Span:
    """A quoted cell that goes on over lines: the indexes of its first and last line, -1 where it does not end.

    ``last`` is its part of the last line, and ``place`` how many cells stand before it. It is ``tidy`` where its
    closing mark is followed by the next cell.
    """

    first: int
    last_line: int
    last: str
    place: int
    tidy: bool


@dataclass(frozen=True, slots=True)
class _Csv:
    """CSV as the csv module reads it, but for quotation marks that are not closed.

    There the csv module takes the rows that follow for text, up to the next mark anywhere, and says nothing.
    """

    lines: Sequence[str]
    between: str
    known: _Known

    def rows(self, at: int) -> Iterator[tuple[int, list[str] | str]]:
        """The rows from a line's index on, the first of which is the heading; each with the number of its line."""
        heading: list[str] = []
        while at < len(self.lines):
            cells, after, spans = self.record(at)
            broken = next((span.first for span in spans if self._is_broken(span, heading)), -1)
            if broken < 0:
                yield at + 1, [_unquoted(cell.strip()) for cell in cells]
                heading, at = heading or cells, after
                continue
            yield broken + 1, words.UNCLOSED
            at = next((n for n in range(broken + 1, after) if self._is_row(self.lines[n], heading)), after)

    def record(self, at: int) -> tuple[list[str], int, list[_Span]]:
        """The cells of the record that begins at a line's index, the index of the line after it, and what spans."""
        cells: list[str] = []
        spans: list[_Span] = []
        stop = -1
        while stop >= 0 or not cells:
            cell, at, stop, span = self._cell(at, stop + 1, len(cells))
            cells.append(cell)
            spans += [span] if span else []
        return cells, min(at + 1, len(self.lines)), spans

    def _cell(self, at: int, start: int, place: int) -> tuple[str, int, int, _Span | None]:
        """The cell that begins in a line, the line in which it ends, and where: -1 for the end of the record."""
        line, first, said, span = self.lines[at], at, "", None
        begin = start
        while line.startswith(" ", begin):
            begin += 1
        if line.startswith('"', begin):
            said, at, start = self._quoted(at, begin + 1)
            if at == len(self.lines):
                return said, at, -1, _Span(first, -1, "", place=place, tidy=False)
            line = self.lines[at]
        stop = line.find(self.between, start)
        rest = line[start:] if stop < 0 else line[start:stop]
        if at > first:
            span = _Span(first, at, line[: start - 1], place=place, tidy=not rest.strip())
        return said + rest, at, stop, span

    def _quoted(self, at: int, start: int) -> tuple[str, int, int]:
        """What stands up to the closing mark, and where that is passed; the number of lines where there is none."""
        said: list[str] = []
        while at < len(self.lines):
            line = self.lines[at]
            end = line.find('"', start)
            if end < 0:
                said += [line[start:], "\n"]
                at, start = at + 1, 0
            elif line.startswith('"', end + 1):
                said.append(line[start : end + 1])
                start = end + 2
            else:
                return "".join([*said, line[start:end]]), at, end + 1
        return "".join(said), at, 0

    def _is_broken(self, span: _Span, heading: Sequence[str]) -> bool:
        """True where the closing mark is missing, or likely another cell's: what lies between are rows of the table.

        Text of several lines has commas, too, but with a blank behind them.
        """
        if not span.tidy:
            return True
        inner = [line for line in self.lines[span.first + 1 : span.last_line] if line.strip()]
        rows = [line for line in inner if len(self._split(line)) == len(heading) > 1 and self._is_tight(line, heading)]
        last = self._split(span.last)
        return (
            any(self.known.is_like(self._split(line), heading) for line in rows)
            or (len(last) == span.place + 1 > 1 and self.known.is_like(last, heading))
            or (bool(inner) and len(rows) == len(inner) and not any(map(_IN_A_NUMBER.search, inner)))
        )

    def _is_row(self, line: str, heading: Sequence[str]) -> bool:
        cells = self._split(line)
        known = len(cells) > 1 and self.known.is_like(cells, heading)
        return bool(line.strip()) and (len(cells) == len(heading) or known)

    def _split(self, line: str) -> list[str]:
        return _Csv([line], self.between, self.known).record(0)[0]

    def _is_tight(self, line: str, heading: Sequence[str]) -> bool:
        """True where no separator has a blank behind it, unless those of the heading do."""
        is_loose = any(cell.startswith(" ") for cell in heading)
        return is_loose or f"{self.between} " not in _QUOTED.sub("", line)


_IN_A_NUMBER = re.compile(r"\d,\d")  # noqa: TID251 - nothing in it to go back over

FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What begins a formula in a spreadsheet."""
CELL_ENDS = ";\t\r\n"
"""What may end a cell there, besides a comma, whatever quotation marks say."""


def _unquoted(cell: str) -> str:
    """Without the apostrophes by which a table says that "+44 113 496 0000" is no formula, nor a part of one."""
    for end in CELL_ENDS:
        parts = cell.split(end)
        cell = end.join(part[1:] if part[:1] == "'" and _is_formula(part[1:]) else part for part in parts)
    return cell


def _is_formula(text: str) -> bool:
    return text.lstrip().startswith(FORMULA_SIGNS)


# What a file's bytes say.

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_MOST_FOREIGN = 0.3
"""Letters with accents, of all letters: in a text of western Europe they are fewer, in another code page more."""


def decoded(content: bytes) -> str:
    """The text of a table as spreadsheets save it: UTF-8, UTF-16 or Windows-1252. Raises UnicodeDecodeError."""
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "")
    if marked:
        return content.decode(marked)
    if b"\0" in content[:_LOOKED_AT]:
        return content.decode("utf-16-be" if content[:1] == b"\0" else "utf-16-le")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        text = content.decode("cp1252")
        letters = [sign for sign in text if sign.isalpha()]
        if sum(not sign.isascii() for sign in letters) > _MOST_FOREIGN * len(letters):
            raise error from None
        return text


_LOOKED_AT = 100
