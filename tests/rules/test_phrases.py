from __future__ import annotations

import pytest

from bot.core.errors import BrokenPhrase
from bot.rules.matching import Pattern, fold
from bot.rules.phrases import pattern_of


def _matches(phrase: str, text: str) -> bool:
    return Pattern(pattern_of(phrase)).fills(fold(text).encode())


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("act now", "Act now"),
        ("act now", "ACT, NOW"),
        ("act now", "act-now"),
        ("act now", "act\nnow"),
        ("act (now|fast|right away)", "act right away"),
        ("[do] act now", "act now"),
        ("[do] act now", "do act now"),
        ("act [right] now", "act right now"),
        ("act now [please]", "act now"),
        ("act now [please]", "act now please"),
        ("don't wait", "don’t wait"),
        ("you('re| are) late", "you’re late"),
        ("you('re| are) late", "you are late"),
        ("hurry*", "hurrying"),
        ("only {n} left", "only 3 left"),
        ("only {n} left", "only a few left"),
        ("only {words} left", "only left"),
        ("only {words} left", "only two green ones left"),
        ("save {number}%", "save 1,200%"),
        ("code {word}", "code ANA10"),
        ("act now", "𝗔𝗖𝗧 𝗡𝗢𝗪"),
        ("act now", "a\u200bct now"),
        ("yes|no", "no"),
        ("été (chaud|froid)", "Été chaud"),
    ],
)
def test_a_phrase_matches_what_a_person_would_expect(phrase: str, text: str) -> None:
    assert _matches(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("act now", "act right now"),
        ("act now", "actnow"),
        ("only {words} left", "only one two three four left"),
        ("only {n} left", "only many left"),
        ("act (now|fast)", "act"),
    ],
)
def test_a_phrase_does_not_match_other_words(phrase: str, text: str) -> None:
    assert not _matches(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("", "an alternative is empty"),
        ("act (now", "missing"),
        ("act now)", "closes nothing"),
        ("[act] [now]", "must not be optional"),
        ("act (now|)", "empty"),
        ("only {many} left", "is not a slot"),
        ("only {n left", "is not a slot"),
        (f"{'(' * 2000}act{')' * 2000}", "nested too deep"),
        (f"{'[a ' * 2000}act{']' * 2000}", "nested too deep"),
    ],
)
def test_a_broken_phrase_is_refused_with_its_reason(phrase: str, reason: str) -> None:
    with pytest.raises(BrokenPhrase, match=reason):
        pattern_of(phrase)


@pytest.mark.parametrize("pattern", [r"(?<=a)b", r"(a)\1", r"(x{1000}){1000}", "("])
def test_a_pattern_that_re2_cannot_run_in_linear_time_is_refused(pattern: str) -> None:
    with pytest.raises(BrokenPhrase, match="RE2 refuses"):
        Pattern(pattern).check()
