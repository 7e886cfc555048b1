"""Slack's JSON with types: what may be missing or null reads as empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

Json = dict[str, Any]


def part(item: Json, key: str) -> Json:
    """The object under the key, or an empty one."""
    return cast("Json", item.get(key) or {})


def items(item: Json, key: str) -> list[Json]:
    """The list of objects under the key, or an empty one."""
    return cast("list[Json]", item.get(key) or [])


def text(item: Json, key: str) -> str:
    """The text under the key, or an empty one."""
    return cast("str", item.get(key) or "")


def number(item: Json, key: str) -> int:
    """The whole number under the key, or 0."""
    found: object = item.get(key)
    return found if isinstance(found, int) else 0


def answer(response: AsyncSlackResponse) -> Json:
    """What a Web API method answered."""
    return cast("Json", response.data)


def reason(error: SlackApiError) -> str:
    """The name of what Slack refused: ``channel_not_found`` and the like."""
    response = cast("object", error.response)
    data: object = getattr(response, "data", response)
    return text(cast("Json", data), "error") if isinstance(data, dict) else ""  # a proxy's page, or nothing at all
