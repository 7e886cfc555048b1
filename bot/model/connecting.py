"""Looks for servers that speak OpenAI's protocol, and for the models that they list."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp

from bot.core.connecting import Fitness, ModelServer
from bot.model import plain_json as pj

if TYPE_CHECKING:
    from collections.abc import Iterable

PORTS = (11434, 1234, 8080, 8000)
"""Where Ollama, LM Studio, llama.cpp and vLLM listen if nobody says otherwise."""
GLANCE, LOOK = 0.8, 8.0
"""Seconds for a server on this machine that should be idle, and for an address that somebody typed."""
_LARGEST = 2**20
_MOST, _LONGEST = 500, 120
_KEY, _SERVER = (401, 403), 500
_HERE = ("127.", "localhost", "[::1]")


async def look_around(ports: Iterable[int] = PORTS, patience: float = GLANCE) -> tuple[ModelServer, ...]:
    """The servers on this machine, all asked at once; what answers in another way is none."""
    addresses = [f"http://127.0.0.1:{port}/v1" for port in ports]
    seen = await asyncio.gather(*(models_at(address, "", patience) for address in addresses))
    return tuple(one for one in seen if isinstance(one, ModelServer))


async def models_at(address: str, key: str, patience: float = LOOK) -> ModelServer | Fitness:
    """The server with the models that it lists, or why there is none to be seen."""
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    limit = aiohttp.ClientTimeout(total=patience)
    # No redirect is followed: the key is for this address alone.
    goes_out = not urlsplit(address).netloc.startswith(_HERE)
    try:
        async with (
            aiohttp.ClientSession(timeout=limit, headers=headers, trust_env=goes_out) as session,
            session.get(f"{address}/models", allow_redirects=False) as response,
        ):
            if response.status in _KEY:
                return Fitness.KEY_REFUSED
            if response.status >= _SERVER:
                return Fitness.FAILING
            listed = pj.load(await _text(response)) if response.ok else None
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
        return Fitness.AWAY
    names = _names(listed)
    return Fitness.OTHER_PROTOCOL if names is None else ModelServer(address, names)


async def _text(response: aiohttp.ClientResponse) -> str:
    """The body, as far as it may be one; "" for more than any list of models takes."""
    body = b""
    async for chunk in response.content.iter_chunked(2**16):
        body += chunk
        if len(body) > _LARGEST:
            return ""
    return body.decode("utf-8", "replace")


def _names(listed: object) -> tuple[str, ...] | None:
    """What a list of models names; None where it is no such list."""
    data = pj.at(listed, "data")
    if not isinstance(data, list):
        return None
    entries = pj.items(pj.at(listed, "data"))
    names = [pj.string(pj.at(entry, "id")) for entry in entries]
    if entries and not any(names):
        return None
    kept = dict.fromkeys(name for name in names if name and name.isprintable() and len(name) <= _LONGEST)
    return tuple(kept)[:_MOST]
