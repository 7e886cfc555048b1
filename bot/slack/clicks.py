"""Clicks on points and thumbs: what they are about, and what is answered in private."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.core.deciding import Feedback, FeedbackReason, Rated, Thumb
from bot.core.drafts import Click, Target
from bot.core.errors import TryLater
from bot.core.words import deciding as words
from bot.core.words.people import spoken
from bot.flows.deciding import Given
from bot.flows.replying import is_read_anew
from bot.slack.blocks import button, context, plain, section, window
from bot.slack.points import UNDO
from bot.slack.reviewing import more_window, why_window
from bot.slack.wire.clients import is_reached_directly
from bot.slack.wire.payloads import answer, escaped, items, named, part, reason, text

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.deciding import Decision
    from bot.core.ports import ProblemsOf
    from bot.flows.deciding import AnswerQuestion, ExplainFeedback, GiveFeedback, OwnContacts, RecordVerdict
    from bot.flows.replying import ShowMore, ShowWhy
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json

Result = TypeVar("Result")


# What a click on one of Candor's buttons does. Everything that only one person should see opens in private.


def click_of(body: Json) -> Click | None:
    """The click in an interaction's payload, None where its button is not one of this workspace's."""
    action = items(body, "actions")[0]
    target = Target.parse(text(action, "value"))
    user = part(body, "user")
    if target is None or target.draft_id.partition(":")[0] != team_of(body):
        return None
    return Click(target, text(user, "id"), text(action, "action_ts"))


def draft_in(body: Json) -> str:
    """The id of the draft that a click, a choice or a window is about, "" where none is named."""
    pressed, memo = items(body, "actions"), text(part(body, "view"), "private_metadata")
    action: Json = pressed[0] if pressed else {}
    named = (text(part(action, "selected_option"), "value"), text(action, "value"), memo.partition("\n")[0])
    targets = [target for value in named if (target := Target.parse(value))]
    if targets or not memo.startswith("["):
        return targets[0].draft_id if targets else ""
    return cast("list[str]", json.loads(memo))[0]


@dataclass(frozen=True, slots=True)
class Clicks:
    """Each returns only when what was clicked is durable."""

    record: RecordVerdict
    answer_question: AnswerQuestion
    show_why: ShowWhy
    show_more: ShowMore
    own_contacts: OwnContacts
    problems: ProblemsOf
    clients: Clients

    async def decide(self, body: Json, decision: Decision) -> None:
        """Use a finding, or take back what was decided about it."""
        click = click_of(body)
        if click is None or not await self.record(click, decision):
            await self.tell_gone(body)
        if part(body, "container").get("is_ephemeral"):  # the way back from a dismissal has been taken
            await respond(text(body, "response_url"), {"delete_original": True})
        if click and body.get("view"):
            await self.redraw(click, text(part(body, "view"), "id"))

    async def own(self, body: Json) -> None:
        """The contact in a point is the brand's own."""
        click = click_of(body)
        owned = await self.own_contacts(click) if click else None
        if click is None or owned is None:
            await self.tell_gone(body)
            return
        said = words.ours(owned.contact, for_good=owned.for_good)
        blocks = [section(escaped(said), accessory=button(UNDO, words.UNDO, click.target.value))]
        await whisper(self.clients, body, said, click=click, blocks=blocks)
        if body.get("view"):
            await self.redraw(click, text(part(body, "view"), "id"))

    async def answer(self, body: Json, number: int) -> None:
        click = click_of(body)
        if click is None or not await self.answer_question(click, number):
            await self.tell_gone(body)
        elif body.get("view"):
            await self.redraw(click, text(part(body, "view"), "id"))

    async def why(self, body: Json) -> None:
        """Open the guideline; on top of the window where the click was in one."""
        click = click_of(body)
        guideline = await self.show_why(click) if click else None
        if guideline is None:
            await self.tell_gone(body)
            return
        await show_on_top(self.clients, body, why_window(guideline))

    async def more(self, body: Json) -> None:
        """Open the points that the reply does not show."""
        click = click_of(body)
        if found := await self.show_more(click) if click else None:
            record, standing = found
            view = more_window(standing, record, await self.problems(team_of(body)))
            await open_window(self.clients, body, view)
        else:
            await self.tell_gone(body)

    async def redraw(self, click: Click, view_id: str) -> None:
        """Draw the window with the points that the reply does not show anew."""
        if found := await self.show_more(click):
            record, standing = found
            problems = await self.problems(click.place.team)
            with suppress(SlackApiError):  # the window may be closed by now
                view = more_window(standing, record, problems)
                await self.clients.of(click.place.team).client.views_update(view_id=view_id, view=view)

    async def tell_gone(self, body: Json) -> None:
        """Say it to the person alone, in the thread of the draft."""
        click = click_of(body)
        state = await self.show_more.drafts.state(click.target.draft_id) if click else None
        said = words.READ_ANEW if is_read_anew(state) else words.BUTTONS_GONE
        await whisper(self.clients, body, said, click=click)


