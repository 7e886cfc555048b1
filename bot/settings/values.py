"""From the text of an environment variable to its value. Each function raises ValueError with what is wrong."""

from __future__ import annotations

import base64
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar
from urllib.parse import urlsplit

from bot.core.installing import ANYBODY, goes_in_the_clear
from bot.core.operating import FEWEST_CONNECTIONS
from bot.core.settings import FIELDS, DigestSettings, Known, WorkspaceSettings

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")
_LAST_PORT = 65_535
_EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")
_LONGEST = 600.0
_KEY_BYTES = 32
_SHORTEST_TOKEN = 24
_WHEN = (2, 3)
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def variable(name: str, read: Callable[[str], _T], default: _T) -> _T:
    """A dataclass's field that stands in the environment under this name."""
    return field(default=default, metadata={"variable": name, "read": read})


def secret(value: str) -> str:
    """A key as servers give it out; word processors put other quotation marks around it, and copying breaks lines."""
    if not (value.isascii() and value.isprintable()) or " " in value:
        message = (
            "there's a space, a line break, a curly quotation mark or another sign in it that no key has; copy it again"
        )
        raise ValueError(message)
    return value


def bot_tokens(value: str) -> tuple[str, ...]:
    """Bot tokens with commas between."""
    tokens = tuple(token.strip() for token in value.split(",") if token.strip())
    if not all(token.startswith("xoxb-") for token in tokens):
        message = "a bot token starts with xoxb-"
        raise ValueError(message)
    return tokens


def user_ids(value: str) -> tuple[str, ...]:
    """User ids with commas between, each once."""
    ids = tuple(dict.fromkeys(one.strip() for one in value.split(",") if one.strip()))
    for one in ids:
        if one[0] not in "UW" or not (one.isalnum() and one.isascii() and one.isupper()):
            message = f"“{one}” isn't a user ID; those start with U or W (in Slack: profile, Copy member ID)"
            raise ValueError(message)
    return ids


def workspace_ids(value: str) -> frozenset[str]:
    """Ids of workspaces and organisations with commas between, or `ANYBODY` alone."""
    ids = names(value)
    for one in ids - ({ANYBODY} if len(ids) == 1 else set()):
        if one[0] not in "TE" or not (one.isalnum() and one.isascii() and one.isupper()):
            message = (
                f"“{one}” isn't the ID of a workspace (T...) or an organisation (E...), or just the word {ANYBODY}"
            )
            raise ValueError(message)
    return ids


def app_token(value: str) -> str:
    """An app token."""
    if not value.startswith("xapp-"):
        message = "an app token starts with xapp-"
        raise ValueError(message)
    return value


def api_url(value: str) -> str:
    """An address with a slash at the end."""
    return f"{server(value).rstrip('/')}/"


def address(value: str) -> str:
    """An address of the web."""
    try:
        url = urlsplit(value)
        whole = url.scheme in {"http", "https"} and bool(url.hostname) and not any(map(str.isspace, value))
    except ValueError:  # a bracket of an address such as [::1] is missing
        whole = False
    if not whole:
        message = "this isn't a web address"
        raise ValueError(message)
    _port_of(value)
    return value


def _port_of(url: str) -> None:
    """Raises ValueError where the address has a port that is none, without the address: it may hold a password."""
    try:
        _ = urlsplit(url).port
    except ValueError:
        message = f"what follows the colon after the host isn't a port (a number up to {_LAST_PORT})"
        raise ValueError(message) from None


def is_proxy(value: str) -> bool:
    """Whether it is a proxy's address with scheme, host and, if any, a port."""
    try:
        url = urlsplit(value)
        return url.scheme in {"http", "https"} and bool(url.hostname) and (url.port is None or url.port > 0)
    except ValueError:
        return False


def server(value: str) -> str:
    """Where keys and drafts are sent: over TLS, or not over public networks."""
    if goes_in_the_clear(address(value)):
        message = (
            "it must start with https:// (http:// only for this machine, private networks and names without a dot)"
        )
        raise ValueError(message)
    return value


