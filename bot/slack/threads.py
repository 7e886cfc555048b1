"""The clean text in a draft's thread: one message, and a file beside it where the text is too long for blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.clean_text import CleanText
from bot.core.click import reference
from bot.core.words import clean_text as words
from bot.slack.elements import LONGEST, bold, context, piece, rich, rich_text, section
from bot.slack.json import items, reason, text
from bot.slack.messages import SlackMessages

if TYPE_CHECKING:
    from bot.core.message import Place
    from bot.core.record import DraftRecord, Reply
    from bot.slack.json import Json

_MOST = 9_000
"""Characters that are shown in blocks, which Slack counts together; a longer text comes as a file."""
_FILE_GONE = frozenset({"file_not_found", "file_deleted"})


class SlackCleanTexts(SlackMessages[CleanText]):
    """The `ThreadMessage` port for clean texts."""

    async def post(self, record: DraftRecord, reply: Reply, content: CleanText) -> str:
        """Post the message, and the file where there is one, and give the message's ts."""
        ts = await super().post(record, reply, content)
        await self._keep_file(record.place, content)
        return ts

    async def update(self, record: DraftRecord, reply: Reply, content: CleanText) -> bool:
        """Edit the message in place and exchange the file; False where somebody deleted the message."""
        kept = await super().update(record, reply, content)
        if kept:
            await self._keep_file(record.place, content)
        return kept

    async def delete(self, place: Place, ts: str) -> None:
        """Remove the message and the file; what is gone already is fine."""
        await super().delete(place, ts)
        await self._remove_files(place)

    async def _keep_file(self, place: Place, content: CleanText) -> None:
        whole = words.BETWEEN.join(text for _, text in words.posts(content))
        if len(whole) <= _MOST:
            return
        # The name tells which words it holds, so that the same file is not uploaded twice.
        name = words.file_name(reference(whole))
        if await self._remove_files(place, but=name):
            return
        await self._client(place).files_upload_v2(
            filename=name,
            content=whole,
            title=words.FILE_TITLE,
            channel=place.channel,
            thread_ts=place.ts,
        )

    async def _remove_files(self, place: Place, *, but: str = "") -> bool:
        """Delete the files with older words; True where the one named ``but`` is there."""
        us, there = self._clients.of(place.team).bot_user, False
        shared = [m async for m in self._thread(place) if text(m, "user") == us and items(m, "files")]
        for message in shared:
            if but and but in {text(file, "name") for file in items(message, "files")}:
                there = True
            else:
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

    def _content(self, record: DraftRecord, content: CleanText) -> Json:
        del record
        return {"blocks": clean_text_blocks(content), "text": words.FALLBACK}


def clean_text_blocks(content: CleanText) -> list[Json]:
    """A block to copy from for each post, what is still to be filled in, and whether the draft has changed since."""
    outdated = [section(bold(words.OUTDATED))] if content.outdated else []
    slots = [rich_text(rich("rich_text_section", piece(words.to_fill_in(content.slots), bold=True)))]
    heading = section(bold(words.heading(content)))
    return [*outdated, heading, *_body(content), *(slots if content.slots else []), context(words.MADE_BY)]


def _body(content: CleanText) -> list[Json]:
    posts = words.posts(content)
    if sum(len(text) for _, text in posts) > _MOST:
        return [section(words.AS_FILE)]
    return [block for heading, text in posts for block in _post(heading, text)]


def _post(heading: str, text: str) -> list[Json]:
    """The post and nothing else stands in the block, so that it can be copied whole."""
    pieces = [piece(text[at : at + LONGEST]) for at in range(0, len(text), LONGEST)]
    return [*([section(bold(heading))] if heading else []), rich_text(rich("rich_text_preformatted", *pieces))]
