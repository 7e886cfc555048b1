"""The step *Critique a draft* in people's workflows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.standing import standing_of
from bot.core.variants import split_variants
from bot.core.words import reply as words
from bot.core.words import workflow
from bot.flows.review_in_workflow import WorkflowStep
from bot.slack.json import part, reason, text
from bot.slack.mrkdwn import escaped
from bot.slack.points import short

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.critique import Critique
    from bot.core.draft import Draft
    from bot.core.private_ports import PrivateAnswers
    from bot.core.private_review import PrivateReview
    from bot.flows.review_in_workflow import ReviewInWorkflow
    from bot.slack.clients import Clients
    from bot.slack.json import Json

STEP = "critique_draft"
_SUCCESS, _ERROR = "functions.completeSuccess", "functions.completeError"
_ADDRESS = "workflow:"
_OVER = frozenset({"execution_not_in_running_state", "function_execution_not_found"})
_NO_TOKEN = frozenset({"invalid_auth", "token_expired", "token_revoked", "not_authed"})


@dataclass(frozen=True, slots=True)
class WorkflowSteps:
    """Returns only when the step is durable, or answered."""

    review: ReviewInWorkflow
    clients: Clients

    async def critique(self, body: Json) -> None:
        """Take a run of the step."""
        event, team = part(body, "event"), text(body, "team_id")
        execution, inputs = text(event, "function_execution_id"), part(event, "inputs")
        token = text(event, "bot_access_token")
        step = WorkflowStep(
            team,
            execution,
            text(event, "event_ts") or "0",
            text(inputs, "text"),
            text(inputs, "platform"),
            f"{_ADDRESS}{execution}:{token}",
        )
        if not await self.review(step):
            client = self.clients.of(team).client
            await _end(client, _ERROR, execution, token, error=workflow.NO_TEXT)


@dataclass(frozen=True, slots=True)
class AnswersByAddress:
    """The `PrivateAnswers` port: to workflows as their step's outputs, to people as ``people`` does it."""

    people: PrivateAnswers
    clients: Clients

    async def reading(self, review: PrivateReview) -> bool:
        """Say that the text is being read; a workflow waits without being told."""
        return _is_step(review) or await self.people.reading(review)

    async def show(self, review: PrivateReview, critique: Critique) -> bool:
        """Show the review."""
        if not _is_step(review):
            return await self.people.show(review, critique)
        execution, _, token = review.answer_to.removeprefix(_ADDRESS).partition(":")
        client: AsyncWebClient = self.clients.of(review.place.team).client
        outputs = json.dumps(_outputs(critique, review.draft))
        return await _end(client, _SUCCESS, execution, token, outputs=outputs)


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


def _outputs(critique: Critique, draft: Draft) -> Json:
    """As text in Slack's escaping, one point to a line: a later step may post it."""
    variants = split_variants(draft.text, draft.zones, draft.platform)
    platforms = tuple(dict.fromkeys(variant.platform for variant in variants if variant.platform))
    standing = standing_of(critique)
    points = [words.point(short(point.finding.quote), point.finding.why) for point in standing.shown]
    asked = [question.question for question in standing.questions]
    footer = words.footer(critique, draft, platforms)
    summary = workflow.summary(words.headline(standing), [*points, *asked], footer)
    return {"findings_count": len(critique.findings), "summary": escaped(summary)}


def _is_step(review: PrivateReview) -> bool:
    return review.answer_to.startswith(_ADDRESS)
