"""What follows on a critique: dismissals, exceptions, answers that change, labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assemble.pictures import telling
from bot.flows.change_answer import ChangeAnswer
from bot.flows.dismiss_finding import DismissFinding
from bot.flows.finish_critique import FinishCritique
from bot.flows.lift_exception import LiftException
from bot.flows.list_exceptions import ListExceptions
from bot.slack.deciding import Deciding
from bot.store.drafts import DraftStore
from bot.store.exceptions import ExceptionTable
from bot.store.verdicts import AnswerStore, VerdictStore

if TYPE_CHECKING:
    from bot.assemble.workspaces import Review, Workspaces
    from bot.core.ports import Clock, Drafts, Jobs
    from bot.slack.clicks import Clicks
    from bot.store.database import Database


def deciding(own: Workspaces, db: Database, jobs: Jobs, clicks: Clicks, clock: Clock) -> Deciding:
    """The windows with their flows."""
    drafts, exceptions = DraftStore(db, clock), ExceptionTable(db, clock)
    return Deciding(
        DismissFinding(drafts, VerdictStore(db), exceptions, own.leads, jobs, clock),
        ChangeAnswer(drafts, AnswerStore(db), jobs),
        ListExceptions(exceptions, drafts, own.sees),
        LiftException(exceptions, own.leads, jobs),
        clicks,
        clock,
    )


def finishing(own: Workspaces, judging: Review, drafts: Drafts, db: Database) -> FinishCritique:
    """What code adds to a critique."""
    pictures = telling(judging.viewer, db, own)
    return FinishCritique(drafts, VerdictStore(db), judging.library, own.settings, pictures)
