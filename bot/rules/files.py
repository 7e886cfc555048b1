"""Reads the guideline files of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from bot.core.errors import BrokenFiles, FileFault
from bot.core.guidelines import Library
from bot.core.reading.front_matter import HeadEntry, UnreadableHeadError
from bot.core.reading.guideline_files import Line, read_guideline, read_references

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.guidelines import Guideline, Reference


_FENCE = "---"
_NULL = "tag:yaml.org,2002:null"
_TOO_DEEP = "it's nested too deeply"


def load_library(prompts: Path) -> Library:
    """All guidelines under ``prompts/guidelines`` with their references.

    Raises `BrokenFiles` with every fault of every file.
    """
    folder = prompts / "guidelines"
    paths = sorted(folder.rglob("*.md"))
    if not paths:
        raise BrokenFiles([FileFault(str(folder), 1, "there is no guideline file in this folder")])
    faults: list[FileFault] = []
    guidelines: list[Guideline] = []
    for path in paths:
        try:
            guidelines.append(load_guideline(path, path.relative_to(folder).with_suffix("").as_posix()))
        except BrokenFiles as error:
            faults += error.faults
    references = _references(prompts / "references.md", faults)
    known = {reference.id for reference in references}
    for guideline in guidelines:
        unknown = ", ".join(r for r in guideline.references if r not in known)
        if unknown:
            path = str(folder / f"{guideline.id}.md")
            faults.append(FileFault(path, 1, f"“## References” names {unknown}, which references.md lacks"))
    if faults:
        raise BrokenFiles(faults)
    return Library(tuple(guidelines), references)


def load_guideline(path: Path, guideline_id: str) -> Guideline:
    """The guideline in one file. Raises `BrokenFiles`."""
    return parse_guideline(str(path), guideline_id, path.read_text(encoding="utf-8"))


def parse_guideline(path: str, guideline_id: str, text: str) -> Guideline:
    """The guideline in a file's text; faults name ``path``. Raises `BrokenFiles`."""
    head, body = _split(path, text)
    return read_guideline(path, guideline_id, head, body=body)


def heading_of(text: str) -> tuple[str, str]:
    """The id and the title in a file's front matter, "" for what does not stand there or cannot be read."""
    try:
        head, _ = _split("", text)
    except BrokenFiles:
        return "", ""
    return tuple(head[name].text if name in head else "" for name in ("id", "title"))  # pyright: ignore[reportReturnType]


def _references(path: Path, faults: list[FileFault]) -> tuple[Reference, ...]:
    if not path.exists():
        return ()
    try:
        return read_references(str(path), _lines(path.read_text(encoding="utf-8").splitlines(), 1))
    except BrokenFiles as error:
        faults += error.faults
        return ()


def _lines(texts: list[str], first: int) -> list[Line]:
    return [Line(number, text) for number, text in enumerate(texts, first)]


def _split(path: str, text: str) -> tuple[dict[str, Line], list[Line]]:
    lines = text.splitlines()
    if not lines or lines[0].strip() != _FENCE or _FENCE not in (line.strip() for line in lines[1:]):
        raise BrokenFiles([FileFault(path, 1, "the file begins with front matter between two lines of ---")])
    end = next(i for i, line in enumerate(lines[1:], 1) if line.strip() == _FENCE)
    return _head(path, "\n".join(lines[1:end])), _lines(lines[end + 1 :], end + 2)


def _head(path: str, text: str) -> dict[str, Line]:
    try:
        entries = yaml_mapping(text)
    except UnreadableHeadError as error:
        reason = f"the front matter cannot be read: {error.problem}"
        raise BrokenFiles([FileFault(path, error.line + 1, reason)]) from None
    if not entries:
        raise BrokenFiles([FileFault(path, 2, "the front matter holds lines like “title: No false pressure”")])
    head: dict[str, Line] = {}
    for key, entry in entries.items():
        if entry.values is None or entry.listed:
            raise BrokenFiles([FileFault(path, entry.line + 1, f"“{key}” must be one value on one line")])
        head[key] = Line(entry.line + 1, "".join(entry.values).strip())
    return head


def yaml_mapping(text: str) -> dict[str, HeadEntry] | None:
    """The `ReadYaml` port. Nothing is made of the values but text: no tag is obeyed, no alias unfolded."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UnreadableHeadError(line, error.problem or str(error)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UnreadableHeadError(line, f"U+{error.character:04X}: {error.reason}") from None
    except RecursionError:
        raise UnreadableHeadError(1, _TOO_DEEP) from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        return None
    keys = ((str(key.value), key.start_mark.line + 1, value) for key, value in node.value)
    return {
        key: HeadEntry(line, _texts(value), listed=isinstance(value, yaml.SequenceNode)) for key, line, value in keys
    }


def _texts(node: yaml.Node) -> tuple[str, ...] | None:
    if isinstance(node, yaml.ScalarNode):
        return () if node.tag == _NULL else (str(node.value),)
    parts = [_texts(part) if isinstance(part, yaml.ScalarNode) else None for part in node.value]
    return None if isinstance(node, yaml.MappingNode) or None in parts else sum((part or () for part in parts), ())
