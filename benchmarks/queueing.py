"""A simulation of how long people wait for reviews, checked against what was measured, out to 100,000 workspaces.

    python -m benchmarks.queueing [--most 100000] [--seed 1]

Drafts come from many workspaces, a few of them in batches. A process has one core, asks the model about at most 256
drafts at once and about 128 of one workspace, edited ones first, as `bot.flows.asking` does; the provider takes so
many calls a minute. The first rows hold the simulation against measured bursts ("plain" is what was measured). The
others are the busiest hour of so many workspaces, with 20 drafts a day each and a model that takes 8 s.
"""

# pyright: reportUnknownVariableType=false
# (simpy does not say what a request gives)

from __future__ import annotations

import math
import random
import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import simpy

from benchmarks.bench import Row, measured
from bot.flows.asking import AT_ONCE, PER_TEAM

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    Steps = Generator[simpy.Event, object, None]


@dataclass(frozen=True, slots=True)
class Costs:
    """What a draft takes in a process: seconds of a core, and until a queue is looked at."""

    receive: float
    """Until it is acknowledged."""
    prepare: float
    """Until the model is asked."""
    answer: float
    """From its answer, or the first words, to the reply."""
    poll: float = 0.0
    """Between two looks for jobs; 0 where they begin at once."""

    @property
    def all(self) -> float:
        """Seconds of a core."""
        return self.receive + self.prepare + self.answer


SQLITE = Costs(0.003, 0.0165, 0.0133)
"""Measured by `overhead`: 32.8 ms for a draft, 19.5 of them before the model is asked (200 drafts take 3.85 s
longer than the model's 5 s). `receive` is the part of it until Slack hears of it."""
POSTGRESQL = Costs(0.014, 0.034, 0.027, poll=0.25)
"""Measured by `acknowledge`: 75 ms for a draft; by `workers`: 14 of them are the receiver's. The rest is split as on
SQLite."""
PATIENCE, IN_LINE = 20.0, 4.0
"""Seconds after which the fixed checks speak first: if the model is slow, and if the call still stands in line."""
BUSIEST = 90 / 100_000
"""Drafts a second of one workspace at the busiest hour: 20 a day, four times as many as on average."""
BATCH, BATCHES = 20, 0.02
"""A draft in fifty is the first of a campaign's twenty."""
BURST = 300
"""That one workspace posts at once, in the middle of it."""
FULL = 0.7
"""How busy a core may be, and the provider's limit, at the busiest hour."""
CHECKED: tuple[tuple[str, tuple[int, float, int], Costs, dict[tuple[str, float], float]], ...] = (
    ("one draft, model 1 s", (1, 1.0, 1), SQLITE, {("full", 1.0): 1.04}),
    ("200 drafts of 4 workspaces, model 5 s", (200, 5.0, 4), SQLITE, {("full", 1.0): 8.85}),
    ("300 drafts of one workspace, model 30 s", (300, 30.0, 1), SQLITE, {("first", 0.5): 10.6, ("first", 1.0): 24.4}),
)
"""What was measured by `overhead` and `bursts`: drafts, seconds and workspaces; what a draft took then; and the words
within which part of them were there after how many seconds. A model of 30 s is asked one thing after the other, which
is not simulated: its full reviews are not compared."""
NAMES = {"first": "first words", "full": "full review"}


@dataclass
class Waits:
    """Seconds from the post to the first words and to the full review."""

    first: list[float] = field(default_factory=list[float])
    full: list[float] = field(default_factory=list[float])

    def within(self, part: float, of: str = "full") -> float:
        """Seconds within which this part of them was there."""
        seconds: list[float] = sorted(getattr(self, of))
        return seconds[int(part * (len(seconds) - 1))]


@dataclass
class Provider:
    """Takes so many calls a second, one after the other; None for as many as come."""

    a_second: float | None
    takes: Callable[[], float]
    _next: float = 0.0

    def begins(self, now: float) -> float:
        """When the next call begins."""
        if self.a_second is None:
            return now
        self._next = max(now, self._next + 1 / self.a_second)
        return self._next


class Process:
    """A core and its calls of the model."""

    def __init__(self, env: simpy.Environment, costs: Costs) -> None:
        self.env, self.costs = env, costs
        self.core = simpy.PriorityResource(env, 1)
        self._calls = simpy.Resource(env, AT_ONCE)
        self._of: defaultdict[str, simpy.Resource] = defaultdict(lambda: simpy.Resource(env, PER_TEAM))

    def works(self, seconds: float, rank: int = 1) -> Steps:
        """Use the core, what Slack waits for first."""
        with self.core.request(rank) as turn:
            yield turn
            yield self.env.timeout(seconds)

    def asks(self, team: str, provider: Provider, begun: simpy.Event) -> Steps:
        """One call: a turn of the workspace's, one of the process's, and the provider's own time."""
        with self._of[team].request() as own:
            yield own
            with self._calls.request() as one:
                yield one
                begun.succeed()
                yield self.env.timeout(provider.begins(self.env.now) - self.env.now + provider.takes())


