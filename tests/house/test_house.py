"""The house rules that no tool checks."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Collection

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = [p for room in ("bot", "tests", "benchmarks") for p in sorted((ROOT / room).rglob("*.py"))]


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of a file's syntax, read once for every rule."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


BOT = [path for path in FILES if ROOT / "bot" in path.parents]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_has_600_lines_at_most(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 600


@pytest.mark.parametrize(
    "path", [p for p in FILES if ROOT / "bot" in p.parents], ids=lambda p: str(p.relative_to(ROOT))
)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    functions = [n for n in nodes(path) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [(f.name, (f.end_lineno or f.lineno) - f.lineno + 1) for f in functions]
    assert [entry for entry in long if entry[1] > 30] == []


def test_a_folder_has_25_files_at_most() -> None:
    """Migrations are a line that only grows."""
    counted = Counter(path.parent.relative_to(ROOT) for path in BOT if path.name != "__init__.py")
    free = {Path("bot/store/migrations/versions")}
    assert {folder: count for folder, count in counted.items() if count > 25 and folder not in free} == {}


APART = {"workspace", "evaluation", "versions"}
PRODUCT = [path for path in BOT if not APART & set(path.relative_to(ROOT).parts) and path.name != "__init__.py"]


def test_a_capability_has_one_file_in_each_room() -> None:
    """What a brand keeps is no room of its own: see docs/architecture.md."""
    rooms = [(*(part for part in path.parent.parts if part != "brand"), path.stem) for path in PRODUCT]
    assert {room: count for room, count in Counter(rooms).items() if count > 1} == {}


def test_files_are_neither_dust_nor_heaps_and_functions_are_short() -> None:
    texts = [path.read_text(encoding="utf-8") for path in PRODUCT]
    lines = sorted(len(text.splitlines()) for text in texts)
    functions = sorted(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in PRODUCT
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert 150 <= median(lines) <= 300
    assert sum(length < 60 for length in lines) <= 9
    assert median(functions) <= 6
    assert functions[len(functions) * 9 // 10] <= 15


def test_a_class_has_a_name_of_its_own() -> None:
    names = Counter(node.name for path in BOT for node in nodes(path) if isinstance(node, ast.ClassDef))
    assert {name: count for name, count in names.items() if count > 1} == {}


LIBRARIES = {"Table", "format", "gather", "info", "where"}
"""Names that our own classes and functions share with what libraries have."""


def test_a_call_names_what_it_hands_over_after_the_third_argument() -> None:
    """Of our own classes, functions and methods; libraries have their own ways, and `*names` take any number."""
    read = [path for path in BOT if "versions" not in path.parts]
    every = [node for path in read for node in nodes(path)]
    functions = [node for node in every if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    own = {node.name for node in functions} | {node.name for node in every if isinstance(node, ast.ClassDef)}
    own -= LIBRARIES | {node.name for node in functions if node.args.vararg}
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {name}"
        for path in read
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and (name := _called(node)) in own
        and sum(not isinstance(argument, ast.Starred) for argument in node.args) > 3
    ]
    assert long == []


def _called(call: ast.Call) -> str:
    """The name of what is called, whatever it belongs to."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Imports for types alone count: what only a checker needs ties two files together as well."""
    modules = {".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p for p in BOT}
    graph = {name: _imported(path, modules.keys()) - {name} for name, path in modules.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(
        modules
    )  # raises CycleError, which names the circle


def _imported(path: Path, modules: Collection[str]) -> set[str]:
    named = [
        (node.module, name.name)
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "bot"
        for name in node.names
    ]
    return {f"{module}.{name}" if f"{module}.{name}" in modules else module for module, name in named}


def test_coverage_is_never_switched_off() -> None:
    mark = "pragma: " + "no cover"
    assert [path for path in FILES if mark in path.read_text(encoding="utf-8")] == []


def test_links_in_the_documents_lead_somewhere() -> None:
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_locked_requirements_carry_hashes_and_name_no_host() -> None:
    for path in ROOT.glob("requirements*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "--index-url" not in text


def test_migrations_form_one_line_each_after_the_one_before() -> None:
    said = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "bot/store/migrations/versions").glob("*.py"))]
    steps = [re.search(r'^revision = (".*?")\ndown_revision = (".*?"|None)$', text, re.MULTILINE) for text in said]
    own = [step[1] for step in steps if step]
    assert len(own) == len(said)
    assert [step[2] for step in steps if step] == ["None", *own[:-1]]
