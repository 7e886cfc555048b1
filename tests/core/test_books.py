"""A brand book in parts, its proposals, and what people read about them."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.core.brand import books
from bot.core.brand.books import Book, BookPage, GuidelineProposal, ProposalState, as_stored, from_stored, parts_of
from bot.core.brand.own_guidelines import GuidelineForm
from bot.core.guidelines import Severity
from bot.core.words.brand import books as words

FORM = GuidelineForm(
    "Guests, not customers",
    "Calls guests customers",
    "Do we say guests?",
    why="Guests feel at home.",
    severity=Severity.CONSIDER,
    bad=("Our ==customers== love it.",),
    good=("Our guests love it.",),
    phrases=("customers",),
)
PROPOSAL = GuidelineProposal(FORM, "We say guests, not customers.", "page 4")
BOOK = Book("b1", "U1", 1.0, file="F1", name="book.pdf", place="C1", thread="5.0", proposals=(PROPOSAL,) * 2)


def test_whole_pages_are_read_together_and_long_ones_in_pieces_that_lose_nothing() -> None:
    long = "\n".join(["a line of a page"] * 1_500) + "x" * 20_000
    pages = [BookPage("page 1", "a" * 7_000), BookPage("page 2", "b" * 5_000), BookPage("page 3", long)]
    parts = parts_of([*pages, BookPage("page 4", " ")])
    assert [one.where for one in parts[0]] == ["page 1", "page 2"]
    assert "".join(one.text for part in parts for one in part if one.where == "page 3") == long
    assert all(sum(len(one.text) for one in part) <= books._PART for part in parts)  # pyright: ignore[reportPrivateUsage]
    assert parts[1][0].text.endswith("a page\n")
    assert parts_of([]) == []


def test_a_proposal_comes_back_from_json_as_it_was() -> None:
    assert from_stored(json.loads(json.dumps(as_stored(PROPOSAL)))) == PROPOSAL


def test_what_is_open_keeps_its_number() -> None:
    assert BOOK.decided(0, ProposalState.TAKEN).open == ((1, PROPOSAL),)
    assert BOOK.decided(1, ProposalState.DECLINED).open == ((0, PROPOSAL),)


def test_what_people_read() -> None:
    assert words.left_out(0, 0) == ""
    assert words.left_out(2, 1) == (
        "2 proposals left out, because I couldn't find their words in the book. "
        "1 proposal left out, for links, commands or other things a guideline can't contain."
    )
    assert words.left_out(1, 0) == "1 proposal left out, because I couldn't find its words in the book."
    assert words.takes(3, 12_400, 0.031, "m") == "With m that's 3 calls and about 12,400 tokens, about $0.03."
    assert words.takes(1, 900, None, "m") == "With m that's 1 call and about 900 tokens."
    assert words.progress(0, 3, 0) == "Reading: part 1 of 3, 0 proposals so far."
    assert words.ended(12, "book.pdf") == "*12 proposals from book.pdf*"
    assert words.title("book.pdf") == "*Brand book: book.pdf*"
    assert words.proposed("Name", "Name") == words.proposed("Name", "") == "Name"
    assert words.proposed("Name", "Problem") == "Name\nProblem"
    assert words.rests_on("We bake.", words.page(2)) == "“We bake.” (page 2)"
    assert (words.under(""), words.under("Voice")) == ("at the beginning", "under “Voice”")
    assert words.line("book.pdf", 1) == "book.pdf\n1 proposal to look at"
    assert "300 pages" in words.too_many_pages(300)
    assert "300,000 characters" in words.too_long(300_000)
    assert "I had to stop: it's busy." in words.interrupted("it's busy")
    assert replace(BOOK, proposals=()).open == ()
