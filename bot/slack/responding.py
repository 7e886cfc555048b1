"""Answers to the person alone, through the address that Slack sends along with what they did."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.core.errors import TryLater

if TYPE_CHECKING:
    from bot.slack.json import Json

_LOG = logging.getLogger(__name__)
_TIMEOUT = 10
_OK, _FAILED = 200, 500
_PAUSE = 1.0
# The SDK's own log would quote the address and the words.
_SILENT = logging.getLogger(f"{__name__}.sdk")
_SILENT.setLevel(logging.CRITICAL)


async def respond(address: str, content: Json) -> bool:
    """Show it to the person; False where Slack takes no more (five answers, thirty minutes) or refuses it.

    Raises `TryLater`, or OSError or TimeoutError where Slack cannot be reached. Slack shows each answer as a message
    of its own: of commands and shortcuts ``replace_original`` replaces nothing.
    """
    retries = [AsyncRateLimitErrorRetryHandler(max_retry_count=3)]
    client = AsyncWebhookClient(address, timeout=_TIMEOUT, logger=_SILENT, retry_handlers=[*retries])
    status = (await client.send_dict({"response_type": "ephemeral", **content})).status_code
    if status >= _FAILED:
        raise TryLater(_PAUSE)
    if status != _OK:
        _LOG.warning("Slack takes no private answer (status %d)", status)
    return status == _OK
