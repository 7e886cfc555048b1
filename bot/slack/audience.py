"""Who reads a channel, and the guard that every click passes."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.core.errors import NotInstalled, TryLater
from bot.core.words import watching as words
from bot.slack.blocks import told_window
from bot.slack.clicks import instead, respond, team_of, user_of, who, wrong_at
from bot.slack.wire.clients import UNREACHED
from bot.slack.wire.payloads import answer, items, listed, part, reason, text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Hashable, Iterator

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.ports import Clock
    from bot.core.watching import Audience
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# What Slack said, believed for a while; and each question asked once, however many wait for the answer.

_MOST = 2_000
"""Answers of a kind that are kept; of more, those that were asked for longest ago are forgotten."""

Known = TypeVar("Known")


class Remembered(Generic[Known]):
    """Answers of one kind with their age, in memory only."""

    def __init__(self, clock: Clock, most: int = _MOST, *, is_slow: bool = False) -> None:
        """The age counts from the question on; of answers that take minutes (``is_slow``), from their end on."""
        self._clock, self._most, self._is_slow = clock, most, is_slow
        self._kept: dict[Hashable, tuple[Known, float]] = {}
        self._asked: dict[Hashable, asyncio.Task[Known]] = {}

    async def get(self, key: Hashable, ask: Callable[[], Awaitable[Known]], within: float) -> Known:
        """The answer, asked anew where it is older than ``within`` seconds."""
        known = self.fresh(key, within)
        return await asyncio.shield(self.asking(key, ask)) if known is None else known

    def asking(self, key: Hashable, ask: Callable[[], Awaitable[Known]]) -> asyncio.Task[Known]:
        """The question under way. It goes on where nobody can wait any longer: whoever asks next finds the answer."""
        if key not in self._asked:
            task = self._asked[key] = asyncio.create_task(self._ask(key, ask))
            task.add_done_callback(lambda done: self._end(key, done))
        return self._asked[key]

    def fresh(self, key: Hashable, within: float) -> Known | None:
        """The answer unless it is older, or the clock was set back."""
        known = self._kept.get(key)
        return known[0] if known is not None and 0 <= self._clock.now() - known[1] <= within else None

    def last(self, key: Hashable) -> Known | None:
        """The answer, however old."""
        known = self._kept.get(key)
        return known[0] if known is not None else None

    def keep(self, key: Hashable, known: Known, at: float | None = None) -> None:
        """Believe it from now on, or from ``at``."""
        self.forget(key)
        self._kept[key] = (known, self._clock.now() if at is None else at)
        if len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]

    def forget(self, key: Hashable) -> None:
        self._kept.pop(key, None)

    async def _ask(self, key: Hashable, ask: Callable[[], Awaitable[Known]]) -> Known:
        at, found = self._clock.now(), await ask()
        self.keep(key, found, None if self._is_slow else at)
        return found

    def _end(self, key: Hashable, done: asyncio.Task[Known]) -> None:
        del self._asked[key]
        if not done.cancelled():
            done.exception()  # taken note of: perhaps nobody waits for it any more


# Who may read what was said in a channel, asked of Slack and believed for a minute at most.

_KNOWN_FOR = 60.0
"""Seconds that an answer is believed."""
_ASKED_AGAIN = 3.0
"""Seconds after which a no is asked again: people are invited and go on at once."""
_PAGE, _PAGES = 999, 25
"""Conversations on a page, the most that Slack gives, and pages."""
_FEW = 3
"""Channels that are asked about one by one, as for a click; for more of them all of Candor's are listed."""
_AFTER = 60.0
_NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found", "account_inactive", "cannot_dm_bot"})
_NO_SCOPE = "missing_scope"
_PRIVATE, _EVERY = "private_channel", "public_channel,private_channel"
_NOWHERE = frozenset({"channel_not_found", "not_in_channel", "method_not_supported_for_channel_type", _NO_SCOPE})


@dataclass(frozen=True, slots=True)
class _Person:
    """``ours`` counts guests and the organisation's other workspaces; ``full`` are this workspace's members alone."""

    ours: bool = False
    full: bool = False
    known: bool = True
    """False where the app may not ask."""


@dataclass(frozen=True, slots=True)
class _Channel:
    open: bool = False
    outsiders: bool = False


class SlackAudience:
    """The `Audience` port.

    Somebody may be in thousands of channels, and a click waits for none of their lists: a full member reads every
    public channel, which takes a question about the person and one about the channel. Only where that is not enough
    Slack is asked which conversations the person is in.
    """

    def __init__(self, clients: Clients, clock: Clock) -> None:
        self._clients = clients
        self._people = Remembered[_Person](clock)
        self._inside = Remembered[frozenset[str]](clock)
        self._direct = Remembered[str](clock)
        self._joined = Remembered[dict[str, _Channel]](clock)
        self._channels = Remembered[_Channel](clock)

    async def of(self, team: str, user: str, channels: Collection[str]) -> frozenset[str]:
        """Those of the channels that the person may read. Raises `TryLater` where Slack does not say."""
        direct = {channel for channel in channels if channel.startswith("D")}
        asked = frozenset(channels) - direct - {""}
        found = frozenset[str]()
        if direct:
            found |= direct & {await self._direct.get((team, user), lambda: self._ask_direct(team, user), _KNOWN_FOR)}
        if asked:
            full = (await self._person(team, user)).full
            found |= await self._open(team, asked) if full else frozenset()
            if left := asked - found:
                found |= left & await self._own(team, user, left, full=full)
        return found

    async def is_ours(self, team: str, user: str, home: str = "") -> bool:
        """True for people of the workspace, and of its organisation. Raises `TryLater`.

        Slack is asked only where ``home`` leaves it open: in an organisation people have many workspaces.
        """
        enterprise = self._clients.of(team).enterprise
        if home and (home in {team, enterprise} or not enterprise):
            return home in {team, enterprise}
        person = await self._person(team, user)
        # Without the scope for it Slack tells nothing of people: then what it sent along decides.
        return person.ours if person.known else not home

    async def has_outsiders(self, team: str, channel: str) -> bool:
        return (await self._channel(team, channel)).outsiders

    async def _open(self, team: str, asked: frozenset[str]) -> frozenset[str]:
        """The public ones."""
        if len(asked) <= _FEW and self._joined.fresh(team, _KNOWN_FOR) is None:
            about = await asyncio.gather(*(self._known_channel(team, channel) for channel in asked))
        else:
            about = [await self._channel(team, channel) for channel in asked]
        return frozenset(channel for channel, known in zip(asked, about, strict=True) if known.open)

    async def _own(self, team: str, user: str, asked: frozenset[str], *, full: bool) -> frozenset[str]:
        """The conversations of the person, without public ones of full members; a no is not believed for long."""
        key, ask = (team, user, full), lambda: self._ask_inside(team, user, full=full)
        known = await self._inside.get(key, ask, _KNOWN_FOR)
        return known if asked <= known else await self._inside.get(key, ask, _ASKED_AGAIN)

    async def _person(self, team: str, user: str) -> _Person:
        return await self._people.get((team, user), lambda: self._ask_person(team, user), _KNOWN_FOR)

    async def _channel(self, team: str, channel: str) -> _Channel:
        joined = await self._joined.get(team, lambda: self._ask_joined(team), _KNOWN_FOR)
        return joined[channel] if channel in joined else await self._known_channel(team, channel)

    async def _known_channel(self, team: str, channel: str) -> _Channel:
        return await self._channels.get((team, channel), lambda: self._ask_channel(team, channel), _KNOWN_FOR)

    async def _ask_direct(self, team: str, user: str) -> str:
        """The id of the person's direct message with Candor, "" where there is none."""
        client = self._clients.of(team).client
        opened = await _asked(lambda: client.conversations_open(users=user, prevent_creation=True), _NOBODY)
        return text(part(opened, "channel"), "id")

    async def _ask_inside(self, team: str, user: str, *, full: bool) -> frozenset[str]:
        """Of private channels Slack names those alone that Candor is in as well."""
        kinds = _PRIVATE if full else _EVERY
        return frozenset([text(one, "id") async for one in self._conversations(team, user, kinds)])

    async def _ask_joined(self, team: str) -> dict[str, _Channel]:
        return {text(one, "id"): _channel_of(one) async for one in self._conversations(team, "", _EVERY)}

    async def _ask_channel(self, team: str, channel: str) -> _Channel:
        client = self._clients.of(team).client
        return _channel_of(part(await _asked(lambda: client.conversations_info(channel=channel), _NOWHERE), "channel"))

    async def _ask_person(self, team: str, user: str) -> _Person:
        installed = self._clients.of(team)
        found = await _asked(lambda: installed.client.users_info(user=user), _NOBODY | {_NO_SCOPE})
        if text(found, "error") == _NO_SCOPE:
            return _Person(known=False)
        return _person_of(part(found, "user"), team, installed.enterprise)

    def _conversations(self, team: str, user: str, kinds: str) -> AsyncIterator[Json]:
        client = self._clients.of(team).client

        def page_at(cursor: str) -> Awaitable[Json]:
            return _asked(lambda: _page(client, user, kinds, cursor=cursor), _NOBODY)

        return listed(page_at, "channels", most=_PAGES)


async def _page(client: AsyncWebClient, user: str, kinds: str, *, cursor: str) -> object:
    return await client.users_conversations(user=user or None, types=kinds, limit=_PAGE, cursor=cursor)


async def _asked(call: Callable[[], Awaitable[object]], refused: frozenset[str]) -> Json:
    """What Slack says, or one of the refusals under ``error``. Raises `TryLater` where it does not answer."""
    try:
        return answer(await call())  # pyright: ignore[reportArgumentType] - every call of the SDK gives its response
    except SlackApiError as error:
        if reason(error) in refused:
            return {"error": reason(error)}
        raise TryLater(_AFTER) from None
    except UNREACHED:
        raise TryLater(_AFTER) from None


def _channel_of(about: Json) -> _Channel:
    """One that Slack does not show is private."""
    closed = about.get("is_private") or about.get("is_im") or about.get("is_mpim") or not about.get("id")
    outsiders = bool(about.get("is_ext_shared") or about.get("is_pending_ext_shared"))
    return _Channel(not closed, outsiders)


def _person_of(about: Json, team: str, enterprise: str) -> _Person:
    """In an organisation a person may be of several of its workspaces, and of another than this one."""
    if not about or about.get("deleted") or about.get("is_stranger"):
        return _Person()
    organisation = part(about, "enterprise_user")
    at_home = text(about, "team_id") == team or team in (organisation.get("teams") or ())
    colleague = bool(enterprise) and enterprise in (text(organisation, "enterprise_id"), text(about, "team_id"))
    guest = about.get("is_restricted") or about.get("is_ultra_restricted")
    return _Person(at_home or colleague, at_home and not guest)


# Asked before every click, window, shortcut and command: is the person one of ours, and in the channel it is about?
#
# It stands before all listeners, so that a new one is guarded without knowing of it.

_PATIENCE = 1.5
"""Seconds for the question, and for the answer to somebody who is refused: Slack waits three for all of it."""
_KINDS = frozenset({"block_actions", "view_submission", "message_action", "shortcut"})
_BETWEEN = str.maketrans(dict.fromkeys('|\n"[], ', " "))
_PARTS = 3
_CHANNELS = ("selected_conversation", "selected_conversations", "selected_channel", "selected_channels")
_PEOPLE = ("selected_user", "selected_users")


