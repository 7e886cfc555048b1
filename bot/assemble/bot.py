"""The whole running bot."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.assemble.capabilities import open_talker, open_viewer
from bot.assemble.installing import JudgingParts, open_installing
from bot.assemble.judging import critic_maker
from bot.assemble.memory import SystemClock, check_settings, database
from bot.assemble.parts import Foundation, Parts
from bot.assemble.rules import whole_library
from bot.core.errors import PersonCanFix
from bot.core.words import installing as words
from bot.rules.engine import RuleEngine
from bot.slack.app import SocketReceiver, WebReceiver, bolt_app
from bot.slack.audience import Guard
from bot.slack.conversing import register_talking
from bot.slack.installing import register_departures
from bot.slack.listeners import register, register_clicks, register_deciding, register_shortcuts, register_tools
from bot.store.conversing import TurnStore
from bot.store.database import ProcessLock, why_unusable
from bot.store.migrate import is_up_to_date, migrate
from bot.store.watching import NoticeStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp

    from bot.assemble.installing import Installing
    from bot.core.ports import Clock
    from bot.model.recorded import Recordings
    from bot.settings import Settings
    from bot.slack.clients import Clients
    from bot.store.database import Database


_LOG = logging.getLogger(__name__)
_SWEEP = 60.0
_TIDY = 3600.0
_DELIVERY = 300.0
"""Seconds between two looks whether Slack could deliver everything over HTTP."""
_ASK = 1.0
"""Seconds between two looks whether it is time to ask Slack again for a token; its pauses grow by themselves."""
_BEAT = 60.0
"""Seconds between two notes that messages can arrive."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a local workspace brings along, and no setting can: its clock, which people move, and recorded answers.

    With ``recordings`` a model's recorded answers take the place of a model.
    """

    clock: Clock
    recordings: Recordings | None = None


class Bot:
    """Candor, receiving and working. ``receives`` and ``works`` split the two over processes."""

    def __init__(
        self,
        settings: Settings,
        *,
        receives: bool = True,
        works: bool = True,
        rehearsal: Rehearsal | None = None,
    ) -> None:
        self._settings, self._rehearsal = settings, rehearsal
        self._receives, self._works = receives, works
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = AsyncExitStack()
        self._watching = asyncio.Lock()
        self._socket: SocketReceiver | None = None
        self._clock = rehearsal.clock if rehearsal else SystemClock()
        self._parts: Parts | None = None

    async def start(self) -> None:
        """Start every part; returns once messages are received and worked on.

        Raises `PersonCanFix` with what to mend.
        """
        check_settings(self._settings, receives=self._receives, works=self._works)
        try:
            await self._start()
        except BaseException as error:
            await self.stop()
            if reason := why_unusable(error):
                raise PersonCanFix(words.database_stopped(reason)) from None
            raise

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

    async def is_ready(self) -> bool:
        """True while Slack can reach Candor."""
        return self._socket is None or await self._socket.is_connected()

    async def _start(self) -> None:
        settings, clock = self._settings, self._clock
        recordings = self._rehearsal.recordings if self._rehearsal else None
        library = whole_library(settings)
        if not settings.database_url:
            lock = ProcessLock(settings.data_dir)
            lock.take()
            self._open.push_async_callback(lock.release)
        db = await self._open_database()
        installing = await open_installing(settings, db, clock)
        clients = installing.clients
        critic_for = await self._open.enter_async_context(critic_maker(settings, recordings))
        talker = await self._open.enter_async_context(open_talker(settings, library, recordings))
        viewer = await self._open.enter_async_context(open_viewer(settings, recordings))
        judging = JudgingParts(library, RuleEngine(library), critic_for, talker, viewer)
        place = Foundation(settings, judging, db, clients, clock, self._works, self._rehearsal is not None)
        self._parts = parts = Parts(place)
        if parts.ask:
            self._open.push_async_callback(parts.ask.close)
        await parts.complete().start()
        self._open.push_async_callback(parts.engine.stop)
        self._open.callback(clients.close)  # before the engine stops, so that no job waits for a workspace then
        self._every(_ASK, lambda: self._let_in(clients, parts))
        for sweep in parts.sweeps:
            self._every(_SWEEP, sweep)
        self._every(_TIDY, lambda: _tidy(parts, db))
        for seconds, chore in (*installing.chores, *parts.digests.chores, *parts.people.chores):
            self._every(seconds, chore)
        if self._receives:
            await self._receive(installing, parts)

    async def _let_in(self, clients: Clients, parts: Parts) -> None:
        """What a workspace that joins late missed is read back."""
        if await clients.ask_again() and self._receives:
            await self._keep_watch(parts, back=True)

    async def _open_database(self) -> Database:
        db = database(self._settings)
        self._open.push_async_callback(db.close)
        if db.is_sqlite:
            await migrate(db)
        elif not await is_up_to_date(db):
            raise PersonCanFix(words.MIGRATE_FIRST)
        return db

    def _register(self, app: AsyncApp, parts: Parts) -> None:
        register(app, parts.receive, parts.names)
        register_clicks(app, parts.clicks)
        register_deciding(app, parts.deciding)
        register_shortcuts(app, parts.shortcuts)
        register_tools(app, parts.tools)
        parts.people.register(app)
        self._open.push_async_callback(parts.people.commands.close)
        parts.home.register(app)  # before others that listen to "somebody opened the app"
        register_talking(app, parts.conversation.talking)
        register_departures(app, parts.departures)

    async def _receive(self, installing: Installing, parts: Parts) -> None:
        settings = self._settings
        guard = Guard(parts.own.sees.audience, installing.clients)
        app = bolt_app(installing.clients, settings.signing_secret, installing.flow, guard)
        self._register(app, parts)

        async def came_back() -> None:
            self._later(lambda: self._keep_watch(parts, back=True, whole=False))

        if settings.app_token:
            self._socket = SocketReceiver(app, settings.app_token, settings.api_url, came_back)
            await self._socket.start()
            self._open.push_async_callback(self._socket.stop)
        if settings.port is not None or not settings.app_token:
            over_http = None if settings.app_token else (app, settings.signing_secret)
            place = (settings.host, settings.port or 0)
            web = WebReceiver(over_http, place, self.is_ready, SystemClock(), installing.flow)
            if over_http:
                web.watched_by(parts.delivery)
                self._every(_DELIVERY, lambda: self._check_delivery(parts))
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


async def _tidy(parts: Parts, db: Database) -> None:
    """Delete the traces of old jobs and of messages that were never drafts, and what deletions left in files."""
    while await parts.engine.forget_finished(parts.clock.now()):
        pass
    await parts.drafts.forget_unknown()
    await TurnStore(db, parts.clock).forget_unknown()
    await NoticeStore(db, parts.clock).forget_old()
    await db.wipe()


async def _logged(work: Callable[[], Awaitable[object]]) -> None:
    try:
        await work()
    except Exception as error:  # background work must not end with its first failure  # noqa: BLE001
        _LOG.warning("background work failed and goes on later: %s", type(error).__name__)
