"""What Candor listens to around a review: its menu, its thumbs, and the sign-off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.sign_off import Act
from bot.slack import feedback, sign_off_blocks
from bot.slack.json import items, text
from bot.slack.sign_off_blocks import DECIDE, DECISIONS
from bot.slack.tools import ASK, DOWN, MENU, MUTE_WINDOW, THUMBS, UNMUTE, UP

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.slack.feedback import FeedbackClicks
    from bot.slack.json import Json
    from bot.slack.menu import MenuClicks
    from bot.slack.sign_off import SignOffClicks


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
