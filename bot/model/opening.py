"""Opens a model with the settings it is given, finds servers on this machine, and tries one."""

from __future__ import annotations

import asyncio
import html
import json
import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, Literal, NotRequired, TypedDict, TypeVar, Unpack

import aiohttp
import regex

from bot.core.errors import distrusted
from bot.core.installing import Fitness, ModelServer, is_here
from bot.core.judging import Failure, ModelFailed
from bot.model import answers as pj
from bot.model.context_window import ContextWindow, session_for, text_of, window_of
from bot.model.language_model import NO_ACCOUNTS, Form, ModelMessage, ModelRequest, ServerFailed

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable

    import openai
    from httpx2 import AsyncBaseTransport
    from openai import AsyncOpenAI

    from bot.model.calls import SpeakingModel
    from bot.model.language_model import Heard, LanguageModel, ModelLimits, ModelReply, SpokenRequest, Wire


# Opens a model with the settings it is given.

_OPENAI = "https://api.openai.com/v1"
NO_KEY = "none"
"""Stands in for a key: the client insists on one."""


class ModelAddress(TypedDict):
    """Where a model is and how it is asked.

    Without ``base_url`` OpenAI's Responses, with one the server's Chat Completions; ``api`` chooses otherwise. Local
    servers want no key, but the client insists on one.
    """

    api_key: str
    base_url: str
    model: str
    effort: str
    limits: ModelLimits
    api: NotRequired[Literal["responses", "chat"] | None]


def open_model(window: ContextWindow | None = None, **at: Unpack[ModelAddress]) -> Wire:
    """The model; close it after use. It loads a library for a third of a second, where nothing has done so before."""
    import bot.model.forms  # noqa: F401, PLC0415 - what its answers are read with  # pyright: ignore[reportUnusedImport]
    from bot.model.chat import ChatModel  # noqa: PLC0415 - see `_client`
    from bot.model.responses import ResponsesModel  # noqa: PLC0415

    kind = ChatModel if _speaks_chat(at) else ResponsesModel
    return kind(_client(at), at["model"], at["effort"], limits=at["limits"], window=window or window_for(at))


def open_speaker(window: ContextWindow | None = None, **at: Unpack[ModelAddress]) -> SpeakingModel:
    """The same model, to answer piece by piece; close it after use."""
    from bot.model.chat import SpeakingChat  # noqa: PLC0415 - see `_client`
    from bot.model.responses import SpeakingResponses  # noqa: PLC0415

    client, chat = _client(at), _speaks_chat(at)
    # The library loads this part of it when somebody asks for it: now, while nobody waits for the loop.
    _ = client.chat.completions if chat else client.responses
    kind = SpeakingChat if chat else SpeakingResponses
    return kind(client, at["model"], at["effort"], limits=at["limits"], window=window or window_for(at))


def identity_for(at: ModelAddress) -> str:
    """What the model will say of itself when it is open."""
    url = at["base_url"] or _OPENAI
    server, chat = url if url.endswith("/") else f"{url}/", _speaks_chat(at)
    return f"chat {server} {at['model']}" if chat else f"responses {server} {at['model']} {at['effort']}"


def _speaks_chat(at: ModelAddress) -> bool:
    return (at.get("api") or ("chat" if at["base_url"] else "responses")) == "chat"


def window_for(at: ModelAddress) -> ContextWindow:
    """How much it reads at once. OpenAI's own windows are large, and it does not tell them."""
    url = at["base_url"]
    if not url or url.startswith(_OPENAI):
        return ContextWindow()
    return ContextWindow(partial(window_of, url, at["api_key"], at["model"]))


_EVERYWHERE = ("all://", "http://", "https://")
_CONNECTIONS = 1000
"""At most."""


def _client(at: ModelAddress) -> AsyncOpenAI:
    # The library is a fifth of all that a start could import; it is loaded when a model is asked first.
    from httpx2 import Limits  # noqa: PLC0415
    from openai import AsyncOpenAI, Timeout  # noqa: PLC0415

    from bot.model.calls import HttpClient  # noqa: PLC0415

    # Its debug log holds whole requests, and so drafts.
    logging.getLogger("openai").setLevel(logging.INFO)
    kept = Limits(max_connections=_CONNECTIONS)
    # A proxy of the environment would read what is sent to this machine in the clear: drafts.
    mounts: dict[str, AsyncBaseTransport | None] = {}
    if is_here(at["base_url"]):
        mounts |= dict.fromkeys(_EVERYWHERE)
    client = AsyncOpenAI(
        api_key=at["api_key"] or NO_KEY,
        base_url=at["base_url"] or _OPENAI,
        max_retries=0,
        timeout=Timeout(at["limits"].call, connect=at["limits"].connect),
        # Key and drafts are for this address alone.
        http_client=HttpClient(follow_redirects=False, limits=kept, mounts=mounts),
    )
    if at["base_url"]:
        # The library takes these from the environment: they are meant for OpenAI, and may be secrets.
        client.organization = client.project = None
        client._custom_headers = {}  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    return client


