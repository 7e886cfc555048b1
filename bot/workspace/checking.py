"""Whether Slack would take these blocks. Slack's own models judge first, then the rules that they leave out."""

from __future__ import annotations

import logging
from copy import deepcopy
from typing import TYPE_CHECKING, Any, cast

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from bot.workspace.block_rules import (
    MOST_TEXT,
    UNMODELLED,
    faults_of,
    faults_of_unmodelled,
    faults_together,
    text_length,
)
from bot.workspace.errors import ApiRefusal
from bot.workspace.shapes import an_object, objects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.workspace.shapes import Json

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


def _faults(block: object, surface: str) -> list[str]:
    if not isinstance(block, dict) or not isinstance(cast("Json", block).get("type"), str):
        return ["must be an object with a type"]
    content = cast("Json", block)
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
    parsed = parse(deepcopy(block))
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