# The thumbs below a review, and the window behind the one that points down.

WINDOW = "candor_feedback"
_REASON, _NOTE = "reason", "note"
_LONGEST_NOTE = 1_000
_SAID = {Given.KEPT: words.FEEDBACK_KEPT, Given.TAKEN_BACK: words.TAKEN_BACK, Given.GONE: words.FEEDBACK_GONE}


@dataclass(frozen=True, slots=True)
class FeedbackClicks:
    """Each returns only when what was said is durable."""

    give_feedback: GiveFeedback
    explain: ExplainFeedback
    clients: Clients

    async def give(self, body: Json) -> None:
        click = click_of(body)
        thumb, _, revision = click.target.ref.partition(".") if click else ("", "", "")
        if click is None or thumb not in {Thumb.UP, Thumb.DOWN}:
            return
        rated = Rated(click.target.draft_id, revision)
        given = await self.give_feedback(rated, Feedback(click.user, Thumb(thumb), click.at))
        if given is Given.KEPT and thumb == Thumb.DOWN:
            await open_window(self.clients, body, feedback_window(rated))
        else:
            await whisper(self.clients, body, _SAID[given], click=click)

    async def submit(self, body: Json) -> None:
        """Somebody said what was wrong."""
        view = part(body, "view")
        draft_id, revision = cast("list[str]", json.loads(text(view, "private_metadata")))
        values = part(part(view, "state"), "values")
        chosen = text(part(part(part(values, _REASON), _REASON), "selected_option"), "value")
        note = text(part(part(values, _NOTE), _NOTE), "value")
        if draft_id.partition(":")[0] == team_of(body):
            await self.explain(Rated(draft_id, revision), user_of(body), FeedbackReason(chosen), note)


def feedback_window(rated: Rated) -> Json:
    """Asks what was wrong; nothing of it has to be answered."""
    options = [{"text": plain(label), "value": reason} for reason, label in words.FEEDBACK_REASONS.items()]
    radio: Json = {"type": "radio_buttons", "action_id": _REASON, "options": options}
    typed: Json = {"type": "plain_text_input", "action_id": _NOTE, "multiline": True, "max_length": _LONGEST_NOTE}
    blocks = [
        context(words.NOTED),
        _input(_REASON, words.WHICH, radio),
        _input(_NOTE, words.NOTE, typed) | {"hint": plain(words.HINT)},
    ]
    memo, submit = json.dumps([rated.draft_id, rated.revision]), words.FEEDBACK_SEND
    return window(words.FEEDBACK_TITLE, blocks, submit=submit, close=words.SKIP, callback=WINDOW, memo=memo)


def _input(name: str, label: str, element: Json) -> Json:
    return {"type": "input", "block_id": name, "optional": True, "label": plain(label), "element": element}


# Who did it, and what they alone are shown: windows, lines, answers.


def team_of(body: Json) -> str:
    """The workspace in which somebody did something."""
    return text(part(body, "team"), "id") or text(part(body, "user"), "team_id") or text(body, "team_id")


def user_of(body: Json) -> str:
    """Who did it."""
    return text(part(body, "user"), "id") or text(body, "user_id")


def who(body: Json) -> tuple[str, str]:
    """The workspace, and who in it."""
    return team_of(body), user_of(body)


