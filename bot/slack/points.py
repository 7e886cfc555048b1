"""Points as Slack shows them: words, edits, buttons, and those about pictures, which are fetched here."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import regex
from slack_sdk.errors import SlackApiError

from bot.core.deciding import Decision
from bot.core.drafts import Target
from bot.core.errors import NotInstalled
from bot.core.findings import CLAIM_EVIDENCE, ONE_STORY, contact_of, is_recorded
from bot.core.judging import LARGEST, Image, LeftOut, kind_of
from bot.core.labels import AI_CONTENT
from bot.core.reading.variants import split_variants, whereabouts
from bot.core.words import deciding as deciding_words
from bot.core.words import labels as label_words
from bot.core.words import reviewing as reviewing_words
from bot.core.words.brand import facts as fact_words
from bot.core.words.people import again, brief, legible, quoted, say
from bot.core.words.reviewing import label_in_picture, mark
from bot.slack.blocks import DIVIDER, LONGEST, actions, button, length, link, person, piece, rich, rich_text, section
from bot.slack.wire.clients import UNREACHED
from bot.slack.wire.payloads import Enclosed, answer, is_cut, is_plain, part, reason, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.findings import Finding
    from bot.core.judging import PictureReview
    from bot.core.reading.variants import Variant
    from bot.core.reviewing import DraftRecord, Point, Standing
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# What an edit changes, word by word.

_TOKEN = regex.compile(r"[\p{L}\p{N}](?:[\p{L}\p{N}]|['’\-.%](?=[\p{L}\p{N}]))*|\s+|\X")
"""A word, white space, or one grapheme, so that no emoji is ever cut. Nothing in it can backtrack far."""
_ALIKE = 0.35
"""Below this similarity old and new stand apart as wholes: word by word nobody could read them."""


class TextChange(StrEnum):
    """What happens to a piece of text."""

    SAME = "same"
    OLD = "old"
    NEW = "new"


def word_diff(old: str, new: str) -> list[tuple[TextChange, str]]:
    """The pieces in reading order: the SAME and OLD ones make ``old``, the SAME and NEW ones ``new``."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    # The first look costs nothing; the second grows with both texts.
    if matcher.real_quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return [(change, text) for change, text in ((TextChange.OLD, old), (TextChange.NEW, new)) if text]
    pieces: list[tuple[TextChange, str]] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            pieces.append((TextChange.SAME, "".join(before[i1:i2])))
        else:
            pieces += [(TextChange.OLD, "".join(before[i1:i2])), (TextChange.NEW, "".join(after[j1:j2]))]
    return _joined([piece for piece in pieces if piece[1]])


def _joined(pieces: list[tuple[TextChange, str]]) -> list[tuple[TextChange, str]]:
    """A lone space between two changes belongs to both, so that a rewording reads as one."""
    absorbed: list[tuple[TextChange, str]] = []
    for at, (change, passage) in enumerate(pieces):
        if change is TextChange.SAME and passage.isspace() and 0 < at < len(pieces) - 1:
            absorbed += [(TextChange.OLD, passage), (TextChange.NEW, passage)]
        else:
            absorbed.append((change, passage))
    ordered: list[tuple[TextChange, str]] = []
    for same, run in groupby(absorbed, key=lambda piece: piece[0] is TextChange.SAME):
        group = list(run)
        kinds = (TextChange.SAME,) if same else (TextChange.OLD, TextChange.NEW)
        ordered += [(kind, "".join(text for change, text in group if change is kind)) for kind in kinds]
    return [piece for piece in ordered if piece[1]]


# A point of a critique as Slack's blocks: the quote with what changes, the reason, and its buttons. Pure.

USE, UNDO, DISMISS, WHY, MORE = "candor_use", "candor_undo", "candor_dismiss", "candor_why", "candor_more"
OURS, FACT_CHANGED = "candor_ours", "candor_fact_changed"
_ADDRESS = regex.compile(r"https?://[^\s<>|“”\"]+[^\s<>|“”\".,;:!?)\]]")
_QUOTE = 400
"""Characters of a quote that are shown."""
_ROOM = 5_500
"""Characters of all points that are shown at once: with what else a reply says, it stays below 10,000."""
_STYLES: dict[TextChange, dict[str, bool]] = {
    TextChange.SAME: {},
    TextChange.OLD: {"strike": True},
    TextChange.NEW: {"bold": True},
}


