"""Slack's events and payloads as core objects, read without trusting them."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from slack_sdk.errors import SlackApiError

from bot.core.drafts import FIRST_REVISION, Author, Changed, Deleted, Message, Picture, Place, Posted, edit_revision
from bot.slack.wire.signs import day, linked, sign, struck, with_signs, without_marks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping

    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.core.drafts import MessageEvent


# Slack's JSON with types: what may be missing or null reads as empty.

Json = dict[str, Any]


def part(item: Json, key: str) -> Json:
    """The object under the key, or an empty one."""
    return cast("Json", item.get(key) or {})


def items(item: Json, key: str) -> list[Json]:
    """The list of objects under the key, or an empty one."""
    return cast("list[Json]", item.get(key) or [])


def text(item: Json, key: str) -> str:
    """The text under the key, or an empty one."""
    return cast("str", item.get(key) or "")


def number(item: Json, key: str) -> int:
    """The whole number under the key, or 0."""
    found: object = item.get(key)
    return found if isinstance(found, int) else 0


def answer(response: AsyncSlackResponse) -> Json:
    """What a Web API method answered."""
    return cast("Json", response.data)


def reason(error: SlackApiError) -> str:
    """The name of what Slack refused: ``channel_not_found`` and the like."""
    response = cast("object", error.response)
    data: object = getattr(response, "data", response)
    return text(cast("Json", data), "error") if isinstance(data, dict) else ""  # a proxy's page, or nothing at all


def named(error: SlackApiError) -> str:
    """The name of what Slack refused, or the status of an answer that is none of Slack's: ``HTTP 502``."""
    response = cast("object", error.response)
    status: object = getattr(response, "status_code", None) or getattr(response, "status", "")
    return reason(error) or f"HTTP {status}, not JSON"


MOST_PAGES = 1000


async def listed(
    page_at: Callable[[str], Awaitable[AsyncSlackResponse | Json]], name: str, *, most: int = MOST_PAGES
) -> AsyncIterator[Json]:
    """Everything in the list ``name`` that Slack gives page by page; ``page_at`` asks for the page at a cursor.

    It ends after ``most`` pages, and where a server gives a cursor for the second time: that list never ends.
    """
    cursor, known = "", {""}
    for _ in range(most):
        found = await page_at(cursor)
        page = found if isinstance(found, dict) else answer(found)
        for item in items(page, name):
            yield item
        cursor = text(part(page, "response_metadata"), "next_cursor")
        if cursor in known:
            return
        known.add(cursor)


# The key by which a message of Candor's is found again, so that it is never posted twice.


def metadata_of(event: str, key: str) -> Json:
    """What the message is posted with. An opaque key: everybody with access to the channel can read it."""
    return {"event_type": event, "event_payload": {"key": key}}


def key_of(message: Json, event: str) -> str:
    """The key that a message of this kind was posted under, "" for any other message."""
    metadata = part(message, "metadata")
    return text(part(metadata, "event_payload"), "key") if text(metadata, "event_type") == event else ""


_GONE = frozenset({"message_not_found", "thread_not_found", "channel_not_found"})


def is_gone(error: SlackApiError) -> bool:
    """Whether Slack says that the message, or what it stood in, is not there any more."""
    return reason(error) in _GONE


async def post_under(event: str, key: str, client: AsyncWebClient, **content: Any) -> str:  # noqa: ANN401 - a message's fields
    """Post a message that is found again by its `key_of`, and give its ts."""
    said: Json = {"metadata": metadata_of(event, key), "unfurl_links": False, "unfurl_media": False, **content}
    return text(answer(await client.chat_postMessage(**said)), "ts")


async def remove_message(client: AsyncWebClient, channel: str, ts: str) -> None:
    """Delete it; one that is gone already is fine."""
    try:
        await client.chat_delete(channel=channel, ts=ts)
    except SlackApiError as error:
        if not is_gone(error):
            raise


# What a message says, out of Slack's rich text blocks: plain text, quote and code blocks, mentions, links.

UNNAMED = "[name]"
"""In the place of a person or a group whose name is not known: a slot that the author fills."""
UNREAD = "[attachment]"
"""In the place of what stands among the words and says nothing readable, such as a canvas."""
_UNNAMED_CHANNEL = "#channel"
_INDENT = "  "
_DEEPEST = 8
"""Steps that Slack itself indents a list at most."""


