"""The digest's flows with fakes around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.digesting import DigestCounts, EditionState, Figures
from bot.flows.digesting import ComposeDigest, SendDigest, SweepDigests
from bot.flows.watching import TellLeads
from tests.flows import fake_digests as fakes
from tests.flows.fake_leads import FakeAudience, FakeLeads, FakeMessages, FakeNotices, seeing
from tests.flows.fakes import FakeClock, straight_on

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.core.brand.facts import EvidenceLapse

MONDAY = datetime(2026, 7, 20, 9, tzinfo=UTC).timestamp()
DAY, HOUR = 24 * 3600.0, 3600.0


@dataclass
class World:
    """The digest's flows. The schedule began the Friday before `MONDAY`."""

    clock: FakeClock = field(default_factory=lambda: FakeClock(straight_on))
    settings: fakes.FakeSettings = field(default_factory=fakes.FakeSettings)
    figures: fakes.FakeFigures = field(default_factory=fakes.FakeFigures)
    board: fakes.FakeBoard = field(default_factory=fakes.FakeBoard)
    jobs: fakes.FakeDigestJobs = field(default_factory=fakes.FakeDigestJobs)
    messages: FakeMessages = field(default_factory=FakeMessages)
    audience: FakeAudience = field(default_factory=FakeAudience)
    evidence: tuple[EvidenceLapse, ...] = ()

    def __post_init__(self) -> None:
        self.editions = fakes.FakeEditions(self.clock)
        self.notices = FakeNotices(self.clock)
        self.clock.time = MONDAY - 3 * DAY
        self.figures.known = DigestCounts(Figures(reviewed=1, clean=1))

    @property
    def compose(self) -> ComposeDigest:
        signs, exceptions = fakes.FakeSignOffs(), fakes.FakeExceptions()
        return ComposeDigest(
            self.settings, self.figures, signs, exceptions=exceptions, evidence=self._evidence, clock=self.clock
        )

    async def _evidence(self, team: str) -> tuple[EvidenceLapse, ...]:
        return self.evidence if team == "T1" else ()

    async def sweep(self, at: float) -> int:
        self.clock.time = at
        workspaces = fakes.FakeWorkspaces()
        return await SweepDigests(workspaces, self.settings, self.editions, jobs=self.jobs, clock=self.clock)()

    @property
    def send(self) -> SendDigest:
        tell = TellLeads(FakeLeads(), self.notices, self.messages, sees=seeing(FakeLeads())[0])
        return SendDigest(self.editions, self.compose, self.board, tell=tell, clock=self.clock, audience=self.audience)

    async def work(self, week: str = "2026-W30", attempt: int = 0) -> str:
        async def step(_: str, work: Callable[..., Awaitable[str]], key: str) -> str:
            return await work(key)

        return await self.send(step, "T1", week, attempt)

    def state(self, week: str = "2026-W30") -> EditionState:
        return self.editions.rows["T1", week].state
