"""The slash command: what somebody typed, and the answer that only they see."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.click import reference
from bot.core.command import Unclear, Verb, parse
from bot.core.errors import TryLater
from bot.core.guideline_search import named
from bot.core.message import Place
from bot.core.setting_names import nearest_setting, setting_in
from bot.core.words import commands as words
from bot.core.words import exceptions, privacy
from bot.flows.review_typed import Typed
from bot.flows.send_digest import Sent
from bot.slack import command_blocks as blocks
from bot.slack.failures import UNREACHED
from bot.slack.json import text
from bot.slack.mrkdwn import escaped, from_mrkdwn, unescaped
from bot.slack.responding import respond

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.core.command import Command
    from bot.core.guideline import Library
    from bot.core.privacy_ports import PersonJobs
    from bot.flows.compose_digest import PreviewDigest
    from bot.flows.mute_person import MutePerson
    from bot.flows.review_typed import ReviewTyped
    from bot.flows.send_digest import SendDigestNow
    from bot.flows.show_home import ShowHome
    from bot.flows.show_privacy import ShowPrivacy
    from bot.flows.unmute_person import UnmutePerson
    from bot.flows.workspace_settings import ChangeSettings
    from bot.slack.json import Json

_LOG = logging.getLogger(__name__)
_PATIENCE = 1.8
"""Seconds after which Slack is answered before the work is done: it waits three."""
_CHANGES = 5
_SENT = {Sent.NOW: words.SENT, Sent.ALREADY: words.SENT_BEFORE, Sent.NO_CHANNEL: words.NO_DIGEST_CHANNEL}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who typed what. ``trigger`` is Slack's key of this use of the command."""

    place: Place
    user: str
    trigger: str
    command: Command
    body: Json = field(repr=False)

    @property
    def team(self) -> str:
        """The workspace."""
        return self.place.team


@dataclass(frozen=True, slots=True)
class Doors:
    """What the commands lead to. ``open_settings`` opens a window; ``exception_list`` gives blocks with buttons."""

    review: ReviewTyped
    home: ShowHome
    change: ChangeSettings
    preview: PreviewDigest
    send_now: SendDigestNow
    mute: MutePerson
    unmute: UnmutePerson
    privacy: ShowPrivacy
    people: PersonJobs
    open_settings: Callable[[Json], Awaitable[None]]
    exception_list: Callable[[str, str], Awaitable[list[Json]]]


