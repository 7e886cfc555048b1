"""The thumbs below a review, and the window behind the one that points down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from bot.core.feedback import Feedback, Rated, Reason, Thumb
from bot.core.words import feedback as words
from bot.flows.give_feedback import Given
from bot.slack.clicks import click_of, team_of
from bot.slack.elements import context, plain
from bot.slack.json import part, text
from bot.slack.whispers import whisper

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.flows.explain_feedback import ExplainFeedback
    from bot.flows.give_feedback import GiveFeedback
    from bot.slack.clients import Clients
    from bot.slack.json import Json

WINDOW = "candor_feedback"
_REASON, _NOTE = "reason", "note"
_LONGEST_NOTE = 1_000
_SAID = {Given.KEPT: words.KEPT, Given.TAKEN_BACK: words.TAKEN_BACK, Given.GONE: words.GONE}


@dataclass(frozen=True, slots=True)
class FeedbackClicks:
    """Each returns only when what was said is durable."""

    give_feedback: GiveFeedback
    explain: ExplainFeedback
    clients: Clients

    async def give(self, body: Json) -> None:
        """A thumb is pressed."""
        click = click_of(body)
        thumb, _, revision = click.target.ref.partition(".") if click else ("", "", "")
        if click is None or thumb not in {Thumb.UP, Thumb.DOWN}:
            return
        rated = Rated(click.target.draft_id, revision)
        given = await self.give_feedback(rated, Feedback(click.user, Thumb(thumb), click.at))
        if given is Given.KEPT and thumb == Thumb.DOWN:
            await self._client(body).views_open(trigger_id=text(body, "trigger_id"), view=feedback_window(rated))
        else:
            await whisper(self._client(body), body, _SAID[given], click)

    async def submit(self, body: Json) -> None:
        """Somebody said what was wrong."""
        view = part(body, "view")
        draft_id, revision = cast("list[str]", json.loads(text(view, "private_metadata")))
        values = part(part(view, "state"), "values")
        chosen = text(part(part(part(values, _REASON), _REASON), "selected_option"), "value")
        note = text(part(part(values, _NOTE), _NOTE), "value")
        if draft_id.partition(":")[0] == team_of(body):
            await self.explain(Rated(draft_id, revision), text(part(body, "user"), "id"), Reason(chosen), note)

    def _client(self, body: Json) -> AsyncWebClient:
        return self.clients.of(team_of(body)).client


def feedback_window(rated: Rated) -> Json:
    """Asks what was wrong; nothing of it has to be answered."""
    options = [{"text": plain(label), "value": reason} for reason, label in words.REASONS.items()]
    radio: Json = {"type": "radio_buttons", "action_id": _REASON, "options": options}
    typed: Json = {"type": "plain_text_input", "action_id": _NOTE, "multiline": True, "max_length": _LONGEST_NOTE}
    return {
        "type": "modal",
        "callback_id": WINDOW,
        "title": plain(words.TITLE),
        "submit": plain(words.SEND),
        "close": plain(words.SKIP),
        "private_metadata": json.dumps([rated.draft_id, rated.revision]),
        "blocks": [
            context(words.NOTED),
            _input(_REASON, words.WHICH, radio),
            _input(_NOTE, words.NOTE, typed) | {"hint": plain(words.HINT)},
        ],
    }


def _input(name: str, label: str, element: Json) -> Json:
    return {"type": "input", "block_id": name, "optional": True, "label": plain(label), "element": element}