def pressed(body: Json) -> str:
    """The value of the button that was clicked."""
    return text(items(body, "actions")[0], "value")


# What Slack does next: a window that was sent, one that opens, and a line for one person alone.


def wrong_at(faults: Mapping[str, str]) -> Json:
    """The window stays, with a sentence at each input where something is wrong."""
    return {"response_action": "errors", "errors": dict(faults)}


def instead(view: Json) -> Json:
    """Another window takes its place."""
    return {"response_action": "update", "view": view}


async def open_window(clients: Clients, body: Json, view: Json) -> str:
    """Open it; its id."""
    client = clients.of(team_of(body)).client
    return text(part(answer(await client.views_open(trigger_id=text(body, "trigger_id"), view=view)), "view"), "id")


async def show_on_top(clients: Clients, body: Json, view: Json) -> None:
    """Open a window, on top of the one that the click was in. Slack stacks three: the third makes room for another."""
    here, client = part(body, "view"), clients.of(team_of(body)).client
    below = text(here, "previous_view_id")
    if not here:
        await open_window(clients, body, view)
    elif below and below != text(here, "root_view_id"):
        await client.views_update(view_id=text(here, "id"), view=view)
    else:
        await client.views_push(trigger_id=text(body, "trigger_id"), view=view)


_CLOSED_BY_NOW = "not_found"


async def replace_window(clients: Clients, body: Json, view_id: str, view: Json) -> None:
    """Show another window in place of one; that Slack does not take it is no reason to fail."""
    await is_replaced(clients.of(team_of(body)).client, view_id, view)


async def is_replaced(client: AsyncWebClient, view_id: str, view: Json) -> bool:
    """The same; False where Slack takes no such window. In one that is closed by now nobody misses it."""
    try:
        await client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        if reason(error) == _CLOSED_BY_NOW:
            return True
        title = text(part(view, "title"), "text")
        _LOG.warning("the window “%s” could not be shown: %s", title, named(error))
        return False
    return True


async def whisper(
    clients: Clients, body: Json, said: str, click: Click | None = None, blocks: list[Json] | None = None
) -> None:
    """Say it to the person alone, in the thread of the draft that they clicked about.

    Without ``click``, in the thread of the message with the button. ``blocks`` stand in place of the words.
    """
    client, container = clients.of(team_of(body)).client, part(body, "container")
    channel = click.place.channel if click else text(container, "channel_id")
    thread = click.place.ts if click else text(container, "thread_ts") or text(container, "message_ts")
    with suppress(SlackApiError):  # the draft, or the person, may have left the channel
        await client.chat_postEphemeral(
            channel=channel, user=user_of(body), thread_ts=thread, text=spoken(said), blocks=blocks
        )


# Slack waits three seconds for an answer; the rest comes behind it.


class Afterwards:
    """Work that goes on behind an answer to Slack, until it is done or Candor stops."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[Any]] = set()

    def go_on(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def close(self) -> None:
        """Wait for nobody any more."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)


# Answers to the person alone, through the address that Slack sends along with what they did.

_LOG = logging.getLogger(__name__)
_TIMEOUT = 10
_OK, _FAILED = 200, 500
_PAUSE = 1.0
# The SDK's own log would quote the address and the words.
_SILENT = logging.getLogger(f"{__name__}.sdk")
_SILENT.setLevel(logging.CRITICAL)


async def respond(address: str, content: Json) -> bool:
    """Show it to the person; False where Slack takes no more (five answers, thirty minutes) or refuses it.

    Raises `TryLater`, or OSError or TimeoutError where Slack cannot be reached. Slack shows each answer as a message
    of its own: of commands and shortcuts ``replace_original`` replaces nothing.
    """
    retries = [AsyncRateLimitErrorRetryHandler(max_retry_count=3)]
    client = AsyncWebhookClient(address, timeout=_TIMEOUT, logger=_SILENT, retry_handlers=[*retries])
    if is_reached_directly(address):
        client.proxy = None
    status = (await client.send_dict({"response_type": "ephemeral", **content})).status_code
    if status >= _FAILED:
        raise TryLater(_PAUSE)
    if status != _OK:
        _LOG.warning("Slack takes no private answer (status %d)", status)
    return status == _OK
