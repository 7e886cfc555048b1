"""The window in which a draft is written, and the message that shows it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.drafts import PLATFORMS, Place
from bot.core.errors import CannotEdit, Unreadable
from bot.core.home import Composed, Composition, MadeWithAi, Paid, Sheet
from bot.core.reading.places import strange_place
from bot.core.words import home as words
from bot.core.words.people import platform as platform_name
from bot.core.words.settings import no_market
from bot.slack import blocks as forms
from bot.slack.blocks import actions, button, context, piece, rich, rich_text, section, sure, window
from bot.slack.clicks import open_window, team_of, user_of
from bot.slack.threads import is_closed
from bot.slack.wire.clients import reading
from bot.slack.wire.payloads import answer, escaped, is_gone, items, key_of, part, post_under, remove_message, text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.home import JoinedChannels
    from bot.core.settings import WorkspaceSettingsOf
    from bot.flows.audience import WhoSees
    from bot.flows.home import ComposeDraft, EditComposed, RemoveComposed
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# The window for a new draft, and the message that shows a composed one. Pure.

SHORTCUT = "new_draft"
NEW, EDIT_WINDOW = "candor_new_draft", "candor_edit_draft"
"""The callback ids of the two windows."""
EDIT, REMOVE = "candor_composed_edit", "candor_composed_remove"
TEXT, CHANNEL, MARKET = "text", "channel", "market"
"""The inputs at which something can be wrong."""
_ANY = "any"
_LINE = 150


def new_window(channels: list[str]) -> Json:
    """An empty window; ``channels`` are the ids of those that are suggested, the first of them chosen."""
    blocks = [*_inputs(Composition(""))]
    chosen = forms.channel(next(iter(channels), ""))
    blocks.insert(1, forms.field(CHANNEL, words.CHANNEL, chosen, hint=words.CHANNEL_HINT, optional=False))
    return window(words.COMPOSER_TITLE, blocks, submit=words.POST, callback=NEW)


def edit_window(composition: Composition, draft_id: str) -> Json:
    """The draft as it is now."""
    blocks = _inputs(composition)
    return window(words.EDIT_TITLE, blocks, submit=words.SAVE, callback=EDIT_WINDOW, memo=draft_id)


def composition_of(view: Json) -> Composition:
    """What stands in either window."""
    values = forms.given(view)
    platform, ai, paid = (values.get(name, "") for name in ("platform", "ai", "paid"))
    return Composition(
        values.get(TEXT, ""),
        platform if platform in PLATFORMS else "",
        values.get("audience", ""),
        market=values.get(MARKET, ""),
        ai=MadeWithAi(ai) if ai else None,
        paid=Paid(paid) if paid else None,
    )


def message(user: str, composition: Composition) -> Json:
    """What stands in the channel: the words in rich text, where nothing in them can become a mention or a link."""
    blocks = [
        section(words.heading(user, escaped(composition.platform))),
        rich_text(rich("rich_text_quote", piece(composition.text))),
    ]
    if said := words.about(composition):
        blocks.append(context(said))
    asked = sure(words.REMOVE_TITLE, words.REMOVE_TEXT, yes=words.REMOVE, no=words.KEEP)
    remove = button(REMOVE, words.REMOVE, "remove") | asked
    blocks.append(actions(button(EDIT, words.EDIT, "edit"), remove))
    return {"blocks": blocks, "text": words.notice(user, escaped(composition.platform))}


def _inputs(composition: Composition) -> list[Json]:
    platforms = {_ANY: words.ANY_PLATFORM} | {name: platform_name(name) for name in PLATFORMS}
    ai = {one.value: label for one, label in words.AI_ANSWERS.items()}
    paid = {one.value: label for one, label in words.PAID_ANSWERS.items()}
    text = forms.typed(composition.text, lines=True)
    return [
        forms.field(TEXT, words.TEXT, text, hint=words.TEXT_HINT, optional=False),
        forms.field("platform", words.PLATFORM, forms.menu(platforms, composition.platform or _ANY), optional=False),
        forms.field("ai", words.AI, forms.radios(ai, composition.ai or "")),
        forms.field("paid", words.PAID, forms.radios(paid, composition.paid or "")),
        forms.field("audience", words.AUDIENCE, forms.typed(composition.audience, longest=_LINE)),
        forms.field(MARKET, words.MARKET, forms.typed(composition.market, longest=_LINE), hint=words.MARKET_HINT),
    ]


# The messages in which Candor shows composed drafts, each found again by the key in its metadata.

_EVENT = "candor_draft"
_LATEST = 100
"""Messages of a channel among which an earlier attempt is looked for."""


class SlackDraftBoard:
    """The `DraftBoard` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def find(self, sheet: Sheet) -> str:
        with reading():
            latest = answer(
                await self._client(sheet.team).conversations_history(
                    channel=sheet.channel, limit=_LATEST, include_all_metadata=True
                )
            )
        return next((text(one, "ts") for one in items(latest, "messages") if key_of(one, _EVENT) == sheet.key), "")

    async def post(self, sheet: Sheet) -> str:
        with reading():
            said: Json = {"channel": sheet.channel, **message(sheet.user, sheet.composition)}
            return await post_under(_EVENT, sheet.key, self._client(sheet.team), **said)

    async def update(self, place: Place, user: str, composition: Composition) -> bool:
        with reading():
            try:
                await self._client(place.team).chat_update(
                    channel=place.channel, ts=place.ts, **message(user, composition)
                )
            except SlackApiError as error:
                if is_closed(error):
                    raise CannotEdit from None
                if not is_gone(error):
                    raise
                return False
        return True

    async def remove(self, place: Place) -> None:
        with reading():
            await remove_message(self._client(place.team), place.channel, place.ts)

    def _client(self, team: str) -> AsyncWebClient:
        return self._clients.of(team).client


