"""The weekly digest: its flows with their ports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.flows.compose_digest import ComposeDigest, PreviewDigest
from bot.flows.send_digest import SendDigest, SendDigestNow
from bot.flows.share_rewrites import HideRewrites, OfferRewrites, ShareRewrite
from bot.flows.sweep_digests import SweepDigests
from bot.flows.tell_leads import TellLeads
from bot.flows.waiting_sign_offs import CountedSignOffs
from bot.slack.digest import ShareClicks, SlackBoard, SlackShareOffers
from bot.slack.direct import SlackDirectMessages
from bot.store.digest_figures import DigestFigureStore
from bot.store.digests import EditionStore
from bot.store.exceptions import ExceptionTable
from bot.store.notices import NoticeStore
from bot.store.rewrites import RewriteStore
from bot.store.sign_offs import SignOffStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.assemble.workspaces import Workspaces
    from bot.core.digest_ports import DigestJobs
    from bot.core.ports import Clock
    from bot.slack.clients import Clients
    from bot.store.database import Database

_MINUTE, _HOUR = 60.0, 3600.0


@dataclass(frozen=True, slots=True)
class Digests:
    """What runs of the digest, and what other parts may call."""

    sweep: SweepDigests
    preview: PreviewDigest
    now: SendDigestNow
    offer: OfferRewrites
    hide: HideRewrites
    clicks: ShareClicks

    @property
    def chores(self) -> tuple[tuple[float, Callable[[], Awaitable[object]]], ...]:
        """What is to be done again and again, with the seconds between."""
        return ((_MINUTE, self.sweep), (_MINUTE, self.hide), (_HOUR, self.offer))


class DigestParts:
    """The parts of the digest. The engine runs `send`; the others ask the engine, so they come after it."""

    def __init__(
        self, own: Workspaces, titles: Mapping[str, str], db: Database, clients: Clients, clock: Clock
    ) -> None:
        """``titles`` say what is wrong, by the guidelines' ids."""
        self._settings, self._clients, self._clock, self._titles = own.settings, clients, clock, titles
        self._editions, self._rewrites = EditionStore(db, clock), RewriteStore(db)
        self._notices, self._board = NoticeStore(db, clock), SlackBoard(clients, titles)
        exceptions, waiting = ExceptionTable(db, clock), CountedSignOffs(SignOffStore(db))
        self._compose = ComposeDigest(own.settings, DigestFigureStore(db), waiting, exceptions, clock)
        tell = TellLeads(own.leads, self._notices, SlackDirectMessages(clients), own.sees)
        self._audience = own.sees.audience
        self.send = SendDigest(self._editions, self._compose, self._board, self._rewrites, tell, clock)

    def with_jobs(self, jobs: DigestJobs) -> Digests:
        """What asks for jobs, and the rest."""
        teams = Teams(self._clients)
        offers = SlackShareOffers(self._clients, self._titles)
        share = ShareRewrite(self._rewrites, self._clock)
        return Digests(
            SweepDigests(teams, self._settings, self._editions, jobs, self._clock),
            PreviewDigest(self._compose, self._editions, self._clock),
            SendDigestNow(self._editions, self._settings, jobs, self._clock),
            OfferRewrites(teams, self._settings, self._rewrites, self._notices, offers, self._clock, self._audience),
            HideRewrites(self._rewrites, self._board),
            ShareClicks(share, self._clients),
        )


class Teams:
    """The `Workspaces` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    @property
    def teams(self) -> tuple[str, ...]:
        """The workspaces' ids."""
        return tuple(one.team for one in self._clients)