@dataclass(frozen=True, slots=True)
class PointBlocks:
    """Draws the points of one draft. ``titles`` say what is wrong, by the guidelines' ids."""

    record: DraftRecord
    titles: Mapping[str, str]
    with_buttons: bool = True

    def __call__(self, number: int, point: Point) -> list[Json]:
        """The blocks of a point: a line above it, its words, and its buttons."""
        finding = point.finding
        title = reviewing_words.problem_of(finding, self.titles)
        label = reviewing_words.label(number, finding, title, where=self._where(finding))
        if point.decision is Decision.DISMISSED:
            label = deciding_words.dismissed(label)
        if point.decision is Decision.OPEN:
            label += mark(point.news)
        words_of_it = rich_text(
            rich("rich_text_section", piece(label, bold=True)),
            rich("rich_text_quote", *_change(point, self.record.draft.text)),
            rich("rich_text_section", *_said(point)),
        )
        row = [actions(*self._buttons(number, point, title))] if self.with_buttons else []
        return [DIVIDER, words_of_it, *row]

    def _buttons(self, number: int, point: Point, title: str) -> list[Json]:
        value = Target(self.record.id, point.finding.ref).value

        def one(action: str, label: str) -> Json:
            return button(action, label, value, spoken=reviewing_words.spoken(label, number, title))

        why = one(WHY, deciding_words.WHY)
        if point.decision is not Decision.OPEN:
            return [one(UNDO, deciding_words.UNDO), why]
        use = [one(USE, deciding_words.USE)] if point.usable else []
        ours = [one(OURS, deciding_words.OURS)] if contact_of(point.finding) else []
        asks = point.finding.guideline == CLAIM_EVIDENCE
        label = fact_words.ADD_EVIDENCE if asks else fact_words.CHANGED
        may_change = is_recorded(point.finding) and (point.finding.edit or point.finding.guideline == ONE_STORY)
        fact = [one(FACT_CHANGED, label)] if asks or may_change else []
        dismiss = [one(DISMISS, deciding_words.DISMISS)] if point.finding.dismissable else []
        return [*use, *fact, *ours, *dismiss, why]

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms that the draft is for."""
        return tuple(dict.fromkeys(variant.platform for variant in self._variants if variant.platform))

    @property
    def _variants(self) -> tuple[Variant, ...]:
        draft = self.record.draft
        return split_variants(draft.text, draft.zones, draft.platform)

    def _where(self, finding: Finding) -> str:
        """The platform, variant and part of a finding, each where the draft has several."""
        return reviewing_words.where(whereabouts(self._variants, finding.start), several=len(self.platforms) > 1)


def fitting(standing: Standing, draw: PointBlocks) -> Standing:
    """The same with fewer points shown at once where they take more than a message has room for; one always stays."""
    while standing.most > 1 and length([block for point in standing.shown for block in draw(1, point)]) > _ROOM:
        standing = replace(standing, most=standing.most - 1)
    return standing


def short(text: str, most: int = _QUOTE) -> str:
    """A quote, cut where it is very long."""
    return brief(legible(text), most)


def _aside(change: TextChange, text: str) -> str:
    """A piece of a change; of long words that stay or go the two ends are enough, new words are shown whole."""
    half = _QUOTE // 2
    if change is TextChange.NEW:
        return text
    said = legible(text)
    return said if len(said) <= _QUOTE else f"{said[:half].rstrip()} … {said[-half:].lstrip()}"


def _said(point: Point) -> list[Json]:
    """Why it matters, or what was decided."""
    if point.decision is Decision.DISMISSED and point.verdict:
        because = deciding_words.because(point.verdict.reason, point.verdict.note)
        return [piece(deciding_words.DISMISSED_BY), person(point.verdict.user), piece(because)]
    if point.decision is Decision.USED:
        return [piece(reviewing_words.USED)]
    why = again(point.finding.why)
    return _leading(why) if is_recorded(point.finding) else [piece(why)]


def _leading(why: str) -> list[Json]:
    """A reason by code, whose addresses lead to what it speaks of."""
    pieces: list[Json] = []
    at = 0
    for address in _ADDRESS.finditer(why):
        pieces += [piece(why[at : address.start()]), link(address[0], address[0])]
        at = address.end()
    return [*pieces, piece(why[at:])] if why[at:] else pieces


def _change(point: Point, text: str) -> list[Json]:
    """The quote, as a word diff where there is a rewording for it, or around it, that can be used."""
    finding = point.finding
    quote = short(quoted(finding.quote, text, finding.start))
    # What cannot be used is not shown either, except for dismissed ones, whose edit is in nobody's way.
    if finding.edit is None or not (point.usable or point.decision is Decision.DISMISSED):
        return [piece(quote)]
    if finding.edit.start == finding.edit.end:
        how = reviewing_words.MOVE_TO_START if finding.edit.gone else reviewing_words.ADD_AT_START
        return [piece(f"{quote}\n"), piece(how), piece(finding.edit.text.strip(), bold=True)]
    old, new = finding.change(text)
    if not new:
        return [piece(short(old), strike=True), piece(f" {say(reviewing_words.LEAVE_OUT)}")]
    return _diff(old, new)


def _diff(quote: str, replacement: str) -> list[Json]:
    pieces = [(change, _aside(change, text)) for change, text in word_diff(quote, replacement)]
    befores = [TextChange.SAME, *(change for change, _ in pieces)]
    # New words right behind struck ones need a space to be readable.
    return [
        piece(f" {text}" if (before, change) == (TextChange.OLD, TextChange.NEW) else text, **_STYLES[change])
        for before, (change, text) in zip(befores, pieces, strict=False)
    ]


# What a review says about pictures, as Slack's blocks. Pure.


def picture_blocks(standing: Standing, record: DraftRecord, titles: Mapping[str, str]) -> list[Json]:
    """The open points about words in pictures, which no edit of the draft can cure, and the proposed alt texts."""
    review, points = standing.critique.pictures, standing.open_pictured
    if review is None:
        return []
    blocks = [block for one in points[: reviewing_words.SHOWN] for block in _point(*one, record, titles)]
    if more := len(points[reviewing_words.SHOWN :]):
        blocks.append(section(reviewing_words.more(more)))
    # Beside a question they are part of it.
    asked = any(question.guideline == AI_CONTENT for question in (*standing.questions, *standing.held.questions))
    said = () if asked else credential_lines(review, len(record.draft.pictures))
    return [*blocks, *([rich_text(*said)] if said else []), *(_offer(*one) for one in review.alt_texts)]


def credential_lines(review: PictureReview | None, pictures: int) -> list[Json]:
    """What Content Credentials say, a line for each picture. A stranger wrote them, so they stand in rich text."""
    said = review.credentials if review else ()
    lines = (label_words.credentials(number, one, pictures) for number, one in said)
    return [rich("rich_text_section", piece(line)) for line in lines]


def _point(number: int, point: Point, record: DraftRecord, titles: Mapping[str, str]) -> list[Json]:
    finding = point.finding
    problem, value = reviewing_words.problem_of(finding, titles), Target(record.id, finding.ref).value

    def one(action: str, label: str) -> Json:
        return button(action, label, value, spoken=reviewing_words.spoken(label, number, problem, in_picture=True))

    said = rich_text(
        rich("rich_text_section", piece(label_in_picture(number, finding, problem), bold=True)),
        rich("rich_text_quote", piece(short(finding.quote))),
        rich("rich_text_section", piece(again(finding.why))),
    )
    dismiss = [one(DISMISS, deciding_words.DISMISS)] if finding.dismissable else []
    return [DIVIDER, said, actions(*dismiss, one(WHY, deciding_words.WHY))]


def _offer(number: int, text: str) -> Json:
    """A block to copy."""
    heading = rich("rich_text_section", piece(reviewing_words.alt_text(number), bold=True))
    return rich_text(heading, rich("rich_text_preformatted", piece(text[:LONGEST])))


# Fetches pictures that people attached to drafts. A token goes to Slack's own hosts and nowhere else.

_LOG = logging.getLogger(__name__)
_HOSTS = frozenset({"files.slack.com", "files.slack-gov.com"})
_TIMEOUT = aiohttp.ClientTimeout(total=20)
_OK = 200
_CHUNK = 2**16


class SlackPictures:
    """The `PictureFiles` port. Nothing is written to a disk."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def fetch(self, team: str, file: str) -> Image | LeftOut:
        try:
            client = self._clients.of(team).client
            return await _image(client, part(answer(await client.files_info(file=file)), "file"))
        except SlackApiError as error:
            why = reason(error)
        except (NotInstalled, ValueError, *UNREACHED) as error:
            why = type(error).__name__
        return _unseen(team, why)


