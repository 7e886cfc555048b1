"""The environment, read once into a frozen object. Nothing else in Candor reads it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from dotenv import dotenv_values

from bot.core.errors import PersonCanFix

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CHECKOUT = Path(__file__).resolve().parent.parent / "prompts"
_PACKAGED = Path(__file__).resolve().parent / "prompts"
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_LAST_PORT = 65_535
_EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")
_LONGEST = 600.0
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: what it is for, and an example of a right value."""

    name: str
    about: str
    example: str


SETTINGS = (
    Setting("SLACK_BOT_TOKEN", "The bot token; several workspaces: several tokens with commas.", "xoxb-1234-5678-abcd"),
    Setting("SLACK_APP_TOKEN", "The app token, for Socket Mode (no public address needed).", "xapp-1-A1234-5678-abcd"),
    Setting("SLACK_SIGNING_SECRET", "The signing secret, for HTTP instead of Socket Mode.", "8f742231b10e8888abcd99"),
    Setting("SLACK_API_URL", "Slack's Web API, or a server that speaks it.", "https://slack.com/api/"),
    Setting("DRAFT_CHANNELS", "Channels where drafts are reviewed, names or ids with commas.", "drafts,C0123456789"),
    Setting("DATABASE_URL", "A PostgreSQL database, for several processes; empty: SQLite.", "postgresql://host/candor"),
    Setting("DATA_DIR", "The folder for SQLite's files and the process lock.", ".candor"),
    Setting("HOST", "The address to listen on; empty: every address of the machine.", "127.0.0.1"),
    Setting("PORT", "The port for events over HTTP and for health checks.", "3000"),
    Setting("OPENAI_API_KEY", "The key of the language model; without a model the fixed rules speak alone.", "sk-..."),
    Setting("OPENAI_BASE_URL", "Another OpenAI-compatible server.", "http://127.0.0.1:11434/v1"),
    Setting("OPENAI_API", "The interface: responses or chat; empty: chat for another server.", "chat"),
    Setting("OPENAI_MODEL", "The model's id.", "gpt-6-luna"),
    Setting("OPENAI_EFFORT", "How hard the model thinks: none, minimal, low, medium or high.", "low"),
    Setting("OPENAI_PRICES", "US dollars for a million new, cached and output tokens.", "0.25,0.025,2.00"),
    Setting("MODEL_PATIENCE", "Seconds after which the fixed rules speak alone and the full review follows.", "20"),
    Setting("MODEL_DEADLINE", "Seconds that one judgement may take in all.", "90"),
    Setting("INSTALLATION_SECRET", "Any long random text; empty: made from the bot token.", "correct-horse-battery"),
    Setting("PROMPTS_DIR", "A folder with your own prompts and guidelines; empty: the ones shipped.", "prompts"),
    Setting("GUIDELINE_PACKS", "Optional guideline packs to switch on, with commas between.", "access-for-all"),
)


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The language model; none is configured where both ``key`` and ``url`` are empty."""

    key: str
    url: str
    api: Literal["responses", "chat"] | None
    name: str
    effort: str
    prices: tuple[float, float, float] | None
    patience: float
    deadline: float
    secret: str

    @property
    def is_configured(self) -> bool:
        """True where there is a model to ask."""
        return bool(self.key or self.url)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. Made by `read_settings` only."""

    bot_tokens: tuple[str, ...]
    app_token: str
    signing_secret: str
    api_url: str
    draft_channels: frozenset[str]
    database_url: str
    data_dir: Path
    host: str
    port: int | None
    model: ModelSettings
    prompts: Path
    packs: frozenset[str]


