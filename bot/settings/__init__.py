"""The environment. Nothing else in Candor reads it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from dotenv import dotenv_values

from bot.core.errors import PersonCanFix
from bot.core.settings import DigestSettings
from bot.core.spending import Budgets, Ceiling, ModelPrices
from bot.core.words import installing as words
from bot.settings import values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


# Every environment variable that Candor knows.


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: what it is for, and an example of a right value."""

    name: str
    about: str
    example: str


SETTINGS = (
    Setting(
        "SLACK_BOT_TOKEN",
        "The bot token. For several workspaces, separate their tokens with commas.",
        "xoxb-1234-5678-abcd",
    ),
    Setting("SLACK_APP_TOKEN", "The app token, for Socket Mode (no public address needed).", "xapp-1-A1234-5678-abcd"),
    Setting(
        "SLACK_SIGNING_SECRET", "The signing secret, if you use HTTP instead of Socket Mode.", "8f742231b10e8888abcd99"
    ),
    Setting(
        "SLACK_API_URL", "The address of Slack's Web API, or of a server that works like it.", "https://slack.com/api/"
    ),
    Setting("SLACK_CLIENT_ID", "The app's client ID, for OAuth installation in many workspaces.", "1234.5678"),
    Setting("SLACK_CLIENT_SECRET", "The client secret that goes with the client ID.", "3f2b8c51d09e4a77abcd"),
    Setting("PUBLIC_URL", "The public address of HOST and PORT, for OAuth installation.", "https://candor.example.com"),
    Setting(
        "ENCRYPTION_KEYS",
        "Keys that encrypt stored tokens, newest first. Make one with candor doctor --new-key.",
        "new,old",
    ),
    Setting(
        "ALLOWED_WORKSPACES",
        "Who may install Candor with OAuth right away: IDs of workspaces (T...) and organisations (E...), "
        "or the word anybody. Others wait for your yes.",
        "T0123456789,E0123456789",
    ),
    Setting(
        "DRAFT_CHANNELS",
        "Channels where Candor reviews drafts: names or IDs, separated by commas.",
        "drafts,C0123456789",
    ),
    Setting(
        "BRAND_LEADS",
        "User IDs of the brand leads, separated by commas. Leave it empty to use the workspace's admins.",
        "U0123456789",
    ),
    Setting(
        "DIGEST_CHANNEL", "The channel for the weekly digest: a name or ID. Leave it empty for no digest.", "brand"
    ),
    Setting("DIGEST_TIME", "When to post the digest: day, time and time zone.", "Monday 09:00 Europe/Berlin"),
    Setting(
        "DATABASE_URL",
        "A PostgreSQL database, if several processes share the work. Leave it empty to use SQLite.",
        "postgresql://host/candor",
    ),
    Setting("DATABASE_CONNECTIONS", "The most connections to PostgreSQL that one process may open; at least 8.", "20"),
    Setting("DATA_DIR", "The folder for SQLite's files and the process lock.", ".candor"),
    Setting("HOST", "The address to listen on. Leave it empty to listen on all of them.", "127.0.0.1"),
    Setting("PORT", "The port for events over HTTP and for health checks.", "3000"),
    Setting(
        "OPENAI_API_KEY", "The language model's API key. Without a model, Candor runs only its fixed checks.", "sk-..."
    ),
    Setting("OPENAI_BASE_URL", "The address of another OpenAI-compatible server.", "http://127.0.0.1:11434/v1"),
    Setting(
        "OPENAI_API",
        "Which API to use: responses or chat. If it's empty, Candor uses chat for servers other than OpenAI's.",
        "chat",
    ),
    Setting("OPENAI_MODEL", "The model's ID.", "gpt-6-luna"),
    Setting("OPENAI_EFFORT", "How hard the model thinks: none, minimal, low, medium or high.", "low"),
    Setting("OPENAI_PRICES", "Prices in US dollars per million new, cached and output tokens.", "0.25,0.025,2.00"),
    Setting(
        "MONTHLY_BUDGET",
        "The most the model may use in a month, in dollars or tokens, for all workspaces together.",
        "50 USD, 20,000,000 tokens",
    ),
    Setting("DAILY_BUDGET", "The same for one day.", "5 USD"),
    Setting("OPENAI_SEES_PICTURES", "Set this to yes if the model can look at pictures and you'd like it to.", "yes"),
    Setting(
        "MODEL_PATIENCE",
        "Seconds to wait for the model before replying with fixed checks only. The full review follows.",
        "20",
    ),
    Setting("MODEL_DEADLINE", "The longest the model may take over one answer, in seconds.", "90"),
    Setting(
        "MODEL_GUARD",
        "Whether a second, short call checks each draft for orders to the reviewer: yes or no. If it's empty, Candor "
        "makes the call unless it reaches the model's server over http://.",
        "no",
    ),
    Setting(
        "INSTALLATION_SECRET",
        "Any long, random text. If it's empty, Candor makes one from the bot token.",
        "correct-horse-battery",
    ),
    Setting("LOG_REVIEWS", "Set this to yes to log one line per review: IDs, times and tokens.", "yes"),
    Setting("LOG_JSON", "Set this to yes for a log that machines can read: one object per line.", "yes"),
    Setting("METRICS_PORT", "A port where Prometheus can read metrics. Needs pip install 'candor[metrics]'.", "9464"),
    Setting("PROMPTS_DIR", "A folder with your own prompts and guidelines. Leave it empty to use Candor's.", "prompts"),
    Setting("GUIDELINE_PACKS", "Optional guideline packs to switch on, separated by commas.", "access-for-all"),
)


