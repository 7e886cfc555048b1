"""What the flows stand on: the engine, the stores, and who and what Slack knows."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bot.assemble.installing import workspaces
from bot.assemble.judging import reader
from bot.assemble.metrics import open_tracing
from bot.assemble.operating import engine_url
from bot.core.operating import shares
from bot.core.ports import SystemClock
from bot.engine.jobs import Engine, EngineLimits
from bot.flows.replying import ReplyLanguages
from bot.flows.spending import Accounts
from bot.rules.values import terms_of
from bot.rules.wording import covers
from bot.slack.channels import SlackChannels, SlackLinks, SlackNames
from bot.slack.threads import SlackDirectMessages
from bot.store.brand.audit import AuditStore
from bot.store.brand.books import BookStore
from bot.store.conversing import TurnStore
from bot.store.database import Vault, ping_after_a_rest
from bot.store.deciding import AnswerStore, ExceptionTable, VerdictStore
from bot.store.digesting import EditionStore
from bot.store.drafts import DraftStore
from bot.store.installing import InstallationStore
from bot.store.muting import OptOutStore
from bot.store.privacy import PersonalStore
from bot.store.retention import RetentionStore
from bot.store.reviewing import PrivateReviewStore
from bot.store.sign_off import SignOffStore
from bot.store.watching import NoticeStore, SeenRequestStore

if TYPE_CHECKING:
    from bot.assemble.installing import WorkspaceParts
    from bot.assemble.judging import JudgingParts
    from bot.assemble.memory import Rehearsal
    from bot.assemble.tracing import Tracing
    from bot.core.ports import ProblemsOf
    from bot.core.privacy import Reader
    from bot.core.words.people import Language
    from bot.settings import Settings
    from bot.slack.wire.clients import Clients
    from bot.store.database import Database


def _other_language(code: str) -> Language:
    """Its catalogue is read when somebody first needs it."""
    from bot.slack.languages import catalogued  # noqa: PLC0415 - Babel is for those alone who need it

    return catalogued(code)


class Stores:
    """What is kept and who is asked, each made when it is first needed."""

    def __init__(
        self,
        settings: Settings,
        *,
        judging: JudgingParts,
        db: Database,
        clients: Clients,
        works: bool = True,
        rehearsal: Rehearsal | None = None,
    ) -> None:
        self._settings, self._judging, self._db, self._clients = settings, judging, db, clients
        self._works, self._is_rehearsal = works, rehearsal is not None
        self.clock = rehearsal.clock if rehearsal else SystemClock()

    @cached_property
    def engine(self) -> Engine:
        """Runs the jobs; to be started first, with `flows`, and stopped last."""
        _, connections = shares(self._settings.database_connections)
        url, limits = engine_url(self._settings), EngineLimits(connections=connections)
        kind = self.tracing.engine if self.tracing else Engine
        return kind(url, limits, works=self._works, prepare=ping_after_a_rest)

    @cached_property
    def tracing(self) -> Tracing | None:
        """Spans, where the settings name a collector. To be closed last."""
        url = self._settings.operating.traces_url
        return open_tracing(url, self._settings.model.name) if url else None

    @cached_property
    def own(self) -> WorkspaceParts:
        """What every workspace has of its own."""
        return workspaces(self._settings, self._judging, db=self._db, clients=self._clients, clock=self.clock)

    @cached_property
    def _accounts(self) -> Accounts:
        model = self._settings.model
        return Accounts(self.own.settings, self.clock, overall=model.budgets, prices=model.prices)

    @cached_property
    def drafts(self) -> DraftStore:
        return DraftStore(self._db, self.clock, covers)

    @cached_property
    def seen_requests(self) -> SeenRequestStore | None:
        """The requests that any receiver has taken; of a SQLite file there is one receiver alone."""
        return None if self._db.is_sqlite else SeenRequestStore(self._db, SystemClock())

    @cached_property
    def names(self) -> SlackNames:
        return SlackNames(self._clients, self.clock)

    @cached_property
    def _channels(self) -> SlackChannels:
        named = self._settings.draft_channels
        return SlackChannels(self._clients, self.own.settings, named, clock=self.clock, names=self.names)

    @cached_property
    def _problems(self) -> ProblemsOf:
        return self.own.libraries.problems

    @cached_property
    def speaks(self) -> ReplyLanguages:
        """In which language drafts are answered."""
        return ReplyLanguages(self.own.values, self.drafts, other=_other_language)

    @cached_property
    def _notices(self) -> NoticeStore:
        return NoticeStore(self._db, self.clock)

    @cached_property
    def _messages(self) -> SlackDirectMessages:
        return SlackDirectMessages(self._clients, self.clock)

    @cached_property
    def _links(self) -> SlackLinks:
        return SlackLinks(self._clients)

    @cached_property
    def _answers(self) -> AnswerStore:
        return AnswerStore(self._db)

    @cached_property
    def _verdicts(self) -> VerdictStore:
        return VerdictStore(self._db)

    @cached_property
    def _exceptions(self) -> ExceptionTable:
        return ExceptionTable(self._db, self.clock)

    @cached_property
    def _opt_outs(self) -> OptOutStore:
        return OptOutStore(self._db)

    @cached_property
    def _private(self) -> PrivateReviewStore:
        return PrivateReviewStore(self._db)

    @cached_property
    def _turns(self) -> TurnStore:
        return TurnStore(self._db, self.clock)

    @cached_property
    def _editions(self) -> EditionStore:
        return EditionStore(self._db, self.clock)

    @cached_property
    def _audits(self) -> AuditStore:
        return AuditStore(self._db)

    @cached_property
    def _books(self) -> BookStore:
        return BookStore(self._db)

    @cached_property
    def _personal(self) -> PersonalStore:
        return PersonalStore(self._db)

    @cached_property
    def _retention(self) -> RetentionStore:
        return RetentionStore(self._db)

    @cached_property
    def _reader(self) -> Reader:
        return reader(self._settings)

    @cached_property
    def _installations(self) -> InstallationStore:
        return InstallationStore(self._db, Vault(()), self.clock)

    @cached_property
    def _sign_offs(self) -> SignOffStore:
        return SignOffStore(self._db, terms_of)
