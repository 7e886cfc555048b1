"""Keeps other web pages out: a browser on this machine must not be their way in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

from bot.core.words import workspace as words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_NAMES = {"127.0.0.1", "localhost"}
_OWN_SITE = {"", "none", "same-origin"}


@web.middleware
async def guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse a foreign origin, a request from another site and a host that is not this machine."""
    if not is_own(request.headers.get("Host", ""), _port(request)) or not (_is_visit(request) or _is_own_page(request)):
        return web.Response(status=403, text=words.REFUSED)
    return await handler(request)


def is_own(host: str, port: int) -> bool:
    """Whether the Host names this machine, and this server's port if it names one."""
    name, _, given = host.lower().partition(":")
    return name in _NAMES and given in {"", str(port)}


def _is_own_page(request: web.Request) -> bool:
    if request.headers.get("Sec-Fetch-Site", "").lower() not in _OWN_SITE:
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.scheme == "http" and is_own(parts.netloc, _port(request)) and not parts.path


def _is_visit(request: web.Request) -> bool:
    """Somebody was sent by an app to the page on which apps are let in; showing it changes nothing."""
    is_page = (request.method, request.path) == ("GET", "/oauth/v2/authorize")
    return is_page and request.headers.get("Sec-Fetch-Mode") == "navigate" and "Origin" not in request.headers


def _port(request: web.Request) -> int:
    address = request.transport.get_extra_info("sockname") if request.transport else None
    return int(address[1]) if address else 0
