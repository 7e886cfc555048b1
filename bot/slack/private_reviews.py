"""Reviews for one person's eyes: shortcuts, the workflow step, and the answer to them."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.drafts import Place
from bot.core.errors import NotInstalled, TryLater
from bot.core.judging import ReviewState
from bot.core.reading.variants import split_variants
from bot.core.reviewing import DraftRecord, ReviewRequest, standing_of
from bot.core.words import private_reviews as words
from bot.core.words import reviewing as reviewing_words
from bot.core.words.people import again, say
from bot.flows.private_reviews import WorkflowStep
from bot.slack.blocks import bold, context, piece, rich, rich_text, section
from bot.slack.brand.watched import later, suppress_final
from bot.slack.clicks import respond, team_of, user_of
from bot.slack.points import PointBlocks, short
from bot.slack.reviewing import QUESTIONS, lead_blocks, lead_lines, reply_text
from bot.slack.wire.payloads import escaped, message_of, part, reason, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.drafts import Draft
    from bot.core.judging import Critique
    from bot.core.ports import ProblemsOf
    from bot.core.private_reviews import PrivateAnswers, PrivateReview
    from bot.core.reviewing import Point, Standing
    from bot.flows.private_reviews import ReviewInWorkflow, ReviewOnRequest
    from bot.slack.channels import SlackNames
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# A review that only the person who asked for it sees.

_SMALLER = 10
"""Smaller points that are named."""
_BRIEF = 100
"""Characters of the quote of a point that is only named."""


class PrivateReplies:
    """The `PrivateAnswers` port."""

    def __init__(self, problems: ProblemsOf) -> None:
        self._problems = problems

    async def reading(self, review: PrivateReview) -> bool:
        return await respond(review.answer_to, _in_thread(review) | {"text": words.READING})

    async def show(self, review: PrivateReview, critique: Critique) -> bool:
        standing = standing_of(critique)
        blocks = private_blocks(standing, review, await self._problems(review.place.team))
        return await respond(review.answer_to, _in_thread(review) | {"blocks": blocks, "text": reply_text(standing)})

    async def give_up(self, review: PrivateReview) -> None:
        """Slack takes no answer any more."""


def private_blocks(standing: Standing, review: PrivateReview, titles: Mapping[str, str]) -> list[Json]:
    """The review without buttons: there is no draft that a decision could be kept with."""
    critique = standing.critique
    draw = PointBlocks(
        DraftRecord(review.place, review.author_id, review.draft, revision=""), titles, with_buttons=False
    )
    headline = reviewing_words.headline(standing)
    found = critique.findings or critique.questions
    blocks = [section(bold(headline) if found else headline)]
    for number, point in enumerate(standing.shown, 1):
        blocks += draw(number, point)
    for question in standing.questions[:QUESTIONS]:
        blocks.append(rich_text(rich("rich_text_section", piece(words.question(question), bold=True))))
    blocks += [*lead_blocks(critique, titles), *_smaller(standing, titles)]
    footer = reviewing_words.reply_footer(critique, review.draft, draw.platforms)
    return [*blocks, context(footer), context(words.KEPT)]


def _smaller(standing: Standing, titles: Mapping[str, str]) -> list[Json]:
    """In the reply to a draft these are behind a button."""
    if not standing.hidden:
        return []
    lines = [_named(point, titles) for point in standing.hidden[:_SMALLER]]
    listed: Json = {"type": "rich_text_list", "style": "bullet", "elements": lines}
    blocks = [rich_text(rich("rich_text_section", piece(words.MORE, bold=True)), listed)]
    return [*blocks, context(words.LEFT_OUT)] if len(standing.hidden) > _SMALLER else blocks


def _named(point: Point, titles: Mapping[str, str]) -> Json:
    finding = point.finding
    label = words.smaller(finding.severity, reviewing_words.problem_of(finding, titles))
    return rich("rich_text_section", piece(label), piece(say("“{quote}”", quote=short(finding.quote, _BRIEF))))


def _in_thread(review: PrivateReview) -> Json:
    return {"thread_ts": review.thread} if review.thread else {}


# The shortcut in a message's menu: review this one.

REVIEW = "review_this_draft"
_PATIENCE = 1.0
"""Seconds for the private line: Slack itself waits three for all of it."""


def request_of(body: Json, us: str, names: Mapping[str, str] | None = None) -> ReviewRequest:
    """The request in a shortcut's payload; ``us`` is the user id of Candor in that workspace, ``names`` as in `Said`.

    The payload does not tell whether its channel is shared, so the author's own workspace decides who is an outsider.
    """
    item, channel = part(body, "message"), text(part(body, "channel"), "id")
    place = Place(team_of(body), channel, text(item, "ts"), enterprise=text(part(body, "enterprise"), "id"))
    message = message_of(item, place, us, shared=True, names=names)
    return ReviewRequest(message, user_of(body), text(body, "action_ts"), answer_to=text(body, "response_url"))


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """Returns only when what was asked for is durable."""

    review_on_request: ReviewOnRequest
    clients: Clients
    names: SlackNames

    async def review(self, body: Json) -> None:
        """Take the request, and tell the person in private what comes of it."""
        known = await self.names.of(team_of(body), part(body, "message"))
        request = request_of(body, self.clients.of(team_of(body)).bot_user, known)
        taken = await self.review_on_request(request)
        if told := words.TOLD.get(taken):
            thread = {"thread_ts": request.message.thread} if request.message.thread else {}
            with suppress(TryLater, OSError, TimeoutError):  # a line that is missing harms nobody
                async with asyncio.timeout(_PATIENCE):
                    await respond(request.answer_to, thread | {"text": told})


# The step *Critique a draft* in people's workflows.

STEP = "critique_draft"
_SUCCESS, _ERROR = "functions.completeSuccess", "functions.completeError"
_ADDRESS = "workflow:"
_MOST_STEPS = 1_000
_OVER = frozenset({"execution_not_in_running_state", "function_execution_not_found"})
_NO_SUCH_OUTPUT = "parameter_validation_failed"
_REVIEWED = "reviewed_by_model"
_NO_TOKEN = frozenset({"invalid_auth", "token_expired", "token_revoked", "not_authed"})


class StepTokens:
    """The tokens that came with steps under way, in this process alone: a token in the clear is never stored.

    Who takes a step over, in another process or after a crash, ends it with Candor's own token.
    """

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def keep(self, execution: str, token: str) -> None:
        """Until the step has ended, or too many others have come."""
        self._kept[execution] = token
        if len(self._kept) > _MOST_STEPS:
            del self._kept[next(iter(self._kept))]

    def of(self, execution: str) -> str:
        """The token, "" where it is not known here."""
        return self._kept.get(execution, "")

    def forget(self, execution: str) -> None:
        self._kept.pop(execution, None)


@dataclass(frozen=True, slots=True)
class WorkflowSteps:
    """Returns only when the step is durable, or answered."""

    review: ReviewInWorkflow
    clients: Clients
    tokens: StepTokens

    async def critique(self, body: Json) -> None:
        """Take a run of the step."""
        event, team = part(body, "event"), text(body, "team_id")
        execution, inputs = text(event, "function_execution_id"), part(event, "inputs")
        token = text(event, "bot_access_token")
        self.tokens.keep(execution, token)
        step = WorkflowStep(
            team,
            execution,
            text(event, "event_ts") or "0",
            text=text(inputs, "text"),
            platform=text(inputs, "platform"),
            answer_to=f"{_ADDRESS}{execution}",
        )
        if not await self.review(step):
            client = self.clients.of(team).client
            await _end(client, _ERROR, execution, token=token, error=words.NO_TEXT)
            self.tokens.forget(execution)


@dataclass(frozen=True, slots=True)
class AnswersByAddress:
    """The `PrivateAnswers` port: to workflows as their step's outputs, to people as ``people`` does it."""

    people: PrivateAnswers
    clients: Clients
    problems: ProblemsOf
    tokens: StepTokens

    async def reading(self, review: PrivateReview) -> bool:
        """Say that the text is being read; a workflow waits without being told."""
        return _is_step(review) or await self.people.reading(review)

    async def show(self, review: PrivateReview, critique: Critique) -> bool:
        if not _is_step(review):
            return await self.people.show(review, critique)
        execution = _execution(review)
        client: AsyncWebClient = self.clients.of(review.place.team).client
        outputs = _outputs(critique, review.draft, await self.problems(review.place.team))
        token = self.tokens.of(execution)
        try:
            ended = await _end(client, _SUCCESS, execution, token=token, outputs=json.dumps(outputs))
        except SlackApiError as error:
            if reason(error) != _NO_SUCH_OUTPUT:
                raise
            # The app was installed with an older manifest, which has no such output.
            del outputs[_REVIEWED]
            ended = await _end(client, _SUCCESS, execution, token=token, outputs=json.dumps(outputs))
        self.tokens.forget(execution)
        return ended

    async def give_up(self, review: PrivateReview) -> None:
        """Fail the step, so that its workflow does not wait for ever. Raises `TryLater`."""
        if not _is_step(review):
            return await self.people.give_up(review)
        execution = _execution(review)
        token = self.tokens.of(execution)
        with later(), suppress_final(), suppress(NotInstalled):
            client = self.clients.of(review.place.team).client
            await _end(client, _ERROR, execution, token=token, error=words.TOO_LATE)
        return self.tokens.forget(execution)


