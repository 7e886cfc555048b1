"""The one reply in a draft's thread: posted once, updated, removed; and direct messages."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypeVar

from slack_sdk.errors import SlackApiError

from bot.core.deciding import Mute
from bot.core.drafts import reference
from bot.core.errors import ARCHIVED, LEFT, CannotEdit, MayNotPost, TryLater
from bot.core.findings import CleanText
from bot.core.reviewing import Standing
from bot.core.words import deciding as deciding_words
from bot.core.words import reviewing as reviewing_words
from bot.slack.blocks import LONGEST, actions, bold, button, context, piece, rich, rich_text, section
from bot.slack.reviewing import muted_blocks, reply_blocks, reply_text, with_tools
from bot.slack.wire.clients import UNREACHED, hasty, is_busy, writing
from bot.slack.wire.payloads import (
    answer,
    is_gone,
    items,
    key_of,
    listed,
    part,
    post_under,
    reason,
    remove_message,
    text,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.core.drafts import Place
    from bot.core.ports import Clock, ProblemsOf
    from bot.core.reviewing import DraftRecord, Reply
    from bot.core.watching import Notice
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# Messages of Candor's in a draft's thread, each found again by the key in its metadata.

Content = TypeVar("Content")

REPLY_EVENT = "candor_reply"
_PAGE = 100
_KEPT = "cant_delete_message"
_RESTRICTED = "restricted_action"
"""How Slack's names begin for channels where only some may post, or none in threads."""
_BARRED = frozenset({"cannot_reply_to_message", "no_permission", "access_denied", "posting_to_general_channel_denied"})
"""Its other names for that."""
_LOG = logging.getLogger(__name__)


def is_closed(error: SlackApiError) -> bool:
    """Whether Slack says that the message stands and nobody may edit it any more."""
    return reason(error) in ("edit_window_closed", "cant_update_message")


def thread_of(client: AsyncWebClient, channel: str, ts: str, *, since: str = "") -> AsyncIterator[Json]:
    """The messages of a thread, the earliest first, each with the key that it was posted under."""

    def page_at(cursor: str) -> Awaitable[AsyncSlackResponse]:
        return client.conversations_replies(
            channel=channel, ts=ts, oldest=since or None, include_all_metadata=True, limit=_PAGE, cursor=cursor
        )

    return listed(page_at, "messages")


class SlackMessages(ABC, Generic[Content]):
    """The `ThreadMessage` port; what a message says is for each kind to tell."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._retired: set[tuple[str, str]] = set()
        """Messages, by channel and ts, that can be neither edited nor deleted."""

    @abstractmethod
    async def _content(self, record: DraftRecord, content: Content) -> Json:
        """The blocks, and the text for notifications."""

    async def find(self, record: DraftRecord, reply: Reply) -> list[str]:
        """The ts of every message that was posted under this key, the earliest first."""
        return await self._find(record.place, reply.key)

    async def post(self, record: DraftRecord, reply: Reply, content: Content) -> str:
        """Post the message into the draft's thread and give its ts."""
        return await self._post(record.place, reply.key, await self._content(record, content))

    async def update(self, record: DraftRecord, reply: Reply, content: Content) -> bool:
        try:
            said = await self._content(record, content)
            with writing():
                await self._client(record.place).chat_update(channel=record.place.channel, ts=reply.ts, **said)
        except SlackApiError as error:
            if is_gone(error) or reason(error) == ARCHIVED:
                return False
            if is_closed(error):
                raise CannotEdit from None
            raise
        return True

    async def retire(self, place: Place, ts: str) -> None:
        try:
            await remove_message(self._client(place), place.channel, ts)
        except SlackApiError as error:
            if reason(error) != _KEPT:
                raise
            _LOG.warning("a message in %s can be neither edited nor deleted: %s", place.channel, reason(error))
            self._retired.add((place.channel, ts))

    async def delete(self, place: Place, ts: str) -> None:
        await remove_message(self._client(place), place.channel, ts)

    async def _post(self, place: Place, key: str, content: Json) -> str:
        where: Json = {"channel": place.channel, "thread_ts": place.ts}
        try:
            with writing():
                return await post_under(REPLY_EVENT, key, self._client(place), **where, **content)
        except SlackApiError as error:
            if (why := reason(error)).startswith(_RESTRICTED) or why in _BARRED | {LEFT, ARCHIVED}:
                raise MayNotPost(why) from None
            raise

    async def _find(self, place: Place, key: str) -> list[str]:
        found = [text(message, "ts") async for message in self._thread(place) if key_of(message, REPLY_EVENT) == key]
        return [ts for ts in found if (place.channel, ts) not in self._retired]

    async def _thread(self, place: Place) -> AsyncIterator[Json]:
        """What stands in a draft's thread, the earliest first; nothing where the draft is gone."""
        try:
            async for message in thread_of(self._client(place), place.channel, place.ts):
                yield message
        except SlackApiError as error:
            if not is_gone(error):
                raise

    def _client(self, place: Place) -> AsyncWebClient:
        return self._clients.of(place.team).client