async def _image(client: AsyncWebClient, file: Json) -> Image | LeftOut:
    if not text(file, "mimetype").startswith("image/"):
        return LeftOut.OTHER_KIND
    if int(file.get("size") or 0) > LARGEST:
        return LeftOut.TOO_LARGE
    url = text(file, "url_private")
    if not may_have_token(url, client.base_url):
        return _unseen(text(file, "user_team"), "not one of Slack's addresses")
    content = await download(client, url, LARGEST)
    if isinstance(content, LeftOut):
        return content
    kind = kind_of(content)
    return Image(content, kind) if kind else LeftOut.OTHER_KIND


async def download(client: AsyncWebClient, url: str, most: int) -> bytes | LeftOut:
    """The bytes. Without the right to read Slack sends a reader on to a page to sign in: that is not the file."""
    headers = {"Authorization": f"Bearer {client.token}"}
    async with (
        aiohttp.ClientSession(timeout=_TIMEOUT) as session,
        session.get(url, headers=headers, allow_redirects=False, proxy=client.proxy) as response,
    ):
        if response.status != _OK or response.content_type == "text/html":
            return _unseen("", f"status {response.status}")
        content = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            content += chunk
            if len(content) > most:
                return LeftOut.TOO_LARGE
        return bytes(content)


def may_have_token(url: str, api_url: str) -> bool:
    """True for Slack's files over TLS, and for the server that the Web API is at. Raises ValueError for no address."""
    if "@" in url or "\\" in url:
        return False
    parts, api = urlsplit(url), urlsplit(api_url)
    if (parts.scheme, parts.netloc) == (api.scheme, api.netloc):
        return bool(parts.netloc)
    return parts.scheme == "https" and parts.netloc in _HOSTS


