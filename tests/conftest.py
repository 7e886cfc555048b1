"""What every test shares: no settings of the machine, no network beyond loopback."""

from __future__ import annotations

import functools
import gc
import os
import ssl
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from bot.rules.engine import RuleEngine
from bot.rules.files import load_library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.guidelines import Library

ROOT = Path(__file__).resolve().parent.parent
# How long an example takes is the machine's affair: beside other work any of them may be slow.
settings.register_profile("candor", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("candor")
_OURS = (
    "SLACK_",
    "OPENAI_",
    "PROMPTS_DIR",
    "GUIDELINE_PACKS",
    "DATABASE_URL",
    "DRAFT_CHANNELS",
    "BRAND_LEADS",
    "PUBLIC_URL",
    "ENCRYPTION_KEYS",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is allowed more time than the rest is spread: every process gets some, and none is left alone at the end."""
    long = [item for item in items if item.get_closest_marker("timeout")]
    rest = [item for item in items if not item.get_closest_marker("timeout")]
    share = len(rest) // max(1, len(long)) + 1
    if long:
        items[:] = [item for n, one in enumerate(long) for item in (one, *rest[n * share : (n + 1) * share])]


def pytest_collection_finish() -> None:
    """What stands now stands until the end: looking it through again and again took a seventh of the whole run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def _one_set_of_certificates() -> Iterator[None]:
    """Reading them takes longer than many tests, and every client of a model does; no server here has any."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", functools.cache(ssl.create_default_context))
        yield


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:  # noqa: TID251 - to remove them
        if name.startswith(_OURS):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def library() -> Library:
    """All guidelines, optional packs too."""
    return load_library(ROOT / "prompts")


@pytest.fixture(scope="session")
def rules(library: Library) -> RuleEngine:
    """The rules that are in force by default."""
    return RuleEngine(library.in_force(frozenset()))
