"""The slash command, privacy, retention and introductions: their flows with their ports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.core.personal_data import Reader
from bot.engine.people import EnginePeople
from bot.flows.check_channels import CheckChannels
from bot.flows.expire_draft import ExpireDraft
from bot.flows.export_person import ExportPerson
from bot.flows.forget_person import ForgetPerson
from bot.flows.introduce import Introduce
from bot.flows.mute_person import MutePerson
from bot.flows.review_typed import ReviewTyped
from bot.flows.show_privacy import ShowPrivacy
from bot.flows.sweep_retention import SweepRetention
from bot.flows.switch_channel import SwitchChannel
from bot.flows.tell_leads import TellLeads
from bot.flows.unmute_person import UnmutePerson
from bot.slack.command_listeners import Deletions, register_arrivals, register_commands
from bot.slack.commands import Commands, Doors
from bot.slack.direct import SlackDirectMessages
from bot.slack.farewells import SlackFarewells
from bot.slack.introduction import Arrivals, SlackIntroductions
from bot.slack.mailbox import SlackMailbox
from bot.store.mutes import OptOutStore
from bot.store.notices import NoticeStore
from bot.store.personal import PersonalStore
from bot.store.private_reviews import PrivateReviewStore
from bot.store.retention import RetentionStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.async_app import AsyncApp

    from bot.assemble.conversation import Around
    from bot.assemble.digest import Digests
    from bot.assemble.home import Home
    from bot.assemble.installing import Chore
    from bot.assemble.workspaces import Workspaces
    from bot.core.ports import Step
    from bot.core.privacy_ports import Hushing
    from bot.engine import Engine, Flows
    from bot.settings import Settings
    from bot.slack.channels import SlackChannels
    from bot.slack.deciding import Deciding

_RETENTION, _CHECK = 3600.0, 60.0
"""Seconds between two looks for what is kept no longer, and for channels that Candor is not in."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The parts that the commands lead to."""

    home: Home
    deciding: Deciding
    digests: Digests


@dataclass(frozen=True, slots=True)
class Commanding:
    """What listens and what is done every so many seconds."""

    commands: Commands
    deletions: Deletions
    arrivals: Arrivals
    chores: tuple[Chore, ...]

    def register(self, app: AsyncApp) -> None:
        """Listen."""
        register_commands(app, self.commands, self.deletions)
        register_arrivals(app, self.arrivals)


class People:
    """The engine runs some of it, and some of it asks the engine: ``engine`` and ``hushing`` are asked when it runs."""

    def __init__(
        self,
        around: Around,
        own: Workspaces,
        channels: SlackChannels,
        reader: Reader,
        late: tuple[Callable[[], Engine], Callable[[], Hushing]],
    ) -> None:
        """``late`` are the engine and what removes answers in conversations."""
        self._around, self._own, self._channels, self._reader = around, own, channels, reader
        self._engine, self._hushing = late
        self._data = PersonalStore(around.db)
        notices, introductions = NoticeStore(around.db, around.clock), SlackIntroductions(around.clients)
        self._introduce = Introduce(notices, introductions, own.settings, channels, reader)
        self._messages = SlackDirectMessages(around.clients)
        self._tell = TellLeads(own.leads, notices, self._messages, own.sees)

    def flows(self, flows: Flows) -> Flows:
        """The jobs, together with these."""
        around = self._around
        export = ExportPerson(self._data, SlackMailbox(around.clients), around.clock, self._own.sees.audience)
        retention, farewells = RetentionStore(around.db), SlackFarewells(around.clients)
        expire = ExpireDraft(around.drafts, retention, farewells, around.settings, around.clock)
        return replace(flows, export=export, forget=self._forget, expire=expire, introduce=self._introduce)

    def with_jobs(self, flows: Flows, beside: Beside) -> Commanding:
        """What listens, and the chores; before the engine starts."""
        around, own, engine = self._around, self._own, self._engine()
        jobs = EnginePeople(engine, flows)
        joined, opt_outs = beside.home.tabs.joined, OptOutStore(around.db)
        doors = Doors(
            ReviewTyped(PrivateReviewStore(around.db), engine, around.clock),
            beside.home.tabs.show,
            own.change,
            beside.digests.preview,
            beside.digests.now,
            MutePerson(opt_outs, around.clock),
            UnmutePerson(opt_outs),
            ShowPrivacy(self._data, own.settings, self._reader),
            jobs,
            beside.home.tabs.settings,
            beside.deciding.exception_list,
        )
        switch = SwitchChannel(own.change, joined, own.leads)
        sweep = SweepRetention(self._channels, own.settings, RetentionStore(around.db), jobs, around.clock)
        check = CheckChannels(self._channels, self._tell)
        arrivals = Arrivals(jobs, switch, self._introduce, around.clients)
        return Commanding(Commands(doors), Deletions(jobs), arrivals, ((_RETENTION, sweep), (_CHECK, check)))

    async def _forget(self, step: Step, team: str, user: str, wish: str) -> str:
        flow = ForgetPerson(self._data, self._around.drafts, self._engine(), self._hushing(), self._messages)
        return await flow(step, team, user, wish)


def reader(settings: Settings) -> Reader:
    """Who reads texts with these settings."""
    chosen = settings.model
    if not chosen.is_configured:
        return Reader()
    return Reader(chosen.name, urlsplit(chosen.url or "").netloc or "api.openai.com", sees_pictures=chosen.looks)
