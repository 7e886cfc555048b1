"""Personal data and secrets reach neither the model nor the logs, wherever people write them."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Draft, Picture
from bot.core.judging import Case
from bot.flows.reviewing import review_case, rule_findings
from bot.model.opening import open_model
from tests.journeys.test_conversation import answered, settings
from tests.model.cases import QUICK
from tests.model.server import Fault, critique, issue, opinions

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.model.critic import ModelCritic
    from bot.model.language_model import LanguageModel
    from bot.rules.engine import RuleEngine
    from tests.journeys.conftest import Stage
    from tests.model.conftest import Api
    from tests.model.server import ScriptedModel

PRIVATE = ("ana.perez@example.org", "+44 20 7946 0018", "4111 1111 1111 1111", "sk-abcdefghijklmnopqrstuvwx")
MARKS = ("ana.perez", "7946", "4111", "abcdefghijklm")
QUOTE = "Our tonic cures every cold"
FROM = ("bot.", "openai", "httpx", "httpcore", "dbos", "sqlalchemy")
"""Whose lines stand in the log of a bot that runs; the Slack libraries are quiet there below warnings."""


def saying(where: str) -> str:
    return f"{where}: write to {PRIVATE[0]} or {PRIVATE[1]}, pay with {PRIVATE[2]}, key {PRIVATE[3]}."


def logged(caplog: pytest.LogCaptureFixture) -> str:
    lines = (r for r in caplog.records if r.name.startswith(FROM))
    return "\n".join(f"{r.name} {r.getMessage()} {r.exc_text or ''}" for r in lines)


def absent(text: str) -> bool:
    return [mark for mark in MARKS if mark in text] == []


@pytest.mark.parametrize("api", ["responses", "chat"])
async def test_a_review_sends_and_logs_none_of_it(
    server: ScriptedModel,
    critic_on: Callable[[LanguageModel], ModelCritic],
    rules: RuleEngine,
    caplog: pytest.LogCaptureFixture,
    api: Api,
) -> None:
    caplog.set_level(logging.DEBUG)
    draft = Draft(f"{QUOTE}. {saying('Draft')}", context=saying("Context"), pictures=(Picture(saying("Alt text")),))
    answers = (("user-control/way-out", saying("Answer")),)
    case = Case("T1", "U1", draft, found=rule_findings(draft, rules), answers=answers)
    echoing = issue(
        QUOTE, "user-control/care-for-vulnerable", severity="must-fix", why="Ask [EMAIL_1], [CARD_1] or [SECRET_1]."
    )
    broken = Fault("status", 400, "made_up", message=draft.text)
    server.will("no JSON", critique(echoing), opinions("keep"), broken)
    model = open_model(api_key="k", base_url=server.url, model="m", effort="low", limits=QUICK, api=api)
    await review_case(case, rules, critic_on(model))
    await review_case(case, rules, critic_on(model))
    await model.aclose()
    assert [asked.is_second_opinion for asked in server.requests] == [False, False, True, False]
    for asked in server.requests:
        body = json.dumps(asked.body, ensure_ascii=False)
        assert absent(body)
        assert "[EMAIL_1]" in body
    sent = server.requests[0].turns[0]
    assert all(f"{where}: write to [EMAIL_1]" in sent for where in ("Draft", "Context", "Alt text", "Answer"))
    assert "judged" in logged(caplog)
    assert absent(logged(caplog))


async def test_a_conversation_about_a_draft_sends_and_logs_none_of_it(
    stage: Stage, server: ScriptedModel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.will(critique(), "Write to [EMAIL_1].", "I said so.")
    await stage.start(**settings(server))
    ts = stage.workspace.post("@dana", f"{QUOTE}.\n{saying('Draft')}")
    await stage.until(lambda: stage.replies(ts, "@dana"), "the review")
    stage.workspace.post("@dana", f"Why is this wrong? {saying('Talk')}", thread_ts=ts)
    await answered(stage, ts, f"Write to {PRIVATE[0]}.")
    stage.workspace.post("@dana", "and the second one?", thread_ts=ts)
    await answered(stage, ts, "I said so.")
    assert len(server.requests) == 3
    assert all(absent(json.dumps(asked.body, ensure_ascii=False)) for asked in server.requests)
    talk = server.requests[-1].talk
    assert "Talk: write to [EMAIL_1]" in talk["conversation"][0]["said"]
    assert "Draft: write to [EMAIL_1]" in talk["draft"]["text"]
    assert "talked" in logged(caplog)
    assert absent(logged(caplog))
