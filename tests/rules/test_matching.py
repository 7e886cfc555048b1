"""Texts in the forms that rules look at: the same as character by character, and with the way back."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.drafts import Draft
from bot.core.reading.languages import Characters
from bot.rules.matching import EncodedText, Pattern, PlainText, fold
from bot.rules.text import SeenDraft, Sentences

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("aA `´’“…\u200b\u200d\ufe0f😍𝗔ßİΣﬁＡ\ud83d\t\u00a0—é.!?\n")))


@given(TEXTS)
def test_a_text_is_folded_as_its_characters_are(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))


@given(TEXTS)
def test_a_plain_text_is_as_long_as_the_text(text: str) -> None:
    plain = PlainText(text)
    assert plain.text == "".join(PlainText(character).text for character in text)
    assert len(plain.text) == len(plain.bytes) == len(text)
    assert plain.signs == {character for character in text if not character.isascii()}


@given(TEXTS, st.booleans())
def test_bytes_lead_back_to_the_characters_that_they_came_from(text: str, folded: bool) -> None:  # noqa: FBT001 - Hypothesis passes it
    encoded = EncodedText(text, folded=folded)
    pieces = [(fold(character) if folded else character).encode("utf-8", "replace") for character in text]
    ends = list(accumulate(map(len, pieces)))
    assert encoded.bytes == b"".join(pieces)
    for at, (piece, end) in enumerate(zip(pieces, ends, strict=True)):
        if piece:
            assert encoded.span(end - len(piece), end) == (at, at + 1)
        start = sum(one <= end for one in ends)
        assert encoded.span(end, end) == (start, start)


def test_only_so_many_characters_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Characters, "_MOST", 3)
    capitals = Characters(str.upper)
    assert capitals.of("añàüéñ straße") == "AÑÀÜÉÑ STRASSE"
    assert len(capitals) <= 3


def test_a_pattern_is_not_looked_for_without_what_it_needs() -> None:
    pattern = Pattern(r"[#@]?\w+", needs="#@")
    assert list(pattern.spans(b"one two")) == []
    assert list(pattern.spans(b"one @two")) == [(0, 3), (4, 8)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two!!! “Three?” Four", ["One. ", "Two!!! ", "“Three?” ", "Four"]),
        ("a.b … c\n\nd.\ne", ["a.b … ", "c\n\n", "d.\n", "e"]),
        ("No end.\u00a0Here.", ["No end.\u00a0Here."]),
        ("Wait...! ", ["Wait...! "]),
    ],
)
def test_sentences_end_with_their_marks_and_the_space_behind(text: str, sentences: list[str]) -> None:
    found = Sentences(text)
    spans = dict.fromkeys(found.around(at) for at in range(len(text)))
    assert [text[start:end] for start, end in spans] == sentences
    assert SeenDraft(Draft(text)).sentences.first_end == len(sentences[0])
