"""The environment. Nothing else in Candor reads it."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from functools import cache
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast
from urllib.parse import urlsplit

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from bot.core.errors import PersonCanFix
from bot.core.settings import DigestSettings
from bot.core.spending import Budgets, Ceiling, ModelPrices
from bot.core.words import installing as words
from bot.core.words import terminal as terminal_words
from bot.settings import values
from bot.settings.values import variable

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    from dotenv.parser import Original


ENV = ".env"
"""The file of settings in the folder that somebody stands in."""
_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT, _PACKAGED = _PACKAGE.parent / "prompts", _PACKAGE / "prompts"
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_SENT_TO = {
    "OPENAI_BASE_URL": ("OPENAI_API_KEY",),
    "SLACK_API_URL": ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_CLIENT_SECRET"),
}
"""A file in whatever folder somebody stands in must not choose who gets a key of the environment."""
_NEAR = 0.8
"""How alike two names are, from 0 to 1, if one is taken for the other mistyped: two letters of ten may differ."""
_UNKNOWN = (socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL)
"""A name's, some of Python's functions give as the number of an ordinary error."""
_ELSEWHERE = (None, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
"""None: of an address that isn't this machine's, newer versions of Python give a sentence and no number."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class InstallSettings:
    """Installing by OAuth. ``keys`` encrypt the tokens at rest: the first one writes, all of them read."""

    client_id: str = variable("SLACK_CLIENT_ID", str, "")
    client_secret: str = variable("SLACK_CLIENT_SECRET", values.secret, "")
    public_url: str = variable("PUBLIC_URL", values.public_url, "")
    """Where browsers reach this Candor, without a slash at the end."""
    keys: tuple[str, ...] = variable("ENCRYPTION_KEYS", values.encryption_keys, ())
    allowed: frozenset[str] = variable("ALLOWED_WORKSPACES", values.workspace_ids, frozenset())
    """Ids of workspaces and organisations that may install Candor without asking, or `ANYBODY`."""

    @property
    def is_on(self) -> bool:
        """Whether workspaces come by OAuth instead of by tokens in the settings."""
        return bool(self.client_id and self.client_secret)


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The language model; none is configured without both ``key`` and ``url``."""

    key: str = variable("OPENAI_API_KEY", values.secret, "")
    url: str = variable("OPENAI_BASE_URL", values.server, "")
    api: Literal["responses", "chat"] | None = variable("OPENAI_API", values.api, None)
    name: str = variable("OPENAI_MODEL", str, "gpt-6-luna")
    effort: str = variable("OPENAI_EFFORT", values.effort, "low")
    prices: ModelPrices | None = variable("OPENAI_PRICES", ModelPrices.read, None)
    month: Ceiling = variable("MONTHLY_BUDGET", Ceiling.read, Ceiling())
    day: Ceiling = variable("DAILY_BUDGET", Ceiling.read, Ceiling())
    sees_pictures: bool = variable("OPENAI_SEES_PICTURES", values.yes_or_no, default=False)
    patience: float = variable("MODEL_PATIENCE", values.seconds, 20.0)
    deadline: float = variable("MODEL_DEADLINE", values.seconds, 90.0)
    guard: bool | None = variable("MODEL_GUARD", values.yes_or_no, None)
    batches: bool | None = variable("MODEL_BATCHES", values.yes_or_no, None)
    secret: str = variable("INSTALLATION_SECRET", str, "")

    @property
    def budgets(self) -> Budgets:
        """For all workspaces together."""
        return Budgets(self.month, self.day)

    @property
    def is_configured(self) -> bool:
        return bool(self.key or self.url)

    @property
    def is_guarded(self) -> bool:
        """Whether drafts are searched for orders to their reviewer."""
        return self.guard is not False

    @property
    def may_keep_one_prompt(self) -> bool:
        """Whether a second prompt beside the first may cost minutes, as with many a slow server of one's own."""
        return self.url.startswith("http://") and self.guard is None

    @property
    def offers_batches(self) -> bool:
        """Whether its server answers files of requests within a day, at half the price."""
        known = not self.url or urlsplit(self.url).hostname == "api.openai.com"
        return self.is_configured and (known if self.batches is None else self.batches)

    @property
    def looks(self) -> bool:
        """Whether it is to look at pictures."""
        return self.is_configured and self.sees_pictures