def _unseen(team: str, why: str) -> LeftOut:
    _LOG.warning("a file cannot be fetched (team %s): %s", team or "-", why)
    return LeftOut.UNSEEN


# Reads text files whole: Slack makes one of a long paste, and shows only its first lines in the message.

_LONGEST_TEXT = 120_000
"""Bytes: a message of Slack's has 40,000 characters at most."""
_FILES = 5
_SOON = 1.0
"""Seconds for all of a message's files: Slack waits three for what it told."""


class SlackTextFiles:
    """What cannot be had in time stays as it is: the reply says then how many files were not read."""

    def __init__(self, clients: Clients, is_switched_on: Callable[[str, str], Awaitable[bool]]) -> None:
        """Files are fetched in direct messages and in channels that are switched on (team, channel)."""
        self._clients, self._is_switched_on = clients, is_switched_on

    async def read(self, team: str, channel: str, item: Json) -> None:
        """Put all that its text files say into a message as Slack gives it."""
        found = [file for file in Enclosed.of(item).files if is_plain(file)]
        files = [file for file in found if is_cut(file) or not text(file, "preview")]
        if not files or not (channel.startswith("D") or await self._is_switched_on(team, channel)):
            return
        with suppress(NotInstalled, TimeoutError):
            client = self._clients.of(team).client
            async with asyncio.timeout(_SOON):
                await asyncio.gather(*(_read_whole(client, file) for file in files[:_FILES]))


async def _read_whole(client: AsyncWebClient, file: Json) -> None:
    url = text(file, "url_private")
    with suppress(ValueError, *UNREACHED):
        content = await download(client, url, _LONGEST_TEXT) if may_have_token(url, client.base_url) else b""
        if isinstance(content, bytes) and content:
            file |= {"preview": content.decode("utf-8-sig"), "preview_is_truncated": False, "lines_more": 0}
