"""Which language short texts are taken for, by their length.

    python -m benchmarks.languages lingua-rs/language-models [--words]

Reads `<language>/testdata/sentences.txt` under each folder that is named: the test sentences of the lingua library
(github.com/pemistahl/lingua-rs, from Leipzig's corpora of web pages) lie so. A quarter of the sentences each is cut to
30, 60, 100 and 200 characters at the end of a word; those under 20 are left out. Nothing was tuned on every second one,
and only these are counted. `--words` tells how it would be by small words alone.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.reading.languages import language_of, recognise_with
from bot.rules.text import recognised

if TYPE_CHECKING:
    from collections.abc import Iterator

READ = ("en", "de", "fr", "es")
"""The languages that fixed checks read."""
LENGTHS = (30, 60, 100, 200)
FEWEST = 20


def main(folders: list[Path]) -> None:
    """A line for each language: the share that is right by length, and what the rest is taken for."""
    width = " | ".join(f"to {length}" for length in LENGTHS)
    sys.stdout.write(f"| language | texts | {width} | the rest |\n|{'---|' * (len(LENGTHS) + 3)}\n")
    for path in sorted(path for folder in folders for path in folder.glob("*/testdata/sentences.txt")):
        language = path.parent.parent.name
        found: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for length, text in _texts(path):
            told = language_of(text)
            found[length][told if told in READ else "another"] += 1
        _tell(language, found)


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(filter(str.strip, path.read_text(encoding="utf-8").splitlines())):
        length = LENGTHS[number // 2 % len(LENGTHS)]
        text = line.strip().strip('"«»“”')
        text = text if len(text) <= length else text[: length + 1].rpartition(" ")[0]
        if number % 2 and len(text) >= FEWEST:
            yield length, text


def _tell(language: str, found: dict[int, Counter[str]]) -> None:
    right = language if language in READ else "another"
    shares = [f"{found[n][right] / found[n].total():.0%}" if found[n] else "" for n in LENGTHS]
    every = sum(found.values(), Counter[str]())
    rest = ", ".join(f"{name} {n / every.total():.1%}" for name, n in every.most_common() if name != right)
    sys.stdout.write(f"| {language} | {every.total()} | {' | '.join(shares)} | {rest} |\n")


if __name__ == "__main__":
    recognise_with((lambda _: ()) if "--words" in sys.argv else recognised)
    main([Path(name) for name in sys.argv[1:] if name != "--words"])
