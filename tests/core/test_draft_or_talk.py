"""What a message is: a draft, talk, or unsure. The tables are the specification; they were learned from as well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.drafts import Author, Draft, Message, Picture, Place
from bot.core.reading.draft_or_talk import (
    MILD_REQUESTS,
    REQUESTS,
    MessageKind,
    hands_over_a_file,
    kind_of,
    may_be_talk,
    refusal_of,
)
from bot.core.reviewing import DraftRecord, RequestOutcome
from tests.core.said import POSTS, TALK, UNSURE

MOST = 0.8


def message(text: str) -> Message:
    return Message(Place("T1", "C1", "1.0"), Author.PERSON, "U1", text=text, has_link="://" in text)


def kind(text: str) -> MessageKind:
    return kind_of(message(text), switched_on=True)


@pytest.mark.parametrize("text", POSTS)
def test_a_post_is_a_draft(text: str) -> None:
    assert kind(text) == MessageKind.DRAFT


@pytest.mark.parametrize("text", TALK)
def test_what_colleagues_say_to_each_other_is_left_alone(text: str) -> None:
    assert kind(text) != MessageKind.DRAFT


@pytest.mark.parametrize(
    "text",
    [
        "“The quiz nights are why I moved here.” Tom Adeyemi, regular since 2019. Next quiz: 14 January, 19:30.",
        '"Be yourself; everyone else is already taken." – Oscar Wilde\n\nHappy Monday from the team!',
        '⭐⭐⭐⭐⭐ "Changed my life!!!" – verified buyer. Over 1 million happy customers can\'t be wrong!',
    ],
)
def test_a_post_that_opens_with_somebodys_words_is_a_draft(text: str) -> None:
    assert kind(text) == MessageKind.DRAFT


@pytest.mark.parametrize(
    "text",
    [
        '"Everyone loves it." – can we say that?',
        '"last chance" is what the client wants, I don\'t like it',
        'Got this by mail: "Where is my parcel?" Tom, can you answer?',
    ],
)
def test_talk_about_somebodys_words_is_none(text: str) -> None:
    assert kind(text) != MessageKind.DRAFT


def test_most_of_it_needs_nobodys_judgement() -> None:
    assert sum(kind(text) is MessageKind.TALK for text in TALK) >= MOST * len(TALK)


@pytest.mark.parametrize(
    "text",
    [
        "95% of customers would order the box again.",
        "9 in 10 customers would order the box again.",
        "Delivery is free!",
        "Delivery costs €5.",
        "Der Versand ist kostenlos.",
        "La livraison est gratuite !",
        "El envío es gratis.",
    ],
)
def test_a_price_or_a_share_of_the_customers_is_a_draft_however_short(text: str) -> None:
    assert kind(text) == MessageKind.DRAFT


@pytest.mark.parametrize(
    "text",
    [
        "delivery is free right?",
        "The photographer costs €500.",
        "We spent 80% of the budget.",
        "I think delivery is free!",
        "Sales are up 12%.",
        "Can someone check that 95% of customers would order again?",
    ],
)
def test_a_figure_among_colleagues_is_none(text: str) -> None:
    assert kind(text) != MessageKind.DRAFT


@pytest.mark.parametrize(
    "text",
    [
        "วันนี้ลดราคาทุกชิ้นในร้าน มาเลยก่อนของหมด",
        "Summer menu at Port Lane and Mill Street",
        "New at Harlow & Finch: cloudy apple juice from Kent",
    ],
)
def test_a_few_words_with_names_or_an_offer_are_a_draft(text: str) -> None:
    assert kind(text) == MessageKind.DRAFT


@pytest.mark.parametrize(
    "text",
    [
        "no idea, works on my machine",
        "it was the cable all along",
        "ah nice, that makes more sense now",
        "I don't think anybody has tried that yet",
        "maybe ask again tomorrow, I think most of us are asleep",
    ],
)
def test_what_people_say_in_passing_needs_nobodys_judgement(text: str) -> None:
    assert kind(text) == MessageKind.TALK


@pytest.mark.parametrize("text", UNSURE)
def test_a_message_that_may_be_either_is_left_to_judgement(text: str) -> None:
    assert kind(text) == MessageKind.UNSURE


@pytest.mark.parametrize(
    "sign",
    [
        {"pictures": (Picture("A loaf"),)},
        {"zones": ((0, 14),)},
        {"text": "IG: Bread is back."},
        {"text": "Bread is back. #bread"},
        {"text": "Bread is back.\nCome in."},
        {"text": "Bread is back: see https://bread.example", "has_link": True},
    ],
)
def test_a_short_message_is_a_draft_where_something_speaks_for_a_post(sign: dict[str, object]) -> None:
    assert kind_of(replace(message("Bread is back."), **sign), switched_on=True) == MessageKind.DRAFT


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, MessageKind.DRAFT),
        ({"mentions": ("U2",)}, MessageKind.DRAFT),
        ({"mentions": ("U2",), "pictures": (Picture(),)}, MessageKind.DRAFT),
        ({"mentions": ("U2",), "zones": ((0, 80),)}, MessageKind.DRAFT),
        (
            {"text": "@here can you look at this?\nBread is back on Saturday. Come in!", "called": ((0, 5),)},
            MessageKind.DRAFT,
        ),
        ({"text": "[name] the printer is on fire", "mentions": ("U2",), "called": ((0, 6),)}, MessageKind.TALK),
        ({"subtype": "file_share", "pictures": (Picture(),)}, MessageKind.DRAFT),
        ({"subtype": "file_share", "pictures": (Picture(),), "text": ""}, MessageKind.NOTHING),
        ({"subtype": "file_share", "pictures": (Picture(),), "text": "😍"}, MessageKind.NOTHING),
        ({"text": " \n "}, MessageKind.NOTHING),
        ({"borrowed": True}, MessageKind.NOTHING),
        ({"borrowed": True, "mentions_us": True}, MessageKind.DRAFT),
        ({"borrowed": True, "direct": True}, MessageKind.DRAFT),
        ({"author": Author.BOT}, MessageKind.NOTHING),
        ({"author": Author.OUTSIDER}, MessageKind.NOTHING),
        ({"author": Author.OUTSIDER, "mentions_us": True}, MessageKind.NOTHING),
        ({"subtype": "me_message"}, MessageKind.NOTHING),
        ({"subtype": "channel_join"}, MessageKind.NOTHING),
        ({"subtype": "channel_topic"}, MessageKind.NOTHING),
        ({"subtype": "bot_message"}, MessageKind.NOTHING),
        ({"subtype": "me_message", "direct": True}, MessageKind.NOTHING),
        ({"thread": "0.5"}, MessageKind.NOTHING),
        ({"thread": "0.5", "subtype": "thread_broadcast"}, MessageKind.NOTHING),
        ({"thread": "0.5", "mentions_us": True}, MessageKind.CONVERSATION),
        ({"thread": "0.5", "direct": True}, MessageKind.CONVERSATION),
    ],
)
def test_who_wrote_it_and_where_decides_before_the_words_do(change: dict[str, object], expected: MessageKind) -> None:
    post = message("We opened a bakery on Elm Street this morning and it smells of cardamom and butter.")
    assert kind_of(replace(post, **change), switched_on=True) == expected


@pytest.mark.parametrize("text", ["thanks!", "Bread is back", "can you look at this?", POSTS[0]])
def test_a_mention_always_gets_a_review(text: str) -> None:
    for direct in (True, False):
        assert kind_of(replace(message(text), mentions_us=True, direct=direct), switched_on=False) == MessageKind.DRAFT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "please look at this",
        "draft v2 attached",
        "See attached",
        "script attached, can you check?",
        "here's the voiceover, feedback please",
        "The draft is in the canvas",
        "Reel for tomorrow 👇",
        "Entwurf im Anhang, bitte prüfen",
        "ci-joint le brouillon",
        "Adjunto el borrador",
    ],
)
def test_words_that_only_hand_over_a_file_are_no_draft_and_the_file_is_said_to_be_unread(text: str) -> None:
    said = replace(message(text), unread=1)
    assert hands_over_a_file(said)
    assert kind_of(said, switched_on=True) in (MessageKind.TALK, MessageKind.NOTHING)
    for change in ({"direct": True}, {"mentions_us": True}):
        assert kind_of(replace(said, **change), switched_on=False) == MessageKind.CONVERSATION
        assert not hands_over_a_file(replace(said, **change))
    assert refusal_of(said) is RequestOutcome.NO_TEXT
    for change in ({"unread": 0}, {"thread": "0.5"}, {"author": Author.BOT}, {"subtype": "channel_join"}):
        assert not hands_over_a_file(replace(said, **change))


@pytest.mark.parametrize(
    "text",
    [
        "invoice for March",
        "Minutes of Monday's meeting",
        "Draft beer is back",
        "Our new video is live: watch it now!",
        "Story time: how we started in a garage",
        "LinkedIn post for Thursday: we are hiring",
        "the new one " * 6,
        *POSTS,
    ],
)
def test_a_caption_beside_a_file_is_read_and_talk_about_one_stays_talk(text: str) -> None:
    said = message(text)
    assert not hands_over_a_file(replace(said, unread=1))
    assert kind_of(replace(said, unread=1), switched_on=True) is kind_of(said, switched_on=True)


def test_only_what_is_unsure_and_not_asked_for_may_be_talk() -> None:
    record = DraftRecord(Place("T1", "C1", "1.0"), "U1", Draft("Bread is back."), revision="0", unsure=True)
    assert may_be_talk(record)
    assert not may_be_talk(replace(record, asked="2.0"))
    assert not may_be_talk(replace(record, unsure=False))


def test_mild_requests_are_requests() -> None:
    assert set(REQUESTS) > MILD_REQUESTS


def test_an_emoji_alone_is_talk_even_where_a_review_would_be_forced() -> None:
    assert kind_of(replace(message("👍"), direct=True), switched_on=False) == MessageKind.TALK


def test_what_stands_on_several_lines_is_no_talk_with_candor_by_its_words_alone() -> None:
    for text in ("I was away\nback on monday", "the one from tuesday\nand the one from friday"):
        assert kind_of(replace(message(text), direct=True), switched_on=False) == MessageKind.DRAFT


@pytest.mark.parametrize("text", [POSTS[0], "IG: Bread is back", "thanks!"])
def test_elsewhere_candor_is_silent(text: str) -> None:
    assert kind_of(message(text), switched_on=False) == MessageKind.NOTHING


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({}, None),
        ({"thread": "0.5"}, None),
        ({"subtype": "me_message"}, None),
        ({"text": ":tada:"}, RequestOutcome.NO_TEXT),
        ({"text": "https://a.example/b"}, RequestOutcome.NO_TEXT),
        ({"text": "see attached", "unread": 1}, RequestOutcome.NO_TEXT),
        ({"subtype": "channel_join"}, RequestOutcome.NOT_BY_A_PERSON),
        ({"author": Author.BOT}, RequestOutcome.NOT_BY_A_PERSON),
        ({"author": Author.OUTSIDER}, RequestOutcome.OUTSIDER),
    ],
)
def test_what_can_be_asked_for(change: dict[str, object], refused: RequestOutcome | None) -> None:
    assert refusal_of(replace(message("thanks!"), **change)) is refused