# A model that is opened when somebody first asks it: a start does not wait for its library.

_OpenedT = TypeVar("_OpenedT", "Wire", "SpeakingModel")


class _OpenedLater(Generic[_OpenedT]):
    def __init__(self, at: ModelAddress, open_: Callable[..., _OpenedT]) -> None:
        self.window = window_for(at)
        self._open: Callable[[], _OpenedT] = partial(open_, self.window, **at)
        self._there: _OpenedT | None = None
        self._opening = asyncio.Lock()

    async def opened(self) -> _OpenedT:
        """The model itself, opened in a thread: the loop goes on meanwhile."""
        async with self._opening:
            if self._there is None:
                self._there = await asyncio.to_thread(self._open)
            return self._there

    async def aclose(self) -> None:
        if self._there:
            await self._there.aclose()


class LateModel(_OpenedLater["Wire"]):
    """The `LanguageModel` port."""

    def __init__(self, at: ModelAddress) -> None:
        super().__init__(at, open_model)
        self.identity = identity_for(at)

    async def ask(self, request: ModelRequest) -> ModelReply:
        return await (await self.opened()).ask(request)


class LateSpeaker(_OpenedLater["SpeakingModel"]):
    """The `Speaker` port."""

    def __init__(self, at: ModelAddress) -> None:
        super().__init__(at, open_speaker)
        self.model = at["model"]

    async def speak(self, request: SpokenRequest) -> AsyncGenerator[Heard]:
        """The answer, as the model's own."""
        pieces = (await self.opened()).speak(request)
        try:
            async for piece in pieces:
                yield piece
        finally:
            await pieces.aclose()


# Looks for servers that speak OpenAI's protocol, and for the models that they list.

PORTS = (11434, 1234, 8080, 8000)
"""Where Ollama, LM Studio, llama.cpp and vLLM listen if nobody says otherwise."""
GLANCE, LOOK = 0.8, 8.0
"""Seconds for a server on this machine that should be idle, and for an address that somebody typed."""
_MOST, _LONGEST = 500, 120
_KEY, _FORBIDDEN, _SERVER = 401, 403, 500


async def look_around(ports: Iterable[int] = PORTS, patience: float = GLANCE) -> tuple[ModelServer, ...]:
    """The servers on this machine, all asked at once; what answers in another way is none."""
    addresses = [f"http://127.0.0.1:{port}/v1" for port in ports]
    seen = await asyncio.gather(*(models_at(address, "", patience) for address in addresses))
    return tuple(one for one in seen if isinstance(one, ModelServer))


async def models_at(address: str, key: str, patience: float = LOOK) -> ModelServer | Fitness:
    """The server with the models that it lists, or why there is none to be seen."""
    # No redirect is followed: the key is for this address alone.
    try:
        async with (
            session_for(address, key, patience) as session,
            session.get(f"{address}/models", allow_redirects=False) as response,
        ):
            said = await text_of(response)
            if response.status == _KEY or (not response.ok and NO_ACCOUNTS in said):
                return Fitness.KEY_REFUSED
            if response.status == _FORBIDDEN:
                from bot.model.calls import is_about_key  # noqa: PLC0415 - not at a start

                return Fitness.KEY_REFUSED if is_about_key(said) else Fitness.FORBIDDEN
            if response.status >= _SERVER:
                return Fitness.FAILING
            listed = pj.load(said) if response.ok else None
    except aiohttp.ClientHttpProxyError:
        return Fitness.PROXY
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        return Fitness.UNTRUSTED if distrusted(error) else Fitness.AWAY
    names = _names(listed)
    return Fitness.OTHER_PROTOCOL if names is None else ModelServer(address, names)


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


# Whether a model is fit for reviews: one tiny question, asked by the doctor and before a model is connected.

_Error = TypeVar("_Error", bound=BaseException)
_SCHEMA = {
    "type": "object",
    "properties": {"ready": {"type": "boolean"}},
    "required": ["ready"],
    "additionalProperties": False,
}
_READY = ModelRequest("Answer in JSON.", (ModelMessage("user", "Are you ready?"),), Form("ready", _SCHEMA))
_MISSING = (404, 405)


@dataclass(frozen=True, slots=True)
class Tried:
    """What the question showed; ``reply`` is None where none came. ``said`` is why the server refused, in its words."""

    fitness: Fitness
    reply: ModelReply | None = None
    said: str = ""


