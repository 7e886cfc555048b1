"""Candor in a workspace, as an admin installed it there, and the language model that somebody connects."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable


# Candor in a workspace, as an admin installed it there.

ANYBODY = "anybody"
"""In place of ids: every workspace may install Candor."""


@dataclass(frozen=True, slots=True)
class Home:
    """What an installation covers: one workspace, or (``team`` is "") every workspace of an organisation."""

    team: str
    enterprise: str = ""

    @property
    def is_organisation(self) -> bool:
        return not self.team

    @property
    def key(self) -> str:
        """Names it among all."""
        return self.team or self.enterprise


@dataclass(frozen=True, slots=True)
class Installation:
    """What Slack gave at the end of an installation. Moments are seconds since 1970."""

    home: Home
    bot_user: str
    bot_id: str
    token: str = field(repr=False)
    user: str
    """Who installed it."""
    installed_at: float
    app: str = ""
    scopes: tuple[str, ...] = ()
    refresh_token: str = field(default="", repr=False)
    expires_at: float | None = None
    """When the token ends; None for one that does not."""


class Admission(Enum):
    """Whether a workspace that installed Candor may use it."""

    ALLOWED = "allowed"
    WAITS = "waits"
    """For the operator's yes, from now on."""
    STILL_WAITS = "still waits"


@dataclass(frozen=True, slots=True)
class Guest:
    """An installation as the operator sees it."""

    home: Home
    installed_at: float
    waits: bool
    revoked: bool = False
    """True where its tokens no longer work; then it is not used, and kept for a week."""


@dataclass(frozen=True, slots=True)
class Installed:
    """Which installations may be used, without their tokens."""

    stamps: dict[Home, str]
    """Each with a text that is another one whenever it changes."""
    covered: dict[str, str]
    """The workspaces that installations of organisations cover: team id to enterprise id."""


# Connecting a language model: servers found on this machine, what somebody asks for, and what one try came to.

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
    """Nobody answers at the address."""
    UNTRUSTED = "untrusted"
    """The server's certificate, or that of a proxy in between, is not one that this machine trusts."""
    FORBIDDEN = "forbidden"
    """Something says 403 without a word about the key: the server, a proxy or firewall, or a rule about countries."""
    PROXY = "proxy"
    """The proxy of the environment does not let the request pass."""
    SILENT = "silent"
    """The server took the question and gave no answer in time."""
    FAILING = "failing"
    """The server itself says that it failed."""
    OTHER_PROTOCOL = "other_protocol"
    """Something answers, but does not speak OpenAI's protocol."""
    UNREADABLE = "unreadable"
    """The model answers, but not in the form that reviews need."""
    EMPTY = "empty"
    """The model answers without a word; some only think."""
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
        return is_here(self.address)


@dataclass(frozen=True, slots=True)
class Connected:
    """What became of a choice. ``kept`` says that it was written to the settings' file; ``trouble`` why it was not.

    ``said`` are the server's own words where it refused.
    """

    fitness: Fitness
    choice: ModelChoice
    kept: bool = False
    trouble: str = ""
    said: str = ""


def serving(servers: Iterable[ModelServer], model: str) -> ModelChoice | None:
    """The first server that has the model, under the name that it uses itself."""
    for server in servers:
        if name := server.called(model):
            return ModelChoice(server.address, name)
    return None


def is_here(address: str) -> bool:
    """True for an address of this machine itself: no proxy has a part in what goes there.

    >>> is_here("http://127.0.0.1:11434/v1"), is_here("http://[::1]:8080"), is_here("https://localhost.example.com")
    (True, True, False)
    """
    host = (urlsplit(address).hostname or "").rstrip(".")
    try:
        ip = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return (mapped or ip).is_loopback


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


def network_of(peer: object) -> str:
    """Whose a connection is, by the address that a socket names: whoever has one address of IPv6 has its network."""
    host = str(peer[0]) if isinstance(peer, tuple) else ""  # pyright: ignore[reportUnknownArgumentType]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, IPv4Address) or address.is_loopback:
        return str(address)
    return str(address.ipv4_mapped or ip_network((int(address), 64), strict=False))


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


# What a check of the installation came to.


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line of the doctor's. ``area`` is what it is about, in a word; ``remedy`` is "" where all is well."""

    area: str
    says: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        return not self.remedy


# What flows need to install Candor in workspaces, and to leave them.


class Installations(Protocol):
    """Installations by OAuth, their tokens encrypted."""

    async def save(self, installation: Installation) -> Admission:
        """Keep it in place of an earlier one of the same home; who was allowed before stays so."""
        ...

    async def installed(self) -> Installed:
        """Which may be used; cheap, to be asked often."""
        ...

    async def find(self, home: Home) -> Installation | None:
        """One of them, or None. Raises `Locked` where none of the keys opens it."""
        ...

    async def cover(self, team: str, enterprise: str) -> None:
        """Note that an organisation's installation covers the workspace."""
        ...

    async def may_renew(self, home: Home) -> bool:
        """Reserve to exchange a token that ends soon; False where another process is at it."""
        ...

    async def renewed(self, installation: Installation) -> None:
        """Keep an exchanged token, unless Candor was removed or installed anew meanwhile."""
        ...

    async def disable(self, home: Home, at: float) -> bool:
        """Forget its token, which no longer works, and keep its place; False where none is older than ``at``."""
        ...

    async def remove(self, home: Home, at: float) -> tuple[str, ...] | None:
        """Remove it; the workspaces it was for. None where the same home was installed after ``at``.

        ``at`` is the moment of an installation rather than a clock's: see `Connections.ended`. Safe to repeat, and
        right without an installation, too: then the home's workspace came by a token.
        """
        ...


class Workspaces(Protocol):
    """Everything that is kept about workspaces."""

    async def erase(self, team: str) -> None:
        """Delete all of a workspace for good, except for installations."""
        ...


class Connections(Protocol):
    """The workspaces that this process can talk to."""

    def forget(self, home: Home) -> None:
        """Do not talk to it any more."""
        ...

    async def ready(self, team: str, enterprise: str = "") -> bool:
        """True where Candor is installed, also when that happened just now."""
        ...

    async def settled(self, team: str) -> bool:
        """As `ready`, but waits while that cannot be known yet."""
        ...

    async def ended(self, home: Home) -> float | None:
        """Up to which moment of installing the home's installations have ended; None where Slack takes the token.

        Slack is asked, because its clock and ours may differ. Raises `TryLater` while it has no answer.
        """
        ...


class LeavingJobs(Protocol):
    """Durable work about whole workspaces."""

    async def leave(
        self, home: Home, at: float, *, delay: float = 0, again: bool = False, revoked: bool = False
    ) -> None:
        """Leave a workspace that removed Candor, or ``revoked`` its tokens, at that moment, after ``delay`` seconds."""
        ...

    async def forget(self, team: str) -> None:
        """Cancel a workspace's jobs and delete their traces."""
        ...
