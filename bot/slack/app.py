"""The Bolt app, set up so that nothing is lost between Slack and the store."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization.async_authorize import AsyncAuthorize

from bot.slack.json import items, part, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.authorization import AuthorizeResult
    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
    from slack_bolt.response import BoltResponse

    from bot.slack.clients import Clients
    from bot.slack.guard import Guard
    from bot.slack.json import Json


def _says_something(record: logging.LogRecord) -> bool:
    """Bolt finds SLACK_BOT_TOKEN by itself and then warns that it will not use it."""
    return "will be ignored" not in record.getMessage()


class _Authorize(AsyncAuthorize):
    """Bolt's question who Candor is in a workspace. Where it is not installed, the answer is None."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def __call__(self, *, enterprise_id: str | None, team_id: str | None, **_: object) -> AuthorizeResult | None:
        return await self._clients.authorization(enterprise_id, team_id)


def bolt_app(
    clients: Clients, signing_secret: str, install: AsyncOAuthFlow | None = None, guard: Guard | None = None
) -> AsyncApp:
    """An app that acknowledges only after its listener returned, for every workspace of ``clients``.

    ``guard`` is asked before every listener whether the person may.
    """
    logging.getLogger("slack_bolt.AsyncApp").addFilter(_says_something)
    app = AsyncApp(
        signing_secret=signing_secret or "unused in Socket Mode",
        authorize=_Authorize(clients),  # pyright: ignore[reportArgumentType] - Bolt takes one, its signature does not say so
        oauth_flow=install,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )

    @app.middleware
    async def take_in(body: Json, next_: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:
        """An event of an organisation's installation names its workspace only here."""
        await clients.ready(_team_of(body), _enterprise_of(body))
        return await next_()

    if guard:
        app.middleware(guard.check)
    del take_in
    return app


def _team_of(body: Json) -> str:
    if isinstance(body.get("team_id"), str):
        return text(body, "team_id")
    return text(part(body, "team"), "id") or text(part(body, "user"), "team_id")


def _enterprise_of(body: Json) -> str:
    about = next(iter(items(body, "authorizations")), body)
    return text(body, "enterprise_id") or text(about, "enterprise_id") or text(part(body, "enterprise"), "id")
