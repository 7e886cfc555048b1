"""The fact sheet as a table that people paste and keep in files, and what saving one would change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.brand.facts import FIELDS, Fact, FactKind, entered, fact_of, in_order, kind_named
from bot.core.proof import comma_separated
from bot.core.reading.dates import days_meant, is_date, order_in
from bot.core.reading.tables import Columns, NamedCells, names_any, rows_in
from bot.core.words.brand import facts as words
from bot.core.words.brand import posts as table_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# The table that goes out.

ID = "id"
COLUMNS = (ID, *FIELDS)
"""With its id a fact is known again, whatever somebody changes in its row."""


def table_of(facts: Iterable[Fact], fields: Sequence[str] = COLUMNS) -> str:
    """The sheet as a Markdown table; what is read back is the same."""
    rows = [[_escaped(_cell(fact, name)) for name in fields] for fact in in_order(facts)]
    lines = [[_heading(name) for name in fields], ["---"] * len(fields), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def csv_of(facts: Iterable[Fact]) -> str:
    """The sheet as CSV; what is read back is the same."""
    rows = [[_cell(fact, name) for name in COLUMNS] for fact in in_order(facts)]
    return comma_separated([[_heading(name) for name in COLUMNS], *rows])


def _heading(name: str) -> str:
    return words.COLUMNS.get(name, words.ID)


def _cell(fact: Fact, name: str) -> str:
    return words.KINDS[fact.kind.value] if name == "kind" else entered(fact, name)


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|")


# The table that comes back.


@dataclass(frozen=True, slots=True)
class Pasted:
    """What stands in a table: the facts, each with its line, (line, sentence) for what is wrong, and unused columns.

    A fact that is known has its id. ``missing`` are those on the sheet that the table, once exported, has no more.
    """

    facts: tuple[tuple[int, Fact], ...] = ()
    faults: tuple[tuple[int, str], ...] = ()
    unused: tuple[str, ...] = ()
    missing: tuple[Fact, ...] = ()


def _names() -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {name: (label, name) for name, label in words.COLUMNS.items()}
    names[ID] = (words.ID,)
    for name, label in words.ALSO:
        names[name] = (*names[name], label)
    return names


def _is_kind(cell: str) -> bool:
    return kind_named(cell) is not None


_DAYS = ("since", "until")
_SHEET = Columns(_names(), ("value",), fits={"kind": _is_kind, "since": is_date, "until": is_date})


def pasted(text: str, known: Sequence[Fact] = ()) -> Pasted:
    """The facts in CSV, a Markdown table or JSON, each as it would be with what the table says of it.

    ``known`` is the sheet as it is. Fields without a column stay as they are there.
    """
    rows = list(rows_in(text, _SHEET))
    reading = _SheetRows(known, {"kind": FactKind.CLAIM.value} if names_any(text, (words.CLAIM,)) else {})
    named = [row for _, row in rows if isinstance(row, NamedCells)]
    order = order_in(row.cells.get(name, "") for row in named for name in _DAYS)
    for number, row in rows:
        reading.read(number, row if isinstance(row, str) else _dated(row, order))
    unused = tuple(dict.fromkeys(one for row in named for one in row.unused))
    faults = sorted([*reading.faults, *reading.clashes()])
    wrong = {number for number, _ in faults}
    facts = tuple((number, fact) for number, fact in reading.facts if number not in wrong)
    return Pasted(facts, tuple(faults), unused, missing=reading.missing() if len(named) == len(rows) else ())


def _dated(row: NamedCells, order: str) -> NamedCells | str:
    cells = dict(row.cells)
    for name in _DAYS:
        meant = days_meant(cells.get(name, ""), order)
        if meant[1:]:
            return words.as_sentence(table_words.ambiguous(cells[name], *meant))
        cells |= {name: meant[0]} if meant else {}
    return NamedCells(cells, row.unused)


class _SheetRows:
    """Rows beside the sheet as it is, one after the other."""

    def __init__(self, known: Sequence[Fact], usual: Mapping[str, str]) -> None:
        self.facts: list[tuple[int, Fact]] = []
        self.faults: list[tuple[int, str]] = []
        self._known, self._usual = known, usual
        self._by_id = {fact.id: fact for fact in known if fact.id}
        self._lines: dict[str | tuple[str, str], int] = {}
        """Where an id or a key stands in the table."""
        self._is_export = False

    def read(self, number: int, row: NamedCells | str) -> None:
        """Keep what one row makes, or what is wrong with it."""
        made = words.as_sentence(row) if isinstance(row, str) else self._made(number, row.cells)
        if isinstance(made, Fact) and made.key in self._lines:
            made = words.twice(self._lines[made.key])
        if isinstance(made, Fact):
            self._lines[made.key] = number
            self.facts.append((number, made))
        else:
            self.faults += [(number, one) for one in ([made] if isinstance(made, str) else made.values())]

    def _made(self, number: int, cells: Mapping[str, str]) -> Fact | dict[str, str] | str:
        old = self._by_id.get(cells.get(ID, ""))
        self._is_export |= old is not None
        old = old or self._same(cells)
        if isinstance(old, str):
            return old
        if old is None:
            return fact_of({**self._usual, **cells})
        before = self._lines.setdefault(old.id, number)
        if before != number:
            return words.same_id(before)
        made = fact_of({name: entered(old, name) for name in FIELDS} | dict(cells), old)
        return replace(made, id=old.id) if isinstance(made, Fact) else made

    def _same(self, cells: Mapping[str, str]) -> Fact | str | None:
        """The fact that says the same already, or why nobody can tell which does."""
        value, about = (" ".join(cells.get(name, "").split()).casefold() for name in ("value", "about"))
        same = [fact for fact in self._known if fact.value.casefold() == value]
        exact = next((fact for fact in same if fact.about.casefold() == about), None)
        if exact or "about" in cells or not same:
            return exact
        return words.of_several([fact.about for fact in same]) if same[1:] else same[0]

    def clashes(self) -> list[tuple[int, str]]:
        """Changed facts that say by now what another one on the sheet says."""
        others = {fact.key for fact in self._known if fact.id not in self._lines}
        return [(number, words.ON_SHEET) for number, fact in self.facts if fact.key in others]

    def missing(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self._known if fact.id not in self._lines) if self._is_export else ()


# What saving it would do.


@dataclass(frozen=True, slots=True)
class TablePreview:
    """A table beside the sheet as it is on an ISO date."""

    read: Pasted
    known: tuple[Fact, ...]
    day: str

    @property
    def pairs(self) -> tuple[tuple[Fact | None, Fact], ...]:
        """What would change."""
        return merged(self.known, self.facts)

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for _, fact in self.read.facts)

    @property
    def missing(self) -> tuple[Fact, ...]:
        """What an exported sheet has no more, and would be valid still."""
        return tuple(fact for fact in self.read.missing if not fact.ends_before(self.day))


def with_sentences(shown: TablePreview, chosen: Iterable[str]) -> TablePreview:
    """The table and sentences beside it, each a fact unless a line says it. What is wrong in lines stays."""
    # With its empty field each is the fact about nothing special, and keeps what the sheet says of that one.
    read = pasted(table_of(map(Fact, chosen), ("value", "about")), shown.known)
    there, stays = {fact.key for fact in shown.facts}, {fact.id for _, fact in read.facts}
    more = [one for one in read.facts if one[1].key not in there]
    missing = tuple(fact for fact in shown.read.missing if fact.id not in stays)
    return replace(shown, read=replace(shown.read, facts=(*shown.read.facts, *more), missing=missing))


def merged(known: Sequence[Fact], new: Iterable[Fact]) -> tuple[tuple[Fact | None, Fact], ...]:
    """What saving the new facts would do: (the one before or None, the new one), without those that stay the same."""
    by_key, by_id = {fact.key: fact for fact in known}, {fact.id: fact for fact in known}
    pairs = [(by_id.get(fact.id) if fact.id else by_key.get(fact.key), fact) for fact in new]
    return tuple((old, fact) for old, fact in pairs if old is None or not fact.same_as(old))
