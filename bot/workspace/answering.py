"""How the control interface answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.workspace.errors import ApiRefusal
from bot.workspace.shapes import an_object

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.workspace.shapes import Json

_BAD = 400


def answering(
    do: Callable[[Json], Awaitable[Json]], *, query: bool = True
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A handler that takes the body and, where ``query`` says so, the query as one object, and answers JSON.

    A refusal has status 200 and ``ok: false``, as in Slack's Web API; only a malformed request has status 400.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            body = an_object(await request.json()) if request.can_read_body else {}
            return web.json_response({"ok": True, **await do({**request.query, **body} if query else body)})
        except ApiRefusal as refused:
            return web.json_response(refused.answer())
        except KeyError as error:
            return web.json_response({"ok": False, "error": "not_found", "name": str(error.args[0])}, status=_BAD)
        except (TypeError, ValueError) as error:
            return web.json_response({"ok": False, "error": "invalid_arguments", "name": str(error)}, status=_BAD)

    return handle
