"""Audits: asked for by command, in Home or on a message with a file; their progress, their report and its files."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from slack_sdk.errors import SlackApiError

from bot.core.brand.audit import FineWords
from bot.core.deciding import Dismissal, Lasting, Scope, hashtags
from bot.core.drafts import Place, reference
from bot.core.errors import NotInstalled, PersonCanFix, TryLater, Unreadable
from bot.core.guidelines import Severity
from bot.core.reading.tables import decoded
from bot.core.watching import Notice
from bot.core.words import deciding as deciding_words
from bot.core.words.brand import audit as words
from bot.core.words.brand import posts as post_words
from bot.core.words.brand import variants as variant_words
from bot.core.words.commands import LATER
from bot.core.words.people import CANCEL, brief
from bot.core.words.people import channel as channel_name
from bot.flows.brand.variants import in_markdown
from bot.slack import blocks as forms
from bot.slack.blocks import LONGEST, actions, bold, button, context, harmless, section, small, sure, window
from bot.slack.brand.watched import JobMessage, content_of, direct_to, is_absent, later, messages_of, suppress_final
from bot.slack.clicks import instead, open_window, pressed, respond, team_of, user_of, whisper, who, wrong_at
from bot.slack.settings import told
from bot.slack.wire.clients import UNREACHED
from bot.slack.wire.payloads import answer, escaped, is_gone, is_table, items, part, reason, remove_message, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.brand.audit import Audit, AuditReport, AuditShown
    from bot.core.brand.variants import ToldFact
    from bot.core.watching import Notices
    from bot.flows.brand.audit import BeginAudit, CallFine, FineByIds, FineExample
    from bot.slack.channels import SlackJoinedChannels
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# The message of an audit as Slack's blocks. Pure.

AUDIT, AUDIT_WINDOW, AUDIT_FILE, COMPARE_FILE = "candor_audit", "candor_audit_window", "audit_file", "compare_file"
AUDIT_STOP, AUDIT_MODEL, AUDIT_OVERNIGHT = "candor_audit_stop", "candor_audit_model", "candor_audit_overnight"
AUDIT_FINE, FINE_WINDOW = "candor_audit_fine", "candor_audit_fine_window"
_QUOTE, _LINE = 160, 400


def audit_blocks(audit: Audit, shown: AuditShown) -> list[Json]:
    """How far it is with a button to cancel, what came of it, or why nothing did."""
    name = channel_name(audit.source) if audit.source else harmless(audit.name)
    blocks = [section(words.title(name, compares=audit.compares))]
    if shown.report:
        found = _comparison(audit, shown.report) if audit.compares else _report(audit, shown.report)
        return [*blocks, *found, *_after(audit, shown), small(words.MADE_BY)]
    if shown.said:
        return [*blocks, section(shown.said), *_left_out(shown)]
    compares = audit.compares and not audit.with_model
    said = words.progress(shown.done, shown.total, model=audit.with_model)
    said = shown.waits or (words.comparing(shown.done, shown.total) if compares else said)
    return [*blocks, section(said), *_left_out(shown), actions(button(AUDIT_STOP, CANCEL, audit.id))]


def _report(audit: Audit, report: AuditReport) -> Iterator[Json]:
    if first := words.not_reviewed(report):
        yield section(first)
    yield section(bold(words.headline(report)))
    rows = [f"• {harmless(row.name)}: {words.row(row)}" for row in report.recurring[: words.RECURRING_SHOWN]]
    if rows:
        yield _listed(words.RECURRING, rows, of=len(report.recurring))
    facts = [_contradiction(report, fact) for fact in report.contradictions[: words.FACTS_SHOWN]]
    if facts:
        yield _listed(words.CONTRADICTIONS, facts, of=len(report.contradictions))
    if none := words.found_none(report):
        yield section(none)
    changes = [
        f"• {_brief(words.change(report.compared, fact), _LINE)}" for fact in report.changes[: words.FACTS_SHOWN]
    ]
    if changes:
        yield _listed(words.what_changed(len(report.changes)), changes, of=len(report.changes))
    if report.worst:
        yield from _worst(audit, report)
    elif not facts and not changes:
        yield section(words.NOTHING_MODEL if report.model else words.NOTHING)


def _comparison(audit: Audit, report: AuditReport) -> Iterator[Json]:
    yield from comparison_blocks(in_markdown(report.compared))
    if not report.model:
        return
    if report.unread:
        yield section(words.not_reviewed(report))
    yield from _worst(audit, report) if report.worst else [section(words.NOTHING_MODEL)]


def comparison_blocks(told: str) -> list[Json]:
    """A comparison in Markdown as Slack shows it."""
    return [section(part) for part in escaped(told).replace("**", "*").replace("\n- ", "\n• ").split("\n\n")]


def _contradiction(report: AuditReport, fact: ToldFact) -> str:
    said = [
        f"{_brief(variant_words.sentence(value) or value.shown)} ({words.said_on(report.compared, value)})"
        for value in fact.compared[:2]
    ]
    return f"• {harmless(variant_words.matter(fact))}: {' / '.join(said)}"


def _worst(audit: Audit, report: AuditReport) -> Iterator[Json]:
    """Each with a button for brand leads, unless nobody may leave it alone."""
    yield section(bold(words.WORST))
    for post, result in report.worst[: words.WORST_SHOWN]:
        one, say = (result.points[0], words.point) if result.points else (result.looks[0], words.look)
        title = report.titles.get(one.guideline, one.guideline)
        block = section(f"• {harmless(words.about(post))}: {_brief(say(one, title), _LINE)}")
        tags = tuple(tag for tag in hashtags(post.text) if len(tag) <= _TAG)[:_TAGS]
        draft_id = report.draft_ids.get(post.name, "")
        fine = FineWords(audit.id, one.guideline, one.severity, quote=one.quote, draft_id=draft_id, tags=tags)
        value = as_value(fine)
        known = one.dismissable and one.quote.strip() and len(value) <= _VALUE
        yield block | (
            {"accessory": button(AUDIT_FINE, words.FINE, value, spoken=f"{words.FINE}: {title}")} if known else {}
        )
    if (left := len(report.worst) - words.WORST_SHOWN) > 0:
        yield section(words.more_posts(left))


_TAGS, _TAG, _VALUE = 3, 50, 1900
"""Hashtags that are offered as campaigns, and how long they and the value of a button may be."""


def as_value(fine: FineWords) -> str:
    """What a button carries: nothing is kept of the words of a report that is done."""
    said = (fine.audit, fine.guideline, fine.severity.value, fine.quote, fine.draft_id, [*fine.tags])
    return json.dumps(said, ensure_ascii=False)


def from_value(value: str) -> FineWords:
    """What the button carried."""
    audit, guideline, severity, quote, draft_id, tags = json.loads(value)
    return FineWords(audit, guideline, Severity(severity), quote=quote, draft_id=draft_id, tags=tuple(tags))


_ALONE, _EXAMPLE = "alone", "example"


def fine_window(fine: FineWords, now: float, own: str = "") -> Json:
    """Where and for how long words are left alone. They may be an example of the guideline that is called ``own``."""
    ways = forms.radios({_ALONE: words.FINE_ALONE, _EXAMPLE: words.fine_example(own)}, _ALONE)
    how = forms.field("how", words.FINE_HOW, ways, hint=words.FINE_EXAMPLE_IS, optional=False)
    where = {Scope.ALWAYS.value: words.FINE_ALL} | {tag: deciding_words.in_drafts_with(tag) for tag in fine.tags}
    lasting = forms.menu(deciding_words.lastings(now, ends=False), Lasting.QUARTER)
    blocks = [
        section(words.FINE_EITHER if own else words.FINE_IS),
        forms.rich_text(forms.rich("rich_text_quote", forms.piece(brief(fine.quote, _LINE)))),
        *([how] if own else []),
        forms.field("where", words.FINE_WHERE, forms.radios(where, Scope.ALWAYS.value), optional=False),
        forms.field("lasting", deciding_words.LASTING, lasting, optional=False),
        context(deciding_words.FINE_SEEN),
    ]
    return window(words.FINE_TITLE, blocks, submit=words.FINE, callback=FINE_WINDOW, memo=as_value(fine))


def _after(audit: Audit, shown: AuditShown) -> Iterator[Json]:
    yield from _left_out(shown)
    if audit.source:
        yield small(words.COUNTED)
    yield small(shown.said or (words.VARIANT_FILES if audit.compares else words.FILES))
    if shown.estimate:
        yield small(shown.estimate)
        both = [_sure(AUDIT_MODEL, words.WITH_MODEL, audit.id, title=words.ASK_TITLE, takes=shown.estimate)]
        if takes := shown.overnight:
            both.append(_sure(AUDIT_OVERNIGHT, words.OVERNIGHT, audit.id, title=words.OVERNIGHT_TITLE, takes=takes))
        yield actions(*both)


def _sure(action: str, label: str, audit_id: str, *, title: str, takes: str) -> Json:
    """A button that asks once more, and says what it takes."""
    return button(action, label, audit_id) | sure(title, takes[:300], yes=words.ASK_START)


def _left_out(shown: AuditShown) -> Iterator[Json]:
    if shown.left_out:
        faults = [f"• {harmless(post_words.fault(*one))}" for one in shown.left_out[: words.FAULTS_SHOWN]]
        yield section("\n".join([words.left_out(len(shown.left_out)), *faults])[:LONGEST])
    if shown.unused:
        yield small(_brief(post_words.unused(shown.unused), _LINE))


def _listed(title: str, lines: list[str], of: int) -> Json:
    left = [variant_words.more(of - len(lines))] if of > len(lines) else []
    return section("\n".join([bold(title), *lines, *left]))


def _brief(said: str, most: int = _QUOTE) -> str:
    return harmless(brief(" ".join(said.split()), most))


_CHANNELS = 100
"""Options that a menu of Slack's may have."""


def audit_window(channels: Mapping[str, str]) -> Json:
    """Which channel, and how far back. ``channels`` are the names by id of those that the person may choose."""
    named = sorted(channels.items(), key=lambda one: one[1])
    options = {one: f"#{name}" for one, name in named[:_CHANNELS]}
    blocks = [
        context(words.WINDOW_ABOUT),
        forms.field("channel", words.CHANNEL, forms.menu(options, next(iter(options))), optional=False),
        *([context(words.more_channels(_CHANNELS, len(named)))] if len(named) > _CHANNELS else []),
        forms.field("days", words.DAYS, forms.number("0", words.MOST_DAYS), hint=words.DAYS_HINT, optional=False),
    ]
    return window(words.WINDOW, blocks, submit=words.GO, callback=AUDIT_WINDOW)


# Where it stands in Slack.

_EVENT = "candor_audit"
_NO_FILES = frozenset({"missing_scope", "no_permission", "file_uploads_disabled", "not_allowed", "restricted_action"})


class SlackAuditBoard(JobMessage):
    """The `AuditBoard` port. Its files carry a name by which a later attempt finds them."""

    def __init__(self, clients: Clients) -> None:
        super().__init__(clients, _EVENT)

    async def post(self, team: str, audit: Audit, shown: AuditShown) -> tuple[str, str, str]:
        return await self.send(team, audit, audit_blocks(audit, shown))

    async def show(self, team: str, audit: Audit, shown: AuditShown) -> None:
        await self.edit(team, audit, audit_blocks(audit, shown), anew=bool(shown.report or shown.said))

    async def upload(self, team: str, audit: Audit, files: Mapping[str, str]) -> tuple[str, ...] | None:
        """Their names carry the audit, as there may be several in a thread, and a mark of what they say."""
        marked = {name: f"-{audit.id}-{reference(content)[:6]}." for name, content in files.items()}
        files = {name.replace(".", marked[name]): content for name, content in files.items()}
        client = self._client(team)
        with later():
            try:
                return await self._put(client, audit.place, audit.thread or audit.ts, since=audit.ts, files=files)
            except SlackApiError as error:
                if not is_absent(error):
                    raise
            return await self._put(client, await direct_to(client, audit.user), "", since=audit.ts, files=files)

    async def _put(
        self, client: AsyncWebClient, channel: str, thread: str, *, since: str, files: Mapping[str, str]
    ) -> tuple[str, ...] | None:
        there: dict[str, str] = {}
        try:
            for message in await messages_of(client, channel, thread, since=since):
                there |= {text(file, "name"): text(file, "id") for file in items(message, "files")}
                await _remove_earlier(client, channel, message, but=files)
            for name, content in files.items():
                if name not in there:
                    sent = await client.files_upload_v2(
                        channel=channel, thread_ts=thread or None, filename=name, title=name, content=content
                    )
                    there[name] = text(items(answer(sent), "files")[0], "id")
        except SlackApiError as error:
            if reason(error) in _NO_FILES or (is_gone(error) and not is_absent(error)):
                return None
            raise
        return tuple(there[name] for name in files)

    async def withdraw(self, team: str, audit: Audit) -> None:
        with later():
            await self.take_back(team, audit, audit.uploads, blocks=[section(words.WITHDRAWN)])
            for file in audit.uploads:
                with suppress_final():
                    await self._client(team).files_delete(file=file)


