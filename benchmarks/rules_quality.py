"""What the fixed rules are worth on posts that their author did not write.

    python benchmarks/rules_quality.py POSTS.jsonl [--show TAG|clean]                 known labels: precision and recall
    python benchmarks/rules_quality.py POSTS.jsonl [MORE.jsonl ...] --by-rule         hits of every rule
        [--hits HITS.jsonl] [--verdicts VERDICTS.jsonl] [--unused]

A row with labels: ``{id, text, platform, expected: [tag], judged: [tag], basis, domain}``. Labels are partial: a
finding outside ``judged`` is neither right nor wrong. A clean post expects "ok" and is judged for more than five tags.

With ``--by-rule`` a row needs ``id`` and ``text`` only. ``--hits`` writes every hit that nobody has judged yet, for
somebody who reads each of them as a fair editor would and adds ``"right": true`` or ``false``. That is a file for
``--verdicts``: of a verdict, ``id``, ``guideline``, ``rule`` and ``right`` are used, so the words of the posts may be
left out. ``--unused`` names the phrases that hit nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.assemble.rules import fixed_rules
from bot.core.drafts import Draft, platform_named
from bot.core.guidelines import Guideline, Library, Rule, RuleKind, Severity
from bot.evaluation.scores import rate
from bot.rules.engine import RuleEngine
from bot.rules.files import load_library
from bot.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.findings import Finding

TAGS: dict[str, list[str]] = json.loads(Path(__file__).with_name("tags.json").read_text(encoding="utf-8"))
_MANY = 5
_AROUND = 160
"""Characters on both sides of a hit, enough to judge it by."""


def main() -> None:
    """Print one line per tag with the alarms on clean posts, or one row per rule."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts", type=Path, nargs="+")
    parser.add_argument("--show", default="", help="print the misses and false alarms of one tag, or of clean posts")
    parser.add_argument("--by-rule", action="store_true", help="one row for every rule, with its hits")
    parser.add_argument("--hits", type=Path, help="write the hits that nobody has judged")
    parser.add_argument("--verdicts", type=Path, help="which hits are right")
    parser.add_argument("--unused", action="store_true", help="name the phrases that hit nothing")
    arguments = parser.parse_args()
    rows = [row for path in arguments.posts for row in _rows(path)]
    if arguments.by_rule:
        _by_rule(rows, arguments)
    else:
        _by_tag(rows, arguments.show)


def _rows(path: Path) -> list[dict[str, Any]]:
    # Not splitlines: posts hold line separators of their own.
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _draft(row: dict[str, Any]) -> Draft:
    return Draft(row["text"], platform_named(row.get("platform", "")) or "")


# By rule


@dataclass
class Tally:
    """The posts that one rule hits, and what was judged of them."""

    rule: Rule
    hits: dict[str, Finding] = field(default_factory=dict[str, "Finding"])
    right: int = 0
    wrong: int = 0

    @property
    def precision(self) -> str:
        """With Wilson's 95 % interval; "" where nothing was judged."""
        share = rate(self.right, self.right + self.wrong)
        return "" if share.value is None else f"{share.value:.2f} [{share.low:.2f}, {share.high:.2f}]"


def _by_rule(rows: list[dict[str, Any]], arguments: argparse.Namespace) -> None:
    library = load_library(read_settings().prompts)
    engine = RuleEngine(library)
    tallies = {(g.id, rule.name): Tally(rule) for g in library.guidelines for rule in g.rules}
    texts = {row["id"]: row["text"] for row in rows}
    for row in rows:
        for finding in engine.all_findings(_draft(row)):
            tallies[finding.guideline, finding.rule].hits.setdefault(row["id"], finding)
    verdicts = _verdicts(arguments.verdicts)
    for (guideline, rule), tally in tallies.items():
        judged = [verdicts[post, guideline, rule] for post in tally.hits if (post, guideline, rule) in verdicts]
        tally.right, tally.wrong = sum(judged), len(judged) - sum(judged)
    _table(tallies, len(rows))
    if arguments.hits:
        new = (hit for hit in _hits(tallies, texts) if (hit["id"], hit["guideline"], hit["rule"]) not in verdicts)
        arguments.hits.write_text("".join(json.dumps(hit, ensure_ascii=False) + "\n" for hit in new), encoding="utf-8")
    if arguments.unused:
        _unused(library, rows)