class Commands:
    """Answers at once, or through the address that Slack sends along where it takes longer."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._late: set[asyncio.Task[None]] = set()

    async def answer(self, body: Json) -> Json:
        """What Slack is to show to the person; what they asked for is durable, or its answer follows."""
        work = asyncio.create_task(self._answer(body))
        done, _ = await asyncio.wait({work}, timeout=_PATIENCE)
        if done:
            return work.result()
        late = asyncio.create_task(_follow(text(body, "response_url"), work))
        self._late.add(late)
        late.add_done_callback(self._late.discard)
        return blocks.told(words.WAIT)

    async def close(self) -> None:
        """Wait for nobody any more."""
        for task in self._late:
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)

    async def _answer(self, body: Json) -> Json:
        command = parse(text(body, "text"))
        if isinstance(command, Unclear):
            return blocks.unclear_answer(Unclear(unescaped(command.said), command.nearest))
        place = Place(text(body, "team_id"), text(body, "channel_id"), "", text(body, "enterprise_id"))
        asked = Asked(place, text(body, "user_id"), text(body, "trigger_id"), command, body)
        try:
            return await self._work(command.verb)(asked)
        except TryLater:
            return blocks.told(words.LATER)

    def _work(self, verb: Verb) -> Callable[[Asked], Awaitable[Json]]:
        return {
            Verb.REVIEW: self._review,
            Verb.GUIDELINES: self._guidelines,
            Verb.DIGEST: self._digest,
            Verb.SETTINGS: self._settings,
            Verb.EXCEPTIONS: self._exceptions,
            Verb.MUTE: self._mute,
            Verb.UNMUTE: self._unmute,
            Verb.PRIVACY: self._privacy,
            Verb.HELP: self._help,
        }[verb]

    async def _help(self, asked: Asked) -> Json:
        return blocks.help_answer(asked.command.what)

    async def _review(self, asked: Asked) -> Json:
        """The answer comes through the address, as that of any private review."""
        said = from_mrkdwn(asked.command.text).text
        typed = Typed(asked.place, asked.user, asked.trigger, said, text(asked.body, "response_url"))
        return {} if await self._doors.review(typed) else blocks.told(words.NO_TEXT)

    async def _guidelines(self, asked: Asked) -> Json:
        settings = await self._doors.home.settings.of(asked.team)
        library, in_force = self._library, settings.policy.apply(self._library)
        if not asked.command.text:
            return blocks.guideline_list(library, in_force, settings)
        said = unescaped(asked.command.text)
        found, near = named(library, said)
        if found is None:
            return blocks.no_guideline(said, near)
        return blocks.guideline_answer(in_force.cited(found.id) or library.cited(found.id) or found)

    async def _digest(self, asked: Asked) -> Json:
        if asked.command.what == "preview":
            return blocks.preview(await self._doors.preview(asked.team), self._library.problems)
        if asked.user not in await self._doors.home.leads.of(asked.team):
            return blocks.told(words.ONLY_LEADS_SEND)
        return blocks.told(_SENT[await self._doors.send_now(asked.team)])

    async def _settings(self, asked: Asked) -> Json:
        typed = plain_setting(asked.command.text)
        if typed and typed.casefold() != "show":
            return await self._change(asked, typed)
        home = self._doors.home
        leads = await home.leads.of(asked.team)
        if asked.user in leads and not typed:
            with suppress(SlackApiError):  # a window must be opened within three seconds
                await self._doors.open_settings(asked.body)
                return {}
        changes = await home.values.changes(asked.team, _CHANGES)
        settings = await home.settings.of(asked.team)
        seen = await home.seen(asked.team, asked.user, settings, changes)
        return blocks.settings_answer(settings, changes, leads, self._titles, seen)

    async def _change(self, asked: Asked, typed: str) -> Json:
        found = setting_in(typed)
        if found is None:
            return blocks.told(words.no_setting(blocks.cut(typed), nearest_setting(typed)))
        name, value = found
        home = self._doors.home
        wanted = await home.with_hidden(asked.team, asked.user, {name: value})
        changed = await self._doors.change(asked.team, asked.user, wanted, sees_list=False)
        if changed.faults:
            return blocks.told(escaped(changed.faults[0][1]))
        kept = name == "brand_leads" and value != "" and asked.user not in value
        seen = await home.seen(asked.team, asked.user, changed.settings)
        return blocks.saved(name, changed.settings, self._titles, seen, stays=kept)

    async def _exceptions(self, asked: Asked) -> Json:
        return blocks.shown(exceptions.TITLE, await self._doors.exception_list(asked.team, asked.user))

    async def _mute(self, asked: Asked) -> Json:
        new = await self._doors.mute(asked.team, asked.user)
        return blocks.told(words.MUTED if new else words.MUTED_BEFORE)

    async def _unmute(self, asked: Asked) -> Json:
        new = await self._doors.unmute(asked.team, asked.user)
        return blocks.told(words.UNMUTED if new else words.UNMUTED_BEFORE)

    async def _privacy(self, asked: Asked) -> Json:
        match asked.command.what:
            case "export":
                await self._doors.people.export_person(asked.team, asked.user, reference(asked.trigger))
                return blocks.told(privacy.EXPORTING)
            case "delete":
                return blocks.deletion_question(asked.trigger)
            case _:
                return blocks.privacy_answer(await self._doors.privacy(asked.team, asked.user))

    @property
    def _titles(self) -> dict[str, str]:
        return self._library.titles

    @property
    def _library(self) -> Library:
        return self._doors.home.library


def plain_setting(typed: str) -> str:
    """What somebody typed, with channels by their ids and links as they are read."""
    out, rest = "", typed
    while rest:
        before, opening, after = rest.partition("<")
        body, closing, rest = after.partition(">")
        out += before
        if opening and closing:
            out += _named(*body.partition("|")[::2])
        else:
            out += opening + body
    return unescaped(out).strip()


def _named(target: str, label: str) -> str:
    if target.startswith("@"):
        return f"<{target}>"
    return target[1:] if target.startswith("#") else label or target


async def _follow(address: str, work: asyncio.Task[Json]) -> None:
    try:
        content = await work
    except Exception as error:  # whatever it is, the person must not wait for nothing  # noqa: BLE001
        _LOG.warning("a command failed: %s", type(error).__name__)
        content = blocks.told(words.FAILED)
    if content:
        with suppress(TryLater, *UNREACHED):
            await respond(address, content)
