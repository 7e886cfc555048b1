"""The environment, read once into a frozen object."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dotenv import dotenv_values

from bot.core.errors import PersonCanFix

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CHECKOUT = Path(__file__).resolve().parent.parent / "prompts"
_PACKAGED = Path(__file__).resolve().parent / "prompts"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: what it is for, and an example of a right value."""

    name: str
    about: str
    example: str


SETTINGS = (
    Setting("PROMPTS_DIR", "A folder with your own prompts and guidelines; empty: the ones shipped.", "prompts"),
    Setting("GUIDELINE_PACKS", "Optional guideline packs to switch on, with commas between.", "access-for-all"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. Made by `read_settings` only."""

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
        prompts=reader.read("PROMPTS_DIR", _folder, _CHECKOUT if _CHECKOUT.is_dir() else _PACKAGED),
        packs=reader.read("GUIDELINE_PACKS", _names, frozenset[str]()),
    )
    if reader.faults:
        raise PersonCanFix("\n".join(reader.faults))
    return settings


def _environment() -> dict[str, str]:
    written = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return written | dict(os.environ)  # noqa: TID251 - the one place that reads it


def _folder(value: str) -> Path:
    path = Path(value)
    if not (path / "guidelines").is_dir():
        message = f"there is no folder “guidelines” in {value}"
        raise ValueError(message)
    return path


def _names(value: str) -> frozenset[str]:
    return frozenset(name.strip() for name in value.split(",") if name.strip())
