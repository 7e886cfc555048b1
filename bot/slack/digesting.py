"""The digest as Slack shows it, and where it is posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.digesting import families_of
from bot.core.errors import Trouble, Unreadable
from bot.core.words import digesting as words
from bot.slack.blocks import LONGEST, bold, context, plain, section, small
from bot.slack.channels import joined_channels
from bot.slack.wire.clients import reading
from bot.slack.wire.payloads import escaped, key_of, listed, post_under, reason, remove_message, text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping

    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.core.digesting import Digest, Edition
    from bot.core.ports import ProblemsOf
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# The weekly digest as Slack's blocks. Pure.


def digest_blocks(
    digest: Digest, titles: Mapping[str, str], both_names: Mapping[str, str], *, chart: bool = True
) -> list[Json]:
    """The digest. ``titles`` are the names on points, ``both_names`` those and the ones in the settings.

    Without ``chart`` the bars are made of characters, for where Slack draws no charts.
    """
    titles, both_names = (
        {guideline: escaped(title) for guideline, title in named.items()} for named in (titles, both_names)
    )
    notes = [words.late(digest.late)] if digest.late is not None else []
    notes += [words.missed(digest.missed)] if digest.missed else []
    above = [small(note) for note in notes]
    if digest.is_quiet:
        return [section(escaped(words.quiet(digest))), *above, context(words.FOOTER)]
    blocks: list[Json] = [{"type": "header", "text": plain(words.title(digest))}, *above]
    lines = [words.drafts(digest), words.points(digest), words.helpful(digest.figures.thumbs)]
    blocks.append(section("\n".join(filter(None, lines))))
    if digest.figures.points:
        blocks.append(_chart(digest) if chart else section(f"{bold(words.BY_FAMILY)}\n{words.bars(digest)}"))
        named = "\n".join(words.guidelines(digest, titles))
        blocks.append(section(f"{bold(words.BY_GUIDELINE)}\n{named}"))
    if todo := _todo(digest, titles):
        blocks.append(section("\n".join(todo)))
    blocks += [section(words.health(one, both_names)) for one in digest.health[:3]]
    return [*blocks, context(words.FOOTER)]


def digest_text(digest: Digest) -> str:
    """The digest in plain words, for notifications and for clients that show no blocks."""
    said = words.quiet(digest) if digest.is_quiet else words.summary(digest)
    return escaped(said)[:LONGEST]


def _todo(digest: Digest, titles: Mapping[str, str]) -> list[str]:
    todo = [words.still_open(digest.must_fix_open)] if digest.must_fix_open else []
    todo += [words.waiting(digest.waiting)] if digest.waiting else []
    todo += [words.lapsing(digest.lapsing, titles)] if digest.lapsing else []
    return todo + [escaped(one.said) for one in digest.evidence]


def _chart(digest: Digest) -> Json:
    """Slack's own chart. Its bounds: 50 characters in the title, 20 in a label, a point for each category."""
    before = [digest.before] if digest.before else []
    now = families_of(digest.figures, *before)
    series = [_series(words.THIS_WEEK, now)]
    series += [_series(words.WEEK_BEFORE, families_of(one, digest.figures)) for one in before]
    categories = [words.FAMILIES[family] for family, _ in now]
    axes: Json = {"categories": categories, "x_label": words.FAMILY, "y_label": words.POINTS}
    chart = {"type": "bar", "series": series, "axis_config": axes}
    return {"type": "data_visualization", "title": words.CHART, "chart": chart}


def _series(name: str, points: Iterable[tuple[str, int]]) -> Json:
    return {"name": name, "data": [{"label": words.FAMILIES[family], "value": number} for family, number in points]}


# The channel of the digest.

_EVENT = "candor_digest"
_PAGE = 100
_EARLIER = 3600.0
"""Seconds before its moment from which a post is looked for: clocks differ."""


class SlackBoard:
    """The `Board` port. Every post carries a key, by which it is found again after a crash."""

    def __init__(self, clients: Clients, problems: ProblemsOf, both_names: ProblemsOf) -> None:
        self._clients = clients
        self._problems, self._both_names = problems, both_names

    async def place(self, team: str, channel: str) -> str:
        name = channel.removeprefix("#")
        if name[:1] in {"C", "G"} and name.isupper():  # Slack writes the names of channels in small letters
            return name
        with reading():
            async for joined in joined_channels(self._client(team)):
                if text(joined, "name") == name:
                    return text(joined, "id")
        raise Unreadable(Trouble.ABSENT)

    async def find(self, edition: Edition) -> str:
        with reading():
            found = [
                text(message, "ts") async for message in self._since(edition) if key_of(message, _EVENT) == edition.key
            ]
        return min(found, key=float, default="")

    async def post(self, edition: Edition, digest: Digest) -> str:
        """Post it into its channel and give its ts; without a chart where Slack takes none."""
        with reading():
            try:
                return await self._post(edition, digest, chart=True)
            except SlackApiError as error:
                if reason(error) not in {"invalid_blocks", "invalid_blocks_format"}:
                    raise
            return await self._post(edition, digest, chart=False)

    async def remove(self, team: str, channel: str, ts: str) -> None:
        with reading():
            await remove_message(self._client(team), channel, ts)

    async def _post(self, edition: Edition, digest: Digest, *, chart: bool) -> str:
        named = await self._problems(edition.team), await self._both_names(edition.team)
        return await post_under(
            _EVENT,
            edition.key,
            self._client(edition.team),
            channel=edition.channel,
            text=digest_text(digest),
            blocks=digest_blocks(digest, *named, chart=chart),
        )

    async def _since(self, edition: Edition) -> AsyncIterator[Json]:
        """What Candor itself posted since the digest was due, the latest first."""
        ours = self._clients.of(edition.team)

        def page_at(cursor: str) -> Awaitable[AsyncSlackResponse]:
            return ours.client.conversations_history(
                channel=edition.channel,
                oldest=f"{edition.slot - _EARLIER:.6f}",
                include_all_metadata=True,
                limit=_PAGE,
                cursor=cursor,
            )

        async for message in listed(page_at, "messages"):
            if text(message, "user") == ours.bot_user or text(message, "bot_id") == ours.bot_id:
                yield message

    def _client(self, team: str) -> AsyncWebClient:
        return self._clients.of(team).client