class Guard:
    """Refuses with one sentence that only the person sees. Where Slack does not answer, it refuses as well."""

    def __init__(self, audience: Audience, clients: Clients) -> None:
        self._audience = audience
        self._clients = clients

    async def check(self, body: Json, next_: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:
        """A middleware of Bolt's."""
        if refusal := await self.refusal(body):
            return await self._refuse(body, refusal)
        if wrong := await self.wrong(body):
            return _answered(wrong_at(wrong))
        return await next_()

    async def wrong(self, body: Json) -> dict[str, str]:
        """What cannot have been chosen in a window, with a sentence, by input; the window stays open."""
        if text(body, "type") != "view_submission":
            return {}
        view, wrong = part(body, "view"), dict[str, str]()
        chosen, offered = [*_inputs(view)], {*_offered(view)}
        for block, action, element in chosen:
            if not {(block, action, option) for option in _options(element)} <= offered:
                wrong[block] = words.NOT_OFFERED
        try:
            async with asyncio.timeout(_PATIENCE):
                return wrong | await self._out_of_reach(team_of(body), user_of(body), chosen)
        except (TryLater, TimeoutError):
            return wrong | {block: words.NOT_SURE for block, _, element in chosen if [*_picked(element, _CHANNELS)]}
        except NotInstalled:
            return wrong

    async def _out_of_reach(self, team: str, user: str, chosen: list[tuple[str, str, Json]]) -> dict[str, str]:
        """Channels that the person cannot read, and people who are none of the workspace's."""
        picked = {block: {*_picked(element, _CHANNELS)} for block, _, element in chosen}
        every = frozenset[str]().union(*picked.values())
        readable = await self._audience.of(team, user, every) if every else every
        wrong = {block: words.NOT_THERE for block, channels in picked.items() if not channels <= readable}
        for block, _, element in chosen:
            if not all([await self._audience.is_ours(team, one) for one in _picked(element, _PEOPLE)]):
                wrong[block] = words.NOT_A_MEMBER
        return wrong

    async def refusal(self, body: Json) -> str:
        """What the person is told, "" where they may go on."""
        if text(body, "type") not in _KINDS and not text(body, "command"):
            return ""
        team, user = who(body)
        try:
            async with asyncio.timeout(_PATIENCE):
                if not await self._audience.is_ours(team, user, text(part(body, "user"), "team_id")):
                    return words.NOT_OURS
                asked = channels_in(body, team)
                return "" if asked <= await self._audience.of(team, user, asked) else words.NOT_INSIDE
        except (TryLater, TimeoutError):
            return words.NOT_SURE
        except NotInstalled:  # the listeners know what to do about that
            return ""

    async def _refuse(self, body: Json, said: str) -> BoltResponse:
        if text(body, "command"):
            return _answered({"response_type": "ephemeral", "text": said})
        if text(body, "type") == "view_submission":
            return _answered(instead(told_window(words.TITLE, said)))
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._tell(body, said)
        except (SlackApiError, NotInstalled, TryLater, *UNREACHED):
            # What another try may do, and nobody was told of, must not look as if it had been done.
            return BoltResponse(status=503 if said == words.NOT_SURE else 200)
        return BoltResponse(status=200)

    async def _tell(self, body: Json, said: str) -> None:
        client: AsyncWebClient = self._clients.of(team_of(body)).client
        container, view, window = part(body, "container"), part(body, "view"), told_window(words.TITLE, said)
        if text(view, "type") == "modal":  # what it shows is not for the person any more
            await client.views_update(view_id=text(view, "id"), view=window)
        elif text(container, "channel_id"):
            thread = text(container, "thread_ts") or text(container, "message_ts")
            channel, user = text(container, "channel_id"), user_of(body)
            await client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread, text=said)
        elif text(body, "response_url"):
            await respond(text(body, "response_url"), {"text": said})
        else:
            await client.views_open(trigger_id=text(body, "trigger_id"), view=window)


def channels_in(body: Json, team: str) -> frozenset[str]:
    """The channels that a click or a window is about: those of the drafts that it names, and that of its message.

    A message's own menu is offered by Slack to those alone who read the message, wherever Candor is.
    """
    named = {channel for value in _values(body) for channel in _named(value, team)}
    clicked = text(part(body, "container"), "channel_id") if text(body, "type") == "block_actions" else ""
    return frozenset({*named, *([clicked] if clicked else [])})


def _values(body: Json) -> Iterator[str]:
    yield text(part(body, "view"), "private_metadata")
    for action in items(body, "actions"):
        yield text(action, "value")
        yield text(part(action, "selected_option"), "value")


def _inputs(view: Json) -> Iterator[tuple[str, str, Json]]:
    """What a window holds when it is sent: (input, action, what was put into it)."""
    values = part(part(view, "state"), "values")
    for block in values:
        for action, element in part(values, block).items():
            yield block, action, cast("Json", element)


def _offered(view: Json) -> Iterator[tuple[str, str, str]]:
    """Every option that a window shows."""
    for block in items(view, "blocks"):
        for element in (part(block, "element"), part(block, "accessory"), *items(block, "elements")):
            for option in items(element, "options"):
                yield text(block, "block_id"), text(element, "action_id"), text(option, "value")


def _options(element: Json) -> Iterator[str]:
    for option in (part(element, "selected_option"), *items(element, "selected_options")):
        if option:
            yield text(option, "value")


def _picked(element: Json, names: tuple[str, ...]) -> Iterator[str]:
    """The ids under these names, one or a list of them."""
    for name in names:
        held = cast("str | list[str] | None", element.get(name))
        yield from [held] if isinstance(held, str) else held or ()


def _named(value: str, team: str) -> Iterator[str]:
    """A draft, or a turn of a conversation, is named by its workspace, channel and moment."""
    for word in value.translate(_BETWEEN).split():
        parts = word.split(":")
        if len(parts) == _PARTS and parts[0] == team:
            yield parts[1]


def _answered(content: Json) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(content), headers={"content-type": "application/json"})
