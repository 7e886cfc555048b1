"""How often later words that are a dismissed point stay quiet, and how often others do by mistake.

    python benchmarks/dismissed.py tests/quality/dismissed_pairs.jsonl

Each line is a pair: {"lang": "en", "kind": "plural", "dismissed": "...", "later": "...", "same": true}. With
"held_out" the pairs that nobody looked at while the matching was built are counted by themselves.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bot.rules.wording import covers


def main(file: str) -> None:
    """Print a table of Markdown, and the pairs that were judged wrong."""
    pairs = [json.loads(line) for line in Path(file).read_text("utf-8").splitlines()]
    groups = {"all": pairs, "held out": [pair for pair in pairs if pair.get("held_out")]}
    groups |= {key: [p for p in pairs if p["lang"] == key] for key in sorted({p["lang"] for p in pairs})}
    groups |= {key: [p for p in pairs if p["kind"] == key] for key in dict.fromkeys(p["kind"] for p in pairs)}
    print("| pairs | the same point, kept quiet | another point, kept quiet by mistake |\n| --- | --- | --- |")  # noqa: T201
    for name, some in groups.items():
        print(f"| {name} | {_share(some, same=True)} | {_share(some, same=False)} |")  # noqa: T201
    for pair in pairs:
        if covers(pair["dismissed"], pair["later"]) != pair["same"]:
            print(f"wrong: {pair['dismissed']} | {pair['later']}")  # noqa: T201


def _share(pairs: list[dict[str, Any]], *, same: bool) -> str:
    some = [covers(pair["dismissed"], pair["later"]) for pair in pairs if pair["same"] is same]
    return f"{sum(some)} of {len(some)}" if some else "–"


if __name__ == "__main__":
    main(sys.argv[1])
