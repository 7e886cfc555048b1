from __future__ import annotations

import pytest

from bot.core.judging import Drop, Failure
from bot.core.words import evaluating as words
from bot.evaluation.cases import MISSING, STALE
from bot.evaluation.running import ALREADY_FOUND, CAP, EXCEPTION


def test_every_reason_and_every_failure_has_its_words() -> None:
    assert set(words.DROP_WORDS) == {*map(str, Drop), ALREADY_FOUND, CAP, EXCEPTION}
    assert set(words.FAULT_WORDS) == {*map(str, Failure), MISSING, STALE}


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        (words.headline(1, words.RULES, ()), "1 post, fixed checks only"),
        (words.headline(2, words.LIVE, ("m-1",)), "2 posts, asked live, m-1"),
        (words.stale(1), "1 recorded answer is out of date"),
        (words.stale(2), "2 recorded answers are out of date"),
        (words.batch_written(144, "out", "/v1/responses"), "144 requests for /v1/responses saved in out."),
        (words.confirmations_written(1, "out"), "1 more request saved in out"),
        (words.too_many_requests(60_000, 50_000), "A batch can hold 50,000 requests, and this makes 60,000."),
        (words.unread(2), "Candor couldn't read 2 lines"),
        (words.failed(1), "1 request failed on the server"),
        (words.recorded("a.jsonl"), "The answers are saved in a.jsonl"),
        (words.cannot_keep("a", "No such file"), "Can't write a: No such file. Choose another"),
    ],
)
def test_sentences_count(said: str, begins: str) -> None:
    assert said.startswith(begins)
