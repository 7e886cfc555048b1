"""What the jobs do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.core.installation import Home
    from bot.core.ports import Step


class LeaveFlow(Protocol):
    """Leaves a workspace that removed Candor at a moment."""

    def __call__(self, step: Step, home: Home, at: float, *, again: bool) -> Awaitable[str]:
        """What became of it."""
        ...


class Enqueue(Protocol):
    """Asks for a job of one kind."""

    def __call__(self, key: str, *ids: str | int, line: str = "") -> Awaitable[None]:
        """Once under its key. Of the jobs in one ``line`` only one runs at a time, the first first."""
        ...


@dataclass(frozen=True, slots=True)
class Flows:
    """What the jobs do. Each gets a step runner and ids."""

    review: Callable[[Step, str, str, int], Awaitable[str]]
    remove_reply: Callable[[Step, str], Awaitable[str]]
    refresh: Callable[[Step, str, str], Awaitable[str]]
    private: Callable[[Step, str], Awaitable[str]] | None = None
    leave: LeaveFlow | None = None
    digest: Callable[[Step, str, str, int], Awaitable[str]] | None = None
    converse: Callable[[Step, str, int], Awaitable[str]] | None = None
    hush: Callable[[Step, str], Awaitable[str]] | None = None
    export: Callable[[Step, str, str, str], Awaitable[str]] | None = None
    forget: Callable[[Step, str, str, str], Awaitable[str]] | None = None
    expire: Callable[[Step, str], Awaitable[str]] | None = None
    introduce: Callable[[Step, str, str], Awaitable[str]] | None = None
