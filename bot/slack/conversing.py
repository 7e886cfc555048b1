"""A conversation as Slack carries it: streamed, in pieces, with thumbs."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.conversing import PieceOutcome
from bot.core.drafts import Place, newer
from bot.core.errors import NotInstalled, TryLater, Unreadable
from bot.core.words import conversing as words
from bot.slack.blocks import actions, button, context, fallback, parts_of, section
from bot.slack.clicks import pressed, team_of, whisper
from bot.slack.threads import REPLY_EVENT, is_closed, thread_of
from bot.slack.wire.clients import UNREACHED, hasty
from bot.slack.wire.payloads import (
    answer,
    escaped,
    is_gone,
    key_of,
    metadata_of,
    part,
    post_under,
    reason,
    remove_message,
    text,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.conversing import Turn, TurnAnswer
    from bot.core.drafts import Message
    from bot.flows.conversing import TakeTurn
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# A draft in a file that nobody can read.


class UnreadFileHints:
    """Tells whoever posts one among drafts, in private, that it was not read: else silence would look like "fine"."""

    def __init__(
        self,
        clients: Clients,
        is_switched_on: Callable[[str, str], Awaitable[bool]],
        opted_out: Callable[[Message], Awaitable[bool]],
    ) -> None:
        self._clients, self._is_switched_on, self._opted_out = clients, is_switched_on, opted_out

    async def __call__(self, message: Message) -> None:
        """One new message that hands over a file."""
        place = message.place
        with suppress(TryLater, Unreadable, NotInstalled, SlackApiError, *UNREACHED):
            if await self._is_switched_on(place.team, place.channel) and not await self._opted_out(message):
                client = self._clients.of(place.team).client
                await client.chat_postEphemeral(channel=place.channel, user=message.author_id, text=words.NOT_READ)


# What stands in an answer's message. Pure.

STOP, AGAIN = "candor_stop", "candor_ask_again"
LONGEST = 11_000
"""Characters of a message's Markdown: Slack takes 12,000."""
_PARTS = 3


def below(turn: Turn, given: TurnAnswer) -> list[Json]:
    """Who says so, and the way to try again where that may help."""
    again = [actions(button(AGAIN, words.TRY_AGAIN, f"{turn.id}|{turn.attempt}"))]
    return [*(again if given.ending.can_be_repeated else []), context(words.footer(given))]


def with_note(rest: str, given: TurnAnswer) -> str:
    """The end of the answer with the note that belongs below it."""
    note = words.note(given.ending)
    return f"{rest}\n\n{note}" if note else rest


def blocks_of(markdown: str) -> list[Json]:
    """Markdown as Slack's own block for it."""
    return [{"type": "markdown", "text": markdown}]


def short(plain: str) -> str:
    """For notifications, where no Markdown is shown and Slack's own markup is."""
    return fallback(escaped(plain))


def letters(said: str) -> str:
    """What is left of a text however its markup was read."""
    return "".join(character for character in said if character.isalnum())


def turn_in(value: str, team: str) -> str:
    """The turn that a button's value names, "" where it is not one of the workspace's."""
    return value if len(value.split(":")) == _PARTS and Place.of(value).team == team else ""


# Candor's answers in a conversation: shown piece by piece where Slack allows it, by edits or at once where not.

_WELCOME = "raised_hands"
_OPENING = 24
"""Letters by which a message that was begun is recognised."""
_ARCHIVED = "is_archived"
_STILL_STREAMING = frozenset({"streaming_state_conflict"})
_FAILURES = (SlackApiError, *UNREACHED)


