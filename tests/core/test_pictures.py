from __future__ import annotations

import pytest

from bot.core.guidelines import Severity
from bot.core.judging import Critique, LeftOut, ModelPart, Outcome, PicturePoint, PictureReview, kind_of
from bot.core.reviewing import standing_of
from bot.core.words import reviewing as words

POINT = PicturePoint(1, "a/claim", Severity.SHOULD_FIX, quote="cures", why="Nobody has shown it.")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\nrest", "image/png"),
        (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        (b"GIF87a rest", "image/gif"),
        (b"GIF89a rest", "image/gif"),
        (b"RIFF\0\0\0\0WEBPrest", "image/webp"),
        (b"RIFF\0\0\0\0WAVErest", ""),
        (b"<svg onload='x'>", ""),
        (b"<!doctype html>", ""),
        (b"", ""),
    ],
)
def test_a_picture_is_known_by_its_first_bytes(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


def test_the_footer_says_what_a_model_looked_at_and_what_not() -> None:
    reasons = (LeftOut.TOO_LARGE, LeftOut.TOO_MANY, LeftOut.TOO_LARGE)
    assert words.pictures_footer(PictureReview(2, "m-1", reasons), 9) == (
        "2 pictures looked at (m-1). 1 picture not looked at: only the first 4 are looked at. "
        "2 pictures not looked at: larger than 5 MB."
    )
    assert words.pictures_footer(PictureReview(1, "recorded 2026-03-01"), 1) == "1 picture looked at."
    assert words.pictures_footer(PictureReview(1), 1) == "1 picture looked at."
    assert words.pictures_footer(PictureReview(2, unread=1), 2) == (
        "2 pictures looked at. 1 picture not read to the end: more than 4000 characters."
    )
    assert words.pictures_footer(None, 0) == words.pictures_footer(PictureReview(), 0) == ""


def test_there_are_words_for_every_reason() -> None:
    assert words.pictures_footer(PictureReview(left_out=tuple(LeftOut)), 9).count("not looked at: ") == len(LeftOut)


def test_the_question_names_the_pictures() -> None:
    assert words.made_with_ai([1], 1) == "Was the picture made with AI?"
    assert words.made_with_ai([2], 3) == "Was picture 2 made with AI?"
    assert words.made_with_ai([1, 2, 4], 4) == "Were pictures 1, 2 and 4 made with AI?"


def test_points_in_pictures_are_counted_and_nothing_is_all_handled_beside_them() -> None:
    critique = Critique(
        Outcome.FINDINGS,
        fixed_rules_only=False,
        model_part=ModelPart.ANSWERED,
        pictures=PictureReview(1, points=(POINT,)),
    )
    standing = standing_of(critique)
    assert words.headline(standing) == "1 point about a picture"
    assert not standing.handled
    assert not standing.silent
    two = Critique(Outcome.FINDINGS, fixed_rules_only=False, pictures=PictureReview(1, points=(POINT, POINT)))
    assert words.headline(standing_of(two)) == "2 points about pictures"


def test_the_lines_around_a_point_and_a_proposal() -> None:
    assert words.label_in_picture(2, POINT.finding, "Claims") == "🟠 Should fix, in picture 2: Claims"
    assert words.spoken("Why", 2, "Claims", in_picture=True) == "Why: picture 2, Claims"
    assert words.more(2) == "And 2 more points about pictures."
    assert words.alt_text(1) == "Suggested alt text for picture 1:"
