"""Figures for Prometheus and spans for a collector, each where its library is installed; never words."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot.core.errors import PersonCanFix
from bot.core.words import operating as words
from bot.settings import listening

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from bot.assemble.tracing import Tracing
    from bot.core.judging import Critique, Usage
    from bot.core.ports import Clock
    from bot.engine.status import JobTables

_BUCKETS = (0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3600)
"""Seconds that people wait for a review."""


def open_tracing(url: str, model: str) -> Tracing:
    """Raises `PersonCanFix` where the library is not installed."""
    try:
        from bot.assemble.tracing import Tracing  # noqa: PLC0415 - only where somebody wants traces
    except ImportError:
        raise PersonCanFix(words.NO_TRACING) from None
    return Tracing(url, model)


class Metrics:
    """Counters for Prometheus."""

    def __init__(self, jobs: JobTables, clock: Clock) -> None:
        """Raises `PersonCanFix` where the library is not installed."""
        try:
            import prometheus_client as prometheus  # noqa: PLC0415 - only where somebody wants figures
            from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415
        except ImportError:
            raise PersonCanFix(words.NO_METRICS) from None
        self._prometheus, self._gauge, self._jobs, self._clock = prometheus, GaugeMetricFamily, jobs, clock
        self._registry = prometheus.CollectorRegistry()
        self._reviews = self._counter("candor_reviews", "Reviews posted", "outcome", "model")
        self._calls = self._counter("candor_model_answers", "What became of asking the model", "outcome")
        self._tokens = self._counter("candor_model_tokens", "Tokens as the model's server counted them", "kind")
        self._waits = self._seconds("candor_review_wait_seconds", "From the post or edit to its review")
        self._answers = self._seconds("candor_model_answer_seconds", "That the model took for an answer")
        self._registry.register(self)

    def _counter(self, name: str, about: str, *labels: str) -> Any:  # noqa: ANN401 - an optional library's
        return self._prometheus.Counter(name, about, labels, registry=self._registry)

    def _seconds(self, name: str, about: str) -> Any:  # noqa: ANN401 - an optional library's
        return self._prometheus.Histogram(name, about, buckets=_BUCKETS, registry=self._registry)

    def asked(self, outcome: str, seconds: float, usage: Usage | None) -> None:
        self._calls.labels(outcome).inc()
        self._answers.observe(seconds)
        if usage:
            self._tokens.labels("input").inc(usage.input_tokens)
            self._tokens.labels("cached").inc(usage.cached_tokens)
            self._tokens.labels("output").inc(usage.output_tokens)

    def replied(self, critique: Critique, seconds: float) -> None:
        self._reviews.labels(critique.outcome.value, critique.model_part.value).inc()
        self._waits.observe(seconds)

    def collect(self) -> Iterable[Any]:
        """The queues at this moment: what Prometheus calls when it asks, in a thread of its own."""
        family = self._gauge
        waiting = family("candor_jobs_waiting", "Jobs that are due", labels=("queue",))
        running = family("candor_jobs_running", "Jobs at work", labels=("queue",))
        oldest = family("candor_jobs_oldest_seconds", "Since when the oldest one is due", labels=("queue",))
        now = self._clock.now()
        for queue in asyncio.run(self._jobs.queues(now)):
            waiting.add_metric((queue.name,), queue.waiting)
            running.add_metric((queue.name,), queue.running)
            oldest.add_metric((queue.name,), 0.0 if queue.oldest is None else max(0.0, now - queue.oldest))
        return waiting, running, oldest

    def describe(self) -> Iterable[Any]:
        """Nothing: the queues are not asked about before somebody wants to know."""
        return ()

    @contextmanager
    def served(self, host: str, port: int) -> Generator[int]:
        """Answer at `/metrics`; gives the port. Raises `PersonCanFix` where nobody can listen there."""
        with listening(f"HOST={host}", f"METRICS_PORT={port}"):
            server, thread = self._prometheus.start_http_server(port, addr=host, registry=self._registry)
        try:
            yield int(server.server_port)
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