@dataclass(frozen=True, slots=True)
class OperatingSettings:
    """What operators read: ``logs_reviews`` is a line for each review, ``as_json`` a line as an object."""

    logs_reviews: bool = variable("LOG_REVIEWS", values.yes_or_no, default=False)
    as_json: bool = variable("LOG_JSON", values.yes_or_no, default=False)
    metrics_port: int | None = variable("METRICS_PORT", values.port, None)
    collector: str = variable("OTEL_EXPORTER_OTLP_ENDPOINT", values.address, "")
    """Of OpenTelemetry's variables the one that switches traces on; its library reads the others itself."""

    @property
    def traces_url(self) -> str:
        """Where traces go; "" for nowhere."""
        return f"{self.collector.rstrip('/')}/v1/traces" if self.collector else ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, each variable once; `.env.example` says what it is for. Made by `read_settings`."""

    bot_tokens: tuple[str, ...] = variable("SLACK_BOT_TOKEN", values.bot_tokens, ())
    app_token: str = variable("SLACK_APP_TOKEN", values.app_token, "")
    signing_secret: str = variable("SLACK_SIGNING_SECRET", values.secret, "")
    api_url: str = variable("SLACK_API_URL", values.api_url, "https://slack.com/api/")
    install: InstallSettings = InstallSettings()
    draft_channels: frozenset[str] = variable("DRAFT_CHANNELS", values.names, frozenset())
    brand_leads: tuple[str, ...] = variable("BRAND_LEADS", values.user_ids, ())
    digest_channel: str = variable("DIGEST_CHANNEL", values.digest_channel, "")
    digest_time: DigestSettings = variable("DIGEST_TIME", values.digest_time, DigestSettings())
    database_url: str = variable("DATABASE_URL", values.database_url, "")
    database_connections: int = variable("DATABASE_CONNECTIONS", values.connections, 20)
    data_dir: Path = variable("DATA_DIR", values.path, Path(".candor"))
    host: str = variable("HOST", str, "0.0.0.0")  # noqa: S104 - a server is there to be reached
    port: int | None = variable("PORT", values.port, None)
    model: ModelSettings = ModelSettings()
    operating: OperatingSettings = OperatingSettings()
    mcp_token: str = variable("MCP_TOKEN", values.token, "")
    prompts: Path = variable("PROMPTS_DIR", values.folder, _CHECKOUT if _CHECKOUT.is_dir() else _PACKAGED)
    packs: frozenset[str] = variable("GUIDELINE_PACKS", values.names, frozenset())

    @property
    def digest(self) -> DigestSettings:
        """When and where it is posted in a workspace that has not chosen."""
        return replace(self.digest_time, channel=self.digest_channel)


def read_settings(environment: Mapping[str, str] | None = None, file: str = ENV) -> Settings:
    """The settings from ``environment``, by default the process's own and ``file``, "" for none.

    Raises `PersonCanFix` with one sentence for each wrong value.
    """
    faults = _proxy_faults() if environment is None else []
    settings = _read(Settings, _environment(file) if environment is None else environment, faults)
    if faults:
        raise PersonCanFix("\n".join(faults))
    return settings


def _read(kind: type[_T], environment: Mapping[str, str], faults: list[str]) -> _T:
    chosen: dict[str, object] = {}
    for one in fields(cast("Any", kind)):
        if name := one.metadata.get("variable"):
            chosen[one.name] = one.default
            if value := environment.get(name, "").strip():
                try:
                    chosen[one.name] = one.metadata["read"](value)
                except ValueError as error:
                    faults.append(f"{name}: {error}; use something like {name}={known_settings()[name].example}")
        else:
            chosen[one.name] = _read(cast("type[object]", type(one.default)), environment, faults)
    return kind(**chosen)


@dataclass(frozen=True, slots=True)
class Setting:
    """What people are told of an environment variable."""

    about: str
    example: str


@cache
def known_settings() -> dict[str, Setting]:
    """Every environment variable that Candor knows, as `.env.example` explains it."""
    checkout = _PACKAGE.parent / ".env.example"
    text = (checkout if checkout.exists() else _PACKAGE / ".env.example").read_text(encoding="utf-8")
    blocks = [block.replace("# ", "").splitlines() for block in text.strip().split("\n\n")[1:]]
    return {name: Setting(about, example) for about, line in blocks for name, _, example in [line.partition("=")]}


def missing(*names: str) -> PersonCanFix:
    """The error for settings that a command cannot do without."""
    wanted = {name: known_settings()[name] for name in names}
    return PersonCanFix(
        "\n".join(f"{name} isn't set. {one.about} For example: {name}={one.example}" for name, one in wanted.items())
    )


def _proxy_faults() -> list[str]:
    """A sentence for each proxy that the libraries for Slack and for models can't take, though curl may."""
    names = (name for upper in _PROXIES for name in (upper, upper.lower()))
    set_ = ((name, os.environ.get(name, "").strip()) for name in names)  # noqa: TID251 - the one place that reads it
    return [words.proxy(name) for name, value in set_ if value and not values.is_proxy(value)]


def forget_proxies() -> None:
    """Take the proxies out of this process: Slack's library would use them for this machine, too."""
    for name in _PROXIES:
        os.environ.pop(name, None)  # noqa: TID251 - the one place that may
        os.environ.pop(name.lower(), None)  # noqa: TID251 - the one place that may


