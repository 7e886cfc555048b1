"""The environment, read once into a frozen object."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from dotenv import dotenv_values

from bot.core.errors import PersonCanFix
from bot.core.words import setup as words
from bot.core.workspace_settings import DigestSettings
from bot.settings import values
from bot.settings.table import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    prices: tuple[float, float, float] | None
    patience: float
    deadline: float
    secret: str
    sees_pictures: bool = False

    @property
    def is_configured(self) -> bool:
        """True where there is a model to ask."""
        return bool(self.key or self.url)

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
            self.faults.append(f"{name}: {error}; use something like {name}={self._examples[name]}")
            return default


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings from ``environment``, by default `.env` and the process's own environment.

    Raises `PersonCanFix` with one sentence for each wrong value.
    """
    reader = _Reader(_environment() if environment is None else environment)
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
    )
    if reader.faults:
        raise PersonCanFix("\n".join(reader.faults))
    return settings


def _digest(reader: _Reader) -> DigestSettings:
    when = reader.read("DIGEST_TIME", values.digest_time, DigestSettings())
    return replace(when, channel=reader.read("DIGEST_CHANNEL", values.digest_channel, ""))


def _install(reader: _Reader) -> InstallSettings:
    return InstallSettings(
        client_id=reader.read("SLACK_CLIENT_ID", str, ""),
        client_secret=reader.read("SLACK_CLIENT_SECRET", str, ""),
        public_url=reader.read("PUBLIC_URL", values.public_url, ""),
        keys=reader.read("ENCRYPTION_KEYS", values.encryption_keys, ()),
        allowed=reader.read("ALLOWED_WORKSPACES", values.workspace_ids, frozenset[str]()),
    )


def _model(reader: _Reader) -> ModelSettings:
    return ModelSettings(
        key=reader.read("OPENAI_API_KEY", str, ""),
        url=reader.read("OPENAI_BASE_URL", values.server, ""),
        api=reader.read("OPENAI_API", values.api, None),
        name=reader.read("OPENAI_MODEL", str, "gpt-6-luna"),
        effort=reader.read("OPENAI_EFFORT", values.effort, "low"),
        prices=reader.read("OPENAI_PRICES", values.prices, None),
        patience=reader.read("MODEL_PATIENCE", values.seconds, 20.0),
        deadline=reader.read("MODEL_DEADLINE", values.seconds, 90.0),
        secret=reader.read("INSTALLATION_SECRET", str, ""),
        sees_pictures=reader.read("OPENAI_SEES_PICTURES", values.yes_or_no, False),  # noqa: FBT003 - the default
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
