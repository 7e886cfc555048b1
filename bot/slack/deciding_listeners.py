"""The listeners of what people decide in windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.aftermath import CHANGE, EXCEPTED, MOST
from bot.slack.answering import CHANGED
from bot.slack.dismissal import DISMISSAL, SCOPE, WIDER
from bot.slack.exceptions import ALL, BACK, LIFT, NEXT
from bot.slack.points import DISMISS

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.slack.deciding import Deciding
    from bot.slack.json import Json


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
