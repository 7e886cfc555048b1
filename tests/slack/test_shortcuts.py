"""The shortcut's payload, and the answer that only one person sees."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.drafts import Author, Draft, Place
from bot.core.findings import Edit, Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, ModelPart, Outcome, Question
from bot.core.private_reviews import PrivateReview
from bot.core.reviewing import standing_of
from bot.core.words.private_reviews import KEPT, TOLD, TOO_LATE
from bot.slack.private_reviews import AnswersByAddress, StepTokens, private_blocks, request_of
from bot.workspace.checking import check_message_blocks
from tests.flows.fake_guidelines import problems

if TYPE_CHECKING:
    from bot.core.reviewing import ReviewRequest

US = "U0CANDOR"
TEXT = "Act now <!channel> & win "
REVIEW = PrivateReview(
    Place("T1", "C1", "1.0"),
    "U9",
    "2.0",
    asked_at=2.0,
    author_id="U1",
    draft=Draft(TEXT * 40),
    answer_to="https://slack.example/a",
)


def request(**message: Any) -> ReviewRequest:
    said = {"type": "message", "user": "U1", "ts": "10.000001", "team": "T1", "text": "Act &amp; win"} | message
    body = {"type": "message_action", "callback_id": "review_this_draft", "action_ts": "99.5", "team": {"id": "T1"}}
    body |= {"user": {"id": "U9", "team_id": "T1"}, "channel": {"id": "C1"}, "enterprise": None, "message": said}
    return request_of(body | {"response_url": "https://slack.example/a", "message_ts": "10.000001"}, US)


def finding(start: int, edit: str = "Please") -> Finding:
    quote = (TEXT * 40)[start : start + 7]
    return Finding(
        "a/b",
        Severity.SHOULD_FIX,
        start,
        end=start + 7,
        quote=quote,
        why="It hurries.",
        edit=Edit(start, start + 7, edit),
    )


def shown(critique: Critique) -> str:
    blocks = private_blocks(standing_of(critique), REVIEW, {"a/b": "Pressure without reason"})
    assert check_message_blocks(blocks) == blocks
    return json.dumps(blocks, ensure_ascii=False)


def test_a_request_says_which_message_who_asks_and_where_to_answer() -> None:
    asked = request(edited={"user": "U1", "ts": "20.0"}, thread_ts="5.0")
    message = asked.message
    assert (asked.user, asked.at, asked.answer_to) == ("U9", "99.5", "https://slack.example/a")
    assert (message.place, message.author_id, message.author) == (Place("T1", "C1", "10.000001"), "U1", Author.PERSON)
    assert (message.text, message.revision, message.thread) == ("Act & win", "20.0", "5.0")
    assert "slack.example" not in repr(asked)


@pytest.mark.parametrize(
    ("said", "author"),
    [
        ({"bot_id": "B1"}, Author.BOT),
        ({"user": US}, Author.BOT),
        ({"team": "T7"}, Author.OUTSIDER),
        ({"user_team": "T7"}, Author.OUTSIDER),
        ({"team": None}, Author.PERSON),
    ],
)
def test_who_wrote_it_is_read_from_the_message_alone(said: dict[str, Any], author: Author) -> None:
    assert request(**said).message.author is author


def test_a_private_answer_has_everything_but_buttons() -> None:
    asked = Question("a/b", "Was it paid for?", ("Paid", "Neither"))
    written = shown(
        Critique(Outcome.FINDINGS, tuple(finding(25 * n) for n in range(5)), (asked,), fixed_rules_only=False)
    )
    assert "*5 changes, 1 question*" in written
    assert "1. Should fix: Pressure without reason" in written
    assert '{"type": "text", "text": "Act now", "style": {"strike": true}}' in written
    assert "It hurries." in written
    assert "Was it paid for? (Paid / Neither)" in written
    assert written.count("Should fix: Pressure without reason: ") == 2
    assert KEPT in written
    assert "button" not in written
    assert "actions" not in written


async def test_a_workflow_is_told_everything_that_a_reply_would_say() -> None:
    ended: list[dict[str, str]] = []

    async def api_call(_: str, *, params: dict[str, str]) -> None:
        ended.append(params)

    clients: Any = SimpleNamespace(of={"T1": SimpleNamespace(client=SimpleNamespace(api_call=api_call))}.__getitem__)
    people: Any = None
    answers = AnswersByAddress(people, clients, problems=problems({"a/b": "Pressure"}), tokens=StepTokens())
    named = replace(finding(0), why="“Act now” hurries.", lead=True)
    critique = Critique(Outcome.FINDINGS, tuple(finding(25 * at) for at in range(5)), leads=(named,))
    assert await answers.show(replace(REVIEW, answer_to="workflow:Fx1:xoxb"), critique)
    summary = json.loads(ended[0]["outputs"])["summary"].split("\n")
    assert summary[0].endswith("The fixed checks found 5 points and 1 thing worth a look.")
    assert [line for line in summary if "“Act now”: It hurries." in line] == summary[1:4]
    assert summary[4:7] == [
        "• And 2 more points.",
        "Worth a look. Fixed checks can't tell if these are a problem here, so please judge for yourself.",
        "• Pressure: “Act now” hurries.",
    ]


async def test_a_workflow_whose_time_is_over_does_not_wait_for_ever() -> None:
    ended: list[tuple[str, dict[str, str]]] = []

    async def api_call(method: str, *, params: dict[str, str]) -> None:
        ended.append((method, params))

    clients: Any = SimpleNamespace(of={"T1": SimpleNamespace(client=SimpleNamespace(api_call=api_call))}.__getitem__)
    people: Any = None
    answers = AnswersByAddress(people, clients, problems=problems({}), tokens=StepTokens())
    await answers.give_up(replace(REVIEW, answer_to="workflow:Fx1"))
    assert ended == [("functions.completeError", {"function_execution_id": "Fx1", "error": str(TOO_LATE)})]


def test_a_long_list_ends_with_a_word_about_it() -> None:
    written = shown(Critique(Outcome.FINDINGS, tuple(finding(25 * n) for n in range(20))))
    assert written.count("Should fix: Pressure without reason: ") == 10
    assert "There are more than will fit here." in written


def test_nothing_to_flag_is_one_line_and_a_missing_model_is_said() -> None:
    assert "Not reviewed: no language model is connected. " in shown(Critique(Outcome.NOTHING_TO_FLAG))
    judged = Critique(Outcome.NOTHING_TO_FLAG, fixed_rules_only=False, model_part=ModelPart.ANSWERED)
    assert '"Nothing to flag."' in shown(judged)
    missing = shown(Critique(Outcome.NOTHING_TO_FLAG, model_part=ModelPart.UNREACHED))
    assert "Not reviewed: the language model didn't answer. " in missing


def test_the_answers_fit_their_port_and_every_line_is_a_plain_sentence() -> None:
    assert all(line.endswith(".") and "!" not in line for line in TOLD.values())