def says_where(names: Iterable[str], file: str) -> bool:
    """Whether the environment or the file sets one of them, so that no usual place need do."""
    chosen = _environment(file)
    return any(chosen.get(name, "").strip() for name in names)


def _environment(file: str) -> dict[str, str]:
    written = _written(file)
    own = dict(os.environ)  # noqa: TID251 - the one place that reads it
    redirected = ((url, key) for url, keys in _SENT_TO.items() for key in keys if written.get(url) and url not in own)
    if faults := [words.redirected(file, url, key) for url, key in redirected if own.get(key, "").strip()]:
        raise PersonCanFix("\n".join(faults))
    return written | own


def _written(file: str = ENV) -> dict[str, str]:
    """What it sets; some editors begin it with a mark of its encoding, which is no part of the first name."""
    path = Path(file)
    if not file or (file == ENV and not path.exists()):
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise PersonCanFix(words.not_utf_8(file)) from None
    except OSError as error:  # a folder, too: Docker makes one where a file that it is to mount isn't there
        raise PersonCanFix(words.no_env(file, os.strerror(error.errno or 5))) from None
    if faults := [_line_of(one.original) for one in parse_stream(StringIO(text)) if one.error]:
        raise PersonCanFix("\n".join(words.no_setting_on(file, line) for line in faults))
    return {name: value for name, value in dotenv_values(stream=StringIO(text)).items() if value is not None}


def mistyped() -> list[tuple[str, str]]:
    """Names that `.env` sets and nothing reads, each with the one that was probably meant."""
    known = known_settings()
    near = ((name, get_close_matches(name.upper(), known, 1, _NEAR)) for name in _written() if name not in known)
    return [(name, meant[0]) for name, meant in near if meant]


def _line_of(part: Original) -> int:
    """Its first line that isn't empty; the parser counts those before it, too."""
    return part.line + len(part.string) - len(part.string.lstrip("\n"))


def in_environment(names: Iterable[str]) -> list[str]:
    """Those of the settings that the environment itself sets: they win over the file."""
    return [name for name in names if os.environ.get(name, "").strip()]  # noqa: TID251 - the one place that reads it


# Whether the settings are enough for what a process is to do.


def check_settings(settings: Settings, *, receives: bool = True, works: bool = True) -> None:
    """Raises `PersonCanFix` with one sentence for each setting that is missing."""
    _check_installing(settings, receives=receives)
    if receives and settings.port and settings.port == settings.operating.metrics_port:
        raise PersonCanFix(terminal_words.same_port(settings.port))
    absent = [] if settings.bot_tokens or settings.install.is_on else ["SLACK_BOT_TOKEN"]
    if receives and not settings.app_token and not settings.signing_secret:
        absent.append("SLACK_APP_TOKEN")
    if receives and not settings.app_token and settings.signing_secret and settings.port is None:
        absent.append("PORT")
    if not (receives and works) and not settings.database_url:
        absent.append("DATABASE_URL")
    money = any(limits.dollars is not None for limits in (settings.model.budgets.month, settings.model.budgets.day))
    if money and settings.model.is_configured and settings.model.prices is None:
        absent.append("OPENAI_PRICES")
    if absent:
        raise missing(*absent)


def _check_installing(settings: Settings, *, receives: bool) -> None:
    app = settings.install
    wanted = {
        "SLACK_CLIENT_ID": bool(app.client_id) or not app.client_secret,
        "SLACK_CLIENT_SECRET": bool(app.client_secret) or not app.client_id,
        "PUBLIC_URL": bool(app.public_url) or not (app.is_on and receives),
        "PORT": settings.port is not None or not (app.is_on and receives),
    }
    if absent := [name for name, there in wanted.items() if not there]:
        raise missing(*absent)
    if app.is_on and not app.keys:
        raise PersonCanFix(words.NO_KEYS)


# Whether this machine lets us listen where the settings say.


@contextmanager
def listening(host: str, port: str) -> Generator[None]:
    """Begin to listen within. Both are given as people set them, such as PORT=3000.

    Raises `PersonCanFix` with the one that is wrong, and what to do.
    """
    try:
        yield
    except (OSError, UnicodeError) as error:  # a name that is none can't be encoded
        raise PersonCanFix(_fault(error, host, port)) from None


def _fault(error: Exception, host: str, port: str) -> str:
    number = getattr(error, "errno", None)
    if isinstance(error, socket.gaierror) or number in (*_ELSEWHERE, *_UNKNOWN):
        return terminal_words.no_such_host(host)
    if number == errno.EADDRINUSE:
        return terminal_words.port_in_use(port)
    if number == errno.EACCES:
        return terminal_words.port_reserved(port)
    return terminal_words.cannot_listen(host, port, os.strerror(number or errno.EIO))
