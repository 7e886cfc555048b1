"""What is audited: a file that somebody attached, or a channel's posts, as Candor keeps and as Slack shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.brand.audit import AuditedPost, audit_key, draft_of
from bot.core.brand.variants import SetPost, read_set
from bot.core.drafts import Deleted, Draft, Place
from bot.core.errors import PersonCanFix, TryLater
from bot.core.reading.draft_or_talk import MessageKind, kind_of
from bot.core.reading.side_notes import without_notes
from bot.core.reading.variants import split_variants, without_headings
from bot.core.words.brand import audit as words
from bot.flows.reviewing import aside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.core.brand.audit import Audit, AuditFiles
    from bot.core.brand.posts import EarlierPost, KeptPosts
    from bot.core.brand.variants import ReadSet
    from bot.core.drafts import Message, MessageEvent
    from bot.core.ports import Clock, Drafts
    from bot.core.reading.variants import Variant
    from bot.core.watching import Channels
    from bot.flows.audience import WhoSees
    from bot.flows.muting import IsMuted
    from bot.flows.receiving import AdmitOutsiders

_AFTER = 60.0
"""Seconds after which Slack is asked again what somebody may read."""
_DAY = 24 * 3600.0
MOST_AUDITED, MOST_COMPARED = 20_000, 50_000
"""Posts, and variants; more go through the command line."""


# For somebody in Slack.


@dataclass(frozen=True, slots=True)
class AuditSources:
    """Read anew each time: what was deleted meanwhile is not in it."""

    drafts: Drafts
    said: KeptPosts
    files: AuditFiles
    sees: WhoSees

    async def of(self, team: str, audit: Audit) -> tuple[list[AuditedPost], ReadSet]:
        """The posts, and what was wrong in a file. Raises `PersonCanFix` or `TryLater`."""
        if audit.source:
            return _keyed(await self._of_channel(team, audit)), read_set("")
        text = await self.files.read(team, audit.file)
        read = await aside(len(text), lambda: read_set(text, plain=False))
        return _keyed([(post, "") for post in read.posts], MOST_COMPARED if audit.compares else MOST_AUDITED), read

    async def _of_channel(self, team: str, audit: Audit) -> list[tuple[SetPost, str]]:
        """The posts in its drafts, and what was approved or published before, each text of a draft once."""
        seen = await self.sees.channels(team, audit.user, {audit.source})
        if not seen.sure:
            raise TryLater(_AFTER)
        if audit.source not in seen:
            raise PersonCanFix(words.NOT_YOURS)
        records = await self.drafts.latest(team, {audit.source}, MOST_AUDITED + 1)
        kept = await self.said.of_channel(team, audit.source, MOST_AUDITED + 1)
        since = day_at(audit.at - audit.days * _DAY) if audit.days else ""
        return await _in_channel({record.id: record.draft for record in records}, kept, since)


def _keyed(posts: Sequence[tuple[SetPost, str]], most: int = MOST_AUDITED) -> list[AuditedPost]:
    """Raises `PersonCanFix` where they are too many."""
    if len(posts) > most:
        raise PersonCanFix(words.too_many(most))
    return [AuditedPost(post, draft_id, audit_key(draft_of(post))) for post, draft_id in posts]


async def _in_channel(
    drafts: Mapping[str, Draft], said: Sequence[EarlierPost], since: str
) -> list[tuple[SetPost, str]]:
    """The posts in drafts and those that were said before, from a day on, the latest first; each with its draft's id.

    ``drafts`` are by their ids. What was approved in the words of its draft is in there already.
    """
    length = sum(len(draft.text) for draft in drafts.values())
    parted = await aside(length, lambda: {one: posts_in(draft) for one, draft in drafts.items()})
    live = {one: without_headings(posts) for one, posts in parted.items()}
    found = [
        (day_at(float(Place.of(one).ts)), post.platform, post.text, one)
        for one, posts in parted.items()
        for post in posts
    ]
    found += [
        (post.date, post.platform, post.text, post.draft_id)
        for post in said
        if live.get(post.draft_id, "") != post.text
    ]
    dated = sorted((one for one in found if one[2].strip() and one[0] >= since), reverse=True)
    return [
        (SetPost(text, str(number), platform=platform, day=day), draft_id)
        for number, (day, platform, text, draft_id) in enumerate(dated, 1)
    ]


def posts_in(draft: Draft) -> tuple[Variant, ...]:
    """The posts of a draft, as its review reads them."""
    return split_variants(draft.text, draft.zones, draft.platform)


def day_at(at: float) -> str:
    """The ISO date of a moment in seconds since 1970."""
    return datetime.fromtimestamp(at, UTC).date().isoformat()


# For whoever runs Candor: what Slack shows counts as well.

_EVERYTHING = 1_000_000
"""Posts and drafts: at a terminal nobody waits for anybody."""


@dataclass(frozen=True, slots=True)
class KeptInChannels:
    """What Candor remembers of channels, where it remembers something."""

    drafts: Drafts
    said: KeptPosts
    is_muted: IsMuted
    admit: AdmitOutsiders


@dataclass(frozen=True, slots=True)
class FoundInChannel:
    """The posts of a channel, and how many messages were read there."""

    posts: tuple[SetPost, ...]
    messages: int


@dataclass(frozen=True, slots=True)
class ReadChannel:
    """Every post of a channel: also those from before Candor was there, and those that it keeps no longer.

    What Slack shows goes before what is kept of it. Of people who want no reviews only what they asked for counts.
    """

    channels: Channels
    clock: Clock
    kept: KeptInChannels | None = None

    async def __call__(
        self, team: str, channel: str, days: int = 0, tell: Callable[[int], None] = lambda _: None
    ) -> FoundInChannel:
        """Read ``days`` back, or everything; ``tell`` hears how many messages were read. Raises `Unreadable`."""
        oldest = self.clock.now() - days * _DAY if days else 0.0
        shown, read = dict[str, Draft](), 0
        async for event in self.channels.history(team, channel, oldest):
            tell(read := read + 1)
            if message := await self._draft(event):
                shown[message.place.draft_id] = _as_draft(message)
        known, said = await self._remembered(team, channel)
        posts = await _in_channel(known | shown, said, day_at(oldest) if days else "")
        return FoundInChannel(tuple(post for post, _ in posts), read)

    async def _draft(self, event: MessageEvent) -> Message | None:
        """The draft alone; None where there is none."""
        if isinstance(event, Deleted):
            return None
        message = await self.kept.admit(event.message) if self.kept else event.message
        if kind_of(message, switched_on=True) not in (MessageKind.DRAFT, MessageKind.UNSURE):
            return None
        if self.kept and await self.kept.is_muted.opted_out(message):
            return None
        return without_notes(message)

    async def _remembered(self, team: str, channel: str) -> tuple[dict[str, Draft], Sequence[EarlierPost]]:
        if self.kept is None:
            return {}, ()
        records = await self.kept.drafts.latest(team, {channel}, _EVERYTHING)
        return {one.id: one.draft for one in records}, await self.kept.said.of_channel(team, channel, _EVERYTHING)


def _as_draft(message: Message) -> Draft:
    return Draft(message.text, message.platform or "", message.context or "", zones=message.zones)