class SlackSpeech:
    """The `Speech` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def thinking(self, turn: Turn, *, on: bool) -> None:
        with suppress(*_FAILURES):
            await self._client(turn.place).assistant_threads_setStatus(
                channel_id=turn.place.channel, thread_ts=turn.thread, status=words.THINKING if on else ""
            )

    async def find(self, turn: Turn) -> str:
        async for message in self._thread(turn):
            if key_of(message, REPLY_EVENT) == turn.key or self._is_half_said(message, turn):
                return text(message, "ts")
        return ""

    async def find_button(self, turn: Turn) -> str:
        async for message in self._thread(turn):
            if key_of(message, REPLY_EVENT) == f"stop:{turn.id}":
                return text(message, "ts")
        return ""

    async def start(self, turn: Turn, text: str) -> str:
        client = self._client(turn.place)
        # Without waiting: 20 such messages a minute are allowed, and one plain post needs none of them.
        try:
            begun = await hasty(client).chat_startStream(
                channel=turn.place.channel,
                thread_ts=turn.thread,
                markdown_text=text,
                recipient_team_id=turn.place.team,
                recipient_user_id=turn.author_id,
            )
        except _FAILURES:
            return ""
        return str(answer(begun)["ts"])

    async def append(self, turn: Turn, ts: str, text: str) -> PieceOutcome:
        try:
            await self._client(turn.place).chat_appendStream(channel=turn.place.channel, ts=ts, markdown_text=text)
        except SlackApiError as error:
            return PieceOutcome.GONE if is_gone(error) else PieceOutcome.EXPIRED
        except UNREACHED:
            return PieceOutcome.EXPIRED  # whether it stands there is unknown: an edit makes sure
        return PieceOutcome.SHOWN

    async def edit(self, turn: Turn, ts: str, text: str) -> PieceOutcome:
        try:
            return await self._update(turn, ts, blocks_of(text), plain=text, metadata=None)
        except _FAILURES:
            return PieceOutcome.MISSED

    async def offer_stop(self, turn: Turn) -> str:
        blocks = [section(words.STOP_OFFERED), actions(button(STOP, words.STOP, turn.id))]
        try:
            return await self._post(turn, f"stop:{turn.id}", blocks, plain=words.STOP_OFFERED)
        except _FAILURES:
            return ""

    async def withdraw(self, place: Place, ts: str) -> None:
        await remove_message(self._client(place), place.channel, ts)

    async def finish(self, turn: Turn, ts: str, answer: TurnAnswer, rest: str) -> bool:
        try:
            await self._client(turn.place).chat_stopStream(
                channel=turn.place.channel,
                ts=ts,
                markdown_text=with_note(rest, answer) or None,
                blocks=below(turn, answer),
                metadata=metadata_of(REPLY_EVENT, turn.key),
            )
        except _FAILURES:
            return False
        return True

    async def settle(self, turn: Turn, ts: str, answer: TurnAnswer) -> str:
        """Let a message say the whole answer and give its ts; post it where ``ts`` is "". What is too long follows."""
        first, *further = parts_of(words.whole(answer), LONGEST)
        footer = below(turn, answer)
        blocks = blocks_of(first) + ([] if further else footer)
        if not (ts := await self._say(turn, ts, blocks, plain=first)):
            return ""
        for number, more in enumerate(further, 2):
            key = f"{turn.key}:{number}"
            if key not in [key_of(message, REPLY_EVENT) async for message in self._thread(turn)]:
                last = number == len(further) + 1
                await self._post(turn, key, blocks_of(more) + (footer if last else []), plain=more)
        return ts

    async def _say(self, turn: Turn, ts: str, blocks: list[Json], plain: str) -> str:
        """Say it in that message, or in a new one where nobody may edit it; "" where somebody deleted it."""
        if not ts:
            return await self._post(turn, turn.key, blocks, plain=plain)
        done = await self._update(turn, ts, blocks, plain=plain, metadata=metadata_of(REPLY_EVENT, turn.key))
        if done is not PieceOutcome.CLOSED:
            return "" if done is PieceOutcome.GONE else ts
        keyed = [
            text(message, "ts") async for message in self._thread(turn) if key_of(message, REPLY_EVENT) == turn.key
        ]
        after = next((one for one in keyed if newer(one, ts)), "")  # as after a crash
        said = await self._say(turn, after, blocks, plain=plain)
        with suppress(SlackApiError):
            await self.withdraw(turn.place, ts)
        return said

    async def react(self, turn: Turn) -> None:
        with suppress(*_FAILURES):
            await self._client(turn.place).reactions_add(
                channel=turn.place.channel, timestamp=turn.place.ts, name=_WELCOME
            )

    async def clear(self, turn: Turn) -> None:
        left = {turn.reply_ts, turn.button_ts} - {""}
        async for message in self._thread(turn):
            key = key_of(message, REPLY_EVENT)
            if key in (turn.key, f"stop:{turn.id}") or key.startswith(f"{turn.key}:"):
                left.add(text(message, "ts"))
        for ts in sorted(left):
            await self._end_stream(turn, ts)
            await self.withdraw(turn.place, ts)

    async def _update(
        self, turn: Turn, ts: str, blocks: list[Json], plain: str, *, metadata: Json | None
    ) -> PieceOutcome:
        content: Json = {"channel": turn.place.channel, "ts": ts, "blocks": blocks, "text": short(plain)}
        content |= {"metadata": metadata} if metadata else {}
        client = self._client(turn.place)
        try:
            try:
                await client.chat_update(**content)
            except SlackApiError as error:
                if reason(error) not in _STILL_STREAMING:
                    raise
                await self._end_stream(turn, ts)
                await client.chat_update(**content)
        except SlackApiError as error:
            if is_closed(error):
                return PieceOutcome.CLOSED
            if is_gone(error) or reason(error) == _ARCHIVED:
                return PieceOutcome.GONE
            raise
        return PieceOutcome.SHOWN

    async def _end_stream(self, turn: Turn, ts: str) -> None:
        """A message that still takes pieces cannot be edited; one that takes none is fine."""
        with suppress(SlackApiError):
            await self._client(turn.place).chat_stopStream(channel=turn.place.channel, ts=ts)

    async def _post(self, turn: Turn, key: str, blocks: list[Json], plain: str) -> str:
        said: Json = {"channel": turn.place.channel, "thread_ts": turn.thread, "blocks": blocks, "text": short(plain)}
        return await post_under(REPLY_EVENT, key, self._client(turn.place), **said)

    async def _thread(self, turn: Turn) -> AsyncIterator[Json]:
        """What stands in the thread since the person's message; nothing where the thread is gone."""
        place = turn.place
        try:
            async for message in thread_of(self._client(place), place.channel, turn.thread, since=place.ts):
                yield message
        except SlackApiError as error:
            if not is_gone(error):
                raise

    def _is_half_said(self, message: Json, turn: Turn) -> bool:
        """True for a message of ours that opens as the answer does: until its end it can carry no key."""
        ours = text(message, "user") == self._clients.of(turn.place.team).bot_user
        opening = letters(turn.opening)[:_OPENING]
        later = newer(text(message, "ts"), turn.place.ts)
        unkeyed = ours and later and not key_of(message, REPLY_EVENT)
        return bool(opening) and unkeyed and letters(text(message, "text")).startswith(opening)

    def _client(self, place: Place) -> AsyncWebClient:
        return self._clients.of(place.team).client


