"""The rules for blocks that Slack's models leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bot.workspace.charts import faults_of_chart
from bot.workspace.shapes import an_object, objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.shapes import Json

UNMODELLED = {"data_table", "data_visualization"}
"""Blocks of Slack that the SDK has no models for; only what stands in `faults_of_unmodelled` is checked."""

_SURFACES = {
    "alert": {"modal"},
    "context_actions": {"message"},
    "input": {"message", "modal", "home"},
    "markdown": {"message"},
    "table": {"message"},
    "task_card": {"message"},
    "plan": {"message"},
}
_PLAIN_ONLY = {"button": ("text",), "header": ("text",), "input": ("label", "hint"), "image": ("title",)}
_CONTEXT = {"image", "mrkdwn", "plain_text"}
_CELLS = {"raw_text", "raw_number", "rich_text"}
_OWN_LIMIT = {"table", *UNMODELLED}
_FIELD = 2000
_ROWS, _COLUMNS = 100, 20
_TEXT = 3000
MOST_TEXT = 11_340
"""Characters that all blocks of one message may hold together. Slack's reference does not name it; reports have
``msg_blocks_too_long`` from 11,341 on (slackapi/bolt-js#2509). Tables have a limit of their own."""


def faults_of(block: Json, surface: str) -> Iterator[str]:
    """What is wrong with one block, in words."""
    kind = block["type"]
    if surface not in _SURFACES.get(kind, {surface}):
        yield f"unsupported block in a {surface}: {kind}"
    if kind == "section":
        yield from _section(block)
    if kind == "context":
        for element in objects(block.get("elements")):
            if element.get("type") not in _CONTEXT:
                yield f"unsupported element in context: {element.get('type')}"
    if kind == "table":
        yield from _table(block)
    if kind == "markdown" and not block.get("text"):
        yield "must not be empty: text"
    for part in _parts(block):
        yield from _plain(part)
        yield from _empty(part)


def faults_of_unmodelled(block: Json, surface: str) -> Iterator[str]:
    """What is wrong with a block that the SDK has no models for."""
    if surface != "message":
        yield f"unsupported block in a {surface}: {block['type']}"
    if block["type"] == "data_visualization":
        yield from faults_of_chart(block)


def text_length(blocks: list[Json]) -> int:
    """How many characters the blocks show together, tables left out."""
    parts = (part for block in blocks if block.get("type") not in _OWN_LIMIT for part in _parts(block))
    texts = (part.get("text") for part in parts)
    return sum(len(text) for text in texts if isinstance(text, str))


def faults_together(blocks: list[Json]) -> list[str]:
    """What is wrong between blocks and between the elements of one block."""
    faults: list[str] = []
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    faults += [f"block_id already exists: {name} [json-pointer:/blocks]" for name in sorted(_twice(ids))]
    for index, block in enumerate(blocks):
        actions = [part["action_id"] for part in _parts(block) if part.get("action_id")]
        where = f"[json-pointer:/blocks/{index}/elements]"
        faults += [f"action_id already exists: {name} {where}" for name in sorted(_twice(actions))]
    return faults


def _section(block: Json) -> Iterator[str]:
    if not block.get("text") and not block.get("fields"):
        yield "a section needs text or fields"
    for field in objects(block.get("fields")):
        if len(str(field.get("text") or "")) > _FIELD:
            yield f"must be no more than {_FIELD} characters: field"


def _table(block: Json) -> Iterator[str]:
    rows = cast("list[list[Any]]", block.get("rows") or [])
    if not 0 < len(rows) <= _ROWS:
        yield f"a table has 1 to {_ROWS} rows"
    for row in rows:
        if len(row) > _COLUMNS:
            yield f"no more than {_COLUMNS} cells in a row"
        if any(an_object(cell).get("type") not in _CELLS for cell in row):
            yield f"a cell is one of {', '.join(sorted(_CELLS))}"


def _plain(part: Json) -> Iterator[str]:
    for key in ("placeholder", *_PLAIN_ONLY.get(part.get("type", ""), ())):
        text = part.get(key)
        if text is not None and an_object(text).get("type") != "plain_text":
            yield f"must be plain_text: {key}"


def _empty(part: Json) -> Iterator[str]:
    if part.get("type") in {"plain_text", "mrkdwn"} and not (part.get("text") and isinstance(part["text"], str)):
        yield "must not be empty: text"
    if part.get("type") in {"plain_text", "mrkdwn"} and len(str(part.get("text"))) > _TEXT:
        yield f"must be no more than {_TEXT} characters: text"


def _parts(value: object) -> Iterator[Json]:
    """The block itself and every object inside it."""
    if isinstance(value, dict):
        content = cast("Json", value)
        yield content
        for inner in content.values():
            yield from _parts(inner)
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from _parts(inner)


def _twice(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}
