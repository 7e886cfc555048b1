"""What Candor listens to."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.core.commands import NAME
from bot.core.deciding import Decision
from bot.core.errors import CandorError, in_short
from bot.core.sign_off import Act
from bot.core.words import privacy as words
from bot.slack import clicks as feedback
from bot.slack import sign_off as sign_off_blocks
from bot.slack.blocks import respond, section
from bot.slack.clicks import team_of
from bot.slack.commands import DELETE, KEEP
from bot.slack.composing import EDIT, EDIT_WINDOW, NEW, REMOVE
from bot.slack.deciding import ALL, BACK, CHANGED, DISMISSAL, LIFT, NEXT, SCOPE, WIDER
from bot.slack.home import EXCEPTIONS, OPEN, SETTINGS
from bot.slack.home import NEW as NEW_BUTTON
from bot.slack.installing import SWITCH_OFF, SWITCH_ON
from bot.slack.payloads import items, message_event, part, readable, said_in, text
from bot.slack.points import DISMISS, MORE, OURS, UNDO, USE, WHY
from bot.slack.private_reviews import REVIEW, STEP
from bot.slack.reviewing import (
    ANSWER,
    ASK,
    CHANGE,
    DOWN,
    EXCEPTED,
    MENU,
    MOST,
    MOST_ANSWERS,
    MUTE_WINDOW,
    THUMBS,
    UNMUTE,
    UP,
)
from bot.slack.settings import FAMILY, PAGE
from bot.slack.sign_off import DECIDE, DECISIONS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

    from bot.core.drafts import MessageEvent
    from bot.core.privacy import PersonJobs
    from bot.slack.channels import SlackNames
    from bot.slack.clicks import Clicks, FeedbackClicks
    from bot.slack.commands import Commands
    from bot.slack.composing import Composing
    from bot.slack.deciding import Deciding
    from bot.slack.home import HomeTabs
    from bot.slack.installing import Arrivals
    from bot.slack.muting import MenuClicks
    from bot.slack.payloads import Json
    from bot.slack.private_reviews import Shortcuts, WorkflowSteps
    from bot.slack.sign_off import SignOffClicks


# What Candor listens to. A listener turns the payload, hands it on, and returns; nothing works in here.

_LOG = logging.getLogger(__name__)
_UNREADABLE = (TypeError, ValueError, LookupError, AttributeError)
"""What a payload raises that is not as Slack's are."""


def register(app: AsyncApp, receive: Callable[[MessageEvent], Awaitable[None]], names: SlackNames) -> None:
    """Listen. ``receive`` returns only when what it was told is durable, because then Slack is answered."""

    @app.event("message")
    async def on_message(body: Json, context: AsyncBoltContext) -> None:
        known = await names.of(*said_in(body))
        if event := readable(lambda: message_event(body, context.bot_user_id or "", known), "message"):
            await receive(event)

    @app.error
    async def on_error(error: Exception, body: Json, context: AsyncBoltContext) -> BoltResponse:
        """What nobody listens to is fine. What failed is not acknowledged, so that Slack repeats it.

        An event that nobody can read would only come again; nor is a workspace heard in which Candor is not installed.
        """
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200)
        # Where it happened, but never the error's message: it may quote what people wrote.
        _LOG.error("a %s from Slack could not be taken: %s", _kind(body), in_short(error))
        unreadable = isinstance(error, _UNREADABLE) and not isinstance(error, CandorError)
        if context.authorize_result is None or (unreadable and "event" in body):
            return BoltResponse(status=200)
        return BoltResponse(status=400 if unreadable else 500)

    del on_message, on_error


def register_clicks(app: AsyncApp, clicks: Clicks) -> None:
    """Listen to the buttons. Slack is answered only when what was clicked is durable."""
    decisions = {USE: Decision.USED, UNDO: Decision.OPEN}

    async def on_decision(body: Json, ack: AsyncAck) -> None:
        await clicks.decide(body, decisions[_clicked(body)])
        await ack()

    async def on_answer(body: Json, ack: AsyncAck) -> None:
        await clicks.answer(body, int(_clicked(body).removeprefix(ANSWER)))
        await ack()

    def doing(work: Callable[[Json], Awaitable[None]]) -> Callable[[Json, AsyncAck], Awaitable[None]]:
        async def on(body: Json, ack: AsyncAck) -> None:
            await work(body)
            await ack()

        return on

    for name in decisions:
        app.action(name)(on_decision)
    for number in range(MOST_ANSWERS):
        app.action(f"{ANSWER}{number}")(on_answer)
    for name, work in ((OURS, clicks.own), (WHY, clicks.why), (MORE, clicks.more)):
        app.action(name)(doing(work))


