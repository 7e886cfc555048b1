"""What a direct message is: a post to be reviewed, or something that is said to Candor."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.drafts import Author, Message, Picture, Place
from bot.core.reading.draft_or_talk import MessageKind, is_greeting, is_said_to_candor, is_thanks, kind_of
from bot.core.words.conversing import PROMPTS
from tests.core.said import POSTS

SAID = [
    "hi",
    "Hello Candor!",
    "thanks!",
    "great, thanks a lot 🙏",
    "Danke dir!",
    "Good morning",
    "hallo zusammen",
    "¡Hola!",
    "What do you think? Can we say that it is the best bread in town?",
    "How do we say that the product was a gift? We need it short.",
    "Can you help me? I need a caption for our new oven.",
    "Was kannst du?",
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
    return Message(Place("T1", "D1", "1.0"), Author.PERSON, "U1", text=text, direct=True)


@pytest.mark.parametrize("text", SAID)
def test_what_is_said_to_candor_is_conversation(text: str) -> None:
    assert kind_of(direct(text), switched_on=False) is MessageKind.CONVERSATION


@pytest.mark.parametrize("text", [post for post in POSTS if "\n" not in post])
def test_a_post_in_a_direct_message_is_reviewed(text: str) -> None:
    assert kind_of(direct(text), switched_on=False) is MessageKind.DRAFT


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


@pytest.mark.parametrize(
    "text",
    [
        "please review: can you smell it?",
        "What do you think? Our bread is back on Saturday.",
        "Do you know where your coffee comes from? We do. Every bag names the farm.",
        "What does a loaf cost? Ours is €4, and here's who earns what.",
        "Are you ready? The oven opens on Saturday. Come in!",
    ],
)
def test_what_follows_a_request_or_a_question_to_readers_is_reviewed(text: str) -> None:
    assert kind_of(direct(text), switched_on=False) is MessageKind.DRAFT


@pytest.mark.parametrize(
    ("text", "greeting", "thanks"),
    [
        ("Hi!", True, False),
        ("good evening Candor", True, False),
        ("Thanks, that helps!", False, True),
        ("vielen Dank", False, False),
        ("Danke!", False, True),
        ("Thanks to 412 of you", False, False),
        ("Hello Leeds", False, False),
        ("good bread", False, False),
        ("", False, False),
    ],
)
def test_a_greeting_and_thanks_are_told_from_anything_else(text: str, *, greeting: bool, thanks: bool) -> None:
    assert (is_greeting(text), is_thanks(text)) == (greeting, thanks)


def test_a_picture_without_words_is_answered_where_it_is_sent_to_candor() -> None:
    said = replace(direct(""), pictures=(Picture(),))
    assert kind_of(said, switched_on=False) is MessageKind.CONVERSATION
    assert kind_of(replace(said, pictures=(), unread=1), switched_on=False) is MessageKind.CONVERSATION
    assert kind_of(replace(said, direct=False), switched_on=True) is MessageKind.NOTHING
    assert kind_of(replace(said, direct=False, mentions_us=True), switched_on=True) is MessageKind.CONVERSATION


def test_signs_of_a_post_and_a_mention_speak_for_a_review() -> None:
    said = direct("What can you do?")
    for change in (
        {"mentions_us": True},
        {"zones": ((0, 4),)},
        {"pictures": (Picture(),)},
        {"text": f"IG: {said.text}"},
    ):
        assert kind_of(replace(said, **change), switched_on=False) is MessageKind.DRAFT


def test_long_texts_are_posts() -> None:
    assert not is_said_to_candor("What can you do?\n\nMuch.\n\nSee us on Saturday.")
    assert not is_said_to_candor("What can you " + "do " * 60)


def test_the_manifest_offers_the_same_prompts() -> None:
    view = json.loads(MANIFEST.read_text(encoding="utf-8"))["features"]["agent_view"]
    assert [(one["title"], one["message"]) for one in view["suggested_prompts"]] == list(PROMPTS)
