"""The weekly digest: its flows with their ports."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.flows.compose_digest import ComposeDigest, PreviewDigest
from bot.flows.send_digest import SendDigest, SendDigestNow
from bot.flows.share_rewrites import HideRewrites, OfferRewrites, ShareRewrite
from bot.flows.sweep_digests import SweepDigests
from bot.flows.tell_leads import TellLeads
from bot.flows.waiting_sign_offs import CountedSignOffs
from bot.model.digest_writer import ModelDigestWriter
from bot.model.language_model import Limits
from bot.model.opening import open_model
from bot.model.prompts import load_prompt
from bot.slack.digest import ShareClicks, SlackBoard, SlackShareOffers
from bot.slack.direct import SlackDirectMessages
from bot.store.digest_figures import DigestFigureStore
from bot.store.digests import EditionStore
from bot.store.exceptions import ExceptionTable
from bot.store.notices import NoticeStore
from bot.store.rewrites import RewriteStore
from bot.store.sign_offs import SignOffStore

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

    from bot.assemble.workspaces import Review, Workspaces
    from bot.core.digest_ports import DigestJobs, DigestWriter
    from bot.core.guideline import Library
    from bot.core.ports import Clock
    from bot.settings import Settings
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


def digest_parts(own: Workspaces, judging: Review, db: Database, clients: Clients, clock: Clock) -> DigestParts:
    """The digest's parts, with a writer where a language model is configured."""
    parts = DigestParts(own, judging.library.problems, db, clients, clock)
    parts.send = replace(parts.send, writer=judging.digest_writer)
    return parts


@asynccontextmanager
async def digest_writer(settings: Settings, library: Library) -> AsyncGenerator[DigestWriter | None]:
    """Puts figures into words with the configured model; None where there is none. Raises `BrokenFiles`."""
    chosen = settings.model
    if not chosen.is_configured:
        yield None
        return
    prompt = load_prompt(settings.prompts / "digest.md", "openers")
    limits = Limits(call=min(60.0, chosen.deadline), total=chosen.deadline)
    model = open_model(
        api_key=chosen.key,
        base_url=chosen.url,
        model=chosen.name,
        effort=chosen.effort,
        limits=limits,
        api=chosen.api,
    )
    try:
        yield ModelDigestWriter(model, prompt, library.problems, limits)
    finally:
        await model.aclose()


class Teams:
    """The `Workspaces` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    @property
    def teams(self) -> tuple[str, ...]:
        """The workspaces' ids."""
        return tuple(one.team for one in self._clients)