# Candor's reply in a draft's thread.

_WORKING, _TAKING_AWAY = "eyes", "reactions.remove"
_REFUSED = "invalid_blocks"


class SlackThread(SlackMessages[Standing | Mute]):
    """The `Thread` port. Where Slack does not know the newer blocks yet, older ones take their place."""

    def __init__(self, clients: Clients, problems: ProblemsOf) -> None:
        super().__init__(clients)
        self._problems = problems
        self._simple: set[str] = set()

    async def post(self, record: DraftRecord, reply: Reply, content: Standing | Mute) -> str:
        try:
            return await super().post(record, reply, content)
        except SlackApiError as error:
            self._simplify(record, error)
            return await super().post(record, reply, content)

    async def update(self, record: DraftRecord, reply: Reply, content: Standing | Mute) -> bool:
        try:
            return await super().update(record, reply, content)
        except SlackApiError as error:
            self._simplify(record, error)
            return await super().update(record, reply, content)

    async def announce(self, record: DraftRecord, key: str, must_fix: int) -> None:
        """Say in one line that the reply has new points that must be fixed; once per key. Raises `TryLater`."""
        if await self._find(record.place, key):
            return
        try:
            await self._post(record.place, key, {"text": reviewing_words.news(must_fix)})
        except UNREACHED:  # it may still be carried out, so the next try is not before that
            raise TryLater(_AFTER) from None

    async def clear(self, place: Place) -> None:
        for message in [message async for message in self._thread(place) if key_of(message, REPLY_EVENT)]:
            await self.delete(place, text(message, "ts"))

    async def show_working(self, record: DraftRecord, *, working: bool) -> None:
        client, place = self._client(record.place), record.place
        with suppress(SlackApiError, *UNREACHED):
            if working and not is_busy(client, _TAKING_AWAY):
                # Without waiting: the review is worth more, and what is put there has to be taken away again.
                await hasty(client).reactions_add(channel=place.channel, timestamp=place.ts, name=_WORKING)
            elif not working:
                await client.reactions_remove(channel=place.channel, timestamp=place.ts, name=_WORKING)

    def _simplify(self, record: DraftRecord, error: SlackApiError) -> None:
        """From now on without newer blocks in that workspace; the error goes on where they were not the reason."""
        if reason(error) != _REFUSED or record.place.team in self._simple:
            raise error
        self._simple.add(record.place.team)

    async def _content(self, record: DraftRecord, content: Standing | Mute) -> Json:
        if isinstance(content, Mute):
            return {"blocks": muted_blocks(content, record), "text": deciding_words.FALLBACK}
        blocks = reply_blocks(content, record, await self._problems(record.place.team))
        if not content.critique.is_of_no_draft:  # else there's nothing to sign off or to rate
            blocks = with_tools(blocks, record, content.sign_off, simple=record.place.team in self._simple)
        return {"blocks": blocks, "text": reply_text(content)}


