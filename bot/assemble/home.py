"""The Home tab, the windows behind it, composed drafts and the workflow step: their flows with their ports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.flows.choose_guidelines import ChooseGuidelines
from bot.flows.compose_draft import ComposeDraft, EditComposed, RemoveComposed
from bot.flows.review_in_workflow import ReviewInWorkflow
from bot.flows.show_home import ListDrafts, ShowHome
from bot.slack.composing import Composing
from bot.slack.draft_board import SlackDraftBoard
from bot.slack.home_listeners import register_composing, register_home, register_steps
from bot.slack.home_tabs import HomeTabs
from bot.slack.joined import SlackLinks
from bot.slack.workflow import WorkflowSteps
from bot.store.drafts import DraftStore
from bot.store.notices import NoticeStore
from bot.store.own_drafts import OwnDraftStore
from bot.store.private_reviews import PrivateReviewStore
from bot.store.sign_offs import SignOffStore
from bot.store.verdicts import AnswerStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp

    from bot.assemble.workspaces import Workspaces
    from bot.core.guideline import Library
    from bot.core.home_ports import WeekSoFar
    from bot.core.ports import Clock
    from bot.core.private_ports import PrivateJobs
    from bot.slack.clients import Clients
    from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Home:
    """What listens around the Home tab."""

    tabs: HomeTabs
    composing: Composing
    steps: WorkflowSteps

    def register(self, app: AsyncApp) -> None:
        """Listen. Of Slack's "somebody opened the app" this takes the Home tab alone, so it comes before others."""
        register_home(app, self.tabs)
        register_composing(app, self.composing)
        register_steps(app, self.steps)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the parts stand on."""

    db: Database
    clients: Clients
    clock: Clock
    jobs: PrivateJobs
    week: WeekSoFar
    open_exceptions: Callable[[str, str, str], Awaitable[None]]


def home_parts(own: Workspaces, library: Library, ground: Ground) -> Home:
    """The parts; nothing listens yet. ``library`` holds the guidelines of every pack."""
    db, clients, clock, jobs = ground.db, ground.clients, ground.clock, ground.jobs
    drafts, answers, joined = DraftStore(db, clock), AnswerStore(db), own.joined
    listed = ListDrafts(OwnDraftStore(db), drafts, SlackLinks(clients), clock, SignOffStore(db), own.sees)
    show = ShowHome(own.settings, own.values, own.leads, listed, joined, library, ground.week)
    board = SlackDraftBoard(clients)
    composing = Composing(
        ComposeDraft(board, drafts, answers, jobs, NoticeStore(db, clock), clock),
        EditComposed(board, drafts, answers, jobs, clock),
        RemoveComposed(board, drafts, jobs),
        own.settings,
        joined,
        clients,
        own.sees,
    )
    steps = WorkflowSteps(ReviewInWorkflow(PrivateReviewStore(db), jobs, clock), clients)
    return Home(HomeTabs(show, ChooseGuidelines(own.change), joined, clients, ground.open_exceptions), composing, steps)