@dataclass(slots=True)
class MessageWords:
    """A message's words as a reader sees them. ``zones`` are the (start, end) of quotes and code.

    ``names`` are those of people, groups and channels by their ids; ``unread`` counts pieces that say nothing readable.
    """

    text: str = ""
    zones: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    mentions: list[str] = field(default_factory=list[str])
    """The ids of the people mentioned."""
    called: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    """Where somebody is called: (start, end, the person's id, or "" for a group or everybody)."""
    marks: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    """What people see of the words beside themselves: (start, end, where a link leads or how the words are set)."""
    has_link: bool = False
    unread: int = 0
    names: Mapping[str, str] = field(default_factory=dict[str, str])

    def add(self, words: str, mark: str = "") -> None:
        if mark and words:
            self.marks.append((len(self.text), len(self.text) + len(words), mark))
        self.text += words

    def person(self, user: str, label: str = "") -> None:
        """Mention somebody, by the name that the message gives or by the one that is known."""
        self.mentions.append(user)
        self._call(_handle(label or self.names.get(user, "")), user)

    def group(self, group: str, label: str = "") -> None:
        self._call(_handle(label or self.names.get(group, "")))

    def everybody(self, scope: str) -> None:
        self._call(f"@{scope}")

    def channel(self, channel: str, label: str = "") -> None:
        name = (label or self.names.get(channel, "")).lstrip("#")
        self.add(f"#{name}" if name else _UNNAMED_CHANNEL)

    def link(self, url: str, label: str = "") -> None:
        self.has_link = True
        self.add(linked(label, url), f"link {url}")

    def _call(self, words: str, user: str = "") -> None:
        self.called.append((len(self.text), len(self.text) + len(words), user))
        self.add(words)


def from_blocks(blocks: Iterable[Json], names: Mapping[str, str] | None = None) -> MessageWords | None:
    """The words in a message's blocks, None where it has none that hold words."""
    written = [block for block in blocks if block.get("type") in _WORDED]
    if not written:
        return None
    said = MessageWords(names=names or {})
    for block in written:
        for element in items(block, "elements") if block["type"] == "rich_text" else ():
            _block_element(said, element)
        for words in _in_markup(block):
            said.add("\n" if said.text and not said.text.endswith("\n") else "")
            _mrkdwn(said, words)
    return said if said.text.strip() != UNREAD else replace(said, text="", zones=[])


_WORDED = frozenset({"rich_text", "section", "header", "context", "markdown"})
_WORDLESS = frozenset({"divider", "actions", "context_actions"})


def _in_markup(block: Json) -> list[str]:
    """What a block says that is no rich text."""
    if block["type"] in ("rich_text", "markdown"):
        return [text(block, "text")] if block["type"] == "markdown" else []
    said = (part(block, "text"), *items(block, "fields"), *items(block, "elements"))
    return [words for one in said if (words := text(one, "text"))]


def _not_read(blocks: Iterable[Json]) -> int:
    """How many blocks say something that nobody reads: tables, pictures from elsewhere, what is new in Slack."""
    return sum(block.get("type") not in _WORDED | _WORDLESS for block in blocks)


def _handle(name: str) -> str:
    return f"@{name.lstrip('@')}" if name else UNNAMED


def _block_element(said: MessageWords, element: Json) -> None:
    # Slack parts a quote or a list from the text before it by the element alone, without a line break.
    if said.text and not said.text.endswith("\n"):
        said.add("\n")
    start = len(said.text)
    kind = element.get("type")
    if kind == "rich_text_list":
        _list(said, element)
    else:
        _inline(said, element)
    if kind in ("rich_text_quote", "rich_text_preformatted") or number(element, "border"):
        said.zones.append((start, len(said.text)))


def _list(said: MessageWords, element: Json) -> None:
    first = number(element, "offset") + 1
    for place, item in enumerate(items(element, "elements"), first):
        said.add("\n" if place > first else "")
        said.add(_INDENT * max(0, min(number(element, "indent"), _DEEPEST)))
        said.add(f"{place}. " if element.get("style") == "ordered" else "• ")
        _inline(said, item)


def _inline(said: MessageWords, element: Json) -> None:
    for item in items(element, "elements"):
        match item.get("type"):
            case "user":
                said.person(text(item, "user_id"))
            case "usergroup":
                said.group(text(item, "usergroup_id"))
            case "broadcast":
                said.everybody(text(item, "range"))
            case "channel":
                said.channel(text(item, "channel_id"))
            case "team":
                said.add(said.names.get(text(item, "team_id"), UNNAMED))
            case _:  # also what is new in Slack: it says something, leads somewhere, or is counted
                _words_or_link(said, item)


def _words_or_link(said: MessageWords, item: Json) -> None:
    words, known = _plain(item), item.get("type") in ("text", "emoji", "date")
    if (url := text(item, "url")) and not known:
        said.link(url, words)
    elif words or known:
        said.add(words, _style(item))
    else:
        said.unread += 1
        said.add(UNREAD)


def _style(item: Json) -> str:
    return " ".join(sorted(str(name) for name, on in part(item, "style").items() if on))


def _plain(item: Json) -> str:
    match item.get("type"):
        case "emoji":
            return sign(text(item, "unicode"), text(item, "name"))
        case "date":
            return text(item, "fallback") or day(number(item, "timestamp"))
        case "text" if part(item, "style").get("strike"):
            return struck(text(item, "text"))
        case _:  # words, a colour's value; also what is new in Slack may say something
            return text(item, "text") or text(item, "value") or text(item, "fallback")


# Slack's text markup to plain words (for messages without blocks), and plain words made safe for it.

_EVERYBODY = ("here", "channel", "everyone")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def escaped(text: str) -> str:
    """Safe in a text field: no mention, link or channel ping can come of it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """The characters that Slack's three entities stand for."""
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def from_mrkdwn(text: str, names: Mapping[str, str] | None = None) -> MessageWords:
    """The words of a message that came without blocks. One pass from left to right. ``names`` are as in `Said`."""
    said = MessageWords(names=names or {})
    _mrkdwn(said, text)
    return said