def _execution(review: PrivateReview) -> str:
    return review.answer_to.removeprefix(_ADDRESS).partition(":")[0]  # once a token stood behind it


async def _end(client: AsyncWebClient, method: str, execution: str, token: str, **result: str) -> bool:
    """End a step with the token that came with it, else with Candor's own. False where it has ended already."""
    for given in [{"token": token}, {}] if token else [{}]:
        try:
            await client.api_call(method, params={"function_execution_id": execution, **result, **given})
        except SlackApiError as error:
            if reason(error) in _OVER:
                return False
            if not given or reason(error) not in _NO_TOKEN:
                raise
        else:
            break
    return True


def _outputs(critique: Critique, draft: Draft, titles: Mapping[str, str]) -> Json:
    """As text in Slack's escaping, one point to a line: a later step may post it."""
    variants = split_variants(draft.text, draft.zones, draft.platform)
    platforms = tuple(dict.fromkeys(variant.platform for variant in variants if variant.platform))
    standing = standing_of(critique)
    points = [reviewing_words.reply_point(short(point.finding.quote), point.finding.why) for point in standing.shown]
    folded = [reviewing_words.collapsed(standing.collapsed)] if standing.collapsed else []
    asked = [again(question.question) for question in standing.questions]
    looks = lead_lines(critique, titles)
    footer = reviewing_words.reply_footer(critique, draft, platforms)
    summary = words.workflow_summary(
        reviewing_words.headline(standing), [*points, *folded, *asked], looks, footer=footer
    )
    read = critique.state is ReviewState.DONE
    return {_REVIEWED: read, "findings_count": len(critique.findings), "summary": escaped(summary)}


def _is_step(review: PrivateReview) -> bool:
    return review.answer_to.startswith(_ADDRESS)
