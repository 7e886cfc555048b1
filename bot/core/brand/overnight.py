"""Reading many posts overnight: requests go to the model's server in batches, which cost half and take up to a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.core.judging import Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.core.ports import Critic

    OtherCritic = Callable[[Critic], Critic]
    """Puts another critic in the place of one."""


@dataclass(frozen=True, slots=True)
class Night:
    """What an audit has at the model's server. It is kept before anybody waits for it: nothing is handed in twice."""

    at: float = 0.0
    """When it began; 0 before that."""
    batches: tuple[str, ...] = ()
    """The server's ids of them, in order."""
    holds: tuple[str, ...] = ()
    """What is set aside for each on the accounts, as `Hold.written` has it. Kept before the server is asked."""
    whole: bool = False
    """True once nothing more is handed in."""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """A line of a batch file, and what its call costs at most."""

    line: str = field(repr=False)
    most: Usage


_MOST_REQUESTS, _MOST_SIGNS = 49_000, 20_000_000
"""Servers take 50,000 requests and 200 MB in a file. Here all of it stands in memory."""


@dataclass(slots=True)
class BatchFile:
    """Requests for one batch, each once by its hash."""

    requests: dict[str, BatchRequest] = field(default_factory=dict[str, BatchRequest])
    size: int = 0

    def add(self, name: str, request: BatchRequest) -> None:
        if name not in self.requests:
            self.requests[name] = request
            self.size += len(request.line)

    @property
    def is_full(self) -> bool:
        """True where the few requests of one more post might be too many."""
        return len(self.requests) >= _MOST_REQUESTS or self.size >= _MOST_SIGNS

    @property
    def lines(self) -> list[str]:
        return [request.line for request in self.requests.values()]

    @property
    def most(self) -> Usage:
        return sum((request.most for request in self.requests.values()), Usage())


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How far batches are: requests that were answered or failed, and whether nothing more will come."""

    done: int
    total: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class BatchResults:
    """The lines of answers that came, and what they cost."""

    lines: tuple[str, ...] = field(default=(), repr=False)
    usage: Usage = field(default_factory=Usage)


class Batches(Protocol):
    """The model's server, as it takes batches. Each raises `ModelFailed` where it can't be asked."""

    async def gathering(self, file: BatchFile) -> OtherCritic:
        """Critics that judge nothing, and put into the file what they would ask first."""
        ...

    async def reading(self, results: BatchResults, spare: int) -> OtherCritic:
        """Critics that judge by the answers that came.

        What follows from them is asked in the ordinary way, and of requests without an answer only ``spare``.
        """
        ...

    async def hand_in(self, key: str, lines: Sequence[str], since: float) -> str:
        """The id of the batch that has this ``key``: one that was begun after ``since``, or else a new one."""
        ...

    async def look(self, ids: Sequence[str]) -> BatchProgress: ...

    async def results(self, ids: Sequence[str]) -> BatchResults: ...

    async def cancel(self, ids: Sequence[str]) -> None:
        """Cancel what is under way; what was answered by then can still be read."""
        ...

    async def drop(self, ids: Sequence[str]) -> None:
        """Cancel what is under way, and delete every file that there is; what is gone already is fine."""
        ...
