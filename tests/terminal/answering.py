"""Scripted answers to the requests of an evaluation: over HTTP, or from a batch file to a result file."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

from tests.model.server import Asked, ScriptedModel, critique, issue, opinions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from bot.evaluation.cases import GoldCase

    Answer = Callable[[Asked], Any]

_NOWHERE = "words that no post of this set holds"


def from_gold(cases: Iterable[GoldCase], *, hallucinated: float = 0.0) -> Answer:
    """Answers with exactly what the gold says, each must-fix confirmed; some quotes may be made up."""
    by_text = {case.draft.text: case for case in cases}
    draw = random.Random(4)  # noqa: S311 - no secret

    def answer(asked: Asked) -> Any:
        if asked.is_second_opinion:
            return opinions("keep")(asked)
        issues = [
            issue(_NOWHERE if draw.random() < hallucinated else gold.quote, gold.label.rpartition("/")[2])
            for gold in by_text[_text(asked, by_text)].expected
        ]
        return critique(*issues)(asked)

    return answer


def whole_posts(guidelines: dict[str, str]) -> Answer:
    """Quotes a whole post under the guideline of its text; a post that is not named is clean."""

    def answer(asked: Asked) -> Any:
        if asked.is_second_opinion:
            return opinions("keep")(asked)
        guideline = guidelines.get(_text(asked, guidelines))
        return critique(*([issue(asked.draft, guideline.rpartition("/")[2])] if guideline else []))(asked)

    return answer


def _text(asked: Asked, texts: Iterable[str]) -> str:
    """The post as it was before personal data was masked: the one with the longest words that were not."""
    longest = max(asked.draft.replace("]", "[").split("["), key=len)
    return next((text for text in texts if text == asked.draft or longest in text), asked.draft)


def answer_batch(requests: Path, results: Path, answer: Answer, *, leave_out: Iterable[str] = ()) -> int:
    """Answer every line of a batch file, in another order; how many there were."""
    server = ScriptedModel()
    lines = [json.loads(line) for line in requests.read_text(encoding="utf-8").splitlines()]
    said: list[str] = []
    for line in reversed(lines):
        if line["custom_id"] in leave_out:
            continue
        asked = Asked(line["url"], line["body"], {})
        text = json.dumps(answer(asked))
        response = {"status_code": 200, "request_id": "r", "body": server.body(asked, text)}
        said.append(json.dumps({"id": "b", "custom_id": line["custom_id"], "response": response, "error": None}))
    results.write_text("\n".join(said), encoding="utf-8")
    return len(lines)
