"""What messages are taken for: drafts, talk, or either.

    python benchmarks/draft_or_talk.py posts.jsonl talk.jsonl

One message to a line, `{"text": ...}` with Slack's markup. Without a model, what may be either is answered only if a
fixed check found something certain in it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from bot.assemble.rules import fixed_rules
from bot.core.drafts import Draft, Place
from bot.core.reading.draft_or_talk import MessageKind, kind_of
from bot.core.reading.side_notes import without_notes
from bot.flows.reviewing import review_text
from bot.settings import read_settings
from bot.slack.wire.payloads import message_of

ROOT = Path(__file__).resolve().parent.parent
PLACE = Place("T1", "C1", "1.0")


def main(path: Path) -> None:
    """Count one file."""
    rules = fixed_rules(read_settings({"PROMPTS_DIR": str(ROOT / "prompts")}))
    counts: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        message = message_of({"user": "U1", "ts": "1.0", "text": json.loads(line)["text"]}, PLACE, "U0")
        kind = kind_of(message, switched_on=True)
        draft = without_notes(message)
        found = kind is MessageKind.UNSURE and bool(
            review_text(Draft(draft.text, draft.platform or ""), rules).findings
        )
        counts[kind] += 1
        counts["answered"] += kind is MessageKind.DRAFT or found
    total = max(1, sum(counts[kind] for kind in MessageKind))
    shares = ", ".join(f"{name} {counts[name] / total:.1%}" for name in (*MessageKind, "answered") if counts[name])
    sys.stdout.write(f"{path.name}: {total} messages: {shares}\n")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        main(Path(name))