def missing(*names: str) -> PersonCanFix:
    """The error for settings that a command cannot do without."""
    wanted = {setting.name: setting for setting in SETTINGS}
    return PersonCanFix(
        "\n".join(
            f"{name} isn't set. {wanted[name].about} For example: {name}={wanted[name].example}" for name in names
        )
    )


# The environment, read once into a frozen object.

_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT, _PACKAGED = _PACKAGE.parent / "prompts", _PACKAGE / "prompts"
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_SENT_TO = {
    "OPENAI_BASE_URL": ("OPENAI_API_KEY",),
    "SLACK_API_URL": ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_CLIENT_SECRET"),
}
"""A file in whatever folder somebody stands in must not choose who gets a key of the environment."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The language model; none is configured where both ``key`` and ``url`` are empty."""

    key: str
    url: str
    api: Literal["responses", "chat"] | None
    name: str
    effort: str
    prices: ModelPrices | None
    patience: float
    deadline: float
    secret: str
    sees_pictures: bool = False
    guard: bool | None = None
    budgets: Budgets = field(default_factory=Budgets)
    """For all workspaces together."""

    @property
    def is_configured(self) -> bool:
        """True where there is a model to ask."""
        return bool(self.key or self.url)

    @property
    def is_guarded(self) -> bool:
        """True where each draft is searched for orders to its reviewer.

        A server of one's own often keeps one prompt ready at a time: a second one beside it costs minutes there.
        """
        return not self.url.startswith("http://") if self.guard is None else self.guard

    @property
    def looks(self) -> bool:
        """True where it is to look at pictures."""
        return self.is_configured and self.sees_pictures


@dataclass(frozen=True, slots=True)
class InstallSettings:
    """Installing by OAuth. ``keys`` encrypt the tokens at rest: the first one writes, all of them read."""

    client_id: str = ""
    client_secret: str = ""
    public_url: str = ""
    """Where browsers reach this Candor, without a slash at the end."""
    keys: tuple[str, ...] = ()
    allowed: frozenset[str] = frozenset()
    """Ids of workspaces and organisations that may install Candor without asking, or `ANYBODY`."""

    @property
    def is_on(self) -> bool:
        """True where workspaces come by OAuth instead of by tokens in the settings."""
        return bool(self.client_id and self.client_secret)


