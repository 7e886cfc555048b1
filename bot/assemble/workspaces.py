"""What every workspace has of its own: settings, brand leads and the judges under its policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.assemble.judges import JudgesUnderPolicy
from bot.core.policy import Policy
from bot.core.setting_fields import Known
from bot.core.workspace_settings import WorkspaceSettings
from bot.flows.audience import WhoSees
from bot.flows.brand_leads import NamedLeads
from bot.flows.workspace_settings import ChangeSettings, SettingsInForce
from bot.slack.audience import SlackAudience
from bot.slack.joined import SlackJoinedChannels
from bot.slack.leads import SlackBrandLeads
from bot.store.workspace_settings import SettingValueStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.conversation_ports import Talker
    from bot.core.guideline import Library
    from bot.core.lead_ports import BrandLeads
    from bot.core.picture_ports import Viewer
    from bot.core.ports import Clock, Critic, Rules
    from bot.rules.engine import RuleEngine
    from bot.settings import Settings
    from bot.slack.clients import Clients
    from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Review:
    """What drafts are judged with: every guideline, its rules, and the model where there is one."""

    library: Library
    rules: RuleEngine
    critic_for: Callable[[Library, Rules], Critic] | None
    talker: Talker | None = None
    viewer: Viewer | None = None


@dataclass(frozen=True, slots=True)
class Workspaces:
    """The parts that ask for a workspace's own."""

    settings: SettingsInForce
    values: SettingValueStore
    leads: BrandLeads
    change: ChangeSettings
    judges: JudgesUnderPolicy
    joined: SlackJoinedChannels
    sees: WhoSees


def workspaces(settings: Settings, review: Review, db: Database, clients: Clients, clock: Clock) -> Workspaces:
    """The parts, on the installation's defaults."""
    known, values = Known.of(review.library), SettingValueStore(db)
    in_force = SettingsInForce(values, _defaults(settings), known)
    leads = NamedLeads(in_force, SlackBrandLeads(clients, settings.brand_leads, clock), bool(settings.brand_leads))
    change = ChangeSettings(in_force, values, leads, known, clock)
    judges = JudgesUnderPolicy(review.library, review.rules, in_force, review.critic_for)
    joined = SlackJoinedChannels(clients, clock)
    sees = WhoSees(SlackAudience(clients, clock), joined, leads)
    return Workspaces(in_force, values, leads, change, judges, joined, sees)


def _defaults(settings: Settings) -> WorkspaceSettings:
    names = sorted(name.removeprefix("#") for name in settings.draft_channels)
    return WorkspaceSettings(draft_channels=tuple(names), digest=settings.digest, policy=Policy(packs=settings.packs))
