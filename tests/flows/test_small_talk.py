"""What needs no model in a conversation: hello, thanks, a picture or a file without words."""

from __future__ import annotations

import pytest

from bot.core.conversing import Ending
from bot.core.words import conversing as words
from tests.flows.fake_talk import turn
from tests.flows.test_converse import ASKED, Scene


@pytest.mark.parametrize("model", [True, False])
async def test_hello_is_answered_in_two_lines_and_without_the_model(*, model: bool) -> None:
    scene = Scene(model=model)
    await scene.turns.add(turn(text="Hi Candor!"))
    assert await scene.converse(scene.steps, ASKED.id, 0) == "shown"
    assert scene.standing == [words.GREETING]
    assert len(words.GREETING.splitlines()) == 2
    assert words.footer(scene.turn.answer) == "Automated reply from Candor."


async def test_thanks_are_answered_by_a_reaction() -> None:
    scene = Scene()
    await scene.turns.add(turn(text="thanks a lot!"))
    assert await scene.converse(scene.steps, ASKED.id, 0) == "shown"
    assert (scene.standing, scene.speech.reactions, scene.turn.shown) == ([], [ASKED.id], True)


async def test_a_message_without_words_is_told_that_words_are_read() -> None:
    scene = Scene()
    await scene.turns.add(turn(text=""))
    assert await scene.converse(scene.steps, ASKED.id, 0) == "shown"
    assert scene.standing == [words.note(Ending.NO_WORDS)]