class _Reader:
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
            self.faults.append(f"{name}: {error}; a right value looks like {name}={self._examples[name]}")
            return default


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings from ``environment``, by default `.env` and the process's own environment.

    Raises `PersonCanFix` with one sentence for each wrong value.
    """
    reader = _Reader(_environment() if environment is None else environment)
    settings = Settings(
        bot_tokens=reader.read("SLACK_BOT_TOKEN", _bot_tokens, ()),
        app_token=reader.read("SLACK_APP_TOKEN", _app_token, ""),
        signing_secret=reader.read("SLACK_SIGNING_SECRET", str, ""),
        api_url=reader.read("SLACK_API_URL", _api_url, "https://slack.com/api/"),
        draft_channels=reader.read("DRAFT_CHANNELS", _names, frozenset[str]()),
        database_url=reader.read("DATABASE_URL", _database_url, ""),
        data_dir=reader.read("DATA_DIR", Path, Path(".candor")),
        host=reader.read("HOST", str, "0.0.0.0"),  # noqa: S104 - a server is there to be reached
        port=reader.read("PORT", _port, None),
        prompts=reader.read("PROMPTS_DIR", _folder, _CHECKOUT if _CHECKOUT.is_dir() else _PACKAGED),
        packs=reader.read("GUIDELINE_PACKS", _names, frozenset[str]()),
        model=_model(reader),
    )
    if reader.faults:
        raise PersonCanFix("\n".join(reader.faults))
    return settings


def _model(reader: _Reader) -> ModelSettings:
    return ModelSettings(
        key=reader.read("OPENAI_API_KEY", str, ""),
        url=reader.read("OPENAI_BASE_URL", _address, ""),
        api=reader.read("OPENAI_API", _api, None),
        name=reader.read("OPENAI_MODEL", str, "gpt-6-luna"),
        effort=reader.read("OPENAI_EFFORT", _effort, "low"),
        prices=reader.read("OPENAI_PRICES", _prices, None),
        patience=reader.read("MODEL_PATIENCE", _seconds, 20.0),
        deadline=reader.read("MODEL_DEADLINE", _seconds, 90.0),
        secret=reader.read("INSTALLATION_SECRET", str, ""),
    )


def missing(*names: str) -> PersonCanFix:
    """The error for settings that a command cannot do without."""
    wanted = {setting.name: setting for setting in SETTINGS}
    return PersonCanFix(
        "\n".join(
            f"{name} is not set: {wanted[name].about} For example {name}={wanted[name].example}" for name in names
        )
    )


def forget_proxies() -> None:
    """Take the proxies out of this process: Slack's library would use them for this machine, too."""
    for name in _PROXIES:
        os.environ.pop(name, None)  # noqa: TID251 - the one place that may
        os.environ.pop(name.lower(), None)  # noqa: TID251 - the one place that may


def _environment() -> dict[str, str]:
    written = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return written | dict(os.environ)  # noqa: TID251 - the one place that reads it


def _bot_tokens(value: str) -> tuple[str, ...]:
    tokens = tuple(token.strip() for token in value.split(",") if token.strip())
    if not all(token.startswith("xoxb-") for token in tokens):
        message = "a bot token begins with xoxb-"
        raise ValueError(message)
    return tokens


def _app_token(value: str) -> str:
    if not value.startswith("xapp-"):
        message = "an app token begins with xapp-"
        raise ValueError(message)
    return value


def _api_url(value: str) -> str:
    return f"{_address(value).rstrip('/')}/"


def _address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        message = "it is not an address"
        raise ValueError(message)
    return value


def _api(value: str) -> Literal["responses", "chat"]:
    if value == "responses":
        return "responses"
    if value == "chat":
        return "chat"
    message = f"“{value}” is not one of responses, chat"
    raise ValueError(message)


def _effort(value: str) -> str:
    if value not in _EFFORTS:
        message = f"“{value}” is not one of {', '.join(_EFFORTS)}"
        raise ValueError(message)
    return value


def _prices(value: str) -> tuple[float, float, float]:
    try:
        new, cached, output = (float(price) for price in value.split(","))
    except ValueError:
        message = "three prices with commas between are needed"
        raise ValueError(message) from None
    return new, cached, output


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST:
        message = f"“{value}” is not a number of seconds up to {_LONGEST:.0f}"
        raise ValueError(message)
    return seconds


def _database_url(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    if not separator or scheme not in ("postgresql", "postgres") or not rest:
        message = "only PostgreSQL can be named here; leave it empty for SQLite"
        raise ValueError(message)
    return f"postgresql://{rest}"


def _port(value: str) -> int:
    if not value.isdecimal() or int(value) > _LAST_PORT:
        message = f"“{value}” is not a port"
        raise ValueError(message)
    return int(value)


def _folder(value: str) -> Path:
    path = Path(value)
    if not (path / "guidelines").is_dir():
        message = f"there is no folder “guidelines” in {value}"
        raise ValueError(message)
    return path


def _names(value: str) -> frozenset[str]:
    return frozenset(name.strip() for name in value.split(",") if name.strip())
