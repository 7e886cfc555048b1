"""Whether Slack would take these blocks. Slack's own models judge first, then the rules that they leave out."""

from __future__ import annotations

import json
import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from bot.workspace.charts import faults_of_chart
from bot.workspace.shapes import ApiRefusal, an_object, copied, objects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.workspace.shapes import Json


# The rules for blocks that Slack's models leave out.

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
_LABEL = 75
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
        yield from _too_long(part)


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


def _too_long(part: Json) -> Iterator[str]:
    for option in (*objects(part.get("options")), an_object(part.get("initial_option"))):
        if len(str(an_object(option.get("text")).get("text") or "")) > _LABEL:
            yield f"must be no more than {_LABEL} characters: option"
    if part.get("type") == "plain_text_input":
        longest = min(part.get("max_length") or _TEXT, _TEXT)
        if len(str(part.get("initial_value") or "")) > longest:
            yield f"must be no more than {longest} characters: initial_value"


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


# Whether Slack would take these blocks. Slack's own models judge first, then the rules that they leave out.

logging.getLogger("slack_sdk.models").setLevel(logging.ERROR)  # every fault is reported in the answer

_VIEW_TEXTS = {"title": 24, "submit": 24, "close": 24}
_VIEW_LENGTHS = {"private_metadata": 3000, "callback_id": 255, "external_id": 255}
_VIEW_KEYS = {"type", "blocks", *_VIEW_TEXTS, *_VIEW_LENGTHS, "clear_on_close", "notify_on_close", "submit_disabled"}
_MOST_IN_MESSAGE = 50
_MOST_IN_VIEW = 100


def check_message_blocks(blocks: object) -> list[Json]:
    """The blocks of a message. Raises `Refused`: invalid_blocks, with where and why, or msg_blocks_too_long."""
    checked = _checked(blocks, "message", _MOST_IN_MESSAGE)
    if text_length(checked) > MOST_TEXT:
        code = "msg_blocks_too_long"
        raise ApiRefusal(code)
    return checked


def check_view(view: Json, kind: str) -> Json:
    """A view's content for that kind: modal or home. Raises `Refused`."""
    faults = [f"unsupported property: {key} [json-pointer:/view]" for key in view if key not in _VIEW_KEYS]
    if view.get("type") != kind:
        faults.append(f"must be a view of type {kind} [json-pointer:/view/type]")
    if kind == "modal":
        faults += _modal_faults(view)
    faults += [
        f"too long [json-pointer:/view/{k}]" for k, most in _VIEW_LENGTHS.items() if len(view.get(k) or "") > most
    ]
    if faults:
        code = "invalid_arguments"
        raise ApiRefusal(code, response_metadata={"messages": [f"[ERROR] {fault}" for fault in faults]})
    return {**view, "blocks": _checked(view.get("blocks"), kind, _MOST_IN_VIEW)}


def _modal_faults(view: Json) -> Iterator[str]:
    if not view.get("title"):
        yield "missing required field: title [json-pointer:/view/title]"
    for key, most in _VIEW_TEXTS.items():
        text = view.get(key)
        if text is not None and not (
            an_object(text).get("type") == "plain_text" and 0 < len(str(an_object(text).get("text") or "")) <= most
        ):
            yield f"must be plain text of 1 to {most} characters [json-pointer:/view/{key}]"
    has_input = any(block.get("type") == "input" for block in objects(view.get("blocks")))
    if not view.get("submit") and has_input:
        yield "a view with inputs needs a submit button [json-pointer:/view/submit]"


def _checked(blocks: object, surface: str, most: int) -> list[Json]:
    faults: list[str] = []
    if not isinstance(blocks, list):
        faults.append("must be a list of blocks [json-pointer:/blocks]")
        blocks = []
    listed = cast("list[Any]", blocks)
    if len(listed) > most:
        faults.append(f"no more than {most} items allowed [json-pointer:/blocks]")
    for index, block in enumerate(listed):
        faults += [f"{fault} [json-pointer:/blocks/{index}]" for fault in _faults(block, surface)]
    faults += faults_together([block for block in listed if isinstance(block, dict)])
    if faults:
        code = "invalid_blocks"
        raise ApiRefusal(code, response_metadata={"messages": [f"[ERROR] {fault}" for fault in faults]})
    return cast("list[Json]", listed)


def _faults(block: object, surface: str) -> Sequence[str]:
    if not isinstance(block, dict) or not isinstance(cast("Json", block).get("type"), str):
        return ["must be an object with a type"]
    return _faults_in(json.dumps(block), surface)


@lru_cache(4_000)
def _faults_in(written: str, surface: str) -> Sequence[str]:
    """Most blocks come again and again: with each edit, and on each Home."""
    content: Json = json.loads(written)
    if content["type"] in UNMODELLED:
        return list(faults_of_unmodelled(content, surface))
    found = list(faults_of(content, surface))
    try:
        understood = _understood(content)
    except SlackObjectFormationError as error:
        return [*found, str(error)]
    except (TypeError, AttributeError, ValueError, KeyError):
        return [*found, f"malformed {content['type']}"]
    if understood is None:
        return [f"unsupported type: {content['type']}"]
    return found + [f"unsupported or malformed: {path}" for path in _lost(content, understood)]


def _understood(block: Json) -> Json | None:
    """The block as Slack's models write it again; None for a type that they do not know."""
    parse = cast("Callable[[Json], Any]", Block.parse)  # pyright: ignore[reportUnknownMemberType]
    parsed = parse(copied(block))  # it changes what it is given
    if parsed is None:
        return None
    parsed.validate_json()
    return cast("Json", parsed.to_dict())


def _lost(given: object, understood: object, path: str = "") -> Iterator[str]:
    """Whatever Slack's models did not understand is gone from their own account of the block."""
    if isinstance(given, dict):
        known = an_object(understood)
        for key, value in cast("Json", given).items():
            if value is None or value in ({}, [], ""):
                continue
            if key not in known:
                yield f"{path}/{key}"
            else:
                yield from _lost(value, known[key], f"{path}/{key}")
    elif isinstance(given, list) and isinstance(understood, list):
        pairs = zip(cast("list[object]", given), cast("list[object]", understood), strict=False)
        for index, (one, other) in enumerate(pairs):
            yield from _lost(one, other, f"{path}/{index}")
    elif isinstance(given, list):
        yield path
