"""Connecting a language model: servers found on this machine, what somebody asks for, and what one try came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

OPENAI = "https://api.openai.com/v1"
_NOT_FOR_TEXT = ("embed", "rerank", "whisper", "tts", "dall-e", "image", "moderation", "transcribe", "realtime")
"""What names of models hold that do not answer in words."""
_USUAL_TAG = ":latest"
_LOOPBACK = ("localhost", "127.")
_OWN_NAMES = (".localhost", ".local", ".internal", ".home.arpa")
"""What names end in that no public server can have."""


class Fitness(StrEnum):
    """What one tiny call showed."""

    ANSWERS = "answers"
    KEY_REFUSED = "key_refused"
    NO_SUCH_MODEL = "no_such_model"
    NO_CREDIT = "no_credit"
    BUSY = "busy"
    AWAY = "away"
    """Nobody answers at the address, or not in time."""
    FAILING = "failing"
    """The server itself says that it failed."""
    OTHER_PROTOCOL = "other_protocol"
    """Something answers, but does not speak OpenAI's protocol."""
    UNREADABLE = "unreadable"
    """The model answers, but not in the form that reviews need."""
    REFUSES = "refuses"
    """The server refuses the request for another reason."""


@dataclass(frozen=True, slots=True)
class ModelServer:
    """A server that speaks OpenAI's protocol. ``models`` are the names it lists, in its order."""

    address: str
    models: tuple[str, ...] = ()

    @property
    def for_text(self) -> tuple[str, ...]:
        """The models that answer in words, as far as their names tell."""
        return tuple(name for name in self.models if not any(sign in name.lower() for sign in _NOT_FOR_TEXT))

    def called(self, name: str) -> str:
        """The server's own name for that model; "" where it has none."""
        return next((own for own in (name, f"{name}{_USUAL_TAG}") if own in self.models), "")


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """The model that somebody wants to connect. The key is never shown."""

    address: str
    model: str
    key: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """True where the server runs on this machine, so that drafts do not leave it."""
        host = urlsplit(self.address).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")


@dataclass(frozen=True, slots=True)
class Connected:
    """What became of a choice. ``kept`` says that it was written to the settings' file; ``trouble`` why it was not."""

    fitness: Fitness
    choice: ModelChoice
    kept: bool = False
    trouble: str = ""


def serving(servers: Iterable[ModelServer], model: str) -> ModelChoice | None:
    """The first server that has the model, under the name that it uses itself."""
    for server in servers:
        if name := server.called(model):
            return ModelChoice(server.address, name)
    return None


def goes_in_the_clear(address: str) -> bool:
    """True for ``http://`` to a public host: whoever is on the way reads what is sent, keys too.

    This machine, private networks and hosts without a dot in their names are not public. Raises ValueError for what is
    no address.
    """
    parts = urlsplit(address)
    return parts.scheme == "http" and not _is_near(parts.hostname or "")


def _is_near(host: str) -> bool:
    host = host.rstrip(".")
    try:
        ip = ip_address(host)
    except ValueError:
        # "134744072" and "0x8080808" are addresses as well, to most libraries.
        return host.endswith(_OWN_NAMES) or ("." not in host and ":" not in host and not host[:1].isdigit())
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return not (mapped or ip).is_global


def base_address(typed: str) -> str:
    """The address below which a server's interface begins, from what somebody typed.

    The scheme and ``/v1`` may be left out; the path of a single call may be there. Raises ValueError for what is no
    address of the web, or holds a name and password.
    """
    typed = typed.strip()
    if typed and "://" not in typed:
        typed = f"{'http' if typed.startswith(_LOOPBACK) else 'https'}://{typed}"
    parts = urlsplit(typed)
    is_one_word = len(typed.split()) == 1 and typed.isprintable()
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or not is_one_word:
        raise ValueError(typed)
    _ = parts.port  # raises ValueError for what is none
    path = parts.path.rstrip("/")
    for call in ("/chat/completions", "/responses", "/models", "/completions"):
        path = path.removesuffix(call)
    return f"{parts.scheme}://{parts.netloc}{path or '/v1'}"