async def try_model(model: LanguageModel, listed: ModelServer | Fitness, name: str) -> Tried:
    """Ask it once. ``listed`` is what the server says of its models, which helps to tell why it fails."""
    try:
        reply = await model.ask(_READY)
    except ModelFailed as failed:
        fitness = _fitness(failed, listed, name)
        return Tried(fitness, said=_in_its_words(failed) if fitness in (Fitness.FORBIDDEN, Fitness.REFUSES) else "")
    ready = any(isinstance(pj.at(value, "ready"), bool) for value, _ in pj.objects(reply.text))
    if ready:
        return Tried(Fitness.ANSWERS, reply)
    return Tried(Fitness.UNREADABLE if reply.text.strip() else Fitness.EMPTY, reply)


_SHOWS = {
    Failure.QUOTA: Fitness.NO_CREDIT,
    Failure.KEY: Fitness.KEY_REFUSED,
    Failure.MODEL: Fitness.NO_SUCH_MODEL,
    Failure.BUSY: Fitness.BUSY,
    Failure.UNREADABLE: Fitness.UNREADABLE,
    Failure.TOO_LONG: Fitness.UNREADABLE,
    Failure.REFUSED: Fitness.UNREADABLE,
}
"""What a failure shows by itself. The others depend on what the server said."""


def _fitness(failed: ModelFailed, listed: ModelServer | Fitness, name: str) -> Fitness:
    if failed.failure in _SHOWS:
        return _SHOWS[failed.failure]
    error = _said(failed)
    status = error.status_code if error else 0
    if status == _FORBIDDEN:
        return Fitness.FORBIDDEN
    if _lacks(listed, name):
        return Fitness.NO_SUCH_MODEL
    if failed.failure is Failure.UNREACHABLE:
        failing = status or _found(failed, ServerFailed)
        return Fitness.FAILING if failing else _unreached(failed, listed)
    return Fitness.REFUSES if status and status not in _MISSING else Fitness.OTHER_PROTOCOL


def _unreached(failed: ModelFailed, listed: ModelServer | Fitness) -> Fitness:
    if distrusted(failed) or listed in (Fitness.UNTRUSTED, Fitness.PROXY):
        return Fitness.PROXY if listed is Fitness.PROXY else Fitness.UNTRUSTED
    return Fitness.SILENT if failed.lost else Fitness.AWAY


def _lacks(listed: ModelServer | Fitness, name: str) -> bool:
    return isinstance(listed, ModelServer) and bool(listed.models) and not listed.called(name)


_MOST_SAID = 160
"""Characters of what a server says."""


def _in_its_words(failed: ModelFailed) -> str:
    """What the server said, on one line and without the key: it was asked nothing that somebody wrote."""
    error = _said(failed)
    if error is None:
        return ""
    body = error.response.text
    title = _TITLE.search(body)
    words = _message_in(pj.load(body)) or (html.unescape(title[1]) if title else "")
    if not words and not body.lstrip().startswith("<"):
        words = body
    key = error.request.headers.get("authorization", "").removeprefix("Bearer ")
    line = " ".join(_without(key, words).split())
    return "".join(c for c in line if c.isprintable())[:_MOST_SAID].strip()


_TITLE = regex.compile(r"<title[^<>]{0,99}>([^<]{1,999})", regex.IGNORECASE)
_TELL = ("message", "msg", "detail", "error", "errors")
_DEEP = 4


def _message_in(said: object, deep: int = _DEEP) -> str:
    """What an error says in any of the shapes that servers give it; "" where none is known."""
    if isinstance(said, str):
        return said.strip()
    ones = pj.items(said)[:1] or [pj.at(said, name) for name in _TELL]
    return next(filter(None, (_message_in(one, deep - 1) for one in ones if deep)), "")


_SHORTEST_KEY = 8
"""Characters: a local server's key is a word such as "none", which stands in sentences as well."""


def _without(key: str, words: str) -> str:
    """Without the key, however JSON or a web page may write it."""
    if len(key) < _SHORTEST_KEY or key == NO_KEY:
        return words
    written = {key, html.escape(key), html.escape(key, quote=False), html.escape(key).replace("&#x27;", "&#39;")}
    written |= {json.dumps(one, ensure_ascii=plainly)[1:-1] for one in written for plainly in (True, False)}
    written |= {one.replace("/", r"\/") for one in written}
    return regex.sub("|".join(map(regex.escape, sorted(written, key=len, reverse=True))), "[key]", words)


def _said(failed: BaseException) -> openai.APIStatusError | None:
    """What the server said. The adapters keep its text from people and logs: servers like to quote the request."""
    from openai import APIStatusError  # noqa: PLC0415 - not at a start

    return _found(failed, APIStatusError)


def _found(failed: BaseException, kind: type[_Error]) -> _Error | None:
    """The error of that kind that led to the failure."""
    seen: BaseException | None = failed
    while seen is not None and not isinstance(seen, kind):
        seen = seen.__context__
    return seen