def _verdicts(path: Path | None) -> dict[tuple[str, str, str], bool]:
    rows = _rows(path) if path else ()
    return {(row["id"], row["guideline"], row["rule"]): row["right"] for row in rows}


def _table(tallies: dict[tuple[str, str], Tally], posts: int) -> None:
    sys.stdout.write(f"| {posts:,} posts | rule | grade | hits | judged | right | precision |\n")
    sys.stdout.write("| --- | --- | --- | --- | --- | --- | --- |\n")
    for (guideline, rule), tally in sorted(tallies.items()):
        judged = tally.right + tally.wrong
        cells = (guideline, rule, tally.rule.grade.value, len(tally.hits), judged, tally.right, tally.precision)
        sys.stdout.write("| " + " | ".join(map(str, cells)) + " |\n")
    rules = [tally.rule for tally in tallies.values()]
    phrases = sum(_phrases(rule) for rule in rules)
    sys.stdout.write(f"\n{len(rules)} rules, {phrases} phrases\n")


def _phrases(rule: Rule) -> int:
    return sum(map(len, (rule.phrases, rule.fine_when, rule.fine_anywhere, rule.must_have, rule.must_start)))


def _hits(tallies: dict[tuple[str, str], Tally], texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    for (guideline, rule), tally in sorted(tallies.items()):
        for post, finding in tally.hits.items():
            around = texts[post][max(0, finding.start - _AROUND) : finding.end + _AROUND]
            grade = tally.rule.grade.value
            yield {
                "id": post, "guideline": guideline, "rule": rule, "grade": grade,
                "quote": finding.quote, "around": around,
            }  # fmt: skip


def _unused(library: Library, rows: list[dict[str, Any]]) -> None:
    drafts = [_draft(row) for row in rows]
    for guideline in library.guidelines:
        for rule in guideline.rules:
            for phrase in rule.phrases if rule.kind is RuleKind.FLAG else ():
                engine = _only(guideline, replace(rule, phrases=(phrase,)))
                if not any(True for draft in drafts for _ in engine.all_findings(draft)):
                    sys.stdout.write(f"{guideline.id}.md:{phrase.line}: {phrase.source}\n")


def _only(guideline: Guideline, rule: Rule) -> RuleEngine:
    return RuleEngine(Library((replace(guideline, rules=(rule,)),)))


# By tag


def _by_tag(rows: list[dict[str, Any]], show: str) -> None:
    rules = fixed_rules(read_settings())
    for row in rows:
        row["findings"] = rules.findings(_draft(row))
    for tag in TAGS:
        _tag(tag, [row for row in rows if tag in row["judged"]], show=show == tag)
    clean = [row for row in rows if row["expected"] == ["ok"] and len(row["judged"]) > _MANY]
    _clean(clean, show=show == "clean")


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
    severe = [row for row in rows if any(_speaks(f) for f in row["findings"])]
    mild = [row for row in rows if row["findings"] and row not in severe]
    sys.stdout.write(
        f"clean posts {len(rows)}: must-fix or should-fix {len(severe)}, leads or consider only {len(mild)}\n"
    )
    if show:
        for row in severe + mild:
            found = [(f.guideline, f.rule, f.severity.value, f.quote) for f in row["findings"]]
            sys.stdout.write(f"  {row['id']} {row['text']!r} {found}\n")


def _speaks(finding: Finding) -> bool:
    return not finding.lead and finding.severity is not Severity.CONSIDER


if __name__ == "__main__":
    main()