def draft(process: Process, team: str, provider: Provider, waits: Waits, *, poll: float) -> Steps:
    """A draft's way; it is found in the queue after ``poll`` seconds."""
    env, costs, began = process.env, process.costs, process.env.now
    yield from process.works(costs.receive, 0)
    yield env.timeout(poll)
    yield from process.works(costs.prepare)
    begun = env.event()
    call = env.process(process.asks(team, provider, begun))
    yield call | env.timeout(IN_LINE)
    if begun.triggered and not call.processed:
        yield call | env.timeout(PATIENCE - IN_LINE)
    if not call.processed:
        yield from process.works(costs.answer)
        waits.first.append(env.now - began)
        yield call
    yield from process.works(costs.answer)
    waits.full.append(env.now - began)
    if len(waits.first) < len(waits.full):
        waits.first.append(env.now - began)


def burst(number: int, seconds: float, teams: int, *, costs: Costs, seed: int) -> Waits:
    """So many drafts at once, and one process."""
    env, waits, dice = simpy.Environment(), Waits(), random.Random(seed)
    process, provider = Process(env, costs), Provider(None, lambda: seconds)
    for at in range(number):
        env.process(draft(process, f"T{at % teams}", provider, waits, poll=dice.uniform(0, costs.poll)))
    env.run()
    return waits


@dataclass(frozen=True, slots=True)
class Hour:
    """The busiest hour of so many workspaces, or a part of it that has enough drafts."""

    workspaces: int
    seed: int

    @property
    def a_second(self) -> float:
        """Drafts."""
        return self.workspaces * BUSIEST

    @property
    def processes(self) -> int:
        """That are needed."""
        return math.ceil(self.a_second * POSTGRESQL.all / FULL)

    @property
    def calls_a_minute(self) -> int:
        """That the provider has to allow."""
        return math.ceil(self.a_second * 60 / FULL)

    @property
    def seconds(self) -> float:
        """Simulated: an hour, or as long as 50,000 drafts take."""
        return min(3600.0, 50_000 / self.a_second)

    def played(self) -> tuple[Waits, Waits]:
        """Everybody's waits, and those of the one workspace that posts very many at once."""
        env, dice, waits, many = simpy.Environment(), random.Random(self.seed), Waits(), Waits()
        processes = [Process(env, POSTGRESQL) for _ in range(self.processes)]
        provider = Provider(self.calls_a_minute / 60, lambda: dice.lognormvariate(math.log(8.0), 0.4))

        def post(team: str, kept: Waits) -> None:
            env.process(draft(dice.choice(processes), team, provider, kept, poll=dice.uniform(0, POSTGRESQL.poll)))

        def people() -> Steps:
            rate = self.a_second / (1 + BATCHES * (BATCH - 1))
            while env.now < self.seconds:
                yield env.timeout(dice.expovariate(rate))
                team = f"T{dice.randrange(self.workspaces)}"
                for _ in range(BATCH if dice.random() < BATCHES else 1):
                    post(team, waits)

        def campaign() -> Steps:
            yield env.timeout(self.seconds / 2)
            for _ in range(BURST):
                post("T-many", many)

        env.process(people())
        env.process(campaign())
        env.run()
        return waits, many


def main(most: int, seed: int) -> list[Row]:
    """The checks, then each size."""
    rows: list[Row] = []
    for what, drafts, costs, known in CHECKED:
        repeated = [burst(*drafts, costs=costs, seed=seed + again) for again in range(3)]
        for (of, part), measured_then in known.items():
            simulated = statistics.median(waits.within(part, of) for waits in repeated)
            rows.append(Row(f"{what}: {NAMES[of]}, {'last' if part == 1 else 'median'}", simulated, measured_then))
    for workspaces in (1_000, 10_000, 100_000):
        if workspaces <= most:
            rows += _rows(Hour(workspaces, seed))
    return rows


def _rows(hour: Hour) -> list[Row]:
    waits, many = hour.played()
    what = f"{hour.workspaces:,} workspaces"
    return [
        Row(f"{what}: drafts a second", hour.a_second, unit=""),
        Row(f"{what}: processes that work", hour.processes, unit=""),
        Row(f"{what}: calls of the model a minute", hour.calls_a_minute, unit=""),
        Row(f"{what}: first words, 99th percentile", waits.within(0.99, "first")),
        Row(f"{what}: full review, median", waits.within(0.5)),
        Row(f"{what}: full review, 99th percentile", waits.within(0.99)),
        Row(f"{what}: {BURST} of one workspace at once, last full review", max(many.full)),
    ]


if __name__ == "__main__":
    measured(main, __doc__, most=(100_000, 100), seed=(1, 1))
