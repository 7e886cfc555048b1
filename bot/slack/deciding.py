"""What people decide in windows: dismiss a point with a reason, change an answer, look at exceptions and lift them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.exception import Scope
from bot.core.words import answers, buttons, dismissal
from bot.core.words import exceptions as words
from bot.flows.dismiss_finding import Dismissed
from bot.flows.lift_exception import Lifted
from bot.slack.answering import answer_window, number_of
from bot.slack.clicks import click_of, team_of
from bot.slack.dismissal import chosen_in, dismissal_of, dismissal_window, opened_by, told_window, undo_blocks
from bot.slack.exceptions import Page, exception_blocks, exceptions_window, lifted_by
from bot.slack.json import items, part, text
from bot.slack.responding import respond
from bot.slack.whispers import whisper

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.ports import Clock
    from bot.flows.change_answer import ChangeAnswer
    from bot.flows.dismiss_finding import DismissFinding
    from bot.flows.lift_exception import LiftException
    from bot.flows.list_exceptions import ListExceptions
    from bot.slack.clicks import Clicks
    from bot.slack.json import Json

_PATIENCE = 1.5
"""Seconds: Slack opens a window within three."""
_SAID = {Lifted.DONE: words.LIFTED, Lifted.GONE: words.GONE, Lifted.NOT_YOURS: words.NOT_YOURS}


@dataclass(frozen=True, slots=True)
class Deciding:
    """Each returns only when what was decided is durable. Of a submission, it returns what Slack is to do next."""

    dismiss: DismissFinding
    change: ChangeAnswer
    exceptions: ListExceptions
    lift: LiftException
    clicks: Clicks
    clock: Clock

    async def open_dismissal(self, body: Json) -> None:
        """Ask why, how far and until when; on top of the window where the click was in one."""
        click, view = click_of(body), part(body, "view")
        found = await self.dismiss.finding(click) if click else None
        if click is None or found is None:
            await self.clicks.tell_gone(body)
            return
        always = await self._may_go_further(team_of(body), click.user)
        window = dismissal_window(found, click, text(view, "id"), self.clock.now(), always=always)
        await self._show(body, window)

    async def widen_dismissal(self, body: Json) -> None:
        """Somebody wants to say more, or to go further: their window shows what that takes."""
        view, user = part(body, "view"), text(part(body, "user"), "id")
        opened = opened_by(view, user)
        found = await self.dismiss.finding(opened[0]) if opened else None
        if opened is None or found is None or opened[0].place.team != team_of(body):
            window = told_window(dismissal.GONE_TITLE, buttons.GONE)
        else:
            always = await self._may_go_further(team_of(body), user)
            now, chosen = self.clock.now(), chosen_in(body)
            window = dismissal_window(found, *opened, now, always=always, chosen=chosen)
        await self._client(team_of(body)).views_update(view_id=text(view, "id"), view=window)

    async def submit_dismissal(self, body: Json) -> Json:
        """Keep it."""
        view, user = part(body, "view"), text(part(body, "user"), "id")
        opened = opened_by(view, user)
        found = await self.dismiss.finding(opened[0]) if opened else None
        if opened is None or found is None or opened[0].place.team != team_of(body):
            return _instead(dismissal.GONE_TITLE, buttons.GONE)
        click, parent = opened
        chosen = dismissal_of(view, found[1])
        if isinstance(chosen, dict):
            return {"response_action": "errors", "errors": chosen}
        done = await self.dismiss(click, chosen, text(view, "id"))
        if parent:  # which offers to undo it
            await self.clicks.redraw(click, parent)
        elif done is not Dismissed.GONE:
            chosen = chosen if done is Dismissed.DONE else replace(chosen, scope=Scope.HERE)
            blocks = undo_blocks(click, chosen)
            await whisper(self._client(team_of(body)), body, dismissal.DISMISSED_HERE, click, blocks)
        match done:
            case Dismissed.GONE:
                return _instead(dismissal.GONE_TITLE, buttons.GONE)
            case Dismissed.ONLY_HERE:
                return _instead(dismissal.DONE_TITLE, dismissal.ONLY_HERE)
            case Dismissed.DONE:
                return {}

    async def open_answer(self, body: Json) -> None:
        """Show what was asked and what can be answered."""
        click = click_of(body)
        known = await self.change.answer(click) if click else None
        if click is None or known is None:
            await self.clicks.tell_gone(body)
        else:
            await self._show(body, answer_window(known, click))

    async def submit_answer(self, body: Json) -> Json:
        """Keep it; the draft is read again with it."""
        view = part(body, "view")
        opened, number = opened_by(view, text(part(body, "user"), "id")), number_of(view)
        if opened is None or number is None or opened[0].place.team != team_of(body):
            return _instead(answers.GONE_TITLE, buttons.GONE)
        return {} if await self.change(opened[0], number) else _instead(answers.GONE_TITLE, buttons.GONE)

    async def show_excepted(self, body: Json) -> None:
        """Open the exceptions that left points of this draft out."""
        click = click_of(body)
        if click is None:
            await self.clicks.tell_gone(body)
        else:
            await self.open_exceptions(team_of(body), click.user, text(body, "trigger_id"), click.target.draft_id)

    async def open_exceptions(self, team: str, user: str, trigger_id: str, draft_id: str = "") -> None:
        """Open the list of exceptions that the person may see, or of those that left points of one draft out."""
        window = exceptions_window(await self.exceptions(team, user, draft_id), self.clicks.titles, Page(draft_id))
        await self._client(team).views_open(trigger_id=trigger_id, view=window)

    async def exception_list(self, team: str, user: str) -> list[Json]:
        """The list as blocks, for an answer that only that person sees."""
        return exception_blocks(await self.exceptions(team, user), self.clicks.titles, Page())

    async def turn_page(self, body: Json) -> None:
        """Show another part of the list."""
        await self._draw(body, Page.parse(_value(body)))

    async def lift_one(self, body: Json) -> None:
        """Lift an exception, and say what came of it above the list."""
        page, exception_id = lifted_by(_value(body))
        lifted = await self.lift(team_of(body), exception_id, text(part(body, "user"), "id"), page.draft_id)
        await self._draw(body, page, _SAID[lifted])

    async def _may_go_further(self, team: str, user: str) -> bool | None:
        """None also where it takes Slack longer than a click may wait for its window."""
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self.dismiss.may_go_further(team, user)
        except TimeoutError:
            return None

    async def _draw(self, body: Json, page: Page, note: str = "") -> None:
        team, view, titles = team_of(body), part(body, "view"), self.clicks.titles
        page = page if not page.draft_id or page.draft_id.partition(":")[0] == team else Page()
        listed = await self.exceptions(team, text(part(body, "user"), "id"), page.draft_id)
        if view:
            window = exceptions_window(listed, titles, page, note)
            await self._client(team).views_update(view_id=text(view, "id"), view=window)
        else:
            blocks = exception_blocks(listed, titles, page, note)
            await respond(text(body, "response_url"), {"replace_original": True, "text": words.TITLE, "blocks": blocks})

    async def _show(self, body: Json, window: Json) -> None:
        client, trigger = self._client(team_of(body)), text(body, "trigger_id")
        await (client.views_push if body.get("view") else client.views_open)(trigger_id=trigger, view=window)

    def _client(self, team: str) -> AsyncWebClient:
        return self.clicks.clients.of(team).client


def _value(body: Json) -> str:
    return text(items(body, "actions")[0], "value")


def _instead(title: str, said: str) -> Json:
    return {"response_action": "update", "view": told_window(title, said)}
