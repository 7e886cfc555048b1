"""What the flows stand on: the engine, the stores, and who and what Slack knows."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

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
from bot.store.deciding import AnswerStore, ExceptionTable, OptOutStore, VerdictStore
from bot.store.digesting import EditionStore
from bot.store.drafts import DraftStore
from bot.store.installing import InstallationStore
from bot.store.privacy import PersonalStore
from bot.store.retention import RetentionStore
from bot.store.reviewing import PrivateReviewStore
from bot.store.settings import MeantChannelStore
from bot.store.sign_off import SignOffStore
from bot.store.watching import NoticeStore, SeenRequestStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.assemble.installing import WorkspaceParts
    from bot.assemble.judging import JudgingParts
    from bot.assemble.memory import Rehearsal
    from bot.assemble.tracing import Tracing
    from bot.core.words.people import Language
    from bot.settings import Settings
    from bot.slack.wire.clients import Clients
    from bot.store.database import Database


def _other_language(code: str) -> Language:
    """Its catalogue is read when somebody first needs it."""
    from bot.slack.languages import catalogued  # noqa: PLC0415 - Babel is for those alone who need it

    return catalogued(code)


_Part = TypeVar("_Part")


def made(make: Callable[[Stores], _Part]) -> cached_property[_Part]:
    """A part that is made when it is first needed, in one line."""
    return cached_property(make)


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

    drafts = made(lambda self: DraftStore(self._db, self.clock, covers))

    @cached_property
    def seen_requests(self) -> SeenRequestStore | None:
        """The requests that any receiver has taken; of a SQLite file there is one receiver alone."""
        return None if self._db.is_sqlite else SeenRequestStore(self._db, SystemClock())

    names = made(lambda self: SlackNames(self._clients, self.clock))

    @cached_property
    def _channels(self) -> SlackChannels:
        named, meant = self._settings.draft_channels, MeantChannelStore(self._db)
        return SlackChannels(self._clients, self.own.settings, named, clock=self.clock, names=self.names, meant=meant)

    _problems = made(lambda self: self.own.libraries.problems)

    @cached_property
    def speaks(self) -> ReplyLanguages:
        """In which language drafts are answered."""
        return ReplyLanguages(self.own.values, self.drafts, other=_other_language)

    _notices = made(lambda self: NoticeStore(self._db, self.clock))
    _messages = made(lambda self: SlackDirectMessages(self._clients, self.clock))
    _links = made(lambda self: SlackLinks(self._clients))
    _answers = made(lambda self: AnswerStore(self._db))
    _verdicts = made(lambda self: VerdictStore(self._db))
    _exceptions = made(lambda self: ExceptionTable(self._db, self.clock))
    _opt_outs = made(lambda self: OptOutStore(self._db))
    _private = made(lambda self: PrivateReviewStore(self._db))
    _turns = made(lambda self: TurnStore(self._db, self.clock))
    _editions = made(lambda self: EditionStore(self._db, self.clock))
    _audits = made(lambda self: AuditStore(self._db))
    _books = made(lambda self: BookStore(self._db))
    _personal = made(lambda self: PersonalStore(self._db))
    _retention = made(lambda self: RetentionStore(self._db))
    _reader = made(lambda self: reader(self._settings))
    _installations = made(lambda self: InstallationStore(self._db, Vault(()), self.clock))
    _sign_offs = made(lambda self: SignOffStore(self._db, terms_of))
