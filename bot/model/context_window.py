"""How much a model reads at once: its context window, asked of its server or learned from a refusal."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import aiohttp
import regex

from bot.core.installing import is_here
from bot.model import answers as pj

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

LEAST_ANSWER = 1000
"""Tokens that an answer needs at least."""
_MOST_OF_ASCII, _MOST_OF_OTHERS = 1 / 4, 0.9
_LEAST_OF_ASCII, _LEAST_OF_OTHERS = 1 / 5.2, 1 / 3
"""Tokens per character. English prompts have 4.3 to 4.8 characters in one, whoever counts."""
_RUNS = regex.compile(r"(.)\1{3,}+", regex.DOTALL)
"""Rows of one character, which are few tokens."""
_PATIENCE = 2.0
_LONGEST = 2**20
_FRESH, _AGAIN = 600.0, 30.0
"""Seconds until a known window, and one that is not known, is asked for again: people restart their servers, and some
load a model only when it is asked something."""
_NEAR = 0.03
"""So near to its window, or to where it was cut before, a prompt was cut."""
_SMALLEST, _LARGEST = 256, 10_000_000
_SAID = tuple(
    regex.compile(pattern)
    for pattern in (
        r"(?:context|model) length (?:is|of|to|only)?\D{0,20}(\d{3,8})",
        r"context (?:size|window)\D{0,30}(\d{3,8})",
        r"(?:> |<= ?)(\d{3,8})",
    )
)
"""How servers name it in a refusal, in lower case."""
_LISTED = ("max_model_len", "loaded_context_length", "context_length", "context_window", "max_context_length")
"""What vLLM, LM Studio, Together, OpenRouter, Groq and Mistral call it in their lists of models."""
_SET = regex.compile(r"^num_ctx\s+(\d{3,8})", regex.MULTILINE)


def estimated(*texts: str) -> int:
    """How many tokens texts have, rather too many than too few."""
    return sum(_weighed(text, _MOST_OF_ASCII, _MOST_OF_OTHERS) for text in texts)


def at_least(*texts: str) -> int:
    """How many tokens texts have at the very least."""
    return sum(_weighed(_RUNS.sub(r"\1", text), _LEAST_OF_ASCII, _LEAST_OF_OTHERS) for text in texts)


def _weighed(text: str, ascii_: float, others: float) -> int:
    plain = len(text.encode("ascii", "ignore"))
    return int(plain * ascii_ + (len(text) - plain) * others)


def window_in(body: object, message: str) -> int:
    """The window that a refusal names; 0 where it names none."""
    named = pj.count(pj.at(body, "n_ctx"))
    found = (pattern.search(message.lower()) for pattern in _SAID)
    return _sensible(named or next((int(one[1]) for one in found if one), 0))


def _sensible(tokens: int) -> int:
    return tokens if _SMALLEST <= tokens <= _LARGEST else 0


class ContextWindow:
    """The window of one model. ``look`` asks its server; without it only refusals tell."""

    def __init__(self, look: Callable[[], Awaitable[int]] | None = None) -> None:
        self._look = look
        self._tokens = self._cut_at = 0
        self._until, self._pause = 0.0, _AGAIN
        self._lock = asyncio.Lock()

    async def tokens(self) -> int:
        """Tokens for a request with its answer; 0 while nobody knows."""
        if self._look and time.monotonic() >= self._until:
            async with self._lock:
                if time.monotonic() >= self._until:
                    await self._ask(self._look)
        return self._tokens

    async def _ask(self, look: Callable[[], Awaitable[int]]) -> None:
        self._tokens = await look()
        self._until = time.monotonic() + (_FRESH if self._tokens else self._pause)
        self._pause = min(2 * self._pause, _FRESH)

    def learn(self, tokens: int) -> None:
        """A refusal named it. What the server says of itself before is not asked again soon."""
        if tokens:
            self._tokens, self._until = tokens, time.monotonic() + _FRESH

    async def is_cut(self, read: int, *texts: str) -> bool:
        """True if so many tokens that a server has read cannot be all of these texts; 0 where it does not count."""
        known = await self.tokens()
        # To weigh texts without their runs takes milliseconds, and with them they weigh more.
        cut = 0 < read < sum(_weighed(text, _LEAST_OF_ASCII, _LEAST_OF_OTHERS) for text in texts)
        cut = cut and read < at_least(*texts)
        if cut:
            self._cut_at = read
        return cut or any(limit and abs(read - limit) <= _NEAR * limit for limit in (known, self._cut_at))

    async def left_beside(self, *texts: str) -> int:
        """Tokens that are left for an answer; 0 where the window is not known, less where there are none."""
        tokens = await self.tokens()
        return (tokens - estimated(*texts) or -1) if tokens else 0


def session_for(address: str, key: str, patience: float) -> aiohttp.ClientSession:
    """A session for questions to a server, with its key; what is on this machine is reached without any proxy."""
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    limit, goes_out = aiohttp.ClientTimeout(total=patience), not is_here(address)
    return aiohttp.ClientSession(timeout=limit, headers=headers, trust_env=goes_out)


async def text_of(response: aiohttp.ClientResponse) -> str:
    """The body, as far as it may be one; "" for more than any list of models takes."""
    body = b""
    async for chunk in response.content.iter_chunked(2**16):
        body += chunk
        if len(body) > _LONGEST:
            return ""
    return body.decode("utf-8", "replace")


async def window_of(address: str, key: str, model: str, patience: float = _PATIENCE) -> int:
    """What the server at the address says of a model's window, in its own way; the smallest where it says several.

    Servers that people run themselves, which alone are reached without TLS, are asked beside the protocol as well.
    """
    parts = urlsplit(address)
    root = f"{parts.scheme}://{parts.netloc}"
    own = parts.scheme == "http"
    async with session_for(address, key, patience) as session:

        async def got(url: str, asked: dict[str, str] | None = None, *, when: bool = own) -> object:
            return await _got(session, url, asked) if when else None

        listed, props, running, shown, studio = await asyncio.gather(
            got(f"{address.rstrip('/')}/models", when=True),
            got(f"{root}/props"),
            got(f"{root}/api/ps"),
            got(f"{root}/api/show", {"model": model}),
            got(f"{root}/api/v0/models/{quote(model, safe='')}"),
        )
    return _smallest(model, listed, props, running=running, shown=shown, studio=studio)


def _smallest(model: str, listed: object, props: object, running: object, shown: object, studio: object) -> int:
    entries = [entry for entry in pj.items(pj.at(listed, "data")) if pj.at(entry, "id") == model]
    loaded = [entry for entry in pj.items(pj.at(running, "models")) if model in _names(entry)]
    set_ = _SET.search(pj.string(pj.at(shown, "parameters")))
    said: list[int] = [
        pj.count(pj.at(props, "default_generation_settings", "n_ctx")),
        pj.count(pj.at(studio, "loaded_context_length")),
        int(str(set_[1])) if set_ else 0,
        *_numbers(loaded, ("context_length",)),
        *_numbers(entries, _LISTED),
        *(pj.count(pj.at(entry, "meta", "n_ctx")) for entry in entries),
    ]
    return min((tokens for tokens in map(_sensible, said) if tokens), default=0)


def _names(entry: object) -> set[str]:
    names = {pj.string(pj.at(entry, key)) for key in ("name", "model")}
    return names | {name.removesuffix(":latest") for name in names}


def _numbers(entries: Iterable[object], keys: Iterable[str]) -> list[int]:
    return [pj.count(pj.at(entry, key)) for entry in entries for key in keys]


async def _got(session: aiohttp.ClientSession, url: str, asked: dict[str, str] | None) -> object:
    """The JSON there, or None. No redirect is followed: the key is for this server alone."""
    call = session.post(url, json=asked, allow_redirects=False) if asked else session.get(url, allow_redirects=False)
    try:
        async with call as response:
            return pj.load(await text_of(response)) if response.ok else None
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
        return None