# Direct messages of Candor's own accord, each found again by the key in its metadata.

ACCEPT, DECLINE, SHOW_WORDS = "candor_proposal_accept", "candor_proposal_decline", "candor_proposal_words"
_DIRECT_EVENT = "candor_notice"
_LATEST = 100
"""Messages of a conversation among which an earlier attempt is looked for."""
_AFTER = 60.0
_ATTEMPTS = 3600.0
"""Seconds within which a message with the same key is an earlier attempt's. An older one told of an earlier time."""
_NEVER = frozenset({"user_not_found", "user_disabled", "user_not_visible", "cannot_dm_bot", "missing_scope"})
"""Where trying again would not help."""


class SlackDirectMessages:
    """The `DirectMessages` port."""

    def __init__(self, clients: Clients, clock: Clock) -> None:
        self._clients, self._clock = clients, clock

    async def tell(self, notice: Notice, text: str, offer: str = "") -> None:
        since = self._clock.now() - _ATTEMPTS
        try:
            await _tell(self._clients.of(notice.team).client, notice, text, offer=offer, since=since)
        except SlackApiError as error:
            if reason(error) not in _NEVER:
                raise TryLater(_AFTER) from None
            _LOG.warning("%s of %s cannot be told anything: %s", notice.user, notice.team, reason(error))
        except UNREACHED:
            raise TryLater(_AFTER) from None


async def _tell(client: AsyncWebClient, notice: Notice, said: str, *, offer: str, since: float) -> None:
    opened = answer(await client.conversations_open(users=notice.user))
    channel = text(part(opened, "channel"), "id")
    latest = answer(await client.conversations_history(channel=channel, limit=_LATEST, include_all_metadata=True))
    lately = (message for message in items(latest, "messages") if float(text(message, "ts")) >= since)
    if notice.key in {key_of(message, _DIRECT_EVENT) for message in lately}:
        return
    yes, no = button(ACCEPT, deciding_words.ACCEPT, offer), button(DECLINE, deciding_words.DECLINE, offer)
    words = button(SHOW_WORDS, deciding_words.SHOW_WORDS, offer)
    blocks = {"blocks": [section(said), actions(words, yes, no)]} if offer else {}
    await post_under(_DIRECT_EVENT, notice.key, client, channel=channel, text=said, **blocks)


# The clean text in a draft's thread: one message, and a file beside it where the text is too long for blocks.

_MOST = 9_000
"""Characters that are shown in blocks, which Slack counts together; a longer text comes as a file."""
_MOST_POSTS = 23
"""Posts that are shown: two blocks each, beside the message's own three, of the 50 that Slack takes."""
_FILE_GONE = frozenset({"file_not_found", "file_deleted"})
_NO_FILES = frozenset({"missing_scope", "no_permission", "file_uploads_disabled", "not_allowed", "restricted_action"})


