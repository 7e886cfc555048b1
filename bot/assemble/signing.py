"""Sign-off, mutes and thumbs: what stands around every review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.flows.ask_for_sign_off import AskForSignOff
from bot.flows.decide_sign_off import DecideSignOff
from bot.flows.explain_feedback import ExplainFeedback
from bot.flows.give_feedback import GiveFeedback
from bot.flows.is_muted import IsMuted
from bot.flows.keep_sign_off import KeepSignOff
from bot.flows.look_at_sign_off import LookAtSignOff
from bot.flows.mute_thread import MuteThread
from bot.flows.tell_sign_off import TellSignOff
from bot.flows.unmute_thread import UnmuteThread
from bot.slack.direct import SlackDirectMessages
from bot.slack.feedback import FeedbackClicks
from bot.slack.joined import SlackLinks
from bot.slack.menu import MenuClicks
from bot.slack.sign_off import SignOffClicks, SlackSignOffs
from bot.slack.tool_listeners import Tools
from bot.store.feedback import FeedbackStore
from bot.store.mutes import OptOutStore, ThreadMuteStore
from bot.store.notices import NoticeStore
from bot.store.replies import ReplyStore
from bot.store.sign_offs import SignOffStore
from bot.store.tables import SIGN_OFF_MESSAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.lead_ports import BrandLeads
    from bot.core.ports import Clock, Drafts, Jobs
    from bot.flows.audience import WhoSees
    from bot.slack.clients import Clients
    from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Signing:
    """The stores and flows. ``titles`` say what is wrong, by the guidelines' ids."""

    db: Database
    clients: Clients
    clock: Clock
    drafts: Drafts
    leads: BrandLeads
    titles: Mapping[str, str]
    sees: WhoSees

    @property
    def opt_outs(self) -> OptOutStore:
        """Who wants no reviews."""
        return OptOutStore(self.db)

    @property
    def is_muted(self) -> IsMuted:
        """Whether Candor keeps quiet about a draft."""
        return IsMuted(self.opt_outs)

    @property
    def keep(self) -> KeepSignOff:
        """Keeps the message about a sign-off."""
        messages = ReplyStore(self.db, self.clock, SIGN_OFF_MESSAGES)
        shown = SlackSignOffs(self.clients, self.titles)
        return KeepSignOff(self.drafts, messages, shown, self.clock, leads=self.leads)

    @property
    def tell(self) -> TellSignOff:
        """Tells brand leads what waits for them."""
        notices, messages = NoticeStore(self.db, self.clock), SlackDirectMessages(self.clients)
        return TellSignOff(self.drafts, self.leads, notices, messages, SlackLinks(self.clients), self.sees)

    def tools(self, jobs: Jobs) -> Tools:
        """Takes what people do there."""
        sign_offs, look = SignOffStore(self.db), LookAtSignOff(self.drafts, self.leads)
        ask = AskForSignOff(self.drafts, sign_offs, self.leads, jobs, self.clock)
        decide = DecideSignOff(look, sign_offs, jobs, self.clock)
        clicks = SignOffClicks(ask, decide, self.titles, self.clients)
        mutes, feedbacks = ThreadMuteStore(self.db), FeedbackStore(self.db, self.clock)
        unmute = UnmuteThread(self.drafts, mutes, jobs)
        menu = MenuClicks(clicks, MuteThread(self.drafts, mutes, jobs, self.clock), unmute, self.clients)
        return Tools(menu, clicks, FeedbackClicks(GiveFeedback(feedbacks), ExplainFeedback(feedbacks), self.clients))