def public_url(value: str) -> str:
    """An address that browsers may send a code to: over TLS, or this machine's own."""
    url = urlsplit(address(value))
    if url.scheme != "https" and url.hostname not in _LOOPBACK:
        message = "it must start with https:// (http:// only for 127.0.0.1 and localhost)"
        raise ValueError(message)
    return value.rstrip("/")


def encryption_keys(value: str) -> tuple[str, ...]:
    """Fernet keys; never quoted in what is raised."""
    keys = tuple(key.strip() for key in value.split(",") if key.strip())
    for number, key in enumerate(keys, 1):
        if not _is_key(key):
            message = f"key {number} wasn't made by `candor doctor --new-key`"
            raise ValueError(message)
    return keys


def _is_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == _KEY_BYTES
    except ValueError:
        return False


def token(value: str) -> str:
    """A token that nobody guesses, as one header holds it."""
    if len(value) < _SHORTEST_TOKEN or not (value.isascii() and value.isprintable()) or " " in value:
        message = f"this needs at least {_SHORTEST_TOKEN} letters, digits or signs, without spaces"
        raise ValueError(message)
    return value


def api(value: str) -> Literal["responses", "chat"]:
    """One of OpenAI's two interfaces."""
    if value == "responses":
        return "responses"
    if value == "chat":
        return "chat"
    message = f"“{value}” is neither responses nor chat"
    raise ValueError(message)


def effort(value: str) -> str:
    """How hard the model thinks."""
    if value not in _EFFORTS:
        message = f"“{value}” isn't one of {', '.join(_EFFORTS)}"
        raise ValueError(message)
    return value


def seconds(value: str) -> float:
    """A number of seconds, up to ten minutes."""
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST:
        message = f"“{value}” isn't a number of seconds up to {_LONGEST:.0f}"
        raise ValueError(message)
    return seconds


def yes_or_no(value: str) -> bool:
    """A switch."""
    if value.lower() not in ("yes", "no"):
        message = f"“{value}” is neither yes nor no"
        raise ValueError(message)
    return value.lower() == "yes"


def database_url(value: str) -> str:
    """A PostgreSQL database."""
    scheme, separator, rest = value.partition("://")
    if not separator or scheme not in ("postgresql", "postgres") or not rest:
        message = "this isn't a PostgreSQL address; leave it empty to use SQLite"
        raise ValueError(message)
    try:
        _port_of(value)
    except ValueError as error:
        message = f"{error}; in a password, signs such as / : @ # and % are written as %2F %3A %40 %23 and %25"
        raise ValueError(message) from None
    return f"postgresql://{rest}"


def connections(value: str) -> int:
    """How many connections a process may open."""
    if not value.isdecimal() or int(value) < FEWEST_CONNECTIONS:
        message = f"“{value}” isn't a number of at least {FEWEST_CONNECTIONS}"
        raise ValueError(message)
    return int(value)


def port(value: str) -> int:
    """A port; 0 is any free one."""
    if not value.isdecimal() or int(value) > _LAST_PORT:
        message = f"“{value}” isn't a port"
        raise ValueError(message)
    return int(value)


def path(value: str) -> Path:
    """A folder, perhaps below somebody's home."""
    try:
        return Path(value).expanduser()
    except RuntimeError:
        message = f"nobody on this machine has the home folder in “{value}”"
        raise ValueError(message) from None


def folder(value: str) -> Path:
    """A folder with guidelines in it."""
    folder = path(value)
    if not (folder / "guidelines").is_dir():
        message = f"there's no folder called “guidelines” in {value}"
        raise ValueError(message)
    return folder


def names(value: str) -> frozenset[str]:
    """Names with commas between."""
    return frozenset(name.strip() for name in value.split(",") if name.strip())


def digest_channel(value: str) -> str:
    """A channel's name or id."""
    return value.removeprefix("#")


def digest_time(value: str) -> DigestSettings:
    """Day, time and time zone with blanks between; the zone may stay out."""
    settings, nothing = WorkspaceSettings(), Known(frozenset(), frozenset())
    words = value.split()
    if len(words) not in _WHEN:
        message = f"“{value}” isn't a day, a time and a time zone"
        raise ValueError(message)
    for name, text in zip(("digest_day", "digest_time", "digest_zone"), words, strict=False):
        settings = FIELDS[name].put(settings, text, nothing)
    return settings.digest
