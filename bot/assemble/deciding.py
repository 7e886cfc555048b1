"""What follows on a critique: dismissals, exceptions, answers that change, labels, proposals to quieten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.assemble.digest import Teams
from bot.assemble.pictures import telling
from bot.flows.change_answer import ChangeAnswer
from bot.flows.dismiss_finding import DismissFinding
from bot.flows.finish_critique import FinishCritique
from bot.flows.lift_exception import LiftException
from bot.flows.list_exceptions import ListExceptions
from bot.flows.propose_quieting import ProposeQuieting
from bot.flows.settle_quieting import SettleQuieting
from bot.flows.tell_leads import TellLeads
from bot.slack.deciding import Deciding
from bot.slack.deciding_listeners import register_deciding
from bot.slack.quieting import QuietingClicks, QuietingMessages
from bot.store.digest_figures import DigestFigureStore
from bot.store.drafts import DraftStore
from bot.store.exceptions import ExceptionTable
from bot.store.notices import NoticeStore
from bot.store.quietings import QuietingStore
from bot.store.verdicts import AnswerStore, VerdictStore

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.assemble.workspaces import Review, Workspaces
    from bot.core.guideline import Library
    from bot.core.ports import Clock, Drafts, Jobs
    from bot.slack.clicks import Clicks
    from bot.store.database import Database


_DAY = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Choices:
    """What listens, and what is done every so many seconds."""

    deciding: Deciding
    quieting: QuietingClicks
    propose: ProposeQuieting

    def register(self, app: AsyncApp) -> None:
        """Listen to the windows and to what brand leads answer."""
        register_deciding(app, self.deciding)
        self.quieting.register(app)

    @property
    def chores(self) -> tuple[tuple[float, ProposeQuieting], ...]:
        """(seconds between two times, what is done)."""
        return ((_DAY, self.propose),)


def choices(own: Workspaces, library: Library, db: Database, jobs: Jobs, clicks: Clicks, clock: Clock) -> Choices:
    """The windows and the proposals with their flows. ``library`` holds every guideline."""
    drafts, exceptions, clients = DraftStore(db, clock), ExceptionTable(db, clock), clicks.clients
    deciding = Deciding(
        DismissFinding(drafts, VerdictStore(db), exceptions, own.leads, jobs, clock),
        ChangeAnswer(drafts, AnswerStore(db), jobs),
        ListExceptions(exceptions, drafts, own.sees),
        LiftException(exceptions, own.leads, jobs),
        clicks,
        clock,
    )
    figures, proposed = DigestFigureStore(db), QuietingStore(db)
    tell = TellLeads(own.leads, NoticeStore(db, clock), QuietingMessages(clients), own.sees)
    settle = SettleQuieting(proposed, own.change, figures, clock, own.sees)
    propose = ProposeQuieting(Teams(clients), figures, own.settings, proposed, tell, library, clock)
    return Choices(deciding, QuietingClicks(settle, clients, clicks.titles), propose)


def finishing(own: Workspaces, judging: Review, drafts: Drafts, db: Database) -> FinishCritique:
    """What code adds to a critique."""
    pictures = telling(judging.viewer, db, own)
    return FinishCritique(drafts, VerdictStore(db), judging.library, own.settings, pictures)
