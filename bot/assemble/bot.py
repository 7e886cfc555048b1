"""The whole running bot."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bot.assemble.critic import library_in_force
from bot.assemble.memory import database
from bot.core.errors import PersonCanFix
from bot.core.words import setup as words
from bot.engine import Engine, Flows
from bot.flows.catch_up import CatchUp
from bot.flows.keep_reply import KeepReply
from bot.flows.receive_message import ReceiveMessage
from bot.flows.remove_reply import RemoveReply
from bot.flows.review_draft import ReviewDraft
from bot.flows.sweep import Sweep
from bot.rules.engine import RuleEngine
from bot.settings import missing
from bot.slack.app import bolt_app
from bot.slack.channels import SlackChannels
from bot.slack.clients import connect
from bot.slack.listeners import register
from bot.slack.socket import SocketReceiver
from bot.slack.thread import SlackThread
from bot.slack.web import WebReceiver
from bot.store.drafts import DraftStore
from bot.store.lock import ProcessLock
from bot.store.migrate import is_up_to_date, migrate
from bot.store.replies import ReplyStore
from bot.store.watermarks import WatermarkStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.settings import Settings
    from bot.slack.clients import Clients
    from bot.store.database import Database

_LOG = logging.getLogger(__name__)
_SWEEP = 60.0
_TIDY = 3600.0


class SystemClock:
    """The `Clock` port."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


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
        settings, clock = self._settings, SystemClock()
        library = library_in_force(settings)
        if not settings.database_url:
            lock = ProcessLock(settings.data_dir)
            lock.take()
            self._open.push_async_callback(lock.release)
        db = await self._open_database()
        clients = await connect(settings.bot_tokens, settings.api_url)
        drafts, replies = DraftStore(db, clock), ReplyStore(db, clock)
        thread = SlackThread(clients, {guideline.id: guideline.title for guideline in library.guidelines})
        keep_reply = KeepReply(drafts, replies, thread, clock)
        flows = Flows(ReviewDraft(drafts, RuleEngine(library), keep_reply), RemoveReply(keep_reply))
        engine = Engine(_engine_url(settings), flows, works=self._works)
        await engine.start()
        self._open.push_async_callback(engine.stop)
        channels = SlackChannels(clients, settings.draft_channels, clock)
        watermarks = WatermarkStore(db)
        receive = ReceiveMessage(drafts, engine, channels, watermarks)
        self._every(_SWEEP, Sweep(drafts, engine, clock))
        self._every(_TIDY, lambda: _tidy(engine, db, clock))
        if self._receives:
            await self._receive(clients, receive, CatchUp(channels, drafts, watermarks, receive, clock))

    async def _open_database(self) -> Database:
        db = database(self._settings)
        self._open.push_async_callback(db.close)
        if db.is_sqlite:
            await migrate(db)
        elif not await is_up_to_date(db):
            raise PersonCanFix(words.MIGRATE_FIRST)
        return db

    async def _receive(self, clients: Clients, receive: ReceiveMessage, catch_up: CatchUp) -> None:
        settings = self._settings
        app = bolt_app(clients, settings.signing_secret)
        register(app, receive)

        async def catch_up_now() -> None:
            async with self._catching_up:
                for team, channel in await catch_up():
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


async def _tidy(engine: Engine, db: Database, clock: SystemClock) -> None:
    """Delete the traces of old jobs, and what deletions left in files."""
    while await engine.forget_finished(clock.now()):
        pass
    await db.wipe()


async def _logged(work: Callable[[], Awaitable[object]]) -> None:
    try:
        await work()
    except Exception as error:  # background work must not end with its first failure  # noqa: BLE001
        _LOG.warning("background work failed and goes on later: %s", type(error).__name__)


def _engine_url(settings: Settings) -> str:
    return settings.database_url or f"sqlite:///{settings.data_dir / 'engine.db'}"


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