# Drafts that are written in Candor's window: opening it, posting what stands in it, changing and removing that.

_AT_CHANNEL = (Composed.ABSENT,)


@dataclass(frozen=True, slots=True)
class Composing:
    """Returns only when what was written is durable. A window that is refused stays open with all that was typed."""

    compose: ComposeDraft
    edit: EditComposed
    remove: RemoveComposed
    settings: WorkspaceSettingsOf
    joined: JoinedChannels
    clients: Clients
    sees: WhoSees

    async def open(self, body: Json) -> None:
        team = team_of(body)
        view = new_window(await self._suggested(team, user_of(body)))
        await open_window(self.clients, body, view)

    async def submit(self, body: Json) -> dict[str, str]:
        """Post the draft; what is wrong, by input."""
        view, composition = part(body, "view"), composition_of(part(body, "view"))
        channel = forms.given(view).get(CHANNEL, "")
        if wrong := _wrong(composition) | ({} if channel else {CHANNEL: words.NO_CHANNEL}):
            return wrong
        user = user_of(body)
        done = await self.compose(Sheet(team_of(body), user, channel, key=text(view, "id"), composition=composition))
        return _told(done, CHANNEL if done in _AT_CHANNEL else TEXT)

    async def open_edit(self, body: Json) -> None:
        """Open the window with the draft as it is, for its author alone."""
        draft_id = _draft_of(body)
        found = await self.edit.begin(draft_id, user_of(body))
        if isinstance(found, Composition):
            view = edit_window(found, draft_id)
            await open_window(self.clients, body, view)
        else:
            await self._tell(body, found)

    async def save(self, body: Json) -> dict[str, str]:
        """Keep what the author changed; what is wrong, by input."""
        view, composition = part(body, "view"), composition_of(part(body, "view"))
        if wrong := _wrong(composition):
            return wrong
        draft_id, user = text(view, "private_metadata"), user_of(body)
        if draft_id.partition(":")[0] != team_of(body):
            return _told(Composed.GONE, TEXT)
        return _told(await self.edit(draft_id, user, composition), TEXT)

    async def delete(self, body: Json) -> None:
        """Remove the draft with all that was said about it."""
        done = await self.remove(_draft_of(body), user_of(body))
        if done is not Composed.DONE:
            await self._tell(body, done)

    async def _suggested(self, team: str, user: str) -> list[str]:
        """The ids of the channels for drafts, as far as they are known and the person reads them."""
        wanted = (await self.settings.of(team)).draft_channels
        joined: dict[str, str] = {}
        with suppress(Unreadable):
            joined = await self.joined.of(team)
        ids = joined | {name: channel for channel, name in joined.items()}
        found = [name if name in joined else ids[name] for name in wanted if name in ids]
        return list((await self.sees.channels(team, user, found)).parted(found)[0])

    async def _tell(self, body: Json, what: Composed) -> None:
        place = Place.of(_draft_of(body))
        with suppress(SlackApiError):  # the person may have left the channel
            await self._client(body).chat_postEphemeral(
                channel=place.channel, user=user_of(body), text=words.TOLD[what]
            )

    def _client(self, body: Json) -> AsyncWebClient:
        return self.clients.of(team_of(body)).client


def _draft_of(body: Json) -> str:
    """The id of the draft that the clicked message shows."""
    container = part(body, "container")
    return Place(team_of(body), text(container, "channel_id"), text(container, "message_ts")).draft_id


def _wrong(composition: Composition) -> dict[str, str]:
    has_words = any(c.isalnum() for c in composition.text)
    market = composition.market.strip()
    strange = strange_place([market]) if market else None
    return ({} if has_words else {TEXT: words.EMPTY}) | ({MARKET: no_market(*strange)} if strange else {})


def _told(done: Composed, where: str) -> dict[str, str]:
    return {} if done is Composed.DONE else {where: words.TOLD[done]}
