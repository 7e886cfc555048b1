"""What a direct message is: a post to be reviewed, or something that is said to Candor."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.addressing import is_said_to_candor
from bot.core.draft import Picture
from bot.core.message import Author, Message, Place
from bot.core.reading import Kind, kind_of
from bot.core.words.talk import PROMPTS
from tests.core.said import POSTS

SAID = [
    "hi",
    "Hello Candor!",
    "thanks!",
    "help",
    "What can you do?",
    "Candor, what do you store?",
    "can you look at this?",
    "Give me three openings for our bakery",
    "How do I label a gifted product on Instagram?",
    "Why did you flag the price?",
    "which guidelines do you check?",
    "please explain way-out",
    "Is 'free forever' ok to write?",
    "Is “free forever” allowed?",
    "Can we say that it is the best bread in town?",
    "Does a gifted lamp need a label?",
    *(message for _, message in PROMPTS),
]
MANIFEST = Path(__file__).resolve().parent.parent.parent / "manifest.json"


def direct(text: str) -> Message:
    return Message(Place("T1", "D1", "1.0"), Author.PERSON, "U1", text, direct=True)


@pytest.mark.parametrize("text", SAID)
def test_what_is_said_to_candor_is_conversation(text: str) -> None:
    assert kind_of(direct(text), switched_on=False) is Kind.CONVERSATION


@pytest.mark.parametrize("text", [post for post in POSTS if "\n" not in post])
def test_a_post_in_a_direct_message_is_reviewed(text: str) -> None:
    assert kind_of(direct(text), switched_on=False) is Kind.DRAFT


@pytest.mark.parametrize(
    "text",
    [
        "Is it ok to eat cake for breakfast? On Sundays, yes.",
        "Is your coffee too strong? Ours comes in three roasts.",
        "Is it Friday yet?",
    ],
)
def test_a_post_that_asks_its_readers_is_reviewed(text: str) -> None:
    assert not is_said_to_candor(text)


def test_signs_of_a_post_and_a_mention_speak_for_a_review() -> None:
    said = direct("What can you do?")
    for change in (
        {"mentions_us": True},
        {"zones": ((0, 4),)},
        {"pictures": (Picture(),)},
        {"text": f"IG: {said.text}"},
    ):
        assert kind_of(replace(said, **change), switched_on=False) is Kind.DRAFT


def test_long_texts_are_posts() -> None:
    assert not is_said_to_candor("What can you do?\n\nMuch.\n\nSee us on Saturday.")
    assert not is_said_to_candor("What can you " + "do " * 60)


def test_the_manifest_offers_the_same_prompts() -> None:
    view = json.loads(MANIFEST.read_text(encoding="utf-8"))["features"]["agent_view"]
    assert [(one["title"], one["message"]) for one in view["suggested_prompts"]] == list(PROMPTS)
