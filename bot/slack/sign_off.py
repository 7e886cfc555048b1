"""The sign-off in a draft's thread: its message, and what the buttons and windows of it do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from slack_sdk.errors import SlackApiError

from bot.core.click import Click, Target
from bot.core.sign_off import Act, Prospect, Refused, SignOff, Subject, Wish
from bot.core.words import sign_off as words
from bot.slack.clicks import click_of, team_of
from bot.slack.json import part, reason, text
from bot.slack.messages import SlackMessages
from bot.slack.sign_off_blocks import NOTE, approve_window, closed_window, note_window, sign_off_blocks
from bot.slack.whispers import whisper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.record import DraftRecord
    from bot.flows.ask_for_sign_off import AskForSignOff
    from bot.flows.decide_sign_off import DecideSignOff
    from bot.slack.clients import Clients
    from bot.slack.json import Json

_EXPIRED = frozenset({"expired_trigger_id", "trigger_expired"})


class SlackSignOffs(SlackMessages[SignOff]):
    """The `ThreadMessage` port for sign-offs."""

    def __init__(self, clients: Clients, titles: Mapping[str, str]) -> None:
        super().__init__(clients)
        self._titles = titles

    def _content(self, record: DraftRecord, content: SignOff) -> Json:
        return {"blocks": sign_off_blocks(content, record, self._titles), "text": words.summary(content)}


@dataclass(frozen=True, slots=True)
class SignOffClicks:
    """Each returns only when what was decided is durable. ``titles`` say what is wrong, by the guidelines' ids."""

    ask_for: AskForSignOff
    decide: DecideSignOff
    titles: Mapping[str, str]
    clients: Clients

    async def ask(self, body: Json, click: Click | None = None) -> None:
        """The author asks for a sign-off; ``click`` is given where it came from a menu."""
        click = click or click_of(body)
        if click is None:
            return
        refused = await self.ask_for(click)
        asked = words.ASKED_DIRECTLY if click.place.is_direct else words.ASKED
        await whisper(self._client(body), body, words.refused(refused) if refused else asked, click)

    async def press(self, body: Json, act: Act) -> None:
        """A button of the sign-off's message: the person saw the text that it names."""
        click = click_of(body)
        subject = Subject.parse(click.target.ref) if click else None
        if click is None or subject is None:
            return
        wish = Wish(click.target.draft_id, click.user, act, subject, click.cause)
        answer = await (self.decide(wish) if act is Act.APPROVED else self._look(wish))
        await self._go_on(body, click, wish, answer)
        if answer is None:
            await whisper(self._client(body), body, words.TAKEN[act], click)

    async def choose(self, body: Json, click: Click, act: Act) -> None:
        """The menu of the review: a window says first which text is meant."""
        found = await self.decide.look(click.target.draft_id, click.user, act)
        if isinstance(found, Refused):
            await self._tell(body, found, click)
        else:
            wish = Wish(click.target.draft_id, click.user, act, found.subject, click.cause)
            await self._go_on(body, click, wish, found)

    async def submit(self, body: Json) -> Json:
        """A window is sent; gives what Slack is answered."""
        wish = _wish(body)
        if wish and wish.act in words.NOTE_LABEL and not wish.note.strip():
            return {"response_action": "errors", "errors": {NOTE: words.NO_NOTE}}
        refused = await self.decide(wish) if wish else None
        if wish is None:
            return {}
        if not isinstance(refused, Refused):
            await whisper(self._client(body), body, words.TAKEN[wish.act], Click(Target(wish.draft_id), wish.user, ""))
            return {}
        # Whoever typed a note must not lose it, but then there is nobody left who may send it.
        view = closed_window(words.TITLES[wish.act], words.refused(refused))
        return {"response_action": "update", "view": view}

    async def _look(self, wish: Wish) -> Refused | Prospect:
        return await self.decide.look(wish.draft_id, wish.user, wish.act)

    async def _go_on(self, body: Json, click: Click, wish: Wish, answer: Refused | Prospect | None) -> None:
        if isinstance(answer, Refused):
            await self._tell(body, answer, click)
        elif answer:
            approves = wish.act is Act.APPROVED
            await self._open(body, click, approve_window(wish, answer, self.titles) if approves else note_window(wish))

    async def _open(self, body: Json, click: Click, view: Json) -> None:
        try:
            await self._client(body).views_open(trigger_id=text(body, "trigger_id"), view=view)
        except SlackApiError as error:
            if reason(error) not in _EXPIRED:
                raise
            await whisper(self._client(body), body, words.TOO_SLOW, click)

    async def _tell(self, body: Json, refused: Refused, click: Click | None) -> None:
        await whisper(self._client(body), body, words.refused(refused), click)

    def _client(self, body: Json) -> AsyncWebClient:
        return self.clients.of(team_of(body)).client


def _wish(body: Json) -> Wish | None:
    """What a window of this workspace asks for, None for any other."""
    view = part(body, "view")
    draft_id, act, ref, key = cast("list[str]", json.loads(text(view, "private_metadata")))
    subject = Subject.parse(ref)
    if subject is None or draft_id.partition(":")[0] != team_of(body):
        return None
    note = text(part(part(part(part(view, "state"), "values"), NOTE), NOTE), "value")
    return Wish(draft_id, text(part(body, "user"), "id"), Act(act), subject, key, note, confirmed=True)
