"""What messages are taken for: drafts, talk, or either; and which words to colleagues are set apart.

    python -m benchmarks.draft_or_talk tests/quality/messages/unseen-*.jsonl

One message to a line, `{"text": ...}` with Slack's markup. With a `label` (draft, talk, mixed) each is counted by
itself; with `draft_parts` and `not_draft` also what is left of each. Without a model, what may be either is answered
only if a fixed check found something certain in it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.learning import message
from bot.assemble.rules import fixed_rules
from bot.core.drafts import Draft
from bot.core.reading.draft_or_talk import MessageKind, kind_of
from bot.core.reading.side_notes import without_notes
from bot.flows.reviewing import review_text
from bot.settings import read_settings

ROOT = Path(__file__).resolve().parent.parent


def main(path: Path) -> None:
    """Count one file."""
    rules = fixed_rules(read_settings({"PROMPTS_DIR": str(ROOT / "prompts")}))
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    parts: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        if given.get("unsure"):
            continue
        written = message(given["text"])
        kind, draft = kind_of(written, switched_on=True), without_notes(written)
        found = kind is MessageKind.UNSURE and bool(
            review_text(Draft(draft.text, draft.platform or ""), rules).findings
        )
        counts = kinds[given.get("label", "messages")]
        counts[kind] += 1
        counts["answered without a model"] += kind is MessageKind.DRAFT or found
        notes, own = given.get("not_draft", ()), given.get("draft_parts", ())
        if notes and own:
            parts.update({"notes": len(notes), "kept": sum(note in draft.text for note in notes)})
        if given.get("label") != "talk":
            parts["cut"] += any(part.strip() not in draft.text for part in own or [written.text])
    for label, counts in kinds.items():
        total = sum(counts[kind] for kind in MessageKind)
        shares = ", ".join(f"{name} {number / total:.1%}" for name, number in counts.most_common())
        sys.stdout.write(f"{path.name}: {total} {label}: {shares}\n")
    if parts["notes"]:
        told = f"{parts['kept']} of {parts['notes']} words to colleagues left in, {parts['cut']} drafts cut"
        sys.stdout.write(f"{path.name}: {told}\n")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        main(Path(name))
