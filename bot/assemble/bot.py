"""The whole running bot."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bot.assemble.installing import open_installing
from bot.assemble.judging import open_judging
from bot.assemble.memory import database
from bot.assemble.surfaces import Parts
from bot.core.brand.own_guidelines import GuidelineVersion
from bot.core.errors import PersonCanFix
from bot.core.ports import SystemClock
from bot.core.words import installing as words
from bot.flows.brand.own_guidelines import WriteGuidelines
from bot.settings import check_settings, listening
from bot.slack.app import SocketReceiver, WebReceiver, bolt_app, kept_connections
from bot.slack.audience import Guard
from bot.slack.listeners import listeners, register
from bot.store.brand.own_guidelines import TrialStore
from bot.store.database import ProcessLock, why_unusable
from bot.store.deciding import ExceptionTable
from bot.store.migrate import is_up_to_date, migrate

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.assemble.installing import Installing
    from bot.assemble.judging import JudgingParts
    from bot.assemble.memory import Rehearsal
    from bot.core.brand.facts import Fact
    from bot.core.brand.posts import EarlierPost
    from bot.core.deciding import GuidelineException
    from bot.settings import Settings
    from bot.slack.wire.clients import Clients
    from bot.store.database import Database


_LOG = logging.getLogger(__name__)
_DELIVERY = 300.0
"""Seconds between two looks whether Slack could deliver everything over HTTP."""
_ASK = 1.0
"""Seconds between two looks whether it is time to ask Slack again for a token; its pauses grow by themselves."""
_ANSWER = 2.0
"""Seconds after which a database counts as away."""
_BEAT = 60.0
"""Seconds between two notes that messages can arrive."""


class Bot:
    """Candor, receiving and working. ``receives`` and ``works`` split the two over processes."""

    def __init__(
        self, settings: Settings, *, receives: bool = True, works: bool = True, rehearsal: Rehearsal | None = None
    ) -> None:
        self._settings, self._rehearsal = settings, rehearsal
        self._receives, self._works = receives, works
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = AsyncExitStack()
        self._watching = asyncio.Lock()
        self._socket: SocketReceiver | None = None
        self._clock = rehearsal.clock if rehearsal else SystemClock()
        self._judging: JudgingParts | None = None
        self._parts: Parts | None = None
        self._db: Database | None = None

    async def start(self) -> None:
        """Start every part; returns once messages are received and worked on.

        Raises `PersonCanFix` with what to mend.
        """
        check_settings(self._settings, receives=self._receives, works=self._works)
        try:
            await self._start()
        except BaseException as error:  # also where somebody interrupts it: what has begun is stopped
            await self.stop()
            if reason := why_unusable(error):
                raise PersonCanFix(words.database_stopped(reason)) from None
            raise

    async def prepare(self) -> None:
        """Load what a first review would have to wait for: to be called when people can be heard already."""
        if self._judging and self._works:
            await self._judging.prepare()

    async def stop(self) -> None:
        """Stop receiving, let running work end, close. What is left goes on at the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._open.aclose()

    async def review_again(self, draft_id: str) -> None:
        """Read a draft anew as it stands; nothing where there is none."""
        if self._parts is None:
            return
        record = await self._parts.drafts.find(draft_id)
        if record and not record.erased and (job := await self._parts.drafts.next_round(record.job)):
            await self._parts.engine.review(job)

    async def begin_sheet(self, team: str, facts: Sequence[Fact], posts: Sequence[EarlierPost]) -> bool:
        """Begin a workspace's fact sheet and history with these; False where somebody has written on the sheet."""
        own = self._parts.own if self._parts else None
        if own is None or await own.sheets.facts.of(team) or await own.sheets.facts.changes(team, 1):
            return False
        await own.posts.bring(team, posts)
        await own.sheets.facts.save(team, facts, (), changes=())
        return True

    async def begin_rules(self, guideline: str, kept: GuidelineException) -> None:
        """Begin with a guideline of the workspace's own, as a file, and an exception, both by the same brand lead."""
        if self._parts and self._db:
            write = WriteGuidelines(
                self._parts.own.libraries, self._parts.own.leads, self._clock, trials=TrialStore(self._db)
            )
            version = await write.bring(kept.team, kept.author, guideline)
            if isinstance(version, GuidelineVersion):
                await write.switch_on(kept.team, kept.author, version.guideline, version=version.number, untried=True)
            await ExceptionTable(self._db, self._clock).add(kept)

    async def is_ready(self) -> bool:
        """True while Slack can reach Candor, and Candor its database."""
        heard = self._socket is None or await self._socket.is_connected()
        return heard and await self._remembers()

    async def _remembers(self) -> bool:
        if self._db is None:
            return False
        try:
            async with asyncio.timeout(_ANSWER):
                return await self._db.answers()
        except TimeoutError:
            return False

    async def _start(self) -> None:
        settings = self._settings
        recordings = self._rehearsal.recordings if self._rehearsal else None
        judging = self._judging = await self._open.enter_async_context(open_judging(settings, recordings))
        if not settings.database_url:
            lock = ProcessLock(settings.data_dir)
            lock.take()
            self._open.push_async_callback(lock.release)
        db = await self._open_database()
        installing = await self._open_installing(db)
        clients = installing.clients
        self._parts = parts = Parts(
            settings, judging=judging, db=db, clients=clients, works=self._works, rehearsal=self._rehearsal
        )
        if parts.tracing:
            self._open.push_async_callback(parts.tracing.close)
        if parts.ask:
            self._open.push_async_callback(parts.ask.close)
        if parts.figures and (port := settings.operating.metrics_port) is not None:
            self._open.enter_context(parts.figures.served(settings.host, port))
        await parts.engine.start(parts.flows)
        self._open.push_async_callback(parts.engine.stop)
        self._open.callback(clients.close)  # before the engine stops, so that no job waits for a workspace then
        if parts.ask:
            self._open.callback(parts.ask.turns.close)
        self._every(_ASK, lambda: self._let_in(clients, parts))
        for seconds, chore in (*installing.chores, *parts.chores):
            self._every(seconds, chore)
        if self._receives:
            await self._receive(installing, parts)

    async def _let_in(self, clients: Clients, parts: Parts) -> None:
        """What a workspace that joins late missed is read back."""
        if await clients.ask_again() and self._receives:
            await self._keep_watch(parts, back=True)

    async def _open_database(self) -> Database:
        db = self._db = database(self._settings)
        self._open.push_async_callback(db.close)
        if db.is_sqlite:
            await migrate(db)
        elif not await is_up_to_date(db):
            raise PersonCanFix(words.MIGRATE_FIRST)
        return db

    async def _open_installing(self, db: Database) -> Installing:
        installing = await open_installing(self._settings, db, self._clock)
        installing.clients.share(await self._open.enter_async_context(kept_connections()))
        return installing

    async def _receive(self, installing: Installing, parts: Parts) -> None:
        settings = self._settings
        guard = Guard(parts.own.sees.audience, installing.clients)
        app = bolt_app(installing.clients, settings.signing_secret, installing.flow, guard=guard)
        heard = listeners(parts.takers)
        register(app, parts.tracing.heard(heard) if parts.tracing else heard)
        self._open.push_async_callback(parts.afterwards.close)

        async def came_back() -> None:
            self._later(lambda: self._keep_watch(parts, back=True, whole=False))

        if settings.app_token:
            self._socket = SocketReceiver(app, settings.app_token, settings.api_url, on_reconnect=came_back)
            await self._socket.start()
            self._open.push_async_callback(self._socket.stop)
        if settings.port is not None or not settings.app_token:
            over_http = None if settings.app_token else (app, settings.signing_secret)
            place = (settings.host, settings.port or 0)
            web = WebReceiver(over_http, place, self.is_ready, clock=SystemClock(), install=installing.flow)
            web.speaks_for(installing.clients)
            if over_http:
                web.watched_by(parts.delivery)
                if parts.seen_requests:
                    web.shared_by(parts.seen_requests)
                self._every(_DELIVERY, lambda: self._check_delivery(parts))
            with listening(f"HOST={settings.host}", f"PORT={settings.port or 0}"):
                await web.start()
            self._open.push_async_callback(web.stop)
        await came_back()
        self._every(_BEAT, lambda: self._keep_watch(parts))

    async def _keep_watch(self, parts: Parts, *, back: bool = False, whole: bool = True) -> None:
        async with self._watching:
            if await self.is_ready():
                for news in await parts.watch(back=back, whole=whole):
                    _LOG.warning(words.noticed(news))

    async def _check_delivery(self, parts: Parts) -> None:
        found = await parts.delivery()
        for news in found or ():
            _LOG.warning(words.noticed(news))
        if found is not None:  # edits and deletions may be lost as well
            await self._keep_watch(parts, back=True)

    def _later(self, work: Callable[[], Awaitable[object]]) -> None:
        task = asyncio.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _every(self, seconds: float, work: Callable[[], Awaitable[object]]) -> None:
        async def again_and_again() -> None:
            while True:
                await _logged(work)
                await self._clock.sleep(seconds)

        self._later(again_and_again)


async def _logged(work: Callable[[], Awaitable[object]]) -> None:
    try:
        await work()
    except Exception as error:  # background work must not end with its first failure  # noqa: BLE001
        _LOG.warning("background work failed and goes on later: %s", type(error).__name__)
