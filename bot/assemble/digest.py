"""The weekly digest: its flows with their ports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.flows.compose_digest import ComposeDigest, PreviewDigest
from bot.flows.send_digest import SendDigest, SendDigestNow
from bot.flows.sweep_digests import SweepDigests
from bot.flows.tell_leads import TellLeads
from bot.flows.waiting_sign_offs import CountedSignOffs
from bot.slack.digest import SlackBoard
from bot.slack.direct import SlackDirectMessages
from bot.store.digest_figures import DigestFigureStore
from bot.store.digests import EditionStore
from bot.store.exceptions import ExceptionTable
from bot.store.notices import NoticeStore
from bot.store.sign_offs import SignOffStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.assemble.workspaces import Workspaces
    from bot.core.digest_ports import DigestJobs
    from bot.core.ports import Clock
    from bot.slack.clients import Clients
    from bot.store.database import Database

_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Digests:
    """What runs of the digest, and what other parts may call."""

    sweep: SweepDigests
    preview: PreviewDigest
    now: SendDigestNow

    @property
    def chores(self) -> tuple[tuple[float, Callable[[], Awaitable[object]]], ...]:
        """What is to be done again and again, with the seconds between."""
        return ((_MINUTE, self.sweep),)


class DigestParts:
    """The parts of the digest. The engine runs `send`; the others ask the engine, so they come after it."""

    def __init__(
        self, own: Workspaces, titles: Mapping[str, str], db: Database, clients: Clients, clock: Clock
    ) -> None:
        """``titles`` say what is wrong, by the guidelines' ids."""
        self._settings, self._clients, self._clock = own.settings, clients, clock
        self._editions = EditionStore(db, clock)
        exceptions, waiting = ExceptionTable(db, clock), CountedSignOffs(SignOffStore(db))
        self._compose = ComposeDigest(own.settings, DigestFigureStore(db), waiting, exceptions, clock)
        tell = TellLeads(own.leads, NoticeStore(db, clock), SlackDirectMessages(clients), own.sees)
        self.send = SendDigest(
            self._editions, self._compose, SlackBoard(clients, titles), tell, clock, own.sees.audience
        )

    def with_jobs(self, jobs: DigestJobs) -> Digests:
        """What asks for jobs, and the rest."""
        return Digests(
            SweepDigests(Teams(self._clients), self._settings, self._editions, jobs, self._clock),
            PreviewDigest(self._compose, self._editions, self._clock),
            SendDigestNow(self._editions, self._settings, jobs, self._clock),
        )


class Teams:
    """The `Workspaces` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    @property
    def teams(self) -> tuple[str, ...]:
        """The workspaces' ids."""
        return tuple(one.team for one in self._clients)
