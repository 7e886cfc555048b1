"""Traces for OpenTelemetry: a draft's way as spans, with ids, times, tokens and outcomes; never words.

Only where the settings name a collector is this imported. Everything about a draft is one trace, whose id is made of
the draft's, so that a job on another machine continues what its event began, also after a crash.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from opentelemetry import context, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import NonRecordingSpan, SpanContext, SpanKind, StatusCode, TraceFlags

from bot.core.errors import in_short
from bot.core.operating import reference
from bot.engine.jobs import Engine
from bot.slack.threads import SlackThread
from bot.slack.wire.payloads import part, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, Iterable

    from opentelemetry.trace import Span

    from bot.core.deciding import Mute
    from bot.core.judging import Critique, Usage
    from bot.core.ports import ProblemsOf, Step
    from bot.core.reviewing import DraftRecord, Reply, ReviewJob, Standing
    from bot.core.spending import Budget, Hold, Purpose
    from bot.engine.jobs import EngineLimits, Flow, Flows
    from bot.slack.listeners import Listener
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json

_ABOUT_DRAFTS = ("review", "refresh", "remove_reply")
"""Kinds of jobs whose first id is a draft's."""
_LAST = 3.0
"""Seconds that a stop waits for the collector."""
_wanted: ContextVar[tuple[int, int]] = ContextVar("wanted", default=(0, 0))
"""The ids of the next trace and the next span; 0 for any."""


def _number(of: str, size: int) -> int:
    return int.from_bytes(sha256(of.encode()).digest()[:size]) or 1


class _Ids(RandomIdGenerator):
    """Random ones where nobody wants a certain one."""

    def generate_trace_id(self) -> int:
        return _wanted.get()[0] or super().generate_trace_id()

    def generate_span_id(self) -> int:
        return _wanted.get()[1] or super().generate_span_id()


class Tracing:
    """Makes the spans. What the collector is told besides its address is in OpenTelemetry's own variables."""

    def __init__(self, url: str, model: str) -> None:
        """``url`` takes spans by OTLP over HTTP; ``model`` is the language model's name."""
        resource = Resource.create()
        if str(resource.attributes.get("service.name", "")).startswith("unknown_service"):
            resource = resource.merge(Resource({"service.name": "candor"}))
        self._provider = TracerProvider(id_generator=_Ids(), resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)))
        self._tracer = self._provider.get_tracer("candor")
        self._model = model

    async def close(self) -> None:
        """Send what is left, if the collector takes it soon."""
        closing = asyncio.to_thread(self._provider.shutdown)
        await asyncio.wait({asyncio.ensure_future(closing)}, timeout=_LAST)

    @contextmanager
    def span(
        self, name: str, kind: SpanKind = SpanKind.INTERNAL, *, of: str = "", own: str = "", behind: str = ""
    ) -> Generator[Span]:
        """Around a piece of work. ``of`` is what its trace is about: it begins there, unless that is under way.

        ``own`` makes its id, and ``behind`` that of the span that it comes after, whoever made it.
        """
        number = _number(of, 16) if of else 0
        around = context.get_current()
        if of and trace.get_current_span().get_span_context().trace_id != number:
            around = context.Context()
        if behind:
            before = SpanContext(number, _number(behind, 8), is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))
            around = trace.set_span_in_context(NonRecordingSpan(before), context.Context())
        chosen = _wanted.set((number, _number(own, 8) if own else 0))
        try:
            span = self._tracer.start_span(name, around, kind)
        finally:
            _wanted.reset(chosen)
        with trace.use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            try:
                yield span
            except BaseException as error:  # also of what was cancelled the span says how it ended
                said = in_short(error) if isinstance(error, Exception) else type(error).__name__
                span.set_status(StatusCode.ERROR, said)
                raise

    # An event.

    def heard(self, listeners: Iterable[Listener]) -> list[Listener]:
        """The same listeners; what each takes is a span."""
        return [one._replace(take=self._taking(one)) for one in listeners]

    def _taking(self, one: Listener) -> Callable[[Json], Awaitable[Json | None]]:
        async def take(body: Json) -> Json | None:
            with self.span(f"slack {one.kind} {one.name}", SpanKind.SERVER, of=_draft_in(body)) as span:
                _tell(span, team=text(body, "team_id"), event=text(body, "event_id"), draft=_draft_in(body))
                return await one.take(body)

        return take

    # Jobs.

    def jobs(self, flows: Flows) -> Flows:
        """The same flows; each job and each of its steps is a span."""
        known = {one.name: flow for one in fields(flows) if (flow := getattr(flows, one.name))}
        return replace(flows, **{kind: self._job(kind, flow) for kind, flow in known.items()})

    def _job(self, kind: str, flow: Flow) -> Flow:
        async def job(step: Step, first: str, *more: object) -> str:
            async def stepping(name: str, work: Callable[..., Awaitable[str]], key: str) -> str:
                async def in_span(key: str) -> str:
                    with self.span(f"step {name}"):
                        return await work(key)

                return await step(name, in_span, key)

            key = ":".join(map(str, (kind, first, *more)))
            of = first if kind in _ABOUT_DRAFTS else key
            with self.span(f"job {kind}", SpanKind.CONSUMER, of=of, behind=key if kind == "review" else "") as span:
                _tell(span, job=key, draft=first if kind in _ABOUT_DRAFTS else "")
                outcome = await flow(cast("Step", stepping), first, *more)
                _tell(span, outcome=outcome)
                return outcome

        return job

    def engine(self, url: str, limits: EngineLimits, **options: Any) -> Engine:  # noqa: ANN401 - an `Engine`'s
        """Jobs that are asked for within a span go on in its trace."""
        return _TracedEngine(url, limits, self, **options)

    def thread(self, clients: Clients, problems: ProblemsOf) -> SlackThread:
        """Where replies are posted."""
        return _TracedThread(clients, problems, self)

    # What the journal is told.

    def asked(self, outcome: str, seconds: float, usage: Usage | None) -> None:
        """Of the step that asked the model."""
        used = usage.input_tokens + usage.output_tokens if usage else 0
        _tell(trace.get_current_span(), answer=outcome, answer_seconds=round(seconds, 3), tokens=used)

    def replied(self, critique: Critique, seconds: float) -> None:
        """Of the step after which a review stands in its thread."""
        found = {"findings": len(critique.findings), "questions": len(critique.questions)}
        said = {"outcome": critique.outcome.value, "model": critique.model_part.value, "waited": round(seconds, 3)}
        _tell(trace.get_current_span(), **said, **found)

    # Calls of the model.

    def paid(self, budget: Budget) -> Budget:
        """The same budget; each call that it lets through is a span."""
        return _TracedBudget(budget, self._tracer, self._model)