async def _remove_earlier(client: AsyncWebClient, channel: str, message: Json, *, but: Collection[str]) -> None:
    """What an attempt that broke off said of the same audit: a draft in it may be deleted by now."""
    begins = tuple(f"{name.rpartition('-')[0]}-" for name in but)
    for file in items(message, "files"):
        if text(file, "name").startswith(begins) and text(file, "name") not in but:
            with suppress_final():
                await client.files_delete(file=text(file, "id"))
                await remove_message(client, channel, text(message, "ts"))


# The file that somebody attached.

_LARGEST = 30 * 2**20


class SlackAuditFiles:
    """The `AuditFiles` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def read(self, team: str, file: str) -> str:
        content = await content_of(self._clients.of(team).client, file, _LARGEST, cannot=words.CANNOT_OPEN)
        try:
            return decoded(content)
        except UnicodeDecodeError:
            raise PersonCanFix(words.NOT_TEXT) from None


# A table among drafts.


class TableHints:
    """Tells whoever posts a table among drafts what can be done with it, as no review answers one.

    Once for each person, whichever process hears of it.
    """

    def __init__(
        self, clients: Clients, notices: Notices, is_switched_on: Callable[[str, str], Awaitable[bool]]
    ) -> None:
        self._clients, self._notices, self._is_switched_on = clients, notices, is_switched_on

    async def after(self, team: str, event: Json) -> None:
        """One message with a table, as Slack tells of it."""
        user, channel = text(event, "user"), text(event, "channel")
        with suppress(TryLater, Unreadable, NotInstalled, SlackApiError, *UNREACHED):
            if not await self._is_switched_on(team, channel):
                return
            once = Notice(team, user, f"tables:{user};")
            if not await self._notices.reserve(once):  # the next table may come while the first is told of
                return
            thread = text(event, "thread_ts") or None
            try:
                client: AsyncWebClient = self._clients.of(team).client
                await client.chat_postEphemeral(channel=channel, user=user, text=words.TABLE_POSTED, thread_ts=thread)
            except BaseException:  # also where it is cancelled: whoever was not told is told another time
                await self._notices.forget(team, once.key, ())
                raise
            await self._notices.told(once)


# What people do.

_FINE, _PATIENCE = "fine", 2.0


def linked_message(said: str) -> tuple[str, str, str]:
    """Channel, ts and thread of the message that a link leads to, as Slack gives and shows one; "" for other words."""
    link = urlsplit(said.strip().strip("<>").partition("|")[0])
    _, _, rest = link.path.partition("/archives/")
    channel, _, name = rest.partition("/p")
    if link.scheme not in ("https", "http") or not channel.isalnum() or not name.isdecimal():
        return "", "", ""
    return channel, f"{name[:-6]}.{name[-6:]}", parse_qs(link.query).get("thread_ts", [""])[0]


@dataclass(frozen=True, slots=True)
class AuditClicks:
    """Returns only when what was asked for is durable."""

    begin: BeginAudit
    fine: CallFine
    example: FineExample
    by_ids: FineByIds
    joined: SlackJoinedChannels
    clients: Clients

    async def open_fine(self, body: Json) -> None:
        """The window in which a brand lead says where and how long words are fine."""
        team, user, value = _clicked(body)
        try:
            may = await self.fine.may(team, user)
        except TryLater:
            await self._told(body, LATER)
            return
        if not may:
            await self._told(body, words.ONLY_LEADS)
            return
        fine = from_value(value)
        own = await self.example.title(team, user, fine)
        window = fine_window(fine, self.begin.clock.now(), own)
        await open_window(self.clients, body, window)

    async def submit_fine(self, body: Json) -> Json:
        view, (team, user) = part(body, "view"), who(body)
        fine, given = from_value(text(view, "private_metadata")), forms.given(view)
        if given.get("how") == _EXAMPLE:
            return await self._keep_example(team, user, fine)
        where = given["where"]
        chosen = Dismissal(
            scope=Scope.ALWAYS if where == Scope.ALWAYS else Scope.CAMPAIGN,
            campaign="" if where == Scope.ALWAYS else where,
            lasting=Lasting(given["lasting"]),
        )
        try:
            said = await self.fine(team, user, fine, chosen, key=text(view, "id"))
        except TryLater:
            return wrong_at({"where": LATER})
        return instead(told(said, words.FINE_TITLE))

    async def _keep_example(self, team: str, user: str, fine: FineWords) -> Json:
        try:
            wrong = await self.example(team, user, fine)
        except TryLater:
            wrong = LATER
        if wrong:
            return wrong_at({"how": wrong})
        return instead(told(words.FINE_EXAMPLE_KEPT, words.FINE_TITLE))

    async def typed(self, team: str, user: str, wish: str, said: str, *, here: str) -> str:
        """What the command answers. ``said`` may name a channel by id, link or name, and days; ``here`` is where."""
        channel, days = here, 0
        if said.split()[:1] == [_FINE]:
            return await self._fine(team, user, said.split()[1:])
        for word in said.split():
            name = word.strip("<>").removeprefix("#").partition("|")[0]
            if word.isdecimal():
                days = min(int(word), words.MOST_DAYS)
            else:
                channel = await self._channel(team, name)
        if not channel or channel.startswith("D"):
            return words.NO_CHANNEL
        return await self.begin.of_channel(team, user, wish, channel=channel, days=days)

    async def _fine(self, team: str, user: str, ids: list[str]) -> str:
        """Slack waits for 3 seconds."""
        named = [harmless(word.strip(",;").lower()) for word in ids]
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self.by_ids(team, user, named) if named else words.FINE_USAGE
        except TimeoutError:
            return words.FINE_SLOW

    async def _channel(self, team: str, name: str) -> str:
        with suppress(Unreadable):
            joined = await self.joined.of(team)
            return name if name in joined else next((one for one, called in joined.items() if called == name), name)
        return name

    async def open(self, body: Json) -> None:
        """The window from Home, with the channels that the person may read."""
        team, user = who(body)
        window = told(words.NO_CHANNELS, words.WINDOW)
        with suppress(Unreadable):
            joined = await self.joined.of(team)
            seen = await self.begin.sees.channels(team, user, joined)
            if shown := {one: name for one, name in joined.items() if one in seen}:
                window = audit_window(shown)
        await open_window(self.clients, body, window)

    async def submit(self, body: Json) -> Json:
        view, (team, user) = part(body, "view"), who(body)
        given = forms.given(view)
        try:
            said = await self.begin.of_channel(
                team, user, text(view, "id"), channel=given["channel"], days=int(given["days"])
            )
        except TryLater:
            return wrong_at({"channel": LATER})
        return instead(told(said, words.WINDOW))

    async def from_message(self, body: Json) -> None:
        """The shortcut on a message with a file that is audited."""
        await self._from_message(body, compares=False)

    async def compare_message(self, body: Json) -> Place | None:
        """The shortcut on a message with a file of variants; of one without, the thread that it is in."""
        return await self._from_message(body, compares=True)

    async def _from_message(self, body: Json, *, compares: bool) -> Place | None:
        item, team, user = part(body, "message"), team_of(body), user_of(body)
        place = Place(team, text(part(body, "channel"), "id"), "")
        said = await self._file_of(item, place, user, wish=text(body, "action_ts"), compares=compares)
        if isinstance(said, Place):
            return said
        with suppress(TryLater, OSError, TimeoutError):  # a line that is missing harms nobody
            await respond(text(body, "response_url"), {"text": said})
        return None

    async def _file_of(self, item: Json, place: Place, user: str, *, wish: str, compares: bool) -> str | Place:
        """What the person is told; the thread where there is no file and it may hold variants."""
        file = next((one for one in items(item, "files") if is_table(one)), None)
        place = replace(place, ts=text(item, "thread_ts") or text(item, "ts"))
        if file is None:
            return place if compares else words.NO_FILE
        name = text(file, "name")
        await self.begin.of_file(place, user, wish, file=text(file, "id"), name=name, compares=compares)
        return words.COMPARING_FILE if compares else words.READING_FILE

    async def linked(self, team: str, user: str, wish: str, said: str) -> str | Place:
        """Compare the file of the message that was linked to; "" where that is no link to one.

        The thread of a message without a file.
        """
        channel, ts, thread = linked_message(said)
        if not channel:
            return ""
        if channel not in await self.begin.sees.channels(team, user, {channel}):
            return words.NOT_THERE
        # Of a thread Slack gives the first message as well.
        about: Json = {"channel": channel, "latest": ts, "oldest": ts, "inclusive": True, "limit": 2}
        client = self.clients.of(team).client
        try:
            asked = (
                client.conversations_replies(ts=thread, **about) if thread else client.conversations_history(**about)
            )
            messages = items(answer(await asked), "messages")
        except (SlackApiError, *UNREACHED):
            return words.NOT_THERE
        item = next((one for one in messages if text(one, "ts") == ts), None)
        if item is None:
            return words.NOT_THERE
        return await self._file_of(item, Place(team, channel, ts), user, wish=wish, compares=True)

    async def stop(self, body: Json) -> None:
        await self._told(body, await self.begin.stop(*_clicked(body)))

    async def with_model(self, body: Json) -> None:
        await self._told(body, await self.begin.with_model(*_clicked(body)))

    async def overnight(self, body: Json) -> None:
        await self._told(body, await self.begin.with_model(*_clicked(body), overnight=True))

    async def _told(self, body: Json, said: str) -> None:
        if said:
            with suppress(NotInstalled):
                await whisper(self.clients, body, said)


def _clicked(body: Json) -> tuple[str, str, str]:
    return team_of(body), user_of(body), pressed(body)