# What people do in a conversation besides writing: stop an answer, ask for it again, open the messages tab.

OPENED = "app_home_opened"
_MESSAGES_TAB = "messages"


@dataclass(frozen=True, slots=True)
class Talking:
    """Each returns only when what was clicked is durable."""

    take: TakeTurn
    clients: Clients
    prompts: tuple[tuple[str, str], ...] = words.PROMPTS
    """What is offered to begin with: (label, message)."""

    async def stop(self, body: Json) -> None:
        turn_id = turn_in(pressed(body), team_of(body))
        if not (turn_id and await self.take.stop(turn_id)):
            await self._tell_gone(body)

    async def again(self, body: Json) -> None:
        value, _, attempt = pressed(body).partition("|")
        turn_id = turn_in(value, team_of(body))
        if not (turn_id and attempt.isdecimal() and await self.take.again(turn_id, int(attempt))):
            await self._tell_gone(body)

    async def suggest(self, body: Json) -> None:
        """Offer somebody who opens the messages tab what to begin with. A failure does not matter."""
        event = part(body, "event")
        if text(event, "tab") != _MESSAGES_TAB:
            return
        prompts = [{"title": title, "message": message} for title, message in self.prompts]
        with suppress(SlackApiError, *UNREACHED):
            # Without a thread: with one the call does nothing, as each message begins a thread of its own.
            await self.clients.of(text(body, "team_id")).client.assistant_threads_setSuggestedPrompts(
                channel_id=text(event, "channel"), title=words.PROMPTS_TITLE, prompts=prompts
            )

    async def _tell_gone(self, body: Json) -> None:
        with suppress(*UNREACHED):
            await whisper(self.clients, body, words.GONE)
