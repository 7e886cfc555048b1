"""Precision and recall of the fixed rules on posts with known labels.

    python benchmarks/rules_quality.py POSTS.jsonl [--show TAG|clean]

A row: ``{id, text, platform, expected: [tag], judged: [tag], basis, domain}``. Labels are partial: a
finding outside ``judged`` is neither right nor wrong. A clean post expects "ok" and is judged for more
than five tags.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from bot.assemble.critic import fixed_rules
from bot.core.draft import Draft, platform_named
from bot.core.severity import Severity
from bot.settings import read_settings

TAGS: dict[str, list[str]] = json.loads(Path(__file__).with_name("tags.json").read_text(encoding="utf-8"))
_MANY = 5


def main() -> None:
    """Print one line per tag, then the alarms on clean posts by severity."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("posts", type=Path)
    parser.add_argument("--show", default="", help="print the misses and false alarms of one tag, or of clean posts")
    arguments = parser.parse_args()
    rules = fixed_rules(read_settings())
    rows = [json.loads(line) for line in arguments.posts.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["findings"] = rules.findings(Draft(row["text"], platform_named(row["platform"]) or ""))
    for tag in TAGS:
        _tag(tag, [row for row in rows if tag in row["judged"]], show=arguments.show == tag)
    clean = [row for row in rows if row["expected"] == ["ok"] and len(row["judged"]) > _MANY]
    _clean(clean, show=arguments.show == "clean")


def _tag(tag: str, rows: list[dict[str, Any]], *, show: bool) -> None:
    counts: Counter[str] = Counter()
    for row in rows:
        hits = [f for f in row["findings"] if f.guideline in TAGS[tag]]
        verdict = ("fp", "tp")[tag in row["expected"]] if hits else ("tn", "fn")[tag in row["expected"]]
        counts[verdict] += 1
        if show and verdict in ("fp", "fn"):
            sys.stdout.write(f"  {verdict} {row['id']} {row['text']!r} {[(f.rule, f.quote) for f in hits]}\n")
    tp, fp, fn = counts["tp"], counts["fp"], counts["fn"]
    precision = f"{tp / (tp + fp):.3f}" if tp + fp else "  -  "
    recall = f"{tp / (tp + fn):.3f}" if tp + fn else "  -  "
    sys.stdout.write(f"{tag:24} precision {precision}  recall {recall}  right {tp}  wrong {fp}  missed {fn}\n")


def _clean(rows: list[dict[str, Any]], *, show: bool) -> None:
    severe = [row for row in rows if any(f.severity is not Severity.CONSIDER for f in row["findings"])]
    mild = [row for row in rows if row["findings"] and row not in severe]
    sys.stdout.write(f"clean posts {len(rows)}: must-fix or should-fix {len(severe)}, consider only {len(mild)}\n")
    if show:
        for row in severe + mild:
            found = [(f.guideline, f.rule, f.severity.value, f.quote) for f in row["findings"]]
            sys.stdout.write(f"  {row['id']} {row['text']!r} {found}\n")


if __name__ == "__main__":
    main()