def register_shortcuts(app: AsyncApp, shortcuts: Shortcuts) -> None:
    """Listen to what stands in a message's menu."""

    @app.message_shortcut(REVIEW)
    async def on_review(body: Json, ack: AsyncAck) -> None:
        await shortcuts.review(body)
        await ack()

    del on_review


def _kind(body: Json) -> str:
    """What Slack calls it, as far as that is a name."""
    event: object = body.get("event")
    named: object = (event if isinstance(event, dict) else body).get("type") or body.get("command")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return named[:40] if isinstance(named, str) and named.replace("_", "").isalnum() and named.isascii() else "request"


def _clicked(body: Json) -> str:
    return text(items(body, "actions")[0], "action_id")


# What Candor listens to around its slash command: the command, the question before a deletion, invitations.

JOINED = "member_joined_channel"


@dataclass(frozen=True, slots=True)
class Deletions:
    """The answer to the question whether somebody's data is to be deleted."""

    people: PersonJobs

    async def delete(self, body: Json) -> None:
        """It is durable when this returns; a click that is repeated counts once."""
        key = text(items(body, "actions")[0], "value")
        await self.people.forget_person(team_of(body), text(part(body, "user"), "id"), key)
        await _instead(body, words.DELETING)

    async def keep(self, body: Json) -> None:
        """Nothing happens."""
        await _instead(body, words.KEPT)


async def _instead(body: Json, said: str) -> None:
    content: Json = {"replace_original": True, "text": said, "blocks": [section(said)]}
    await respond(text(body, "response_url"), content)


def register_commands(app: AsyncApp, commands: Commands, deletions: Deletions) -> None:
    """Listen. Every answer is seen by one person alone."""

    @app.command(NAME)
    async def on_command(body: Json, ack: AsyncAck) -> None:
        answer = await commands.answer(body)
        await (ack(response_type="ephemeral", **answer) if answer else ack())

    @app.action(DELETE)
    async def on_delete(body: Json, ack: AsyncAck) -> None:
        await deletions.delete(body)
        await ack()

    @app.action(KEEP)
    async def on_keep(body: Json, ack: AsyncAck) -> None:
        await deletions.keep(body)
        await ack()

    del on_command, on_delete, on_keep


def register_arrivals(app: AsyncApp, arrivals: Arrivals) -> None:
    """Listen to invitations, and to the button of the introduction."""

    @app.event(JOINED)
    async def on_joined(body: Json) -> None:
        await arrivals.joined(body)

    @app.action(SWITCH_ON)
    async def on_switch_on(body: Json, ack: AsyncAck) -> None:
        await arrivals.switched(body, on=True)
        await ack()

    @app.action(SWITCH_OFF)
    async def on_switch_off(body: Json, ack: AsyncAck) -> None:
        await arrivals.switched(body, on=False)
        await ack()

    del on_joined, on_switch_on, on_switch_off


# The listeners of what people decide in windows.


def register_deciding(app: AsyncApp, deciding: Deciding) -> None:
    """Listen. Slack is answered only when what was decided is durable."""
    clicked = {DISMISS: deciding.open_dismissal, EXCEPTED: deciding.show_excepted, LIFT: deciding.lift_one}
    clicked |= dict.fromkeys((ALL, BACK, NEXT), deciding.turn_page)
    clicked |= dict.fromkeys((WIDER, SCOPE), deciding.widen_dismissal)
    clicked |= {f"{CHANGE}{number}": deciding.open_answer for number in range(MOST)}

    async def on_click(body: Json, ack: AsyncAck) -> None:
        await clicked[body["actions"][0]["action_id"]](body)
        await ack()

    for name in clicked:
        app.action(name)(on_click)

    @app.view(DISMISSAL)
    async def on_dismissal(body: Json, ack: AsyncAck) -> None:
        await ack(**await deciding.submit_dismissal(body))

    @app.view(CHANGED)
    async def on_answer(body: Json, ack: AsyncAck) -> None:
        await ack(**await deciding.submit_answer(body))

    del on_dismissal, on_answer


# What Candor listens to around its Home tab: the tab, the settings, composed drafts, and the workflow step.

SHORTCUT = "new_draft"


