"""The workspaces that Candor is in: by tokens of the settings, by OAuth, or both."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from bot.assemble.clock import SystemClock
from bot.assemble.manifest import manifest_file
from bot.assemble.memory import database
from bot.flows.leave_workspace import DisableWorkspace, LeaveWorkspace
from bot.slack.clients import Clients, Late, connect
from bot.slack.install import install_flow
from bot.slack.leaving import Departures
from bot.slack.renewal import Renewal
from bot.slack.stored_clients import StoredClients
from bot.store.encryption import Vault
from bot.store.installations import InstallationStore
from bot.store.workspaces import WorkspaceStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.core.installation import Guest, Home
    from bot.core.installation_ports import LeavingJobs
    from bot.core.ports import Clock, Step
    from bot.engine import Flows
    from bot.settings import Settings
    from bot.slack.install import InstallFlow
    from bot.store.database import Database

Chore = tuple[float, "Callable[[], Awaitable[object]]"]
_LOOK, _EXCHANGE, _LIST = 5.0, 300.0, 600.0
"""Seconds between two looks for new installations, for tokens that end, and for workspaces of organisations."""


@dataclass(frozen=True, slots=True)
class Installing:
    """``flow`` is None where nobody can install by OAuth; ``chores`` are to be done every so many seconds."""

    clients: Clients
    flow: InstallFlow | None = None
    chores: tuple[Chore, ...] = ()


async def open_installing(settings: Settings, db: Database, clock: Clock) -> Installing:
    """Connect with the tokens of the settings, and with what the store has."""
    late = Late(settings.api_url, clock)
    by_token = await connect(settings.bot_tokens, settings.api_url, late)
    app = settings.install
    if not app.is_on:
        return Installing(Clients(by_token, late))
    store = InstallationStore(db, Vault(app.keys), clock, app.allowed)
    await store.allow(app.allowed)
    await store.use_newest_key()
    renewal = Renewal(store, app.client_id, app.client_secret, settings.api_url, clock)
    clients = StoredClients(by_token, store, renewal, settings.api_url, clock, late)
    await clients.renew(0)
    addresses = (app.public_url, settings.api_url)
    flow = install_flow((app.client_id, app.client_secret), scopes(), addresses, store, clock)
    chores = (
        (_LOOK, lambda: clients.renew(0)),
        (_EXCHANGE, clients.exchange_tokens),
        (_LIST, clients.list_organisations),
    )
    return Installing(clients, flow, chores)


async def guests(settings: Settings) -> list[Guest]:
    """The workspaces and organisations that installed Candor, those that wait too."""
    db = database(settings)
    try:
        return await InstallationStore(db, Vault(()), SystemClock()).guests()
    finally:
        await db.close()


async def allow(settings: Settings, key: str) -> int:
    """The operator's yes for a workspace or an organisation; how many installations waited for it."""
    db = database(settings)
    try:
        return await InstallationStore(db, Vault(()), SystemClock()).allow(frozenset({key}))
    finally:
        await db.close()


def scopes() -> list[str]:
    """What the app asks of a workspace, as its manifest says."""
    manifest: dict[str, Any] = json.loads(manifest_file().read_text(encoding="utf-8"))
    return list(manifest["oauth_config"]["scopes"]["bot"])


def where_installed(clients: Clients, flows: Flows) -> Flows:
    """The same flows; a job of a workspace that Candor is no longer in ends at once."""
    others = {one.name: getattr(flows, one.name) for one in fields(flows) if one.name != "leave"}
    return replace(flows, **{name: _where_installed(clients, run) for name, run in others.items() if run})


def _where_installed(clients: Clients, run: Callable[..., Awaitable[str]]) -> Callable[..., Awaitable[str]]:
    """The first id that a job gets begins with its workspace.

    While Slack has not yet said who some token is, a job of an unknown workspace waits: not to know it is no reason to
    call its work done.
    """

    async def job(step: Step, first: str, *more: object) -> str:
        if not await clients.settled(first.partition(":")[0]):
            return "not installed"
        return await run(step, first, *more)

    return job


def leaving(
    db: Database, clients: Clients, clock: Clock, jobs: Callable[[], LeavingJobs]
) -> Callable[..., Awaitable[str]]:
    """The flow by which Candor leaves a workspace. ``jobs`` is asked only when it runs."""

    async def leave(step: Step, home: Home, at: float, *, again: bool) -> str:
        store = InstallationStore(db, Vault(()), clock)
        return await LeaveWorkspace(store, clients, WorkspaceStore(db), jobs())(step, home, at, again=again)

    return leave


def departures(db: Database, clients: Clients, clock: Clock, jobs: LeavingJobs) -> Departures:
    """What Slack says of workspaces that remove Candor or revoke its tokens."""
    disable = DisableWorkspace(InstallationStore(db, Vault(()), clock), clients, jobs)
    return Departures(jobs, disable, clock)