class SlackCleanTexts(SlackMessages[CleanText]):
    """The `ThreadMessage` port for clean texts. Where a workspace takes no files, the message says so."""

    def __init__(self, clients: Clients) -> None:
        super().__init__(clients)
        self._fileless: set[str] = set()
        """Workspaces that refused the last file."""

    async def post(self, record: DraftRecord, reply: Reply, content: CleanText) -> str:
        """Post the message, and the file where there is one, and give the message's ts."""
        ts = await super().post(record, reply, content)
        await self._keep_file(record, replace(reply, ts=ts), content)
        return ts

    async def update(self, record: DraftRecord, reply: Reply, content: CleanText) -> bool:
        """Edit the message in place and exchange the file; False where somebody deleted the message."""
        kept = await super().update(record, reply, content)
        if kept:
            await self._keep_file(record, reply, content)
        return kept

    async def delete(self, place: Place, ts: str) -> None:
        """Remove the message and the file; what is gone already is fine."""
        await super().delete(place, ts)
        await self._remove_files(place)

    async def _keep_file(self, record: DraftRecord, reply: Reply, content: CleanText) -> None:
        """What comes after the clean text, such as the sign-off, does not wait for a file that never comes."""
        team, before = record.place.team, self._fileless.copy()
        try:
            if await self._is_filed(record.place, content):
                self._fileless.discard(team)
        except SlackApiError as error:
            if reason(error) not in _NO_FILES:
                raise
            self._fileless.add(team)
        if before != self._fileless:
            await super().update(record, reply, content)

    async def _is_filed(self, place: Place, content: CleanText) -> bool:
        """Exchange the file where one is needed; True where it is there."""
        if content.outdated:
            await self._remove_files(place)
        if content.outdated or not _is_long(content):
            return False
        whole = reviewing_words.BETWEEN.join(text for _, text in reviewing_words.posts(content))
        # The name tells which words it holds, so that the same file is not uploaded twice.
        name = reviewing_words.file_name(reference(whole))
        if await self._remove_files(place, but=name):
            return True
        await self._client(place).files_upload_v2(
            filename=name, content=whole, title=reviewing_words.FILE_TITLE, channel=place.channel, thread_ts=place.ts
        )
        return True

    async def _remove_files(self, place: Place, *, but: str = "") -> bool:
        """Delete the files with older words, and no others of Candor's; True where the one named ``but`` is there."""
        us, there = self._clients.of(place.team).bot_user, False
        shared = [m async for m in self._thread(place) if text(m, "user") == us]
        for message in shared:
            names = {
                name for file in items(message, "files") if reviewing_words.is_clean_text(name := text(file, "name"))
            }
            if but and but in names:
                there = True
            elif names:
                await self._remove_file(place, message)
        return there

    async def _remove_file(self, place: Place, message: Json) -> None:
        for file in items(message, "files"):
            try:
                await self._client(place).files_delete(file=text(file, "id"))
            except SlackApiError as error:
                if reason(error) not in _FILE_GONE:
                    raise
        await super().delete(place, text(message, "ts"))

    async def _content(self, record: DraftRecord, content: CleanText) -> Json:
        filed = record.place.team not in self._fileless
        return {"blocks": clean_text_blocks(content, filed=filed), "text": reviewing_words.FALLBACK}


def clean_text_blocks(content: CleanText, *, filed: bool = True) -> list[Json]:
    """A block to copy from for each post, and what is still to be filled in; old words are not offered to copy.

    ``filed`` says whether a text that is too long for blocks is in a file.
    """
    if content.outdated:
        return [section(bold(reviewing_words.OUTDATED)), context(reviewing_words.MADE_BY)]
    slots = [rich_text(rich("rich_text_section", piece(reviewing_words.to_fill_in(content.slots), bold=True)))]
    heading = section(bold(reviewing_words.heading(content)))
    return [heading, *_body(content, filed=filed), *(slots if content.slots else []), context(reviewing_words.MADE_BY)]


def _body(content: CleanText, *, filed: bool) -> list[Json]:
    if _is_long(content):
        return [section(reviewing_words.AS_FILE if filed else reviewing_words.NO_FILE)]
    return [block for heading, text in reviewing_words.posts(content) for block in _post(heading, text)]


def _is_long(content: CleanText) -> bool:
    """True for what a message doesn't hold, so that it comes as a file."""
    posts = reviewing_words.posts(content)
    return len(posts) > _MOST_POSTS or sum(len(text) for _, text in posts) > _MOST


def _post(heading: str, text: str) -> list[Json]:
    """The post and nothing else stands in the block, so that it can be copied whole."""
    pieces = [piece(text[at : at + LONGEST]) for at in range(0, len(text), LONGEST)]
    return [*([section(bold(heading))] if heading else []), rich_text(rich("rich_text_preformatted", *pieces))]
