"""What Candor listens to around its Home tab: the tab, the settings, composed drafts, and the workflow step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.compose_window import EDIT, EDIT_WINDOW, NEW, REMOVE
from bot.slack.home_blocks import EXCEPTIONS, OPEN, SETTINGS
from bot.slack.home_blocks import NEW as NEW_BUTTON
from bot.slack.json import text
from bot.slack.setting_windows import FAMILY, PAGE
from bot.slack.workflow import STEP

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.slack.composing import Composing
    from bot.slack.home_tabs import HomeTabs
    from bot.slack.json import Json
    from bot.slack.workflow import WorkflowSteps

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
