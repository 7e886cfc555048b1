"""The workspaces that Candor is in, and the app manifest."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from bot.assemble.manifest import scopes
from bot.assemble.own_guidelines import OwnGuidelineFiles
from bot.core.guidelines import Policy
from bot.core.judging import Usage
from bot.core.settings import Known, WorkspaceSettings
from bot.core.spending import Amount
from bot.flows.audience import WhoSees
from bot.flows.brand.facts import FactSheets
from bot.flows.brand.own_guidelines import Libraries
from bot.flows.brand.posts import Records
from bot.flows.settings import ChangeSettings, SettingsInForce
from bot.flows.watching import NamedLeads
from bot.rules.judging import JudgesUnderPolicy
from bot.rules.values import terms_of
from bot.slack.audience import SlackAudience
from bot.slack.channels import SlackBrandLeads, SlackJoinedChannels
from bot.slack.installing import install_flow
from bot.slack.wire.clients import Clients, Late, connect
from bot.slack.wire.installed import Renewal, StoredClients
from bot.store.brand.facts import FactStore
from bot.store.brand.own_guidelines import OwnGuidelineStore
from bot.store.brand.posts import PostStore
from bot.store.database import Vault
from bot.store.installing import InstallationStore
from bot.store.settings import SettingValueStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.assemble.judging import JudgingParts
    from bot.core.guidelines import Library
    from bot.core.ports import Clock
    from bot.core.watching import BrandLeads
    from bot.settings import Settings
    from bot.slack.installing import InstallFlow
    from bot.store.database import Database


# What every workspace has of its own: settings, brand leads and the judges under its policy.


@dataclass(frozen=True, slots=True)
class KeptParts:
    """The parts that ask for a workspace's own, without Slack."""

    settings: SettingsInForce
    values: SettingValueStore
    judges: JudgesUnderPolicy
    sheets: FactSheets
    posts: PostStore
    libraries: Libraries


def kept_parts(settings: Settings, review: JudgingParts, *, db: Database, clock: Clock) -> KeptParts:
    """The parts, on the installation's defaults."""
    in_force, values = settings_in_force(settings, review.library, db)
    sheets = FactSheets(FactStore(db), in_force, clock)
    rules, critic_for = review.rules, review.critic_for
    recorded = Records(sheets, posts := PostStore(db, clock, terms_of))
    libraries = Libraries(review.library, OwnGuidelineStore(db), OwnGuidelineFiles(review.library))
    judges = JudgesUnderPolicy(
        libraries, rules, in_force, critic_for=critic_for, recorded=recorded, tells=not review.recorded
    )
    return KeptParts(in_force, values, judges, sheets=sheets, posts=posts, libraries=libraries)


@dataclass(frozen=True, slots=True)
class WorkspaceParts(KeptParts):
    """And those that ask Slack for it."""

    leads: BrandLeads
    change: ChangeSettings
    joined: SlackJoinedChannels
    sees: WhoSees


def workspaces(
    settings: Settings, review: JudgingParts, *, db: Database, clients: Clients, clock: Clock
) -> WorkspaceParts:
    """All of them."""
    kept = kept_parts(settings, review, db=db, clock=clock)
    in_force = kept.settings
    leads = NamedLeads(in_force, SlackBrandLeads(clients, settings.brand_leads, clock), bool(settings.brand_leads))
    change = ChangeSettings(
        in_force, kept.values, leads, known=_known(settings, review.library, _least(settings, review)), clock=clock
    )
    joined = SlackJoinedChannels(clients, clock)
    sees = WhoSees(SlackAudience(clients, clock), joined, leads)
    own = {one.name: getattr(kept, one.name) for one in fields(kept)}
    return WorkspaceParts(**own, leads=leads, change=change, joined=joined, sees=sees)


def settings_in_force(settings: Settings, library: Library, db: Database) -> tuple[SettingsInForce, SettingValueStore]:
    """What each workspace chose, on the installation's defaults; and where that is kept."""
    names, policy = sorted(name.removeprefix("#") for name in settings.draft_channels), Policy(packs=settings.packs)
    defaults = WorkspaceSettings(draft_channels=tuple(names), digest=settings.digest, policy=policy)
    values = SettingValueStore(db)
    return SettingsInForce(values, defaults, _known(settings, library)), values


def _known(settings: Settings, library: Library, review: Callable[[], Amount] | None = None) -> Known:
    return Known.of(library, priced=settings.model.prices is not None, review=review)


def _least(settings: Settings, review: JudgingParts) -> Callable[[], Amount] | None:
    """What a review may cost at most; nobody pays for recorded answers."""
    if (critic_for := review.critic_for) is None or review.recorded:
        return None

    def least() -> Amount:
        read = critic_for(review.library, review.rules).standing_tokens
        return Amount.of(Usage(1, read, output_tokens=critic_for.limits.output_tokens), settings.model.prices)

    return least


# The workspaces that Candor is in: by tokens of the settings, by OAuth, or both.

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
    store = InstallationStore(db, Vault(app.keys), clock, allowed=app.allowed)
    await store.allow(app.allowed)
    await store.use_newest_key()
    renewal = Renewal(store, app.client_id, app.client_secret, api_url=settings.api_url, clock=clock)
    clients = StoredClients(by_token, store, renewal, api_url=settings.api_url, clock=clock, late=late)
    await clients.renew(0)
    addresses = (app.public_url, settings.api_url)
    flow = install_flow((app.client_id, app.client_secret), scopes(), addresses, installations=store, clock=clock)
    chores = (
        (_LOOK, lambda: clients.renew(0)),
        (_EXCHANGE, clients.exchange_tokens),
        (_LIST, clients.list_organisations),
    )
    return Installing(clients, flow, chores)


async def open_clients(settings: Settings, db: Database | None, clock: Clock) -> Clients:
    """The workspaces as they are at this moment, for whoever only reads: nothing is stored. Raises `PersonCanFix`."""
    late, app = Late(settings.api_url, clock), settings.install
    by_token = await connect(settings.bot_tokens, settings.api_url, late)
    if db is None or not app.is_on:
        return Clients(by_token, late)
    store = InstallationStore(db, Vault(app.keys), clock)
    renewal = Renewal(store, app.client_id, app.client_secret, api_url=settings.api_url, clock=clock)
    clients = StoredClients(by_token, store, renewal, api_url=settings.api_url, clock=clock, late=late)
    await clients.renew(0)
    return clients
