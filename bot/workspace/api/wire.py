"""The Web API over HTTP: four ways to write a request, faults on demand, and a record of every call."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import TYPE_CHECKING

from aiohttp import web

from bot.workspace.api.dispatch import answer
from bot.workspace.shapes import an_object

if TYPE_CHECKING:
    from bot.workspace.faults import Fault
    from bot.workspace.hub import Hub
    from bot.workspace.shapes import Json

_JSON_IN_TEXT = ("blocks", "attachments", "metadata", "view", "files", "prompts", "chunks", "outputs")
_TOO_MANY = 429


class WebApi:
    """Answers ``/api/<method>``."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        started = self._hub.clock.now()
        method = request.match_info["method"]
        try:
            args = await arguments(request)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_json"})
        token = _token(request, args)
        args |= _credentials(request)
        fault = self._hub.faults.next_for(method)
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault and fault.refuses:
            response, body = refusal(fault)
        else:
            body = answer(self._hub, method, token, args=args)
            response = self._response(body)
        took = self._hub.clock.now() - started
        dropped = bool(fault and fault.drop)
        self._hub.traffic.add(
            "call", method=method, args=args, answer=body, status=response.status, took=took, dropped=dropped
        )
        if dropped and request.transport:
            request.transport.abort()
        if fault and fault.half:
            response.text = json.dumps(body)[: len(json.dumps(body)) // 2]
        return response

    def _response(self, body: Json) -> web.Response:
        seconds = body.pop("retry_after", None)
        if seconds is None:
            return web.json_response(body, headers=self._headers(body))
        return web.json_response(body, status=_TOO_MANY, headers={"Retry-After": str(seconds)})

    def _headers(self, body: Json) -> dict[str, str]:
        scopes = self._hub.manifest.scopes
        headers = {"X-OAuth-Scopes": ",".join(sorted(scopes))} if scopes is not None else {}
        return {**headers, "X-Accepted-OAuth-Scopes": body["needed"]} if "needed" in body else headers


async def arguments(request: web.Request) -> Json:
    """Query, form, JSON and multipart merged. Raises ValueError for JSON that is none."""
    args: Json = dict(request.query)
    if request.method == "POST" and request.content_type == "application/json":
        args |= an_object(json.loads(await request.text() or "{}"))
    elif request.method == "POST":
        args |= dict(await request.post())
    for name in _JSON_IN_TEXT:
        if isinstance(args.get(name), str):
            args[name] = json.loads(args[name]) if args[name] else None
    return args


def _token(request: web.Request, args: Json) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    in_form = str(args.pop("token", ""))
    return token.strip() if kind.lower() == "bearer" else in_form


def _credentials(request: web.Request) -> Json:
    """An app that comes without a token says who it is in the other form of the header."""
    kind, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return {}
    client_id, _, client_secret = base64.b64decode(encoded).decode().partition(":")
    return {"client_id": client_id, "client_secret": client_secret}


def refusal(fault: Fault) -> tuple[web.Response, Json]:
    """How a call is answered that a fault strikes."""
    limited = fault.retry_after is not None
    status = fault.status or (_TOO_MANY if limited else 200)
    error = fault.error or ("ratelimited" if status == _TOO_MANY else "internal_error")
    headers = {"Retry-After": str(fault.retry_after)} if limited else {}
    body: Json = {"ok": False, "error": error}
    return web.json_response(body, status=status, headers=headers), body
