"""A brand book in parts, its proposals, and what people read about them."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.core.brand import books
from bot.core.brand.books import (
    LONGEST_BOOK,
    Book,
    BookPage,
    FactProposal,
    GuidelineProposal,
    ProposalState,
    Proposed,
    as_stored,
    fact_rows,
    from_stored,
    parts_of,
    sourced,
    with_proposed,
)
from bot.core.brand.facts import LONGEST_SOURCE, Fact, FactKind
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
FACT = FactProposal(Fact("Founded in 2016 in Leeds", FactKind.ORIGIN, about="Kestrel"), "We began in Leeds.", "page 2")
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
    for one in (PROPOSAL, FACT, replace(FACT, state=ProposalState.TAKEN)):
        assert from_stored(json.loads(json.dumps(as_stored(one)))) == one


def test_each_thing_is_proposed_once_and_no_more_than_are_kept() -> None:
    named = [replace(FACT, fact=replace(FACT.fact, value=f"Fact {one}")) for one in range(books.MOST_PROPOSED_FACTS)]
    shouted = replace(FACT, fact=replace(FACT.fact, value=FACT.title.upper()))
    same_words = replace(FACT, fact=replace(FACT.fact, value=PROPOSAL.title))
    book = with_proposed(replace(BOOK, proposals=(PROPOSAL,)), Proposed((FACT, shouted, PROPOSAL, same_words), 2), _all)
    assert book.proposals == (PROPOSAL, FACT, same_words)
    assert (book.done, book.unfounded, book.unusable, book.is_full) == (1, 2, 0, False)
    assert (book.guidelines, book.facts) == ((PROPOSAL,), (FACT, same_words))
    many = with_proposed(book, Proposed(tuple(named)), _all)
    assert (len(many.facts), many.is_full) == (books.MOST_PROPOSED_FACTS, False)
    forms = tuple(replace(PROPOSAL, form=replace(FORM, title=str(one))) for one in range(books.MOST_PROPOSALS))
    assert with_proposed(many, Proposed(forms), _all).is_full
    assert with_proposed(book, Proposed(forms[:2]), lambda _: None).unusable == 2


def _all(form: GuidelineForm) -> GuidelineForm:
    return form


def test_a_facts_source_is_the_book_but_that_is_no_evidence_of_a_claim() -> None:
    assert sourced("book.pdf", FACT) == replace(FACT.fact, source="book.pdf, page 2")
    assert len(sourced("b" * LONGEST_BOOK, FACT).source) <= LONGEST_SOURCE
    claim = replace(FACT, fact=replace(FACT.fact, kind=FactKind.CLAIM))
    assert fact_rows("book.pdf", [FACT, claim]) == [
        ["Kind", "Fact", "Source", "About"],
        ["Origin", "Founded in 2016 in Leeds", "book.pdf, page 2", "Kestrel"],
        ["Claim", "Founded in 2016 in Leeds", "", "Kestrel"],
    ]
    assert sourced("book.pdf", claim).source == ""


def test_what_is_open_keeps_its_number() -> None:
    assert BOOK.decided(0, ProposalState.TAKEN).open == ((1, PROPOSAL),)
    assert BOOK.decided(1, ProposalState.DECLINED).open == ((0, PROPOSAL),)


def test_what_people_read() -> None:
    assert words.left_out(0, 0) == ""
    assert words.left_out(2, 1) == (
        "2 proposals left out, because the book's own words don't bear them out. "
        "1 proposal left out, for links, commands or other things a guideline can't contain."
    )
    assert words.left_out(1, 0) == "1 proposal left out, because the book's own words don't bear it out."
    assert words.takes(3, 12_400, 0.031, "m") == "With m that's 3 calls and about 12,400 tokens, about $0.03."
    assert words.takes(1, 900, None, "m") == "With m that's 1 call and about 900 tokens."
    assert words.progress(0, 3, 0) == "Reading: part 1 of 3, 0 proposals so far."
    assert words.ended(12, 0, "book.pdf") == "*12 proposals from book.pdf*: 12 guidelines"
    assert words.ended(1, 2, "book.pdf") == "*3 proposals from book.pdf*: 1 guideline, 2 facts and terms"
    assert words.ended(0, 1, "book.pdf") == "*1 proposal from book.pdf*: 1 fact or term"
    assert words.ended(0, 0, "book.pdf") == "*0 proposals from book.pdf*"
    assert words.fact("Origin", "Made in Leeds", "") == "Origin: Made in Leeds"
    assert words.fact("AI label", "I'm AI", "Ava") == "AI label: I'm AI (Ava)"
    assert words.took(2, 12_400, 0.031, "m") == "m read it in 2 calls: 12,400 tokens, $0.03."
    assert words.took(1, 900, None, "m") == "m read it in 1 call: 900 tokens."
    assert words.cannot_use("a.pdf", "Why.") == "a.pdf: Why."
    assert "new isn't an empty folder" in words.not_empty("new")
    assert words.interrupted_here(1, 2, "it's busy").startswith("Stopped after 1 of 2 parts: it's busy.")
    assert words.written(1, 0, "new") == (
        "Written to new: 1 guideline.\nCheck the guidelines, then run: candor guidelines --import new"
    )
    assert "facts.csv" in words.written(0, 2, "new")
    assert words.without_evidence(2).startswith("2 claims without evidence")
    assert words.more(1) == "1 more proposal will move up as you decide on these."
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
