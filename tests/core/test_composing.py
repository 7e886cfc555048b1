from __future__ import annotations

import pytest

from bot.core.deciding import Answer
from bot.core.home import AI_LABEL, COMMERCIAL, Composed, Composition, MadeWithAi, Paid
from bot.core.words import home as words

FULL = Composition("We bake.", "instagram", "Gardeners", market="Ireland", ai=MadeWithAi.PARTLY, paid=Paid.GIFTED)


def kept(composition: Composition) -> Composition:
    """What comes back out of what is kept of it."""
    answers = [Answer(guideline, answer, "U1", at="1.0") for guideline, answer in composition.answers]
    return Composition.of(composition.text, composition.platform, composition.context, answers)


@pytest.mark.parametrize(
    "composition",
    [
        FULL,
        Composition("We bake."),
        *(Composition("We bake.", ai=ai) for ai in MadeWithAi),
        *(Composition("We bake.", paid=paid) for paid in Paid),
        Composition("We bake.", market="Ireland"),
    ],
)
def test_what_was_written_comes_back_as_it_was(composition: Composition) -> None:
    assert kept(composition) == composition


def test_what_is_said_beside_the_text_stands_in_one_line_each() -> None:
    assert (
        Composition("x", audience="Gardeners\nMarket: Mars", market=" ").context == "Audience: Gardeners Market: Mars"
    )


def test_an_answer_in_other_words_stays_open() -> None:
    answers = [Answer(AI_LABEL, "Yes", "U1", at="1.0"), Answer(COMMERCIAL, "No idea", "U1", at="1.0")]
    assert Composition.of("x", "", "Facts: none", answers) == Composition("x")


def test_what_its_author_said_stands_on_the_message() -> None:
    assert words.about(FULL) == (
        "Who it's for: Gardeners · Where it will be seen: Ireland · Made with AI: Partly · Paid or gifted: Gifted"
    )
    assert words.about(Composition("x")) == ""
    assert words.heading("U1", "linkedin") == "Draft by <@U1> for LinkedIn"
    assert words.notice("U1", "") == "Draft by <@U1>"


def test_there_are_words_for_everything_that_can_be_said() -> None:
    assert set(words.AI_ANSWERS) == set(MadeWithAi)
    assert set(words.PAID_ANSWERS) == set(Paid)
    assert set(words.TOLD) == set(Composed) - {Composed.DONE}
