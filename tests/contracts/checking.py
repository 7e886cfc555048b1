"""Whether Slack would take blocks or send a payload, by checkers that are not ours.

Two for blocks: the models of Slack's Python SDK, and Slack's TypeScript types. Neither counts blocks, compares ids,
or knows the size of a field and a table and where an alert may stand: these rules are here.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from tests.contracts.gaps import OF_BLOCKS, OF_PAYLOADS
from tests.contracts.schemas import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

_MODELS: Any = Block  # only partly typed
_EVENTS = {
    "app_home_opened": "AppHomeOpenedEvent",
    "app_mention": "AppMentionEvent",
    "function_executed": "FunctionExecutedEvent",
    "member_joined_channel": "MemberJoinedChannelEvent",
    "message": "MessageEvent",
    "reaction_added": "ReactionAddedEvent",
    "reaction_removed": "ReactionRemovedEvent",
}
_INTERACTIONS = {
    "block_actions": "BlockAction",
    "message_action": "MessageShortcut",
    "shortcut": "GlobalShortcut",
    "view_closed": "ViewClosedAction",
    "view_submission": "ViewSubmitAction",
}
_MOST_IN_MESSAGE = 50
_MOST_IN_VIEW = 100


def check_blocks(blocks: list[Json]) -> list[str]:
    """What is wrong with the blocks of a message."""
    alerts = [
        f"/blocks/{n}: an alert outside a window" for n, block in enumerate(blocks) if block.get("type") == "alert"
    ]
    return alerts + _check(blocks, _MOST_IN_MESSAGE)


def _check(blocks: list[Json], most: int) -> list[str]:
    found = [f"{len(blocks)} blocks, {most} are allowed"] if len(blocks) > most else []
    found += _repeated("block_id", blocks)
    for number, block in enumerate(blocks):
        wrong = [*faults("KnownBlock", block, OF_BLOCKS), *_by_models(block), *_by_rules(block)]
        found += [f"/blocks/{number} ({block.get('type')}): {fault}" for fault in wrong]
    return found


def check_view(view: Json) -> list[str]:
    """What is wrong with a window or a Home tab."""
    name = {"home": "HomeView", "modal": "ModalView"}.get(view.get("type", ""))
    blocks = _check(view.get("blocks", []), _MOST_IN_VIEW)
    # The type of a view lets any block through, so its blocks are checked one by one.
    return [*faults(name, {**view, "blocks": []}, {}), *blocks] if name else ["neither a window nor a Home tab"]


def check_event(payload: Json) -> list[str]:
    """What is wrong with what was delivered: an event in its wrapping, an interaction or a slash command."""
    kind = payload.get("type", "")
    if kind == "event_callback":
        event = payload["event"]
        name = _EVENTS.get(event["type"])
        if name is None:
            return [f"no type for the event {event['type']}"]
        if "files" in event:
            event = {**event, "files": [_with_lines_as_text(file) for file in event["files"]]}
        found = faults("EnvelopedEvent", {**payload, "event": {"type": event["type"]}}, OF_PAYLOADS)
        if "view" in event:
            # The type has the view as a bot sends it; Slack sends it as it stands, with its id and state.
            found += [f"/view{fault}" for fault in faults("ViewOutput", event["view"], OF_PAYLOADS)]
        return found + faults(name, {key: value for key, value in event.items() if key != "view"}, OF_PAYLOADS)
    if kind in _INTERACTIONS:
        return faults(_INTERACTIONS[kind], payload, OF_PAYLOADS)
    return faults("SlashCommand", payload, OF_PAYLOADS) if "command" in payload else [f"no type for {kind}"]


def _with_lines_as_text(file: Json) -> Json:
    """The event types have these two as text; Slack sends numbers, as the type of an uploaded file says."""
    return {key: str(value) if key in {"lines", "lines_more"} else value for key, value in file.items()}


def _by_models(block: Json) -> list[str]:
    try:
        parsed: Any = _MODELS.parse(deepcopy(block))
        if parsed is None:
            return ["no block that the SDK knows"]
        parsed.validate_json()
        same = parsed.to_dict() == block
    except (SlackObjectFormationError, TypeError, ValueError, KeyError, AttributeError) as error:
        return [f"{type(error).__name__}: {error}"]
    return [] if same else ["the SDK reads something else"]


def _by_rules(block: Json) -> Iterator[str]:
    yield from _repeated("action_id", [*block.get("elements", []), block.get("accessory") or {}])
    for field in block.get("fields", []):
        if len(field["text"]) > 2000:
            yield "a field of more than 2000 characters"
    rows: list[list[Json]] = block.get("rows", []) if block.get("type") == "table" else []
    if len(rows) > 100 or any(len(row) > 20 for row in rows):
        yield "a table of more than 100 rows or 20 columns"


def _repeated(name: str, parts: list[Json]) -> list[str]:
    counts = Counter(str(part[name]) for part in parts if name in part)
    return [f"the {name} {value!r} stands {count} times" for value, count in counts.items() if count > 1]
