"""Learns which words speak for a post, and which for words to colleagues: writes bot/core/reading/weights.py.

    uv run --with scikit-learn python -m benchmarks.learning tests/quality/messages/learn-*.jsonl

One message to a line: `{"text": ..., "label": "draft" | "talk" | "mixed"}`, and of a mixed one its `draft_parts` and
`not_draft`. Two logistic regressions with an L1 penalty, so that few words have a weight; the second learns from
messages as the first leaves them. The tables of tests/core/said.py are learned as well. A line with a `weight` is by
people, found elsewhere (docs/quality.md says where): only the second learns from it, and `--notes 0` leaves the first
as it is. benchmarks/draft_or_talk.py counts how well it does on messages that were not learned.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.core.drafts import Message, Place
from bot.core.reading import side_notes
from bot.core.reading.draft_or_talk import signs_of
from bot.core.reading.side_notes import Learned, note_signs, pieces_before, pieces_behind, set_apart, words_of
from bot.slack.wire.payloads import message_of
from tests.core.said import POSTS, TALK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Features = dict[str, float]
PLACE = Place("T1", "C1", "1.0")
TARGET = Path(__file__).resolve().parent.parent / "bot" / "core" / "reading" / "weights.py"
SEEN = 4
"""Messages in which a word has to stand."""
SMALLEST = 0.05
"""Weights below are left out."""
WIDTH = 116
"""Characters of a line of weights."""
FEWEST = 3
"""Words of a part that is learned from as if it were a message."""


@dataclass(frozen=True, slots=True)
class Example:
    """Features and what they are features of, with how much it counts."""

    features: Features
    positive: bool
    weight: float = 1.0


def message(text: str) -> Message:
    """As Slack would send it."""
    return message_of({"user": "U1", "ts": "1.0", "text": text}, PLACE, "U0")


def lines(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """What the files hold."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def note_examples(paths: Iterable[Path]) -> Iterator[Example]:
    """The pieces at both ends of drafts, up to the first that is the draft's own."""
    for line in lines(paths):
        if line["label"] == "talk" or "weight" in line:
            continue
        text = message(line["text"]).text
        notes = line.get("not_draft", [])
        for closing, pieces in ((False, pieces_before(text)), (True, pieces_behind(text))):
            for begin, end in pieces:
                piece = text[begin:end].strip()
                features = words_of(piece) | note_signs(text, begin, end, closing=closing)
                yield Example(features, bool(piece) and any(piece in note for note in notes))


def message_examples(paths: Iterable[Path]) -> Iterator[Example]:
    """Whole messages, without the notes that were learned to be some; and the parts of mixed ones."""
    for texts, positive in ((POSTS, True), (TALK, False)):
        for text in texts:
            yield Example(features_of(text), positive, 5.0)
    for line in lines(paths):
        mixed = line["label"] == "mixed"
        weight = line.get("weight", 0.5 if mixed else 1.0)
        yield Example(features_of(line["text"]), line["label"] != "talk", weight)
        for name, positive in (("draft_parts", True), ("not_draft", False)) if mixed else ():
            for part in line[name]:
                if len(part.split()) > FEWEST:
                    yield Example(features_of(part), positive=positive, weight=0.5)


def features_of(text: str) -> Features:
    """As `post_odds` has them."""
    around = set_apart(message(text))
    return signs_of(around.message, asking=around.asking) | words_of(around.message.text)


def learned(examples: list[Example], strength: float) -> Learned:
    """A logistic regression; a greater ``strength`` follows the examples more closely."""
    extraction: Any = import_module("sklearn.feature_extraction")  # not among this project's own packages
    linear: Any = import_module("sklearn.linear_model")
    counted = Counter(name for example in examples for name in example.features)
    known = {name for name, number in counted.items() if number >= SEEN and can_be_written(name)}
    kept = [{name: value for name, value in one.features.items() if name in known} for one in examples]
    vectors = extraction.DictVectorizer()
    matrix = vectors.fit_transform(kept)
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = linear.LogisticRegression(C=strength, l1_ratio=1.0, solver="liblinear", random_state=0)
    model.fit(matrix, [one.positive for one in examples], sample_weight=[one.weight for one in examples])
    names, values = list[str](vectors.feature_names_), list[float](model.coef_[0])
    weights = {name: round(value, 2) for name, value in sorted(zip(names, values, strict=True))}
    found = {name: weight for name, weight in weights.items() if abs(weight) >= SMALLEST}
    return Learned({"@always": round(float(model.intercept_[0]), 2), **found})


def can_be_written(name: str) -> bool:
    """True for what a reader of the file can tell from its neighbours."""
    return all(c.isalnum() or c in "_@<>^$-'!?.,:;%&+()#" for c in name)


def written(learned: Learned) -> str:
    """The weights as text, line after line."""
    rows, row = list[str](), ""
    for pair in (f"{name}={weight:g}" for name, weight in learned.weights.items()):
        if len(row) + len(pair) >= WIDTH:
            rows, row = [*rows, row], ""
        row += f" {pair}" if row else pair
    return "\n".join([*rows, row])


def main(paths: list[Path], notes: float, messages: float) -> None:
    """Learn and write them; those of notes stay as they are where their strength is 0."""
    side_notes.NOTES = learned(list(note_examples(paths)), notes) if notes else side_notes.NOTES
    about = learned(list(message_examples(paths)), messages)
    TARGET.write_text(TEMPLATE.format(notes=written(side_notes.NOTES), messages=written(about)), encoding="utf-8")
    sys.stdout.write(f"{len(side_notes.NOTES.weights)} and {len(about.weights)} weights\n")


TEMPLATE = '''"""What was learned from messages: how much a word speaks for one side. benchmarks/learning.py writes it.

A feature and its part in the logarithm of the odds. A word stands alone or with the next one, `^` is the beginning of a
text and `$` its end; `<number>`, `<emoji>`, `<link>`, `<@>` and `<#>` are kinds of words, and names with `@` are signs.
"""

NOTES_LEARNED = """
{notes}
"""
"""For words to colleagues at the beginning or the end of a message, against the draft's own."""
MESSAGES_LEARNED = """
{messages}
"""
"""For a post, against talk."""
'''


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--notes", type=float, default=2.0)
    parser.add_argument("--messages", type=float, default=0.7)
    given = parser.parse_args()
    main(given.files, given.notes, given.messages)
