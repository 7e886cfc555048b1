"""Measuring reviews: the real critic, on a model that also answers from files; and the memory of brands in cases."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.assemble.judging import open_chosen
from bot.core.brand.facts import in_order
from bot.core.judging import Failure, ModelFailed
from bot.core.ports import SystemClock
from bot.evaluation.cases import MISSING, STALE, Note
from bot.evaluation.scores import Measured
from bot.model.brief import load_prompts
from bot.model.context_window import ContextWindow
from bot.model.critic import ModelCritic
from bot.model.recorded import Key, Recorded, RecordedAnswers, recorded_line, request_hash, request_line
from bot.rules.judging import BrandRecord, by_id, judges_beside
from bot.rules.private_data import sensitive
from bot.rules.values import terms_of
from bot.store.brand.posts import PostStore
from bot.store.database import Database
from bot.store.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable, Sequence

    from bot.assemble.bench import Bench
    from bot.core.guidelines import Library
    from bot.core.ports import Judges
    from bot.evaluation.cases import BrandMemory, GoldCase
    from bot.evaluation.running import Beside
    from bot.evaluation.scores import Sizes
    from bot.model.language_model import ModelReply, ModelRequest, Wire
    from bot.settings import Settings


# A model for one case that answers from a file, asks the real one, or keeps what would have to be asked.


@dataclass(slots=True)
class Exchange:
    """What all cases share: the model, the answers there are, and what becomes of a request without one.

    With ``keep`` the model is asked and each answer given to it as a line of a file; without it nothing is sent, and
    the requests are gathered in ``wanted``, as lines of a batch file.
    """

    model: Wire
    answers: RecordedAnswers
    keep: Callable[[str], object] | None = None
    wanted: list[str] = field(default_factory=list[str])
    _measured: dict[str, Measured] = field(default_factory=dict[str, Measured])

    def measure(self, request: ModelRequest) -> Measured:
        """Where the sizes of requests like this are gathered."""
        form = self._measured.setdefault(request.form.name, Measured(request.form.name))
        schema = json.dumps(request.form.schema, ensure_ascii=False, separators=(",", ":"))
        form.ask("\n".join((request.instructions, schema, *(turn.text for turn in request.turns))))
        return form

    @property
    def sizes(self) -> tuple[Sizes, ...]:
        """The sizes of all requests, form by form."""
        return tuple(self._measured[form].sizes for form in sorted(self._measured))


class CaseModel:
    """The `LanguageModel` port for one case in one run."""

    def __init__(self, exchange: Exchange, case: str, run: int) -> None:
        self._exchange = exchange
        self.window = ContextWindow()
        self._case, self._run = case, run
        self._calls = 0
        self._fault = ""
        self._seconds: list[float | None] = []

    @property
    def identity(self) -> str:
        """That of the model that it stands for."""
        return self._exchange.model.identity

    @property
    def note(self) -> Note:
        """How it went. The time is known where that of every call is."""
        known = [seconds for seconds in self._seconds if seconds is not None]
        whole = bool(known) and len(known) == len(self._seconds)
        return Note(self._fault, sum(known) if whole else None)

    async def aclose(self) -> None:
        """Nothing of its own is open."""

    async def ask(self, request: ModelRequest) -> ModelReply:
        """The answer. Raises `ModelFailed` where there is none."""
        exchange = self._exchange
        self._calls += 1
        key = Key(self._case, self._run, self._calls, request=request_hash(exchange.model, request))
        measured = exchange.measure(request)
        recorded = exchange.answers.find(key) or await self._fresh(key, request)
        self._seconds.append(recorded.seconds)
        if isinstance(recorded.said, Failure):
            raise ModelFailed(recorded.said)
        measured.answer(recorded.said.text)
        return recorded.said

    async def _fresh(self, key: Key, request: ModelRequest) -> Recorded:
        exchange = self._exchange
        if exchange.keep is None:
            self._fault = STALE if exchange.answers.is_stale(key) else MISSING
            exchange.wanted.append(request_line(key, exchange.model.path, exchange.model.body(request)))
            raise ModelFailed(Failure.UNREACHABLE)
        recorded = await self._live(request)
        exchange.answers.add(key, recorded)
        exchange.keep(recorded_line(key, recorded))
        return recorded

    async def _live(self, request: ModelRequest) -> Recorded:
        """The model's answer. What may pass with time is raised, not kept: the next run asks again."""
        time = asyncio.get_running_loop().time
        began = time()
        try:
            said: ModelReply | Failure = await self._exchange.model.ask(request)
        except ModelFailed as error:
            if error.passing:
                raise
            said = error.failure
        return Recorded(said, round(time() - began, 3))


class CaseExaminer:
    """The `Examiner` port."""

    def __init__(self, critic: ModelCritic, model: CaseModel) -> None:
        self.critic = critic.on(model)
        self._model = model

    def note(self) -> Note:
        return self._model.note


# The model's part in measuring reviews: the real critic, on a model that also answers from files.

_SECRET = b"candor eval"
"""Always the same, so that requests are the same on every machine."""


@dataclass(frozen=True, slots=True)
class Examination:
    """The critic for each case, and what passes between it and the model."""

    critic: ModelCritic
    exchange: Exchange

    def examiner_for(self, case: str, run: int) -> CaseExaminer:
        """The way to the model for one case in one run."""
        return CaseExaminer(self.critic, CaseModel(self.exchange, case, run))


@asynccontextmanager
async def examination(
    settings: Settings, bench: Bench, lines: Iterable[str], keep: Callable[[str], object] | None
) -> AsyncGenerator[Examination]:
    """An examination with the recorded answers in ``lines``; the model is asked for others where ``keep`` is given."""
    prompts = load_prompts(settings.prompts)
    model, limits = open_chosen(settings)
    critic = ModelCritic(
        model, bench.library, bench.rules, prompts=prompts, secret=_SECRET, limits=limits, sensitive=sensitive
    )
    try:
        yield Examination(critic, Exchange(model, RecordedAnswers(model, lines), keep))
    finally:
        await model.aclose()


# Cases beside what their brands keep: the store, the lookup and the comparison are those of the running bot.


@asynccontextmanager
async def brands_beside(library: Library, cases: Sequence[GoldCase]) -> AsyncGenerator[Beside]:
    """The judges of each case with the memory that it carries. The posts are on the disk only meanwhile."""
    in_force, clock = by_id(library), SystemClock()
    brands: dict[BrandMemory, str] = {}
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/candor.db")
        await migrate(database)
        posts = PostStore(database, clock, terms_of)
        for case in cases:
            if case.memory and case.memory not in brands:
                brands[case.memory] = f"T{len(brands)}"
                await posts.bring(brands[case.memory], case.memory.posts)

        async def beside(case: GoldCase, judges: Judges) -> Judges:
            if case.memory is None:
                return judges
            near = await posts.near(brands[case.memory], case.draft.text)
            today = case.today or datetime.fromtimestamp(clock.now(), UTC).date().isoformat()
            return judges_beside(judges, in_force, BrandRecord(in_order(case.memory.facts), today, near))

        try:
            yield beside
        finally:
            await database.close()
