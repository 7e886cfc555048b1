"""The whole running bot."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bot.assemble.critic import library_in_force
from bot.assemble.memory import database
from bot.assemble.model import language_critic
from bot.assemble.parts import Judges, build
from bot.core.errors import PersonCanFix
from bot.core.words import setup as words
from bot.rules.engine import RuleEngine
from bot.settings import missing
from bot.slack.app import bolt_app
from bot.slack.clients import connect
from bot.slack.listeners import register, register_clicks
from bot.slack.socket import SocketReceiver
from bot.slack.web import WebReceiver
from bot.store.lock import ProcessLock
from bot.store.migrate import is_up_to_date, migrate

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.assemble.parts import Parts
    from bot.settings import Settings
    from bot.slack.clients import Clients
    from bot.store.database import Database

_LOG = logging.getLogger(__name__)
_SWEEP = 60.0
_TIDY = 3600.0


class Bot:
    """Candor, receiving and working. ``receives`` and ``works`` split the two over processes."""

    def __init__(self, settings: Settings, *, receives: bool = True, works: bool = True) -> None:
        self._settings = settings
        self._receives, self._works = receives, works
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = AsyncExitStack()
        self._catching_up = asyncio.Lock()
        self._socket: SocketReceiver | None = None

    async def start(self) -> None:
        """Start every part; returns once messages are received and worked on.

        Raises `PersonCanFix` with what to mend.
        """
        _check_settings(self._settings, receives=self._receives, works=self._works)
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop receiving, let running work end, close. What is left goes on at the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._open.aclose()

    async def is_ready(self) -> bool:
        """True while Slack can reach Candor."""
        return self._socket is None or await self._socket.is_connected()

    async def _start(self) -> None:
        settings = self._settings
        library = library_in_force(settings)
        if not settings.database_url:
            lock = ProcessLock(settings.data_dir)
            lock.take()
            self._open.push_async_callback(lock.release)
        db = await self._open_database()
        clients = await connect(settings.bot_tokens, settings.api_url)
        rules = RuleEngine(library)
        critic = await self._open.enter_async_context(language_critic(settings, library, rules))
        parts = build(settings, library, db, clients, Judges(rules, critic), works=self._works)
        if parts.ask:
            self._open.push_async_callback(parts.ask.close)
        await parts.engine.start()
        self._open.push_async_callback(parts.engine.stop)
        self._every(_SWEEP, parts.sweep)
        self._every(_TIDY, lambda: _tidy(parts, db))
        if self._receives:
            await self._receive(clients, parts)

    async def _open_database(self) -> Database:
        db = database(self._settings)
        self._open.push_async_callback(db.close)
        if db.is_sqlite:
            await migrate(db)
        elif not await is_up_to_date(db):
            raise PersonCanFix(words.MIGRATE_FIRST)
        return db

    async def _receive(self, clients: Clients, parts: Parts) -> None:
        settings = self._settings
        app = bolt_app(clients, settings.signing_secret)
        register(app, parts.receive)
        register_clicks(app, parts.clicks)

        async def catch_up_now() -> None:
            async with self._catching_up:
                for team, channel in await parts.catch_up():
                    _LOG.warning(words.gap(team, channel))

        if settings.app_token:
            self._socket = SocketReceiver(app, settings.app_token, settings.api_url, catch_up_now)
            await self._socket.start()
            self._open.push_async_callback(self._socket.stop)
        if settings.port is not None or not settings.app_token:
            over_http = None if settings.app_token else app
            web = WebReceiver(over_http, settings.host, settings.port or 0, self.is_ready)
            await web.start()
            self._open.push_async_callback(web.stop)
        self._later(catch_up_now)

    def _later(self, work: Callable[[], Awaitable[object]]) -> None:
        task = asyncio.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _every(self, seconds: float, work: Callable[[], Awaitable[object]]) -> None:
        async def again_and_again() -> None:
            while True:
                await _logged(work)
                await asyncio.sleep(seconds)

        self._later(again_and_again)


async def _tidy(parts: Parts, db: Database) -> None:
    """Delete the traces of old jobs, and what deletions left in files."""
    while await parts.engine.forget_finished(parts.clock.now()):
        pass
    await db.wipe()


async def _logged(work: Callable[[], Awaitable[object]]) -> None:
    try:
        await work()
    except Exception as error:  # background work must not end with its first failure  # noqa: BLE001
        _LOG.warning("background work failed and goes on later: %s", type(error).__name__)


def _check_settings(settings: Settings, *, receives: bool, works: bool) -> None:
    absent = [] if settings.bot_tokens else ["SLACK_BOT_TOKEN"]
    if receives and not settings.app_token and not settings.signing_secret:
        absent.append("SLACK_APP_TOKEN")
    if receives and not settings.app_token and settings.signing_secret and settings.port is None:
        absent.append("PORT")
    if not (receives and works) and not settings.database_url:
        absent.append("DATABASE_URL")
    if absent:
        raise missing(*absent)
