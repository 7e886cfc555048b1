"""The message and the window of a brand book fit Slack's limits, and its words can call nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.brand.books import MOST_PROPOSALS, MOST_PROPOSED_FACTS, Book, BookShown, BookState
from bot.core.brand.own_guidelines import KeptSet
from bot.core.words.brand import books as words
from bot.slack.brand.books import (
    BOOK_EDIT,
    BOOK_FACT,
    BOOK_SEE,
    BOOK_START,
    BOOK_STOP,
    book_blocks,
    book_in,
    proposals_window,
)
from bot.slack.brand.own_guidelines import ListedSet, list_window
from bot.slack.listeners import is_book_sent
from bot.workspace.checking import check_message_blocks, check_view
from tests.core.test_books import BOOK, FACT, PROPOSAL

if TYPE_CHECKING:
    from bot.slack.wire.payloads import Json

NAMED = replace(BOOK, name="<!here> *book* @dana.pdf")


def drawn(book: Book, shown: BookShown) -> tuple[str, list[str]]:
    """What it says, and its buttons."""
    blocks = book_blocks(book, shown)
    check_message_blocks(blocks)
    said = json.dumps(blocks, ensure_ascii=False)
    assert "<!here>" not in said
    assert "@dana" not in said
    return said, [one["action_id"] for block in blocks for one in block.get("elements", ()) if "action_id" in one]


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (BookState.ASKING, [BOOK_START, BOOK_SEE, BOOK_STOP]),
        (BookState.RUNNING, [BOOK_STOP]),
        (BookState.DONE, [BOOK_SEE]),
        (BookState.STOPPED, []),
    ],
)
def test_the_message_says_how_far_it_is(state: BookState, buttons: list[str]) -> None:
    said, shown = drawn(replace(NAMED, state=state, unfounded=2), BookShown(3, "What it takes."))
    assert shown == buttons
    assert ("2 proposals left out" in said) is (state is BookState.DONE)


def test_nothing_found_is_said_without_a_button() -> None:
    said, shown = drawn(replace(NAMED, state=BookState.DONE, proposals=()), BookShown(3))
    assert (words.NOTHING in said, shown) == (True, [])


def test_the_window_holds_every_proposal_with_its_sentence_and_its_page() -> None:
    long = replace(PROPOSAL, quote="<!channel> " + "x" * 900)
    window = proposals_window(replace(BOOK, proposals=(PROPOSAL, *[long] * (MOST_PROPOSALS - 1))))
    check_view(window, "modal")
    said = json.dumps(window, ensure_ascii=False)
    assert "*" not in said  # plain text shows it as it is
    assert "Guests, not customers\\nCalls guests customers" in said
    assert "“We say guests, not customers.” (page 4)" in said
    assert all(block["text"]["type"] == "plain_text" for block in window["blocks"] if block["type"] == "section")
    for empty in (None, replace(BOOK, proposals=())):
        assert words.NONE_LEFT in json.dumps(proposals_window(empty))


def test_facts_and_terms_come_after_guidelines_and_what_has_no_room_is_counted() -> None:
    mention = replace(FACT, fact=replace(FACT.fact, value="<!channel> @dana *x*"))
    window = proposals_window(replace(BOOK, proposals=(mention, FACT, PROPOSAL)))
    check_view(window, "modal")
    said = [block["text"]["text"] for block in window["blocks"] if block["type"] == "section"]
    assert [one.partition(":")[0] for one in said] == [
        "Guests, not customers\nCalls guests customers",
        "Origin",
        "Origin",
    ]
    assert said[2] == "Origin: Founded in 2016 in Leeds (Kestrel)"
    assert all(block["text"]["type"] == "plain_text" for block in window["blocks"] if block["type"] == "section")
    buttons = [block["elements"][0] for block in window["blocks"] if block["type"] == "actions"]
    assert [(one["action_id"], json.loads(one["value"])) for one in buttons] == [
        (BOOK_EDIT, ["b1", 2]),
        (BOOK_FACT, ["b1", 0]),
        (BOOK_FACT, ["b1", 1]),
    ]
    full = proposals_window(replace(BOOK, proposals=(FACT,) * MOST_PROPOSED_FACTS))
    check_view(full, "modal")
    assert words.more(MOST_PROPOSED_FACTS - 24) in json.dumps(full)


def test_as_many_proposals_as_a_window_holds_are_set_apart_by_lines() -> None:
    many = replace(BOOK, proposals=BOOK.proposals[:1] * 60)
    blocks = check_view(proposals_window(many), "modal")["blocks"]
    assert len(blocks) <= 100
    assert sum(one["type"] == "divider" for one in blocks) == sum(one["type"] == "actions" for one in blocks) > 20


def test_the_list_of_guidelines_names_books_with_open_proposals() -> None:
    view = list_window(ListedSet(KeptSet(), {}, books=(BOOK,)))
    check_view(view, "modal")
    assert "book.pdf\\n2 proposals to look at" in json.dumps(view)


@pytest.mark.parametrize(
    ("changed", "sent"),
    [
        ({}, True),
        ({"channel_type": "channel"}, False),
        ({"bot_id": "B1"}, False),
        ({"subtype": "message_changed"}, False),
        ({"files": [{"name": "Our Book.md"}]}, True),
        ({"files": [{"name": "draft.md"}], "text": "Could you read this?"}, False),
        ({"files": [{"name": "a-long-message.txt"}]}, False),
        ({"files": []}, False),
    ],
)
def test_what_is_a_brand_book_in_a_direct_message(changed: dict[str, Any], *, sent: bool) -> None:
    event: Json = {"subtype": "file_share", "channel_type": "im", "files": [{"name": "Our Book.PDF"}]}
    assert is_book_sent(event | changed) is sent


def test_the_shortcut_takes_text_files_too() -> None:
    assert book_in({"files": [{"name": "a.png"}, {"name": "voice.md"}]}) == {"name": "voice.md"}
    assert book_in({"files": [{"name": "a.png"}]}) == {}
