"""The slash command."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.brand.own_guidelines import may_be_own
from bot.core.commands import Unclear, Verb, parse
from bot.core.drafts import Place, reference
from bot.core.errors import TryLater
from bot.core.guidelines import OWN, named
from bot.core.settings import ChannelStrictness, nearest_setting, setting_in, texts
from bot.core.words import commands as commands_words
from bot.core.words import deciding as deciding_words
from bot.core.words import home as home_words
from bot.core.words import privacy as privacy_words
from bot.core.words import proof as proof_words
from bot.core.words import spending as spending_words
from bot.core.words import watching as watching_words
from bot.core.words.guidelines import both_names
from bot.flows.brand.facts import CSV
from bot.flows.digesting import Sent
from bot.flows.private_reviews import Typed
from bot.slack.blocks import actions, bold, button, context, parts_of, section, small
from bot.slack.brand.audit import comparison_blocks
from bot.slack.brand.own_guidelines import change_button, list_button
from bot.slack.clicks import Afterwards, respond, user_of
from bot.slack.digesting import digest_blocks
from bot.slack.privacy import DELETE, KEEP
from bot.slack.reviewing import guideline_blocks
from bot.slack.wire.clients import UNREACHED
from bot.slack.wire.payloads import escaped, from_mrkdwn, part, text, unescaped

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.core.commands import Command
    from bot.core.digesting import Digest
    from bot.core.guidelines import Guideline, Library
    from bot.core.privacy import Holdings, PersonJobs
    from bot.core.settings import SettingChange, WorkspaceSettings
    from bot.core.watching import SeenChannels
    from bot.flows.brand.variants import CompareVariants
    from bot.flows.digesting import PreviewDigest, SendDigestNow
    from bot.flows.home import ShowHome
    from bot.flows.muting import MutePerson, UnmutePerson
    from bot.flows.privacy import ShowPrivacy
    from bot.flows.private_reviews import ReviewTyped
    from bot.flows.settings import ChangeSettings
    from bot.flows.spending import ShowUsage
    from bot.slack.brand.audit import AuditClicks
    from bot.slack.brand.facts import FactWindows
    from bot.slack.brand.own_guidelines import GuidelineWindows
    from bot.slack.proof import ProofWindows
    from bot.slack.wire.payloads import Json


# What the slash command answers, as Slack's blocks. Pure.

_SAID = 60
_VALUE = 300


def told(text: str) -> Json:
    """One line, in Slack's markup."""
    return {"text": text}


def shown(text: str, blocks: list[Json]) -> Json:
    """Blocks, with a text for clients that show none."""
    return {"text": text, "blocks": blocks}


def help_answer(topic: str) -> Json:
    """Everything there is, or one command."""
    if topic:
        return told(commands_words.TOPICS[Verb(topic)])
    lines = "\n".join(commands_words.line(verb) for verb in commands_words.LINES)
    return shown(commands_words.ABOUT, [section(commands_words.ABOUT), section(lines), small(commands_words.MORE)])


def unclear_answer(unclear: Unclear) -> Json:
    """One line with the nearest command. A whole text is not repeated."""
    said = unclear.said
    if unclear.nearest == Verb.REVIEW and len(said.split()) > 1:
        return told(commands_words.not_a_command(unclear.nearest))
    return told(commands_words.unclear(cut(said), unclear.nearest))


def cut(said: str) -> str:
    """What somebody typed, short and safe in markup."""
    line = " ".join(said.split())
    return escaped(line if len(line) <= _SAID else f"{line[: _SAID - 1]}…")


def guideline_list(library: Library, in_force: Library, settings: WorkspaceSettings) -> Json:
    """Every guideline by family, as this workspace has it."""
    here = {guideline.id: guideline for guideline in in_force.guidelines}
    blocks: list[Json] = [section(commands_words.GUIDELINES)]
    off = (guideline for guideline in library.off if guideline.family == OWN and guideline.id not in here)
    for family, members in groupby([*library.guidelines, *off], lambda guideline: guideline.family):
        every = list(members)
        number = sum(guideline.id in here for guideline in every)
        lines = [_line(here.get(one.id, one), _state(one, here, settings)) for one in every]
        blocks.append(section("\n".join([bold(commands_words.family(family, number, len(every))), *lines])))
    return shown(commands_words.GUIDELINES, blocks)


def guideline_answer(guideline: Guideline) -> Json:
    """One guideline in full."""
    return shown(escaped(guideline.title), guideline_blocks(guideline))


def no_guideline(said: str, near: tuple[Guideline, ...]) -> Json:
    """No guideline has that name."""
    return told(commands_words.no_guideline(cut(said), [escaped(one.title) for one in near]))


def settings_answer(
    settings: WorkspaceSettings,
    changes: tuple[SettingChange, ...],
    leads: tuple[str, ...],
    titles: Mapping[str, str],
    seen: SeenChannels,
) -> Json:
    """The settings, who changed them last, and who can. ``titles`` are the guidelines' titles by id."""
    said = {name: value_of(name, value, titles, seen=seen) for name, value in texts(settings).items()}
    lines = "\n".join(commands_words.setting(name, value) for name, value in said.items())
    blocks = [
        section(bold(commands_words.SETTINGS)),
        *(section(part) for part in parts_of(lines)),
        small(home_words.leads(leads)),
        section(bold(commands_words.CHANGES)),
    ]
    for change in changes:
        values, in_markup = home_words.values(change, titles, seen)
        blocks.append(section(f"{home_words.change(change)}: {values if in_markup else escaped(values)}"))
    return shown(commands_words.SETTINGS, blocks if changes else [*blocks, context(home_words.NO_CHANGES)])


def saved(
    name: str, settings: WorkspaceSettings, titles: Mapping[str, str], seen: SeenChannels, *, stays: bool = False
) -> Json:
    """A setting was changed; ``stays`` says that the person was kept on the list of brand leads."""
    return told(commands_words.saved(name, value_of(name, texts(settings)[name], titles, seen=seen), stays=stays))


def value_of(name: str, value: str, titles: Mapping[str, str], seen: SeenChannels) -> str:
    """A setting's value in markup: channels, people and guidelines by name."""
    listed = [one for one in value.split(", ") if one]
    if name in ("draft_channels", "digest_channel"):
        return watching_words.channel_list(listed, seen)
    if name == "brand_leads":
        return ", ".join(f"<@{one}>" for one in listed)
    if name == "strictness":
        return home_words.strictness(ChannelStrictness().read(value), seen)
    line = " · ".join(home_words.readable(name, value, titles).splitlines())
    return escaped(line if len(line) <= _VALUE else f"{line[: _VALUE - 1]}…")


def preview(digest: Digest, library: Library) -> Json:
    """This week's digest for one person alone."""
    blocks = digest_blocks(digest, library.problems, both_names(library))
    return shown(commands_words.PREVIEW, [small(commands_words.PREVIEW), *blocks])


def privacy_answer(holdings: Holdings) -> Json:
    """What is stored about a person."""
    counts = "\n".join(privacy_words.counts(holdings)) or privacy_words.NOTHING
    also = [privacy_words.IS_LEAD] if holdings.is_lead else []
    how = "\n".join(
        [privacy_words.kept(holdings.days), privacy_words.reader(holdings.reader), *also, privacy_words.ELSEWHERE]
    )
    return shown(
        privacy_words.TITLE,
        [section(f"{bold(privacy_words.TITLE)}\n{counts}"), section(how), small(privacy_words.NEXT)],
    )


def deletion_question(key: str) -> Json:
    """What is deleted, and the buttons to say so. ``key`` names the question: it is answered once."""
    delete = button(DELETE, privacy_words.DELETE, reference(key)) | {"style": "danger"}
    buttons = actions(delete, button(KEEP, privacy_words.KEEP, reference(key)))
    return shown(privacy_words.ASK, [section(f"{bold(privacy_words.ASK)}\n{privacy_words.CONSEQUENCES}"), buttons])


def _line(guideline: Guideline, state: str) -> str:
    return escaped(commands_words.guideline(guideline, state))


def _state(guideline: Guideline, here: Mapping[str, Guideline], settings: WorkspaceSettings) -> str:
    if guideline.id in here:
        return ""
    off = guideline.id in settings.policy.off or guideline.family == OWN
    return commands_words.OFF if off else commands_words.NOT_ASKED


# The slash command: what somebody typed, and the answer that only they see.

_LOG = logging.getLogger(__name__)
_PATIENCE = 1.8
"""Seconds after which Slack is answered before the work is done: it waits three."""
_CHANGES = 5
_EXPORT, _NEW = "export", "new"
_SENT = {
    Sent.NOW: commands_words.SENT,
    Sent.ALREADY: commands_words.SENT_BEFORE,
    Sent.NO_CHANNEL: commands_words.NO_DIGEST_CHANNEL,
}


@dataclass(frozen=True, slots=True)
class CommandCall:
    """Who typed what. ``trigger`` is Slack's key of this use of the command."""

    place: Place
    user: str
    trigger: str
    command: Command
    body: Json = field(repr=False)

    @property
    def team(self) -> str:
        return self.place.team


@dataclass(frozen=True, slots=True)
class CommandFlows:
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
    facts: FactWindows
    compare: CompareVariants
    audits: AuditClicks
    guidelines: GuidelineWindows
    proof: ProofWindows
    usage: ShowUsage | None = None
    """None where no language model is connected."""


class Commands:
    """Answers at once, or through the address that Slack sends along where it takes longer."""

    def __init__(self, doors: CommandFlows, afterwards: Afterwards) -> None:
        self._doors, self._afterwards = doors, afterwards

    async def answer(self, body: Json) -> Json:
        """What Slack is to show to the person; what they asked for is durable, or its answer follows."""
        work = self._afterwards.go_on(self._answer(body))
        done, _ = await asyncio.wait({work}, timeout=_PATIENCE)
        if done:
            return work.result()
        self._follow(body, work)
        return told(commands_words.WAIT)

    async def compare_message(self, body: Json) -> None:
        """The shortcut: a file in its thread, for everybody there; a thread for the person alone, once it is read."""
        root = await self._doors.audits.compare_message(body)
        if root:
            user = user_of(body)
            self._follow(body, self._compared(self._in_thread(root, user)))

    def _follow(self, body: Json, work: Awaitable[Json]) -> None:
        self._afterwards.go_on(_follow(text(body, "response_url"), work))

    async def _answer(self, body: Json) -> Json:
        command = parse(text(body, "text"))
        if isinstance(command, Unclear):
            return unclear_answer(Unclear(unescaped(command.said), command.nearest))
        place = Place(text(body, "team_id"), text(body, "channel_id"), "", enterprise=text(body, "enterprise_id"))
        asked = CommandCall(place, text(body, "user_id"), text(body, "trigger_id"), command=command, body=body)
        try:
            return await self._work(command.verb)(asked)
        except TryLater:
            return told(commands_words.LATER)

    def _work(self, verb: Verb) -> Callable[[CommandCall], Awaitable[Json]]:
        return {
            Verb.REVIEW: self._review,
            Verb.COMPARE: self._compare,
            Verb.AUDIT: self._audit,
            Verb.GUIDELINES: self._guidelines,
            Verb.DIGEST: self._digest,
            Verb.SETTINGS: self._settings,
            Verb.EXCEPTIONS: self._exceptions,
            Verb.FACTS: self._facts,
            Verb.USAGE: self._usage,
            Verb.PROOF: self._proof,
            Verb.MUTE: self._mute,
            Verb.UNMUTE: self._unmute,
            Verb.PRIVACY: self._privacy,
            Verb.HELP: self._help,
        }[verb]

    async def _help(self, asked: CommandCall) -> Json:
        return help_answer(asked.command.what)

    async def _review(self, asked: CommandCall) -> Json:
        """The answer comes through the address, as that of any private review."""
        said = from_mrkdwn(asked.command.text).text
        typed = Typed(asked.place, asked.user, asked.trigger, text=said, answer_to=text(asked.body, "response_url"))
        return {} if await self._doors.review(typed) else told(commands_words.NO_TEXT)

    async def _compare(self, asked: CommandCall) -> Json:
        said = await self._doors.audits.linked(asked.team, asked.user, asked.trigger, said=asked.command.text)
        if isinstance(said, Place):
            return await self._compared(self._in_thread(said, asked.user))
        typed = from_mrkdwn(asked.command.text).text
        return told(said) if said else await self._compared(self._doors.compare(asked.team, typed))

    async def _in_thread(self, root: Place, user: str) -> str:
        return (await self._doors.compare.in_thread(root, user)).text

    async def _compared(self, comparing: Awaitable[str]) -> Json:
        blocks = comparison_blocks(await comparing)
        return shown("\n\n".join(text(part(one, "text"), "text") for one in blocks), blocks)

    async def _audit(self, asked: CommandCall) -> Json:
        audits, said = self._doors.audits, asked.command.text
        return told(await audits.typed(asked.team, asked.user, asked.trigger, said=said, here=asked.place.channel))

    async def _guidelines(self, asked: CommandCall) -> Json:
        settings = await self._doors.home.settings.of(asked.team)
        library = await self._library(asked.team)
        in_force = settings.policy.apply(library)
        leads = await self._doors.guidelines.is_lead(asked.team, asked.user)
        if not asked.command.text:
            listed = guideline_list(library, in_force, settings)
            return listed | {"blocks": [*listed["blocks"], list_button()]} if leads else listed
        said = unescaped(asked.command.text)
        if said.casefold() == _EXPORT:
            return await self._doors.guidelines.export(asked.team, asked.user, asked.trigger)
        if said.casefold() == _NEW:
            return await self._doors.guidelines.open_new(asked.body)
        found, near = named(library, said)
        if found is None:
            return no_guideline(said, near)
        answer = guideline_answer(in_force.cited(found.id) or library.cited(found.id) or found)
        changes = leads and may_be_own(found.id)
        return answer | {"blocks": [*answer["blocks"], change_button(found.id)]} if changes else answer

    async def _digest(self, asked: CommandCall) -> Json:
        if asked.command.what == "preview":
            library = await self._library(asked.team)
            return preview(await self._doors.preview(asked.team), library)
        if not await self._doors.home.leads.includes(asked.team, asked.user):
            return told(commands_words.ONLY_LEADS_SEND)
        return told(_SENT[await self._doors.send_now(asked.team)])

    async def _settings(self, asked: CommandCall) -> Json:
        typed = plain_setting(asked.command.text)
        if typed and typed.casefold() != "show":
            return await self._change(asked, typed)
        home = self._doors.home
        if not typed and await home.leads.includes(asked.team, asked.user):
            with suppress(SlackApiError):  # a window must be opened within three seconds
                await self._doors.open_settings(asked.body)
                return {}
        leads = await home.leads.of(asked.team)
        changes = await home.values.changes(asked.team, _CHANGES)
        settings = await home.settings.of(asked.team)
        seen = await home.seen(asked.team, asked.user, settings, changes=changes)
        return settings_answer(settings, changes, leads, titles=(await self._library(asked.team)).titles, seen=seen)

    async def _change(self, asked: CommandCall, typed: str) -> Json:
        found = setting_in(typed)
        if found is None:
            return told(commands_words.no_setting(cut(typed), nearest_setting(typed)))
        name, value = found
        home = self._doors.home
        wanted = await home.with_hidden(asked.team, asked.user, {name: value})
        changed = await self._doors.change(asked.team, asked.user, wanted, sees_list=False)
        if changed.faults:
            return told(escaped(changed.faults[0][1]))
        kept = name == "brand_leads" and value != "" and asked.user not in value
        seen = await home.seen(asked.team, asked.user, changed.settings)
        titles = (await self._library(asked.team)).titles
        return saved(name, changed.settings, titles, seen=seen, stays=kept)

    async def _exceptions(self, asked: CommandCall) -> Json:
        return shown(deciding_words.EXCEPTIONS_TITLE, await self._doors.exception_list(asked.team, asked.user))

    async def _facts(self, asked: CommandCall) -> Json:
        what = asked.command.what
        wish = f"{asked.trigger}{CSV if what.endswith('csv') else ''}" if what.startswith("export") else ""
        return await self._doors.facts.answer(asked.team, asked.user, wish=wish)

    async def _usage(self, asked: CommandCall) -> Json:
        if not await self._doors.home.leads.includes(asked.team, asked.user):
            return told(spending_words.ONLY_LEADS)
        if self._doors.usage is None:
            unused = home_words.unused(await self._doors.home.settings.of(asked.team))
            return told("\n".join(filter(None, [spending_words.NO_MODEL, unused])))
        lines = spending_words.lines(await self._doors.usage(asked.team))
        return shown(spending_words.TITLE, [section("\n".join([bold(spending_words.TITLE), *lines]))])

    async def _proof(self, asked: CommandCall) -> Json:
        blocks = await self._doors.proof.blocks(asked.team, asked.user)
        return (
            told(proof_words.ONLY_LEADS)
            if blocks is None
            else shown(proof_words.TITLE, [section(bold(proof_words.TITLE)), *blocks])
        )

    async def _mute(self, asked: CommandCall) -> Json:
        new = await self._doors.mute(asked.team, asked.user)
        return told(commands_words.MUTED if new else commands_words.MUTED_BEFORE)

    async def _unmute(self, asked: CommandCall) -> Json:
        new = await self._doors.unmute(asked.team, asked.user)
        return told(commands_words.UNMUTED if new else commands_words.UNMUTED_BEFORE)

    async def _privacy(self, asked: CommandCall) -> Json:
        match asked.command.what:
            case "export":
                await self._doors.people.export_person(asked.team, asked.user, reference(asked.trigger))
                return told(privacy_words.EXPORTING)
            case "delete":
                return deletion_question(asked.trigger)
            case _:
                return privacy_answer(await self._doors.privacy(asked.team, asked.user))

    async def _library(self, team: str) -> Library:
        return await self._doors.home.libraries.of(team)


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


async def _follow(address: str, work: Awaitable[Json]) -> None:
    try:
        content = await work
    except Exception as error:  # whatever it is, the person must not wait for nothing  # noqa: BLE001
        _LOG.warning("a command failed: %s", type(error).__name__)
        content = told(commands_words.FAILED)
    if content:
        with suppress(TryLater, *UNREACHED):
            await respond(address, content)