def register_home(app: AsyncApp, homes: HomeTabs) -> None:
    """Listen to the Home tab and to the windows for the settings."""

    async def on_home(event: Json) -> bool:
        return text(event, "tab") == "home"

    @app.event("app_home_opened", matchers=[on_home])
    async def on_opened(body: Json) -> None:
        await homes.opened(body)

    app.action(SETTINGS)(_doing(homes.settings))
    app.action(EXCEPTIONS)(_doing(homes.exceptions))
    app.action(PAGE)(_doing(homes.page))
    app.action(FAMILY)(_doing(homes.family))
    app.view(PAGE)(_submitting(homes.save_page))
    app.view(FAMILY)(_submitting(homes.save_family))
    app.action(OPEN)(_doing(_nothing))
    del on_opened


def register_composing(app: AsyncApp, composing: Composing) -> None:
    """Listen to the window for new drafts, and to the buttons below composed ones."""
    app.global_shortcut(SHORTCUT)(_doing(composing.open))
    app.action(NEW_BUTTON)(_doing(composing.open))
    app.view(NEW)(_submitting(composing.submit))
    app.action(EDIT)(_doing(composing.open_edit))
    app.view(EDIT_WINDOW)(_submitting(composing.save))
    app.action(REMOVE)(_doing(composing.delete))


def register_steps(app: AsyncApp, steps: WorkflowSteps) -> None:
    """Listen to the step in workflows. Slack is answered only when the step is durable."""

    @app.function(STEP, auto_acknowledge=False)
    async def on_step(body: Json, ack: AsyncAck) -> None:
        await steps.critique(body)
        await ack()

    del on_step


def _doing(work: Callable[[Json], Awaitable[None]]) -> Callable[[Json, AsyncAck], Awaitable[None]]:
    async def on(body: Json, ack: AsyncAck) -> None:
        await work(body)
        await ack()

    return on


def _submitting(work: Callable[[Json], Awaitable[dict[str, str]]]) -> Callable[[Json, AsyncAck], Awaitable[None]]:
    """A window closes when nothing is wrong."""

    async def on(body: Json, ack: AsyncAck) -> None:
        wrong = await work(body)
        await (ack(response_action="errors", errors=wrong) if wrong else ack())

    return on


async def _nothing(_: Json) -> None:
    """A button that is a link: Slack tells of the click all the same."""


# What Candor listens to around a review: its menu, its thumbs, and the sign-off.


@dataclass(frozen=True, slots=True)
class Tools:
    """Who takes what people do there."""

    menu: MenuClicks
    sign_off: SignOffClicks
    feedback: FeedbackClicks


def register_tools(app: AsyncApp, tools: Tools) -> None:
    """Listen. Slack is answered only when what was done is durable."""
    _register_menu(app, tools.menu)
    _register_sign_off(app, tools.sign_off)
    _register_feedback(app, tools.feedback)


def _register_menu(app: AsyncApp, menu: MenuClicks) -> None:
    async def on_menu(body: Json, ack: AsyncAck) -> None:
        await menu.choose(body)
        await ack()

    async def on_unmute(body: Json, ack: AsyncAck) -> None:
        await menu.take_back(body)
        await ack()

    async def on_window(body: Json, ack: AsyncAck) -> None:
        await menu.submit(body)
        await ack()

    app.action(MENU)(on_menu)
    app.view(MUTE_WINDOW)(on_window)
    app.action(UNMUTE)(on_unmute)


def _register_sign_off(app: AsyncApp, clicks: SignOffClicks) -> None:
    async def on_ask(body: Json, ack: AsyncAck) -> None:
        await clicks.ask(body)
        await ack()

    async def on_decision(body: Json, ack: AsyncAck) -> None:
        await clicks.press(body, Act(text(items(body, "actions")[0], "action_id").removeprefix(DECIDE)))
        await ack()

    async def on_window(body: Json, ack: AsyncAck) -> None:
        await ack(**await clicks.submit(body))

    app.action(ASK)(on_ask)
    for act in DECISIONS:
        app.action(f"{DECIDE}{act}")(on_decision)
    app.view(sign_off_blocks.WINDOW)(on_window)


def _register_feedback(app: AsyncApp, clicks: FeedbackClicks) -> None:
    async def on_thumb(body: Json, ack: AsyncAck) -> None:
        await clicks.give(body)
        await ack()

    async def on_window(body: Json, ack: AsyncAck) -> None:
        await clicks.submit(body)
        await ack()

    for name in (THUMBS, UP, DOWN):
        app.action(name)(on_thumb)
    app.view(feedback.WINDOW)(on_window)
