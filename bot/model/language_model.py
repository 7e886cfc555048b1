"""A language model: one question in, one JSON text out, or words piece by piece, within a deadline."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from bot.core.judging import Usage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from openai import AsyncOpenAI

    from bot.model.context_window import ContextWindow


# A language model as the critic sees it: one question in, one JSON text out.

OUTPUT = 2000
"""Tokens that an answer may take where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class ModelMessage:
    """One message of the exchange."""

    role: Literal["user", "assistant"]
    text: str
    images: tuple[str, ...] = ()
    """Pictures that come with the text, as data URLs."""


@dataclass(frozen=True, slots=True)
class Form:
    """The JSON schema of the wanted answer; the same bytes each time, so that caches work."""

    name: str
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """What is asked. ``author`` is a hash: it names nobody and stays the same for one person."""

    instructions: str
    turns: tuple[ModelMessage, ...]
    form: Form
    output_tokens: int = OUTPUT
    author: str = ""
    cache_key: str = ""
    team: str = ""
    """The workspace that pays; its server never hears of it."""


@dataclass(frozen=True, slots=True)
class ModelReply:
    """What came back. ``cut`` says that the answer ended at the limit of its length."""

    text: str
    cut: bool = False
    model: str = ""
    usage: Usage = field(default_factory=Usage)


class LanguageModel(Protocol):
    """A model of some server."""

    @property
    def identity(self) -> str:
        """Changes with the model and everything that shapes its answers."""
        ...

    @property
    def window(self) -> ContextWindow:
        """How much it reads at once."""
        ...

    async def ask(self, request: ModelRequest) -> ModelReply:
        """The answer. Raises `ModelFailed` where there is none; a cut one is a reply."""
        ...

    async def aclose(self) -> None: ...


class Wire(LanguageModel, Protocol):
    """A model whose requests can be written down, and whose answers can be read, without sending anything."""

    @property
    def path(self) -> Literal["/v1/responses", "/v1/chat/completions"]:
        """The path of its interface, as batch files name it."""
        ...

    @property
    def client(self) -> AsyncOpenAI: ...

    @property
    def limits(self) -> ModelLimits: ...

    def body(self, request: ModelRequest) -> dict[str, object]:
        """The whole request, the same each time."""
        ...

    def trimmed(self, request: ModelRequest) -> dict[str, object]:
        """The same without what the server is known to refuse."""
        ...

    def read(self, answer: object) -> ModelReply:
        """The reply in the body of an answer. Raises `ModelFailed` for a refusal, `ServerFailed` for a failed one."""
        ...


@dataclass(frozen=True, slots=True)
class SpokenRequest:
    """What is asked; the answer is free text. ``author`` is a hash: it names nobody."""

    instructions: str
    turns: tuple[ModelMessage, ...]
    output_tokens: int = OUTPUT
    author: str = ""
    cache_key: str = ""
    team: str = ""
    """The workspace that pays."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A piece of an answer. The last one says whether it ended at its longest length, and what it all cost."""

    text: str = ""
    model: str = ""
    last: bool = False
    cut: bool = False
    usage: Usage | None = None


class Speaker(Protocol):
    """Whoever answers piece by piece."""

    model: str
    """Its name; "" where nobody knows."""

    @property
    def window(self) -> ContextWindow:
        """How much it reads at once."""
        ...

    def speak(self, request: SpokenRequest) -> AsyncGenerator[Heard]:
        """The answer. Raises `ModelFailed`, also in the middle of it."""
        ...

    async def aclose(self) -> None: ...


# How calls to it end, and how long they are waited for.

NO_ACCOUNTS = "no_db_connection"
"""How LiteLLM's proxy refuses a wrong key where it keeps no accounts, with status 400."""

FILTERED = ("content_filter", "content_policy_violation", "invalid_prompt", "moderation_blocked")
LENGTH = ("context_length_exceeded", "string_above_max_length", "exceed_context_size_error")
"""What servers call a question that their filter or its length keeps from the model."""


class ServerFailed(Exception):
    """The server answered in order, and says that it failed. ``code`` is its own word for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ModelLimits:
    """How long and how often is waited, in seconds.

    ``call`` is for one request, ``total`` for everything that one judgement takes, repeats, pauses and the second
    opinion included. A server that asks for more than ``longest_wait`` is not waited for.
    """

    call: float = 60.0
    connect: float = 5.0
    total: float = 90.0
    output_tokens: int = 4000
    attempts: int = 4
    pause: float = 0.5
    longest_wait: float = 20.0
    one_by_one_from: float = math.inf
    """Seconds of a critique from which the server counts as one that keeps a single prompt ready at a time.

    Then a second one follows the first, and only if needed.
    """