@dataclass(frozen=True, slots=True)
class OperatingSettings:
    """What operators read: ``logs_reviews`` is a line for each review, ``as_json`` a line as an object."""

    logs_reviews: bool = False
    as_json: bool = False
    metrics_port: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. Made by `read_settings` only."""

    bot_tokens: tuple[str, ...]
    app_token: str
    signing_secret: str
    api_url: str
    draft_channels: frozenset[str]
    brand_leads: tuple[str, ...]
    digest: DigestSettings
    database_url: str
    data_dir: Path
    host: str
    port: int | None
    install: InstallSettings
    model: ModelSettings
    prompts: Path
    packs: frozenset[str]
    operating: OperatingSettings = OperatingSettings()
    database_connections: int = 20


class _VariableReader:
    """Reads variables and collects one sentence for each fault."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._examples = {setting.name: setting.example for setting in SETTINGS}
        self.faults: list[str] = []

    def read(self, name: str, convert: Callable[[str], _T], default: _T) -> _T:
        """The converted value; ``convert`` raises ValueError with what is wrong."""
        value = self._environment.get(name, "").strip()
        if not value:
            return default
        try:
            return convert(value)
        except ValueError as error:
            self.faults.append(f"{name}: {error}; use something like {name}={self._examples[name]}")
            return default


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings from ``environment``, by default `.env` and the process's own environment.

    Raises `PersonCanFix` with one sentence for each wrong value.
    """
    reader = _VariableReader(_environment() if environment is None else environment)
    settings = Settings(
        bot_tokens=reader.read("SLACK_BOT_TOKEN", values.bot_tokens, ()),
        app_token=reader.read("SLACK_APP_TOKEN", values.app_token, ""),
        signing_secret=reader.read("SLACK_SIGNING_SECRET", str, ""),
        api_url=reader.read("SLACK_API_URL", values.api_url, "https://slack.com/api/"),
        draft_channels=reader.read("DRAFT_CHANNELS", values.names, frozenset[str]()),
        brand_leads=reader.read("BRAND_LEADS", values.user_ids, ()),
        digest=_digest(reader),
        database_url=reader.read("DATABASE_URL", values.database_url, ""),
        data_dir=reader.read("DATA_DIR", Path, Path(".candor")),
        host=reader.read("HOST", str, "0.0.0.0"),  # noqa: S104 - a server is there to be reached
        port=reader.read("PORT", values.port, None),
        prompts=reader.read("PROMPTS_DIR", values.folder, _CHECKOUT if _CHECKOUT.is_dir() else _PACKAGED),
        packs=reader.read("GUIDELINE_PACKS", values.names, frozenset[str]()),
        install=_install(reader),
        model=_model(reader),
        operating=_operating(reader),
        database_connections=reader.read("DATABASE_CONNECTIONS", values.connections, 20),
    )
    if reader.faults:
        raise PersonCanFix("\n".join(reader.faults))
    return settings


def _operating(reader: _VariableReader) -> OperatingSettings:
    return OperatingSettings(
        logs_reviews=reader.read("LOG_REVIEWS", values.yes_or_no, default=False),
        as_json=reader.read("LOG_JSON", values.yes_or_no, default=False),
        metrics_port=reader.read("METRICS_PORT", values.port, None),
    )


def _digest(reader: _VariableReader) -> DigestSettings:
    when = reader.read("DIGEST_TIME", values.digest_time, DigestSettings())
    return replace(when, channel=reader.read("DIGEST_CHANNEL", values.digest_channel, ""))


def _install(reader: _VariableReader) -> InstallSettings:
    return InstallSettings(
        client_id=reader.read("SLACK_CLIENT_ID", str, ""),
        client_secret=reader.read("SLACK_CLIENT_SECRET", str, ""),
        public_url=reader.read("PUBLIC_URL", values.public_url, ""),
        keys=reader.read("ENCRYPTION_KEYS", values.encryption_keys, ()),
        allowed=reader.read("ALLOWED_WORKSPACES", values.workspace_ids, frozenset[str]()),
    )


def _model(reader: _VariableReader) -> ModelSettings:
    return ModelSettings(
        key=reader.read("OPENAI_API_KEY", str, ""),
        url=reader.read("OPENAI_BASE_URL", values.server, ""),
        api=reader.read("OPENAI_API", values.api, None),
        name=reader.read("OPENAI_MODEL", str, "gpt-6-luna"),
        effort=reader.read("OPENAI_EFFORT", values.effort, "low"),
        prices=reader.read("OPENAI_PRICES", ModelPrices.read, None),
        patience=reader.read("MODEL_PATIENCE", values.seconds, 20.0),
        deadline=reader.read("MODEL_DEADLINE", values.seconds, 90.0),
        guard=reader.read("MODEL_GUARD", values.yes_or_no, None),
        secret=reader.read("INSTALLATION_SECRET", str, ""),
        sees_pictures=reader.read("OPENAI_SEES_PICTURES", values.yes_or_no, False),  # noqa: FBT003 - the default
        budgets=Budgets(*(reader.read(name, Ceiling.read, Ceiling()) for name in ("MONTHLY_BUDGET", "DAILY_BUDGET"))),
    )


def check_proxies() -> None:
    """Raises `PersonCanFix` for a proxy without its scheme: curl takes ``host:port``, Slack's library does not."""
    names = (name for upper in _PROXIES for name in (upper, upper.lower()))
    set_ = ((name, os.environ.get(name, "").strip()) for name in names)  # noqa: TID251 - the one place that reads it
    if faults := [words.proxy(name) for name, value in set_ if value and "://" not in value]:
        raise PersonCanFix("\n".join(faults))


def forget_proxies() -> None:
    """Take the proxies out of this process: Slack's library would use them for this machine, too."""
    for name in _PROXIES:
        os.environ.pop(name, None)  # noqa: TID251 - the one place that may
        os.environ.pop(name.lower(), None)  # noqa: TID251 - the one place that may


def _environment() -> dict[str, str]:
    written = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    own = dict(os.environ)  # noqa: TID251 - the one place that reads it
    redirected = ((url, key) for url, keys in _SENT_TO.items() for key in keys if written.get(url) and url not in own)
    if faults := [words.redirected(url, key) for url, key in redirected if own.get(key, "").strip()]:
        raise PersonCanFix("\n".join(faults))
    return written | own


def in_environment(names: Iterable[str]) -> list[str]:
    """Those of the settings that the environment itself sets: they win over the file."""
    return [name for name in names if os.environ.get(name, "").strip()]  # noqa: TID251 - the one place that reads it
