"""What of a model's answer does not reach people is counted by its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.model.cases import CLAIM, PRESSURE, case
from tests.model.server import ScriptedModel, critique, issue, opinions, question

if TYPE_CHECKING:
    from bot.model.critic import ModelCritic
    from tests.model.conftest import Open

TEXT = "Act now, dear friends of the bakery."
AGE = "user-control/no-intrusive-targeting"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (issue("nowhere at all", PRESSURE), "ungrounded"),
        (issue("Act now", "no-such-guideline"), "guard"),
        (issue("Act now", PRESSURE, why=" "), "guard"),
        (issue("Act now", PRESSURE, why="It sounds like AI."), "guard"),
        (issue("Act now", PRESSURE, confidence="low"), "unsure"),
    ],
)
async def test_an_issue_that_does_not_hold_has_its_reason(
    server: ScriptedModel, critic: ModelCritic, wrong: Any, reason: str
) -> None:
    server.will(critique(issue("friends", CLAIM, confidence="medium"), wrong))
    judgement = await critic.judge(case(TEXT))
    assert (judgement.drops, judgement.dropped) == ({reason: 1}, 1)
    assert [judgement.confidences[finding.ref] for finding in judgement.findings] == ["medium"]


async def test_same_words_and_refused_rewordings_are_counted_beside_what_is_dropped(
    server: ScriptedModel, critic: ModelCritic
) -> None:
    server.will(critique(issue("Act now", PRESSURE, replacement="Act before 5 May"), issue("Act now", CLAIM)))
    judgement = await critic.judge(case(TEXT))
    assert (judgement.drops, judgement.dropped) == ({"rewording": 1, "same_words": 1}, 0)


async def test_more_than_is_looked_at_and_asked_is_too_many(server: ScriptedModel, critic: ModelCritic) -> None:
    server.will(critique(*[issue("x y", PRESSURE)] * 45))
    assert (await critic.judge(case(TEXT))).drops == {"too_many": 5, "ungrounded": 40}


async def test_a_refuted_point_is_counted_and_the_critic_can_go_on_with_another_model(
    server: ScriptedModel, critic: ModelCritic, opened: Open
) -> None:
    said = issue("Act now", "user-control/care-for-vulnerable", severity="must-fix")
    server.will(critique(said, questions=(question(AGE),)), opinions("drop"))
    judgement = await critic.on(opened()).judge(case(TEXT))
    assert judgement.drops == {"refuted": 1}