def _draft_in(body: Json) -> str:
    """The id of the draft that an event or a click is about, as far as Slack says it; "" for others."""
    event = part(body, "event") or part(body, "container") or body
    message = part(event, "message") or part(event, "previous_message") or part(body, "message") or event
    team = text(body, "team_id") or text(part(body, "team"), "id")
    channel = text(event, "channel") or text(event, "channel_id") or text(part(body, "channel"), "id")
    ts = text(message, "thread_ts") or text(message, "ts") or text(event, "deleted_ts")
    return f"{team}:{channel}:{ts}" if channel and ts else ""


def _tell(span: Span, **facts: str | float) -> None:
    facts |= {"reference": reference(draft)} if (draft := str(facts.get("draft", ""))) else {}
    span.set_attributes({f"candor.{name}": fact for name, fact in facts.items() if fact != ""})


class _TracedBudget:
    """The `Budget` port."""

    def __init__(self, budget: Budget, tracer: trace.Tracer, model: str) -> None:
        self._budget, self._tracer, self._model = budget, tracer, model
        self._calls: dict[int, Span] = {}

    async def begin(self, team: str, purpose: Purpose, most: Usage, share: float = 1.0) -> Hold:
        hold = await self._budget.begin(team, purpose, most, share=share)
        span = self._tracer.start_span(f"chat {self._model}", kind=SpanKind.CLIENT)
        span.set_attributes({"gen_ai.operation.name": "chat", "gen_ai.request.model": self._model})
        _tell(span, team=team, purpose=purpose.value)
        self._calls[id(hold)] = span
        return hold

    async def end(self, hold: Hold, usage: Usage | None) -> None:
        span = self._calls.pop(id(hold))
        if usage:
            span.set_attribute("gen_ai.usage.input_tokens", usage.input_tokens)
            span.set_attribute("gen_ai.usage.cache_read.input_tokens", usage.cached_tokens)
            span.set_attribute("gen_ai.usage.output_tokens", usage.output_tokens)
        else:
            span.set_status(StatusCode.ERROR)
        span.end()
        await self._budget.end(hold, usage)

    async def reviewed(self, team: str) -> None:
        await self._budget.reviewed(team)


class _TracedEngine(Engine):
    """To ask for a review is a span, which the job continues, wherever that runs."""

    def __init__(self, url: str, limits: EngineLimits, tracing: Tracing, **options: Any) -> None:  # noqa: ANN401
        super().__init__(url, limits, **options)
        self._tracing = tracing

    async def review(self, job: ReviewJob, *, delay: float = 0) -> None:
        with self._tracing.span("ask for a review", SpanKind.PRODUCER, of=job.draft_id, own=job.key) as span:
            _tell(span, job=job.key, draft=job.draft_id)
            await super().review(job, delay=delay)


class _TracedThread(SlackThread):
    """Each post and edit of the reply is a span."""

    def __init__(self, clients: Clients, problems: ProblemsOf, tracing: Tracing) -> None:
        super().__init__(clients, problems)
        self._tracing = tracing

    async def post(self, record: DraftRecord, reply: Reply, content: Standing | Mute) -> str:
        with self._tracing.span("slack chat.postMessage", SpanKind.CLIENT) as span:
            ts = await super().post(record, reply, content)
            _tell(span, draft=record.id, message=ts)
            return ts

    async def update(self, record: DraftRecord, reply: Reply, content: Standing | Mute) -> bool:
        with self._tracing.span("slack chat.update", SpanKind.CLIENT) as span:
            stands = await super().update(record, reply, content)
            _tell(span, draft=record.id, message=reply.ts, outcome="updated" if stands else "gone")
            return stands