def _mrkdwn(said: MessageWords, text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        said.add("\n" if number else "")
        quoted = line.startswith("&gt;")
        start = len(said.text)
        _line(said, line.removeprefix("&gt;").lstrip() if quoted else line)
        if quoted:
            _extend_zone(said, start)


def _extend_zone(said: MessageWords, start: int) -> None:
    if said.zones and said.zones[-1][1] == start - 1:
        start = said.zones.pop()[0]
    said.zones.append((start, len(said.text)))


def _line(said: MessageWords, line: str) -> None:
    rest = line
    while rest:
        before, opening, after = rest.partition("<")
        bare = without_marks(unescaped(before))
        said.add(with_signs(bare) if ":" in bare else bare, before if bare != unescaped(before) else "")
        body, closing, rest = after.partition(">")
        if opening and closing:
            _angle(said, body)
        elif opening:
            said.add(unescaped(opening + body))


def _angle(said: MessageWords, body: str) -> None:
    """What stands between angle brackets: ``@U1|mika``, ``#C1|news``, ``!subteam^S1|@crew``, ``https://a.example|page``."""
    target, _, label = body.partition("|")
    label = unescaped(label)
    match target[:1]:
        case "@":
            said.person(target[1:], label)
        case "#":
            said.channel(target[1:], label)
        case "!":
            _special(said, target[1:], label)
        case _:
            said.link(unescaped(target), with_signs(label))


def _special(said: MessageWords, target: str, label: str) -> None:
    kind, _, value = target.partition("^")
    if kind == "subteam":
        said.group(value, label)
    elif kind in _EVERYBODY:
        said.everybody(kind)
    else:
        said.add(label or value.partition("^")[0])  # a date, or what is new in Slack


# Slack's events to core objects. Pure; every field that Slack may leave out may be missing.

Event = TypeVar("Event")

_LOG = logging.getLogger(__name__)
_NAME = "Candor"


def readable(read: Callable[[], Event], kind: str) -> Event | None:
    """What Slack sent, read; None, and a line in the log, where it has a shape that nobody foresaw.

    One such message must not keep the others of all channels and workspaces from being read.
    """
    try:
        return read()
    except Exception as error:  # noqa: BLE001 - whatever shape it has, only this one message is passed over
        # Where it happened, but never the error's message: it may quote what people wrote.
        line = error.__traceback__.tb_next.tb_lineno if error.__traceback__ and error.__traceback__.tb_next else 0
        _LOG.error(
            "a %s from Slack could not be read and was passed over: %s at line %s", kind, type(error).__name__, line
        )
        return None


def said_in(body: Json) -> tuple[str, Json]:
    """The workspace, and the message that an event is about, as Slack gives both."""
    event = part(body, "event")
    item = part(event, "message") if event.get("subtype") == "message_changed" else event
    return _place(body, event).team, item


def message_event(body: Json, us: str, names: Mapping[str, str] | None = None) -> MessageEvent | None:
    """What happened to a message, or None for an event that says nothing about its words.

    ``body`` is the whole envelope payload, ``us`` the user id of Candor in that workspace, ``names`` as in `Said`.
    """
    event = part(body, "event")
    place = _place(body, event)
    match event.get("subtype"):
        case "message_deleted":
            gone, ts = part(event, "previous_message"), event["deleted_ts"]
            return Deleted(_at(place, ts), "" if gone.get("bot_id") else text(gone, "thread_ts").replace(ts, ""))
        case "message_changed":
            return _changed(body, event, us, names=names)
        case _:
            return Posted(message_of(event, place, us, shared=_is_shared(body), names=names))


def message_of(
    item: Json, place: Place, us: str, *, shared: bool = False, names: Mapping[str, str] | None = None
) -> Message:
    """A message out of an event or out of a channel's history. ``names`` are as in `Said`."""
    known = {**(names or {}), us: _NAME}
    said = from_blocks(items(item, "blocks"), known) or from_mrkdwn(text(item, "text"), known)
    own = any(c.isalnum() for c in said.text)
    enclosed = _read_on(said, Enclosed.of(item, known))
    _leave_out_call(said, us)
    thread = text(item, "thread_ts")
    return Message(
        place=_at(place, item["ts"]),
        author=_author(item, place, us, shared=shared),
        author_id=text(item, "user"),
        text=said.text,
        revision=text(part(item, "edited"), "ts") or FIRST_REVISION,
        thread="" if thread == item["ts"] else thread,
        subtype=text(item, "subtype"),
        direct=place.channel.startswith("D"),
        mentions=tuple(mention for mention in said.mentions if mention != us),
        mentions_us=us in said.mentions,
        called=tuple((start, end) for start, end, _ in said.called),
        has_link=said.has_link,
        zones=tuple(said.zones),
        marks=tuple(said.marks),
        files=tuple(text(file, "id") for file in enclosed.files),
        pictures=tuple(Picture(text(one, "alt_txt"), text(one, "id")) for one in enclosed.files if _is_picture(one)),
        unread=enclosed.unread + said.unread,
        borrowed=not own,
    )


_NESTED = 5
"""Messages that were forwarded in one another, at most."""


@dataclass(slots=True)
class Enclosed:
    """What a message holds beside its own words: forwarded words, files, and how much else that nobody reads."""

    names: Mapping[str, str]
    words: list[MessageWords] = field(default_factory=list[MessageWords])
    files: list[Json] = field(default_factory=list[Json])
    unread: int = 0

    @classmethod
    def of(cls, item: Json, names: Mapping[str, str] | None = None) -> Enclosed:
        found = cls(names or {})
        found._add(item, 0)
        return found

    def _add(self, item: Json, depth: int) -> None:
        known = {text(file, "id") for file in self.files} - {""}
        kept = [
            file for file in items(item, "files") if text(file, "mode") != "tombstone"
        ]  # what is left of a deleted one
        self.files += [file for file in kept if text(file, "id") not in known]
        self.unread += _not_read(items(item, "blocks"))
        for one in items(item, "attachments"):
            if one.get("is_share") and depth < _NESTED:
                self._forwarded(one, depth + 1)
            else:  # a preview of a link says nothing that its author wrote, but it may be all that shows a canvas
                self.unread += len(items(one, "files")) if any(one.get(key) for key in _PREVIEWED) else 1

    def _forwarded(self, share: Json, depth: int) -> None:
        before = len(self.words) + len(self.files) + self.unread
        inside = [part(one, "message") for one in items(share, "message_blocks")]
        said = [from_blocks(items(one, "blocks"), self.names) for one in (*inside, share)]
        words = [one for one in said if one and one.text]
        self.words += words or [from_mrkdwn(one, self.names) for one in [text(share, "text")] if one]
        for one in (*inside, share):
            self._add(one, depth)
        self.unread += before == len(self.words) + len(self.files) + self.unread


_PREVIEWED = ("is_msg_unfurl", "from_url", "original_url", "app_unfurl_url")


def _read_on(said: MessageWords, enclosed: Enclosed) -> Enclosed:
    """Read forwarded messages and short text files as well, and count the other files. A table is not one post."""
    files = [file for file in enclosed.files if not _is_picture(file)]
    whole = [words for file in files if (words := _words_of(file))]
    for more in [*enclosed.words, *map(MessageWords, whole)]:
        said.add("\n\n" if said.text else "")
        start = len(said.text)
        said.add(more.text)
        said.zones += [(a + start, z + start) for a, z in more.zones]
        said.marks += [(a + start, z + start, mark) for a, z, mark in more.marks]
        said.has_link, said.unread = said.has_link or more.has_link, said.unread + more.unread
    enclosed.unread += len(files) - len(whole)
    return enclosed


_PLAIN = frozenset({"text/plain", "text/markdown"})


def is_plain(file: Json) -> bool:
    """True for a file whose preview shows its words as they are; a table is not one post."""
    return text(file, "mimetype").partition(";")[0] in _PLAIN and not is_table(file)


def _words_of(file: Json) -> str:
    """All that a file says, "" where the message doesn't hold it whole. The preview of an e-mail is HTML."""
    shown = text(file, "preview") if is_plain(file) else text(file, "preview_plain_text")
    return (text(file, "plain_text") or ("" if is_cut(file) else shown)).replace("\r\n", "\n")


def is_cut(file: Json) -> bool:
    """True where the preview is not all that the file says."""
    return bool(file.get("preview_is_truncated")) or number(file, "lines_more") > 0


def is_table(file: Json) -> bool:
    """True for a file with a post on each line."""
    return text(file, "name").lower().endswith((".csv", ".tsv", ".jsonl", ".ndjson"))


def is_tombstone(item: Json) -> bool:
    """True for what Slack leaves in place of a deleted message that has replies."""
    return item.get("subtype") == "tombstone"


def _changed(body: Json, event: Json, us: str, names: Mapping[str, str] | None) -> MessageEvent | None:
    item = part(event, "message")
    place = _at(_place(body, event), item["ts"])
    if is_tombstone(item):
        return Deleted(place)
    message = message_of(item, place, us, shared=_is_shared(body), names=names)
    sent = text(event, "event_ts") or text(event, "ts")
    if message.revision == FIRST_REVISION or not sent:
        return Changed(message)
    return Changed(replace(message, revision=edit_revision(message.revision, sent)))


def _place(body: Json, event: Json) -> Place:
    team = text(body, "team_id") or text(event, "team")
    return Place(team, text(event, "channel"), text(event, "ts"), enterprise=text(body, "enterprise_id"))


def _at(place: Place, ts: str) -> Place:
    if not (place.channel and ts):
        message = "a message without a channel or a time"
        raise LookupError(message)
    return Place(place.team, place.channel, ts, enterprise=place.enterprise)


def _is_shared(body: Json) -> bool:
    return bool(body.get("is_ext_shared_channel"))


def _author(item: Json, place: Place, us: str, *, shared: bool) -> Author:
    if item.get("bot_id") or item.get("subtype") == "bot_message" or item.get("user") in (None, us, "USLACKBOT"):
        return Author.BOT
    home = text(item, "user_team") or text(item, "source_team") or text(item, "team") or place.team
    # In an organisation of many workspaces Slack may name the organisation.
    return Author.OUTSIDER if shared and home not in {place.team, place.enterprise} else Author.PERSON


def _leave_out_call(said: MessageWords, us: str) -> None:
    """Cut off the mention that called Candor, where it stands at the start or at the end."""
    begin, end = 0, len(said.text)
    ours = [(first, last) for first, last, user in said.called if user == us]
    if ours and not said.text[: ours[0][0]].strip():
        rest = said.text[ours[0][1] :]
        begin = end - len(rest.lstrip(" ,:"))
    if ours and ours[-1][0] >= begin and not said.text[ours[-1][1] :].strip(" .!"):
        end = ours[-1][0]
    end = begin + len(said.text[begin:end].rstrip()) if end < len(said.text) else end
    said.text = said.text[begin:end]
    said.zones = [(max(a - begin, 0), min(z, end) - begin) for a, z in said.zones if z > begin and a < end]
    said.marks = [(max(a - begin, 0), min(z, end) - begin, mark) for a, z, mark in said.marks if z > begin and a < end]
    said.called = [(a - begin, z - begin, user) for a, z, user in said.called if begin <= a and z <= end]


def _is_picture(file: Json) -> bool:
    return text(file, "mimetype").startswith("image/")
