"""Break everything around the bot at random, then count what was lost, doubled, stale or stuck.

    python -m benchmarks.chaos sqlite --seeds 1 2 3 [--drafts 170] [--kills 17] [--seconds 120]
    python -m benchmarks.chaos postgresql --seeds 1 2 3

Real processes of the bot against the local workspace and a scripted model, over HTTP and WebSocket on loopback: one
`candor serve` on SQLite, or two `candor serve --receive-only` and three `candor work` on a PostgreSQL of its own. A
seed gives the same plans of people and faults; what they meet depends on the moment. Ends with a status other than 0
where anything was lost, doubled, stale or stuck.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from benchmarks.bench import NAMES, Row, finished
from benchmarks.chaos.play import Outcome, Plan, play


def tell(outcome: Outcome) -> None:
    """One run as a table."""
    plan, audit = outcome.plan, outcome.audit
    rows: list[tuple[str, object]] = [
        ("drafts, edits, deleted, clicks", f"{outcome.posts}, {outcome.edits}, {outcome.deleted}, {outcome.clicks}"),
        *sorted(outcome.faults.items()),
        *((name.replace("_", " "), len(getattr(audit, name))) for name in _COUNTED),
        ("versions paid for twice", outcome.paid_twice),
        ("starts; of them hung; ended unasked with", f"{outcome.starts}; {outcome.hung}; {outcome.bad_ends}"),
        ("seconds until all was right; of the last stop", f"{outcome.settled:.0f}; {outcome.stop:.0f}"),
    ]
    sys.stdout.write(f"\n{plan.database}, seed {plan.seed}\n")
    sys.stdout.writelines(f"  {name:48} {value}\n" for name, value in rows)
    for kind, found in (audit.wrong | {"failed": audit.failed, "aside": audit.aside}).items():
        sys.stdout.writelines(f"  {kind}: {one}\n" for one in found)
    sys.stdout.flush()


_COUNTED = ("lost", "doubled", "stale", "awaited", "left_over", "clicks_lost", "stuck", "failed", "aside")


def main(given: argparse.Namespace) -> int:
    """Run every seed; 0 where all was right."""
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # connections are cut on purpose
    outcomes: list[Outcome] = []
    for seed in given.seeds:
        folder = given.logs / f"{given.database}-{seed}" if given.logs else Path(tempfile.mkdtemp(prefix="candor-"))
        folder.mkdir(parents=True, exist_ok=True)
        plan = Plan(given.database, seed, given.drafts, given.kills, given.seconds)
        outcome = asyncio.run(play(plan, folder))
        tell(outcome)
        outcomes.append(outcome)
    finished(_rows(given.database, outcomes), given.rows)
    return int(any(outcome.audit.wrong or outcome.hung for outcome in outcomes))


def _rows(database: str, outcomes: list[Outcome]) -> list[Row]:
    """All seeds together."""
    drafts, faults = sum(one.posts for one in outcomes), sum(sum(one.faults.values()) for one in outcomes)
    what = f"{NAMES[database]}, {drafts} drafts, {faults} faults"
    counted = [(name, sum(len(getattr(one.audit, name)) for one in outcomes)) for name in _COUNTED]
    return [Row(f"{what}: {name.replace('_', ' ')}", found, unit="", aim=0) for name, found in counted]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", choices=["sqlite", "postgresql"])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--drafts", type=int, default=170)
    parser.add_argument("--kills", type=int, default=17)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--logs", type=Path, help="a folder for databases and logs; otherwise a temporary one")
    parser.add_argument("--rows", type=Path, help="also write the figures to this file, as JSON")
    parser.add_argument("--quick", action="store_true", help="only try that it works")
    given = parser.parse_args()
    if given.quick:
        given.seeds, given.drafts, given.kills, given.seconds = [1], 10, 1, 4.0
    sys.exit(main(given))
