"""The Bolt app, set up so that nothing is lost between Slack and the store."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp

if TYPE_CHECKING:
    from slack_bolt.authorization import AuthorizeResult

    from bot.slack.clients import Clients


def _says_something(record: logging.LogRecord) -> bool:
    """Bolt finds SLACK_BOT_TOKEN by itself and then warns that it will not use it."""
    return "will be ignored" not in record.getMessage()


def bolt_app(clients: Clients, signing_secret: str) -> AsyncApp:
    """An app that acknowledges only after its listener returned, for every workspace of ``clients``."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        return clients.authorization(enterprise_id, team_id)

    logging.getLogger("slack_bolt.AsyncApp").addFilter(_says_something)
    return AsyncApp(
        signing_secret=signing_secret or "unused in Socket Mode",
        authorize=authorize,  # pyright: ignore[reportArgumentType] - None is "not installed" to Bolt
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )
