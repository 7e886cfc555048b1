"""The window for a new draft, and the message that shows a composed one. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.composing import Composition, MadeWithAi, Paid
from bot.core.draft import PLATFORMS
from bot.core.words import composer as words
from bot.core.words.reply import platform as platform_name
from bot.slack import forms
from bot.slack.elements import actions, button, context, piece, plain, rich, rich_text, section

if TYPE_CHECKING:
    from bot.slack.json import Json

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
    return _window(NEW, words.TITLE, words.POST, blocks)


def edit_window(composition: Composition, draft_id: str) -> Json:
    """The draft as it is now."""
    return _window(EDIT_WINDOW, words.EDIT_TITLE, words.SAVE, _inputs(composition)) | {"private_metadata": draft_id}


def composition_of(view: Json) -> Composition:
    """What stands in either window."""
    values = forms.given(view)
    platform, ai, paid = (values.get(name, "") for name in ("platform", "ai", "paid"))
    return Composition(
        values.get(TEXT, ""),
        "" if platform == _ANY else platform,
        values.get("audience", ""),
        values.get(MARKET, ""),
        MadeWithAi(ai) if ai else None,
        Paid(paid) if paid else None,
    )


def message(user: str, composition: Composition) -> Json:
    """What stands in the channel: the words in rich text, where nothing in them can become a mention or a link."""
    blocks = [
        section(words.heading(user, composition.platform)),
        rich_text(rich("rich_text_quote", piece(composition.text))),
    ]
    if said := words.about(composition):
        blocks.append(context(said))
    remove = button(REMOVE, words.REMOVE, "remove") | {"confirm": _confirm()}
    blocks.append(actions(button(EDIT, words.EDIT, "edit"), remove))
    return {"blocks": blocks, "text": words.notice(user, composition.platform)}


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


def _confirm() -> Json:
    texts = {"title": words.REMOVE_TITLE, "text": words.REMOVE_TEXT, "confirm": words.REMOVE, "deny": words.KEEP}
    return {name: plain(text) for name, text in texts.items()}


def _window(callback: str, title: str, submit: str, blocks: list[Json]) -> Json:
    shown: Json = {"type": "modal", "callback_id": callback, "title": plain(title), "submit": plain(submit)}
    return shown | {"close": plain(words.CANCEL), "blocks": blocks}
